/* colours.h: colours and pairs of them as curses counts.
 *
 * Curses' own allocation of pairs crashes without colours and gives numbers it then refuses, so
 * they are numbered here, from 1, in the order in which they are asked for.
 */
#ifndef BYLINE_TERMINAL_COLOURS_H
#define BYLINE_TERMINAL_COLOURS_H

#include "byline/theme.h"

/* A colour's number where there are `most` of them; -1: the terminal's own. At DEPTH_DIRECT numbers
 * below 16 are the user's palette and all others 0xRRGGBB, as entries.ti has it. */
int colour_number(struct colour colour, enum depth depth, int most);

struct colour_pair {
	int foreground, background;
};

struct colour_pairs {
	struct colour_pair *items; /* items[i] has the number i + 1 */
	size_t count, capacity;
	size_t most; /* how many the terminal can have */
};

/* The number of a pair; *fresh says that it has just been given. 0: there is none left. */
int colour_pairs_number(struct colour_pairs *pairs, struct colour_pair pair, bool *fresh);
void colour_pairs_release(struct colour_pairs *pairs);

#endif
