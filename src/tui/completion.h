/* completion.h: what a line at a prompt may go on with. */
#ifndef TUI_COMPLETION_H
#define TUI_COMPLETION_H

#include "terminal/terminal.h"

struct candidate {
	const char *text;
	const char *help; /* or NULL */
};

/* Zero-initialised is closed. */
struct completion {
	struct arena *arena; /* of the candidates */
	struct candidate *items;
	size_t count, capacity;
	size_t left_out;    /* names that cannot be entered */
	size_t from;        /* byte of the line where candidates go in */
	struct slice typed; /* what stood there: all of them begin with it */
	size_t chosen;      /* count: what was typed */
	bool open;          /* they are shown */
};

/* Forgets what was there, and takes candidates for line[from … cursor). */
void completion_begin(struct completion *completion, size_t from, struct slice typed);
/* Adds one if it begins with what was typed. The strings are copied; help may be NULL. */
void completion_add(struct completion *completion, struct slice text, const char *help);
void completion_sort(struct completion *completion);
/* The text of the next one, or of that before. */
struct slice completion_turn(struct completion *completion, bool back);
void completion_close(struct completion *completion);
void completion_release(struct completion *completion);

/* Rows that the list takes, of those there are. */
int completion_rows(const struct completion *completion, int most);
struct completion_looks {
	style_id ground, text, help, chosen; /* chosen: laid over the row */
};
void completion_draw(const struct completion *completion, const struct canvas *canvas,
	const struct completion_looks *looks);

/* Appends a path as the shell would have expanded it: ~/ is the home folder. */
void path_expand(struct slice path, struct buffer *into);
/* Adds the files of a folder; directories end in a slash. `line` is a path that somebody types. */
void completion_add_files(struct completion *completion, struct slice line);

#endif
