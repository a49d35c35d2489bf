/* names_load.h: what the files that load a names rule share. */
#ifndef RULES_NAMES_LOAD_H
#define RULES_NAMES_LOAD_H

#include "rules/names_rule.h"

/* A names rule while it is loaded; `loading->context` points here. */
struct names_loading {
	struct pack *pack;
	struct names_rule *rule;
	const struct node *sets; /* the mapping, or NULL */
	struct buffer shapes;    /* those of the evidence, joined by | */
};

/* The entry of a text (any case, any blanks), made if there is none. The pointer is valid until
 * the next call. */
struct name_entry *name_entries_add(
	struct name_entries *entries, struct arena *arena, struct slice text);

/* Adds the list or set that a node names, or each of several. */
bool names_selectors(struct loading *loading, const struct node *node, struct selector *into);
/* True for `{LIST}`: *list gets what is between the braces. */
bool names_is_list(struct slice text, struct slice *list);
/* As names_selectors, for text of the node between braces. */
bool names_select_text(
	struct loading *loading, const struct node *node, struct slice name, struct selector *into);
/* Calls `each` for every item of a list of texts, or for the one text. */
bool names_each(struct loading *loading, const struct node *node,
	bool (*each)(struct loading *loading, const struct node *item, void *of), void *of);

/* Index in the rule's kinds; kind_count for `none`; reports an unknown one. */
bool names_kind(
	struct loading *loading, const struct node *node, struct slice name, uint32_t *kind);

/* Loads the sequence of evidences. */
bool names_evidence_load(struct loading *loading, const struct node *value);

#endif
