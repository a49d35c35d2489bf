/* builder.h: a tree in the making: nodes and strings that grow, what is open, what has an anchor.
 *
 * The parser's events call builder_open, _scalar, _alias and _close; each returns false where a
 * budget is spent, which has been reported. Nodes refer to each other by index, since the array
 * moves as it grows.
 */
#ifndef BYLINE_SCHEMA_BUILDER_H
#define BYLINE_SCHEMA_BUILDER_H

#include "byline/schema.h"

#define ANCHORS_MOST 1000u

struct level {
	uint32_t node, last; /* an open collection, its last child so far or 0 */
};

struct anchor {
	uint32_t name, node; /* the name's offset in strings */
};

/* A pair of the mapping that is being closed. */
struct entry {
	uint32_t key, order, first; /* first: the entry's key that this one repeats, or 0 */
	bool merged;                /* came by `<<` */
};

struct builder {
	struct node *nodes;
	size_t count, capacity;
	struct buffer strings;
	struct level levels[YAML_DEPTH];
	size_t depth;
	struct anchor *anchors;
	size_t anchor_count, anchor_capacity;
	size_t alias_nodes; /* copied so far */
	struct entry *entries;
	size_t entry_count, entry_capacity;
	const char *path;
	struct slice source;
	struct diagnostics *out;
};

void builder_init(struct builder *builder);
void builder_release(struct builder *builder);

/* `shape` says kind, plain and the place; `anchor` may be NULL. */
bool builder_scalar(
	struct builder *builder, const struct node *shape, struct slice text, const char *anchor);
bool builder_open(struct builder *builder, const struct node *shape, const char *anchor);
bool builder_alias(struct builder *builder, const struct node *shape, const char *name);
/* Closes the innermost collection; `end` is where a flow collection ends, 0: with its last child.
 */
bool builder_close(struct builder *builder, uint32_t end);

/* The nodes so far as a tree, valid until the next change. */
struct tree builder_view(const struct builder *builder);
/* Appends a node that is no one's child yet; 0 where the budget is spent, which is reported. */
uint32_t builder_push(struct builder *builder, const struct node *node);
/* Drops repeated keys with a message, takes in what `<<` names. Called once when it is closed. */
bool mapping_finish(struct builder *builder, uint32_t mapping);

#endif
