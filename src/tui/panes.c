/* Where everything stands; see panes.h. */
#include "tui/panes.h"

#define MIDDLE_COLUMNS 72
#define AIRY_ROWS 12  /* from here on there are empty rows below the header and above the status */
#define HEADER_ROWS 6 /* from here on there is a header */
#define STATUS_ROWS 3 /* from here on there is a status line */
#define LISTS_LEAST 24
#define ARTICLE_LEAST 36
#define LIST_SHARE 3 /* the entities get this part of the column at least */

bool area_is_empty(struct area area)
{
	return area.columns <= 0 || area.rows <= 0;
}

static int clamp(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

/* ---- Rows ------------------------------------------------------------------------------- */

static void place_rows(struct frame *frame, bool zen)
{
	int air = frame->rows >= AIRY_ROWS;
	frame->header = frame->rows >= HEADER_ROWS && !zen ? 0 : -1;
	frame->status = frame->rows >= STATUS_ROWS && !zen ? frame->rows - 1 : -1;
	int top = frame->header + 1 + air;
	int bottom = (frame->status >= 0 ? frame->status : frame->rows) - air;
	frame->body = (struct area){0, top, frame->columns, bottom - top};
}

/* ---- Columns ---------------------------------------------------------------------------- */

static int left_margin(int columns)
{
	static const struct {
		int columns, margin;
	} margins[] = {{MIDDLE_COLUMNS, 4}, {40, 3}, {28, 2}, {12, 1}, {0, 0}};
	int i = 0;
	while (columns < margins[i].columns)
		i++;
	return margins[i].margin;
}

static int right_margin(int columns)
{
	return columns >= MIDDLE_COLUMNS ? 2 : columns >= 28;
}

/* The article in the first columns of the body: the scroll bar at their end, the text before it,
 * centred where there is more room than the measure wants. */
static void place_article(struct frame *frame, int columns, unsigned measure)
{
	int margin = left_margin(frame->columns), end = columns;
	frame->scroll = -1;
	if (frame->columns >= 16) {
		frame->scroll = columns - 1 - (frame->columns >= 28);
		end = frame->scroll - (frame->columns >= 28);
	}
	int room = end - margin;
	int width = clamp(room, 1, (int)measure);
	int left = margin + (room - width) / 2;
	frame->bar = margin >= 2 ? left - 2 : margin - 1;
	frame->article = frame->body;
	frame->article.columns = columns;
	frame->text = (struct area){left, frame->body.row, width, frame->body.rows};
	frame->over = (struct area){left - (margin >= 2 ? 2 : margin), frame->body.row,
		width + (margin >= 2 ? 4 : margin + 1), frame->body.rows};
	if (frame->scroll >= 0 && frame->over.column + frame->over.columns > frame->scroll)
		frame->over.columns = frame->scroll - frame->over.column;
}

/* The quotes take what they need, the entities what is left, which is a third at least. */
static void place_column(struct frame *frame, const struct wish *wish, int width)
{
	struct area whole = {frame->columns - 1 - width, frame->body.row, width, frame->body.rows};
	struct area *entities = &frame->lists[PANE_ENTITIES], *quotes = &frame->lists[PANE_QUOTES];
	if (wish->shown[PANE_ENTITIES])
		*entities = whole;
	if (wish->shown[PANE_QUOTES])
		*quotes = whole;
	if (!wish->shown[PANE_ENTITIES] || !wish->shown[PANE_QUOTES])
		return;
	int most = whole.rows - (whole.rows + LIST_SHARE - 1) / LIST_SHARE - 1;
	quotes->rows = clamp(wish->quote_rows, 0, most);
	quotes->row = whole.row + whole.rows - quotes->rows;
	entities->rows = whole.rows - quotes->rows - 1;
}

/* The width of column or drawer; the article keeps some room whatever is wished. */
static int place_lists(struct frame *frame, const struct wish *wish, int usual)
{
	frame->lists_usual = usual;
	frame->lists_columns =
		clamp(usual + wish->lists_wider, LISTS_LEAST, frame->columns - ARTICLE_LEAST);
	return frame->lists_columns;
}

static void place_wide(struct frame *frame, const struct wish *wish)
{
	bool column = wish->shown[PANE_ENTITIES] || wish->shown[PANE_QUOTES];
	int width = 0;
	if (column)
		width = place_lists(frame, wish, clamp(frame->columns * 32 / 100, 38, 52));
	place_article(frame, column ? frame->columns - width - 2 : frame->columns, wish->measure);
	if (column)
		place_column(frame, wish, width);
}

static enum pane open_list(const struct wish *wish)
{
	for (int pane = PANE_ENTITIES; pane < PANE_BASE_COUNT; pane++)
		if (wish->shown[pane])
			return (enum pane)pane;
	return PANE_ARTICLE;
}

static void place_middle(struct frame *frame, const struct wish *wish)
{
	enum pane list = open_list(wish);
	int width = 0;
	if (list != PANE_ARTICLE)
		width = place_lists(frame, wish, clamp(frame->columns * 44 / 100, 32, 44));
	place_article(frame, frame->columns - width, wish->measure);
	if (list == PANE_ARTICLE)
		return;
	bool air = frame->rows >= AIRY_ROWS;
	frame->drawer = (struct area){
		frame->columns - width, frame->body.row - air, width, frame->body.rows + 2 * air};
	frame->lists[list] = (struct area){
		frame->drawer.column + 2, frame->body.row, width - 3, frame->body.rows};
}

static void place_narrow(struct frame *frame, const struct wish *wish)
{
	place_article(frame, frame->columns, wish->measure);
	frame->over = frame->body;
	if (wish->focus == PANE_ARTICLE)
		return;
	frame->lists[wish->focus] = (struct area){
		frame->left - 1, frame->body.row, frame->right - frame->left + 2, frame->body.rows};
	frame->article = (struct area){0};
}

void frame_place(struct frame *frame, const struct wish *wish)
{
	*frame = (struct frame){.columns = wish->columns, .rows = wish->rows};
	place_rows(frame, wish->zen);
	frame->right = frame->columns - right_margin(frame->columns);
	frame->left = left_margin(frame->columns);
	if (frame->columns >= FRAME_WIDE) {
		frame->width_class = WIDTH_WIDE;
		place_wide(frame, wish);
	} else if (frame->columns >= MIDDLE_COLUMNS) {
		frame->width_class = WIDTH_MIDDLE;
		place_middle(frame, wish);
	} else {
		frame->width_class = WIDTH_NARROW;
		place_narrow(frame, wish);
	}
	if (frame->width_class != WIDTH_NARROW)
		frame->left = frame->text.column;
}
