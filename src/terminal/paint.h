/* paint.h: from cells to the bytes that make a terminal show them. */
#ifndef BYLINE_TERMINAL_PAINT_H
#define BYLINE_TERMINAL_PAINT_H

#include "terminal/terminfo.h"

/* What a terminal shows. */
struct painter {
	const struct entry *entry;
	const struct theme *theme;
	enum depth depth;
	struct composer *composer; /* what curses needs */
	struct cells shown;
	bool known; /* the terminal shows `shown`, and what stands below is so */
	bool cursor_off;
};

/* `cells` gives the styles and the policy of all grids to come; a theme is needed before the first
 * frame. False: the system gives no memory to compose frames in. One at a time, since curses frees
 * the windows of all its screens with those of one. */
bool painter_init(struct painter *painter, const struct entry *entry, const struct cells *cells,
	enum depth depth);
void painter_release(struct painter *painter); /* also one that was never begun */
void painter_theme(struct painter *painter, const struct theme *theme);
/* Nothing is known of what the terminal shows: the next frame clears it. */
void painter_forget(struct painter *painter);

/* Appends what is to be sent so that the terminal shows the cells; nothing where it does. */
void painter_frame(struct painter *painter, const struct cells *cells, struct buffer *into);

#endif
