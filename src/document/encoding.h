/* encoding.h: what bytes may be encoded in, and what they are. */
#ifndef DOCUMENT_ENCODING_H
#define DOCUMENT_ENCODING_H

#include "byline/base.h"

enum encoding_form {
	ENCODING_UTF8,
	ENCODING_ASCII,  /* a byte a character, and none above 7F */
	ENCODING_LATIN,  /* a byte a character: its code point, but for some */
	ENCODING_UNITS,  /* UTF-16, UTF-32 */
	ENCODING_FOREIGN /* as libc knows it by its name */
};

struct unlike {
	uint8_t byte; /* 0 ends an array */
	uint16_t code;
};

struct encoding {
	const char *name;
	enum encoding_form form;
	uint8_t unit;                /* bytes of a unit */
	bool big;                    /* its first byte is the highest */
	const struct unlike *unlike; /* of LATIN: what is not its own code point; or NULL */
};

/* What to read a text as: the encoding of that name, in any case, hyphens and the like left out;
 * without a name, or one that nobody knows, what the first bytes say. The sample also tells in
 * which order the bytes of UTF-16 and UTF-32 come; `whole`: the text has no other bytes. */
struct encoding encoding_choose(const char *name, struct slice sample, bool whole);

#endif
