/* results.h: what a window found, kept until the text is gone.
 *
 * A long text has a thousand windows and millions of finds, of which two generations are made
 * besides: so a find is kept in a few words, with offsets from the window's start.
 */
#ifndef ANNOTATE_RESULTS_H
#define ANNOTATE_RESULTS_H

#include "annotate/matching.h"

struct result_find {
	uint32_t start;  /* from the window's */
	uint32_t length; /* bytes */
	uint32_t of;     /* its cluster, or where its name begins in the strings of its pack's
			    lists; 0: no list knows it */
	uint32_t rule;   /* number over all packs; see rule_number */
	uint16_t kind;   /* in packs.kinds */
	uint8_t groups;  /* how many of the window's groups are its: they follow one another */
	bool clustered : 1;
	bool first : 1; /* no mention stands before it in its sentence */
};

struct result_stretch {
	uint32_t start, length; /* start, from the window's, NO_PLACE: none */
};
#define NO_PLACE UINT32_MAX

/* A cluster of names of the window. */
struct result_cluster {
	uint32_t listed; /* the name of the first find that a list knows, as in result_find.of */
	struct result_stretch longest; /* mention */
	struct result_stretch role;
};

struct result_group {
	uint32_t start, length;
	uint32_t number; /* in the pattern of its find's rule */
};

struct result_said {
	double confidence;
	struct result_stretch cue, speaker;
	uint32_t segments; /* how many of the window's are its */
	uint32_t rule;
	uint16_t step; /* of its rule; UINT16_MAX: none */
	uint8_t form;
};

/* How often a rule spent all it may; what there was before it when the window was read. */
struct result_spent {
	uint32_t pack, rule; /* indexes */
	uint8_t before, here;
	size_t suspended; /* in this window, from this offset on; NOWHERE: not in this one */
};

struct result {
	struct span extent;     /* of the text */
	struct block last;      /* its last block as it was read, if that was open */
	bool was_open, is_last; /* the whole text ended with it */
	struct result_find *finds;
	struct result_cluster *clusters;
	struct result_group *groups;
	struct result_said *saids;
	struct result_stretch *segments;
	struct result_spent *spent;
	size_t find_count, cluster_count, group_count, said_count, segment_count, spent_count;
	size_t sentences;
	struct settings settings;
	struct arena *arena;
};

/* What a window that was linked found: its finds are decided. */
struct found {
	const struct window *window;
	const struct saids *saids;
	const struct spans *sentences;
	const struct settings *settings;
	struct rule_budget *const *budgets; /* by pack */
};
struct result *result_new(const struct found *found);
void result_free(struct result *result); /* NULL is allowed */

/* The better of two texts as the name of what both mean: the longer one, in capitals only only if
 * there is no other. */
bool name_is_better(struct slice name, struct slice than);
bool text_has_lower(struct slice text);

/* Rules are numbered over all packs. */
uint32_t rule_number(const struct packs *packs, uint32_t pack, uint32_t rule);
struct rule_of {
	const struct pack *pack;
	const struct rule *rule;
};
struct rule_of rule_of(const struct packs *packs, uint32_t number);

#endif
