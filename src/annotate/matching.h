/* matching.h: running match and words rules over blocks, and deciding who wins. */
#ifndef ANNOTATE_MATCHING_H
#define ANNOTATE_MATCHING_H

#include "annotate/facts.h"

/* What rules with `sets` found of the document, and what scopes ask for. */
struct settings {
	struct span of[SETS_DATELINE + 1]; /* start NOWHERE: nothing yet */
	unsigned before;                   /* bit: a window before this one sets it */
};

/* A piece whose rules are run. */
struct match_place {
	uint32_t pack; /* index; window->pack and window->tokens are its */
	uint32_t piece;
	const struct settings *settings;
	struct rule_budget *budgets; /* by rule of the pack */
};
/* How much of what a rule may spend is gone. A search that runs into its limits is given up where
 * it does; a rule whose searches do so PIECE_STRIDES times in one piece finds nothing in it, one
 * that comes to this in SPENT_PIECES pieces finds nothing from there on. */
struct rule_budget {
	uint8_t before;   /* pieces of the text before the window */
	uint8_t here;     /* pieces of the window, no more than bring it to SPENT_PIECES */
	size_t suspended; /* from this offset on; NOWHERE: it is not */
};
#define PIECE_STRIDES 48
#define SPENT_PIECES 4

/* Runs the pack's rules of one piece. With `setting`, those that set something, else the others.
 * Finds are added to window->finds. */
void piece_match(struct window *window, const struct match_place *place, bool setting);
/* The group that is the find itself, the others go with it: "entity", or what the rule sets. */
const char *rule_main_group(const struct rule *rule);
/* Takes what rules with `sets` found in window->finds from `first` on. */
void settings_take(struct settings *settings, const struct window *window, size_t first);

/* Whether a find at `span` of `block` stands where the rule's scopes want it. */
bool scopes_allow(const struct rule *rule, const struct window *window,
	const struct settings *settings, uint32_t block, struct span span);

/* Whether any find in the block could: spares a search where paragraphs are counted. */
bool scopes_reach(const struct rule *rule, const struct window *window, uint32_t block);

/* Sorts finds and drops, inside each layer, those that lose: higher priority, then longer, then
 * earlier, then later pack, then earlier rule. The losers are moved to `lost`. */
void finds_decide(struct finds *finds, const struct packs *packs, struct finds *lost);
struct find *finds_add(struct finds *finds, const struct find *find);
void finds_release(struct finds *finds);

#endif
