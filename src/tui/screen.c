/* The screen: which view stands where, and what is settled before it is drawn. */
#include "tui/app.h"

/* ---- Views ------------------------------------------------------------------------------ */

static void article_rows_scroll(struct reader *reader, long rows)
{
	article_scroll(&reader_reading(reader)->article, rows);
}

static void article_rows_to_end(struct reader *reader, bool last)
{
	struct article *article = &reader_reading(reader)->article;
	if (!last) {
		article_begin_at(article, 0);
		return;
	}
	article_to_end(article);
	reader_head_for(reader, GOAL_END);
}

static int article_height(const struct reader *reader)
{
	return (int)reader_reading(reader)->article.rows;
}

/* Rows of a list on the screen; where it is hidden, as many as it would have. */
static int list_height(const struct reader *reader)
{
	int rows = reader->frame.lists[reader->focus].rows;
	return rows > 2 ? rows - 2 : 1;
}

static void sheet_scroll(struct reader *reader, long rows)
{
	struct sheet *sheet = &reader->sheet;
	long last = (long)sheet->count - sheet->rows, top = sheet->top + rows;
	if (top > last)
		top = last;
	sheet->top = top > 0 ? (int)top : 0;
}

static void sheet_to_end(struct reader *reader, bool last)
{
	sheet_scroll(reader, last ? (long)reader->sheet.count : -(long)reader->sheet.count);
}

static int sheet_height(const struct reader *reader)
{
	return reader->sheet.rows;
}

const struct view view_table[PANE_COUNT] = {
	[PANE_ARTICLE] = {"article", article_draw, article_rows_scroll, article_rows_to_end,
		article_height},
	[PANE_ENTITIES] = {"entities", entities_draw, entities_move, entities_to_end, list_height},
	[PANE_QUOTES] = {"quotes", quotes_draw, quotes_move, quotes_to_end, list_height},
	[PANE_CARD] = {"card", sheet_view_draw, sheet_scroll, sheet_to_end, sheet_height},
	[PANE_HELP] = {"help", sheet_view_draw, sheet_scroll, sheet_to_end, sheet_height},
	[PANE_BOOKMARKS] = {"bookmarks", sheet_view_draw, bookmarks_move, bookmarks_to_end,
		sheet_height},
};

const struct view *reader_view(const struct reader *reader)
{
	return &view_table[reader_pane(reader)];
}

/* ---- Settling --------------------------------------------------------------------------- */

static void wish_shown(const struct reader *reader, struct wish *wish)
{
	bool wide = wish->columns >= FRAME_WIDE;
	for (int pane = PANE_ENTITIES; pane < PANE_BASE_COUNT; pane++)
		wish->shown[pane] = !reader->zen && (wide ? reader->column[pane]
							  : reader->drawer == (enum pane)pane);
}

/* Where the lists stand depends on how high the quotes are, and that on how wide the list is; so
 * the frame is placed twice where it matters. */
static void settle_frame(struct reader *reader)
{
	const struct cells *cells = terminal_cells(reader->terminal);
	struct wish wish = {
		.columns = cells->columns,
		.rows = cells->rows,
		.measure = reader->measure,
		.focus = reader->focus,
		.lists_wider = reader->lists_wider,
		.zen = reader->zen,
	};
	wish_shown(reader, &wish);
	frame_place(&reader->frame, &wish);
	if (reader->frame.width_class != WIDTH_WIDE)
		return;
	wish.quote_rows = quotes_height(reader);
	frame_place(&reader->frame, &wish);
}

/* A pane that has the keys is seen, whatever the screen's size has become. */
static void settle_focus(struct reader *reader)
{
	if (reader->focus == PANE_ARTICLE)
		return;
	if (terminal_cells(reader->terminal)->columns >= FRAME_WIDE)
		reader->column[reader->focus] = true;
	else
		reader->drawer = reader->focus;
}

/* What a sheet was filled for; filling it anew costs a look at all that is known. */
static struct sheet_cause sheet_cause(const struct reader *reader)
{
	const struct reading *reading = reader_reading(reader);
	return (struct sheet_cause){
		.pane = reader->over,
		.focus = reader->focus,
		.columns = sheet_columns(&reader->frame),
		.reading = reading,
		.generation = reading->generation,
		.point = reading->article.point,
		.subject = reader_subject(reader),
		.bookmarks = reader->bookmarks.changes,
	};
}

static bool cause_equal(const struct sheet_cause *a, const struct sheet_cause *b)
{
	return a->pane == b->pane && a->focus == b->focus && a->columns == b->columns &&
	       a->reading == b->reading && a->generation == b->generation && a->point == b->point &&
	       a->subject.entity == b->subject.entity && a->subject.quote == b->subject.quote &&
	       a->bookmarks == b->bookmarks;
}

static void fill_sheet(struct reader *reader)
{
	static void (*const fillers[PANE_COUNT])(struct reader *, struct sheet *) = {
		[PANE_CARD] = card_fill,
		[PANE_HELP] = help_fill,
		[PANE_BOOKMARKS] = bookmarks_fill,
	};
	sheet_init(&reader->sheet, reader->sheet_cause.columns);
	fillers[reader->over](reader, &reader->sheet);
}

static void settle_sheet(struct reader *reader)
{
	struct sheet *sheet = &reader->sheet;
	struct sheet_cause cause = sheet_cause(reader);
	bool fresh = cause_equal(&cause, &reader->sheet_cause);
	reader->sheet_cause = cause;
	if (reader->over == PANE_ARTICLE)
		return;
	if (!fresh)
		fill_sheet(reader);
	sheet->rows = sheet_rows(&reader->frame, sheet);
	sheet_scroll(reader, 0);
}

/* Rows that are lines may go on up to the scroll bar. */
static unsigned lines_room(const struct frame *frame)
{
	int end = frame->article.column + frame->article.columns;
	if (frame->scroll >= 0 && frame->scroll < end)
		end = frame->scroll;
	int room = end - 1 - frame->text.column;
	if (room < frame->text.columns)
		room = frame->text.columns;
	return room > 0 ? (unsigned)room : 1;
}

void reader_settle(struct reader *reader)
{
	struct reading *reading = reader_reading(reader);
	settle_focus(reader);
	settle_frame(reader);
	if (!area_is_empty(reader->frame.text))
		article_set_size(&reading->article, (unsigned)reader->frame.text.columns,
			(size_t)reader->frame.text.rows);
	article_set_room(&reading->article, lines_room(&reader->frame));
	entities_settle(reader);
	quotes_settle(reader);
	settle_sheet(reader);
}

/* ---- Drawing ---------------------------------------------------------------------------- */

static void draw_part(struct reader *reader, enum pane pane, struct area area)
{
	struct canvas whole = canvas_whole(terminal_cells(reader->terminal));
	if (area_is_empty(area))
		return;
	struct canvas part = canvas_part(&whole, area);
	view_table[pane].draw(reader, &part);
}

void reader_draw(struct reader *reader)
{
	struct cells *cells = terminal_cells(reader->terminal);
	struct canvas whole = canvas_whole(cells);
	const struct frame *frame = &reader->frame;
	cells_clear(cells);
	canvas_fill(&whole, frame->drawer, reader->look[LOOK_RAISED]);
	draw_part(reader, PANE_ARTICLE, frame->article);
	for (int pane = PANE_ENTITIES; pane < PANE_BASE_COUNT; pane++)
		draw_part(reader, (enum pane)pane, frame->lists[pane]);
	if (!area_is_empty(frame->article))
		scrollbar_draw(reader, &whole);
	if (reader->over != PANE_ARTICLE)
		draw_part(reader, reader->over, sheet_area(frame, &reader->sheet));
	header_draw(reader, &whole);
	status_draw(reader, &whole);
}
