/* literals.h: what a text must hold for a pattern to match in it. */
#ifndef RULES_LITERALS_H
#define RULES_LITERALS_H

#include "byline/base.h"

/* Texts of which one occurs in every match. A digit of any sort is LITERAL_DIGIT. */
#define LITERALS_MOST 96
#define LITERAL_DIGIT "\1"
struct literals {
	struct slice items[LITERALS_MOST]; /* in the pattern's text, or LITERAL_DIGIT */
	size_t count;                      /* 0: none is known */
};

/* Reads a pattern whose fragments are put in. Careful rather than clever: where it is not sure,
 * nothing is known. */
void literals_infer(struct slice pattern, struct literals *into);

#endif
