/* The one file that sees iconv. What it gives is validated like any other text. */
#include "document/foreign.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

#define OUT_BYTES 4096

struct foreign {
	iconv_t descriptor;
};

/* Slashes would begin a suffix that says what to do with errors; an empty name is the locale's. */
static bool is_a_name(const char *name)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				      "0123456789-_.:+()";
	return *name && name[strspn(name, allowed)] == '\0';
}

struct foreign *foreign_new(const char *name)
{
	iconv_t descriptor = is_a_name(name) ? iconv_open("UTF-8", name) : (iconv_t)-1;
	if (descriptor == (iconv_t)-1)
		return NULL;
	struct foreign *foreign = memory_allocate(sizeof *foreign);
	foreign->descriptor = descriptor;
	return foreign;
}

bool foreign_is_known(const char *name)
{
	struct foreign *foreign = foreign_new(name);
	foreign_free(foreign);
	return foreign != NULL;
}

void foreign_free(struct foreign *foreign)
{
	if (!foreign)
		return;
	iconv_close(foreign->descriptor);
	free(foreign);
}

size_t foreign_read(
	struct foreign *foreign, struct slice bytes, struct buffer *into, size_t *replaced)
{
	char out[OUT_BYTES];
	char *from = (char *)bytes.bytes; /* iconv reads it only */
	size_t left = bytes.length;
	while (left > 0) {
		char *to = out;
		size_t room = sizeof out;
		size_t result = iconv(foreign->descriptor, &from, &left, &to, &room);
		int number = result == (size_t)-1 ? errno : 0;
		*replaced += utf8_repair((struct slice){out, (size_t)(to - out)}, into);
		if (number == EINVAL)
			break;
		if (number == 0 || (number == E2BIG && to > out))
			continue;
		buffer_text(into, "\xEF\xBF\xBD");
		*replaced += 1;
		from++;
		left--;
	}
	return bytes.length - left;
}

void foreign_finish(struct foreign *foreign, struct buffer *into)
{
	char out[OUT_BYTES];
	char *to = out;
	size_t room = sizeof out;
	iconv(foreign->descriptor, NULL, NULL, &to, &room);
	utf8_repair((struct slice){out, (size_t)(to - out)}, into);
}
