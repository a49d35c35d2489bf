/* split.c: lines that are rows.
 *
 * A row of verse, of a table or of code is as wide as it is; what of it is seen is found by walking
 * from its start, which for ASCII is a look at each byte. Rows end where pieces do (64 KiB), so
 * that this is bounded however long a line is.
 */
#include "byline/layout.h"

#define TAB_COLUMNS 8

unsigned tab_width(uint32_t column)
{
	return TAB_COLUMNS - column % TAB_COLUMNS;
}

/* Cells of what stands at `at`, at a column; sets its length. */
static unsigned row_step(struct slice row, size_t at, uint32_t column,
	const struct width_policy *policy, size_t *length)
{
	*length = cluster_length(row, at);
	if (row.bytes[at] == '\t')
		return tab_width(column);
	return cluster_width(slice_cut(row, at, at + *length), policy);
}

/* Length of the ASCII from `at` each byte of which is a cluster of one cell. */
static size_t plain_run(struct slice row, size_t at)
{
	size_t end = at;
	while (end < row.length && row.bytes[end] >= ' ' && row.bytes[end] < 0x7F)
		end++;
	if (end > at && end < row.length && (unsigned char)row.bytes[end] >= 0x80)
		end--; /* there may be a mark on it */
	return end - at;
}

/* Where the cluster begins that covers a column, or the first behind it, but not beyond `end`. */
static size_t walk(struct slice row, size_t end, uint32_t column, const struct width_policy *policy,
	uint32_t *reached)
{
	size_t at = 0, length;
	uint32_t here = 0;
	while (at < end && here < column) {
		size_t run = plain_run(slice_cut(row, 0, end), at);
		if (run > column - here)
			run = column - here;
		at += run;
		here += (uint32_t)run;
		if (run > 0)
			continue;
		unsigned width = row_step(row, at, here, policy, &length);
		if (here + width > column)
			break;
		at += length;
		here += width;
	}
	*reached = here;
	return at;
}

uint32_t row_column(struct slice row, size_t at, const struct width_policy *policy)
{
	uint32_t column;
	walk(row, at < row.length ? at : row.length, UINT32_MAX, policy, &column);
	return column;
}

struct sight row_sight(
	struct slice row, uint32_t left, uint32_t right, const struct width_policy *policy)
{
	struct sight sight;
	uint32_t end;
	size_t length;
	sight.start = walk(row, row.length, left, policy, &sight.column);
	if (sight.start < row.length && sight.column < left && row.bytes[sight.start] != '\t') {
		sight.column += row_step(row, sight.start, sight.column, policy, &length);
		sight.start += length; /* half of it would be seen */
	}
	sight.end = walk(row, row.length, right, policy, &end);
	if (sight.end < row.length && end < right && row.bytes[sight.end] == '\t')
		sight.end++;
	if (sight.end < sight.start)
		sight.end = sight.start;
	return sight;
}

/* ---- Splitting -------------------------------------------------------------------------- */

static size_t line_end(struct slice body, size_t at, char sign)
{
	const char *found = memchr(body.bytes + at, sign, body.length - at);
	return found != NULL ? (size_t)(found - body.bytes) : body.length;
}

static size_t without_marks(struct slice body, size_t start, size_t end)
{
	size_t at = start, shown = start;
	for (; at < end && (body.bytes[at] == '>' || body.bytes[at] == ' '); at++)
		if (body.bytes[at] == '>')
			shown = at + 1;
	return shown > start && shown < end && body.bytes[shown] == ' ' ? shown + 1 : shown;
}

static size_t without_blanks(struct slice body, size_t start, size_t end)
{
	while (end > start && (unsigned char)body.bytes[end - 1] <= ' ')
		end--;
	return end;
}

void rows_split(struct slice body, const struct fitting *fitting, bool marked, struct rows *into)
{
	/* Carriage returns end lines where there are no line feeds. */
	char sign = body.length > 0 && memchr(body.bytes, '\n', body.length) ? '\n' : '\r';
	size_t at = 0;
	do {
		size_t end = body.length > 0 ? line_end(body, at, sign) : 0;
		size_t start = marked && at > 0 ? without_marks(body, at, end) : at;
		size_t shown = without_blanks(body, start, end);
		struct slice row = slice_cut(body, start, shown);
		into->items =
			grow(into->items, &into->capacity, into->count + 1, sizeof *into->items);
		into->items[into->count++] = (struct row){.start = fitting->base + start,
			.end = fitting->base + shown,
			.width = row_column(row, row.length, fitting->policy)};
		at = end + 1;
	} while (at < body.length);
}
