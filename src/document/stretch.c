/* How the lines of a stretch are meant; see stretch.h.
 *
 * What a text is as a whole says what is usual in it; each stretch may be something else, and what
 * it surely is by itself counts for more: prose in which sentences run over the ends of lines that
 * had no room left, comments that begin with the same sign, lists of entries and fields, lines that
 * are wider than any that the text was wrapped at, and in a text whose lines are paragraphs verse,
 * columns and programs.
 */
#include "document/stretch.h"

#include "document/census.h"

#define PROSE_LEAST 40 /* columns */
#define SET_IN_LEAST 4 /* columns */

/* ---- Prose ------------------------------------------------------------------------------ */

static unsigned widest_joint(const struct stretch *stretch)
{
	unsigned widest = 0;
	for (size_t i = 1; i < stretch->count; i++) {
		struct joint joint = joint_between(&stretch->lines[i - 1], &stretch->lines[i]);
		if (joint.level && joint.width > widest)
			widest = joint.width;
	}
	return widest;
}

/* At most of its joints words had no room, and sentences run on; where a line begins with a capital
 * that is open: it may be one of many. */
static bool runs_on(const struct stretch *stretch, unsigned width)
{
	size_t level = 0, full = 0, going_on = 0, open = 0;
	for (size_t i = 1; i < stretch->count; i++) {
		struct joint joint = joint_between(&stretch->lines[i - 1], &stretch->lines[i]);
		bool is_full = joint.level && joint_is_full(&joint, width);
		level += joint.level;
		full += is_full;
		going_on += is_full && joint.goes_on;
		open += is_full && !stretch->lines[i - 1].ends && stretch->lines[i].capital;
	}
	return going_on >= 2 && going_on * 5 >= (level - open) * 2 && full * 10 >= level * 7;
}

/* It has signs of programs, words for lines, or lines that begin alike, as lists and settings do.
 */
static bool has_signs_of_rows(const struct stretch *stretch, struct slice text)
{
	size_t codes = 0, hard = 0, lone = 0, alike = 0;
	for (size_t i = 0; i < stretch->count; i++) {
		const struct line_facts *line = &stretch->lines[i];
		codes += line->code;
		lone += line->lone;
		hard += line_has_hard_signs(text, line->shown);
		alike += i > 0 && lines_begin_alike(text, line[-1].shown, line->shown);
	}
	return codes * 4 >= stretch->count || hard * 2 > stretch->count ||
	       lone * 3 >= stretch->count || alike * 3 >= stretch->count;
}

unsigned stretch_prose_width(const struct stretch *stretch, struct slice text)
{
	unsigned width = stretch->count > 2 ? widest_joint(stretch) : 0;
	if (width < PROSE_LEAST || width > WRAPPED_MOST)
		return 0;
	return runs_on(stretch, width) && !has_signs_of_rows(stretch, text) ? width : 0;
}

/* ---- Rows ------------------------------------------------------------------------------- */

static bool is_starred(const struct stretch *stretch, struct slice text)
{
	bool ends = false;
	for (size_t i = 0; i < stretch->count; i++) {
		struct span shown = stretch->lines[i].shown;
		struct slice line = slice_cut(text, shown.start, shown.end);
		if (!slice_starts(line, "*") && !slice_starts(line, "/*"))
			return false;
		ends = ends || line.length == 1 || slice_starts(line, "/*") ||
		       slice_ends(line, "*/");
	}
	return ends;
}

/* Each line begins with the same sign, which is no item's, or with the stars of a comment. */
static bool is_commented(const struct stretch *stretch, struct slice text)
{
	char sign = text.bytes[stretch->lines[0].shown.start];
	if (strchr("#;%/!|\"'.", sign) == NULL)
		return is_starred(stretch, text);
	for (size_t i = 0; i < stretch->count; i++)
		if (stretch->lines[i].letter || text.bytes[stretch->lines[i].shown.start] != sign)
			return is_starred(stretch, text);
	return true;
}

/* All of it is set in, as programs and commands are between paragraphs. */
static bool is_set_in(const struct stretch *stretch)
{
	size_t ends = 0;
	for (size_t i = 0; i < stretch->count; i++) {
		const struct line_facts *line = &stretch->lines[i];
		if (line->indent < SET_IN_LEAST || line->marker > 0 || line->depth > 0)
			return false;
		ends += line->ends;
	}
	return ends * 2 < stretch->count;
}

/* Hardly any line begins as prose does, or they are fields: lists, settings, heads of mails. */
static bool has_entries(const struct stretch *stretch)
{
	size_t fields = 0, others = 0, going_on = 0;
	for (size_t i = 0; i < stretch->count; i++) {
		const struct line_facts *line = &stretch->lines[i];
		if (line->marker > 0 || line->table)
			return false;
		fields += line->field;
		others += line->code || !line->letter;
		going_on += i > 0 && joint_between(line - 1, line).goes_on;
	}
	return (fields > 1 && fields * 2 >= stretch->count) ||
	       (stretch->count > 2 && others * 4 >= stretch->count * 3 &&
		       going_on * 4 < stretch->count);
}

/* Most lines are wider than any that was wrapped. */
static bool is_wide(const struct stretch *stretch, unsigned width)
{
	size_t wide = 0;
	for (size_t i = 0; i < stretch->count; i++)
		wide += stretch->lines[i].width > width + width / 4;
	return wide * 2 > stretch->count;
}

/* ---- All -------------------------------------------------------------------------------- */

static struct manner wrapped_at(
	const struct stretch *stretch, const struct manner *of_text, unsigned width)
{
	struct manner manner = *of_text;
	unsigned least = stretch->lines[0].indent;
	for (size_t i = 1; i < stretch->count; i++)
		if (stretch->lines[i].indent < least)
			least = stretch->lines[i].indent;
	manner.shape = SHAPE_WRAPPED;
	manner.width = width;
	manner.margin = least;
	manner.edge = 0;
	return manner;
}

static struct manner shaped(const struct manner *of_text, enum shape shape)
{
	struct manner manner = *of_text;
	manner.shape = shape;
	manner.width = manner.margin = manner.edge = manner.opening = 0;
	return manner;
}

static struct manner in_wrapped_text(
	const struct stretch *stretch, struct slice text, const struct manner *of_text)
{
	unsigned width = stretch_prose_width(stretch, text);
	struct manner manner = *of_text;
	if (width > of_text->width || (width > 0 && width + of_text->width / 8 < of_text->width))
		manner.width = width;
	if (width > 0)
		return manner;
	if (is_commented(stretch, text) || has_entries(stretch))
		return shaped(of_text, SHAPE_VERSE);
	return is_wide(stretch, of_text->width) ? shaped(of_text, SHAPE_FLOWING) : manner;
}

static struct manner in_flowing_text(
	const struct stretch *stretch, struct slice text, const struct manner *of_text)
{
	unsigned width = stretch_prose_width(stretch, text);
	if (width > 0)
		return wrapped_at(stretch, of_text, width);
	if (is_commented(stretch, text) || is_set_in(stretch))
		return shaped(of_text, SHAPE_VERSE);
	if (!of_text->spaced || stretch->count < 3)
		return *of_text;
	struct census census = {0};
	for (size_t i = 0; i < stretch->count; i++)
		census_take(&census, text, &stretch->lines[i]);
	struct manner manner = shaped(of_text, SHAPE_VERSE);
	bool rows = shape_is_rows(&census, &manner.rows);
	census_release(&census);
	return rows ? manner : *of_text;
}

struct manner stretch_manner(
	const struct stretch *stretch, struct slice text, const struct manner *of_text)
{
	if (of_text->rows || stretch->count < 2)
		return *of_text;
	if (of_text->shape == SHAPE_WRAPPED)
		return in_wrapped_text(stretch, text, of_text);
	if (of_text->shape == SHAPE_FLOWING)
		return in_flowing_text(stretch, text, of_text);
	unsigned width = stretch_prose_width(stretch, text);
	return width > 0 ? wrapped_at(stretch, of_text, width) : *of_text;
}
