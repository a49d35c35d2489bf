/* pack.h: what a pack is made of, for those who load rules and those who match them.
 *
 * A pack is loaded in one order: vars, lists (built into the lexicon, with the words that rules
 * give inline), kinds, rules. Each type of rule has a file that loads it from its node and a struct
 * that only its matcher in annotate/ reads. Everything lives in the pack's arena, but for patterns,
 * which the pack frees.
 */
#ifndef RULES_PACK_H
#define RULES_PACK_H

#include "byline/rules.h"
#include "byline/schema.h"
#include "rules/lexicon.h"
#include "rules/pattern.h"
#include "rules/starts.h"
#include "rules/word_cache.h"

enum rule_type { RULE_MATCH, RULE_WORDS, RULE_NAMES, RULE_QUOTE };

#define NO_KIND UINT32_MAX

/* One condition on where a find stands. A rule's scopes are alternatives of conjunctions:
 * [title, ~quote&paragraph:first-3]. */
enum scope_kind {
	SCOPE_TITLE,
	SCOPE_BYLINE,
	SCOPE_DATELINE,
	SCOPE_BODY,
	SCOPE_PARAGRAPH_FIRST,
	SCOPE_PARAGRAPH_LAST,
	SCOPE_HEADING,
	SCOPE_BLOCKQUOTE,
	SCOPE_CODE,
	SCOPE_QUOTE,
	SCOPE_SENTENCE,
};
struct scope {
	enum scope_kind kind;
	bool negated;
	bool more;       /* the next one must hold as well */
	uint32_t number; /* SCOPE_PARAGRAPH_FIRST: how many */
};

/* What a rule sets of the document. */
enum sets { SETS_NOTHING, SETS_TITLE, SETS_AUTHOR, SETS_PUBLISHED, SETS_DATELINE };

/* A `match` rule. */
struct match_rule {
	struct pattern *pattern;
	uint64_t starts; /* buckets of the pack's: the pattern is anchored; 0: it is searched for */
	const struct slice *literals; /* one must occur in the block, else the rule is skipped */
	size_t literal_count;         /* 0: none is known */
	struct slice group_styles[PATTERN_GROUPS]; /* of group 1…; empty: the kind's */
};

/* A `words` rule: inline words stand in the lexicon under the list id "rule:ID". */
struct words_rule {
	struct selector selector;
	uint64_t lists; /* to ask lexeme_name */
};

struct reference;  /* rules/reference.h */
struct names_rule; /* rules/names_rule.h */
struct quote_rule; /* rules/quote_rule.h */

struct rule {
	const char *id;
	enum rule_type type;
	uint32_t kind; /* index in the pack's kinds; NO_KIND for names and quote rules */
	int priority;
	enum sets sets;
	const struct scope *scopes;
	size_t scope_count;
	const struct node *node;  /* the rule's mapping */
	const struct node *tests; /* a sequence, or NULL (none, or left out of the blob) */
	struct match_rule *match; /* the one of its type; the others are NULL */
	struct words_rule *words;
	struct names_rule *names;
	struct quote_rule *quote;
};

struct pack {
	struct arena *arena;
	struct buffer source; /* of a file; empty for embedded ones */
	struct tree tree;
	const char *path; /* for messages; "news-en" + ".yaml" for an embedded one */
	struct slice name, title, language, license;
	const struct lexicon *lexicon;
	struct word_cache *words; /* of texts, as the lexicon has them */
	struct kind *kinds;
	size_t kind_count;
	struct rule *rules;
	size_t rule_count;
	const struct starts *starts; /* of match rules; NULL: of none they are known */
	struct starts_builder *starts_builder;
	const uint64_t *rule_starts; /* of an embedded pack: each rule's buckets */
	struct pattern_room *room;
	struct pattern **patterns; /* all of them, freed with the pack */
	size_t pattern_count, pattern_capacity;
	const struct node *vars;                              /* the mapping, or NULL */
	const struct reference *reference;                    /* never NULL */
	struct selector abbreviations, common_words, clitics; /* empty: none */
	struct selector function_words, cues;                 /* for the splitter; empty: none */
};

/* What a rule's loader gets. `loading->context` is the pack. */
struct rule_loading {
	struct pack *pack;
	struct rule *rule;
	struct loading *loading;
};

/* Each loads the value of its key ("match", "words", "names", "quote") and the rule's own fields;
 * false after reporting: the rule is left out. */
bool match_rule_load(struct rule_loading *at, const struct node *value);
bool words_rule_load(struct rule_loading *at, const struct node *value);
bool names_rule_load(struct rule_loading *at, const struct node *value);
bool quote_rule_load(struct rule_loading *at, const struct node *value);

/* Appends pattern text with {{var}} put in as (?:…), nested ones too; reports unknown fragments
 * and cycles at the node. */
bool pack_expand(struct pack *pack, const struct node *node, struct slice text,
	struct diagnostics *out, struct buffer *into);
/* Appends text with {LIST} or {LIST[key=value]} put in as (?:entry|entry|…), longest first,
 * escaped. */
bool pack_expand_lists(struct pack *pack, const struct node *node, struct slice text,
	struct diagnostics *out, struct buffer *into);
/* Expands vars, makes a pattern owned by the pack, compiles it to see whether it is right (not for
 * embedded packs, which were checked when built) and reports its error at the exact column. */
struct pattern *pack_pattern(
	struct pack *pack, const struct node *node, unsigned flags, struct diagnostics *out);
/* A pattern from text that is no node's own (already expanded). Owned by the pack. */
struct pattern *pack_pattern_text(struct pack *pack, struct slice text, unsigned flags);
/* Adds a list or trait ("cities[size=1]") to a selector; reports an unknown one with the nearest.
 */
bool pack_selector(
	struct pack *pack, const struct node *node, struct diagnostics *out, struct selector *into);
/* The same for a node that is one id or a list of ids. */
bool pack_selectors(
	struct pack *pack, const struct node *node, struct diagnostics *out, struct selector *into);
uint32_t pack_kind(const struct pack *pack, struct slice name); /* NO_KIND: none */
/* An embedded pack once more, for another thread: lists, rules and kinds have the same numbers.
 * NULL: it is not embedded. */
struct pack *pack_again(const struct pack *pack);

/* The lexeme of a raw word: folded and looked up loosely; and in lower case. */
uint32_t pack_word(const struct pack *pack, struct slice word, struct buffer *scratch);
uint32_t pack_word_lower(const struct pack *pack, struct slice word, struct buffer *scratch);

#endif
