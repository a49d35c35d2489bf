/* Pairing quote marks, a block at a time, and repairing what was typed wrongly.
 *
 * Two readings share a block. Full marks (“ ” " '' « ») go through one state: open or not, and what
 * stands at both sides of a mark says what it is where the mark itself does not, or was typed as
 * its twin. A quote still open at the block's end runs to it; its family's next opening mark starts
 * anew, since a closing mark was forgotten. Marks of another family inside a quote are part of it.
 *
 * Marks whose twin is an apostrophe (‘ ’ ') open only before a word and after a blank, and close at
 * the first place that is no apostrophe: behind a point, or behind a letter that makes no plural's
 * possessive unless no better place comes before the next opening one. One that nothing closes may
 * run to the block's end, too. What overlaps a full pair is dropped, but for one that holds full
 * pairs whole: those are nested in it.
 */
#include <stdlib.h>
#include <string.h>

#include "annotate/facts.h"
#include "rules/quote_rule.h"

struct block_text {
	const struct quote_rule *rule;
	struct slice text; /* of the document */
	size_t start, end; /* of the body */
	uint32_t piece;
	struct pairs *full, *single;
};

static void add_pair(struct pairs *pairs, struct pair pair)
{
	pairs->items = grow(pairs->items, &pairs->capacity, pairs->count + 1, sizeof *pairs->items);
	pairs->items[pairs->count++] = pair;
}

/* ---- What stands beside a mark ---------------------------------------------------------- */

/* 0 at the body's edges. */
static uint32_t code_before(const struct block_text *block, size_t at)
{
	uint32_t code = 0;
	if (at > block->start)
		utf8_before(block->text, at, &code);
	return code;
}

static uint32_t code_after(const struct block_text *block, size_t at)
{
	uint32_t code = 0;
	if (at < block->end)
		utf8_decode(slice_cut(block->text, 0, block->end), at, &code);
	return code;
}

static bool is_blank(uint32_t code)
{
	return code == 0 || code_is_space(code);
}

static bool is_dash(uint32_t code)
{
	return code == '-' || (code >= 0x2010 && code <= 0x2015);
}

static bool is_one_of(uint32_t code, const char *signs)
{
	return code > 0 && code < 0x80 && strchr(signs, (int)code);
}

static bool is_point(uint32_t code)
{
	return is_one_of(code, ",.?!") || code == 0x2026;
}

static bool may_open_after(uint32_t code)
{
	return is_blank(code) || is_dash(code) || is_one_of(code, "([{/:>',") || code == 0x2018 ||
	       code == 0x201C;
}

static bool may_close_before(uint32_t code)
{
	return is_blank(code) || is_one_of(code, ",.;:)");
}

/* ---- Full marks ------------------------------------------------------------------------- */

enum mark_use { USE_NOTHING, USE_OPEN, USE_CLOSE };

struct mark {
	size_t start, end;
	const struct quote_marks *opens;  /* the first pair that it opens, or NULL */
	const struct quote_marks *closes; /* the first that it closes */
};

static bool stands_at(const struct block_text *block, size_t at, struct slice sign)
{
	return at + sign.length <= block->end &&
	       memcmp(block->text.bytes + at, sign.bytes, sign.length) == 0;
}

static void see(const struct block_text *block, size_t at, struct slice sign, struct mark *mark)
{
	if (at + sign.length > mark->end && stands_at(block, at, sign))
		*mark = (struct mark){at, at + sign.length, NULL, NULL};
}

/* The longest full mark at a place; false: none. */
static bool mark_at(const struct block_text *block, size_t at, struct mark *mark)
{
	const struct quote_rule *rule = block->rule;
	*mark = (struct mark){at, at, NULL, NULL};
	for (size_t i = 0; i < rule->mark_count; i++) {
		if (rule->marks[i].apostrophe.length > 0)
			continue;
		see(block, at, rule->marks[i].open, mark);
		see(block, at, rule->marks[i].close, mark);
	}
	if (mark->end == at)
		return false;
	struct slice sign = slice_cut(block->text, at, mark->end);
	for (size_t i = rule->mark_count; i-- > 0;) {
		const struct quote_marks *marks = &rule->marks[i];
		if (marks->apostrophe.length == 0 && slice_equal(marks->open, sign))
			mark->opens = marks;
		if (marks->apostrophe.length == 0 && slice_equal(marks->close, sign))
			mark->closes = marks;
	}
	return true;
}

static bool is_symmetric(const struct quote_marks *marks)
{
	return marks && slice_equal(marks->open, marks->close);
}

/* A mark that only opens: it closes where it stands at a word's end. */
static enum mark_use use_of_opener(bool open, uint32_t before, uint32_t after)
{
	bool at_end = !is_blank(before) && !is_dash(before) && !is_one_of(before, "([") &&
		      before != 0x2018;
	return open && at_end && may_close_before(after) ? USE_CLOSE : USE_OPEN;
}

static enum mark_use use_of_closer(bool open, uint32_t before, uint32_t after)
{
	return !open && is_blank(before) && !is_blank(after) ? USE_OPEN : USE_CLOSE;
}

static enum mark_use use_of_both(bool open, uint32_t before, uint32_t after)
{
	if (!open)
		return may_open_after(before) && after ? USE_OPEN : USE_NOTHING;
	bool at_start = is_blank(before) && !is_blank(after) && !is_one_of(after, ",.;:?!)");
	return at_start ? USE_OPEN : USE_CLOSE;
}

static enum mark_use use_of(
	const struct block_text *block, const struct mark *mark, const struct mark *open)
{
	uint32_t before = code_before(block, mark->start), after = code_after(block, mark->end);
	bool closes_it =
		open && open->opens && mark->closes &&
		slice_equal(open->opens->close, slice_cut(block->text, mark->start, mark->end));
	if (is_symmetric(mark->opens))
		return use_of_both(open != NULL, before, after);
	if (closes_it || !mark->opens)
		return use_of_closer(open != NULL, before, after);
	return use_of_opener(open != NULL, before, after);
}

static const struct quote_marks *marks_of(const struct mark *mark)
{
	return mark->opens ? mark->opens : mark->closes;
}

/* The inner span goes without the blanks at its ends; a pair without anything in it is none. */
static void close_pair(
	const struct block_text *block, const struct mark *open, size_t inner_end, size_t end)
{
	struct slice inner = slice_cut(block->text, open->end, inner_end);
	size_t start = open->end;
	uint32_t code;
	while (inner.length > 0) {
		size_t length = utf8_decode(inner, 0, &code);
		if (!code_is_space(code))
			break;
		inner = slice_cut(inner, length, inner.length);
		start += length;
	}
	while (inner.length > 0) {
		size_t last = utf8_before(inner, inner.length, &code);
		if (!code_is_space(code))
			break;
		inner.length = last;
	}
	if (inner.length == 0)
		return;
	struct pair pair = {.piece = block->piece,
		.whole = {open->start, end},
		.inner = {start, start + inner.length},
		.open = inner_end == end};
	if (pair.open)
		pair.whole.end = pair.inner.end;
	add_pair(block->full, pair);
}

static void pair_full(const struct block_text *block)
{
	struct mark open, mark;
	bool is_open = false;
	for (size_t at = block->start; at < block->end;) {
		unsigned char byte = (unsigned char)block->text.bytes[at];
		if (!block->rule->mark_bytes[byte] || !mark_at(block, at, &mark)) {
			at++;
			continue;
		}
		at = mark.end;
		if (is_open && !slice_equal(marks_of(&mark)->family, marks_of(&open)->family))
			continue;
		enum mark_use use = use_of(block, &mark, is_open ? &open : NULL);
		if (use == USE_OPEN) {
			open = mark;
			is_open = true;
		} else if (use == USE_CLOSE && is_open) {
			close_pair(block, &open, mark.start, mark.end);
			is_open = false;
		}
	}
	if (is_open && marks_of(&open)->reopen)
		close_pair(block, &open, block->end, block->end);
}

/* ---- Marks that may be apostrophes ------------------------------------------------------ */

struct single {
	size_t start, end;
	bool opens;                  /* may open */
	bool reopens;                /* … anew what the block before left open */
	bool closes;                 /* may close … */
	bool firmly;                 /* … behind a point */
	bool plural;                 /* … or be a plural's possessive */
	size_t next_open, next_firm; /* indexes of those that follow, or the count */
};

struct singles {
	struct single *items;
	size_t count, capacity;
};

static bool is_word_code(uint32_t code)
{
	return code == '_' || code_class(code) != LETTER_NONE;
}

static bool opens_here(uint32_t before, uint32_t after)
{
	enum letter_class class = code_class(after);
	bool word = class != LETTER_NONE && class != LETTER_DIGIT && class != LETTER_MARK;
	return (is_blank(before) || is_dash(before) || is_one_of(before, "([")) &&
	       (word || is_one_of(after, "$[\"") || after == 0x201C);
}

static bool closes_here(uint32_t after)
{
	return is_blank(after) || is_dash(after) || is_one_of(after, ")],.;:?!") || after == 0x2026;
}

static void add_single(const struct block_text *block, struct singles *singles, struct single mark)
{
	const struct quote_rule *rule = block->rule;
	uint32_t before = code_before(block, mark.start), after = code_after(block, mark.end);
	struct slice letter = rule->possessive_after;
	mark.opens = mark.opens && opens_here(before, after);
	mark.firmly = mark.closes && is_point(before) && closes_here(after);
	mark.closes = mark.closes && (mark.firmly || is_word_code(before)) && closes_here(after);
	mark.plural = mark.closes && letter.length > 0 &&
		      mark.start >= block->start + letter.length &&
		      stands_at(block, mark.start - letter.length, letter);
	if (!mark.opens && !mark.closes)
		return;
	singles->items = grow(
		singles->items, &singles->capacity, singles->count + 1, sizeof *singles->items);
	singles->items[singles->count++] = mark;
}

static void find_singles(const struct block_text *block, struct singles *singles)
{
	const struct quote_rule *rule = block->rule;
	for (size_t at = block->start; at < block->end; at++) {
		if (!rule->mark_bytes[(unsigned char)block->text.bytes[at]])
			continue;
		struct single mark = {.start = at, .end = at};
		for (size_t i = 0; i < rule->mark_count; i++) {
			const struct quote_marks *marks = &rule->marks[i];
			if (marks->apostrophe.length == 0)
				continue;
			if (stands_at(block, at, marks->open)) {
				mark.opens = true;
				mark.reopens = marks->reopen;
				mark.end = at + marks->open.length;
			}
			if (stands_at(block, at, marks->close)) {
				mark.closes = true;
				mark.end = at + marks->close.length;
			}
		}
		if (mark.end > at)
			add_single(block, singles, mark);
	}
}

static void link_singles(struct singles *singles)
{
	size_t open = singles->count, firm = singles->count;
	for (size_t i = singles->count; i-- > 0;) {
		singles->items[i].next_open = open;
		singles->items[i].next_firm = firm;
		if (singles->items[i].opens)
			open = i;
		if (singles->items[i].firmly)
			firm = i;
	}
}

/* The mark that closes the one at `open`, or the count. Skipped ones are plurals' possessives. */
static size_t closing_of(const struct singles *singles, size_t open)
{
	for (size_t i = open + 1; i < singles->count; i++) {
		const struct single *mark = &singles->items[i];
		if (!mark->closes)
			continue;
		bool better =
			mark->next_firm < singles->count && mark->next_firm <= mark->next_open;
		if (mark->firmly || !mark->plural || !better)
			return i;
	}
	return singles->count;
}

/* What stands before an offset, but for blanks and what leads a quoted line; a blank: nothing. */
static uint32_t code_leading(const struct block_text *block, size_t at)
{
	uint32_t code = ' ';
	while (at > block->start && (code_is_space(code) || code == '>'))
		at = utf8_before(block->text, at, &code);
	return code == '>' ? ' ' : code;
}

/* Without a closing mark it runs on into the next block, if something leads to it and the block
 * ends a sentence; and if the pack says that such marks are opened anew there. */
static bool runs_on(const struct block_text *block, const struct single *open)
{
	uint32_t before = code_leading(block, open->start);
	uint32_t last = code_before(block, block->end);
	return open->reopens && (code_is_space(before) || before == ',' || before == ':') &&
	       is_point(last) && last != ',';
}

static void pair_single(const struct block_text *block)
{
	struct singles singles = {0};
	find_singles(block, &singles);
	link_singles(&singles);
	for (size_t i = 0; i < singles.count; i++) {
		const struct single *open = &singles.items[i];
		if (!open->opens)
			continue;
		size_t closing = closing_of(&singles, i);
		if (closing == singles.count && runs_on(block, open))
			add_pair(block->single, (struct pair){.whole = {open->start, block->end},
							.inner = {open->end, block->end},
							.piece = block->piece});
		if (closing == singles.count)
			break; /* nor will any later one be closed */
		const struct single *close = &singles.items[closing];
		if (close->start > open->end)
			add_pair(block->single,
				(struct pair){.whole = {open->start, close->end},
					.inner = {open->end, close->start},
					.piece = block->piece,
					.single = true,
					.open = close->firmly}); /* for settle(), who clears it */
		i = closing;
	}
	free(singles.items);
}

/* ---- Both together ---------------------------------------------------------------------- */

/* Takes the next single pair where it stands clear of the full ones, or holds them whole. */
static void settle(struct pairs *full, size_t *next, struct pair single, struct pairs *into)
{
	while (*next < full->count && full->items[*next].whole.end <= single.whole.start)
		add_pair(into, full->items[(*next)++]);
	size_t last = *next;
	while (last < full->count && full->items[last].whole.start < single.whole.end)
		last++;
	bool holds = last > *next && single.open &&
		     full->items[*next].whole.start > single.whole.start &&
		     full->items[last - 1].whole.end < single.whole.end;
	single.open = single.whole.end == single.inner.end;
	if (last == *next || holds)
		add_pair(into, single);
	if (!holds)
		return;
	for (; *next < last; ++*next) {
		full->items[*next].nested = true;
		add_pair(into, full->items[*next]);
	}
}

void pairs_find(struct window *window, const struct rule *rule, uint32_t index)
{
	const struct piece *piece = &window->pieces[index];
	struct pairs full = {0}, single = {0};
	struct block_text text = {rule->quote, document_text(window->document), piece->start,
		piece->end, index, &full, &single};
	uint8_t kind = document_block(window->document, piece->block).kind;
	if (kind == BLOCK_CODE || kind == BLOCK_RULE)
		return;
	pair_full(&text);
	pair_single(&text);
	size_t next = 0;
	for (size_t i = 0; i < single.count; i++)
		settle(&full, &next, single.items[i], &window->pairs);
	while (next < full.count)
		add_pair(&window->pairs, full.items[next++]);
	free(full.items);
	free(single.items);
}
