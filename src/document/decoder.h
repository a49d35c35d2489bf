/* decoder.h: bytes as they came, made UTF-8. */
#ifndef DOCUMENT_DECODER_H
#define DOCUMENT_DECODER_H

#include "byline/base.h"

struct decoder {
	char pending[4]; /* an incomplete sequence at the end of what came */
	size_t pending_length;
};

/* Appends bytes as valid UTF-8, what is invalid as U+FFFD; returns how many of those. An incomplete
 * sequence at the end waits for the next call. */
size_t decoder_read(struct decoder *decoder, struct slice bytes, struct buffer *into);
/* The same for what waits: nothing more comes. */
size_t decoder_finish(struct decoder *decoder, struct buffer *into);

#endif
