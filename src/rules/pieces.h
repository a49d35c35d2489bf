/* pieces.h: the pieces of a pattern: characters, escapes, classes, groups, and their quantifiers.
 */
#ifndef RULES_PIECES_H
#define RULES_PIECES_H

#include "byline/base.h"

/* End of the piece at `at`, its quantifier not included. */
size_t piece_end(struct slice pattern, size_t at);
/* End of the quantifier at `at`, if there is one; *optional: it allows none. */
size_t quantifier_end(struct slice pattern, size_t at, bool *optional);
/* The inside of a group that must match as it stands; empty: a look around, a flag, a condition. */
struct slice group_inside(struct slice group);

#endif
