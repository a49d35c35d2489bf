/* Bytes made UTF-8, as they come.
 *
 * Each form of encoding reads what is complete of some bytes; what is left waits in front of the
 * next ones. Invalid parts of UTF-8 are replaced as Unicode recommends (utf8_repair); a surrogate
 * without its other half, a number that is no character and half a unit at the end become one
 * U+FFFD each.
 */
#include "document/decoder.h"

#define REPLACED_TEXT "\xEF\xBF\xBD"
#define UTF8_MOST 4
#define NOT_A_CHARACTER UINT32_MAX /* utf8_encode makes it U+FFFD */

static void fill_above(struct decoder *decoder)
{
	const struct unlike *unlike = decoder->encoding.unlike;
	bool latin = decoder->encoding.form == ENCODING_LATIN;
	for (size_t i = 0; i < 0x80; i++)
		decoder->above[i] = latin ? (uint16_t)(0x80 + i) : REPLACEMENT;
	for (; unlike && unlike->byte; unlike++)
		decoder->above[unlike->byte - 0x80] = unlike->code;
}

void decoder_begin(struct decoder *decoder, const struct encoding *encoding)
{
	*decoder = (struct decoder){.encoding = *encoding};
	fill_above(decoder);
	if (encoding->form == ENCODING_FOREIGN)
		decoder->foreign = foreign_new(encoding->name);
}

void decoder_release(struct decoder *decoder)
{
	foreign_free(decoder->foreign);
	buffer_release(&decoder->joined);
	*decoder = (struct decoder){0};
}

/* ---- A form each: appends what is complete, returns how much that is --------------------- */

/* Bytes at the end that may be the beginning of a sequence. */
static size_t incomplete_tail(struct slice bytes)
{
	for (size_t back = 1; back < UTF8_MOST && back <= bytes.length; back++) {
		unsigned char byte = (unsigned char)bytes.bytes[bytes.length - back];
		if (byte < 0x80)
			return 0;
		if (byte >= 0xC0) {
			size_t need = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
			return need > back ? back : 0;
		}
	}
	return 0;
}

static size_t read_utf8(
	struct decoder *decoder, struct slice bytes, struct buffer *into, size_t *replaced)
{
	(void)decoder;
	size_t complete = bytes.length - incomplete_tail(bytes);
	*replaced += utf8_repair(slice_cut(bytes, 0, complete), into);
	return complete;
}

static size_t read_bytes(
	struct decoder *decoder, struct slice bytes, struct buffer *into, size_t *replaced)
{
	char *to = buffer_extend(into, bytes.length * UTF8_MOST);
	for (size_t i = 0; i < bytes.length; i++) {
		unsigned char byte = (unsigned char)bytes.bytes[i];
		uint32_t code = byte < 0x80 ? byte : decoder->above[byte - 0x80];
		*replaced += code == REPLACEMENT;
		to += utf8_encode(code, to);
	}
	into->length = (size_t)(to - into->bytes);
	into->bytes[into->length] = '\0';
	return bytes.length;
}

static uint32_t unit_at(const struct encoding *encoding, const char *bytes)
{
	uint32_t unit = 0;
	for (size_t i = 0; i < encoding->unit; i++) {
		size_t at = encoding->big ? i : encoding->unit - 1u - i;
		unit = unit << 8 | (unsigned char)bytes[at];
	}
	return unit;
}

static bool is_surrogate(uint32_t code, uint32_t first)
{
	return code >= first && code < first + 0x400;
}

/* The character at the head of some units: its length, or 0 where its other half is missing. */
static size_t read_unit(const struct encoding *encoding, struct slice bytes, uint32_t *code)
{
	size_t unit = encoding->unit;
	*code = unit_at(encoding, bytes.bytes);
	if (unit == 2 && is_surrogate(*code, 0xD800)) {
		if (bytes.length < 2 * unit)
			return 0;
		uint32_t low = unit_at(encoding, bytes.bytes + unit);
		if (is_surrogate(low, 0xDC00)) {
			*code = 0x10000 + ((*code - 0xD800) << 10) + (low - 0xDC00);
			return 2 * unit;
		}
	}
	if (*code > 0x10FFFF || (*code >= 0xD800 && *code < 0xE000))
		*code = NOT_A_CHARACTER;
	return unit;
}

static size_t read_units(
	struct decoder *decoder, struct slice bytes, struct buffer *into, size_t *replaced)
{
	const struct encoding *encoding = &decoder->encoding;
	char *to = buffer_extend(into, bytes.length * 2 + UTF8_MOST);
	size_t at = 0;
	while (bytes.length - at >= encoding->unit) {
		uint32_t code;
		size_t length = read_unit(encoding, slice_cut(bytes, at, bytes.length), &code);
		if (length == 0)
			break;
		at += length;
		*replaced += code == NOT_A_CHARACTER;
		to += utf8_encode(code, to);
	}
	into->length = (size_t)(to - into->bytes);
	into->bytes[into->length] = '\0';
	return at;
}

static size_t read_foreign(
	struct decoder *decoder, struct slice bytes, struct buffer *into, size_t *replaced)
{
	return foreign_read(decoder->foreign, bytes, into, replaced);
}

/* ---- Reading ---------------------------------------------------------------------------- */

typedef size_t read_form(
	struct decoder *decoder, struct slice bytes, struct buffer *into, size_t *replaced);

static read_form *const forms[] = {
	[ENCODING_UTF8] = read_utf8,
	[ENCODING_ASCII] = read_bytes,
	[ENCODING_LATIN] = read_bytes,
	[ENCODING_UNITS] = read_units,
	[ENCODING_FOREIGN] = read_foreign,
};

/* What waited and what came, in one. */
static struct slice join(struct decoder *decoder, struct slice bytes)
{
	if (decoder->pending_length == 0)
		return bytes;
	decoder->joined.length = 0;
	buffer_append(&decoder->joined, (struct slice){decoder->pending, decoder->pending_length});
	buffer_append(&decoder->joined, bytes);
	return buffer_slice(&decoder->joined);
}

size_t decoder_read(struct decoder *decoder, struct slice bytes, struct buffer *into)
{
	size_t replaced = 0, done = 0;
	bytes = join(decoder, bytes);
	for (;;) {
		struct slice rest = slice_cut(bytes, done, bytes.length);
		done += forms[decoder->encoding.form](decoder, rest, into, &replaced);
		if (bytes.length - done <= DECODER_PENDING)
			break;
		buffer_text(into, REPLACED_TEXT); /* longer than any sequence may be */
		replaced++;
		done++;
	}
	decoder->pending_length = bytes.length - done;
	if (decoder->pending_length > 0)
		memcpy(decoder->pending, bytes.bytes + done, decoder->pending_length);
	return replaced;
}

size_t decoder_finish(struct decoder *decoder, struct buffer *into)
{
	struct slice rest = {decoder->pending, decoder->pending_length};
	size_t unit = decoder->encoding.unit, replaced = 0;
	decoder->pending_length = 0;
	if (decoder->encoding.form == ENCODING_UTF8)
		return utf8_repair(rest, into);
	if (decoder->foreign)
		foreign_finish(decoder->foreign, into);
	for (size_t at = 0; at < rest.length; at += unit, replaced++)
		buffer_text(into, REPLACED_TEXT);
	return replaced;
}
