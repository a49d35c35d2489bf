/* history.h: the lines entered at a prompt, and looking through them. */
#ifndef TUI_HISTORY_H
#define TUI_HISTORY_H

#include "byline/base.h"

#define HISTORY_MOST 500 /* the oldest are forgotten */

/* Zero-initialised is empty. */
struct history {
	struct buffer *lines; /* the oldest first */
	size_t count, capacity;
	size_t at;           /* which one is looked at; count: what is typed */
	struct buffer typed; /* what was, when looking began */
};

/* An entered line becomes the last; it stands there once. An empty one is none. */
void history_add(struct history *history, struct slice line);
/* Looking begins anew. */
void history_begin(struct history *history);
/* The line before, or after, that begins with what is typed; *line keeps what it was, and false,
 * where there is none. Past the last comes what was typed. */
bool history_older(struct history *history, struct slice typed, struct slice *line);
bool history_newer(struct history *history, struct slice *line);
void history_release(struct history *history);

#endif
