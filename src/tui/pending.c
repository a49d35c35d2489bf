/* What may follow the keys that were typed: whoever began something by mistake, or has forgotten
 * how it goes on, reads it where the hints are. */
#include "tui/app.h"

#include <string.h>

#define GAP 2 /* columns */

/* The keys of a bound sequence behind the pending ones; false: it does not begin with them. */
static bool rest_of(const struct typing *typing, const struct bound *bound, struct keys *rest)
{
	const struct keys *pending = &typing->pending;
	if (bound->keys.count <= pending->count)
		return false;
	for (size_t i = 0; i < pending->count; i++)
		if (!key_equal(pending->items[i], bound->keys.items[i]))
			return false;
	*rest = (struct keys){.items = bound->keys.items + pending->count,
		.count = bound->keys.count - pending->count};
	return true;
}

/* Draws one if it has room, and returns where the next one may begin; 0: it has none. */
static int draw_one(const struct reader *reader, const struct canvas *canvas, struct area room,
	const struct bound *bound)
{
	struct keys rest;
	struct buffer keys = {0};
	struct spot at = {room.column, room.row};
	if (!rest_of(&reader->typing, bound, &rest))
		return room.column;
	keys_caption(&rest, &keys);
	int width = (int)text_width(buffer_slice(&keys), reader->policy);
	int whole = width + 1 + (int)strlen(bound->command);
	if (whole <= room.columns) {
		canvas_put(canvas, at, buffer_slice(&keys), reader->look[LOOK_KEY]);
		at.column += width + 1;
		canvas_text(canvas, at, bound->command, reader->look[LOOK_KEY_TEXT]);
	}
	buffer_release(&keys);
	return whole <= room.columns ? room.column + whole + GAP : 0;
}

bool pending_draw(const struct reader *reader, const struct canvas *canvas, int right)
{
	const struct keymap *keymap = reader->keymap;
	const struct frame *frame = &reader->frame;
	int column = frame->left, pane = (int)reader_pane(reader);
	if (reader->typing.asks != NULL) {
		canvas_put_within(canvas,
			(struct area){column, frame->status, right - GAP - column, 1},
			slice_of("a letter, a to z or A to Z"), reader->look[LOOK_KEY_TEXT]);
		return true;
	}
	if (reader->typing.pending.count == 0)
		return false;
	for (size_t i = 0; i < keymap->count && column > 0; i++) {
		struct area room = {column, frame->status, right - GAP - column, 1};
		if (keymap_holds(keymap, pane, &keymap->items[i]))
			column = draw_one(reader, canvas, room, &keymap->items[i]);
	}
	return true;
}
