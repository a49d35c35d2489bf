/* colours.c: numbers for colours, and for pairs of them: a theme has some dozens, asked for once a
 * style. */
#include "terminal/colours.h"

#include <stdlib.h>

#define PALETTE 16 /* colours that belong to the user */

/* A colour of the cube or the ramp above the palette, as xterm has them. */
static int cube_colour(int index)
{
	static const int steps[] = {0, 95, 135, 175, 215, 255};
	if (index >= 232) {
		int grey = 8 + 10 * (index - 232);
		return grey << 16 | grey << 8 | grey;
	}
	index -= PALETTE;
	return steps[index / 36] << 16 | steps[index / 6 % 6] << 8 | steps[index % 6];
}

static int direct_colour(struct colour colour)
{
	if (colour.kind == COLOUR_INDEXED)
		return colour.index < PALETTE ? colour.index : cube_colour(colour.index);
	int value = colour.red << 16 | colour.green << 8 | colour.blue;
	return value < PALETTE ? PALETTE : value; /* those numbers are the palette's */
}

int colour_number(struct colour colour, enum depth depth, int most)
{
	int number = -1;
	if (depth == DEPTH_DIRECT && (colour.kind == COLOUR_RGB || colour.kind == COLOUR_INDEXED))
		number = direct_colour(colour);
	else if (colour.kind == COLOUR_INDEXED)
		number = colour.index;
	return number < most ? number : -1;
}

int colour_pairs_number(struct colour_pairs *pairs, struct colour_pair pair, bool *fresh)
{
	*fresh = false;
	for (size_t i = 0; i < pairs->count; i++) {
		if (pairs->items[i].foreground == pair.foreground &&
			pairs->items[i].background == pair.background)
			return (int)i + 1;
	}
	if (pairs->count >= pairs->most)
		return 0;
	pairs->items = grow(pairs->items, &pairs->capacity, pairs->count + 1, sizeof *pairs->items);
	pairs->items[pairs->count++] = pair;
	*fresh = true;
	return (int)pairs->count;
}

void colour_pairs_release(struct colour_pairs *pairs)
{
	free(pairs->items);
	*pairs = (struct colour_pairs){0};
}
