/* stream.c: the elements of a stream, and the modes they switch. */
#include "stream.h"

#include <stdio.h>
#include <stdlib.h>

#define ESC '\x1b'

/* ---- Elements --------------------------------------------------------------------------- */

static unsigned char byte_at(struct slice bytes, size_t at)
{
	return at < bytes.length ? (unsigned char)bytes.bytes[at] : 0;
}

static struct element bad(size_t length)
{
	return (struct element){ELEMENT_BAD, length};
}

static struct element character(struct slice bytes, size_t at, bool utf8)
{
	uint32_t code = byte_at(bytes, at);
	if (!utf8)
		return code >= 0xA0 || (code >= 0x20 && code < 0x7F)
			       ? (struct element){ELEMENT_TEXT, 1}
			       : bad(1);
	size_t length = utf8_decode(bytes, at, &code);
	bool invalid =
		code == REPLACEMENT && !slice_is(slice_cut(bytes, at, at + length), "\uFFFD");
	return invalid || code_is_control(code) ? bad(length)
						: (struct element){ELEMENT_TEXT, length};
}

static struct element control_sequence(struct slice bytes, size_t at)
{
	size_t end = at + 2;
	while (byte_at(bytes, end) >= 0x30 && byte_at(bytes, end) <= 0x3F)
		end++;
	while (byte_at(bytes, end) >= 0x20 && byte_at(bytes, end) <= 0x2F)
		end++;
	unsigned char last = byte_at(bytes, end);
	bool good = last >= 0x40 && last <= 0x7E;
	return good ? (struct element){ELEMENT_CSI, end + 1 - at} : bad(end - at);
}

static struct element string(struct slice bytes, size_t at)
{
	for (size_t end = at + 2; end < bytes.length; end++) {
		if (bytes.bytes[end] == '\a')
			return (struct element){ELEMENT_STRING, end + 1 - at};
		if (bytes.bytes[end] == ESC)
			return byte_at(bytes, end + 1) == '\\'
				       ? (struct element){ELEMENT_STRING, end + 2 - at}
				       : bad(end - at);
		if (byte_at(bytes, end) < 0x20)
			return bad(end - at);
	}
	return bad(bytes.length - at);
}

static struct element escape(struct slice bytes, size_t at)
{
	size_t end = at + 1;
	while (byte_at(bytes, end) >= 0x20 && byte_at(bytes, end) <= 0x2F)
		end++;
	unsigned char last = byte_at(bytes, end);
	bool good = last >= 0x30 && last <= 0x7E;
	return good ? (struct element){ELEMENT_ESCAPE, end + 1 - at} : bad(end - at);
}

struct element stream_element(struct slice bytes, size_t at, bool utf8)
{
	unsigned char first = byte_at(bytes, at), second = byte_at(bytes, at + 1);
	if (first == ESC && second == '[')
		return control_sequence(bytes, at);
	if (first == ESC && second != 0 && strchr("]PX^_", second) != NULL)
		return string(bytes, at);
	if (first == ESC)
		return escape(bytes, at);
	if (first < 0x20)
		return (struct element){ELEMENT_CONTROL, 1};
	return character(bytes, at, utf8);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Attributes and colours come in rows of any length. */
static bool is_rendition(struct slice element)
{
	return slice_starts(element, "\x1b[") && slice_ends(element, "m") &&
	       strspn(element.bytes + 2, "0123456789;:") == element.length - 3;
}

void element_print(struct slice element, struct buffer *into)
{
	if (is_rendition(element)) {
		buffer_text(into, "\\E[#m");
		return;
	}
	bool sequence = element.length > 1 && element.bytes[0] == ESC && element.bytes[1] == '[';
	for (size_t i = 0; i < element.length; i++) {
		struct slice one = slice_cut(element, i, i + 1);
		bool number = sequence && is_digit(one.bytes[0]);
		if (*one.bytes == ESC)
			buffer_text(into, "\\E");
		else if (number && element.bytes[2] != '?' && is_digit(element.bytes[i - 1]))
			continue;
		else if (number && element.bytes[2] != '?')
			buffer_text(into, "#");
		else if ((unsigned char)*one.bytes >= 0x80)
			buffer_format(into, "\\x%02x", (unsigned)(unsigned char)*one.bytes);
		else
			text_visible(one, into);
	}
}

/* ---- Modes ------------------------------------------------------------------------------ */

static const struct {
	const char *on, *off, *name;
} switches[] = {
	{"\x1b[?1h", "\x1b[?1l", "cursor-keys"},
	{"\x1b=", "\x1b>", "keypad"},
	{"\x1b[?25l", "\x1b[?25h", "no-cursor"},
	{"\x1b[?47h", "\x1b[?47l", "alternate-47"},
	{"\x1b[?1047h", "\x1b[?1047l", "alternate-1047"},
	{"\x1b[?1049h", "\x1b[?1049l", "alternate"},
	{"\x1b[?1000h", "\x1b[?1000l", "mouse-1000"},
	{"\x1b[?1002h", "\x1b[?1002l", "mouse-1002"},
	{"\x1b[?1003h", "\x1b[?1003l", "mouse-1003"},
	{"\x1b[?1006h", "\x1b[?1006l", "mouse-1006"},
	{"\x1b[?1004h", "\x1b[?1004l", "focus"},
	{"\x1b[?2004h", "\x1b[?2004l", "paste"},
	{"\x1b[?2026h", "\x1b[?2026l", "frame"},
	{"\x1b[?2027h", "\x1b[?2027l", "clusters"},
	{"\x1b[?6h", "\x1b[?6l", "origin"},
	{"\x1b[?7l", "\x1b[?7h", "no-wrap"},
	{"\x1b[4h", "\x1b[4l", "insert"},
	{"\x0e", "\x0f", "line-drawing"},
	{"\x1b(0", "\x1b(B", "line-drawing-g0"},
};
#define SWITCHES (sizeof switches / sizeof *switches)
_Static_assert(SWITCHES < MODES_MOST, "room for each");

/* A part of the rows for scrolling. */
#define REGION SWITCHES

void modes_take(struct modes *modes, struct slice element)
{
	for (size_t i = 0; i < SWITCHES; i++) {
		if (slice_is(element, switches[i].on))
			modes->on[i] = true;
		if (slice_is(element, switches[i].off))
			modes->on[i] = false;
	}
	int first = 1, last = modes->rows;
	if (slice_starts(element, "\x1b[") && slice_ends(element, "r")) {
		sscanf(element.bytes, "\x1b[%d;%dr", &first, &last);
		modes->on[REGION] = first != 1 || last != modes->rows;
	}
}

void modes_print(const struct modes *modes, struct buffer *into)
{
	const char *blank = "";
	for (size_t i = 0; i < SWITCHES; i++) {
		if (modes->on[i])
			buffer_format(into, "%s%s", blank, switches[i].name);
		if (modes->on[i])
			blank = " ";
	}
	if (modes->on[REGION])
		buffer_format(into, "%sregion", blank);
}
