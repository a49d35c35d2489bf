/* UTF-8, decoded as Unicode 15 recommends (chapter 3, D93b and tables 3-7 to 3-11).
 *
 * Table 3-7 says which second byte may follow which first byte; third and fourth are 80 to BF. What
 * begins like a sequence and breaks off is a maximal invalid part: as many bytes as a valid
 * sequence could begin with, at least one. Each becomes one U+FFFD, and the byte that broke it off
 * begins anew. Text is ASCII for the most part, so eight bytes at once are tried first.
 */
#include "byline/base.h"

#include <string.h>

struct lead {
	uint8_t first, last; /* first bytes */
	uint8_t more;        /* bytes that follow */
	uint8_t low, high;   /* of the second byte */
};

static const struct lead leads[] = {
	{0xC2, 0xDF, 1, 0x80, 0xBF},
	{0xE0, 0xE0, 2, 0xA0, 0xBF},
	{0xE1, 0xEC, 2, 0x80, 0xBF},
	{0xED, 0xED, 2, 0x80, 0x9F},
	{0xEE, 0xEF, 2, 0x80, 0xBF},
	{0xF0, 0xF0, 3, 0x90, 0xBF},
	{0xF1, 0xF3, 3, 0x80, 0xBF},
	{0xF4, 0xF4, 3, 0x80, 0x8F},
};

static const struct lead *lead_of(uint8_t byte)
{
	for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
		if (byte >= leads[i].first && byte <= leads[i].last)
			return &leads[i];
	}
	return NULL;
}

/* What stands at the head of some bytes. */
struct decoded {
	uint32_t code;
	uint8_t length;
	bool valid;
};

static struct decoded decode_long(const uint8_t *bytes, size_t left)
{
	const struct lead *lead = lead_of(bytes[0]);
	struct decoded result = {REPLACEMENT, 1, false};
	if (lead == NULL)
		return result;
	uint32_t code = bytes[0] & (0x3Fu >> lead->more);
	uint8_t low = lead->low, high = lead->high;
	for (uint8_t i = 1; i <= lead->more; i++, low = 0x80, high = 0xBF) {
		if (i >= left || bytes[i] < low || bytes[i] > high)
			return result;
		code = code << 6 | (bytes[i] & 0x3Fu);
		result.length++;
	}
	result.code = code;
	result.valid = true;
	return result;
}

static inline struct decoded decode(const uint8_t *bytes, size_t left)
{
	if (bytes[0] < 0x80)
		return (struct decoded){bytes[0], 1, true};
	if (bytes[0] >= 0xC2 && bytes[0] <= 0xDF && left > 1 && (bytes[1] & 0xC0) == 0x80)
		return (struct decoded){(bytes[0] & 0x1Fu) << 6 | (bytes[1] & 0x3Fu), 2, true};
	if (bytes[0] >= 0xE1 && bytes[0] <= 0xEC && left > 2 && (bytes[1] & 0xC0) == 0x80 &&
		(bytes[2] & 0xC0) == 0x80)
		return (struct decoded){
			(bytes[0] & 0xFu) << 12 | (bytes[1] & 0x3Fu) << 6 | (bytes[2] & 0x3Fu), 3,
			true};
	return decode_long(bytes, left);
}

static const uint8_t *bytes_at(struct slice text, size_t at)
{
	return (const uint8_t *)text.bytes + at;
}

/* How far ASCII goes from `at`. */
static size_t ascii_end(struct slice text, size_t at)
{
	const uint64_t high_bits = UINT64_C(0x8080808080808080);
	uint64_t word;
	while (text.length - at >= sizeof word) {
		memcpy(&word, text.bytes + at, sizeof word);
		if ((word & high_bits) != 0)
			break;
		at += sizeof word;
	}
	while (at < text.length && *bytes_at(text, at) < 0x80)
		at++;
	return at;
}

/* The first invalid byte from `at` on, or the length. */
static size_t valid_end(struct slice text, size_t at)
{
	while (at < text.length) {
		struct decoded next = decode(bytes_at(text, at), text.length - at);
		if (!next.valid)
			return at;
		at += next.length;
		if (next.length == 1)
			at = ascii_end(text, at);
	}
	return at;
}

size_t utf8_decode_long(struct slice text, size_t at, uint32_t *code)
{
	struct decoded next = decode(bytes_at(text, at), text.length - at);
	*code = next.code;
	return next.length;
}

size_t utf8_before(struct slice text, size_t at, uint32_t *code)
{
	struct decoded found = {REPLACEMENT, 1, false};
	for (size_t back = 1; back <= 4 && back <= at; back++) {
		const uint8_t *start = bytes_at(text, at - back);
		if ((*start & 0xC0) == 0x80)
			continue;
		struct decoded last = decode(start, back);
		if (last.length == back)
			found = last;
		break;
	}
	if (code != NULL)
		*code = found.code;
	return at - found.length;
}

size_t utf8_encode(uint32_t code, char bytes[static 4])
{
	if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
		code = REPLACEMENT;
	if (code < 0x80) {
		bytes[0] = (char)code;
		return 1;
	}
	size_t more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
	static const uint8_t marks[] = {0, 0xC0, 0xE0, 0xF0};
	for (size_t i = more; i > 0; i--) {
		bytes[i] = (char)(0x80 | (code & 0x3F));
		code >>= 6;
	}
	bytes[0] = (char)(marks[more] | code);
	return more + 1;
}

bool utf8_valid(struct slice text)
{
	return valid_end(text, 0) == text.length;
}

size_t utf8_repair(struct slice text, struct buffer *into)
{
	size_t replaced = 0;
	for (size_t at = 0; at < text.length;) {
		size_t end = valid_end(text, at);
		buffer_append(into, slice_cut(text, at, end));
		if (end < text.length) {
			buffer_text(into, "\xEF\xBF\xBD");
			replaced++;
			end += decode(bytes_at(text, end), text.length - end).length;
		}
		at = end;
	}
	return replaced;
}

bool code_is_control(uint32_t code)
{
	if (code < 0x20 || (code >= 0x7F && code < 0xA0))
		return true;
	if (code < 0x61C)
		return false;
	return code == 0x61C || code == 0x200E || code == 0x200F ||
	       (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) ||
	       code == 0xFEFF;
}

bool code_turns(uint32_t code)
{
	return code_is_control(code) && code >= 0x61C && code != 0x2028 && code != 0x2029 &&
	       code != 0xFEFF;
}

size_t control_sign(uint32_t code, char into[static SIGN_MOST])
{
	static const char digits[] = "0123456789abcdef";
	if (code < 0x20 || code == 0x7F) {
		into[0] = '^';
		into[1] = (char)(code ^ 0x40);
		return 2;
	}
	size_t length = code < 0xA0 ? 4 : 6;
	into[0] = '\\';
	into[1] = code < 0xA0 ? 'x' : 'u';
	for (size_t at = length; at > 2; code >>= 4)
		into[--at] = digits[code & 0xF];
	return length;
}

void text_visible(struct slice text, struct buffer *into)
{
	size_t shown = 0; /* what lies before is appended */
	for (size_t at = 0; at < text.length;) {
		struct decoded next = decode(bytes_at(text, at), text.length - at);
		size_t end = at + next.length;
		if (!next.valid || code_is_control(next.code)) {
			buffer_append(into, slice_cut(text, shown, at));
			for (size_t i = at; i < end && !next.valid; i++)
				buffer_format(into, "\\x%02x", *bytes_at(text, i));
			char sign[SIGN_MOST];
			if (next.valid)
				buffer_append(
					into, (struct slice){sign, control_sign(next.code, sign)});
			shown = end;
		}
		at = end;
	}
	buffer_append(into, slice_cut(text, shown, text.length));
}
