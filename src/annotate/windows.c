/* Where windows begin and end; see windows.h. Offsets of what is read fit in 32 bits: of a longer
 * text the rest is not annotated. */
#include "annotate/windows.h"

#include <stdlib.h>

#define WINDOW_BYTES ((size_t)1 << 20)
#define PIECE_BYTES ((size_t)64 << 10) /* no shorter block has several pieces */
#define TEXT_MOST ((size_t)UINT32_MAX)

/* ---- Pieces ----------------------------------------------------------------------------- */

/* A walk over the pieces of a text. */
struct walk {
	const struct document *document;
	size_t index, count; /* of blocks */
	struct block block;
	struct span body; /* of the piece */
	size_t at, end;   /* its extent: extents partition the text */
};

static void take_piece(struct walk *walk)
{
	const struct block *block = &walk->block;
	walk->body = block->body;
	walk->end = block->extent.end;
	if (block->body.end - block->body.start <= PIECE_BYTES || walk->at >= block->body.end)
		return;
	walk->body = document_piece(walk->document, walk->index, walk->at);
	if (walk->body.end < block->body.end && walk->body.end > walk->at)
		walk->end = walk->body.end;
}

static struct walk walk_from(const struct document *document, size_t offset)
{
	struct walk walk = {.document = document,
		.index = document_block_at(document, offset),
		.count = document_block_count(document),
		.at = offset};
	walk.block = document_block(document, walk.index);
	take_piece(&walk);
	return walk;
}

static void walk_on(struct walk *walk)
{
	walk->at = walk->end;
	if (walk->end == walk->block.extent.end && ++walk->index < walk->count)
		walk->block = document_block(walk->document, walk->index);
	if (walk->index < walk->count)
		take_piece(walk);
}

void window_cut(struct window *window, struct span extent)
{
	struct walk walk = walk_from(window->document, extent.start);
	window->piece_count = 0;
	for (; walk.index < walk.count && walk.at < extent.end; walk_on(&walk)) {
		if (walk.body.end > TEXT_MOST)
			break;
		window->pieces = grow(window->pieces, &window->piece_capacity,
			window->piece_count + 1, sizeof *window->pieces);
		window->pieces[window->piece_count++] =
			(struct piece){.block = (uint32_t)walk.index,
				.start = (uint32_t)walk.body.start,
				.end = (uint32_t)walk.body.end,
				.begins = walk.body.start == walk.block.body.start,
				.ends = walk.body.end == walk.block.body.end};
	}
	window->extent = extent;
}

/* ---- Windows ---------------------------------------------------------------------------- */

/* The end of the window that begins where the walk stands; the walk is left there. */
static size_t find_end(struct walk *walk, size_t limit, size_t closed, bool *full)
{
	size_t start = walk->at;
	*full = false;
	while (walk->index < walk->count && walk->at < limit) {
		size_t length = walk->at - start;
		bool begins = walk->at == walk->block.extent.start;
		if (length >= WINDOW_BYTES / 2 && begins && walk->block.kind == BLOCK_HEADING) {
			*full = walk->index < closed;
			break;
		}
		size_t end = walk->end;
		bool is_closed = walk->index < closed;
		walk_on(walk);
		if (end - start >= WINDOW_BYTES) {
			*full = is_closed;
			break;
		}
	}
	return walk->at < limit ? walk->at : limit;
}

/* What a window that is not full had found is kept as long as it does not reach into the next. */
static void add_place(struct windows *windows, size_t index, struct window_place place)
{
	if (index < windows->count) {
		struct window_place *old = &windows->items[index];
		bool fits = old->result && old->extent.start == place.extent.start &&
			    old->result->extent.end <= place.extent.end;
		if (fits)
			place.result = old->result;
		else
			result_release(old->result);
		place.shown = fits && old->shown;
		*old = place;
		return;
	}
	windows->items = grow(
		windows->items, &windows->capacity, windows->count + 1, sizeof *windows->items);
	windows->items[windows->count++] = place;
}

static bool is_known(const struct windows *windows, const struct document *document)
{
	return windows->length == document_text(document).length &&
	       windows->closed == document_closed_count(document) &&
	       windows->whole == document_is_whole(document);
}

bool windows_extend(struct windows *windows, const struct document *document)
{
	size_t blocks = document_block_count(document), index = windows->count;
	if (blocks == 0 || is_known(windows, document))
		return false;
	windows->length = document_text(document).length;
	windows->closed = document_closed_count(document);
	windows->whole = document_is_whole(document);
	while (index > 0 && !windows->items[index - 1].full)
		index--;
	size_t start = index > 0 ? windows->items[index - 1].extent.end : 0;
	size_t limit = document_block(document, blocks - 1).extent.end;
	limit = limit < TEXT_MOST ? limit : TEXT_MOST;
	if (start < limit) {
		struct walk walk = walk_from(document, start);
		while (start < limit) {
			struct window_place place = {.extent.start = start};
			start = find_end(&walk, limit, windows->closed, &place.full);
			place.extent.end = start;
			add_place(windows, index++, place);
		}
	}
	while (windows->count > index)
		result_release(windows->items[--windows->count].result);
	return true;
}

void windows_forget(struct windows *windows)
{
	for (size_t i = 0; i < windows->count; i++) {
		result_release(windows->items[i].result);
		windows->items[i].result = NULL;
		windows->items[i].shown = false;
	}
}

void windows_release(struct windows *windows)
{
	windows_forget(windows);
	free(windows->items);
	*windows = (struct windows){0};
}

size_t windows_at(const struct windows *windows, size_t offset)
{
	size_t low = 0, high = windows->count;
	while (high - low > 1) {
		size_t middle = (low + high) / 2;
		if (offset < windows->items[middle].extent.start)
			high = middle;
		else
			low = middle;
	}
	return low;
}

/* A block that was open when it was read and has become another kind of block is read again. */
bool place_stands(const struct window_place *place, const struct document *document)
{
	const struct result *result = place->result;
	size_t blocks = document_block_count(document);
	if (!result || result->extent.end != place->extent.end)
		return false;
	bool is_last = document_is_whole(document) &&
		       document_block(document, blocks - 1).extent.end == place->extent.end;
	if (is_last != result->is_last)
		return false;
	if (!result->was_open)
		return true;
	struct block now =
		document_block(document, document_block_at(document, result->last.extent.start));
	return now.kind == result->last.kind && now.level == result->last.level &&
	       now.lines == result->last.lines && now.wrapped == result->last.wrapped &&
	       now.body.start == result->last.body.start &&
	       now.extent.start == result->last.extent.start;
}
