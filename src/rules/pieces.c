/* Cutting a pattern into pieces; see pieces.h. */
#include "rules/pieces.h"

#include <string.h>

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
size_t piece_end(struct slice pattern, size_t at)
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
size_t quantifier_end(struct slice pattern, size_t at, bool *optional)
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
