/* unit_utf8.c: decoding both ways, repair, and what is made visible. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "byline/base.h"

#define FFFD "\xEF\xBF\xBD"

/* A literal that may hold NUL. */
#define BYTES(literal) ((struct slice){literal, sizeof(literal) - 1})

static void expect(struct buffer *buffer, struct slice wanted)
{
	assert_int_equal(buffer->length, wanted.length);
	assert_memory_equal(buffer->bytes, wanted.bytes, wanted.length);
	buffer->length = 0;
}

/* Unicode 15, section 3.9, tables 3-8 to 3-11, and the edges of table 3-7. */
static const struct {
	const char *text, *repaired;
	size_t replaced;
} repairs[] = {
	{"\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64",
		"a" FFFD FFFD FFFD "b" FFFD "c" FFFD FFFD "d", 6},
	{"\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41", FFFD FFFD FFFD FFFD FFFD FFFD FFFD FFFD "A", 8},
	{"\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41", FFFD FFFD FFFD FFFD FFFD FFFD FFFD FFFD "A", 8},
	{"\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42", FFFD FFFD FFFD FFFD FFFD "A" FFFD FFFD "B", 7},
	{"\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", FFFD FFFD FFFD FFFD "A", 4},
	{"\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF",
		"\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", 0},
	{"\xC1\xBF", FFFD FFFD, 2},
	{"\xE0\x9F\xBF", FFFD FFFD FFFD, 3},
	{"\xF0\x8F\xBF\xBF", FFFD FFFD FFFD FFFD, 4},
	{"\xF4\x90\x80\x80", FFFD FFFD FFFD FFFD, 4},
	{"\xF5\x80", FFFD FFFD, 2},
	{"broken off: \xF0\x9F\x98", "broken off: " FFFD, 1},
	{"a real one: " FFFD, "a real one: " FFFD, 0},
	{"long enough for words of eight\xFF and again, eight and eight",
		"long enough for words of eight" FFFD " and again, eight and eight", 1},
	{"", "", 0},
};

static void each_maximal_invalid_part_becomes_one_replacement(void **state)
{
	(void)state;
	struct buffer into = {0};
	for (size_t i = 0; i < sizeof repairs / sizeof *repairs; i++) {
		struct slice text = slice_of(repairs[i].text);
		assert_int_equal(utf8_repair(text, &into), repairs[i].replaced);
		assert_int_equal(utf8_valid(text), repairs[i].replaced == 0);
		expect(&into, slice_of(repairs[i].repaired));
	}
	buffer_release(&into);
}

static void every_code_point_survives_encoding(void **state)
{
	(void)state;
	for (uint32_t code = 0; code <= 0x10FFFF; code++) {
		char bytes[4];
		uint32_t forward, backward;
		size_t length = utf8_encode(code, bytes);
		struct slice text = {bytes, length};
		bool surrogate = code >= 0xD800 && code <= 0xDFFF;
		assert_int_equal(utf8_decode(text, 0, &forward), length);
		assert_int_equal(utf8_before(text, length, &backward), 0);
		assert_int_equal(forward, surrogate ? REPLACEMENT : code);
		assert_int_equal(backward, forward);
		assert_true(utf8_valid(text));
	}
}

/* All texts of four bytes out of those that matter. */
static void backward_finds_the_boundaries_of_forward(void **state)
{
	(void)state;
	static const unsigned char bytes[] = {
		'a', 0x80, 0x90, 0xA0, 0xBF, 0xC1, 0xC3, 0xE0, 0xE2, 0xED, 0xF0, 0xF1, 0xF4, 0xF5};
	size_t kinds = sizeof bytes, all = kinds * kinds * kinds * kinds;
	for (size_t n = 0; n < all; n++) {
		size_t digits[] = {n, n / kinds, n / kinds / kinds, n / kinds / kinds / kinds};
		char text[4];
		size_t ends[4], count = 0;
		for (size_t i = 0; i < 4; i++)
			text[i] = (char)bytes[digits[i] % kinds];
		struct slice whole = {text, 4};
		uint32_t forward[4], code;
		for (size_t at = 0; at < 4; ends[count++] = at)
			at += utf8_decode(whole, at, &forward[count]);
		assert_int_equal(ends[count - 1], 4);
		while (count-- > 0) {
			size_t start = utf8_before(whole, ends[count], &code);
			assert_int_equal(start, count == 0 ? 0 : ends[count - 1]);
			assert_int_equal(code, forward[count]);
		}
	}
}

static void what_a_terminal_obeys_is_shown_instead(void **state)
{
	(void)state;
	struct buffer into = {0};
	text_visible(BYTES("\0\t\x1b[31m\x7f \xC2\x9b é"), &into);
	expect(&into, BYTES("^@^I^[[31m^? \\x9b é"));
	text_visible(slice_of("\xff\xe2\x80|\u202e\u2066\u200f\u061c\ufeff\u2028|日本"), &into);
	expect(&into, slice_of("\\xff\\xe2\\x80|\\u202e\\u2066\\u200f\\u061c\\ufeff\\u2028|日本"));
	buffer_release(&into);
}

static void nothing_visible_is_a_control(void **state)
{
	(void)state;
	struct buffer into = {0};
	for (uint32_t code = 0; code < 0x3000; code++) {
		char bytes[4];
		into.length = 0;
		text_visible((struct slice){bytes, utf8_encode(code, bytes)}, &into);
		uint32_t shown;
		for (size_t at = 0; at < into.length;) {
			at += utf8_decode(buffer_slice(&into), at, &shown);
			assert_false(code_is_control(shown));
		}
		assert_int_equal(shown == code && into.length <= 4, !code_is_control(code));
	}
	buffer_release(&into);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_maximal_invalid_part_becomes_one_replacement),
		cmocka_unit_test(every_code_point_survives_encoding),
		cmocka_unit_test(backward_finds_the_boundaries_of_forward),
		cmocka_unit_test(what_a_terminal_obeys_is_shown_instead),
		cmocka_unit_test(nothing_visible_is_a_control),
	};
	return cmocka_run_group_tests_name("base/utf8", tests, NULL, NULL);
}
