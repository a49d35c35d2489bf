/* The words and phrases that a names rule gives itself, and what each is there for. */
#include <string.h>

#include "rules/names_load.h"

/* A word of a text is looked up for every mention: the table must be sparse. */
#define ENTRIES_FIRST_SLOTS 256

const struct name_entry *name_entries_find(const struct name_entries *entries, struct slice text)
{
	if (entries->slot_count == 0 || text.length == 0 || text.length > entries->longest)
		return NULL;
	size_t mask = entries->slot_count - 1;
	for (size_t at = (size_t)slice_hash(text) & mask;; at = (at + 1) & mask) {
		uint32_t slot = entries->slots[at];
		if (slot == 0)
			return NULL;
		if (slice_equal(entries->items[slot - 1].text, text))
			return &entries->items[slot - 1];
	}
}

static void place_entry(struct name_entries *entries, uint32_t index)
{
	size_t mask = entries->slot_count - 1;
	size_t at = (size_t)slice_hash(entries->items[index].text) & mask;
	while (entries->slots[at] != 0)
		at = (at + 1) & mask;
	entries->slots[at] = index + 1;
}

/* Both arrays live in the arena; what they outgrow stays there until the pack is freed. */
static void make_room(struct name_entries *entries, struct arena *arena)
{
	if (entries->count < entries->capacity)
		return;
	size_t capacity = entries->capacity ? entries->capacity * 2 : ENTRIES_FIRST_SLOTS / 4;
	struct name_entry *items = arena_allocate(arena, capacity * sizeof *items);
	if (entries->count > 0)
		memcpy(items, entries->items, entries->count * sizeof *items);
	entries->items = items;
	entries->capacity = capacity;
	entries->slot_count = capacity * 4;
	entries->slots = arena_allocate(arena, entries->slot_count * sizeof *entries->slots);
	for (size_t i = 0; i < entries->count; i++)
		place_entry(entries, (uint32_t)i);
}

struct name_entry *name_entries_add(
	struct name_entries *entries, struct arena *arena, struct slice text)
{
	struct buffer folded = {0}, lower = {0};
	text_fold(slice_trim(text), &folded);
	text_lower(buffer_slice(&folded), &lower);
	const struct name_entry *found = name_entries_find(entries, buffer_slice(&lower));
	struct name_entry *entry;
	if (found) {
		entry = &entries->items[found - entries->items];
	} else {
		make_room(entries, arena);
		entry = &entries->items[entries->count];
		entry->text = arena_slice(arena, buffer_slice(&lower));
		if (lower.length > entries->longest)
			entries->longest = lower.length;
		place_entry(entries, (uint32_t)entries->count++);
	}
	buffer_release(&folded);
	buffer_release(&lower);
	return entry;
}
