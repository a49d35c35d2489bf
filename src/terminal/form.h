/* form.h: what a terminal can be told to show for a cluster. */
#ifndef BYLINE_TERMINAL_FORM_H
#define BYLINE_TERMINAL_FORM_H

#include <wchar.h>

#include "byline/base.h"

/* A character and the marks on it; a NUL ends it. More than four marks are
 * nowhere shown. */
#define FORM_MARKS 4
struct form {
	wchar_t characters[1 + FORM_MARKS + 1];
	int width; /* as the system's table counts */
};

/* Forms that fill exactly `width` cells (1 or 2), left to right; returns their number. */
size_t cluster_forms(struct slice cluster, int width, struct form forms[static 2]);

#endif
