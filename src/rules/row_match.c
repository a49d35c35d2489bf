/* Matching row patterns: all places of a row at once.
 *
 * A row is short, so a set of its places is a few machine words, and what one token of a pattern
 * does to such a set is an AND with the tokens that it holds for and a shift by one. A pattern is
 * followed from its end: its last part can be matched from some places; the part in front of it
 * from those that lead to one of these, and so on; what is left at its beginning are the starts of
 * all its matches. Branches are united, looks are intersected, and a run of tokens of one kind is
 * an addition, whose carry passes the run. (So are the bits of whole texts matched by Cameron and
 * others, *Bitwise data parallelism in regular expression matching*, 2014.) Nothing is ever tried
 * and given up. The set of each state is found once a row, and patterns share their states: most
 * are done with in a few dozen operations.
 *
 * Which match is found is what everybody knows from Perl: the one that starts first, and of those
 * the one whose first branch, longest run and so on is preferred, from left to right. It is walked
 * where it is wanted. Since the sets say from where the rest can be matched, the first choice that
 * leads into them is the right one, and no step is taken back.
 *
 * Only what repeats more than a token has to be gone round; so that such loops in one another
 * cannot hold the program, their rounds are counted, and one that has spent them leads nowhere.
 */
#include <string.h>

#include "rules/row_nodes.h"

/* What works on sets is made twice: for sets of one word, which most are, and for others. */
#define ALWAYS_INLINE __attribute__((always_inline)) static inline
#define ROUNDS_SPENT 2000 /* of a loop and of those in it, in one row */

/* ---- Sets ------------------------------------------------------------------------------- */

static bool has(const struct row *row, const uint64_t *set, size_t place)
{
	size_t bit = row->count - place;
	return set[bit / 64] >> bit % 64 & 1;
}

static void add(const struct row *row, uint64_t *set, size_t place)
{
	size_t bit = row->count - place;
	set[bit / 64] |= UINT64_C(1) << bit % 64;
}

ALWAYS_INLINE bool is_empty(const uint64_t *set, size_t words)
{
	uint64_t any = 0;
	for (size_t i = 0; i < words; i++)
		any |= set[i];
	return any == 0;
}

/* Adds a set to another; false: it held all of it. */
ALWAYS_INLINE bool join(const uint64_t *more, uint64_t *into, size_t words)
{
	uint64_t news = 0;
	for (size_t i = 0; i < words; i++) {
		news |= more[i] & ~into[i];
		into[i] |= more[i];
	}
	return news != 0;
}

ALWAYS_INLINE void copy(const uint64_t *from, uint64_t *into, size_t words)
{
	for (size_t i = 0; i < words; i++)
		into[i] = from[i];
}

/* The lowest `count` bits. */
ALWAYS_INLINE void fill(size_t count, uint64_t *set, size_t words)
{
	for (size_t i = 0; i < words; i++)
		set[i] = count >= (i + 1) * 64 ? UINT64_MAX
			 : count <= i * 64     ? 0
					       : (UINT64_C(1) << (count - i * 64)) - 1;
}

ALWAYS_INLINE void shift_up(uint64_t *set, size_t words)
{
	for (size_t i = words; i-- > 0;)
		set[i] = set[i] << 1 | (i > 0 ? set[i - 1] >> 63 : 0);
}

ALWAYS_INLINE void shift_down(uint64_t *set, size_t words)
{
	for (size_t i = 0; i < words; i++)
		set[i] = set[i] >> 1 | (i + 1 < words ? set[i + 1] << 63 : 0);
}

ALWAYS_INLINE void step(const uint64_t *tokens, bool forwards, uint64_t *set, size_t words)
{
	if (forwards)
		shift_down(set, words);
	for (size_t i = 0; i < words; i++)
		set[i] &= tokens[i];
	if (!forwards)
		shift_up(set, words);
}

/* From a set over all tokens of the runs that touch it: a carry runs through each. */
ALWAYS_INLINE void pass_up(const uint64_t *tokens, uint64_t *set, size_t words)
{
	uint64_t carry = 0;
	for (size_t i = 0; i < words; i++) {
		uint64_t run = tokens[i], sum = (set[i] & run) + run;
		uint64_t over = sum < run;
		sum += carry;
		carry = over | (sum < carry);
		set[i] |= sum ^ run;
	}
}

/* The other way no carry runs: by steps of 1, 2, 4 … tokens. */
ALWAYS_INLINE void pass_down(const uint64_t *tokens, uint64_t *set, size_t words)
{
	uint64_t carry = 0;
	for (size_t i = words; i-- > 0;) {
		uint64_t run = tokens[i], reached = set[i] | (carry << 63 & run);
		for (unsigned far = 1; far < 64; far *= 2) {
			reached |= reached >> far & run;
			run &= run >> far;
		}
		set[i] = reached;
		carry = reached & 1;
	}
}

/* ---- The places of a state -------------------------------------------------------------- */

static void find_value(struct row *row, uint16_t state);
static size_t walk(struct row *row, uint16_t index, size_t place, struct match *match);

/* Valid as long as the row is. */
ALWAYS_INLINE const uint64_t *value_of(struct row *row, uint16_t index)
{
	uint16_t state = row->language->states->items[index].value;
	if (row->known[state] != row->epoch)
		find_value(row, state);
	return row->values + state * row->words;
}

/* The tokens that a state takes. */
ALWAYS_INLINE void tokens_of(
	struct row *row, const struct row_state *state, uint64_t *into, size_t words)
{
	bool any = state->predicate == NO_PREDICATE;
	const uint64_t *mask = any ? NULL : row->masks + state->predicate * words;
	if (any || state->refuses)
		fill(row->count, into, words);
	for (size_t i = 0; i < words && !any; i++)
		into[i] = state->refuses ? into[i] & ~mask[i] : mask[i];
	if (!state->condition)
		return;
	const uint64_t *places = value_of(row, state->condition);
	for (size_t i = 0; i < words; i++)
		into[i] &= places[i] >> 1 | (i + 1 < words ? places[i + 1] << 63 : 0);
}

ALWAYS_INLINE void reach_run(
	struct row *row, const struct row_state *state, uint64_t *set, size_t words)
{
	uint64_t tokens[ROW_WORDS], more[ROW_WORDS];
	size_t done = 0;
	tokens_of(row, state, tokens, words);
	for (; done < state->low && !is_empty(set, words); done++)
		step(tokens, state->forwards, set, words);
	if (state->high == MANY) {
		(state->forwards ? pass_down : pass_up)(tokens, set, words);
		return;
	}
	copy(set, more, words);
	for (; done < state->high; done++) {
		step(tokens, state->forwards, more, words);
		if (!join(more, set, words))
			return;
	}
}

/* What takes its first choice, come what may, leads from each place to one other. */
static void reach_once(
	struct row *row, const struct row_state *state, const uint64_t *next, uint64_t *into)
{
	const uint64_t *starts = value_of(row, state->other);
	memset(into, 0, row->words * sizeof *into);
	for (size_t place = 0; place <= row->count; place++) {
		if (!has(row, starts, place))
			continue;
		size_t end = walk(row, state->other, place, NULL);
		if (end != NOWHERE && has(row, next, state->forwards ? place : end))
			add(row, into, state->forwards ? end : place);
	}
}

/* Round and round until nothing is added; what leads back to it is found anew each time. */
static void reach_loop(struct row *row, uint16_t index, uint64_t *into)
{
	const struct row_state *state = &row->language->states->items[index];
	bool outermost = row->steps == 0;
	const uint64_t *more;
	row->known[index] = row->epoch;
	do {
		for (uint16_t i = index + 1; i <= state->last; i++)
			row->known[i] = 0;
		more = value_of(row, state->other);
	} while (join(more, into, row->words) && ++row->steps < ROUNDS_SPENT);
	if (row->steps >= ROUNDS_SPENT)
		memset(into, 0, row->words * sizeof *into);
	if (outermost)
		row->steps = 0;
}

ALWAYS_INLINE void compute(struct row *row, uint16_t index, uint64_t *into, size_t words)
{
	const struct row_state *state = &row->language->states->items[index];
	const uint64_t *next = state->kind == STATE_ANYWHERE ? NULL : value_of(row, state->next);
	const uint64_t *other;
	uint64_t tokens[ROW_WORDS];
	switch ((enum row_state_kind)state->kind) {
	case STATE_ANYWHERE:
		fill(row->count + 1, into, words);
		break;
	case STATE_TOKEN:
		copy(next, into, words);
		tokens_of(row, state, tokens, words);
		step(tokens, state->forwards, into, words);
		break;
	case STATE_RUN:
		copy(next, into, words);
		reach_run(row, state, into, words);
		break;
	case STATE_EITHER:
		other = value_of(row, state->other);
		for (size_t i = 0; i < words; i++)
			into[i] = next[i] | other[i];
		break;
	case STATE_LOOK:
		other = value_of(row, state->other);
		for (size_t i = 0; i < words; i++)
			into[i] = next[i] & (state->refuses ? ~other[i] : other[i]);
		break;
	case STATE_START:
	case STATE_END:
		memset(into, 0, words * sizeof *into);
		if (has(row, next, state->kind == STATE_START ? 0 : row->count))
			add(row, into, state->kind == STATE_START ? 0 : row->count);
		break;
	case STATE_ATOMIC:
		reach_once(row, state, next, into);
		break;
	case STATE_LOOP:
		copy(next, into, words);
		reach_loop(row, index, into);
		break;
	default: /* a hole; groups are passed over */
		copy(next, into, words);
	}
}

static void find_value(struct row *row, uint16_t state)
{
	uint64_t *value = row->values + state * row->words;
	if (row->words == 1) /* most are so short: loops over words are none then */
		compute(row, state, value, 1);
	else
		compute(row, state, value, row->words);
	row->known[state] = row->epoch;
}

/* ---- The match -------------------------------------------------------------------------- */

static bool leads(struct row *row, uint16_t state, size_t place)
{
	return has(row, value_of(row, state), place);
}

static size_t walk_run(struct row *row, const struct row_state *state, size_t place)
{
	uint64_t tokens[ROW_WORDS];
	const uint64_t *next = value_of(row, state->next);
	size_t found = NOWHERE;
	tokens_of(row, state, tokens, row->words);
	for (size_t done = 0;; done++, place++) {
		if (done >= state->low && has(row, next, place)) {
			found = place;
			if (state->lazy)
				break;
		}
		if ((done == state->high && state->high != MANY) || place == row->count ||
			!has(row, tokens, place + 1))
			break;
	}
	return found;
}

/* Where a loop was gone into last, and whether its own place was taken out of its value there. */
struct round {
	size_t place;
	bool taken_out;
};

static void forget(struct row *row, uint16_t loop)
{
	for (uint16_t i = loop; i <= row->language->states->items[loop].last; i++)
		row->known[i] = 0;
}

/* Once more round a loop, if that leads on, or out of it. */
static uint16_t walk_loop(struct row *row, uint16_t index, size_t place, struct round *rounds)
{
	const struct row_state *loop = &row->language->states->items[index];
	bool more = leads(row, loop->other, place);
	bool stops = (loop->lazy || !more) && leads(row, loop->next, place);
	rounds[loop->depth] = (struct round){place, false};
	return stops ? loop->next : loop->other;
}

/* At a round's end. One without a step is the last; where nothing follows, the round is to be
 * another one, which does not end here. */
static uint16_t walk_hole(struct row *row, uint16_t index, size_t place, struct round *rounds)
{
	const struct row_state *loop = &row->language->states->items[index];
	struct round *round = &rounds[loop->depth];
	if (round->taken_out)
		forget(row, index);
	if (round->place != place)
		return walk_loop(row, index, place, rounds);
	if (leads(row, loop->next, place))
		return loop->next;
	uint64_t *value = row->values + index * row->words;
	size_t bit = row->count - place;
	value[bit / 64] &= ~(UINT64_C(1) << bit % 64);
	for (uint16_t i = index + 1; i <= loop->last; i++)
		row->known[i] = 0;
	round->taken_out = true;
	return loop->other;
}

static void note_group(struct match *match, const struct row_state *state, size_t place)
{
	if (!match)
		return;
	struct span *group = &match->groups[state->group - 1];
	if (state->kind == STATE_OPEN)
		group->start = place;
	else
		group->end = place;
}

/* From a place of the state to the end of what it matches; NOWHERE: it was none. */
static size_t walk(struct row *row, uint16_t index, size_t place, struct match *match)
{
	const struct row_state *states = row->language->states->items;
	struct round rounds[ROW_DEPTH + 1];
	while (states[index].kind != STATE_ANYWHERE && place != NOWHERE) {
		const struct row_state *state = &states[index];
		index = state->next;
		switch ((enum row_state_kind)state->kind) {
		case STATE_TOKEN:
			place = place < row->count ? place + 1 : NOWHERE;
			break;
		case STATE_RUN:
			place = walk_run(row, state, place);
			break;
		case STATE_EITHER:
			if (!leads(row, state->next, place))
				index = state->other;
			break;
		case STATE_LOOK:
			if (match && !state->refuses && !state->forwards)
				walk(row, state->other, place, match);
			break;
		case STATE_ATOMIC:
			place = walk(row, state->other, place, match);
			break;
		case STATE_LOOP:
			index = walk_loop(row, (uint16_t)(state - states), place, rounds);
			break;
		case STATE_HOLE:
			index = walk_hole(row, state->next, place, rounds);
			break;
		case STATE_OPEN:
		case STATE_CLOSE:
			note_group(match, state, place);
			break;
		default:
			break;
		}
	}
	return place;
}

/* ---- Public ----------------------------------------------------------------------------- */

/* False where what every match needs is not in the row. */
static bool fits(const struct row_pattern *pattern, struct row *row)
{
	for (size_t i = 0; i < pattern->need_count; i++)
		if (!(row->present.words[pattern->needs[i] / 64] >> pattern->needs[i] % 64 & 1))
			return false;
	row_mask(row);
	return true;
}

bool row_pattern_matches(const struct row_pattern *pattern, struct row *row)
{
	return fits(pattern, row) && !is_empty(value_of(row, pattern->start), row->words);
}

static size_t first_place(const struct row *row, const uint64_t *set)
{
	size_t i = row->words;
	while (i > 1 && set[i - 1] == 0)
		i--;
	return row->count - (i - 1) * 64 - (size_t)(63 - __builtin_clzll(set[i - 1]));
}

bool row_pattern_find(const struct row_pattern *pattern, struct row *row, struct match *match)
{
	if (!row_pattern_matches(pattern, row))
		return false;
	for (size_t i = 0; i < pattern->group_count; i++)
		match->groups[i] = (struct span){NOWHERE, NOWHERE};
	match->whole.start = first_place(row, value_of(row, pattern->start));
	match->whole.end = walk(row, pattern->start, match->whole.start, match);
	return match->whole.end != NOWHERE;
}

static void take(const struct row *row, const uint64_t *found, struct row_tokens *into)
{
	memset(into, 0, sizeof *into);
	for (size_t token = 0; token < row->count; token++)
		if (has(row, found, token + 1))
			into->words[token / 64] |= UINT64_C(1) << token % 64;
}

/* Each candidate by itself. */
static void ask_each(const struct row_pattern *pattern, struct row *row, uint64_t *found)
{
	uint64_t all[ROW_WORDS];
	copy(row->masks, all, row->words);
	for (size_t place = 1; place <= row->count; place++) {
		if (!has(row, all, place))
			continue;
		row->epoch++;
		memset(row->masks, 0, row->words * sizeof *row->masks);
		add(row, row->masks, place);
		if (!is_empty(value_of(row, pattern->start), row->words))
			add(row, found, place);
	}
	row->epoch++;
	copy(all, row->masks, row->words);
}

/* Where <C> is in no brackets, it leads from what is before it to what is behind it. */
static void ask_all(const struct row_pattern *pattern, struct row *row, uint64_t *found)
{
	const uint64_t *after = value_of(row, pattern->after);
	for (size_t i = 0; i < row->words; i++)
		found[i] = row->masks[i] & after[i];
	if (is_empty(found, row->words))
		return;
	const uint64_t *before = value_of(row, pattern->before);
	for (size_t i = 0; i < row->words; i++)
		found[i] &= before[i] >> 1 | (i + 1 < row->words ? before[i + 1] << 63 : 0);
}

bool row_pattern_candidates(
	const struct row_pattern *pattern, struct row *row, struct row_tokens *into)
{
	uint64_t found[ROW_WORDS] = {0};
	if (!fits(pattern, row))
		return false;
	(pattern->between ? ask_all : ask_each)(pattern, row, found);
	if (is_empty(found, row->words))
		return false;
	take(row, found, into);
	return true;
}
