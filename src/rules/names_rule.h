/* names_rule.h: a `names` rule as its matcher reads it.
 *
 * The rule tells by weighed evidence what a capitalised name is. All words it needs come from the
 * pack. There are three ways to give them:
 *
 * - Classes of words. A class is a list whose items are words or `{LIST}`, which stands for all
 *   entries of a list: `join: [de, van]`, `given: ['{given-names}']`. What a class does is the
 *   engine's business, and said in the table of classes (names_rule.c); which words are in it is
 *   the pack's. A word is in a class as it stands or in lower case.
 * - Sets, which are names for unions of lists and may be used wherever evidence names a list.
 * - Contexts of evidence. `previous` and `next` hold phrases of words or `{LIST}`: what stands
 *   directly before or after the name, once the words of `skip` are passed over. One lookup
 *   serves all evidence, so that a hundred words cost what one costs. `before` and `after` are
 *   patterns over 60 bytes, for what words cannot say.
 */
#ifndef RULES_NAMES_RULE_H
#define RULES_NAMES_RULE_H

#include "rules/pack.h"

#define NAMES_KINDS 7      /* that a rule may tell apart; `none` comes after them */
#define NAMES_EVIDENCE 128 /* evidences of a rule */
#define NAMES_CONTEXT 60   /* bytes that `before` and `after` see */
#define NAMES_PHRASE 5     /* words of the longest phrase of a context */

enum name_class {
	NAME_JOIN,
	NAME_LEAD,
	NAME_SECOND_LEAD,
	NAME_ARTICLE,
	NAME_DROP,
	NAME_OF,
	NAME_OF_PLACE,
	NAME_AND,
	NAME_BETWEEN,
	NAME_DESIGNATOR,
	NAME_CLOSER,
	NAME_LOWER,
	NAME_TAIL,
	NAME_PREFIX,
	NAME_PHRASE,
	NAME_KNOWN,
	NAME_FUNCTION,
	NAME_COMMON,
	NAME_GIVEN,
	NAME_NATION,
	NAME_COUNTRY,
	NAME_TOWN,
	NAME_BODY,
	NAME_TITLE,
	NAME_ROLE,
	NAME_KEY,
	NAME_STRONG_KEY,
	NAME_OF_KEY,
	NAME_PLACE_KEY,
	NAME_PLACE_OF_KEY,
	NAME_EVENT_KEY,
	NAME_NEVER,
	NAME_TITLED,
	NAME_KEEP_FIRST,
	NAME_KEEP_LAST,
	NAME_DETERMINER,
	NAME_MODIFIER,
	NAME_THING,
	NAME_STOP,
	NAME_VERB,
	NAME_HONORIFIC,
	NAME_OWNED,
	NAME_HALLOWS,
	NAME_APART,
	NAME_CLASSES,
};

#define CLASS_BIT(class) (UINT64_C(1) << (class))

/* A set of evidences of the rule, by index. */
struct evidence_set {
	uint64_t bits[NAMES_EVIDENCE / 64];
};

/* What the rule itself says of a word or phrase, in lower case. */
struct name_entry {
	struct slice text; /* words divided by one blank */
	uint64_t classes;
	struct evidence_set previous, next; /* it is the context of these */
	struct evidence_set skip;           /* these pass over it */
	uint8_t longest_next;     /* words of the longest phrase of `next` that begins with it */
	uint8_t longest_previous; /* of `previous` that ends with it */
};

struct name_entries {
	struct name_entry *items;
	uint32_t *slots; /* open addressing, index + 1; 0: free */
	size_t count, capacity, slot_count;
	size_t longest; /* bytes of the longest text */
};

/* NULL: none. `text` is folded and in lower case. */
const struct name_entry *name_entries_find(const struct name_entries *entries, struct slice text);

enum evidence_need {
	NEED_TITLE = 1,     /* a title stands before it */
	NEED_OF = 2,        /* joined by a word of class `of` after a key that takes one */
	NEED_BOUND = 4,     /* part of `Long Name (LN)` */
	NEED_DEFINED = 8,   /* bound to words in lower case: `long name (LN)` */
	NEED_LOWER = 16,    /* one common word, which the text has in lower case as well */
	NEED_QUOTED = 32,   /* alone between quote marks */
	NEED_DATELINE = 64, /* in what the rule's `dateline` matches at a block's start */
	NEED_START = 128,   /* all its mentions begin a sentence */
	NEED_ROLE_BEFORE = 256,
	NEED_ROLE_AFTER = 512,
};

struct evidence {
	struct slice id;
	uint32_t kind; /* index in the rule's kinds; kind_count: none */
	double weight;
	unsigned needs; /* enum evidence_need */
	bool has_words;
	struct range words;
	struct selector whole, first, last, rest, any, all; /* empty: not asked */
	struct selector asked; /* whole, first, last, rest and any together: one must be met */
	struct selector unless, first_unless, last_unless;
	struct selector after_list, before_list, beside;
	struct pattern *shape, *before, *after;
	bool is_context; /* counts by `repeat`, else once a form */
	bool is_worded;  /* has previous or next */
	bool is_joined;  /* its shape is part of the rule's any_shape */
	size_t line;
};

/* A `{LIST}` among the phrases of a context. */
struct listed_context {
	struct selector selector;
	uint32_t evidence;
	bool previous;
};

enum names_repeat { REPEAT_ONCE, REPEAT_SQRT, REPEAT_LOG, REPEAT_SUM };
enum names_headline { HEADLINE_KNOWN, HEADLINE_ALL, HEADLINE_NONE };

/* How a short form may stand for a longer one. */
enum name_link {
	LINK_LAST = 1,       /* its last word or words; first and last */
	LINK_FIRST = 2,      /* its first word or words */
	LINK_MIDDLE = 4,     /* its second word */
	LINK_INITIALS = 8,   /* the capitals its words begin with */
	LINK_BOUND = 16,     /* what stands after it in brackets, made of its letters */
	LINK_CAPITALS = 32,  /* the same in capitals */
	LINK_ACRONYM = 64,   /* any word of it that is all in capitals */
	LINK_BRACKETS = 128, /* what stands after it alone in brackets, whatever its letters */
};

/* What being in certain lists makes of a word: by the sets of the lexicon. */
struct names_set {
	bool known;                /* else it is still to be found */
	uint64_t classes;          /* it is in these */
	struct evidence_set asked; /* one of the lists that these ask for */
};

struct names_rule {
	uint32_t kinds[NAMES_KINDS]; /* in the pack's kinds */
	size_t kind_count;
	double threshold, alias_weight, back_weight, peer_weight;
	enum names_repeat repeat;
	enum names_headline headline;
	bool bind;
	struct selector classes[NAME_CLASSES];
	struct name_entries entries;
	struct evidence *evidence;
	size_t evidence_count;
	struct pattern *any_shape; /* shapes joined to one, which is asked first; NULL: none is */
	struct evidence_set context, worded; /* is_context; is_worded */
	struct evidence_set unasked;         /* they ask for no list */
	struct names_set *sets;              /* by the lexicon's */
	struct listed_context *listed;
	size_t listed_count;
	unsigned alias[NAMES_KINDS + 1]; /* enum name_link, a kind; the last: none */
	struct selector alias_unless;    /* these stand for themselves */
	bool back[NAMES_KINDS];          /* a longer form gets what its short ones show */
	bool roles[NAMES_KINDS];         /* these have a role */
	struct texts plurals;            /* endings: s */
	struct texts endings;            /* of the second part of a cut hyphenated word: ed, ing */
	struct pattern *dateline;        /* at a block's start; its first group holds the towns */
};

/* What the lists make of a lexeme; it must be one. */
const struct names_set *names_set(
	const struct names_rule *rule, const struct lexicon *lexicon, uint32_t lexeme);

/* A class's name, for messages; NULL after the last. */
const char *name_class_key(size_t class);

#endif
