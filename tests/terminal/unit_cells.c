/* unit_cells.c: painting on cells, and the screen as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "terminal/terminal.h"

/* A terminal in memory with what belongs to it. */
struct screen {
	struct styles *styles;
	struct terminal *terminal;
	struct canvas canvas;
	style_id person, quote;
};

static struct screen screen_of(int columns, int rows, struct width_policy policy)
{
	struct screen screen = {.styles = styles_new()};
	screen.terminal = terminal_memory(screen.styles, &policy, columns, rows);
	screen.canvas = canvas_whole(terminal_cells(screen.terminal));
	screen.person = style_named(screen.styles, "entity.person");
	screen.quote = style_named(screen.styles, "quote.text");
	return screen;
}

static struct screen screen_new(int columns, int rows)
{
	return screen_of(columns, rows, (struct width_policy){.ambiguous = 1});
}

static void screen_free(struct screen *screen)
{
	terminal_free(screen->terminal);
	styles_free(screen->styles);
}

/* Each row of a grid is halves that fit together. */
static void check_halves(const struct cells *cells)
{
	for (int row = 0; row < cells->rows; row++) {
		unsigned before = 1;
		for (int column = 0; column < cells->columns; column++) {
			unsigned width = cells_at(cells, (struct spot){column, row})->width;
			assert_true((before == 2) == (width == 0));
			before = width;
		}
		assert_true(before != 2);
	}
}

static void check_screen(struct screen *screen, const char *expected)
{
	struct buffer got = {0};
	cells_print(terminal_cells(screen->terminal), &got);
	assert_string_equal(got.bytes, expected);
	buffer_release(&got);
	check_halves(terminal_cells(screen->terminal));
}

static void check_styles(struct screen *screen, const char *expected)
{
	struct buffer got = {0};
	cells_print_styles(terminal_cells(screen->terminal), &got);
	assert_string_equal(got.bytes, expected);
	buffer_release(&got);
}

static int put(struct screen *screen, int column, int row, const char *text)
{
	return canvas_text(&screen->canvas, (struct spot){column, row}, text, STYLE_TEXT);
}

static void test_text_stands_where_it_is_put(void **state)
{
	(void)state;
	struct screen screen = screen_new(8, 3);
	assert_int_equal(put(&screen, 1, 0, "ab"), 3);
	assert_int_equal(put(&screen, 5, 1, "abcdef"), 8);
	put(&screen, -2, 2, "abcd");
	put(&screen, 0, 3, "below");
	put(&screen, 0, -1, "above");
	put(&screen, 9, 0, "beside");
	check_screen(&screen, " ab\n     abc\ncd\n");
	screen_free(&screen);
}

static void test_wide_characters_are_never_halved(void **state)
{
	(void)state;
	struct screen screen = screen_new(6, 4);
	put(&screen, 0, 0, "\u4e2d\u6587\u5b57");
	put(&screen, 1, 0, "x");      /* covers the right half of the first */
	put(&screen, 4, 0, "y");      /* and the left half of the last */
	put(&screen, 5, 1, "\u4e2d"); /* beyond the edge */
	put(&screen, -1, 2, "\u4e2d\u6587");
	put(&screen, 0, 3, "a\u4e2db");
	put(&screen, 1, 3, "\u6587");
	check_screen(&screen, " x\u6587y\n\n \u6587\na\u6587b\n");
	screen_free(&screen);
}

static void test_a_part_keeps_its_painting_inside(void **state)
{
	(void)state;
	struct screen screen = screen_new(10, 3);
	canvas_tile(&screen.canvas, (struct area){0, 0, 10, 3}, ".", STYLE_TEXT);
	struct canvas part = canvas_part(&screen.canvas, (struct area){2, 1, 4, 1});
	canvas_text(&part, (struct spot){0, 0}, "abcdefgh", STYLE_TEXT);
	canvas_text(&part, (struct spot){0, 1}, "below", STYLE_TEXT);
	struct canvas inner = canvas_part(&part, (struct area){-1, 0, 100, 100});
	canvas_fill(&inner, (struct area){0, 0, 3, 9}, STYLE_TEXT);
	canvas_text(&inner, (struct spot){3, 0}, "xyz", STYLE_TEXT);
	check_screen(&screen, "..........\n..  xy....\n..........\n");
	struct canvas none = canvas_part(&part, (struct area){7, 7, 2, 2});
	canvas_text(&none, (struct spot){0, 0}, "none", STYLE_TEXT);
	canvas_fill(&none, (struct area){-100, -100, INT32_MAX, INT32_MAX}, STYLE_TEXT);
	check_screen(&screen, "..........\n..  xy....\n..........\n");
	screen_free(&screen);
}

static void test_a_half_at_a_part_s_edge_is_a_blank(void **state)
{
	(void)state;
	struct screen screen = screen_new(6, 1);
	put(&screen, 0, 0, "\u4e2d\u6587\u5b57");
	struct canvas part = canvas_part(&screen.canvas, (struct area){1, 0, 3, 1});
	canvas_text(&part, (struct spot){0, 0}, "a\u4e2d", STYLE_TEXT);
	check_screen(&screen, " a\u4e2d\u5b57\n");
	canvas_text(&part, (struct spot){-1, 0}, "\u6587b\u6587", STYLE_TEXT);
	check_screen(&screen, "  b \u5b57\n");
	screen_free(&screen);
}

static void test_controls_never_get_through(void **state)
{
	(void)state;
	struct screen screen = screen_new(24, 4);
	put(&screen, 0, 0, "a\x1b[31mb\x7f");
	put(&screen, 0, 1, "a\tb\nc\r\nd\re\uFEFF|");
	put(&screen, 0, 2, "\u202eab\u2066\xc2\x9b|\u200f");
	put(&screen, 0, 3, "\xff\xe4\xb8|");
	check_screen(
		&screen, "a^[[31mb^?\na b c d e|\n\\u202eab\\u2066\\x9b|\\u200\n\ufffd\ufffd|\n");
	screen_free(&screen);
}

static void test_nothing_else_than_ascii_where_the_policy_says_so(void **state)
{
	(void)state;
	struct screen screen = screen_of(12, 3, (struct width_policy){.ambiguous = 1, .ascii = 1});
	put(&screen, 0, 0, "\u201cé\u201d\u2014\u4e2d\u2026\x1b");
	canvas_tile(&screen.canvas, (struct area){0, 1, 3, 1}, "\u2502", STYLE_TEXT);
	canvas_put_within(
		&screen.canvas, (struct area){0, 2, 4, 1}, slice_of("abcdef"), STYLE_TEXT);
	check_screen(&screen, "\"e\"-?.^[\n|||\nabc.\n");
	screen_free(&screen);
}

static void test_signs_stay_narrow_where_ambiguous_is_wide(void **state)
{
	(void)state;
	struct screen screen = screen_of(6, 2, (struct width_policy){.ambiguous = 2});
	canvas_tile(&screen.canvas, (struct area){0, 0, 2, 1}, "\u2502", STYLE_TEXT);
	put(&screen, 0, 1, "\u00a7a\xff");
	check_screen(&screen, "||\n\u00a7a\ufffd\n");
	screen_free(&screen);
}

static void test_clusters_are_kept_whole(void **state)
{
	(void)state;
	struct screen screen = screen_new(12, 2);
	put(&screen, 0, 0, "e\u0301x\U0001f468\u200d\U0001f469\u200d\U0001f467y");
	put(&screen, 0, 1, "\u0301|");
	check_screen(
		&screen, "e\u0301x\U0001f468\u200d\U0001f469\u200d\U0001f467y\n\u25cc\u0301|\n");
	screen_free(&screen);
}

static void test_a_cluster_of_many_marks_is_cut(void **state)
{
	(void)state;
	struct screen screen = screen_new(3, 1);
	struct buffer text = {0};
	buffer_text(&text, "a");
	for (int i = 0; i < 100000; i++)
		buffer_text(&text, "\u0301");
	assert_int_equal(
		canvas_put(&screen.canvas, (struct spot){0, 0}, buffer_slice(&text), STYLE_TEXT),
		1);
	char room[4];
	struct slice glyph =
		cells_glyph(terminal_cells(screen.terminal), (struct spot){0, 0}, room);
	assert_in_range(glyph.length, 20, 80);
	assert_true(utf8_valid(glyph));
	buffer_release(&text);
	screen_free(&screen);
}

static void test_text_that_does_not_fit_ends_in_a_sign(void **state)
{
	(void)state;
	struct screen screen = screen_new(10, 5);
	static const char *const texts[] = {
		"abcde", "abcdef", "ab\u4e2d\u6587", "", "\u4e2d\u6587x"};
	for (int row = 0; row < 5; row++) {
		struct area area = {1, row, 5, 1};
		canvas_put_within(&screen.canvas, area, slice_of(texts[row]), STYLE_TEXT);
	}
	check_screen(&screen, " abcde\n abcd\u2026\n ab\u4e2d\u2026\n\n \u4e2d\u6587x\n");
	screen_free(&screen);
}

static void test_styles_are_laid_over_each_other(void **state)
{
	(void)state;
	struct screen screen = screen_new(6, 3);
	canvas_text(&screen.canvas, (struct spot){0, 0}, "abc", screen.person);
	canvas_tint(&screen.canvas, (struct area){1, 0, 4, 1}, screen.quote);
	put(&screen, 0, 1, "a\u4e2d");
	canvas_tint(&screen.canvas, (struct area){1, 1, 1, 1}, screen.quote);
	canvas_tint(&screen.canvas, (struct area){2, 1, 2, 1}, screen.person);
	canvas_fill(&screen.canvas, (struct area){0, 2, 3, 1}, screen.quote);
	canvas_text(&screen.canvas, (struct spot){1, 2}, "x", screen.person);
	canvas_text(&screen.canvas, (struct spot){2, 2}, "y", STYLE_TEXT);
	check_styles(&screen, "abc   \nabbcc.\na\u4e2d   \n.cca..\n xy   \ncdc...\n"
			      "a entity.person\nb entity.person+quote.text\nc quote.text\n"
			      "d quote.text+entity.person\n");
	screen_free(&screen);
}

/* Whatever is painted wherever, halves fit together and nothing outside of a part changes. */
static void test_any_painting_leaves_whole_cells(void **state)
{
	(void)state;
	static const char *const texts[] = {"a", "\u4e2d\u6587", "x\u4e2d",
		"e\u0301\U0001f44d\U0001f3fd", "\x1b",
		"\u4e2d\u4e2d\u4e2d\u4e2d\u4e2d\u4e2d\u4e2d\u4e2d", ""};
	struct screen screen = screen_new(11, 4);
	uint32_t random = 5;
	for (int round = 0; round < 20000; round++) {
		random = random * 1664525u + 1013904223u;
		int bits = (int)(random >> 8);
		struct area area = {
			bits % 15 - 3, bits / 16 % 7 - 2, bits / 128 % 13, bits / 2048 % 4};
		struct canvas part = canvas_part(&screen.canvas, area);
		const char *text = texts[bits % 7];
		canvas_text(&part, (struct spot){bits / 32 % 7 - 2, 0}, text, screen.person);
		if (bits % 5 == 0)
			canvas_fill(&part, (struct area){bits % 3, 0, bits % 6, 2}, screen.quote);
		if (bits % 7 == 0)
			canvas_tile(&part, (struct area){bits % 4, 0, 2, 9}, "|", STYLE_TEXT);
		if (bits % 11 == 0)
			canvas_put_within(&part, area, slice_of(text), STYLE_TEXT);
		check_halves(terminal_cells(screen.terminal));
	}
	screen_free(&screen);
}

static void test_the_cursor_is_clipped(void **state)
{
	(void)state;
	struct screen screen = screen_new(6, 3);
	struct canvas part = canvas_part(&screen.canvas, (struct area){2, 1, 2, 1});
	canvas_cursor(&part, (struct spot){1, 0});
	assert_int_equal(terminal_cells(screen.terminal)->cursor.column, 3);
	assert_int_equal(terminal_cells(screen.terminal)->cursor.row, 1);
	canvas_cursor(&part, (struct spot){2, 0});
	assert_int_equal(terminal_cells(screen.terminal)->cursor.column, -1);
	screen_free(&screen);
}

static void test_keys_come_in_order_and_resize(void **state)
{
	(void)state;
	struct screen screen = screen_new(6, 3);
	struct keys keys = {0};
	struct diagnostics out = {0};
	struct key key;
	put(&screen, 0, 0, "old");
	assert_true(keys_parse(slice_of("j <Resize:3x1>"), &keys, &out));
	terminal_type(screen.terminal, keys.items, keys.count);
	assert_true(terminal_key(screen.terminal, -1, &key));
	assert_int_equal(key.code, 'j');
	assert_true(terminal_key(screen.terminal, 0, &key));
	assert_int_equal(key.code, PRESS_RESIZE);
	assert_int_equal(terminal_cells(screen.terminal)->columns, 3);
	check_screen(&screen, "\n");
	assert_false(terminal_key(screen.terminal, -1, &key));
	keys_release(&keys);
	screen_free(&screen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_stands_where_it_is_put),
		cmocka_unit_test(test_wide_characters_are_never_halved),
		cmocka_unit_test(test_a_part_keeps_its_painting_inside),
		cmocka_unit_test(test_a_half_at_a_part_s_edge_is_a_blank),
		cmocka_unit_test(test_controls_never_get_through),
		cmocka_unit_test(test_nothing_else_than_ascii_where_the_policy_says_so),
		cmocka_unit_test(test_signs_stay_narrow_where_ambiguous_is_wide),
		cmocka_unit_test(test_clusters_are_kept_whole),
		cmocka_unit_test(test_a_cluster_of_many_marks_is_cut),
		cmocka_unit_test(test_text_that_does_not_fit_ends_in_a_sign),
		cmocka_unit_test(test_styles_are_laid_over_each_other),
		cmocka_unit_test(test_any_painting_leaves_whole_cells),
		cmocka_unit_test(test_the_cursor_is_clipped),
		cmocka_unit_test(test_keys_come_in_order_and_resize),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
