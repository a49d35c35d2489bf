/* The view of an article and its point; see article.h.
 *
 * The first line in view says it all; the others are found by stepping from it, so that nothing
 * here depends on how long the article is. The end is found by stepping back from the last line.
 */
#include "tui/article.h"

#include <stdlib.h>

#define LANDING_COLUMNS 8 /* so many are seen to the left of what is jumped to */
#define MARGIN_SHARE 8    /* of the rows: so many around what is jumped to are seen as well */

static void begin(struct article *article)
{
	if (article->begun || article_is_empty(article))
		return;
	article->begun = true;
	article->top = flow_first(&article->flow);
	article->top_start = article->point = article_whole(article).start;
}

void article_init(
	struct article *article, const struct document *document, const struct width_policy *policy)
{
	*article = (struct article){.rows = 1};
	flow_init(&article->flow, document, policy);
	begin(article);
}

void article_release(struct article *article)
{
	flow_release(&article->flow);
}

bool article_is_empty(const struct article *article)
{
	return article->veiled || document_block_count(article->flow.document) == 0;
}

/* ---- What is in view -------------------------------------------------------------------- */

static struct line bottom_line(struct article *article)
{
	struct line line = article->top;
	flow_forward(&article->flow, &line, article->rows - 1);
	return line;
}

struct span article_whole(const struct article *article)
{
	const struct document *document = article->flow.document;
	size_t count = document_block_count(document);
	return (struct span){document_block(document, 0).body.start,
		document_block(document, count - 1).body.end};
}

struct span article_view(struct article *article)
{
	struct line bottom = bottom_line(article);
	return (struct span){flow_row(&article->flow, &article->top).start,
		flow_row(&article->flow, &bottom).end};
}

/* How many lines `line` stands below the top, or `rows` and more if it is not in view. */
static size_t rows_below_top(struct article *article, const struct line *line)
{
	struct line at = article->top;
	size_t rows = 0;
	if (line_before(line, &at))
		return article->rows;
	while (rows < article->rows && !line_equal(&at, line) && flow_next(&article->flow, &at))
		rows++;
	return line_equal(&at, line) ? rows : article->rows;
}

/* Nothing but the article's end stands below its last page. */
static void keep_to_last_page(struct article *article)
{
	struct line last = flow_last(&article->flow);
	flow_back(&article->flow, &last, article->rows - 1);
	if (line_before(&last, &article->top))
		article->top = last;
}

/* The line becomes the one that many rows below the top. */
static void place_line(struct article *article, struct line line, size_t rows)
{
	article->top = line;
	flow_back(&article->flow, &article->top, rows);
	keep_to_last_page(article);
}

/* Lines of a span, `rows` at most. */
static size_t span_height(struct article *article, struct span span)
{
	struct line line = flow_line_at(&article->flow, span.start), last = line;
	size_t height = 1;
	if (span.end > span.start)
		last = flow_line_at(&article->flow, span.end - 1);
	while (height < article->rows && !line_equal(&line, &last) &&
		flow_next(&article->flow, &line))
		height++;
	return height;
}

/* The landing begins so many rows below the top, or as many as leave room for all of it. */
static void place_landing(struct article *article, size_t below)
{
	size_t height = span_height(article, article->landing);
	if (below + height > article->rows)
		below = article->rows - height;
	place_line(article, flow_line_at(&article->flow, article->landing.start), below);
}

/* Cells of the widest row in view that is a line; 0: there is none. */
static uint32_t widest_line(struct article *article)
{
	struct line line = article->top;
	uint32_t widest = 0;
	for (size_t row = 0; row < article->rows; row++) {
		bool lines = document_block(article->flow.document, line.block).lines;
		struct row at = flow_row(&article->flow, &line);
		if (lines && !line.gap && at.width + at.indent > widest)
			widest = at.width + at.indent;
		if (!flow_next(&article->flow, &line))
			break;
	}
	return widest;
}

bool article_shift(struct article *article, long columns)
{
	uint32_t before = article->left;
	uint32_t widest = article_is_empty(article) ? 0 : widest_line(article);
	long most = widest > article->room ? (long)(widest - article->room) : 0;
	long left = (long)article->left + columns;
	if (columns > 0 && left > most)
		left = most > (long)before ? most : (long)before;
	article->left = left > 0 ? (uint32_t)left : 0;
	return article->left != before;
}

void article_set_room(struct article *article, unsigned room)
{
	article->room = room;
}

/* The landing is seen where it stands on a row that is a line. */
static void show_landing(struct article *article)
{
	size_t start = article->landing.start, end = article->landing.end;
	struct line line = flow_line_at(&article->flow, start);
	struct row row = flow_row(&article->flow, &line);
	if (!document_block(article->flow.document, line.block).lines) {
		article->left = 0;
		return;
	}
	struct slice text = slice_cut(document_text(article->flow.document), row.start, row.end);
	uint32_t room = article->room > row.indent + 2 ? article->room - row.indent - 2 : 1;
	uint32_t first = row_column(text, start - row.start, &article->flow.policy);
	uint32_t last =
		row_column(text, end > row.start ? end - row.start : 0, &article->flow.policy);
	if (last <= room)
		article->left = 0;
	else if (first < article->left + 1)
		article->left = first > LANDING_COLUMNS ? first - LANDING_COLUMNS : 0;
	else if (last > article->left + room)
		article->left = last - room < first ? last - room : first - 1;
}

/* After each move of the view: what a growing text is found again by; and where nothing but prose
 * is in view, rows begin at their beginning again. */
static void keep_top(struct article *article)
{
	article->top_start = flow_row(&article->flow, &article->top).start;
	if (article->left > 0 && widest_line(article) == 0)
		article->left = 0;
}

static bool at_start(struct article *article)
{
	struct line line = article->top;
	return !flow_previous(&article->flow, &line);
}

void article_set_size(struct article *article, unsigned width, size_t rows)
{
	if (article->flow.width == width && article->rows == rows)
		return;
	if (article_is_empty(article)) {
		flow_set_width(&article->flow, width);
		article->rows = rows < 1 ? 1 : rows;
		return;
	}
	struct line line = flow_line_at(&article->flow, article->point);
	size_t below = rows_below_top(article, &line);
	bool first = at_start(article) && !article->landed;
	flow_set_width(&article->flow, width);
	article->rows = rows < 1 ? 1 : rows;
	if (below >= article->rows)
		below = article->rows - 1;
	if (first)
		article->top = flow_first(&article->flow);
	else if (article->landed)
		place_landing(article, below);
	else
		place_line(article, flow_line_at(&article->flow, article->point), below);
	keep_top(article);
}

void article_grown(struct article *article)
{
	if (article_is_empty(article))
		return;
	begin(article);
	bool gap = article->top.gap;
	struct line line = flow_line_at(&article->flow, article->top_start), above = line;
	if (gap && flow_previous(&article->flow, &above) && above.gap)
		line = above;
	article->top = line;
	keep_to_last_page(article);
	keep_top(article);
}

/* ---- Sentences -------------------------------------------------------------------------- */

static void piece_sentences(struct article *article, struct span piece, struct spans *into)
{
	struct slice text =
		slice_cut(document_text(article->flow.document), piece.start, piece.end);
	sentences_find(text, piece.start, article->words, into);
}

/* The sentence in a piece that is the `left`-th to start at `from` or later; else the last of them,
 * and how many are left. */
static size_t sentence_in(struct article *article, struct span piece, size_t from, size_t *left)
{
	struct spans found = {0};
	size_t start = NOWHERE;
	piece_sentences(article, piece, &found);
	for (size_t i = 0; i<found.count && * left> 0; i++)
		if (found.items[i].start >= from) {
			start = found.items[i].start;
			--*left;
		}
	spans_release(&found);
	return start;
}

/* The same backward, of those that start before `end`. */
static size_t sentence_back_in(struct article *article, struct span piece, size_t end, size_t *left)
{
	struct spans found = {0};
	size_t start = NOWHERE;
	piece_sentences(article, piece, &found);
	for (size_t i = found.count; i-- > 0 && *left > 0;)
		if (found.items[i].start < end) {
			start = found.items[i].start;
			--*left;
		}
	spans_release(&found);
	return start;
}

size_t article_sentence_after(struct article *article, size_t offset, size_t count)
{
	const struct document *document = article->flow.document;
	size_t block = document_block_at(document, offset);
	size_t at = offset, start = NOWHERE;
	while (count > 0 && block < document_block_count(document)) {
		struct span piece = document_piece(document, block, at);
		size_t found = sentence_in(article, piece, offset + 1, &count);
		if (found != NOWHERE)
			start = found;
		at = piece.end;
		if (at >= document_block(document, block).body.end)
			block++;
	}
	return start;
}

size_t article_sentence_before(struct article *article, size_t offset, size_t count)
{
	const struct document *document = article->flow.document;
	size_t block = document_block_at(document, offset), at = offset, start = NOWHERE;
	while (count > 0) {
		struct span piece = document_piece(document, block, at);
		size_t found = sentence_back_in(article, piece, offset, &count);
		if (found != NOWHERE)
			start = found;
		if (piece.start > document_block(document, block).body.start)
			at = piece.start - 1;
		else if (block > 0)
			at = document_block(document, --block).body.end;
		else
			break;
	}
	return start;
}

/* ---- Moving ----------------------------------------------------------------------------- */

static void carry_point(struct article *article)
{
	struct span view = article_view(article);
	if (article->point >= view.start && article->point < view.end)
		return;
	size_t before = view.start > 0 ? view.start - 1 : 0;
	size_t start = article_sentence_after(article, before, 1);
	article->point = start < view.end ? start : view.start; /* NOWHERE is no less */
	article->landed = false;
}

void article_scroll(struct article *article, long rows)
{
	if (article_is_empty(article))
		return;
	if (rows < 0)
		flow_back(&article->flow, &article->top, (size_t)-rows);
	else
		flow_forward(&article->flow, &article->top, (size_t)rows);
	keep_to_last_page(article);
	keep_top(article);
	carry_point(article);
}

void article_begin_at(struct article *article, size_t offset)
{
	if (article_is_empty(article))
		return;
	article->top = flow_line_at(&article->flow, offset);
	keep_to_last_page(article);
	keep_top(article);
	carry_point(article);
}

void article_to_end(struct article *article)
{
	if (!article_is_empty(article))
		article_begin_at(article, NOWHERE - 1);
}

void article_jump(struct article *article, struct span span)
{
	if (article_is_empty(article))
		return;
	article->point = span.start;
	article->landing = span;
	article->landed = true;
	struct line first = flow_line_at(&article->flow, span.start);
	size_t below = rows_below_top(article, &first), margin = article->rows / MARGIN_SHARE;
	size_t end = below + span_height(article, span);
	if (below < margin || end + margin > article->rows)
		place_landing(article, article->rows / 3);
	show_landing(article);
	keep_top(article);
}

struct stand article_stand(struct article *article)
{
	struct stand stand = {
		.point = article->point, .left = article->left, .landed = article->landed};
	if (!article_is_empty(article))
		stand.top = article->top_start;
	return stand;
}

void article_restore(struct article *article, const struct stand *stand)
{
	if (article_is_empty(article))
		return;
	article->top = flow_line_at(&article->flow, stand->top);
	keep_to_last_page(article);
	article->point = stand->point;
	article->landing = (struct span){stand->point, stand->point};
	article->landed = stand->landed;
	article->left = stand->left;
	keep_top(article);
}
