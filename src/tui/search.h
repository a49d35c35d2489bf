/* search.h: where a pattern occurs in a text of any length.
 *
 * The text is looked through in windows of SEARCH_WINDOW bytes. Which hits a window has depends on
 * the text from its start to a little behind its end, and on nothing else: whoever asks, going on
 * or back, counting or drawing, is told the same ones.
 */
#ifndef TUI_SEARCH_H
#define TUI_SEARCH_H

#include "byline/document.h"

#define SEARCH_WINDOW ((size_t)16 << 10)
#define SEARCH_REACH ((size_t)4 << 10) /* a hit may reach so far beyond its window */
#define SEARCH_KEPT 4                  /* windows whose hits are kept */

struct pattern;
struct pattern_room;

/* The hits of a window. */
struct search_window {
	size_t window;
	size_t length; /* of the text that was there; 0: nothing is kept here */
	struct spans hits;
};

/* The way to a hit. */
struct seek {
	bool going;
	bool backward;
	size_t from;   /* hits count that start there or after it, or before it */
	size_t window; /* the next to be looked at */
	size_t left;   /* hits to go */
	size_t seen;   /* since it began: all there are, when it has come round */
	bool wrapped;  /* it went on at the other end */
	size_t spent;  /* search->spent when it began */
	size_t waits;  /* length of a growing text that has no hit; 0: it does not wait */
};

struct search {
	struct pattern_room *room;
	struct pattern *pattern; /* NULL: no search is in force */
	bool backward;           /* the way `n` goes */
	struct span hit;         /* where the point is; start NOWHERE: none */
	struct spans hits;       /* the first ones, up to `listed` bytes */
	size_t listed;
	size_t *before; /* by window: hits in those before it */
	size_t capacity;
	size_t windows; /* that are counted */
	size_t spent;   /* windows in which the pattern ran into its limits */
	bool stopped;   /* counting is not to go on */
	struct seek seek;
	struct search_window kept[SEARCH_KEPT];
	size_t next_kept;
};

void search_release(struct search *search);
/* Forgets pattern and hits. */
void search_clear(struct search *search);

/* What is looked for: a regular expression, or, where it is `literal`, the text itself; of any case
 * where it has no capital. In a `wrapped` text a blank is a line end as well. */
struct search_wish {
	struct slice text;
	bool literal, wrapped;
};
/* False: it is no pattern, and `why` gets the reason. */
bool search_set(struct search *search, const struct search_wish *wish, struct buffer *why);

/* ---- Going to a hit --------------------------------------------------------------------- */

/* The way to the count-th hit from an offset on, or back from it; around, if need be. */
void search_seek(struct search *search, size_t from, bool backward, size_t count);

enum seek_outcome {
	SEEK_GOES,  /* there is more to look through */
	SEEK_WAITS, /* for more text */
	SEEK_FOUND, /* search->hit is it */
	SEEK_NONE,
	SEEK_SPENT /* the pattern costs too much */
};
/* Looks through some windows; the seek is over unless it goes or waits. */
enum seek_outcome search_seek_on(struct search *search, const struct document *document);
/* Share of the text that was looked through, 0 to 1. */
double search_seek_progress(const struct search *search, const struct document *document);

/* ---- All hits --------------------------------------------------------------------------- */

/* Counts some windows on; false: there is nothing to count (any more, or yet). */
bool search_count(struct search *search, const struct document *document);
bool search_is_counting(const struct search *search, const struct document *document);
bool search_is_counted(const struct search *search, const struct document *document);
/* Hits counted so far, and which of them a hit is, from 1; 0: it is not counted yet. */
size_t search_total(const struct search *search);
size_t search_rank(struct search *search, const struct document *document, size_t start);
/* Whether one of those counted so far starts in a span, as far as is known: a window at least. */
bool search_any(const struct search *search, struct span span);
/* Hits that touch a span, whether counted or not; one of nothing touches where it stands. */
void search_in(struct search *search, const struct document *document, struct span span,
	struct spans *into);

#endif
