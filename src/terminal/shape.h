/* shape.h: what a terminal can be told to show for a cluster. */
#ifndef BYLINE_TERMINAL_SHAPE_H
#define BYLINE_TERMINAL_SHAPE_H

#include <wchar.h>

#include "byline/base.h"

/* A character and the marks on it; a NUL ends it. More than four marks are
 * nowhere shown. */
#define SHAPE_MARKS 4
struct shape {
	wchar_t characters[1 + SHAPE_MARKS + 1];
	int width; /* as the system's table counts */
};

/* Shapes that fill exactly `width` cells (1 or 2), left to right; returns their number. */
size_t cluster_shapes(struct slice cluster, int width, struct shape shapes[static 2]);

#endif
