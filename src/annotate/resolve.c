/* Which entity a speaker's span means.
 *
 * A span that holds mentions of kinds that speak means these: one, or several joint speakers. A
 * pronoun or a role means whom it stands for; see sweep.c. Whose turn it is, turns.c says.
 */
#include <stdlib.h>
#include <string.h>

#include "annotate/resolving.h"

/* A quote whose speaker is resolved: his entities are the last ones so far. */
static bool has_entity(const struct resolving *at, size_t quote, uint32_t entity)
{
	const struct annotations *into = at->into;
	for (size_t i = into->kept->links[quote].speaker_entity; i < into->speaker_entity_count;
		i++)
		if (into->speaker_entities[i] == entity)
			return true;
	return false;
}

void resolving_add(struct resolving *at, uint32_t entity)
{
	struct annotations *into = at->into;
	into->speaker_entities = grow(into->speaker_entities, &at->capacity,
		into->speaker_entity_count + 1, sizeof *into->speaker_entities);
	into->speaker_entities[into->speaker_entity_count++] = entity;
}

/* Mentions inside the span, or the one that holds it. A place or a date inside a role is none. */
static void resolve_named(struct resolving *at, size_t index, struct span speaker)
{
	struct annotations *into = at->into;
	for (size_t i = annotations_mention_ending_behind(into, speaker.start);
		i < into->mention_count; i++) {
		const struct mention mention = annotations_mention(into, i);
		if (mention.span.start >= speaker.end)
			return;
		if (at->packs->kinds[into->entities[mention.entity].kind].speaks &&
			!has_entity(at, index, mention.entity))
			resolving_add(at, mention.entity);
	}
}

static void resolve(struct resolving *at, size_t index, struct span speaker)
{
	const struct meant *meant = &at->meant[index];
	size_t before = at->into->speaker_entity_count;
	resolve_named(at, index, speaker);
	if (at->teller != NO_ENTITY && at->into->speaker_entity_count == before &&
		teller_says(at, index))
		resolving_add(at, at->teller);
	for (uint32_t i = 0; i < meant->count && at->into->speaker_entity_count == before + i; i++)
		resolving_add(at, meant->entities[i]);
}

/* Who is called more often than anybody else by those who speak with *I*, and not only once. */
static uint32_t most_called(const uint32_t *calls, uint32_t count)
{
	uint32_t best = NO_ENTITY, most = 1;
	for (uint32_t i = 0; i < count; i++) {
		if (calls[i] == NO_TELLER || calls[i] < most)
			continue;
		best = calls[i] > most ? i : NO_ENTITY;
		most = calls[i];
	}
	return best;
}

static void find_teller(struct resolving *at, const struct linked *of)
{
	uint32_t count = (uint32_t)at->into->entity_count;
	uint32_t *calls = memory_allocate((count + 1) * sizeof *calls);
	size_t index = 0;
	for (size_t w = 0; w < of->count; w++)
		for (size_t i = 0; i < of->results[w]->said_count; i++) {
			const struct result_said *said = &of->results[w]->saids[i];
			at->reference = rule_of(of->packs, said->rule).pack->reference;
			teller_count(at, index++, calls);
		}
	at->teller = most_called(calls, count);
	free(calls);
}

static void resolve_all(struct resolving *at, const struct linked *of)
{
	struct annotations *into = at->into;
	struct quote_link *links = into->kept->links;
	size_t index = 0;
	for (size_t w = 0; w < of->count; w++) {
		const struct result *result = of->results[w];
		for (size_t i = 0; i < result->said_count; i++, index++) {
			const struct result_said *said = &result->saids[i];
			struct span speaker = result_span(result, said->speaker);
			links[index].speaker_entity = (uint32_t)into->speaker_entity_count;
			if (atomic_load_explicit(of->canceled, memory_order_relaxed))
				return;
			at->reference = rule_of(of->packs, said->rule).pack->reference;
			if (said->turn > 0)
				turn_resolve(at, index, said->turn);
			else if (speaker.start != NOWHERE)
				resolve(at, index, speaker);
			links[index + 1].speaker_entity = (uint32_t)into->speaker_entity_count;
			at->replied = said->replies;
			at->resolved = index + 1;
		}
	}
	links[index].speaker_entity = (uint32_t)into->speaker_entity_count;
}

void speakers_resolve(const struct linked *of, struct annotations *into)
{
	struct meant *meant = speakers_meant(of, into);
	struct resolving at = {
		.document = of->document, .packs = of->packs, .into = into, .meant = meant};
	find_teller(&at, of);
	resolve_all(&at, of);
	free(meant);
	into->speaker_entities = memory_resize(into->speaker_entities,
		into->speaker_entity_count * sizeof *into->speaker_entities);
}
