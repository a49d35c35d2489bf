/* quote_rule.h: what a `quote` rule says: marks, words, folds, steps, candidates, evidence.
 *
 * Its matcher (annotate/speech.c and its neighbours) writes the text as rows of tokens, each of
 * them a set of atoms, and asks row patterns about them. No word of a language is known here.
 */
#ifndef RULES_QUOTE_RULE_H
#define RULES_QUOTE_RULE_H

#include "rules/row_pattern.h"

/* The atoms that every rule has, in the order of their numbers. */
enum row_atom {
	ATOM_Q,               /* the quote in question, and what it is like: see enum quote_trait */
	ATOM_K = ATOM_Q + 7,  /* any other, with the same */
	ATOM_V = ATOM_K + 7,  /* a cue; for each of enum verb_form in three strengths */
	ATOM_C = ATOM_V + 18, /* the candidate */
	ATOM_P,               /* a mention of a kind that speaks */
	ATOM_O,               /* another */
	ATOM_M,               /* any */
	ATOM_S,               /* between sentences */
	ATOM_PP,              /* between paragraphs (which is between sentences, too) */
	ATOM_W,               /* any word */
	ATOM_X,               /* one that no list knows */
	ATOM_NUM,
	ATOM_CAP,   /* a word with a capital */
	ATOM_RH,    /* head of a role phrase */
	ATOM_RHS,   /* in the plural */
	ATOM_SMALL, /* a word that title case leaves small */
	ATOMS_FIXED,
};

enum quote_trait {
	TRAIT_ANY,
	TRAIT_COMMA, /* ends in a comma */
	TRAIT_STOP,  /* ends a sentence */
	TRAIT_ASKS,  /* … by a question or exclamation mark */
	TRAIT_TITLE, /* in title case */
	TRAIT_LOWER, /* begins with a small letter */
	TRAIT_OPEN,  /* its closing mark is missing */
};

enum verb_form { VERB_ANY, VERB_FINITE, VERB_BASE, VERB_THIRD, VERB_PAST, VERB_ING };
enum verb_strength { STRENGTH_ANY, STRENGTH_STRONG, STRENGTH_JUDGE };

static inline uint32_t verb_atom(enum verb_form form, enum verb_strength strength)
{
	return ATOM_V + (uint32_t)form * 3 + (uint32_t)strength;
}

/* ---- Marks ------------------------------------------------------------------------------ */

struct quote_marks {
	struct slice open, close;
	struct slice family;     /* pairs of one family may close one another */
	struct slice apostrophe; /* its closing mark may be an apostrophe: none if empty */
	bool reopen;             /* a quote that goes on opens each paragraph anew */
};

/* ---- Words ------------------------------------------------------------------------------ */

/* A word's atoms, as classes and patterns give them. */
struct quote_word {
	struct slice word; /* folded, in lower case */
	struct atoms atoms;
};

/* A class that is a list of the pack. */
struct quote_list {
	uint32_t atom;
	struct selector selector;
};

struct quote_suffix {
	uint32_t atom;
	struct texts ends, unless;
	int64_t least; /* bytes of the shortest such word */
	bool plain;    /* a word with nothing but this is still <X> */
};

struct quote_plural {
	struct slice end, of; /* …men is the plural of …man */
};

/* Finds of these kinds are one token with this atom, and no mention. */
struct quote_kind {
	uint32_t atom;
	struct texts kinds;
};

/* ---- Rows ------------------------------------------------------------------------------- */

struct row_patterns {
	struct row_pattern **items; /* tried in order */
	size_t count;
};

struct quote_fold {
	const char *id;
	struct row_patterns patterns;
	uint32_t as; /* the set of atoms that the new token has; NO_SET: its head's */
	bool drop;
};
#define NO_SET UINT32_MAX

enum quote_over {
	OVER_SENTENCE,
	OVER_SENTENCE_BEFORE, /* the one before as well */
	OVER_PARAGRAPH,
	OVER_PARAGRAPHS, /* the one before as well */
	OVER_AROUND,     /* the one after as well */
	OVER_COUNT,
};
/* The rows that patterns are asked about: what steps look over, and */
enum quote_row { ROW_FOLDED = OVER_COUNT, ROW_BETWEEN, ROW_COUNT };
enum quote_when { WHEN_ANY, WHEN_DIRECT, WHEN_PARTIAL };

#define STEPS 64 /* a rule may have: sets of them are bits of one number */

struct quote_step {
	const char *id;
	size_t line;
	struct row_patterns patterns;
	double confidence;
	enum quote_over over;
	enum quote_when when;
	bool turn; /* the quote that it names is somebody else's */
};

enum evidence_kind { EVIDENCE_PATTERN, EVIDENCE_STEP, EVIDENCE_VOTE, EVIDENCE_NOBODY };
enum evidence_over { CANDIDATE_ANYWHERE, CANDIDATE_IN_SENTENCE, CANDIDATE_OUTSIDE };

struct quote_evidence {
	const char *id;
	size_t line;
	enum evidence_kind kind;
	enum evidence_over over;
	enum quote_when when;
	struct row_pattern *pattern; /* NULL: none */
	uint64_t steps;              /* EVIDENCE_VOTE */
	double weight;
};

/* Which tokens are candidates. */
struct quote_candidates {
	bool given;
	struct atoms sentence, paragraph, before;
	bool nobody;
	double sure; /* a step of this confidence that no voter contradicts decides alone */
};

struct quote_reject {
	const char *id;
	struct row_patterns patterns; /* none: always */
	size_t max_words;
	size_t headline; /* a quote in single marks is kept in the first so many paragraphs */
	bool unnamed;    /* only where no step names who says it */
	uint64_t by, unless_by;
};

struct quote_join {
	const char *id;
	struct row_patterns patterns;
	uint64_t by;
	bool same;  /* only where both have the same speaker */
	bool apart; /* keeps them apart, and no later join is asked */
};

/* The set of a word in no capitals. */
struct word_set {
	uint32_t lexeme;
	uint32_t set; /* + 1; 0: free */
};
#define WORD_SETS 2048 /* a power of two */

struct quote_rule {
	struct row_language language;
	struct quote_marks *marks;
	size_t mark_count;
	bool mark_bytes[256]; /* a mark may begin with this byte */

	struct quote_word **words; /* open addressing; NULL: free */
	size_t word_slots;
	struct quote_list *lists;
	size_t list_count;
	struct quote_suffix *suffixes;
	size_t suffix_count;
	struct quote_plural *plurals;
	size_t plural_count;
	struct selector roles, role_plurals;
	uint64_t strong_lists, other_lists, judge_lists;
	struct quote_kind *kinds;
	size_t kind_count;
	struct atoms plain;  /* a word with no other atoms than these is <X> */
	uint32_t possessive; /* the atom of a lone apostrophe behind `possessive_after`, or NO_ATOM
			      */
	struct slice possessive_after;
	struct atoms strays; /* of capitalised words that are no mention; empty: as other words */
	struct selector never_strays;

	struct quote_fold *folds;
	size_t fold_count;
	struct quote_step *steps;
	size_t step_count;
	struct quote_candidates candidates;
	struct quote_evidence *evidence;
	size_t evidence_count;
	struct quote_reject *rejects;
	size_t reject_count;
	struct quote_join *joins;
	size_t join_count;

	struct row **rows; /* room for what patterns see: enum quote_row; NULL: not used yet */
	struct word_set *word_sets; /* a cache of WORD_SETS places: a lexeme has one */
};

enum quote_word_flags { QUOTE_WORD_CAPITAL = 1, QUOTE_WORD_DIGIT = 2 };

/* The set of atoms of a word. `folded` is as lists compare it. */
uint32_t quote_word_set(struct quote_rule *rule, const struct pack *pack, struct slice folded,
	uint32_t lexeme, uint32_t lower, unsigned flags);
/* The rows of a rule, made at their first use. */
struct row **quote_rows(struct quote_rule *rule, struct arena *arena);
/* The atoms of a folded word in lower case that classes or patterns name, or NULL. */
const struct atoms *quote_named_word(const struct quote_rule *rule, struct slice lower);

#endif
