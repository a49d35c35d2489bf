/* Styles are interned twice over: by name, and by the pair that was composed.
 *
 * A composition is a row of simple styles from the lowest layer up; one that comes up again moves
 * to the top, since it says there whatever it said below. Its name joins theirs with `+`, and
 * reading that name gives the same id. Composing is on the way of every cell drawn, hence the table
 * of pairs. Nothing is ever taken out of either table; ids run out at STYLES_MOST, where a new
 * name is plain text and a new composition its upper style.
 */
#include "theme/styles.h"

#include <stdlib.h>
#include <string.h>

#define STYLES_MOST ((size_t)UINT16_MAX)
#define NAME_TEXT "text"

struct style {
	struct slice name; /* NUL follows */
	uint64_t hash;
	const style_id *layers; /* simple styles from the lowest up; of a simple one itself */
	size_t layer_count;     /* 0: plain text */
};

struct pair {
	style_id lower, upper; /* both STYLE_TEXT: an empty slot */
	style_id composed;
};

struct styles {
	struct arena *arena;
	struct style *items;
	size_t count, capacity;
	style_id *names; /* hashed by name; STYLE_TEXT is an empty slot */
	size_t name_slots;
	struct pair *pairs; /* hashed by both ids */
	size_t pair_slots, pair_count;
};

/* ---- The table of names ----------------------------------------------------------------- */

/* The slot that holds the name, or the empty one where it belongs. Slots are a power of two. */
static style_id *name_slot(const struct styles *styles, struct slice name, uint64_t hash)
{
	for (size_t at = (size_t)hash;; at++) {
		style_id *slot = &styles->names[at & (styles->name_slots - 1)];
		const struct style *style = &styles->items[*slot];
		if (*slot == STYLE_TEXT || (style->hash == hash && slice_equal(style->name, name)))
			return slot;
	}
}

static void names_double(struct styles *styles)
{
	styles->name_slots *= 2;
	free(styles->names);
	styles->names = memory_allocate(styles->name_slots * sizeof *styles->names);
	for (size_t i = 1; i < styles->count; i++) {
		const struct style *style = &styles->items[i];
		*name_slot(styles, style->name, style->hash) = (style_id)i;
	}
}

/* Appends a style; there must be room. Its layers are set by the caller. */
static struct style *style_add(struct styles *styles, struct slice name, uint64_t hash)
{
	styles->items =
		grow(styles->items, &styles->capacity, styles->count + 1, sizeof *styles->items);
	struct style *style = &styles->items[styles->count++];
	*style = (struct style){.name = arena_slice(styles->arena, name), .hash = hash};
	return style;
}

/* The id of a name without `+`. */
static style_id simple_of(struct styles *styles, struct slice name)
{
	if (name.length == 0 || slice_is(name, NAME_TEXT))
		return STYLE_TEXT;
	uint64_t hash = slice_hash(name);
	style_id *slot = name_slot(styles, name, hash);
	if (*slot != STYLE_TEXT || styles->count == STYLES_MOST)
		return *slot;
	style_id id = *slot = (style_id)styles->count;
	style_id *layer = arena_allocate(styles->arena, sizeof *layer);
	*layer = id;
	struct style *style = style_add(styles, name, hash);
	style->layers = layer;
	style->layer_count = 1;
	if (styles->count * 2 > styles->name_slots)
		names_double(styles);
	return id;
}

/* ---- The table of pairs ----------------------------------------------------------------- */

static struct pair *pair_slot(const struct styles *styles, style_id lower, style_id upper)
{
	for (size_t at = (size_t)lower * 31 + upper;; at++) {
		struct pair *slot = &styles->pairs[at & (styles->pair_slots - 1)];
		if (slot->lower == lower && slot->upper == upper)
			return slot;
		if (slot->lower == STYLE_TEXT && slot->upper == STYLE_TEXT)
			return slot;
	}
}

static void pairs_double(struct styles *styles)
{
	struct pair *old = styles->pairs;
	size_t old_slots = styles->pair_slots;
	styles->pair_slots *= 2;
	styles->pairs = memory_allocate(styles->pair_slots * sizeof *styles->pairs);
	for (size_t i = 0; i < old_slots; i++)
		if (old[i].upper != STYLE_TEXT)
			*pair_slot(styles, old[i].lower, old[i].upper) = old[i];
	free(old);
}

static void pair_keep(struct styles *styles, struct pair pair)
{
	if ((styles->pair_count + 1) * 2 > styles->pair_slots)
		pairs_double(styles);
	*pair_slot(styles, pair.lower, pair.upper) = pair;
	styles->pair_count++;
}

/* ---- Compositions ----------------------------------------------------------------------- */

static bool has_layer(const struct style *style, style_id layer)
{
	for (size_t i = 0; i < style->layer_count; i++)
		if (style->layers[i] == layer)
			return true;
	return false;
}

/* The layers of `lower` that `upper` has not, then those of `upper`; returns how many. */
static size_t layers_join(const struct style *lower, const struct style *upper, style_id *into)
{
	size_t count = 0;
	for (size_t i = 0; i < lower->layer_count; i++)
		if (!has_layer(upper, lower->layers[i]))
			into[count++] = lower->layers[i];
	memcpy(&into[count], upper->layers, upper->layer_count * sizeof *into);
	return count + upper->layer_count;
}

static void layers_name(
	const struct styles *styles, const style_id *layers, size_t count, struct buffer *into)
{
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			buffer_byte(into, '+');
		buffer_append(into, styles->items[layers[i]].name);
	}
}

/* The id of a row of layers, made where it is new. */
static style_id layers_intern(struct styles *styles, const style_id *layers, size_t count)
{
	struct buffer name = {0};
	layers_name(styles, layers, count, &name);
	uint64_t hash = slice_hash(buffer_slice(&name));
	style_id *slot = name_slot(styles, buffer_slice(&name), hash);
	style_id id = *slot;
	if (id == STYLE_TEXT && styles->count == STYLES_MOST) {
		id = layers[count - 1];
	} else if (id == STYLE_TEXT) {
		id = *slot = (style_id)styles->count;
		struct style *style = style_add(styles, buffer_slice(&name), hash);
		style->layers = layers;
		style->layer_count = count;
		if (styles->count * 2 > styles->name_slots)
			names_double(styles);
	}
	buffer_release(&name);
	return id;
}

style_id style_compose(struct styles *styles, style_id lower, style_id upper)
{
	if (lower == STYLE_TEXT || lower == upper)
		return upper;
	if (upper == STYLE_TEXT)
		return lower;
	const struct pair *known = pair_slot(styles, lower, upper);
	if (known->upper != STYLE_TEXT)
		return known->composed;
	const struct style *below = &styles->items[lower], *above = &styles->items[upper];
	style_id *layers = arena_allocate(
		styles->arena, (below->layer_count + above->layer_count) * sizeof *layers);
	size_t count = layers_join(below, above, layers);
	style_id composed = count == 1 ? layers[0] : layers_intern(styles, layers, count);
	pair_keep(styles, (struct pair){lower, upper, composed});
	return composed;
}

/* ---- The way in and out ----------------------------------------------------------------- */

struct styles *styles_new(void)
{
	struct styles *styles = memory_allocate(sizeof *styles);
	styles->arena = arena_new();
	styles->name_slots = 256;
	styles->names = memory_allocate(styles->name_slots * sizeof *styles->names);
	styles->pair_slots = 256;
	styles->pairs = memory_allocate(styles->pair_slots * sizeof *styles->pairs);
	struct slice text = slice_of(NAME_TEXT);
	style_add(styles, text, slice_hash(text));
	return styles;
}

void styles_free(struct styles *styles)
{
	if (styles == NULL)
		return;
	arena_free(styles->arena);
	free(styles->items);
	free(styles->names);
	free(styles->pairs);
	free(styles);
}

style_id style_of(struct styles *styles, struct slice name)
{
	style_id style = STYLE_TEXT;
	for (size_t start = 0, at = 0; at <= name.length; at++) {
		if (at < name.length && name.bytes[at] != '+')
			continue;
		style_id layer = simple_of(styles, slice_cut(name, start, at));
		style = style_compose(styles, style, layer);
		start = at + 1;
	}
	return style;
}

style_id style_named(struct styles *styles, const char *name)
{
	return style_of(styles, slice_of(name));
}

const char *style_name(const struct styles *styles, style_id style)
{
	return styles->items[style].name.bytes;
}

size_t styles_count(const struct styles *styles)
{
	return styles->count;
}

uint64_t style_hash(const struct styles *styles, style_id style)
{
	return styles->items[style].hash;
}
