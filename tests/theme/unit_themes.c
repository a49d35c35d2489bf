/* The themes that are part of the program, accent slots, and what a theme keeps of looks. */
#include "theme/colour.h"
#include "theme/loaded.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct theme *load(const char *name)
{
	struct diagnostics found = {0};
	struct theme *theme = theme_load(name, NULL, &found);
	assert_non_null(theme);
	assert_int_equal(found.total, 0);
	return theme;
}

static struct theme *read_text(const char *source)
{
	struct diagnostics found = {0};
	struct theme *theme = theme_read(slice_of(source), "test.yaml", NULL, &found);
	assert_int_equal(found.total, 0);
	return theme;
}

static struct look look_of(const struct theme *theme, const char *style, enum depth depth)
{
	struct styles *styles = styles_new();
	struct look look = theme_look(theme, styles, style_named(styles, style), depth);
	styles_free(styles);
	return look;
}

static void assert_words(const struct theme *theme, const char *style, const char *hex)
{
	struct colour wanted, words = look_of(theme, style, DEPTH_DIRECT).foreground;
	assert_true(colour_read(slice_of(hex), &wanted));
	assert_memory_equal(&words, &wanted, sizeof words);
}

static void the_themes_come_in_the_order_of_the_key(void **state)
{
	(void)state;
	static const char *const names[] = {"dusk", "dawn", "terminal", "mono"};
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(theme_embedded(i), names[i]);
	assert_null(theme_embedded(4));
	assert_null(theme_embedded(5));
	assert_null(theme_embedded(400));
}

static void every_embedded_theme_keeps_its_promises(void **state)
{
	(void)state;
	const char *name;
	for (size_t i = 0; (name = theme_embedded(i)) != NULL; i++) {
		assert_true(theme_source(name).length > 100);
		struct theme *theme = load(name);
		assert_string_equal(theme_name(theme), name);
		struct diagnostics found = {0};
		struct buffer text = {0};
		bool right = theme_check(theme, &found);
		diagnostics_tell(&found, NULL, &text);
		if (!right)
			fail_msg("%s", text.bytes);
		buffer_release(&text);
		diagnostics_release(&found);
		theme_free(theme);
	}
	assert_int_equal(theme_source("nothing").length, 0);
}

static void assert_same_rules(const struct theme *a, const struct theme *b)
{
	assert_int_equal(a->style_count, b->style_count);
	for (size_t i = 0; i < a->style_count; i++) {
		const struct style_rule *one = &a->styles[i], *other = &b->styles[i];
		assert_true(slice_equal(one->name, other->name));
		assert_memory_equal(&one->plain, &other->plain, sizeof one->plain);
		assert_memory_equal(&one->ansi, &other->ansi, sizeof one->ansi);
		assert_int_equal(one->mono, other->mono);
		assert_int_equal(one->mono_said, other->mono_said);
		assert_string_equal(one->path, other->path);
		assert_int_equal(one->line, other->line);
		assert_int_equal(one->column, other->column);
	}
}

static void assert_same_colours(const struct theme *a, const struct theme *b)
{
	assert_int_equal(a->palette_count, b->palette_count);
	for (size_t i = 0; i < a->palette_count; i++) {
		assert_true(slice_equal(a->palette[i].name, b->palette[i].name));
		assert_memory_equal(
			&a->palette[i].value, &b->palette[i].value, sizeof a->palette[i].value);
	}
}

static void assert_same_promises(const struct theme *a, const struct theme *b)
{
	assert_int_equal(a->variant, b->variant);
	assert_int_equal(a->variant_line, b->variant_line);
	assert_int_equal(a->distinct_count, b->distinct_count);
	assert_float_equal(a->distance, b->distance, 0);
	assert_int_equal(a->floor_count, b->floor_count);
	for (size_t i = 0; i < a->floor_count; i++) {
		assert_true(slice_equal(a->floors[i].name, b->floors[i].name));
		assert_float_equal(a->floors[i].ratio, b->floors[i].ratio, 0);
	}
}

static void an_embedded_theme_is_what_its_source_says(void **state)
{
	(void)state;
	const char *name;
	for (size_t i = 0; (name = theme_embedded(i)) != NULL; i++) {
		struct diagnostics found = {0};
		struct buffer path = {0};
		buffer_format(&path, "%s.yaml", name);
		struct theme *theme = load(name);
		struct theme *read = theme_read(theme_source(name), path.bytes, NULL, &found);
		assert_non_null(read);
		assert_int_equal(found.total, 0);
		assert_string_equal(theme_name(theme), theme_name(read));
		assert_int_equal(theme_pair(theme) == NULL, theme_pair(read) == NULL);
		if (theme_pair(theme) != NULL)
			assert_string_equal(theme_pair(theme), theme_pair(read));
		assert_same_rules(theme, read);
		assert_same_colours(theme, read);
		assert_same_promises(theme, read);
		theme_free(theme);
		theme_free(read);
		buffer_release(&path);
	}
}

/* Kinds and accent of the pair: least distance under all visions, by colours alone. */
static double least_distance(const struct theme *theme)
{
	static const char *const names[] = {"entity.person", "entity.place", "entity.organization",
		"entity.date", "quote.speaker"};
	double least = 1;
	for (size_t pair = 0; pair < 25; pair++) {
		struct colour a = look_of(theme, names[pair / 5], DEPTH_DIRECT).foreground;
		struct colour b = look_of(theme, names[pair % 5], DEPTH_DIRECT).foreground;
		for (enum vision vision = VISION_NORMAL; vision < VISION_COUNT; vision++) {
			double distance = oklab_distance(oklab_of(light_seen(light_of(a), vision)),
				oklab_of(light_seen(light_of(b), vision)));
			if (pair / 5 != pair % 5 && distance < least)
				least = distance;
		}
	}
	return least;
}

static void dusk_has_the_colours_chosen(void **state)
{
	(void)state;
	struct theme *dusk = load("dusk");
	assert_int_equal(theme_variant(dusk), THEME_DARK);
	assert_words(dusk, "entity.person", "#e2acf2");
	assert_words(dusk, "entity.place", "#9dbe9b");
	assert_words(dusk, "entity.organization", "#c2feb6");
	assert_words(dusk, "entity.date", "#8be980");
	assert_words(dusk, "quote.speaker", "#f4a12e");
	assert_words(dusk, "text", "#d2d2cc");
	assert_words(dusk, "quote.chosen", "#f6f4ee");
	assert_words(dusk, "muted", "#8f8f89");
	assert_float_equal(least_distance(dusk), 0.083, 0.0005);
	theme_free(dusk);
}

static void dawn_has_the_colours_chosen(void **state)
{
	(void)state;
	struct theme *dawn = load("dawn");
	assert_int_equal(theme_variant(dawn), THEME_LIGHT);
	assert_words(dawn, "entity.person", "#994278");
	assert_words(dawn, "entity.place", "#5561b9");
	assert_words(dawn, "entity.organization", "#573c00");
	assert_words(dawn, "entity.date", "#4924a7");
	assert_words(dawn, "quote.speaker", "#cb2d33");
	assert_words(dawn, "text", "#2a2a28");
	assert_words(dawn, "muted", "#6c6c67");
	assert_float_equal(least_distance(dawn), 0.094, 0.0005);
	theme_free(dawn);
}

/* With colour, italics are spoken words, bold is a speaker or a heading, the accent is what is now;
 * what a text itself says of its words aside. */
static void the_pair_spends_attributes_and_accent_sparingly(void **state)
{
	(void)state;
	static const char *const pair[] = {"dusk", "dawn"};
	static const char *const now[] = {"quote.speaker", "quote.bar", "scrollbar.tick",
		"sidebar.title.focused", "balance.chosen", "accent.now", "mention.current"};
	for (size_t i = 0; i < 2; i++) {
		struct theme *theme = load(pair[i]);
		struct colour accent = look_of(theme, "accent.now", DEPTH_DIRECT).foreground;
		size_t users = 0;
		for (const struct style_entry *row = style_table; row->name != NULL; row++) {
			struct look look = look_of(theme, row->name, DEPTH_DIRECT);
			users += memcmp(&look.foreground, &accent, sizeof accent) == 0;
			if (strcmp(row->name, "emphasis") == 0 ||
				strcmp(row->name, "reversed") == 0)
				continue;
			if (look.attributes & ATTRIBUTE_ITALIC)
				assert_true(strcmp(row->name, "quote.text") == 0 ||
					    strcmp(row->name, "quote.mark") == 0);
			assert_false(look.attributes & (ATTRIBUTE_DIM | ATTRIBUTE_REVERSE));
		}
		assert_int_equal(users, sizeof now / sizeof *now);
		for (size_t j = 0; j < sizeof now / sizeof *now; j++) {
			struct look look = look_of(theme, now[j], DEPTH_DIRECT);
			assert_memory_equal(&look.foreground, &accent, sizeof accent);
		}
		theme_free(theme);
	}
}

static void terminal_has_only_the_users_colours(void **state)
{
	(void)state;
	struct theme *theme = load("terminal");
	for (const struct style_entry *row = style_table; row->name != NULL; row++) {
		for (enum depth depth = DEPTH_8; depth <= DEPTH_DIRECT; depth++) {
			struct look look = look_of(theme, row->name, depth);
			assert_true(look.foreground.kind == COLOUR_DEFAULT ||
				    (look.foreground.kind == COLOUR_INDEXED &&
					    look.foreground.index < 16));
			assert_true(look.background.kind == COLOUR_DEFAULT ||
				    (look.background.kind == COLOUR_INDEXED &&
					    look.background.index < 16));
		}
	}
	theme_free(theme);
}

static void mono_has_no_colour_at_any_depth(void **state)
{
	(void)state;
	struct theme *theme = load("mono");
	for (const struct style_entry *row = style_table; row->name != NULL; row++) {
		struct look plain = look_of(theme, row->name, DEPTH_MONO);
		for (enum depth depth = DEPTH_MONO; depth <= DEPTH_DIRECT; depth++) {
			struct look look = look_of(theme, row->name, depth);
			assert_int_equal(look.foreground.kind, COLOUR_DEFAULT);
			assert_int_equal(look.background.kind, COLOUR_DEFAULT);
			assert_int_equal(look.attributes, plain.attributes);
		}
	}
	theme_free(theme);
}

static void a_kind_without_a_style_takes_the_next_accent(void **state)
{
	(void)state;
	static const char *const kinds[] = {"entity.person", "entity.statute", "user.hedge",
		"entity.money", "entity.statute", "meta.byline", "entity.party"};
	struct theme *theme = load("dusk");
	assert_words(theme, "entity.statute", "#d2d2cc");
	theme_assign(theme, kinds, sizeof kinds / sizeof *kinds);
	assert_words(theme, "entity.person", "#e2acf2");
	assert_words(theme, "entity.statute", "#00a8c0");
	assert_words(theme, "entity.statute.section", "#00a8c0");
	assert_words(theme, "user.hedge", "#e870a8");
	assert_words(theme, "entity.party", "#c098f8");
	assert_words(theme, "entity.money", "#d2d2cc");
	assert_words(theme, "meta.byline", "#8f8f89");
	assert_int_equal(look_of(theme, "entity.statute", DEPTH_MONO).attributes,
		look_of(theme, "accent.1", DEPTH_MONO).attributes);
	theme_assign(theme, kinds + 6, 1);
	assert_words(theme, "entity.party", "#00a8c0");
	assert_words(theme, "entity.statute", "#d2d2cc");
	theme_free(theme);
}

static void slots_run_out(void **state)
{
	(void)state;
	static const char *const kinds[] = {"entity.a", "entity.b", "entity.c", "entity.d",
		"entity.e", "entity.f", "entity.g", "entity.h", "entity.i"};
	struct theme *theme = load("dawn");
	theme_assign(theme, kinds, 9);
	assert_true(look_of(theme, "entity.h", DEPTH_DIRECT).attributes & ATTRIBUTE_UNDERLINE);
	assert_words(theme, "entity.i", "#2a2a28");
	theme_free(theme);
}

static void a_theme_that_names_a_kind_keeps_it(void **state)
{
	(void)state;
	static const char *const kinds[] = {"entity.statute", "entity.party.left"};
	struct theme *theme = read_text("theme-format: 1\nname: law\nextends: dusk\nstyles:\n"
					"  entity.statute: {fg: muted}\n  entity.party: {}\n");
	theme_assign(theme, kinds, 2);
	assert_words(theme, "entity.statute", "#8f8f89");
	assert_words(theme, "entity.party.left", "#d2d2cc");
	theme_free(theme);
}

/* The same ids mean other names in another set of styles. */
static void looks_are_kept_by_name(void **state)
{
	(void)state;
	struct theme *theme = load("dusk");
	struct styles *one = styles_new(), *other = styles_new();
	style_id person = style_named(one, "entity.person");
	style_id place = style_named(other, "entity.place");
	assert_int_equal(person, place);
	assert_int_equal(theme_look(theme, one, person, DEPTH_DIRECT).foreground.red, 0xe2);
	assert_int_equal(theme_look(theme, other, place, DEPTH_DIRECT).foreground.red, 0x9d);
	assert_int_equal(theme_look(theme, one, person, DEPTH_DIRECT).foreground.red, 0xe2);
	for (int i = 0; i < 1000; i++) {
		char name[32];
		snprintf(name, sizeof name, "entity.n%d", i);
		theme_look(theme, one, style_named(one, name), DEPTH_256);
	}
	assert_int_equal(theme_look(theme, one, person, DEPTH_256).foreground.index, 183);
	styles_free(one);
	styles_free(other);
	theme_free(theme);
}

static void an_unknown_theme_is_refused_with_the_known(void **state)
{
	(void)state;
	struct diagnostics found = {0};
	assert_null(theme_load("dsuk", NULL, &found));
	assert_int_equal(found.total, 1);
	assert_string_equal(found.items[0].message,
		"unknown theme 'dsuk'; did you mean 'dusk'? known: dusk, dawn, terminal, mono; a "
		"file's name has a slash or ends in .yaml");
	assert_null(theme_load("", NULL, &found));
	assert_null(theme_load("nowhere/dusk", "/", &found));
	assert_null(theme_load("/", NULL, &found));
	assert_int_equal(found.total, 4);
	diagnostics_release(&found);
}

static void a_theme_of_many_styles_is_cut_short(void **state)
{
	(void)state;
	struct buffer source = {0};
	struct diagnostics found = {0};
	buffer_text(&source, "theme-format: 1\nname: many\npalette:\n");
	for (int i = 0; i < 300; i++)
		buffer_format(&source, "  c%d: '#102030'\n", i);
	buffer_text(&source, "styles:\n");
	for (int i = 0; i < 20000; i++)
		buffer_format(&source, "  user.n%d: {bold: true}\n", i);
	struct theme *theme = theme_read(buffer_slice(&source), "many.yaml", NULL, &found);
	assert_non_null(theme);
	assert_int_equal(found.total, 2);
	assert_true(strstr(found.items[0].message, "more than 256 colours") != NULL);
	assert_true(strstr(found.items[1].message, "at most 1024 styles") != NULL);
	assert_true(look_of(theme, "user.n0", DEPTH_16).attributes & ATTRIBUTE_BOLD);
	theme_free(theme);
	buffer_release(&source);
	diagnostics_release(&found);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_themes_come_in_the_order_of_the_key),
		cmocka_unit_test(every_embedded_theme_keeps_its_promises),
		cmocka_unit_test(an_embedded_theme_is_what_its_source_says),
		cmocka_unit_test(dusk_has_the_colours_chosen),
		cmocka_unit_test(dawn_has_the_colours_chosen),
		cmocka_unit_test(the_pair_spends_attributes_and_accent_sparingly),
		cmocka_unit_test(terminal_has_only_the_users_colours),
		cmocka_unit_test(mono_has_no_colour_at_any_depth),
		cmocka_unit_test(a_kind_without_a_style_takes_the_next_accent),
		cmocka_unit_test(slots_run_out),
		cmocka_unit_test(a_theme_that_names_a_kind_keeps_it),
		cmocka_unit_test(looks_are_kept_by_name),
		cmocka_unit_test(an_unknown_theme_is_refused_with_the_known),
		cmocka_unit_test(a_theme_of_many_styles_is_cut_short),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
