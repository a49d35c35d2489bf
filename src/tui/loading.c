/* How texts come in while they are read.
 *
 * Each file is opened when it is shown first, and read in slices between keys. Its first frame
 * waits until the first screen is full, until nothing has come for a while, or until there is
 * nothing more; what a slow pipe has brought by then decides what the text is. After that every
 * slice makes the text longer and nothing else: the view stays where it is, unless somebody is on
 * his way to what is not there yet.
 */
#include "base/clock.h"
#include "tui/app.h"

#define FIRST_BYTES ((size_t)64 << 10) /* a slice, until the first frame */
#define SLICE_BYTES ((size_t)1 << 20)
#define SAMPLE_BYTES ((size_t)64 << 10)
#define PATIENCE 50         /* milliseconds without anything new, before the first frame */
#define PATIENCE_MOST 250   /* and with something new all the time */
#define REDRAW_PAUSE 100    /* between frames that show only how far loading is */
#define FOLLOWING_PAUSE 250 /* between looks whether a file has grown */

/* ---- Opening ---------------------------------------------------------------------------- */

/* Says what went wrong last, and how many more there were with it. */
static void tell_problems(struct reader *reader, size_t before)
{
	const struct diagnostics *problems = reader->problems;
	if (problems->total > before)
		reader_tell_problem(reader, &problems->items[problems->count - 1],
			problems->total - before - 1);
}

static bool open_source(struct reader *reader, struct reading *reading)
{
	struct loading *loading = &reading->loading;
	if (loading->source == NULL && !loading->failed)
		loading->source = source_open(reading->path, source_limit(), reader->problems);
	loading->failed = loading->source == NULL;
	reader->failed = reader->failed || loading->failed;
	return !loading->failed;
}

bool reading_open(struct reader *reader, struct reading *reading)
{
	size_t before = reader->problems->total;
	if (reading->document != NULL)
		return true;
	if (!open_source(reader, reading)) {
		tell_problems(reader, before);
		return false;
	}
	reading->loading.begun = reading->loading.came = clock_now();
	reading->loading.goal = NOWHERE;
	reading->loading.is_file = source_is_file(reading->loading.source);
	reading->loading.accepted = reader->options.binary || reader->options.type != NULL;
	reading->document = document_new(reading->path, &reader->options);
	article_init(&reading->article, reading->document, reader->policy);
	return true;
}

/* Who reads thousands of files has no descriptor for each. */
void reading_rest(struct reading *reading)
{
	struct loading *loading = &reading->loading;
	if (!loading->ended || loading->following)
		return;
	source_close(loading->source);
	loading->source = NULL;
}

/* What is no file is kept open: that may be possible once only. */
static void look_at(struct reader *reader, struct reading *reading)
{
	struct loading *loading = &reading->loading;
	bool known = reading->document != NULL || loading->failed || loading->source != NULL;
	if (known || !open_source(reader, reading) || !source_is_file(loading->source))
		return;
	source_close(loading->source);
	loading->source = NULL;
}

bool reader_look_at_others(struct reader *reader)
{
	size_t before = reader->problems->total;
	if (!reader_reading(reader)->presented || reader->looked_at == reader->reading_count)
		return false;
	look_at(reader, reader->readings[reader->looked_at++]);
	reader->ill_known = reader->ill_known || reader->problems->total > before;
	if (reader->ill_known && reader->looked_at == reader->reading_count)
		reader_complain_of(reader, reader->problems);
	return true;
}

/* ---- Growing ---------------------------------------------------------------------------- */

size_t reading_bytes(const struct reading *reading)
{
	const struct loading *loading = &reading->loading;
	size_t there = document_text(reading->document).length;
	size_t size = loading->source != NULL ? source_size(loading->source) : 0;
	size_t taken = loading->source != NULL ? source_taken(loading->source) : 0;
	if (loading->ended || size <= taken)
		return there;
	if (there == 0)
		return size;
	return there + (size_t)((double)(size - taken) * (double)there / (double)taken);
}

/* And a row below it. */
static bool screen_is_full(struct article *article)
{
	struct line line = article->top;
	return !article_is_empty(article) &&
	       flow_forward(&article->flow, &line, article->rows) == article->rows;
}

/* To where somebody is on his way, as far as that is there. */
static void approach(struct reading *reading)
{
	struct loading *loading = &reading->loading;
	size_t there = document_text(reading->document).length;
	if (loading->following || loading->goal == GOAL_END) {
		article_to_end(&reading->article);
	} else if (loading->goal != NOWHERE && (loading->goal < there || loading->ended)) {
		article_begin_at(&reading->article, loading->goal);
		loading->goal = NOWHERE;
	}
	if (loading->ended && loading->goal == GOAL_END)
		loading->goal = NOWHERE;
}

static void measure_words(struct reading *reading)
{
	struct slice sample = slice_cut(document_text(reading->document), 0, SAMPLE_BYTES);
	if (sample.length > 0)
		reading->words_per_byte = (double)words_count(sample) / (double)sample.length;
}

static void grown(struct reader *reader, struct reading *reading)
{
	struct loading *loading = &reading->loading;
	reading->article.veiled = reading_is_asked(reading);
	article_grown(&reading->article);
	reading_come_back(reading);
	approach(reading);
	if (reading->task != NULL)
		worker_grown(reader->worker, reading->task);
	if (!loading->ended && loading->was_full &&
		milliseconds_since(&loading->drawn) < REDRAW_PAUSE)
		return;
	measure_words(reading);
	loading->was_full = screen_is_full(&reading->article);
	loading->drawn = clock_now();
	reader->dirty = true;
}

static void end(struct reader *reader, struct reading *reading, enum source_state state)
{
	struct loading *loading = &reading->loading;
	loading->ended = true;
	loading->broken = state == SOURCE_FAILED;
	reader->failed = reader->failed || loading->broken;
	if (!source_is_file(loading->source)) {
		source_close(loading->source);
		loading->source = NULL;
	}
}

bool reading_is_loading(const struct reading *reading)
{
	const struct loading *loading = &reading->loading;
	return !loading->ended && !loading->stopped && !reading_is_asked(reading);
}

/* Whoever writes late has as long for his first lines as others. */
static void note_coming(struct loading *loading)
{
	loading->came = clock_now();
	if (!loading->has_come)
		loading->begun = loading->came;
	loading->has_come = true;
}

bool reader_load(struct reader *reader)
{
	struct reading *reading = reader_reading(reader);
	struct loading *loading = &reading->loading;
	size_t problems = reader->problems->total;
	if (!reading_is_loading(reading))
		return false;
	size_t before = source_taken(loading->source);
	enum source_state state = source_read(loading->source, reading->document,
		reading->presented ? SLICE_BYTES : FIRST_BYTES, reader->problems);
	bool came = source_taken(loading->source) > before;
	loading->waiting = state == SOURCE_WAITING;
	if (came)
		note_coming(loading);
	if (state == SOURCE_ENDED || state == SOURCE_FAILED)
		end(reader, reading, state);
	if (came || loading->ended)
		grown(reader, reading);
	reader_tell_again(reader);
	tell_problems(reader, problems);
	reader_ask(reader);
	return !loading->waiting;
}

/* ---- The first frame -------------------------------------------------------------------- */

static long patience(const struct loading *loading)
{
	long left = PATIENCE - milliseconds_since(&loading->came);
	long most = PATIENCE_MOST - milliseconds_since(&loading->begun);
	left = left < most ? left : most;
	return left > 0 ? left : 0;
}

/* What has come is not enough to tell what the text is, and may be all for a while. */
static bool is_undecided(const struct reading *reading)
{
	return reading->loading.has_come && !document_is_decided(reading->document);
}

static void decide(struct reader *reader, struct reading *reading)
{
	document_decide(reading->document);
	grown(reader, reading);
	reader_ask(reader);
}

bool reader_decide_late(struct reader *reader)
{
	struct reading *reading = reader_reading(reader);
	if (!reading->presented || !is_undecided(reading) || patience(&reading->loading) > 0)
		return false;
	decide(reader, reading);
	return true;
}

bool reader_is_presentable(struct reader *reader)
{
	struct reading *reading = reader_reading(reader);
	struct loading *loading = &reading->loading;
	if (reading->presented || loading->ended || reading_is_asked(reading))
		return true;
	reader_settle(reader);
	if (screen_is_full(&reading->article))
		return true;
	if (patience(loading) > 0)
		return false;
	if (is_undecided(reading))
		decide(reader, reading);
	return true;
}

/* ---- Waiting ---------------------------------------------------------------------------- */

int reader_patience(const struct reader *reader)
{
	const struct reading *reading = reader_reading(reader);
	if (!reading->presented || is_undecided(reading))
		return (int)patience(&reading->loading);
	bool looks = reading->loading.following && reading->loading.ended;
	return looks ? FOLLOWING_PAUSE : -1;
}

int reader_awaited(const struct reader *reader)
{
	const struct reading *reading = reader_reading(reader);
	if (!reading_is_loading(reading) || !reading->loading.waiting)
		return -1;
	return source_descriptor(reading->loading.source);
}

bool reading_is_awaited(const struct reading *reading)
{
	const struct loading *loading = &reading->loading;
	return !loading->ended && source_has_no_writer(loading->source);
}

void reading_put_loading(const struct reading *reading, struct buffer *into)
{
	const struct loading *loading = &reading->loading;
	size_t there = document_text(reading->document).length, all = reading_bytes(reading);
	if (loading->goal != NOWHERE)
		buffer_text(into, "going there: ");
	if (reading_is_awaited(reading)) {
		buffer_text(into, "waiting for ");
		reading_put_name(reading, into);
	} else if (loading->following) {
		buffer_text(into, "following");
	} else if (loading->stopped) {
		return; /* it was said */
	} else if (!loading->ended && all > there) {
		buffer_format(into, "loading %zu %%", (size_t)((double)there * 100 / (double)all));
	} else if (!loading->ended) {
		buffer_text(into, "more may come");
	}
}

/* ---- Following -------------------------------------------------------------------------- */

/* A file that was read to its end may have grown since. */
bool reader_look_for_more(struct reader *reader)
{
	struct loading *loading = &reader_reading(reader)->loading;
	struct diagnostics problems = {0};
	if (!loading->following || !loading->ended || loading->source == NULL ||
		milliseconds_since(&loading->looked) < FOLLOWING_PAUSE)
		return false;
	loading->looked = clock_now();
	bool more = source_follow(loading->source, &problems);
	loading->ended = !more;
	if (problems.count > 0)
		reader_complain(reader, "%s; %s reads the file again", problems.items[0].message,
			reader_key_for(reader, "reload"));
	diagnostics_release(&problems);
	return more;
}
