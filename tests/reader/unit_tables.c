/* unit_tables.c: what holds of the tables of commands, keys and looks, row by row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tui/app.h"

static struct slice name_of(const char *command)
{
	const char *blank = strchr(command, ' ');
	struct slice text = slice_of(command);
	return blank != NULL ? slice_cut(text, 0, (size_t)(blank - command)) : text;
}

static void commands_are_named_once_and_explained(void **state)
{
	(void)state;
	for (const struct command *command = command_table; command->name != NULL; command++) {
		assert_ptr_equal(command_named(slice_of(command->name)), command);
		assert_true(strlen(command->help) > 0);
		assert_non_null(command->run);
	}
}

static void topics_stand_together_in_their_order(void **state)
{
	(void)state;
	enum topic last = TOPIC_MOVES;
	for (const struct command *command = command_table; command->name != NULL; command++) {
		assert_true(command->topic >= last && command->topic < TOPIC_COUNT);
		last = command->topic;
	}
	for (int topic = 0; topic < TOPIC_COUNT; topic++)
		assert_non_null(topic_titles[topic]);
}

static void presets_have_the_names_that_files_say(void **state)
{
	(void)state;
	size_t i = 0;
	for (; key_presets[i].name != NULL; i++)
		assert_string_equal(key_presets[i].name, key_preset_names[i]);
	assert_null(key_preset_names[i]);
	assert_string_equal(key_presets[0].name, DEFAULT_PRESET);
}

/* Calls a check with each preset. */
static void with_presets(void (*check)(const struct keymap *keymap))
{
	for (size_t i = 0; key_presets[i].name != NULL; i++) {
		struct keymap *keymap = keymap_new();
		assert_true(keymap_use_preset(keymap, slice_of(key_presets[i].name)));
		check(keymap);
		keymap_free(keymap);
	}
	struct keymap *keymap = keymap_new();
	assert_false(keymap_use_preset(keymap, slice_of("emacs")));
	keymap_free(keymap);
}

static void check_commands(const struct keymap *keymap)
{
	for (size_t i = 0; i < keymap->count; i++) {
		const struct bound *bound = &keymap->items[i];
		const struct command *command = command_named(name_of(bound->command));
		struct buffer why = {0};
		if (!command_check(slice_of(bound->command), &why))
			fail_msg("%s: %s", bound->notation, why.bytes);
		assert_int_equal(command->topic == TOPIC_LINE, bound->pane == PANE_PROMPT);
		buffer_release(&why);
	}
}

static void every_key_runs_a_command(void **state)
{
	(void)state;
	with_presets(check_commands);
}

/* Rows that no map holds would be of no pane, no key, or there twice. */
static void every_row_is_a_key_of_its_own(void **state)
{
	(void)state;
	struct keymap *keymap = keymap_new();
	size_t rows = 0;
	while (key_presets[0].keys[rows].pane != NULL)
		rows++;
	keymap_use_preset(keymap, slice_of(DEFAULT_PRESET));
	assert_int_equal(keymap->count, rows);
	for (size_t i = 0; i < rows; i++)
		assert_true(keymap->items[i].keys.count > 0 && keymap->items[i].pane < KEY_PANES);
	keymap_free(keymap);
}

/* A pane's own keys may say something else than those of everywhere, but not hide longer ones. */
static void check_collisions(const struct keymap *keymap)
{
	for (size_t i = 0; i < keymap->count; i++)
		for (size_t j = 0; j < keymap->count; j++) {
			const struct bound *a = &keymap->items[i], *b = &keymap->items[j];
			bool prompt = a->pane == PANE_PROMPT || b->pane == PANE_PROMPT;
			bool meet = a->pane == b->pane ||
				    (!prompt && (a->pane == PANE_EVERYWHERE ||
							b->pane == PANE_EVERYWHERE));
			if (i != j && meet)
				assert_false(keys_collide(&a->keys, &b->keys));
		}
}

static void no_keys_hide_longer_ones(void **state)
{
	(void)state;
	with_presets(check_collisions);
}

static void every_look_is_a_known_style(void **state)
{
	(void)state;
	for (int i = 0; i < LOOK_NAMES; i++) {
		const struct style_entry *entry = style_table;
		assert_non_null(look_names[i]);
		while (entry->name != NULL && strcmp(entry->name, look_names[i]) != 0)
			entry++;
		if (entry->name == NULL)
			fail_msg("no style '%s'", look_names[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commands_are_named_once_and_explained),
		cmocka_unit_test(topics_stand_together_in_their_order),
		cmocka_unit_test(presets_have_the_names_that_files_say),
		cmocka_unit_test(every_key_runs_a_command),
		cmocka_unit_test(every_row_is_a_key_of_its_own),
		cmocka_unit_test(no_keys_hide_longer_ones),
		cmocka_unit_test(every_look_is_a_known_style),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
