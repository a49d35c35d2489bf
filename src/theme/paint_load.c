/* Colours as a theme's file says them, and its palette. */
#include "theme/load.h"

#include "theme/colour.h"

/* Places of one mistake that are shown, in a file that cannot be read at all. */
#define BARE_HEX_MOST 20

const char *const palette_names[PALETTE_NAMES] = {
	"black",
	"red",
	"green",
	"yellow",
	"blue",
	"magenta",
	"cyan",
	"white",
	"bright-black",
	"bright-red",
	"bright-green",
	"bright-yellow",
	"bright-blue",
	"bright-magenta",
	"bright-cyan",
	"bright-white",
};

/* The index of an ANSI colour's name, or PALETTE_NAMES. */
static size_t ansi_index(struct slice name)
{
	size_t i = 0;
	while (i < PALETTE_NAMES && !slice_is(name, palette_names[i]))
		i++;
	return i;
}

/* The index of a palette's entry, or its count. */
static size_t palette_index(const struct theme *theme, struct slice name)
{
	size_t i = 0;
	while (i < theme->palette_count && !slice_equal(theme->palette[i].name, name))
		i++;
	return i;
}

static const char *palette_candidate(const void *of, size_t i)
{
	const struct theme *theme = of;
	return i < theme->palette_count ? theme->palette[i].name.bytes : NULL;
}

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

/* The colour in hex that begins at a byte behind a key and blanks; empty: none. */
static struct slice bare_hex(struct slice source, size_t at)
{
	size_t before = at;
	while (before > 0 && is_blank(source.bytes[before - 1]))
		before--;
	struct colour colour;
	struct slice hex = slice_cut(source, at, at + 7);
	bool behind_key = before > 0 && before < at && source.bytes[before - 1] == ':';
	return behind_key && colour_read(hex, &colour) ? hex : (struct slice){0};
}

void bare_hex_report(struct slice source, const char *path, struct diagnostics *out)
{
	size_t found = 0;
	for (size_t at = 0; at < source.length && found < BARE_HEX_MOST; at++) {
		struct slice hex = {0};
		if (source.bytes[at] == '#')
			hex = bare_hex(source, at);
		if (hex.length == 0)
			continue;
		found++;
		diagnostics_point(out, path, source, at,
			"without quotes # begins a comment, which hides the rest of the line; "
			"write '%.*s'",
			(int)hex.length, hex.bytes);
	}
}

/* The #… that stands behind a key and is a comment for want of quotes; empty: none. */
static struct slice comment_after(const struct tree *tree, const struct node *value)
{
	struct slice rest = slice_cut(tree->source, value->end, tree->source.length);
	size_t start = 0;
	while (start < rest.length && is_blank(rest.bytes[start]))
		start++;
	size_t end = start;
	while (end < rest.length && end < start + 7 && (unsigned char)rest.bytes[end] > ' ')
		end++;
	struct slice comment = slice_cut(rest, start, end);
	return slice_starts(comment, "#") ? comment : (struct slice){0};
}

static bool colour_missing(struct loading *loading, const struct node *value)
{
	struct slice comment = comment_after(loading->tree, value);
	if (comment.length > 0)
		node_report(loading->tree, value, loading->out,
			"no colour here: without quotes # begins a comment; write '%.*s'",
			(int)comment.length, comment.bytes);
	else
		node_report(loading->tree, value, loading->out,
			"no colour here; write one, as in '#e2acf2', or remove the key");
	return false;
}

/* The text of a node that must be a colour. */
static bool colour_text(struct loading *loading, const struct node *value, struct slice *text)
{
	if (node_is_null(loading->tree, value))
		return colour_missing(loading, value);
	if (value->kind != NODE_SCALAR) {
		node_report(loading->tree, value, loading->out,
			"a colour must be a text, as in '#e2acf2', not %s", node_kind_name(value));
		return false;
	}
	*text = node_text(loading->tree, value);
	return true;
}

static bool hex_load(
	struct loading *loading, const struct node *value, struct slice text, struct colour *into)
{
	if (colour_read(text, into))
		return true;
	node_report(loading->tree, value, loading->out,
		"'%.*s' is no colour; write # and six hex digits, as in '#e2acf2'",
		quoted_length(text), text.bytes);
	return false;
}

static void colour_unknown(struct loading *loading, const struct node *value, struct slice text)
{
	const struct theme_loading *context = loading->context;
	const char *near = nearest(text, palette_candidate, context->theme);
	if (ansi_index(text) < PALETTE_NAMES)
		node_report(loading->tree, value, loading->out,
			"palette has no colour '%.*s'; the terminal's own stand under ansi",
			quoted_length(text), text.bytes);
	else if (near != NULL)
		node_report(loading->tree, value, loading->out,
			"palette has no colour '%.*s'; did you mean '%s'?", quoted_length(text),
			text.bytes, near);
	else
		node_report(loading->tree, value, loading->out,
			"palette has no colour '%.*s'; add it there, or write it as '#e2acf2'",
			quoted_length(text), text.bytes);
}

bool paint_load(struct loading *loading, const struct node *value, void *at)
{
	const struct theme_loading *context = loading->context;
	struct paint *paint = at;
	struct slice text;
	if (!colour_text(loading, value, &text))
		return false;
	if (text.length > 0 && text.bytes[0] == '#') {
		if (!hex_load(loading, value, text, &paint->colour))
			return false;
		paint->kind = PAINT_COLOUR;
		return true;
	}
	size_t named = palette_index(context->theme, text);
	if (named < context->theme->palette_count) {
		*paint = (struct paint){.kind = PAINT_NAMED, .named = named};
		return true;
	}
	if (slice_is(text, "default")) {
		*paint = (struct paint){PAINT_COLOUR, {.kind = COLOUR_DEFAULT}, 0};
		return true;
	}
	if (context->base_missing)
		return true;
	colour_unknown(loading, value, text);
	return false;
}

bool ansi_paint_load(struct loading *loading, const struct node *value, void *at)
{
	struct paint *paint = at;
	struct slice text;
	if (!colour_text(loading, value, &text))
		return false;
	size_t index = ansi_index(text);
	if (index < PALETTE_NAMES) {
		struct colour colour = {.kind = COLOUR_INDEXED, .index = (uint8_t)index};
		*paint = (struct paint){PAINT_COLOUR, colour, 0};
		return true;
	}
	if (slice_is(text, "default")) {
		*paint = (struct paint){PAINT_COLOUR, {.kind = COLOUR_DEFAULT}, 0};
		return true;
	}
	const char *near = nearest_of(text, palette_names, PALETTE_NAMES);
	node_report(loading->tree, value, loading->out,
		near != NULL ? "terminals have no colour '%.*s'; did you mean '%s'?"
			     : "terminals have no colour '%.*s'; there are black, red, green, "
			       "yellow, blue, magenta, cyan, white, each also as bright-%s, and "
			       "default",
		quoted_length(text), text.bytes, near != NULL ? near : "black");
	return false;
}

static void palette_set(struct theme *theme, struct slice name, struct colour value)
{
	size_t at = palette_index(theme, name);
	if (at == theme->palette_count) {
		theme->palette = grow(
			theme->palette, &theme->palette_capacity, at + 1, sizeof *theme->palette);
		theme->palette[theme->palette_count++].name = arena_slice(theme->arena, name);
	}
	theme->palette[at].value = value;
}

void palette_load(struct loading *loading, const struct node *mapping)
{
	const struct theme_loading *context = loading->context;
	const struct tree *tree = loading->tree;
	if (!mapping_check(loading, mapping, "palette"))
		return;
	const struct node *key = node_child(tree, mapping);
	for (; key != NULL; key = node_next(tree, node_next(tree, key))) {
		const struct node *value = node_next(tree, key);
		struct slice text;
		struct colour colour = {.kind = COLOUR_DEFAULT}; /* unless it is right */
		if (context->theme->palette_count == PALETTE_MOST) {
			node_report(tree, key, loading->out,
				"palette has more than %d colours; leave out what no style uses",
				PALETTE_MOST);
			return;
		}
		if (colour_text(loading, value, &text))
			hex_load(loading, value, text, &colour);
		palette_set(context->theme, node_text(tree, key), colour);
	}
}
