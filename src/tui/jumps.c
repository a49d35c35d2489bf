/* The list of jumps, and the commands that go along it; see jumps.h.
 *
 * As in vi's children: a jump puts the place it began at the end of the list; the first step back
 * puts the present place there as well, so that one can come forward to it again.
 */
#include "tui/app.h"
#include "tui/commands.h"

#include <string.h>

/* Scrolled a little or not, it is the same place. */
static bool is_same(const struct jump *a, const struct jump *b)
{
	return a->reading == b->reading && a->stand.point == b->stand.point &&
	       a->stand.top == b->stand.top;
}

static void remove_jump(struct jumps *jumps, size_t i)
{
	jumps->count--;
	memmove(jumps->items + i, jumps->items + i + 1, (jumps->count - i) * sizeof(struct jump));
}

/* A place stands in the list once, where it was left last. */
static void append(struct jumps *jumps, const struct jump *jump)
{
	for (size_t i = 0; i < jumps->count; i++)
		if (is_same(&jumps->items[i], jump))
			remove_jump(jumps, i);
	if (jumps->count == JUMPS_MOST)
		remove_jump(jumps, 0);
	jumps->items[jumps->count++] = *jump;
}

void jumps_add(struct jumps *jumps, const struct jump *from)
{
	jumps->before = *from;
	jumps->any = true;
	append(jumps, from);
	jumps->at = jumps->count;
}

const struct jump *jumps_back(struct jumps *jumps, const struct jump *here, size_t count)
{
	if (jumps->at == jumps->count && jumps->count > 0) {
		append(jumps, here);
		jumps->at = jumps->count - 1;
	}
	if (count > jumps->at)
		return NULL;
	jumps->at -= count;
	return &jumps->items[jumps->at];
}

const struct jump *jumps_forward(struct jumps *jumps, size_t count)
{
	if (jumps->at >= jumps->count || count >= jumps->count - jumps->at)
		return NULL;
	jumps->at += count;
	return &jumps->items[jumps->at];
}

/* ---- Commands --------------------------------------------------------------------------- */

struct jump reader_place(const struct reader *reader)
{
	return (struct jump){
		.reading = reader->current,
		.stand = article_stand(&reader_reading(reader)->article),
	};
}

void reader_left(struct reader *reader, const struct jump *from)
{
	struct jump here = reader_place(reader);
	if (!is_same(from, &here))
		jumps_add(&reader->jumps, from);
}

void reader_return(struct reader *reader, const struct jump *to)
{
	struct jump place = *to; /* which may be in the list that changes */
	reader_focus(reader, PANE_ARTICLE);
	if (place.reading != reader->current)
		reader_show_reading(reader, place.reading);
	reader_settle(reader);
	article_restore(&reader_reading(reader)->article, &place.stand);
}

COMMAND(jump_back)
{
	struct jump here = reader_place(reader);
	const struct jump *to = jumps_back(&reader->jumps, &here, call_steps(call));
	if (to == NULL)
		reader_say(reader, "there is no jump before this");
	else
		reader_return(reader, to);
}

COMMAND(jump_forward)
{
	const struct jump *to = jumps_forward(&reader->jumps, call_steps(call));
	if (to == NULL)
		reader_say(reader, "there is no jump after this");
	else
		reader_return(reader, to);
}
