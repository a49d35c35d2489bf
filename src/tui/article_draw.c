/* Drawing the article: rows of runs, the chosen quote's bar, markers of list items.
 *
 * Styles are put together here, at the last moment, from the layers that the index lays and from
 * what is chosen and found now; where a card lies over the article, it is dimmed and plain.
 */
#include "tui/app.h"
#include "tui/lettering.h"

#define QUOTE_BAR "\u258F"
#define QUOTATION_BAR "\u2502"
#define CUT_LEFT "\u2039"
#define CUT_RIGHT "\u203A"

/* The layers of one frame: the index's, and those made for what is in view. */
struct painting {
	struct reader *reader;
	struct overlay found[INDEX_LAYERS]; /* as it was annotated */
	struct overlay written, lit, now, hits;
	const struct overlay *layers[INDEX_LAYERS + 4];
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
	const struct quote quote = annotations_quote(reading->index.found, reading->quote);
	for (uint32_t i = 0; i < quote.segment_count; i++) {
		struct span segment = index_segment(&reading->index, quote.first_segment + i);
		if (spans_meet(segment, view))
			overlay_add(&painting->lit, segment, reader->look[LOOK_QUOTE_CHOSEN]);
	}
	if (quote.speaker.start != NOWHERE)
		overlay_add(&painting->now, quote.speaker, reader->look[LOOK_QUOTE_SPEAKER]);
}

static bool is_speaker(const struct reading *reading, struct span span)
{
	if (reading->quote == NO_QUOTE)
		return false;
	struct span speaker = annotations_quote(reading->index.found, reading->quote).speaker;
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
	for (size_t i = annotations_mention_from(index->found, view.start);
		i < index->found->mention_count; i++) {
		const struct mention mention = annotations_mention(index->found, i);
		if (mention.span.start >= view.end)
			return;
		bool here = reading->article.landed && mention.span.start == reading->article.point;
		if (mention.entity == reading->entity && !is_speaker(reading, mention.span))
			overlay_add(&painting->now, mention.span,
				reader->look[here ? LOOK_MENTION_CURRENT : LOOK_MENTION_CHOSEN]);
	}
}

/* A hit of nothing is seen by what stands behind it. */
static struct span lit_part(const struct reading *reading, struct span hit)
{
	struct slice text = document_text(reading->document);
	if (hit.start == hit.end && hit.start < text.length)
		hit.end += cluster_length(text, hit.start);
	return hit;
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
		overlay_add(&painting->hits, lit_part(reading, found.items[i]),
			reader->look[here ? LOOK_MATCH_CURRENT : LOOK_MATCH]);
	}
	spans_release(&found);
}

static void painting_begin(struct painting *painting, struct reader *reader, struct span view)
{
	const struct index *index = &reader_reading(reader)->index;
	*painting = (struct painting){.reader = reader};
	if (reader_reading(reader)->annotated) {
		light_quote(painting, view);
		light_mentions(painting, view);
		index_lay(index, &reader->index_styles, view, painting->found);
	}
	light_hits(painting, view);
	overlay_sort(&painting->lit);
	overlay_sort(&painting->now);
	overlay_sort(&painting->hits);
	const struct overlay *layers[] = {&painting->written, &painting->found[LAYER_STRUCTURE],
		&painting->found[LAYER_QUOTE], &painting->lit, &painting->found[LAYER_ENTITY],
		&painting->found[LAYER_USER], &painting->now, &painting->hits};
	for (size_t i = 0; i < sizeof layers / sizeof *layers; i++)
		painting->layers[painting->layer_count++] = layers[i];
}

static void painting_end(struct painting *painting)
{
	for (int i = 0; i < INDEX_LAYERS; i++)
		overlay_release(&painting->found[i]);
	overlay_release(&painting->written);
	overlay_release(&painting->lit);
	overlay_release(&painting->now);
	overlay_release(&painting->hits);
	runs_release(&painting->runs);
}

static void paint_runs(
	struct painting *painting, struct span span, style_id base, struct runs *into)
{
	const struct reader *reader = painting->reader;
	lettering_lay(reader_reading(reader)->document, reader->styles, span, &painting->written);
	struct layering layering = {
		.layers = painting->layers,
		.count = painting->layer_count,
		.styles = reader->styles,
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
	if (block->kind == BLOCK_RULE)
		return reader->look[LOOK_MUTED];
	return block->kind == BLOCK_CODE ? reader->look[LOOK_CODE] : STYLE_TEXT;
}

/* What hangs left of a row: an item's marker on its first row, the bars of a quotation. */
static void draw_marker(const struct painting *painting, const struct canvas *canvas,
	const struct block *block, struct area at)
{
	const struct reader *reader = painting->reader;
	style_id style = reader->look[LOOK_MUTED];
	struct slice marker = flow_marker(&reader_reading(reader)->article.flow, block);
	for (int i = 0; block->kind == BLOCK_QUOTATION && i < block->level; i++)
		if (2 * i < at.columns)
			canvas_tile(canvas, (struct area){at.column + 2 * i, at.row, 1, 1},
				QUOTATION_BAR, style);
	if (block->kind == BLOCK_ITEM && at.rows == 0) {
		int width = (int)text_width(marker, reader->policy);
		int column = at.column + at.columns - 1 - width;
		if (width < at.columns)
			canvas_put(canvas, (struct spot){column, at.row}, marker, style);
	}
}

/* A row of a paragraph that was wrapped by hand: each stretch of white space is one blank. */
static void put_rewrapped(const struct painting *painting, const struct canvas *canvas,
	struct spot at, struct span row)
{
	struct slice text = reading_text(reader_reading(painting->reader), row);
	size_t done = 0;
	for (size_t i = 0; i < painting->runs.count; i++) {
		const struct stretch *run = &painting->runs.items[i];
		size_t end = run->span.end - row.start;
		while (done < end) {
			unsigned width;
			size_t length = wrapped_blank(text, done, &width), word = done;
			while (length == 0 && word < end && (unsigned char)text.bytes[word] > ' ')
				word++;
			if (length > 0)
				at.column = canvas_put(canvas, at,
					slice_cut(slice_of("  "), 0, width), run->style);
			else
				at.column = canvas_put(canvas, at,
					slice_cut(text, done, word > done ? word : ++word),
					run->style);
			done = length > 0 ? done + length : word;
		}
	}
}

static void put_runs(const struct painting *painting, const struct canvas *canvas, struct spot at)
{
	const struct reading *reading = reader_reading(painting->reader);
	for (size_t i = 0; i < painting->runs.count; i++) {
		const struct stretch *run = &painting->runs.items[i];
		at.column = canvas_put(canvas, at, reading_text(reading, run->span), run->style);
	}
}

/* ---- Rows as wide as they are ----------------------------------------------------------- */

/* Where such a row stands on the canvas, and the column of it that is the first to be seen. */
struct strip {
	struct spot at;
	int room; /* cells */
	uint32_t left, column;
};

/* Tabs go to the row's columns, not to the screen's. */
static void put_strip(
	const struct canvas *canvas, struct strip *strip, struct slice text, style_id style)
{
	for (size_t from = 0, end; from < text.length; from = end + 1) {
		const char *tab = memchr(text.bytes + from, '\t', text.length - from);
		end = tab != NULL ? (size_t)(tab - text.bytes) : text.length;
		struct spot at = strip->at;
		at.column += (int)strip->column - (int)strip->left;
		int after = canvas_put(canvas, at, slice_cut(text, from, end), style);
		strip->column += (uint32_t)(after - at.column);
		if (tab == NULL)
			return;
		unsigned cells = tab_width(strip->column);
		canvas_tile(canvas, (struct area){after, at.row, (int)cells, 1}, " ", style);
		strip->column += cells;
	}
}

static void put_cut_signs(const struct painting *painting, const struct canvas *canvas,
	const struct strip *strip, const struct row *row)
{
	style_id style = painting->reader->look[LOOK_MUTED];
	struct area sign = {strip->at.column, strip->at.row, 1, 1};
	if (strip->left > 0 && row->width > 0)
		canvas_tile(canvas, sign, CUT_LEFT, style);
	sign.column += strip->room - 1;
	if (row->width > strip->left + (uint32_t)strip->room)
		canvas_tile(canvas, sign, CUT_RIGHT, style);
}

static void draw_strip(struct painting *painting, const struct canvas *canvas, struct spot at,
	const struct row *row, style_id base)
{
	struct reading *reading = reader_reading(painting->reader);
	const struct article *article = &reading->article;
	int room = (int)article->room - (int)row->indent;
	struct strip strip = {at, room > 1 ? room : 1, article->left, 0};
	struct area seen = {at.column, at.row, strip.room, 1};
	struct canvas part = canvas_part(canvas, seen);
	struct span span = {row->start, row->end};
	struct sight sight = row_sight(reading_text(reading, span), strip.left,
		strip.left + (uint32_t)strip.room, painting->reader->policy);
	span = (struct span){row->start + sight.start, row->start + sight.end};
	paint_runs(painting, span, base, &painting->runs);
	strip.at = (struct spot){0, 0};
	strip.column = sight.column;
	for (size_t i = 0; i < painting->runs.count; i++)
		put_strip(&part, &strip, reading_text(reading, painting->runs.items[i].span),
			painting->runs.items[i].style);
	put_cut_signs(painting, &part, &strip, row);
}

/* ---- Any row ---------------------------------------------------------------------------- */

static void draw_row(
	struct painting *painting, const struct canvas *canvas, int at_row, const struct line *line)
{
	struct reader *reader = painting->reader;
	struct reading *reading = reader_reading(reader);
	const struct block block = document_block(reading->document, line->block);
	struct row row = flow_row(&reading->article.flow, line);
	struct span span = {row.start, row.end};
	int left = reader->frame.text.column - reader->frame.article.column;
	struct spot at = {left + (int)row.indent, at_row};
	if (row.indent > 0) {
		bool first = line->row == 0 && line->piece == block.body.start;
		draw_marker(painting, canvas, &block,
			(struct area){left, at_row, (int)row.indent, !first});
	}
	if (block.lines) {
		draw_strip(painting, canvas, at, &row, block_style(reader, &block));
		return;
	}
	struct hanging hanging = flow_hanging(&reading->article.flow, line);
	if (hanging.word > 0) {
		struct span word = {span.start, span.start + hanging.word};
		struct spot before = {at.column - (int)hanging.columns, at.row};
		paint_runs(painting, word, block_style(reader, &block), &painting->runs);
		put_rewrapped(painting, canvas, before, word);
		span.start = word.end + hanging.gap;
	}
	paint_runs(painting, span, block_style(reader, &block), &painting->runs);
	if (block.wrapped)
		put_rewrapped(painting, canvas, at, span);
	else
		put_runs(painting, canvas, at);
}

/* The bar stands beside all rows from the first segment to the last. */
static void draw_bar(
	const struct reader *reader, const struct canvas *canvas, int row, struct span span)
{
	const struct reading *reading = reader_reading(reader);
	int bar = reader->frame.bar - reader->frame.article.column;
	if (reading->quote == NO_QUOTE || reader->frame.bar < 0)
		return;
	if (spans_meet(index_extent(&reading->index, reading->quote), span))
		canvas_tile(canvas, (struct area){bar, row, 1, 1}, QUOTE_BAR,
			reader->look[LOOK_QUOTE_BAR]);
}

/* Why nothing is seen. */
static const char *reason(const struct reading *reading)
{
	if (reading_is_asked(reading))
		return "This looks like no text; y shows it.";
	if (reading_is_awaited(reading))
		return "This is a FIFO that nobody writes to yet.";
	if (reading->loading.broken)
		return "This file could not be read.";
	if (!document_is_whole(reading->document))
		return "";
	return document_text(reading->document).length > 0 ? "This file is blank."
							   : "This file is empty.";
}

static void draw_empty(const struct reader *reader, const struct canvas *canvas)
{
	struct spot at = {reader->frame.text.column - reader->frame.article.column, 0};
	canvas_text(canvas, at, reason(reader_reading(reader)), reader->look[LOOK_MUTED]);
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
