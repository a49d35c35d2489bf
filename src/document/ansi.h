/* ansi.h: text as it is written for terminals and printers, told apart from how it looks. */
#ifndef DOCUMENT_ANSI_H
#define DOCUMENT_ANSI_H

#include "document/letterings.h"

struct ansi {
	struct buffer held;      /* what ended in the midst of something */
	struct lettering now;    /* as the sequences so far say */
	struct letterings *told; /* gets the letterings of what is read; NULL: nobody asks */
	size_t read;             /* bytes of text so far */
	size_t signs;            /* sequences and characters struck over */
	uint8_t struck;          /* traits of the last one that was struck over */
};

/* Appends text, valid UTF-8 that comes in any pieces, without what says how it looks; what may
 * still become such waits for the next call. */
void ansi_read(struct ansi *ansi, struct slice text, struct buffer *into);
/* The same for what waits: nothing more comes. */
void ansi_finish(struct ansi *ansi, struct buffer *into);
void ansi_release(struct ansi *ansi);

/* The beginning of a text shows that it is written so: it has several of these, and hardly any
 * other control characters. */
bool ansi_is_likely(struct slice sample);

#endif
