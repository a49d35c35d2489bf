/* word_cache.h: words of texts that were looked up lately.
 *
 * The lists of a pack are some megabytes, and a look into them waits for memory three times; but
 * most words of a text are the same few thousand. What a word is depends on nothing but its bytes,
 * so that it does not matter what is remembered. Longer words are looked up each time.
 */
#ifndef RULES_WORD_CACHE_H
#define RULES_WORD_CACHE_H

#include "rules/lexicon.h"

enum word_letters {
	LETTERS_CAPITAL = 1,  /* begins with an upper-case letter */
	LETTERS_CAPITALS = 2, /* all its letters are upper case, and there are two or more */
	LETTERS_DIGIT = 4,    /* digits before any letter */
	LETTERS_PLAIN = 8,    /* ASCII: folded it is as it stands */
};

struct word_found {
	uint32_t lexeme;  /* folded and looked up loosely; NO_LEXEME: in no list */
	uint32_t lower;   /* the same in lower case */
	unsigned letters; /* enum word_letters */
};

struct word_cache;
struct word_cache *word_cache_new(struct arena *arena, const struct lexicon *lexicon);
/* Remembers; so that it belongs to one thread. */
struct word_found word_find(struct word_cache *cache, struct slice word, struct buffer *scratch);
/* The same without remembering, for any thread. */
struct word_found word_look_up(
	const struct lexicon *lexicon, struct slice word, struct buffer *scratch);

#endif
