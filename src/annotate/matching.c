/* Running match and words rules over a block; see matching.h.
 *
 * The subject of a pattern is a piece: the whole body of a block, but for very long ones. A rule
 * whose searches run into their limits again and again is left out, first of the piece, then of
 * the rest of the text: what it found there is taken back. One walk over a piece gives the places
 * where matches may start (rules/starts.h); there, in order, the rules are tried whose matches may.
 * The others are searched for. A rule that requires literals is skipped where none of them can
 * occur: the pairs of bytes that a block holds are noted once, and a literal of which a pair is
 * missing is not there.
 */
#include "annotate/matching.h"
#include "rules/literals.h"

#include <stdlib.h>
#include <string.h>

struct find *finds_add(struct finds *finds, const struct find *find)
{
	finds->items = grow(finds->items, &finds->capacity, finds->count + 1, sizeof *finds->items);
	finds->items[finds->count] = *find;
	return &finds->items[finds->count++];
}

void finds_release(struct finds *finds)
{
	free(finds->items);
	*finds = (struct finds){0};
}

/* ---- Literals --------------------------------------------------------------------------- */

#define PAIR_BITS 13 /* pairs of bytes are hashed to so many bits */

struct block_pairs {
	bool noted;
	bool digit;
	uint64_t bits[(1u << PAIR_BITS) / 64];
};

static size_t pair_slot(unsigned char a, unsigned char b)
{
	return ((size_t)a * 37 + (size_t)b * 131) & ((1u << PAIR_BITS) - 1);
}

static void note_pairs(struct slice body, struct block_pairs *pairs)
{
	memset(pairs, 0, sizeof *pairs);
	pairs->noted = true;
	for (size_t i = 0; i < body.length; i++)
		pairs->digit |=
			(body.bytes[i] >= '0' && body.bytes[i] <= '9') ||
			(unsigned char)body.bytes[i] >= 0x80; /* other scripts have theirs */
	for (size_t i = 0; i + 1 < body.length; i++) {
		size_t slot =
			pair_slot((unsigned char)body.bytes[i], (unsigned char)body.bytes[i + 1]);
		pairs->bits[slot / 64] |= UINT64_C(1) << slot % 64;
	}
}

static bool may_hold(const struct block_pairs *pairs, struct slice body, struct slice literal)
{
	if (slice_is(literal, LITERAL_DIGIT))
		return pairs->digit;
	if (literal.length == 1)
		return memchr(body.bytes, literal.bytes[0], body.length) != NULL;
	for (size_t i = 0; i + 1 < literal.length; i++) {
		size_t slot = pair_slot(
			(unsigned char)literal.bytes[i], (unsigned char)literal.bytes[i + 1]);
		if (!(pairs->bits[slot / 64] >> slot % 64 & 1))
			return false;
	}
	return true;
}

static bool required_may_hold(
	const struct match_rule *match, struct block_pairs *pairs, struct slice body)
{
	if (match->literal_count > 0 && !pairs->noted)
		note_pairs(body, pairs);
	for (size_t i = 0; i < match->literal_count; i++)
		if (may_hold(pairs, body, match->literals[i]))
			return true;
	return match->literal_count == 0;
}

/* ---- Match rules ------------------------------------------------------------------------ */

struct matching {
	struct window *window;
	const struct settings *settings;
	struct rule_budget *budgets;
	const struct rule *rule;
	uint32_t pack, rule_index;
	uint32_t piece, block;
	struct slice body;
	size_t base; /* offset of the body in the text */
	struct block_pairs *pairs;
};

/* How far a rule has come in a piece. */
struct trial {
	size_t from;      /* it is tried here at the earliest */
	bool begun;       /* it was asked whether it may match at all */
	unsigned strides; /* that may still run into their limits */
};

static void add_group(struct window *window, const struct find_group *group)
{
	window->groups = grow(window->groups, &window->group_capacity, window->group_count + 1,
		sizeof *window->groups);
	window->groups[window->group_count++] = *group;
}

const char *rule_main_group(const struct rule *rule)
{
	static const char *const names[] = {"entity", "title", "author", "published", "dateline"};
	return names[rule->sets];
}

static uint32_t kind_of(const struct window *window, const struct rule *rule)
{
	const char *name = window->pack->kinds[rule->kind].name;
	const struct kind *kind = packs_kind(window->packs, slice_of(name));
	return (uint32_t)(kind - window->packs->kinds);
}

static void add_match(const struct matching *at, const struct match *match)
{
	struct pattern *pattern = at->rule->match->pattern;
	struct window *window = at->window;
	size_t main_number = pattern_group_set(pattern, rule_main_group(at->rule), match);
	struct span span = main_number ? match->groups[main_number - 1] : match->whole;
	struct find find = {.span = subject_place(&window->subject, span),
		.pack = at->pack,
		.rule = at->rule_index,
		.kind = kind_of(window, at->rule),
		.priority = at->rule->priority,
		.cluster = NO_CLUSTER,
		.role = {NOWHERE, NOWHERE},
		.first_group = (uint32_t)window->group_count};
	if (span.start >= span.end ||
		!scopes_allow(at->rule, window, at->settings, at->block, find.span))
		return;
	for (size_t i = 1; i <= pattern_group_count(pattern); i++) {
		const char *name = pattern_group_name(pattern, i);
		if (!name || i == main_number || match->groups[i - 1].start == NOWHERE)
			continue;
		add_group(window, &(struct find_group){(uint32_t)i,
					  subject_place(&window->subject, match->groups[i - 1])});
		find.group_count++;
	}
	finds_add(&window->finds, &find);
}

static bool may_match(const struct matching *at)
{
	return scopes_reach(at->rule, at->window, at->block) &&
	       required_may_hold(at->rule->match, at->pairs, at->body);
}

static enum pattern_outcome look(
	const struct matching *at, struct trial *trial, size_t from, struct match *match)
{
	const struct piece *piece = &at->window->pieces[at->piece];
	struct pattern_text text = {.subject = at->body,
		.is_inside = {!piece->begins, !piece->ends},
		.strides = trial->strides};
	enum pattern_outcome outcome = pattern_search(at->rule->match->pattern, &text, from, match);
	trial->strides = text.strides;
	return outcome;
}

/* Searches the piece for a rule whose matches may start anywhere. */
static void search(const struct matching *at, struct trial *trial)
{
	struct match match;
	if (!may_match(at))
		return;
	for (size_t from = 0; from <= at->body.length && trial->strides > 0;) {
		if (look(at, trial, from, &match) != PATTERN_FOUND)
			return;
		add_match(at, &match);
		bool empty = match.whole.end == match.whole.start;
		from = match.whole.end + empty;
		while (empty && from < at->body.length && (at->body.bytes[from] & 0xC0) == 0x80)
			from++;
	}
}

/* ---- Starts ----------------------------------------------------------------------------- */

#define STARTS_AT_ONCE 1024 /* bytes of a piece whose starts are listed */

static void try_start(const struct matching *at, size_t start, struct trial *trial)
{
	struct match match;
	switch (look(at, trial, start, &match)) {
	case PATTERN_FOUND:
		add_match(at, &match);
		trial->from = match.whole.end;
		break;
	case PATTERN_SPENT:
		trial->from = start + PATTERN_STRIDE; /* what a search gives up at once */
		break;
	case PATTERN_NONE:
		break;
	}
}

static void try_starts(const struct matching *at, const struct start *starts, size_t count)
{
	struct trial *trial = &at->window->trials[at->rule_index];
	for (size_t i = 0; i < count; i++) {
		if (!(starts[i].buckets & at->rule->match->starts) || starts[i].at < trial->from)
			continue;
		if (!trial->begun && !may_match(at))
			trial->from = SIZE_MAX;
		else
			try_start(at, starts[i].at, trial);
		trial->begun = true;
	}
}
/* ---- Words rules ------------------------------------------------------------------------ */

/* First token of the piece in the window's tokens; they are sorted by piece. */
static size_t first_token(const struct tokens *tokens, size_t piece)
{
	size_t low = 0, high = tokens->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (tokens->items[middle].piece < piece)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void run_words(const struct matching *at)
{
	struct tokens *tokens = at->window->tokens;
	const struct words_rule *words = at->rule->words;
	uint32_t kind = kind_of(at->window, at->rule);
	size_t end = first_token(tokens, at->piece + 1);
	for (size_t i = first_token(tokens, at->piece); i < end;) {
		uint32_t lexeme;
		size_t count =
			tokens_longest(tokens, at->window->pack, i, end, &words->selector, &lexeme);
		struct find find = {.pack = at->pack,
			.rule = at->rule_index,
			.kind = kind,
			.priority = at->rule->priority,
			.cluster = NO_CLUSTER,
			.role = {NOWHERE, NOWHERE}};
		if (count > 0) {
			find.span = (struct span){
				tokens->items[i].start, tokens->items[i + count - 1].end};
			find.name = lexeme_name(
				at->window->pack->lexicon, lexeme, words->selector.lists);
			if (scopes_allow(at->rule, at->window, at->settings, at->block, find.span))
				finds_add(&at->window->finds, &find);
		}
		i += count ? count : 1;
	}
}

/* ---- A piece ---------------------------------------------------------------------------- */

static void take_rule(struct matching *at, size_t index)
{
	at->rule = &at->window->pack->rules[index];
	at->rule_index = (uint32_t)index;
}

static bool is_suspended(const struct rule_budget *budget)
{
	return budget->before + budget->here >= SPENT_PIECES;
}

static bool is_tried(const struct matching *at, bool setting)
{
	const struct rule *rule = at->rule;
	return (rule->sets != SETS_NOTHING) == setting && rule->type == RULE_MATCH &&
	       rule->kind != NO_KIND && rule->match->starts &&
	       !is_suspended(&at->budgets[at->rule_index]);
}

static void begin_trials(struct matching *at, size_t first, size_t end)
{
	struct window *window = at->window;
	window->trials = grow(window->trials, &window->trial_capacity, end, sizeof *window->trials);
	for (size_t i = first; i < end; i++)
		window->trials[i] = (struct trial){.strides = PIECE_STRIDES};
}

/* Takes back what a rule found in the piece, from a find on. */
static void take_back(struct matching *at, size_t first)
{
	struct finds *finds = &at->window->finds;
	size_t kept = first;
	for (size_t i = first; i < finds->count; i++)
		if (finds->items[i].pack != at->pack || finds->items[i].rule != at->rule_index)
			finds->items[kept++] = finds->items[i];
	finds->count = kept;
}

/* Rules that have spent all they may find nothing in the piece. */
static void end_trials(struct matching *at, size_t first, size_t end, size_t first_find)
{
	for (size_t i = first; i < end; i++) {
		struct rule_budget *budget = &at->budgets[i];
		if (at->window->trials[i].strides > 0)
			continue;
		take_rule(at, i);
		take_back(at, first_find);
		budget->here++;
		if (is_suspended(budget))
			budget->suspended = at->base;
	}
}

/* Tries rules from first to end where their matches may start. */
static void match_starts(struct matching *at, size_t first, size_t end, bool setting)
{
	struct start starts[STARTS_AT_ONCE];
	struct window *window = at->window;
	size_t first_find = window->finds.count;
	begin_trials(at, first, end);
	for (size_t from = 0; from < at->body.length; from += STARTS_AT_ONCE) {
		size_t to = from + STARTS_AT_ONCE;
		size_t count = starts_find(window->pack->starts, at->body, from,
			to < at->body.length ? to : at->body.length, starts);
		for (size_t i = first; i < end && count > 0; i++) {
			take_rule(at, i);
			if (is_tried(at, setting))
				try_starts(at, starts, count);
		}
	}
	end_trials(at, first, end, first_find);
}

static void match_anywhere(struct matching *at, size_t index)
{
	size_t first_find = at->window->finds.count;
	if (is_suspended(&at->budgets[index]))
		return;
	begin_trials(at, index, index + 1);
	search(at, &at->window->trials[index]);
	end_trials(at, index, index + 1, first_find);
}

/* Of two rules that set the same the first wins: such rules run one after the other. */
static void match_rule(struct matching *at, size_t index, bool setting)
{
	take_rule(at, index);
	if (at->rule->kind == NO_KIND || (at->rule->sets != SETS_NOTHING) != setting)
		return;
	if (at->rule->type == RULE_WORDS)
		run_words(at);
	else if (at->rule->type == RULE_MATCH && !at->rule->match->starts)
		match_anywhere(at, index);
	else if (setting && is_tried(at, true))
		match_starts(at, index, index + 1, true);
}

void piece_match(struct window *window, const struct match_place *place, bool setting)
{
	const struct piece *piece = &window->pieces[place->piece];
	struct block_pairs pairs = {.noted = false};
	struct matching at = {.window = window,
		.settings = place->settings,
		.budgets = place->budgets,
		.pack = place->pack,
		.piece = place->piece,
		.block = piece->block,
		.body = window->subject.text,
		.base = piece->start,
		.pairs = &pairs};
	if (at.body.length == 0)
		return;
	for (size_t i = 0; i < window->pack->rule_count; i++)
		match_rule(&at, i, setting);
	if (!setting && window->pack->starts)
		match_starts(&at, 0, window->pack->rule_count, false);
}

void settings_take(struct settings *settings, const struct window *window, size_t first)
{
	for (size_t i = first; i < window->finds.count; i++) {
		const struct find *find = &window->finds.items[i];
		const struct rule *rule = &window->packs->items[find->pack]->rules[find->rule];
		if (rule->sets == SETS_NOTHING || settings->of[rule->sets].start != NOWHERE)
			continue;
		settings->of[rule->sets] = find->span;
	}
}
