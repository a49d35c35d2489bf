/* words.c: escapes, variables, words. */
#include "words.h"

#include <stdio.h>
#include <stdlib.h>

static size_t unescape_one(struct slice text, size_t at, struct buffer *into)
{
	static const char names[] = "es\\nrt", bytes[] = "\x1b \\\n\r\t";
	char name = at + 1 < text.length ? text.bytes[at + 1] : '\0';
	const char *found = name != '\0' ? strchr(names, name) : NULL;
	char digits[3] = "";
	if (text.bytes[at] == '\\' && found != NULL) {
		buffer_byte(into, bytes[found - names]);
		return 2;
	}
	if (text.bytes[at] == '\\' && name == 'x' && at + 3 < text.length) {
		memcpy(digits, text.bytes + at + 2, 2);
		buffer_byte(into, (char)strtol(digits, NULL, 16));
		return 4;
	}
	buffer_byte(into, text.bytes[at]);
	return 1;
}

struct slice text_unescape(struct slice line, struct arena *arena)
{
	struct buffer text = {0};
	for (size_t at = 0; at < line.length;)
		at += unescape_one(line, at, &text);
	struct slice result = arena_slice(arena, buffer_slice(&text));
	buffer_release(&text);
	return result;
}

void words_read(struct words *words, struct slice line, struct arena *arena)
{
	words->count = 0;
	for (size_t at = 0; at < line.length && words->count < WORDS_MOST;) {
		size_t end = at;
		while (end < line.length && line.bytes[end] != ' ')
			end++;
		if (end > at)
			words->items[words->count++] = arena_text(arena, slice_cut(line, at, end));
		at = end + 1;
	}
	words->items[words->count] = NULL;
}

void words_unescape(struct words *words, struct arena *arena)
{
	for (size_t i = 0; i < words->count; i++)
		words->items[i] =
			arena_text(arena, text_unescape(slice_of(words->items[i]), arena));
}

struct slice text_replace(
	struct slice line, const struct variable *variables, size_t count, struct arena *arena)
{
	struct buffer text = {0};
	for (size_t at = 0; at < line.length;) {
		size_t i = 0, length = 0;
		struct slice rest = slice_cut(line, at + 1, line.length);
		while (i < count && !slice_starts(rest, variables[i].name))
			i++;
		if (line.bytes[at] == '$' && i < count)
			length = strlen(variables[i].name);
		if (length > 0)
			buffer_text(&text, variables[i].value);
		else
			buffer_byte(&text, line.bytes[at]);
		at += 1 + length;
	}
	struct slice result = arena_slice(arena, buffer_slice(&text));
	buffer_release(&text);
	return result;
}

bool size_read(const char *text, int *columns, int *rows)
{
	return sscanf(text, "%dx%d", columns, rows) == 2 && *columns > 0 && *rows > 0;
}
