/* Letters: classes, simple case mapping and the folding that lists compare by.
 *
 * The tables are made from the Unicode data (general categories, simple lower case, NFKD) by
 * tools/unicode/tables.py; ASCII never reaches them.
 */
#include "byline/base.h"

#include <string.h>

struct class_row {
	uint32_t first, last;
	uint8_t class; /* enum letter_class; 6 and 7: upper and lower in turns */
};
struct case_row {
	uint32_t first, last;
	uint8_t step;
	int32_t delta; /* to lower case */
};
struct fold_row {
	uint32_t code;
	char text[3];
};

#include "unicode_tables.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define TURNS_UPPER 6

enum { D = LETTER_DIGIT, U = LETTER_UPPER, L = LETTER_LOWER };
const uint8_t ascii_classes[0x80] = {['0'] = D,
	D,
	D,
	D,
	D,
	D,
	D,
	D,
	D,
	D,
	['A'] = U,
	U,
	U,
	U,
	U,
	U,
	U,
	U,
	U,
	U,
	U,
	U,
	U,
	U,
	U,
	U,
	U,
	U,
	U,
	U,
	U,
	U,
	U,
	U,
	U,
	U,
	['a'] = L,
	L,
	L,
	L,
	L,
	L,
	L,
	L,
	L,
	L,
	L,
	L,
	L,
	L,
	L,
	L,
	L,
	L,
	L,
	L,
	L,
	L,
	L,
	L,
	L,
	L};

enum letter_class long_code_class(uint32_t code)
{
	size_t low = 0, high = COUNT(class_rows);
	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct class_row *row = &class_rows[middle];
		if (code < row->first)
			high = middle;
		else if (code > row->last)
			low = middle + 1;
		else if (row->class < TURNS_UPPER)
			return (enum letter_class)row->class;
		else
			return ((code - row->first) + row->class) % 2 == 0 ? LETTER_UPPER
									   : LETTER_LOWER;
	}
	return LETTER_NONE;
}

bool long_code_is_space(uint32_t code)
{
	return code == 0x7F || code == 0x85 || code == 0xA0 || code == 0x1680 ||
	       (code >= 0x2000 && code <= 0x200B) || code == 0x2028 || code == 0x2029 ||
	       code == 0x202F || code == 0x205F || code == 0x3000 || code == 0xFEFF;
}

uint32_t long_code_lower(uint32_t code)
{
	size_t low = 0, high = COUNT(case_rows);
	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct case_row *row = &case_rows[middle];
		if (code < row->first)
			high = middle;
		else if (code > row->last)
			low = middle + 1;
		else if ((code - row->first) % row->step)
			return code;
		else
			return (uint32_t)((int64_t)code + row->delta);
	}
	return code;
}

/* Upper case is asked for at most once a word, so a walk over the rows is enough. */
uint32_t code_upper(uint32_t code)
{
	if (code < 0x80)
		return code >= 'a' && code <= 'z' ? code - 32 : code;
	for (size_t i = 0; i < COUNT(case_rows); i++) {
		const struct case_row *row = &case_rows[i];
		int64_t upper = (int64_t)code - row->delta;
		if (upper >= row->first && upper <= row->last &&
			(upper - row->first) % row->step == 0)
			return (uint32_t)upper;
	}
	return code;
}

static const char *fold_of(uint32_t code)
{
	size_t low = 0, high = COUNT(fold_rows);
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (code < fold_rows[middle].code)
			high = middle;
		else if (code > fold_rows[middle].code)
			low = middle + 1;
		else
			return fold_rows[middle].text;
	}
	return NULL;
}

static void fold_code(uint32_t code, struct slice raw, struct buffer *into)
{
	if (code == 0x2018 || code == 0x2019 || code == 0x2BC) {
		buffer_byte(into, '\'');
	} else if (code >= 0x2010 && code <= 0x2012) {
		buffer_byte(into, '-');
	} else if (code_is_space(code)) {
		if (into->length == 0 || into->bytes[into->length - 1] != ' ')
			buffer_byte(into, ' ');
	} else if (code >= 0x80 && code_class(code) == LETTER_MARK) {
		return; /* a combining mark */
	} else {
		const char *folded = code < 0xA0 ? NULL : fold_of(code);
		buffer_append(into, folded ? slice_of(folded) : raw);
	}
}

/* The end of the signs, letters and digits of ASCII from `at` on, which folding leaves alone. */
static size_t plain_end(struct slice text, size_t at)
{
	while (at < text.length && text.bytes[at] > ' ' && text.bytes[at] < 0x7F)
		at++;
	return at;
}

void text_fold(struct slice text, struct buffer *into)
{
	for (size_t at = 0; at < text.length;) {
		uint32_t code;
		size_t plain = plain_end(text, at);
		if (plain > at) {
			buffer_append(into, slice_cut(text, at, plain));
			at = plain;
			continue;
		}
		size_t length = utf8_decode(text, at, &code);
		fold_code(code, slice_cut(text, at, at + length), into);
		at += length;
	}
}

#define EACH_BYTE UINT64_C(0x0101010101010101)

/* Eight letters of ASCII at once: whether a byte is above Z, or at A or above, is told by its upper
 * bit in a sum that cannot run over; the difference of both is the bit that makes letters small. */
static uint64_t lower_eight(uint64_t bytes)
{
	uint64_t from_a = bytes + EACH_BYTE * (0x80 - 'A');
	uint64_t above_z = bytes + EACH_BYTE * (0x80 - 'Z' - 1);
	return bytes | ((from_a & ~above_z & EACH_BYTE * 0x80) >> 2);
}

/* Puts the small letters of the ASCII at the beginning of a text into the room; returns how many
 * bytes that were. */
static size_t lower_ascii(struct slice text, char *room)
{
	size_t at = 0;
	uint64_t eight;
	for (; at + sizeof eight <= text.length; at += sizeof eight) {
		memcpy(&eight, text.bytes + at, sizeof eight);
		if (eight & EACH_BYTE * 0x80)
			break;
		eight = lower_eight(eight);
		memcpy(room + at, &eight, sizeof eight);
	}
	for (; at < text.length && (unsigned char)text.bytes[at] < 0x80; at++)
		room[at] = (char)code_lower((unsigned char)text.bytes[at]);
	return at;
}

void text_lower(struct slice text, struct buffer *into)
{
	for (size_t at = 0; at < text.length;) {
		uint32_t code;
		char bytes[4];
		struct slice rest = slice_cut(text, at, text.length);
		size_t plain = lower_ascii(rest, buffer_extend(into, rest.length));
		into->length -= rest.length - plain;
		into->bytes[into->length] = '\0';
		at += plain;
		if (at == text.length)
			return;
		at += utf8_decode(text, at, &code);
		size_t length = utf8_encode(code_lower(code), bytes);
		buffer_append(into, (struct slice){bytes, length});
	}
}
