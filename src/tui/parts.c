/* Walking over the parts of the text itself: paragraphs, headings, sentences. */
#include "tui/app.h"
#include "tui/commands.h"
#include "tui/walks.h"

#define BLOCKS_A_STEP 8192

/* The beginning of a part becomes the first row, so that what follows is seen. */
static void land_at(struct reader *reader, size_t block)
{
	struct article *article = &reader_reading(reader)->article;
	size_t start = document_block(article->flow.document, block).body.start;
	article_jump(article, (struct span){start, start});
	article_begin_at(article, start);
}

/* ---- Paragraphs ------------------------------------------------------------------------- */

static size_t paragraph_count(const struct reading *reading)
{
	return document_block_count(reading->document);
}

static size_t paragraph_start(const struct reading *reading, size_t i)
{
	return document_block(reading->document, i).body.start;
}

const struct walk paragraph_walk = {
	.label = "paragraph",
	.count = paragraph_count,
	.start = paragraph_start,
	.land = land_at,
	.of_text = true,
};

void reader_go_to_paragraph(struct reader *reader, size_t number)
{
	reader_go_to(reader, &(struct position){.kind = POSITION_PARAGRAPH, .number = number});
}

COMMAND(next_paragraph)
{
	walk_step(reader, &paragraph_walk, call, false);
}

COMMAND(previous_paragraph)
{
	walk_step(reader, &paragraph_walk, call, true);
}

/* ---- Headings --------------------------------------------------------------------------- */

/* The last block of a text that grows may become another kind yet. */
static bool all_are_looked_at(const struct reading *reading)
{
	return reading->headings.looked == document_closed_count(reading->document);
}

bool headings_work(struct reader *reader)
{
	struct reading *reading = reader_reading(reader);
	struct headings *headings = &reading->headings;
	const struct document *document = reading->document;
	size_t count = document_closed_count(document), first = headings->looked;
	for (; headings->looked < count && headings->looked < first + BLOCKS_A_STEP;
		headings->looked++) {
		if (document_block(document, headings->looked).kind != BLOCK_HEADING)
			continue;
		headings->blocks = grow(headings->blocks, &headings->capacity, headings->count + 1,
			sizeof *headings->blocks);
		headings->blocks[headings->count++] = headings->looked;
	}
	return headings->looked > first;
}

static size_t heading_count(const struct reading *reading)
{
	return reading->headings.count;
}

static size_t heading_start(const struct reading *reading, size_t i)
{
	return paragraph_start(reading, reading->headings.blocks[i]);
}

static void heading_land(struct reader *reader, size_t i)
{
	land_at(reader, reader_reading(reader)->headings.blocks[i]);
}

const struct walk heading_walk = {
	.label = "heading",
	.count = heading_count,
	.start = heading_start,
	.land = heading_land,
	.of_text = true,
	.is_ready = all_are_looked_at,
};

COMMAND(next_heading)
{
	headings_work(reader);
	walk_step(reader, &heading_walk, call, false);
}

COMMAND(previous_heading)
{
	headings_work(reader);
	walk_step(reader, &heading_walk, call, true);
}

/* ---- Sentences -------------------------------------------------------------------------- */

typedef size_t sentence_finder(struct article *article, size_t offset, size_t count);

static void go_by_sentences(struct reader *reader, const struct call *call, sentence_finder *find)
{
	struct article *article = &reader_reading(reader)->article;
	if (article_is_empty(article))
		return;
	size_t at = find(article, article->point, call_steps(call));
	if (at != NOWHERE)
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
