/* Writing and reading the blob; see embedded.h. */
#include "rules/embedded.h"

#include <stdlib.h>
#include <string.h>

#define BLOB_VERSION 3
#define BLOB_ALIGNMENT 16

struct blob_head {
	uint32_t version, pack_count;
};

/* Offsets are from the start of the blob. */
struct blob_pack {
	uint32_t name, path;
	uint32_t source, source_bytes;
	uint32_t nodes, node_count, strings, string_bytes;
	uint32_t buckets, bucket_count, marks, lexemes, lexeme_count, sets, set_count;
	uint32_t forms, form_count;
	uint32_t words, word_bytes; /* the lexicon's strings */
	uint32_t starts, rule_starts;
	uint32_t list_count, trait_count;
	uint32_t list_names[LEXICON_LISTS], trait_names[LEXICON_TRAITS];
};

/* ---- Reading ---------------------------------------------------------------------------- */

static const struct blob_head *head(void)
{
	return (const struct blob_head *)(const void *)packs_blob;
}

static const void *at(uint32_t offset)
{
	return packs_blob + offset;
}

static const struct blob_pack *blob_pack(size_t index)
{
	return (const struct blob_pack *)at(BLOB_ALIGNMENT) + index;
}

const char *embedded_pack_name(size_t index)
{
	return index < head()->pack_count ? at(blob_pack(index)->name) : NULL;
}

void embedded_pack_names(struct buffer *into)
{
	for (size_t i = 0; embedded_pack_name(i); i++)
		buffer_format(into, "%s%s", i ? ", " : "", embedded_pack_name(i));
}

static void read_pack(const struct blob_pack *from, struct embedded_pack *into)
{
	into->name = at(from->name);
	into->path = at(from->path);
	into->source = (struct slice){at(from->source), from->source_bytes};
	into->tree = (struct tree){.nodes = at(from->nodes),
		.strings = at(from->strings),
		.node_count = from->node_count,
		.string_bytes = from->string_bytes,
		.path = into->path,
		.source = into->source};
	into->lexicon = (struct lexicon){.buckets = at(from->buckets),
		.marks = at(from->marks),
		.lexemes = at(from->lexemes),
		.sets = at(from->sets),
		.forms = at(from->forms),
		.strings = at(from->words),
		.bucket_count = from->bucket_count,
		.lexeme_count = from->lexeme_count,
		.set_count = from->set_count,
		.form_count = from->form_count,
		.string_bytes = from->word_bytes,
		.list_count = from->list_count,
		.trait_count = from->trait_count};
	into->starts = at(from->starts);
	into->rule_starts = at(from->rule_starts);
	memcpy(into->lexicon.list_names, from->list_names, sizeof from->list_names);
	memcpy(into->lexicon.trait_names, from->trait_names, sizeof from->trait_names);
}

bool embedded_pack_find(const char *name, struct embedded_pack *into)
{
	for (size_t i = 0; embedded_pack_name(i); i++) {
		if (strcmp(embedded_pack_name(i), name) != 0)
			continue;
		read_pack(blob_pack(i), into);
		return true;
	}
	return false;
}

/* ---- Writing ---------------------------------------------------------------------------- */

static uint32_t put(struct buffer *blob, const void *items, size_t bytes)
{
	while (blob->length % BLOB_ALIGNMENT)
		buffer_byte(blob, '\0');
	uint32_t offset = (uint32_t)blob->length;
	buffer_append(blob, (struct slice){items, bytes});
	return offset;
}

static uint32_t put_text(struct buffer *blob, struct slice text)
{
	uint32_t offset = put(blob, text.bytes, text.length);
	buffer_byte(blob, '\0');
	return offset;
}

/* A tree copied node by node, without what no reader of the blob needs. */
struct pruning {
	const struct tree *from;
	struct node *nodes;
	size_t count, capacity;
	struct buffer strings;
};

static bool is_tests(
	const struct pruning *at_tree, const struct node *parent, const struct node *key)
{
	return parent->kind == NODE_MAPPING && slice_is(node_text(at_tree->from, key), "tests");
}

static uint32_t copy_node(struct pruning *to, const struct node *node)
{
	to->nodes = grow(to->nodes, &to->capacity, to->count + 1, sizeof *to->nodes);
	uint32_t index = (uint32_t)to->count++, last = 0, position = 0;
	struct node copy = *node;
	copy.child = copy.next = copy.count = 0;
	copy.text = (uint32_t)to->strings.length;
	buffer_append(&to->strings, node_text(to->from, node));
	buffer_byte(&to->strings, '\0');
	to->nodes[index] = copy;
	for (const struct node *child = node_child(to->from, node); child; position++) {
		if (position % 2 == 0 && is_tests(to, node, child)) {
			child = node_next(to->from, node_next(to->from, child));
			position++;
			continue;
		}
		uint32_t copied = copy_node(to, child);
		if (last)
			to->nodes[last].next = copied;
		else
			to->nodes[index].child = copied;
		last = copied;
		to->nodes[index].count++;
		child = node_next(to->from, child);
	}
	if (node->kind == NODE_MAPPING)
		to->nodes[index].count /= 2;
	return index;
}

static void write_tree(const struct tree *tree, struct buffer *blob, struct blob_pack *pack)
{
	struct pruning pruned = {.from = tree};
	copy_node(&pruned, tree->nodes);
	pack->node_count = (uint32_t)pruned.count;
	pack->nodes = put(blob, pruned.nodes, pruned.count * sizeof *pruned.nodes);
	pack->string_bytes = (uint32_t)pruned.strings.length;
	pack->strings = put(blob, pruned.strings.bytes, pruned.strings.length);
	buffer_release(&pruned.strings);
	free(pruned.nodes);
}

static void write_lexicon(
	const struct lexicon *lexicon, struct buffer *blob, struct blob_pack *pack)
{
	size_t count = lexicon->lexeme_count;
	pack->bucket_count = lexicon->bucket_count;
	pack->buckets = put(blob, lexicon->buckets,
		(lexicon->bucket_count + (size_t)1) * sizeof *lexicon->buckets);
	pack->lexeme_count = lexicon->lexeme_count;
	pack->marks = put(blob, lexicon->marks, count * sizeof *lexicon->marks);
	pack->lexemes = put(blob, lexicon->lexemes, (count + 1) * sizeof *lexicon->lexemes);
	pack->set_count = lexicon->set_count;
	pack->sets = put(blob, lexicon->sets, lexicon->set_count * sizeof *lexicon->sets);
	pack->form_count = lexicon->form_count;
	pack->forms = put(blob, lexicon->forms, lexicon->form_count * sizeof *lexicon->forms);
	pack->word_bytes = lexicon->string_bytes;
	pack->words = put(blob, lexicon->strings, lexicon->string_bytes);
	pack->list_count = lexicon->list_count;
	pack->trait_count = lexicon->trait_count;
	memcpy(pack->list_names, lexicon->list_names, sizeof pack->list_names);
	memcpy(pack->trait_names, lexicon->trait_names, sizeof pack->trait_names);
}

static void write_starts(const struct pack *pack, struct buffer *blob, struct blob_pack *written)
{
	struct starts none = {0};
	uint64_t *of_rules = memory_allocate(pack->rule_count * sizeof *of_rules);
	for (size_t i = 0; i < pack->rule_count; i++)
		if (pack->rules[i].type == RULE_MATCH)
			of_rules[i] = pack->rules[i].match->starts;
	written->starts = put(blob, pack->starts ? pack->starts : &none, sizeof none);
	written->rule_starts = put(blob, of_rules, pack->rule_count * sizeof *of_rules);
	free(of_rules);
}

static void write_pack(const struct pack *pack, struct buffer *blob, size_t index)
{
	struct blob_pack written = {0};
	written.name = put_text(blob, pack->name);
	written.path = put_text(blob, path_name(slice_of(pack->path)));
	written.source = put_text(blob, buffer_slice(&pack->source));
	written.source_bytes = (uint32_t)pack->source.length;
	write_tree(&pack->tree, blob, &written);
	write_lexicon(pack->lexicon, blob, &written);
	write_starts(pack, blob, &written);
	memcpy(blob->bytes + BLOB_ALIGNMENT + index * sizeof written, &written, sizeof written);
}

void embedded_write(struct pack *const *packs, size_t count, struct buffer *into)
{
	struct blob_head start = {BLOB_VERSION, (uint32_t)count};
	struct blob_pack empty = {0};
	put(into, &start, sizeof start);
	for (size_t i = 0; i < count; i++)
		if (i == 0)
			put(into, &empty, sizeof empty);
		else
			buffer_append(into, (struct slice){(const char *)&empty, sizeof empty});
	for (size_t i = 0; i < count; i++)
		write_pack(packs[i], into, i);
}
