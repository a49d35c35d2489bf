/* first.h: what a match of a pattern may begin with. */
#ifndef RULES_FIRST_H
#define RULES_FIRST_H

#include "byline/base.h"

/* Appends the inside of a character class that holds every character a match may begin with; false
 * where that is not known, or a match may be empty. Careful: it may hold more. A look ahead for it
 * spares nearly all starts: PCRE2 does not see past a look behind at the head of a pattern. */
bool pattern_first(struct slice pattern, struct buffer *class);

#endif
