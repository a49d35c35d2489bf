/* results.h: what a window found, kept until the text is gone.
 *
 * A long text has a thousand windows and millions of finds: so a find is kept in a few words, with
 * offsets from the window's start, and all generations that it is in share it.
 */
#ifndef ANNOTATE_RESULTS_H
#define ANNOTATE_RESULTS_H

#include "annotate/matching.h"

/* A find of a kind with a sidebar. */
struct result_mention {
	uint32_t start;       /* from the window's */
	uint32_t of;          /* its cluster, or where its name begins in the strings of its pack's
				 lists; 0: no list knows it */
	uint32_t length : 17; /* bytes: no piece has more */
	uint32_t kind : 15;   /* in packs.kinds */
	uint32_t rule : 25;   /* number over all packs; see rule_number */
	uint32_t clustered : 1;
	uint32_t sentence : 6; /* which one it stands in, counted round and round */
};
#define MENTION_LENGTH_MOST 0x1FFFFu
#define MENTION_KIND_MOST 0x7FFFu
#define MENTION_RULE_MOST 0x1FFFFFFu
#define SENTENCES 0x3Fu

/* A pronoun or a role; see struct reference_found. */
struct result_reference {
	uint32_t start;        /* from the window's */
	uint32_t length : 8;   /* bytes; a longer one is none */
	uint32_t use : 8;      /* enum pronoun_use or enum role_use */
	uint32_t pronouns : 3; /* index in the pack's reference, or IS_ROLE */
	uint32_t sentence : 6; /* as above */
	uint32_t clause : 7;   /* how many bytes before it its clause begins, or more */
};
#define REFERENCE_LENGTH_MOST 0xFFu
#define REFERENCE_CLAUSE_MOST 0x7Fu

/* One of a kind that only marks. */
struct result_mark {
	uint32_t start, length;
	uint32_t rule;
	uint16_t kind;
	uint16_t groups; /* how many of the window's groups are its: they follow one another */
};

struct result_stretch {
	uint32_t start, length; /* start, from the window's, NO_PLACE: none */
};
#define NO_PLACE UINT32_MAX

/* A cluster of names of the window. */
struct result_cluster {
	uint32_t listed; /* the name of the first find that a list knows, as in result_mention.of */
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
	uint32_t turn; /* as in struct said */
	uint16_t step; /* of its rule; UINT16_MAX: none */
	uint8_t form;
	bool replies;
};

/* How often a rule spent all it may; what there was before it when the window was read. */
struct result_spent {
	uint32_t pack, rule; /* indexes */
	uint8_t before, here;
	size_t suspended; /* in this window, from this offset on; NOWHERE: not in this one */
};

struct result {
	struct span extent;              /* of the text */
	struct block last;               /* its last block as it was read, if that was open */
	bool was_open, is_last;          /* the whole text ended with it */
	struct result_mention *mentions; /* by offset */
	struct result_mark *marks;       /* by offset */
	struct result_cluster *clusters;
	struct result_group *groups;
	struct result_said *saids;
	struct result_stretch *segments;
	struct result_reference *references; /* by offset; of two at one place the pronoun first */
	struct result_spent *spent;
	size_t mention_count, mark_count, cluster_count, group_count, said_count, segment_count;
	size_t spent_count, reference_count;
	uint32_t reference_pack; /* whose words they are */
	size_t sentences;
	struct settings settings;
	struct arena *arena;
	size_t users; /* the annotator, and generations */
};

/* What a window that was linked found: its finds are decided. */
struct found {
	const struct window *window;
	const struct saids *saids;
	const struct references *references;
	uint32_t reference_pack;
	const struct spans *sentences;
	const struct settings *settings;
	struct rule_budget *const *budgets; /* by pack */
};
struct result *result_new(const struct found *found); /* for one user */
struct result *result_share(struct result *result);   /* for one more */
void result_release(struct result *result);           /* by a user; NULL is allowed */

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
