/* facts.h: what the stages of annotating hand to one another.
 *
 * The stages are fixed and none looks forward: tokens → pairs of quote marks → masks → candidates
 * with local evidence → clusters and kinds → row of tokens → speakers → rejects → joins. A window
 * is the stretch of blocks that is linked at once.
 */
#ifndef ANNOTATE_FACTS_H
#define ANNOTATE_FACTS_H

#include <stdatomic.h>

#include "annotate/subject.h"
#include "annotate/token.h"
#include "byline/annotate.h"

/* A find of a match or words rule, and of the names rule once kinds are known. */
struct find {
	struct span span;
	uint32_t pack, rule; /* indexes */
	uint32_t kind;       /* in packs.kinds */
	int priority;
	struct slice name; /* as a list spells it, in the pack; empty: no list knows it */
	uint32_t first_group, group_count; /* in window.groups */
	uint32_t cluster; /* names: which finds are one entity; NO_CLUSTER: by kind and text */
	struct span role; /* names: start NOWHERE: none */
};
#define NO_CLUSTER UINT32_MAX

/* A group of a match rule's pattern that took part in a find. */
struct find_group {
	uint32_t number; /* in the pattern, from 1 */
	struct span span;
};

struct finds {
	struct find *items;
	size_t count, capacity;
};

/* A pair of quote marks, or one reopened or left open. */
struct pair {
	struct span whole; /* with the marks */
	struct span inner; /* without */
	uint32_t piece;
	bool open;   /* no closing mark: it runs to the piece's end */
	bool single; /* ‘ ’ or ' ' */
	bool nested; /* inside another pair: belongs to it */
};

struct pairs {
	struct pair *items;
	size_t count, capacity;
};

struct window {
	const struct document *document;
	const struct packs *packs;
	struct pack *pack; /* whose names or quote rule is at work; the tokens are of its lexicon */
	struct span extent; /* of the text */
	struct piece *pieces;
	size_t piece_count, piece_capacity;
	struct tokens *tokens;     /* of all its pieces that were read */
	struct pairs pairs;        /* by offset */
	struct finds finds;        /* by offset once masks and names are done */
	struct find_group *groups; /* of finds */
	size_t group_count, group_capacity;
	struct subject subject; /* of patterns: the piece that is read */
	struct trial *trials;   /* of the pack's rules in the piece that is read */
	size_t trial_capacity;
	const atomic_bool *canceled; /* then no stage need do its work */
};

static inline bool window_is_canceled(const struct window *window)
{
	return atomic_load_explicit(window->canceled, memory_order_relaxed);
}

/* The quotes of a window, as the quote rule finds them; the annotator turns them into the public
 * arrays. Speakers are spans; which entity a span means is resolved by whoever has the entities. */
struct said {
	uint32_t first_segment, segment_count; /* in saids.segments */
	enum quote_form form;
	struct span cue, speaker; /* start NOWHERE: none */
	double confidence;
	uint32_t pack, rule; /* the quote rule */
	uint32_t step;       /* the deciding one of the rule, or NO_STEP */
	uint32_t turn; /* 0: as said above; 1: who speaks in turn with the quote before; n + 1:
			  the same as in the n-th quote before */
	bool replies;  /* somebody else says the quote before */
};
#define NO_STEP UINT32_MAX

struct saids {
	struct said *items;
	size_t count, capacity;
	struct spans segments;
};

/* What a pronoun is in its sentence, */
enum pronoun_use { PRONOUN_SUBJECT, PRONOUN_OBJECT, PRONOUN_OWNER, PRONOUN_SELF };
/* and what stands before a role. */
enum role_use {
	ROLE_OWNED = 1,  /* his lawyer */
	ROLE_NEW = 2,    /* a lawyer */
	ROLE_BEING = 4,  /* is a lawyer */
	ROLE_NAMING = 8, /* a lawyer named … */
	ROLE_THING = 16, /* the letter: no person has it */
	ROLE_OWNER = 32  /* the museum’s director */
};

/* A pronoun, or a role like *the mayor*, whoever it stands for. */
struct reference_found {
	struct span span;
	size_t clause;     /* of an object or a role: how many bytes before it its clause begins */
	uint32_t pronouns; /* in the pack's reference, or IS_ROLE */
	uint8_t use;       /* enum pronoun_use or enum role_use */
};
#define IS_ROLE 7u

struct references {
	struct reference_found *items;
	size_t count, capacity;
};

/* references.c: by offset; of two that begin together the pronoun stands first. The window's finds
 * are decided, its pack is the one whose words are asked. */
void references_find(const struct window *window, struct references *into);

/* names.c: finds what the names rule calls names in the window, and gives each find its kind,
 * cluster and role. window->finds holds masks and finds of words rules already. */
void names_find(struct window *window, const struct rule *rule, struct finds *into);
/* Appends indented lines about the name at a byte, one found or refused: the evidence with its
 * weight and words, the sums, the cluster and the kinds that lost; false: no name stands there. */
bool names_why(struct window *window, const struct rule *rule, size_t offset, struct buffer *into);

/* pairs.c: pairs and repairs the marks of a piece. */
void pairs_find(struct window *window, const struct rule *rule, uint32_t piece);

/* speech.c: quotes, speakers, rejects, joins over the window's tokens, pairs and finds (which now
 * hold all mentions with their kinds). */
void speech_find(struct window *window, const struct rule *rule, struct saids *into);

#endif
