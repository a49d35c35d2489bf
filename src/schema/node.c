#include "byline/schema.h"
#include "schema/builder.h"

#include <string.h>

#define QUOTED_MOST 60

int quoted_length(struct slice text)
{
	if (text.length <= QUOTED_MOST)
		return (int)text.length;
	size_t end = QUOTED_MOST;
	while (end > 0 && ((unsigned char)text.bytes[end] & 0xC0) == 0x80)
		end--;
	return (int)end;
}

struct slice node_text(const struct tree *tree, const struct node *node)
{
	if (node->kind != NODE_SCALAR)
		return (struct slice){0};
	return (struct slice){tree->strings + node->text, node->length};
}

const struct node *node_child(const struct tree *tree, const struct node *node)
{
	return node->child == 0 ? NULL : &tree->nodes[node->child];
}

const struct node *node_next(const struct tree *tree, const struct node *node)
{
	return node->next == 0 ? NULL : &tree->nodes[node->next];
}

const struct node *node_value(const struct tree *tree, const struct node *mapping, const char *key)
{
	if (mapping->kind != NODE_MAPPING)
		return NULL;
	const struct node *name = node_child(tree, mapping);
	while (name != NULL) {
		const struct node *value = node_next(tree, name);
		if (slice_is(node_text(tree, name), key))
			return value;
		name = node_next(tree, value);
	}
	return NULL;
}

bool node_is_null(const struct tree *tree, const struct node *node)
{
	static const char *const nulls[] = {"", "~", "null", "Null", "NULL"};
	if (node->kind != NODE_SCALAR || !node->plain)
		return false;
	for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++) {
		if (slice_is(node_text(tree, node), nulls[i]))
			return true;
	}
	return false;
}

const char *node_kind_name(const struct node *node)
{
	static const char *const names[] = {"a text", "a list", "a mapping"};
	return names[node->kind];
}

/* Where a message points. */
struct target {
	const struct tree *tree;
	size_t line, column, byte;
};

static void target_report(
	const struct target *target, struct diagnostics *out, const char *format, va_list arguments)
{
	if (out->count == DIAGNOSTICS_KEPT) {
		out->total++;
		return;
	}
	struct buffer message = {0}, excerpt = {0};
	buffer_format_list(&message, format, arguments);
	if (target->tree->source.length > 0)
		text_excerpt(target->tree->source, target->byte, &excerpt);
	diagnostics_add(out, &(struct diagnostic){target->tree->path, target->line, target->column,
				     message.bytes, excerpt.bytes});
	buffer_release(&message);
	buffer_release(&excerpt);
}

void node_report(const struct tree *tree, const struct node *node, struct diagnostics *out,
	const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	target_report(&(struct target){tree, node->line, node->column, node->start}, out, format,
		arguments);
	va_end(arguments);
}

/* How far into a scalar's source a byte of its value stands; 0 where that is not plain to see. */
static size_t value_offset(const struct tree *tree, const struct node *node, size_t byte)
{
	struct slice source = slice_cut(tree->source, node->start, node->end);
	if (node->kind != NODE_SCALAR || source.length == 0 ||
		memchr(source.bytes, '\n', source.length) != NULL)
		return 0;
	if (node->plain && source.bytes[0] == '*')
		return 0; /* an alias */
	if (node->plain)
		return byte < source.length ? byte : source.length;
	if (source.bytes[0] != '\'')
		return 0;
	size_t at = 1;
	for (; byte > 0 && at + 1 < source.length; byte--, at++)
		at += source.bytes[at] == '\''; /* written twice */
	return at;
}

static size_t codes_count(struct slice text)
{
	size_t count = 0;
	for (size_t at = 0; at < text.length; count++) {
		uint32_t code;
		at += utf8_decode(text, at, &code);
	}
	return count;
}

void node_report_at(const struct tree *tree, const struct node *node, size_t byte,
	struct diagnostics *out, const char *format, ...)
{
	size_t at = node->start + value_offset(tree, node, byte);
	size_t codes = codes_count(slice_cut(tree->source, node->start, at));
	va_list arguments;
	va_start(arguments, format);
	target_report(&(struct target){tree, node->line, node->column + codes, at}, out, format,
		arguments);
	va_end(arguments);
}
