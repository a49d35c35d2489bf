#include "byline/base.h"

#include <stdlib.h>
#include <string.h>

static const char *copy_of(struct arena *arena, const char *text)
{
	return text == NULL ? NULL : arena_text(arena, slice_of(text));
}

void diagnostics_add(struct diagnostics *diagnostics, const struct diagnostic *what)
{
	diagnostics->total++;
	if (diagnostics->count == DIAGNOSTICS_KEPT)
		return;
	if (diagnostics->arena == NULL)
		diagnostics->arena = arena_new();
	diagnostics->items = grow(diagnostics->items, &diagnostics->capacity,
		diagnostics->count + 1, sizeof *diagnostics->items);
	struct diagnostic *item = &diagnostics->items[diagnostics->count++];
	*item = *what;
	bool input = what->path != NULL && strcmp(what->path, "-") == 0;
	item->path = input ? "standard input" : copy_of(diagnostics->arena, what->path);
	item->message = copy_of(diagnostics->arena, what->message);
	item->excerpt = copy_of(diagnostics->arena, what->excerpt);
}

void diagnostics_report(struct diagnostics *diagnostics, const char *path, size_t line,
	size_t column, const char *format, ...)
{
	struct buffer message = {0};
	va_list arguments;
	va_start(arguments, format);
	buffer_format_list(&message, format, arguments);
	va_end(arguments);
	diagnostics_add(diagnostics,
		&(struct diagnostic){
			.path = path, .line = line, .column = column, .message = message.bytes});
	buffer_release(&message);
}

static void place_print(const struct diagnostic *item, struct buffer *into)
{
	if (item->path != NULL) {
		text_visible(slice_of(item->path[0] ? item->path : "''"), into);
		buffer_byte(into, ':');
	}
	if (item->line > 0)
		buffer_format(into, "%zu:", item->line);
	if (item->line > 0 && item->column > 0)
		buffer_format(into, "%zu:", item->column);
	if (item->path != NULL || item->line > 0)
		buffer_byte(into, ' ');
}

static void lines_print(const char *text, struct buffer *into)
{
	for (const char *line = text; line != NULL;) {
		const char *end = strchr(line, '\n');
		size_t length = end == NULL ? strlen(line) : (size_t)(end - line);
		buffer_text(into, "    ");
		text_visible((struct slice){line, length}, into);
		buffer_byte(into, '\n');
		line = end == NULL ? NULL : end + 1;
	}
}

void diagnostics_tell(
	const struct diagnostics *diagnostics, const char *program, struct buffer *into)
{
	for (size_t i = 0; i < diagnostics->count; i++) {
		const struct diagnostic *item = &diagnostics->items[i];
		if (program && item->line == 0)
			buffer_format(into, "%s: ", program);
		place_print(item, into);
		text_visible(slice_of(item->message), into);
		buffer_byte(into, '\n');
		lines_print(item->excerpt, into);
	}
	if (diagnostics->total > diagnostics->count)
		buffer_format(into, "and %zu more\n", diagnostics->total - diagnostics->count);
}

void diagnostics_release(struct diagnostics *diagnostics)
{
	arena_free(diagnostics->arena);
	free(diagnostics->items);
	*diagnostics = (struct diagnostics){0};
}
