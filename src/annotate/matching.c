/* Running match and words rules over a block; see matching.h.
 *
 * The subject of a pattern is the whole body of a block. A rule that requires literals is skipped
 * where none of them can occur: the pairs of bytes that a block holds are noted once, and a
 * literal of which a pair is missing is not there.
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
	const struct match_rule *match, const struct block_pairs *pairs, struct slice body)
{
	for (size_t i = 0; i < match->literal_count; i++)
		if (may_hold(pairs, body, match->literals[i]))
			return true;
	return match->literal_count == 0;
}

/* ---- Match rules ------------------------------------------------------------------------ */

struct matching {
	struct window *window;
	const struct settings *settings;
	const struct rule *rule;
	uint32_t pack, rule_index, kind;
	size_t block;
	struct slice body;
	size_t base; /* offset of the body in the text */
};

static void add_group(struct window *window, const struct mark_group *group)
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

static struct span shifted(struct span span, size_t base)
{
	return (struct span){span.start + base, span.end + base};
}

static void add_match(const struct matching *at, const struct match *match)
{
	struct pattern *pattern = at->rule->match->pattern;
	struct window *window = at->window;
	size_t main_number = pattern_group_set(pattern, rule_main_group(at->rule), match);
	struct span span = main_number ? match->groups[main_number - 1] : match->whole;
	struct find find = {.span = shifted(span, at->base),
		.pack = at->pack,
		.rule = at->rule_index,
		.kind = at->kind,
		.priority = at->rule->priority,
		.cluster = NO_CLUSTER,
		.role = {NOWHERE, NOWHERE},
		.first_group = (uint32_t)window->group_count};
	if (span.start == span.end ||
		!scopes_allow(at->rule, window, at->settings, at->block, find.span))
		return;
	for (size_t i = 1; i <= pattern_group_count(pattern); i++) {
		const char *name = pattern_group_name(pattern, i);
		if (!name || i == main_number || match->groups[i - 1].start == NOWHERE)
			continue;
		add_group(window, &(struct mark_group){.name = slice_of(name),
					  .span = shifted(match->groups[i - 1], at->base),
					  .style = at->rule->match->group_styles[i - 1]});
		find.group_count++;
	}
	finds_add(&window->finds, &find);
}

static void run_match(const struct matching *at, const struct block_pairs *pairs)
{
	struct match match;
	if (!required_may_hold(at->rule->match, pairs, at->body) ||
		!scopes_reach(at->rule, at->window, at->block))
		return;
	for (size_t from = 0; from <= at->body.length;) {
		if (pattern_find(at->rule->match->pattern, at->body, from, &match) != PATTERN_FOUND)
			return;
		add_match(at, &match);
		bool empty = match.whole.end == match.whole.start;
		from = match.whole.end + empty;
		while (empty && from < at->body.length && (at->body.bytes[from] & 0xC0) == 0x80)
			from++;
	}
}

/* ---- Words rules ------------------------------------------------------------------------ */

/* First token of the block in the window's tokens; they are sorted by block. */
static size_t first_token(const struct tokens *tokens, size_t block)
{
	size_t low = 0, high = tokens->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (tokens->items[middle].block < block)
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
	size_t end = first_token(tokens, at->block + 1);
	for (size_t i = first_token(tokens, at->block); i < end;) {
		uint32_t lexeme;
		size_t count =
			tokens_longest(tokens, at->window->pack, i, end, &words->selector, &lexeme);
		struct find find = {.pack = at->pack,
			.rule = at->rule_index,
			.kind = at->kind,
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

/* ---- A block ---------------------------------------------------------------------------- */

static uint32_t kind_of(const struct window *window, const struct rule *rule)
{
	const char *name = window->pack->kinds[rule->kind].name;
	const struct kind *kind = packs_kind(window->packs, slice_of(name));
	return (uint32_t)(kind - window->packs->kinds);
}

void block_match(struct window *window, uint32_t pack_index, size_t block,
	const struct settings *settings, bool setting)
{
	struct block_pairs pairs;
	struct matching at = {.window = window,
		.settings = settings,
		.pack = pack_index,
		.block = block,
		.body = document_body(window->document, block),
		.base = document_block(window->document, block)->body.start};
	if (at.body.length == 0)
		return;
	note_pairs(at.body, &pairs);
	for (size_t i = 0; i < window->pack->rule_count; i++) {
		at.rule = &window->pack->rules[i];
		if ((at.rule->sets != SETS_NOTHING) != setting || at.rule->kind == NO_KIND)
			continue;
		at.rule_index = (uint32_t)i;
		at.kind = kind_of(window, at.rule);
		if (at.rule->type == RULE_MATCH)
			run_match(&at, &pairs);
		else if (at.rule->type == RULE_WORDS)
			run_words(&at);
	}
}

void settings_take(struct settings *settings, const struct window *window, size_t first)
{
	for (size_t i = first; i < window->finds.count; i++) {
		const struct find *find = &window->finds.items[i];
		const struct rule *rule = &window->packs->items[find->pack]->rules[find->rule];
		struct setting *setting = &settings->of[rule->sets];
		if (rule->sets == SETS_NOTHING || setting->span.start != NOWHERE)
			continue;
		setting->span = find->span;
		setting->block = document_block_at(window->document, find->span.start);
	}
}
