/* What is done between keys: taking over what the worker has found, asking it why, looking for hits
 * and counting them.
 *
 * A job does a little and says whether it did anything. None takes longer than a few milliseconds,
 * and none waits.
 */
#include "base/clock.h"
#include "tui/app.h"

#include <poll.h>

#define SLICE_MILLISECONDS 8

/* What is in view is annotated first. */
static void tell_view(struct reader *reader, struct reading *reading)
{
	size_t top = reading->article.top_start;
	if (top == reading->told)
		return;
	reading->told = top;
	worker_prefer(reader->worker, reading->task, top);
}

static bool annotate(struct reader *reader)
{
	struct reading *reading = reader_reading(reader);
	if (!reading->presented || !document_is_decided(reading->document) ||
		reading_is_asked(reading))
		return false;
	if (reading->task == NULL)
		reading->task = worker_begin(reader->worker, reading->document);
	if (worker_has_failed(reader->worker)) {
		if (!reader->lame)
			reader_complain(reader, "nothing is annotated: no thread can be started");
		reader->lame = true;
		return false;
	}
	tell_view(reader, reading);
	worker_turn_to(reader->worker, reading->task);
	return reading_take_over(reader, reading);
}

/* To say why, a part of the text is annotated once more. */
static bool explain(struct reader *reader)
{
	bool any = false;
	for (int i = 0; i < QUESTION_COUNT && reader->over == PANE_CARD; i++) {
		struct reason *reason = &reader->reasons[i];
		if (reason->reading == NULL || reason->known)
			continue;
		if (!reason->asked)
			worker_ask(reader->worker, (enum question)i, reason->reading->task,
				reason->offset);
		reason->asked = true;
		reason->text.length = 0;
		reason->known = worker_answer(reader->worker, (enum question)i, &reason->text);
		any = any || reason->known;
	}
	if (!any)
		return false;
	reader->sheet_cause.pane = PANE_ARTICLE; /* to be filled anew */
	reader->dirty = true;
	return true;
}

static bool count_hits(struct reader *reader)
{
	struct reading *reading = reader_reading(reader);
	if (!search_count(&reading->search, reading->document))
		return false;
	reader->dirty = true;
	return true;
}

static bool (*const jobs[])(struct reader *reader) = {
	reader_look_for_more,
	reader_load,
	reader_decide_late,
	annotate,
	finding_work,
	headings_work,
	positions_work,
	walks_work,
	explain,
	count_hits,
	reader_look_at_others,
};

/* A step of each job; false: none has anything to do. */
static bool work(struct reader *reader)
{
	bool any = false;
	for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++)
		any = jobs[i](reader) || any;
	return any;
}

bool reader_work(struct reader *reader)
{
	struct timespec start = clock_now();
	if (!reader_reading(reader)->presented) /* the first frame waits for nothing else */
		return reader_load(reader);
	worker_heard(reader->worker);
	while (work(reader))
		if (milliseconds_since(&start) >= SLICE_MILLISECONDS)
			return true;
	return false;
}

/* The whole text, as far as somebody is there to write it. */
static void load_all(struct reader *reader)
{
	struct reading *reading = reader_reading(reader);
	for (int awaited = -1;; awaited = reader_awaited(reader)) {
		if (awaited >= 0)
			poll(&(struct pollfd){.fd = awaited, .events = POLLIN}, 1, -1);
		while (reader_load(reader))
			continue;
		if (!reading_is_loading(reading) || source_has_no_writer(reading->loading.source))
			break;
	}
	reading->presented = true;
}

/* What comes of the worker may be something to do for a job, and the other way round. */
void reader_run_dry(struct reader *reader)
{
	load_all(reader);
	do {
		while (work(reader))
			continue;
		worker_wait(reader->worker);
	} while (work(reader));
}
