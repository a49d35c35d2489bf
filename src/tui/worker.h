/* worker.h: the thread that annotates while somebody reads.
 *
 * The reader's own thread shows, takes keys and lets texts grow; it never waits for this one but
 * where a function here says so. In the thread annotators work on shadows of its documents, and
 * each generation is given away whole, with the index over it: what both threads can see does not
 * change any more. What comes out in the end does not depend on which of them was faster.
 *
 * All functions belong to the reader's thread.
 */
#ifndef TUI_WORKER_H
#define TUI_WORKER_H

#include "byline/layout.h"
#include "tui/index.h"

/* What annotating has come to. */
struct generation {
	struct annotations *found;
	struct index index;          /* over it */
	struct sentence_words words; /* for the document's language */
	struct generation *next;
};

struct worker;
struct task; /* the annotating of one document */

struct worker_settings {
	const struct packs *packs; /* which are the thread's alone, but for their kinds */
	const struct index_styles *styles;
	struct width_policy policy;
};

/* All of the settings must outlive it. The thread begins with the first task. */
struct worker *worker_new(const struct worker_settings *settings);
/* Cancels what is running and waits for the thread to end, which takes milliseconds. Tasks that
 * are left end with it; documents must be there until then. NULL is allowed. */
void worker_free(struct worker *worker);
/* No thread could be started: nothing will ever be annotated. */
bool worker_has_failed(const struct worker *worker);

/* Readable once there is something new to take, or progress to tell; -1: cannot be told. */
int worker_descriptor(const struct worker *worker);
/* To be called before looking what is new. */
void worker_heard(struct worker *worker);
/* Waits until the thread has run dry: for a screen in memory, whose keys come one by one. */
void worker_wait(struct worker *worker);

/* ---- Tasks ------------------------------------------------------------------------------ */

struct task *worker_begin(struct worker *worker, const struct document *document);
/* Leaves a task off; what belongs to it is freed in the thread, and `document` with it, unless it
 * is NULL. */
void worker_drop(struct worker *worker, struct task *task, struct document *document);
/* Works on this task, on no other; NULL: on none. */
void worker_turn_to(struct worker *worker, struct task *task);
/* The document has grown. */
void worker_grown(struct worker *worker, struct task *task);
/* Somebody looks at this offset: it is annotated next. */
void worker_prefer(struct worker *worker, struct task *task, size_t offset);
/* Stops a task, or goes on with it. */
void worker_stop(struct worker *worker, struct task *task, bool stop);

/* How far a task is. */
struct progress {
	double share; /* of the text that is there, 0 to 1 */
	bool running; /* there is more to do, and nobody stopped it */
};
struct progress worker_progress(struct worker *worker, const struct task *task);
/* The newest generation that was not taken yet, now the caller's; NULL: there is none. Its index
 * is of the shadow: whoever takes it gives it the document. */
struct generation *worker_take(struct worker *worker, struct task *task);
/* Frees a generation, in the thread. */
void worker_discard(struct worker *worker, struct generation *generation);

/* ---- Why -------------------------------------------------------------------------------- */

enum question { QUESTION_ENTITY, QUESTION_SPEAKER, QUESTION_COUNT };

/* Asks why something is marked; what was asked of this question before is forgotten. */
void worker_ask(struct worker *worker, enum question question, struct task *task, size_t offset);
/* Appends the answer once it is there, in the words of --why; false: not yet. */
bool worker_answer(struct worker *worker, enum question question, struct buffer *into);

#endif
