/* The reader: its life and its loop.
 *
 * A turn of the loop lets jobs work for a few milliseconds, draws if something has changed, and
 * waits for a key or for word of the worker, but not while a job has more to do. A screen in memory
 * has everything run dry before each token of keys.
 */
#include "tui/app.h"

#include <stdlib.h>
#include <string.h>

#define KEYS_A_FRAME 64 /* typed ahead, taken before the next frame */

struct reading *reader_reading(const struct reader *reader)
{
	return reader->readings[reader->current];
}

struct slice reading_text(const struct reading *reading, struct span span)
{
	return slice_cut(document_text(reading->document), span.start, span.end);
}

enum pane reader_pane(const struct reader *reader)
{
	return reader->over != PANE_ARTICLE ? reader->over : reader->focus;
}

/* ---- Messages --------------------------------------------------------------------------- */

static void message_set(struct reader *reader, bool is_error, const char *format, va_list arguments)
{
	reader->message.text.length = 0;
	reader->message.is_error = is_error;
	buffer_format_list(&reader->message.text, format, arguments);
	reader->dirty = true;
}

void reader_say(struct reader *reader, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	message_set(reader, false, format, arguments);
	va_end(arguments);
}

void reader_complain(struct reader *reader, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	message_set(reader, true, format, arguments);
	va_end(arguments);
}

void reader_tell_problem(struct reader *reader, const struct diagnostic *problem, size_t others)
{
	struct buffer text = {0}, shown = {0};
	if (problem->path != NULL)
		buffer_format(&text, "%s:", problem->path);
	if (problem->line > 0)
		buffer_format(&text, "%zu:%zu:", problem->line, problem->column);
	buffer_format(&text, "%s%s", text.length > 0 ? " " : "", problem->message);
	text_visible(buffer_slice(&text), &shown);
	if (others > 0)
		reader_complain(reader, "%s (and %zu more)", shown.bytes, others);
	else
		reader_complain(reader, "%s", shown.bytes);
	buffer_release(&text);
	buffer_release(&shown);
}

void reader_complain_of(struct reader *reader, const struct diagnostics *notices)
{
	if (notices != NULL && notices->count > 0)
		reader_tell_problem(reader, &notices->items[0], notices->total - 1);
}

const char *reader_key_for(struct reader *reader, const char *command)
{
	const struct bound *bound = keymap_find(reader->keymap, (int)reader_pane(reader), command);
	reader->caption.length = 0;
	if (bound != NULL)
		keys_caption(&bound->keys, &reader->caption);
	else
		buffer_format(&reader->caption, ":%s%s", command,
			command_named(slice_of(command))->argument != NULL ? " " : "");
	return reader->caption.bytes;
}

/* ---- Documents -------------------------------------------------------------------------- */

static struct reading *reading_new(struct reader *reader, struct slice path)
{
	struct reading *reading = memory_allocate(sizeof *reading);
	*reading = (struct reading){
		.path = memory_text(path),
		.quote = NO_QUOTE,
		.entity = NO_ENTITY,
		.origin = {.quote = NO_QUOTE, .entity = NO_ENTITY},
		.told = NOWHERE,
		.search.hit = {NOWHERE, NOWHERE},
	};
	reading->entities.groups =
		memory_allocate((reader->packs->kind_count + 1) * sizeof *reading->entities.groups);
	return reading;
}

static void reading_free(struct reading *reading)
{
	index_release(&reading->index);
	annotations_free(reading->found);
	if (reading->document != NULL)
		article_release(&reading->article);
	search_release(&reading->search);
	source_close(reading->loading.source);
	document_free(reading->document);
	buffer_release(&reading->again.context);
	free(reading->entities.groups);
	free(reading->headings.blocks);
	position_release(&reading->awaited.position);
	free(reading->path);
	free(reading);
}

void reader_add_reading(struct reader *reader, struct slice path)
{
	reader->readings = grow(reader->readings, &reader->reading_capacity,
		reader->reading_count + 1, sizeof *reader->readings);
	reader->readings[reader->reading_count++] = reading_new(reader, path);
}

void reader_drop_last_reading(struct reader *reader)
{
	reading_free(reader->readings[--reader->reading_count]);
}

bool reader_show_reading(struct reader *reader, size_t index)
{
	if (!reading_open(reader, reader->readings[index]))
		return false;
	if (index != reader->current)
		reading_rest(reader_reading(reader));
	reader->current = index;
	reader->over = PANE_ARTICLE;
	reader->dirty = true;
	return true;
}

/* ---- Life ------------------------------------------------------------------------------- */

static void init_looks(struct reader *reader)
{
	for (int i = 0; i < LOOK_NAMES; i++)
		reader->look[i] = style_named(reader->styles, look_names[i]);
}

struct reader *reader_new(const struct reader_settings *settings)
{
	struct reader *reader = memory_allocate(sizeof *reader);
	struct cells *cells = terminal_cells(settings->terminal);
	reader->terminal = settings->terminal;
	reader->styles = cells->styles;
	reader->policy = &cells->policy;
	reader->packs = settings->packs;
	reader->theme = reader->first_theme = settings->theme;
	reader->theme_folder = settings->theme_folder;
	reader->secure = settings->secure;
	reader->measure = settings->measure > 0 ? settings->measure : READER_MEASURE;
	reader->first_measure = reader->measure;
	reader->column[PANE_ENTITIES] = reader->column[PANE_QUOTES] = true;
	init_looks(reader);
	index_styles_init(&reader->index_styles, reader->packs, reader->styles);
	reader->worker = worker_new(&(struct worker_settings){.packs = reader->packs,
		.styles = &reader->index_styles,
		.policy = *reader->policy});
	reader->keymap = settings->keymap;
	reader->problems = settings->problems;
	reader->options = settings->options;
	reader->at = settings->at;
	reader->starts = settings->starts;
	reader->start_count = settings->start_count;
	for (size_t i = 0; i < settings->path_count; i++)
		reader_add_reading(reader, slice_of(settings->paths[i]));
	reader->readings[0]->loading.source = settings->first;
	reader->follows_ground = settings->follows_ground;
	reader_use_theme(reader, settings->theme);
	reader_follow_ground(reader);
	reader_show_reading(reader, 0);
	reader_complain_of(reader, settings->problems);
	return reader;
}

void reader_free(struct reader *reader)
{
	if (reader == NULL)
		return;
	worker_free(reader->worker);
	for (size_t i = 0; i < reader->reading_count; i++)
		reading_free(reader->readings[i]);
	free(reader->readings);
	typing_release(&reader->typing);
	buffer_release(&reader->caption);
	prompt_release(&reader->prompt);
	bookmarks_release(&reader->bookmarks);
	buffer_release(&reader->sought.text);
	buffer_release(&reader->typed.text);
	sheet_release(&reader->sheet);
	buffer_release(&reader->page_search.text);
	for (int i = 0; i < QUESTION_COUNT; i++)
		buffer_release(&reader->reasons[i].text);
	buffer_release(&reader->message.text);
	index_styles_release(&reader->index_styles);
	theme_free(reader->own_theme);
	free(reader);
}

/* ---- Keys and frames -------------------------------------------------------------------- */

static void take_key(struct reader *reader, struct key key)
{
	struct reading *reading = reader_reading(reader);
	struct way way = way_of(reading);
	reader->message.text.length = 0;
	reader->message.is_error = false;
	if (reader->prompt.kind != NULL)
		prompt_key(reader, key);
	else if (!reader_take_answer(reader, key))
		typing_take(reader, key);
	leave_way(reading, &way);
	if (reader->message.text.length == 0)
		reader_ask(reader);
	reader_settle(reader);
}

void reader_key(struct reader *reader, struct key key)
{
	reader->dirty = true;
	if (key.code == PRESS_RESIZE)
		reader_settle(reader);
	else if (key.code == PRESS_GROUND)
		reader_follow_ground(reader);
	else if (key.code == PRESS_PASTE ? reader->prompt.kind != NULL
					 : key.code != PRESS_CLICK && key.code != PRESS_WHEEL)
		take_key(reader, key);
}

static void show(struct reader *reader)
{
	reader_settle(reader);
	reader_draw(reader);
	terminal_show(reader->terminal);
	reader_reading(reader)->presented = true;
	reader->dirty = false;
}

static void take_keys(struct reader *reader, int milliseconds)
{
	struct key key;
	if (!terminal_key(reader->terminal, milliseconds, &key))
		return;
	reader_key(reader, key);
	for (int i = 1; i < KEYS_A_FRAME && !reader->quit; i++) {
		if (!terminal_key(reader->terminal, 0, &key))
			return;
		reader_key(reader, key);
	}
}

/* What ends the wait for a key: word of the worker, and more of the text. */
static void listen(struct reader *reader)
{
	int descriptors[2] = {worker_descriptor(reader->worker), reader_awaited(reader)};
	size_t count = descriptors[0] >= 0;
	descriptors[count] = descriptors[1];
	terminal_watch(reader->terminal, descriptors, count + (descriptors[1] >= 0));
}

void reader_run(struct reader *reader)
{
	while (!reader->quit && !terminal_ended(reader->terminal)) {
		if (reader->dirty && reader_is_presentable(reader)) {
			reader_start(reader);
			finding_hurry(reader);
			show(reader);
		}
		bool more = reader_work(reader);
		listen(reader);
		bool draws = reader->dirty && reader_is_presentable(reader);
		take_keys(reader, more || draws ? 0 : reader_patience(reader));
	}
	terminal_theme(reader->terminal, reader->first_theme);
}

void reader_feed(struct reader *reader, const struct keys *keys)
{
	struct key key;
	bool begins = true;
	reader_settle(reader);
	if (reader->start_count > 0 || reader->at != NULL)
		reader_run_dry(reader);
	reader_start(reader);
	terminal_type(reader->terminal, keys->items, keys->count);
	while (!reader->quit && terminal_key(reader->terminal, 0, &key)) {
		if (begins)
			reader_run_dry(reader);
		reader_settle(reader);
		reader_key(reader, key);
		begins = !key.more;
	}
	reader_run_dry(reader);
	show(reader);
	terminal_theme(reader->terminal, reader->first_theme);
}

bool reader_has_failed(const struct reader *reader)
{
	return reader->failed;
}
