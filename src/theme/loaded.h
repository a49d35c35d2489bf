/* loaded.h: what a theme is once it is loaded, for those who load, resolve and check it.
 *
 * A theme that extends another holds the merged whole: the other's palette first, so that an index
 * into it stays what it was, with values replaced where the new theme names them again; the other's
 * styles with each field replaced that the new one says. Colours by name are bound when a look is
 * resolved: so a new palette alone re-colours the styles of the theme it extends.
 */
#ifndef BYLINE_THEME_LOADED_H
#define BYLINE_THEME_LOADED_H

#include "byline/theme.h"

/* A colour as a file says it. */
enum paint_kind { PAINT_UNSAID, PAINT_COLOUR, PAINT_NAMED };
struct paint {
	enum paint_kind kind;
	struct colour colour; /* PAINT_COLOUR */
	size_t named;         /* PAINT_NAMED: index in the palette */
};

#define ATTRIBUTES_ALL 63

/* One part of a style: its fields, and which of them it says at all. */
struct block {
	struct paint foreground, background;
	uint16_t on, off; /* enum attribute: said to be there, said not to be there */
	uint16_t settled; /* attributes not inherited though neither on nor off */
};

struct style_rule {
	struct slice name;
	struct block plain, ansi; /* for depths with many colours, and with few */
	uint16_t mono;            /* enum attribute */
	bool mono_said;
	const char *path; /* where it is said last, for messages */
	size_t line, column;
};

struct palette_entry {
	struct slice name;
	struct colour value; /* COLOUR_RGB; COLOUR_DEFAULT where the file is wrong */
};

/* The least contrast of a style and all below it. */
struct contrast_floor {
	struct slice name;
	double ratio;
};

struct assignment {
	struct slice name; /* a kind's style */
	size_t slot;       /* of "accent.1" and so on, from 0 */
};

#define ACCENT_SLOTS 8
extern const char *const accent_names[ACCENT_SLOTS];

struct cache;

struct theme {
	struct arena *arena;
	struct theme *base; /* what it extends, whose names it borrows; NULL: nothing */
	const char *path, *name;
	const char *pair;                    /* NULL: none, or none that is known */
	int variant;                         /* enum theme_variant */
	size_t variant_line, variant_column; /* 0: taken from what it extends */

	struct palette_entry *palette;
	size_t palette_count, palette_capacity;
	struct style_rule *styles; /* sorted by name */
	size_t style_count, style_capacity;
	struct contrast_floor *floors;
	size_t floor_count, floor_capacity;
	struct slice *distinct; /* styles that must not be taken for one another */
	size_t distinct_count;
	double distance; /* the least between two of them, in OKLab */

	struct assignment assigned[ACCENT_SLOTS];
	size_t assigned_count;
	struct cache *cache;
};

/* The rule of exactly this name, or NULL. */
const struct style_rule *theme_rule(const struct theme *theme, struct slice name);
/* Where the rule of this name is or belongs among the sorted styles. */
size_t theme_rule_place(const struct theme *theme, struct slice name);

struct cache *cache_new(void);
void cache_clear(struct cache *cache);
void cache_free(struct cache *cache);

#endif
