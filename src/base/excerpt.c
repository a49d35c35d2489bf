/* The two lines below a message: the line it is about, and a caret.
 *
 * Only a window of the line is shown and only that window is walked, so that a line of megabytes
 * costs no more than a short one. What is shown has been made visible, hence may be longer than
 * what stands in the file: the caret counts cells of what is shown.
 */
#include "byline/base.h"

#define CELLS_BEFORE 60 /* code points kept before the caret */
#define CELLS_SHOWN 100

/* Scripts of two cells and marks of none, roughly: enough to put a caret below the right letter.
 * From Unicode 15, EastAsianWidth.txt and the general category Mn. */
static const struct {
	uint32_t first, last;
	size_t cells;
} cells_of_ranges[] = {
	{0x0300, 0x036F, 0},
	{0x0591, 0x05BD, 0},
	{0x064B, 0x065F, 0},
	{0x1100, 0x115F, 2},
	{0x200B, 0x200D, 0},
	{0x2E80, 0x303E, 2},
	{0x3041, 0xA4CF, 2},
	{0xAC00, 0xD7A3, 2},
	{0xF900, 0xFAFF, 2},
	{0xFE00, 0xFE0F, 0},
	{0xFE30, 0xFE6F, 2},
	{0xFF00, 0xFF60, 2},
	{0x1F300, 0x1F64F, 2},
	{0x1F900, 0x1F9FF, 2},
	{0x20000, 0x3FFFD, 2},
};

static size_t cells_of(uint32_t code)
{
	for (size_t i = 0; i < sizeof cells_of_ranges / sizeof *cells_of_ranges; i++) {
		if (code >= cells_of_ranges[i].first && code <= cells_of_ranges[i].last)
			return cells_of_ranges[i].cells;
	}
	return 1;
}

static bool ends_line(uint32_t code)
{
	return code == '\n' || code == '\r';
}

static size_t mark_end(struct slice source)
{
	return slice_starts(source, "\xEF\xBB\xBF") ? 3 : 0;
}

/* Appends one code point, made visible; returns its cells. */
static size_t code_show(struct slice bytes, uint32_t code, struct buffer *into)
{
	size_t before = into->length;
	text_visible(bytes, into);
	bool changed = !slice_equal(slice_cut(buffer_slice(into), before, into->length), bytes);
	return changed ? into->length - before : cells_of(code);
}

static size_t window_start(struct slice source, size_t at)
{
	size_t first = mark_end(source);
	for (size_t codes = 0; at > first && codes < CELLS_BEFORE; codes++) {
		uint32_t code;
		size_t before = utf8_before(source, at, &code);
		if (ends_line(code))
			break;
		at = before;
	}
	return at;
}

static bool line_begins(struct slice source, size_t at)
{
	return at <= mark_end(source) || ends_line((unsigned char)source.bytes[at - 1]);
}

void text_excerpt(struct slice source, size_t at, struct buffer *into)
{
	if (at > source.length)
		at = source.length;
	size_t position = window_start(source, at), cells = 0, caret = NOWHERE;
	if (!line_begins(source, position)) {
		buffer_text(into, "…");
		cells = 1;
	}
	while (position < source.length) {
		uint32_t code;
		size_t length = utf8_decode(source, position, &code);
		if (ends_line(code))
			break;
		if (cells >= CELLS_SHOWN && caret != NOWHERE) {
			buffer_text(into, "…");
			break;
		}
		if (position + length > at && caret == NOWHERE)
			caret = cells;
		cells += code_show(slice_cut(source, position, position + length), code, into);
		position += length;
	}
	buffer_format(into, "\n%*s^", (int)(caret == NOWHERE ? cells : caret), "");
}

struct place text_place(struct slice source, size_t at)
{
	struct place place = {1, 1};
	for (size_t i = mark_end(source); i < at && i < source.length;) {
		uint32_t code;
		i += utf8_decode(source, i, &code);
		bool breaks = code == '\n' ||
			      (code == '\r' && (i == source.length || source.bytes[i] != '\n'));
		place.column = breaks ? 1 : place.column + 1;
		place.line += breaks;
	}
	return place;
}

void diagnostics_point(struct diagnostics *diagnostics, const char *path, struct slice source,
	size_t at, const char *format, ...)
{
	if (diagnostics->count == DIAGNOSTICS_KEPT) {
		diagnostics->total++; /* saves finding the place, for thousands of errors */
		return;
	}
	struct buffer message = {0}, excerpt = {0};
	va_list arguments;
	va_start(arguments, format);
	buffer_format_list(&message, format, arguments);
	va_end(arguments);
	text_excerpt(source, at, &excerpt);
	struct place place = text_place(source, at);
	diagnostics_add(diagnostics,
		&(struct diagnostic){path, place.line, place.column, message.bytes, excerpt.bytes});
	buffer_release(&message);
	buffer_release(&excerpt);
}
