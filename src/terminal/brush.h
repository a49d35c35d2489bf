/* brush.h: looks as the terminal can write them, and what makes it write so.
 *
 * Colours and attributes are changed one by one, and only before something that shows them: a blank
 * shows no letters' colour.
 */
#ifndef BYLINE_TERMINAL_BRUSH_H
#define BYLINE_TERMINAL_BRUSH_H

#include "terminal/terminfo.h"

/* How something is written. */
struct paint {
	int foreground, background; /* -1: the terminal's own */
	unsigned attributes;        /* enum attribute, those that the terminal has */
};

#define PAINT_PLAIN ((struct paint){-1, -1, 0})

struct paint paint_make(const struct entry *entry, const struct look *look, enum depth depth);
/* What a blank shows of it: the ground and lines, or all where it is reversed. */
struct paint paint_of_blanks(struct paint paint);

static inline bool paint_equal(struct paint a, struct paint b)
{
	return a.foreground == b.foreground && a.background == b.background &&
	       a.attributes == b.attributes;
}

/* What a terminal writes with. */
struct brush {
	const struct entry *entry;
	struct paint now;
};

/* Whatever was set before, the terminal writes plain text now. */
void brush_clean(struct brush *brush, struct buffer *into);
void brush_dip(struct brush *brush, struct paint wanted, struct buffer *into);
/* Does as much of it as blanks show. */
void brush_dip_for_blanks(struct brush *brush, struct paint wanted, struct buffer *into);

#endif
