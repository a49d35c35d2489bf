/* ansi.h: text as it is written for terminals and printers, without what formats it. */
#ifndef DOCUMENT_ANSI_H
#define DOCUMENT_ANSI_H

#include "byline/base.h"

struct ansi {
	struct buffer held; /* what ended in the midst of something */
	size_t signs;       /* how much was left out: sequences, and characters struck over */
};

/* Appends text, valid UTF-8 that comes in any pieces, without colours and without what is struck
 * over; what may still become such waits for the next call. */
void ansi_read(struct ansi *ansi, struct slice text, struct buffer *into);
/* The same for what waits: nothing more comes. */
void ansi_finish(struct ansi *ansi, struct buffer *into);
void ansi_release(struct ansi *ansi);

/* The beginning of a text shows that it is written so: it has several of these, and hardly any
 * other control characters. */
bool ansi_is_likely(struct slice sample);

#endif
