/* annotator.h: the job of annotating, for the files that run it, check with it and explain it. */
#ifndef ANNOTATE_ANNOTATOR_H
#define ANNOTATE_ANNOTATOR_H

#include "annotate/linking.h"
#include "annotate/windows.h"

/* What language the text is in, and which packs are at work on it. */
struct language {
	bool *active;          /* by pack */
	const struct pack *of; /* whose name for it is the text's; NULL: und */
	size_t bytes;          /* of the text that it was told by */
};

struct annotator {
	const struct document *document;
	const struct packs *packs;
	struct sentence_words words;
	const struct pack *words_pack; /* whose they are, or NULL */
	struct language language;
	struct tokens *tokens; /* by pack */
	struct windows windows;
	struct window window;   /* the one that is read */
	size_t window_index;    /* its place; NOWHERE: none is read */
	size_t next_piece;      /* of it */
	struct spans sentences; /* of it */
	struct result ending;   /* what the text may still change in it; see window.c */
	struct settings settings;
	struct rule_budget **budgets; /* by pack and rule, for it */
	size_t next;                  /* the window to be read then; NOWHERE: none */
	size_t shown_bytes;           /* that the last generation is made of */
	size_t made_bytes;            /* of the text when it was made; NOWHERE: none was */
	bool use_all;
	bool hastens;             /* a helper may read along */
	struct helper *helper;    /* NULL: none is at work */
	bool full;                /* there is no room for more that would be found */
	size_t wanted;            /* bytes of the text that are to be in a generation */
	size_t preferred;         /* somebody looks there; NOWHERE: nobody */
	atomic_bool canceled;     /* by any thread */
	struct annotations *last; /* generation; never NULL */
	bool is_given;            /* to somebody who frees it */
	bool made_whole;          /* it is of a whole text */
};

static inline bool annotator_canceled(const struct annotator *annotator)
{
	return window_is_canceled(&annotator->window);
}

/* Searches of the packs' patterns end when the flag is set; NULL: when they are done. */
void annotator_watch(const struct annotator *annotator, const atomic_bool *flag);
/* All packs work, whatever the language of the text: examples inside rules are short. */
void annotator_use_all(struct annotator *annotator);

/* What a generation is made of: all windows that were read. free() its results. */
struct linked annotator_linked(const struct annotator *annotator);

/* ---- language.c ------------------------------------------------------------------------- */

/* Tells the language by the text that is there; true: other packs are at work than before. */
bool language_tell(struct annotator *annotator);

/* sentence_words.c: the splitter's words of a pack, for any thread: asking them remembers nothing.
 */
struct sentence_words pack_sentence_words(const struct pack *pack);

/* ---- helper.c --------------------------------------------------------------------------- */

struct helper;
/* A thread that reads windows beside the one that steps the job; NULL: these packs cannot be had a
 * second time. */
struct helper *helper_new(const struct annotator *annotator);
void helper_free(struct helper *helper); /* NULL is allowed */
/* Has it read a window of the job; until it was waited for nothing of the job's windows may change.
 */
void helper_ask(struct helper *helper, const struct annotator *annotator, size_t index);
struct result *helper_wait(struct helper *helper); /* NULL: canceled */

/* ---- window.c --------------------------------------------------------------------------- */

/* Opens a window of the text, knowing what the windows before it set and spent. */
void window_open(struct annotator *annotator, size_t index);
/* Reads the local facts of its next piece; returns how many bytes that were. */
size_t window_read_piece(struct annotator *annotator);
/* Links what was read: names, who wins, speech. NULL: canceled. */
struct result *window_link(struct annotator *annotator);
void window_close(struct annotator *annotator);
/* The first window that must be read, or read again; NOWHERE: none. */
size_t window_to_read(const struct annotator *annotator);

/* For those who explain: reads a window up to what the names rule of its packs gets, then on to
 * what the quote rule gets. `lost` gets what loses. */
void window_open_again(struct annotator *annotator, size_t offset, struct finds *lost);
void window_name(struct annotator *annotator, struct finds *lost);
/* The pack whose rules are at work on the window. */
void window_use_pack(struct annotator *annotator, size_t pack);
/* The same for the one whose quotes the window has; NULL: none has a rule for them. */
const struct rule *window_use_quotes(struct annotator *annotator);
void window_release(struct window *window);

#endif
