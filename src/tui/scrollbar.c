/* The scroll bar: the whole of the article, what of it is in view, and ticks.
 *
 * Each row stands for an equal share of the bytes. Mentions of the chosen entity are ticks to its
 * left, hits of a search to its right; what the last jump landed on has the accent. Whether a row
 * has a tick is asked of sorted arrays, so that its cost depends on the rows alone.
 */
#include "tui/app.h"

enum tick { TICK_LEFT = 1, TICK_RIGHT = 2, TICK_NOW = 4 };

struct bar {
	const struct reader *reader;
	const struct reading *reading;
	size_t bytes;     /* of the article */
	struct span view; /* rows that stand for what is in view */
	int rows;
};

/* The bytes that a row stands for. */
static struct span row_bytes(const struct bar *bar, int row)
{
	double share = (double)bar->bytes / bar->rows;
	return (struct span){
		(size_t)(share * row),
		row + 1 < bar->rows ? (size_t)(share * (row + 1)) : bar->bytes,
	};
}

static bool mention_between(const struct bar *bar, size_t start, size_t end)
{
	const struct index *index = &bar->reading->index;
	uint32_t entity = bar->reading->entity;
	uint32_t low = 0, high = index->found->entities[entity].mention_count, count = high;
	while (low < high) {
		uint32_t middle = (low + high) / 2;
		if (index_mention_of(index, entity, middle).span.start >= start)
			high = middle;
		else
			low = middle + 1;
	}
	return low < count && index_mention_of(index, entity, low).span.start < end;
}

/* Mentions inside the chosen quote, its speaker above all, have the quote's own tick. */
static bool has_mention(const struct bar *bar, struct span bytes)
{
	const struct reading *reading = bar->reading;
	struct span chosen = {bytes.end, bytes.end};
	if (reading->entity == NO_ENTITY)
		return false;
	if (reading->quote != NO_QUOTE)
		chosen = index_extent(&reading->index, reading->quote);
	size_t before = chosen.start < bytes.end ? chosen.start : bytes.end;
	size_t after = chosen.end > bytes.start ? chosen.end : bytes.start;
	return mention_between(bar, bytes.start, before) || mention_between(bar, after, bytes.end);
}

static bool holds(struct span span, size_t offset)
{
	return span.start <= offset && offset < span.end;
}

static int row_ticks(const struct bar *bar, int row)
{
	const struct reading *reading = bar->reading;
	struct span bytes = row_bytes(bar, row);
	size_t point = reading->article.point;
	int ticks = 0;
	bool chosen = reading->quote != NO_QUOTE &&
		      holds(bytes, index_extent(&reading->index, reading->quote).start);
	if (chosen || has_mention(bar, bytes))
		ticks |= TICK_LEFT;
	if (search_any(&bar->reading->search, bytes))
		ticks |= TICK_RIGHT;
	if (chosen || (ticks && reading->article.landed && holds(bytes, point)))
		ticks |= TICK_NOW;
	return ticks;
}

static enum look_name tick_look(int ticks, bool in_view)
{
	if (ticks & TICK_NOW)
		return LOOK_TICK;
	if (ticks & TICK_LEFT)
		return LOOK_MENTION_TICK;
	if (ticks & TICK_RIGHT)
		return LOOK_HIT_TICK;
	return in_view ? LOOK_THUMB : LOOK_TRACK;
}

static struct bar bar_of(const struct reader *reader)
{
	struct reading *reading = reader_reading(reader);
	struct bar bar = {
		.reader = reader,
		.reading = reading,
		.bytes = reading_bytes(reading),
		.rows = reader->frame.article.rows,
	};
	if (article_is_empty(&reading->article) || bar.rows < 1)
		return bar;
	struct span whole = article_whole(&reading->article);
	struct span view = article_view(&reading->article);
	if (view.start == whole.start && view.end == whole.end)
		return bar;
	double rows_per_byte = (double)bar.rows / (double)bar.bytes;
	bar.view.start = (size_t)((double)view.start * rows_per_byte);
	size_t last = view.end > view.start ? view.end - 1 : view.start;
	bar.view.end = (size_t)((double)last * rows_per_byte) + 1;
	return bar;
}

void scrollbar_draw(struct reader *reader, const struct canvas *canvas)
{
	static const char *const thin[] = {"\u2502", "\u2524", "\u251C", "\u253C"};
	static const char *const thick[] = {"\u2503", "\u252B", "\u2523", "\u254B"};
	const struct frame *frame = &reader->frame;
	struct bar bar = bar_of(reader);
	if (frame->scroll < 0)
		return;
	for (int row = 0; row < bar.rows; row++) {
		bool in_view = (size_t)row >= bar.view.start && (size_t)row < bar.view.end;
		int ticks = row_ticks(&bar, row), shape = ticks & (TICK_LEFT | TICK_RIGHT);
		canvas_tile(canvas, (struct area){frame->scroll, frame->article.row + row, 1, 1},
			in_view ? thick[shape] : thin[shape],
			reader->look[tick_look(ticks, in_view)]);
	}
}
