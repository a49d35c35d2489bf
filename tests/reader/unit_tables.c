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

static void every_key_runs_a_command(void **state)
{
	(void)state;
	for (const struct binding *binding = key_table; binding->pane != NULL; binding++) {
		const struct command *command = command_named(name_of(binding->command));
		assert_non_null(command);
		bool argument = strchr(binding->command, ' ') != NULL;
		bool asks = command->argument != NULL && strcmp(command->argument, LETTER) == 0;
		assert_int_equal(argument, command->argument != NULL && !asks);
	}
}

static void every_key_is_of_a_pane_and_in_notation(void **state)
{
	(void)state;
	struct packs none = {0};
	struct keymap keymap;
	size_t rows = 0;
	keymap_init(&keymap, &none);
	for (const struct binding *binding = key_table; binding->pane != NULL; binding++) {
		bool known = strcmp(binding->pane, "everywhere") == 0;
		for (int pane = 0; pane < PANE_COUNT; pane++)
			known = known || strcmp(binding->pane, view_table[pane].name) == 0;
		assert_true(known);
		rows++;
	}
	assert_int_equal(keymap.count, rows); /* none was wrong, or taken */
	keymap_release(&keymap);
}

static bool begins(const struct keys *head, const struct keys *whole)
{
	for (size_t i = 0; i < head->count; i++)
		if (i == whole->count || !key_equal(head->items[i], whole->items[i]))
			return false;
	return true;
}

/* A pane's own keys may say something else than those of everywhere, but not hide longer ones. */
static void no_keys_hide_longer_ones(void **state)
{
	(void)state;
	struct packs none = {0};
	struct keymap keymap;
	keymap_init(&keymap, &none);
	for (size_t i = 0; i < keymap.count; i++)
		for (size_t j = 0; j < keymap.count; j++) {
			const struct bound *a = &keymap.items[i], *b = &keymap.items[j];
			bool meet = a->pane == b->pane || a->pane == PANE_EVERYWHERE ||
				    b->pane == PANE_EVERYWHERE;
			if (i != j && meet)
				assert_false(begins(&a->keys, &b->keys));
		}
	keymap_release(&keymap);
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
		cmocka_unit_test(every_key_runs_a_command),
		cmocka_unit_test(every_key_is_of_a_pane_and_in_notation),
		cmocka_unit_test(no_keys_hide_longer_ones),
		cmocka_unit_test(every_look_is_a_known_style),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
