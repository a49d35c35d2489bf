/* unit_encodings.c: every encoding, asked for by its name, in slices of any size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "byline/document.h"

/* What some bytes are, where a name is insisted on. */
struct sample {
	const char *asked, *name;
	struct slice bytes;
	const char *text;
	size_t replaced;
};

#define BYTES(text) \
	{ \
		text, sizeof(text) - 1 \
	}

static const struct sample samples[] = {
	{"UTF-8", "UTF-8", BYTES("caf\xe9 \xe2\x80"), "caf\xef\xbf\xbd \xef\xbf\xbd", 2},
	{"utf8", "UTF-8", BYTES("“—”"), "“—”", 0},
	{"UTF-16", "UTF-16LE", BYTES("\xff\xfe\x1c ."), "\ufeff“\xef\xbf\xbd", 1},
	{"UTF-16", "UTF-16BE", BYTES("\xfe\xff \x1c"), "\ufeff“", 0},
	{"UTF-16", "UTF-16LE", BYTES("a\0b\0"), "ab", 0},
	{"UTF-16", "UTF-16BE", BYTES("\0a\0b"), "ab", 0},
	{"utf-16le", "UTF-16LE", BYTES("\x3d\xd8\x4d\xdc.\0"), "👍.", 0},
	{"UTF-16BE", "UTF-16BE", BYTES("\xd8\x3d\xdc\x4d\xd8\x3d\0.\xdc\x4d"), "👍�.�", 2},
	{"UTF-32", "UTF-32LE", BYTES("\x4d\xf4\x01\0"), "👍", 0},
	{"UTF-32BE", "UTF-32BE", BYTES("\0\x01\xf4\x4d\xff\xff\xff\xff\0\0\xdf\xff\0"), "👍���", 3},
	{"latin1", "ISO-8859-1", BYTES("\xe9\xa4\x80"), "é¤\xc2\x80", 0},
	{"ISO_8859-15", "ISO-8859-15", BYTES("\xe9\xa4\xbd"), "é€œ", 0},
	{"WINDOWS-1252", "Windows-1252", BYTES("\x93\xe9\x80\x81\x94"), "“é€\xc2\x81”", 0},
	{"cp1252", "Windows-1252", BYTES("\x97"), "—", 0},
	{"ascii", "US-ASCII", BYTES("a\xe9\x80"), "a��", 2},
	{"koi8-r", "KOI8-R", BYTES("\xed\xcf\xd3\xcb\xd7\xc1"), "Москва", 0},
	{"Shift_JIS", "Shift_JIS", BYTES("\x93\x8c\x8b\x9e\x81"), "東京�", 1},
	{"GB18030", "GB18030", BYTES("\xb1\xb1\xbe\xa9\x95\x32\x82\x36"), "北京𠀀", 0},
	{"ISO-2022-JP", "ISO-2022-JP", BYTES("\x1b$BEl5~\x1b(B."), "東京.", 0},
	{"windows-1251", "Windows-1251", BYTES("\xcc\xee\x98"), "Мо�", 1},
	{"IBM850", "IBM850", BYTES("\x82"), "é", 0},
	/* What nobody knows is as if it had not been said. */
	{"klingon", "UTF-8", BYTES("“—”"), "“—”", 0},
	{"", "UTF-8", BYTES("“—”"), "“—”", 0},
	{"UTF-8//IGNORE", "UTF-8", BYTES("“—”\xff"), "“—”�", 1},
};

static struct document *read_in(const struct sample *sample, size_t size)
{
	struct document_options options = {.encoding = sample->asked};
	struct document *document = document_new("text", &options);
	for (size_t at = 0; at < sample->bytes.length; at += size)
		document_append(document, slice_cut(sample->bytes, at, at + size));
	document_finish(document);
	return document;
}

static void test_each_encoding_is_read_in_slices_of_any_size(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		const struct sample *sample = &samples[i];
		for (size_t size = 1; size <= sample->bytes.length; size++) {
			struct document *document = read_in(sample, size);
			struct slice text = document_text(document);
			assert_int_equal(text.length, strlen(sample->text));
			assert_memory_equal(text.bytes, sample->text, text.length);
			assert_string_equal(document_encoding_name(document), sample->name);
			assert_int_equal(document_replaced(document), sample->replaced);
			document_free(document);
		}
	}
}

/* The steps in which a text is decoded are smaller than this one, and end anywhere in a sequence.
 */
static void test_long_texts_are_decoded_in_steps(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		const struct sample *sample = &samples[i];
		struct document_options options = {.encoding = sample->asked};
		struct document *document = document_new("text", &options);
		struct buffer bytes = {0};
		size_t times = sample->replaced == 0 ? 300000 / sample->bytes.length : 1;
		for (size_t n = 0; n < times; n++)
			buffer_append(&bytes, sample->bytes);
		document_append(document, buffer_slice(&bytes));
		document_finish(document);
		assert_int_equal(document_text(document).length, times * strlen(sample->text));
		assert_int_equal(document_replaced(document), sample->replaced);
		document_free(document);
		buffer_release(&bytes);
	}
}

static void test_each_listed_name_is_known(void **state)
{
	(void)state;
	for (size_t i = 0; encoding_names[i]; i++)
		assert_true(encoding_is_known(encoding_names[i]));
	assert_false(encoding_is_known("klingon"));
	assert_false(encoding_is_known("UTF-8//TRANSLIT"));
	assert_false(encoding_is_known(""));
}

/* It is decided by the first 64 KiB, in whatever slices they come. */
static void test_what_bytes_are_does_not_depend_on_slices(void **state)
{
	(void)state;
	struct buffer bytes = {0};
	while (bytes.length < 65500)
		buffer_text(&bytes, "A line of the text.\n");
	buffer_text(&bytes, "caf\xe9 is the last word of it.........\n");
	assert_true(bytes.length >= 65536);
	while (bytes.length < 70000)
		buffer_text(&bytes, "“—”");
	for (size_t size = 1; size < 80000; size = size * 7 + 1) {
		struct document *document = document_new("text", NULL);
		for (size_t at = 0; at < bytes.length; at += size)
			document_append(document, slice_cut(buffer_slice(&bytes), at, at + size));
		document_finish(document);
		assert_string_equal(document_encoding_name(document), "Windows-1252");
		document_free(document);
	}
	buffer_release(&bytes);
}

static void test_a_text_that_is_decided_early_is_told_by_what_is_there(void **state)
{
	(void)state;
	struct document *document = document_new("text", NULL);
	document_append(document, slice_of("“Caf\xc3"));
	document_decide(document);
	assert_string_equal(document_encoding_name(document), "UTF-8");
	document_append(document, slice_of("\xa9 \xe9\xe9\xe9\xe9\xe9\xe9"));
	assert_string_equal(document_encoding_name(document), "UTF-8");
	document_finish(document);
	assert_true(slice_starts(document_text(document), "“Café "));
	assert_int_equal(document_replaced(document), 6);
	document_free(document);
}

static struct document *read_as(const char *encoding, struct slice bytes, size_t size)
{
	struct document_options options = {.encoding = encoding};
	struct document *document = document_new("text", &options);
	for (size_t at = 0; at < bytes.length; at += size)
		document_append(document, slice_cut(bytes, at, at + size));
	document_finish(document);
	return document;
}

/* Whatever comes, and however it comes: the same valid text, the same count. */
static void test_bytes_of_chance_are_read_alike_in_any_slices(void **state)
{
	(void)state;
	char bytes[600];
	uint32_t number = 1;
	for (size_t round = 0; round < 20; round++) {
		for (size_t i = 0; i < sizeof bytes; i++) {
			number = number * 1664525u + 1013904223u;
			bytes[i] = (char)(number >> 24 & (round % 2 ? 0xFF : 0x9F));
		}
		for (size_t i = 0; encoding_names[i]; i++) {
			struct slice all = {bytes, sizeof bytes};
			struct document *whole = read_as(encoding_names[i], all, sizeof bytes);
			struct document *parts = read_as(encoding_names[i], all, round % 7 + 1);
			assert_true(utf8_valid(document_text(whole)));
			assert_true(slice_equal(document_text(whole), document_text(parts)));
			assert_int_equal(document_replaced(whole), document_replaced(parts));
			document_free(parts);
			document_free(whole);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_encoding_is_read_in_slices_of_any_size),
		cmocka_unit_test(test_long_texts_are_decoded_in_steps),
		cmocka_unit_test(test_each_listed_name_is_known),
		cmocka_unit_test(test_what_bytes_are_does_not_depend_on_slices),
		cmocka_unit_test(test_a_text_that_is_decided_early_is_told_by_what_is_there),
		cmocka_unit_test(test_bytes_of_chance_are_read_alike_in_any_slices),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
