/* Asking an index where things are; see index.h. */
#include "tui/index.h"

struct slice index_text(const struct index *index, struct span span)
{
	return slice_cut(document_text(index->document), span.start, span.end);
}

const struct mention *index_mention_of(const struct index *index, uint32_t entity, uint32_t i)
{
	const struct annotations *found = index->found;
	return &found->mentions[found->by_entity[found->entities[entity].first_mention + i]];
}

#define HEIGHT_MOST 5u

void index_histogram(const struct index *index, uint32_t entity, unsigned *heights, unsigned cells)
{
	unsigned each = HISTOGRAM_BINS / cells;
	unsigned steps = index->bin_most > 1 ? index->bin_most - 1 : 1;
	for (unsigned cell = 0; cell < cells; cell++) {
		unsigned count = 0;
		for (unsigned bin = cell * each; bin < (cell + 1) * each; bin++)
			count += index->bins[entity][bin];
		unsigned height = count > 0 ? 1 + ((count - 1) * 4 + steps / 2) / steps : 0;
		heights[cell] = height < HEIGHT_MOST ? height : HEIGHT_MOST;
	}
}

size_t index_mention_from(const struct index *index, size_t offset)
{
	size_t low = 0, high = index->found->mention_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (index->found->mentions[middle].span.start >= offset)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

uint32_t index_mention_at(const struct index *index, size_t offset)
{
	size_t end = index_mention_from(index, offset + 1);
	for (size_t i = end; i > 0 && end - i < MENTIONS_BACK; i--)
		if (index->found->mentions[i - 1].span.end > offset)
			return (uint32_t)(i - 1);
	return NO_MENTION;
}

size_t index_quote_from(const struct index *index, size_t offset)
{
	size_t low = 0, high = index->found->quote_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (index->sayings[middle].extent.start >= offset)
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
		const struct quote *quote = &index->found->quotes[i - 1];
		for (uint32_t s = 0; s < quote->segment_count; s++) {
			struct span span = index_segment(index, quote->first_segment + s);
			if (span.start <= offset && offset < span.end)
				return (uint32_t)(i - 1);
		}
	}
	return NO_QUOTE;
}
