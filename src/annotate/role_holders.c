/* Whom a role in a speaker's place means: who was named last with a role that has its last word.
 *
 * Quotes are asked in the order of their speakers, while two hands move along the text: one over
 * the mentions, one over the roles. An entity is known by the words of its role from where the
 * role stands; each word keeps the last mention of anybody known by it. So a long text with many
 * quotes and names takes no longer than it must.
 */
#include <stdlib.h>

#include "annotate/linking.h"
#include "annotate/names.h"

/* Words of roles, by entity: numbers from first[entity] up to first[entity + 1]. */
struct role_words {
	struct arena *arena;
	struct name_texts texts;
	uint32_t *numbers;
	size_t count, capacity;
	uint32_t *first;
};

struct sweep {
	const struct annotations *annotations;
	struct role_words words;
	uint32_t *roles; /* entities with a role, by its place */
	size_t role_count, next_role, next_mention;
	uint32_t *latest; /* by entity: mention + 1; 0: none yet */
	uint32_t *last;   /* by word: the same */
	bool *known;      /* by entity: its role has been passed */
};

/* ---- Words of roles --------------------------------------------------------------------- */

static void add_word(struct role_words *words, struct slice word)
{
	struct buffer lower = {0};
	text_lower(slice_trim(word), &lower);
	uint32_t number = name_texts_find(&words->texts, buffer_slice(&lower));
	if (number == NO_FORM)
		number = name_texts_add(
			&words->texts, arena_slice(words->arena, buffer_slice(&lower)));
	buffer_release(&lower);
	words->numbers =
		grow(words->numbers, &words->capacity, words->count + 1, sizeof *words->numbers);
	words->numbers[words->count++] = number;
}

static bool is_blank(char byte)
{
	return (unsigned char)byte <= ' ';
}

static void add_words(struct role_words *words, struct slice role)
{
	while (role.length > 0) {
		bool joint;
		size_t length = 0;
		while (length < role.length && !is_blank(role.bytes[length]))
			length++;
		if (length > 0)
			add_word(words, slice_cut(role, 0, length));
		length += blanks_length(role, length, &joint);
		role = slice_cut(role, length > 0 ? length : 1, role.length);
	}
}

static int by_role(const void *a, const void *b, void *of)
{
	const struct annotations *annotations = of;
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
	size_t one = annotations->roles[annotations->entities[left].role].start;
	size_t other = annotations->roles[annotations->entities[right].role].start;
	return (one > other) - (one < other);
}

static void read_roles(
	struct sweep *sweep, const struct document *document, const struct packs *packs)
{
	const struct annotations *annotations = sweep->annotations;
	struct role_words *words = &sweep->words;
	for (uint32_t i = 0; i < annotations->entity_count; i++) {
		const struct entity *entity = &annotations->entities[i];
		words->first[i] = (uint32_t)words->count;
		struct span role = annotations_role(annotations, entity);
		if (role.start == NOWHERE || !packs->kinds[entity->kind].speaks)
			continue;
		sweep->roles[sweep->role_count++] = i;
		add_words(words, slice_cut(document_text(document), role.start, role.end));
	}
	words->first[annotations->entity_count] = (uint32_t)words->count;
	qsort_r(sweep->roles, sweep->role_count, sizeof *sweep->roles, by_role,
		(void *)annotations);
}

/* ---- The sweep -------------------------------------------------------------------------- */

static void note(struct sweep *sweep, uint32_t entity)
{
	const struct role_words *words = &sweep->words;
	for (uint32_t i = words->first[entity]; i < words->first[entity + 1]; i++) {
		uint32_t *last = &sweep->last[words->numbers[i]];
		if (sweep->latest[entity] > *last)
			*last = sweep->latest[entity];
	}
}

/* Moves both hands up to an offset. */
static void move(struct sweep *sweep, size_t offset)
{
	const struct annotations *annotations = sweep->annotations;
	for (; sweep->next_mention < annotations->mention_count; sweep->next_mention++) {
		struct mention mention = annotations_mention(annotations, sweep->next_mention);
		if (mention.span.end > offset)
			break;
		sweep->latest[mention.entity] = (uint32_t)sweep->next_mention + 1;
		if (sweep->known[mention.entity])
			note(sweep, mention.entity);
	}
	for (; sweep->next_role < sweep->role_count; sweep->next_role++) {
		uint32_t entity = sweep->roles[sweep->next_role];
		if (annotations->roles[annotations->entities[entity].role].start > offset)
			break;
		sweep->known[entity] = true;
		note(sweep, entity);
	}
}

/* The entity meant by a speaker's text; the sweep stands where it begins. */
static uint32_t holder(const struct sweep *sweep, struct slice speaker)
{
	size_t start = speaker.length;
	struct buffer lower = {0};
	while (start > 0 && !is_blank(speaker.bytes[start - 1]))
		start--;
	text_lower(slice_cut(speaker, start, speaker.length), &lower);
	uint32_t word = name_texts_find(&sweep->words.texts, buffer_slice(&lower));
	buffer_release(&lower);
	if (word == NO_FORM || sweep->last[word] == 0)
		return NO_ENTITY;
	return sweep->annotations->entity_of[sweep->last[word] - 1];
}

/* A quote and its speaker. */
struct asking {
	uint32_t quote, start, end;
};

static int by_speaker(const void *a, const void *b)
{
	const struct asking *left = a, *right = b;
	return (left->start > right->start) - (left->start < right->start);
}

static void ask_quotes(struct sweep *sweep, const struct document *document, uint32_t *holders)
{
	const struct annotations *annotations = sweep->annotations;
	size_t count = annotations->quote_count;
	struct asking *asking = memory_allocate((count + 1) * sizeof *asking);
	size_t asked = 0;
	for (uint32_t i = 0; i < count; i++) {
		struct span speaker = annotations_quote(annotations, i).speaker;
		holders[i] = NO_ENTITY;
		if (speaker.start != NOWHERE)
			asking[asked++] =
				(struct asking){i, (uint32_t)speaker.start, (uint32_t)speaker.end};
	}
	qsort(asking, asked, sizeof *asking, by_speaker);
	for (size_t i = 0; i < asked; i++) {
		const struct asking *at = &asking[i];
		move(sweep, at->start);
		holders[at->quote] =
			holder(sweep, slice_cut(document_text(document), at->start, at->end));
	}
	free(asking);
}

uint32_t *role_holders(const struct document *document, const struct packs *packs,
	const struct annotations *annotations)
{
	size_t entities = annotations->entity_count;
	struct arena *arena = arena_new();
	struct sweep sweep = {.annotations = annotations, .words.arena = arena};
	uint32_t *holders = memory_allocate((annotations->quote_count + 1) * sizeof *holders);
	sweep.roles = arena_allocate(arena, entities * sizeof *sweep.roles);
	sweep.latest = arena_allocate(arena, entities * sizeof *sweep.latest);
	sweep.known = arena_allocate(arena, entities * sizeof *sweep.known);
	sweep.words.first = arena_allocate(arena, (entities + 1) * sizeof(uint32_t));
	read_roles(&sweep, document, packs);
	sweep.last = arena_allocate(arena, sweep.words.texts.count * sizeof *sweep.last);
	ask_quotes(&sweep, document, holders);
	name_texts_release(&sweep.words.texts);
	free(sweep.words.numbers);
	arena_free(arena);
	return holders;
}
