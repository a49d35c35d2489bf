/* Sets of atoms and their numbers; see atoms.h. */
#include "rules/atoms.h"

#include <string.h>

#define NAME_SLOTS 1024u /* a power of two, above twice ATOMS */

struct atom_table {
	struct arena *arena;
	const char *names[ATOMS + 1];
	uint16_t name_slots[NAME_SLOTS]; /* atom + 1; 0: free */
	uint32_t name_count;
	struct atoms *sets;
	uint32_t *slots; /* set + 1; 0: free */
	size_t set_count, set_capacity, slot_count;
};

bool atoms_equal(const struct atoms *a, const struct atoms *b)
{
	return memcmp(a, b, sizeof *a) == 0;
}

bool atoms_are_none(const struct atoms *set)
{
	uint64_t any = 0;
	for (size_t i = 0; i < ATOM_WORDS; i++)
		any |= set->bits[i];
	return any == 0;
}

static void make_room(struct atom_table *table, size_t capacity);

struct atom_table *atom_table_new(struct arena *arena)
{
	struct atom_table *table = arena_allocate(arena, sizeof *table);
	table->arena = arena;
	make_room(table, 512);
	return table;
}

/* ---- Names ------------------------------------------------------------------------------ */

static size_t name_slot(const struct atom_table *table, struct slice name)
{
	size_t at = (size_t)slice_hash(name) & (NAME_SLOTS - 1);
	while (table->name_slots[at] && !slice_is(name, table->names[table->name_slots[at] - 1]))
		at = (at + 1) & (NAME_SLOTS - 1);
	return at;
}

uint32_t atom_find(const struct atom_table *table, struct slice name)
{
	uint16_t found = table->name_slots[name_slot(table, name)];
	return found ? found - 1u : NO_ATOM;
}

uint32_t atom_add(struct atom_table *table, struct slice name)
{
	size_t at = name_slot(table, name);
	if (table->name_slots[at])
		return table->name_slots[at] - 1u;
	if (table->name_count == ATOMS)
		return NO_ATOM;
	table->names[table->name_count] = arena_text(table->arena, name);
	table->name_slots[at] = (uint16_t)++table->name_count;
	return table->name_count - 1;
}

const char *atom_name(const struct atom_table *table, uint32_t atom)
{
	return atom < table->name_count ? table->names[atom] : NULL;
}

/* ---- Sets ------------------------------------------------------------------------------- */

static size_t set_slot(const struct atom_table *table, const struct atoms *set)
{
	struct slice bytes = {(const char *)set, sizeof *set};
	size_t at = (size_t)slice_hash(bytes) & (table->slot_count - 1);
	while (table->slots[at] && !atoms_equal(&table->sets[table->slots[at] - 1], set))
		at = (at + 1) & (table->slot_count - 1);
	return at;
}

/* The outgrown arrays stay in the arena: together they are no larger than the last ones. */
static void make_room(struct atom_table *table, size_t capacity)
{
	struct atoms *sets = arena_allocate(table->arena, capacity * sizeof *sets);
	if (table->set_count > 0)
		memcpy(sets, table->sets, table->set_count * sizeof *sets);
	table->sets = sets;
	table->set_capacity = capacity;
	table->slot_count = capacity * 2;
	table->slots = arena_allocate(table->arena, table->slot_count * sizeof *table->slots);
	for (size_t i = 0; i < table->set_count; i++)
		table->slots[set_slot(table, &sets[i])] = (uint32_t)i + 1;
}

uint32_t atoms_number(struct atom_table *table, const struct atoms *set)
{
	size_t at = set_slot(table, set);
	if (table->slots[at])
		return table->slots[at] - 1;
	if (table->set_count == table->set_capacity) {
		make_room(table, table->set_capacity * 2);
		at = set_slot(table, set);
	}
	table->sets[table->set_count] = *set;
	table->slots[at] = (uint32_t)++table->set_count;
	return (uint32_t)table->set_count - 1;
}

const struct atoms *atoms_of(const struct atom_table *table, uint32_t number)
{
	return &table->sets[number];
}

size_t atoms_count(const struct atom_table *table)
{
	return table->set_count;
}
