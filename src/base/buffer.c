#include "byline/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for `more` bytes and the NUL behind them. */
static void buffer_reserve(struct buffer *buffer, size_t more)
{
	if (more > PTRDIFF_MAX - buffer->length - 1)
		abort();
	buffer->bytes = grow(buffer->bytes, &buffer->capacity, buffer->length + more + 1, 1);
}

void buffer_append(struct buffer *buffer, struct slice text)
{
	buffer_reserve(buffer, text.length);
	if (text.length > 0)
		memcpy(buffer->bytes + buffer->length, text.bytes, text.length);
	buffer->length += text.length;
	buffer->bytes[buffer->length] = '\0';
}

void buffer_text(struct buffer *buffer, const char *text)
{
	buffer_append(buffer, slice_of(text));
}

void buffer_byte(struct buffer *buffer, char byte)
{
	buffer_append(buffer, (struct slice){&byte, 1});
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	buffer_format_list(buffer, format, arguments);
	va_end(arguments);
}

void buffer_format_list(struct buffer *buffer, const char *format, va_list arguments)
{
	va_list again;
	va_copy(again, arguments);
	int length = vsnprintf(NULL, 0, format, arguments);
	if (length < 0)
		abort(); /* longer than INT_MAX: no message of ours is */
	buffer_reserve(buffer, (size_t)length);
	vsnprintf(buffer->bytes + buffer->length, (size_t)length + 1, format, again);
	va_end(again);
	buffer->length += (size_t)length;
}

struct slice buffer_slice(const struct buffer *buffer)
{
	return (struct slice){buffer->bytes, buffer->length};
}

void buffer_release(struct buffer *buffer)
{
	free(buffer->bytes);
	*buffer = (struct buffer){0};
}
