/* quote_load.h: what the files that load a quote rule share. */
#ifndef RULES_QUOTE_LOAD_H
#define RULES_QUOTE_LOAD_H

#include "rules/quote_rule.h"

/* The rule's mapping, field by field, before anything of it is understood. */
struct quote_fields {
	const struct node *pairs, *classes, *suffixes, *aliases, *vars, *kinds, *folds, *speakers;
	const struct node *evidence, *rejects, *joins, *small;
	struct {
		struct texts strong, other, judge;
	} cues;
	struct texts roles, strays, strays_unless;
	struct {
		struct texts words;
		const struct node *endings;
	} plurals;
	struct {
		struct slice as, after;
	} possessive;
	struct {
		struct texts sentence, paragraph, before;
		bool nobody;
		double sure;
	} candidates;
};

struct quote_loading {
	struct pack *pack;
	struct loading *loading;
	struct quote_rule *rule;
	struct quote_fields fields;
};

/* The atom of a name in a text of the pack, made where it is new; NO_ATOM after reporting. */
uint32_t quote_load_atom(struct quote_loading *at, const struct node *node, struct slice name);
/* Adds the atoms and aliases that a list of names names; unknown ones are reported. */
bool quote_load_atoms(struct quote_loading *at, const struct texts *names, struct atoms *into);

/* Calls `each` for the pairs of a mapping; reports where it is none. NULL is none at all. */
bool quote_load_pairs(struct quote_loading *at, const struct node *mapping, const char *what,
	bool (*each)(struct quote_loading *at, const struct node *key, const struct node *value));

/* A section that is a list of mappings. */
struct section {
	const struct node *node;
	const char *name;
	size_t size;  /* of an item */
	size_t limit; /* 0: none */
	bool (*load)(struct quote_loading *at, const struct node *item, void *into);
};
bool quote_load_section(
	struct quote_loading *at, const struct section *section, void *into, size_t *count);
/* One pattern, or a list of them; NULL is none. */
bool quote_load_patterns(
	struct quote_loading *at, const struct node *node, struct row_patterns *into);

/* quote_steps.c: steps, evidence, rejects and joins. */
bool quote_steps_load(struct quote_loading *at);

/* quote_words.c: classes, suffixes, cues, roles, plurals, kinds and strays. The atoms they name are
 * made first, so that patterns may name them; words that patterns name are known only at the end.
 */
bool quote_words_load(struct quote_loading *at);
void quote_words_finish(struct quote_loading *at);

#endif
