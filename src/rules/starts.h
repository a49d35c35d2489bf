/* starts.h: where in a text the matches of a pack's patterns may start.
 *
 * What a match of a pattern may start with is a set of rows: which bytes may stand before it, and
 * which may be its first ones. The rows of all patterns share 64 buckets, a bit each, so that one
 * walk over a text, with a look into a table for each byte of a row, tells for every position
 * which patterns may match there at all. That is so at very few, and only there they are tried.
 * A bucket may hold more than its rows do: a start that is none costs time, nothing else.
 */
#ifndef RULES_STARTS_H
#define RULES_STARTS_H

#include "byline/base.h"

#define START_BYTES 4
#define NO_BYTE 256 /* stands for what is before a text and behind it */
#define BYTES_ALL (NO_BYTE + 1)

/* Plain data without pointers: an embedded pack's is used from read-only memory as it is. */
struct starts {
	uint64_t before[BYTES_ALL]; /* by byte: buckets that may start behind it */
	uint64_t bytes[START_BYTES][BYTES_ALL];
};

struct start {
	size_t at; /* in the text */
	uint64_t buckets;
};

/* Lists the starts from `from` up to, not including, `to`; `into` has room for to - from of them.
 * Returns how many there are. */
size_t starts_find(
	const struct starts *starts, struct slice text, size_t from, size_t to, struct start *into);

/* ---- Building --------------------------------------------------------------------------- */

struct starts_builder;
/* Makes an empty table; both live in the arena. */
struct starts_builder *starts_builder_new(struct arena *arena);
const struct starts *starts_builder_table(const struct starts_builder *builder);
/* Adds a pattern whose fragments are put in; returns its buckets, 0 where nothing is known of its
 * starts, or a match may be empty. The buckets of patterns added before stay theirs. */
uint64_t starts_builder_add(struct starts_builder *builder, struct slice pattern);

#endif
