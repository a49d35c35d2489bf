/* Of what kind lines that follow each other are; see passage.h.
 *
 * Lines are prose that was wrapped where at their joints the next word had no room (as whoever
 * feeds the passage says), or where that holds at least within the widest line of the passage and
 * sentences go over from line to line. They are rows where columns line up, where it has the signs
 * of code, where every line begins with a capital though many are short of the margin, and where
 * the joints are loose and nothing says prose.
 */
#include "document/passage.h"

#define CODE_INDENT 4
#define SETTING_COLUMNS 2
#define FLUSH_LEAST 3 /* columns */
#define SETTING_MOST 8
#define ROW_MOST 110  /* columns of a row that stands alone */
#define VERSE_LINES 5 /* so many lines that all begin with a capital are no accident */

/* ---- Adding ----------------------------------------------------------------------------- */

/* The columns of a line where a gap of two blanks or more stands, or nothing any more. */
static void find_gaps(struct slice text, const struct line_facts *facts, uint64_t *columns)
{
	size_t column = 0, blanks = 0;
	memset(columns, 0xFF, COLUMN_WORDS * sizeof *columns);
	for (size_t at = facts->shown.start;
		at < facts->shown.end && facts->indent + column < COLUMN_WORDS * 64; at++) {
		if (((unsigned char)text.bytes[at] & 0xC0) == 0x80)
			continue;
		size_t here = facts->indent + column++;
		blanks = text.bytes[at] == ' ' ? blanks + 1 : 0;
		columns[here / 64] &= ~(UINT64_C(1) << here % 64);
		if (blanks >= 2)
			columns[here / 64] |= UINT64_C(1) << here % 64;
	}
}

static void count_line(struct passage *passage, struct slice text, const struct line_facts *facts)
{
	uint64_t columns[COLUMN_WORDS];
	if (facts->gaps) {
		find_gaps(text, facts, columns);
		for (size_t i = 0; i < COLUMN_WORDS; i++)
			passage->columns[i] =
				passage->gaps == 0 ? columns[i] : passage->columns[i] & columns[i];
	}
	passage->last = *facts;
	passage->end = facts->shown.end;
	passage->lines++;
	passage->capitals += facts->capital;
	passage->small += facts->small;
	passage->codes += facts->code;
	passage->tables += facts->table;
	passage->gaps += facts->gaps;
	passage->lone += facts->lone;
	if (facts->width > passage->widest)
		passage->widest = facts->width;
}

void passage_begin(struct passage *passage, struct slice text, const struct line_facts *facts,
	const struct manner *manner)
{
	*passage = (struct passage){.manner = *manner,
		.first = *facts,
		.start = facts->line.start,
		.base = facts->indent,
		.fenced = facts->fence};
	count_line(passage, text, facts);
}

void passage_add(
	struct passage *passage, struct slice text, const struct line_facts *facts, bool tight)
{
	unsigned need = passage->last.width + 1 + facts->word;
	passage->needs[need < NEED_MOST ? need : NEED_MOST - 1]++;
	passage->tight += tight;
	passage->loose += !tight;
	if (passage->lines == 1)
		passage->base = facts->indent;
	if (tight && passage->lines == 1 && passage->first.second > 0)
		passage->tables = 0; /* the column behind its gap is a paragraph */
	count_line(passage, text, facts);
}

/* ---- Telling ---------------------------------------------------------------------------- */

/* Wrapped at a width of its own, such as that of a quotation with margins on both sides. */
static bool is_narrow_prose(const struct passage *passage)
{
	const struct manner *manner = &passage->manner;
	unsigned least = manner->shape == SHAPE_VERSE ? 50 : 30;
	size_t joints = passage->lines - 1, full = 0;
	for (size_t need = passage->widest + 1; need < NEED_MOST; need++)
		full += passage->needs[need];
	return !manner->rows && joints >= 2 && passage->widest >= least &&
	       passage->widest <= WRAPPED_MOST && full * 10 >= joints * 8 &&
	       passage->small * 5 >= joints * 2 && passage->lone * 2 < passage->lines &&
	       passage->codes * 4 < passage->lines;
}

static bool has_columns(const struct passage *passage)
{
	uint64_t any = 0;
	if (passage->gaps < 2 || passage->gaps * 10 < passage->lines * 6)
		return false;
	for (size_t at = passage->first.indent; at < COLUMN_WORDS * 64 && at < passage->widest;
		at++)
		any |= passage->columns[at / 64] >> at % 64 & 1;
	return any != 0;
}

static bool is_code(const struct passage *passage)
{
	const struct manner *manner = &passage->manner;
	bool indented = passage->first.indent >= manner->margin + CODE_INDENT;
	bool sentence = manner->shape == SHAPE_FLOWING &&
			(passage->first.ends || passage->first.width > WRAPPED_MOST);
	if (passage->lines == 1)
		return !sentence && indented && passage->first.code && passage->apart &&
		       passage->first.marker == 0 && passage->first.depth == 0;
	bool prose = passage->tight > 0 && passage->codes * 10 < passage->lines * 9;
	return !prose && passage->codes * 2 >= passage->lines && (indented || passage->codes >= 2);
}

/* A line alone, among lines that stay as they are: a sentence may be wrapped all the same. */
static bool is_single_row(const struct passage *passage)
{
	const struct line_facts *line = &passage->first;
	bool words = line->capital && line->indent == 0 && !line->table;
	if (line->cut || line->marker > 0 || line->depth > 0 || line->rule)
		return false;
	if (words && ((line->ends && !line->code) || line->width > ROW_MOST))
		return false;
	return passage->manner.rows || line->width <= ROW_MOST;
}

bool passage_is_rows(const struct passage *passage)
{
	const struct manner *manner = &passage->manner;
	if (passage->fenced)
		return true;
	if (manner->shape == SHAPE_VERSE && passage->lines == 1)
		return is_single_row(passage);
	if (passage->tables > 0 && passage->tables * 2 >= passage->lines)
		return passage->lines > 1 ||
		       (manner->shape != SHAPE_FLOWING && passage->first.second == 0);
	if (is_code(passage) || has_columns(passage))
		return true;
	if (passage->loose > passage->tight)
		return !is_narrow_prose(passage);
	return passage->lines >= VERSE_LINES && passage->small == 0 &&
	       passage->capitals == passage->lines && passage->loose > 0;
}

/* Lines are paragraphs, or headings between them. */
static bool are_paragraphs(const struct manner *manner)
{
	return manner->shape == SHAPE_FLOWING && !manner->close;
}

static bool is_heading(const struct passage *passage, struct slice text, bool first)
{
	struct slice body = slice_cut(text, passage->first.shown.start, passage->end);
	if (!are_paragraphs(&passage->manner) &&
		(!passage->apart || passage->first.table || passage->first.code))
		return false;
	return passage->lines <= (first ? 3 : 2) && passage->loose == 0 &&
	       line_is_heading(body, first);
}

/* It stands left of all paragraphs, as in manuals. */
static bool is_flush_heading(const struct passage *passage, struct slice text)
{
	const struct line_facts *line = &passage->first;
	struct slice body = slice_cut(text, line->shown.start, passage->end);
	return passage->lines == 1 && passage->manner.shape == SHAPE_WRAPPED &&
	       line->indent + FLUSH_LEAST <= passage->manner.margin && line->capital &&
	       line->marker == 0 && !line->table && !line->code && line_is_heading(body, false);
}

/* Of items only a numbered one that stands alone. */
static bool may_be_heading(const struct passage *passage)
{
	const struct manner *manner = &passage->manner;
	if (manner->headed || passage->first.rule || passage->first.depth > 0)
		return false;
	return passage->first.marker == 0 ||
	       (manner->shape == SHAPE_WRAPPED && passage->first.numbered && passage->lines == 1 &&
		       passage->level <= 1);
}

/* How far a wrapped paragraph is set in, but for its first line; so is a line among rows that is
 * too long for one. */
static uint8_t setting(const struct passage *passage)
{
	const struct manner *manner = &passage->manner;
	unsigned first = passage->first.indent, opening = manner->opening;
	unsigned indent = first < passage->base ? first : passage->base;
	bool opens = passage->lines == 1 && indent + 1 >= opening && indent <= opening + 1;
	if ((manner->shape != SHAPE_WRAPPED && !manner->rows) || indent <= manner->edge || opens)
		return 0;
	unsigned level = (indent - manner->edge) / SETTING_COLUMNS;
	return (uint8_t)(level < SETTING_MOST ? level : SETTING_MOST);
}

static void tell_kind(struct block *block, const struct passage *passage, struct slice text)
{
	block->kind = BLOCK_PARAGRAPH;
	if (passage->first.rule) {
		block->kind = BLOCK_RULE;
	} else if (passage->first.depth > 0) {
		block->kind = BLOCK_QUOTATION;
		block->level = passage->first.depth;
	} else if (passage->first.marker > 0) {
		block->kind = BLOCK_ITEM;
		block->level = (uint8_t)passage->level;
		block->body = text_shown(text,
			(struct span){block->body.start + passage->first.marker, block->body.end});
	}
}

static void make_heading(struct block *block, const struct passage *passage, uint8_t level)
{
	block->kind = BLOCK_HEADING;
	block->level = level;
	block->lines = false;
	block->body.start = passage->first.shown.start;
}

/* The first line's indent is kept, since the others are set against it. */
static size_t rows_start(struct slice text, const struct passage *passage)
{
	size_t start = passage->first.shown.start;
	while (start > passage->first.line.start &&
		(text.bytes[start - 1] == ' ' || text.bytes[start - 1] == '\t'))
		start--;
	return start;
}

struct block passage_block(const struct passage *passage, struct slice text, bool more_follows)
{
	const struct manner *manner = &passage->manner;
	bool first = passage->start == 0;
	bool apart = more_follows && (are_paragraphs(manner) || passage->ended);
	if (manner->spaced && !first)
		apart = apart && passage->apart && passage->ended;
	struct block block = {
		.extent = {passage->start, passage->end},
		.body = {passage->first.shown.start, passage->end},
		.lines = passage_is_rows(passage),
	};
	tell_kind(&block, passage, text);
	if (block.kind == BLOCK_PARAGRAPH && !block.lines)
		block.level = setting(passage);
	if (passage->heading > 0) {
		make_heading(&block, passage, passage->heading);
		block.body.end = passage->first.shown.end;
	} else if (apart && (!block.lines || passage->lines == 1) && may_be_heading(passage) &&
		   is_heading(passage, text, first)) {
		make_heading(&block, passage, first ? 1 : 2);
	} else if (more_follows && may_be_heading(passage) && is_flush_heading(passage, text)) {
		make_heading(&block, passage, passage->first.indent == 0 ? 2 : 3);
	} else if (block.lines && block.kind != BLOCK_ITEM && block.kind != BLOCK_QUOTATION) {
		bool code = passage->fenced || is_code(passage);
		block.kind = code ? BLOCK_CODE : BLOCK_PARAGRAPH;
		block.body.start = rows_start(text, passage);
	}
	block.wrapped = !block.lines && manner->shape != SHAPE_FLOWING;
	return block;
}
