/* What is done when a mapping closes: repeated keys are dropped, merged ones are taken in.
 *
 * Pairs are sorted by key, so that repetitions meet and no crafted input makes this quadratic, then
 * back into their order. A key of the mapping itself comes before what `<<` brings, and what an
 * earlier merged mapping brings before a later one (https://yaml.org/type/merge.html): of equal
 * keys the first in this order stays. The pairs of a merged mapping are copied, what hangs below
 * them is shared: no one else can be walked to it but by an anchor inside `<<` itself.
 */
#include "schema/builder.h"

#include <stdlib.h>

static bool is_merge(const struct tree *tree, const struct node *key)
{
	return key->plain && slice_is(node_text(tree, key), "<<");
}

static struct entry *entry_add(struct builder *builder, uint32_t key, bool merged)
{
	builder->entries = grow(builder->entries, &builder->entry_capacity,
		builder->entry_count + 1, sizeof *builder->entries);
	struct entry *entry = &builder->entries[builder->entry_count];
	*entry = (struct entry){key, (uint32_t)builder->entry_count++, 0, merged};
	return entry;
}

static int by_key(const void *left, const void *right, void *of)
{
	const struct tree *tree = of;
	const struct entry *a = left, *b = right;
	int order = slice_compare(
		node_text(tree, &tree->nodes[a->key]), node_text(tree, &tree->nodes[b->key]));
	return order != 0 ? order : (a->order > b->order) - (a->order < b->order);
}

static int by_order(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	return (a->order > b->order) - (a->order < b->order);
}

/* Enters the mapping's own pairs; returns the value of `<<`, or 0. */
static uint32_t own_collect(struct builder *builder, uint32_t mapping)
{
	struct tree view = builder_view(builder);
	uint32_t merge = 0, next;
	for (uint32_t key = view.nodes[mapping].child; key != 0; key = next) {
		const struct node *node = &view.nodes[key];
		next = view.nodes[node->next].next;
		if (node->kind != NODE_SCALAR)
			node_report(&view, node, builder->out, "a key must be a text, not %s",
				node_kind_name(node));
		else if (!is_merge(&view, node))
			entry_add(builder, key, false);
		else if (merge != 0)
			node_report(&view, node, builder->out,
				"'<<' is given twice; write one with a list: [*a, *b]");
		else
			merge = node->next;
	}
	return merge;
}

/* Enters copies of a mapping's pairs. */
static bool merged_collect(struct builder *builder, uint32_t from)
{
	struct tree view = builder_view(builder);
	if (view.nodes[from].kind != NODE_MAPPING) {
		node_report(&view, &view.nodes[from], builder->out, "'<<' takes mappings, not %s",
			node_kind_name(&view.nodes[from]));
		return true;
	}
	uint32_t next;
	for (uint32_t key = view.nodes[from].child; key != 0; key = next) {
		struct node pair[2] = {
			builder->nodes[key], builder->nodes[builder->nodes[key].next]};
		next = pair[1].next;
		uint32_t copy = builder_push(builder, &pair[0]);
		uint32_t value = copy == 0 ? 0 : builder_push(builder, &pair[1]);
		if (value == 0)
			return false;
		builder->nodes[copy].next = value;
		entry_add(builder, copy, true);
	}
	return true;
}

static bool merges_collect(struct builder *builder, uint32_t value)
{
	if (value == 0)
		return true;
	if (builder->nodes[value].kind != NODE_SEQUENCE)
		return merged_collect(builder, value);
	uint32_t item = builder->nodes[value].child;
	for (; item != 0; item = builder->nodes[item].next) {
		if (!merged_collect(builder, item))
			return false;
	}
	return true;
}

/* Finds for each entry the one it repeats; leaves them in their order. */
static void repetitions_find(struct builder *builder)
{
	struct entry *entries = builder->entries;
	if (builder->entry_count < 2)
		return;
	struct tree view = builder_view(builder);
	qsort_r(entries, builder->entry_count, sizeof *entries, by_key, &view);
	for (size_t i = 1; i < builder->entry_count; i++) {
		const struct entry *before = &entries[i - 1];
		if (slice_equal(node_text(&view, &view.nodes[before->key]),
			    node_text(&view, &view.nodes[entries[i].key])))
			entries[i].first = before->first != 0 ? before->first : before->key;
	}
	qsort(entries, builder->entry_count, sizeof *entries, by_order);
}

static void repetition_report(struct builder *builder, const struct entry *entry)
{
	struct tree view = builder_view(builder);
	const struct node *key = &view.nodes[entry->key], *first = &view.nodes[entry->first];
	struct slice text = node_text(&view, key);
	node_report(&view, key, builder->out,
		"'%.*s' is given twice, first at line %u, column %u; remove one",
		quoted_length(text), text.bytes, first->line, first->column);
}

/* Chains the pairs that stay. */
static void pairs_link(struct builder *builder, uint32_t mapping)
{
	uint32_t *link = &builder->nodes[mapping].child, count = 0;
	for (size_t i = 0; i < builder->entry_count; i++) {
		const struct entry *entry = &builder->entries[i];
		if (entry->first != 0 && !entry->merged)
			repetition_report(builder, entry);
		if (entry->first != 0)
			continue;
		*link = entry->key;
		link = &builder->nodes[builder->nodes[entry->key].next].next;
		count++;
	}
	*link = 0;
	builder->nodes[mapping].count = count;
}

bool mapping_finish(struct builder *builder, uint32_t mapping)
{
	builder->entry_count = 0;
	uint32_t merge = own_collect(builder, mapping);
	if (!merges_collect(builder, merge))
		return false;
	repetitions_find(builder);
	pairs_link(builder, mapping);
	return true;
}
