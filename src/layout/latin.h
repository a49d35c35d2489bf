/* latin.h: line breaks of text that is only ASCII, Latin and common punctuation, by table. */
#ifndef BYLINE_LAYOUT_LATIN_H
#define BYLINE_LAYOUT_LATIN_H

#include "byline/base.h"

/* Classes of code points that break alike, below LATIN_CLASSES; LATIN_BLANK for white space,
 * LATIN_OTHER for what the table does not know. */
enum { LATIN_SOFT_HYPHEN = 14, LATIN_CLASSES = 18, LATIN_BLANK = LATIN_CLASSES, LATIN_OTHER };

/* True if every code point of the text has a class. */
bool latin_knows(struct slice text);
/* Class and length of the code point at `at` in a text that is known. */
unsigned latin_class(struct slice text, size_t at, size_t *length);
/* True where a row may end between two classes, neither of them blank. */
bool latin_may_break(unsigned before, unsigned after, bool blanks_between);

#endif
