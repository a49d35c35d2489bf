/* Words by which those who were named may be called.
 *
 * Somebody who speaks is known by the last words of the role that stands beside a name (*the
 * mayor*, *an attorney in Burlington*), or that the text says of them later on; anything else that
 * may speak by the words of its name (*the museum*). Words that mean one thing count as one. Each
 * word keeps who was named last of those that have it, so that a long text with many names takes no
 * longer than it must.
 */
#include <stdlib.h>

#include "annotate/discourse.h"
#include "annotate/names.h"

#define NO_ITEM UINT32_MAX
#define ROLE_AFTER 64   /* bytes behind a name in which its role may begin */
#define TITLE_BEFORE 32 /* before it, in which its title stands */

struct role_word {
	uint32_t word; /* number */
	uint32_t next; /* of the same entity, or NO_ITEM */
};

struct role_words {
	struct slice text; /* the document's */
	const struct packs *packs;
	const struct annotations *found;
	const struct pack *pack;
	const struct kind *thing_kind;
	struct arena *arena;
	struct name_texts texts;
	struct role_word *items;
	size_t count, capacity;
	uint32_t *first; /* by entity: item, or NO_ITEM */
	uint8_t *known;  /* by entity: its own words are among them */
	uint8_t *titled; /* and its title, if it has one */
	uint32_t *last;  /* by word: entity, or NO_ENTITY */
	size_t last_capacity;
	struct buffer lower;
};

static uint32_t word_number(struct role_words *words, struct slice lower)
{
	uint32_t number = name_texts_find(&words->texts, lower);
	if (number != NO_FORM)
		return number;
	number = name_texts_add(&words->texts, arena_slice(words->arena, lower));
	size_t had = words->last_capacity;
	words->last =
		grow(words->last, &words->last_capacity, (size_t)number + 1, sizeof *words->last);
	memset(words->last + had, 0xFF, (words->last_capacity - had) * sizeof *words->last);
	return number;
}

/* As it is compared: small letters, and the first of those that mean the same. */
static struct slice word_key(struct role_words *words, struct slice word)
{
	words->lower.length = 0;
	text_lower(word, &words->lower);
	return reference_alike(words->pack->reference, buffer_slice(&words->lower));
}

static void add_word(struct role_words *words, uint32_t entity, struct slice word)
{
	uint32_t number = word_number(words, word_key(words, word));
	words->items = grow(words->items, &words->capacity, words->count + 1, sizeof *words->items);
	words->items[words->count] = (struct role_word){number, words->first[entity]};
	words->first[entity] = (uint32_t)words->count++;
	words->last[number] = entity;
}

static bool is_blank(char byte)
{
	return (unsigned char)byte <= ' ';
}

/* Cuts the first word from a text; empty: there is none left. */
static struct slice next_word(struct slice *text)
{
	size_t start = 0, end;
	while (start < text->length && is_blank(text->bytes[start]))
		start++;
	for (end = start; end < text->length && !is_blank(text->bytes[end]);)
		end++;
	struct slice word = slice_cut(*text, start, end);
	*text = slice_cut(*text, end, text->length);
	return word;
}

static bool has_word(struct role_words *words, struct slice word, const struct selector *in)
{
	const struct pack *pack = words->pack;
	return lexeme_in(pack->lexicon, pack_word_lower(pack, word, &words->lower), in);
}

static struct slice without_comma(struct slice word)
{
	while (word.length > 0 &&
		(word.bytes[word.length - 1] == ',' || word.bytes[word.length - 1] == ';'))
		word.length--;
	return word;
}

/* Its words up to where something is said of it: *attorney in Burlington*. */
void role_words_add(struct role_words *words, uint32_t entity, struct slice role)
{
	const struct reference *reference = words->pack->reference;
	bool any = false;
	for (struct slice word; (word = next_word(&role)).length > 0;) {
		struct slice bare = without_comma(word);
		bool is_role = has_word(words, bare, &reference->roles);
		if (is_role)
			add_word(words, entity, bare);
		else if (any && has_word(words, bare, &words->pack->function_words))
			break;
		any = any || is_role;
	}
}

static void add_name(struct role_words *words, uint32_t entity, struct slice name)
{
	for (struct slice word; (word = next_word(&name)).length > 0;)
		add_word(words, entity, word);
}

/* By itself, or for what it is short for. */
static bool is_role(struct role_words *words, struct slice word)
{
	struct slice key = word_key(words, word);
	return has_word(words, key.bytes == words->lower.bytes ? word : key,
		&words->pack->reference->roles);
}

/* The word that ends where a text does. */
static struct slice last_word(struct slice text)
{
	text = slice_trim(text);
	size_t start = text.length;
	while (start > 0 && !is_blank(text.bytes[start - 1]))
		start--;
	return slice_cut(text, start, text.length);
}

/* What somebody is called before the name, or as its first word: *Rector Duarte* is the rector. */
static void add_title(struct role_words *words, uint32_t entity, struct span mention)
{
	size_t from = mention.start < TITLE_BEFORE ? 0 : mention.start - TITLE_BEFORE;
	struct slice before = last_word(slice_cut(words->text, from, mention.start));
	struct slice name = words->found->entities[entity].name;
	struct slice first = next_word(&name);
	bool whole = from == 0 || before.bytes > words->text.bytes + from;
	if (whole && before.length > 0 && is_role(words, before))
		add_word(words, entity, before);
	if (name.length > 0 && is_role(words, first))
		add_word(words, entity, first);
}

void role_words_name(struct role_words *words, uint32_t entity, struct span mention)
{
	const struct entity *named = &words->found->entities[entity];
	struct span role = annotations_role(words->found, named);
	bool thing = &words->packs->kinds[named->kind] == words->thing_kind;
	if (!words->known[entity] && thing) {
		words->known[entity] = true;
		add_name(words, entity, named->name);
	} else if (!words->known[entity] && role.start != NOWHERE &&
		   role.start < mention.end + ROLE_AFTER) {
		words->known[entity] = true;
		role_words_add(words, entity, slice_cut(words->text, role.start, role.end));
	}
	if (!words->titled[entity] && !thing) {
		words->titled[entity] = true;
		add_title(words, entity, mention);
	}
	for (uint32_t i = words->first[entity]; i != NO_ITEM; i = words->items[i].next)
		words->last[words->items[i].word] = entity;
}

uint32_t role_words_holder(struct role_words *words, struct slice role)
{
	size_t start = role.length;
	while (start > 0 && !is_blank(role.bytes[start - 1]))
		start--;
	struct slice word = slice_cut(role, start, role.length);
	uint32_t number = name_texts_find(&words->texts, word_key(words, word));
	return number == NO_FORM ? NO_ENTITY : words->last[number];
}

struct role_words *role_words_new(
	const struct linked *of, const struct annotations *found, const struct pack *pack)
{
	struct role_words *words = memory_allocate(sizeof *words);
	const struct reference *reference = pack->reference;
	words->text = document_text(of->document);
	words->packs = of->packs;
	words->found = found;
	words->pack = pack;
	if (reference->thing_kind != NO_KIND)
		words->thing_kind =
			packs_kind(of->packs, slice_of(pack->kinds[reference->thing_kind].name));
	words->arena = arena_new();
	words->first = memory_allocate((found->entity_count + 1) * sizeof *words->first);
	memset(words->first, 0xFF, (found->entity_count + 1) * sizeof *words->first);
	words->known = memory_allocate(found->entity_count + 1);
	words->titled = memory_allocate(found->entity_count + 1);
	return words;
}

void role_words_free(struct role_words *words)
{
	name_texts_release(&words->texts);
	buffer_release(&words->lower);
	free(words->items);
	free(words->first);
	free(words->known);
	free(words->titled);
	free(words->last);
	arena_free(words->arena);
	free(words);
}
