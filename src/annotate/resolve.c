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

#include "annotate/linking.h"
#include "rules/reference.h"

#define REACH_BLOCKS 4                 /* how many blocks back a pronoun reaches */
#define REACH_BYTES ((size_t)64 << 10) /* and how many bytes, where blocks are very long */
#define REACH_QUOTE 2                  /* how many back the quote before may stand */

struct resolving {
	const struct document *document;
	const struct packs *packs;
	const uint64_t *firsts;   /* bit: mention; the first of its sentence */
	struct annotations *into; /* speaker_entities grow here; copied to the arena at the end */
	size_t capacity;
	const uint32_t *holders; /* by quote: whom its speaker means if that is a role */
};

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

static void add_entity(struct resolving *at, struct quote *quote, uint32_t entity)
{
	struct annotations *into = at->into;
	into->speaker_entities = grow(into->speaker_entities, &at->capacity,
		into->speaker_entity_count + 1, sizeof *into->speaker_entities);
	into->speaker_entities[into->speaker_entity_count++] = entity;
	quote->speaker_entity_count++;
}

/* Mentions inside the span, or the one that holds it. A place or a date inside a role is none. */
static void resolve_named(struct resolving *at, struct quote *quote)
{
	struct annotations *into = at->into;
	struct span speaker = quote->speaker;
	for (size_t i = first_mention_from(into, speaker.start);
		i < into->mention_count && into->mentions[i].span.start < speaker.end; i++) {
		const struct mention *mention = &into->mentions[i];
		const struct entity *entity = &into->entities[mention->entity];
		if (at->packs->kinds[entity->kind].speaks &&
			!has_entity(into, quote, mention->entity))
			add_entity(at, quote, mention->entity);
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

static bool in_segment(const struct annotations *annotations, size_t offset)
{
	size_t low = 0, high = annotations->segment_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (annotations->segments[middle].end <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low < annotations->segment_count && annotations->segments[low].start <= offset;
}

/* The first name of its sentence is mostly its subject. */
static bool is_first_of_sentence(const struct resolving *at, size_t mention)
{
	return at->firsts[mention / 64] >> mention % 64 & 1;
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
	for (size_t i = first_mention_from(at->into, offset); i-- > 0 && nearness > 0;) {
		const struct mention *mention = &at->into->mentions[i];
		if (mention->span.start < floor)
			break;
		enum agreement fits = agreement(at, referring, mention->entity);
		if (fits == CLASHES || in_segment(at->into, mention->span.start))
			continue;
		size_t back = block - document_block_at(at->document, mention->span.start);
		int score = nearness-- + (is_first_of_sentence(at, i) ? SCORE_FIRST : 0);
		consider(&best, mention->entity, score + near_score(fits, back));
	}
	return best;
}

/* The speaker of the quote before, where it stands near and agrees. */
static struct candidate speaker_before(
	const struct resolving *at, const struct referring *referring, size_t index)
{
	struct candidate none = {NO_ENTITY, 0};
	if (index == 0)
		return none;
	const struct quote *quote = &at->into->quotes[index], *before = quote - 1;
	size_t here = document_block_at(at->document, quote->speaker.start);
	size_t there =
		document_block_at(at->document, at->into->segments[before->first_segment].start);
	if (before->speaker_entity_count != 1 || here - there > REACH_QUOTE)
		return none;
	uint32_t entity = at->into->speaker_entities[before->first_speaker_entity];
	enum agreement fits = agreement(at, referring, entity);
	if (fits == CLASHES)
		return none;
	return (struct candidate){entity, SCORE_SPOKE + near_score(fits, here - there)};
}

static void resolve_pronoun(struct resolving *at, size_t index, const struct referring *referring)
{
	struct quote *quote = &at->into->quotes[index];
	struct candidate best = best_mention(at, referring, quote->speaker.start);
	struct candidate before = speaker_before(at, referring, index);
	consider(&best, before.entity, before.score);
	if (best.entity != NO_ENTITY)
		add_entity(at, quote, best.entity);
}

/* ---- Speakers --------------------------------------------------------------------------- */

static void resolve(struct resolving *at, const struct pack *pack, size_t index)
{
	struct quote *quote = &at->into->quotes[index];
	struct slice text =
		slice_cut(document_text(at->document), quote->speaker.start, quote->speaker.end);
	resolve_named(at, quote);
	if (quote->speaker_entity_count > 0)
		return;
	struct referring referring = {pack, reference_pronouns(pack->reference, text), NULL};
	if (referring.pronouns) {
		referring.kind =
			packs_kind(at->packs, slice_of(pack->kinds[referring.pronouns->kind].name));
		resolve_pronoun(at, index, &referring);
	} else if (!reference_is_indefinite(pack->reference, first_word(text)) &&
		   at->holders[index] != NO_ENTITY) {
		add_entity(at, quote, at->holders[index]);
	}
}

static uint64_t *find_firsts(const struct linked *of, size_t mentions)
{
	uint64_t *firsts = memory_allocate((mentions / 64 + 1) * sizeof *firsts);
	size_t mention = 0;
	for (size_t w = 0; w < of->count; w++) {
		const struct result *result = of->results[w];
		for (size_t i = 0; i < result->find_count; i++) {
			const struct result_find *find = &result->finds[i];
			if (!of->packs->kinds[find->kind].sidebar)
				continue;
			firsts[mention / 64] |= (uint64_t)find->first << mention % 64;
			mention++;
		}
	}
	return firsts;
}

static void resolve_all(struct resolving *at, const struct linked *of)
{
	struct annotations *into = at->into;
	size_t index = 0;
	for (size_t w = 0; w < of->count; w++) {
		const struct result *result = of->results[w];
		for (size_t i = 0; i < result->said_count; i++, index++) {
			struct quote *quote = &into->quotes[index];
			quote->first_speaker_entity = (uint32_t)into->speaker_entity_count;
			if (atomic_load_explicit(of->canceled, memory_order_relaxed))
				return;
			if (quote->speaker.start != NOWHERE)
				resolve(at, rule_of(of->packs, result->saids[i].rule).pack, index);
		}
	}
}

void speakers_resolve(const struct linked *of, struct annotations *into)
{
	uint32_t *holders = role_holders(of->document, of->packs, into);
	uint64_t *firsts = find_firsts(of, into->mention_count);
	struct resolving at = {of->document, of->packs, firsts, into, 0, holders};
	into->speaker_entities = NULL;
	resolve_all(&at, of);
	free(holders);
	free(firsts);
	uint32_t *grown = into->speaker_entities;
	size_t bytes = into->speaker_entity_count * sizeof *grown;
	into->speaker_entities = arena_allocate(into->arena, bytes + 1);
	if (bytes > 0)
		memcpy(into->speaker_entities, grown, bytes);
	free(grown);
}
