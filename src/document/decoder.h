/* decoder.h: bytes as they came, made UTF-8. */
#ifndef DOCUMENT_DECODER_H
#define DOCUMENT_DECODER_H

#include "document/encoding.h"
#include "document/foreign.h"

#define DECODER_PENDING 16 /* no encoding has a longer sequence */

struct decoder {
	struct encoding encoding;
	uint16_t above[0x80];          /* of a byte a character: what 80 to FF mean */
	struct foreign *foreign;       /* NULL: one of ours */
	char pending[DECODER_PENDING]; /* an incomplete sequence at the end of what came */
	size_t pending_length;
	struct buffer joined; /* with what came next */
};

/* Of a foreign encoding only the name is used; it must be known, and live as long. */
void decoder_begin(struct decoder *decoder, const struct encoding *encoding);
void decoder_release(struct decoder *decoder);
/* Appends bytes as valid UTF-8, what is invalid as U+FFFD; returns how many of those. An incomplete
 * sequence at the end waits for the next call. */
size_t decoder_read(struct decoder *decoder, struct slice bytes, struct buffer *into);
/* The same for what waits: nothing more comes. */
size_t decoder_finish(struct decoder *decoder, struct buffer *into);

#endif
