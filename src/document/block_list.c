/* A block is a word of 64 bits, from the lowest on: 35 of where it starts (or its number among the
 * odd ones), 8 of what stands before its body, 8 of what stands behind, 8 of level, 3 of kind, one
 * where it was wrapped, one for rows of lines. ODD before the body says that it is among the odd
 * ones.
 */
#include "document/block_list.h"

#define START_BITS 35
#define ODD 0xFFu

enum {
	BEFORE_AT = START_BITS,
	BEHIND_AT = 43,
	LEVEL_AT = 51,
	KIND_AT = 59,
	WRAPPED_AT = 62,
	LINES_AT = 63
};

static size_t packed_start(uint64_t word)
{
	return (size_t)(word & (((uint64_t)1 << START_BITS) - 1));
}

static uint8_t packed_byte(uint64_t word, unsigned at)
{
	return (uint8_t)(word >> at & 0xFF);
}

static bool is_odd(uint64_t word)
{
	return packed_byte(word, BEFORE_AT) == ODD;
}

void block_list_init(struct block_list *list)
{
	*list = (struct block_list){
		.packed.size = sizeof(uint64_t), .odd.size = sizeof(struct block)};
}

void block_list_release(struct block_list *list)
{
	shelf_release(&list->packed);
	shelf_release(&list->odd);
	list->end = 0;
}

static bool fits(const struct block *block)
{
	return block->body.start - block->extent.start < ODD &&
	       block->extent.end - block->body.end <= UINT8_MAX &&
	       (uint64_t)block->extent.start >> START_BITS == 0;
}

static uint64_t pack(const struct block *block)
{
	return (uint64_t)block->extent.start |
	       (uint64_t)(block->body.start - block->extent.start) << BEFORE_AT |
	       (uint64_t)(block->extent.end - block->body.end) << BEHIND_AT |
	       (uint64_t)block->level << LEVEL_AT | (uint64_t)block->kind << KIND_AT |
	       (uint64_t)block->wrapped << WRAPPED_AT | (uint64_t)block->lines << LINES_AT;
}

void block_list_add(struct block_list *list, const struct block *block)
{
	uint64_t *word = shelf_add(&list->packed);
	list->end = block->extent.end;
	if (fits(block)) {
		*word = pack(block);
		return;
	}
	*word = (uint64_t)ODD << BEFORE_AT | list->odd.count;
	*(struct block *)shelf_add(&list->odd) = *block;
}

struct block_view block_list_view(const struct block_list *list)
{
	return (struct block_view){list, list->packed.count, list->end};
}

static uint64_t word_at(const struct block_view *view, size_t index)
{
	return *(const uint64_t *)shelf_at(&view->list->packed, index);
}

static const struct block *odd_at(const struct block_view *view, uint64_t word)
{
	return shelf_at(&view->list->odd, packed_start(word));
}

static size_t start_at(const struct block_view *view, size_t index)
{
	uint64_t word = word_at(view, index);
	return is_odd(word) ? odd_at(view, word)->extent.start : packed_start(word);
}

struct block block_view_at(const struct block_view *view, size_t index)
{
	uint64_t word = word_at(view, index);
	if (is_odd(word))
		return *odd_at(view, word);
	struct span extent = {packed_start(word), view->end};
	if (index + 1 < view->count)
		extent.end = start_at(view, index + 1);
	return (struct block){.kind = packed_byte(word, KIND_AT) & 7,
		.level = packed_byte(word, LEVEL_AT),
		.wrapped = word >> WRAPPED_AT & 1,
		.lines = word >> LINES_AT,
		.extent = extent,
		.body = {extent.start + packed_byte(word, BEFORE_AT),
			extent.end - packed_byte(word, BEHIND_AT)}};
}

size_t block_view_find(const struct block_view *view, size_t offset)
{
	size_t low = 0, high = view->count;
	while (high - low > 1) {
		size_t middle = (low + high) / 2;
		if (offset < start_at(view, middle))
			high = middle;
		else
			low = middle;
	}
	return low;
}
