/* unit_ansi.c: what is left of a text that is written for terminals and printers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "byline/document.h"
#include "document/ansi.h"

/* `looks` has a letter a byte of what is read: a full stop for plain text, else one of the traits
 * together, as in trait_letters, or a capital of those for what has a colour as well. */
static const struct {
	const char *written, *read, *looks;
	bool likely;
} examples[] = {
	{"", "", "", false},
	{"plain\n", "plain\n", "......", false},
	{"N\bNA\bAM\bME\bE\n", "NAME\n", "ssss.", true},
	{"_\bf_\bi_\bl_\be\n", "file\n", "uuuu.", true},
	{"f\b_i\b_ _\b_o _\bx_\b_x\n", "fi _o x_x\n", "uu.s..uu..", true},
	{"_\bX\bX X\bX\b_ a\ba\ba\n", "X X a\n", "t.t.s.", true},
	{"+\bo o\b+ +\b+\bo\bo\n", "o o o\n", "....s.", true},
	{"\xc3\xbc\b\xc3\xbc _\b\xc3\xbc\n", "\xc3\xbc \xc3\xbc\n", "ss.uu.", true},
	{"\xe6\xbc\xa2\b\xe6\xbc\xa2 \xe6\xbc\xa2\b\b\xe6\xbc\xa2\n", "\xe6\xbc\xa2 \xe6\xbc\xa2\n",
		"sss.sss.", true},
	{"\x1b[33mcommit 4\x1b[m\n", "commit 4\n", "PPPPPPPP.", true},
	{"\x1b[01;31m\x1b[Kred\x1b[m\x1b[K, \x1b[38;2;1;2;3mx\x1b[4:3my\x1b(B\x1b[m\n", "red, xy\n",
		"SSS..PU.", true},
	{"N\bN once, and \x1b[1mbold\x1b[0m\n", "N once, and bold\n", "s...........ssss.", true},
	{"\x1b[3mi\x1b[23m \x1b[7mr\x1b[27m \x1b[2mf\x1b[22m \x1b[1;4mb\x1b[24mb\x1b[21mu\n",
		"i r f bbu\n", "e.r.f.tstt", true},
	{"\x1b[1mbold l\bli\bi _\bx\x1b[m\n", "bold li x\n", "sssssssst.", true},
	{"\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\\n", "link\n", "llll.", true},
	{"\x1b]8;id=1;http://x\aa\x1b[mb\x1b]8;;\ac\n", "abc\n", "ll..", true},

	/* one of them is an accident */
	{"a\x1b[31mb\n", "ab\n", ".PP", false},
	{"a\ba\n", "a\n", "s.", false},
	{"a\ba", "a", "s", false},

	/* the last one of several is seen, which shows nothing of how a text is written */
	{"a\bb c\bd e\bf\bg\n", "b d g\n", "......", false},

	/* what is none of them stays */
	{"a \b\b\bc\b\n", "a \b\b\bc\b\n", "........", false},
	{"\n\b\n_\b\n_\b\x1b[J\n", "\n\b\n_\b\n_\b\x1b[J\n", "............", false},
	{"a\b\ba\n", "a\b\ba\n", ".....", false},
	{"\x1b[2J\x1b[1;1Hx\x1b]0;t\x07\x1b[?25l\x1b[>1m\n",
		"\x1b[2J\x1b[1;1Hx\x1b]0;t\x07\x1b[?25l\x1b[>1m\n", ".............................",
		false},
	{"\x1b[31mred\x1b[0m and \x1b[2J\n", "red and \x1b[2J\n", "PPP..........", false},
	{"\x1b]8;;http://x\n\x1b]8;;\x1b\n\x1b]80;;x\a\x1b]\n",
		"\x1b]8;;http://x\n\x1b]8;;\x1b\n\x1b]80;;x\a\x1b]\n",
		"................................", false},
	{"\x1b[0000000000000000000000000000000000000000000000000000000000000000m\n",
		"\x1b[0000000000000000000000000000000000000000000000000000000000000000m\n",
		"....................................................................", false},
	{"\x1b[33mcut\x1b[3", "cut\x1b[3", "PPPPPP", false},
	{"_\b", "_\b", "..", false},
	{"\x1b", "\x1b", ".", false},
};

static char letter_of(const struct lettering *lettering)
{
	static const struct {
		uint8_t traits;
		char letter;
	} letters[] = {
		{0, 'p'},
		{LETTERING_STRONG, 's'},
		{LETTERING_EMPHASIS, 'e'},
		{LETTERING_UNDERLINED, 'u'},
		{LETTERING_STRONG | LETTERING_UNDERLINED, 't'},
		{LETTERING_REVERSED, 'r'},
		{LETTERING_FAINT, 'f'},
		{LETTERING_LINK, 'l'},
	};
	bool coloured = lettering->ink != INK_NONE || lettering->ground != INK_NONE;
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
		if (letters[i].traits == lettering->traits)
			return (char)(letters[i].letter - (coloured ? 'a' - 'A' : 0));
	return '?';
}

static void print_looks(const struct letterings *letterings, size_t length, struct buffer *into)
{
	struct lettering_view view = letterings_view(letterings);
	struct lettered found;
	for (size_t at = 0; at < length;) {
		if (!lettering_view_find(&view, at, length, &found))
			found.span = (struct span){length, length};
		for (; at < found.span.start; at++)
			buffer_byte(into, '.');
		for (; at < found.span.end; at++)
			buffer_byte(into, letter_of(&found.lettering));
	}
}

static void assert_read_in(size_t example, size_t size)
{
	struct letterings letterings;
	letterings_init(&letterings);
	struct ansi ansi = {.told = &letterings};
	struct buffer read = {0}, looks = {0};
	struct slice rest = slice_of(examples[example].written);
	buffer_text(&read, "");
	buffer_text(&looks, "");
	for (size_t end; rest.length > 0; rest = slice_cut(rest, end, rest.length)) {
		end = size < rest.length ? size : rest.length;
		while (end < rest.length && ((unsigned char)rest.bytes[end] & 0xC0) == 0x80)
			end++;
		ansi_read(&ansi, slice_cut(rest, 0, end), &read);
	}
	ansi_finish(&ansi, &read);
	print_looks(&letterings, read.length, &looks);
	assert_string_equal(read.bytes, examples[example].read);
	assert_string_equal(looks.bytes, examples[example].looks);
	ansi_release(&ansi);
	letterings_release(&letterings);
	buffer_release(&read);
	buffer_release(&looks);
}

static void test_pieces_of_any_size_give_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
		for (size_t size = 1; size < 80; size++)
			assert_read_in(i, size);
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
