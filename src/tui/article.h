/* article.h: what of an article is in view, and where its reader is. */
#ifndef TUI_ARTICLE_H
#define TUI_ARTICLE_H

#include "tui/flow.h"

struct article {
	struct flow flow;
	struct line top;     /* the first line in view */
	size_t top_start;    /* its first byte, which is good when lines are not */
	bool begun;          /* the document has had a block */
	bool veiled;         /* as if it had none: somebody is asked first whether to show it */
	size_t rows;         /* height of the view, at least 1 */
	uint32_t left;       /* the first column of rows that are lines which is seen */
	unsigned room;       /* cells that such rows have, at least the width */
	size_t point;        /* where the last jump landed */
	struct span landing; /* what it found there, while `landed` */
	bool landed;         /* the point is what a jump found, not where scrolling carried it */
	const struct sentence_words *words; /* for sentences; or NULL */
};

/* The view of a document; while that has no block, only its size may be set, and moving it does
 * nothing. */
void article_init(struct article *article, const struct document *document,
	const struct width_policy *policy);
void article_release(struct article *article);
bool article_is_empty(const struct article *article);
/* To be called when something was appended to the document, before anything else is asked: the last
 * block may be another one now. The view keeps its first byte, and the point its place. */
void article_grown(struct article *article);

/* Cells for rows that are not wrapped. */
void article_set_room(struct article *article, unsigned room);
/* A new size: what stood at the point's row stays there as far as that can be. */
void article_set_size(struct article *article, unsigned width, size_t rows);

/* From the first byte that is read to the last. */
struct span article_whole(const struct article *article);
/* The bytes of the text in view. */
struct span article_view(struct article *article);
/* Moves the view by rows, up where negative, not beyond the last page; the point is carried along
 * when it would leave the view, to the first sentence that starts in it. */
void article_scroll(struct article *article, long rows);
/* The view begins with the line of an offset, or as near as the last page allows. */
void article_begin_at(struct article *article, size_t offset);
void article_to_end(struct article *article);
/* The point jumps to span.start. The view moves only where not all of the span, and some rows
 * around it, are in it. */
void article_jump(struct article *article, struct span span);

/* Moves what is seen of rows that are lines, as far as the widest in view reaches; false: there is
 * nothing more on that side. */
bool article_shift(struct article *article, long columns);

/* Where a reader stands, to come back to. */
struct stand {
	size_t top, point;
	uint32_t left;
	bool landed;
};
struct stand article_stand(struct article *article);
void article_restore(struct article *article, const struct stand *stand);

/* The sentence that is the `count`-th to start after an offset, or before one, or the last of those
 * there are; NOWHERE: none. */
size_t article_sentence_after(struct article *article, size_t offset, size_t count);
size_t article_sentence_before(struct article *article, size_t offset, size_t count);

#endif
