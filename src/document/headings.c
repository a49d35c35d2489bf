/* Headings by how they are written; see headings.h. */
#include "document/headings.h"

#define MARGIN_MOST 16 /* columns that text is set in by */
#define OTHERS 2       /* lines flush left that are no headings: above and below a page */

static bool is_blank(struct slice text, size_t start, size_t end)
{
	return slice_trim(slice_cut(text, start, end)).length == 0;
}

/* Each letter is in bold; the blanks between words need not be. */
static bool is_strong(const struct letterings *letterings, struct slice text, struct span line)
{
	struct lettering_view view = letterings_view(letterings);
	struct lettered found;
	size_t at = line.start;
	while (at < line.end && lettering_view_find(&view, at, text.length, &found) &&
		found.span.start < line.end) {
		bool strong = found.lettering.traits & LETTERING_STRONG;
		if (!strong || (found.span.start > at && !is_blank(text, at, found.span.start)))
			return false;
		at = found.span.end;
	}
	return at > line.start && is_blank(text, at, line.end);
}

/* ---- Telling ---------------------------------------------------------------------------- */

struct lines {
	size_t headings, flush;         /* flush left, in bold and not */
	size_t set_in[MARGIN_MOST + 1]; /* by columns, those that are not all in bold */
	size_t deep;                    /* and further */
};

static void count_line(struct lines *lines, struct slice sample, struct span line, bool strong)
{
	size_t indent = 0;
	while (sample.bytes[line.start + indent] == ' ')
		indent++;
	if (indent == 0)
		*(strong ? &lines->headings : &lines->flush) += 1;
	else if (indent > MARGIN_MOST)
		lines->deep++;
	else if (!strong)
		lines->set_in[indent]++;
}

static struct lines count_lines(
	struct slice sample, char line_end, const struct letterings *letterings)
{
	struct lines lines = {0};
	for (size_t at = 0; at < sample.length;) {
		const char *found = memchr(sample.bytes + at, line_end, sample.length - at);
		size_t end = found ? (size_t)(found - sample.bytes) : sample.length;
		struct span shown = text_shown(sample, (struct span){at, end});
		if (shown.start < shown.end)
			count_line(&lines, sample, (struct span){at, end},
				is_strong(letterings, sample, shown));
		at = end + 1;
	}
	return lines;
}

/* The least indent that is no accident. */
static unsigned margin_of(const struct lines *lines)
{
	size_t all = 0;
	for (unsigned i = 1; i <= MARGIN_MOST; i++)
		all += lines->set_in[i];
	for (unsigned i = 1; i <= MARGIN_MOST; i++)
		if (lines->set_in[i] * 20 > all)
			return i;
	return 0;
}

struct heading_manner heading_manner_of(
	struct slice sample, char line_end, const struct letterings *letterings)
{
	const struct heading_manner none = {0};
	struct lettering_view view = letterings_view(letterings);
	struct lettered first;
	if (!lettering_view_find(&view, 0, sample.length, &first))
		return none;
	struct lines lines = count_lines(sample, line_end, letterings);
	size_t set_in = lines.deep;
	for (unsigned i = 1; i <= MARGIN_MOST; i++)
		set_in += lines.set_in[i];
	if (lines.headings == 0 || set_in < lines.headings || lines.flush > lines.headings + OTHERS)
		return none;
	return (struct heading_manner){letterings, margin_of(&lines)};
}

uint8_t heading_level(
	const struct heading_manner *manner, struct slice text, const struct line_facts *facts)
{
	if (manner->margin == 0 || facts->indent >= manner->margin || facts->cut ||
		facts->depth > 0 || !is_strong(manner->letterings, text, facts->shown))
		return 0;
	return facts->indent == 0 ? 1 : 2;
}

bool line_begins_strong(
	const struct heading_manner *manner, struct slice text, const struct line_facts *facts)
{
	struct lettering_view view = letterings_view(manner->letterings);
	struct lettered found;
	size_t start = facts->shown.start;
	return lettering_view_find(&view, start, text.length, &found) &&
	       found.span.start <= start && (found.lettering.traits & LETTERING_STRONG);
}
