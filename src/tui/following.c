/* Texts that change while they are read: following one that grows, reading one again. */
#include "tui/app.h"
#include "tui/commands.h"

#include <stdlib.h>

/* ---- On the way ------------------------------------------------------------------------- */

void reader_head_for(struct reader *reader, size_t goal)
{
	struct loading *loading = &reader_reading(reader)->loading;
	if (reading_is_loading(reader_reading(reader)))
		loading->goal = goal;
}

static bool is_under_way(const struct reading *reading)
{
	return reading->loading.following || reading->loading.goal != NOWHERE;
}

void reading_stay(struct reading *reading)
{
	reading->loading.following = false;
	reading->loading.goal = NOWHERE;
}

struct way way_of(const struct reading *reading)
{
	return (struct way){.text = reading->document,
		.top = reading->article.top,
		.point = reading->article.point,
		.goal = reading->loading.goal,
		.under_way = is_under_way(reading)};
}

void leave_way(struct reading *reading, const struct way *before)
{
	const struct article *article = &reading->article;
	bool moved = !line_equal(&article->top, &before->top) || article->point != before->point;
	if (before->under_way && moved && before->text == reading->document &&
		before->goal == reading->loading.goal)
		reading_stay(reading);
}

/* ---- Reading it again ------------------------------------------------------------------- */

#define CONTEXT_BYTES ((size_t)64)
#define CONTEXT_REACH ((size_t)64 << 10) /* how far a place may have moved to be found */

/* The words at the top of the view, by which it is found in a text that has changed. */
static void keep_context(struct reading *reading)
{
	struct article *article = &reading->article;
	struct again *again = &reading->again;
	struct slice text = document_text(reading->document);
	again->wanted = true;
	again->stand = article_stand(article);
	again->context.length = 0;
	buffer_append(&again->context,
		slice_cut(text, again->stand.top, again->stand.top + CONTEXT_BYTES));
}

/* The place nearest to `at` where the context stands; `at` where it does nowhere. */
static size_t nearest_place(struct slice text, struct slice context, size_t at)
{
	size_t low = at > CONTEXT_REACH ? at - CONTEXT_REACH : 0, best = NOWHERE;
	struct slice room = slice_cut(text, low, at + CONTEXT_REACH + context.length);
	if (context.length == 0)
		return at;
	for (const char *found = room.bytes;
		(found = memmem(found, (size_t)(room.bytes + room.length - found), context.bytes,
			 context.length)) != NULL;
		found++) {
		size_t here = low + (size_t)(found - room.bytes);
		if (best == NOWHERE ||
			(here > at ? here - at : at - here) < (best > at ? best - at : at - best))
			best = here;
	}
	return best != NOWHERE ? best : at;
}

void reading_come_back(struct reading *reading)
{
	struct again *again = &reading->again;
	struct slice text = document_text(reading->document);
	size_t top = again->stand.top;
	if (!again->wanted || (text.length < top + CONTEXT_REACH && !reading->loading.ended))
		return;
	again->wanted = false;
	if (top == 0 || article_is_empty(&reading->article))
		return;
	size_t now = nearest_place(text, buffer_slice(&again->context), top);
	again->stand.point += now - top; /* as far as it was away */
	again->stand.top = now;
	if (again->stand.point >= text.length)
		again->stand.point = now;
	article_restore(&reading->article, &again->stand);
	article_scroll(&reading->article, 0);
}

#define PRINT_BYTES ((size_t)32 << 20) /* more take too long for a key */

static struct print print_of(struct slice text)
{
	struct print print = {.bytes = text.length, .lines = NOWHERE};
	if (text.length > PRINT_BYTES)
		return print;
	print.lines = 0;
	for (size_t at = 0; at < text.length; print.lines++) {
		const char *end = memchr(text.bytes + at, '\n', text.length - at);
		at = end != NULL ? (size_t)(end - text.bytes) + 1 : text.length;
	}
	print.hash = slice_hash(text);
	return print;
}

/* "3 lines more"; bytes where lines were not counted, or are as many as before. */
static void put_difference(const struct print *was, const struct print *is, struct buffer *into)
{
	bool lines = was->lines != is->lines && was->lines != NOWHERE && is->lines != NOWHERE;
	size_t before = lines ? was->lines : was->bytes, now = lines ? is->lines : is->bytes;
	size_t count = now > before ? now - before : before - now;
	if (count == 0 && was->hash == is->hash)
		buffer_text(into, was->lines == NOWHERE ? "as long as before" : "unchanged");
	else if (count == 0)
		buffer_text(into, "as long as before, with other words");
	else
		buffer_format(into, "%zu %s%s %s", count, lines ? "line" : "byte",
			count == 1 ? "" : "s", now > before ? "more" : "fewer");
}

void reader_tell_again(struct reader *reader)
{
	struct reading *reading = reader_reading(reader);
	struct buffer difference = {0};
	if (!reading->again.telling || !reading->loading.ended)
		return;
	struct print now = print_of(document_text(reading->document));
	reading->again.telling = false;
	put_difference(&reading->again.print, &now, &difference);
	reader_say(reader, "read again: %s", difference.bytes);
	buffer_release(&difference);
}

/* Its annotations belong to a text that is not shown any more; the worker frees what it may be
 * reading. */
static void forget_text(struct reader *reader, struct reading *reading)
{
	reader_forget_generation(reader, reading);
	if (reading->task != NULL)
		worker_drop(reader->worker, reading->task, reading->document);
	else
		document_free(reading->document);
	reading->task = NULL;
	reading->document = NULL;
	search_release(&reading->search);
	free(reading->headings.blocks);
	reading->headings = (struct headings){0};
	article_release(&reading->article);
	source_close(reading->loading.source);
}

static void read_again(struct reader *reader, struct reading *reading, struct source *source)
{
	unsigned width = reading->article.flow.width;
	size_t rows = reading->article.rows;
	bool following = reading->loading.following;
	keep_context(reading);
	if (reading->again.telling)
		reading->again.print = print_of(document_text(reading->document));
	forget_text(reader, reading);
	reading->loading = (struct loading){.source = source};
	reading->presented = false;
	reading_open(reader, reading);
	reading->loading.following = following;
	article_set_size(&reading->article, width, rows);
}

static bool go_on(struct reader *reader, struct reading *reading)
{
	bool loading = reading->loading.stopped, annotating = reading->stopped;
	reading->loading.stopped = reading->stopped = false;
	if (annotating)
		worker_stop(reader->worker, reading->task, false);
	if (loading || annotating)
		reader_say(reader, "going on");
	return loading || annotating;
}

/* False, after saying why: it cannot be read again. */
static bool reopen(struct reader *reader, struct reading *reading)
{
	struct diagnostics problems = {0};
	if (!reading->loading.is_file) {
		reader_say(reader, "this is no file and cannot be read again");
		return false;
	}
	struct source *source = source_open(reading->path, source_limit(), &problems);
	if (source != NULL)
		read_again(reader, reading, source);
	reader_complain_of(reader, &problems);
	diagnostics_release(&problems);
	return source != NULL;
}

COMMAND(reload)
{
	(void)call;
	struct reading *reading = reader_reading(reader);
	if (go_on(reader, reading))
		return;
	reading->again.telling = true;
	reading->again.telling = reopen(reader, reading);
}

/* ---- Following -------------------------------------------------------------------------- */

COMMAND(follow)
{
	(void)call;
	struct reading *reading = reader_reading(reader);
	struct loading *loading = &reading->loading;
	bool over = loading->ended && loading->source == NULL; /* what has been left is closed */
	if (over && !loading->is_file)
		reader_say(reader, "nothing more can come");
	if (over && (!loading->is_file || !reopen(reader, reading)))
		return;
	loading->stopped = false;
	loading->following = true;
	loading->goal = NOWHERE; /* it is where the end is */
	article_to_end(&reading->article);
	reader_say(reader, "following; any key that moves ends it");
}

/* ---- Stopping --------------------------------------------------------------------------- */

/* Who was on his way in a text that comes without end wants that to end as well, and a view that is
 * a smaller share of it with every look is none. */
static bool stop_loading(struct reader *reader, struct reading *reading)
{
	bool was_under_way = is_under_way(reading);
	bool loads = reading_is_loading(reading) && !reading_is_awaited(reading);
	reading_stay(reading);
	if (loads)
		reader_say(
			reader, "loading is stopped; %s goes on", reader_key_for(reader, "reload"));
	else if (was_under_way)
		reader_say(reader, "stopped");
	reading->loading.stopped = reading->loading.stopped || loads;
	return loads || was_under_way;
}

static bool stop_counting(struct reader *reader, struct reading *reading)
{
	struct search *search = &reading->search;
	if (!search_is_counting(search, reading->document))
		return false;
	search->stopped = true;
	reader_say(reader, "counting the hits is stopped");
	return true;
}

static bool stop_annotating(struct reader *reader, struct reading *reading)
{
	if (reading->task == NULL || reading->stopped ||
		!worker_progress(reader->worker, reading->task).running)
		return false;
	reading->stopped = true;
	worker_stop(reader->worker, reading->task, true);
	reader_say(reader, "annotating is stopped; %s goes on", reader_key_for(reader, "reload"));
	return true;
}

COMMAND(stop_running)
{
	(void)call;
	struct reading *reading = reader_reading(reader);
	bool sought = finding_stop(reader), awaited = positions_stop(reader);
	bool loaded = stop_loading(reader, reading);
	if (!sought && !awaited && !loaded && !stop_counting(reader, reading) &&
		!stop_annotating(reader, reading))
		reader_say(reader, "%s quits",
			reader_key_for(reader, closing_quits(reader) ? "close" : "quit"));
}
