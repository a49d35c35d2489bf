/* Lines of an article; see flow.h.
 *
 * A block is wrapped in pieces of some 64 KiB, so that a paragraph of any size costs no more than
 * one of that size. Where a piece ends depends on the text around multiples of PIECE_BYTES alone
 * and is found without reading the pieces before it: behind the end of a sentence, else behind a
 * blank, else between two characters. Each piece starts a new row.
 *
 * Wrapped pieces are kept in a table with one place for each, by a hash of where it starts: what a
 * view of any height shows fits, and a piece that has to go is wrapped again in less than a frame.
 */
#include "tui/flow.h"

#include <stdlib.h>

#define LAID_COUNT 512  /* a power of two */
#define INDENT_LEVEL 2u /* cells a level of a list or quotation */
#define INDENT_MOST 16u
#define MARKER_BYTES 256u /* before the first block many empty lines may stand */
#define GAP_BYTES 4096u   /* so far behind a block's end an empty line is looked for */

struct laid {
	struct span span;       /* start NOWHERE: nothing is here */
	unsigned indent;        /* a last block that grows may come to be of another kind, … */
	bool lines;             /* … or to be rows, or none any more, … */
	bool wrapped;           /* … or joined, or not any more */
	struct hanging hanging; /* of the first row */
	struct rows rows;
};

/* ---- What is laid out ------------------------------------------------------------------- */

void flow_init(
	struct flow *flow, const struct document *document, const struct width_policy *policy)
{
	*flow = (struct flow){.document = document, .policy = *policy, .width = 1};
	flow->laid = memory_allocate(LAID_COUNT * sizeof *flow->laid);
	for (size_t i = 0; i < LAID_COUNT; i++)
		flow->laid[i].span.start = NOWHERE;
}

void flow_release(struct flow *flow)
{
	for (size_t i = 0; i < LAID_COUNT; i++)
		rows_release(&flow->laid[i].rows);
	free(flow->laid);
}

void flow_set_width(struct flow *flow, unsigned width)
{
	if (width < 1)
		width = 1;
	if (flow->width == width)
		return;
	flow->width = width;
	for (size_t i = 0; i < LAID_COUNT; i++)
		flow->laid[i].span.start = NOWHERE;
}

struct slice flow_marker(const struct flow *flow, const struct block *block)
{
	size_t start = block->extent.start, end = block->body.start;
	if (end - start > MARKER_BYTES)
		start = end - MARKER_BYTES;
	return slice_trim(slice_cut(document_text(flow->document), start, end));
}

/* Room for the marker of an item, and for the level. */
static unsigned block_indent(const struct flow *flow, const struct block *block)
{
	if (block->kind == BLOCK_HEADING || block->kind == BLOCK_CODE)
		return 0;
	unsigned indent = INDENT_LEVEL * block->level;
	struct slice marker = flow_marker(flow, block);
	size_t cells = text_width(marker, &flow->policy);
	if (block->kind == BLOCK_ITEM && cells < INDENT_MOST && cells >= indent)
		indent = (unsigned)cells + 1;
	if (indent > INDENT_MOST)
		indent = INDENT_MOST;
	return indent < flow->width / 3 ? indent : flow->width / 3;
}

/* The word stands on the first row, left of where all rows begin. */
static void lay_hanging(struct slice text, struct fitting *fitting, struct laid *laid)
{
	size_t lead = laid->hanging.word + laid->hanging.gap;
	fitting->base += lead;
	fitting->indent += laid->hanging.columns;
	rows_rewrap(slice_cut(text, lead, text.length), fitting, &laid->rows);
	laid->rows.items[0].start = laid->span.start;
}

/* So far in as other paragraphs may be, or not at all where the word has no room there. */
static struct hanging fit_hanging(const struct flow *flow, unsigned indent, struct hanging hanging)
{
	unsigned word = hanging.columns - (unsigned)hanging.gap;
	if (indent + hanging.columns > INDENT_MOST)
		hanging.columns = INDENT_MOST - indent;
	bool fits = word < hanging.columns && indent + hanging.columns <= flow->width / 2;
	return fits ? hanging : (struct hanging){0};
}

static void lay_out(
	const struct flow *flow, struct slice text, const struct block *block, struct laid *laid)
{
	struct fitting fitting = {laid->span.start, flow->width, laid->indent, &flow->policy};
	if (block->lines)
		rows_split(text, &fitting, block->kind == BLOCK_QUOTATION, &laid->rows);
	else if (laid->hanging.word > 0)
		lay_hanging(text, &fitting, laid);
	else if (block->wrapped)
		rows_rewrap(text, &fitting, &laid->rows);
	else
		rows_wrap(text, fitting.base, fitting.width, fitting.indent, fitting.policy,
			&laid->rows);
	for (size_t i = 0; block->lines && i < laid->rows.count; i++)
		laid->rows.items[i].indent = laid->indent;
}

static const struct laid *flow_laid(struct flow *flow, size_t block, size_t offset)
{
	struct span span = document_piece(flow->document, block, offset);
	struct block whole = document_block(flow->document, block);
	unsigned indent = block_indent(flow, &whole);
	size_t hash = span.start * (size_t)0x9E3779B1u;
	struct laid *laid = &flow->laid[(hash >> 16 ^ hash) & (LAID_COUNT - 1)];
	if (laid->span.start == span.start && laid->span.end == span.end &&
		laid->indent == indent && laid->lines == whole.lines &&
		laid->wrapped == whole.wrapped)
		return laid;
	struct slice text = slice_cut(document_text(flow->document), span.start, span.end);
	laid->span = span;
	laid->indent = indent;
	laid->lines = whole.lines;
	laid->wrapped = whole.wrapped;
	laid->rows.count = 0;
	laid->hanging = (struct hanging){0};
	if (span.start == whole.body.start)
		laid->hanging = fit_hanging(flow, indent, document_hanging(flow->document, block));
	lay_out(flow, text, &whole, laid);
	return laid;
}

/* ---- Lines ------------------------------------------------------------------------------ */

bool line_equal(const struct line *a, const struct line *b)
{
	return a->block == b->block && a->piece == b->piece && a->row == b->row && a->gap == b->gap;
}

bool line_before(const struct line *a, const struct line *b)
{
	if (a->block != b->block)
		return a->block < b->block;
	if (a->piece != b->piece)
		return a->piece < b->piece;
	return a->row != b->row ? a->row < b->row : a->gap && !b->gap;
}

/* An empty line stands between two blocks; one that is very long counts for empty ones. */
static bool are_apart(const struct flow *flow, const struct block *above, const struct block *below)
{
	struct slice text = document_text(flow->document);
	size_t start = above->body.end, end = below->extent.start, lines = 0;
	if (end - start > GAP_BYTES)
		return true;
	for (size_t at = start; at < end && lines < 2; at++)
		lines += text.bytes[at] == '\n' ||
			 (text.bytes[at] == '\r' && text.bytes[at + 1] != '\n');
	return lines >= 2;
}

/* Items of a list stand close together, and rows as close as they stand in the text. */
static bool has_gap(const struct flow *flow, size_t block)
{
	if (block == 0)
		return false;
	struct block above = document_block(flow->document, block - 1);
	struct block below = document_block(flow->document, block);
	if (above.lines || below.lines || document_is_close(flow->document))
		return are_apart(flow, &above, &below);
	return above.kind != BLOCK_ITEM || below.kind != BLOCK_ITEM;
}

static struct line block_first(struct flow *flow, size_t block)
{
	size_t start = document_block(flow->document, block).body.start;
	return (struct line){
		.block = block, .piece = document_piece(flow->document, block, start).start};
}

static struct line piece_last(struct flow *flow, size_t block, size_t offset)
{
	const struct laid *laid = flow_laid(flow, block, offset);
	return (struct line){
		.block = block, .piece = laid->span.start, .row = laid->rows.count - 1};
}

struct line flow_first(struct flow *flow)
{
	return block_first(flow, 0);
}

struct line flow_last(struct flow *flow)
{
	return piece_last(flow, document_block_count(flow->document) - 1, NOWHERE);
}

struct line flow_line_at(struct flow *flow, size_t offset)
{
	size_t block = document_block_at(flow->document, offset);
	const struct laid *laid = flow_laid(flow, block, offset);
	size_t low = 0, high = laid->rows.count;
	while (high - low > 1) {
		size_t middle = (low + high) / 2;
		if (offset < laid->rows.items[middle].start)
			high = middle;
		else
			low = middle;
	}
	return (struct line){.block = block, .piece = laid->span.start, .row = low};
}

bool flow_next(struct flow *flow, struct line *line)
{
	if (line->gap) {
		line->gap = false;
		return true;
	}
	const struct laid *laid = flow_laid(flow, line->block, line->piece);
	size_t end = document_block(flow->document, line->block).body.end;
	if (line->row + 1 < laid->rows.count) {
		line->row++;
	} else if (laid->span.end < end) {
		line->piece = laid->span.end;
		line->row = 0;
	} else if (line->block + 1 < document_block_count(flow->document)) {
		*line = block_first(flow, line->block + 1);
		line->gap = has_gap(flow, line->block);
	} else {
		return false;
	}
	return true;
}

bool flow_previous(struct flow *flow, struct line *line)
{
	size_t start = document_block(flow->document, line->block).body.start;
	if (line->row > 0) {
		line->row--;
	} else if (line->piece > start) {
		*line = piece_last(flow, line->block, line->piece - 1);
	} else if (!line->gap && has_gap(flow, line->block)) {
		line->gap = true;
	} else if (line->block > 0) {
		*line = piece_last(flow, line->block - 1, NOWHERE);
	} else {
		return false;
	}
	return true;
}

size_t flow_forward(struct flow *flow, struct line *line, size_t count)
{
	size_t gone = 0;
	while (gone < count && flow_next(flow, line))
		gone++;
	return gone;
}

size_t flow_back(struct flow *flow, struct line *line, size_t count)
{
	size_t gone = 0;
	while (gone < count && flow_previous(flow, line))
		gone++;
	return gone;
}

struct row flow_row(struct flow *flow, const struct line *line)
{
	const struct laid *laid = flow_laid(flow, line->block, line->piece);
	struct row row = laid->rows.items[line->row];
	if (line->gap)
		row = (struct row){.start = row.start, .end = row.start};
	return row;
}

struct hanging flow_hanging(struct flow *flow, const struct line *line)
{
	const struct laid *laid = flow_laid(flow, line->block, line->piece);
	return line->row == 0 && !line->gap ? laid->hanging : (struct hanging){0};
}
