/* Moving by rows and pages, and to ends and shares of the text. */
#include "tui/app.h"
#include "tui/commands.h"

/* ---- In any pane ------------------------------------------------------------------------ */

static void scroll(struct reader *reader, const struct call *call, long rows)
{
	const struct view *view = reader_view(reader);
	view->scroll(reader, rows * (long)call_steps(call));
}

static long page(const struct reader *reader)
{
	int height = reader_view(reader)->height(reader);
	return height > 1 ? height : 1;
}

COMMAND(go_down)
{
	scroll(reader, call, 1);
}

COMMAND(go_up)
{
	scroll(reader, call, -1);
}

/* A row of the page before stays in view where there is room for it. */
COMMAND(go_page_down)
{
	long rows = page(reader);
	scroll(reader, call, rows > 4 ? rows - 1 : rows);
}

COMMAND(go_page_up)
{
	long rows = page(reader);
	scroll(reader, call, rows > 4 ? 1 - rows : -rows);
}

COMMAND(go_half_down)
{
	scroll(reader, call, (page(reader) + 1) / 2);
}

COMMAND(go_half_up)
{
	scroll(reader, call, -(page(reader) + 1) / 2);
}

/* ---- Sideways -------------------------------------------------------------------------- */

#define SHIFT_COLUMNS 8

static void shift(struct reader *reader, const struct call *call, int way)
{
	long columns = call->counted ? (long)call->count : SHIFT_COLUMNS;
	if (!article_shift(&reader_reading(reader)->article, way * columns))
		reader_say(reader, "nothing more is to be seen on that side");
}

COMMAND(go_left)
{
	shift(reader, call, -1);
}

COMMAND(go_right)
{
	shift(reader, call, 1);
}

/* ---- In the article --------------------------------------------------------------------- */

/* To an end, or with a count to that paragraph, entry or line, from 1. */
static void go_to(struct reader *reader, const struct call *call, bool last)
{
	const struct view *view = reader_view(reader);
	if (call->counted && reader_pane(reader) == PANE_ARTICLE) {
		reader_go_to_paragraph(reader, call->count);
		return;
	}
	view->to_end(reader, last && !call->counted);
	if (call->counted)
		view->scroll(reader, (long)call_steps(call) - 1);
}

COMMAND(go_first)
{
	go_to(reader, call, false);
}

COMMAND(go_last)
{
	go_to(reader, call, true);
}

COMMAND(go_percent)
{
	struct reading *reading = reader_reading(reader);
	size_t percent = call->counted && call->count < 100 ? call->count : 100;
	size_t goal = (size_t)((double)reading_bytes(reading) * (double)percent / 100);
	if (!call->counted) {
		reader_say(reader, "type a number first: 50%%");
		return;
	}
	article_begin_at(&reading->article, goal);
	if (goal > document_text(reading->document).length)
		reader_head_for(reader, goal);
}
