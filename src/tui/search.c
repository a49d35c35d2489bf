/* Where a pattern occurs; see search.h.
 *
 * `n` looks for itself, from the point on, so that it need not wait for the job that counts; the
 * job goes through the text from its start, in steps that end with a block, and keeps what it found
 * to tell which of how many a hit is.
 */
#include "tui/search.h"

#include <stdlib.h>

#include "rules/pattern.h"

#define STEP_BYTES ((size_t)256 << 10)
#define HITS_MOST ((size_t)100000) /* more are not counted */

void search_release(struct search *search)
{
	search_clear(search);
	pattern_room_free(search->room);
	buffer_release(&search->text);
	spans_release(&search->hits);
	search->room = NULL;
}

void search_clear(struct search *search)
{
	pattern_free(search->pattern);
	search->pattern = NULL;
	search->hits.count = 0;
	search->counted = 0;
	search->hit = (struct span){NOWHERE, NOWHERE};
}

/* A letter behind a backslash is no capital: \W has none. */
static bool has_capital(struct slice text)
{
	for (size_t at = 0; at < text.length;) {
		uint32_t code;
		at += utf8_decode(text, at, &code);
		if (code == '\\' && at < text.length)
			at += utf8_decode(text, at, &code);
		else if (code_class(code) == LETTER_UPPER)
			return true;
	}
	return false;
}

bool search_set(struct search *search, struct slice text, struct buffer *why)
{
	unsigned flags = PATTERN_MULTILINE | (has_capital(text) ? 0 : PATTERN_CASELESS);
	if (search->room == NULL)
		search->room = pattern_room_new();
	struct pattern *pattern = pattern_new(search->room, text, flags);
	size_t offset = 0;
	const char *message = NULL;
	if (!pattern_compile(pattern, &offset, &message)) {
		buffer_format(why, "%s, at character %zu", message, offset + 1);
		pattern_free(pattern);
		return false;
	}
	search_clear(search);
	search->pattern = pattern;
	search->text.length = 0;
	buffer_append(&search->text, text);
	return true;
}

/* ---- One hit ---------------------------------------------------------------------------- */

/* A hit of nothing (`x*`) cannot be shown, and is none. */
static bool find_in(struct search *search, struct slice text, size_t from, struct span *hit)
{
	struct match match;
	while (from <= text.length &&
		pattern_find(search->pattern, text, from, &match) == PATTERN_FOUND) {
		*hit = match.whole;
		if (hit->start < hit->end)
			return true;
		uint32_t code;
		if (hit->end >= text.length)
			return false;
		from = hit->end + utf8_decode(text, hit->end, &code);
	}
	return false;
}

/* The text up to the end of the block that holds the last byte of a span: what a hit in it may
 * reach into. */
static struct slice text_to(const struct document *document, size_t end)
{
	struct slice text = document_text(document);
	if (end >= text.length)
		return text;
	size_t block = document_block_at(document, end > 0 ? end - 1 : 0);
	return slice_cut(text, 0, document_block(document, block).extent.end);
}

bool search_forward(
	struct search *search, const struct document *document, struct span where, struct span *hit)
{
	return where.start < where.end &&
	       find_in(search, text_to(document, where.end), where.start, hit) &&
	       hit->start < where.end;
}

static bool last_in(struct search *search, struct slice text, struct span where, struct span *hit)
{
	struct span found;
	bool any = false;
	for (size_t at = where.start; find_in(search, text, at, &found) && found.start < where.end;
		at = found.end) {
		*hit = found;
		any = true;
	}
	return any;
}

bool search_backward(
	struct search *search, const struct document *document, struct span where, struct span *hit)
{
	size_t end = where.end;
	while (end > where.start) {
		size_t block = document_block_at(document, end - 1);
		size_t start = document_block(document, block).extent.start;
		if (start < where.start)
			start = where.start;
		if (last_in(search, text_to(document, end), (struct span){start, end}, hit))
			return true;
		end = start;
	}
	return false;
}

/* ---- All of them ------------------------------------------------------------------------ */

bool search_step(struct search *search, const struct document *document)
{
	struct slice text = document_text(document);
	if (search->pattern == NULL || search->counted >= text.length ||
		search->hits.count >= HITS_MOST)
		return false;
	size_t block = document_block_at(document, search->counted + STEP_BYTES);
	size_t end = document_block(document, block).extent.end, at = search->counted;
	struct slice head = slice_cut(text, 0, end);
	struct span hit;
	while (search->hits.count < HITS_MOST && find_in(search, head, at, &hit)) {
		spans_add(&search->hits, hit.start, hit.end);
		at = hit.end;
	}
	search->counted = end;
	return true;
}

#define HIT_REACH 1024 /* how far before a view a hit in it may start */

void search_in(struct search *search, const struct document *document, struct span span,
	struct spans *into)
{
	struct slice head = slice_cut(document_text(document), 0, span.end);
	size_t block = document_block_at(document, span.start);
	size_t at = document_block(document, block).extent.start;
	if (span.start > HIT_REACH && span.start - HIT_REACH > at)
		at = span.start - HIT_REACH;
	struct span hit;
	while (at < span.end && find_in(search, head, at, &hit) && hit.start < span.end) {
		if (hit.end > span.start)
			spans_add(into, hit.start, hit.end);
		at = hit.end;
	}
}
