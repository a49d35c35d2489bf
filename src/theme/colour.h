/* colour.h: arithmetic of colours: what the eye sees of them, and what a terminal has nearest.
 *
 * sRGB bytes go through linear light to OKLab (Björn Ottosson, "A perceptual color space for image
 * processing", 2020), where distances are alike all over. OKLCH is the same space with hue as an
 * angle. Contrast is that of WCAG 2.2 ("contrast ratio", "relative luminance").
 */
#ifndef BYLINE_THEME_COLOUR_H
#define BYLINE_THEME_COLOUR_H

#include "byline/theme.h"

/* Linear light, each 0 to 1 where sRGB can show it. */
struct light {
	double red, green, blue;
};

struct oklab {
	double lightness; /* 0 black to 1 white */
	double a, b;      /* green to red, blue to yellow; about -0.4 to 0.4 */
};

struct oklch {
	double lightness, chroma; /* as in OKLab; chroma from 0: grey */
	double hue;               /* radians */
};

/* How eyes see: all cones, or without those for long, middle or short waves. */
enum vision { VISION_NORMAL, VISION_PROTAN, VISION_DEUTAN, VISION_TRITAN, VISION_COUNT };
extern const char *const vision_names[VISION_COUNT];

struct colour colour_rgb(uint8_t red, uint8_t green, uint8_t blue);
/* Reads "#rrggbb" or "#rgb"; false where text is neither. */
bool colour_read(struct slice text, struct colour *into);

struct light light_of(struct colour rgb);
struct light light_seen(struct light light, enum vision vision);
struct oklab oklab_of(struct light light);
struct light oklab_light(struct oklab lab);
struct oklch oklch_of(struct oklab lab);
struct oklab oklch_lab(struct oklch lch);
/* The nearest sRGB of a light; what sRGB cannot show is cut off. */
struct colour light_colour(struct light light);

double oklab_distance(struct oklab a, struct oklab b); /* Euclidean */
/* 1 (alike) to 21 (black on white). Both are COLOUR_RGB. */
double colour_contrast(struct colour a, struct colour b);
/* The colour of the same hue, lighter or darker than `colour` by as little as reaches `ratio` on
 * `ground`; where that cannot be, the farthest. */
struct colour colour_lift(struct colour colour, struct colour ground, double ratio);

/* Entries 16 to 255 are a cube of 6×6×6 and 24 greys in every terminal; 0 to 15 are the user's. */
#define CUBE_FIRST 16
#define CUBE_COUNT 240
struct cube {
	struct oklab entries[CUBE_COUNT];
};
void cube_fill(struct cube *cube);
struct colour cube_colour(uint8_t index); /* COLOUR_RGB of an entry from CUBE_FIRST on */
/* The entry nearest in OKLab, the first of equals, as COLOUR_INDEXED. */
struct colour cube_nearest(const struct cube *cube, struct colour rgb);

#endif
