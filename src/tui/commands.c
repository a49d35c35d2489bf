/* The command table, and the commands that belong to no pane. */
#include "tui/commands.h"

#include <stdlib.h>
#include <string.h>

#include "tui/app.h"

const char *const topic_titles[TOPIC_COUNT] = {
	[TOPIC_MOVES] = "moving",
	[TOPIC_SEARCH] = "searching",
	[TOPIC_PARTS] = "paragraphs, sentences, headings",
	[TOPIC_WALKS] = "who is in it and who said what",
	[TOPIC_PLACES] = "places to come back to",
	[TOPIC_PANES] = "panes",
	[TOPIC_PAGE] = "the page",
	[TOPIC_FILES] = "files",
	[TOPIC_PROGRAM] = "the program",
	[TOPIC_LINE] = "typing a line",
};

/* clang-format off */
const struct command command_table[] = {
	{"down", NULL, "one row on; in a list, the next entry", go_down, TOPIC_MOVES, false},
	{"up", NULL, "one row back; in a list, the entry before", go_up, TOPIC_MOVES, false},
	{"page-down", NULL, "one page on", go_page_down, TOPIC_MOVES, false},
	{"page-up", NULL, "one page back", go_page_up, TOPIC_MOVES, false},
	{"half-down", NULL, "half a page on", go_half_down, TOPIC_MOVES, false},
	{"half-up", NULL, "half a page back", go_half_up, TOPIC_MOVES, false},
	{"first", NULL, "to the beginning; with a number, to that paragraph or entry", go_first, TOPIC_MOVES, true},
	{"last", NULL, "to the end; with a number, to that paragraph or entry", go_last, TOPIC_MOVES, true},
	{"to-percent", NULL, "to so many percent of the text", go_percent, TOPIC_MOVES, true},
	{"left", NULL, "eight or so many columns to the left, over code, verse and tables", go_left, TOPIC_MOVES, false},
	{"right", NULL, "eight or so many columns to the right", go_right, TOPIC_MOVES, false},

	{"search", NULL, "look for a regular expression", search_on, TOPIC_SEARCH, false},
	{"search-back", NULL, "look for one backward", search_back, TOPIC_SEARCH, false},
	{"next-hit", NULL, "to the next hit of the search", next_hit, TOPIC_SEARCH, false},
	{"previous-hit", NULL, "to the hit before", previous_hit, TOPIC_SEARCH, false},

	{"next-paragraph", NULL, "to the next paragraph", next_paragraph, TOPIC_PARTS, true},
	{"previous-paragraph", NULL, "to the paragraph before", previous_paragraph, TOPIC_PARTS, true},
	{"next-sentence", NULL, "to the next sentence", next_sentence, TOPIC_PARTS, true},
	{"previous-sentence", NULL, "to the sentence before", previous_sentence, TOPIC_PARTS, true},
	{"next-heading", NULL, "to the next heading", next_heading, TOPIC_PARTS, true},
	{"previous-heading", NULL, "to the heading before", previous_heading, TOPIC_PARTS, true},

	{"next-quote", NULL, "to the next quote", next_quote, TOPIC_WALKS, true},
	{"previous-quote", NULL, "to the quote before", previous_quote, TOPIC_WALKS, true},
	{"next-said", NULL, "to the same speaker's next quote", next_said, TOPIC_WALKS, true},
	{"previous-said", NULL, "to the same speaker's quote before", previous_said, TOPIC_WALKS, true},
	{"next-mention", NULL, "to the next mention of the chosen entity", next_mention, TOPIC_WALKS, true},
	{"previous-mention", NULL, "to its mention before", previous_mention, TOPIC_WALKS, true},
	{"next-entity", NULL, "to the next mention of any entity", next_entity, TOPIC_WALKS, true},
	{"previous-entity", NULL, "to the mention before, of any entity", previous_entity, TOPIC_WALKS, true},
	{"next-kind", "KIND", "to the next mention of a kind", next_kind, TOPIC_WALKS, true},
	{"previous-kind", "KIND", "to the mention before, of a kind", previous_kind, TOPIC_WALKS, true},
	{"next-same", NULL, "to the next mention of the entity at the point", next_same, TOPIC_WALKS, true},
	{"previous-same", NULL, "to its mention before", previous_same, TOPIC_WALKS, true},
	{"repeat", NULL, "the last of these walks again, forward", repeat_on, TOPIC_WALKS, true},
	{"repeat-back", NULL, "the last of these walks again, backward", repeat_back, TOPIC_WALKS, true},
	{"card", NULL, "what is known of what stands at the point, and why", open_card, TOPIC_WALKS, false},

	{"bookmark", LETTER, "put a bookmark here; a letter names it", set_bookmark, TOPIC_PLACES, false},
	{"to-bookmark", LETTER, "to a bookmark; '' is where the last jump began", go_to_bookmark, TOPIC_PLACES, true},
	{"bookmarks", NULL, "the list of bookmarks", list_bookmarks, TOPIC_PLACES, false},
	{"back-jump", NULL, "to where the last jump began", jump_back, TOPIC_PLACES, false},
	{"forward-jump", NULL, "forward again along the jumps", jump_forward, TOPIC_PLACES, false},
	{"go-to", "POSITION", "to a byte, or quote:4, entity:NAME, heading:2", go_to_position, TOPIC_PLACES, false},

	{"next-pane", NULL, "to the next pane", next_pane, TOPIC_PANES, false},
	{"previous-pane", NULL, "to the pane before", previous_pane, TOPIC_PANES, false},
	{"pane", "PANE", "to a pane", go_to_pane, TOPIC_PANES, false},
	{"toggle", "PANE", "show or hide a pane", toggle_pane, TOPIC_PANES, false},
	{"go", NULL, "go there: the article has the keys", go_there, TOPIC_PANES, false},
	{"fold", NULL, "fold the group", fold_group, TOPIC_PANES, false},
	{"unfold", NULL, "unfold the group", unfold_group, TOPIC_PANES, false},
	{"back", NULL, "close, clear, or back to where the list was entered", go_back, TOPIC_PANES, false},
	{"close", NULL, "close what lies over the article, else quit", close_top, TOPIC_PANES, false},

	{"narrower", NULL, "a narrower measure", narrow_measure, TOPIC_PAGE, false},
	{"wider", NULL, "a wider measure", widen_measure, TOPIC_PAGE, false},
	{"measure", NULL, "the measure as it was; with a number, that one", reset_measure, TOPIC_PAGE, false},
	{"lists-wider", NULL, "wider lists", widen_lists, TOPIC_PAGE, false},
	{"lists-narrower", NULL, "narrower lists", narrow_lists, TOPIC_PAGE, false},
	{"zen", NULL, "nothing but the text, and back", toggle_zen, TOPIC_PAGE, false},
	{"next-theme", NULL, "the next theme", next_theme, TOPIC_PAGE, false},
	{"theme", "THEME", "a theme, by name or file", use_theme, TOPIC_PAGE, false},

	{"open", "FILE", "another file, beside those there are", open_file, TOPIC_FILES, false},
	{"next-file", NULL, "the next file", next_file, TOPIC_FILES, true},
	{"previous-file", NULL, "the file before", previous_file, TOPIC_FILES, true},
	{"about", NULL, "what this file is", tell_about, TOPIC_FILES, false},
	{"follow", NULL, "stay at the end of a text that grows", follow, TOPIC_FILES, false},
	{"reload", NULL, "read the file again; go on with what was stopped", reload, TOPIC_FILES, false},
	{"stop", NULL, "stop what is going on, else say how to quit", stop_running, TOPIC_FILES, false},

	{"command", NULL, "a command by its name, a paragraph or a share: :12 :50%", open_command_line, TOPIC_PROGRAM, false},
	{"help", NULL, "the keys of this pane", open_help, TOPIC_PROGRAM, false},
	{"redraw", NULL, "draw the screen anew", redraw_screen, TOPIC_PROGRAM, false},
	{"suspend", NULL, "stop the program until the shell continues it", suspend_program, TOPIC_PROGRAM, false},
	{"quit", NULL, "quit", quit_reading, TOPIC_PROGRAM, false},

	{"line-left", NULL, "one character to the left", line_left, TOPIC_LINE, false},
	{"line-right", NULL, "one character to the right", line_right, TOPIC_LINE, false},
	{"line-word-left", NULL, "one word to the left", line_word_left, TOPIC_LINE, false},
	{"line-word-right", NULL, "one word to the right", line_word_right, TOPIC_LINE, false},
	{"line-start", NULL, "to the beginning of the line", line_start, TOPIC_LINE, false},
	{"line-end", NULL, "to the end of the line", line_end, TOPIC_LINE, false},
	{"line-delete-before", NULL, "delete the character before; in an empty line, leave", line_delete_before, TOPIC_LINE, false},
	{"line-delete", NULL, "delete the character at the cursor", line_delete, TOPIC_LINE, false},
	{"line-delete-word", NULL, "delete the word before", line_delete_word, TOPIC_LINE, false},
	{"line-delete-word-after", NULL, "delete the word behind", line_delete_word_after, TOPIC_LINE, false},
	{"line-delete-stretch", NULL, "delete what stands between blanks before", line_delete_stretch, TOPIC_LINE, false},
	{"line-delete-to-start", NULL, "delete up to the beginning", line_delete_to_start, TOPIC_LINE, false},
	{"line-delete-to-end", NULL, "delete up to the end", line_delete_to_end, TOPIC_LINE, false},
	{"line-put", NULL, "put in again what was deleted last", line_put, TOPIC_LINE, false},
	{"line-older", NULL, "the line entered before that begins so", line_older, TOPIC_LINE, false},
	{"line-newer", NULL, "the line entered after it", line_newer, TOPIC_LINE, false},
	{"line-complete", NULL, "complete with the next of what there is", line_complete, TOPIC_LINE, false},
	{"line-complete-back", NULL, "with the one before", line_complete_back, TOPIC_LINE, false},
	{"line-literal", NULL, "in a search, what is typed is no expression; else the next key goes in", line_literal, TOPIC_LINE, false},
	{"line-enter", NULL, "do what the line says", line_enter, TOPIC_LINE, false},
	{"line-leave", NULL, "leave the line, or its completion", line_leave, TOPIC_LINE, false},
	{NULL, NULL, NULL, NULL, TOPIC_COUNT, false},
};
/* clang-format on */

const struct command *command_named(struct slice name)
{
	for (const struct command *command = command_table; command->name != NULL; command++)
		if (slice_is(name, command->name))
			return command;
	return NULL;
}

struct slice command_name(struct slice text)
{
	const char *blank = text.length > 0 ? memchr(text.bytes, ' ', text.length) : NULL;
	return slice_cut(text, 0, blank != NULL ? (size_t)(blank - text.bytes) : text.length);
}

static const char *name_at(const void *of, size_t i)
{
	(void)of;
	return command_table[i].name;
}

/* What an argument of this name must be, or NULL where it is right or nobody can tell here. */
static const char *argument_fault(const char *argument, struct slice text)
{
	struct position position;
	bool right = true;
	const char *wanted = NULL;
	if (strcmp(argument, "PANE") == 0) {
		wanted = "article, entities or quotes";
		right = base_pane_named(text) != PANE_COUNT;
	} else if (strcmp(argument, "POSITION") == 0) {
		wanted = POSITION_FORMS;
		right = position_parse(text, &position);
		position_release(&position);
	} else if (strcmp(argument, LETTER) == 0) {
		wanted = "a letter";
		right = text.length == 1;
	}
	return right ? NULL : wanted;
}

bool command_check(struct slice text, struct buffer *why)
{
	struct slice name = command_name(text);
	struct slice argument = slice_trim(slice_cut(text, name.length, text.length));
	const struct command *command = command_named(name);
	struct buffer shown = {0};
	const char *near = command == NULL ? nearest(name, name_at, NULL) : NULL, *wanted = NULL;
	size_t before = why->length;
	text_visible(command == NULL ? name : argument, &shown);
	const char *said = shown.bytes != NULL ? shown.bytes : "";
	if (command != NULL && command->argument != NULL && argument.length > 0)
		wanted = argument_fault(command->argument, argument);
	if (near != NULL)
		buffer_format(why, "there is no command '%s'; did you mean '%s'?", said, near);
	else if (command == NULL)
		buffer_format(why, "there is no command '%s'; Tab after : lists them", said);
	else if (command->argument == NULL && argument.length > 0)
		buffer_format(why, "%s takes no argument, and '%s' stands behind it", command->name,
			said);
	else if (command->argument != NULL && argument.length == 0 &&
		 strcmp(command->argument, LETTER) != 0)
		buffer_format(why, "%s needs an argument: %s %s", command->name, command->name,
			command->argument);
	else if (wanted != NULL)
		buffer_format(why, "%s takes %s, not '%s'", command->name, wanted, said);
	buffer_release(&shown);
	return why->length == before;
}

void reader_command(struct reader *reader, struct slice text, const struct call *call)
{
	struct slice name = command_name(text);
	const struct command *command = command_named(name);
	struct call with = *call;
	with.argument = slice_trim(slice_cut(text, name.length, text.length));
	struct jump from = reader_place(reader);
	command->run(reader, &with);
	if (command->jumps)
		reader_left(reader, &from);
}

size_t call_steps(const struct call *call)
{
	return call->count < 1 ? 1 : call->count < STEPS_MOST ? call->count : STEPS_MOST;
}

/* ---- Lists ------------------------------------------------------------------------------ */

void reader_list_keys(const struct keymap *keymap, struct buffer *into)
{
	for (size_t i = 0; i < keymap->count; i++) {
		const struct bound *bound = &keymap->items[i];
		struct slice name = command_name(slice_of(bound->command));
		buffer_format(into, "%s\t%s\t%s\t%s\n", key_pane_name(bound->pane), bound->notation,
			bound->command, command_named(name)->help);
	}
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

/* Loads a theme and uses it; false: it cannot be loaded, which is told, like what is wrong in it.
 */
static bool load_theme(struct reader *reader, const char *name)
{
	struct diagnostics problems = {0};
	struct theme *theme = theme_load(name, reader->theme_folder, &problems);
	struct theme *before = reader->own_theme;
	if (theme != NULL) {
		reader->own_theme = theme;
		reader_use_theme(reader, theme);
		theme_free(before);
	}
	if (problems.count > 0)
		reader_complain_of(reader, &problems);
	bool good = theme != NULL && problems.count == 0;
	diagnostics_release(&problems);
	return good;
}

static void take_theme(struct reader *reader, const char *name)
{
	reader->follows_ground = false;
	if (load_theme(reader, name))
		reader_say(reader, "theme %s", theme_name(reader->theme));
}

void reader_follow_ground(struct reader *reader)
{
	enum theme_variant ground = terminal_ground(reader->terminal);
	enum theme_variant variant = theme_variant(reader->theme);
	const char *pair = theme_pair(reader->theme);
	if (reader->follows_ground && ground != THEME_ANY && variant != THEME_ANY &&
		ground != variant && pair != NULL)
		load_theme(reader, pair);
}

COMMAND(next_theme)
{
	(void)call;
	const char *name = theme_after(theme_name(reader->theme));
	if (name != NULL)
		take_theme(reader, name);
}

/* Any file could be asked for, and what is wrong with it quotes what stands there. */
static bool is_file(struct slice name)
{
	return slice_ends(name, ".yaml") ||
	       (name.length > 0 && memchr(name.bytes, '/', name.length) != NULL);
}

COMMAND(use_theme)
{
	struct buffer name = {0};
	if (is_file(call->argument) && reader_refuses_files(reader))
		return;
	path_expand(call->argument, &name);
	take_theme(reader, name.bytes != NULL ? name.bytes : "");
	buffer_release(&name);
}

/* ---- Files ------------------------------------------------------------------------------ */

/* Shows a file that was named while reading: what is wrong with it is told here and nowhere else.
 */
static bool show_named(struct reader *reader, size_t index)
{
	struct diagnostics own = {0}, *others = reader->problems;
	bool failed = reader->failed;
	reader->problems = &own;
	reader->readings[index]->loading.failed = false;
	bool shown = reader_show_reading(reader, index);
	reader->problems = others;
	reader->failed = failed;
	diagnostics_release(&own);
	return shown;
}

/* A file that is there already is shown. */
static void open_path(struct reader *reader, struct slice path)
{
	struct jump from = reader_place(reader);
	size_t index = 0, count = reader->reading_count;
	while (index < count && !slice_is(path, reader->readings[index]->path))
		index++;
	if (index == count && slice_is(path, "-")) {
		reader_complain(reader, "standard input is named when the program is started");
		return;
	}
	if (index == count)
		reader_add_reading(reader, path);
	if (show_named(reader, index))
		reader_left(reader, &from);
	else if (index == count)
		reader_drop_last_reading(reader);
}

bool reader_refuses_files(struct reader *reader)
{
	if (reader->secure)
		reader_complain(reader, "no other file is opened: --secure is in force");
	return reader->secure;
}

COMMAND(open_file)
{
	struct buffer path = {0};
	if (reader_refuses_files(reader))
		return;
	path_expand(call->argument, &path);
	open_path(reader, buffer_slice(&path));
	buffer_release(&path);
}

COMMAND(next_file)
{
	size_t index = reader->current + call->count;
	while (index < reader->reading_count && !reader_show_reading(reader, index))
		index++;
	if (index >= reader->reading_count && reader->message.text.length == 0)
		reader_say(reader, "this is the last file");
}

COMMAND(previous_file)
{
	size_t from = reader->current, back = call->count;
	while (back <= from && !reader_show_reading(reader, from - back))
		back++;
	if (back > from && reader->message.text.length == 0)
		reader_say(reader, "this is the first file");
}

#define COUNTED_BYTES ((size_t)2 << 20) /* words of a longer text are estimated */
#define COUNTED_BLOCKS 20000            /* of more, those with nothing to read count as well */

static void put_words(const struct reading *reading, struct buffer *into)
{
	struct slice text = document_text(reading->document);
	size_t words = text.length <= COUNTED_BYTES ? document_words(reading->document) : 0;
	if (text.length <= COUNTED_BYTES)
		buffer_format(into, "%zu word%s", words, words == 1 ? "" : "s");
	else
		buffer_format(
			into, "about %.0f words", (double)text.length * reading->words_per_byte);
}

static void put_count(struct buffer *into, size_t count, const char *what)
{
	if (count > 0)
		buffer_format(into, ", %zu %s%s", count, what, count == 1 ? "" : "s");
}

/* Characters that are seen by a sign. */
static void put_signs(const struct document *document, struct buffer *into)
{
	struct slice text = document_text(document);
	size_t turning = 0, controls = 0;
	char sign[SIGN_MOST];
	uint32_t code;
	if (text.length > COUNTED_BYTES)
		return;
	for (size_t at = 0, length; at < text.length; at += length) {
		length = utf8_decode(text, at, &code);
		bool is_seen = code_is_control(code) &&
			       cluster_sign(slice_cut(text, at, at + length), sign) > 0;
		turning += is_seen && code_turns(code);
		controls += is_seen && !code_turns(code);
	}
	put_count(into, controls, "control character");
	put_count(into, turning, "direction sign");
}

/* What matters most comes first: a narrow screen may cut the rest. */
COMMAND(tell_about)
{
	(void)call;
	const struct reading *reading = reader_reading(reader);
	const struct document *document = reading->document;
	size_t bytes = document_text(document).length, point = reading->article.point;
	struct buffer text = {0};
	size_t paragraphs = document_block_count(document);
	if (paragraphs <= COUNTED_BLOCKS)
		paragraphs = document_paragraphs(document);
	if (slice_is(slice_of(document_path(document)), "-"))
		reading_put_name(reading, &text);
	else
		text_visible(slice_of(document_path(document)), &text);
	buffer_format(&text, ": %s, %s, byte %zu of %zu%s (%.0f%%), %zu paragraph%s, ",
		document_type_name(document), document_encoding_name(document), point, bytes,
		document_is_whole(document) ? "" : "+",
		bytes > 0 ? (double)point * 100 / (double)bytes : 100.0, paragraphs,
		paragraphs == 1 ? "" : "s");
	put_words(reading, &text);
	put_count(&text, document_replaced(document), "invalid part");
	buffer_text(&text, document_replaced(document) > 0 ? " replaced" : "");
	put_signs(document, &text);
	reader_say(reader, "%s", text.bytes);
	buffer_release(&text);
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

COMMAND(quit_reading)
{
	(void)call;
	reader->quit = true;
}
