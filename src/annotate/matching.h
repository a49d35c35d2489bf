/* matching.h: running match and words rules over blocks, and deciding who wins. */
#ifndef ANNOTATE_MATCHING_H
#define ANNOTATE_MATCHING_H

#include "annotate/facts.h"

/* What rules with `sets` found of the document, and what scopes ask for. */
struct setting {
	struct span span; /* start NOWHERE: nothing yet */
	size_t block;
};
struct settings {
	struct setting of[SETS_DATELINE + 1];
};

/* Runs the pack's rules of one block. With `setting`, those that set something, else the others.
 * window->pack and window->tokens are the pack's; finds are added to window->finds. */
void block_match(struct window *window, uint32_t pack_index, size_t block,
	const struct settings *settings, bool setting);
/* The group that is the find itself, the others go with it: "entity", or what the rule sets. */
const char *rule_main_group(const struct rule *rule);
/* Takes what rules with `sets` found in window->finds from `first` on. */
void settings_take(struct settings *settings, const struct window *window, size_t first);

/* Whether a find at `span` of `block` stands where the rule's scopes want it. */
bool scopes_allow(const struct rule *rule, const struct window *window,
	const struct settings *settings, size_t block, struct span span);

/* Whether any find in the block could: spares a search where paragraphs are counted. */
bool scopes_reach(const struct rule *rule, const struct window *window, size_t block);

/* Sorts finds and drops, inside each layer, those that lose: higher priority, then longer, then
 * earlier, then later pack, then earlier rule. The losers are moved to `lost`. */
void finds_decide(struct finds *finds, const struct packs *packs, struct finds *lost);
struct find *finds_add(struct finds *finds, const struct find *find);
void finds_release(struct finds *finds);

#endif
