/* Styles: names, compositions, and the table of those the program draws with. */
#include "theme/styles.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct styles *styles;

static int begin(void **state)
{
	(void)state;
	styles = styles_new();
	return 0;
}

static int end(void **state)
{
	(void)state;
	styles_free(styles);
	return 0;
}

static style_id of(const char *name)
{
	return style_named(styles, name);
}

static void text_is_the_style_of_nothing(void **state)
{
	(void)state;
	assert_int_equal(of("text"), STYLE_TEXT);
	assert_int_equal(of(""), STYLE_TEXT);
	assert_int_equal(of("+"), STYLE_TEXT);
	assert_string_equal(style_name(styles, STYLE_TEXT), "text");
	assert_int_equal(styles_count(styles), 1);
}

static void a_name_has_one_id(void **state)
{
	(void)state;
	style_id person = of("entity.person"), place = of("entity.place");
	assert_int_not_equal(person, place);
	assert_int_equal(of("entity.person"), person);
	assert_string_equal(style_name(styles, person), "entity.person");
	assert_int_equal(styles_count(styles), 3);
}

static void text_changes_nothing_in_a_composition(void **state)
{
	(void)state;
	style_id quote = of("quote.text");
	assert_int_equal(style_compose(styles, quote, STYLE_TEXT), quote);
	assert_int_equal(style_compose(styles, STYLE_TEXT, quote), quote);
	assert_int_equal(style_compose(styles, quote, quote), quote);
}

static void a_composition_is_named_from_the_lowest_layer_up(void **state)
{
	(void)state;
	style_id quote = of("quote.text"), person = of("entity.person");
	style_id both = style_compose(styles, quote, person);
	assert_string_equal(style_name(styles, both), "quote.text+entity.person");
	assert_int_equal(style_compose(styles, quote, person), both);
	assert_int_not_equal(style_compose(styles, person, quote), both);
	assert_int_equal(of("quote.text+entity.person"), both);
	assert_int_equal(of("text+quote.text++entity.person"), both);
}

static void compositions_of_compositions_are_flat(void **state)
{
	(void)state;
	style_id a = of("a"), b = of("b"), c = of("c"), d = of("d");
	style_id left =
		style_compose(styles, style_compose(styles, style_compose(styles, a, b), c), d);
	style_id halves =
		style_compose(styles, style_compose(styles, a, b), style_compose(styles, c, d));
	assert_int_equal(left, halves);
	assert_string_equal(style_name(styles, left), "a+b+c+d");
}

static void a_layer_that_comes_again_moves_to_the_top(void **state)
{
	(void)state;
	style_id three = of("a+b+c");
	assert_string_equal(style_name(styles, style_compose(styles, three, of("a"))), "b+c+a");
	assert_string_equal(style_name(styles, style_compose(styles, three, of("c"))), "a+b+c");
	assert_string_equal(style_name(styles, style_compose(styles, three, of("b+a"))), "c+b+a");
	assert_string_equal(style_name(styles, style_compose(styles, of("a"), of("a+b"))), "a+b");
	assert_int_equal(style_compose(styles, of("a+b"), of("a+b")), of("a+b"));
}

static void tinting_again_and_again_makes_no_new_styles(void **state)
{
	(void)state;
	style_id style = of("entity.person");
	for (int i = 0; i < 100; i++)
		style = style_compose(styles, style, of(i % 2 == 0 ? "selection" : "dimmed"));
	assert_true(styles_count(styles) < 10);
	assert_string_equal(style_name(styles, style), "entity.person+selection+dimmed");
}

static void ids_run_out_without_harm(void **state)
{
	(void)state;
	char name[32];
	for (int i = 0; i < 70000; i++) {
		snprintf(name, sizeof name, "user.n%d", i);
		of(name);
	}
	assert_int_equal(styles_count(styles), UINT16_MAX);
	style_id first = of("user.n0"), second = of("user.n1");
	assert_string_equal(style_name(styles, first), "user.n0");
	assert_int_equal(of("user.n69999"), STYLE_TEXT);
	assert_int_equal(style_compose(styles, first, second), second);
}

static void hostile_names_are_kept_apart(void **state)
{
	(void)state;
	style_id bytes = style_of(styles, (struct slice){"a\0b", 3});
	assert_int_not_equal(bytes, of("a"));
	assert_int_not_equal(of("\xff.\x1b"), of("\xff"));
	assert_int_not_equal(of("a."), of("a"));
	assert_int_not_equal(of(".a"), of("a"));
}

static void dots_lead_up(void **state)
{
	(void)state;
	assert_true(slice_is(style_parent(slice_of("a.b.c")), "a.b"));
	assert_int_equal(style_parent(slice_of("a")).length, 0);
	assert_true(style_under(slice_of("entity.person"), slice_of("entity")));
	assert_true(style_under(slice_of("entity"), slice_of("entity")));
	assert_false(style_under(slice_of("entityx.person"), slice_of("entity")));
	assert_false(style_under(slice_of("entity"), slice_of("entity.person")));
	assert_true(style_known(slice_of("entity.ship.sunk")));
	assert_true(style_known(slice_of("user.mine")));
	assert_false(style_known(slice_of("accent.9")));
	assert_false(style_known(slice_of("quote.shout")));
}

static void every_row_of_the_table_is_whole(void **state)
{
	(void)state;
	assert_string_equal(style_table[0].name, "text");
	for (const struct style_entry *row = style_table; row->name != NULL; row++) {
		assert_true(strlen(row->help) > 5);
		assert_true(row->contrast == 0 || (row->contrast >= 1 && row->contrast <= 21));
		assert_ptr_equal(style_entry_of(slice_of(row->name)), row);
		struct slice parent = style_parent(slice_of(row->name));
		assert_true(parent.length == 0 || style_entry_of(parent) != NULL);
	}
	assert_string_equal(style_entry_above(slice_of("entity.ship"))->name, "entity");
	assert_string_equal(style_entry_above(slice_of("nothing"))->name, "text");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(text_is_the_style_of_nothing, begin, end),
		cmocka_unit_test_setup_teardown(a_name_has_one_id, begin, end),
		cmocka_unit_test_setup_teardown(text_changes_nothing_in_a_composition, begin, end),
		cmocka_unit_test_setup_teardown(
			a_composition_is_named_from_the_lowest_layer_up, begin, end),
		cmocka_unit_test_setup_teardown(compositions_of_compositions_are_flat, begin, end),
		cmocka_unit_test_setup_teardown(
			a_layer_that_comes_again_moves_to_the_top, begin, end),
		cmocka_unit_test_setup_teardown(
			tinting_again_and_again_makes_no_new_styles, begin, end),
		cmocka_unit_test_setup_teardown(ids_run_out_without_harm, begin, end),
		cmocka_unit_test_setup_teardown(hostile_names_are_kept_apart, begin, end),
		cmocka_unit_test_setup_teardown(dots_lead_up, begin, end),
		cmocka_unit_test_setup_teardown(every_row_of_the_table_is_whole, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
