/* lines.h: what a line of plain text is by itself. */
#ifndef DOCUMENT_LINES_H
#define DOCUMENT_LINES_H

#include "byline/document.h"

/* A line's marker stands in so many bytes of it, whatever follows. */
#define LINE_MARKER_BYTES 256

/* What is left of a span without the white space around it; an empty one where that is nothing. */
struct span text_shown(struct slice text, struct span span);
/* The length of the marker that a line begins with, which has no white space around it: "- ", "> ";
 * 0: none. Sets kind and level of the block that the line begins. */
size_t line_marker(struct slice line, struct block *block);
/* A short line that ends like a title, not like a sentence; the first of a text may be longer. */
bool line_is_heading(struct slice body, bool first);

#endif
