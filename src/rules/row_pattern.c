/* Row patterns: read into pieces, written out for PCRE2 as byte classes.
 *
 * What a pattern mentions (an atom, an alias, a word, a sign) is a predicate over sets of atoms.
 * The truth of all its predicates is a set's signature; each signature that occurs is given a
 * letter, in the order of coming, and a predicate is written as the class of the letters that hold
 * it. When a set with a new signature turns up, the pattern is written and compiled once more with
 * one letter more. What matches never depends on that order, since classes follow from predicates
 * alone.
 *
 * Before PCRE2 is asked, a row's atoms are compared with what every match needs: most patterns fail
 * there.
 */
#include "rules/row_pieces.h"

#include <string.h>

/* ---- Writing ---------------------------------------------------------------------------- */

static void write_letter(size_t letter, struct buffer *into)
{
	static const char digits[] = "0123456789abcdef";
	buffer_text(into, "\\x");
	buffer_byte(into, digits[letter >> 4]);
	buffer_byte(into, digits[letter & 15]);
}

static void write_letters(const struct row_pattern *pattern, size_t predicate, struct buffer *into)
{
	for (size_t i = 0; i < pattern->letter_count; i++)
		if (pattern->signatures[i] >> predicate & 1)
			write_letter(i + LETTER_FIRST, into);
	write_letter(LETTER_NEVER, into);
}

static void write_token(const struct row_pattern *pattern, size_t predicate, struct buffer *into)
{
	bool candidate = pattern->candidates > 0 &&
			 atoms_have(&pattern->predicates[predicate], pattern->language->candidate);
	buffer_text(into, candidate ? "([" : "[");
	write_letters(pattern, predicate, into);
	buffer_text(into, candidate ? "])" : "]");
}

static void write_pattern(struct row_pattern *pattern, struct buffer *into)
{
	bool inside = false;
	for (size_t i = 0; i < pattern->piece_count; i++) {
		struct piece *piece = &pattern->pieces[i];
		piece->written = (uint32_t)into->length;
		if (piece->kind == PIECE_CLASS || piece->kind == PIECE_CLASS_END)
			inside = piece->kind == PIECE_CLASS;
		if (piece->kind == PIECE_TOKEN && inside)
			write_letters(pattern, piece->predicate, into);
		else if (piece->kind == PIECE_TOKEN)
			write_token(pattern, piece->predicate, into);
		else
			buffer_text(into, piece->text);
	}
}

static void compile(struct row_pattern *pattern)
{
	struct buffer source = {0};
	struct pack *pack = pattern->language->pack;
	write_pattern(pattern, &source);
	if (pattern->slot == NOWHERE) {
		pattern->slot = pack->pattern_count;
		pattern->pattern = pack_pattern_text(pack, buffer_slice(&source), PATTERN_ROW);
	} else {
		pattern_free(pack->patterns[pattern->slot]);
		pattern->pattern = pattern_new(pack->room, buffer_slice(&source), PATTERN_ROW);
		pack->patterns[pattern->slot] = pattern->pattern;
	}
	buffer_release(&source);
}

/* The piece that was being written at a byte of what PCRE2 read. */
static const struct piece *piece_at(const struct row_pattern *pattern, size_t written)
{
	size_t i = 0;
	while (i + 1 < pattern->piece_count && pattern->pieces[i + 1].written <= written)
		i++;
	return &pattern->pieces[i];
}

/* Compiles at once, to see whether it is right. */
static bool check(struct row_pattern *pattern, struct diagnostics *out)
{
	size_t offset;
	const char *message;
	compile(pattern);
	if (pattern_compile(pattern->pattern, &offset, &message))
		return true;
	const struct piece *piece = piece_at(pattern, offset > 0 ? offset - 1 : 0);
	node_report_at(&pattern->language->pack->tree, piece->node, piece->byte, out,
		"row pattern: %s", message);
	return false;
}

/* ---- Public ----------------------------------------------------------------------------- */

struct row_pattern *row_pattern_new(
	struct row_language *language, const struct node *node, struct diagnostics *out)
{
	struct row_pattern *pattern = arena_allocate(language->pack->arena, sizeof *pattern);
	pattern->language = language;
	pattern->slot = NOWHERE;
	if (!row_read(pattern, node, out))
		return NULL;
	if (language->pack->source.length > 0 && !check(pattern, out))
		return NULL;
	pattern->pattern = NULL; /* written when its first row is known */
	return pattern;
}

bool row_pattern_fits(const struct row_pattern *pattern, const struct atoms *present)
{
	for (size_t i = 0; i < pattern->need_count; i++)
		if (!atoms_meet(&pattern->needs[i], present))
			return false;
	return true;
}

size_t row_pattern_candidates(const struct row_pattern *pattern)
{
	return pattern->candidates;
}

static bool is_candidate(const struct row_pattern *pattern, size_t piece)
{
	return pattern->pieces[piece].kind == PIECE_TOKEN &&
	       atoms_have(&pattern->predicates[pattern->pieces[piece].predicate],
		       pattern->language->candidate);
}

bool row_pattern_is_test(const struct row_pattern *pattern, struct atoms *is)
{
	const struct piece *pieces = pattern->pieces;
	*is = (struct atoms){0};
	if (pattern->piece_count == 1)
		return is_candidate(pattern, 0);
	if (pattern->piece_count != 4 || strcmp(pieces[0].text, "(?=") != 0 ||
		pieces[1].kind != PIECE_TOKEN || pieces[2].kind != PIECE_CLOSE ||
		!is_candidate(pattern, 3))
		return false;
	*is = pattern->predicates[pieces[1].predicate];
	return true;
}

static char letter_of(struct row_pattern *pattern, uint64_t signature)
{
	size_t i = 0;
	while (i < pattern->letter_count && pattern->signatures[i] != signature)
		i++;
	if (i == pattern->letter_count) {
		if (i + LETTER_FIRST > LETTER_LAST)
			return (char)LETTER_OTHER;
		pattern->signatures[pattern->letter_count++] = signature;
		pattern->pattern = NULL;
	}
	return (char)(i + LETTER_FIRST);
}

static void learn(struct row_pattern *pattern, uint32_t set)
{
	uint64_t signature = 0;
	const struct atoms *atoms = atoms_of(pattern->language->table, set);
	for (size_t word = 0; word < ATOM_WORDS; word++) {
		if (!atoms->bits[word])
			continue; /* a set has few atoms */
		for (size_t i = 0; i < pattern->predicate_count; i++)
			if (atoms->bits[word] & pattern->predicates[i].bits[word])
				signature |= UINT64_C(1) << i;
	}
	pattern->letters[set] = (uint8_t)letter_of(pattern, signature);
}

/* All sets known so far are learnt together, so that the pattern is compiled once for them. */
static void learn_all(struct row_pattern *pattern)
{
	size_t count = atoms_count(pattern->language->table), known = pattern->letters_capacity;
	size_t capacity = known ? known : 512;
	while (capacity < count)
		capacity *= 2;
	if (capacity > known) {
		uint8_t *letters = arena_allocate(pattern->language->pack->arena, capacity);
		if (known > 0)
			memcpy(letters, pattern->letters, known);
		pattern->letters = letters;
		pattern->letters_capacity = capacity;
	}
	for (size_t set = 0; set < count; set++)
		if (!pattern->letters[set])
			learn(pattern, (uint32_t)set);
}

char row_pattern_letter(struct row_pattern *pattern, uint32_t set)
{
	if (set >= pattern->letters_capacity || !pattern->letters[set])
		learn_all(pattern);
	return (char)pattern->letters[set];
}

void row_pattern_spell(struct row_pattern *pattern, const uint32_t *sets, size_t count, char *into)
{
	for (size_t i = 0; i < count; i++) {
		if (sets[i] >= pattern->letters_capacity || !pattern->letters[sets[i]])
			learn_all(pattern);
		into[i] = (char)pattern->letters[sets[i]];
	}
}

bool row_pattern_find(
	struct row_pattern *pattern, struct slice row, size_t from, struct match *match)
{
	if (!pattern->pattern)
		compile(pattern);
	return pattern_find(pattern->pattern, row, from, match) == PATTERN_FOUND;
}

struct span row_pattern_group(
	const struct row_pattern *pattern, const struct match *match, enum row_group meaning)
{
	for (size_t i = 0; i < pattern->group_count; i++)
		if (pattern->groups[i] == meaning && match->groups[i].start != NOWHERE)
			return match->groups[i];
	return (struct span){NOWHERE, NOWHERE};
}
