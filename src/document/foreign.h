/* foreign.h: encodings that libc knows, by their names: KOI8-R, Shift_JIS, GB18030. */
#ifndef DOCUMENT_FOREIGN_H
#define DOCUMENT_FOREIGN_H

#include "byline/base.h"

struct foreign; /* bytes on their way from one of them */

bool foreign_is_known(const char *name);
struct foreign *foreign_new(const char *name); /* NULL: not known here */
void foreign_free(struct foreign *foreign);    /* NULL is allowed */

/* Appends bytes as UTF-8, what is invalid as U+FFFD, counted in *replaced; returns how many bytes
 * are done: the others are an incomplete sequence. */
size_t foreign_read(
	struct foreign *foreign, struct slice bytes, struct buffer *into, size_t *replaced);
/* The same for what it held back; nothing more comes. */
void foreign_finish(struct foreign *foreign, struct buffer *into);

#endif
