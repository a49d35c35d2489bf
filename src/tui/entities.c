/* The entities pane: who and what is in the article, by kind.
 *
 * A group has its title and, while it is open, its entities, of which as many are seen as there is
 * room for; a last row says how many more there are. Which ones are seen is settled before drawing:
 * room goes to the groups in their order, but each later one that is open keeps two rows, and a
 * group that is cut moves its part along with the cursor. Titles of open groups are passed over by
 * the cursor; of a folded group, its title is all there is to stand on. Where titles alone would
 * take more than half of the room, the later ones make place, the list scrolls as a whole, and its
 * last row says how many groups are below.
 */
#include "tui/app.h"
#include "tui/commands.h"

#include <stdlib.h>

#define ROWS_LEAST 2 /* of an open group: an entity, and how many more */
#define NAME_COLUMN 3
#define COUNT_COLUMNS 4

struct entity_group *entity_group_of(const struct reading *reading, size_t group)
{
	return &reading->entities.groups[reading->index.groups[group].kind];
}

/* What the user does to a group holds for all generations. */
static void set_folded(const struct reading *reading, size_t group, bool folded)
{
	struct entity_group *part = entity_group_of(reading, group);
	part->folded = folded;
	part->chosen = true;
}

/* ---- What is in view -------------------------------------------------------------------- */

static uint32_t least_rows(const struct reading *reading, size_t group)
{
	uint32_t count = reading->index.groups[group].count;
	if (entity_group_of(reading, group)->folded)
		return 0;
	return count < ROWS_LEAST ? count : ROWS_LEAST;
}

/* The part of a group that is seen holds the chosen entity. */
static void settle_part(struct reading *reading, size_t group)
{
	struct entity_group *part = entity_group_of(reading, group);
	uint32_t count = reading->index.groups[group].count;
	if (reading->entity != NO_ENTITY) {
		struct group_place at = index_place(&reading->index, reading->entity);
		if (at.group == group && at.place < part->first)
			part->first = at.place;
		if (at.group == group && at.place >= part->first + part->seen)
			part->first = at.place - part->seen + (part->seen > 0);
	}
	if (part->first + part->seen > count)
		part->first = count - part->seen;
}

/* Gives a group rows and returns how many it took. */
static uint32_t settle_group(struct reading *reading, size_t group, uint32_t rows)
{
	struct entity_group *part = entity_group_of(reading, group);
	uint32_t count = reading->index.groups[group].count;
	if (part->folded)
		return part->seen = 0;
	part->seen = count;
	if (count > rows)
		part->seen = rows > 1 ? rows - 1 : 1;
	settle_part(reading, group);
	return part->seen + (part->seen < count);
}

static uint32_t group_rows(const struct reading *reading, size_t group)
{
	const struct entity_group *part = entity_group_of(reading, group);
	bool more = !part->folded && part->seen < reading->index.groups[group].count;
	return 1 + part->seen + more;
}

static size_t all_rows(const struct reading *reading)
{
	size_t rows = 0;
	for (size_t g = 0; g < reading->index.group_count; g++)
		rows += group_rows(reading, g);
	return rows;
}

/* Rows that entities and titles may take: the last one tells of groups below, where there are. */
static size_t list_height(const struct reading *reading, size_t height)
{
	return all_rows(reading) > height && height > ROWS_LEAST ? height - 1 : height;
}

/* Where the titles have no room, the list scrolls as a whole. */
static void settle_top(struct reading *reading, size_t height)
{
	struct entity_list *list = &reading->entities;
	size_t row = 0, cursor = 0;
	struct group_place at = {list->group, 0};
	if (!list->on_group && reading->entity != NO_ENTITY)
		at = index_place(&reading->index, reading->entity);
	for (size_t g = 0; g < reading->index.group_count; g++) {
		if (g == at.group)
			cursor =
				row + (list->on_group ? 0
						      : 1 + at.place -
								entity_group_of(reading, g)->first);
		row += group_rows(reading, g);
	}
	if (list->top + height < cursor + 1)
		list->top = cursor + 1 - height;
	if (list->top > cursor)
		list->top = cursor;
	if (list->top + height > row)
		list->top = row > height ? row - height : 0;
}

void entities_settle(struct reader *reader)
{
	struct reading *reading = reader_reading(reader);
	int height = reader->frame.lists[PANE_ENTITIES].rows - 1;
	size_t groups = reading->index.group_count;
	if (!reading->annotated || height < 1)
		return;
	size_t titles = groups < (size_t)height / 2 ? groups : (size_t)height / 2;
	uint32_t room = (uint32_t)((size_t)height - titles);
	uint32_t later = 0;
	for (size_t g = 0; g < groups; g++)
		later += least_rows(reading, g);
	for (size_t g = 0; g < groups; g++) {
		later -= least_rows(reading, g);
		uint32_t took = settle_group(reading, g, room > later ? room - later : 0);
		room = room > took ? room - took : 0;
	}
	settle_top(reading, list_height(reading, (size_t)height));
}

/* ---- Drawing ---------------------------------------------------------------------------- */

struct entity_drawing {
	const struct reader *reader;
	const struct reading *reading;
	const struct canvas *canvas;
	int row, last; /* the next row's, and the first that is below the view */
};

/* The row to draw on, or -1 where it is out of view. */
static int take_row(struct entity_drawing *at)
{
	int row = at->row++;
	return row >= 1 && row < at->last ? row : -1;
}

static void put_count(const struct canvas *canvas, int row, size_t count, style_id style)
{
	struct buffer text = {0};
	buffer_format(&text, "%zu", count);
	canvas_put_right(
		canvas, (struct spot){canvas->columns - 1, row}, buffer_slice(&text), style);
	buffer_release(&text);
}

static style_id selected_look(const struct reader *reader, enum pane pane)
{
	bool focused = reader_pane(reader) == pane;
	return reader->look[focused ? LOOK_SELECTED : LOOK_SELECTED_INACTIVE];
}

const char *const histogram_bars[] = {"\u2581", "\u2582", "\u2583", "\u2584", "\u2585", "\u2586"};

static void draw_histogram(
	const struct entity_drawing *at, struct area area, uint32_t entity, bool chosen)
{
	unsigned heights[HISTOGRAM_BINS];
	index_histogram(&at->reading->index, entity, heights, (unsigned)area.columns);
	for (int i = 0; i < area.columns; i++) {
		enum look_name look = chosen ? LOOK_HISTOGRAM_SELECTED : LOOK_HISTOGRAM;
		if (heights[i] == 0)
			look = LOOK_HISTOGRAM_TRACK;
		canvas_tile(at->canvas, (struct area){area.column + i, area.row, 1, 1},
			histogram_bars[heights[i]], at->reader->look[look]);
	}
}

/* A narrow list shows fifths of the text, a very narrow one nothing. */
static int histogram_cells(int columns)
{
	if (columns >= 36)
		return HISTOGRAM_BINS;
	return columns >= 30 ? HISTOGRAM_BINS / 2 : 0;
}

static void draw_entity(struct entity_drawing *at, uint32_t entity)
{
	const struct reader *reader = at->reader;
	const struct canvas *canvas = at->canvas;
	const struct entity *what = &at->reading->index.found->entities[entity];
	bool chosen = at->reading->entity == entity && !at->reading->entities.on_group;
	int row = take_row(at), right = canvas->columns - 1 - COUNT_COLUMNS;
	style_id name = style_named(reader->styles, reader->packs->kinds[what->kind].style);
	if (row < 0)
		return;
	if (chosen) {
		canvas_tint(canvas, (struct area){0, row, canvas->columns, 1},
			selected_look(reader, PANE_ENTITIES));
		name = style_compose(reader->styles, reader->look[LOOK_SELECTED_NAME], name);
	}
	int cells = histogram_cells(canvas->columns);
	right -= cells;
	if (cells > 0)
		draw_histogram(at, (struct area){right, row, cells, 1}, entity, chosen);
	canvas_put_within(canvas, (struct area){NAME_COLUMN, row, right - 1 - NAME_COLUMN, 1},
		what->name, name);
	put_count(canvas, row, what->mention_count, chosen ? STYLE_TEXT : reader->look[LOOK_COUNT]);
}

static void draw_more(struct entity_drawing *at, uint32_t more)
{
	int row = take_row(at);
	struct buffer text = {0};
	buffer_format(&text, "%u more", more);
	if (row >= 0)
		canvas_put(at->canvas, (struct spot){NAME_COLUMN, row}, buffer_slice(&text),
			at->reader->look[LOOK_GROUP]);
	buffer_release(&text);
}

static void draw_group_title(struct entity_drawing *at, size_t group)
{
	const struct reader *reader = at->reader;
	const struct canvas *canvas = at->canvas;
	const struct group *what = &at->reading->index.groups[group];
	const struct entity_list *list = &at->reading->entities;
	int row = take_row(at);
	struct buffer count = {0};
	if (row < 0)
		return;
	if (list->on_group && list->group == group)
		canvas_tint(canvas, (struct area){0, row, canvas->columns, 1},
			selected_look(reader, PANE_ENTITIES));
	style_id style = reader->look[LOOK_GROUP];
	canvas_text(canvas, (struct spot){1, row},
		entity_group_of(at->reading, group)->folded ? "\u25B8" : "\u25BE", style);
	int end = canvas_put_within(canvas,
		(struct area){NAME_COLUMN, row, canvas->columns - 8 - NAME_COLUMN, 1},
		slice_of(reader->packs->kinds[what->kind].label), style);
	buffer_format(&count, "%u", what->count);
	canvas_put(canvas, (struct spot){end + 2, row}, buffer_slice(&count),
		reader->look[LOOK_COUNT]);
	buffer_release(&count);
}

static void draw_below(struct entity_drawing *at, size_t groups)
{
	struct buffer text = {0};
	buffer_format(&text, "%zu more group%s", groups, groups == 1 ? "" : "s");
	canvas_put(at->canvas, (struct spot){1, at->last}, buffer_slice(&text),
		at->reader->look[LOOK_GROUP]);
	buffer_release(&text);
}

static void draw_group(struct entity_drawing *at, size_t group)
{
	const struct entity_group *part = entity_group_of(at->reading, group);
	const struct group *what = &at->reading->index.groups[group];
	draw_group_title(at, group);
	for (uint32_t i = 0; i < part->seen; i++)
		draw_entity(at, what->entities[part->first + i]);
	if (!part->folded && part->seen < what->count)
		draw_more(at, what->count - part->seen);
}

void list_title_draw(
	const struct reader *reader, const struct canvas *canvas, const struct list_title *title)
{
	bool focused = reader->focus == title->pane && reader->over == PANE_ARTICLE;
	struct buffer text = {0};
	int end = canvas_text(canvas, (struct spot){1, 0}, title->name,
		reader->look[focused ? LOOK_LIST_TITLE_FOCUSED : LOOK_LIST_TITLE]);
	if (!reader_reading(reader)->annotated)
		return;
	buffer_format(&text, "%zu", title->count);
	end = canvas_put(
		canvas, (struct spot){end + 2, 0}, buffer_slice(&text), reader->look[LOOK_COUNT]);
	text.length = 0;
	buffer_format(&text, "%zu %s%s", title->total, title->of, title->total == 1 ? "" : "s");
	if (end + 2 + (int)text.length < canvas->columns)
		canvas_put_right(canvas, (struct spot){canvas->columns - 1, 0}, buffer_slice(&text),
			reader->look[LOOK_COUNT]);
	buffer_release(&text);
}

void entities_draw(struct reader *reader, const struct canvas *canvas)
{
	const struct reading *reading = reader_reading(reader);
	const struct annotations *found = reading->index.found;
	struct entity_drawing at = {reader, reading, canvas, 1, canvas->rows};
	struct list_title title = {.pane = PANE_ENTITIES, .name = "Entities", .of = "mention"};
	size_t below = 0;
	if (reading->annotated) {
		title.count = found->entity_count;
		title.total = found->mention_count;
	}
	list_title_draw(reader, canvas, &title);
	if (!reading->annotated)
		return;
	at.row -= (int)reading->entities.top;
	at.last = 1 + (int)list_height(reading, (size_t)(canvas->rows > 1 ? canvas->rows - 1 : 0));
	for (size_t g = 0; g < reading->index.group_count; g++) {
		below += at.row >= at.last;
		draw_group(&at, g);
	}
	if (at.last < canvas->rows && below > 0)
		draw_below(&at, below);
}

/* ---- Choosing --------------------------------------------------------------------------- */

void entities_choose(struct reader *reader, uint32_t entity)
{
	struct reading *reading = reader_reading(reader);
	reading->entity = entity;
	reading->entities.on_group = false;
	reading->entities.group = index_place(&reading->index, entity).group;
	set_folded(reading, reading->entities.group, false);
}

/* Where the cursor can stand: an entity, or the title of a folded group. */
struct stop {
	uint32_t group, place;
};

static struct stop stop_now(const struct reading *reading)
{
	const struct entity_list *list = &reading->entities;
	if (list->on_group || reading->entity == NO_ENTITY)
		return (struct stop){list->group, 0};
	struct group_place at = index_place(&reading->index, reading->entity);
	return (struct stop){at.group, at.place};
}

static uint32_t last_place(const struct reading *reading, uint32_t group)
{
	return entity_group_of(reading, group)->folded ? 0 : reading->index.groups[group].count - 1;
}

/* False at the list's end. */
static bool stop_step(const struct reading *reading, struct stop *stop, bool on)
{
	if (on && stop->place < last_place(reading, stop->group))
		stop->place++;
	else if (!on && stop->place > 0)
		stop->place--;
	else if (on && stop->group + 1 < reading->index.group_count)
		*stop = (struct stop){stop->group + 1, 0};
	else if (!on && stop->group > 0)
		*stop = (struct stop){stop->group - 1, last_place(reading, stop->group - 1)};
	else
		return false;
	return true;
}

/* The article follows to the entity's first mention. */
static void stop_at(struct reader *reader, struct stop stop)
{
	struct reading *reading = reader_reading(reader);
	struct entity_list *list = &reading->entities;
	if (entity_group_of(reading, stop.group)->folded) {
		list->on_group = true;
		list->group = stop.group;
		return;
	}
	uint32_t entity = reading->index.groups[stop.group].entities[stop.place];
	const struct annotations *found = reading->index.found;
	walk_mentions(reader);
	walk_to_mention(reader, found->by_entity[found->entities[entity].first_mention]);
}

static bool has_entities(const struct reading *reading)
{
	return reading->annotated && reading->index.group_count > 0;
}

void entities_move(struct reader *reader, long steps)
{
	struct reading *reading = reader_reading(reader);
	if (!has_entities(reading))
		return;
	struct stop stop = stop_now(reading);
	bool fresh = reading->entity == NO_ENTITY && !reading->entities.on_group;
	for (long i = fresh && steps > 0; i < (steps < 0 ? -steps : steps); i++)
		if (!stop_step(reading, &stop, steps > 0))
			break;
	stop_at(reader, stop);
}

void entities_to_end(struct reader *reader, bool last)
{
	struct reading *reading = reader_reading(reader);
	if (!has_entities(reading))
		return;
	uint32_t group = last ? (uint32_t)reading->index.group_count - 1 : 0;
	stop_at(reader, (struct stop){group, last ? last_place(reading, group) : 0});
}

COMMAND(fold_group)
{
	(void)call;
	struct reading *reading = reader_reading(reader);
	struct entity_list *list = &reading->entities;
	if (!has_entities(reading))
		return;
	list->group = stop_now(reading).group;
	set_folded(reading, list->group, true);
	list->on_group = true;
}

COMMAND(unfold_group)
{
	(void)call;
	struct reading *reading = reader_reading(reader);
	if (!has_entities(reading) || !reading->entities.on_group)
		return;
	set_folded(reading, reading->entities.group, false);
	stop_at(reader, (struct stop){reading->entities.group, 0});
}
