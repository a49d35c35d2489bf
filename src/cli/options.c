/* The table of options and the parser that walks it; see options.h. */
#include "cli/options.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "byline/document.h"
#include "byline/export.h"
#include "tui/reader.h"

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

static void join(const char *const *words, struct buffer *into)
{
	for (size_t i = 0; words[i]; i++)
		buffer_format(into, "%s%s", i ? " " : "", words[i]);
}

static void report_word(const struct option_entry *entry, const char *word, struct diagnostics *out)
{
	size_t count = 0;
	struct buffer names = {0}, visible = {0};
	while (entry->words[count])
		count++;
	const char *near = nearest_of(slice_of(word), entry->words, count);
	join(entry->words, &names);
	text_visible(slice_of(word), &visible);
	diagnostics_report(out, NULL, 0, 0, "--%s has no value '%s'; %s%s%sknown: %s", entry->name,
		visible.length ? visible.bytes : "", near ? "did you mean '" : "", near ? near : "",
		near ? "'? " : "", names.bytes);
	buffer_release(&visible);
	buffer_release(&names);
}

static const struct option_entry *find_option(struct slice name)
{
	for (const struct option_entry *entry = option_table; entry->name; entry++)
		if (slice_is(name, entry->name))
			return entry;
	return NULL;
}

/* The index of a word in the values of an option, in any case, or -1 after naming the known ones.
 */
static int choose(const char *option, const char *word, struct diagnostics *out)
{
	const struct option_entry *entry = find_option(slice_of(option));
	for (int i = 0; entry->words[i]; i++)
		if (strcasecmp(entry->words[i], word) == 0)
			return i;
	report_word(entry, word, out);
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
	int format = choose("format", argument, out);
	if (format < 0)
		return false;
	options->format = (enum output_format)format;
	return ask(options, ACTION_PRINT, "format", out);
}

static bool set_only(struct options *options, const char *argument, struct diagnostics *out)
{
	options->only = choose("only", argument, out);
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
	int type = choose("type", argument, out);
	if (type >= 0)
		options->type = document_type_names[type];
	return type >= 0;
}

/* Beside the common names that are listed, those are taken that the C library knows. */
static bool set_encoding(struct options *options, const char *argument, struct diagnostics *out)
{
	bool known = encoding_is_known(argument);
	if (known)
		options->encoding = argument;
	else
		report_word(find_option(slice_of("encoding")), argument, out);
	return known;
}

static bool set_color(struct options *options, const char *argument, struct diagnostics *out)
{
	int when = choose("color", argument, out);
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
	int list = choose("list", argument, out);
	if (list >= 0)
		options->list = list_names[list];
	return list >= 0 && ask(options, ACTION_LIST, "list", out);
}

#define SCREEN_MOST 2000

static bool set_screen(struct options *options, const char *argument, struct diagnostics *out)
{
	const char *by = strchr(argument, 'x');
	char *columns_text =
		memory_text((struct slice){argument, by ? (size_t)(by - argument) : 0});
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

static bool set_jobs(struct options *options, const char *argument, struct diagnostics *out)
{
	size_t jobs;
	options->jobs_said = parse_number(argument, JOBS_MOST, &jobs);
	if (options->jobs_said)
		options->jobs = (unsigned)jobs;
	else
		diagnostics_report(out, NULL, 0, 0, "--jobs needs a number from 0 to %d, not '%s'",
			JOBS_MOST, argument);
	return options->jobs_said;
}

static bool set_secure(struct options *options, const char *argument, struct diagnostics *out)
{
	(void)argument;
	(void)out;
	options->secure = true;
	return true;
}

static bool set_at(struct options *options, const char *argument, struct diagnostics *out)
{
	struct position position;
	bool good = position_parse(slice_of(argument), &position);
	position_release(&position);
	options->at = argument;
	if (!good)
		diagnostics_report(
			out, NULL, 0, 0, "--at needs %s, not '%s'", POSITION_FORMS, argument);
	return good;
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

static const char *const format_names[] = {"text", "json", "ndjson", NULL};
static const char *const color_names[] = {"auto", "always", "never", NULL};
const char *const list_names[] = {"packs", "themes", "kinds", "styles", "commands", "keys", NULL};

const struct option_entry option_table[] = {
	{'f', "format", "FORMAT", "print instead of reading", format_names, NULL, NULL, set_format},
	{0, "only", "PART", "with text", export_part_names, NULL, NULL, set_only},
	{'p', "pack", "PACK", "add a pack, by name or file; 'none' first: only those named", NULL,
		"packs", "none", set_pack},
	{'t', "theme", "THEME", "a theme, by name or file; 'auto', 'light', 'dark'", NULL, "themes",
		"auto light dark", set_theme},
	{'w', "width", "N", "measure in columns", NULL, NULL, NULL, set_width},
	{0, "type", "TYPE", "of the input, even where it is binary", document_type_names, NULL,
		NULL, set_type},
	{0, "encoding", "NAME", "of the input", encoding_names, NULL, NULL, set_encoding},
	{0, "color", "WHEN", "colours", color_names, NULL, NULL, set_color},
	{0, "at", "POSITION", "begin at " POSITION_FORMS, NULL, NULL, NULL, set_at},
	{'j', "jobs", "N", "processes that print; 0: one a core", NULL, NULL, NULL, set_jobs},
	{0, "check", NULL, "check packs, themes, key maps and configurations", NULL, NULL, NULL,
		set_check},
	{0, "print", "NAME", "the source of an embedded pack or theme", NULL, "packs themes", NULL,
		set_print},
	{0, "why", "OFFSET", "explain what is marked at a byte of the text", NULL, NULL, NULL,
		set_why},
	{0, "list", "WHAT", "what is known", list_names, NULL, NULL, set_list},
	{0, "screen", "COLSxROWS", "the reader without a terminal: print its last screen", NULL,
		NULL, NULL, set_screen},
	{0, "keys", "KEYS", "with --screen: keys to press before", NULL, NULL, NULL, set_keys},
	{0, "styles", NULL, "with --screen: a row of style letters under each row", NULL, NULL,
		NULL, set_styles},
	{0, "no-config", NULL, "read no configuration", NULL, NULL, NULL, set_no_config},
	{0, "secure", NULL, "open no other file, start no program, write nothing", NULL, NULL, NULL,
		set_secure},
	{'h', "help", NULL, "this help", NULL, NULL, NULL, set_help},
	{'V', "version", NULL, "the version", NULL, NULL, NULL, set_version},
	{0, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
};

const struct variable_entry variable_table[] = {
	{"BYLINE_THEME", "theme", "a theme"},
	{"BYLINE_PACKS", "pack", "packs, with commas between them"},
	{"BYLINE_WIDTH", "width", "a number"},
	{KEYS_VARIABLE, NULL, "a key map, by file or by the name of a preset, and not keys.yaml"},
	{"BYLINE_SECURE", "secure", "anything"},
	{NULL, NULL, NULL},
};

const char *variable_of(const char *option)
{
	const struct variable_entry *entry = variable_table;
	while (entry->name && !(entry->option && strcmp(entry->option, option) == 0))
		entry++;
	return entry->name;
}

const char *environment_said(const char *name)
{
	const char *value = getenv(name);
	return value && *value ? value : NULL;
}

const char *variable_said(const char *option)
{
	return environment_said(variable_of(option));
}

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
	const struct option_entry *entry = find_option(name);
	if (entry)
		apply(parsing, entry, equals ? equals + 1 : NULL);
	else
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

/* Standard input has one end. */
static bool input_stands_once(const struct options *options, struct diagnostics *out)
{
	size_t count = 0;
	for (size_t i = 0; i < options->files.count; i++)
		count += strcmp(options->files.items[i], "-") == 0;
	if (count > 1)
		diagnostics_report(out, NULL, 0, 0,
			"'-' stands %zu times among the files; standard input can be read once",
			count);
	return count <= 1;
}

bool options_parse(struct options *options, int count, char **arguments, struct diagnostics *out)
{
	struct parsing parsing = {options, arguments, count, 1, out, true};
	bool files_only = false;
	while (parsing.at < count) {
		const char *argument = arguments[parsing.at++];
		bool option = !files_only && argument[0] == '-' && argument[1];
		if (!files_only && argument[0] == '+')
			names_add(&options->starts, argument + 1);
		else if (!option)
			names_add(&options->files, argument);
		else if (strcmp(argument, "--") == 0)
			files_only = true;
		else if (argument[1] == '-')
			parse_long(&parsing, argument);
		else
			parse_letters(&parsing, argument);
	}
	bool screen = screen_is_asked(options, out);
	return input_stands_once(options, out) && screen && parsing.good;
}

bool options_set(
	struct options *options, const char *name, const char *argument, struct diagnostics *out)
{
	return find_option(slice_of(name))->set(options, argument, out);
}

void options_release(struct options *options)
{
	free(options->packs.items);
	free(options->files.items);
	free(options->starts.items);
	*options = (struct options){0};
}

#define HELP_WORDS 50 /* bytes */

/* As many values as have room in a line. */
static void append_values(const char *const *words, struct buffer *into)
{
	size_t length = 0;
	for (size_t i = 0; words[i]; i++) {
		length += strlen(words[i]) + 1;
		if (length > HELP_WORDS) {
			buffer_text(into, " ...");
			return;
		}
		buffer_format(into, "%s%s", i ? " " : "", words[i]);
	}
}

static void help_row(const struct option_entry *entry, struct buffer *into)
{
	struct buffer head = {0};
	if (entry->letter)
		buffer_format(&head, "-%c, ", entry->letter);
	else
		buffer_text(&head, "    ");
	buffer_format(&head, "--%s%s%s", entry->name, entry->argument ? " " : "",
		entry->argument ? entry->argument : "");
	buffer_format(into, "  %-24s ", head.bytes);
	buffer_text(into, entry->help);
	if (entry->words) {
		buffer_text(into, ": ");
		append_values(entry->words, into);
	}
	buffer_byte(into, '\n');
	buffer_release(&head);
}

void options_help(struct buffer *into)
{
	buffer_text(into, "usage: byline [OPTION]... [+COMMAND] [--] [FILE | -]...\n"
			  "Reads articles: the text, who is in it, who said what.\n\n");
	for (const struct option_entry *entry = option_table; entry->name; entry++)
		help_row(entry, into);
	buffer_format(into, "  %-24s %s\n", "+COMMAND",
		"begin with keys, a number, /PATTERN or :COMMAND");
	buffer_text(
		into, "\nWithout a format, at a terminal: the reader; h there shows its keys.\n");
}
