/* start_rows.h: what a match may start with, for the files that infer it. */
#ifndef RULES_START_ROWS_H
#define RULES_START_ROWS_H

#include "rules/starts.h"

/* A set of bytes. */
struct byte_set {
	uint64_t bits[4];
};

static inline bool bytes_has(const struct byte_set *set, unsigned char byte)
{
	return (set->bits[byte / 64] >> byte % 64 & 1) != 0;
}

static inline void bytes_add(struct byte_set *set, unsigned char byte)
{
	set->bits[byte / 64] |= UINT64_C(1) << byte % 64;
}

static inline void bytes_add_range(struct byte_set *set, unsigned first, unsigned last)
{
	for (unsigned byte = first; byte <= last; byte++)
		bytes_add(set, (unsigned char)byte);
}

/* Bytes one after the other; behind the last that is told anything may follow. */
struct start_row {
	struct byte_set before; /* the start of the text is always allowed */
	struct byte_set bytes[START_BYTES];
	size_t length;
};

#define START_ROWS 512 /* a pattern with more starts anywhere */

struct start_rows {
	struct start_row items[START_ROWS];
	size_t count;
};

/* All rows of a pattern; false where they are not known. */
bool start_rows_infer(struct slice pattern, struct start_rows *into);

/* What a class or an escape takes: which of ASCII, and what beyond. */
enum beyond {
	BEYOND_NONE,
	BEYOND_WORDS, /* letters, digits, signs of currency: none of U+2000 to U+203F */
	BEYOND_ANY
};
struct character_set {
	struct byte_set ascii;
	enum beyond beyond;
	bool exact; /* nothing in `ascii` is there to be careful */
};

/* Adds what "\d", "[a-z\w]" or a plain character takes; false: a look around, an anchor, a
 * reference, something unknown. */
bool character_set_read(struct slice piece, bool caseless, struct character_set *into);

#endif
