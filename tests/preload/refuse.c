/* refuse.c: preloaded, it refuses one allocation of a program, the one that REFUSE counts to; with
 * REFUSE_ALL also every later one. At exit it writes to REFUSE_COUNT how many there were.
 *
 * What the loader allocates before main is not counted. Allocations are handed to libc under their
 * inner names.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);

static unsigned long asked, refused;
static bool all;

__attribute__((constructor)) static void begin(void)
{
	const char *number = getenv("REFUSE");
	refused = number ? strtoul(number, NULL, 10) : 0;
	all = getenv("REFUSE_ALL") != NULL;
	asked = 0;
}

__attribute__((destructor)) static void end(void)
{
	const char *path = getenv("REFUSE_COUNT");
	char text[32];
	int descriptor = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
	if (descriptor < 0)
		return;
	int length = snprintf(text, sizeof text, "%lu\n", asked);
	if (write(descriptor, text, (size_t)length) != length)
		abort();
	close(descriptor);
}

static bool refuses(void)
{
	unsigned long number = __atomic_add_fetch(&asked, 1, __ATOMIC_RELAXED);
	if (refused == 0 || number < refused || (!all && number > refused))
		return false;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t size)
{
	return refuses() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return refuses() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
	return refuses() ? NULL : __libc_realloc(memory, size);
}
