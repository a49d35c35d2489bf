/* embedded.h: files that are part of the program; tools/embed.c writes the arrays. */
#ifndef BYLINE_BASE_EMBEDDED_H
#define BYLINE_BASE_EMBEDDED_H

#include "byline/base.h"

struct embedded {
	const char *name; /* the file's, without folder and ending; NULL after the last */
	struct slice bytes;
};

#endif
