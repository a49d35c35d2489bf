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

static void test_entries(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
		const struct direct_entry *entry = direct_entry_for(&examples[i].surroundings);
		const char *name = entry != NULL ? entry->name : "its own";
		const char *expected = examples[i].entry != NULL ? examples[i].entry : "its own";
		if (strcmp(name, expected) != 0)
			fail_msg("row %zu: %s", i, name);
		if (entry != NULL)
			assert_memory_equal(entry->terminfo, "b64:", 4);
	}
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

static void test_frames_are_held_where_known(void **state)
{
	(void)state;
	assert_true(holds_frames(&(struct surroundings){.term = "foot"}));
	assert_false(holds_frames(&(struct surroundings){.term = "xterm-256color"}));
	assert_false(holds_frames(&(struct surroundings){0}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_entries),
		cmocka_unit_test(test_colours_wanted),
		cmocka_unit_test(test_frames_are_held_where_known),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
