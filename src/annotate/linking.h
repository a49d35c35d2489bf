/* linking.h: from what windows found to a generation of annotations. */
#ifndef ANNOTATE_LINKING_H
#define ANNOTATE_LINKING_H

#include "annotate/results.h"

/* What a generation is made of: results in the order of the text. */
struct linked {
	const struct document *document;
	const struct packs *packs;
	struct result *const *results;
	size_t count;
	const atomic_bool *canceled; /* then what is made is of no use */
};

/* Builds the public arrays in the generation's arena. */
void annotations_link(const struct linked *of, struct annotations *into);

/* resolve.c: fills the speakers' entities, now that mentions and entities are there. */
void speakers_resolve(const struct linked *of, struct annotations *into);

/* role_holders.c: by quote, whom its speaker's text means if it is a role (*the mayor*): who was
 * named last with one that has its last word, or NO_ENTITY. free() it. */
uint32_t *role_holders(const struct document *document, const struct packs *packs,
	const struct annotations *annotations);

#endif
