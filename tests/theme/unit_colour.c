/* Colour arithmetic against published values. */
#include "theme/colour.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct colour hex(const char *text)
{
	struct colour colour = {0};
	assert_true(colour_read(slice_of(text), &colour));
	return colour;
}

static struct oklab lab_of(const char *text)
{
	return oklab_of(light_of(hex(text)));
}

static void near_to(double actual, double expected, double within)
{
	if (fabs(actual - expected) > within)
		fail_msg("%.6f is not %.6f", actual, expected);
}

static void colours_are_read_from_hex(void **state)
{
	(void)state;
	struct colour colour = hex("#E2acf2");
	assert_int_equal(colour.kind, COLOUR_RGB);
	assert_int_equal(colour.red, 0xe2);
	assert_int_equal(colour.green, 0xac);
	assert_int_equal(colour.blue, 0xf2);
	colour = hex("#1aF");
	assert_int_equal(colour.red, 0x11);
	assert_int_equal(colour.green, 0xaa);
	assert_int_equal(colour.blue, 0xff);
}

static void what_is_no_hex_is_refused(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"", "#", "e2acf2", "#e2acf", "#e2acf22", "#e2acfg", "#12345 ", "##12345", "#-12"};
	struct colour colour;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(colour_read(slice_of(wrong[i]), &colour));
	assert_false(colour_read((struct slice){0}, &colour));
}

/* CSS Color Module Level 4, the sample values of the primaries. */
static void primaries_have_their_published_oklab(void **state)
{
	(void)state;
	static const struct {
		const char *hex;
		struct oklab lab;
	} rows[] = {
		{"#ffffff", {1, 0, 0}},
		{"#000000", {0, 0, 0}},
		{"#ff0000", {0.62796, 0.22486, 0.12585}},
		{"#00ff00", {0.86644, -0.23389, 0.17950}},
		{"#0000ff", {0.45201, -0.03246, -0.31153}},
		{"#ffff00", {0.96798, -0.07137, 0.19857}},
		{"#00ffff", {0.90540, -0.14944, -0.03940}},
		{"#ff00ff", {0.70167, 0.27457, -0.16916}},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct oklab lab = lab_of(rows[i].hex);
		near_to(lab.lightness, rows[i].lab.lightness, 2e-5);
		near_to(lab.a, rows[i].lab.a, 2e-5);
		near_to(lab.b, rows[i].lab.b, 2e-5);
	}
}

static void red_has_its_published_oklch(void **state)
{
	(void)state;
	struct oklch lch = oklch_of(lab_of("#ff0000"));
	near_to(lch.lightness, 0.62796, 2e-5);
	near_to(lch.chroma, 0.25768, 2e-5);
	near_to(lch.hue * 180 / acos(-1), 29.234, 2e-2);
}

static void every_step_can_be_taken_back(void **state)
{
	(void)state;
	for (unsigned code = 0; code < 0x1000000; code += 0x030507) {
		struct colour colour =
			colour_rgb((uint8_t)(code >> 16), (uint8_t)(code >> 8), (uint8_t)code);
		struct oklab lab = oklab_of(light_of(colour));
		struct colour back = light_colour(oklab_light(oklch_lab(oklch_of(lab))));
		assert_memory_equal(&back, &colour, sizeof back);
	}
}

/* #767676 is the lightest grey that reaches 4.5 on white, #595959 the one that reaches 7. */
static void contrast_is_that_of_wcag(void **state)
{
	(void)state;
	near_to(colour_contrast(hex("#000"), hex("#fff")), 21, 1e-9);
	near_to(colour_contrast(hex("#fff"), hex("#000")), 21, 1e-9);
	near_to(colour_contrast(hex("#123456"), hex("#123456")), 1, 1e-9);
	near_to(colour_contrast(hex("#767676"), hex("#fff")), 4.54, 0.005);
	near_to(colour_contrast(hex("#777777"), hex("#fff")), 4.48, 0.005);
	near_to(colour_contrast(hex("#595959"), hex("#fff")), 7.00, 0.005);
	near_to(colour_contrast(hex("#0000ff"), hex("#fff")), 8.59, 0.005);
	near_to(colour_contrast(hex("#ff0000"), hex("#fff")), 4.00, 0.005);
}

/* Rows of each matrix sum to one: what has no colour looks the same to everybody. */
static void greys_look_the_same_to_all(void **state)
{
	(void)state;
	for (enum vision vision = VISION_NORMAL; vision < VISION_COUNT; vision++) {
		struct light seen = light_seen((struct light){0.5, 0.5, 0.5}, vision);
		near_to(seen.red, 0.5, 1e-5);
		near_to(seen.green, 0.5, 1e-5);
		near_to(seen.blue, 0.5, 1e-5);
	}
}

/* Columns of the matrices of Machado and others (2009) at severity 1.0, cut to what is light. */
static void red_light_is_seen_as_published(void **state)
{
	(void)state;
	struct light red = {1, 0, 0};
	struct light protan = light_seen(red, VISION_PROTAN);
	near_to(protan.red, 0.152286, 1e-9);
	near_to(protan.green, 0.114503, 1e-9);
	near_to(protan.blue, 0, 1e-9);
	struct light deutan = light_seen(red, VISION_DEUTAN);
	near_to(deutan.red, 0.367322, 1e-9);
	near_to(deutan.green, 0.280085, 1e-9);
	struct light tritan = light_seen(red, VISION_TRITAN);
	near_to(tritan.red, 1, 1e-9);
	near_to(tritan.blue, 0.004733, 1e-9);
}

static void the_cube_has_the_colours_of_xterm(void **state)
{
	(void)state;
	static const struct {
		uint8_t index;
		const char *hex;
	} rows[] = {{16, "#000000"}, {21, "#0000ff"}, {67, "#5f87af"}, {196, "#ff0000"},
		{208, "#ff8700"}, {231, "#ffffff"}, {232, "#080808"}, {233, "#121212"},
		{244, "#808080"}, {255, "#eeeeee"}};
	struct cube cube;
	cube_fill(&cube);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct colour wanted = hex(rows[i].hex), entry = cube_colour(rows[i].index);
		assert_memory_equal(&entry, &wanted, sizeof entry);
		struct colour nearest = cube_nearest(&cube, wanted);
		assert_int_equal(nearest.kind, COLOUR_INDEXED);
		assert_int_equal(nearest.index, rows[i].index);
	}
}

static void the_nearest_is_nearest_in_oklab(void **state)
{
	(void)state;
	struct cube cube;
	cube_fill(&cube);
	for (unsigned code = 0; code < 0x1000000; code += 0x1f2f3f) {
		struct colour colour =
			colour_rgb((uint8_t)(code >> 16), (uint8_t)(code >> 8), (uint8_t)code);
		struct oklab lab = oklab_of(light_of(colour));
		struct colour found = cube_nearest(&cube, colour);
		double least = oklab_distance(lab, oklab_of(light_of(cube_colour(found.index))));
		for (unsigned index = CUBE_FIRST; index <= 255; index++)
			assert_true(
				least <= oklab_distance(lab,
						 oklab_of(light_of(cube_colour((uint8_t)index)))) +
						 1e-12);
	}
}

static void lifting_reaches_the_contrast_and_keeps_the_hue(void **state)
{
	(void)state;
	static const struct {
		const char *words, *ground;
		double ratio;
	} rows[] = {{"#3f5a3e", "#121212", 4.5}, {"#8060c0", "#efede6", 4.5},
		{"#222222", "#121212", 7}, {"#f4a12e", "#fefefe", 4.5}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct colour words = hex(rows[i].words), ground = hex(rows[i].ground);
		struct colour lifted = colour_lift(words, ground, rows[i].ratio);
		double reached = colour_contrast(lifted, ground);
		assert_true(reached >= rows[i].ratio);
		assert_true(reached < rows[i].ratio + 0.2);
		struct oklch before = oklch_of(oklab_of(light_of(words)));
		struct oklch after = oklch_of(oklab_of(light_of(lifted)));
		if (before.chroma > 0.02)
			near_to(after.hue, before.hue, 0.05);
	}
}

static void lifting_goes_as_far_as_it_can(void **state)
{
	(void)state;
	struct colour white = hex("#ffffff"), black = hex("#000000");
	struct colour lifted = colour_lift(hex("#777777"), hex("#333333"), 21);
	assert_memory_equal(&lifted, &white, sizeof white);
	lifted = colour_lift(hex("#777777"), hex("#cccccc"), 21);
	assert_memory_equal(&lifted, &black, sizeof black);
	lifted = colour_lift(white, hex("#777777"), 4.4);
	assert_true(colour_contrast(lifted, hex("#777777")) >= 4.4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(colours_are_read_from_hex),
		cmocka_unit_test(what_is_no_hex_is_refused),
		cmocka_unit_test(primaries_have_their_published_oklab),
		cmocka_unit_test(red_has_its_published_oklch),
		cmocka_unit_test(every_step_can_be_taken_back),
		cmocka_unit_test(contrast_is_that_of_wcag),
		cmocka_unit_test(greys_look_the_same_to_all),
		cmocka_unit_test(red_light_is_seen_as_published),
		cmocka_unit_test(the_cube_has_the_colours_of_xterm),
		cmocka_unit_test(the_nearest_is_nearest_in_oklab),
		cmocka_unit_test(lifting_reaches_the_contrast_and_keeps_the_hue),
		cmocka_unit_test(lifting_goes_as_far_as_it_can),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
