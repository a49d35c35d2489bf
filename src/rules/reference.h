/* reference.h: words that stand for somebody named elsewhere, as a pack gives them. */
#ifndef RULES_REFERENCE_H
#define RULES_REFERENCE_H

#include "rules/pack.h"

struct lexicon_builder;

/* What a word may be in its sentence. */
enum reference_use {
	REFERENCE_SUBJECT = 1,   /* he */
	REFERENCE_OBJECT = 2,    /* him */
	REFERENCE_OWNER = 4,     /* his */
	REFERENCE_SELF = 8,      /* himself */
	REFERENCE_KNOWN = 16,    /* the mayor */
	REFERENCE_OWNED = 32,    /* my, his lawyer */
	REFERENCE_NEW = 64,      /* a neighbour */
	REFERENCE_BEING = 128,   /* is a chemist */
	REFERENCE_NAMING = 256,  /* a doctor named … */
	REFERENCE_JOINING = 512, /* … and … */
	REFERENCE_EDGE = 1024,   /* no noun begins with it */
	REFERENCE_CLAUSE = 2048, /* a clause does */
	REFERENCE_TELLER = 4096  /* I */
};
#define REFERENCE_PRONOUN (REFERENCE_SUBJECT | REFERENCE_OBJECT | REFERENCE_OWNER | REFERENCE_SELF)

/* Words that stand for an entity of a kind: *she* for a person whose first name agrees. */
struct pronouns {
	struct texts words, objects, owners, selves; /* in small letters */
	struct slice kind_name;
	uint32_t kind; /* in the pack's kinds */
	struct texts agree_lists, clash_lists;
	struct selector agrees, clashes; /* of the first word of a name, or of a word of a role */
	bool several;                    /* *they*: for two who are named together */
};
#define PRONOUNS_MOST 7

struct reference_word {
	struct slice text;
	uint16_t uses;    /* enum reference_use */
	uint8_t pronouns; /* index, if it is one */
};

/* How much a mention weighs, and what is left of it; see the pack. */
struct reference_weights {
	double subject, other, owner, again, unnamed, thing;
	double sentence, paragraph;
	double agrees, same, before, spoke, itself, quoted, reporting;
	double least, least_thing;
};

struct reference {
	const struct node *pronouns_node;
	struct pronouns *pronouns;
	size_t pronoun_count;
	struct texts known, tellers, owners, new, being, naming, joining, edges, clauses;
	struct texts role_lists, thing_lists;
	struct selector roles, things; /* last words of roles, and which of them are no persons */
	struct slice role_kind_name, thing_kind_name;
	uint32_t role_kind, thing_kind; /* in the pack's kinds; NO_KIND: none */
	const struct node *alike_node;
	struct texts *alike; /* words that mean one thing; the first stands for all */
	size_t alike_count;
	struct reference_weights weights;
	struct selector words;        /* all that have a use */
	struct reference_word *table; /* open addressing; text empty: free */
	size_t table_size;
	size_t line, column; /* of the mapping in its pack */
};

/* Adds the words of the mapping to the lists that the lexicon is made of. */
void reference_gather_words(
	struct loading *loading, struct lexicon_builder *builder, const struct node *value);
/* Loads the pack's `reference` mapping; what is wrong in it is reported and left out. */
void reference_load(struct loading *loading, const struct node *value);
/* What a word in small letters is, or NULL. */
const struct reference_word *reference_word(const struct reference *reference, struct slice lower);
/* Whether a word of a text has one of the uses. */
bool reference_has_use(const struct reference *reference, struct slice word, unsigned uses);
/* The first of the words that mean the same as this one. */
struct slice reference_alike(const struct reference *reference, struct slice lower);

#endif
