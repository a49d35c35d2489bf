/* From lines to blocks; see blocks.h.
 *
 * Of the line that is being read it is kept where it starts and what of it is not blank; both are
 * found by looking at the new bytes alone. A line that shows something opens a block and closes
 * the one before it; an empty line belongs to the block before it. A marker is looked for in the
 * first bytes of a line and is settled when they are there.
 */
#include "document/blocks.h"

#include "document/lines.h"

void blocks_begin(struct block_maker *maker, struct slice sample)
{
	(void)sample;
	*maker = (struct block_maker){.shape = SHAPE_FLOWING, .marker = NOWHERE};
}

static void close_block(struct block_maker *maker, struct slice text, struct block_list *closed)
{
	struct block *block = &maker->open;
	struct slice body = slice_cut(text, block->body.start, block->body.end);
	bool first = closed->packed.count == 0;
	if (!maker->has_open)
		return;
	block->extent.end = maker->line;
	if (block->kind == BLOCK_PARAGRAPH && line_is_heading(body, first)) {
		block->kind = BLOCK_HEADING;
		block->level = first ? 1 : 2;
	}
	block_list_add(closed, block);
	maker->has_open = false;
}

/* The first block has the empty lines before it as well. */
static void open_block(struct block_maker *maker, const struct block_list *closed)
{
	maker->open = (struct block){.extent.start = closed->packed.count > 0 ? maker->line : 0,
		.body.start = maker->shown.start};
	maker->has_open = maker->line_is_open = true;
}

static void find_marker(struct block_maker *maker, struct slice text)
{
	struct slice line = slice_cut(text, maker->shown.start, maker->shown.end);
	size_t marker = maker->shown.start + line_marker(line, &maker->open);
	maker->open.body.start = marker;
	if (line.length >= LINE_MARKER_BYTES)
		maker->marker = marker;
}

/* What is new in the line has something to show. */
static void read_shown(struct block_maker *maker, struct slice text, struct block_list *closed)
{
	if (!maker->line_is_open) {
		close_block(maker, text, closed);
		open_block(maker, closed);
	}
	if (maker->marker == NOWHERE)
		find_marker(maker, text);
	struct span *body = &maker->open.body;
	body->end = maker->shown.end;
	body->start = text_shown(text, *body).start;
}

/* Reads on in the line, up to `end`. */
static void read_part(
	struct block_maker *maker, struct slice text, size_t end, struct block_list *closed)
{
	struct span shown = text_shown(text, (struct span){maker->seen, end});
	maker->seen = end;
	if (shown.start == shown.end)
		return;
	if (maker->shown.start == maker->shown.end)
		maker->shown.start = shown.start;
	maker->shown.end = shown.end;
	read_shown(maker, text, closed);
}

static void end_line(struct block_maker *maker)
{
	maker->line = maker->seen;
	maker->shown = (struct span){0};
	maker->marker = NOWHERE;
	maker->line_is_open = false;
}

void blocks_read(struct block_maker *maker, struct slice text, struct block_list *closed)
{
	while (maker->seen < text.length) {
		const char *from = text.bytes + maker->seen;
		const char *end = memchr(from, '\n', text.length - maker->seen);
		read_part(maker, text, end ? (size_t)(end - text.bytes) : text.length, closed);
		maker->seen += end != NULL;
		if (maker->has_open)
			maker->open.extent.end = maker->seen;
		if (end)
			end_line(maker);
	}
}
