/* load.h: between the files that load a theme: finding it, its sections, colours and styles. */
#ifndef BYLINE_THEME_LOAD_H
#define BYLINE_THEME_LOAD_H

#include "byline/schema.h"
#include "theme/loaded.h"

/* Where a theme comes from, and for which other one. */
struct origin {
	const struct origin *above; /* what extends it; NULL: it was asked for */
	const char *folder;         /* of the user's themes; NULL: none */
	const char *path;
	const struct tree *embedded; /* parsed already; NULL: it is a file */
};

/* Finds where the theme called `name` is, for `origin->above`, in `origin->folder` or embedded;
 * false: nothing is called so. */
bool origin_find(struct origin *origin, struct slice name, struct arena *arena);
/* Appends "unknown theme 'dusl'; did you mean 'dusk'? known: dusk, dawn" and so on. */
void theme_unknown_print(struct slice name, struct buffer *into);

/* What is loaded, handed to every loader as `context`. */
struct theme_loading {
	struct theme *theme;
	bool base_missing; /* what it extends could not be had: unknown colours may stand there */
};

/* More than these are reported and left out. */
#define PALETTE_MOST 256
#define STYLES_OF_THEME_MOST 1024

/* Reports what is no mapping; `what` names it. */
bool mapping_check(struct loading *loading, const struct node *node, const char *what);
/* Points at colours without quotes, in a file that YAML cannot read for their sake: in braces, such
 * a comment hides the closing one. */
void bare_hex_report(struct slice source, const char *path, struct diagnostics *out);

/* `at` is a struct paint: a colour of the palette, in hex, or the terminal's default. */
bool paint_load(struct loading *loading, const struct node *value, void *at);
/* `at` is a struct paint: one of the terminal's sixteen colours, or its default. */
bool ansi_paint_load(struct loading *loading, const struct node *value, void *at);

/* Take in a mapping of a theme; each reports all that is wrong with it. `loading.context` is a
 * struct theme_loading, and its theme holds what it extends. */
void palette_load(struct loading *loading, const struct node *mapping);
void styles_load(struct loading *loading, const struct node *mapping);
/* A style's name as a node: reported where it means nothing. */
bool style_name_load(struct loading *loading, const struct node *node);

#endif
