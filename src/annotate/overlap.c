/* Who wins where finds of one layer overlap; see matching.h.
 *
 * Finds are taken from the strongest down; each marks the bytes it takes, a bit a byte, and one
 * that comes upon a taken byte loses. Linear in the bytes that finds cover.
 */
#include <stdlib.h>
#include <string.h>

#include "annotate/matching.h"

struct contest {
	const struct find *find;
	enum layer layer;
};

static int stronger_first(const void *a, const void *b)
{
	const struct contest *one = a, *two = b;
	const struct find *left = one->find, *right = two->find;
	if (one->layer != two->layer)
		return one->layer < two->layer ? -1 : 1;
	if (left->priority != right->priority)
		return left->priority > right->priority ? -1 : 1;
	size_t left_length = left->span.end - left->span.start;
	size_t right_length = right->span.end - right->span.start;
	if (left_length != right_length)
		return left_length > right_length ? -1 : 1;
	if (left->span.start != right->span.start)
		return left->span.start < right->span.start ? -1 : 1;
	if (left->pack != right->pack)
		return left->pack > right->pack ? -1 : 1;
	return left->rule < right->rule ? -1 : left->rule > right->rule;
}

static int by_offset(const void *a, const void *b)
{
	const struct find *left = a, *right = b;
	if (left->span.start != right->span.start)
		return left->span.start < right->span.start ? -1 : 1;
	if (left->span.end != right->span.end)
		return left->span.end > right->span.end ? -1 : 1;
	return left->rule < right->rule ? -1 : left->rule > right->rule;
}

/* The bytes that are taken in a layer, from `base` on. */
struct taken {
	uint64_t *bits;
	size_t base;
};

static bool is_free(const struct taken *taken, struct span span)
{
	for (size_t at = span.start - taken->base; at < span.end - taken->base; at++)
		if (taken->bits[at / 64] >> at % 64 & 1)
			return false;
	return true;
}

static void take(struct taken *taken, struct span span)
{
	for (size_t at = span.start - taken->base; at < span.end - taken->base; at++)
		taken->bits[at / 64] |= UINT64_C(1) << at % 64;
}

static struct span extent(const struct finds *finds)
{
	struct span extent = {NOWHERE, 0};
	for (size_t i = 0; i < finds->count; i++) {
		struct span span = finds->items[i].span;
		extent.start = span.start < extent.start ? span.start : extent.start;
		extent.end = span.end > extent.end ? span.end : extent.end;
	}
	return extent;
}

void finds_decide(struct finds *finds, const struct packs *packs, struct finds *lost)
{
	if (finds->count == 0)
		return;
	struct span all = extent(finds);
	size_t words = (all.end - all.start) / 64 + 1, kept = 0;
	struct taken taken = {memory_allocate(words * sizeof(uint64_t)), all.start};
	struct contest *order = memory_allocate(finds->count * sizeof *order);
	struct find *winners = memory_allocate(finds->count * sizeof *winners);
	for (size_t i = 0; i < finds->count; i++)
		order[i] = (struct contest){
			&finds->items[i], packs->kinds[finds->items[i].kind].layer};
	qsort(order, finds->count, sizeof *order, stronger_first);
	for (size_t i = 0; i < finds->count; i++) {
		if (i > 0 && order[i].layer != order[i - 1].layer)
			memset(taken.bits, 0, words * sizeof(uint64_t));
		if (is_free(&taken, order[i].find->span)) {
			take(&taken, order[i].find->span);
			winners[kept++] = *order[i].find;
		} else if (lost) {
			finds_add(lost, order[i].find);
		}
	}
	memcpy(finds->items, winners, kept * sizeof *winners);
	finds->count = kept;
	qsort(finds->items, kept, sizeof *finds->items, by_offset);
	free(winners);
	free(order);
	free(taken.bits);
}
