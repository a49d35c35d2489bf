/* entry.h: the sequences of one terminfo entry, as something bytes can be compared with. */
#ifndef REAL_ENTRY_H
#define REAL_ENTRY_H

#include "byline/base.h"

#define CAPABILITIES_MOST 600

/* What a program may send: capabilities with their strings, parameters and all. */
struct entry {
	struct arena *arena;
	struct {
		const char *name, *text;
	} items[CAPABILITIES_MOST];
	size_t count;
};

/* Reads the entry that is called so; with `folder` only from there. False where there is none. */
bool entry_read(struct entry *entry, const char *name, const char *folder);
void entry_release(struct entry *entry);

/* The longest capability that the bytes at `at` are, with any numbers; its length, 0 for none. */
size_t entry_match(const struct entry *entry, struct slice bytes, size_t at, const char **name);

/* The string of a capability as it stands; NULL where the entry has none. Keys are among them. */
const char *entry_text(const struct entry *entry, const char *name);

#endif
