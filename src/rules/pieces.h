/* pieces.h: the pieces of a pattern: characters, escapes, classes, groups, and their quantifiers.
 */
#ifndef RULES_PIECES_H
#define RULES_PIECES_H

#include "byline/base.h"

/* End of the piece at `at`, its quantifier not included. */
size_t piece_end(struct slice pattern, size_t at);
#define REPEATS_ANY SIZE_MAX
struct repeats {
	size_t least, most;
};
/* How often a piece stands by the quantifier at `at`, if there is one; *end is behind it. */
struct repeats piece_repeats(struct slice pattern, size_t at, size_t *end);
/* End of the alternative that begins at `at`: a | outside all groups, or the pattern's end. */
size_t alternative_end(struct slice pattern, size_t at);
/* The inside of a group that must match as it stands; empty: a look around, a flag, a condition. */
struct slice group_inside(struct slice group);

#endif
