/* shape.h: how the lines of a plain text are meant as a rule, told by its beginning. */
#ifndef DOCUMENT_SHAPE_H
#define DOCUMENT_SHAPE_H

#include "byline/document.h"

struct manner {
	enum shape shape;
	unsigned width;   /* wrapped: columns that lines have room for */
	unsigned margin;  /* wrapped: columns before most lines */
	unsigned edge;    /* wrapped: columns before those that stand furthest left */
	unsigned opening; /* wrapped: indent of first lines of paragraphs, where they have one; else
			     0 */
	bool rows;        /* verse: surely no prose, and no lists, however its lines look */
	bool close;    /* blocks stand as close as in the text: flowing lines are entries; wrapped
			  paragraphs are not known by their first lines */
	bool spaced;   /* flowing: empty lines divide paragraphs; lines together are verse or so */
	char line_end; /* a line feed; a carriage return where there is no line feed at all */
	bool headed;   /* headings show by how they are written, and others are none */
};

/* `sample` begins the text; the last line of it may go on. */
struct manner manner_of(struct slice sample);
/* The same where it is known that lines are rows, and no prose. */
struct manner manner_of_rows(struct slice sample);
/* Lines that are not wrapped are rows: verse, columns, or, `rows`, surely no prose. */
struct census;
bool shape_is_rows(const struct census *census, bool *rows);

#endif
