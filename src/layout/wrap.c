/* wrap.c: greedy filling of rows.
 *
 * The text goes by as steps, one a grapheme cluster, each with its cells and whether a row may end
 * before it. The filler keeps where the row began, the last place where it may end, and the cells
 * up to both, so that nothing is measured twice: the work is linear however long a word is. Blanks
 * take part in a row only when something follows them on it.
 *
 * ASCII letters in a row never part, so where they fit they go by as one step.
 *
 * Where a row may end is asked of a table (latin.c) for most western text, else of libunistring,
 * whose breaks lack LB29 and a few others that are mended here.
 */
#include "byline/layout.h"

#include "layout/latin.h"
#include "layout/width.h"

#include <stdlib.h>
#include <string.h>
#include <unilbrk.h>

#define SOFT_HYPHEN 0xADu
#define ZERO_WIDTH_SPACE 0x200Bu

struct step {
	size_t start, end; /* bytes in the body */
	unsigned width;    /* cells */
	bool blank;        /* swallowed at the end of a row */
	bool may_break;    /* a row may end before it */
};

/* A place in the row that is being filled, and the cells from the row's start up to it. */
struct point {
	size_t at, cells;
};

struct filler {
	struct rows *rows;
	size_t base;
	unsigned room, indent; /* cells a row; cells left of it */
	bool wrapped;          /* white space is one blank */
	size_t start;          /* of the row */
	size_t cells;          /* from there to the next step, blanks counted */
	struct point filled;   /* the end of what is no blank */
	bool has_content;      /* there is something that is no blank */
	bool can_break; /* the row may end at `ended` with the next one beginning at `next` */
	struct point ended, next;
};

static void filler_emit(struct filler *filler, struct point end)
{
	struct rows *rows = filler->rows;
	rows->items = grow(rows->items, &rows->capacity, rows->count + 1, sizeof *rows->items);
	rows->items[rows->count++] = (struct row){
		.start = filler->base + filler->start,
		.end = filler->base + end.at,
		.width = (uint32_t)end.cells, /* at most room */
		.indent = filler->indent,
	};
	filler->can_break = false;
}

/* Begins a row at a step, with nothing on it. */
static void filler_begin(struct filler *filler, size_t at)
{
	filler->start = at;
	filler->cells = 0;
	filler->has_content = false;
}

/* Ends the row where it may end; what follows that place is carried over to the next row. */
static void filler_break(struct filler *filler, const struct step *step)
{
	struct point next = filler->next;
	filler_emit(filler, filler->ended);
	if (next.at == step->start) {
		filler_begin(filler, next.at);
		return;
	}
	filler->start = next.at;
	filler->cells -= next.cells;
	filler->filled.cells -= next.cells;
}

/* Makes room for a step that does not fit; false where the row is empty and cannot have more. */
static bool filler_make_room(struct filler *filler, const struct step *step)
{
	if (filler->can_break) {
		filler_break(filler, step);
		return true;
	}
	if (filler->has_content)
		filler_emit(filler, filler->filled);
	else if (filler->cells == 0)
		return false;
	filler_begin(filler, step->start);
	return true;
}

static void filler_take(struct filler *filler, const struct step *step)
{
	if (step->blank) {
		filler->cells += step->width;
		return;
	}
	if (step->may_break && filler->has_content) {
		filler->can_break = true;
		filler->ended = filler->filled;
		filler->next = (struct point){step->start, filler->cells};
	}
	size_t width = step->width < filler->room ? step->width : filler->room;
	while (filler->cells + width > filler->room && filler_make_room(filler, step))
		continue;
	filler->cells += width;
	filler->filled = (struct point){step->end, filler->cells};
	filler->has_content = true;
}

static bool is_letter(char byte)
{
	return (unsigned char)((byte | 0x20) - 'a') < 26;
}

#define HYPHENS_MOST 4 /* more are a rule, not the beginning of a word */

/* Behind the hyphens that begin a word (--all, -40), as UAX #14 has it since Unicode 15.1 (LB20a);
 * and behind an opening sign as well: (-p). */
static bool is_behind_first_hyphen(struct slice body, size_t at)
{
	size_t start = at;
	while (start > 0 && body.bytes[start - 1] == '-' && at - start < HYPHENS_MOST)
		start--;
	if (start == at || at - start == HYPHENS_MOST)
		return false;
	if (start == 0 || (unsigned char)body.bytes[start - 1] <= ' ')
		return true;
	uint32_t before;
	utf8_before(body, start, &before);
	return before == 0xA0 || before == 0x2018 || before == 0x201C ||
	       (before < 0x80 && strchr("([{'\"`=<", (int)before) != NULL);
}

#define JUSTIFIED_MOST 3 /* blanks that justify a line; more part an option from its meaning */
#define RUN_MOST 64      /* so that a long word is not looked through again and again */

/* Length of the ASCII letters from `at`, if they fit on the row and are clusters of their own: the
 * last may have a mark on it unless ASCII follows. */
static size_t letter_run(const struct filler *filler, struct slice body, size_t at)
{
	size_t end = at;
	while (end < body.length && end - at < RUN_MOST && is_letter(body.bytes[end]))
		end++;
	if (end > at && end < body.length && (unsigned char)body.bytes[end] >= 0x80)
		end--;
	return filler->cells + (end - at) <= filler->room ? end - at : 0;
}

/* A line end of two bytes has one cell, as the cluster that it is. */
static bool is_half_end(struct slice body, size_t at)
{
	return body.bytes[at] == '\r' && at + 1 < body.length && body.bytes[at + 1] == '\n';
}

static void fill_latin(struct filler *filler, struct slice body)
{
	unsigned before = LATIN_BLANK; /* the last class that was none */
	bool blanks = false;
	size_t length;
	for (size_t at = 0; at < body.length; at += length) {
		unsigned class = latin_class(body, at, &length);
		struct step step = {.start = at};
		step.blank = class == LATIN_BLANK;
		step.width = class != LATIN_SOFT_HYPHEN && !is_half_end(body, at);
		size_t run = letter_run(filler, body, at);
		if (run > 1)
			step.width = (unsigned)(length = run);
		if (step.blank && filler->wrapped)
			length = wrapped_blank(body, at, &step.width);
		step.end = at + length;
		if (!step.blank) {
			step.may_break = before != LATIN_BLANK &&
					 latin_may_break(before, class, blanks) &&
					 !is_behind_first_hyphen(body, at);
			before = class;
		}
		blanks = step.blank;
		filler_take(filler, &step);
	}
}

/* A blank with a mark on it is something to read. */
static bool cluster_is_blank(struct slice cluster)
{
	uint32_t code;
	if (utf8_decode(cluster, 0, &code) < cluster.length)
		return code == '\r';
	return code == ' ' || (code >= '\t' && code <= '\r') || code == 0x85 || code == 0x1680 ||
	       (code >= 0x2000 && code <= 0x200A && code != 0x2007) || code == 0x2028 ||
	       code == 0x2029 || code == 0x205F || code == 0x3000;
}

/* Letters and digits of alphabets, not ideographs or syllables, between which rows may end. */
static bool code_spells(uint32_t code)
{
	return code_class(code) != LETTER_NONE && !(width_flags(code) & WIDTH_WIDE);
}

/* Mends libunistring's answer for a place that no blank precedes. */
static bool mend_break(uint32_t before, uint32_t code, bool may_break)
{
	if (before == ZERO_WIDTH_SPACE) /* LB8 */
		return true;
	if (before == SOFT_HYPHEN) /* it would have to be seen */
		return false;
	if (before == '.' || before == ',' || before == ':') /* LB29 */
		return may_break && !code_spells(code);
	return may_break;
}

/* libunistring's breaks, one a byte; line ends inside the body are blanks to it. free() them. */
static char *find_breaks(struct slice body, bool wrapped)
{
	bool valid = utf8_valid(body); /* else any letter will do, as long as offsets stay */
	struct buffer blanked = {0};
	buffer_append(&blanked, body);
	for (size_t at = 0; at < blanked.length; at++) {
		size_t joint = wrapped ? joint_length(body, at) : 0;
		if (joint > 0) {
			memset(blanked.bytes + at, ' ', joint);
			at += joint - 1;
			continue;
		}
		if (blanked.bytes[at] >= '\t' && blanked.bytes[at] <= '\r')
			blanked.bytes[at] = ' ';
		else if (!valid && (unsigned char)blanked.bytes[at] >= 0x80)
			blanked.bytes[at] = 'x';
	}
	char *breaks = memory_allocate(body.length);
	u8_possible_linebreaks((const uint8_t *)blanked.bytes, body.length, "UTF-8", breaks);
	buffer_release(&blanked);
	return breaks;
}

/* One cluster, or letters that go by together. */
struct glance {
	size_t length;
	uint32_t first, last; /* code points */
	unsigned width;
	bool blank;
};

static struct glance glance_at(const struct filler *filler, struct slice body, size_t at,
	const struct width_policy *policy)
{
	size_t run = letter_run(filler, body, at);
	if (run > 0)
		return (struct glance){
			.length = run,
			.first = (unsigned char)body.bytes[at],
			.last = (unsigned char)body.bytes[at + run - 1],
			.width = (unsigned)run, /* at most the row's */
		};
	struct glance glance = {.first = ' ', .last = ' ', .blank = true};
	if (filler->wrapped && (glance.length = wrapped_blank(body, at, &glance.width)) > 0)
		return glance;
	glance.length = cluster_length(body, at);
	struct slice cluster = slice_cut(body, at, at + glance.length);
	glance.last = glance.first = (unsigned char)*cluster.bytes;
	if (cluster.length > 1 || glance.first >= 0x80) {
		utf8_decode(body, at, &glance.first);
		utf8_before(body, at + glance.length, &glance.last);
	}
	glance.width = cluster_width(cluster, policy);
	glance.blank = cluster_is_blank(cluster);
	return glance;
}

static void fill_any(struct filler *filler, struct slice body, const struct width_policy *policy)
{
	char *breaks = find_breaks(body, filler->wrapped);
	bool blanks = false, line_ended = false;
	struct glance glance, before = {0};
	for (size_t at = 0; at < body.length; at += glance.length) {
		glance = glance_at(filler, body, at, policy);
		struct step step = {.start = at, .end = at + glance.length};
		step.width = glance.width;
		step.blank = glance.blank;
		step.may_break = breaks[at] == UC_BREAK_POSSIBLE || line_ended;
		if (!blanks)
			step.may_break = mend_break(before.last, glance.first, step.may_break) &&
					 !is_behind_first_hyphen(body, at);
		filler_take(filler, &step);
		blanks = step.blank;
		line_ended = breaks[at] == UC_BREAK_MANDATORY || (line_ended && step.blank);
		before = glance;
	}
	free(breaks);
}

static bool is_wide_before(struct slice text, size_t at)
{
	uint32_t code = 0;
	if (at > 0)
		utf8_before(text, at, &code);
	return code >= 0x80 && width_flags(code) & WIDTH_WIDE;
}

static bool is_wide_at(struct slice text, size_t at)
{
	uint32_t code = 0;
	if (at < text.length)
		utf8_decode(text, at, &code);
	return code >= 0x80 && width_flags(code) & WIDTH_WIDE;
}

size_t wrapped_blank(struct slice text, size_t at, unsigned *width)
{
	bool joint;
	size_t end = at + blanks_length(text, at, &joint);
	bool close = joint && (joint_is_hyphened(text, at) ||
				      (is_wide_before(text, at) && is_wide_at(text, end)));
	*width = close ? 0 : !joint && end - at > JUSTIFIED_MOST ? 2 : 1;
	return end - at;
}

static void wrap(struct slice body, const struct fitting *fitting, bool wrapped, struct rows *into)
{
	unsigned most = UINT16_MAX;
	unsigned indent = fitting->indent < most ? fitting->indent : most;
	unsigned room = fitting->width > indent ? fitting->width - indent : 1;
	struct filler filler = {
		.rows = into,
		.base = fitting->base,
		.room = room < most ? room : most,
		.indent = indent,
		.wrapped = wrapped,
	};
	if (fitting->policy->ambiguous != 2 && latin_knows(body))
		fill_latin(&filler, body);
	else if (body.length > 0)
		fill_any(&filler, body, fitting->policy);
	if (filler.has_content)
		filler_emit(&filler, filler.filled);
	else /* nothing but blanks */
		filler_emit(&filler, (struct point){filler.start, 0});
}

void rows_wrap(struct slice body, size_t base, unsigned width, unsigned indent,
	const struct width_policy *policy, struct rows *into)
{
	wrap(body, &(struct fitting){base, width, indent, policy}, false, into);
}

void rows_rewrap(struct slice body, const struct fitting *fitting, struct rows *into)
{
	wrap(body, fitting, true, into);
}

void rows_release(struct rows *rows)
{
	free(rows->items);
	*rows = (struct rows){0};
}
