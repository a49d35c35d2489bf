/* reference.h: words that stand for somebody named elsewhere, as a pack gives them. */
#ifndef RULES_REFERENCE_H
#define RULES_REFERENCE_H

#include "rules/pack.h"

/* Words that stand for an entity of a kind: *she* for a person whose first name agrees. */
struct pronouns {
	struct texts words; /* in small letters */
	struct slice kind_name;
	uint32_t kind; /* in the pack's kinds */
	struct texts agree_lists, clash_lists;
	struct selector agrees, clashes; /* of the first word of a name, or of a title before it */
};

struct reference {
	struct pronouns *pronouns;
	size_t pronoun_count;
	struct texts indefinite; /* *a* spokesman was not named before */
};

/* Loads the pack's `reference` mapping; what is wrong in it is reported and left out. */
void reference_load(struct loading *loading, const struct node *value);
/* The pronouns that a word is one of, or NULL. */
const struct pronouns *reference_pronouns(const struct reference *reference, struct slice word);
bool reference_is_indefinite(const struct reference *reference, struct slice word);

#endif
