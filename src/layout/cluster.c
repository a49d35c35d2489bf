/* cluster.c: where grapheme clusters end (UAX #29, extended clusters, Unicode 14).
 *
 * libunistring knows the classes; the rules are applied here because its own stepping looks at two
 * neighbours only, and flags (an even number of regional indicators) and joined emoji need memory.
 * Below U+0300 nothing joins but CR with LF, so most text never reaches the tables.
 */
#include "byline/layout.h"

#include "layout/width.h"

#include <unigbrk.h>

/* What has been read of a cluster. */
struct joining {
	int before;          /* class of the last code point */
	bool flag_half;      /* an odd number of regional indicators */
	bool pictograph;     /* a pictograph, and nothing but Extend since */
	bool pictograph_zwj; /* and then U+200D */
};

static void joining_take(struct joining *joining, uint32_t code, int class)
{
	joining->pictograph_zwj = class == GBP_ZWJ && joining->pictograph;
	if (class != GBP_EXTEND)
		joining->pictograph = (width_flags(code) & WIDTH_PICTOGRAPH) != 0;
	joining->flag_half = class == GBP_RI && !joining->flag_half;
	joining->before = class;
}

/* Hangul syllables: rules GB6 to GB8. */
static bool syllable_joins(int before, int after)
{
	switch (before) {
	case GBP_L:
		return after == GBP_L || after == GBP_V || after == GBP_LV || after == GBP_LVT;
	case GBP_LV:
	case GBP_V:
		return after == GBP_V || after == GBP_T;
	case GBP_LVT:
	case GBP_T:
		return after == GBP_T;
	default:
		return false;
	}
}

static bool is_control_class(int class)
{
	return class == GBP_CR || class == GBP_LF || class == GBP_CONTROL;
}

static bool joining_takes(const struct joining *joining, uint32_t code, int class)
{
	if (joining->before == GBP_CR && class == GBP_LF) /* GB3 */
		return true;
	if (is_control_class(joining->before) || is_control_class(class)) /* GB4, GB5 */
		return false;
	if (class == GBP_EXTEND || class == GBP_ZWJ || class == GBP_SPACINGMARK) /* GB9, GB9a */
		return true;
	if (joining->before == GBP_PREPEND) /* GB9b */
		return true;
	if (joining->pictograph_zwj && width_flags(code) & WIDTH_PICTOGRAPH) /* GB11 */
		return true;
	if (joining->flag_half && class == GBP_RI) /* GB12, GB13 */
		return true;
	return syllable_joins(joining->before, class);
}

/* True where the byte starts a code point below U+0300, which never continues a cluster (LF aside,
 * after CR). */
static bool starts_plain(unsigned char byte)
{
	return byte < 0x80 || (byte >= 0xC2 && byte < 0xCC);
}

static bool code_is_plain(uint32_t code)
{
	return (code < 0x300 && code != '\r') || (code >= 0x2010 && code < 0x2028);
}

size_t cluster_length(struct slice text, size_t at)
{
	uint32_t code;
	size_t end = at + utf8_decode(text, at, &code);
	if (end == text.length)
		return end - at;
	if (code_is_plain(code) && starts_plain((unsigned char)text.bytes[end]))
		return end - at;
	struct joining joining = {.before = GBP_CONTROL};
	joining_take(&joining, code, uc_graphemeclusterbreak_property(code));
	while (end < text.length) {
		size_t length = utf8_decode(text, end, &code);
		int class = uc_graphemeclusterbreak_property(code);
		if (!joining_takes(&joining, code, class))
			break;
		joining_take(&joining, code, class);
		end += length;
	}
	return end - at;
}
