/* Help: the keys of a pane, then those that work everywhere, from the keys in force. */
#include "tui/app.h"

#include <string.h>

#define KEYS_COLUMNS 20

static void put(struct reader *reader, const char *text, enum look_name look)
{
	sheet_put(&reader->sheet, slice_of(text), reader->look[look], reader->policy);
}

/* The text a command shows: its help, and for a kind's walk the kind's label. */
static void put_help(struct reader *reader, const char *text)
{
	struct slice all = slice_of(text);
	const char *blank = strchr(text, ' ');
	struct slice name = slice_cut(all, 0, blank != NULL ? (size_t)(blank - text) : all.length);
	const struct command *command = command_named(name);
	struct buffer line = {0};
	buffer_text(&line, command != NULL ? command->help : "");
	if (blank != NULL)
		buffer_format(&line, ": %s", blank + 1);
	sheet_wrap(&reader->sheet, buffer_slice(&line), reader->look[LOOK_HELP], reader->policy);
	buffer_release(&line);
}

/* A command has a line, and on it all its keys, where the first of them stands. */
static bool is_first(const struct keymap *keymap, const struct bound *bound)
{
	for (const struct bound *other = keymap->items; other < bound; other++)
		if (other->pane == bound->pane && strcmp(other->command, bound->command) == 0)
			return false;
	return true;
}

static void put_command(struct reader *reader, const struct bound *first)
{
	const struct keymap *keymap = &reader->keymap;
	struct buffer keys = {0};
	for (const struct bound *bound = first; bound < keymap->items + keymap->count; bound++) {
		if (bound->pane != first->pane || strcmp(bound->command, first->command) != 0)
			continue;
		buffer_text(&keys, keys.length > 0 ? " " : "");
		keys_caption(&bound->keys, &keys);
	}
	sheet_line(&reader->sheet, 0);
	sheet_put(&reader->sheet, buffer_slice(&keys), reader->look[LOOK_HELP_KEY], reader->policy);
	int column = reader->sheet.columns >= 2 * KEYS_COLUMNS ? KEYS_COLUMNS : 0;
	if (reader->sheet.column + 2 > column)
		column = reader->sheet.column + 2;
	reader->sheet.column = column;
	put_help(reader, first->command);
	buffer_release(&keys);
}

static void put_pane(struct reader *reader, int pane, const char *title)
{
	const struct keymap *keymap = &reader->keymap;
	sheet_line(&reader->sheet, 0);
	put(reader, title, LOOK_HELP_TITLE);
	for (size_t i = 0; i < keymap->count; i++)
		if (keymap->items[i].pane == pane && is_first(keymap, &keymap->items[i]))
			put_command(reader, &keymap->items[i]);
	sheet_line(&reader->sheet, 0);
}

void help_fill(struct reader *reader, struct sheet *sheet)
{
	(void)sheet;
	put_pane(reader, (int)reader->focus, view_table[reader->focus].title);
	put_pane(reader, PANE_EVERYWHERE, "everywhere");
	reader->sheet.count--; /* no empty line at the end */
}
