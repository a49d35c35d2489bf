/* names.h: what the files of the names engine share; see names.c for how it goes about it. */
#ifndef ANNOTATE_NAMES_H
#define ANNOTATE_NAMES_H

#include "annotate/facts.h"
#include "rules/names_rule.h"

#define RUN_WORDS 48  /* a longer row of capitals is looked at in pieces: no name is so long */
#define FORM_WORDS 24 /* words of a form that are told apart; a longer one is cut */
#define NO_FORM UINT32_MAX

/* ---- Words of one block ----------------------------------------------------------------- */

enum name_word_flags {
	WORD_CAPITAL = 1,   /* may be part of a name */
	WORD_START = 2,     /* begins a sentence or what reads like one */
	WORD_SPACED = 4,    /* a blank stands before it */
	WORD_LOWER = 8,     /* begins in lower case */
	WORD_CAPITALS = 16, /* two letters or more, all of them capitals */
	WORD_MASKED = 32,
	WORD_LETTER = 64, /* begins with a letter */
	WORD_CLITIC = 128,
	WORD_CLASSED = 256,  /* `is` has been filled in */
	WORD_WORD = 512,     /* no sign */
	WORD_PHRASED = 1024, /* `phrase` has been filled in */
};

/* A token, or a part of one that was cut at its hyphens. */
struct name_word {
	size_t start, end;
	uint64_t is; /* classes, once WORD_CLASSED; ask names_is */
	const char *folded;
	uint32_t lexeme, lower;
	uint16_t length; /* of folded */
	uint16_t flags;  /* enum name_word_flags */
	uint8_t phrase;  /* words of the longest name of lists that begins here; ask names_phrase */
};

/* ---- Mentions and forms ----------------------------------------------------------------- */

enum name_mention_flags {
	MENTION_TITLE = 1,
	MENTION_START = 2,
	MENTION_HEADLINE = 4,
	MENTION_DATELINE = 8,
	MENTION_BOUND = 16,
	MENTION_DEFINED = 32,
	MENTION_QUOTED = 64,
	MENTION_SUBJECT = 128, /* a possessive or a verb follows */
	MENTION_OFFICE = 256,  /* what follows is a person’s alone: his administration */
	MENTION_AMONG = 512,   /* beside it stands what a list knows for no person */
};

struct name_mention {
	size_t start, end;
	uint32_t form;
	uint32_t first, last; /* words of the block while it is read, half-open */
	uint32_t flags;       /* enum name_mention_flags */
	uint32_t leans;       /* the kind that what stands beside it speaks for; kind_count: none */
	struct span role;     /* start NOWHERE: none */
};

/* How often evidence beside a form was seen. */
struct name_count {
	uint32_t next; /* in names.counts, index + 1; 0: the last */
	uint32_t evidence, count;
};

/* Forms that stand side by side in an enumeration: what one is, the other may be. */
struct name_peers {
	uint32_t forms[2];
};

/* One spelling of a name in the window; all its mentions are of one kind. */
struct name_form {
	struct slice text; /* folded words, divided by one blank */
	uint32_t lexeme;   /* of the whole */
	uint32_t words;
	uint32_t mentions;
	uint32_t counts; /* in names.counts, index + 1; 0: none */
	uint32_t bound;  /* the long form that this stands for in brackets, or NO_FORM */
	uint32_t link;   /* the longer form it was linked to, or NO_FORM */
	uint32_t apart;  /* the form that the text sets apart from it, or NO_FORM */
	uint32_t kind;   /* in the rule's kinds; kind_count: none */
	uint32_t cluster;
	struct evidence_set allowed; /* whose tests on the name itself hold */
	bool capitals;               /* all its letters are, and there are two */
	bool inside;                 /* some mention does not begin a sentence */
	bool of;                     /* joined by a word of `of` */
	bool stands;                 /* no short form of an organization */
	bool loose;                  /* bound, but not made of the long form’s letters */
	bool country;                /* no short form of anything */
	bool twin;                   /* no short form either: see names_surnames.c */
	double own[NAMES_KINDS + 1], beside[NAMES_KINDS + 1], sum[NAMES_KINDS + 1];
};

/* Texts and the numbers they were given, in order from 0. */
struct name_texts {
	struct slice *items;
	size_t count, capacity;
	uint32_t *slots; /* index + 1; 0: free */
	size_t slot_count;
};
/* The number of a text; it is added (not copied) if it is new: *number < count before. */
uint32_t name_texts_add(struct name_texts *texts, struct slice text);
/* NO_FORM: not there. */
uint32_t name_texts_find(const struct name_texts *texts, struct slice text);
void name_texts_release(struct name_texts *texts);

/* Tokens of a block. */
struct name_tokens {
	size_t first, count;
};

/* ---- The state -------------------------------------------------------------------------- */

struct names {
	struct window *window;
	const struct names_rule *rule;
	const struct pack *pack;
	struct slice text;       /* the document's */
	struct arena *arena;     /* forms' texts */
	struct name_word *words; /* of the block that is read */
	size_t word_count, word_capacity;
	struct name_tokens following; /* those behind the word that is made */
	struct span body;             /* of that block */
	bool begins;                  /* it is no later piece of a longer one */
	struct span towns;            /* of its dateline; start NOWHERE: none */
	bool headline;                /* it is one: no context counts */
	struct name_mention *mentions;
	size_t mention_count, mention_capacity;
	struct name_form *forms;
	size_t form_count, form_capacity;
	struct name_texts form_texts;
	struct name_texts known; /* forms in lower case, for headlines */
	size_t longest_known;    /* words */
	struct name_peers *peers;
	size_t peer_count, peer_capacity;
	struct name_count *counts;
	size_t count_count, count_capacity;
	uint64_t *lower;  /* bit: lexeme; seen in lower case */
	uint64_t *inside; /* bit: lexeme of the lower form; seen capitalised inside a sentence */
	struct buffer phrase, scratch;
};

/* names_words.c: the words of a block. `end` is the token after its last. */
void names_words_read(struct names *names, size_t first_token, size_t end_token);
/* A function word, but for one in capitals that a list knows: US. */
bool names_is_function(struct names *names, size_t word);
/* True if a word is in one of the classes. */
bool names_is(struct names *names, size_t word, uint64_t classes);
struct slice names_folded(const struct name_word *word);
struct slice names_raw(const struct names *names, const struct name_word *word);
/* Words of the longest phrase of a class, two or more, that begins at `word` and stays below
 * `end`; 0: none. */
size_t names_phrase(struct names *names, size_t word, size_t end, enum name_class class);
/* The lexeme of words joined as lists write them. */
uint32_t names_lexeme(struct names *names, size_t word, size_t end);
/* Words of the title at `word` (one or more); 0: none. */
size_t names_title(struct names *names, size_t word, size_t end);
bool names_lexeme_is(const struct names *names, uint32_t lexeme, enum name_class class);
/* The bit of a lexeme in names.lower or names.inside. */
bool names_seen(const uint64_t *bits, uint32_t lexeme);
/* Fills names.lower and names.inside from the window's tokens. */
void names_see(struct names *names);

/* names_runs.c: rows of capitals and what joins them. */
void names_runs(struct names *names);

/* names_split.c: makes mentions of the words from first to end. */
struct name_run {
	size_t first, end;
	bool of; /* joined by a word of `of` */
};
void names_split(struct names *names, struct name_run run);
void names_emit(struct names *names, size_t first, size_t end, unsigned flags);
/* The first of the words in lower case that belong to the name which begins at `first`. */
size_t names_leading(struct names *names, size_t first);

/* names_headline.c */
bool names_is_headline(struct names *names);
/* Before the first headline is read: lays down the forms that the rest of the window has. */
void names_know_forms(struct names *names);
/* Finds in a headline what the lists and the rest of the window know. */
void names_read_headline(struct names *names);

/* names_forms.c: the form of a mention; its own evidence is weighed when it is new. */
uint32_t names_form(struct names *names, size_t first, size_t end);
void names_count(struct names *names, uint32_t form, uint32_t evidence);

/* names_evidence.c */
/* Which tests on the name itself hold. */
void names_weigh_own(struct names *names, struct name_form *form, size_t first);
/* Counts what stands beside the mentions from `first` on, all of the block that is read. */
void names_weigh_beside(struct names *names, size_t first);

/* names_bind.c: Long Name (LN), among the mentions from `first` on. */
void names_bind(struct names *names, size_t first);
/* Notes which of them are peers, and which are set apart: X, a subsidiary of Y. */
void names_pair(struct names *names, size_t first);

/* names_surnames.c: what the last word of a full person's name means in this text. Sums are there,
 * but no links yet. */
void names_part_surnames(struct names *names);

/* names_clusters.c: links short forms to longer ones and gives each form its kind and cluster. */
void names_decide(struct names *names);
/* The name of a decided form as a list spells it; empty: none does. */
struct slice names_listed(const struct names *names, const struct name_form *form);

/* names_roles.c: the role beside a mention; start NOWHERE: none. */
struct span names_role(struct names *names, const struct name_mention *mention);
bool names_role_before(struct names *names, const struct name_mention *mention);
bool names_role_after(struct names *names, const struct name_mention *mention);

static inline bool evidence_has(const struct evidence_set *set, size_t index)
{
	return (set->bits[index / 64] >> index % 64 & 1) != 0;
}

#endif
