/* The prompt that takes commands, and what else may be typed there.
 *
 * A number is a paragraph, a number with % a share of the text, what begins with / or ? a search.
 * Everything else is the name of a command, or one of the short names that people bring along from
 * other readers; a number before it is its count.
 */
#include "tui/app.h"
#include "tui/commands.h"

#include <string.h>

#define ENTITIES_MOST 5000 /* that are looked through to complete a name */

struct short_name {
	const char *name, *command;
};

static const struct short_name short_names[] = {
	{"e", "open"},
	{"e!", "reload"},
	{"f", "about"},
	{"h", "help"},
	{"n", "next-file"},
	{"N", "previous-file"},
	{"marks", "bookmarks"},
	{"noh", "back"},
	{"p", "previous-file"},
	{"prev", "previous-file"},
	{"q", "quit"},
	{"q!", "quit"},
	{"qa", "quit"},
	{"qa!", "quit"},
	{"wq", "quit"},
	{"x", "quit"},
	{"$", "last"},
	{NULL, NULL},
};

static struct slice full_name(struct slice name)
{
	for (const struct short_name *row = short_names; row->name != NULL; row++)
		if (slice_is(name, row->name))
			return slice_of(row->command);
	return name;
}

/* ---- Reading a line --------------------------------------------------------------------- */

struct line_parts {
	struct call call;
	struct slice typed, name; /* as it stands there, and in full */
};

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static struct slice rest_of(struct slice text, size_t from)
{
	return slice_trim(slice_cut(text, from, text.length));
}

/* The count, the name and the argument. */
static struct line_parts split(struct slice line)
{
	struct line_parts parts = {.call = {.count = 1}};
	size_t digits = 0, end = 0;
	while (slice_starts(line, ":"))
		line = rest_of(line, 1);
	parts.call.counted = line.length > 0 && is_digit(*line.bytes);
	if (parts.call.counted)
		parts.call.count = 0;
	for (; digits < line.length && is_digit(line.bytes[digits]); digits++)
		if (parts.call.count <= COUNT_MOST)
			parts.call.count =
				parts.call.count * 10 + (size_t)(line.bytes[digits] - '0');
	line = rest_of(line, digits);
	while (end < line.length && line.bytes[end] != ' ')
		end++;
	parts.typed = slice_cut(line, 0, end);
	parts.name = full_name(parts.typed);
	parts.call.argument = rest_of(line, end);
	return parts;
}

static bool is_search(struct slice line)
{
	return slice_starts(line, "/") || slice_starts(line, "?");
}

/* The name in full, and the argument. */
static void put_text(const struct line_parts *parts, struct buffer *into)
{
	buffer_append(into, parts->name);
	buffer_text(into, parts->call.argument.length > 0 ? " " : "");
	buffer_append(into, parts->call.argument);
}

static bool names_right(const struct line_parts *parts, struct buffer *why)
{
	const struct command *command = command_named(parts->name);
	struct buffer text = {0};
	put_text(parts, &text);
	bool good = command_check(buffer_slice(&text), why);
	buffer_release(&text);
	bool lacks = good && command->argument != NULL && parts->call.argument.length == 0;
	if (lacks)
		buffer_format(why, "%s needs an argument: %s %s", command->name, command->name,
			command->argument);
	else if (good && command->topic == TOPIC_LINE)
		buffer_format(why, "%s is a matter of keys, while a line is typed", command->name);
	return good && !lacks && command->topic != TOPIC_LINE;
}

/* A number alone is a paragraph, with % a share. */
static struct line_parts split_line(struct slice line)
{
	struct line_parts parts = split(line);
	if (slice_is(parts.name, "%"))
		parts.name = slice_of("to-percent");
	else if (parts.name.length == 0 && parts.call.counted)
		parts.name = slice_of("first");
	return parts;
}

bool line_check(struct slice line, struct buffer *why)
{
	line = slice_trim(line);
	struct line_parts parts = split_line(line);
	return is_search(line) || parts.name.length == 0 || names_right(&parts, why);
}

void reader_run_line(struct reader *reader, struct slice line)
{
	struct buffer text = {0};
	line = slice_trim(line);
	struct line_parts parts = split_line(line);
	if (is_search(line)) {
		reader_search(reader, slice_cut(line, 1, line.length), *line.bytes == '?');
	} else if (!line_check(line, &text)) {
		reader_complain(reader, "%s", text.bytes);
	} else if (parts.name.length > 0) {
		put_text(&parts, &text);
		reader_command(reader, buffer_slice(&text), &parts.call);
	}
	buffer_release(&text);
}

/* ---- Completion ------------------------------------------------------------------------- */

/* The blank that divides a name from its argument comes with it. */
static void add_commands(struct completion *into)
{
	struct buffer name = {0};
	for (const struct command *command = command_table; command->name != NULL; command++) {
		if (command->topic == TOPIC_LINE)
			continue;
		name.length = 0;
		buffer_format(&name, "%s%s", command->name, command->argument != NULL ? " " : "");
		completion_add(into, buffer_slice(&name), command->help);
	}
	buffer_release(&name);
}

static void add_panes(struct reader *reader, struct completion *into)
{
	(void)reader;
	for (int pane = 0; pane < PANE_BASE_COUNT; pane++)
		completion_add(into, slice_of(view_table[pane].name), NULL);
}

static void add_kinds(struct reader *reader, struct completion *into)
{
	for (size_t i = 0; i < reader->packs->kind_count; i++)
		completion_add(into, slice_of(reader->packs->kinds[i].name),
			reader->packs->kinds[i].label);
}

static void add_themes(struct reader *reader, struct completion *into)
{
	(void)reader;
	for (size_t i = 0; theme_embedded(i) != NULL; i++)
		completion_add(into, slice_of(theme_embedded(i)), NULL);
}

static void add_files(struct reader *reader, struct completion *into)
{
	if (!reader->secure)
		completion_add_files(into, into->typed);
}

/* Names of entities, which is what one cannot know by heart. */
static void add_positions(struct reader *reader, struct completion *into)
{
	const struct reading *reading = reader_reading(reader);
	struct buffer name = {0};
	completion_add(into, slice_of("quote:"), "a quote's number");
	completion_add(into, slice_of("heading:"), "a heading's number");
	completion_add(into, slice_of("entity:"), "a name");
	size_t count = reading->annotated ? reading->index.found->entity_count : 0;
	bool named = slice_starts(into->typed, "entity:");
	for (size_t i = 0; named && i < count && i < ENTITIES_MOST; i++) {
		name.length = 0;
		buffer_text(&name, "entity:");
		buffer_append(&name, reading->index.found->entities[i].name);
		completion_add(into, buffer_slice(&name), NULL);
	}
	buffer_release(&name);
}

/* What may stand for an argument of this name. */
static const struct {
	const char *argument;
	void (*add)(struct reader *reader, struct completion *into);
} sources[] = {
	{"PANE", add_panes},
	{"KIND", add_kinds},
	{"THEME", add_themes},
	{"FILE", add_files},
	{"POSITION", add_positions},
};

/* A name while nothing follows it, then its argument. */
static void complete(struct reader *reader, struct slice head, struct completion *into)
{
	struct line_parts parts = split(head);
	const struct command *command = command_named(parts.name);
	size_t from = head.length - parts.typed.length;
	if (parts.call.argument.length == 0 && !slice_ends(head, " ")) {
		completion_begin(into, from, parts.typed);
		add_commands(into);
		return;
	}
	if (parts.call.argument.length > 0)
		from = (size_t)(parts.call.argument.bytes - head.bytes);
	else
		from = head.length;
	completion_begin(into, from, slice_cut(head, from, head.length));
	if (command == NULL || command->argument == NULL)
		return;
	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
		if (strcmp(command->argument, sources[i].argument) == 0)
			sources[i].add(reader, into);
}

/* What the command so far does, and what it wants behind it. */
static void hint(const struct reader *reader, struct slice text, struct buffer *into)
{
	(void)reader;
	struct line_parts parts = split(text);
	const struct command *command = command_named(parts.name);
	if (command == NULL)
		return;
	if (command->argument != NULL && parts.call.argument.length == 0)
		buffer_format(into, "%s: ", command->argument);
	buffer_text(into, command->help);
}

static const struct prompt_kind command_prompt = {
	.mark = ":",
	.history = HISTORY_COMMAND,
	.entered = reader_run_line,
	.complete = complete,
	.hint = hint,
};

COMMAND(open_command_line)
{
	(void)call;
	prompt_open(reader, &command_prompt);
}
