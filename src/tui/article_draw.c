/* Drawing the article: rows of runs, the chosen quote's bar, markers of list items.
 *
 * Styles are put together here, at the last moment, from the layers that the index keeps and from
 * what is chosen and found now; where a card lies over the article, it is dimmed and plain.
 */
#include "tui/app.h"

#define QUOTE_BAR "\u258F"
#define QUOTATION_BAR "\u2502"

/* The layers of one frame: the index's, and those made for what is in view. */
struct painting {
	struct reader *reader;
	struct overlay lit, now, hits;
	const struct overlay *layers[INDEX_LAYERS + 3];
	size_t layer_count;
	struct runs runs;
};

/* ---- What is chosen and found ----------------------------------------------------------- */

static bool spans_meet(struct span a, struct span b)
{
	return a.start < b.end && b.start < a.end;
}

static void light_quote(struct painting *painting, struct span view)
{
	const struct reader *reader = painting->reader;
	const struct reading *reading = reader_reading(reader);
	if (reading->quote == NO_QUOTE)
		return;
	const struct quote *quote = &reading->index.found->quotes[reading->quote];
	for (uint32_t i = 0; i < quote->segment_count; i++) {
		struct span segment = index_segment(&reading->index, quote->first_segment + i);
		if (spans_meet(segment, view))
			overlay_add(&painting->lit, segment, reader->look[LOOK_QUOTE_CHOSEN]);
	}
	if (quote->speaker.start != NOWHERE)
		overlay_add(&painting->now, quote->speaker, reader->look[LOOK_QUOTE_SPEAKER]);
}

static bool is_speaker(const struct reading *reading, struct span span)
{
	if (reading->quote == NO_QUOTE)
		return false;
	struct span speaker = reading->index.found->quotes[reading->quote].speaker;
	return speaker.start != NOWHERE && spans_meet(speaker, span);
}

/* Mentions of the chosen entity in view, that at the point above all. */
static void light_mentions(struct painting *painting, struct span view)
{
	const struct reader *reader = painting->reader;
	const struct reading *reading = reader_reading(reader);
	const struct index *index = &reading->index;
	if (reading->entity == NO_ENTITY)
		return;
	for (size_t i = index_mention_from(index, view.start); i < index->found->mention_count;
		i++) {
		const struct mention *mention = &index->found->mentions[i];
		if (mention->span.start >= view.end)
			return;
		bool here =
			reading->article.landed && mention->span.start == reading->article.point;
		if (mention->entity == reading->entity && !is_speaker(reading, mention->span))
			overlay_add(&painting->now, mention->span,
				reader->look[here ? LOOK_MENTION_CURRENT : LOOK_MENTION_CHOSEN]);
	}
}

static void light_hits(struct painting *painting, struct span view)
{
	const struct reader *reader = painting->reader;
	struct reading *reading = reader_reading(reader);
	struct spans found = {0};
	if (reading->search.pattern == NULL)
		return;
	search_in(&reading->search, reading->document, view, &found);
	for (size_t i = 0; i < found.count; i++) {
		bool here = found.items[i].start == reading->search.hit.start;
		overlay_add(&painting->hits, found.items[i],
			reader->look[here ? LOOK_MATCH_CURRENT : LOOK_MATCH]);
	}
	spans_release(&found);
}

static void painting_begin(struct painting *painting, struct reader *reader, struct span view)
{
	struct index *index = &reader_reading(reader)->index;
	*painting = (struct painting){.reader = reader};
	if (reader_reading(reader)->annotated) {
		light_quote(painting, view);
		light_mentions(painting, view);
	}
	light_hits(painting, view);
	overlay_sort(&painting->lit);
	overlay_sort(&painting->now);
	overlay_sort(&painting->hits);
	const struct overlay *layers[] = {&index->layers[LAYER_STRUCTURE],
		&index->layers[LAYER_QUOTE], &painting->lit, &index->layers[LAYER_ENTITY],
		&index->layers[LAYER_USER], &painting->now, &painting->hits};
	for (size_t i = 0; i < sizeof layers / sizeof *layers; i++)
		painting->layers[painting->layer_count++] = layers[i];
}

static void painting_end(struct painting *painting)
{
	overlay_release(&painting->lit);
	overlay_release(&painting->now);
	overlay_release(&painting->hits);
	runs_release(&painting->runs);
}

static void paint_runs(
	struct painting *painting, struct span span, style_id base, struct runs *into)
{
	struct layering layering = {
		.layers = painting->layers,
		.count = painting->layer_count,
		.styles = painting->reader->styles,
		.base = base,
	};
	runs_of(&layering, span, into);
}

void article_runs(struct reader *reader, struct span span, style_id base, struct runs *into)
{
	struct painting painting;
	painting_begin(&painting, reader, span);
	paint_runs(&painting, span, base, into);
	painting_end(&painting);
}

/* ---- Rows ------------------------------------------------------------------------------- */

static style_id block_style(const struct reader *reader, const struct block *block)
{
	if (reader->over != PANE_ARTICLE)
		return reader->look[LOOK_DIMMED];
	if (block->kind == BLOCK_HEADING && block->level >= 1 && block->level <= 6)
		return reader->look[LOOK_HEADING_1 + block->level - 1];
	return block->kind == BLOCK_CODE ? reader->look[LOOK_CODE] : STYLE_TEXT;
}

/* What hangs left of a row: an item's marker on its first row, the bars of a quotation. */
static void draw_marker(const struct painting *painting, const struct canvas *canvas,
	const struct block *block, struct area at)
{
	const struct reader *reader = painting->reader;
	style_id style = reader->look[LOOK_MUTED];
	struct slice marker = slice_trim(slice_cut(document_text(reader_reading(reader)->document),
		block->extent.start, block->body.start));
	if (block->kind == BLOCK_QUOTATION) {
		canvas_tile(canvas, (struct area){at.column, at.row, 1, 1}, QUOTATION_BAR, style);
	} else if (block->kind == BLOCK_ITEM && at.rows == 0) {
		int width = (int)text_width(marker, reader->policy);
		int column = at.column + at.columns - 1 - width;
		if (width < at.columns)
			canvas_put(canvas, (struct spot){column, at.row}, marker, style);
	}
}

static void draw_row(
	struct painting *painting, const struct canvas *canvas, int at_row, const struct line *line)
{
	struct reader *reader = painting->reader;
	struct reading *reading = reader_reading(reader);
	const struct block block = document_block(reading->document, line->block);
	struct row row = flow_row(&reading->article.flow, line);
	struct span span = {row.start, row.end};
	int left = reader->frame.text.column - reader->frame.article.column;
	struct spot at = {left + row.indent, at_row};
	if (row.indent > 0) {
		bool first = line->row == 0 && line->piece == block.body.start;
		draw_marker(
			painting, canvas, &block, (struct area){left, at_row, row.indent, !first});
	}
	paint_runs(painting, span, block_style(reader, &block), &painting->runs);
	for (size_t i = 0; i < painting->runs.count; i++)
		at.column =
			canvas_put(canvas, at, reading_text(reading, painting->runs.items[i].span),
				painting->runs.items[i].style);
}

/* The bar stands beside all rows from the first segment to the last. */
static void draw_bar(
	const struct reader *reader, const struct canvas *canvas, int row, struct span span)
{
	const struct reading *reading = reader_reading(reader);
	int bar = reader->frame.bar - reader->frame.article.column;
	if (reading->quote == NO_QUOTE || reader->frame.bar < 0)
		return;
	if (spans_meet(reading->index.sayings[reading->quote].extent, span))
		canvas_tile(canvas, (struct area){bar, row, 1, 1}, QUOTE_BAR,
			reader->look[LOOK_QUOTE_BAR]);
}

static void draw_empty(const struct reader *reader, const struct canvas *canvas)
{
	struct spot at = {reader->frame.text.column - reader->frame.article.column, 0};
	if (document_is_whole(reader_reading(reader)->document))
		canvas_text(canvas, at, "This file is empty.", reader->look[LOOK_MUTED]);
}

void article_draw(struct reader *reader, const struct canvas *canvas)
{
	struct article *article = &reader_reading(reader)->article;
	if (article_is_empty(article)) {
		draw_empty(reader, canvas);
		return;
	}
	struct painting painting;
	struct line line = article->top;
	bool more = true;
	painting_begin(&painting, reader, article_view(article));
	if (reader->over != PANE_ARTICLE)
		painting.layer_count = 0;
	for (int row = 0; row < canvas->rows && more; row++) {
		struct row text = flow_row(&article->flow, &line);
		if (!line.gap)
			draw_row(&painting, canvas, row, &line);
		if (reader->over == PANE_ARTICLE)
			draw_bar(reader, canvas, row, (struct span){text.start, text.end});
		more = flow_next(&article->flow, &line);
	}
	painting_end(&painting);
}
