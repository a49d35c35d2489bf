/* paint.h: from cells to the bytes that make a terminal show them. */
#ifndef BYLINE_TERMINAL_PAINT_H
#define BYLINE_TERMINAL_PAINT_H

#include "terminal/terminfo.h"

/* How a style looks, in the terminal's numbers. */
struct paint {
	int foreground, background; /* -1: the terminal's own */
	unsigned attributes;        /* enum attribute */
};

/* What a terminal shows, and what it will write next how and where. */
struct painter {
	const struct entry *entry;
	const struct theme *theme;
	enum depth depth;
	struct paint *paints; /* by style id, those that were asked for */
	size_t paint_count;
	struct cells shown;
	bool known; /* the terminal shows `shown`, and what stands below is so */
	struct paint now;
	struct spot at; /* column -1: who knows */
	bool cursor_off;
};

/* `cells` gives the styles and the policy of all grids to come. */
void painter_init(struct painter *painter, const struct entry *entry, const struct cells *cells);
void painter_release(struct painter *painter);
void painter_theme(struct painter *painter, const struct theme *theme);
/* Nothing is known of what the terminal shows: the next frame clears it. */
void painter_forget(struct painter *painter);

/* Appends what is to be sent so that the terminal shows the cells; nothing where it does. */
void painter_frame(struct painter *painter, const struct cells *cells, struct buffer *into);

#endif
