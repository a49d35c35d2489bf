/* lexicon.h: the lists of a pack, built into one table.
 *
 * Every entry of every list, aliases too, is a lexeme: a folded phrase of one or more words with
 * the set of lists that hold it. A word of a text is looked up once; what the rules then ask of it
 * are bit tests. The table is plain data without pointers, so that the one made when the program
 * is built is used from read-only memory as it is.
 *
 * Most words that are looked up are in no list, and memory that is never touched costs nothing:
 * so what tells that a word is not there is small and lies together. Lexemes are sorted by the
 * bucket of their hash; of each a mark, 16 more bits of the hash, stands in an array by itself.
 *
 * A list file holds one entry a line: NAME<TAB>alias…<TAB>key=value…; # begins a comment. Every
 * distinct key=value of a list is a trait of it, so that a rule can ask for cities[size=1].
 */
#ifndef RULES_LEXICON_H
#define RULES_LEXICON_H

#include "byline/base.h"

#define LEXICON_LISTS 64  /* lists a pack may name */
#define LEXICON_TRAITS 64 /* distinct LIST[key=value] of all its lists */
#define NO_LEXEME UINT32_MAX
#define PHRASE_WORDS 12 /* longest phrase that is looked for */
/* What is said where a list more comes, with LEXICON_LISTS. */
#define LISTS_FULL \
	"a pack has at most %d lists, and each rule's own words are one; put some together"

struct lexeme {
	uint32_t text;   /* in strings: folded, words divided by one blank */
	uint32_t forms;  /* first in `forms`; the lexeme's own end where the next one's begin; ask
			    lexeme_forms */
	uint32_t sets;   /* what it is in: index in sets */
	uint16_t length; /* bytes */
	uint8_t words;   /* of this phrase */
	uint8_t longest; /* words of the longest phrase that begins with this word; 0: none does */
};

/* That a lexeme stands in a list, and as which column of which entry. */
struct form {
	uint32_t name; /* the entry's name as the list spells it: in strings, NUL-terminated */
	uint8_t list;
	uint8_t column; /* 0: the name, 1…: aliases, in their order */
	uint16_t spare;
};

/* A set of lexemes that a rule names: LIST, or LIST[key=value]. Or what a lexeme is in. */
struct selector {
	uint64_t lists, traits; /* bits; a lexeme is in it if it has a bit of either */
};

struct lexicon {
	const uint32_t *buckets; /* first lexeme of each; one more than there are */
	const uint16_t *marks;   /* by lexeme */
	const struct lexeme
		*lexemes; /* one more than there are, for the end of the last one's forms */
	const struct selector *sets;
	const struct form *forms;
	const char *strings;
	uint32_t bucket_count; /* a power of two */
	uint32_t lexeme_count, set_count, form_count, string_bytes;
	uint32_t list_names[LEXICON_LISTS];   /* in strings */
	uint32_t trait_names[LEXICON_TRAITS]; /* "cities[size=1]", in strings */
	uint32_t list_count, trait_count;
};

/* Parses "cities[size=1]"; false where the list or trait is unknown. */
bool lexicon_selector(const struct lexicon *lexicon, struct slice text, struct selector *into);
/* The lists that a selector names, or of which it names a trait. */
uint64_t selector_lists(const struct lexicon *lexicon, const struct selector *selector);
/* Appends what a selector names: "countries, cities[size=1]". */
void selector_print(
	const struct lexicon *lexicon, const struct selector *selector, struct buffer *into);
const char *lexicon_list_name(const struct lexicon *lexicon, size_t list);

/* The lexeme of a folded phrase, or NO_LEXEME. */
uint32_t lexicon_find(const struct lexicon *lexicon, struct slice folded);
/* As lexicon_find, and then as text in capitals is compared: a word of more than three letters all
 * in capitals in title case too, an acronym without its dots. `folded` is one phrase. */
uint32_t lexicon_find_loosely(const struct lexicon *lexicon, struct slice folded);
/* All that a lexeme is in. */
static inline const struct selector *lexeme_sets(const struct lexicon *lexicon, uint32_t lexeme)
{
	return &lexicon->sets[lexicon->lexemes[lexeme].sets];
}
static inline bool lexeme_in(
	const struct lexicon *lexicon, uint32_t lexeme, const struct selector *selector)
{
	if (lexeme == NO_LEXEME)
		return false;
	const struct selector *sets = lexeme_sets(lexicon, lexeme);
	return ((sets->lists & selector->lists) | (sets->traits & selector->traits)) != 0;
}
/* The forms of a lexeme, and how many; most have one, the name of the one list that they are in as
 * it is folded: it is made in `own`. */
size_t lexeme_forms(const struct lexicon *lexicon, uint32_t lexeme, struct form *own,
	const struct form **forms);
/* The name of the entry that a lexeme stands for in the first of the selected lists, or empty. */
struct slice lexeme_name(const struct lexicon *lexicon, uint32_t lexeme, uint64_t lists);

/* Where the hash of a folded phrase leads. */
static inline uint32_t lexicon_bucket(uint64_t hash, uint32_t bucket_count)
{
	return (uint32_t)hash & (bucket_count - 1);
}
static inline uint16_t lexicon_mark(uint64_t hash)
{
	return (uint16_t)(hash >> 48);
}

/* Whether a form need not be kept, since it is what lexeme_forms makes. */
bool lexeme_form_is_plain(const struct form *form, uint32_t text, const struct selector *sets);

/* ---- Building --------------------------------------------------------------------------- */

struct lexicon_builder;
struct lexicon_builder *lexicon_builder_new(void);
/* Adds one list's bytes under an id; reports bad lines with their place. False: there are
 * LEXICON_LISTS already. */
bool lexicon_builder_add(struct lexicon_builder *builder, const char *id, struct slice source,
	const char *path, struct diagnostics *out);
/* Adds one entry, its name and its aliases, to the list of that id; false as above. */
bool lexicon_builder_entry(
	struct lexicon_builder *builder, const char *id, const struct slice *forms, size_t count);
/* Builds into arena memory and frees the builder. */
struct lexicon *lexicon_builder_finish(struct lexicon_builder *builder, struct arena *arena);

#endif
