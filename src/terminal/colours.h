/* colours.h: colours as terminals count them. */
#ifndef BYLINE_TERMINAL_COLOURS_H
#define BYLINE_TERMINAL_COLOURS_H

#include "byline/theme.h"

/* A colour's number where there are `most` of them; -1: the terminal's own. At DEPTH_DIRECT numbers
 * below 16 are the user's palette and all others 0xRRGGBB, as entries.ti has it. */
int colour_number(struct colour colour, enum depth depth, int most);

#endif
