/* search.h: where a pattern occurs in the text. */
#ifndef TUI_SEARCH_H
#define TUI_SEARCH_H

#include "byline/document.h"

struct pattern;
struct pattern_room;

struct search {
	struct pattern_room *room;
	struct pattern *pattern; /* NULL: no search is in force */
	struct buffer text;
	bool backward;     /* the way `n` goes */
	struct spans hits; /* all up to `counted`, in order: the job's work */
	size_t counted;    /* bytes */
	struct span hit;   /* where the point is; start NOWHERE: none */
};

void search_release(struct search *search);
/* Forgets pattern and hits. */
void search_clear(struct search *search);
/* Takes a pattern: a regular expression, of any case where it has no capital. False: it is none,
 * and `why` gets the reason. */
bool search_set(struct search *search, struct slice text, struct buffer *why);
/* The first hit that starts in a span, or the last; false: none. */
bool search_forward(struct search *search, const struct document *document, struct span where,
	struct span *hit);
bool search_backward(struct search *search, const struct document *document, struct span where,
	struct span *hit);
/* Counts some 256 KiB on; true while there is more. */
bool search_step(struct search *search, const struct document *document);
/* Hits that start in a span, whether counted or not. */
void search_in(struct search *search, const struct document *document, struct span span,
	struct spans *into);

#endif
