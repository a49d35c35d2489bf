/* passing.h: a text that is handed on as it comes, and not kept. */
#ifndef DOCUMENT_PASSING_H
#define DOCUMENT_PASSING_H

#include "byline/document.h"

/* To be called before anything is appended: the document decodes and decides as others do, but has
 * no text and no blocks. */
void document_let_pass(struct document *document);
/* Moves what was decoded since the last call. Before it is decided what the bytes are, only what
 * they are in any case is handed on: plain ASCII at their beginning. */
void document_take(struct document *document, struct buffer *into);

#endif
