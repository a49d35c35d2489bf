/* A word, a gap, and what is said of it: as options are listed in manuals. */
#include "byline/document.h"

#define WORD_MOST 40 /* bytes */
#define GAP_LEAST 2  /* blanks, where the next line stands below what is behind them */
#define GAP_ALONE 4  /* where there is none */

static size_t blanks_at(struct slice text, size_t at)
{
	size_t end = at;
	while (end < text.length && text.bytes[end] == ' ')
		end++;
	return end - at;
}

static size_t blanks_before(struct slice text, size_t at, size_t from)
{
	size_t start = at;
	while (start > from && text.bytes[start - 1] == ' ')
		start--;
	return at - start;
}

static unsigned columns_of(struct slice text)
{
	unsigned columns = 0;
	for (size_t i = 0; i < text.length; i++)
		columns += ((unsigned char)text.bytes[i] & 0xC0) != 0x80;
	return columns;
}

static bool ends_clause(char byte)
{
	return byte == '.' || byte == '!' || byte == '?' || byte == ':';
}

/* The first gap of a line: where it starts, and how long it is. */
static size_t find_gap(struct slice line, size_t *length)
{
	for (size_t at = 1; at < line.length && at <= WORD_MOST; at++) {
		*length = blanks_at(line, at);
		if (*length >= GAP_LEAST && at + *length < line.length)
			return ends_clause(line.bytes[at - 1]) ? 0 : at;
	}
	return 0;
}

struct hanging document_hanging(const struct document *document, size_t index)
{
	const struct hanging none = {0};
	struct block block = document_block(document, index);
	if (!block.wrapped || block.lines || block.kind != BLOCK_PARAGRAPH)
		return none;
	struct slice body = document_body(document, index);
	const char *end = memchr(body.bytes, '\n', body.length);
	size_t first = end ? (size_t)(end - body.bytes) : body.length;
	struct hanging found = {0};
	found.word = find_gap(slice_cut(body, 0, first), &found.gap);
	if (found.word == 0 || (!end && found.gap < GAP_ALONE))
		return none;
	found.columns = columns_of(slice_cut(body, 0, found.word + found.gap));
	size_t indent =
		blanks_before(document_text(document), block.body.start, block.extent.start);
	size_t below = end ? blanks_at(body, first + 1) : indent + found.columns;
	bool hangs = below + 1 >= indent + found.columns && below <= indent + found.columns + 1;
	return hangs ? found : none;
}
