/* Memory that is there, or the end.
 *
 * Nothing of this program has a way on without memory. What has to be put back first, as a
 * terminal, is put back by whom the program names: the one thing that this floor keeps at file
 * scope.
 */
#include "byline/base.h"

#include <stdlib.h>
#include <string.h>

static void (*leave)(void);

void memory_on_exhaustion(void (*leaving)(void))
{
	leave = leaving;
}

void memory_exhausted(void)
{
	if (leave != NULL)
		leave();
	abort();
}

void *memory_allocate(size_t size)
{
	void *memory = calloc(1, size > 0 ? size : 1);
	if (memory == NULL)
		memory_exhausted();
	return memory;
}

void *memory_resize(void *memory, size_t size)
{
	void *moved = realloc(memory, size > 0 ? size : 1);
	if (moved == NULL)
		memory_exhausted();
	return moved;
}

char *memory_text(struct slice text)
{
	char *copy = memory_allocate(text.length + 1);
	if (text.length > 0)
		memcpy(copy, text.bytes, text.length);
	return copy;
}

void *memory_grow(void *items, size_t *capacity, size_t needed, size_t size)
{
	size_t larger = *capacity + *capacity / 2 + 8;
	if (larger < needed)
		larger = needed;
	if (larger > PTRDIFF_MAX / size)
		memory_exhausted();
	*capacity = larger;
	return memory_resize(items, larger * size);
}
