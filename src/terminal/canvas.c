/* canvas.c: painting on a part of the grid.
 *
 * Everything goes through pen_put, which puts one cluster on one place of the grid: it clips, lays
 * the style over what lies there, and never leaves half of a wide character standing, neither of
 * the one it puts nor of those it covers.
 */
#include "terminal/terminal.h"

#include "terminal/glyph.h"

/* ---- Rectangles ------------------------------------------------------------------------- */

static int clamp(int64_t value, int low, int high)
{
	return value < low ? low : value > high ? high : (int)value;
}

/* What of an area (in the canvas's coordinates) it may paint, on the grid. */
static struct area canvas_clip(const struct canvas *canvas, struct area area)
{
	const struct area *seen = &canvas->seen;
	int64_t left = (int64_t)canvas->left + area.column, top = (int64_t)canvas->top + area.row;
	int right = seen->column + seen->columns, bottom = seen->row + seen->rows;
	struct area clipped = {
		.column = clamp(left, seen->column, right),
		.row = clamp(top, seen->row, bottom),
	};
	int64_t columns = area.columns > 0 ? area.columns : 0;
	int64_t rows = area.rows > 0 ? area.rows : 0;
	clipped.columns = clamp(left + columns, clipped.column, right) - clipped.column;
	clipped.rows = clamp(top + rows, clipped.row, bottom) - clipped.row;
	return clipped;
}

struct canvas canvas_whole(struct cells *cells)
{
	return (struct canvas){
		.cells = cells,
		.columns = cells->columns,
		.rows = cells->rows,
		.seen = {.columns = cells->columns, .rows = cells->rows},
	};
}

struct canvas canvas_part(const struct canvas *canvas, struct area area)
{
	return (struct canvas){
		.cells = canvas->cells,
		.columns = area.columns > 0 ? area.columns : 0,
		.rows = area.rows > 0 ? area.rows : 0,
		.left = canvas->left + area.column,
		.top = canvas->top + area.row,
		.seen = canvas_clip(canvas, area),
	};
}

/* ---- One cluster ------------------------------------------------------------------------ */

/* Writes along a row of the grid. */
struct pen {
	struct cells *cells;
	struct cell *row;     /* its first cell */
	int first, end;       /* columns that may be painted */
	style_id style;       /* laid over the cells' own */
	style_id lower, both; /* the last composition made */
	bool composed;
};

static struct cell *grid_row(struct cells *cells, int row)
{
	return &cells->items[(size_t)row * (size_t)cells->columns];
}

static style_id pen_compose(struct pen *pen, style_id lower)
{
	if (!pen->composed || pen->lower != lower) {
		pen->both = style_compose(pen->cells->styles, lower, pen->style);
		pen->lower = lower;
		pen->composed = true;
	}
	return pen->both;
}

/* The other half of a wide character that loses one becomes a blank. */
static void part_halves(struct pen *pen, int column)
{
	struct cell *cell = &pen->row[column];
	struct cell *other = cell;
	if (cell->width == 0)
		other = cell - 1;
	else if (cell->width == 2)
		other = cell + 1;
	other->glyph = cell->glyph = ' ';
	other->width = cell->width = 1;
}

static void pen_cell(struct pen *pen, int column, uint32_t glyph)
{
	part_halves(pen, column);
	pen->row[column].glyph = glyph;
	pen->row[column].style = pen_compose(pen, pen->row[column].style);
}

/* Puts a glyph of `width` cells at a column; what may not be painted stays as it is. */
static void pen_put(struct pen *pen, int column, uint32_t glyph, unsigned width)
{
	bool left = column >= pen->first && column < pen->end;
	bool right = width == 2 && column + 1 >= pen->first && column + 1 < pen->end;
	if (width == 2 && left != right)
		glyph = ' ';
	if (left)
		pen_cell(pen, column, glyph);
	if (right)
		pen_cell(pen, column + 1, left ? 0 : ' ');
	if (left && right) {
		pen->row[column].width = 2;
		pen->row[column + 1].width = 0;
		pen->row[column + 1].style = pen->row[column].style;
	}
}

/* ---- Text ------------------------------------------------------------------------------- */

/* The glyph of a cluster that has a width and no sign. */
static uint32_t cluster_glyph(struct cells *cells, struct slice cluster)
{
	if (cells->policy.ascii)
		return (unsigned char)cluster_ascii(cluster);
	uint32_t code;
	size_t length = utf8_decode(cluster, 0, &code);
	if (code_is_control(code)) /* a line end */
		return ' ';
	if (length < cluster.length || code_class(code) == LETTER_MARK)
		return glyph_keep(cells, cluster);
	if (code_is_space(code) && cluster_width(cluster, &cells->policy) == 1)
		return ' ';
	return code;
}

static void pen_cluster(struct pen *pen, int column, struct slice cluster, unsigned width)
{
	char sign[SIGN_MOST];
	unsigned letters = cluster_sign(cluster, sign);
	for (unsigned i = 0; i < letters; i++)
		pen_put(pen, column + (int)i, (unsigned char)sign[i], 1);
	if (letters == 0)
		pen_put(pen, column, cluster_glyph(pen->cells, cluster), width);
}

int canvas_put(const struct canvas *canvas, struct spot at, struct slice text, style_id style)
{
	struct cells *cells = canvas->cells;
	struct area row = canvas_clip(
		canvas, (struct area){.row = at.row, .columns = canvas->columns, .rows = 1});
	int column = canvas->left + at.column;
	int end = row.rows > 0 ? row.column + row.columns : canvas->left + canvas->columns;
	struct pen pen = {.cells = cells, .first = row.column, .end = end, .style = style};
	if (row.rows > 0)
		pen.row = grid_row(cells, row.row);
	for (size_t byte = 0; byte < text.length && column < end;) {
		size_t length = cluster_length(text, byte);
		struct slice cluster = slice_cut(text, byte, byte + length);
		unsigned width = cluster_width(cluster, &cells->policy);
		if (width > 0 && row.rows > 0 && column + (int)width > pen.first)
			pen_cluster(&pen, column, cluster, width);
		column += (int)width;
		byte += length;
	}
	return column - canvas->left;
}

int canvas_text(const struct canvas *canvas, struct spot at, const char *text, style_id style)
{
	return canvas_put(canvas, at, slice_of(text), style);
}

int canvas_put_right(
	const struct canvas *canvas, struct spot end, struct slice text, style_id style)
{
	int column = end.column - (int)text_width(text, &canvas->cells->policy);
	canvas_put(canvas, (struct spot){column, end.row}, text, style);
	return column;
}

#define ELLIPSIS "\u2026"

int canvas_put_within(
	const struct canvas *canvas, struct area area, struct slice text, style_id style)
{
	struct spot at = {area.column, area.row};
	if (area.columns <= 0)
		return area.column;
	struct canvas row =
		canvas_part(canvas, (struct area){area.column, area.row, area.columns, 1});
	const struct width_policy *policy = &canvas->cells->policy;
	size_t columns = (size_t)area.columns;
	at = (struct spot){0, 0};
	if (text_fit(text, columns, policy, NULL) == text.length)
		return area.column + canvas_put(&row, at, text, style);
	size_t sign = text_width(slice_of(ELLIPSIS), policy);
	struct slice head = slice_cut(
		text, 0, text_fit(text, columns > sign ? columns - sign : 0, policy, NULL));
	at.column = canvas_put(&row, at, head, style);
	return area.column + canvas_text(&row, at, ELLIPSIS, style);
}

/* ---- Areas ------------------------------------------------------------------------------ */

void canvas_fill(const struct canvas *canvas, struct area area, style_id style)
{
	struct area clipped = canvas_clip(canvas, area);
	struct pen pen = {.cells = canvas->cells};
	for (int row = 0; row < clipped.rows; row++) {
		pen.row = grid_row(canvas->cells, clipped.row + row);
		for (int column = clipped.column; column < clipped.column + clipped.columns;
			column++) {
			part_halves(&pen, column);
			pen.row[column].style = style;
		}
	}
}

void canvas_tint(const struct canvas *canvas, struct area area, style_id style)
{
	struct area clipped = canvas_clip(canvas, area);
	struct pen pen = {.cells = canvas->cells, .style = style};
	for (int row = 0; row < clipped.rows; row++) {
		struct cell *cells = grid_row(canvas->cells, clipped.row + row);
		for (int column = clipped.column; column < clipped.column + clipped.columns;
			column++) {
			if (cells[column].width == 0) /* as its left half */
				continue;
			cells[column].style = pen_compose(&pen, cells[column].style);
			if (cells[column].width == 2)
				cells[column + 1].style = cells[column].style;
		}
	}
}

void canvas_tile(
	const struct canvas *canvas, struct area area, const char *character, style_id style)
{
	struct slice cluster = slice_of(character);
	struct cells *cells = canvas->cells;
	uint32_t glyph = (unsigned char)cluster_ascii(cluster);
	if (cluster_width(cluster, &cells->policy) == 1)
		glyph = cluster_glyph(cells, cluster);
	struct area clipped = canvas_clip(canvas, area);
	struct pen pen = {.cells = cells, .style = style};
	pen.first = clipped.column;
	pen.end = clipped.column + clipped.columns;
	for (int row = 0; row < clipped.rows; row++) {
		pen.row = grid_row(cells, clipped.row + row);
		for (int column = pen.first; column < pen.end; column++)
			pen_put(&pen, column, glyph, 1);
	}
}

void canvas_cursor(const struct canvas *canvas, struct spot at)
{
	struct area cell = canvas_clip(canvas, (struct area){at.column, at.row, 1, 1});
	canvas->cells->cursor = (struct spot){-1, -1};
	if (cell.columns > 0 && cell.rows > 0)
		canvas->cells->cursor = (struct spot){cell.column, cell.row};
}
