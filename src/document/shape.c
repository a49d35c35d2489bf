/* How lines are meant; see shape.h.
 *
 * Text that was wrapped by hand shows it where one line goes over into the next: the sentence goes
 * on (no full stop before, no capital behind), and the next word would not have had room on the
 * line before. Both must be so for most of such joints, at a width that people wrap at. In verse
 * and lists the first may be so and the second is not; where a line is a paragraph, the first is
 * not. Records of fields may look wrapped, but have the same signs between their fields line after
 * line. Of programs comments may be wrapped, but they have more signs, indents and short lines than
 * sentences that run on. What is none of these surely is taken for a line a paragraph, which loses
 * nothing: only where lines are many, stand together and seldom end sentences, or have columns or
 * the signs of programs, are they taken for lines that stay as they are.
 */
#include "document/shape.h"

#include <stdlib.h>

#include "document/lines.h"

#define WRAPPED_LEAST 45 /* columns; lines shorter than that are lines */
#define NESTED_INDENT 2  /* columns */
#define LONE_LEAST 55    /* for one joint alone to tell */
#define ROWS_MOST 200    /* columns */

/* Two lines that follow each other. */
struct joint {
	unsigned width;         /* of the first */
	unsigned need;          /* columns that it would have with the next word */
	unsigned above, indent; /* of the first, of the second */
	bool level;             /* they may be lines of one paragraph */
	bool goes_on;           /* the sentence does */
	bool runs;              /* it surely does */
};

struct census {
	struct joint *joints;
	size_t count, capacity;
	size_t level; /* joints that are */
	size_t lines, ends, codes, narrow;
	size_t odd;                       /* lines with signs that prose seldom has */
	size_t tables, gaps, table_bytes; /* lines with columns */
	size_t lone;                      /* lines that are little more than a word */
	size_t far;                       /* lines that are no rows of a table any more */
	size_t set_in;                    /* lines that are, below another */
	size_t alike;                     /* lines with as many fields as the line before */
	size_t bytes, long_bytes;
};

static char line_end_of(struct slice sample)
{
	bool feeds = memchr(sample.bytes, '\n', sample.length) != NULL;
	return !feeds && memchr(sample.bytes, '\r', sample.length) ? '\r' : '\n';
}

/* ---- Counting --------------------------------------------------------------------------- */

static bool may_join(const struct line_facts *before, const struct line_facts *after)
{
	bool hangs = before->marker > 0 && after->indent > before->indent;
	bool level = after->indent <= before->indent + 1 || hangs;
	return before->depth == after->depth && after->marker == 0 && level && !before->rule &&
	       !after->rule && !before->table && !after->table;
}

static void count_joint(
	struct census *census, const struct line_facts *before, const struct line_facts *after)
{
	bool level = may_join(before, after);
	census->level += level;
	census->joints =
		grow(census->joints, &census->capacity, census->count + 1, sizeof *census->joints);
	census->joints[census->count++] = (struct joint){
		.width = before->width,
		.need = before->width + 1 + after->word,
		.above = before->indent,
		.indent = after->indent,
		.level = level,
		.runs = level && !before->ends && after->small,
		.goes_on = !before->ends && after->letter && (!after->capital || before->hyphen),
	};
}

/* What may stand between fields. */
static const char separators[] = ",;:|";
#define SEPARATORS (sizeof separators - 1)
#define SEPARATED_LEAST 2 /* fewer stand in any sentence */

struct fields {
	size_t counts[SEPARATORS];
};

static struct fields fields_of(struct slice sample, struct span line)
{
	struct fields fields = {0};
	for (size_t at = line.start; at < line.end; at++)
		for (size_t i = 0; i < SEPARATORS; i++)
			fields.counts[i] += sample.bytes[at] == separators[i];
	return fields;
}

static bool are_alike(const struct fields *left, const struct fields *right)
{
	bool alike = false;
	for (size_t i = 0; i < SEPARATORS; i++)
		alike = alike ||
			(left->counts[i] >= SEPARATED_LEAST && left->counts[i] == right->counts[i]);
	return alike;
}

/* Signs of programs and of the likes of them, in whatever language: some wherever they stand,
 * brackets behind a name, colons inside of one. */
static bool has_odd_signs(struct slice sample, struct span shown)
{
	static const char odd[] = "={}<>[]|\\$^~_&@`;";
	for (size_t at = shown.start; at < shown.end; at++) {
		unsigned char byte = (unsigned char)sample.bytes[at];
		if (byte != '\0' && byte < 0x80 && code_class(byte) == LETTER_NONE &&
			strchr(odd, byte))
			return true;
		if (byte == '(' && at > shown.start &&
			code_class((unsigned char)sample.bytes[at - 1]) != LETTER_NONE)
			return true;
		if (byte == ':' && at + 1 < shown.end && sample.bytes[at + 1] > ' ')
			return true;
	}
	return false;
}

static void count_line(struct census *census, struct slice sample, const struct line_facts *facts)
{
	size_t bytes = facts->line.end - facts->line.start;
	bool is_long = facts->width > WRAPPED_MOST || facts->cut;
	census->lines++;
	census->bytes += bytes;
	census->long_bytes += is_long ? bytes : 0;
	census->ends += facts->ends;
	census->codes += facts->code;
	census->narrow += facts->width <= 80;
	census->odd += has_odd_signs(sample, facts->shown);
	census->tables += facts->table;
	census->gaps += facts->gaps && !facts->table;
	census->table_bytes += facts->table || facts->gaps ? bytes : 0;
	census->lone += facts->lone;
	census->far += facts->cut || facts->width > ROWS_MOST;
}

static void take_census(struct slice sample, char line_end, struct census *census)
{
	struct line_facts before = {0};
	struct fields above = {0};
	bool follows = false, fenced = false;
	for (size_t at = 0; at < sample.length;) {
		const char *found = memchr(sample.bytes + at, line_end, sample.length - at);
		size_t end = found ? (size_t)(found - sample.bytes) : sample.length;
		struct span shown = text_shown(sample, (struct span){at, end});
		bool shows = shown.start < shown.end;
		if (shows) {
			struct line_facts facts = line_look(sample, (struct span){at, end}, shown);
			fenced = fenced != facts.fence;
			shows = !fenced && !facts.fence && facts.shown.start < facts.shown.end;
			if (shows)
				count_line(census, sample, &facts);
			if (shows && follows)
				count_joint(census, &before, &facts);
			struct fields fields = fields_of(sample, facts.shown);
			census->set_in += shows && follows && facts.indent >= NESTED_INDENT &&
					  facts.marker == 0 && !facts.table;
			census->alike += shows && follows && are_alike(&above, &fields);
			above = fields;
			before = facts;
		}
		follows = shows;
		at = end + 1;
	}
}

/* ---- Deciding --------------------------------------------------------------------------- */

static int compare_numbers(const void *left, const void *right)
{
	const unsigned *a = left, *b = right;
	return (*a > *b) - (*a < *b);
}

/* The width that nearly all lines of joints which go on have room in. */
static unsigned usual_width(const struct census *census)
{
	unsigned *widths = memory_allocate((census->count + 1) * sizeof *widths), width = 0;
	size_t count = 0;
	for (size_t i = 0; i < census->count; i++)
		if (census->joints[i].level && census->joints[i].goes_on &&
			census->joints[i].width <= WRAPPED_MOST)
			widths[count++] = census->joints[i].width;
	if (count > 0) {
		qsort(widths, count, sizeof *widths, compare_numbers);
		width = widths[count - 1 - count / 20];
	}
	free(widths);
	return width;
}

/* The second line's first word had no room on the first, or hardly. */
static bool is_full(const struct joint *joint, unsigned width)
{
	return joint->need + width / 8 > width;
}

/* The commonest indent of lines that were wrapped, and the least one that is no accident. */
static void find_indents(const struct census *census, struct manner *manner)
{
	size_t counts[WRAPPED_MOST] = {0}, all = 0;
	unsigned best = 0, edge = 0;
	for (size_t i = 0; i < census->count; i++) {
		const struct joint *joint = &census->joints[i];
		bool wrapped = joint->level && joint->goes_on && is_full(joint, manner->width);
		if (!wrapped || joint->indent >= WRAPPED_MOST)
			continue;
		counts[joint->indent]++;
		all++;
	}
	for (unsigned i = 0; i < WRAPPED_MOST; i++)
		if (counts[i] > counts[best])
			best = i;
	while (edge < best && (counts[edge] < 2 || counts[edge] * 40 < all))
		edge++;
	manner->margin = best;
	manner->edge = edge;
}

/* How first lines of paragraphs are set in, if the commonest way to do it is no accident. */
static unsigned usual_opening(const struct census *census, const struct manner *manner)
{
	size_t counts[WRAPPED_MOST] = {0};
	unsigned best = 0;
	for (size_t i = 0; i < census->count; i++) {
		const struct joint *joint = &census->joints[i];
		if (joint->level && joint->indent == manner->margin &&
			joint->above > manner->margin + 1 && joint->above < WRAPPED_MOST &&
			joint->need > manner->width)
			counts[joint->above]++;
	}
	for (unsigned i = 0; i < WRAPPED_MOST; i++)
		if (counts[i] > counts[best])
			best = i;
	return counts[best] >= 2 ? best : 0;
}

static bool is_wrapped(const struct census *census, const struct manner *manner)
{
	size_t full = 0, going_on = 0, full_on = 0;
	for (size_t i = 0; i < census->count; i++) {
		const struct joint *joint = &census->joints[i];
		bool no_room = is_full(joint, manner->width);
		bool rows = joint->indent >= manner->margin + 4; /* code, a table, verse */
		if (!joint->level)
			continue;
		if (!no_room && (rows || joint->width * 2 < manner->width))
			continue;
		full += no_room;
		going_on += joint->goes_on;
		full_on += no_room && joint->goes_on;
	}
	if (manner->width < WRAPPED_LEAST || going_on == 0 || census->lone * 2 > census->lines)
		return false;
	if (going_on == 1 && manner->width < LONE_LEAST)
		return false;
	return full_on * 10 >= going_on * 6 && full_on * 10 >= full * 3;
}

/* Of a program most lines are too short to have signs that only programs have. */
static bool may_be_program(const struct census *census)
{
	return census->lines >= 4 && census->long_bytes * 2 <= census->bytes &&
	       (census->codes * 3 >= census->lines || census->odd * 2 >= census->lines);
}

/* Gaps of two blanks may be those of lines that were wrapped and justified. */
static bool has_columns(const struct census *census, bool wrapped)
{
	size_t tables = census->tables + (wrapped ? 0 : census->gaps);
	return census->lines >= 3 && tables * 10 >= census->lines * 6 &&
	       census->far * 4 <= census->lines && census->table_bytes * 2 >= census->bytes;
}

/* Entries of a log and the like: paragraphs end as sentences do, and have no such signs. */
static bool is_close(const struct census *census)
{
	if (census->lines < 4 || census->level * 2 < census->lines)
		return false;
	return census->odd * 4 >= census->lines * 3 || census->ends * 2 < census->lines;
}

static bool is_spaced(const struct census *census)
{
	return census->lines >= 4 && census->count * 2 < census->lines;
}

/* What stands below something else is set in, as in programs without many signs. */
static bool may_be_nested(const struct census *census)
{
	return census->lines >= 4 && census->set_in * 3 >= census->lines &&
	       census->long_bytes * 4 <= census->bytes;
}

/* How the lines follow each other, whatever they are. */
struct flow {
	size_t full; /* joints at which there was no room */
	size_t runs; /* of those where sentences surely run on */
};

static struct flow flow_of(const struct census *census, unsigned width)
{
	struct flow flow = {0};
	for (size_t i = 0; i < census->count; i++) {
		bool full = is_full(&census->joints[i], width);
		flow.full += full;
		flow.runs += full && census->joints[i].runs;
	}
	return flow;
}

/* A program or the like of it, though comments in it were wrapped: it has more of what programs
 * have (signs, indents, endings) than of sentences that run on from line to line. What has hardly
 * any of those and many indents is nested data. */
static bool is_surely_program(const struct census *census, unsigned width)
{
	struct flow flow = flow_of(census, width);
	size_t lines = census->lines, pairs = census->count;
	bool odd = census->odd * 10 > lines * 3;
	bool nested = census->set_in * 10 > lines * 4;
	if (lines < 4 || pairs == 0 || census->long_bytes * 4 > census->bytes)
		return false;
	size_t signs = census->odd + census->set_in + census->codes;
	if (odd && signs > lines && (signs - lines) * pairs > 2 * flow.runs * lines)
		return true;
	return nested && flow.full * 4 < pairs && flow.runs * 8 < pairs;
}

/* The first line says what runs the program. */
static bool is_script(struct slice sample)
{
	return slice_starts(sample, "#!") || slice_starts(sample, "\xEF\xBB\xBF#!");
}

/* As in comma-separated values: a line is a record, and its fields stand between the same signs. */
static bool is_records(const struct census *census)
{
	return census->lines >= 4 && census->alike * 10 >= (census->lines - 1) * 8 &&
	       census->long_bytes * 4 <= census->bytes;
}

static bool is_verse(const struct census *census)
{
	return census->level >= 3 && census->long_bytes == 0 &&
	       census->level * 2 >= census->lines && census->ends * 2 <= census->lines &&
	       census->narrow * 10 >= census->lines * 9;
}

static bool holds_line(struct slice sample, const char *start)
{
	return memmem(sample.bytes, sample.length, start, strlen(start)) != NULL;
}

/* As diff writes it: lines begin with + and -, which are no items. */
static bool is_patch(struct slice sample)
{
	return holds_line(sample, "\n@@ -") && holds_line(sample, "\n+++ ") &&
	       holds_line(sample, "\n--- ");
}

/* Lines are lines; `rows`: surely those of no prose. */
static bool are_lines(struct slice sample, const struct census *census, unsigned width, bool *rows)
{
	bool wrapped = width > 0;
	*rows = is_script(sample) || is_patch(sample) || is_records(census) ||
		(wrapped ? is_surely_program(census, width) : may_be_nested(census));
	return *rows || has_columns(census, wrapped) ||
	       (!wrapped && (is_verse(census) || may_be_program(census)));
}

struct manner manner_of(struct slice sample)
{
	struct census census = {0};
	struct manner manner = {.shape = SHAPE_FLOWING, .line_end = '\n'};
	if (sample.length == 0)
		return manner;
	manner.line_end = line_end_of(sample);
	take_census(sample, manner.line_end, &census);
	manner.width = usual_width(&census);
	find_indents(&census, &manner);
	if (census.long_bytes * 10 >= census.bytes * 3 || !is_wrapped(&census, &manner))
		manner.width = manner.margin = manner.edge = 0;
	if (are_lines(sample, &census, manner.width, &manner.rows)) {
		manner.shape = SHAPE_VERSE;
		manner.width = manner.margin = manner.edge = 0;
	} else if (manner.width > 0) {
		manner.shape = SHAPE_WRAPPED;
		manner.opening = usual_opening(&census, &manner);
		manner.close = manner.opening == 0;
	} else {
		manner.close = is_close(&census);
		manner.spaced = is_spaced(&census);
	}
	free(census.joints);
	return manner;
}
