/* unit_surroundings.c: what a terminal can do, told from the environment. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "terminal/surroundings.h"

struct example {
	struct surroundings surroundings;
	const char *entry; /* NULL: its own */
};

static const struct example examples[] = {
	{{.term = "xterm-256color"}, NULL},
	{{.term = "xterm-256color", .colorterm = "truecolor"}, "byline-xterm"},
	{{.term = "xterm", .colorterm = "24bit"}, "byline-xterm"},
	{{.term = "xterm", .colorterm = "yes"}, NULL},
	{{.term = "xterm-direct"}, "byline-xterm"},
	{{.term = "xterm-kitty"}, "byline-plain"},
	{{.term = "alacritty-direct"}, "byline-plain"},
	{{.term = "vte-256color", .colorterm = "truecolor"}, "byline-plain"},
	{{.term = "tmux-256color"}, "byline-tmux"},
	{{.term = "screen-256color", .tmux = "/tmp/tmux-0/default,1,0"}, "byline-tmux"},
	{{.term = "screen-256color", .colorterm = "truecolor"}, NULL},
	{{.term = "rxvt-unicode-256color", .colorterm = "truecolor"}, NULL},
	{{.term = "linux", .colorterm = "truecolor"}, NULL},
	{{.term = "-direct"}, NULL},
	{{.term = NULL, .colorterm = "truecolor"}, NULL},
};

static void check_source(size_t row, struct entry_source source, const char *expected)
{
	const char *name = source.name != NULL ? source.name : "none";
	if (strcmp(name, expected != NULL ? expected : "none") != 0)
		fail_msg("row %zu: %s", row, name);
	if (source.name == NULL)
		return;
	struct entry entry;
	assert_memory_equal(source.terminfo, "b64:", 4);
	assert_true(entry_open(&entry, source, 1));
	assert_true(entry_has(&entry, ENTRY_MOVE) && entry_has(&entry, ENTRY_CLEAR) &&
		    entry_has(&entry, ENTRY_NORMAL));
	entry_close(&entry);
}

static void test_entries_with_24_bit_colours(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
		check_source(i, direct_entry(&examples[i].surroundings), examples[i].entry);
}

static const struct example spare_examples[] = {
	{{.term = "xterm"}, "byline-spare-xterm"},
	{{.term = "xterm-256color"}, "byline-spare-xterm-256"},
	{{.term = "foot"}, "byline-spare-plain"},
	{{.term = "tmux-256color"}, "byline-spare-tmux"},
	{{.term = "screen"}, "byline-spare-screen"},
	{{.term = "screen-256color"}, "byline-spare-screen-256"},
	{{.term = "rxvt-unicode-256color"}, "byline-spare-rxvt"},
	{{.term = "linux"}, "byline-spare-linux"},
	{{.term = "vt220"}, "byline-spare-vt100"},
	{{.term = "dumb"}, NULL},
	{{.term = "fnord"}, NULL},
	{{.term = NULL}, NULL},
};

static void test_common_terminals_have_spare_entries(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof spare_examples / sizeof *spare_examples; i++)
		check_source(
			i, spare_entry(&spare_examples[i].surroundings), spare_examples[i].entry);
}

struct colour_example {
	struct surroundings surroundings;
	enum colour_when when;
	bool wanted;
};

static const struct colour_example colour_examples[] = {
	{{0}, COLOUR_AUTO, true},
	{{0}, COLOUR_NEVER, false},
	{{.no_color = "1"}, COLOUR_AUTO, false},
	{{.no_color = "1"}, COLOUR_ALWAYS, true},
	{{.no_color = "1", .clicolor_force = "1"}, COLOUR_AUTO, false},
	{{.clicolor = "0"}, COLOUR_AUTO, false},
	{{.clicolor = "1"}, COLOUR_AUTO, true},
	{{.clicolor = "0", .clicolor_force = "1"}, COLOUR_AUTO, true},
	{{.clicolor = "0", .clicolor_force = "0"}, COLOUR_AUTO, false},
};

static void test_colours_wanted(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof colour_examples / sizeof *colour_examples; i++) {
		const struct colour_example *example = &colour_examples[i];
		if (wants_colour(&example->surroundings, example->when) != example->wanted)
			fail_msg("row %zu", i);
	}
}

static void test_the_family_of_xterm_is_known_by_name(void **state)
{
	(void)state;
	static const char *const yes[] = {"xterm", "xterm-256color", "foot", "tmux", "st-256color"};
	static const char *const no[] = {"linux", "vt100", "screen", "rxvt-unicode", "dumb", "x"};
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		assert_true(is_xterm(&(struct surroundings){.term = yes[i]}));
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		assert_false(is_xterm(&(struct surroundings){.term = no[i]}));
	assert_true(is_xterm(&(struct surroundings){.term = "screen", .tmux = "yes"}));
	assert_false(is_xterm(&(struct surroundings){0}));
}

static void test_the_ground_may_be_said(void **state)
{
	(void)state;
	static const struct {
		const char *said;
		enum theme_variant ground;
	} rows[] = {
		{"15;0", THEME_DARK},
		{"0;15", THEME_LIGHT},
		{"0;default;7", THEME_LIGHT},
		{"7;8", THEME_DARK},
		{"0;default", THEME_ANY},
		{"0", THEME_ANY},
		{"0;", THEME_ANY},
		{"0;16", THEME_ANY},
		{"0;-1", THEME_ANY},
		{NULL, THEME_ANY},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(ground_said(&(struct surroundings){.colorfgbg = rows[i].said}),
			rows[i].ground);
}

static void test_an_escape_waits_as_long_as_said(void **state)
{
	(void)state;
	assert_int_equal(escape_delay(&(struct surroundings){0}), 25);
	assert_int_equal(escape_delay(&(struct surroundings){.escdelay = "100"}), 100);
	assert_int_equal(escape_delay(&(struct surroundings){.escdelay = "0"}), 0);
	assert_int_equal(escape_delay(&(struct surroundings){.escdelay = "-5"}), 25);
	assert_int_equal(escape_delay(&(struct surroundings){.escdelay = "1e9"}), 25);
	assert_int_equal(escape_delay(&(struct surroundings){.escdelay = "99999999999"}), 25);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_entries_with_24_bit_colours),
		cmocka_unit_test(test_common_terminals_have_spare_entries),
		cmocka_unit_test(test_colours_wanted),
		cmocka_unit_test(test_the_family_of_xterm_is_known_by_name),
		cmocka_unit_test(test_the_ground_may_be_said),
		cmocka_unit_test(test_an_escape_waits_as_long_as_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
