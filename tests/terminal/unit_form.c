/* unit_form.c: clusters as terminals get them, and numbers for colours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <locale.h>

#include <cmocka.h>

#include "terminal/colours.h"
#include "terminal/form.h"

struct example {
	const char *cluster;
	int width;
	const char *forms; /* divided by | */
};

static const struct example examples[] = {
	{"a", 1, "a"},
	{"e\u0301", 1, "e\u0301"},
	{"\u4e2d", 2, "\u4e2d"},
	{"a\u0301\u0302\u0303\u0304\u0305\u0306", 1, "a\u0301\u0302\u0303\u0304"},
	{"\u2764\ufe0f", 2, "\u2764| "},
	{"\U0001f44d\U0001f3fd", 2, "\U0001f44d"},
	{"\U0001f468\u200d\U0001f469\u200d\U0001f467", 2, "\U0001f468"},
	{"\U0001f1f5\U0001f1f9", 2, "P|T"},
	{"\u0915\u093f", 2, "\u0915|\u093f"},
	{"\u1100\u1161\u11a8", 2, "\u1100\u1161\u11a8"},
	{"\U0003fffe", 1, "\ufffd"},
	{"\u1161", 1, "\ufffd"},
	{"\u4e2d", 1, "?"},
	{"\ufe0f", 1, "?"},
};

static void test_forms_fill_their_cells(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
		struct form forms[2];
		size_t count =
			cluster_forms(slice_of(examples[i].cluster), examples[i].width, forms);
		struct buffer got = {0};
		int width = 0;
		for (size_t at = 0; at < count; at++) {
			buffer_text(&got, at == 0 ? "" : "|");
			for (wchar_t *code = forms[at].characters; *code != L'\0'; code++) {
				char bytes[4];
				size_t length = utf8_encode((uint32_t)*code, bytes);
				buffer_append(&got, (struct slice){bytes, length});
			}
			width += wcwidth(forms[at].characters[0]);
		}
		if (width != examples[i].width || strcmp(got.bytes, examples[i].forms) != 0)
			fail_msg("'%s': '%s', %d cells", examples[i].cluster, got.bytes, width);
		buffer_release(&got);
	}
}

static void test_colours_have_numbers(void **state)
{
	(void)state;
	struct colour rgb = {.kind = COLOUR_RGB, .red = 0x12, .green = 0x34, .blue = 0x56};
	struct colour dark = {.kind = COLOUR_RGB, .blue = 3};
	struct colour red = {.kind = COLOUR_INDEXED, .index = 9};
	struct colour cube = {.kind = COLOUR_INDEXED, .index = 16 + 36 * 1 + 6 * 2 + 5};
	struct colour grey = {.kind = COLOUR_INDEXED, .index = 233};
	int most = 1 << 24;
	assert_int_equal(colour_number(rgb, DEPTH_DIRECT, most), 0x123456);
	assert_int_equal(colour_number(dark, DEPTH_DIRECT, most), 16);
	assert_int_equal(colour_number(red, DEPTH_DIRECT, most), 9);
	assert_int_equal(colour_number(cube, DEPTH_DIRECT, most), 0x5F87FF);
	assert_int_equal(colour_number(grey, DEPTH_DIRECT, most), 0x121212);
	assert_int_equal(colour_number(cube, DEPTH_256, 256), cube.index);
	assert_int_equal(colour_number(red, DEPTH_8, 8), -1);
	assert_int_equal(colour_number(rgb, DEPTH_256, 256), -1);
	assert_int_equal(
		colour_number((struct colour){.kind = COLOUR_DEFAULT}, DEPTH_256, 256), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms_fill_their_cells),
		cmocka_unit_test(test_colours_have_numbers),
	};
	if (setlocale(LC_CTYPE, "C.UTF-8") == NULL) /* wcwidth asks it */
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
