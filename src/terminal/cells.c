/* cells.c: the grid, and how it reads as text. */
#include "terminal/terminal.h"

#include <stdlib.h>
#include <string.h>

#include "terminal/glyph.h"

static const struct cell blank = {.glyph = ' ', .style = STYLE_TEXT, .width = 1};

void cells_init(struct cells *cells, struct styles *styles, const struct width_policy *policy)
{
	*cells = (struct cells){.styles = styles, .policy = *policy};
	cells_resize(cells, 1, 1);
}

static int clamp_side(int side)
{
	if (side < 1)
		return 1;
	return side < CELLS_SIDE ? side : CELLS_SIDE;
}

void cells_resize(struct cells *cells, int columns, int rows)
{
	cells->columns = clamp_side(columns);
	cells->rows = clamp_side(rows);
	cells->items = grow(cells->items, &cells->capacity,
		(size_t)cells->columns * (size_t)cells->rows, sizeof *cells->items);
	cells_clear(cells);
}

void cells_clear(struct cells *cells)
{
	size_t count = (size_t)cells->columns * (size_t)cells->rows;
	for (size_t i = 0; i < count; i++)
		cells->items[i] = blank;
	cells->clusters.length = 0;
	cells->cursor = (struct spot){-1, -1};
}

void cells_release(struct cells *cells)
{
	free(cells->items);
	buffer_release(&cells->clusters);
	*cells = (struct cells){0};
}

const struct cell *cells_at(const struct cells *cells, struct spot at)
{
	return &cells->items[(size_t)at.row * (size_t)cells->columns + (size_t)at.column];
}

/* ---- Glyphs ----------------------------------------------------------------------------- */

/* More bytes than the longest emoji that Unicode recommends has (35); what hangs on a cluster
 * beyond them is not drawn. */
#define CLUSTER_BYTES 64

/* A mark that has nothing to stand on gets the circle that code charts use. */
#define DOTTED_CIRCLE "\u25CC"

static void put_circle(struct slice cluster, struct buffer *text)
{
	uint32_t code;
	struct slice first = slice_cut(cluster, 0, utf8_decode(cluster, 0, &code));
	if (code_class(code) != LETTER_MARK)
		return;
	struct buffer together = {0};
	buffer_text(&together, DOTTED_CIRCLE);
	buffer_append(&together, first);
	if (cluster_width(buffer_slice(&together), &(struct width_policy){.ambiguous = 1}) == 1)
		buffer_text(text, DOTTED_CIRCLE);
	buffer_release(&together);
}

uint32_t glyph_keep(struct cells *cells, struct slice cluster)
{
	struct buffer text = {0};
	put_circle(cluster, &text);
	size_t end = 0;
	while (end < cluster.length && end < CLUSTER_BYTES) {
		uint32_t code;
		end += utf8_decode(cluster, end, &code);
	}
	utf8_repair(slice_cut(cluster, 0, end), &text);
	uint32_t glyph = CELL_CLUSTER + (uint32_t)cells->clusters.length;
	buffer_byte(&cells->clusters, (char)text.length); /* three times CLUSTER_BYTES at most */
	buffer_append(&cells->clusters, buffer_slice(&text));
	buffer_release(&text);
	return glyph;
}

struct slice cells_glyph(const struct cells *cells, struct spot at, char room[static 4])
{
	const struct cell *cell = cells_at(cells, at);
	if (cell->width == 0)
		return (struct slice){0};
	if (cell->glyph < CELL_CLUSTER)
		return (struct slice){room, utf8_encode(cell->glyph, room)};
	const char *entry = cells->clusters.bytes + (cell->glyph - CELL_CLUSTER);
	return (struct slice){entry + 1, (unsigned char)*entry};
}

/* ---- As text ---------------------------------------------------------------------------- */

static void print_row(const struct cells *cells, int row, struct buffer *into)
{
	char room[4];
	for (int column = 0; column < cells->columns; column++)
		buffer_append(into, cells_glyph(cells, (struct spot){column, row}, room));
}

void cells_print(const struct cells *cells, struct buffer *into)
{
	for (int row = 0; row < cells->rows; row++) {
		size_t start = into->length;
		print_row(cells, row, into);
		while (into->length > start && into->bytes[into->length - 1] == ' ')
			into->length--;
		buffer_byte(into, '\n');
	}
}

/* Letters for styles, in the order in which they were met. */
static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
#define LETTER_COUNT (sizeof letters - 1)

struct legend {
	char *letter_of; /* by style id; 0: not met yet */
	style_id *met;
	size_t count, capacity;
};

static char legend_letter(struct legend *legend, style_id style)
{
	if (style == STYLE_TEXT)
		return '.';
	if (legend->letter_of[style] == 0) {
		legend->letter_of[style] = '*';
		if (legend->count < LETTER_COUNT)
			legend->letter_of[style] = letters[legend->count];
		legend->met = grow(
			legend->met, &legend->capacity, legend->count + 1, sizeof *legend->met);
		legend->met[legend->count++] = style;
	}
	return legend->letter_of[style];
}

void cells_print_styles(const struct cells *cells, struct buffer *into)
{
	struct legend legend = {.letter_of = memory_allocate(styles_count(cells->styles))};
	for (int row = 0; row < cells->rows; row++) {
		print_row(cells, row, into);
		buffer_byte(into, '\n');
		for (int column = 0; column < cells->columns; column++) {
			style_id style = cells_at(cells, (struct spot){column, row})->style;
			buffer_byte(into, legend_letter(&legend, style));
		}
		buffer_byte(into, '\n');
	}
	for (size_t i = 0; i < legend.count; i++)
		buffer_format(into, "%c %s\n", legend.letter_of[legend.met[i]],
			style_name(cells->styles, legend.met[i]));
	free(legend.letter_of);
	free(legend.met);
}
