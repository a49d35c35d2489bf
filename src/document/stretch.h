/* stretch.h: lines between two empty ones, and how they are meant. */
#ifndef DOCUMENT_STRETCH_H
#define DOCUMENT_STRETCH_H

#include "document/lines.h"
#include "document/shape.h"

#define STRETCH_LINES 64 /* a longer one is several */

struct stretch {
	struct line_facts lines[STRETCH_LINES];
	size_t count;
};

/* How wide its lines are if it is surely prose that was wrapped by hand; else 0. */
unsigned stretch_prose_width(const struct stretch *stretch, struct slice text);
/* How its lines are meant, in a text whose lines are meant like that. */
struct manner stretch_manner(
	const struct stretch *stretch, struct slice text, const struct manner *of_text);

#endif
