/* test-schema tree FILE    prints the nodes of a YAML file with their places, or what is wrong
 * test-schema load FILE    fills a struct by a table of every field type, prints it and what is
 * wrong
 */
#include "byline/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void text_print(struct slice text, struct buffer *into)
{
	struct json json = {into, true};
	json_text(&json, NULL, text);
}

static void node_print(
	const struct tree *tree, const struct node *node, int depth, struct buffer *into)
{
	buffer_format(into, "%*s%u:%u [%u,%u) %s%s", depth * 2, "", node->line, node->column,
		node->start, node->end, node->plain ? "plain " : "", node_kind_name(node) + 2);
	if (node->kind == NODE_SCALAR) {
		buffer_byte(into, ' ');
		text_print(node_text(tree, node), into);
	} else {
		buffer_format(into, " of %u", node->count);
	}
	buffer_byte(into, '\n');
	const struct node *child = node_child(tree, node);
	for (; child != NULL; child = node_next(tree, child))
		node_print(tree, child, depth + 1, into);
}

static bool tree_show(
	const struct tree *tree, struct arena *arena, struct diagnostics *out, struct buffer *into)
{
	(void)arena, (void)out;
	node_print(tree, tree->nodes, 0, into);
	return true;
}

/* ---- A struct with every type of field -------------------------------------------------- */

struct inner {
	struct slice name;
	bool seen;
};

struct sample {
	struct slice title;
	int64_t count;
	double weight;
	bool sure;
	int colour;
	struct range words;
	struct texts kinds;
	const struct node *rest;
	struct inner inner;
	int64_t doubled;
};

static bool doubled_load(struct loading *loading, const struct node *value, void *at)
{
	int64_t number = 0;
	const struct field field = {.key = "doubled", .type = FIELD_INTEGER};
	if (!schema_load_value(loading, value, &field, &number))
		return false;
	*(int64_t *)at = number * 2;
	return true;
}

static const char *const colours[] = {"red", "green", "blue", NULL};

static const struct field inner_fields[] = {
	{.key = "name",
		.type = FIELD_TEXT,
		.offset = offsetof(struct inner, name),
		.required = true,
		.help = "how it is called"},
	{.key = "seen", .type = FIELD_FLAG, .offset = offsetof(struct inner, seen)},
	{.key = NULL},
};

static const struct field fields[] = {
	{.key = "title",
		.type = FIELD_TEXT,
		.offset = offsetof(struct sample, title),
		.required = true},
	{.key = "count",
		.type = FIELD_INTEGER,
		.offset = offsetof(struct sample, count),
		.low = -5,
		.high = 100},
	{.key = "weight", .type = FIELD_NUMBER, .offset = offsetof(struct sample, weight)},
	{.key = "sure", .type = FIELD_FLAG, .offset = offsetof(struct sample, sure)},
	{.key = "colour",
		.type = FIELD_CHOICE,
		.offset = offsetof(struct sample, colour),
		.choices = colours},
	{.key = "words", .type = FIELD_RANGE, .offset = offsetof(struct sample, words)},
	{.key = "kinds", .type = FIELD_TEXTS, .offset = offsetof(struct sample, kinds)},
	{.key = "rest", .type = FIELD_NODE, .offset = offsetof(struct sample, rest)},
	{.key = "inner",
		.type = FIELD_STRUCT,
		.offset = offsetof(struct sample, inner),
		.fields = inner_fields},
	{.key = "doubled",
		.type = FIELD_CUSTOM,
		.offset = offsetof(struct sample, doubled),
		.load = doubled_load},
	{.key = NULL},
};

static void sample_print(const struct sample *sample, struct buffer *into)
{
	struct json json = {into, true};
	json_open(&json, NULL, '{');
	json_text(&json, "title", sample->title);
	json_integer(&json, "count", sample->count);
	json_decimal(&json, "weight", sample->weight, 3);
	json_integer(&json, "sure", sample->sure);
	json_text(&json, "colour", slice_of(colours[sample->colour]));
	json_integer(&json, "low", sample->words.low);
	json_integer(&json, "high", sample->words.high);
	json_open(&json, "kinds", '[');
	for (size_t i = 0; i < sample->kinds.count; i++)
		json_text(&json, NULL, sample->kinds.items[i]);
	json_close(&json, ']');
	if (sample->rest == NULL)
		json_null(&json, "rest");
	else
		json_text(&json, "rest", slice_of(node_kind_name(sample->rest)));
	json_text(&json, "inner", sample->inner.name);
	json_integer(&json, "seen", sample->inner.seen);
	json_integer(&json, "doubled", sample->doubled);
	json_close(&json, '}');
	buffer_byte(into, '\n');
}

static bool sample_show(
	const struct tree *tree, struct arena *arena, struct diagnostics *out, struct buffer *into)
{
	struct loading loading = {.tree = tree, .arena = arena, .out = out};
	struct sample sample = {0};
	bool right = schema_load(&loading, tree->nodes, fields, "sample", &sample);
	sample_print(&sample, into);
	return right;
}

int main(int count, char **words)
{
	if (count != 3)
		return 2;
	bool loads = strcmp(words[1], "load") == 0;
	struct buffer source = {0}, into = {0};
	struct diagnostics out = {0};
	struct arena *arena = arena_new();
	struct tree tree;
	bool right = file_read(words[2], YAML_BYTES + 1, &source, &out);
	const char *name = path_name(slice_of(words[2])).bytes;
	right = right && yaml_read(buffer_slice(&source), name, arena, &tree, &out);
	if (right)
		right = (loads ? sample_show : tree_show)(&tree, arena, &out, &into);
	if (right != (out.total == 0))
		buffer_text(&into, right ? "loaded with messages\n" : "failed without a message\n");
	diagnostics_tell(&out, NULL, &into);
	fwrite(into.bytes, 1, into.length, stdout);
	diagnostics_release(&out);
	buffer_release(&into);
	buffer_release(&source);
	arena_free(arena);
	return 0;
}
