/* unit_keys.c: the notation of keys, there and back, and what it says of mistakes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "terminal/keys.h"

/* A line, and the same as it is printed key by key. */
struct line {
	const char *text, *printed;
};

static const struct line lines[] = {
	{"j", "j"},
	{"]q ]q", "]q]q"},
	{"g3 12G", "g312G"},
	{"<Space> <Enter> <Esc>", "<Space><Enter><Esc>"},
	{"  <Tab>\t<S-Tab>\n", "<Tab><S-Tab>"},
	{"<lt> < >", "<lt><lt>>"},
	{"a<Up>b", "a<Up>b"},
	{"<C-x><M-x>", "<C-x><M-x>"},
	{"<C-X> <M-X>", "<C-x><M-X>"},
	{"<C-m> <C-i> <C-[> <C-?>", "<Enter><Tab><Esc><Backspace>"},
	{"<C-Space> <C-@> <C-]> <C-_>", "<C-Space><C-Space><C-]><C-_>"},
	{"<M-C-x> <C-M-x>", "<C-M-x><C-M-x>"},
	{"<M-Enter> <S-Up> <C-Left>", "<M-Enter><S-Up><C-Left>"},
	{"<M-lt> <M-Space> <M-->", "<M-lt><M-Space><M-->"},
	{"<F1> <F10> <F12>", "<F1><F10><F12>"},
	{"<PageUp> <PageDown> <Home> <End>", "<PageUp><PageDown><Home><End>"},
	{"<Resize:80x24> <Click:3,0>", "<Resize:80x24><Click:3,0>"},
	{"<Wheel:+3> <Wheel:-12> <Wheel:1>", "<Wheel:+3><Wheel:-12><Wheel:+1>"},
	{"\u00e9\u4e2d", "\u00e9\u4e2d"},
	{"<> <x", "<lt>><lt>x"},
	{"\x01 \x1b \x7f", "<C-a><Esc><Backspace>"},
	{"", ""},
};

static void print_keys(const struct keys *keys, struct buffer *into)
{
	buffer_text(into, "");
	for (size_t i = 0; i < keys->count; i++)
		key_print(keys->items[i], into);
}

static void test_lines(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct keys keys = {0}, again = {0};
		struct buffer printed = {0};
		struct diagnostics out = {0};
		assert_true(keys_parse(slice_of(lines[i].text), &keys, &out));
		print_keys(&keys, &printed);
		if (!slice_is(buffer_slice(&printed), lines[i].printed))
			fail_msg("'%s' gives '%s'", lines[i].text, printed.bytes);
		assert_true(keys_parse(buffer_slice(&printed), &again, &out));
		assert_int_equal(again.count, keys.count);
		for (size_t k = 0; k < keys.count; k++)
			assert_true(key_equal(keys.items[k], again.items[k]));
		keys_release(&keys);
		keys_release(&again);
		buffer_release(&printed);
	}
}

static void test_every_name_reads_back(void **state)
{
	(void)state;
	for (const struct key_name *row = key_names; row->name != NULL; row++) {
		if (row->argument != NULL)
			continue;
		struct buffer text = {0};
		struct keys keys = {0};
		struct diagnostics out = {0};
		buffer_format(&text, "<%s>", row->name);
		assert_true(keys_parse(buffer_slice(&text), &keys, &out));
		assert_int_equal(keys.count, 1);
		assert_int_equal(keys.items[0].code, row->code);
		struct buffer printed = {0};
		key_print(keys.items[0], &printed);
		assert_string_equal(printed.bytes, text.bytes);
		keys_release(&keys);
		buffer_release(&text);
		buffer_release(&printed);
	}
}

static void test_tokens_end(void **state)
{
	(void)state;
	struct keys keys = {0};
	struct diagnostics out = {0};
	assert_true(keys_parse(slice_of("]q j"), &keys, &out));
	assert_int_equal(keys.count, 3);
	assert_true(keys.items[0].more);
	assert_false(keys.items[1].more);
	assert_false(keys.items[2].more);
	keys_release(&keys);
}

/* Mistakes and a part of what is said of them. */
static const struct line mistakes[] = {
	{"<Entre>", "there is no key '<Entre>'; did you mean '<Enter>'?"},
	{"<PagDown>", "did you mean '<PageDown>'?"},
	{"<C-Hom>", "did you mean '<Home>'?"},
	{"<quux>", "there is no key '<quux>'; keys are"},
	{"<b>", "the character < is <lt>"},
	{"<S-a>", "there is no key '<S-a>'"},
	{"<C-1>", "there is no key '<C-1>'"},
	{"<Resize>", "is written <Resize:COLUMNSxROWS>"},
	{"<Resize:0x5>", "is written <Resize:COLUMNSxROWS>"},
	{"<Resize:99999999999x5>", "is written <Resize:COLUMNSxROWS>"},
	{"<Click:1>", "is written <Click:COLUMN,ROW>"},
	{"<Wheel:up>", "is written <Wheel:+ROWS>"},
	{"<Weel:+1>", "did you mean '<Wheel>'?"},
	{"<\x1b]0;x>", "'<^[]0;x>'"},
};

static void test_mistakes_name_the_nearest(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
		struct keys keys = {0};
		struct diagnostics out = {0};
		struct buffer line = {0};
		buffer_format(&line, "j %s k", mistakes[i].text);
		assert_false(keys_parse(buffer_slice(&line), &keys, &out));
		assert_int_equal(keys.count, 2); /* the others are read */
		assert_int_equal(out.count, 1);
		if (strstr(out.items[0].message, mistakes[i].printed) == NULL)
			fail_msg("'%s': %s", mistakes[i].text, out.items[0].message);
		keys_release(&keys);
		diagnostics_release(&out);
		buffer_release(&line);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_every_name_reads_back),
		cmocka_unit_test(test_tokens_end),
		cmocka_unit_test(test_mistakes_name_the_nearest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
