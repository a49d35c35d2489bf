#include "byline/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buffer_reserve(struct buffer *buffer, size_t more)
{
	if (more > PTRDIFF_MAX - buffer->length - 1)
		memory_exhausted();
	buffer->bytes = grow(buffer->bytes, &buffer->capacity, buffer->length + more + 1, 1);
}

void buffer_append(struct buffer *buffer, struct slice text)
{
	char *room = buffer_extend(buffer, text.length);
	if (text.length > 0)
		memcpy(room, text.bytes, text.length);
}

void buffer_text(struct buffer *buffer, const char *text)
{
	buffer_append(buffer, slice_of(text));
}

void buffer_integer(struct buffer *buffer, int64_t number)
{
	char digits[20];
	size_t first = sizeof digits;
	uint64_t left = number < 0 ? -(uint64_t)number : (uint64_t)number;
	do
		digits[--first] = (char)('0' + left % 10);
	while ((left /= 10) > 0);
	if (number < 0)
		buffer_byte(buffer, '-');
	buffer_append(buffer, (struct slice){digits + first, sizeof digits - first});
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
		memory_exhausted(); /* longer than INT_MAX: no message of ours is */
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
