/* emulator.c: libvterm, the only file that sees it. */
#include "emulator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vterm.h>

struct emulator {
	VTerm *terminal;
	VTermScreen *screen;
	bool utf8;
	struct buffer begun; /* a character of which more is to come */
	bool cursor_hidden;
	struct emulator_events events;
};

static int take_property(VTermProp property, VTermValue *value, void *user)
{
	struct emulator *emulator = user;
	if (property == VTERM_PROP_CURSORVISIBLE)
		emulator->cursor_hidden = !value->boolean;
	if (property == VTERM_PROP_TITLE || property == VTERM_PROP_ICONNAME)
		emulator->events.titles++;
	return 1;
}

static int take_bell(void *user)
{
	struct emulator *emulator = user;
	emulator->events.bells++;
	return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = take_property, .bell = take_bell};

/* Its answers are not wanted: the script says what is answered. */
static void swallow(const char *bytes, size_t length, void *user)
{
	(void)bytes;
	(void)length;
	(void)user;
}

struct emulator *emulator_new(int columns, int rows, bool utf8)
{
	struct emulator *emulator = memory_allocate(sizeof *emulator);
	emulator->terminal = vterm_new(rows, columns);
	emulator->utf8 = utf8;
	vterm_set_utf8(emulator->terminal, utf8);
	vterm_output_set_callback(emulator->terminal, swallow, NULL);
	emulator->screen = vterm_obtain_screen(emulator->terminal);
	vterm_screen_set_callbacks(emulator->screen, &callbacks, emulator);
	vterm_screen_enable_altscreen(emulator->screen, 1);
	vterm_screen_reset(emulator->screen, 1);
	return emulator;
}

void emulator_free(struct emulator *emulator)
{
	if (emulator == NULL)
		return;
	vterm_free(emulator->terminal);
	buffer_release(&emulator->begun);
	free(emulator);
}

/* Bytes at the end that are the head of a character only. */
static size_t begun_length(struct slice bytes)
{
	for (size_t length = 1; length < 4 && length <= bytes.length; length++) {
		unsigned char byte = (unsigned char)bytes.bytes[bytes.length - length];
		size_t whole = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
		if (byte < 0x80 || byte >= 0xC0)
			return byte >= 0xC0 && length < whole ? length : 0;
	}
	return 0;
}

/* In a single column libvterm stumbles over characters of two, which come while a terminal is made
 * narrower; here they fit nowhere either. */
static void feed_narrow(struct emulator *emulator, struct slice bytes)
{
	const struct width_policy policy = {.ambiguous = 1};
	for (size_t at = 0; at < bytes.length;) {
		uint32_t code;
		size_t length = utf8_decode(bytes, at, &code);
		struct slice one = slice_cut(bytes, at, at + length);
		if (!code_is_control(code) && text_width(one, &policy) > 1)
			one = slice_of("?");
		vterm_input_write(emulator->terminal, one.bytes, one.length);
		at += length;
	}
}

static void feed_whole(struct emulator *emulator, struct slice bytes)
{
	if (emulator_columns(emulator) == 1)
		feed_narrow(emulator, bytes);
	else
		vterm_input_write(emulator->terminal, bytes.bytes, bytes.length);
}

/* What libvterm gets in two parts is a replacement character to it, now and then. */
void emulator_feed(struct emulator *emulator, struct slice bytes)
{
	struct buffer all = emulator->begun;
	buffer_append(&all, bytes);
	size_t begun = emulator->utf8 ? begun_length(buffer_slice(&all)) : 0;
	size_t whole = all.length - begun;
	feed_whole(emulator, slice_cut(buffer_slice(&all), 0, whole));
	memmove(all.bytes, all.bytes + whole, begun);
	all.length = begun;
	emulator->begun = all;
}

void emulator_resize(struct emulator *emulator, int columns, int rows)
{
	vterm_set_size(emulator->terminal, rows, columns);
}

int emulator_columns(const struct emulator *emulator)
{
	int rows, columns;
	vterm_get_size(emulator->terminal, &rows, &columns);
	return columns;
}

int emulator_rows(const struct emulator *emulator)
{
	int rows, columns;
	vterm_get_size(emulator->terminal, &rows, &columns);
	return rows;
}

bool emulator_cursor(const struct emulator *emulator, int *column, int *row)
{
	VTermPos at;
	vterm_state_get_cursorpos(vterm_obtain_state(emulator->terminal), &at);
	*column = at.col;
	*row = at.row;
	return !emulator->cursor_hidden;
}

struct emulator_events emulator_events(const struct emulator *emulator)
{
	return emulator->events;
}

/* ---- Looks ------------------------------------------------------------------------------ */

/* A colour as it was asked for: a number of the palette, or its parts. */
static void say_colour(struct buffer *into, const VTermColor *colour)
{
	if (VTERM_COLOR_IS_INDEXED(colour))
		buffer_format(into, "%d", colour->indexed.idx);
	else
		buffer_format(into, "#%02x%02x%02x", colour->rgb.red, colour->rgb.green,
			colour->rgb.blue);
}

static void say_look(const VTermScreenCell *cell, char look[static 64])
{
	struct buffer text = {0};
	buffer_text(&text, cell->attrs.bold ? " bold" : "");
	buffer_text(&text, cell->attrs.italic ? " italic" : "");
	buffer_text(&text, cell->attrs.underline == VTERM_UNDERLINE_SINGLE ? " underline" : "");
	buffer_text(&text, cell->attrs.underline > VTERM_UNDERLINE_SINGLE ? " curly" : "");
	buffer_text(&text, cell->attrs.reverse ? " reverse" : "");
	buffer_text(&text, cell->attrs.blink ? " blink" : "");
	buffer_text(&text, cell->attrs.strike ? " strike" : "");
	buffer_text(&text, cell->attrs.font ? " font" : "");
	if (!VTERM_COLOR_IS_DEFAULT_FG(&cell->fg)) {
		buffer_text(&text, " ");
		say_colour(&text, &cell->fg);
	}
	if (!VTERM_COLOR_IS_DEFAULT_BG(&cell->bg)) {
		buffer_text(&text, " on ");
		say_colour(&text, &cell->bg);
	}
	snprintf(look, 64, "%s", text.length > 0 ? text.bytes + 1 : "");
	buffer_release(&text);
}

/* What nobody sees of a blank. */
static void forget_unseen(VTermScreenCell *cell)
{
	bool blank = cell->chars[0] == 0 || cell->chars[0] == ' ';
	if (!blank || cell->attrs.underline || cell->attrs.reverse || cell->attrs.strike)
		return;
	cell->attrs.bold = cell->attrs.italic = cell->attrs.blink = 0;
	cell->attrs.font = 0;
	cell->fg.type |= VTERM_COLOR_DEFAULT_FG;
}

struct glyph emulator_glyph(const struct emulator *emulator, int column, int row)
{
	VTermScreenCell cell;
	struct glyph glyph = {.width = 1};
	if (!vterm_screen_get_cell(emulator->screen, (VTermPos){.row = row, .col = column}, &cell))
		return glyph;
	glyph.width = cell.width;
	for (size_t i = 0; i < 6 && cell.chars[i] != 0; i++)
		glyph.characters[i] = cell.chars[i];
	if (glyph.characters[0] == UINT32_MAX) { /* the right half of the one before */
		VTermPos before = {.row = row, .col = column - 1};
		vterm_screen_get_cell(emulator->screen, before, &cell);
		glyph.characters[0] = 0;
		glyph.width = 0;
	}
	if (glyph.characters[0] == ' ')
		glyph.characters[0] = 0;
	forget_unseen(&cell);
	say_look(&cell, glyph.look);
	return glyph;
}

void emulator_pen(struct emulator *emulator, char look[static 64])
{
	VTermState *state = vterm_obtain_state(emulator->terminal);
	VTermScreenCell cell = {0};
	VTermValue value;
	vterm_state_get_penattr(state, VTERM_ATTR_BOLD, &value);
	cell.attrs.bold = value.boolean != 0;
	vterm_state_get_penattr(state, VTERM_ATTR_UNDERLINE, &value);
	cell.attrs.underline = (unsigned)value.number & 3u;
	vterm_state_get_penattr(state, VTERM_ATTR_ITALIC, &value);
	cell.attrs.italic = value.boolean != 0;
	vterm_state_get_penattr(state, VTERM_ATTR_REVERSE, &value);
	cell.attrs.reverse = value.boolean != 0;
	vterm_state_get_penattr(state, VTERM_ATTR_FOREGROUND, &value);
	cell.fg = value.color;
	vterm_state_get_penattr(state, VTERM_ATTR_BACKGROUND, &value);
	cell.bg = value.color;
	say_look(&cell, look);
}

struct glyph *emulator_picture(const struct emulator *emulator)
{
	int columns = emulator_columns(emulator), rows = emulator_rows(emulator);
	struct glyph *picture = memory_allocate((size_t)(columns * rows) * sizeof *picture);
	for (int i = 0; i < columns * rows; i++)
		picture[i] = emulator_glyph(emulator, i % columns, i / columns);
	return picture;
}

/* ---- Printing --------------------------------------------------------------------------- */

static void print_glyph(const struct glyph *glyph, struct buffer *into)
{
	for (size_t i = 0; i < 6 && glyph->characters[i] != 0; i++) {
		char bytes[4];
		buffer_append(
			into, (struct slice){bytes, utf8_encode(glyph->characters[i], bytes)});
	}
	if (glyph->characters[0] == 0 && glyph->width > 0)
		buffer_text(into, " ");
}

static void print_row(const struct emulator *emulator, int row, struct buffer *into)
{
	for (int column = 0; column < emulator_columns(emulator); column++) {
		struct glyph glyph = emulator_glyph(emulator, column, row);
		print_glyph(&glyph, into);
	}
}

/* The column behind a text that stands at `column`, or -1. */
static int end_of(const struct emulator *emulator, struct slice text, int column, int row)
{
	struct buffer shown = {0};
	int columns = emulator_columns(emulator);
	while (column < columns && shown.length < text.length) {
		struct glyph glyph = emulator_glyph(emulator, column++, row);
		print_glyph(&glyph, &shown);
		while (column < columns && emulator_glyph(emulator, column, row).width == 0)
			column++;
	}
	bool found = slice_equal(buffer_slice(&shown), text);
	buffer_release(&shown);
	return found ? column : -1;
}

bool emulator_find(const struct emulator *emulator, struct slice text, int *from, int *to, int *row)
{
	for (*row = 0; *row < emulator_rows(emulator); ++*row) {
		for (*from = 0; *from < emulator_columns(emulator); ++*from) {
			*to = end_of(emulator, text, *from, *row);
			if (*to >= 0)
				return true;
		}
	}
	return false;
}

void emulator_print(const struct emulator *emulator, struct buffer *into)
{
	for (int row = 0; row < emulator_rows(emulator); row++) {
		size_t start = into->length;
		print_row(emulator, row, into);
		while (into->length > start && into->bytes[into->length - 1] == ' ')
			into->length--;
		buffer_text(into, "\n");
	}
}

#define LOOKS_MOST 52

static char letter_of(char looks[][64], size_t *count, const char *look)
{
	size_t i = 0;
	if (*look == '\0')
		return '.';
	while (i < *count && strcmp(looks[i], look) != 0)
		i++;
	if (i == LOOKS_MOST)
		return '*';
	if (i == *count)
		memcpy(looks[(*count)++], look, 64);
	return (char)(i < 26 ? 'a' + i : 'A' + i - 26);
}

void emulator_print_looks(const struct emulator *emulator, struct buffer *into)
{
	char looks[LOOKS_MOST][64];
	size_t count = 0;
	for (int row = 0; row < emulator_rows(emulator); row++) {
		print_row(emulator, row, into);
		buffer_text(into, "\n");
		for (int column = 0; column < emulator_columns(emulator); column++) {
			struct glyph glyph = emulator_glyph(emulator, column, row);
			buffer_byte(into, letter_of(looks, &count, glyph.look));
		}
		buffer_text(into, "\n");
	}
	for (size_t i = 0; i < count; i++)
		buffer_format(into, "%c %s\n", letter_of(looks, &count, looks[i]), looks[i]);
}
