/* binary.h: bytes that are no text, and what they are instead. */
#ifndef DOCUMENT_BINARY_H
#define DOCUMENT_BINARY_H

#include "byline/base.h"

struct binary {
	const char *name;   /* "a gzip archive" */
	const char *remedy; /* a command that makes text of a FILE; NULL: none */
	const char *piped;  /* one that makes text of what is piped in; NULL: none */
};

/* What the first bytes of a file are the beginning of; NULL: nothing that is known. */
const struct binary *binary_find(struct slice sample);
/* More than a twentieth is NUL or control bytes that no text has, or it begins as no text does. */
bool bytes_are_binary(struct slice sample);

#endif
