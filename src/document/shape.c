/* How lines are meant; see shape.h.
 *
 * Text that was wrapped by hand shows it where one line goes over into the next: the sentence goes
 * on (no full stop before, no capital behind), and the next word would not have had room on the
 * line before. Both must be so for most of such joints, at a width that people wrap at. In verse
 * and lists the first may be so and the second is not; where a line is a paragraph, the first is
 * not. Records of fields may look wrapped, but have the same signs between their fields line after
 * line. What is none of these surely is taken for a line a paragraph, which loses nothing: only
 * where lines are many, stand together and seldom end sentences are they taken for verse.
 */
#include "document/shape.h"

#include <stdlib.h>

#include "document/lines.h"

#define WRAPPED_LEAST 45 /* columns; lines shorter than that are lines */
#define NESTED_INDENT 2  /* columns */
#define LONE_LEAST 55    /* for one joint alone to tell */

/* Two lines that follow each other. */
struct joint {
	unsigned width;         /* of the first */
	unsigned need;          /* columns that it would have with the next word */
	unsigned above, indent; /* of the first, of the second */
	bool goes_on;           /* the sentence does */
};

struct census {
	struct joint *joints;
	size_t count, capacity;
	size_t lines, ends, codes, narrow;
	size_t set_in; /* lines that are, below another */
	size_t alike;  /* lines with as many fields as the line before */
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
	census->joints =
		grow(census->joints, &census->capacity, census->count + 1, sizeof *census->joints);
	census->joints[census->count++] = (struct joint){
		.width = before->width,
		.need = before->width + 1 + after->word,
		.above = before->indent,
		.indent = after->indent,
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

static void count_line(struct census *census, const struct line_facts *facts)
{
	size_t bytes = facts->line.end - facts->line.start;
	bool is_long = facts->width > WRAPPED_MOST || facts->cut;
	census->lines++;
	census->bytes += bytes;
	census->long_bytes += is_long ? bytes : 0;
	census->ends += facts->ends;
	census->codes += facts->code;
	census->narrow += facts->width <= 80;
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
				count_line(census, &facts);
			if (shows && follows && may_join(&before, &facts))
				count_joint(census, &before, &facts);
			struct fields fields = fields_of(sample, facts.shown);
			census->set_in += shows && follows && facts.indent >= NESTED_INDENT &&
					  facts.marker == 0;
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
		if (census->joints[i].goes_on && census->joints[i].width <= WRAPPED_MOST)
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

/* The commonest indent of lines that were wrapped. */
static unsigned usual_indent(const struct census *census, unsigned width)
{
	size_t counts[WRAPPED_MOST] = {0};
	unsigned best = 0;
	for (size_t i = 0; i < census->count; i++)
		if (census->joints[i].goes_on && is_full(&census->joints[i], width) &&
			census->joints[i].indent < WRAPPED_MOST)
			counts[census->joints[i].indent]++;
	for (unsigned i = 0; i < WRAPPED_MOST; i++)
		if (counts[i] > counts[best])
			best = i;
	return best;
}

/* How first lines of paragraphs are set in, if the commonest way to do it is no accident. */
static unsigned usual_opening(const struct census *census, const struct manner *manner)
{
	size_t counts[WRAPPED_MOST] = {0};
	unsigned best = 0;
	for (size_t i = 0; i < census->count; i++) {
		const struct joint *joint = &census->joints[i];
		if (joint->indent == manner->margin && joint->above > manner->margin + 1 &&
			joint->above < WRAPPED_MOST && joint->need > manner->width)
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
		if (!no_room && (rows || joint->width * 2 < manner->width))
			continue;
		full += no_room;
		going_on += joint->goes_on;
		full_on += no_room && joint->goes_on;
	}
	if (manner->width < WRAPPED_LEAST || going_on == 0)
		return false;
	if (going_on == 1 && manner->width < LONE_LEAST)
		return false;
	return full_on * 10 >= going_on * 6 && full_on * 10 >= full * 3;
}

/* Of a program most lines are too short to have signs of one. */
static bool is_program(const struct census *census)
{
	return census->lines >= 4 && census->codes * 3 >= census->lines &&
	       census->long_bytes * 4 <= census->bytes;
}

/* What stands below something else is set in, as in programs without many signs. */
static bool is_nested(const struct census *census)
{
	return census->lines >= 4 && census->set_in * 3 >= census->lines &&
	       census->long_bytes * 4 <= census->bytes;
}

/* As in comma-separated values: a line is a record, and its fields stand between the same signs. */
static bool is_records(const struct census *census)
{
	return census->lines >= 4 && census->alike * 10 >= (census->lines - 1) * 8 &&
	       census->long_bytes * 4 <= census->bytes;
}

static bool is_verse(const struct census *census)
{
	return census->count >= 3 && census->long_bytes == 0 &&
	       census->count * 2 >= census->lines && census->ends * 2 <= census->lines &&
	       census->narrow * 10 >= census->lines * 9;
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
	manner.margin = usual_indent(&census, manner.width);
	bool wrapped = census.long_bytes * 10 < census.bytes * 3 && is_wrapped(&census, &manner);
	manner.rows = is_records(&census) || (!wrapped && is_nested(&census));
	if (manner.rows || (!wrapped && (is_verse(&census) || is_program(&census))))
		manner.shape = SHAPE_VERSE;
	else if (wrapped)
		manner.shape = SHAPE_WRAPPED;
	if (manner.shape == SHAPE_WRAPPED)
		manner.opening = usual_opening(&census, &manner);
	else
		manner.width = manner.margin = 0;
	free(census.joints);
	return manner;
}
