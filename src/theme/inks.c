/* Colours that a text brings with it; see inks.h. What the sixteen colours look like is the user's
 * affair; where it must be known, they are taken to be xterm's.
 */
#include "theme/inks.h"

#include "theme/styles.h"

#define INK "ink"
#define GROUND "ground"
#define EIGHT 8u

static const uint8_t usual[PALETTE_NAMES][3] = {{0, 0, 0}, {205, 0, 0}, {0, 205, 0}, {205, 205, 0},
	{0, 0, 238}, {205, 0, 205}, {0, 205, 205}, {229, 229, 229}, {127, 127, 127}, {255, 0, 0},
	{0, 255, 0}, {255, 255, 0}, {92, 92, 255}, {255, 0, 255}, {0, 255, 255}, {255, 255, 255}};

/* ---- Names ------------------------------------------------------------------------------ */

static bool read_index(struct slice text, struct colour *into)
{
	unsigned index = 0;
	for (size_t i = 0; i < text.length && i < 3; i++) {
		if (text.bytes[i] < '0' || text.bytes[i] > '9')
			return false;
		index = index * 10 + (unsigned)(text.bytes[i] - '0');
	}
	if (text.length == 0 || text.length > 3 || index > 255)
		return false;
	*into = (struct colour){.kind = COLOUR_INDEXED, .index = (uint8_t)index};
	return true;
}

static bool read_ink(struct slice text, struct colour *into)
{
	for (uint8_t i = 0; i < PALETTE_NAMES; i++) {
		if (!slice_is(text, palette_names[i]))
			continue;
		*into = (struct colour){.kind = COLOUR_INDEXED, .index = i};
		return true;
	}
	return read_index(text, into) || colour_read(text, into);
}

static struct slice last_part(struct slice name)
{
	return slice_cut(name, style_parent(name).length + 1, name.length);
}

void ink_fill(struct slice name, struct block *layer)
{
	struct paint *paint = NULL, wanted = {.kind = PAINT_COLOUR};
	if (slice_is(style_parent(name), INK))
		paint = &layer->foreground;
	else if (slice_is(style_parent(name), GROUND))
		paint = &layer->background;
	if (paint && paint->kind == PAINT_UNSAID && read_ink(last_part(name), &wanted.colour))
		*paint = wanted;
}

bool name_has_inks(struct slice name)
{
	for (size_t start = 0, at = 0; at <= name.length; at++) {
		if (at < name.length && name.bytes[at] != '+')
			continue;
		struct slice layer = slice_cut(name, start, at);
		if (slice_starts(layer, INK ".") || slice_starts(layer, GROUND "."))
			return true;
		start = at + 1;
	}
	return false;
}

/* ---- Looks ------------------------------------------------------------------------------ */

static struct colour as_light(struct colour colour)
{
	if (colour.kind != COLOUR_INDEXED)
		return colour;
	if (colour.index >= CUBE_FIRST)
		return cube_colour(colour.index);
	const uint8_t *light = usual[colour.index];
	return colour_rgb(light[0], light[1], light[2]);
}

/* The nearest of the first so many of the terminal's palette. */
static struct colour nearest_of_few(struct colour colour, unsigned count)
{
	bool is_few = colour.kind == COLOUR_INDEXED && colour.index < CUBE_FIRST;
	if (is_few && count == EIGHT && colour.index > EIGHT)
		colour.index = (uint8_t)(colour.index - EIGHT); /* a light one is its dark kin */
	if (colour.kind == COLOUR_DEFAULT || is_few)
		return colour;
	struct oklab wanted = oklab_of(light_of(as_light(colour)));
	double least = 2;
	struct colour found = {.kind = COLOUR_INDEXED};
	for (unsigned i = 0; i < count; i++) {
		struct colour one = {.kind = COLOUR_INDEXED, .index = (uint8_t)i};
		double distance = oklab_distance(wanted, oklab_of(light_of(as_light(one))));
		if (distance < least) {
			least = distance;
			found = one;
		}
	}
	return found;
}

static void settle_few(struct look *look, enum depth depth)
{
	unsigned count = depth == DEPTH_8 ? EIGHT : PALETTE_NAMES;
	struct colour *words = &look->foreground, *ground = &look->background;
	*words = nearest_of_few(*words, count);
	*ground = nearest_of_few(*ground, count);
	if (words->kind == COLOUR_INDEXED && ground->kind == COLOUR_INDEXED &&
		words->index == ground->index)
		*ground = (struct colour){.kind = COLOUR_DEFAULT};
}

void ink_settle(struct look *look, struct colour theme_ground, enum depth depth)
{
	if (depth != DEPTH_256 && depth != DEPTH_DIRECT) {
		settle_few(look, depth);
		return;
	}
	if (theme_ground.kind != COLOUR_RGB)
		return;
	double least = style_entry_of(slice_of(INK))->contrast;
	look->foreground = as_light(look->foreground);
	look->background = as_light(look->background);
	if (look->foreground.kind == COLOUR_RGB && look->background.kind == COLOUR_RGB &&
		colour_contrast(look->foreground, look->background) < least)
		look->foreground = colour_lift(look->foreground, look->background, least);
}
