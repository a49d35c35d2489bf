/* row.h: a window written as rows of tokens, and what is known of its quotes.
 *
 * A row token is a set of atoms with the bytes it covers: a word, a sign, a mention, or a quote as
 * a whole. Sentences own a stretch of the tokens and shrink as they are folded. Only paragraphs
 * that hold a quote, and their neighbours, are written. Nothing that is asked of a quote looks over
 * a gap between them: so they are written, and worked off, a run of adjoining ones at a time.
 */
#ifndef ANNOTATE_ROW_H
#define ANNOTATE_ROW_H

#include "annotate/facts.h"
#include "rules/quote_rule.h"

#define SENTENCE_TOKENS 200 /* a longer sentence is cut */
#define STRETCH_TOKENS 400  /* of a longer stretch the middle part, around the quote, is seen */
#define NO_QUOTE UINT32_MAX
#define NO_TOKEN UINT32_MAX

struct row_token {
	struct span span; /* all that it covers */
	struct span head; /* what of it may speak */
	uint32_t set;     /* number of its atoms; of a quote: as <Q> */
	uint32_t quote;   /* index of the quote that it is, or NO_QUOTE */
	uint32_t cluster; /* of the mention that it is, or NO_CLUSTER */
	uint32_t sign;    /* its code point, where it is a sign */
	bool word;        /* begins with a letter or digit */
	bool first;       /* of its sentence */
};

struct row_sentence {
	uint32_t first, count; /* tokens */
	uint32_t paragraph;
};

#define RUN_TOKENS 16384 /* a run ends with the paragraph that brings it to so many */

/* The tokens of a piece; those without any are no paragraph. */
struct row_extent {
	size_t first, end;
	uint32_t piece;
	bool quoted;
};

struct row_paragraph {
	uint32_t first, count; /* sentences */
	uint32_t before;       /* paragraphs of the window before it, written or not */
	bool adjoins;          /* the paragraph before it in the text is the one before it here */
};

/* A quote: a pair of marks that is in no other. */
struct row_quote {
	uint32_t pair;
	uint32_t as_other;    /* its set as <K> */
	uint32_t sentence;    /* NO_TOKEN: a fold has dropped it */
	uint32_t token;       /* after the folds */
	bool partial;         /* stands in the reporter's sentence */
	uint32_t step;        /* the one that decides in the sieve, or NO_STEP */
	uint32_t step_target; /* the token it names: may be a quote */
	struct span step_cue; /* what it calls the cue; start NOWHERE: nothing */
	uint32_t speaker; /* token, or NO_TOKEN: nobody; a quote's that is a turn: its speaker */
	bool replies;     /* the quote before is somebody else's */
	bool turn;        /* the one who speaks in turn with the quote before; speaker: itself */
	double confidence;
	uint32_t first_candidate, candidate_count;
	const char *rejected; /* the id of what rejects it, or NULL */
	uint32_t group;       /* the first quote of those that are one */
};

struct candidate {
	uint32_t token; /* NO_TOKEN: nobody */
	bool outside;   /* of the quote's sentence */
	bool placed;    /* stands in a stretch that evidence sees */
	double sum;     /* then its share of the whole */
};

/* What an evidence gave a candidate, for those who ask why. */
struct told {
	uint32_t token;
	const struct quote_evidence *evidence;
	double weight;
};

struct speech {
	const struct window *window;
	struct quote_rule *rule;
	const struct pack *pack;
	struct row_extent *extents; /* of the window */
	size_t extent_count, next_extent;
	size_t next_pair, next_find; /* of the window */
	struct row_token *tokens;
	size_t token_count, token_capacity;
	struct row_sentence *sentences;
	size_t sentence_count, sentence_capacity;
	struct row_paragraph *paragraphs;
	size_t paragraph_count, paragraph_capacity;
	struct row_quote *quotes;
	size_t quote_count, quote_capacity;
	struct candidate *candidates;
	size_t candidate_count, candidate_capacity;
	uint32_t *proposals; /* by quote and step: the token that a step names, or NO_TOKEN */
	struct span *cues;   /* and what it calls the cue */
	size_t proposal_capacity, cue_capacity;
	uint64_t voters;   /* steps whose voice counts even where an earlier one has spoken */
	struct row **rows; /* of the rule */
	struct stretch *stretches; /* room for one of each row */
	uint32_t *kind_sets;       /* by kind of the packs: the set of its finds, or NO_SET */
	struct buffer *why;        /* NULL: nobody asks */
	size_t why_quote;
	struct told *told; /* of that quote's candidates, in the order of the evidence */
	size_t told_count, told_capacity;
};

/* row.c */
void rows_begin(struct speech *speech);
/* Writes the next run in the place of the one before; false: there is none. */
bool rows_next(struct speech *speech);
const struct atoms *row_atoms(const struct speech *speech, uint32_t set);
struct slice row_text(const struct speech *speech, struct span span);

/* folds.c: folds every sentence, and finds where the quotes stand then. */
void rows_fold(struct speech *speech);

/* A row as a step sees it: tokens of one or more sentences, with breaks between. */
struct stretch {
	uint32_t sets[STRETCH_TOKENS + 8];
	uint32_t tokens[STRETCH_TOKENS + 8]; /* NO_TOKEN: a break */
	size_t count, at;                    /* at: the quote */
	size_t sentence_start, sentence_end; /* of the quote's sentence */
	size_t paragraph_start;              /* of its paragraph */
	struct row *row;
	bool known;
};

/* stretches.c */
void stretch_find(
	const struct speech *speech, uint32_t quote, enum quote_over over, struct stretch *into);
/* From one quote to the next, both included; false: too far apart. */
bool stretch_between(const struct speech *speech, uint32_t from, uint32_t to, struct stretch *into);
/* Whether one of the patterns matches the stretch. */
bool stretch_matches(const struct row_patterns *patterns, const struct stretch *stretch);

/* speakers.c: what every step proposes, and whom the sieve of steps decides for. */
void speakers_propose(struct speech *speech);
void speakers_decide(struct speech *speech);
/* The step that is named as the deciding one of a quote, once candidates are weighed: the first
 * that proposed the speaker, or NO_STEP. */
uint32_t speaker_step(const struct speech *speech, uint32_t index);
/* candidates.c: the speaker by summed evidence. */
void candidates_weigh(struct speech *speech);
void candidates_decide(struct speech *speech);

/* cues.c: the verb that ties a quote to its speaker, or what the step calls so. */
struct span cue_find(const struct speech *speech, const struct row_quote *quote);

/* joins.c */
void quotes_reject(struct speech *speech);
void quotes_join(struct speech *speech);

#endif
