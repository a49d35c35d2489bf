/* Which pane has the keys, what is open, and the way back. */
#include "tui/app.h"
#include "tui/commands.h"

/* ---- Coming and going ------------------------------------------------------------------- */

static void keep_origin(struct reading *reading)
{
	reading->origin = (struct origin){
		.kept = true,
		.stand = article_stand(&reading->article),
		.quote = reading->quote,
		.entity = reading->entity,
	};
}

void reader_focus(struct reader *reader, enum pane pane)
{
	struct reading *reading = reader_reading(reader);
	if (reader->focus == PANE_ARTICLE && pane != PANE_ARTICLE)
		keep_origin(reading);
	if (pane != PANE_ARTICLE)
		reader->zen = false;
	if (pane == PANE_ARTICLE)
		reading->origin.kept = false;
	else if (reader->frame.width_class == WIDTH_WIDE)
		reader->column[pane] = true;
	else
		reader->drawer = pane;
	reader->focus = pane;
	reader->over = PANE_ARTICLE;
}

static void restore_origin(struct reading *reading)
{
	struct origin *origin = &reading->origin;
	if (!origin->kept)
		return;
	reading->quote = origin->quote;
	reading->entity = origin->entity;
	article_restore(&reading->article, &origin->stand);
	origin->kept = false;
}

static void close_drawer(struct reader *reader)
{
	reader->drawer = PANE_ARTICLE;
	reader->focus = PANE_ARTICLE;
	reader_reading(reader)->origin.kept = false;
}

void reader_open_sheet(struct reader *reader, enum pane pane)
{
	reader->over = pane;
	reader->sheet.top = 0;
}

/* ---- Commands --------------------------------------------------------------------------- */

/* Hidden lists of the column are passed over; elsewhere each pane opens in its turn. */
static bool can_focus(const struct reader *reader, enum pane pane)
{
	return pane == PANE_ARTICLE || reader->frame.width_class != WIDTH_WIDE ||
	       reader->column[pane];
}

static void turn_pane(struct reader *reader, int step)
{
	int pane = (int)reader->focus;
	do
		pane = (pane + step) % PANE_BASE_COUNT;
	while (!can_focus(reader, (enum pane)pane));
	reader_focus(reader, (enum pane)pane);
}

COMMAND(next_pane)
{
	(void)call;
	turn_pane(reader, 1);
}

COMMAND(previous_pane)
{
	(void)call;
	turn_pane(reader, PANE_BASE_COUNT - 1);
}

enum pane base_pane_named(struct slice name)
{
	for (int i = 0; i < PANE_BASE_COUNT; i++)
		if (slice_is(name, view_table[i].name))
			return (enum pane)i;
	return PANE_COUNT;
}

COMMAND(go_to_pane)
{
	reader_focus(reader, base_pane_named(call->argument));
}

static void toggle_in_column(struct reader *reader, enum pane pane)
{
	reader->column[pane] = !reader->column[pane];
	if (reader->focus == pane)
		reader_focus(reader, PANE_ARTICLE);
}

/* In the column a list comes and goes and the keys stay; else it opens as a drawer, or alone. */
COMMAND(toggle_pane)
{
	enum pane pane = base_pane_named(call->argument);
	if (pane == PANE_ARTICLE)
		return;
	if (reader->zen) {
		reader->zen = false;
		reader->column[pane] = false; /* it opens */
		reader->drawer = PANE_ARTICLE;
	}
	if (reader->frame.width_class == WIDTH_WIDE)
		toggle_in_column(reader, pane);
	else if (reader->frame.width_class == WIDTH_NARROW)
		reader_focus(reader, reader->focus == pane ? PANE_ARTICLE : pane);
	else if (reader->drawer == pane)
		close_drawer(reader);
	else if (reader->focus == PANE_ARTICLE)
		reader->drawer = pane;
	else
		reader_focus(reader, pane);
}

COMMAND(go_there)
{
	(void)call;
	if (reader->over == PANE_BOOKMARKS) {
		bookmarks_go(reader);
		return;
	}
	const struct origin *origin = &reader_reading(reader)->origin;
	struct jump from = {.reading = reader->current, .stand = origin->stand};
	if (origin->kept)
		reader_left(reader, &from);
	reader_focus(reader, PANE_ARTICLE);
}

static void clear_chosen(struct reader *reader)
{
	struct reading *reading = reader_reading(reader);
	if (reading->search.pattern != NULL) {
		search_clear(&reading->search);
		return;
	}
	reading->quote = NO_QUOTE;
	reading->entity = NO_ENTITY;
	reading->walk = reading->shown = reading->step.walk = NULL;
}

COMMAND(go_back)
{
	(void)call;
	if (reader->over != PANE_ARTICLE) {
		reader->over = PANE_ARTICLE;
	} else if (reader->focus != PANE_ARTICLE) {
		restore_origin(reader_reading(reader));
		close_drawer(reader);
	} else {
		clear_chosen(reader);
	}
}

bool closing_quits(const struct reader *reader)
{
	bool wide = reader->frame.width_class == WIDTH_WIDE;
	return reader->over == PANE_ARTICLE && (wide || reader->drawer == PANE_ARTICLE);
}

COMMAND(close_top)
{
	(void)call;
	if (reader->over != PANE_ARTICLE)
		reader->over = PANE_ARTICLE;
	else if (!closing_quits(reader))
		close_drawer(reader);
	else
		reader->quit = true;
}
