/* annotator.h: the job of annotating, for the files that run it, check with it and explain it. */
#ifndef ANNOTATE_ANNOTATOR_H
#define ANNOTATE_ANNOTATOR_H

#include <stdatomic.h>

#include "annotate/linking.h"

struct annotator {
	const struct document *document;
	const struct packs *packs;
	struct sentence_words words;        /* which remember what they were asked */
	struct sentence_words shared_words; /* the same for others, in any thread */
	const struct pack *words_pack;
	struct buffer scratch;
	bool *active; /* by pack: its language is the text's */
	struct slice language;
	struct tokens *tokens; /* by pack */
	struct window window;
	struct settings settings;
	struct gathered gathered;
	size_t next_block, window_bytes, done_bytes;
	size_t shown_bytes; /* that were read when the last generation was made */
	size_t *windows;    /* first block of each window that was linked */
	size_t window_count, window_capacity;
	bool begun, finished, use_all;
	size_t preferred;         /* somebody looks there; NOWHERE: nobody */
	atomic_bool canceled;     /* by any thread */
	struct annotations *last; /* generation; never NULL */
	bool is_given;            /* to somebody who frees it */
	bool is_made;             /* it is not the empty one of the beginning */
};

static inline bool annotator_canceled(const struct annotator *annotator)
{
	return atomic_load_explicit(&annotator->canceled, memory_order_relaxed);
}

/* The splitter's words of a pack, for any thread: asking them remembers nothing. */
struct sentence_words pack_sentence_words(const struct pack *pack);

/* All packs work, whatever the language of the text: examples inside rules are short. */
void annotator_use_all(struct annotator *annotator);

/* ---- window.c --------------------------------------------------------------------------- */

/* Reads the local facts of a block into the window. */
void window_read_block(struct annotator *annotator, size_t block);
/* Links the window: names, who wins, speech; gathers what it found and empties it. */
void window_link(struct annotator *annotator);

/* For why: reads the window that holds an offset again, up to the masks: what names rules get. */
void window_reopen(struct annotator *annotator, size_t offset);
/* Goes on to what quote rules get: all mentions, decided. */
void window_name(struct annotator *annotator);
void window_close(struct annotator *annotator);
/* The pack whose rules are at work on the window. */
void window_use_pack(struct annotator *annotator, size_t pack);

#endif
