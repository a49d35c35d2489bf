/* linking.h: from what windows found to a generation of annotations. */
#ifndef ANNOTATE_LINKING_H
#define ANNOTATE_LINKING_H

#include "annotate/results.h"

/* What a generation is made of: results in the order of the text. */
struct linked {
	const struct document *document;
	const struct packs *packs;
	struct result **results;
	size_t count;
	const atomic_bool *canceled; /* then what is made is of no use */
};

/* A window in a generation: how many of each stand in those before it. */
struct part {
	struct result *result;
	uint32_t mention, quote, segment;
};

/* What a generation knows of a quote beside what its window does. The last one is of none. */
struct quote_link {
	uint32_t segment, speaker_entity; /* its first ones */
	uint32_t rule;                    /* index in annotations.rules */
	uint32_t said_by; /* the quote whose speaker is meant: mostly itself; or, with CALLED, the
			     mention that is the speaker */
};
#define CALLED ((uint32_t)1 << 31)

struct kept {
	struct part *parts; /* in the order of the text */
	size_t part_count;
	uint32_t *places; /* by number of a rule: its index in annotations.rules, or NO_PLACE */
	struct quote_link *links; /* by quote */
};

/* generation.c: takes a share in the results, and counts what is in them. */
void annotations_share(struct annotations *annotations, const struct linked *of);
struct span result_span(const struct result *result, struct result_stretch stretch);
struct span result_mention_span(const struct result *result, const struct result_mention *mention);
/* The first mention that ends behind an offset: its index, or the count of all. */
size_t annotations_mention_ending_behind(const struct annotations *annotations, size_t offset);

/* Builds what the results are in a generation. */
void annotations_link(const struct linked *of, struct annotations *into);

/* resolve.c: fills the speakers' entities, now that mentions and entities are there. */
void speakers_resolve(const struct linked *of, struct annotations *into);

/* sweep.c: whom the pronoun or role at a byte stands for, and why: appends the paragraph that --why
 * prints; false: none stands there. */
bool references_why(const struct linked *of, const struct annotations *found, size_t offset,
	struct buffer *why);

#endif
