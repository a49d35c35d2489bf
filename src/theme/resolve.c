/* From a style to its look, in three steps, each a fold over fields.
 *
 * A *level* is one dotted name: of "entity.person.title" these are "entity.person.title",
 * "entity.person", "entity". What a level says at a depth is one block: `ansi` over the plain
 * fields where few colours are to be had, `mono` where there are none. What is said for a poorer
 * depth only holds for the richer ones too: a style with `ansi` and no other colour shows that
 * at any depth, one with nothing but `mono` is the same everywhere.
 *
 * A *layer* is a simple style: its levels from the innermost out, each giving the fields that are
 * still unsaid. A *look* is the layers of a composition from the lowest up, each replacing the
 * fields it says; what nobody said is taken from "text", and at last from the terminal.
 */
#include "theme/loaded.h"

#include "theme/colour.h"
#include "theme/inks.h"
#include "theme/styles.h"

#include <stdlib.h>

/* ---- The cache -------------------------------------------------------------------------- */

/* Looks by style id, for one depth at a time a row; `hash` tells of which name, so that ids of
 * another `struct styles` do no harm. */
struct cached {
	uint64_t hash;
	struct look look; /* a foreground that is COLOUR_UNSAID: nothing here yet */
};

struct cache_row {
	struct cached *items;
	size_t count;
};

struct cache {
	struct cache_row rows[DEPTH_DIRECT + 1];
	struct cube *cube; /* NULL: not asked for yet */
};

struct cache *cache_new(void)
{
	return memory_allocate(sizeof(struct cache));
}

void cache_clear(struct cache *cache)
{
	for (size_t i = 0; i <= DEPTH_DIRECT; i++) {
		free(cache->rows[i].items);
		cache->rows[i] = (struct cache_row){0};
	}
}

void cache_free(struct cache *cache)
{
	if (cache == NULL)
		return;
	cache_clear(cache);
	free(cache->cube);
	free(cache);
}

static struct cached *cache_place(struct cache_row *row, style_id style, size_t styles)
{
	if (style >= row->count) {
		row->items = memory_resize(row->items, styles * sizeof *row->items);
		for (size_t i = row->count; i < styles; i++)
			row->items[i] = (struct cached){0};
		row->count = styles;
	}
	return &row->items[style];
}

static const struct cube *cache_cube(struct cache *cache)
{
	if (cache->cube == NULL) {
		cache->cube = memory_allocate(sizeof *cache->cube);
		cube_fill(cache->cube);
	}
	return cache->cube;
}

/* ---- Levels ----------------------------------------------------------------------------- */

size_t theme_rule_place(const struct theme *theme, struct slice name)
{
	size_t low = 0, high = theme->style_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (slice_compare(theme->styles[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct style_rule *theme_rule(const struct theme *theme, struct slice name)
{
	size_t place = theme_rule_place(theme, name);
	if (place == theme->style_count || !slice_equal(theme->styles[place].name, name))
		return NULL;
	return &theme->styles[place];
}

static bool says_colour(const struct block *block)
{
	return block->foreground.kind != PAINT_UNSAID || block->background.kind != PAINT_UNSAID;
}

static bool says_anything(const struct block *block)
{
	return says_colour(block) || block->on != 0 || block->off != 0;
}

/* Takes each field that is still unsaid. */
static void block_inherit(struct block *block, const struct block *from)
{
	if (block->foreground.kind == PAINT_UNSAID)
		block->foreground = from->foreground;
	if (block->background.kind == PAINT_UNSAID)
		block->background = from->background;
	uint16_t open = (uint16_t) ~(block->on | block->off | block->settled);
	block->on |= (uint16_t)(from->on & open);
	block->off |= (uint16_t)(from->off & open);
	block->settled |= from->settled;
}

/* Replaces each field that `over` says. A line under words is either plain or dotted. */
static void block_cover(struct block *block, const struct block *over)
{
	if (over->foreground.kind != PAINT_UNSAID)
		block->foreground = over->foreground;
	if (over->background.kind != PAINT_UNSAID)
		block->background = over->background;
	uint16_t gone = over->off;
	if (over->on & (ATTRIBUTE_UNDERLINE | ATTRIBUTE_DOTTED))
		gone |= ATTRIBUTE_UNDERLINE | ATTRIBUTE_DOTTED;
	block->on = (uint16_t)((block->on & ~gone) | over->on);
	block->off = (uint16_t)((block->off & ~over->on) | over->off);
}

static struct block mono_block(const struct style_rule *rule)
{
	return (struct block){.on = rule->mono, .settled = rule->mono_said ? ATTRIBUTES_ALL : 0};
}

/* What the rule says at a depth. */
static struct block level_block(const struct style_rule *rule, enum depth depth)
{
	if (depth == DEPTH_MONO || (!says_anything(&rule->plain) && !says_anything(&rule->ansi)))
		return mono_block(rule);
	struct block few = rule->ansi;
	block_inherit(&few, &(struct block){.on = rule->plain.on, .off = rule->plain.off});
	bool rich = says_colour(&rule->plain) ||
		    (says_anything(&rule->plain) && !says_colour(&rule->ansi));
	return rich && (depth == DEPTH_DIRECT || depth == DEPTH_256) ? rule->plain : few;
}

/* ---- Layers ----------------------------------------------------------------------------- */

/* Takes in the levels of a name from the innermost out, short of "text". */
static void levels_add(
	const struct theme *theme, struct slice name, enum depth depth, struct block *layer)
{
	for (; name.length > 0 && !slice_is(name, "text"); name = style_parent(name)) {
		const struct style_rule *rule = theme_rule(theme, name);
		if (rule == NULL)
			continue;
		struct block level = level_block(rule, depth);
		block_inherit(layer, &level);
	}
}

/* The accent slot that a kind's style, or an ancestor of it, was given; NULL: none. */
static const char *assigned_accent(const struct theme *theme, struct slice name)
{
	for (size_t i = 0; i < theme->assigned_count; i++)
		if (style_under(name, theme->assigned[i].name))
			return accent_names[theme->assigned[i].slot];
	return NULL;
}

static struct block layer_block(const struct theme *theme, struct slice name, enum depth depth)
{
	struct block layer = {0};
	const char *accent = assigned_accent(theme, name);
	if (accent != NULL)
		levels_add(theme, slice_of(accent), depth, &layer);
	levels_add(theme, name, depth, &layer);
	if (depth != DEPTH_MONO)
		ink_fill(name, &layer);
	return layer;
}

/* All layers of a composition's name, one over the other, on "text". */
static struct block name_block(const struct theme *theme, struct slice name, enum depth depth)
{
	struct block whole = {0};
	const struct style_rule *text = theme_rule(theme, slice_of("text"));
	if (text != NULL)
		whole = level_block(text, depth);
	for (size_t start = 0, at = 0; at <= name.length; at++) {
		if (at < name.length && name.bytes[at] != '+')
			continue;
		struct block layer = layer_block(theme, slice_cut(name, start, at), depth);
		block_cover(&whole, &layer);
		start = at + 1;
	}
	return whole;
}

/* ---- Looks ------------------------------------------------------------------------------ */

static struct colour paint_colour(const struct theme *theme, const struct paint *paint)
{
	switch (paint->kind) {
	case PAINT_COLOUR:
		return paint->colour;
	case PAINT_NAMED:
		return theme->palette[paint->named].value;
	case PAINT_UNSAID:
		break;
	}
	return (struct colour){.kind = COLOUR_DEFAULT};
}

/* Of the 16, the terminal has only the first 8: light ones become their dark kin. Light black is
 * the grey between ground and words: there the default colour, dim as words, is nearest. */
#define LIGHT_BLACK 8
static struct colour colour_of_eight(struct colour colour, uint16_t *attributes)
{
	if (colour.kind != COLOUR_INDEXED || colour.index < LIGHT_BLACK)
		return colour;
	if (colour.index > LIGHT_BLACK)
		return (struct colour){
			.kind = COLOUR_INDEXED, .index = (uint8_t)(colour.index - 8)};
	*attributes |= ATTRIBUTE_DIM;
	return (struct colour){.kind = COLOUR_DEFAULT};
}

static struct colour colour_at(const struct theme *theme, struct colour colour, enum depth depth)
{
	if (depth == DEPTH_256 && colour.kind == COLOUR_RGB)
		return cube_nearest(cache_cube(theme->cache), colour);
	return colour;
}

static struct look look_resolve(const struct theme *theme, struct slice name, enum depth depth)
{
	struct block block = name_block(theme, name, depth);
	struct look look = {
		.foreground = paint_colour(theme, &block.foreground),
		.background = paint_colour(theme, &block.background),
		.attributes = block.on,
	};
	if (depth != DEPTH_MONO && name_has_inks(name)) {
		struct block text = name_block(theme, (struct slice){0}, depth);
		ink_settle(&look, paint_colour(theme, &text.background), depth);
	}
	look.foreground = colour_at(theme, look.foreground, depth);
	look.background = colour_at(theme, look.background, depth);
	if (depth == DEPTH_8) {
		uint16_t ground = 0;
		look.foreground = colour_of_eight(look.foreground, &look.attributes);
		look.background = colour_of_eight(look.background, &ground);
	}
	return look;
}

struct look theme_look(
	const struct theme *theme, const struct styles *styles, style_id style, enum depth depth)
{
	struct cached *cached =
		cache_place(&theme->cache->rows[depth], style, styles_count(styles));
	uint64_t hash = style_hash(styles, style);
	if (cached->look.foreground.kind == COLOUR_UNSAID || cached->hash != hash) {
		cached->hash = hash;
		cached->look = look_resolve(theme, slice_of(style_name(styles, style)), depth);
	}
	return cached->look;
}

/* ---- Kinds without a style -------------------------------------------------------------- */

const char *const accent_names[ACCENT_SLOTS] = {
	"accent.1",
	"accent.2",
	"accent.3",
	"accent.4",
	"accent.5",
	"accent.6",
	"accent.7",
	"accent.8",
};

/* A theme names a style by its own name or an ancestor's, the open roots aside: what says how all
 * entities look says nothing of one. */
static bool theme_names(const struct theme *theme, struct slice style)
{
	for (; style.length > 0; style = style_parent(style))
		if (style_parent(style).length > 0 && theme_rule(theme, style) != NULL)
			return true;
	return false;
}

static bool is_assigned(const struct theme *theme, struct slice style)
{
	for (size_t i = 0; i < theme->assigned_count; i++)
		if (slice_equal(theme->assigned[i].name, style))
			return true;
	return false;
}

void theme_assign(struct theme *theme, const char *const *kind_styles, size_t count)
{
	theme->assigned_count = 0;
	for (size_t i = 0; i < count && theme->assigned_count < ACCENT_SLOTS; i++) {
		struct slice style = slice_of(kind_styles[i]);
		if (style_entry_of(style) != NULL || theme_names(theme, style) ||
			is_assigned(theme, style))
			continue;
		size_t slot = theme->assigned_count++;
		theme->assigned[slot] = (struct assignment){arena_slice(theme->arena, style), slot};
	}
	cache_clear(theme->cache);
}
