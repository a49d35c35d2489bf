/* Asking an index where things are; see index.h. */
#include "tui/index.h"

#include "byline/export.h"

struct slice index_text(const struct index *index, struct span span)
{
	return slice_cut(document_text(index->document), span.start, span.end);
}

struct mention index_mention_of(const struct index *index, uint32_t entity, uint32_t i)
{
	const struct annotations *found = index->found;
	return annotations_mention(
		found, found->by_entity[found->entities[entity].first_mention + i]);
}

struct group_place index_place(const struct index *index, uint32_t entity)
{
	uint32_t kind = index->found->entities[entity].kind;
	return (struct group_place){index->group_of[kind], index->place_of[entity]};
}

/* ---- Histograms ------------------------------------------------------------------------- */

#define HEIGHT_MOST 5u

unsigned index_bin(const struct index *index, size_t offset)
{
	size_t bytes = document_text(index->document).length + 1;
	return (unsigned)((double)offset * HISTOGRAM_BINS / (double)bytes);
}

/* How many mentions of an entity stand before a tenth of the text. */
static uint32_t mentions_before(const struct index *index, uint32_t entity, unsigned bin)
{
	uint32_t low = 0, high = index->found->entities[entity].mention_count;
	while (low < high) {
		uint32_t middle = (low + high) / 2;
		if (index_bin(index, index_mention_of(index, entity, middle).span.start) >= bin)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

void index_histogram(const struct index *index, uint32_t entity, unsigned *heights, unsigned cells)
{
	unsigned each = HISTOGRAM_BINS / cells;
	unsigned steps = index->bin_most > 1 ? index->bin_most - 1 : 1;
	uint32_t before = 0;
	for (unsigned cell = 0; cell < cells; cell++) {
		uint32_t end = mentions_before(index, entity, (cell + 1) * each);
		uint64_t count = end - before;
		uint64_t height = count > 0 ? 1 + ((count - 1) * 4 + steps / 2) / steps : 0;
		heights[cell] = height < HEIGHT_MOST ? (unsigned)height : HEIGHT_MOST;
		before = end;
	}
}

/* ---- Places ----------------------------------------------------------------------------- */

uint32_t index_mention_at(const struct index *index, size_t offset)
{
	size_t end = annotations_mention_from(index->found, offset + 1);
	for (size_t i = end; i > 0 && end - i < MENTIONS_BACK; i--)
		if (annotations_mention(index->found, i - 1).span.end > offset)
			return (uint32_t)(i - 1);
	return NO_MENTION;
}

struct span index_extent(const struct index *index, uint32_t quote)
{
	const struct quote what = annotations_quote(index->found, quote);
	uint32_t last = what.first_segment + what.segment_count - 1;
	return (struct span){
		index_segment(index, what.first_segment).start, index_segment(index, last).end};
}

size_t index_words(const struct index *index, uint32_t quote)
{
	const struct quote what = annotations_quote(index->found, quote);
	return quote_words(index->document, index->found, &what);
}

size_t index_quote_from(const struct index *index, size_t offset)
{
	size_t low = 0, high = index->found->quote_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (index_extent(index, (uint32_t)middle).start >= offset)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

uint32_t index_quote_at(const struct index *index, size_t offset)
{
	size_t low = index_quote_from(index, offset + 1);
	for (size_t i = low; i > 0 && low - i < MENTIONS_BACK; i--) {
		const struct quote quote = annotations_quote(index->found, i - 1);
		for (uint32_t s = 0; s < quote.segment_count; s++) {
			struct span span = index_segment(index, quote.first_segment + s);
			if (span.start <= offset && offset < span.end)
				return (uint32_t)(i - 1);
		}
	}
	return NO_QUOTE;
}
