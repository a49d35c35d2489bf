/* glyph.h: how a cluster becomes what a cell keeps; shared by the files of this folder. */
#ifndef BYLINE_TERMINAL_GLYPH_H
#define BYLINE_TERMINAL_GLYPH_H

#include "terminal/terminal.h"

/* Keeps a cluster of several code points in the grid and returns its glyph. */
uint32_t glyph_keep(struct cells *cells, struct slice cluster);

#endif
