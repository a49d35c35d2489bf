/* width.c: cells of clusters and texts (UAX #11, UTS #51).
 *
 * A cluster is as wide as its base; a variation selector for emoji, a skin tone or a second half of
 * a flag makes it two cells wide; spacing marks of Indic scripts add their own cell; it is never
 * wider than two, but for the sign by which a control is seen.
 */
#include "layout/width.h"

#include "byline/layout.h"

#define EMOJI_SELECTOR 0xFE0Fu
#define JOINER 0x200Du

unsigned width_flags(uint32_t code)
{
	size_t low = 0, high = width_table_length;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (width_table[middle] >> WIDTH_FLAG_BITS <= code)
			low = middle;
		else
			high = middle;
	}
	return width_table[low] & ((1u << WIDTH_FLAG_BITS) - 1);
}

static bool is_skin_tone(uint32_t code)
{
	return code >= 0x1F3FB && code <= 0x1F3FF;
}

static bool is_flag_half(uint32_t code)
{
	return code >= 0x1F1E6 && code <= 0x1F1FF;
}

static unsigned base_width(unsigned flags, const struct width_policy *policy)
{
	if (flags & WIDTH_WIDE)
		return 2;
	if (flags & (WIDTH_MARK | WIDTH_IGNORED))
		return 0;
	return flags & WIDTH_AMBIGUOUS && policy->ambiguous == 2 ? 2 : 1;
}

/* Cells that the code points after the first add; at least 2 where the base's do not count. */
static unsigned tail_width(
	struct slice cluster, size_t at, uint32_t base, const struct width_policy *policy)
{
	uint32_t before = base;
	unsigned base_flags = width_flags(base), width = 0;
	while (at < cluster.length && width < 2) {
		uint32_t code;
		at += utf8_decode(cluster, at, &code);
		if (is_skin_tone(code) || (is_flag_half(code) && is_flag_half(base)) ||
			(code == EMOJI_SELECTOR && base_flags & WIDTH_EMOJI))
			width = 2;
		else if (before != JOINER)
			width += base_width(width_flags(code), policy);
		before = code;
	}
	return width;
}

/* Nothing at all for NUL and BOM, a blank for line ends, the letters of their signs for others. */
static unsigned control_width(struct slice cluster, uint32_t code)
{
	char sign[SIGN_MOST];
	unsigned width = cluster_sign(cluster, sign);
	return width > 0 ? width : code != 0 && code != 0xFEFF;
}

unsigned cluster_width(struct slice cluster, const struct width_policy *policy)
{
	if (cluster.length == 0)
		return 0;
	uint32_t code;
	size_t length = utf8_decode(cluster, 0, &code);
	if (code >= ' ' && code < 0x7F && cluster.length == 1)
		return 1;
	if (code_is_control(code))
		return control_width(cluster, code);
	unsigned flags = width_flags(code);
	unsigned width = base_width(flags, policy) + tail_width(cluster, length, code, policy);
	if (width == 0)
		return (flags & WIDTH_IGNORED) == 0;
	if (policy->ascii)
		return 1;
	return width < 2 ? 1 : 2;
}

/* Length of the ASCII letters, digits and signs from `at`, each of which is a cluster of one cell:
 * the last before anything else may have a mark on it, and is not counted. */
static size_t ascii_run(struct slice text, size_t at)
{
	size_t end = at;
	while (end < text.length && text.bytes[end] >= ' ' && text.bytes[end] < 0x7F)
		end++;
	if (end > at && end < text.length && (unsigned char)text.bytes[end] >= 0x80)
		end--;
	return end - at;
}

size_t text_fit(struct slice text, size_t cells, const struct width_policy *policy, size_t *width)
{
	size_t at = 0, used = 0;
	while (at < text.length) {
		size_t run = ascii_run(text, at);
		if (run > cells - used)
			run = cells - used;
		at += run;
		used += run;
		if (at == text.length)
			break;
		size_t length = cluster_length(text, at);
		unsigned wide = cluster_width(slice_cut(text, at, at + length), policy);
		if (wide > cells - used)
			break;
		at += length;
		used += wide;
	}
	if (width != NULL)
		*width = used;
	return at;
}

size_t text_width(struct slice text, const struct width_policy *policy)
{
	size_t width;
	text_fit(text, SIZE_MAX, policy, &width);
	return width;
}
