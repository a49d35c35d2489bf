/* paint.c: frames as bytes.
 *
 * A frame is compared with the one before, and what differs is written. Between two stretches that
 * differ the cursor is moved, or what stands there is written again where that is shorter. Blanks
 * up to the end of a row are erased in one, if the terminal gives what is erased the ground it
 * has. Colours and attributes are changed one by one, and only before something that shows them: a
 * blank shows no letters' colour.
 *
 * Terminals disagree about the width of some characters. A row that has such, or had one, is
 * written whole, and behind each of them the cursor is put where it belongs; so nothing shifts,
 * whatever the terminal thinks.
 */
#include "terminal/paint.h"

#include <stdlib.h>
#include <string.h>

#include "terminal/colours.h"
#include "terminal/shape.h"

#define PAINTS_UNKNOWN (-2) /* foreground of a style nobody has asked for */
#define GAP_MOST 4          /* cells that may be shorter to write again than to skip */
#define ERASE_LEAST 4       /* cells that are shorter to erase than to write */
#define ERASE_INSIDE 14     /* the same in the middle of a row, where one has to move on */

/* Attributes that a blank shows. */
#define SEEN_ON_BLANKS (ATTRIBUTE_UNDERLINE | ATTRIBUTE_DOTTED | ATTRIBUTE_REVERSE)

/* ---- Life ------------------------------------------------------------------------------- */

static void forget_paints(struct painter *painter)
{
	for (size_t i = 0; i < painter->paint_count; i++)
		painter->paints[i].foreground = PAINTS_UNKNOWN;
}

/* Whatever the cells show, it is not what they shall. */
static void forget_cells(struct painter *painter)
{
	size_t count = (size_t)painter->shown.columns * (size_t)painter->shown.rows;
	for (size_t i = 0; i < count; i++)
		painter->shown.items[i].glyph = 0; /* as nothing else is */
}

void painter_init(struct painter *painter, const struct entry *entry, const struct cells *cells)
{
	*painter = (struct painter){.entry = entry};
	cells_init(&painter->shown, cells->styles, &cells->policy);
}

void painter_release(struct painter *painter)
{
	free(painter->paints);
	cells_release(&painter->shown);
	*painter = (struct painter){0};
}

void painter_theme(struct painter *painter, const struct theme *theme)
{
	painter->theme = theme;
	forget_paints(painter);
	forget_cells(painter);
}

void painter_forget(struct painter *painter)
{
	painter->known = false;
	painter->cursor_off = false;
}

/* ---- Looks ------------------------------------------------------------------------------ */

/* What ends an attribute in the family of xterm; elsewhere all end at once, since what ends one of
 * them is in some entries what ends all. */
struct attribute_string {
	unsigned attribute;
	enum entry_string on;
	const char *off;
	unsigned ended; /* by it */
};

static const struct attribute_string attribute_strings[] = {
	{ATTRIBUTE_BOLD, ENTRY_BOLD, "\x1b[22m", ATTRIBUTE_BOLD | ATTRIBUTE_DIM},
	{ATTRIBUTE_DIM, ENTRY_DIM, "\x1b[22m", ATTRIBUTE_BOLD | ATTRIBUTE_DIM},
	{ATTRIBUTE_ITALIC, ENTRY_ITALIC, "\x1b[23m", ATTRIBUTE_ITALIC},
	{ATTRIBUTE_UNDERLINE, ENTRY_UNDERLINE, "\x1b[24m", ATTRIBUTE_UNDERLINE | ATTRIBUTE_DOTTED},
	{ATTRIBUTE_DOTTED, ENTRY_UNDERLINE, "\x1b[24m", ATTRIBUTE_UNDERLINE | ATTRIBUTE_DOTTED},
	{ATTRIBUTE_REVERSE, ENTRY_REVERSE, "\x1b[27m", ATTRIBUTE_REVERSE},
};
#define ATTRIBUTE_COUNT (sizeof attribute_strings / sizeof *attribute_strings)

/* Those of them that the terminal has, and can end. */
static unsigned attributes_had(const struct entry *entry, unsigned attributes)
{
	if (!entry_has(entry, ENTRY_NORMAL))
		return 0;
	for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
		if (!entry_has(entry, attribute_strings[i].on))
			attributes &= ~attribute_strings[i].attribute;
	}
	return attributes;
}

static struct paint make_paint(const struct painter *painter, style_id style)
{
	const struct entry *entry = painter->entry;
	struct look look = theme_look(painter->theme, painter->shown.styles, style, painter->depth);
	struct paint paint = {-1, -1, attributes_had(entry, look.attributes)};
	if (painter->depth == DEPTH_MONO)
		return paint;
	paint.foreground = colour_number(look.foreground, painter->depth, entry->colours);
	paint.background = colour_number(look.background, painter->depth, entry->colours);
	if (paint.foreground != -1 || paint.background != -1)
		paint.attributes &= ~entry->excluded;
	return paint;
}

static struct paint paint_of(struct painter *painter, style_id style)
{
	if (style >= painter->paint_count) {
		size_t before = painter->paint_count;
		painter->paint_count = styles_count(painter->shown.styles);
		painter->paints = memory_resize(
			painter->paints, painter->paint_count * sizeof *painter->paints);
		for (size_t i = before; i < painter->paint_count; i++)
			painter->paints[i].foreground = PAINTS_UNKNOWN;
	}
	struct paint *paint = &painter->paints[style];
	if (paint->foreground == PAINTS_UNKNOWN)
		*paint = make_paint(painter, style);
	return *paint;
}

static bool same_paint(const struct paint *a, const struct paint *b)
{
	return a->foreground == b->foreground && a->background == b->background &&
	       a->attributes == b->attributes;
}

/* The same where it is blanks that are painted. */
static bool same_ground(const struct paint *a, const struct paint *b)
{
	return a->background == b->background && !(a->attributes & SEEN_ON_BLANKS) &&
	       !(b->attributes & SEEN_ON_BLANKS);
}

/* ---- Colours and attributes ------------------------------------------------------------- */

/* Bytes of \E[…m with nothing but decimal numbers at the head of text; 0: something else. */
static size_t sgr_length(struct slice text)
{
	size_t at = 2;
	if (!slice_starts(text, "\x1b["))
		return 0;
	while (at < text.length &&
		(text.bytes[at] == ';' || (text.bytes[at] >= '0' && text.bytes[at] <= '9')))
		at++;
	return at > 2 && at < text.length && text.bytes[at] == 'm' ? at + 1 : 0;
}

/* Makes one \E[1;3m of each \E[1m\E[3m from `first` on. */
static void join_sgr(struct buffer *into, size_t first)
{
	size_t end = first;
	bool joins = false;
	for (size_t at = first; at < into->length;) {
		struct slice rest = slice_cut(buffer_slice(into), at, into->length);
		size_t length = sgr_length(rest), skipped = 0;
		if (length > 0 && joins) {
			into->bytes[end - 1] = ';';
			skipped = 2;
		}
		joins = length > 0;
		length = joins ? length : 1;
		memmove(into->bytes + end, rest.bytes + skipped, length - skipped);
		end += length - skipped;
		at += length;
	}
	into->length = end;
}

/* Whatever was set before, the terminal writes plain text now. */
static void set_normal(struct painter *painter, struct buffer *into)
{
	entry_put(painter->entry, ENTRY_NORMAL, into);
	painter->now = (struct paint){-1, -1, 0};
}

static void end_attributes(struct painter *painter, unsigned unwanted, struct buffer *into)
{
	if (!(painter->now.attributes & unwanted))
		return;
	if (!painter->entry->is_xterm) {
		set_normal(painter, into);
		return;
	}
	for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
		const struct attribute_string *row = &attribute_strings[i];
		if (!(painter->now.attributes & unwanted & row->attribute))
			continue;
		buffer_text(into, row->off);
		painter->now.attributes &= ~row->ended;
	}
}

static void begin_attributes(struct painter *painter, unsigned wanted, struct buffer *into)
{
	unsigned missing = wanted & ~painter->now.attributes;
	for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
		if (missing & attribute_strings[i].attribute)
			entry_put(painter->entry, attribute_strings[i].on, into);
	}
	if (missing &
		ATTRIBUTE_DOTTED) /* behind the plain one, which stays where this is unknown */
		entry_put_number(painter->entry, ENTRY_UNDERLINE_SHAPE, 4, into);
	painter->now.attributes = wanted;
}

/* The terminal's own colours, where they are wanted and are not there. */
static void end_colours(struct painter *painter, const struct paint *wanted, struct buffer *into)
{
	struct paint *now = &painter->now;
	bool foreground = wanted->foreground == -1 && now->foreground != -1;
	bool background = wanted->background == -1 && now->background != -1;
	if (!painter->entry->is_xterm && (foreground || background)) {
		entry_put(painter->entry, ENTRY_COLOURS_OFF, into);
		foreground = background = true;
	} else {
		buffer_text(into, foreground ? "\x1b[39m" : "");
		buffer_text(into, background ? "\x1b[49m" : "");
	}
	if (foreground)
		now->foreground = -1;
	if (background)
		now->background = -1;
}

static void set_paint(struct painter *painter, const struct paint *wanted, struct buffer *into)
{
	const struct entry *entry = painter->entry;
	size_t first = into->length;
	if (same_paint(&painter->now, wanted))
		return;
	end_attributes(painter, ~wanted->attributes, into);
	begin_attributes(painter, wanted->attributes, into);
	end_colours(painter, wanted, into);
	if (wanted->foreground != painter->now.foreground)
		entry_put_number(entry, ENTRY_FOREGROUND, wanted->foreground, into);
	if (wanted->background != painter->now.background)
		entry_put_number(entry, ENTRY_BACKGROUND, wanted->background, into);
	painter->now = *wanted;
	if (entry->is_xterm)
		join_sgr(into, first);
}

/* ---- The cursor ------------------------------------------------------------------------- */

static void move_to(struct painter *painter, struct spot to, struct buffer *into)
{
	const struct entry *entry = painter->entry;
	struct spot at = painter->at;
	if (at.column == to.column && at.row == to.row)
		return;
	size_t first = into->length;
	entry_put_move(entry, to, into);
	size_t length = into->length - first;
	if (at.column >= 0 && at.row == to.row && at.column < to.column &&
		entry_has(entry, ENTRY_RIGHT)) {
		size_t second = into->length;
		entry_put_number(entry, ENTRY_RIGHT, to.column - at.column, into);
		if (into->length - second < length) {
			length = into->length - second;
			memmove(into->bytes + first, into->bytes + second, length);
		}
	}
	into->length = first + length;
	painter->at = to;
}

/* Where the cursor is after so many cells; behind the last column terminals differ. */
static void advance(struct painter *painter, int columns)
{
	painter->at.column += columns;
	if (painter->at.column >= painter->shown.columns)
		painter->at.column = -1;
}

/* ---- Cells ------------------------------------------------------------------------------ */

/* One row of a frame on its way out. */
struct painting {
	struct painter *painter;
	const struct cells *cells;
	int row;
	bool whole; /* all of it is written */
	struct buffer *into;
};

static bool is_blank(const struct cell *cell)
{
	return cell->glyph == ' ';
}

static bool same_glyph(const struct cells *a, const struct cells *b, struct spot at)
{
	const struct cell *one = cells_at(a, at), *other = cells_at(b, at);
	if (one->width != other->width)
		return false;
	if (one->glyph < CELL_CLUSTER || other->glyph < CELL_CLUSTER)
		return one->glyph == other->glyph;
	char room[2][4];
	return slice_equal(cells_glyph(a, at, room[0]), cells_glyph(b, at, room[1]));
}

/* True where the terminal shows already what a cell shall show. */
static bool is_shown(const struct painting *painting, int column)
{
	struct spot at = {column, painting->row};
	const struct cell *cell = cells_at(painting->cells, at);
	const struct cell *shown = cells_at(&painting->painter->shown, at);
	if (!same_glyph(painting->cells, &painting->painter->shown, at))
		return false;
	if (cell->style == shown->style)
		return true;
	struct paint other = paint_of(painting->painter, shown->style);
	struct paint paint = paint_of(painting->painter, cell->style);
	return same_paint(&paint, &other) || (is_blank(cell) && same_ground(&paint, &other));
}

/* A letter with marks on it of the sort that every terminal knows. */
static bool is_marked_letter(struct slice cluster)
{
	uint32_t code;
	size_t at = utf8_decode(cluster, 0, &code);
	bool letter = code < 0x530; /* Latin, Greek, Cyrillic */
	while (at < cluster.length && letter) {
		at += utf8_decode(cluster, at, &code);
		letter = code >= 0x300 && code < 0x370;
	}
	return letter;
}

/* True for what terminals may give another width: clusters, emoji, and whatever the system's table
 * counts differently. */
static bool is_hard(const struct cells *cells, struct spot at)
{
	const struct cell *cell = cells_at(cells, at);
	char room[4];
	if (cell->glyph < 0x300 || cell->width == 0)
		return false;
	if (cell->glyph >= CELL_CLUSTER)
		return !is_marked_letter(cells_glyph(cells, at, room));
	return cell->glyph >= 0x1F000 || wcwidth((wchar_t)cell->glyph) != cell->width;
}

static bool row_is_hard(const struct cells *cells, int row)
{
	for (int column = 0; column < cells->columns; column++) {
		if (is_hard(cells, (struct spot){column, row}))
			return true;
	}
	return false;
}

/* Some terminals scroll when the last cell of the last row is written. */
static bool would_scroll(const struct painting *painting, int end)
{
	const struct entry *entry = painting->painter->entry;
	return entry->wraps && !entry->wraps_late && end == painting->cells->columns &&
	       painting->row == painting->cells->rows - 1;
}

static void put_shapes(const struct painting *painting, struct spot at)
{
	const struct cell *cell = cells_at(painting->cells, at);
	struct shape shapes[2];
	char room[4];
	struct slice cluster = cells_glyph(painting->cells, at, room);
	size_t count = cluster_shapes(cluster, cell->width, shapes);
	for (size_t i = 0; i < count; i++) {
		for (const wchar_t *code = shapes[i].characters; *code != L'\0'; code++) {
			size_t length = utf8_encode((uint32_t)*code, room);
			buffer_append(painting->into, (struct slice){room, length});
		}
	}
}

/* A hard one is preceded by blanks, for a terminal that gives it fewer cells than we do. */
static void put_hard(const struct painting *painting, struct spot at)
{
	struct painter *painter = painting->painter;
	int width = cells_at(painting->cells, at)->width;
	for (int i = 0; i < width; i++)
		buffer_byte(painting->into, ' ');
	painter->at.column = -1;
	move_to(painter, at, painting->into);
	put_shapes(painting, at);
	painter->at.column = -1;
}

static void put_cell(const struct painting *painting, int column)
{
	struct painter *painter = painting->painter;
	struct spot at = {column, painting->row};
	const struct cell *cell = cells_at(painting->cells, at);
	struct paint paint = paint_of(painter, cell->style);
	if (would_scroll(painting, column + cell->width))
		return;
	move_to(painter, at, painting->into);
	if (!is_blank(cell) || !same_ground(&paint, &painter->now))
		set_paint(painter, &paint, painting->into);
	if (is_hard(painting->cells, at)) {
		put_hard(painting, at);
		return;
	}
	if (cell->glyph < 0x7F)
		buffer_byte(painting->into, (char)cell->glyph);
	else
		put_shapes(painting, at);
	advance(painter, cell->width);
}

/* ---- Blanks in one ---------------------------------------------------------------------- */

/* The column behind the blanks that begin here and have one ground. */
static int blanks_end(const struct painting *painting, int column)
{
	struct spot at = {column, painting->row};
	const struct paint first =
		paint_of(painting->painter, cells_at(painting->cells, at)->style);
	while (at.column < painting->cells->columns) {
		const struct cell *cell = cells_at(painting->cells, at);
		struct paint paint = paint_of(painting->painter, cell->style);
		if (!is_blank(cell) || !same_ground(&paint, &first))
			break;
		at.column++;
	}
	return at.column;
}

/* Erases the blanks that begin here if that is shorter; the column behind them, or this one. */
static int erase_blanks(const struct painting *painting, int column)
{
	struct painter *painter = painting->painter;
	const struct entry *entry = painter->entry;
	struct spot at = {column, painting->row};
	const struct cell *cell = cells_at(painting->cells, at);
	struct paint paint = paint_of(painter, cell->style);
	if (!is_blank(cell) || (paint.background != -1 && !entry->erases_ground))
		return column;
	int end = blanks_end(painting, column);
	bool to_end = end == painting->cells->columns && entry_has(entry, ENTRY_ERASE_LINE);
	if (end - column < (to_end ? ERASE_LEAST : ERASE_INSIDE) ||
		!(to_end || entry_has(entry, ENTRY_ERASE)))
		return column;
	move_to(painter, at, painting->into);
	if (!same_ground(&paint, &painter->now))
		set_paint(painter, &paint, painting->into);
	if (to_end)
		entry_put(entry, ENTRY_ERASE_LINE, painting->into);
	else
		entry_put_number(entry, ENTRY_ERASE, end - column, painting->into);
	return end;
}

/* ---- Rows ------------------------------------------------------------------------------- */

/* True where what stands between the cursor and a column is as short to write again as to skip. */
static bool is_short_gap(const struct painting *painting, int column)
{
	struct painter *painter = painting->painter;
	int first = painter->at.column;
	if (painter->at.row != painting->row || first < 0 || first >= column ||
		column - first > GAP_MOST)
		return false;
	for (int at = first; at < column; at++) {
		const struct cell *cell =
			cells_at(painting->cells, (struct spot){at, painting->row});
		struct paint paint = paint_of(painter, cell->style);
		bool fits = same_paint(&paint, &painter->now) ||
			    (is_blank(cell) && same_ground(&paint, &painter->now));
		if (!fits || cell->glyph < ' ' || cell->glyph > '~')
			return false;
	}
	return true;
}

static void paint_column(const struct painting *painting, int column)
{
	int first = is_short_gap(painting, column) ? painting->painter->at.column : column;
	for (int at = first; at <= column; at++)
		put_cell(painting, at);
}

static void paint_row(struct painting *painting)
{
	const struct cells *cells = painting->cells;
	struct painter *painter = painting->painter;
	int column = 0;
	while (column < cells->columns && is_shown(painting, column))
		column++;
	if (column == cells->columns)
		return;
	painting->whole =
		row_is_hard(cells, painting->row) || row_is_hard(&painter->shown, painting->row);
	if (painting->whole)
		column = 0;
	while (column < cells->columns) {
		const struct cell *cell = cells_at(cells, (struct spot){column, painting->row});
		int width = cell->width > 0 ? cell->width : 1;
		bool shown = !painting->whole && is_shown(painting, column) &&
			     (width == 1 || is_shown(painting, column + 1));
		int erased = shown ? column : erase_blanks(painting, column);
		if (!shown && erased == column)
			paint_column(painting, column);
		column = erased > column ? erased : column + width;
	}
}

/* ---- Frames ----------------------------------------------------------------------------- */

/* Takes a screen of unknown contents to one that is known: blank, in the ground of plain text
 * where the terminal erases so. */
static void clear_all(struct painter *painter, const struct cells *cells, struct buffer *into)
{
	const struct entry *entry = painter->entry;
	set_normal(painter, into);
	cells_resize(&painter->shown, cells->columns, cells->rows);
	struct paint plain = paint_of(painter, STYLE_TEXT);
	bool erases = plain.background == -1 || entry->erases_ground;
	if (erases)
		set_paint(painter, &plain, into);
	entry_put(entry, ENTRY_CLEAR, into);
	painter->at = (struct spot){-1, -1};
	if (!erases)
		forget_cells(painter);
	painter->known = true;
}

static void keep_frame(struct painter *painter, const struct cells *cells)
{
	size_t count = (size_t)cells->columns * (size_t)cells->rows;
	memcpy(painter->shown.items, cells->items, count * sizeof *cells->items);
	painter->shown.clusters.length = 0;
	buffer_append(&painter->shown.clusters, buffer_slice(&cells->clusters));
}

static void show_cursor(struct painter *painter, struct spot cursor, struct buffer *into)
{
	bool off = cursor.column < 0;
	if (!off)
		move_to(painter, cursor, into);
	if (off != painter->cursor_off)
		entry_put(painter->entry, off ? ENTRY_CURSOR_OFF : ENTRY_CURSOR_ON, into);
	painter->cursor_off = off;
}

void painter_frame(struct painter *painter, const struct cells *cells, struct buffer *into)
{
	if (!painter->known || painter->shown.columns != cells->columns ||
		painter->shown.rows != cells->rows)
		clear_all(painter, cells, into);
	for (int row = 0; row < cells->rows; row++)
		paint_row(&(struct painting){
			.painter = painter, .cells = cells, .row = row, .into = into});
	show_cursor(painter, cells->cursor, into);
	keep_frame(painter, cells);
}
