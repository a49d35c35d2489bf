#include "byline/base.h"

#include <string.h>

struct slice slice_of(const char *text)
{
	return (struct slice){text, text == NULL ? 0 : strlen(text)};
}

static bool is_blank(char byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

struct slice slice_trim(struct slice text)
{
	size_t start = 0, end = text.length;
	while (start < end && is_blank(text.bytes[start]))
		start++;
	while (end > start && is_blank(text.bytes[end - 1]))
		end--;
	return slice_cut(text, start, end);
}

bool slice_is(struct slice a, const char *text)
{
	return slice_equal(a, slice_of(text));
}

int slice_compare(struct slice a, struct slice b)
{
	size_t shared = a.length < b.length ? a.length : b.length;
	int order = shared == 0 ? 0 : memcmp(a.bytes, b.bytes, shared);
	if (order != 0)
		return order;
	return (a.length > b.length) - (a.length < b.length);
}

bool slice_starts(struct slice text, const char *prefix)
{
	struct slice wanted = slice_of(prefix);
	return slice_equal(slice_cut(text, 0, wanted.length), wanted);
}

bool slice_ends(struct slice text, const char *suffix)
{
	struct slice wanted = slice_of(suffix);
	if (wanted.length > text.length)
		return false;
	return slice_equal(slice_cut(text, text.length - wanted.length, text.length), wanted);
}

size_t joint_length(struct slice text, size_t at)
{
	size_t end = at;
	if (at >= text.length || (text.bytes[at] != '\n' && text.bytes[at] != '\r'))
		return 0;
	while (end < text.length && memchr("\n\r \t>", text.bytes[end], 5))
		end++;
	return end - at;
}

static bool is_hyphen(uint32_t code)
{
	return code == '-' || code == 0x2010 || code == 0xAD;
}

bool joint_is_hyphened(struct slice text, size_t at)
{
	uint32_t hyphen = 0, before = 0, after = 0;
	size_t end = at + joint_length(text, at);
	if (at < 2 || end == at || end >= text.length)
		return false;
	size_t sign = utf8_before(text, at, &hyphen);
	if (!is_hyphen(hyphen) || sign == 0)
		return false;
	utf8_before(text, sign, &before);
	utf8_decode(text, end, &after);
	return code_class(before) != LETTER_NONE && code_class(after) != LETTER_NONE;
}

size_t blanks_length(struct slice text, size_t at, bool *joint)
{
	size_t end = at;
	*joint = false;
	while (end < text.length &&
		(text.bytes[end] == ' ' || (text.bytes[end] >= '\t' && text.bytes[end] <= '\r'))) {
		size_t length = joint_length(text, end);
		*joint = *joint || length > 0;
		end += length > 0 ? length : 1;
	}
	return end - at;
}

void text_join_lines(struct slice text, struct buffer *into)
{
	for (size_t at = 0, end; at < text.length; at = end) {
		bool joint;
		size_t blanks = blanks_length(text, at, &joint);
		end = at + (blanks > 0 ? blanks : 1);
		while (blanks == 0 && end < text.length && (unsigned char)text.bytes[end] > ' ')
			end++;
		if (joint && joint_is_hyphened(text, at))
			continue;
		if (joint)
			buffer_byte(into, ' ');
		else
			buffer_append(into, slice_cut(text, at, end));
	}
}

static uint64_t word_at(const char *bytes)
{
	uint64_t word;
	memcpy(&word, bytes, sizeof word);
	return word;
}

/* The last bytes of a text, 8 at most, some of them twice. */
static uint64_t last_bytes(struct slice text)
{
	if (text.length == 0)
		return 0;
	const char *bytes = text.bytes, *end = bytes + text.length;
	uint32_t first, last;
	if (text.length >= sizeof(uint64_t))
		return word_at(end - sizeof(uint64_t));
	if (text.length >= sizeof first) {
		memcpy(&first, bytes, sizeof first);
		memcpy(&last, end - sizeof last, sizeof last);
		return (uint64_t)last << 32 | first;
	}
	return (uint64_t)(unsigned char)bytes[0] |
	       (uint64_t)(unsigned char)bytes[text.length / 2] << 8 |
	       (uint64_t)(unsigned char)end[-1] << 16;
}

/* Eight bytes at once, as in FNV-1a by Fowler, Noll and Vo (RFC 9923) one by one; at last the upper
 * half, which a product mixes best, goes into the lower one. */
uint64_t slice_hash(struct slice text)
{
	const uint64_t prime = UINT64_C(0x9E3779B97F4A7C15);
	uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ text.length * prime;
	for (size_t at = 0; at + sizeof(uint64_t) < text.length; at += sizeof(uint64_t)) {
		hash = (hash ^ word_at(text.bytes + at)) * prime;
		hash ^= hash >> 32;
	}
	hash = (hash ^ last_bytes(text)) * prime;
	return hash ^ hash >> 32;
}
