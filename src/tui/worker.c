/* The thread that annotates; see worker.h.
 *
 * Everything that both threads touch is under one mutex, which nobody holds while he works: the
 * thread looks for an errand, does it without the mutex, and posts what has come of it. What the
 * reader's thread takes or gives is a pointer that changes hands. The descriptor is written to when
 * something is posted, so that a poll for keys wakes.
 *
 * A text that was annotated and then grows, such as a log, is caught up with at once, but not again
 * before a rest as long as that took, and longer: all of it is linked again for each new line.
 *
 * No signal is handled here: all reach the reader's thread, whose handlers know what to do. Faults
 * cannot be blocked; for a stack that ran over there is another one.
 */
#include "tui/worker.h"
#include "base/clock.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define STEP_BYTES ((size_t)64 << 10) /* of the annotator, between two looks at what is wanted */
#define STACK_BYTES ((size_t)8 << 20)
#define FAULT_STACK_BYTES ((size_t)64 << 10)
#define TELLING_PAUSE 100 /* milliseconds between two words on progress */
#define REST 3 /* so many times as long as catching up took nothing more is done about a text */

struct task {
	const struct document *document; /* the reader's, which grows */
	struct document *shadow;         /* as the annotator sees it */
	struct annotator *annotator;
	atomic_bool canceled;
	bool catching_up;               /* the text had been done, and has grown */
	struct timespec begun, done_at; /* of catching up; and when the text was done */
	long rest;                      /* milliseconds from then on */
	/* Under the mutex: */
	bool grown;         /* since the annotator looked */
	bool done, stopped; /* done: with the text that is there */
	bool dropped;       /* to be freed */
	size_t preferred;   /* NOWHERE: nothing is, or the annotator knows */
	double share;       /* of the work that is done */
	struct generation *posted;
	struct document *buried; /* to be freed with it */
	struct task *next;
};

struct asked {
	struct task *task; /* NULL: nothing is asked, or the answer is there */
	size_t offset;
	unsigned number; /* of the question: an answer to an older one is none */
	bool answered;
	struct buffer text;
};

struct worker {
	struct worker_settings settings;
	pthread_t thread;
	int event;
	bool running, failed;
	struct timespec told; /* when progress was told last; the thread's */
	pthread_mutex_t mutex;
	pthread_cond_t wanted, dry;
	/* Under the mutex: */
	bool leaving;
	bool busy; /* the thread has not found yet that there is nothing to do */
	struct task *tasks, *current;
	struct asked asked[QUESTION_COUNT];
	struct generation *discarded;
};

static void lock(struct worker *worker)
{
	pthread_mutex_lock(&worker->mutex);
}

static void unlock(struct worker *worker)
{
	pthread_mutex_unlock(&worker->mutex);
}

/* ---- Generations ------------------------------------------------------------------------ */

static void generation_free(struct generation *generation)
{
	if (generation == NULL)
		return;
	index_release(&generation->index);
	annotations_free(generation->found);
	free(generation);
}

/* What is new of the annotator, with its index; NULL: nothing is, or nobody wants it any more. */
static struct generation *generation_take(struct worker *worker, struct task *task)
{
	struct annotations *found = annotator_take(task->annotator);
	if (found == NULL)
		return NULL;
	struct generation *generation = memory_allocate(sizeof *generation);
	generation->found = found;
	generation->words = *annotator_sentence_words(task->annotator);
	if (index_build(&generation->index, &(struct indexing){.document = task->shadow,
						    .packs = worker->settings.packs,
						    .found = found,
						    .styles = worker->settings.styles,
						    .policy = &worker->settings.policy,
						    .canceled = &task->canceled}))
		return generation;
	generation_free(generation);
	return NULL;
}

/* ---- Errands ---------------------------------------------------------------------------- */

/* Each is called with the mutex, works without it, and has it again when it returns; false: there
 * was nothing to do. */
typedef bool errand(struct worker *worker);

static void tell(struct worker *worker)
{
	uint64_t one = 1;
	ssize_t written = write(worker->event, &one, sizeof one);
	(void)written; /* full: it is readable already */
}

/* Progress is told a few times a second. */
static void tell_progress(struct worker *worker)
{
	if (milliseconds_since(&worker->told) < TELLING_PAUSE)
		return;
	worker->told = clock_now();
	tell(worker);
}

static bool clear_away(struct worker *worker)
{
	struct generation *first = worker->discarded;
	worker->discarded = NULL;
	if (first == NULL)
		return false;
	unlock(worker);
	while (first != NULL) {
		struct generation *next = first->next;
		generation_free(first);
		first = next;
	}
	lock(worker);
	return true;
}

static void task_free(struct task *task)
{
	generation_free(task->posted);
	annotator_free(task->annotator);
	document_free(task->shadow);
	document_free(task->buried);
	free(task);
}

static bool bury(struct worker *worker)
{
	struct task **link = &worker->tasks;
	while (*link != NULL && !(*link)->dropped)
		link = &(*link)->next;
	struct task *task = *link;
	if (task == NULL)
		return false;
	*link = task->next;
	unlock(worker);
	task_free(task);
	lock(worker);
	return true;
}

static bool answer(struct worker *worker)
{
	int which = 0;
	while (which < QUESTION_COUNT && worker->asked[which].task == NULL)
		which++;
	if (which == QUESTION_COUNT)
		return false;
	struct asked *asked = &worker->asked[which];
	struct task *task = asked->task;
	size_t offset = asked->offset;
	unsigned number = asked->number;
	struct buffer text = {0};
	asked->task = NULL;
	unlock(worker);
	annotator_why(task->annotator, offset, &text);
	lock(worker);
	if (asked->number == number) {
		struct buffer before = asked->text;
		asked->text = text;
		asked->answered = true;
		text = before;
		tell(worker);
	}
	buffer_release(&text);
	return true;
}

static void post(struct worker *worker, struct task *task, struct generation *generation)
{
	struct generation *before = task->posted;
	task->posted = generation;
	if (before != NULL) {
		before->next = worker->discarded;
		worker->discarded = before;
	}
	tell(worker);
}

static bool has_more(const struct task *task)
{
	return task != NULL && !task->stopped && (!task->done || task->grown);
}

/* Milliseconds for which nothing is done about the growth of a text that was done. */
static long rest_left(const struct task *task)
{
	long left =
		task->done && task->rest > 0 ? task->rest - milliseconds_since(&task->done_at) : 0;
	return left > 0 ? left : 0;
}

static void take_growth(struct task *task, bool was_done)
{
	document_shadow_refresh(task->shadow, task->document);
	if (!was_done)
		return;
	annotator_catch_up(task->annotator);
	task->catching_up = true;
	task->begun = clock_now();
}

static void note_done(struct task *task)
{
	task->rest = task->catching_up ? REST * milliseconds_since(&task->begun) : 0;
	task->catching_up = false;
	task->done_at = clock_now();
}

static bool annotate(struct worker *worker)
{
	struct task *task = worker->current;
	if (!has_more(task) || rest_left(task) > 0)
		return false;
	size_t preferred = task->preferred;
	bool grown = task->grown, was_done = task->done;
	task->preferred = NOWHERE;
	task->grown = false;
	unlock(worker);
	if (grown)
		take_growth(task, was_done);
	if (preferred != NOWHERE)
		annotator_prefer(task->annotator, preferred);
	bool more = annotator_step(task->annotator, STEP_BYTES);
	double share = annotator_progress(task->annotator);
	struct generation *generation = generation_take(worker, task);
	if (!more)
		note_done(task);
	lock(worker);
	task->done = !more;
	task->share = share;
	if (generation != NULL)
		post(worker, task, generation);
	else
		tell_progress(worker);
	return true;
}

/* In the order of their haste. */
static errand *const errands[] = {answer, bury, clear_away, annotate};

static bool run_errand(struct worker *worker)
{
	for (size_t i = 0; i < sizeof errands / sizeof *errands; i++)
		if (errands[i](worker))
			return true;
	return false;
}

/* ---- The thread ------------------------------------------------------------------------- */

/* Until something is wanted; or until a text that has grown may be caught up with. */
static void wait_for_errand(struct worker *worker)
{
	struct task *task = worker->current;
	if (has_more(task)) {
		struct timespec until = clock_after(rest_left(task));
		pthread_cond_timedwait(&worker->wanted, &worker->mutex, &until);
		return;
	}
	worker->busy = false;
	pthread_cond_broadcast(&worker->dry);
	pthread_cond_wait(&worker->wanted, &worker->mutex);
}

static void *work(void *argument)
{
	struct worker *worker = argument;
	char *room = memory_allocate(FAULT_STACK_BYTES);
	stack_t stack = {.ss_sp = room, .ss_size = FAULT_STACK_BYTES}, before;
	sigaltstack(&stack, &before);
	lock(worker);
	while (!worker->leaving) {
		if (!run_errand(worker))
			wait_for_errand(worker);
	}
	unlock(worker);
	sigaltstack(&before, NULL);
	free(room);
	return NULL;
}

static void block_signals(sigset_t *before)
{
	static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS};
	sigset_t set;
	sigfillset(&set);
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
		sigdelset(&set, faults[i]);
	pthread_sigmask(SIG_SETMASK, &set, before);
}

/* With the mutex: there is something to do. */
static void want(struct worker *worker)
{
	worker->busy = true;
	pthread_cond_signal(&worker->wanted);
}

static void start(struct worker *worker)
{
	sigset_t before;
	pthread_attr_t attributes;
	if (worker->running || worker->failed)
		return;
	block_signals(&before);
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_BYTES);
	worker->running = worker->event >= 0 &&
			  pthread_create(&worker->thread, &attributes, work, worker) == 0;
	worker->failed = !worker->running;
	pthread_attr_destroy(&attributes);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* Waits by the clock that all of this is timed with. */
static void init_wanted(struct worker *worker)
{
	pthread_condattr_t attributes;
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&worker->wanted, &attributes);
	pthread_condattr_destroy(&attributes);
}

struct worker *worker_new(const struct worker_settings *settings)
{
	struct worker *worker = memory_allocate(sizeof *worker);
	worker->settings = *settings;
	worker->event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	pthread_mutex_init(&worker->mutex, NULL);
	init_wanted(worker);
	pthread_cond_init(&worker->dry, NULL);
	return worker;
}

static void cancel(struct task *task)
{
	atomic_store_explicit(&task->canceled, true, memory_order_relaxed);
	annotator_cancel(task->annotator);
}

static void end_thread(struct worker *worker)
{
	lock(worker);
	worker->leaving = true;
	for (struct task *task = worker->tasks; task != NULL; task = task->next)
		cancel(task);
	pthread_cond_signal(&worker->wanted);
	unlock(worker);
	pthread_join(worker->thread, NULL);
}

void worker_free(struct worker *worker)
{
	if (worker == NULL)
		return;
	if (worker->running)
		end_thread(worker);
	while (worker->tasks != NULL) {
		struct task *task = worker->tasks;
		worker->tasks = task->next;
		task_free(task);
	}
	while (worker->discarded != NULL) {
		struct generation *generation = worker->discarded;
		worker->discarded = generation->next;
		generation_free(generation);
	}
	for (int i = 0; i < QUESTION_COUNT; i++)
		buffer_release(&worker->asked[i].text);
	pthread_cond_destroy(&worker->dry);
	pthread_cond_destroy(&worker->wanted);
	pthread_mutex_destroy(&worker->mutex);
	if (worker->event >= 0)
		close(worker->event);
	free(worker);
}

bool worker_has_failed(const struct worker *worker)
{
	return worker->failed;
}

int worker_descriptor(const struct worker *worker)
{
	return worker->event;
}

void worker_heard(struct worker *worker)
{
	uint64_t count;
	ssize_t got = read(worker->event, &count, sizeof count);
	(void)got; /* nothing was told */
}

void worker_wait(struct worker *worker)
{
	lock(worker);
	while (worker->running && worker->busy)
		pthread_cond_wait(&worker->dry, &worker->mutex);
	unlock(worker);
}

/* ---- What is wanted --------------------------------------------------------------------- */

struct task *worker_begin(struct worker *worker, const struct document *document)
{
	struct task *task = memory_allocate(sizeof *task);
	task->document = document;
	task->shadow = document_shadow(document);
	task->annotator = annotator_new(task->shadow, worker->settings.packs);
	annotator_hasten(task->annotator);
	task->preferred = NOWHERE;
	atomic_init(&task->canceled, false);
	lock(worker);
	task->next = worker->tasks;
	worker->tasks = task;
	unlock(worker);
	start(worker);
	return task;
}

void worker_drop(struct worker *worker, struct task *task, struct document *document)
{
	lock(worker);
	for (int i = 0; i < QUESTION_COUNT; i++)
		if (worker->asked[i].task == task)
			worker->asked[i].task = NULL;
	if (worker->current == task)
		worker->current = NULL;
	task->buried = document;
	task->dropped = true;
	cancel(task);
	want(worker);
	unlock(worker);
}

void worker_turn_to(struct worker *worker, struct task *task)
{
	lock(worker);
	if (worker->current != task) {
		worker->current = task;
		want(worker);
	}
	unlock(worker);
}

void worker_grown(struct worker *worker, struct task *task)
{
	lock(worker);
	task->grown = true;
	want(worker);
	unlock(worker);
}

void worker_prefer(struct worker *worker, struct task *task, size_t offset)
{
	lock(worker);
	task->preferred = offset;
	unlock(worker);
}

void worker_stop(struct worker *worker, struct task *task, bool stop)
{
	lock(worker);
	task->stopped = stop;
	want(worker);
	unlock(worker);
}

struct progress worker_progress(struct worker *worker, const struct task *task)
{
	lock(worker);
	bool more = (!task->done || task->grown) && !task->stopped && worker->running;
	struct progress progress = {task->share, more};
	unlock(worker);
	return progress;
}

struct generation *worker_take(struct worker *worker, struct task *task)
{
	lock(worker);
	struct generation *generation = task->posted;
	task->posted = NULL;
	unlock(worker);
	return generation;
}

void worker_discard(struct worker *worker, struct generation *generation)
{
	lock(worker);
	generation->next = worker->discarded;
	worker->discarded = generation;
	want(worker);
	unlock(worker);
}

/* ---- Why -------------------------------------------------------------------------------- */

void worker_ask(struct worker *worker, enum question question, struct task *task, size_t offset)
{
	struct asked *asked = &worker->asked[question];
	lock(worker);
	asked->task = task;
	asked->offset = offset;
	asked->number++;
	asked->answered = false;
	want(worker);
	unlock(worker);
}

bool worker_answer(struct worker *worker, enum question question, struct buffer *into)
{
	struct asked *asked = &worker->asked[question];
	lock(worker);
	bool answered = asked->answered;
	if (answered)
		buffer_append(into, buffer_slice(&asked->text));
	asked->answered = false;
	unlock(worker);
	return answered;
}
