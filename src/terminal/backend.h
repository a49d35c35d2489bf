/* backend.h: what a terminal is made of, for those who implement one. */
#ifndef BYLINE_TERMINAL_BACKEND_H
#define BYLINE_TERMINAL_BACKEND_H

#include "terminal/terminal.h"

/* What differs between terminals; a member that is NULL has nothing to do. */
struct backend {
	void (*show)(struct terminal *terminal);
	bool (*key)(struct terminal *terminal, int milliseconds, struct key *key);
	void (*theme)(struct terminal *terminal, const struct theme *theme);
	void (*redraw)(struct terminal *terminal);
	void (*suspend)(struct terminal *terminal);
	void (*release)(struct terminal *terminal);
};

/* The first member of each terminal, which is allocated by memory_allocate. */
struct terminal {
	const struct backend *backend;
	struct cells cells;
	bool ended; /* no key will come again */
	enum theme_variant ground;
	struct buffer pasted;
	int watched[WATCHED_MOST];
	size_t watched_count;
};

#endif
