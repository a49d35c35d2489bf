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

#include "terminal/colours.h"
#include "terminal/shape.h"

/* How a style looks, in the terminal's numbers and in those of curses. */
struct paint {
	int foreground, background; /* -1: the terminal's own */
	unsigned attributes;        /* enum attribute, those that the terminal has */
	attr_t told;                /* the same as curses has them */
	int pair;                   /* of colours, as curses counts them */
	bool known;
};

struct pair {
	int foreground, background;
};

struct composer {
	FILE *file; /* in memory */
	SCREEN *screen;
	struct buffer written;
	struct paint *paints; /* by style id, those that were asked for */
	size_t paint_count;
	struct pair *pairs; /* pairs[i] is what curses has as i + 1 */
	size_t pair_count, pair_capacity;
	struct pair now; /* what the terminal writes with */
	cchar_t *row;    /* room for one */
	size_t row_capacity;
	bool *changed; /* by row: it was handed over in this frame */
	size_t changed_capacity;
};

/* ---- Life ------------------------------------------------------------------------------- */

static void forget_paints(struct composer *composer)
{
	for (size_t i = 0; i < composer->paint_count; i++)
		composer->paints[i].known = false;
	composer->pair_count = 0; /* curses sends anew what had one that changes */
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

static void begin_screen(struct composer *composer, bool colours)
{
	if (colours && start_color() == OK)
		use_default_colors();
	typeahead(-1); /* a frame is painted whole, whatever is typed meanwhile */
	read_written(composer);
}

bool painter_init(struct painter *painter, const struct entry *entry, const struct cells *cells,
	enum depth depth)
{
	*painter = (struct painter){.entry = entry, .depth = depth};
	cells_init(&painter->shown, cells->styles, &cells->policy);
	struct composer *composer = painter->composer = memory_allocate(sizeof *composer);
	composer->file = open_memory();
	if (composer->file != NULL)
		composer->screen = open_screen(entry, composer->file);
	if (composer->screen == NULL)
		return false;
	begin_screen(composer, depth != DEPTH_MONO);
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
	free(composer->paints);
	free(composer->pairs);
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
	forget_paints(painter->composer);
	forget_cells(painter);
}

void painter_forget(struct painter *painter)
{
	painter->known = false;
	painter->cursor_off = false;
}

/* ---- Looks ------------------------------------------------------------------------------ */

static const struct {
	unsigned attribute;
	enum entry_string on;
	attr_t told;
} attribute_strings[] = {
	{ATTRIBUTE_BOLD, ENTRY_BOLD, A_BOLD},
	{ATTRIBUTE_DIM, ENTRY_DIM, A_DIM},
	{ATTRIBUTE_ITALIC, ENTRY_ITALIC, A_ITALIC},
	{ATTRIBUTE_UNDERLINE, ENTRY_UNDERLINE, A_UNDERLINE},
	{ATTRIBUTE_DOTTED, ENTRY_UNDERLINE, A_STANDOUT},
	{ATTRIBUTE_REVERSE, ENTRY_REVERSE, A_REVERSE},
};
#define ATTRIBUTE_COUNT (sizeof attribute_strings / sizeof *attribute_strings)

/* Those of them that the terminal has, and can end. */
static unsigned attributes_had(const struct entry *entry, unsigned attributes)
{
	if (!entry_has(entry, ENTRY_NORMAL))
		return 0;
	if (attributes & ATTRIBUTE_DOTTED)
		attributes &= ~(unsigned)ATTRIBUTE_UNDERLINE;
	for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
		if (!entry_has(entry, attribute_strings[i].on))
			attributes &= ~attribute_strings[i].attribute;
	}
	return attributes;
}

static attr_t told_of(unsigned attributes)
{
	attr_t told = A_NORMAL;
	for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
		if (attributes & attribute_strings[i].attribute)
			told |= attribute_strings[i].told;
	}
	return told;
}

/* A theme has some dozens, asked for once a style. Curses' own way of giving them numbers gives
 * some that it refuses. */
static int pair_of(struct composer *composer, struct pair pair)
{
	if (pair.foreground == -1 && pair.background == -1)
		return 0;
	size_t i = 0;
	while (i < composer->pair_count &&
		(composer->pairs[i].foreground != pair.foreground ||
			composer->pairs[i].background != pair.background))
		i++;
	if (i < composer->pair_count)
		return (int)i + 1;
	if (init_extended_pair((int)i + 1, pair.foreground, pair.background) == ERR)
		return 0;
	composer->pairs =
		grow(composer->pairs, &composer->pair_capacity, i + 1, sizeof *composer->pairs);
	composer->pairs[composer->pair_count++] = pair;
	return (int)i + 1;
}

static struct paint make_paint(const struct painter *painter, style_id style)
{
	const struct entry *entry = painter->entry;
	struct look look = theme_look(painter->theme, painter->shown.styles, style, painter->depth);
	struct paint paint = {-1, -1, attributes_had(entry, look.attributes), .known = true};
	if (painter->depth != DEPTH_MONO) {
		paint.foreground = colour_number(look.foreground, painter->depth, entry->colours);
		paint.background = colour_number(look.background, painter->depth, entry->colours);
	}
	if (paint.foreground != -1 || paint.background != -1)
		paint.attributes &= ~entry->excluded;
	paint.told = told_of(paint.attributes);
	paint.pair = pair_of(painter->composer, (struct pair){paint.foreground, paint.background});
	return paint;
}

static struct paint paint_of(struct painter *painter, style_id style)
{
	struct composer *composer = painter->composer;
	if (style >= composer->paint_count) {
		size_t before = composer->paint_count;
		composer->paint_count = styles_count(painter->shown.styles);
		composer->paints = memory_resize(
			composer->paints, composer->paint_count * sizeof *composer->paints);
		for (size_t i = before; i < composer->paint_count; i++)
			composer->paints[i].known = false;
	}
	struct paint *paint = &composer->paints[style];
	if (!paint->known)
		*paint = make_paint(painter, style);
	return *paint;
}

/* ---- Colours ---------------------------------------------------------------------------- */

/* Whatever was set before, the terminal writes plain text now. */
static void put_normal(struct painter *painter, struct buffer *into)
{
	entry_put(painter->entry, ENTRY_NORMAL, into);
	painter->composer->now = (struct pair){-1, -1};
}

/* Sends those of two colours that are others than before. */
static void put_pair(struct painter *painter, struct pair pair, struct buffer *into)
{
	const struct entry *entry = painter->entry;
	struct pair *now = &painter->composer->now;
	if ((pair.foreground == -1 && now->foreground != -1) ||
		(pair.background == -1 && now->background != -1)) {
		entry_put(entry, ENTRY_COLOURS_OFF, into);
		*now = (struct pair){-1, -1};
	}
	if (pair.foreground != now->foreground)
		entry_put_number(entry, ENTRY_FOREGROUND, pair.foreground, into);
	if (pair.background != now->background)
		entry_put_number(entry, ENTRY_BACKGROUND, pair.background, into);
	*now = pair;
}

/* Obeys what is asked for at the head of what is written, and returns its length; 0: nothing is.
 * Colours that end with all else at once need not be ended before. */
static size_t obey(struct painter *painter, struct slice written, struct buffer *into)
{
	struct composer *composer = painter->composer;
	struct pair pair = {-1, -1};
	size_t at = sizeof ASKED_PAIR - 1, number = 0;
	if (slice_starts(written, ASKED_NORMAL)) {
		put_normal(painter, into);
		return sizeof ASKED_NORMAL - 1;
	}
	if (!slice_starts(written, ASKED_PAIR))
		return 0;
	for (; at < written.length && written.bytes[at] != ';'; at++)
		number = number * 10 + (size_t)(written.bytes[at] - '0');
	if (number > 0 && number <= composer->pair_count)
		pair = composer->pairs[number - 1];
	at = at < written.length ? at + 1 : at;
	if (!slice_starts(slice_cut(written, at, written.length), ASKED_NORMAL))
		put_pair(painter, pair, into);
	return at;
}

/* Appends what curses has written, with what it asks for put in. */
static void take_written(struct painter *painter, struct buffer *into)
{
	read_written(painter->composer);
	struct slice rest = buffer_slice(&painter->composer->written);
	while (rest.length > 0) {
		const char *escape = memchr(rest.bytes + 1, '\x1b', rest.length - 1);
		size_t length = obey(painter, rest, into);
		if (length == 0) {
			length = escape != NULL ? (size_t)(escape - rest.bytes) : rest.length;
			buffer_append(into, slice_cut(rest, 0, length));
		}
		rest = slice_cut(rest, length, rest.length);
	}
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

static void add_shape(
	struct composer *composer, int *count, const wchar_t *characters, const struct paint *paint)
{
	cchar_t *cell = &composer->row[*count];
	int pair = paint->pair; /* the short one holds too little */
	if (setcchar(cell, characters, paint->told, 0, &pair) == ERR)
		setcchar(cell, L" ", paint->told, 0, &pair);
	++*count;
}

/* Hands a row to curses; it has at most a shape a cell. */
static void hand_row(struct painter *painter, const struct cells *cells, int row)
{
	struct composer *composer = painter->composer;
	int count = 0;
	for (int column = 0; column < cells->columns; column++) {
		struct spot at = {column, row};
		const struct cell *cell = cells_at(cells, at);
		const struct paint paint = paint_of(painter, cell->style);
		char room[4];
		struct shape shapes[2] = {{L" ", 1}, {L" ", 1}};
		size_t shape_count = cell->width;
		if (cell->width > 0 && !is_hard(cells, at))
			shape_count =
				cluster_shapes(cells_glyph(cells, at, room), cell->width, shapes);
		for (size_t i = 0; i < shape_count; i++)
			add_shape(composer, &count, shapes[i].characters, &paint);
	}
	mvadd_wchnstr(row, 0, composer->row, count);
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
	for (int row = 0; row < cells->rows; row++) {
		composer->changed[row] = !same_row(cells, &painter->shown, row);
		if (composer->changed[row])
			hand_row(painter, cells, row);
	}
}

/* ---- What is laid over ------------------------------------------------------------------ */

/* A frame that curses has composed; what it writes next is plain. */
struct overlay {
	struct painter *painter;
	const struct cells *cells;
	struct buffer *into;
	bool plain;     /* the same is true of the terminal */
	style_id style; /* else it writes in this one */
	bool moved;     /* the cursor is not where curses takes it to be */
};

static void put_plain(struct overlay *overlay)
{
	if (!overlay->plain)
		put_normal(overlay->painter, overlay->into);
	overlay->plain = true;
}

static void put_paint(struct overlay *overlay, style_id style)
{
	const struct entry *entry = overlay->painter->entry;
	const struct paint paint = paint_of(overlay->painter, style);
	if (!overlay->plain && overlay->style == style)
		return;
	put_plain(overlay);
	overlay->plain = paint.attributes == 0 && paint.pair == 0;
	overlay->style = style;
	for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
		if (paint.attributes & attribute_strings[i].attribute)
			entry_put(entry, attribute_strings[i].on, overlay->into);
	}
	if (paint.attributes & ATTRIBUTE_DOTTED)
		entry_put_dots(entry, overlay->into);
	put_pair(
		overlay->painter, (struct pair){paint.foreground, paint.background}, overlay->into);
}

static void put_cell(struct overlay *overlay, struct spot at)
{
	const struct cell *cell = cells_at(overlay->cells, at);
	struct shape shapes[2];
	char room[4];
	struct slice cluster = cells_glyph(overlay->cells, at, room);
	size_t count = cluster_shapes(cluster, cell->width, shapes);
	entry_put_move(overlay->painter->entry, at, overlay->into);
	put_paint(overlay, cell->style);
	for (size_t i = 0; i < count; i++) {
		for (const wchar_t *code = shapes[i].characters; *code != L'\0'; code++) {
			size_t length = utf8_encode((uint32_t)*code, room);
			buffer_append(overlay->into, (struct slice){room, length});
		}
	}
	overlay->moved = true;
}

/* Some terminals scroll when the last cell of the last row is written. */
static bool would_scroll(const struct overlay *overlay, struct spot end)
{
	const struct entry *entry = overlay->painter->entry;
	return entry->wraps && !entry->wraps_late && end.column == overlay->cells->columns &&
	       end.row == overlay->cells->rows - 1;
}

static void lay_over_row(struct overlay *overlay, int row)
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

static void lay_over(struct overlay *overlay)
{
	int row, column;
	for (row = 0; row < overlay->cells->rows; row++) {
		if (overlay->painter->composer->changed[row])
			lay_over_row(overlay, row);
	}
	put_plain(overlay);
	getyx(curscr, row, column);
	if (overlay->moved)
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
	put_normal(painter, into);
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
	wmove(stdscr, off ? 0 : cells->cursor.row, off ? 0 : cells->cursor.column);
	wnoutrefresh(stdscr);
	doupdate();
	take_written(painter, into);
	lay_over(&(struct overlay){painter, cells, into, .plain = true});
	show_cursor(painter, off, into);
	keep_frame(painter, cells);
}
