/* Reading a theme's file, over what it extends.
 *
 * What is being read stands in a chain, from the present theme up to the one asked for; a theme
 * that is in it already closes a circle. A theme that cannot be had is replaced by the default one,
 * and what extends it goes on.
 */
#include "theme/load.h"

#include <stdlib.h>
#include <string.h>

#define THEME_BYTES ((size_t)1 << 20)
#define THEME_BASE "terminal" /* what is extended where nothing is said */
#define NO_BASE "none"
#define CHAIN_MOST 32
#define FLOORS_MOST 256
#define DISTINCT_MOST 64

struct theme_file {
	int64_t format;
	struct slice name, pair, extends;
	int variant; /* enum theme_variant; -1: unsaid */
	const struct node *palette, *styles;
	struct checks {
		const struct node *contrast;
		struct distinct {
			struct texts of;
			double least; /* 0: unsaid */
		} distinct;
	} checks;
};

/* ---- The format ------------------------------------------------------------------------- */

#define THEME_FORMAT 1

static const char *const variant_names[] = {
	[THEME_DARK] = "dark", [THEME_LIGHT] = "light", [THEME_ANY] = "any", NULL};

static const struct field distinct_fields[] = {
	{.key = "of",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct distinct, of),
		.help = "styles that must not be taken for one another"},
	{.key = "min",
		.type = FIELD_NUMBER,
		.offset = offsetof(struct distinct, least),
		.help = "least distance in OKLab, to any sort of colour vision",
		.low = 0.001,
		.high = 1},
	{.key = NULL},
};

static const struct field checks_fields[] = {
	{.key = "contrast",
		.type = FIELD_NODE,
		.offset = offsetof(struct checks, contrast),
		.help = "least contrast on the ground (WCAG 2), by style"},
	{.key = "distinct",
		.type = FIELD_STRUCT,
		.offset = offsetof(struct checks, distinct),
		.fields = distinct_fields,
		.help = "which styles must be told apart, and how well"},
	{.key = NULL},
};

static const struct field theme_fields[] = {
	{.key = "theme-format",
		.type = FIELD_INTEGER,
		.offset = offsetof(struct theme_file, format),
		.required = true,
		.help = "the version of this format, 1"},
	{.key = "name",
		.type = FIELD_TEXT,
		.offset = offsetof(struct theme_file, name),
		.required = true,
		.help = "what the theme is called"},
	{.key = "variant",
		.type = FIELD_CHOICE,
		.offset = offsetof(struct theme_file, variant),
		.choices = variant_names,
		.help = "the ground it is made for: dark, light or any"},
	{.key = "pair",
		.type = FIELD_TEXT,
		.offset = offsetof(struct theme_file, pair),
		.help = "the theme for the other ground"},
	{.key = "extends",
		.type = FIELD_TEXT,
		.offset = offsetof(struct theme_file, extends),
		.help = "the theme that says what this one does not; terminal where unsaid; none"},
	{.key = "palette",
		.type = FIELD_NODE,
		.offset = offsetof(struct theme_file, palette),
		.help = "colours by name"},
	{.key = "styles",
		.type = FIELD_NODE,
		.offset = offsetof(struct theme_file, styles),
		.help = "how each style looks"},
	{.key = "checks",
		.type = FIELD_STRUCT,
		.offset = offsetof(struct theme_file, checks),
		.fields = checks_fields,
		.help = "what the theme promises of itself"},
	{.key = NULL},
};

/* ---- What it extends -------------------------------------------------------------------- */

static struct theme *theme_from(const struct origin *origin, struct diagnostics *out);

static void *copy_of(const void *items, size_t count, size_t size)
{
	void *copy = memory_allocate(count * size);
	if (count > 0)
		memcpy(copy, items, count * size);
	return copy;
}

/* The theme begins as what it extends, which it owns from here on. */
static void theme_extend(struct theme *theme, struct theme *base)
{
	theme->base = base;
	theme->variant = base->variant;
	theme->palette = copy_of(base->palette, base->palette_count, sizeof *base->palette);
	theme->palette_count = theme->palette_capacity = base->palette_count;
	theme->styles = copy_of(base->styles, base->style_count, sizeof *base->styles);
	theme->style_count = theme->style_capacity = base->style_count;
	theme->floors = copy_of(base->floors, base->floor_count, sizeof *base->floors);
	theme->floor_count = theme->floor_capacity = base->floor_count;
	theme->distinct = base->distinct;
	theme->distinct_count = base->distinct_count;
	theme->distance = base->distance;
}

/* Appends "a.yaml extends b.yaml extends a.yaml", from the first time `last` was met. */
static void circle_print(
	const struct origin *origin, const struct origin *last, struct buffer *into)
{
	if (strcmp(origin->path, last->path) != 0)
		circle_print(origin->above, last, into);
	buffer_format(into, "%s extends ", origin->path);
}

/* True where the chain above holds this theme already, or is too long; reported. */
static bool chain_refuse(
	const struct origin *origin, struct loading *loading, const struct node *node)
{
	size_t length = 0;
	for (const struct origin *above = origin->above; above != NULL; above = above->above) {
		length++;
		if (strcmp(above->path, origin->path) != 0 || above->embedded != origin->embedded)
			continue;
		struct buffer circle = {0};
		circle_print(origin->above, origin, &circle);
		node_report(loading->tree, node, loading->out,
			"themes extend one another in a circle: %s%s; remove one 'extends'",
			circle.bytes, origin->path);
		buffer_release(&circle);
		return true;
	}
	if (length <= CHAIN_MOST)
		return false;
	node_report(loading->tree, node, loading->out,
		"more than %d themes extend one another; copy what this one needs", CHAIN_MOST);
	return true;
}

/* The theme of this name as a base, or NULL, reported at the node. */
static struct theme *base_load(struct loading *loading, const struct origin *above,
	struct slice name, const struct node *node)
{
	struct origin origin = {.above = above, .folder = above->folder};
	if (origin_find(&origin, name, loading->arena))
		return chain_refuse(&origin, loading, node) ? NULL
							    : theme_from(&origin, loading->out);
	struct buffer message = {0};
	theme_unknown_print(name, &message);
	node_report(loading->tree, node, loading->out, "%s", message.bytes);
	buffer_release(&message);
	return NULL;
}

static void extends_load(
	struct loading *loading, const struct origin *origin, const struct theme_file *file)
{
	struct theme_loading *context = loading->context;
	const struct node *node = node_value(loading->tree, loading->tree->nodes, "extends");
	struct slice name = file->extends.length > 0 ? file->extends : slice_of(THEME_BASE);
	if (slice_is(name, NO_BASE))
		return;
	struct theme *base =
		base_load(loading, origin, name, node != NULL ? node : loading->tree->nodes);
	if (base == NULL) {
		context->base_missing = true;
		base = theme_load(THEME_BASE, NULL, loading->out);
	}
	if (base != NULL)
		theme_extend(context->theme, base);
}

/* ---- Its own checks --------------------------------------------------------------------- */

static void floor_set(struct theme *theme, struct slice name, double ratio)
{
	size_t i = 0;
	while (i < theme->floor_count && !slice_equal(theme->floors[i].name, name))
		i++;
	if (i == theme->floor_count) {
		theme->floors =
			grow(theme->floors, &theme->floor_capacity, i + 1, sizeof *theme->floors);
		theme->floors[theme->floor_count++].name = arena_slice(theme->arena, name);
	}
	theme->floors[i].ratio = ratio;
}

static void floors_load(struct loading *loading, const struct node *mapping)
{
	static const struct field ratio_field = {
		.key = "contrast", .type = FIELD_NUMBER, .low = 1, .high = 21};
	struct theme *theme = ((struct theme_loading *)loading->context)->theme;
	const struct tree *tree = loading->tree;
	if (!mapping_check(loading, mapping, "contrast"))
		return;
	const struct node *key = node_child(tree, mapping);
	for (; key != NULL; key = node_next(tree, node_next(tree, key))) {
		double ratio;
		if (theme->floor_count == FLOORS_MOST) {
			node_report(tree, key, loading->out,
				"contrast has more than %d styles; leave out what inherits",
				FLOORS_MOST);
			return;
		}
		bool known = style_name_load(loading, key);
		bool right = schema_load_value(loading, node_next(tree, key), &ratio_field, &ratio);
		if (known && right)
			floor_set(theme, node_text(tree, key), ratio);
	}
}

static void distinct_load(struct loading *loading, const struct distinct *distinct)
{
	struct theme *theme = ((struct theme_loading *)loading->context)->theme;
	if (distinct->least > 0)
		theme->distance = distinct->least;
	if (distinct->of.count == 0)
		return;
	size_t count = distinct->of.count;
	if (count > DISTINCT_MOST) {
		node_report(loading->tree, distinct->of.nodes[DISTINCT_MOST], loading->out,
			"more than %d styles cannot be held apart; leave out the rest",
			DISTINCT_MOST);
		count = DISTINCT_MOST;
	}
	theme->distinct_count = 0;
	theme->distinct = arena_allocate(theme->arena, count * sizeof *theme->distinct);
	for (size_t i = 0; i < count; i++)
		if (style_name_load(loading, distinct->of.nodes[i]))
			theme->distinct[theme->distinct_count++] = distinct->of.items[i];
}

/* ---- The file --------------------------------------------------------------------------- */

static void format_check(struct loading *loading, const struct theme_file *file)
{
	const struct node *node = node_value(loading->tree, loading->tree->nodes, "theme-format");
	if (file->format != 0 && file->format != THEME_FORMAT)
		node_report(loading->tree, node, loading->out,
			"theme-format is %lld, but this program reads %d; take a theme made for it",
			(long long)file->format, THEME_FORMAT);
}

static void variant_set(struct loading *loading, int variant)
{
	struct theme *theme = ((struct theme_loading *)loading->context)->theme;
	const struct node *node = node_value(loading->tree, loading->tree->nodes, "variant");
	theme->variant = variant;
	theme->variant_line = node->line;
	theme->variant_column = node->column;
}

static void pair_load(
	struct loading *loading, const struct origin *origin, const struct theme_file *file)
{
	struct theme *theme = ((struct theme_loading *)loading->context)->theme;
	struct origin pair = {.above = origin, .folder = origin->folder};
	if (file->pair.length == 0)
		return;
	if (origin_find(&pair, file->pair, loading->arena)) {
		theme->pair = file->pair.bytes;
		return;
	}
	struct buffer message = {0};
	theme_unknown_print(file->pair, &message);
	node_report(loading->tree, node_value(loading->tree, loading->tree->nodes, "pair"),
		loading->out, "%s", message.bytes);
	buffer_release(&message);
}

/* Fills the theme of the loading from its file's sections: first what it extends, since its own
 * palette and styles are laid over that. */
static void sections_load(
	struct loading *loading, const struct origin *origin, const struct theme_file *file)
{
	struct theme *theme = ((struct theme_loading *)loading->context)->theme;
	format_check(loading, file);
	extends_load(loading, origin, file);
	pair_load(loading, origin, file);
	theme->name = file->name.length > 0 ? file->name.bytes : theme->path;
	if (file->variant >= 0)
		variant_set(loading, file->variant);
	if (file->palette != NULL)
		palette_load(loading, file->palette);
	if (file->styles != NULL)
		styles_load(loading, file->styles);
	if (file->checks.contrast != NULL)
		floors_load(loading, file->checks.contrast);
	distinct_load(loading, &file->checks.distinct);
}

static struct theme *theme_new(const char *path)
{
	struct theme *theme = memory_allocate(sizeof *theme);
	theme->arena = arena_new();
	theme->path = arena_text(theme->arena, slice_of(path));
	theme->variant = THEME_ANY;
	theme->cache = cache_new();
	return theme;
}

/* Takes in a tree; frees the theme and returns NULL where that is no theme's. */
static struct theme *theme_fill(struct theme *theme, const struct tree *tree,
	const struct origin *origin, struct diagnostics *out)
{
	struct theme_loading context = {.theme = theme};
	struct theme_file file = {.variant = -1};
	struct loading loading = {tree, theme->arena, out, &context};
	schema_load(&loading, tree->nodes, theme_fields, "theme", &file);
	if (tree->nodes->kind != NODE_MAPPING) {
		theme_free(theme);
		return NULL;
	}
	sections_load(&loading, origin, &file);
	return theme;
}

static struct theme *theme_parse(
	struct slice source, const struct origin *origin, struct diagnostics *out)
{
	struct theme *theme = theme_new(origin->path);
	struct tree tree;
	if (yaml_read(source, theme->path, theme->arena, &tree, out))
		return theme_fill(theme, &tree, origin, out);
	bare_hex_report(source, theme->path, out);
	theme_free(theme);
	return NULL;
}

static struct theme *theme_from(const struct origin *origin, struct diagnostics *out)
{
	if (origin->embedded != NULL)
		return theme_fill(theme_new(origin->path), origin->embedded, origin, out);
	struct theme *theme = NULL;
	struct buffer source = {0};
	if (file_read(origin->path, THEME_BYTES, &source, out))
		theme = theme_parse(buffer_slice(&source), origin, out);
	buffer_release(&source);
	return theme;
}

struct theme *theme_read(
	struct slice source, const char *path, const char *folder, struct diagnostics *out)
{
	return theme_parse(source, &(struct origin){.folder = folder, .path = path}, out);
}

struct theme *theme_load(const char *name, const char *folder, struct diagnostics *out)
{
	struct arena *arena = arena_new();
	struct origin origin = {.folder = folder};
	struct theme *theme = NULL;
	if (origin_find(&origin, slice_of(name), arena)) {
		theme = theme_from(&origin, out);
	} else {
		struct buffer message = {0};
		theme_unknown_print(slice_of(name), &message);
		diagnostics_report(out, NULL, 0, 0, "%s", message.bytes);
		buffer_release(&message);
	}
	arena_free(arena);
	return theme;
}

void theme_free(struct theme *theme)
{
	if (theme == NULL)
		return;
	theme_free(theme->base);
	cache_free(theme->cache);
	free(theme->palette);
	free(theme->styles);
	free(theme->floors);
	arena_free(theme->arena);
	free(theme);
}

const char *theme_name(const struct theme *theme)
{
	return theme->name;
}

const char *theme_pair(const struct theme *theme)
{
	return theme->pair;
}

enum theme_variant theme_variant(const struct theme *theme)
{
	return (enum theme_variant)theme->variant;
}
