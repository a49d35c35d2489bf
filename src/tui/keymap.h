/* keymap.h: from keys to command text.
 *
 * A key map begins as a preset; a file of the user's replaces what it names and adds to it; kinds
 * of packs bring their keys last, where those are free. In a pane its own keys come before those
 * that hold everywhere, and none is the beginning of another.
 */
#ifndef TUI_KEYMAP_H
#define TUI_KEYMAP_H

#include "byline/rules.h"
#include "tui/panes.h"

/* Where keys are bound, beside the panes. */
#define PANE_EVERYWHERE PANE_COUNT
#define PANE_PROMPT \
	(PANE_COUNT + 1) /* where a line is typed; keys of everywhere do not hold there */
#define KEY_PANES (PANE_COUNT + 2)
const char *key_pane_name(int pane);

/* ---- Presets ---------------------------------------------------------------------------- */

struct binding {
	const char *pane; /* as key_pane_name says */
	const char *keys; /* in key notation */
	const char
		*command; /* a name and its argument, as one would type them; NULL: none any more */
};

struct preset {
	const char *name, *help;
	const struct binding *above; /* what it changes, or NULL; a pane of NULL ends each */
	const struct binding *keys;
};
#define DEFAULT_PRESET "vi"
extern const struct preset key_presets[];    /* a name of NULL ends it */
extern const char *const key_preset_names[]; /* theirs, in this order; NULL ends it */

/* ---- Key maps --------------------------------------------------------------------------- */

/* A sequence of keys in a pane, parsed. */
struct bound {
	int pane; /* enum pane, PANE_EVERYWHERE or PANE_PROMPT */
	struct keys keys;
	const char *notation; /* as it was written */
	const char *command;
	const char *owner; /* who bound it: "the preset vi", "line 3", "a kind" */
	bool preset;       /* a preset has */
};

struct keymap {
	struct arena *arena;
	struct bound *items;
	size_t count, capacity;
};

/* Empty; keymap_free allows NULL. */
struct keymap *keymap_new(void);
void keymap_free(struct keymap *keymap);
/* All is as the preset says; false: there is no preset of this name. */
bool keymap_use_preset(struct keymap *keymap, struct slice name);
/* `]` and `[` with the letters of kinds, where these are free. */
void keymap_add_kinds(struct keymap *keymap, const struct packs *packs);
/* Puts keys in, in the place of the same keys in that pane. The texts must outlive the map, the
 * keys are taken. */
void keymap_put(struct keymap *keymap, const struct bound *bound);
/* What is bound to exactly these keys in a pane, or NULL; and takes it out. */
const struct bound *keymap_bound(const struct keymap *keymap, int pane, const struct keys *keys);
void keymap_remove(struct keymap *keymap, const struct bound *bound);

/* A pane is read with those keys of everywhere that it does not use itself. */
bool keymap_holds(const struct keymap *keymap, int pane, const struct bound *bound);
bool keys_equal(const struct keys *a, const struct keys *b);
/* One is the beginning of the other, which is longer. */
bool keys_collide(const struct keys *a, const struct keys *b);

/* What is bound to keys in a pane; *begins: they are the beginning of something. */
const struct bound *keymap_match(
	const struct keymap *keymap, int pane, const struct keys *keys, bool *begins);
/* What one key does in a pane by itself; NULL: nothing. */
const struct bound *keymap_key(const struct keymap *keymap, int pane, struct key key);
/* The first keys that run a command text in a pane; NULL: none. */
const struct bound *keymap_find(const struct keymap *keymap, int pane, const char *command);
/* Keys as people write them: ^F, S-Tab, ]q. */
void keys_caption(const struct keys *keys, struct buffer *into);

/* ---- Files ------------------------------------------------------------------------------ */

/* Makes the map what a file says, over its preset. What is wrong in it is reported and left out;
 * where it cannot be read at all, the map is the default. */
bool keymap_load(struct keymap *keymap, const char *path, struct diagnostics *out);
/* The same of what stands in a file. */
struct key_source {
	const char *path; /* for messages */
	struct slice text;
};
bool keymap_read(struct keymap *keymap, const struct key_source *source, struct diagnostics *out);

#endif
