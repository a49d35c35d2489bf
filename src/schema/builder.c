#include "schema/builder.h"

#include <stdlib.h>
#include <string.h>

void builder_init(struct builder *builder)
{
	buffer_byte(&builder->strings, '\0'); /* offset 0 is the empty text */
}

void builder_release(struct builder *builder)
{
	free(builder->nodes);
	free(builder->anchors);
	free(builder->entries);
	buffer_release(&builder->strings);
}

struct tree builder_view(const struct builder *builder)
{
	return (struct tree){
		.nodes = builder->nodes,
		.strings = builder->strings.bytes,
		.node_count = (uint32_t)builder->count,
		.string_bytes = (uint32_t)builder->strings.length,
		.path = builder->path,
		.source = builder->source,
	};
}

/* A message about a node that is not in the tree. */
static bool shape_refuse(struct builder *builder, const struct node *shape, const char *message)
{
	struct tree view = builder_view(builder);
	node_report(&view, shape, builder->out, "%s", message);
	return false;
}

static bool room_check(struct builder *builder, const struct node *shape)
{
	if (builder->count < YAML_NODES)
		return true;
	struct tree view = builder_view(builder);
	node_report(&view, shape, builder->out,
		"it has more than %u values, the most that are read; split it", YAML_NODES);
	return false;
}

uint32_t builder_push(struct builder *builder, const struct node *node)
{
	if (!room_check(builder, node))
		return 0;
	builder->nodes = grow(
		builder->nodes, &builder->capacity, builder->count + 1, sizeof *builder->nodes);
	builder->nodes[builder->count] = *node;
	return (uint32_t)builder->count++;
}

static void child_link(struct builder *builder, struct level *level, uint32_t child)
{
	struct node *parent = &builder->nodes[level->node];
	if (level->last == 0)
		parent->child = child;
	else
		builder->nodes[level->last].next = child;
	level->last = child;
	parent->count++;
}

static bool anchor_add(struct builder *builder, const char *name, uint32_t node)
{
	if (name == NULL)
		return true;
	if (builder->anchor_count == ANCHORS_MOST)
		return shape_refuse(builder, &builder->nodes[node],
			"there are more than 1000 anchors; write values out");
	builder->anchors = grow(builder->anchors, &builder->anchor_capacity,
		builder->anchor_count + 1, sizeof *builder->anchors);
	struct anchor *anchor = &builder->anchors[builder->anchor_count++];
	*anchor = (struct anchor){(uint32_t)builder->strings.length, node};
	buffer_append(&builder->strings, (struct slice){name, strlen(name) + 1});
	return true;
}

/* Puts a new node where the next value belongs. The root is node 0 and nobody's child. */
static bool node_place(struct builder *builder, const struct node *node, const char *anchor)
{
	uint32_t index = builder_push(builder, node);
	if (index == 0 && builder->count != 1)
		return false;
	if (builder->depth > 0)
		child_link(builder, &builder->levels[builder->depth - 1], index);
	return anchor_add(builder, anchor, index);
}

bool builder_scalar(
	struct builder *builder, const struct node *shape, struct slice text, const char *anchor)
{
	struct node node = *shape;
	node.length = (uint32_t)text.length;
	if (text.length > 0) {
		node.text = (uint32_t)builder->strings.length;
		buffer_append(&builder->strings, text);
		buffer_byte(&builder->strings, '\0');
	}
	return node_place(builder, &node, anchor);
}

bool builder_open(struct builder *builder, const struct node *shape, const char *anchor)
{
	if (builder->depth == YAML_DEPTH)
		return shape_refuse(builder, shape, "it is nested deeper than 64; flatten it");
	uint32_t index = (uint32_t)builder->count;
	if (!node_place(builder, shape, anchor))
		return false;
	builder->levels[builder->depth++] = (struct level){index, 0};
	return true;
}

bool builder_close(struct builder *builder, uint32_t end)
{
	struct level level = builder->levels[--builder->depth];
	struct node *node = &builder->nodes[level.node];
	if (end == 0)
		end = level.last == 0 ? node->start : builder->nodes[level.last].end;
	node->end = end;
	if (node->kind != NODE_MAPPING)
		return true;
	node->count /= 2;
	return mapping_finish(builder, level.node);
}

/* The latest anchor of a name; NULL where there is none. */
static const struct anchor *anchor_find(const struct builder *builder, const char *name)
{
	for (size_t i = builder->anchor_count; i > 0; i--) {
		const struct anchor *anchor = &builder->anchors[i - 1];
		if (strcmp(builder->strings.bytes + anchor->name, name) == 0)
			return anchor;
	}
	return NULL;
}

static bool is_open(const struct builder *builder, uint32_t node)
{
	for (size_t i = 0; i < builder->depth; i++) {
		if (builder->levels[i].node == node)
			return true;
	}
	return false;
}

/* Copies a node with all below it; 0 where a budget is spent. `depth` levels lie above it, `alias`
 * is where it is asked for. */
static uint32_t node_copy(
	struct builder *builder, uint32_t from, size_t depth, const struct node *alias)
{
	struct node node = builder->nodes[from];
	if (depth == YAML_DEPTH && node.kind != NODE_SCALAR) {
		shape_refuse(builder, alias, "this alias nests values deeper than 64; flatten it");
		return 0;
	}
	if (builder->alias_nodes++ == YAML_ALIAS_NODES) {
		shape_refuse(builder, alias,
			"aliases copy more than 20000 values in all; write some out");
		return 0;
	}
	uint32_t child = node.child;
	node.child = node.next = 0;
	uint32_t copy = builder_push(builder, &node), last = 0;
	for (; copy != 0 && child != 0; child = builder->nodes[child].next) {
		uint32_t below = node_copy(builder, child, depth + 1, alias);
		if (below == 0)
			return 0;
		if (last == 0)
			builder->nodes[copy].child = below;
		else
			builder->nodes[last].next = below;
		last = below;
	}
	return copy;
}

/* A copy stands where its alias does; what is below it, where it was written. */
static void place_take(struct node *node, const struct node *from)
{
	node->line = from->line;
	node->column = from->column;
	node->start = from->start;
	node->end = from->end;
}

bool builder_alias(struct builder *builder, const struct node *shape, const char *name)
{
	const struct anchor *anchor = anchor_find(builder, name);
	struct tree view = builder_view(builder);
	if (anchor == NULL) {
		node_report(&view, shape, builder->out,
			"nothing above has the anchor '&%s' that '*%s' names", name, name);
		return false;
	}
	if (is_open(builder, anchor->node)) {
		node_report(&view, shape, builder->out,
			"'*%s' stands inside the very thing it names", name);
		return false;
	}
	uint32_t copy = node_copy(builder, anchor->node, builder->depth, shape);
	if (copy == 0)
		return false;
	place_take(&builder->nodes[copy], shape);
	child_link(builder, &builder->levels[builder->depth - 1], copy);
	return true;
}
