/* unit_ansi.c: what is left of a text that is written for terminals and printers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "byline/document.h"
#include "document/ansi.h"

static const struct {
	const char *written, *read;
	bool likely;
} examples[] = {
	{"", "", false},
	{"plain\n", "plain\n", false},
	{"N\bNA\bAM\bME\bE\n", "NAME\n", true},
	{"_\bf_\bi_\bl_\be\n", "file\n", true},
	{"_\bX\bX _\b_ +\b+\n", "X _ +\n", true},
	{"\xc3\xbc\b\xc3\xbc _\b\xc3\xbc\n", "\xc3\xbc \xc3\xbc\n", true},
	{"\xe6\xbc\xa2\b\xe6\xbc\xa2 \xe6\xbc\xa2\b\b\xe6\xbc\xa2\n", "\xe6\xbc\xa2 \xe6\xbc\xa2\n",
		true},
	{"\x1b[33mcommit 4\x1b[m\n", "commit 4\n", true},
	{"\x1b[01;31m\x1b[Kred\x1b[m\x1b[K, \x1b[38;2;1;2;3mx\x1b[4:3my\x1b(B\x1b[m\n", "red, xy\n",
		true},
	{"N\bN once, and \x1b[1mbold\x1b[0m\n", "N once, and bold\n", true},

	/* one of them is an accident */
	{"a\x1b[31mb\n", "ab\n", false},
	{"a\ba\n", "a\n", false},

	/* what is none of them stays */
	{"a\bb \b\b\bc\b\n", "a\bb \b\b\bc\b\n", false},
	{"\n\b\n_\b\n_\b\x1b[J\n", "\n\b\n_\b\n_\b\x1b[J\n", false},
	{"a\b\ba\n", "a\b\ba\n", false},
	{"\x1b[2J\x1b[1;1Hx\x1b]0;t\x07\x1b[?25l\x1b[>1m\n",
		"\x1b[2J\x1b[1;1Hx\x1b]0;t\x07\x1b[?25l\x1b[>1m\n", false},
	{"\x1b[31mred\x1b[0m and \x1b[2J\n", "red and \x1b[2J\n", false},
	{"\x1b[0000000000000000000000000000000000000000000000000000000000000000m\n",
		"\x1b[0000000000000000000000000000000000000000000000000000000000000000m\n", false},
	{"\x1b[33mcut\x1b[3", "cut\x1b[3", false},
	{"_\b", "_\b", false},
	{"\x1b", "\x1b", false},
};

static void assert_read_in(const char *written, size_t size, const char *expected)
{
	struct ansi ansi = {0};
	struct buffer read = {0};
	struct slice rest = slice_of(written);
	buffer_text(&read, "");
	for (size_t end; rest.length > 0; rest = slice_cut(rest, end, rest.length)) {
		end = size < rest.length ? size : rest.length;
		while (end < rest.length && ((unsigned char)rest.bytes[end] & 0xC0) == 0x80)
			end++;
		ansi_read(&ansi, slice_cut(rest, 0, end), &read);
	}
	ansi_finish(&ansi, &read);
	assert_string_equal(read.bytes, expected);
	ansi_release(&ansi);
	buffer_release(&read);
}

static void test_pieces_of_any_size_give_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
		for (size_t size = 1; size < 80; size++)
			assert_read_in(examples[i].written, size, examples[i].read);
}

static void test_what_shows_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
		assert_int_equal(ansi_is_likely(slice_of(examples[i].written)), examples[i].likely);
}

/* Who waits for a line that is written has it whole. */
static void test_a_line_does_not_wait(void **state)
{
	(void)state;
	struct ansi ansi = {0};
	struct buffer read = {0};
	ansi_read(&ansi, slice_of("\x1b[1mA line.\x1b[0m\n"), &read);
	assert_string_equal(read.bytes, "A line.\n");
	ansi_release(&ansi);
	buffer_release(&read);
}

/* A text that goes on behind what it was told by. */
static void test_a_document_goes_on(void **state)
{
	(void)state;
	struct document *document = document_new("text", NULL);
	struct slice more = slice_of("D\bDO\bO and \x1b[32mgreen\x1b[0m\n");
	document_append(document, slice_of("N\bNA\bAM\bME\bE\n"));
	document_decide(document);
	assert_string_equal(document_type_name(document), "ansi");
	for (size_t at = 0; at < more.length; at++)
		document_append(document, slice_cut(more, at, at + 1));
	document_finish(document);
	assert_true(slice_is(document_text(document), "NAME\nDO and green\n"));
	document_free(document);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pieces_of_any_size_give_the_same),
		cmocka_unit_test(test_what_shows_it),
		cmocka_unit_test(test_a_line_does_not_wait),
		cmocka_unit_test(test_a_document_goes_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
