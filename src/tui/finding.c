/* The search commands, their prompt, and the job that looks.
 *
 * A command only says what is looked for and from where; the job goes there, at once in all but the
 * longest texts. While a pattern is typed the view follows from where the search began, and is back
 * there when nothing is found or the prompt is left. Whoever moves meanwhile has changed his mind.
 */
#include "base/clock.h"
#include "tui/app.h"
#include "tui/commands.h"

#define HURRY_MILLISECONDS 8

/* ---- What is looked for ----------------------------------------------------------------- */

static void complain(struct reader *reader, struct slice text, const char *what)
{
	struct buffer shown = {0};
	text_visible(text, &shown);
	if (reader->prompt.kind != NULL)
		reader_complain(reader, "%s", what); /* the text stands beside it */
	else
		reader_complain(reader, "%s: %s", shown.bytes ? shown.bytes : "", what);
	buffer_release(&shown);
}

static void set_sought(struct sought *sought, struct slice text)
{
	struct buffer copy = {0};
	buffer_append(&copy, text);
	buffer_release(&sought->text);
	sought->text = copy;
}

/* Takes the pattern; false after saying what is wrong with it. */
static bool set_pattern(struct reader *reader, const struct sought *sought)
{
	struct reading *reading = reader_reading(reader);
	struct search_wish wish = {
		.text = buffer_slice(&sought->text),
		.literal = sought->literal,
		.wrapped = document_is_wrapped(reading->document),
	};
	struct buffer why = {0};
	bool good = search_set(&reading->search, &wish, &why);
	if (!good)
		complain(reader, wish.text, why.bytes);
	buffer_release(&why);
	reading->search.backward = sought->backward;
	return good;
}

static void seek_from(struct reading *reading, const struct jump *from, bool backward, size_t count)
{
	bool landed = from->stand.landed && !backward;
	reading->search_from = *from;
	search_seek(&reading->search, from->stand.point + landed, backward, count);
}

/* ---- The job ---------------------------------------------------------------------------- */

/* A search prompt is open, and what it finds is for a look. */
static bool is_typing(const struct reader *reader)
{
	const struct prompt_kind *kind = reader->prompt.kind;
	return kind != NULL && kind->history == HISTORY_SEARCH;
}

static void land(struct reader *reader, struct reading *reading)
{
	struct search *search = &reading->search;
	bool backward = search->seek.backward;
	size_t from = reading->search_from.stand.point;
	bool around = backward ? search->hit.start >= from : search->hit.start < from;
	if (around || (search->hit.start == from && reading->search_from.stand.landed))
		reader_say(reader, "wrapped to the %s", backward ? "end" : "top");
	article_jump(&reading->article, search->hit);
	reading_stay(reading);
	if (!is_typing(reader))
		reader_left(reader, &reading->search_from);
}

static void tell_why_not(struct reader *reader, enum seek_outcome outcome)
{
	struct slice text =
		buffer_slice(is_typing(reader) ? &reader->typed.text : &reader->sought.text);
	const struct search *search = &reader_reading(reader)->search;
	if (outcome == SEEK_NONE && search->spent == 0)
		complain(reader, text, "not found");
	else if (outcome == SEEK_NONE)
		complain(reader, text, "not found; in places this pattern costs too much to try");
	else
		complain(reader, text, "this pattern costs too much; the search was given up");
}

/* Scrolling or a jump while it went on; the text's beginning is no move. */
static bool has_moved(struct reading *reading)
{
	struct stand now = article_stand(&reading->article);
	if (reading->search_from.reading == NOWHERE)
		return false;
	const struct stand *then = &reading->search_from.stand;
	return now.top != then->top || now.point != then->point;
}

bool finding_work(struct reader *reader)
{
	struct reading *reading = reader_reading(reader);
	struct search *search = &reading->search;
	if (!search->seek.going)
		return false;
	if (!article_is_empty(&reading->article) && reading->search_from.reading == NOWHERE)
		reading->search_from = reader_place(reader);
	if (has_moved(reading)) {
		search->seek.going = false;
		return false;
	}
	double before = search_seek_progress(search, reading->document);
	enum seek_outcome outcome = search_seek_on(search, reading->document);
	if (outcome == SEEK_WAITS)
		return false;
	double now = search_seek_progress(search, reading->document);
	bool shows = (int)(before * 100) != (int)(now * 100);
	reader->dirty = reader->dirty || shows || outcome != SEEK_GOES;
	if (outcome == SEEK_FOUND)
		land(reader, reading);
	else if (outcome != SEEK_GOES)
		tell_why_not(reader, outcome);
	if (outcome != SEEK_GOES)
		reader_settle(reader);
	return true;
}

void finding_hurry(struct reader *reader)
{
	struct timespec start = clock_now();
	while (finding_work(reader) && milliseconds_since(&start) < HURRY_MILLISECONDS)
		continue;
}

bool finding_stop(struct reader *reader)
{
	struct seek *seek = &reader_reading(reader)->search.seek;
	if (!seek->going)
		return false;
	seek->going = false;
	reader_say(reader, "the search is stopped");
	return true;
}

void finding_progress(const struct reader *reader, struct buffer *into)
{
	const struct reading *reading = reader_reading(reader);
	const struct search *search = &reading->search;
	if (!search->seek.going)
		return;
	if (search->seek.waits > 0)
		buffer_text(into, "searching\u2026 what is to come");
	else
		buffer_format(into, "searching\u2026 %.0f%%",
			search_seek_progress(search, reading->document) * 100);
}

/* ---- The prompt ------------------------------------------------------------------------- */

static void go_to_start(struct reading *reading)
{
	search_clear(&reading->search);
	article_restore(&reading->article, &reading->search_from.stand);
}

/* Looks for a pattern from where the search began. */
static void look(struct reader *reader, const struct sought *sought)
{
	struct reading *reading = reader_reading(reader);
	go_to_start(reading);
	if (sought->text.length > 0 && set_pattern(reader, sought))
		seek_from(reading, &reading->search_from, sought->backward, sought->count);
}

static void tell_none(struct reader *reader)
{
	reader_say(
		reader, "no search is in force; %s begins one", reader_key_for(reader, "search"));
}

static void changed(struct reader *reader, struct slice text)
{
	reader->typed.literal = reader->prompt.literal;
	set_sought(&reader->typed, text);
	look(reader, &reader->typed);
}

/* What was found while it was typed stands. An empty line looks for what was looked for last. */
static void entered(struct reader *reader, struct slice text)
{
	struct reading *reading = reader_reading(reader);
	struct sought *sought = &reader->sought;
	bool looked = text.length > 0 && reading->search.pattern != NULL;
	sought->backward = reader->typed.backward;
	sought->count = reader->typed.count;
	if (text.length > 0) {
		sought->literal = reader->typed.literal;
		set_sought(sought, text);
	}
	if (sought->text.length == 0)
		tell_none(reader);
	else if (looked && reading->search.hit.start != NOWHERE)
		reader_left(reader, &reading->search_from);
	else if (!looked || !reading->search.seek.going)
		look(reader, sought);
}

/* Everything is as it was before the prompt. */
static void left(struct reader *reader)
{
	struct reading *reading = reader_reading(reader);
	go_to_start(reading);
	if (!reading->searched)
		return;
	set_pattern(reader, &reader->sought);
	reading->search.hit = reading->searched_hit;
}

static const struct prompt_kind forward = {
	.mark = "/",
	.history = HISTORY_SEARCH,
	.literal = true,
	.changed = changed,
	.entered = entered,
	.left = left,
};
static const struct prompt_kind backward = {
	.mark = "?",
	.history = HISTORY_SEARCH,
	.literal = true,
	.changed = changed,
	.entered = entered,
	.left = left,
};

/* ---- Commands --------------------------------------------------------------------------- */

static struct jump beginning(const struct reader *reader)
{
	struct jump from = reader_place(reader);
	if (article_is_empty(&reader_reading(reader)->article))
		from.reading = NOWHERE;
	return from;
}

static void begin(struct reader *reader, const struct call *call, bool back)
{
	struct reading *reading = reader_reading(reader);
	if (page_is_searched(reader)) {
		page_search_begin(reader, back);
		return;
	}
	reader_focus(reader, PANE_ARTICLE);
	reading->search_from = beginning(reader);
	reading->searched = reading->search.pattern != NULL;
	reading->searched_hit = reading->search.hit;
	reading->search.seek.going = false;
	reader->typed.backward = back;
	reader->typed.count = call_steps(call);
	prompt_open(reader, back ? &backward : &forward);
}

COMMAND(search_on)
{
	begin(reader, call, false);
}

COMMAND(search_back)
{
	begin(reader, call, true);
}

void reader_search(struct reader *reader, struct slice text, bool back)
{
	struct reading *reading = reader_reading(reader);
	struct sought *sought = &reader->sought;
	reader_focus(reader, PANE_ARTICLE);
	reading->search_from = beginning(reader);
	sought->backward = back;
	sought->count = 1;
	if (text.length > 0) {
		history_add(&reader->prompt.histories[HISTORY_SEARCH], text);
		sought->literal = false;
		set_sought(sought, text);
	}
	if (sought->text.length > 0)
		look(reader, sought);
	else
		tell_none(reader);
}

/* What was looked for in another file is looked for in this one, too. */
static void go_to_hit(struct reader *reader, const struct call *call, bool against)
{
	struct reading *reading = reader_reading(reader);
	struct search *search = &reading->search;
	const struct jump from = beginning(reader);
	if (reader->sought.text.length == 0) {
		tell_none(reader);
		return;
	}
	if (search->pattern == NULL && !set_pattern(reader, &reader->sought))
		return;
	bool back = reader->sought.backward != against;
	if (search->seek.going && search->seek.backward == back)
		search->seek.left += call_steps(call);
	else
		seek_from(reading, &from, back, call_steps(call));
}

COMMAND(next_hit)
{
	if (page_is_searched(reader))
		page_search_on(reader, call, false);
	else
		go_to_hit(reader, call, false);
}

COMMAND(previous_hit)
{
	if (page_is_searched(reader))
		page_search_on(reader, call, true);
	else
		go_to_hit(reader, call, true);
}

/* "3 of 17"; "3 of 17+" while there may be more. */
void search_position(const struct reader *reader, struct buffer *into)
{
	struct reading *reading = reader_reading(reader);
	struct search *search = &reading->search;
	if (search->pattern == NULL || search->hit.start == NOWHERE)
		return;
	size_t rank = search_rank(search, reading->document, search->hit.start);
	const char *more = search_is_counted(search, reading->document) ? "" : "+";
	if (rank == 0)
		buffer_format(into, "%zu+ found", search_total(search));
	else
		buffer_format(into, "%zu of %zu%s", rank, search_total(search), more);
}
