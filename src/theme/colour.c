#include "theme/colour.h"

#include <math.h>

const char *const vision_names[VISION_COUNT] = {
	[VISION_NORMAL] = "normal",
	[VISION_PROTAN] = "protan",
	[VISION_DEUTAN] = "deutan",
	[VISION_TRITAN] = "tritan",
};

/* Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision
 * deficiency", IEEE TVCG 15(6), 2009: severity 1.0, on linear light. */
static const double seen_by[VISION_COUNT][3][3] = {
	[VISION_NORMAL] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	[VISION_PROTAN] = {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216},
		{-0.003882, -0.048116, 1.051998}},
	[VISION_DEUTAN] = {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413},
		{-0.011820, 0.042940, 0.968881}},
	[VISION_TRITAN] = {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602},
		{0.004733, 0.691367, 0.303900}},
};

/* Linear light to the cones' answers, their cube roots to OKLab, and both ways back. */
static const double cones_of_light[3][3] = {
	{0.4122214708, 0.5363325363, 0.0514459929},
	{0.2119034982, 0.6806995451, 0.1073969566},
	{0.0883024619, 0.2817188376, 0.6299787005},
};
static const double lab_of_roots[3][3] = {
	{0.2104542553, 0.7936177850, -0.0040720468},
	{1.9779984951, -2.4285922050, 0.4505937099},
	{0.0259040371, 0.7827717662, -0.8086757660},
};
static const double roots_of_lab[3][3] = {
	{1.0, 0.3963377774, 0.2158037573},
	{1.0, -0.1055613458, -0.0638541728},
	{1.0, -0.0894841775, -1.2914855480},
};
static const double light_of_cones[3][3] = {
	{4.0767416621, -3.3077115913, 0.2309699292},
	{-1.2684380046, 2.6097574011, -0.3413193965},
	{-0.0041960863, -0.7034186147, 1.7076147010},
};

static void multiply(const double matrix[3][3], const double in[3], double out[3])
{
	for (int i = 0; i < 3; i++)
		out[i] = matrix[i][0] * in[0] + matrix[i][1] * in[1] + matrix[i][2] * in[2];
}

static double clamp(double share)
{
	return share < 0 ? 0 : share > 1 ? 1 : share;
}

struct colour colour_rgb(uint8_t red, uint8_t green, uint8_t blue)
{
	return (struct colour){.kind = COLOUR_RGB, .red = red, .green = green, .blue = blue};
}

/* -1 where it is no digit. */
static int hex_digit(char byte)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	if (byte >= 'a' && byte <= 'f')
		return byte - 'a' + 10;
	if (byte >= 'A' && byte <= 'F')
		return byte - 'A' + 10;
	return -1;
}

bool colour_read(struct slice text, struct colour *into)
{
	if ((text.length != 7 && text.length != 4) || text.bytes[0] != '#')
		return false;
	size_t digits = (text.length - 1) / 3;
	uint8_t parts[3];
	for (size_t i = 0; i < 3; i++) {
		int high = hex_digit(text.bytes[1 + i * digits]);
		int low = hex_digit(text.bytes[i * digits + digits]);
		if (high < 0 || low < 0)
			return false;
		parts[i] = (uint8_t)(high * 16 + low);
	}
	*into = colour_rgb(parts[0], parts[1], parts[2]);
	return true;
}

/* The transfer function of IEC 61966-2-1, there and back. */
static double share_light(uint8_t byte)
{
	double share = byte / 255.0;
	return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4);
}

static uint8_t light_share(double light)
{
	double share = light <= 0.0031308 ? light * 12.92 : 1.055 * pow(light, 1 / 2.4) - 0.055;
	return (uint8_t)(clamp(share) * 255 + 0.5);
}

struct light light_of(struct colour rgb)
{
	return (struct light){share_light(rgb.red), share_light(rgb.green), share_light(rgb.blue)};
}

struct colour light_colour(struct light light)
{
	return colour_rgb(
		light_share(light.red), light_share(light.green), light_share(light.blue));
}

struct light light_seen(struct light light, enum vision vision)
{
	double out[3];
	multiply(seen_by[vision], (double[]){light.red, light.green, light.blue}, out);
	return (struct light){clamp(out[0]), clamp(out[1]), clamp(out[2])};
}

struct oklab oklab_of(struct light light)
{
	double roots[3], lab[3];
	multiply(cones_of_light, (double[]){light.red, light.green, light.blue}, roots);
	for (int i = 0; i < 3; i++)
		roots[i] = cbrt(roots[i]);
	multiply(lab_of_roots, roots, lab);
	return (struct oklab){lab[0], lab[1], lab[2]};
}

struct light oklab_light(struct oklab lab)
{
	double cones[3], light[3];
	multiply(roots_of_lab, (double[]){lab.lightness, lab.a, lab.b}, cones);
	for (int i = 0; i < 3; i++)
		cones[i] = cones[i] * cones[i] * cones[i];
	multiply(light_of_cones, cones, light);
	return (struct light){light[0], light[1], light[2]};
}

struct oklch oklch_of(struct oklab lab)
{
	return (struct oklch){lab.lightness, hypot(lab.a, lab.b), atan2(lab.b, lab.a)};
}

struct oklab oklch_lab(struct oklch lch)
{
	return (struct oklab){lch.lightness, lch.chroma * cos(lch.hue), lch.chroma * sin(lch.hue)};
}

double oklab_distance(struct oklab a, struct oklab b)
{
	double lightness = a.lightness - b.lightness;
	return sqrt(lightness * lightness + (a.a - b.a) * (a.a - b.a) + (a.b - b.b) * (a.b - b.b));
}

static double luminance(struct colour rgb)
{
	struct light light = light_of(rgb);
	return 0.2126 * light.red + 0.7152 * light.green + 0.0722 * light.blue;
}

double colour_contrast(struct colour a, struct colour b)
{
	double first = luminance(a) + 0.05, second = luminance(b) + 0.05;
	return first > second ? first / second : second / first;
}

static bool can_show(double share)
{
	return share > -0.0001 && share < 1.0001;
}

/* As much of the chroma as sRGB has at that lightness, so that the hue stays. */
static struct colour with_lightness(struct oklch lch, double lightness)
{
	struct light light;
	lch.lightness = lightness;
	for (int step = 0; step < 64; step++) {
		light = oklab_light(oklch_lab(lch));
		if (can_show(light.red) && can_show(light.green) && can_show(light.blue))
			break;
		lch.chroma *= 0.9;
	}
	return light_colour(light);
}

struct colour colour_lift(struct colour colour, struct colour ground, double ratio)
{
	struct oklch lch = oklch_of(oklab_of(light_of(colour)));
	bool lighter = luminance(ground) < 0.18; /* where white stands out more than black */
	double near = lch.lightness, far = lighter ? 1 : 0;
	struct colour found = with_lightness(lch, far);
	for (int step = 0; step < 12; step++) {
		double middle = (near + far) / 2;
		struct colour tried = with_lightness(lch, middle);
		if (colour_contrast(tried, ground) < ratio) {
			near = middle;
		} else {
			far = middle;
			found = tried;
		}
	}
	return found;
}

struct colour cube_colour(uint8_t index)
{
	static const uint8_t steps[6] = {0, 95, 135, 175, 215, 255};
	unsigned entry = index - CUBE_FIRST;
	if (entry >= 216) {
		uint8_t grey = (uint8_t)(8 + 10 * (entry - 216));
		return colour_rgb(grey, grey, grey);
	}
	return colour_rgb(steps[entry / 36], steps[entry / 6 % 6], steps[entry % 6]);
}

void cube_fill(struct cube *cube)
{
	for (unsigned i = 0; i < CUBE_COUNT; i++)
		cube->entries[i] = oklab_of(light_of(cube_colour((uint8_t)(CUBE_FIRST + i))));
}

struct colour cube_nearest(const struct cube *cube, struct colour rgb)
{
	struct oklab wanted = oklab_of(light_of(rgb));
	unsigned found = 0;
	double least = oklab_distance(wanted, cube->entries[0]);
	for (unsigned i = 1; i < CUBE_COUNT; i++) {
		double distance = oklab_distance(wanted, cube->entries[i]);
		if (distance < least) {
			found = i;
			least = distance;
		}
	}
	return (struct colour){.kind = COLOUR_INDEXED, .index = (uint8_t)(CUBE_FIRST + found)};
}
