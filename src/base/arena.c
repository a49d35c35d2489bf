#include "byline/base.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Chunks double from the first size to the last; what is larger than a quarter of a chunk gets one
 * of its own, so that little is wasted at a chunk's end. */
#define CHUNK_FIRST ((size_t)4096)
#define CHUNK_LAST ((size_t)1 << 20)

struct chunk {
	struct chunk *next;
	alignas(max_align_t) char memory[];
};

struct arena {
	struct chunk *chunks;
	char *free;       /* in the chunk that is being filled */
	size_t left;      /* bytes from `free` on */
	size_t next_size; /* of the next chunk */
};

struct arena *arena_new(void)
{
	struct arena *arena = memory_allocate(sizeof *arena);
	arena->next_size = CHUNK_FIRST;
	return arena;
}

void arena_free(struct arena *arena)
{
	if (arena == NULL)
		return;
	struct chunk *chunk = arena->chunks;
	while (chunk != NULL) {
		struct chunk *next = chunk->next;
		free(chunk);
		chunk = next;
	}
	free(arena);
}

static struct chunk *chunk_add(struct arena *arena, size_t size)
{
	if (size > PTRDIFF_MAX - sizeof(struct chunk))
		memory_exhausted();
	struct chunk *chunk = memory_allocate(sizeof *chunk + size);
	chunk->next = arena->chunks;
	arena->chunks = chunk;
	return chunk;
}

static void chunk_begin(struct arena *arena)
{
	arena->free = chunk_add(arena, arena->next_size)->memory;
	arena->left = arena->next_size;
	if (arena->next_size < CHUNK_LAST)
		arena->next_size *= 2;
}

void *arena_allocate(struct arena *arena, size_t size)
{
	if (size > PTRDIFF_MAX)
		memory_exhausted();
	size_t step = alignof(max_align_t);
	size_t rounded = size == 0 ? step : (size + step - 1) / step * step;
	if (rounded > arena->left) {
		if (rounded > arena->next_size / 4)
			return chunk_add(arena, rounded)->memory;
		chunk_begin(arena);
	}
	void *memory = arena->free;
	arena->free += rounded;
	arena->left -= rounded;
	return memory;
}

char *arena_text(struct arena *arena, struct slice text)
{
	char *copy = arena_allocate(arena, text.length + 1);
	if (text.length > 0)
		memcpy(copy, text.bytes, text.length);
	return copy;
}

struct slice arena_slice(struct arena *arena, struct slice text)
{
	return (struct slice){arena_text(arena, text), text.length};
}

char *arena_format(struct arena *arena, const char *format, ...)
{
	struct buffer buffer = {0};
	va_list arguments;
	va_start(arguments, format);
	buffer_format_list(&buffer, format, arguments);
	va_end(arguments);
	char *text = arena_text(arena, buffer_slice(&buffer));
	buffer_release(&buffer);
	return text;
}
