/* What a match may begin with; see first.h.
 *
 * Of each alternative the first piece that takes a character counts, and further ones while those
 * before may be left out. What takes none (anchors, looks around) is passed over.
 */
#include "rules/first.h"

#include <string.h>

#include "rules/pieces.h"

#define DEPTH_MOST 12
#define CLASS_BYTES 4000 /* a class beyond spares nothing */

enum first { FIRST_UNKNOWN, FIRST_NOTHING, FIRST_TAKEN };

struct firsts {
	struct buffer *class;
	bool caseless;
};

static enum first first_of(struct firsts *at, struct slice pattern, unsigned depth);

static void add_character(const struct firsts *at, struct slice character)
{
	uint32_t code;
	char bytes[4];
	if (strchr("\\]^-[", character.bytes[0]))
		buffer_byte(at->class, '\\');
	buffer_append(at->class, character);
	if (!at->caseless)
		return;
	utf8_decode(character, 0, &code);
	uint32_t other = code_lower(code) == code ? code_upper(code) : code_lower(code);
	if (other != code)
		buffer_append(at->class, (struct slice){bytes, utf8_encode(other, bytes)});
}

static enum first add_escape(const struct firsts *at, struct slice escape)
{
	if (strchr("bBAzZGK", escape.bytes[1]))
		return FIRST_NOTHING;
	bool sign = code_class((unsigned char)escape.bytes[1]) == LETTER_NONE;
	if (!sign && !strchr("dDwWsSpPx", escape.bytes[1]))
		return FIRST_UNKNOWN;
	buffer_append(at->class, escape);
	return FIRST_TAKEN;
}

static bool is_look_around(struct slice group)
{
	return slice_starts(group, "(?=") || slice_starts(group, "(?!") ||
	       slice_starts(group, "(?<=") || slice_starts(group, "(?<!");
}

static enum first add_group(struct firsts *at, struct slice group, unsigned depth)
{
	struct firsts inner = *at;
	struct slice inside = group_inside(group);
	if (is_look_around(group))
		return FIRST_NOTHING;
	if (slice_starts(group, "(?i:")) {
		inside = slice_cut(group, 4, group.length - 1);
		inner.caseless = true;
	}
	return inside.length > 0 && depth < DEPTH_MOST ? first_of(&inner, inside, depth + 1)
						       : FIRST_UNKNOWN;
}

/* A class as it stands, if it is not negated and the pattern's case counts. */
static enum first add_class(const struct firsts *at, struct slice class)
{
	if (class.length < 3 || class.bytes[1] == '^' || at->caseless)
		return FIRST_UNKNOWN;
	buffer_append(at->class, slice_cut(class, 1, class.length - 1));
	return FIRST_TAKEN;
}

static enum first add_piece(struct firsts *at, struct slice piece, unsigned depth)
{
	switch (piece.bytes[0]) {
	case '^':
	case '$':
		return FIRST_NOTHING;
	case '.':
		return FIRST_UNKNOWN;
	case '\\':
		return piece.length > 1 ? add_escape(at, piece) : FIRST_UNKNOWN;
	case '[':
		return add_class(at, piece);
	case '(':
		return add_group(at, piece, depth);
	default:
		add_character(at, piece);
		return FIRST_TAKEN;
	}
}

/* A character beyond ASCII is one piece of several bytes. */
static size_t character_end(struct slice pattern, size_t at)
{
	uint32_t code;
	if ((unsigned char)pattern.bytes[at] < 0x80)
		return piece_end(pattern, at);
	return at + utf8_decode(pattern, at, &code);
}

static enum first first_of_alternative(struct firsts *at, struct slice pattern, unsigned depth)
{
	for (size_t start = 0; start < pattern.length;) {
		bool optional;
		size_t end = character_end(pattern, start);
		size_t next = quantifier_end(pattern, end, &optional);
		enum first first = add_piece(at, slice_cut(pattern, start, end), depth);
		if (first == FIRST_UNKNOWN || (first == FIRST_TAKEN && !optional))
			return first;
		start = next;
	}
	return FIRST_NOTHING;
}

static enum first first_of(struct firsts *at, struct slice pattern, unsigned depth)
{
	enum first all = FIRST_TAKEN;
	size_t start = 0;
	for (size_t end = 0; end <= pattern.length;) {
		if (end < pattern.length && pattern.bytes[end] != '|') {
			end = character_end(pattern, end);
			continue;
		}
		enum first one = first_of_alternative(at, slice_cut(pattern, start, end), depth);
		if (one < all)
			all = one;
		start = ++end;
	}
	return all;
}

bool pattern_first(struct slice pattern, struct buffer *class)
{
	struct firsts at = {class, false};
	return first_of(&at, pattern, 0) == FIRST_TAKEN && class->length > 0 &&
	       class->length < CLASS_BYTES;
}
