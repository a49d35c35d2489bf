/* From lines to blocks; see blocks.h.
 *
 * Lines are taken into a passage, the open block, one by one; how a line goes on with the passage
 * is told by joints.h. Where it does not, the passage is closed and the line begins another. An
 * empty line ends a passage and belongs to the block before it.
 *
 * A line is taken when it is read to its end, or is so long that nothing changes any more. Until
 * then what is there of it is shown with the block before it, or, where that has ended, as one of
 * its own.
 */
#include "document/blocks.h"

#include "document/joints.h"

void blocks_begin(struct block_maker *maker, struct slice sample)
{
	*maker =
		(struct block_maker){.manner = manner_of(sample), .parted = true, .is_first = true};
}

/* ---- Opening and closing ---------------------------------------------------------------- */

static void close_passage(struct block_maker *maker, const struct passage *passage,
	struct slice text, size_t end, struct block_list *closed)
{
	struct block block = passage_block(passage, text, &maker->manner, true);
	block.extent.end = end;
	block_list_add(closed, &block);
	if (block.kind == BLOCK_HEADING)
		maker->depth = 0; /* its number was no item's */
}

/* Which level an item has: those are around it that stand further left. */
static void find_level(struct block_maker *maker, const struct line_facts *facts)
{
	if (facts->marker == 0 && (maker->depth == 0 || facts->indent <= maker->levels[0]))
		maker->depth = 0;
	if (facts->marker == 0)
		return;
	while (maker->depth > 0 && maker->levels[maker->depth - 1] + 1 >= facts->indent)
		maker->depth--;
	if (maker->depth < LIST_LEVELS)
		maker->levels[maker->depth++] = facts->indent;
}

/* The first block has the empty lines before it as well. */
static void begin_passage(
	struct block_maker *maker, struct slice text, const struct line_facts *facts)
{
	struct passage *passage = &maker->passage;
	find_level(maker, facts);
	passage_begin(passage, text, facts);
	passage->level = maker->depth;
	passage->apart = maker->parted;
	if (maker->is_first)
		passage->start = 0;
	maker->is_first = maker->parted = false;
	maker->has_passage = true;
}

/* ---- Lines ------------------------------------------------------------------------------ */

static void close_open(struct block_maker *maker, struct slice text, struct block_list *closed)
{
	close_passage(maker, &maker->passage, text, maker->line, closed);
	maker->parted = maker->passage.ended;
	maker->has_passage = false;
}

/* The last line of the passage turns out to begin another one. */
static void split(struct block_maker *maker, struct slice text, struct block_list *closed)
{
	struct line_facts last = maker->passage.last;
	close_passage(maker, &maker->before, text, last.line.start, closed);
	begin_passage(maker, text, &last);
}

static void add_line(struct block_maker *maker, struct slice text, const struct line_facts *facts,
	enum joint_kind joint)
{
	if (joint == JOINT_LOOSE)
		maker->before = maker->passage;
	passage_add(&maker->passage, text, facts, joint == JOINT_TIGHT || joint == JOINT_SPLIT);
	maker->passage.ended = joint == JOINT_UNDERLINE || joint == JOINT_FENCE;
	if (joint == JOINT_UNDERLINE)
		maker->passage.heading = facts->rule == '=' ? 1 : 2;
	if (joint == JOINT_FENCE)
		maker->passage.fenced = true;
}

/* In a quotation a line of nothing but marks is an empty one. */
static bool is_empty_quoted(const struct passage *passage, const struct line_facts *facts)
{
	return facts->shown.start == facts->shown.end && passage->first.depth > 0;
}

static void take_line(struct block_maker *maker, struct slice text, struct block_list *closed)
{
	struct span line = {maker->line, maker->seen};
	struct line_facts facts = line_look(text, line, maker->shown);
	enum joint_kind joint = JOINT_NONE;
	maker->taken = true;
	if (maker->has_passage && is_empty_quoted(&maker->passage, &facts)) {
		maker->passage.ended = true;
		return;
	}
	if (maker->has_passage)
		joint = joint_of(&maker->passage, &facts, &maker->manner);
	if (joint == JOINT_SPLIT)
		split(maker, text, closed);
	if (joint != JOINT_NONE) {
		add_line(maker, text, &facts, joint);
		return;
	}
	if (maker->has_passage)
		close_open(maker, text, closed);
	begin_passage(maker, text, &facts);
}

static void end_line(struct block_maker *maker, struct slice text, struct block_list *closed)
{
	bool shows = maker->shown.start < maker->shown.end;
	if (shows && !maker->taken)
		take_line(maker, text, closed);
	else if (!shows && maker->has_passage && !maker->passage.fenced)
		maker->passage.ended = true;
	maker->shown = (struct span){0};
	maker->taken = false;
}

/* Reads on in the line, up to `end`; each byte is looked at once. */
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
	if (maker->taken)
		maker->passage.end = shown.end;
	else if (line_is_settled((struct span){maker->line, end}, maker->shown))
		take_line(maker, text, closed);
	else if (maker->has_passage && joint_is_impossible(&maker->passage,
					       text.bytes[maker->shown.start], &maker->manner))
		close_open(maker, text, closed);
}

/* ---- What is shown of the open block ---------------------------------------------------- */

static void show_open(struct block_maker *maker, struct slice text)
{
	bool begun = maker->shown.start < maker->shown.end && !maker->taken;
	maker->has_open = maker->has_passage || begun;
	if (!maker->has_open)
		return;
	struct block_maker trial = *maker;
	if (!maker->has_passage) {
		struct span line = {maker->line, maker->seen};
		struct line_facts facts = line_look(text, line, maker->shown);
		begin_passage(&trial, text, &facts);
	}
	maker->open = passage_block(&trial.passage, text, &maker->manner, false);
	maker->open.extent.end = maker->seen;
	if (begun)
		maker->open.body.end = maker->shown.end;
}

void blocks_read(struct block_maker *maker, struct slice text, struct block_list *closed)
{
	while (maker->seen < text.length) {
		const char *from = text.bytes + maker->seen;
		const char *end = memchr(from, maker->manner.line_end, text.length - maker->seen);
		read_part(maker, text, end ? (size_t)(end - text.bytes) : text.length, closed);
		if (!end)
			break;
		end_line(maker, text, closed);
		maker->line = ++maker->seen;
	}
	show_open(maker, text);
}

void blocks_finish(struct block_maker *maker, struct slice text, struct block_list *closed)
{
	blocks_read(maker, text, closed);
	if (maker->shown.start < maker->shown.end && !maker->taken)
		take_line(maker, text, closed);
	show_open(maker, text);
}
