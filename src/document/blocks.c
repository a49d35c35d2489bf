/* From lines to blocks; see blocks.h.
 *
 * Lines wait in a stretch until it is told how they are meant (stretch.h): when it is whole, behind
 * an empty line, or has as many lines as may wait. Then they are taken into a passage, the open
 * block, one by one; how a line goes on with the passage is told by joints.h. Where it does not,
 * the passage is closed and the line begins another. An empty line ends a passage and belongs to
 * the block before it. A line that is too wide to have been wrapped need not wait.
 *
 * A line is looked at when it is read to its end, or is so long that nothing changes any more.
 * Until then what is there of it is shown with the block before it, or, where that has ended, as
 * one of its own. Lines that wait are shown as the block that they would be if the text ended
 * there, or, where that would be several, as rows.
 */
#include "document/blocks.h"

#include "document/joints.h"

void blocks_begin(struct block_maker *maker, struct slice sample,
	const struct letterings *letterings, bool rows)
{
	*maker = (struct block_maker){.manner = rows ? manner_of_rows(sample) : manner_of(sample),
		.parted = true,
		.is_first = true};
	maker->headings = heading_manner_of(sample, maker->manner.line_end, letterings);
	maker->manner.headed = maker->headings.margin > 0;
	maker->meant = maker->manner;
}

/* ---- Opening and closing ---------------------------------------------------------------- */

static void close_passage(struct block_maker *maker, const struct passage *passage,
	struct slice text, size_t end, struct block_list *closed)
{
	struct block block = passage_block(passage, text, true);
	block.extent.end = end;
	maker->wraps = maker->wraps || block.wrapped;
	if (closed)
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
	passage_begin(passage, text, facts, &maker->meant);
	passage->level = maker->depth;
	passage->apart = maker->parted;
	passage->heading = heading_level(&maker->headings, text, facts);
	passage->ended = passage->heading > 0;
	if (maker->is_first)
		passage->start = 0;
	maker->is_first = maker->parted = false;
	maker->has_passage = true;
}

/* ---- Lines ------------------------------------------------------------------------------ */

static void close_open(
	struct block_maker *maker, struct slice text, size_t end, struct block_list *closed)
{
	close_passage(maker, &maker->passage, text, end, closed);
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

/* In a manual a word in bold that would have had room on the line before begins a command or an
 * option. */
static bool begins_command(
	const struct block_maker *maker, struct slice text, const struct line_facts *facts)
{
	unsigned width = maker->meant.width, need = maker->passage.last.width + 1 + facts->word;
	return maker->manner.headed && need + width / 8 <= width &&
	       line_begins_strong(&maker->headings, text, facts);
}

static void join_line(struct block_maker *maker, struct slice text, const struct line_facts *facts,
	struct block_list *closed)
{
	enum joint_kind joint = JOINT_NONE;
	if (maker->has_passage && heading_level(&maker->headings, text, facts) == 0)
		joint = joint_of(&maker->passage, facts, &maker->meant);
	if (joint == JOINT_TIGHT && begins_command(maker, text, facts))
		joint = JOINT_NONE;
	if (joint == JOINT_SPLIT)
		split(maker, text, closed);
	if (joint != JOINT_NONE) {
		add_line(maker, text, facts, joint);
		return;
	}
	if (maker->has_passage)
		close_open(maker, text, facts->line.start, closed);
	begin_passage(maker, text, facts);
}

/* ---- Stretches -------------------------------------------------------------------------- */

/* The lines that waited are told how they are meant, and taken. */
static void end_stretch(struct block_maker *maker, struct slice text, struct block_list *closed)
{
	struct stretch *stretch = &maker->stretch;
	if (stretch->count == 0)
		return;
	maker->meant = stretch_manner(stretch, text, &maker->manner);
	for (size_t i = 0; i < stretch->count; i++)
		join_line(maker, text, &stretch->lines[i], closed);
	stretch->count = 0;
}

static bool is_fenced(const struct block_maker *maker)
{
	return maker->has_passage && maker->passage.fenced && !maker->passage.ended;
}

/* In a quotation a line of nothing but marks is an empty one. */
static bool is_empty_quoted(const struct block_maker *maker, const struct line_facts *facts)
{
	const struct stretch *stretch = &maker->stretch;
	if (facts->shown.start < facts->shown.end)
		return false;
	if (stretch->count > 0)
		return stretch->lines[stretch->count - 1].depth > 0;
	return maker->has_passage && maker->passage.first.depth > 0;
}

static struct line_facts look_at_line(const struct block_maker *maker, struct slice text)
{
	struct span line = {maker->line, maker->seen};
	struct line_facts facts = line_look(text, line, maker->shown);
	if (maker->manner.rows)
		line_mean_nothing(&facts, maker->shown);
	return facts;
}

static void take_line(struct block_maker *maker, struct slice text, struct block_list *closed)
{
	struct line_facts facts = look_at_line(maker, text);
	struct stretch *stretch = &maker->stretch;
	maker->taken = true;
	if (is_empty_quoted(maker, &facts)) {
		end_stretch(maker, text, closed);
		maker->passage.ended = true;
		return;
	}
	bool shows = facts.shown.start < facts.shown.end;
	bool alone = !shows || facts.fence || is_fenced(maker) || line_stands_alone(&facts) ||
		     heading_level(&maker->headings, text, &facts) > 0;
	if (alone || stretch->count == STRETCH_LINES)
		end_stretch(maker, text, closed);
	if (!alone) {
		stretch->lines[stretch->count++] = facts;
		return;
	}
	maker->meant = maker->manner;
	join_line(maker, text, &facts, closed);
}

static void end_line(struct block_maker *maker, struct slice text, struct block_list *closed)
{
	bool shows = maker->shown.start < maker->shown.end;
	if (shows && !maker->taken)
		take_line(maker, text, closed);
	if (!shows)
		end_stretch(maker, text, closed);
	if (!shows && maker->has_passage && !maker->passage.fenced)
		maker->passage.ended = true;
	maker->shown = (struct span){0};
	maker->taken = false;
}

/* Whatever the line will be that begins here, it is none of the open passage. */
static bool begins_another(const struct block_maker *maker, struct slice text)
{
	return maker->has_passage && maker->stretch.count == 0 &&
	       joint_is_impossible(&maker->passage, text.bytes[maker->shown.start], &maker->meant);
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
	else if (begins_another(maker, text))
		close_open(maker, text, maker->line, closed);
}

/* ---- What is shown of the open block ---------------------------------------------------- */

/* Lines that will be several blocks when it is told how they are meant stay as they are. */
static struct block open_rows(const struct block_maker *maker, size_t start, size_t end)
{
	const struct line_facts *first = &maker->stretch.lines[0];
	struct span extent = {start, maker->seen};
	size_t shown = maker->has_passage ? maker->passage.first.shown.start : first->shown.start;
	return (struct block){.lines = true, .extent = extent, .body = {shown, end}};
}

static void show_open(struct block_maker *maker, struct slice text)
{
	bool begun = maker->shown.start < maker->shown.end && !maker->taken;
	bool waits = maker->stretch.count > 0;
	maker->has_open = maker->has_passage || waits || begun;
	if (!maker->has_open)
		return;
	struct block_maker trial = *maker;
	end_stretch(&trial, text, NULL);
	if (!trial.has_passage) {
		struct line_facts facts = look_at_line(maker, text);
		begin_passage(&trial, text, &facts);
	}
	size_t start = trial.passage.start;
	if (maker->has_passage)
		start = maker->passage.start;
	else if (waits)
		start = maker->is_first ? 0 : maker->stretch.lines[0].line.start;
	maker->open = passage_block(&trial.passage, text, false);
	if (start < trial.passage.start)
		maker->open = open_rows(maker, start, trial.passage.end);
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
	end_stretch(maker, text, closed);
	show_open(maker, text);
}
