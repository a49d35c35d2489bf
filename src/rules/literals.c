/* What a text must hold for a pattern to match in it.
 *
 * Each alternative of a pattern needs one thing of its own: a run of plain characters, or a group
 * that must match and whose alternatives in turn need something. Of the things an alternative
 * needs, the one whose shortest text is longest is taken. What may be left out (?, *, {0,…), looks
 * around, classes and everything unknown need nothing.
 */
#include "rules/literals.h"

#include <string.h>

#define LEAST 2 /* bytes of a literal; shorter ones are everywhere */
#define DEPTH_MOST 12

static bool need(struct slice pattern, struct literals *into, unsigned depth);

/* ---- Pieces of a pattern ---------------------------------------------------------------- */

/* End of the class that begins at `at`. */
static size_t class_end(struct slice pattern, size_t at)
{
	size_t end = at + 1;
	if (end < pattern.length && pattern.bytes[end] == '^')
		end++;
	if (end < pattern.length && pattern.bytes[end] == ']')
		end++;
	while (end < pattern.length && pattern.bytes[end] != ']')
		end += pattern.bytes[end] == '\\' ? 2 : 1;
	return end + 1 < pattern.length ? end + 1 : pattern.length;
}

/* End of an escape: \b, \p{Lu}, \x{80}. */
static size_t escape_end(struct slice pattern, size_t at)
{
	size_t end = at + 2;
	if (end < pattern.length && pattern.bytes[end] == '{' &&
		strchr("pPxNgk", pattern.bytes[at + 1])) {
		while (end < pattern.length && pattern.bytes[end] != '}')
			end++;
		end++;
	}
	return end < pattern.length ? end : pattern.length;
}

/* End of the group that begins at `at`, behind its bracket. */
static size_t group_end(struct slice pattern, size_t at)
{
	size_t depth = 0;
	while (at < pattern.length) {
		char byte = pattern.bytes[at];
		if (byte == '\\') {
			at = escape_end(pattern, at);
			continue;
		}
		if (byte == '[') {
			at = class_end(pattern, at);
			continue;
		}
		depth += byte == '(';
		at++;
		if (byte == ')' && --depth == 0)
			return at;
	}
	return pattern.length;
}

/* End of the piece at `at`, its quantifier not included. */
static size_t piece_end(struct slice pattern, size_t at)
{
	switch (pattern.bytes[at]) {
	case '\\':
		return escape_end(pattern, at);
	case '[':
		return class_end(pattern, at);
	case '(':
		return group_end(pattern, at);
	default:
		return at + 1;
	}
}

/* End of the quantifier at `at`; *optional: it allows none. */
static size_t quantifier_end(struct slice pattern, size_t at, bool *optional)
{
	*optional = false;
	if (at >= pattern.length || !strchr("?*+{", pattern.bytes[at]))
		return at;
	char sign = pattern.bytes[at];
	*optional = sign == '?' || sign == '*';
	if (sign == '{') {
		*optional = at + 1 < pattern.length &&
			    (pattern.bytes[at + 1] == '0' || pattern.bytes[at + 1] == ',');
		while (at < pattern.length && pattern.bytes[at] != '}')
			at++;
	}
	at++;
	return at < pattern.length && (pattern.bytes[at] == '?' || pattern.bytes[at] == '+')
		       ? at + 1
		       : at;
}

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

/* The inside of a group that must match as it stands; empty: a look around, a flag, a condition. */
static struct slice group_inside(struct slice group)
{
	struct slice inside = slice_cut(group, 1, group.length - 1);
	if (!slice_starts(inside, "?"))
		return inside;
	if (slice_starts(inside, "?:") || slice_starts(inside, "?>"))
		return slice_cut(inside, 2, inside.length);
	bool named = (slice_starts(inside, "?<") || slice_starts(inside, "?P<")) &&
		     !slice_starts(inside, "?<=") && !slice_starts(inside, "?<!");
	const char *close = named ? memchr(inside.bytes, '>', inside.length) : NULL;
	return close ? slice_cut(inside, (size_t)(close - inside.bytes) + 1, inside.length)
		     : (struct slice){0};
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
		bool optional;
		size_t end = piece_end(pattern, at);
		size_t next = quantifier_end(pattern, end, &optional);
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
	size_t start = 0;
	for (size_t at = 0; at <= pattern.length;) {
		if (at < pattern.length && pattern.bytes[at] != '|') {
			at = piece_end(pattern, at);
			continue;
		}
		if (!need_alternative(slice_cut(pattern, start, at), into, depth))
			return false;
		start = ++at;
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
