/* A table in which a word has one place; what stood there before is forgotten. Most texts are
 * short: the first table is small, and the large one takes its place when it is half full. */
#include "rules/word_cache.h"

#define PLACES_FIRST 1024 /* powers of two */
#define PLACES_THEN 8192
#define KEY_WORDS 3

/* The bytes of a word of up to KEY_WORDS times eight, some of them twice; with the length they tell
 * it from every other. */
struct key {
	uint64_t words[KEY_WORDS];
	uint32_t length; /* 0: none */
};

struct remembered {
	struct key key;
	struct word_found found;
};

struct word_cache {
	struct arena *arena;
	const struct lexicon *lexicon;
	struct remembered *places;
	size_t place_count, filled;
};

struct word_cache *word_cache_new(struct arena *arena, const struct lexicon *lexicon)
{
	struct word_cache *cache = arena_allocate(arena, sizeof *cache);
	*cache = (struct word_cache){.arena = arena, .lexicon = lexicon};
	return cache;
}

/* ---- Looking up ------------------------------------------------------------------------- */

static unsigned letters_of(struct slice word)
{
	unsigned letters = LETTERS_PLAIN;
	size_t upper = 0, lower = 0;
	for (size_t at = 0; at < word.length;) {
		uint32_t code;
		size_t start = at;
		at += utf8_decode(word, at, &code);
		enum letter_class class = code_class(code);
		upper += class == LETTER_UPPER;
		lower += class == LETTER_LOWER;
		if (code >= 0x80)
			letters &= ~(unsigned)LETTERS_PLAIN;
		if (start == 0 && class == LETTER_UPPER)
			letters |= LETTERS_CAPITAL;
		if (class == LETTER_DIGIT && upper + lower == 0)
			letters |= LETTERS_DIGIT;
	}
	return letters | (upper > 1 && lower == 0 ? LETTERS_CAPITALS : 0u);
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
	struct word_found found = {
		.lexeme = lexicon_find_loosely(lexicon, folded), .letters = letters_of(word)};
	found.lower = slice_equal(folded, lower) ? found.lexeme : lexicon_find(lexicon, lower);
	return found;
}

/* ---- Remembering ------------------------------------------------------------------------ */

static uint64_t eight_at(const char *bytes)
{
	uint64_t eight;
	memcpy(&eight, bytes, sizeof eight);
	return eight;
}

static uint64_t four_at(const char *bytes)
{
	uint32_t four;
	memcpy(&four, bytes, sizeof four);
	return four;
}

static struct key key_of(struct slice word)
{
	const char *bytes = word.bytes, *end = bytes + word.length;
	struct key key = {.length = (uint32_t)word.length};
	if (word.length >= 8) {
		key.words[0] = eight_at(bytes);
		key.words[1] = eight_at(end - 8);
		key.words[2] = word.length > 16 ? eight_at(bytes + 8) : 0;
	} else if (word.length >= 4) {
		key.words[0] = four_at(bytes);
		key.words[1] = four_at(end - 4);
	} else {
		key.words[0] = (unsigned char)bytes[0];
		key.words[1] = (unsigned char)bytes[word.length / 2];
		key.words[2] = (unsigned char)end[-1];
	}
	return key;
}

static bool is_key(const struct key *a, const struct key *b)
{
	uint64_t other = a->length ^ b->length;
	for (size_t i = 0; i < KEY_WORDS; i++)
		other |= a->words[i] ^ b->words[i];
	return other == 0;
}

static void make_room(struct word_cache *cache)
{
	size_t count = cache->place_count == 0 ? PLACES_FIRST : PLACES_THEN;
	cache->places = arena_allocate(cache->arena, count * sizeof *cache->places);
	cache->place_count = count;
	cache->filled = 0;
}

static size_t hash_of(const struct key *key)
{
	const uint64_t prime = UINT64_C(0x9E3779B97F4A7C15);
	uint64_t hash = (key->words[0] ^ key->length) * prime;
	hash = (hash ^ hash >> 32 ^ key->words[1]) * prime;
	hash = (hash ^ hash >> 32 ^ key->words[2]) * prime;
	return (size_t)(hash >> 32);
}

struct word_found word_find(struct word_cache *cache, struct slice word, struct buffer *scratch)
{
	if (word.length == 0 || word.length > KEY_WORDS * sizeof(uint64_t))
		return word_look_up(cache->lexicon, word, scratch);
	if (cache->filled * 2 >= cache->place_count && cache->place_count < PLACES_THEN)
		make_room(cache);
	struct key key = key_of(word);
	struct remembered *place = &cache->places[hash_of(&key) & (cache->place_count - 1)];
	if (!is_key(&place->key, &key)) {
		cache->filled += place->key.length == 0;
		place->found = word_look_up(cache->lexicon, word, scratch);
		place->key = key;
	}
	return place->found;
}
