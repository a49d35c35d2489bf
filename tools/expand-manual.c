/* The parts of the manual, in mdoc(7): options, keys, commands, variables, settings. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "byline/theme.h"
#include "expand.h"
#include "store/config.h"
#include "tui/keymap_file.h"
#include "tui/reader.h"

/* ---- mdoc ------------------------------------------------------------------------------- */

static const char *escape_of(char letter)
{
	static const struct {
		char letter;
		const char *escape;
	} escapes[] = {{'\\', "\\e"}, {'\'', "\\(aq"}, {'"', "\\(dq"}, {'`', "\\(ga"},
		{'^', "\\(ha"}, {'~', "\\(ti"}};
	for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++)
		if (escapes[i].letter == letter)
			return escapes[i].escape;
	return NULL;
}

static void append_escaped(struct slice text, struct buffer *into)
{
	for (size_t i = 0; i < text.length; i++) {
		const char *escape = escape_of(text.bytes[i]);
		if (escape)
			buffer_text(into, escape);
		else
			buffer_byte(into, text.bytes[i]);
	}
}

/* A word that is no macro and no punctuation, whatever it is made of; typed as it stands. */
static void append_word(struct slice word, struct buffer *into)
{
	buffer_text(into, " \\&");
	for (size_t i = 0; i < word.length; i++) {
		if (word.bytes[i] == '-')
			buffer_text(into, "\\-");
		else
			append_escaped(slice_cut(word, i, i + 1), into);
	}
}

/* A line of help as a sentence, without its end. */
static void append_sentence(struct slice help, struct buffer *into)
{
	bool small = help.length > 0 && help.bytes[0] >= 'a' && help.bytes[0] <= 'z';
	if (small)
		buffer_byte(into, (char)(help.bytes[0] - 'a' + 'A'));
	append_escaped(slice_cut(help, small, help.length), into);
}

static void append_words(const char *const *words, struct buffer *into)
{
	buffer_text(into, ".Cm");
	for (size_t i = 0; words[i]; i++) {
		buffer_text(into, i ? " ," : "");
		append_word(slice_of(words[i]), into);
	}
	buffer_text(into, " .\n");
}

/* Help, and the values there are. */
static void append_help(const char *help, const char *const *words, struct buffer *into)
{
	append_sentence(slice_of(help), into);
	buffer_text(into, words ? ":\n" : ".\n");
	if (words)
		append_words(words, into);
}

/* ---- Options ---------------------------------------------------------------------------- */

/* What the template says of an option beyond its help, between `@about NAME` and the next line that
 * begins with an @. */
static struct slice about(struct slice template, const char *name)
{
	struct buffer head = {0};
	struct slice line, found = {NULL, 0};
	buffer_format(&head, "@about %s", name);
	while (!found.bytes && take_line(&template, &line))
		if (slice_is(line, head.bytes))
			found = template;
	struct slice rest = found;
	size_t length = 0;
	while (take_line(&rest, &line) && line.bytes[0] != '@')
		length = found.length - rest.length;
	buffer_release(&head);
	return slice_cut(found, 0, length);
}

static void append_option(const struct option_entry *entry, struct buffer *out)
{
	buffer_text(out, ".It");
	if (entry->letter && entry->argument)
		buffer_format(out, " Fl %c Ar %s ,", entry->letter, entry->argument);
	else if (entry->letter)
		buffer_format(out, " Fl %c ,", entry->letter);
	buffer_text(out, " Fl Fl");
	append_word(slice_of(entry->name), out);
	if (entry->argument)
		buffer_format(out, " Ar %s", entry->argument);
	buffer_byte(out, '\n');
	append_help(entry->help, entry->words, out);
}

/* The prose follows the help; a word on an option that does not exist is dropped nowhere: the
 * check of the manual names it. */
static void print_options(struct expansion *expansion, struct slice argument)
{
	struct slice line;
	(void)argument;
	buffer_text(expansion->out, ".Bl -tag -width Ds\n");
	for (const struct option_entry *entry = option_table; entry->name; entry++) {
		append_option(entry, expansion->out);
		buffer_append(expansion->out, about(expansion->template, entry->name));
	}
	buffer_text(expansion->out, ".El\n");
	while (take_line(&expansion->template, &line) && !slice_is(line, "@end"))
		continue;
}

static void print_variables(struct expansion *expansion, struct slice argument)
{
	(void)argument;
	for (const struct variable_entry *entry = variable_table; entry->name; entry++) {
		buffer_format(expansion->out, ".It Ev %s\n", entry->name);
		append_sentence(slice_of(entry->help), expansion->out);
		if (!entry->option) {
			buffer_text(expansion->out, ".\n");
			continue;
		}
		buffer_text(expansion->out, ", where\n.Fl Fl");
		append_word(slice_of(entry->option), expansion->out);
		buffer_text(expansion->out, "\nis not given.\n");
	}
}

static void append_fields(const struct field *field, struct buffer *out)
{
	for (; field->key; field++) {
		buffer_text(out, ".It Ic");
		append_word(slice_of(field->key), out);
		buffer_byte(out, '\n');
		append_help(field->help, NULL, out);
	}
}

static void print_settings(struct expansion *expansion, struct slice argument)
{
	(void)argument;
	append_fields(config_fields, expansion->out);
}

static void print_keymap(struct expansion *expansion, struct slice argument)
{
	(void)argument;
	append_fields(keymap_fields, expansion->out);
}

static void print_presets(struct expansion *expansion, struct slice argument)
{
	(void)argument;
	for (const struct preset *preset = key_presets; preset->name; preset++) {
		buffer_text(expansion->out, ".It Cm");
		append_word(slice_of(preset->name), expansion->out);
		buffer_byte(expansion->out, '\n');
		append_help(preset->help, NULL, expansion->out);
	}
}

/* ---- Keys and commands ------------------------------------------------------------------ */

struct key_row {
	struct slice pane, keys, help;
	bool printed;
};

static size_t read_keys(struct slice text, struct key_row **rows)
{
	size_t count = 0, capacity = 0;
	for (struct slice line; take_line(&text, &line); count++) {
		*rows = grow(*rows, &capacity, count + 1, sizeof **rows);
		struct key_row *row = &(*rows)[count];
		*row = (struct key_row){.pane = take_field(&line)};
		row->keys = take_field(&line);
		take_field(&line); /* the command: its help says what it does */
		row->help = line;
	}
	return count;
}

/* All keys of a pane that do the same stand on one line. */
static void append_same(struct key_row *rows, size_t count, struct buffer *out)
{
	struct slice help = rows->help;
	buffer_text(out, ".It Ic");
	for (size_t i = 0, printed = 0; i < count; i++) {
		if (!slice_equal(rows[i].pane, rows->pane) || !slice_equal(rows[i].help, help))
			continue;
		buffer_text(out, printed++ ? " ," : "");
		append_word(rows[i].keys, out);
		rows[i].printed = true;
	}
	buffer_byte(out, '\n');
	append_sentence(help, out);
	buffer_text(out, ".\n");
}

static void append_pane(struct key_row *rows, size_t count, struct buffer *out)
{
	buffer_format(out, ".Ss Keys: %.*s\n.Bl -tag -width 20n -compact\n", (int)rows->pane.length,
		rows->pane.bytes);
	for (size_t i = 0; i < count; i++)
		if (!rows[i].printed && slice_equal(rows[i].pane, rows->pane))
			append_same(rows + i, count - i, out);
	buffer_text(out, ".El\n");
}

static void print_keys(struct expansion *expansion, struct slice argument)
{
	struct buffer text = {0};
	struct key_row *rows = NULL;
	(void)argument;
	struct keymap *keymap = keymap_new();
	keymap_use_preset(keymap, slice_of(DEFAULT_PRESET));
	keymap_add_kinds(keymap, expansion->packs);
	reader_list_keys(keymap, &text);
	keymap_free(keymap);
	size_t count = read_keys(buffer_slice(&text), &rows);
	for (size_t i = 0; i < count; i++)
		if (!rows[i].printed)
			append_pane(rows + i, count - i, expansion->out);
	free(rows);
	buffer_release(&text);
}

static void print_commands(struct expansion *expansion, struct slice argument)
{
	(void)argument;
	for (const struct command *command = command_table; command->name; command++) {
		buffer_text(expansion->out, ".It Ic");
		append_word(slice_of(command->name), expansion->out);
		if (command->argument)
			buffer_format(expansion->out, " Ar %s", command->argument);
		buffer_byte(expansion->out, '\n');
		append_help(command->help, NULL, expansion->out);
	}
}

/* ---- Names ------------------------------------------------------------------------------ */

static void print_version(struct expansion *expansion, struct slice before)
{
	buffer_append(expansion->out, before);
	buffer_text(expansion->out, " " BYLINE_VERSION "\n");
}

static void print_themes(struct expansion *expansion, struct slice argument)
{
	const char *names[64] = {NULL};
	(void)argument;
	for (size_t i = 0; i + 1 < sizeof names / sizeof *names && theme_embedded(i); i++)
		names[i] = theme_embedded(i);
	append_words(names, expansion->out);
}

static void print_packs(struct expansion *expansion, struct slice argument)
{
	(void)argument;
	for (size_t i = 0; i < expansion->packs->count; i++) {
		buffer_text(expansion->out, ".It Cm");
		append_word(slice_of(pack_name(expansion->packs->items[i])), expansion->out);
		buffer_byte(expansion->out, '\n');
		append_help(pack_title(expansion->packs->items[i]), NULL, expansion->out);
	}
}

const struct part manual_parts[] = {
	{"options", print_options},
	{"variables", print_variables},
	{"settings", print_settings},
	{"keymap", print_keymap},
	{"presets", print_presets},
	{"keys", print_keys},
	{"commands", print_commands},
	{"version", print_version},
	{"themes", print_themes},
	{"packs", print_packs},
	{NULL, NULL},
};
