/* embed-themes THEME.yaml...: writes to standard output the themes that the library embeds, in this
 * order; see src/theme/embedded.h. Run by make; any error in the YAML stops the build. */
#include <stdio.h>

#include "byline/schema.h"

#define THEME_BYTES ((size_t)1 << 20)

/* The file's name without folder and ending. */
static struct slice stem_of(const char *path)
{
	struct slice name = path_name(slice_of(path));
	const char *dot = memchr(name.bytes, '.', name.length);
	return dot == NULL ? name : slice_cut(name, 0, (size_t)(dot - name.bytes));
}

/* Each byte as a character constant: no literal is too long for a compiler, and none is negative
 * where characters have no sign. */
static void print_bytes(const char *what, int number, struct slice bytes)
{
	printf("static const char %s%d[] = {", what, number);
	for (size_t i = 0; i < bytes.length; i++)
		printf("%s'\\x%02x',", i % 16 == 0 ? "\n\t" : " ", (unsigned char)bytes.bytes[i]);
	printf("%s};\n", bytes.length == 0 ? "0" : "\n");
}

static void print_nodes(int number, const struct tree *tree)
{
	printf("static const struct node nodes%d[] = {\n", number);
	for (uint32_t i = 0; i < tree->node_count; i++) {
		const struct node *node = &tree->nodes[i];
		printf("\t{%u, %u, 0, %u, %u, %u, %u, %u, %u, %u, %u, %u},\n", node->kind,
			node->plain, node->line, node->column, node->start, node->end, node->text,
			node->length, node->child, node->next, node->count);
	}
	printf("};\n");
}

/* The arrays of one theme; appends its row to the table. */
static void print_theme(int number, const struct tree *tree, struct buffer *table)
{
	struct slice stem = stem_of(tree->path);
	print_bytes("source", number, tree->source);
	print_bytes("strings", number, (struct slice){tree->strings, tree->string_bytes});
	print_nodes(number, tree);
	buffer_format(table, "\t{\"%.*s\",\n\t\t{nodes%d, strings%d, %u, %u, \"%s\",\n",
		(int)stem.length, stem.bytes, number, number, tree->node_count, tree->string_bytes,
		path_name(slice_of(tree->path)).bytes);
	buffer_format(table, "\t\t\t{source%d, %zu}}},\n", number, tree->source.length);
}

static void read_theme(int number, const char *path, struct buffer *table, struct diagnostics *out)
{
	struct arena *arena = arena_new();
	struct buffer source = {0};
	struct tree tree;
	if (file_read(path, THEME_BYTES, &source, out) &&
		yaml_read(buffer_slice(&source), path, arena, &tree, out))
		print_theme(number, &tree, table);
	buffer_release(&source);
	arena_free(arena);
}

int main(int count, char **words)
{
	struct diagnostics out = {0};
	struct buffer table = {0}, messages = {0};
	printf("/* Written by tools/embed-themes.c. */\n#include \"theme/embedded.h\"\n\n");
	for (int i = 1; i < count; i++)
		read_theme(i, words[i], &table, &out);
	printf("const struct embedded_theme embedded_themes[] = {\n%s\t{.name = NULL},\n};\n",
		table.length > 0 ? table.bytes : "");
	bool good = out.total == 0 && fflush(stdout) == 0;
	diagnostics_tell(&out, NULL, &messages);
	if (messages.length > 0)
		fputs(messages.bytes, stderr);
	buffer_release(&table);
	buffer_release(&messages);
	diagnostics_release(&out);
	return good ? 0 : 1;
}
