/* resolving.h: what the files share that find out which entity says a quote. */
#ifndef ANNOTATE_RESOLVING_H
#define ANNOTATE_RESOLVING_H

#include "annotate/linking.h"
#include "rules/reference.h"

#define REACH_BYTES ((size_t)64 << 10) /* how far one looks, where blocks are very long */

/* Those that one word stands for: most often one, two who act together, or nobody. */
#define MEANT_MOST 2
struct meant {
	uint32_t entities[MEANT_MOST];
	uint32_t count;
};

/* sweep.c: by quote, whom its speaker stands for if that is a pronoun or a role. free() it. */
struct meant *speakers_meant(const struct linked *of, const struct annotations *found);

struct resolving {
	const struct document *document;
	const struct packs *packs;
	struct annotations *into; /* speaker_entities grow here */
	size_t capacity;
	const struct meant *meant; /* by quote: whom its speaker stands for if that is no name */
	size_t resolved;           /* so many quotes are */
	bool replied;              /* the last of them is a reply to the one before it */
	const struct reference *reference; /* of the pack that found the quote at hand */
	uint32_t teller;                   /* who tells the text, or NO_ENTITY */
};

/* One more entity that says the quote at hand. */
void resolving_add(struct resolving *at, uint32_t entity);

/* turns.c: says whose turn a quote is in a conversation; see struct said. */
void turn_resolve(struct resolving *at, size_t index, uint32_t turn);

/* Whether who tells the text says a quote: *I said*. */
bool teller_says(const struct resolving *at, size_t index);
/* If so, counts whom those who speak shortly before and after it call by name; else who says it
 * does not tell the text. */
#define NO_TELLER UINT32_MAX
void teller_count(const struct resolving *at, size_t index, uint32_t *calls);

#endif
