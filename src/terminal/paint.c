/* paint.c: frames as bytes, and the only file that sees curses.
 *
 * Curses composes: it gets the rows that differ from the frame before, compares them with what the
 * terminal shows and writes the difference. It writes into memory, from where the bytes are taken
 * and sent by who holds the terminal (console.c); so curses never waits for a terminal, has none to
 * change the modes of, and finds its signals taken. What enters and leaves is not in the entry it
 * is given (terminfo.c).
 *
 * Terminals disagree about the width of some characters, while curses counts as the system does.
 * Where one of them stands curses paints blanks; after the frame it is laid over them, with the
 * cursor put where it belongs, and what stands to the right of it written again, for a terminal
 * that gives it more cells than we do. A row that has such, or had one, is written whole, and so is
 * one with wide characters, whose halves must not be written alone. So nothing ever shifts,
 * whatever the terminal thinks; and after all of it the cursor is put back where curses takes it to
 * be.
 */
#include "terminal/paint.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "terminal/brush.h"
#include "terminal/form.h"
#include "terminal/orders.h"

/* Numbers of looks, as curses counts them: pairs of colours. */
struct numbers {
	bool known;
	int letters, blanks; /* which show less of a style */
};

struct composer {
	FILE *file; /* in memory */
	SCREEN *screen;
	struct buffer written;
	struct brush brush;
	struct paint *looks; /* by number; 0 is plain */
	size_t look_count, look_capacity;
	size_t pair_count;       /* that curses was told of */
	struct numbers *numbers; /* by style id, those that were asked for */
	size_t number_count;
	int wanted;   /* the look that curses takes the terminal to write in */
	cchar_t *row; /* room for one */
	size_t row_capacity;
	bool *changed; /* by row: it was handed over in this frame */
	size_t changed_capacity;
	bool lays_over; /* something in this frame */
};

/* ---- Life ------------------------------------------------------------------------------- */

static void forget_looks(struct composer *composer)
{
	for (size_t i = 0; i < composer->number_count; i++)
		composer->numbers[i].known = false;
	composer->look_count = 1;
}

/* Whatever the cells show, it is not what they shall. */
static void forget_cells(struct painter *painter)
{
	size_t count = (size_t)painter->shown.columns * (size_t)painter->shown.rows;
	for (size_t i = 0; i < count; i++)
		painter->shown.items[i] = (struct cell){0}; /* as nothing else is */
}

/* Memory counts as a file, and who writes past the limit of those is killed. */
#define FRAME_MOST (1 << 28)

static FILE *open_memory(void)
{
	struct rlimit limit;
	if (getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur < FRAME_MOST)
		return NULL;
	int descriptor = memfd_create("frame", MFD_CLOEXEC);
	FILE *file = descriptor >= 0 ? fdopen(descriptor, "r+") : NULL;
	if (file == NULL && descriptor >= 0)
		close(descriptor);
	return file;
}

/* What curses has written. */
static void read_written(struct composer *composer)
{
	struct buffer *written = &composer->written;
	int descriptor = fileno(composer->file);
	off_t end = lseek(descriptor, 0, SEEK_CUR);
	written->length = 0;
	while ((off_t)written->length < end) {
		size_t wanted = (size_t)end - written->length;
		buffer_reserve(written, wanted);
		ssize_t length = pread(descriptor, written->bytes + written->length, wanted,
			(off_t)written->length);
		if (length <= 0)
			break;
		written->length += (size_t)length;
	}
	lseek(descriptor, 0, SEEK_SET);
}

/* Neither size nor anything else is asked of the environment. */
static SCREEN *open_screen(const struct entry *entry, FILE *file)
{
	struct buffer described = {0};
	entry_describe(entry, &described);
	buffer_byte(&described, '\0');
	use_env(FALSE);
	char *before = terminfo_replace(described.bytes);
	SCREEN *screen = newterm(ENTRY_DESCRIBED, file, file);
	terminfo_restore(before);
	buffer_release(&described);
	return screen;
}

static void begin_screen(struct composer *composer)
{
	start_color();
	use_default_colors();
	typeahead(-1); /* a frame is painted whole, whatever is typed meanwhile */
	read_written(composer);
	composer->looks =
		grow(composer->looks, &composer->look_capacity, 1, sizeof *composer->looks);
	composer->looks[0] = PAINT_PLAIN;
	composer->look_count = 1;
}

bool painter_init(struct painter *painter, const struct entry *entry, const struct cells *cells,
	enum depth depth)
{
	*painter = (struct painter){.entry = entry, .depth = depth};
	cells_init(&painter->shown, cells->styles, &cells->policy);
	struct composer *composer = painter->composer = memory_allocate(sizeof *composer);
	composer->brush = (struct brush){entry, PAINT_PLAIN};
	composer->file = open_memory();
	if (composer->file != NULL)
		composer->screen = open_screen(entry, composer->file);
	if (composer->screen == NULL)
		return false;
	begin_screen(composer);
	return true;
}

void painter_release(struct painter *painter)
{
	struct composer *composer = painter->composer;
	if (composer == NULL)
		return;
	if (composer->screen != NULL)
		delscreen(composer->screen);
	if (composer->file != NULL)
		fclose(composer->file);
	free(composer->looks);
	free(composer->numbers);
	buffer_release(&composer->written);
	free(composer->row);
	free(composer->changed);
	free(composer);
	cells_release(&painter->shown);
	*painter = (struct painter){0};
}

void painter_theme(struct painter *painter, const struct theme *theme)
{
	painter->theme = theme;
	forget_looks(painter->composer);
	forget_cells(painter);
	wredrawln(stdscr, 0, getmaxy(stdscr)); /* the numbers mean something else */
}

void painter_forget(struct painter *painter)
{
	painter->known = false;
	painter->cursor_off = false;
}

/* ---- Looks ------------------------------------------------------------------------------ */

/* A theme has some dozens, asked for once a style. Which colours curses is told does not matter,
 * but that they differ, since it takes pairs of the same colours for one. */
static int number_of(struct composer *composer, struct paint paint)
{
	size_t i = 0;
	while (i < composer->look_count && !paint_equal(composer->looks[i], paint))
		i++;
	if (i < composer->look_count)
		return (int)i;
	if (i > composer->pair_count) {
		if (init_extended_pair((int)i, (int)i % COLORS, (int)i / COLORS) == ERR)
			return 0;
		composer->pair_count = i;
	}
	composer->looks =
		grow(composer->looks, &composer->look_capacity, i + 1, sizeof *composer->looks);
	composer->looks[composer->look_count++] = paint;
	return (int)i;
}

static struct numbers make_numbers(const struct painter *painter, style_id style)
{
	struct look look = theme_look(painter->theme, painter->shown.styles, style, painter->depth);
	struct paint paint = paint_make(painter->entry, &look, painter->depth);
	return (struct numbers){.known = true,
		.letters = number_of(painter->composer, paint),
		.blanks = number_of(painter->composer, paint_of_blanks(paint))};
}

static struct numbers numbers_of(const struct painter *painter, style_id style)
{
	struct composer *composer = painter->composer;
	if (style >= composer->number_count) {
		size_t before = composer->number_count;
		composer->number_count = styles_count(painter->shown.styles);
		composer->numbers = memory_resize(
			composer->numbers, composer->number_count * sizeof *composer->numbers);
		for (size_t i = before; i < composer->number_count; i++)
			composer->numbers[i].known = false;
	}
	struct numbers *numbers = &composer->numbers[style];
	if (!numbers->known)
		*numbers = make_numbers(painter, style);
	return *numbers;
}

/* ---- Orders ----------------------------------------------------------------------------- */

static void put_text(
	struct brush *brush, struct slice text, struct paint paint, struct buffer *into)
{
	size_t blanks = 0;
	while (blanks < text.length && text.bytes[blanks] == ' ')
		blanks++;
	if (blanks < text.length)
		brush_dip(brush, paint, into);
	else
		brush_dip_for_blanks(brush, paint, into);
	buffer_append(into, text);
}

static void obey(struct painter *painter, const struct order *order, struct buffer *into)
{
	struct composer *composer = painter->composer;
	const struct entry *entry = painter->entry;
	struct paint wanted = composer->looks[composer->wanted];
	int first = order->numbers[0], second = order->numbers[1];
	switch (order->kind) {
	case ORDER_TEXT:
		put_text(&composer->brush, order->text, wanted, into);
		break;
	case ORDER_LOOK:
		composer->wanted = (size_t)first < composer->look_count ? first : 0;
		break;
	case ORDER_CLEAR:
		brush_dip_for_blanks(&composer->brush, wanted, into);
		entry_put(entry, ENTRY_CLEAR, into);
		break;
	case ORDER_ERASE_LINE:
		brush_dip_for_blanks(&composer->brush, wanted, into);
		entry_put(entry, ENTRY_ERASE_LINE, into);
		break;
	case ORDER_ERASE:
		brush_dip_for_blanks(&composer->brush, wanted, into);
		entry_put_number(entry, ENTRY_ERASE, first, into);
		break;
	case ORDER_MOVE:
		entry_put_move(entry, (struct spot){second, first}, into);
		break;
	case ORDER_RIGHT:
		entry_put_number(entry, ENTRY_RIGHT, first, into);
		break;
	}
}

/* Appends what curses has written, as the terminal understands it. */
static void take_written(struct painter *painter, struct buffer *into)
{
	struct order order;
	read_written(painter->composer);
	struct slice rest = buffer_slice(&painter->composer->written);
	while (order_take(&rest, &order))
		obey(painter, &order, into);
}

/* ---- Rows ------------------------------------------------------------------------------- */

static bool same_cell(const struct cells *a, const struct cells *b, struct spot at)
{
	const struct cell *one = cells_at(a, at), *other = cells_at(b, at);
	if (one->style != other->style || one->width != other->width)
		return false;
	if (one->glyph < CELL_CLUSTER || other->glyph < CELL_CLUSTER)
		return one->glyph == other->glyph;
	char room[2][4];
	return slice_equal(cells_glyph(a, at, room[0]), cells_glyph(b, at, room[1]));
}

static bool same_row(const struct cells *a, const struct cells *b, int row)
{
	for (int column = 0; column < a->columns; column++) {
		if (!same_cell(a, b, (struct spot){column, row}))
			return false;
	}
	return true;
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

/* True where a row must not be written in parts. */
static bool row_is_whole(const struct cells *cells, int row)
{
	for (int column = 0; column < cells->columns; column++) {
		struct spot at = {column, row};
		if (cells_at(cells, at)->width != 1 || is_hard(cells, at))
			return true;
	}
	return false;
}

/* Underlined and the like: what erases gives the ground alone. */
static attr_t told_of(const struct composer *composer, int number)
{
	return paint_of_blanks(composer->looks[number]).attributes != 0 ? A_UNDERLINE : A_NORMAL;
}

static void add_form(struct composer *composer, int *count, const wchar_t *characters, int number)
{
	cchar_t *cell = &composer->row[*count];
	attr_t told = told_of(composer, number);
	/* the short number of a pair holds too little */
	if (setcchar(cell, characters, told, 0, &number) == ERR)
		setcchar(cell, L" ", told, 0, &number);
	++*count;
}

/* Hands over a cell, the left one of a wide character with both. */
static void hand_cell(
	struct painter *painter, const struct cells *cells, struct spot at, int *count)
{
	const struct cell *cell = cells_at(cells, at);
	struct numbers numbers = numbers_of(painter, cell->style);
	struct form forms[2] = {{L" ", 1}, {L" ", 1}};
	size_t form_count = cell->width;
	bool hard = is_hard(cells, at), blank = hard || cell->glyph == ' ';
	char room[4];
	if (!blank && cell->width > 0)
		form_count = cluster_forms(cells_glyph(cells, at, room), cell->width, forms);
	for (size_t i = 0; i < form_count; i++)
		add_form(painter->composer, count, forms[i].characters,
			blank ? numbers.blanks : numbers.letters);
	painter->composer->lays_over = painter->composer->lays_over || hard;
}

/* Hands a row to curses; it has at most a form a cell. */
static void hand_row(struct painter *painter, const struct cells *cells, int row)
{
	int count = 0;
	for (int column = 0; column < cells->columns; column++)
		hand_cell(painter, cells, (struct spot){column, row}, &count);
	mvadd_wchnstr(row, 0, painter->composer->row, count);
	if (row_is_whole(cells, row) || row_is_whole(&painter->shown, row))
		wredrawln(stdscr, row, 1);
}

/* Hands over the rows that differ from those shown. */
static void hand_rows(struct painter *painter, const struct cells *cells)
{
	struct composer *composer = painter->composer;
	composer->row = grow(composer->row, &composer->row_capacity, (size_t)cells->columns,
		sizeof *composer->row);
	composer->changed = grow(composer->changed, &composer->changed_capacity,
		(size_t)cells->rows, sizeof *composer->changed);
	composer->lays_over = false;
	for (int row = 0; row < cells->rows; row++) {
		composer->changed[row] = !same_row(cells, &painter->shown, row);
		if (composer->changed[row])
			hand_row(painter, cells, row);
	}
}

/* ---- What is laid over ------------------------------------------------------------------ */

/* A frame that curses has composed. */
struct overlay {
	struct painter *painter;
	const struct cells *cells;
	struct buffer *into;
};

static void put_cell(const struct overlay *overlay, struct spot at)
{
	struct composer *composer = overlay->painter->composer;
	const struct cell *cell = cells_at(overlay->cells, at);
	struct numbers numbers = numbers_of(overlay->painter, cell->style);
	struct form forms[2];
	char room[4];
	struct slice cluster = cells_glyph(overlay->cells, at, room);
	size_t count = cluster_forms(cluster, cell->width, forms);
	entry_put_move(overlay->painter->entry, at, overlay->into);
	brush_dip(&composer->brush, composer->looks[numbers.letters], overlay->into);
	for (size_t i = 0; i < count; i++) {
		for (const wchar_t *code = forms[i].characters; *code != L'\0'; code++) {
			size_t length = utf8_encode((uint32_t)*code, room);
			buffer_append(overlay->into, (struct slice){room, length});
		}
	}
}

/* Some terminals scroll when the last cell of the last row is written. */
static bool would_scroll(const struct overlay *overlay, struct spot end)
{
	const struct entry *entry = overlay->painter->entry;
	return entry->wraps && !entry->wraps_late && end.column == overlay->cells->columns &&
	       end.row == overlay->cells->rows - 1;
}

static void lay_over_row(const struct overlay *overlay, int row)
{
	bool beside = false; /* to the right of one that was laid over */
	for (int column = 0; column < overlay->cells->columns; column++) {
		struct spot at = {column, row};
		int width = cells_at(overlay->cells, at)->width;
		if (width == 0)
			continue;
		bool hard = is_hard(overlay->cells, at);
		if ((hard || beside) && !would_scroll(overlay, (struct spot){column + width, row}))
			put_cell(overlay, at);
		beside = hard;
	}
}

/* And puts the cursor back where curses takes it to be. */
static void lay_over(const struct overlay *overlay)
{
	int row, column;
	for (row = 0; row < overlay->cells->rows; row++) {
		if (overlay->painter->composer->changed[row])
			lay_over_row(overlay, row);
	}
	getyx(curscr, row, column);
	entry_put_move(overlay->painter->entry, (struct spot){column, row}, overlay->into);
}

/* ---- Frames ----------------------------------------------------------------------------- */

/* Whatever was set before, the terminal writes plain text now; it is cleared with the frame. */
static void begin_anew(struct painter *painter, const struct cells *cells, struct buffer *into)
{
	resize_term(cells->rows, cells->columns);
	clearok(curscr, TRUE);
	cells_resize(&painter->shown, cells->columns, cells->rows);
	forget_cells(painter);
	brush_clean(&painter->composer->brush, into);
	painter->known = true;
}

static void keep_frame(struct painter *painter, const struct cells *cells)
{
	size_t count = (size_t)cells->columns * (size_t)cells->rows;
	memcpy(painter->shown.items, cells->items, count * sizeof *cells->items);
	painter->shown.clusters.length = 0;
	buffer_append(&painter->shown.clusters, buffer_slice(&cells->clusters));
}

static void show_cursor(struct painter *painter, bool off, struct buffer *into)
{
	if (off != painter->cursor_off)
		entry_put(painter->entry, off ? ENTRY_CURSOR_OFF : ENTRY_CURSOR_ON, into);
	painter->cursor_off = off;
}

void painter_frame(struct painter *painter, const struct cells *cells, struct buffer *into)
{
	bool off = cells->cursor.column < 0;
	if (!painter->known || painter->shown.columns != cells->columns ||
		painter->shown.rows != cells->rows)
		begin_anew(painter, cells, into);
	hand_rows(painter, cells);
	leaveok(stdscr, off && !painter->composer->lays_over);
	wmove(stdscr, off ? 0 : cells->cursor.row, off ? 0 : cells->cursor.column);
	wnoutrefresh(stdscr);
	doupdate();
	take_written(painter, into);
	if (painter->composer->lays_over)
		lay_over(&(struct overlay){painter, cells, into});
	show_cursor(painter, off, into);
	keep_frame(painter, cells);
}
