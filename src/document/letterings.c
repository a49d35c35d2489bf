/* Letterings of stretches; see letterings.h.
 *
 * A run is a word of 32 bits: how long it is, and the number of its lettering. Of so many runs the
 * first one's place is kept, from where the others are found by adding. A lettering without colours
 * has its traits as its number; those with colours are kept once each and numbered behind them.
 * There are not so many in any text that is meant to be read. Where there are, the colours of those
 * that have no number any more are lost, so that a picture made of letters cannot make the program
 * large.
 */
#include "document/letterings.h"

#include <stdlib.h>

#define NUMBER_BITS 12
#define RUN_MOST (((size_t)1 << (32 - NUMBER_BITS)) - 1) /* bytes; what is longer is several */
#define RUNS_A_START 64
#define NUMBERS ((size_t)1 << NUMBER_BITS)
#define SLOTS (2 * NUMBERS)

void letterings_init(struct letterings *letterings)
{
	*letterings = (struct letterings){.runs.size = sizeof(uint32_t),
		.starts.size = sizeof(size_t),
		.coloured.size = sizeof(struct lettering)};
}

void letterings_release(struct letterings *letterings)
{
	shelf_release(&letterings->runs);
	shelf_release(&letterings->starts);
	shelf_release(&letterings->coloured);
	free(letterings->slots);
	letterings->slots = NULL;
}

/* ---- Numbers ---------------------------------------------------------------------------- */

static bool is_same(const struct lettering *a, const struct lettering *b)
{
	return a->traits == b->traits && a->ink == b->ink && a->ground == b->ground;
}

static struct lettering lettering_of(const struct letterings *letterings, uint32_t number)
{
	if (number < LETTERING_TRAITS)
		return (struct lettering){.traits = (uint8_t)number};
	return *(const struct lettering *)shelf_at(
		&letterings->coloured, number - LETTERING_TRAITS);
}

/* The slot that has its number, or the empty one where that belongs. */
static uint16_t *slot_of(const struct letterings *letterings, const struct lettering *wanted)
{
	uint32_t words[] = {wanted->traits, wanted->ink, wanted->ground};
	uint64_t hash = slice_hash((struct slice){(const char *)words, sizeof words});
	for (size_t at = (size_t)hash;; at++) {
		uint16_t *slot = &letterings->slots[at % SLOTS];
		struct lettering found = lettering_of(letterings, *slot);
		if (*slot == 0 || is_same(&found, wanted))
			return slot;
	}
}

static uint32_t number_of(struct letterings *letterings, const struct lettering *wanted)
{
	if (wanted->ink == INK_NONE && wanted->ground == INK_NONE)
		return wanted->traits;
	if (!letterings->slots)
		letterings->slots = memory_allocate(SLOTS * sizeof *letterings->slots);
	uint16_t *slot = slot_of(letterings, wanted);
	size_t number = LETTERING_TRAITS + letterings->coloured.count;
	if (*slot == 0 && number == NUMBERS)
		return wanted->traits;
	if (*slot == 0) {
		*(struct lettering *)shelf_add(&letterings->coloured) = *wanted;
		*slot = (uint16_t)number;
	}
	return *slot;
}

/* ---- Runs ------------------------------------------------------------------------------- */

static void add_run(struct letterings *letterings, size_t length)
{
	if (letterings->runs.count % RUNS_A_START == 0)
		*(size_t *)shelf_add(&letterings->starts) = letterings->start;
	*(uint32_t *)shelf_add(&letterings->runs) =
		(uint32_t)length << NUMBER_BITS | letterings->number;
	letterings->start += length;
}

void letterings_turn(struct letterings *letterings, size_t at, const struct lettering *to)
{
	if (is_same(&letterings->now, to))
		return;
	uint32_t number = number_of(letterings, to);
	letterings->now = *to;
	if (number == letterings->number)
		return;
	while (at - letterings->start > RUN_MOST)
		add_run(letterings, RUN_MOST);
	if (at > letterings->start)
		add_run(letterings, at - letterings->start);
	letterings->number = number;
}

struct lettering_view letterings_view(const struct letterings *letterings)
{
	return (struct lettering_view){letterings, letterings->runs.count, letterings->start,
		lettering_of(letterings, letterings->number)};
}

/* ---- Asking ----------------------------------------------------------------------------- */

static size_t start_at(const struct lettering_view *view, size_t index)
{
	return *(const size_t *)shelf_at(&view->of->starts, index);
}

/* The last of the starts that is not behind the offset. */
static size_t find_start(const struct lettering_view *view, size_t offset)
{
	size_t low = 0, high = (view->count + RUNS_A_START - 1) / RUNS_A_START;
	while (high - low > 1) {
		size_t middle = (low + high) / 2;
		if (offset < start_at(view, middle))
			high = middle;
		else
			low = middle;
	}
	return low;
}

/* Of the runs that are over. */
static bool find_over(const struct lettering_view *view, size_t offset, struct lettered *into)
{
	size_t start = find_start(view, offset);
	size_t at = start_at(view, start);
	for (size_t i = start * RUNS_A_START; i < view->count; i++) {
		uint32_t run = *(const uint32_t *)shelf_at(&view->of->runs, i);
		size_t end = at + (run >> NUMBER_BITS);
		uint32_t number = run & (NUMBERS - 1);
		if (end > offset && number > 0) {
			into->span = (struct span){at, end};
			into->lettering = lettering_of(view->of, number);
			return true;
		}
		at = end;
	}
	return false;
}

bool lettering_view_find(
	const struct lettering_view *view, size_t offset, size_t length, struct lettered *into)
{
	const struct lettering plain = {0};
	if (view->count > 0 && offset < view->start && find_over(view, offset, into))
		return true;
	*into = (struct lettered){{view->start, length}, view->last};
	return length > view->start && length > offset && !is_same(&view->last, &plain);
}
