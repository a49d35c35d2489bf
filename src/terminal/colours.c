/* colours.c: numbers for colours. */
#include "terminal/colours.h"

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
