/* How lines are meant; see shape.h.
 *
 * Text that was wrapped by hand shows it where one line goes over into the next: the sentence goes
 * on (no full stop before, no capital behind), and the next word would not have had room on the
 * line before. Both must be so for most of such joints, at a width that people wrap at, or else in
 * stretches that are surely prose by themselves and are no accident, whatever stands between them.
 * In verse and lists the first may be so and the second is not; where a line is a paragraph, the
 * first is not. Records of fields may look wrapped, but have the same signs between their fields
 * line after line. Of programs comments may be wrapped, but they have more signs, indents and short
 * lines than sentences that run on. What is none of these surely is taken for a line a paragraph,
 * which loses nothing: only where lines are many, stand together and seldom end sentences, or have
 * columns or the signs of programs, are they taken for lines that stay as they are.
 */
#include "document/shape.h"

#include <stdlib.h>

#include "document/census.h"
#include "document/stretch.h"

#define WRAPPED_LEAST 45 /* columns; lines shorter than that are lines */
#define LONE_LEAST 55    /* for one joint alone to tell */
#define PROSE_SHARE 6    /* of its lines one in so many is surely prose: no program has that */
#define SURE_SHARE 20    /* and so much of them is no accident */

static char line_end_of(struct slice sample)
{
	bool feeds = memchr(sample.bytes, '\n', sample.length) != NULL;
	return !feeds && memchr(sample.bytes, '\r', sample.length) ? '\r' : '\n';
}

/* ---- Counting --------------------------------------------------------------------------- */

/* Lines of stretches that are surely prose, by how wide they are. */
struct prose {
	size_t lines, bytes;
	size_t widths[WRAPPED_MOST + 1];
};

struct survey {
	struct census census;
	struct prose prose;
	struct stretch stretch; /* the one that is being read */
	bool fenced;
};

static void end_stretch(struct survey *survey, struct slice text)
{
	struct stretch *stretch = &survey->stretch;
	unsigned width = stretch_prose_width(stretch, text);
	if (width > 0) {
		size_t end = stretch->lines[stretch->count - 1].line.end;
		survey->prose.lines += stretch->count;
		survey->prose.widths[width] += stretch->count;
		survey->prose.bytes += end - stretch->lines[0].line.start;
	}
	stretch->count = 0;
}

static void part(struct survey *survey, struct slice text)
{
	census_part(&survey->census);
	end_stretch(survey, text);
}

static void survey_line(struct survey *survey, struct slice sample, struct span line)
{
	struct span shown = text_shown(sample, line);
	struct line_facts facts = {0};
	if (shown.start < shown.end)
		facts = line_look(sample, line, shown);
	survey->fenced = survey->fenced != facts.fence;
	if (survey->fenced || facts.fence || facts.shown.start == facts.shown.end) {
		part(survey, sample);
		return;
	}
	census_take(&survey->census, sample, &facts);
	if (line_stands_alone(&facts) || survey->stretch.count == STRETCH_LINES)
		end_stretch(survey, sample);
	if (!line_stands_alone(&facts))
		survey->stretch.lines[survey->stretch.count++] = facts;
}

static void survey_lines(struct survey *survey, struct slice sample, char line_end)
{
	for (size_t at = 0; at < sample.length;) {
		const char *found = memchr(sample.bytes + at, line_end, sample.length - at);
		size_t end = found ? (size_t)(found - sample.bytes) : sample.length;
		survey_line(survey, sample, (struct span){at, end});
		at = end + 1;
	}
	end_stretch(survey, sample);
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

/* The commonest indent of lines that were wrapped, and the least one of any lines that is no
 * accident. */
static void find_indents(const struct census *census, struct manner *manner)
{
	size_t counts[WRAPPED_MOST] = {0};
	unsigned best = 0, edge = 0;
	for (size_t i = 0; i < census->count; i++) {
		const struct joint *joint = &census->joints[i];
		bool wrapped =
			joint->level && joint->goes_on && joint_is_full(joint, manner->width);
		if (!wrapped || joint->indent >= WRAPPED_MOST)
			continue;
		counts[joint->indent]++;
	}
	for (unsigned i = 0; i < WRAPPED_MOST; i++)
		if (counts[i] > counts[best])
			best = i;
	while (edge < best &&
		(census->indents[edge] < 2 || census->indents[edge] * 100 < census->lines))
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
		if (joint->level && joint->goes_on && joint->indent == manner->margin &&
			joint->above > manner->margin + 1 && joint->above < WRAPPED_MOST &&
			joint->need > manner->width)
			counts[joint->above]++;
	}
	for (unsigned i = 0; i < WRAPPED_MOST; i++)
		if (counts[i] > counts[best])
			best = i;
	return counts[best] >= 2 ? best : 0;
}

/* As lists, logs and settings do. */
static bool begin_alike(const struct census *census)
{
	return census->lines >= 4 && census->starts * 2 >= census->level;
}

static bool is_wrapped(const struct census *census, const struct manner *manner)
{
	size_t full = 0, going_on = 0, full_on = 0;
	for (size_t i = 0; i < census->count; i++) {
		const struct joint *joint = &census->joints[i];
		bool no_room = joint_is_full(joint, manner->width);
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
	if (begin_alike(census))
		return false;
	if (going_on == 1 && manner->width < LONE_LEAST)
		return false;
	return full_on * 10 >= going_on * 6 && full_on * 10 >= full * 3;
}

/* Of a program most lines are too short to have signs that only programs have. */
static bool may_be_program(const struct census *census)
{
	if (census->wide_bytes * 2 > census->bytes)
		return false;
	return census->lines >= 4
		       ? census->codes * 3 >= census->lines || census->odd * 2 >= census->lines
		       : census->lines > 1 && census->codes == census->lines;
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

/* What stands below something else is set in, as in programs without many signs. Where the longest
 * lines make up most of it, other lines must have such signs. */
static bool may_be_nested(const struct census *census)
{
	bool narrow = census->wide_bytes * 4 <= census->bytes;
	bool odd = census->wide * 4 <= census->lines && census->odd * 3 >= census->lines;
	return census->lines >= 4 && census->set_in * 3 >= census->lines &&
	       census->sentences * 8 < census->lines && (narrow || odd);
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
		bool full = joint_is_full(&census->joints[i], width);
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
	if (lines < 4 || pairs == 0 || census->wide_bytes * 4 > census->bytes)
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
	if (census->lines < 2 || census->wide_bytes * 4 > census->bytes)
		return false;
	return census->lines >= 4 ? census->alike * 10 >= (census->lines - 1) * 8
				  : census->tight == census->lines - 1;
}

static bool is_verse(const struct census *census)
{
	return census->level >= 3 && census->wide_bytes == 0 &&
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

bool shape_is_rows(const struct census *census, bool *rows)
{
	*rows = is_records(census) || may_be_nested(census);
	return *rows || has_columns(census, false) || is_verse(census) || may_be_program(census);
}

/* So much of it is surely prose that what is else in it stands between. */
static bool is_prosaic(const struct survey *survey, size_t share)
{
	return survey->prose.lines * share >= survey->census.lines;
}

/* Lines are lines, though some may be those of prose; `rows`: surely none is. */
static bool are_rows_all_the_same(
	struct slice sample, const struct survey *survey, unsigned width, bool *rows)
{
	const struct census *census = &survey->census;
	*rows = is_script(sample) || is_records(census) ||
		(is_patch(sample) && !is_prosaic(survey, 3)) ||
		(is_surely_program(census, width) && !is_prosaic(survey, PROSE_SHARE));
	return *rows || (survey->prose.lines == 0 && has_columns(census, true));
}

static bool are_rows(struct slice sample, const struct survey *survey, struct manner *manner)
{
	if (manner->width > 0)
		return are_rows_all_the_same(sample, survey, manner->width, &manner->rows);
	bool lines = shape_is_rows(&survey->census, &manner->rows);
	manner->rows = manner->rows || is_script(sample) || is_patch(sample);
	return lines || manner->rows;
}

/* The width that nine of ten lines have room in, of those that are surely prose. */
static unsigned prose_width(const struct prose *prose)
{
	unsigned width = WRAPPED_MOST;
	for (size_t wider = 0; width > 0; width--) {
		wider += prose->widths[width];
		if (wider * 10 > prose->lines)
			break;
	}
	return width;
}

/* By what is usual at joints, else by what is surely prose, if that is no accident. */
static void find_width(const struct survey *survey, struct manner *manner)
{
	const struct census *census = &survey->census;
	const struct prose *prose = &survey->prose;
	manner->width = usual_width(census);
	find_indents(census, manner);
	if (census->long_bytes * 10 < census->bytes * 3 && is_wrapped(census, manner))
		return;
	bool sure = prose->lines > 2 && prose->bytes > census->long_bytes &&
		    prose->lines * SURE_SHARE >= census->lines;
	manner->width = sure ? prose_width(prose) : 0;
	manner->margin = manner->edge = 0;
	if (sure)
		find_indents(census, manner);
}

static void decide(struct slice sample, const struct survey *survey, struct manner *manner)
{
	find_width(survey, manner);
	if (are_rows(sample, survey, manner)) {
		manner->shape = SHAPE_VERSE;
		manner->width = manner->margin = manner->edge = 0;
	} else if (manner->width > 0) {
		manner->shape = SHAPE_WRAPPED;
		manner->opening = usual_opening(&survey->census, manner);
		manner->close = manner->opening == 0;
	} else {
		manner->close = is_close(&survey->census);
		manner->spaced = is_spaced(&survey->census);
	}
}

struct manner manner_of_rows(struct slice sample)
{
	return (struct manner){
		.shape = SHAPE_VERSE, .rows = true, .close = true, .line_end = line_end_of(sample)};
}

struct manner manner_of(struct slice sample)
{
	struct survey survey = {0};
	struct manner manner = {.shape = SHAPE_FLOWING, .line_end = '\n'};
	if (sample.length == 0)
		return manner;
	manner.line_end = line_end_of(sample);
	survey_lines(&survey, sample, manner.line_end);
	decide(sample, &survey, &manner);
	census_release(&survey.census);
	return manner;
}
