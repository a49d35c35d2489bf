/* What a text must hold for a pattern to match in it.
 *
 * Each alternative of a pattern needs one thing of its own: a run of plain characters, or a group
 * that must match and whose alternatives in turn need something. Of the things an alternative
 * needs, the one whose shortest text is longest is taken. What may be left out (?, *, {0,…), looks
 * around, classes and everything unknown need nothing.
 */
#include "rules/literals.h"

#include <string.h>

#include "rules/pieces.h"

#define LEAST 2 /* bytes of a literal; shorter ones are everywhere */
#define DEPTH_MOST 12

static bool need(struct slice pattern, struct literals *into, unsigned depth);

static bool is_plain(char byte)
{
	return (unsigned char)byte >= 0x80 || (byte >= '0' && byte <= '9') || byte == ' ' ||
	       (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || byte == '%' ||
	       byte == '\'' || byte == '-' || byte == ',' || byte == ':' || byte == '/';
}

/* ---- One alternative -------------------------------------------------------------------- */

static size_t shortest(const struct literals *literals)
{
	size_t least = literals->count ? SIZE_MAX : 0;
	for (size_t i = 0; i < literals->count; i++)
		if (literals->items[i].length < least)
			least = literals->items[i].length;
	return least;
}

static void keep_better(struct literals *best, const struct literals *other)
{
	if (shortest(other) > shortest(best))
		*best = *other;
}

/* One sign, such as %, is rare enough. */
static bool is_worth(struct slice run)
{
	return run.length >= LEAST || slice_is(run, "%");
}

static void end_run(struct slice pattern, struct span *run, struct literals *best)
{
	if (is_worth(slice_cut(pattern, run->start, run->end))) {
		struct literals literal = {.count = 1};
		literal.items[0] = slice_cut(pattern, run->start, run->end);
		keep_better(best, &literal);
	}
	*run = (struct span){0, 0};
}

static void need_piece(struct slice piece, struct literals *best, unsigned depth)
{
	struct literals inner = {0};
	if (slice_is(piece, "\\d")) {
		inner.items[0] = slice_of(LITERAL_DIGIT);
		inner.count = 1;
		keep_better(best, &inner);
	} else if (piece.bytes[0] == '(') {
		struct slice inside = group_inside(piece);
		if (inside.length > 0 && depth < DEPTH_MOST && need(inside, &inner, depth + 1))
			keep_better(best, &inner);
	}
}

static bool need_alternative(struct slice pattern, struct literals *into, unsigned depth)
{
	struct literals best = {0};
	struct span run = {0, 0};
	for (size_t at = 0; at < pattern.length;) {
		size_t next, end = piece_end(pattern, at);
		bool optional = piece_repeats(pattern, end, &next).least == 0;
		bool plain = is_plain(pattern.bytes[at]) && !optional;
		if (plain && run.end != at)
			end_run(pattern, &run, &best);
		if (plain)
			run = (struct span){run.end == at && at > 0 ? run.start : at, end};
		if (!plain || next > end)
			end_run(pattern, &run, &best);
		if (!plain && !optional)
			need_piece(slice_cut(pattern, at, end), &best, depth);
		at = next;
	}
	end_run(pattern, &run, &best);
	if (best.count == 0 || into->count + best.count > LITERALS_MOST)
		return false;
	memcpy(into->items + into->count, best.items, best.count * sizeof *best.items);
	into->count += best.count;
	return true;
}

/* Every alternative must need something. */
static bool need(struct slice pattern, struct literals *into, unsigned depth)
{
	for (size_t start = 0; start <= pattern.length;) {
		size_t end = alternative_end(pattern, start);
		if (!need_alternative(slice_cut(pattern, start, end), into, depth))
			return false;
		start = end + 1;
	}
	return true;
}

void literals_infer(struct slice pattern, struct literals *into)
{
	into->count = 0;
	bool caseless = pattern.length > 2 && slice_starts(pattern, "(?") &&
			pattern.bytes[2] != ':' && pattern.bytes[2] != '<' &&
			pattern.bytes[2] != '=' && pattern.bytes[2] != '!';
	if (caseless || !need(pattern, into, 0))
		into->count = 0;
}
