/* keymap.h: from keys to command text. */
#ifndef TUI_KEYMAP_H
#define TUI_KEYMAP_H

#include "byline/rules.h"
#include "tui/panes.h"

#define PANE_EVERYWHERE PANE_COUNT

/* A sequence of keys in a pane, parsed. */
struct bound {
	int pane; /* enum pane, or PANE_EVERYWHERE */
	struct keys keys;
	const char *notation; /* as it was written */
	const char *command;
};

struct keymap {
	struct arena *arena;
	struct bound *items;
	size_t count, capacity;
	struct keys pending; /* typed, and the beginning of something */
	size_t number;       /* typed before it */
	bool counted;
	const struct bound *asks; /* it was typed, and waits for its letter; or NULL */
};

/* The key table and the keys of the packs' kinds. */
void keymap_init(struct keymap *keymap, const struct packs *packs);
void keymap_release(struct keymap *keymap);
void keymap_forget(struct keymap *keymap); /* what is pending */

struct reader;
/* Takes a key for a pane: a count, the beginning of a sequence, or its end, which runs. */
void keymap_take(struct reader *reader, struct key key);
/* Appends what is pending, as it was typed. */
void keymap_pending(const struct keymap *keymap, struct buffer *into);
/* The first keys bound to a command everywhere, else in a pane; NULL: none. */
const struct bound *keymap_find(const struct keymap *keymap, int pane, const char *command);
/* Keys as people write them: ^F, S-Tab, ]q. */
void keys_caption(const struct keys *keys, struct buffer *into);

#endif
