/* Predicates and rows.
 *
 * What a pattern mentions (an atom, an alias, a word, a sign, a class of these) is a predicate over
 * sets of atoms; the patterns of a rule share them by number. Which predicates hold for a set is
 * found once a set. So a row is written once for all patterns: a mask of tokens for each predicate.
 */
#include <string.h>

#include "rules/row_nodes.h"

#define SLOTS (ROW_PREDICATES * 2) /* a power of two */

struct row_predicates {
	struct arena *arena;
	struct atoms items[ROW_PREDICATES];
	size_t count;
	uint16_t slots[SLOTS];      /* predicate + 1; 0: free */
	struct row_truth of[ATOMS]; /* by atom: the predicates that ask for it */
	struct row_truth *truths;   /* by set */
	size_t truth_count, truth_capacity;
};

void row_language_init(struct row_language *language, struct arena *arena)
{
	struct atoms candidate = {0};
	language->predicates = arena_allocate(arena, sizeof *language->predicates);
	language->predicates->arena = arena;
	atoms_add(&candidate, language->candidate);
	row_predicate(language, &candidate);
	row_states_init(language, arena);
}

static void note_atoms(struct row_predicates *predicates, const struct atoms *atoms, size_t number)
{
	for (size_t word = 0; word < ATOM_WORDS; word++)
		for (uint64_t left = atoms->bits[word]; left; left &= left - 1) {
			size_t atom = word * 64 + (size_t)__builtin_ctzll(left);
			predicates->of[atom].words[number / 64] |= UINT64_C(1) << number % 64;
		}
}

uint16_t row_predicate(struct row_language *language, const struct atoms *atoms)
{
	struct row_predicates *predicates = language->predicates;
	size_t at = (size_t)slice_hash((struct slice){(const char *)atoms, sizeof *atoms});
	for (at %= SLOTS; predicates->slots[at]; at = (at + 1) % SLOTS)
		if (atoms_equal(&predicates->items[predicates->slots[at] - 1], atoms))
			return predicates->slots[at] - 1;
	if (predicates->count == ROW_PREDICATES)
		return NO_PREDICATE;
	size_t number = predicates->count++;
	predicates->items[number] = *atoms;
	predicates->slots[at] = (uint16_t)(number + 1);
	note_atoms(predicates, atoms, number);
	return (uint16_t)number;
}

const struct atoms *row_predicate_atoms(const struct row_language *language, uint16_t predicate)
{
	return &language->predicates->items[predicate];
}

/* ---- Truths ----------------------------------------------------------------------------- */

static void find_truth(
	const struct row_predicates *predicates, const struct atoms *atoms, struct row_truth *truth)
{
	for (size_t word = 0; word < ATOM_WORDS; word++)
		for (uint64_t left = atoms->bits[word]; left; left &= left - 1) {
			const struct row_truth *of =
				&predicates->of[word * 64 + (size_t)__builtin_ctzll(left)];
			for (size_t i = 0; i < PREDICATE_WORDS; i++)
				truth->words[i] |= of->words[i];
		}
}

static void make_room(struct row_predicates *predicates, size_t count)
{
	size_t capacity = predicates->truth_capacity ? predicates->truth_capacity : 512;
	while (capacity < count)
		capacity *= 2;
	if (capacity == predicates->truth_capacity)
		return;
	struct row_truth *truths = arena_allocate(predicates->arena, capacity * sizeof *truths);
	if (predicates->truth_count > 0)
		memcpy(truths, predicates->truths, predicates->truth_count * sizeof *truths);
	predicates->truths = truths;
	predicates->truth_capacity = capacity;
}

/* Of all sets known so far. The predicates are all known: rows are written when rules are read. */
static void find_truths(const struct row_language *language)
{
	struct row_predicates *predicates = language->predicates;
	size_t count = atoms_count(language->table);
	make_room(predicates, count);
	for (; predicates->truth_count < count; predicates->truth_count++)
		find_truth(predicates, atoms_of(language->table, (uint32_t)predicates->truth_count),
			&predicates->truths[predicates->truth_count]);
}

/* ---- Rows ------------------------------------------------------------------------------- */

struct row *row_new(struct row_language *language, struct arena *arena)
{
	size_t predicates = language->predicates->count, states = language->states->count;
	struct row *row = arena_allocate(arena, sizeof *row);
	row->language = language;
	row->masks = arena_allocate(arena, predicates * ROW_WORDS * sizeof *row->masks);
	row->values = arena_allocate(arena, states * ROW_WORDS * sizeof *row->values);
	row->known = arena_allocate(arena, states * sizeof *row->known);
	return row;
}

void row_want(struct row *row, const struct row_pattern *pattern)
{
	for (size_t i = 0; i < PREDICATE_WORDS; i++)
		row->wanted.words[i] |= pattern->predicates.words[i];
}

void row_write(struct row *row, const uint32_t *sets, size_t count)
{
	struct row_predicates *predicates = row->language->predicates;
	size_t words = (predicates->count + 63) / 64;
	struct row_truth all = {{0}};
	for (size_t i = 0; i < count; i++) {
		if (sets[i] >= predicates->truth_count)
			find_truths(row->language);
		const struct row_truth *truth = &predicates->truths[sets[i]];
		for (size_t word = 0; word < words; word++)
			all.words[word] |= truth->words[word];
	}
	row->present = all;
	row->sets = sets;
	row->count = count;
	row->words = count / 64 + 1;
	row->masked = false;
	row->epoch++;
}

/* A token's bit in the masks of the predicates that hold for it. */
static void mask_token(struct row *row, const struct row_truth *truth, size_t bit)
{
	size_t words = row->words, truth_words = (row->language->predicates->count + 63) / 64;
	uint64_t *masks = row->masks + bit / 64, mark = UINT64_C(1) << bit % 64;
	for (size_t i = 0; i < truth_words; i++)
		for (uint64_t left = truth->words[i] & row->wanted.words[i]; left; left &= left - 1)
			masks[(i * 64 + (size_t)__builtin_ctzll(left)) * words] |= mark;
}

void row_mask(struct row *row)
{
	const struct row_predicates *predicates = row->language->predicates;
	if (row->masked)
		return;
	row->masked = true;
	memset(row->masks, 0, predicates->count * row->words * sizeof *row->masks);
	for (size_t i = 0; i < row->count; i++)
		mask_token(row, &predicates->truths[row->sets[i]], row->count - 1 - i);
}

void row_add_candidate(struct row *row, size_t token)
{
	size_t bit = row->count - 1 - token;
	row_mask(row);
	row->masks[bit / 64] |= UINT64_C(1) << bit % 64; /* <C> is the first predicate */
}
