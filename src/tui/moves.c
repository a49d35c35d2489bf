/* Moving by rows, pages, paragraphs and sentences. */
#include "tui/app.h"
#include "tui/commands.h"

/* ---- In any pane ------------------------------------------------------------------------ */

static void scroll(struct reader *reader, const struct call *call, long rows)
{
	const struct view *view = reader_view(reader);
	view->scroll(reader, rows * (long)(call->count > 0 ? call->count : 1));
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

/* ---- In the article --------------------------------------------------------------------- */

static void go_to_block(struct reader *reader, size_t block)
{
	struct article *article = &reader_reading(reader)->article;
	const struct document *document = article->flow.document;
	size_t count = document_block_count(document);
	if (count == 0)
		return;
	size_t start = document_block(document, block < count ? block : count - 1).body.start;
	article_jump(article, (struct span){start, start});
	article_begin_at(article, start);
}

/* With a count: to that paragraph. */
static bool went_to_paragraph(struct reader *reader, const struct call *call)
{
	if (!call->counted || reader_pane(reader) != PANE_ARTICLE)
		return false;
	go_to_block(reader, call->count > 0 ? call->count - 1 : 0);
	return true;
}

COMMAND(go_first)
{
	if (!went_to_paragraph(reader, call))
		reader_view(reader)->to_end(reader, false);
}

COMMAND(go_last)
{
	if (!went_to_paragraph(reader, call))
		reader_view(reader)->to_end(reader, true);
}

COMMAND(go_percent)
{
	struct article *article = &reader_reading(reader)->article;
	size_t bytes = document_text(article->flow.document).length;
	size_t percent = call->counted && call->count < 100 ? call->count : 100;
	if (!call->counted)
		reader_say(reader, "type a number first: 50%%");
	else
		article_begin_at(article, (size_t)((double)bytes * (double)percent / 100));
}

COMMAND(next_paragraph)
{
	struct article *article = &reader_reading(reader)->article;
	if (!article_is_empty(article))
		go_to_block(reader,
			document_block_at(article->flow.document, article->point) + call->count);
}

COMMAND(previous_paragraph)
{
	struct article *article = &reader_reading(reader)->article;
	if (article_is_empty(article))
		return;
	size_t block = document_block_at(article->flow.document, article->point);
	bool inside = article->point > document_block(article->flow.document, block).body.start;
	size_t back = call->count - (inside && call->count > 0);
	go_to_block(reader, block > back ? block - back : 0);
}

typedef size_t sentence_finder(struct article *article, size_t offset);

static void go_by_sentences(struct reader *reader, const struct call *call, sentence_finder *find)
{
	struct article *article = &reader_reading(reader)->article;
	size_t at = article->point, next;
	if (article_is_empty(article))
		return;
	for (size_t i = 0; i < call->count && (next = find(article, at)) != NOWHERE; i++)
		at = next;
	if (at != article->point)
		article_jump(article, (struct span){at, at + 1});
}

COMMAND(next_sentence)
{
	go_by_sentences(reader, call, article_sentence_after);
}

COMMAND(previous_sentence)
{
	go_by_sentences(reader, call, article_sentence_before);
}
