/* linking.h: from finds and quotes to a generation of annotations. */
#ifndef ANNOTATE_LINKING_H
#define ANNOTATE_LINKING_H

#include "annotate/matching.h"

/* Everything that windows found, in the order of the text; clusters are unique over all. */
struct gathered {
	struct finds finds, lost;
	struct saids saids;
	struct mark_group *groups;
	size_t group_count, group_capacity;
	uint32_t clusters;      /* how many numbers are given */
	struct spans sentences; /* of all blocks, by offset */
};

void gathered_release(struct gathered *gathered);

/* Moves what a window found to the whole, with numbers of groups, segments and clusters shifted. */
void gathered_take(
	struct gathered *gathered, struct window *window, struct finds *lost, struct saids *saids);

/* Builds the public arrays in the arena. */
void annotations_link(const struct gathered *gathered, const struct document *document,
	const struct packs *packs, struct arena *arena, struct annotations *into);

/* resolve.c: fills the speakers' entities, now that mentions and entities are there. */
void speakers_resolve(const struct gathered *gathered, const struct document *document,
	const struct packs *packs, struct arena *arena, struct annotations *into);

/* role_holders.c: by quote, whom its speaker's text means if it is a role (*the mayor*): who was
 * named last with one that has its last word, or NO_ENTITY. free() it. */
uint32_t *role_holders(const struct document *document, const struct packs *packs,
	const struct annotations *annotations);

#endif
