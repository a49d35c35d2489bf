/* Which entity a speaker's span means.
 *
 * A span that holds mentions of kinds that speak means these: one, or several joint speakers. */
#include <string.h>

#include "annotate/linking.h"

static size_t first_mention_from(const struct annotations *annotations, size_t offset)
{
	size_t low = 0, high = annotations->mention_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (annotations->mentions[middle].span.end <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool has_entity(
	const struct annotations *annotations, const struct quote *quote, uint32_t entity)
{
	for (uint32_t i = 0; i < quote->speaker_entity_count; i++)
		if (annotations->speaker_entities[quote->first_speaker_entity + i] == entity)
			return true;
	return false;
}

/* Mentions inside the span; or the one that holds it. A place or a date inside a role is none. */
static void resolve_named(const struct packs *packs, struct annotations *into, struct quote *quote)
{
	struct span speaker = quote->speaker;
	for (size_t i = first_mention_from(into, speaker.start);
		i < into->mention_count && into->mentions[i].span.start < speaker.end; i++) {
		const struct mention *mention = &into->mentions[i];
		const struct entity *entity = &into->entities[mention->entity];
		if (!packs->kinds[entity->kind].speaks || has_entity(into, quote, mention->entity))
			continue;
		into->speaker_entities[into->speaker_entity_count++] = mention->entity;
		quote->speaker_entity_count++;
	}
}

void speakers_resolve(const struct gathered *gathered, const struct document *document,
	const struct packs *packs, struct arena *arena, struct annotations *into)
{
	(void)gathered;
	(void)document;
	size_t room = into->quote_count + into->mention_count + 1;
	into->speaker_entities = arena_allocate(arena, room * sizeof *into->speaker_entities);
	for (size_t i = 0; i < into->quote_count; i++) {
		struct quote *quote = &into->quotes[i];
		quote->first_speaker_entity = (uint32_t)into->speaker_entity_count;
		if (quote->speaker.start != NOWHERE && into->speaker_entity_count < room)
			resolve_named(packs, into, quote);
	}
}
