/* rules.h: packs: YAML files of rules with the lists they name, loaded and compiled.
 *
 * A pack file is read once, with all its errors; what is right of it works. Patterns are compiled
 * at their first use. The embedded packs come from one constant blob of parsed nodes and built
 * lists, made by this same loader when the program was built.
 */
#ifndef BYLINE_RULES_H
#define BYLINE_RULES_H

#include "byline/base.h"

/* Layers, lowest first; inside one the priority decides, across them nothing is dropped. */
enum layer { LAYER_STRUCTURE, LAYER_QUOTE, LAYER_ENTITY, LAYER_USER };

/* What a rule finds. Packs define kinds; no C code knows one by name. */
struct kind {
	const char *name, *label, *style; /* "person", "People", "entity.person" */
	enum layer layer;
	bool sidebar;    /* has a group in the entities pane, and its mentions are entities */
	bool short_last; /* a short label is the last word of its name: a surname */
	bool speaks;     /* may be the speaker of a quote */
	int order;       /* of groups */
	char key;        /* `]` and this letter walk its mentions; 0: none */
};

struct pack;

/* A name with a slash or ".yaml" is a path; else NAME.yaml in `folder` (may be NULL), else an
 * embedded pack. NULL only where nothing could be read; a pack with errors works without its bad
 * parts. */
struct pack *pack_load(const char *name_or_path, const char *folder, struct diagnostics *out);
/* The same with the tests inside the rules, which embedded packs leave out. */
struct pack *pack_load_to_check(
	const char *name_or_path, const char *folder, struct diagnostics *out);
struct pack *pack_read(struct slice source, const char *path, struct diagnostics *out);
void pack_free(struct pack *pack);
const char *pack_name(const struct pack *pack);
const char *pack_title(const struct pack *pack);
const char *pack_embedded(size_t index);    /* names of the embedded packs; NULL after the last */
struct slice pack_source(const char *name); /* YAML of an embedded pack; empty: there is none */
/* Packs in force together. Kinds of the same name are one kind (the first definition's traits). */
struct packs {
	struct pack **items;
	size_t count, capacity;
	struct kind *kinds; /* all of them, sorted by order, then by definition */
	size_t kind_count;
};
void packs_add(struct packs *packs, struct pack *pack); /* owned from here on */
const struct kind *packs_kind(const struct packs *packs, struct slice name); /* NULL: none */
void packs_release(struct packs *packs);

/* A rule, for messages and `why`. */
struct rule_place {
	const char *pack, *id, *path;
	size_t line, column;
};

#endif
