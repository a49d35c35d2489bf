/* theme.h: styles by dotted name, their compositions, and themes that give them a look.
 *
 * A style is a name ("entity.person"); what marks text carries style ids, never colours. A theme
 * says how a style looks, field by field: what "entity.person.title" does not say is taken from
 * "entity.person", then "entity", then "text". Composing puts one style over another: each field
 * that the upper one (or what it inherits short of "text") says wins.
 */
#ifndef BYLINE_THEME_H
#define BYLINE_THEME_H

#include "byline/base.h"

/* ---- Styles ----------------------------------------------------------------------------- */

/* Interned names and compositions; id 0 is "text". Ids are small and stay. */
typedef uint16_t style_id;
#define STYLE_TEXT 0

struct styles;
struct styles *styles_new(void);
void styles_free(struct styles *styles);
style_id style_of(struct styles *styles, struct slice name); /* interns */
style_id style_named(struct styles *styles, const char *name);
/* `upper` laid over `lower`; composing with STYLE_TEXT gives the other. Interned. */
style_id style_compose(struct styles *styles, style_id lower, style_id upper);
/* "entity.person", or "entity.person+quote.text" from the lowest layer up. Owned by styles. */
const char *style_name(const struct styles *styles, style_id style);
size_t styles_count(const struct styles *styles);

/* The names the program itself draws with; NULL after the last. `--list styles`, completion and
 * checks walk it; packs add entity.KIND and user.*. */
struct style_entry {
	const char *name, *help;
	double contrast; /* the least on its ground, WCAG 2; 0: it may vanish */
};
extern const struct style_entry style_table[];

/* Colours that a text brings with it are styles as well, "ink.NAME" for its words and "ground.NAME"
 * for what lies behind them: NAME is one of these, a number from 16 to 255, or #rrggbb. */
#define PALETTE_NAMES 16
extern const char *const palette_names[PALETTE_NAMES];

/* ---- Looks ------------------------------------------------------------------------------ */

enum colour_kind { COLOUR_UNSAID, COLOUR_DEFAULT, COLOUR_INDEXED, COLOUR_RGB };

struct colour {
	uint8_t kind;  /* enum colour_kind */
	uint8_t index; /* COLOUR_INDEXED: 0 to 255 of the terminal's palette */
	uint8_t red, green, blue;
};

enum attribute {
	ATTRIBUTE_BOLD = 1,
	ATTRIBUTE_DIM = 2,
	ATTRIBUTE_ITALIC = 4,
	ATTRIBUTE_UNDERLINE = 8,
	ATTRIBUTE_DOTTED = 16, /* dotted underline; drawn as a plain one where there is none */
	ATTRIBUTE_REVERSE = 32,
};

enum depth { DEPTH_MONO, DEPTH_8, DEPTH_16, DEPTH_256, DEPTH_DIRECT };

struct look {
	struct colour foreground, background; /* never COLOUR_UNSAID once resolved */
	uint16_t attributes;                  /* enum attribute */
};

/* ---- Themes ----------------------------------------------------------------------------- */

struct theme;

/* Where a name is looked for: the embedded themes first for a bare name without a slash or ".yaml",
 * unless `folder` (may be NULL) has NAME.yaml; with a slash or ".yaml" it is a path. */
struct theme *theme_load(const char *name, const char *folder, struct diagnostics *out);
/* From YAML already in memory; `path` for messages and for what it extends. */
struct theme *theme_read(
	struct slice source, const char *path, const char *folder, struct diagnostics *out);
void theme_free(struct theme *theme);
const char *theme_name(const struct theme *theme);
/* The theme to be taken instead where the ground is the other way; NULL: there is none. */
const char *theme_pair(const struct theme *theme);
enum theme_variant { THEME_DARK, THEME_LIGHT, THEME_ANY } theme_variant(const struct theme *theme);

/* How a style looks at a depth: RGB at DEPTH_DIRECT, indexed 16 to 255 at DEPTH_256 (nearest in
 * OKLab), by role (`ansi:`) at 16 and 8, by `mono:` attributes alone without colour. */
struct look theme_look(
	const struct theme *theme, const struct styles *styles, style_id style, enum depth depth);

/* Kinds that packs define, in their order: for those whose style no theme names, an accent slot is
 * taken (accent.1 to accent.8). Call once after loading packs. */
void theme_assign(struct theme *theme, const char *const *kind_styles, size_t count);

/* The embedded themes in the order of the `t` key; NULL after the last. */
const char *theme_embedded(size_t index);
struct slice theme_source(const char *name); /* of an embedded one; empty: there is none */

/* What --check says of a theme: contrast of each style at each depth on its composed ground, least
 * OKLab distance between kinds under four kinds of vision; diagnostics name style and figures. */
bool theme_check(struct theme *theme, struct diagnostics *out);

#endif
