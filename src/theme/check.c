/* What a theme promises, measured: that words can be read, and kinds told apart.
 *
 * Contrast: each style is laid on each ground it is drawn on, at both depths whose colours are
 * known, and its worst place counts. What has no ground of its own lies on the palette's `bg`,
 * which stands for the terminal's; a theme without `bg` leaves colours to the user.
 *
 * Telling apart: two kinds are distinct where their colours are far enough in OKLab for all sorts
 * of colour vision, or where their attributes differ. Where the terminal decides on colours, the
 * attributes must differ; without colours those of the accent slots as well, and a dotted line
 * counts as a plain one, since not every terminal can draw it.
 */
#include "theme/loaded.h"

#include "theme/colour.h"
#include "theme/styles.h"

#include <stdlib.h>

#define DISTANCE_LEAST 0.06 /* where a theme names none */

static const char *const depth_names[] = {
	[DEPTH_MONO] = "without colours",
	[DEPTH_8] = "with 8 colours",
	[DEPTH_16] = "with 16 colours",
	[DEPTH_256] = "with 256 colours",
	[DEPTH_DIRECT] = "with 24-bit colours",
};

/* What is drawn on which ground, besides everything on "text". */
static const struct {
	const char *ground;
	const char *upon[9];
} grounds[] = {
	{"quote.chosen", {"entity", "user", "quote", "link", "muted", "accent", NULL}},
	{"sidebar.selected", {"entity", "quote", "muted", "accent", "histogram.selected",
				     "sidebar.count", NULL}},
	{"sidebar.selected.inactive", {"entity", "quote", "muted", "accent", "histogram.selected",
					      "sidebar.count", NULL}},
	{"raised", {"text", "entity", "quote", "accent", "muted", "help", "card", "sidebar", NULL}},
	{"selection", {"entity", "user", "link", "accent", NULL}},
	{"note", {"entity", "user", "link", "accent", NULL}},
};
#define GROUND_COUNT (sizeof grounds / sizeof *grounds)

struct checking {
	struct theme *theme;
	struct styles *styles;
	struct diagnostics *out;
	struct colour ground, words; /* what the terminal's own colours count as */
	bool ground_known;
};

/* Reports at the rule that says most of the style, or at the theme. */
static void style_report(const struct checking *checking, struct slice style, const char *message)
{
	const struct style_rule *rule = NULL;
	for (struct slice name = style; rule == NULL && name.length > 0; name = style_parent(name))
		rule = theme_rule(checking->theme, name);
	diagnostics_report(checking->out, rule != NULL ? rule->path : checking->theme->path,
		rule != NULL ? rule->line : 0, rule != NULL ? rule->column : 0, "%s", message);
}

/* ---- Grounds ---------------------------------------------------------------------------- */

static bool palette_find(const struct theme *theme, const char *name, struct colour *into)
{
	for (size_t i = 0; i < theme->palette_count; i++) {
		if (!slice_is(theme->palette[i].name, name))
			continue;
		*into = theme->palette[i].value;
		return into->kind == COLOUR_RGB;
	}
	return false;
}

static void ground_find(struct checking *checking)
{
	struct look text = theme_look(checking->theme, checking->styles, STYLE_TEXT, DEPTH_DIRECT);
	checking->ground_known = text.background.kind == COLOUR_RGB;
	checking->ground = text.background;
	if (!checking->ground_known)
		checking->ground_known = palette_find(checking->theme, "bg", &checking->ground);
	checking->words = text.foreground;
	if (text.foreground.kind != COLOUR_RGB &&
		!palette_find(checking->theme, "fg", &checking->words))
		checking->words = (struct colour){.kind = COLOUR_DEFAULT};
}

static void variant_check(const struct checking *checking)
{
	if (!checking->ground_known || checking->theme->variant == THEME_ANY)
		return;
	bool light = oklab_of(light_of(checking->ground)).lightness > 0.5;
	if (light == (checking->theme->variant == THEME_LIGHT))
		return;
	diagnostics_report(checking->out, checking->theme->path, checking->theme->variant_line,
		checking->theme->variant_column,
		"variant is %s, but the ground #%02x%02x%02x is %s; write variant: %s",
		light ? "dark" : "light", checking->ground.red, checking->ground.green,
		checking->ground.blue, light ? "light" : "dark", light ? "light" : "dark");
}

/* ---- Contrast --------------------------------------------------------------------------- */

/* As RGB; false where the user's terminal decides what it is. */
static bool colour_known(struct colour *colour, struct colour when_default)
{
	if (colour->kind == COLOUR_DEFAULT)
		*colour = when_default;
	else if (colour->kind == COLOUR_INDEXED && colour->index >= CUBE_FIRST)
		*colour = cube_colour(colour->index);
	return colour->kind == COLOUR_RGB;
}

/* Words and ground of a style as RGB; false where either is not known. */
static bool look_known(const struct checking *checking, style_id style, enum depth depth,
	struct colour *words, struct colour *ground)
{
	struct look look = theme_look(checking->theme, checking->styles, style, depth);
	bool reverse = (look.attributes & ATTRIBUTE_REVERSE) != 0;
	*words = reverse ? look.background : look.foreground;
	*ground = reverse ? look.foreground : look.background;
	return colour_known(words, reverse ? checking->ground : checking->words) &&
	       colour_known(ground, reverse ? checking->words : checking->ground);
}

/* The least contrast the theme allows a style: its own word, else the table's. */
static double floor_of(const struct theme *theme, struct slice style)
{
	for (struct slice name = style; name.length > 0; name = style_parent(name))
		for (size_t i = 0; i < theme->floor_count; i++)
			if (slice_equal(theme->floors[i].name, name))
				return theme->floors[i].ratio;
	return style_entry_above(style)->contrast;
}

/* The place where a style is worst to read. */
struct worst {
	double contrast; /* 0: nowhere known */
	const char *ground;
	style_id composed;
	enum depth depth;
};

static void worst_note(const struct checking *checking, struct slice style, const char *ground,
	struct worst *worst)
{
	style_id composed = style_compose(checking->styles, style_named(checking->styles, ground),
		style_of(checking->styles, style));
	for (enum depth depth = DEPTH_256; depth <= DEPTH_DIRECT; depth++) {
		struct colour words, under;
		if (!look_known(checking, composed, depth, &words, &under))
			continue;
		double contrast = colour_contrast(words, under);
		if (worst->contrast == 0 || contrast < worst->contrast)
			*worst = (struct worst){contrast, ground, composed, depth};
	}
}

static bool drawn_upon(size_t ground, struct slice style)
{
	for (size_t i = 0; grounds[ground].upon[i] != NULL; i++)
		if (style_under(style, slice_of(grounds[ground].upon[i])))
			return true;
	return false;
}

/* A colour for the words that reaches the contrast there, among 256 colours as well. */
static bool remedy_find(const struct checking *checking, const struct worst *worst, double least,
	struct colour *remedy)
{
	struct colour words, under;
	if (!look_known(checking, worst->composed, DEPTH_DIRECT, &words, &under))
		return false;
	struct cube cube;
	cube_fill(&cube);
	struct colour coarse = cube_colour(cube_nearest(&cube, under).index);
	for (double ratio = least; ratio <= 21; ratio += 0.25) {
		*remedy = colour_lift(words, under, ratio);
		struct colour near = cube_colour(cube_nearest(&cube, *remedy).index);
		if (colour_contrast(*remedy, under) >= least &&
			colour_contrast(near, coarse) >= least)
			return true;
	}
	return false;
}

static bool same_colour(struct colour a, struct colour b)
{
	return a.kind == b.kind && a.index == b.index && a.red == b.red && a.green == b.green &&
	       a.blue == b.blue;
}

/* True of a style in the colours of its parent or of "text", of which as much is wanted: what is
 * wrong with them is said there. */
static bool borrows_colours(const struct checking *checking, struct slice style)
{
	struct slice parent = style_parent(style);
	if (slice_is(style, "text"))
		return false;
	if (parent.length == 0)
		parent = slice_of("text");
	struct look own = theme_look(
		checking->theme, checking->styles, style_of(checking->styles, style), DEPTH_DIRECT);
	struct look others = theme_look(checking->theme, checking->styles,
		style_of(checking->styles, parent), DEPTH_DIRECT);
	return same_colour(own.foreground, others.foreground) &&
	       same_colour(own.background, others.background) &&
	       ((own.attributes ^ others.attributes) & ATTRIBUTE_REVERSE) == 0 &&
	       floor_of(checking->theme, style) <= floor_of(checking->theme, parent);
}

static void contrast_check(const struct checking *checking, struct slice style)
{
	if (borrows_colours(checking, style))
		return;
	double least = floor_of(checking->theme, style);
	struct worst worst = {0};
	worst_note(checking, style, "text", &worst);
	for (size_t i = 0; i < GROUND_COUNT; i++)
		if (drawn_upon(i, style))
			worst_note(checking, style, grounds[i].ground, &worst);
	if (worst.contrast == 0 || worst.contrast >= least)
		return;
	struct colour remedy;
	struct buffer message = {0};
	buffer_format(&message, "contrast of '%.*s' on '%s' %s is %.2f, under %.2f; ",
		(int)style.length, style.bytes, worst.ground, depth_names[worst.depth],
		worst.contrast, least);
	if (remedy_find(checking, &worst, least, &remedy))
		buffer_format(&message, "'#%02x%02x%02x' would reach it", remedy.red, remedy.green,
			remedy.blue);
	else
		buffer_text(&message, "change the ground, no colour of the words reaches that");
	style_report(checking, style, message.bytes);
	buffer_release(&message);
}

/* Words in the colour of their ground cannot be read whatever the terminal makes of it. */
static void invisible_check(const struct checking *checking, struct slice style)
{
	for (enum depth depth = DEPTH_8; depth <= DEPTH_16; depth++) {
		struct look look = theme_look(checking->theme, checking->styles,
			style_of(checking->styles, style), depth);
		if (look.foreground.kind != COLOUR_INDEXED ||
			look.background.kind != COLOUR_INDEXED ||
			look.foreground.index != look.background.index)
			continue;
		struct buffer message = {0};
		buffer_format(&message,
			"words and ground of '%.*s' are of one colour %s; change one under ansi",
			(int)style.length, style.bytes, depth_names[depth]);
		style_report(checking, style, message.bytes);
		buffer_release(&message);
		return;
	}
}

static void styles_check(const struct checking *checking)
{
	for (const struct style_entry *entry = style_table; entry->name != NULL; entry++) {
		contrast_check(checking, slice_of(entry->name));
		invisible_check(checking, slice_of(entry->name));
	}
	for (size_t i = 0; i < checking->theme->style_count; i++) {
		struct slice name = checking->theme->styles[i].name;
		if (style_entry_of(name) != NULL)
			continue;
		contrast_check(checking, name);
		invisible_check(checking, name);
	}
}

/* ---- Telling apart ---------------------------------------------------------------------- */

/* Kinds, as the theme says or all it gives a look of their own, and the accent slots after them. */
struct kinds {
	struct slice *names;
	size_t count;
	size_t named; /* so many are no accent slots */
};

static bool says_colour(const struct style_rule *rule)
{
	return rule->plain.foreground.kind != PAINT_UNSAID ||
	       rule->ansi.foreground.kind != PAINT_UNSAID;
}

static void kinds_collect(const struct checking *checking, struct kinds *kinds)
{
	const struct theme *theme = checking->theme;
	kinds->names = memory_allocate(
		(theme->distinct_count + theme->style_count + ACCENT_SLOTS) * sizeof *kinds->names);
	for (size_t i = 0; i < theme->distinct_count; i++)
		kinds->names[kinds->count++] = theme->distinct[i];
	for (size_t i = 0; theme->distinct_count == 0 && i < theme->style_count; i++)
		if (slice_is(style_parent(theme->styles[i].name), "entity") &&
			says_colour(&theme->styles[i]))
			kinds->names[kinds->count++] = theme->styles[i].name;
	kinds->named = kinds->count;
	for (size_t i = 0; i < ACCENT_SLOTS; i++)
		kinds->names[kinds->count++] = slice_of(accent_names[i]);
}

/* Two kinds side by side at a depth. */
struct likeness {
	struct slice first, second;
	bool named; /* both are kinds of the theme's list, none an accent slot */
	enum depth depth;
	struct look looks[2];
};

static void likeness_report(
	const struct checking *checking, const struct likeness *likeness, const char *why)
{
	struct buffer message = {0};
	buffer_format(&message, "'%.*s' looks like '%.*s' %s: %s", (int)likeness->second.length,
		likeness->second.bytes, (int)likeness->first.length, likeness->first.bytes,
		depth_names[likeness->depth], why);
	style_report(checking, likeness->second, message.bytes);
	buffer_release(&message);
}

/* The least distance over all sorts of vision, and for whom. */
static double distance_least(const struct colour colours[2], enum vision *whose)
{
	double least = 0;
	for (enum vision vision = VISION_NORMAL; vision < VISION_COUNT; vision++) {
		double distance = oklab_distance(oklab_of(light_seen(light_of(colours[0]), vision)),
			oklab_of(light_seen(light_of(colours[1]), vision)));
		if (vision > VISION_NORMAL && distance >= least)
			continue;
		least = distance;
		*whose = vision;
	}
	return least;
}

/* False where they are too near, which is reported. */
static bool distance_check(const struct checking *checking, const struct likeness *likeness,
	const struct colour words[2])
{
	double wanted = checking->theme->distance > 0 ? checking->theme->distance : DISTANCE_LEAST;
	enum vision whose = VISION_NORMAL;
	double least = distance_least(words, &whose);
	if (least >= wanted)
		return true;
	struct buffer why = {0};
	buffer_format(&why,
		"distance %.3f for %s vision, under %.3f; change a colour or an attribute", least,
		vision_names[whose], wanted);
	likeness_report(checking, likeness, why.bytes);
	buffer_release(&why);
	return false;
}

static uint16_t attributes_drawn(struct look look, enum depth depth)
{
	uint16_t attributes = look.attributes;
	if (depth == DEPTH_MONO && (attributes & ATTRIBUTE_DOTTED))
		attributes = (uint16_t)((attributes & ~ATTRIBUTE_DOTTED) | ATTRIBUTE_UNDERLINE);
	return attributes;
}

/* False where they look alike at the depth, which is reported. */
static bool likeness_check(const struct checking *checking, const struct likeness *likeness)
{
	const struct look *looks = likeness->looks;
	if (attributes_drawn(looks[0], likeness->depth) !=
		attributes_drawn(looks[1], likeness->depth))
		return true;
	struct colour words[2] = {looks[0].foreground, looks[1].foreground};
	if (likeness->depth >= DEPTH_256 && colour_known(&words[0], checking->words) &&
		colour_known(&words[1], checking->words))
		return distance_check(checking, likeness, words);
	if (!likeness->named && likeness->depth != DEPTH_MONO && !same_colour(words[0], words[1]))
		return true;
	likeness_report(checking, likeness, "their attributes must differ");
	return false;
}

/* Two styles at every depth, until they look alike at one. */
static void pair_check(const struct checking *checking, struct likeness *likeness)
{
	style_id first = style_of(checking->styles, likeness->first);
	style_id second = style_of(checking->styles, likeness->second);
	bool apart = true;
	for (enum depth depth = DEPTH_MONO; apart && depth <= DEPTH_DIRECT; depth++) {
		likeness->depth = depth;
		likeness->looks[0] = theme_look(checking->theme, checking->styles, first, depth);
		likeness->looks[1] = theme_look(checking->theme, checking->styles, second, depth);
		apart = likeness_check(checking, likeness);
	}
}

static void kinds_check(const struct checking *checking)
{
	struct kinds kinds = {0};
	kinds_collect(checking, &kinds);
	for (size_t second = 1; second < kinds.count; second++) {
		for (size_t first = 0; first < second; first++) {
			struct likeness likeness = {.first = kinds.names[first],
				.second = kinds.names[second],
				.named = second < kinds.named};
			pair_check(checking, &likeness);
		}
	}
	free(kinds.names);
}

bool theme_check(struct theme *theme, struct diagnostics *out)
{
	size_t before = out->total;
	struct checking checking = {.theme = theme, .styles = styles_new(), .out = out};
	ground_find(&checking);
	variant_check(&checking);
	styles_check(&checking);
	kinds_check(&checking);
	styles_free(checking.styles);
	return out->total == before;
}
