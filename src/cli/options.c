/* The table of options and the parser that walks it; see options.h. */
#include "cli/options.h"

#include <stdlib.h>
#include <string.h>

#include "byline/export.h"

void names_add(struct names *names, const char *name)
{
	names->items = grow(names->items, &names->capacity, names->count + 1, sizeof(char *));
	names->items[names->count++] = name;
}

/* ---- Values ----------------------------------------------------------------------------- */

static bool parse_number(const char *text, size_t most, size_t *number)
{
	*number = 0;
	if (!*text)
		return false;
	for (; *text; text++) {
		if (*text < '0' || *text > '9')
			return false;
		*number = *number * 10 + (size_t)(*text - '0');
		if (*number > most)
			return false;
	}
	return true;
}

/* The index of a word in a NULL-ended table, or -1 after naming the known ones. */
static int choose(
	const char *option, const char *word, const char *const *known, struct diagnostics *out)
{
	size_t count = 0;
	struct buffer names = {0};
	for (; known[count]; count++) {
		if (strcmp(known[count], word) == 0) {
			buffer_release(&names);
			return (int)count;
		}
		buffer_format(&names, "%s%s", count ? " " : "", known[count]);
	}
	const char *near = nearest_of(slice_of(word), known, count);
	struct buffer visible = {0};
	text_visible(slice_of(word), &visible);
	diagnostics_report(out, NULL, 0, 0, "--%s has no value '%s'; %s%s%sknown: %s", option,
		visible.length ? visible.bytes : "", near ? "did you mean '" : "", near ? near : "",
		near ? "'? " : "", names.bytes);
	buffer_release(&visible);
	buffer_release(&names);
	return -1;
}

/* One run does one thing. */
static bool ask(
	struct options *options, enum action action, const char *name, struct diagnostics *out)
{
	bool other = options->action_name && options->action != action;
	if (other)
		diagnostics_report(out, NULL, 0, 0,
			"--%s and --%s ask for different things; leave one out",
			options->action_name, name);
	options->action = action;
	options->action_name = name;
	return !other;
}

static bool set_format(struct options *options, const char *argument, struct diagnostics *out)
{
	static const char *const formats[] = {"text", "json", "ndjson", NULL};
	int format = choose("format", argument, formats, out);
	if (format < 0)
		return false;
	options->format = (enum output_format)format;
	return ask(options, ACTION_PRINT, "format", out);
}

static bool set_only(struct options *options, const char *argument, struct diagnostics *out)
{
	options->only = choose("only", argument, export_part_names, out);
	return options->only >= 0;
}

static bool set_pack(struct options *options, const char *argument, struct diagnostics *out)
{
	(void)out;
	if (!options->packs_named)
		options->packs.count = 0;
	options->packs_named = true;
	names_add(&options->packs, argument);
	return true;
}

static bool set_theme(struct options *options, const char *argument, struct diagnostics *out)
{
	(void)out;
	options->theme = argument;
	options->theme_named = true;
	return true;
}

#define WIDTH_LEAST 20
#define WIDTH_MOST 1000

static bool set_width(struct options *options, const char *argument, struct diagnostics *out)
{
	size_t width;
	if (!parse_number(argument, WIDTH_MOST, &width) || width < WIDTH_LEAST) {
		diagnostics_report(out, NULL, 0, 0,
			"--width needs a number from %d to %d, not '%s'", WIDTH_LEAST, WIDTH_MOST,
			argument);
		return false;
	}
	options->width = (unsigned)width;
	return true;
}

static bool set_type(struct options *options, const char *argument, struct diagnostics *out)
{
	static const char *const types[] = {"plain", NULL};
	(void)options;
	return choose("type", argument, types, out) >= 0;
}

static bool set_color(struct options *options, const char *argument, struct diagnostics *out)
{
	static const char *const whens[] = {"auto", "always", "never", NULL};
	int when = choose("color", argument, whens, out);
	options->color = when < 0 ? COLOR_AUTO : (enum color_when)when;
	return when >= 0;
}

static bool set_check(struct options *options, const char *argument, struct diagnostics *out)
{
	(void)argument;
	return ask(options, ACTION_CHECK, "check", out);
}

static bool set_print(struct options *options, const char *argument, struct diagnostics *out)
{
	options->source = argument;
	return ask(options, ACTION_SOURCE, "print", out);
}

static bool set_why(struct options *options, const char *argument, struct diagnostics *out)
{
	if (parse_number(argument, NOWHERE / 16, &options->why))
		return ask(options, ACTION_WHY, "why", out);
	diagnostics_report(out, NULL, 0, 0, "--why needs a byte offset, not '%s'", argument);
	return false;
}

static bool set_list(struct options *options, const char *argument, struct diagnostics *out)
{
	static const char *const lists[] = {
		"packs", "themes", "kinds", "styles", "commands", "keys", NULL};
	options->list = argument;
	return choose("list", argument, lists, out) >= 0 && ask(options, ACTION_LIST, "list", out);
}

#define SCREEN_MOST 2000

static bool set_screen(struct options *options, const char *argument, struct diagnostics *out)
{
	const char *by = strchr(argument, 'x');
	char *columns_text = strndup(argument, by ? (size_t)(by - argument) : 0);
	size_t columns = 0, rows = 0;
	bool good = by && parse_number(columns_text, SCREEN_MOST, &columns) &&
		    parse_number(by + 1, SCREEN_MOST, &rows) && columns > 0 && rows > 0;
	free(columns_text);
	options->columns = (unsigned)columns;
	options->rows = (unsigned)rows;
	if (!good)
		diagnostics_report(out, NULL, 0, 0,
			"--screen needs COLSxROWS such as 80x24 (at most %dx%d), not '%s'",
			SCREEN_MOST, SCREEN_MOST, argument);
	return good && ask(options, ACTION_SCREEN, "screen", out);
}

static bool set_keys(struct options *options, const char *argument, struct diagnostics *out)
{
	(void)out;
	options->keys = argument;
	return true;
}

static bool set_styles(struct options *options, const char *argument, struct diagnostics *out)
{
	(void)argument;
	(void)out;
	options->styles = true;
	return true;
}

static bool set_no_config(struct options *options, const char *argument, struct diagnostics *out)
{
	(void)argument;
	(void)out;
	options->no_config = true;
	return true;
}

static bool set_help(struct options *options, const char *argument, struct diagnostics *out)
{
	(void)argument;
	return ask(options, ACTION_HELP, "help", out);
}

static bool set_version(struct options *options, const char *argument, struct diagnostics *out)
{
	(void)argument;
	return ask(options, ACTION_VERSION, "version", out);
}

const struct option_entry option_table[] = {
	{'f', "format", "FORMAT", "print instead of reading: text json ndjson", set_format},
	{0, "only", "PART", "with text: article entities quotes blocks sentences", set_only},
	{'p', "pack", "PACK", "add a pack, by name or file; 'none' first: only those named",
		set_pack},
	{'t', "theme", "THEME", "a theme, by name or file", set_theme},
	{'w', "width", "N", "measure in columns", set_width},
	{0, "type", "TYPE", "of the input: plain", set_type},
	{0, "color", "WHEN", "auto always never", set_color},
	{0, "check", NULL, "check the packs and themes named as files or by name", set_check},
	{0, "print", "NAME", "the source of an embedded pack or theme", set_print},
	{0, "why", "OFFSET", "explain what is marked at a byte of the text", set_why},
	{0, "list", "WHAT", "packs themes kinds styles commands keys", set_list},
	{0, "screen", "COLSxROWS", "the reader without a terminal: print its last screen",
		set_screen},
	{0, "keys", "KEYS", "with --screen: keys to press before", set_keys},
	{0, "styles", NULL, "with --screen: a row of style letters under each row", set_styles},
	{0, "no-config", NULL, "read no configuration", set_no_config},
	{'h', "help", NULL, "this help", set_help},
	{'V', "version", NULL, "the version", set_version},
	{0, NULL, NULL, NULL, NULL},
};

/* ---- Parsing ---------------------------------------------------------------------------- */

struct parsing {
	struct options *options;
	char **arguments;
	int count, at;
	struct diagnostics *out;
	bool good;
};

static const char *option_name(const void *of, size_t i)
{
	(void)of;
	return option_table[i].name;
}

static void report_unknown(struct parsing *parsing, struct slice argument, struct slice name)
{
	const char *near = name.length > 1 ? nearest(name, option_name, NULL) : NULL;
	struct buffer visible = {0};
	text_visible(argument, &visible);
	diagnostics_report(parsing->out, NULL, 0, 0, "no option '%s'%s%s%s; see --help",
		visible.bytes, near ? "; did you mean '--" : "", near ? near : "",
		near ? "'?" : "");
	buffer_release(&visible);
	parsing->good = false;
}

static void apply(struct parsing *parsing, const struct option_entry *entry, const char *value)
{
	if (entry->argument && !value && parsing->at < parsing->count)
		value = parsing->arguments[parsing->at++];
	if (entry->argument && !value) {
		diagnostics_report(parsing->out, NULL, 0, 0, "--%s needs %s; see --help",
			entry->name, entry->argument);
		parsing->good = false;
	} else if (!entry->argument && value) {
		diagnostics_report(parsing->out, NULL, 0, 0, "--%s takes no value", entry->name);
		parsing->good = false;
	} else if (!entry->set(parsing->options, value, parsing->out)) {
		parsing->good = false;
	}
}

static void parse_long(struct parsing *parsing, const char *argument)
{
	const char *equals = strchr(argument, '=');
	struct slice name = slice_of(argument + 2);
	if (equals)
		name.length = (size_t)(equals - argument) - 2;
	for (const struct option_entry *entry = option_table; entry->name; entry++) {
		if (!slice_is(name, entry->name))
			continue;
		apply(parsing, entry, equals ? equals + 1 : NULL);
		return;
	}
	report_unknown(parsing, slice_of(argument), name);
}

static void report_letter(struct parsing *parsing, char letter)
{
	const char option[2] = {'-', letter};
	struct slice text = {option, sizeof option};
	report_unknown(parsing, text, slice_cut(text, 1, 2));
}

/* -t dusk, -tdusk, -Vh: letters may stand together until one takes an argument. */
static void parse_letters(struct parsing *parsing, const char *argument)
{
	for (const char *letter = argument + 1; *letter; letter++) {
		const struct option_entry *entry = option_table;
		while (entry->name && entry->letter != *letter)
			entry++;
		if (!entry->name) {
			report_letter(parsing, *letter);
			return;
		}
		if (entry->argument) {
			apply(parsing, entry, letter[1] ? letter + 1 : NULL);
			return;
		}
		apply(parsing, entry, NULL);
	}
}

/* Keys and style letters belong to a screen. */
static bool screen_is_asked(const struct options *options, struct diagnostics *out)
{
	const char *name = options->keys ? "keys" : options->styles ? "styles" : NULL;
	if (!name || options->action == ACTION_SCREEN)
		return true;
	diagnostics_report(out, NULL, 0, 0, "--%s goes with --screen; see --help", name);
	return false;
}

bool options_parse(struct options *options, int count, char **arguments, struct diagnostics *out)
{
	struct parsing parsing = {options, arguments, count, 1, out, true};
	bool files_only = false;
	while (parsing.at < count) {
		const char *argument = arguments[parsing.at++];
		bool option = !files_only && argument[0] == '-' && argument[1];
		if (!option)
			names_add(&options->files, argument);
		else if (strcmp(argument, "--") == 0)
			files_only = true;
		else if (argument[1] == '-')
			parse_long(&parsing, argument);
		else
			parse_letters(&parsing, argument);
	}
	return screen_is_asked(options, out) && parsing.good;
}

bool options_set(
	struct options *options, const char *name, const char *argument, struct diagnostics *out)
{
	for (const struct option_entry *entry = option_table; entry->name; entry++)
		if (strcmp(entry->name, name) == 0)
			return entry->set(options, argument, out);
	return false;
}

void options_release(struct options *options)
{
	free(options->packs.items);
	free(options->files.items);
	*options = (struct options){0};
}

void options_help(struct buffer *into)
{
	buffer_text(into, "usage: byline [OPTION]... [--] [FILE | -]...\n"
			  "Reads articles: the text, who is in it, who said what.\n\n");
	for (const struct option_entry *entry = option_table; entry->name; entry++) {
		struct buffer head = {0};
		if (entry->letter)
			buffer_format(&head, "-%c, ", entry->letter);
		else
			buffer_text(&head, "    ");
		buffer_format(&head, "--%s%s%s", entry->name, entry->argument ? " " : "",
			entry->argument ? entry->argument : "");
		buffer_format(into, "  %-24s %s\n", head.bytes, entry->help);
		buffer_release(&head);
	}
	buffer_text(
		into, "\nWithout a format, at a terminal: the reader; h there shows its keys.\n");
}
