/* rendition.h: how letters look from a sequence on that says so. */
#ifndef DOCUMENT_RENDITION_H
#define DOCUMENT_RENDITION_H

#include "byline/document.h"

/* What stands between ESC [ and m: numbers, and what is between them. Numbers that say nothing of
 * what a lettering has are passed over. */
void rendition_select(struct slice parameters, struct lettering *now);

#endif
