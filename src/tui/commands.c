/* The command table, and the commands that belong to no pane. */
#include "tui/commands.h"

#include <stdlib.h>
#include <string.h>

#include "tui/app.h"

/* clang-format off */
const struct command command_table[] = {
	{"down", NULL, "one row on; in a list, the next entry", go_down},
	{"up", NULL, "one row back; in a list, the entry before", go_up},
	{"page-down", NULL, "one page on", go_page_down},
	{"page-up", NULL, "one page back", go_page_up},
	{"half-down", NULL, "half a page on", go_half_down},
	{"half-up", NULL, "half a page back", go_half_up},
	{"first", NULL, "to the beginning; with a number, to that paragraph", go_first},
	{"last", NULL, "to the end; with a number, to that paragraph", go_last},
	{"to-percent", NULL, "to so many percent of the text", go_percent},
	{"next-paragraph", NULL, "to the next paragraph", next_paragraph},
	{"previous-paragraph", NULL, "to the paragraph before", previous_paragraph},
	{"next-sentence", NULL, "to the next sentence", next_sentence},
	{"previous-sentence", NULL, "to the sentence before", previous_sentence},
	{"next-quote", NULL, "to the next quote", next_quote},
	{"previous-quote", NULL, "to the quote before", previous_quote},
	{"next-said", NULL, "to the same speaker's next quote", next_said},
	{"previous-said", NULL, "to the same speaker's quote before", previous_said},
	{"next-mention", NULL, "to the next mention of the chosen entity", next_mention},
	{"previous-mention", NULL, "to its mention before", previous_mention},
	{"next-entity", NULL, "to the next mention of any entity", next_entity},
	{"previous-entity", NULL, "to the mention before, of any entity", previous_entity},
	{"next-kind", "KIND", "to the next mention of a kind", next_kind},
	{"previous-kind", "KIND", "to the mention before, of a kind", previous_kind},
	{"repeat", NULL, "the last of these walks again, forward", repeat_on},
	{"repeat-back", NULL, "the last of these walks again, backward", repeat_back},
	{"search", NULL, "look for a regular expression", search_on},
	{"search-back", NULL, "look for one backward", search_back},
	{"next-hit", NULL, "to the next hit of the search", next_hit},
	{"previous-hit", NULL, "to the hit before", previous_hit},
	{"card", NULL, "what is known of what stands at the point, and why", open_card},
	{"next-pane", NULL, "to the next pane", next_pane},
	{"previous-pane", NULL, "to the pane before", previous_pane},
	{"pane", "PANE", "to a pane", go_to_pane},
	{"toggle", "PANE", "show or hide a pane", toggle_pane},
	{"go", NULL, "go there: the article has the keys", go_there},
	{"fold", NULL, "fold the group", fold_group},
	{"unfold", NULL, "unfold the group", unfold_group},
	{"back", NULL, "close, clear, or back to where the list was entered", go_back},
	{"close", NULL, "close what lies over the article, else quit", close_top},
	{"next-theme", NULL, "the next theme", next_theme},
	{"help", NULL, "the keys of this pane", open_help},
	{"next-file", NULL, "the next file", next_file},
	{"previous-file", NULL, "the file before", previous_file},
	{"about", NULL, "what this file is", tell_about},
	{"redraw", NULL, "draw the screen anew", redraw_screen},
	{"suspend", NULL, "stop the program until the shell continues it", suspend_program},
	{"stop", NULL, "stop a search, else say how to quit", stop_running},
	{"quit", NULL, "quit", quit_reading},
	{NULL, NULL, NULL, NULL},
};
/* clang-format on */

const struct command *command_named(struct slice name)
{
	for (const struct command *command = command_table; command->name != NULL; command++)
		if (slice_is(name, command->name))
			return command;
	return NULL;
}

/* Command text is a name and, behind a blank, its argument. */
static struct slice command_name(struct slice text)
{
	const char *blank = text.length > 0 ? memchr(text.bytes, ' ', text.length) : NULL;
	return slice_cut(text, 0, blank != NULL ? (size_t)(blank - text.bytes) : text.length);
}

void reader_command(struct reader *reader, struct slice text, const struct call *call)
{
	struct slice name = command_name(text);
	const struct command *command = command_named(name);
	struct call with = *call;
	with.argument = slice_trim(slice_cut(text, name.length, text.length));
	if (command == NULL)
		reader_complain(reader, "there is no command '%.*s'", (int)name.length, name.bytes);
	else
		command->run(reader, &with);
}

/* ---- Lists ------------------------------------------------------------------------------ */

static void list_key(const struct bound *bound, struct buffer *into)
{
	const struct command *command = command_named(command_name(slice_of(bound->command)));
	const char *pane = bound->pane < PANE_COUNT ? view_table[bound->pane].name : "everywhere";
	buffer_format(into, "%s\t%s\t%s\t%s\n", pane, bound->notation, bound->command,
		command != NULL ? command->help : "");
}

void reader_list_keys(const struct packs *packs, struct buffer *into)
{
	struct keymap keymap;
	keymap_init(&keymap, packs);
	for (size_t i = 0; i < keymap.count; i++)
		list_key(&keymap.items[i], into);
	keymap_release(&keymap);
}

void reader_list_commands(struct buffer *into)
{
	for (const struct command *command = command_table; command->name != NULL; command++)
		buffer_format(into, "%s%s%s\t%s\n", command->name,
			command->argument != NULL ? " " : "",
			command->argument != NULL ? command->argument : "", command->help);
}

/* ---- Themes ----------------------------------------------------------------------------- */

void reader_use_theme(struct reader *reader, struct theme *theme)
{
	size_t count = reader->packs->kind_count;
	const char **names = memory_allocate((count + 1) * sizeof *names);
	for (size_t i = 0; i < count; i++)
		names[i] = reader->packs->kinds[i].style;
	theme_assign(theme, names, count);
	free(names);
	reader->theme = theme;
	terminal_theme(reader->terminal, theme);
}

/* The embedded theme that follows the present one; the first after the last, or after one that is
 * not embedded. */
static const char *theme_after(const char *name)
{
	for (size_t i = 0; theme_embedded(i) != NULL; i++)
		if (strcmp(theme_embedded(i), name) == 0 && theme_embedded(i + 1) != NULL)
			return theme_embedded(i + 1);
	return theme_embedded(0);
}

COMMAND(next_theme)
{
	(void)call;
	struct diagnostics problems = {0};
	const char *name = theme_after(theme_name(reader->theme));
	struct theme *theme =
		name != NULL ? theme_load(name, reader->theme_folder, &problems) : NULL;
	if (theme == NULL) {
		reader_complain(reader, "no theme: %s",
			problems.count > 0 ? problems.items[0].message : "none is known");
	} else {
		struct theme *before = reader->own_theme;
		reader->own_theme = theme;
		reader_use_theme(reader, theme);
		theme_free(before);
		reader_say(reader, "theme %s", name);
	}
	diagnostics_release(&problems);
}

/* ---- Files ------------------------------------------------------------------------------ */

COMMAND(next_file)
{
	if (reader->current + call->count < reader->reading_count)
		reader_show_reading(reader, reader->current + call->count);
	else
		reader_say(reader, "this is the last file");
}

COMMAND(previous_file)
{
	if (call->count <= reader->current)
		reader_show_reading(reader, reader->current - call->count);
	else
		reader_say(reader, "this is the first file");
}

COMMAND(tell_about)
{
	(void)call;
	const struct reading *reading = reader_reading(reader);
	const struct document *document = reading->document;
	struct buffer path = {0};
	text_visible(slice_of(document_path(document)), &path);
	reader_say(reader, "%s: %s, %s, %zu bytes, %zu paragraphs", path.bytes,
		document_type_name(document), document_encoding_name(document),
		document_text(document).length, document_block_count(document));
	buffer_release(&path);
}

/* ---- The rest --------------------------------------------------------------------------- */

COMMAND(open_card)
{
	(void)call;
	struct subject subject = reader_subject(reader);
	if (subject.entity == NO_ENTITY && subject.quote == NO_QUOTE)
		reader_say(reader, "nothing here to tell of");
	else
		reader_open_sheet(reader, PANE_CARD);
}

COMMAND(open_help)
{
	(void)call;
	reader_open_sheet(reader, PANE_HELP);
}

COMMAND(redraw_screen)
{
	(void)call;
	terminal_redraw(reader->terminal);
}

COMMAND(suspend_program)
{
	(void)call;
	terminal_suspend(reader->terminal);
}

COMMAND(stop_running)
{
	(void)call;
	struct search *search = &reader_reading(reader)->search;
	if (search->pattern != NULL &&
		search->counted < document_text(reader_reading(reader)->document).length)
		search_clear(search);
	else
		reader_say(reader, "q quits");
}

COMMAND(quit_reading)
{
	(void)call;
	reader->quit = true;
}
