/* Cutting a pattern into pieces; see pieces.h. */
#include "rules/pieces.h"

#include <string.h>

/* End of a [:alpha:] inside a class, or 0. */
static size_t posix_end(struct slice pattern, size_t at)
{
	struct slice rest = slice_cut(pattern, at, pattern.length);
	if (!slice_starts(rest, "[:"))
		return 0;
	const char *close = memmem(rest.bytes, rest.length, ":]", 2);
	return close ? at + (size_t)(close - rest.bytes) + 2 : 0;
}

/* End of the class that begins at `at`. */
static size_t class_end(struct slice pattern, size_t at)
{
	size_t end = at + 1;
	if (end < pattern.length && pattern.bytes[end] == '^')
		end++;
	if (end < pattern.length && pattern.bytes[end] == ']')
		end++;
	while (end < pattern.length && pattern.bytes[end] != ']') {
		size_t posix = posix_end(pattern, end);
		end = posix ? posix : end + (pattern.bytes[end] == '\\' ? 2 : 1);
	}
	return end + 1 < pattern.length ? end + 1 : pattern.length;
}

/* End of an escape: \b, \p{Lu}, \x{80}. */
static size_t escape_end(struct slice pattern, size_t at)
{
	size_t end = at + 2;
	if (end < pattern.length && pattern.bytes[end] == '{' &&
		strchr("pPxNgko", pattern.bytes[at + 1])) {
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
size_t piece_end(struct slice pattern, size_t at)
{
	uint32_t code;
	switch (pattern.bytes[at]) {
	case '\\':
		return escape_end(pattern, at);
	case '[':
		return class_end(pattern, at);
	case '(':
		return group_end(pattern, at);
	default:
		return at + utf8_decode(pattern, at, &code);
	}
}

/* ---- Quantifiers ------------------------------------------------------------------------ */

static size_t read_number(struct slice pattern, size_t at, size_t *number)
{
	*number = 0;
	while (at < pattern.length && pattern.bytes[at] >= '0' && pattern.bytes[at] <= '9') {
		if (*number < 100000) /* PCRE2 takes at most 65,535 */
			*number = *number * 10 + (size_t)(pattern.bytes[at] - '0');
		at++;
	}
	return at;
}

/* {2}, {2,}, {2,5}, and {,5}, which PCRE2 has taken both as itself and as a quantifier. */
static bool read_braces(struct slice pattern, size_t at, struct repeats *repeats, size_t *end)
{
	size_t next = read_number(pattern, at + 1, &repeats->least), behind = next;
	bool any = next > at + 1;
	repeats->most = repeats->least;
	if (next < pattern.length && pattern.bytes[next] == ',') {
		behind = read_number(pattern, next + 1, &repeats->most);
		if (behind == next + 1 || !any)
			repeats->most = REPEATS_ANY;
		any = any || behind > next + 1;
	}
	*end = behind + 1;
	return any && behind < pattern.length && pattern.bytes[behind] == '}';
}

struct repeats piece_repeats(struct slice pattern, size_t at, size_t *end)
{
	struct repeats repeats = {1, 1};
	char sign = at < pattern.length ? pattern.bytes[at] : '\0';
	*end = at;
	if (sign == '{') {
		if (!read_braces(pattern, at, &repeats, end)) {
			*end = at;
			return (struct repeats){1, 1};
		}
	} else if (sign == '?' || sign == '*' || sign == '+') {
		repeats.least = sign == '+';
		repeats.most = sign == '?' ? 1 : REPEATS_ANY;
		*end = at + 1;
	} else {
		return repeats;
	}
	*end += *end < pattern.length && (pattern.bytes[*end] == '?' || pattern.bytes[*end] == '+');
	return repeats;
}

/* ---- Alternatives ----------------------------------------------------------------------- */

size_t alternative_end(struct slice pattern, size_t at)
{
	while (at < pattern.length && pattern.bytes[at] != '|')
		at = piece_end(pattern, at);
	return at;
}

/* The inside of a group that must match as it stands; empty: a look around, a flag, a condition. */
struct slice group_inside(struct slice group)
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
