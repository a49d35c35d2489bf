/* A table in which a word has one place; what stood there before is forgotten. */
#include "rules/word_cache.h"

#define PLACES 8192   /* a power of two */
#define WORD_BYTES 20 /* of a word that is remembered */

struct remembered {
	char bytes[WORD_BYTES];
	uint32_t length; /* 0: nothing */
	struct word_found found;
};

struct word_cache {
	const struct lexicon *lexicon;
	struct remembered places[PLACES];
};

struct word_cache *word_cache_new(struct arena *arena, const struct lexicon *lexicon)
{
	struct word_cache *cache = arena_allocate(arena, sizeof *cache);
	cache->lexicon = lexicon;
	return cache;
}

struct word_found word_look_up(
	const struct lexicon *lexicon, struct slice word, struct buffer *scratch)
{
	scratch->length = 0;
	text_fold(word, scratch);
	size_t length = scratch->length;
	buffer_reserve(scratch, 2 * length); /* what is read below must not move */
	text_lower(slice_cut(buffer_slice(scratch), 0, length), scratch);
	struct slice folded = slice_cut(buffer_slice(scratch), 0, length);
	struct slice lower = slice_cut(buffer_slice(scratch), length, scratch->length);
	struct word_found found = {.lexeme = lexicon_find_loosely(lexicon, folded)};
	found.lower = slice_equal(folded, lower) ? found.lexeme : lexicon_find(lexicon, lower);
	return found;
}

static bool is_ascii(struct slice word)
{
	unsigned char all = 0;
	for (size_t i = 0; i < word.length; i++)
		all |= (unsigned char)word.bytes[i];
	return all < 0x80;
}

struct word_found word_find(struct word_cache *cache, struct slice word, struct buffer *scratch)
{
	if (word.length == 0 || word.length > WORD_BYTES || !is_ascii(word))
		return word_look_up(cache->lexicon, word, scratch);
	struct remembered *place = &cache->places[slice_hash(word) % PLACES];
	struct slice there = {place->bytes, place->length};
	if (!slice_equal(there, word)) {
		place->found = word_look_up(cache->lexicon, word, scratch);
		place->length = (uint32_t)word.length;
		memcpy(place->bytes, word.bytes, word.length);
	}
	return place->found;
}
