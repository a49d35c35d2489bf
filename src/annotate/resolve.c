/* Which entity a speaker's span means.
 *
 * A span that holds mentions of kinds that speak means these: one, or several joint speakers. A
 * pronoun means the speaker of the quote before it, if that agrees and nobody fitting was named
 * since as the first of a sentence; else a name before it, by how near it is, whether it agrees and
 * whether it is the first of a sentence; never one that clashes. A role (*the mayor*)
 * means whoever was named before with a role that ends alike, unless it is indefinite (*a
 * neighbour*). Names inside quotes are none of these: who speaks seldom names himself.
 */
#include <stdlib.h>
#include <string.h>

#include "annotate/resolving.h"

#define REACH_BLOCKS 4 /* how many blocks back a pronoun reaches */
#define REACH_QUOTE 2  /* how many back the quote before may stand */

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

/* ---- Pronouns --------------------------------------------------------------------------- */

enum agreement { CLASHES, UNKNOWN, AGREES };

static struct slice first_word(struct slice text)
{
	const char *blank = text.length ? memchr(text.bytes, ' ', text.length) : NULL;
	return blank ? slice_cut(text, 0, (size_t)(blank - text.bytes)) : text;
}

static enum agreement name_agrees(
	const struct pack *pack, const struct pronouns *pronouns, struct slice name)
{
	struct buffer scratch = {0};
	uint32_t lexeme = pack_word(pack, first_word(name), &scratch);
	bool agrees = lexeme_in(pack->lexicon, lexeme, &pronouns->agrees);
	bool clashes = lexeme_in(pack->lexicon, lexeme, &pronouns->clashes);
	buffer_release(&scratch);
	return agrees == clashes ? UNKNOWN : agrees ? AGREES : CLASHES;
}

struct referring {
	const struct pack *pack;
	const struct pronouns *pronouns;
	const struct kind *kind; /* of what it may stand for */
};

static enum agreement agreement(
	const struct resolving *at, const struct referring *referring, uint32_t entity_index)
{
	const struct entity *entity = &at->into->entities[entity_index];
	if (&at->packs->kinds[entity->kind] != referring->kind)
		return CLASHES;
	return name_agrees(referring->pack, referring->pronouns, entity->name);
}

struct candidate {
	uint32_t entity;
	int score;
};

static void consider(struct candidate *best, uint32_t entity, int score)
{
	if (score > best->score)
		*best = (struct candidate){entity, score};
}

/* What speaks for a candidate. Who is named in the paragraph is meant rather than who agrees two
 * paragraphs before. */
#define SCORE_NEARER 100 /* than a block farther back */
#define SCORE_AGREES 100
#define SCORE_SPOKE 90 /* the quote before */
#define SCORE_FIRST 40 /* of a sentence */

static int near_score(enum agreement fits, size_t blocks_back)
{
	return (fits == AGREES ? SCORE_AGREES : 0) +
	       SCORE_NEARER * (int)(REACH_BLOCKS - blocks_back);
}

/* The fitting mention before an offset that most speaks for, the nearer before the farther. */
static struct candidate best_mention(
	const struct resolving *at, const struct referring *referring, size_t offset)
{
	struct candidate best = {NO_ENTITY, 0};
	size_t block = document_block_at(at->document, offset);
	size_t floor = document_block(at->document, block > REACH_BLOCKS ? block - REACH_BLOCKS : 0)
			       .extent.start;
	if (offset > REACH_BYTES && floor < offset - REACH_BYTES)
		floor = offset - REACH_BYTES;
	int nearness = 64;
	size_t end = annotations_mention_ending_behind(at->into, offset);
	for (size_t i = end; i-- > 0 && nearness > 0;) {
		const struct mention mention = annotations_mention(at->into, i);
		if (mention.span.start < floor)
			break;
		enum agreement fits = agreement(at, referring, mention.entity);
		if (fits == CLASHES || annotations_in_segment(at->into, mention.span.start))
			continue;
		size_t back = block - document_block_at(at->document, mention.span.start);
		/* The first name of its sentence is mostly its subject. */
		int score = nearness-- + (annotations_is_first(at->into, i) ? SCORE_FIRST : 0);
		consider(&best, mention.entity, score + near_score(fits, back));
	}
	return best;
}

/* The speaker of the quote before, where it stands near and agrees. */
static struct candidate speaker_before(const struct resolving *at,
	const struct referring *referring, size_t index, struct span speaker)
{
	struct candidate none = {NO_ENTITY, 0};
	if (index == 0)
		return none;
	struct quote before = annotations_quote(at->into, index - 1);
	struct span segment = annotations_segment(at->into, before.first_segment);
	size_t here = document_block_at(at->document, speaker.start);
	size_t there = document_block_at(at->document, segment.start);
	if (before.speaker_entity_count != 1 || here - there > REACH_QUOTE)
		return none;
	uint32_t entity = at->into->speaker_entities[before.first_speaker_entity];
	enum agreement fits = agreement(at, referring, entity);
	if (fits == CLASHES)
		return none;
	return (struct candidate){entity, SCORE_SPOKE + near_score(fits, here - there)};
}

static uint32_t resolve_pronoun(const struct resolving *at, const struct referring *referring,
	size_t index, struct span speaker)
{
	struct candidate best = best_mention(at, referring, speaker.start);
	struct candidate before = speaker_before(at, referring, index, speaker);
	consider(&best, before.entity, before.score);
	return best.entity;
}

/* ---- Speakers --------------------------------------------------------------------------- */

/* Whom a speaker's span means that names nobody. */
static uint32_t resolve_other(
	const struct resolving *at, const struct pack *pack, size_t index, struct span speaker)
{
	struct slice text = slice_cut(document_text(at->document), speaker.start, speaker.end);
	struct referring referring = {pack, reference_pronouns(pack->reference, text), NULL};
	if (referring.pronouns) {
		referring.kind =
			packs_kind(at->packs, slice_of(pack->kinds[referring.pronouns->kind].name));
		return resolve_pronoun(at, &referring, index, speaker);
	}
	if (reference_is_indefinite(pack->reference, first_word(text)))
		return NO_ENTITY;
	return at->holders[index];
}

static void resolve(
	struct resolving *at, const struct pack *pack, size_t index, struct span speaker)
{
	size_t before = at->into->speaker_entity_count;
	resolve_named(at, index, speaker);
	if (at->into->speaker_entity_count > before)
		return;
	uint32_t entity = resolve_other(at, pack, index, speaker);
	if (entity != NO_ENTITY)
		resolving_add(at, entity);
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
				resolve(at, rule_of(of->packs, said->rule).pack, index, speaker);
			links[index + 1].speaker_entity = (uint32_t)into->speaker_entity_count;
			at->replied = said->replies;
			at->resolved = index + 1;
		}
	}
	links[index].speaker_entity = (uint32_t)into->speaker_entity_count;
}

void speakers_resolve(const struct linked *of, struct annotations *into)
{
	uint32_t *holders = role_holders(of->document, of->packs, into);
	struct resolving at = {
		.document = of->document, .packs = of->packs, .into = into, .holders = holders};
	resolve_all(&at, of);
	free(holders);
	into->speaker_entities = memory_resize(into->speaker_entities,
		into->speaker_entity_count * sizeof *into->speaker_entities);
}
