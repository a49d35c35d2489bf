/* How the page is set: the measure, how wide the lists are, and nothing but the text. */
#include "tui/app.h"
#include "tui/commands.h"

#define MEASURE_LEAST 20
#define MEASURE_MOST 1000
#define STEP 2 /* columns */

static void set_measure(struct reader *reader, long columns)
{
	if (columns < MEASURE_LEAST)
		columns = MEASURE_LEAST;
	reader->measure = columns < MEASURE_MOST ? (unsigned)columns : MEASURE_MOST;
	reader_settle(reader);
	int room = reader->frame.text.columns;
	if (!area_is_empty(reader->frame.text) && room < (int)reader->measure)
		reader_say(reader, "measure %u, of which %d have room", reader->measure, room);
	else
		reader_say(reader, "measure %u", reader->measure);
}

/* A measure that has no room shows no change; so it begins with what is seen. */
COMMAND(narrow_measure)
{
	int seen = reader->frame.text.columns;
	long from = seen > 0 && seen < (int)reader->measure ? seen : (long)reader->measure;
	set_measure(reader, from - STEP * (long)call_steps(call));
}

COMMAND(widen_measure)
{
	set_measure(reader, (long)reader->measure + STEP * (long)call_steps(call));
}

COMMAND(reset_measure)
{
	set_measure(reader, call->counted ? (long)call_steps(call) : (long)reader->first_measure);
}

/* ---- Lists ------------------------------------------------------------------------------ */

/* Only what has room is kept, so that the way back is as long as the way there. */
static void resize_lists(struct reader *reader, long columns)
{
	if (reader->frame.lists_columns == 0) {
		reader_say(reader, "no list stands beside the article");
		return;
	}
	reader->lists_wider += (int)columns;
	reader_settle(reader);
	reader->lists_wider = reader->frame.lists_columns - reader->frame.lists_usual;
	reader_say(reader, "lists %d columns", reader->frame.lists_columns);
}

COMMAND(widen_lists)
{
	resize_lists(reader, STEP * (long)call_steps(call));
}

COMMAND(narrow_lists)
{
	resize_lists(reader, -STEP * (long)call_steps(call));
}

/* ---- Nothing but the text --------------------------------------------------------------- */

COMMAND(toggle_zen)
{
	(void)call;
	reader->zen = !reader->zen;
	if (reader->zen)
		reader_focus(reader, PANE_ARTICLE);
}
