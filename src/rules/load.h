/* load.h: what the files that load packs share. */
#ifndef RULES_LOAD_H
#define RULES_LOAD_H

#include "rules/pack.h"

#define PACK_CLITICS \
	"clitics:" /* the id of the pack's clitics in its lexicon; no list can have it */

/* Adds the inline words of `words` rules to the lexicon, under "rule:ID". */
void rules_gather_words(
	struct loading *loading, struct lexicon_builder *builder, const struct node *rules);
/* Loads all rules; bad ones are reported and left out. `loading->context` is the pack. */
void rules_load(struct loading *loading, const struct node *rules);

#endif
