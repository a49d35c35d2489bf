/* lines.h: what a line of plain text is by itself. */
#ifndef DOCUMENT_LINES_H
#define DOCUMENT_LINES_H

#include "byline/document.h"

bool line_is_empty(struct slice text, struct span line);
/* The block that a line which is not empty begins: kind, level and body; no extent yet. */
struct block line_block(struct slice text, struct span line);
/* A short line that ends like a title, not like a sentence; the first of a text may be longer. */
bool line_is_heading(struct slice body, bool first);

#endif
