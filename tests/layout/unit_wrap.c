/* unit_wrap.c: rows: what they must hold for any text, and where certain texts break. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "byline/layout.h"

static const struct width_policy narrow = {.ambiguous = 1};

static struct rows wrap(struct slice body, unsigned width)
{
	struct rows rows = {0};
	rows_wrap(body, 0, width, 0, &narrow, &rows);
	return rows;
}

/* Rows divided by `|`. */
struct example {
	const char *what, *text;
	unsigned width;
	const char *rows;
};

static const struct example examples[] = {
	{"words", "the quick brown fox", 10, "the quick|brown fox"},
	{"an exact fit", "the quick brown", 9, "the quick|brown"},
	{"blanks at an end do not count", "the quick    brown", 9, "the quick|brown"},
	{"blanks inside a row stay", "a  b c", 4, "a  b|c"},
	{"a long word is cut", "abcdefghij kl", 4, "abcd|efgh|ij|kl"},
	{"a long word after a short one", "ab cdefgh", 4, "ab|cdef|gh"},
	{"nothing", "", 4, ""},
	{"only blanks", "   ", 2, ""},
	{"a soft line break is a blank", "one\ntwo\r\nthree", 9, "one\ntwo|three"},
	{"a hyphen ends a row", "well-known", 6, "well-|known"},
	{"hyphens before a word stay with it", "use --all (-p)", 7, "use|--all|(-p)"},
	{"in any script", "\u0434\u0430 --\u0434\u0430", 5, "\u0434\u0430|--\u0434\u0430"},
	{"two of them may be a dash", "one--two", 5, "one--|two"},
	{"an em dash", "one\u2014two", 5, "one\u2014|two"},
	{"initials stay together", "in the U.S. today", 9, "in the|U.S.|today"},
	{"so do decimals and times", "at 10:30 or 3,000.5", 8, "at 10:30|or|3,000.5"},
	{"a quote mark stays with its word", "say \u201cword\u201d now", 7,
		"say|\u201cword\u201d|now"},
	{"no break glues", "a\u00a0b c", 4, "a\u00a0b|c"},
	{"ideographs break between each other", "\u4e2d\u6587\u5b57", 4, "\u4e2d\u6587|\u5b57"},
	{"no half of a wide one", "a\u4e2d\u6587", 4, "a\u4e2d|\u6587"},
	{"a full stop may not begin a row", "\u4e2d\u6587\u3002", 4, "\u4e2d|\u6587\u3002"},
	{"one cell", "ab \u4e2d", 1, "a|b|\u4e2d"},
	{"a soft hyphen is not seen", "co\u00adoperate", 9, "co\u00adoperate"},
	{"a space of no width breaks", "abc\u200bdef", 4, "abc\u200b|def"},
	{"a line separator breaks", "a \u2028 b", 1, "a|b"},
	{"a cluster is not cut", "ae\u0301\u0301b", 2, "ae\u0301\u0301|b"},
	{"blanks before the first word stay", "  ab cd", 4, "  ab|cd"},
	{"blanks wider than the row do not", "      ab", 4, "ab"},
};

static void test_examples(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
		struct slice text = slice_of(examples[i].text);
		struct rows rows = wrap(text, examples[i].width);
		struct buffer got = {0};
		for (size_t row = 0; row < rows.count; row++) {
			buffer_text(&got, row == 0 ? "" : "|");
			buffer_append(
				&got, slice_cut(text, rows.items[row].start, rows.items[row].end));
		}
		if (!slice_is(buffer_slice(&got), examples[i].rows))
			fail_msg("%s: '%s'", examples[i].what, got.bytes);
		buffer_release(&got);
		rows_release(&rows);
	}
}

static void describe(struct slice text, const struct rows *rows, struct buffer *into)
{
	for (size_t row = 0; row < rows->count; row++) {
		buffer_format(into, "%s", row == 0 ? "" : "|");
		buffer_append(into, slice_cut(text, rows->items[row].start, rows->items[row].end));
	}
}

static const struct example wrapped[] = {
	{"line ends are blanks", "one\ntwo\r\nthree", 9, "one\ntwo|three"},
	{"what hangs below a marker", "one two\n    three\n    four", 10,
		"one two|three\n    four"},
	{"marks of a quotation", "one\n> two\n> > three", 7, "one\n> two|three"},
	{"double blanks are one", "one.  Two  three", 8, "one.  Two|three"},
	{"a line end between wide characters is nothing", "\u4e2d\u6587\n\u5b57", 6,
		"\u4e2d\u6587\n\u5b57"},
	{"and may end a row", "\u4e2d\u6587\n\u5b57", 4, "\u4e2d\u6587|\u5b57"},
	{"one between letters is not", "\u4e2dab\ncd", 6, "\u4e2dab|cd"},
	{"marks inside a line are none", "a > b", 5, "a > b"},
	{"a line end behind a hyphen in a word is nothing", "lan-\n> tern", 8, "lan-\n> tern"},
	{"and may end a row", "lan-\ntern", 7, "lan-|tern"},
	{"in any script", "\u043b\u0430\u2010\n\u043c\u043f", 5,
		"\u043b\u0430\u2010\n\u043c\u043f"},
	{"one behind a dash is a blank", "lan -\ntern", 9, "lan -|tern"},
};

static void test_text_wrapped_by_hand(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof wrapped / sizeof *wrapped; i++) {
		struct slice text = slice_of(wrapped[i].text);
		struct rows rows = {0};
		struct buffer got = {0};
		rows_rewrap(text, &(struct fitting){0, wrapped[i].width, 0, &narrow}, &rows);
		describe(text, &rows, &got);
		if (!slice_is(buffer_slice(&got), wrapped[i].rows))
			fail_msg("%s: '%s'", wrapped[i].what, got.bytes);
		buffer_release(&got);
		rows_release(&rows);
	}
}

/* Width: that of the widest row. */
static const struct example split[] = {
	{"each line a row", "one two\n  three\n\nfour", 7, "one two|  three||four"},
	{"blanks at the ends", "one  \r\ntwo\t\n", 3, "one|two"},
	{"carriage returns alone", "one\rtwo", 3, "one|two"},
	{"tabs", "a\tb\n\tcd", 10, "a\tb|\tcd"},
	{"wide characters and marks", "\u4e2d\u6587\ne\u0301", 4, "\u4e2d\u6587|e\u0301"},
	{"nothing", "", 0, ""},
};

static void test_lines_that_are_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof split / sizeof *split; i++) {
		struct slice text = slice_of(split[i].text);
		struct rows rows = {0};
		struct buffer got = {0};
		uint32_t widest = 0;
		rows_split(text, &(struct fitting){0, 1, 0, &narrow}, false, &rows);
		describe(text, &rows, &got);
		for (size_t row = 0; row < rows.count; row++)
			if (rows.items[row].width > widest)
				widest = rows.items[row].width;
		if (!slice_is(buffer_slice(&got), split[i].rows) || widest != split[i].width)
			fail_msg("%s: '%s', %u", split[i].what, got.bytes, (unsigned)widest);
		buffer_release(&got);
		rows_release(&rows);
	}
}

static void test_marks_before_lines_belong_to_no_row(void **state)
{
	(void)state;
	struct slice text = slice_of("one\n>   two\n>three\n>");
	struct rows rows = {0};
	struct buffer got = {0};
	rows_split(text, &(struct fitting){0, 1, 0, &narrow}, true, &rows);
	describe(text, &rows, &got);
	assert_string_equal(got.bytes, "one|  two|three|");
	buffer_release(&got);
	rows_release(&rows);
}

static void assert_sight(const char *row, uint32_t left, uint32_t right, const char *expected)
{
	struct sight sight = row_sight(slice_of(row), left, right, &narrow);
	struct buffer got = {0};
	buffer_format(&got, "%u:", (unsigned)sight.column);
	buffer_append(&got, slice_cut(slice_of(row), sight.start, sight.end));
	assert_string_equal(got.bytes, expected);
	buffer_release(&got);
}

static void test_what_is_seen_of_a_row(void **state)
{
	(void)state;
	assert_sight("abcdef", 0, 4, "0:abcd");
	assert_sight("abcdef", 2, 4, "2:cd");
	assert_sight("abcdef", 5, 9, "5:f");
	assert_sight("abcdef", 6, 9, "6:");
	assert_sight("a\tb", 0, 4, "0:a\t");
	assert_sight("a\tb", 4, 12, "1:\tb");
	assert_sight("\u4e2d\u6587\u5b57", 1, 5, "2:\u6587");
	assert_sight("ae\u0301\u0301b", 1, 2, "1:e\u0301\u0301");
	assert_sight("", 0, 9, "0:");
	assert_int_equal(row_column(slice_of("a\tb\u4e2dc"), 6, &narrow), 11);
}

static void test_base_and_indent(void **state)
{
	(void)state;
	struct rows rows = {0};
	rows_wrap(slice_of("one two"), 100, 6, 2, &narrow, &rows);
	assert_int_equal(rows.count, 2);
	assert_int_equal(rows.items[1].start, 104);
	assert_int_equal(rows.items[1].end, 107);
	assert_int_equal(rows.items[1].indent, 2);
	assert_int_equal(rows.items[1].width, 3);
	rows_wrap(slice_of("ab"), 0, 3, 9, &narrow, &rows);
	assert_int_equal(rows.count, 4); /* appended: a cell a row */
	rows_release(&rows);
}

static bool is_blank_text(struct slice text)
{
	for (size_t at = 0; at < text.length;) {
		uint32_t code;
		at += utf8_decode(text, at, &code);
		if (!code_is_space(code))
			return false;
	}
	return true;
}

/* Rows are in order, as wide as they say and no wider than the width; between them are blanks. */
static void check_rows(struct slice body, const struct rows *rows, unsigned width)
{
	size_t end = 0;
	assert_true(rows->count > 0);
	for (size_t i = 0; i < rows->count; i++) {
		const struct row *row = &rows->items[i];
		assert_true(row->start >= end && row->end >= row->start);
		assert_true(is_blank_text(slice_cut(body, end, row->start)));
		assert_true(row->width <= width);
		if (width > 5) /* the sign of a control has room */
			assert_int_equal(row->width,
				text_width(slice_cut(body, row->start, row->end), &narrow));
		end = row->end;
	}
	assert_true(is_blank_text(slice_cut(body, end, body.length)));
}

static const char *const latin[] = {"a", "the ", "word", " ", "  ", ".", ",", ":", ";", "-",
	"\u2014", "\u201c", "\u201d", "\u2019", "(", ")", "1", "23", "%", "$", "/", "\n", "\u00a0",
	"\u2026", "!", "?", "\u00e9", "\u00ad", "\"", "{", "}", "|", "\u2013", "&", "\t", "\r\n",
	"\u00b4", "\u00a3", "@", "\u201e", "\u2024"};
static const char *const any[] = {"a", "the ", "\u4e2d", "\u6587", "\u3002", "\u0301", "\u200d",
	"\U0001f44d", "\U0001f3fd", "\U0001f1f5", " ", "\n", "\r", "\ufeff", "\xff", "\x1b",
	"\u202e", "\u05d0", "\u0e01", "\u2028", "\u3000", "\u200b", ".", "x-y", "\u2003"};

struct random {
	uint32_t state;
};

static void random_text(
	struct random *random, const char *const *parts, size_t count, struct buffer *into)
{
	for (int i = 0; i < 40; i++) {
		random->state = random->state * 1664525u + 1013904223u;
		buffer_text(into, parts[(random->state >> 16) % count]);
	}
}

static void test_rows_hold_any_text(void **state)
{
	(void)state;
	struct random random = {7};
	for (unsigned round = 0; round < 4000; round++) {
		struct buffer text = {0};
		random_text(&random, any, sizeof any / sizeof *any, &text);
		struct rows rows = wrap(buffer_slice(&text), round % 23 + 1);
		check_rows(buffer_slice(&text), &rows, round % 23 + 1);
		rows_release(&rows);
		buffer_release(&text);
	}
}

/* An ideograph at the end of a text is not in the table, so the whole is broken by libunistring;
 * up to there the rows must be those of the table. */
static void test_table_breaks_as_libunistring(void **state)
{
	(void)state;
	struct random random = {3};
	for (unsigned round = 0; round < 20000; round++) {
		unsigned width = round % 17 + 1;
		struct buffer text = {0};
		random_text(&random, latin, sizeof latin / sizeof *latin, &text);
		struct rows quick = wrap(buffer_slice(&text), width);
		check_rows(buffer_slice(&text), &quick, width);
		buffer_text(&text, " x\n\u4e2d");
		struct rows slow = wrap(buffer_slice(&text), width);
		assert_true(slow.count >= quick.count);
		for (size_t i = 0; i + 1 < quick.count; i++) {
			if (quick.items[i].start != slow.items[i].start ||
				quick.items[i].end != slow.items[i].end)
				fail_msg("width %u, row %zu of '%s'", width, i, text.bytes);
		}
		rows_release(&quick);
		rows_release(&slow);
		buffer_release(&text);
	}
}

static void test_hostile_texts_take_linear_time(void **state)
{
	(void)state;
	static const char *const parts[] = {
		"a", "\u4e2d", "\u0301", " ", "\u200b", "\U0001f1f5", "(", "\u200d\U0001f44d"};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct buffer text = {0};
		while (text.length < 1000000)
			buffer_text(&text, parts[i]);
		static const unsigned widths[] = {60, 60000};
		for (int wide = 0; wide < 2; wide++) {
			struct rows rows = wrap(buffer_slice(&text), widths[wide]);
			assert_true(rows.count <= text.length / widths[wide] + 1);
			check_rows(buffer_slice(&text), &rows, widths[wide]);
			rows_release(&rows);
		}
		buffer_release(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_examples),
		cmocka_unit_test(test_text_wrapped_by_hand),
		cmocka_unit_test(test_lines_that_are_rows),
		cmocka_unit_test(test_marks_before_lines_belong_to_no_row),
		cmocka_unit_test(test_what_is_seen_of_a_row),
		cmocka_unit_test(test_base_and_indent),
		cmocka_unit_test(test_rows_hold_any_text),
		cmocka_unit_test(test_table_breaks_as_libunistring),
		cmocka_unit_test(test_hostile_texts_take_linear_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
