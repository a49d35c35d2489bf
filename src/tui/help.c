/* Help: the keys that work in a pane, by what they are about, from the key map in force. */
#include "tui/app.h"

#include <string.h>

#define KEYS_COLUMNS 20

static void put(struct reader *reader, const char *text, enum look_name look)
{
	sheet_put(&reader->sheet, slice_of(text), reader->look[look], reader->policy);
}

static bool holds(const struct reader *reader, const struct bound *bound)
{
	return keymap_holds(reader->keymap, (int)reader->focus, bound);
}

/* All keys of the command text that the first of them runs. */
static void put_keys(struct reader *reader, const struct bound *first)
{
	const struct keymap *keymap = reader->keymap;
	struct buffer keys = {0};
	for (const struct bound *bound = first; bound < keymap->items + keymap->count; bound++)
		if (strcmp(bound->command, first->command) == 0 && holds(reader, bound)) {
			buffer_text(&keys, keys.length > 0 ? " " : "");
			keys_caption(&bound->keys, &keys);
		}
	sheet_line(&reader->sheet, 0);
	sheet_put(&reader->sheet, buffer_slice(&keys), reader->look[LOOK_HELP_KEY], reader->policy);
	buffer_release(&keys);
}

/* Its help, and what it is called with. */
static void put_help(
	struct reader *reader, const struct command *command, const struct bound *bound)
{
	struct buffer line = {0};
	size_t name = strlen(command->name);
	buffer_text(&line, command->help);
	if (bound->command[name] == ' ')
		buffer_format(&line, ": %s", bound->command + name + 1);
	sheet_wrap(&reader->sheet, buffer_slice(&line), reader->look[LOOK_HELP], reader->policy);
	buffer_release(&line);
}

static bool is_first(const struct reader *reader, const struct bound *bound)
{
	for (const struct bound *other = reader->keymap->items; other < bound; other++)
		if (strcmp(other->command, bound->command) == 0 && holds(reader, other))
			return false;
	return holds(reader, bound);
}

/* A command text has a line, and on it all its keys. */
static void put_command(struct reader *reader, const struct command *command)
{
	const struct keymap *keymap = reader->keymap;
	for (size_t i = 0; i < keymap->count; i++) {
		const struct bound *bound = &keymap->items[i];
		if (!slice_is(command_name(slice_of(bound->command)), command->name) ||
			!is_first(reader, bound))
			continue;
		put_keys(reader, bound);
		int column = reader->sheet.columns >= 2 * KEYS_COLUMNS ? KEYS_COLUMNS : 0;
		if (reader->sheet.column + 2 > column)
			column = reader->sheet.column + 2;
		reader->sheet.column = column;
		put_help(reader, command, bound);
	}
}

/* A topic without a key here has no title. */
static void put_topic(struct reader *reader, enum topic topic)
{
	size_t title = reader->sheet.count;
	sheet_line(&reader->sheet, 0);
	put(reader, topic_titles[topic], LOOK_HELP_TITLE);
	for (const struct command *command = command_table; command->name != NULL; command++)
		if (command->topic == topic)
			put_command(reader, command);
	if (reader->sheet.count == title + 1)
		reader->sheet.count = title;
	else
		sheet_line(&reader->sheet, 0);
}

void help_fill(struct reader *reader, struct sheet *sheet)
{
	for (int topic = 0; topic < TOPIC_LINE; topic++)
		put_topic(reader, (enum topic)topic);
	sheet->count--; /* no empty line at the end */
}
