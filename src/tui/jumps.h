/* jumps.h: the places somebody jumped away from, and the way back to them. */
#ifndef TUI_JUMPS_H
#define TUI_JUMPS_H

#include "tui/article.h"

struct jump {
	size_t reading; /* index of the reader's */
	struct stand stand;
};

#define JUMPS_MOST 100 /* the oldest are forgotten */

struct jumps {
	struct jump items[JUMPS_MOST];
	size_t count;
	size_t at;          /* which of them one has gone back to; count: none */
	struct jump before; /* where the last jump began */
	bool any;           /* there was one */
};

/* A jump began here: whatever one had gone back from is the end of the list again. */
void jumps_add(struct jumps *jumps, const struct jump *from);
/* So many back, or forward again, from where one is; NULL: not so far. */
const struct jump *jumps_back(struct jumps *jumps, const struct jump *here, size_t count);
const struct jump *jumps_forward(struct jumps *jumps, size_t count);

#endif
