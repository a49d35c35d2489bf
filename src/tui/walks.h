/* walks.h: rows of places in the order of the text, and stepping from one to the next. */
#ifndef TUI_WALKS_H
#define TUI_WALKS_H

#include "tui/reader.h"

struct reading;

struct walk {
	const char *label; /* in the status line, and in messages; NULL: a kind's name */
	size_t (*count)(const struct reading *reading);
	size_t (*start)(const struct reading *reading, size_t i); /* offset of the i-th */
	void (*land)(struct reader *reader, size_t i);
	bool names;   /* the status line names the entity */
	bool of_text; /* its places are there before any annotation; it is not repeated */
	bool (*is_ready)(const struct reading *reading); /* all that is there is known; NULL: yes */
};

void walk_step(struct reader *reader, const struct walk *walk, const struct call *call, bool back);

extern const struct walk paragraph_walk, heading_walk; /* parts.c */

#endif
