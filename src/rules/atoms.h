/* atoms.h: what a token of a row is: a set of atoms, told apart by small numbers.
 *
 * Atoms have names: those that every row knows (Q, P, V+ …), the classes, suffixes and folds of a
 * pack, words that a pattern names ("=said"), and signs, each its own name. Every distinct set of
 * atoms is kept once; its number is all that a row holds.
 */
#ifndef RULES_ATOMS_H
#define RULES_ATOMS_H

#include "byline/base.h"

#define ATOM_WORDS 6
#define ATOMS ((size_t)64 * ATOM_WORDS) /* atoms a rule may have */
#define NO_ATOM UINT32_MAX

struct atoms {
	uint64_t bits[ATOM_WORDS];
};

static inline void atoms_add(struct atoms *set, uint32_t atom)
{
	set->bits[atom / 64] |= UINT64_C(1) << atom % 64;
}

static inline bool atoms_have(const struct atoms *set, uint32_t atom)
{
	return set->bits[atom / 64] >> atom % 64 & 1;
}

static inline void atoms_join(struct atoms *set, const struct atoms *other)
{
	for (size_t i = 0; i < ATOM_WORDS; i++)
		set->bits[i] |= other->bits[i];
}

static inline void atoms_remove(struct atoms *set, const struct atoms *other)
{
	for (size_t i = 0; i < ATOM_WORDS; i++)
		set->bits[i] &= ~other->bits[i];
}

static inline bool atoms_meet(const struct atoms *a, const struct atoms *b)
{
	uint64_t common = 0;
	for (size_t i = 0; i < ATOM_WORDS; i++)
		common |= a->bits[i] & b->bits[i];
	return common != 0;
}

bool atoms_equal(const struct atoms *a, const struct atoms *b);
bool atoms_are_none(const struct atoms *set);

/* Names and sets of one rule. Lives in the arena. */
struct atom_table;
struct atom_table *atom_table_new(struct arena *arena);

uint32_t atom_find(const struct atom_table *table, struct slice name); /* or NO_ATOM */
uint32_t atom_add(struct atom_table *table, struct slice name);        /* NO_ATOM: no room left */
const char *atom_name(const struct atom_table *table, uint32_t atom);  /* NULL: past the last */

/* The number of a set; equal sets have the same. */
uint32_t atoms_number(struct atom_table *table, const struct atoms *set);
const struct atoms *atoms_of(const struct atom_table *table, uint32_t number);
size_t atoms_count(const struct atom_table *table);

#endif
