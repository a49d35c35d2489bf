/* The styles of a theme's file. */
#include "theme/load.h"

#include "theme/styles.h"

#include <assert.h>
#include <string.h>

bool mapping_check(struct loading *loading, const struct node *node, const char *what)
{
	if (node->kind == NODE_MAPPING)
		return true;
	node_report(loading->tree, node, loading->out, "%s must be a mapping, not %s", what,
		node_is_null(loading->tree, node) ? "empty" : node_kind_name(node));
	return false;
}

/* ---- Fields ----------------------------------------------------------------------------- */

static const char *const attribute_names[] = {
	"bold", "dim", "italic", "underline", "dotted", "reverse"};
#define ATTRIBUTE_COUNT (sizeof attribute_names / sizeof *attribute_names)
static_assert(1u << ATTRIBUTE_COUNT == ATTRIBUTES_ALL + 1, "a name for each enum attribute");

/* A block as a file says it; attributes in the order of their names. */
struct fields {
	struct paint foreground, background;
	int attributes[ATTRIBUTE_COUNT]; /* 1 and 0; -1: unsaid */
};

struct mono {
	uint16_t attributes;
	bool said;
};

struct style_fields {
	struct fields plain; /* first: the tables below share offsets */
	struct fields ansi;
	struct mono mono;
};

static const char *const flag_names[] = {"false", "true", NULL};

static void fields_clear(struct fields *fields)
{
	*fields = (struct fields){0};
	for (size_t i = 0; i < ATTRIBUTE_COUNT; i++)
		fields->attributes[i] = -1;
}

/* `at` is a struct mono: a list of attributes, or one. */
static bool mono_load(struct loading *loading, const struct node *value, void *at)
{
	static const struct field list = {.key = "mono", .type = FIELD_TEXTS};
	struct mono *mono = at;
	struct texts names = {0};
	bool right = schema_load_value(loading, value, &list, &names);
	mono->said = right;
	for (size_t i = 0; i < names.count; i++) {
		size_t attribute = 0;
		while (attribute < ATTRIBUTE_COUNT &&
			!slice_is(names.items[i], attribute_names[attribute]))
			attribute++;
		if (attribute < ATTRIBUTE_COUNT) {
			mono->attributes |= (uint16_t)(1u << attribute);
			continue;
		}
		const char *near = nearest_of(names.items[i], attribute_names, ATTRIBUTE_COUNT);
		node_report(loading->tree, names.nodes[i], loading->out,
			near != NULL ? "unknown attribute '%.*s'; did you mean '%s'?"
				     : "unknown attribute '%.*s'; there are bold, dim, italic, "
				       "underline, dotted and %s",
			quoted_length(names.items[i]), names.items[i].bytes,
			near != NULL ? near : "reverse");
		right = false;
	}
	return right;
}

#define FOREGROUND offsetof(struct fields, foreground)
#define BACKGROUND offsetof(struct fields, background)
#define FLAG(name, place, what) \
	{ \
		.key = name, .type = FIELD_CHOICE, \
		.offset = offsetof(struct fields, attributes) + (place) * sizeof(int), \
		.help = what, .choices = flag_names \
	}
#define FLAGS \
	FLAG("bold", 0, "heavier words"), FLAG("dim", 1, "fainter words"), \
		FLAG("italic", 2, "slanted words"), FLAG("underline", 3, "a line below"), \
		FLAG("dotted", 4, "a dotted line below"), \
		FLAG("reverse", 5, "colours of words and ground changed over")

static const struct field ansi_fields[] = {
	{.key = "fg",
		.type = FIELD_CUSTOM,
		.offset = FOREGROUND,
		.help = "colour of the words: one of the terminal's sixteen, or default",
		.load = ansi_paint_load},
	{.key = "bg",
		.type = FIELD_CUSTOM,
		.offset = BACKGROUND,
		.help = "colour of the ground",
		.load = ansi_paint_load},
	FLAGS,
	{.key = NULL},
};

/* `at` is a struct fields: a mapping, or the colour of the words alone. */
static bool ansi_load(struct loading *loading, const struct node *value, void *at)
{
	struct fields *fields = at;
	if (value->kind != NODE_MAPPING)
		return ansi_paint_load(loading, value, &fields->foreground);
	return schema_load(loading, value, ansi_fields, "ansi", fields);
}

static const struct field style_fields[] = {
	{.key = "fg",
		.type = FIELD_CUSTOM,
		.offset = FOREGROUND,
		.help = "colour of the words: of the palette, as '#e2acf2', or default",
		.load = paint_load},
	{.key = "bg",
		.type = FIELD_CUSTOM,
		.offset = BACKGROUND,
		.help = "colour of the ground",
		.load = paint_load},
	FLAGS,
	{.key = "ansi",
		.type = FIELD_CUSTOM,
		.offset = offsetof(struct style_fields, ansi),
		.help = "colour, or fields, where the terminal has 16 or 8 colours",
		.load = ansi_load},
	{.key = "mono",
		.type = FIELD_CUSTOM,
		.offset = offsetof(struct style_fields, mono),
		.help = "list of attributes where it has no colours",
		.load = mono_load},
	{.key = NULL},
};

/* ---- Styles ----------------------------------------------------------------------------- */

static void fields_merge(const struct fields *fields, struct block *block)
{
	if (fields->foreground.kind != PAINT_UNSAID)
		block->foreground = fields->foreground;
	if (fields->background.kind != PAINT_UNSAID)
		block->background = fields->background;
	for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
		uint16_t bit = (uint16_t)(1u << i);
		if (fields->attributes[i] < 0)
			continue;
		uint16_t *said = fields->attributes[i] ? &block->on : &block->off;
		block->on = (uint16_t)(block->on & ~bit);
		block->off = (uint16_t)(block->off & ~bit);
		*said |= bit;
	}
}

/* The rule of this name, made where there is none. */
static struct style_rule *rule_take(struct theme *theme, struct slice name)
{
	size_t place = theme_rule_place(theme, name);
	if (place < theme->style_count && slice_equal(theme->styles[place].name, name))
		return &theme->styles[place];
	theme->styles = grow(theme->styles, &theme->style_capacity, theme->style_count + 1,
		sizeof *theme->styles);
	struct style_rule *rule = &theme->styles[place];
	memmove(rule + 1, rule, (theme->style_count++ - place) * sizeof *rule);
	*rule = (struct style_rule){.name = arena_slice(theme->arena, name)};
	return rule;
}

static bool name_byte(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= '0' && byte <= '9') || byte == '-' || byte == '_' || (byte & 0x80) != 0;
}

/* Parts of letters, digits, - and _, divided by single dots. */
static bool name_formed(struct slice name)
{
	bool part = false; /* has begun */
	for (size_t i = 0; i < name.length; i++) {
		if (name.bytes[i] == '.' ? !part : !name_byte(name.bytes[i]))
			return false;
		part = name.bytes[i] != '.';
	}
	return part;
}

static const char *style_candidate(const void *of, size_t i)
{
	const struct style_entry *table = of;
	return table[i].name;
}

bool style_name_load(struct loading *loading, const struct node *node)
{
	struct slice name = node_text(loading->tree, node);
	if (node->kind != NODE_SCALAR || !name_formed(name)) {
		node_report(loading->tree, node, loading->out,
			"'%.*s' is no style's name; write words divided by dots, as in "
			"quote.text",
			quoted_length(name), name.bytes);
		return false;
	}
	if (style_known(name))
		return true;
	const char *near = nearest(name, style_candidate, style_table);
	if (near != NULL)
		node_report(loading->tree, node, loading->out,
			"unknown style '%.*s'; did you mean '%s'?", quoted_length(name), name.bytes,
			near);
	else
		node_report(loading->tree, node, loading->out,
			"unknown style '%.*s'; your own stand under user, as in user.%.*s",
			quoted_length(name), name.bytes, quoted_length(name), name.bytes);
	return false;
}

static void style_load(struct loading *loading, const struct node *key, const struct node *value)
{
	const struct theme_loading *context = loading->context;
	if (!style_name_load(loading, key))
		return;
	struct style_fields fields = {0};
	fields_clear(&fields.plain);
	fields_clear(&fields.ansi);
	schema_load(loading, value, style_fields, "style", &fields);
	struct style_rule *rule = rule_take(context->theme, node_text(loading->tree, key));
	fields_merge(&fields.plain, &rule->plain);
	fields_merge(&fields.ansi, &rule->ansi);
	if (fields.mono.said) {
		rule->mono = fields.mono.attributes;
		rule->mono_said = true;
	}
	rule->path = context->theme->path;
	rule->line = key->line;
	rule->column = key->column;
}

void styles_load(struct loading *loading, const struct node *mapping)
{
	const struct theme_loading *context = loading->context;
	const struct tree *tree = loading->tree;
	if (!mapping_check(loading, mapping, "styles"))
		return;
	const struct node *key = node_child(tree, mapping);
	for (; key != NULL; key = node_next(tree, node_next(tree, key))) {
		if (context->theme->style_count == STYLES_OF_THEME_MOST) {
			node_report(tree, key, loading->out,
				"a theme has at most %d styles; leave out what inherits",
				STYLES_OF_THEME_MOST);
			return;
		}
		style_load(loading, key, node_next(tree, key));
	}
}
