/* What the panes need of a generation; see index.h. */
#include "tui/index.h"

#include <stdlib.h>
#include <string.h>

#include "byline/export.h"
#include "byline/layout.h"

/* ---- Segments ----------------------------------------------------------------------- */

/* One code point beside a segment that is neither letter nor blank is its quote mark. */
static bool is_mark(uint32_t code)
{
	return code_class(code) == LETTER_NONE && !code_is_space(code);
}

struct span index_segment(const struct index *index, uint32_t segment)
{
	struct slice text = document_text(index->document);
	struct span span = annotations_segment(index->found, segment);
	uint32_t code;
	size_t before = span.start > 0 ? utf8_before(text, span.start, &code) : 0;
	if (span.start > 0 && is_mark(code))
		span.start = before;
	if (span.end < text.length) {
		size_t length = utf8_decode(text, span.end, &code);
		span.end += is_mark(code) ? length : 0;
	}
	return span;
}

/* ---- Groups ----------------------------------------------------------------------------- */

struct ranked {
	uint32_t entity, mentions;
};

static int ranked_compare(const void *left, const void *right)
{
	const struct ranked *a = left, *b = right;
	if (a->mentions != b->mentions)
		return a->mentions > b->mentions ? -1 : 1;
	return (a->entity > b->entity) - (a->entity < b->entity);
}

/* The kind's entities in `ranked`, sorted; false: there are none. */
static bool add_group(struct index *index, uint32_t kind, struct ranked *ranked)
{
	const struct annotations *found = index->found;
	struct group group = {.kind = kind};
	for (uint32_t i = 0; i < found->entity_count; i++)
		if (found->entities[i].kind == kind)
			ranked[group.count++] =
				(struct ranked){i, found->entities[i].mention_count};
	if (group.count == 0)
		return false;
	qsort(ranked, group.count, sizeof *ranked, ranked_compare);
	index->group_of[kind] = (uint32_t)index->group_count;
	group.entities = arena_allocate(index->arena, group.count * sizeof *group.entities);
	for (uint32_t i = 0; i < group.count; i++) {
		group.entities[i] = ranked[i].entity;
		index->place_of[ranked[i].entity] = i;
	}
	for (uint32_t i = 0; i < group.count; i++)
		group.mention_count += ranked[i].mentions;
	group.mentions =
		arena_allocate(index->arena, (group.mention_count + 1) * sizeof *group.mentions);
	index->groups[index->group_count++] = group;
	return true;
}

/* In the order of the text, each to the group that its entity stands in. */
static void gather_mentions(struct index *index)
{
	const struct annotations *found = index->found;
	uint32_t *counts = memory_allocate((index->group_count + 1) * sizeof *counts);
	for (uint32_t i = 0; i < found->mention_count; i++) {
		uint32_t group = index->group_of[found->entities[found->entity_of[i]].kind];
		index->groups[group].mentions[counts[group]++] = i;
	}
	free(counts);
}

static void build_groups(struct index *index)
{
	size_t kinds = index->packs->kind_count;
	struct ranked *ranked = memory_allocate((index->found->entity_count + 1) * sizeof *ranked);
	index->groups = arena_allocate(index->arena, (kinds + 1) * sizeof *index->groups);
	index->group_of = arena_allocate(index->arena, (kinds + 1) * sizeof *index->group_of);
	index->place_of = arena_allocate(
		index->arena, (index->found->entity_count + 1) * sizeof *index->place_of);
	for (uint32_t kind = 0; kind < kinds; kind++)
		if (index->packs->kinds[kind].sidebar)
			add_group(index, kind, ranked);
	free(ranked);
	gather_mentions(index);
}

/* Mentions stand in the order of the text, so that one count an entity is enough. */
static void find_bin_most(struct index *index)
{
	const struct annotations *found = index->found;
	uint32_t *counts = memory_allocate((found->entity_count + 1) * sizeof *counts);
	unsigned bin = 0;
	for (size_t i = 0; i < found->mention_count; i++) {
		unsigned here = index_bin(index, annotations_mention(found, i).span.start);
		if (here != bin)
			memset(counts, 0, found->entity_count * sizeof *counts);
		bin = here;
		uint32_t count = ++counts[found->entity_of[i]];
		if (count > index->bin_most)
			index->bin_most = count;
	}
	free(counts);
}

/* ---- Quotes ----------------------------------------------------------------------------- */

void index_saying(const struct index *index, uint32_t quote, size_t most, struct buffer *into)
{
	const struct quote what = annotations_quote(index->found, quote);
	for (uint32_t i = 0; i < what.segment_count; i++) {
		struct slice words =
			index_text(index, index_segment(index, what.first_segment + i));
		size_t room = most > into->length ? most - into->length : 0;
		bool cut = words.length > room;
		while (cut && room > 0 && ((unsigned char)words.bytes[room] & 0xC0) == 0x80)
			room--;
		buffer_text(into, i > 0 ? " \u2026 " : "");
		text_join_lines(cut ? slice_cut(words, 0, room) : words, into);
		if (cut) {
			buffer_text(into, "\u2026");
			return;
		}
	}
}

void index_name(const struct index *index, uint32_t quote, struct buffer *into)
{
	const struct quote what = annotations_quote(index->found, quote);
	quote_speaker(index->document, index->found, &what, into);
}

void index_label(const struct index *index, uint32_t quote, struct buffer *into)
{
	const struct annotations *found = index->found;
	const struct quote what = annotations_quote(found, quote);
	size_t before = into->length;
	for (uint32_t i = 0; i < what.speaker_entity_count; i++) {
		uint32_t entity = found->speaker_entities[what.first_speaker_entity + i];
		buffer_text(into, i > 0 ? ", " : "");
		buffer_append(
			into, entity_short_name(index->packs, found, &found->entities[entity]));
	}
	if (into->length == before)
		quote_speaker(index->document, found, &what, into);
}

/* Whether two speakers are one: by entity, else by name. */
static bool speaker_is(const struct speaker *speaker, uint32_t entity, struct slice name)
{
	if (speaker->entity != NO_ENTITY || entity != NO_ENTITY)
		return speaker->entity == entity;
	return slice_equal(speaker->name, name);
}

/* The speakers' table by hash: open addressing over indexes. */
struct roll {
	uint32_t *slots;
	size_t mask;
	struct buffer name, text; /* room for one */
};

static uint32_t add_speaker(struct index *index, uint32_t entity, struct slice name)
{
	struct speaker speaker = {.entity = entity};
	if (entity == NO_ENTITY)
		speaker.name = arena_slice(index->arena, name);
	index->speakers = grow(index->speakers, &index->speaker_capacity, index->speaker_count + 1,
		sizeof *index->speakers);
	index->speakers[index->speaker_count] = speaker;
	return (uint32_t)index->speaker_count++;
}

static uint32_t speaker_index(struct index *index, struct roll *roll, uint32_t entity)
{
	struct slice name = buffer_slice(&roll->name);
	size_t at = entity != NO_ENTITY ? (size_t)entity * 31 : (size_t)slice_hash(name);
	for (;; at++) {
		uint32_t *slot = &roll->slots[at & roll->mask];
		if (*slot == NO_ENTITY)
			*slot = add_speaker(index, entity, name);
		if (speaker_is(&index->speakers[*slot], entity, name))
			return *slot;
	}
}

/* The width of a text, if it is the widest so far; no wider than anybody asks. */
static void widen(unsigned *most, struct slice text, const struct width_policy *policy)
{
	size_t width = SAYING_MOST;
	if (text_fit(text, SAYING_MOST, policy, &width) < text.length)
		width = SAYING_MOST;
	if (width > *most)
		*most = (unsigned)width;
}

#define WIDEST_BYTES ((size_t)8 << 10) /* more than SAYING_MOST cells have */

static void widen_for(
	struct index *index, struct roll *roll, uint32_t i, const struct width_policy *policy)
{
	roll->text.length = 0;
	index_label(index, i, &roll->text);
	widen(&index->label_width, buffer_slice(&roll->text), policy);
	roll->text.length = 0;
	index_saying(index, i, WIDEST_BYTES, &roll->text);
	widen(&index->saying_width, buffer_slice(&roll->text), policy);
}

/* Gives a quote its speaker, and the speaker its words. */
static void enter(struct index *index, struct roll *roll, uint32_t i)
{
	const struct annotations *found = index->found;
	const struct quote quote = annotations_quote(found, i);
	uint32_t entity = NO_ENTITY, words = (uint32_t)quote_words(index->document, found, &quote);
	if (quote.speaker_entity_count > 0)
		entity = found->speaker_entities[quote.first_speaker_entity];
	roll->name.length = 0;
	quote_speaker(index->document, found, &quote, &roll->name);
	index->speaker_of[i] = speaker_index(index, roll, entity);
	struct speaker *speaker = &index->speakers[index->speaker_of[i]];
	speaker->words += words;
	speaker->quotes++;
	index->words += words;
}

static void gather_quotes(struct index *index)
{
	size_t count = index->found->quote_count;
	uint32_t first = 0;
	index->by_speaker = arena_allocate(index->arena, (count + 1) * sizeof *index->by_speaker);
	for (size_t i = 0; i < index->speaker_count; i++) {
		index->speakers[i].first_quote = first;
		first += index->speakers[i].quotes;
		index->speakers[i].quotes = 0;
	}
	for (uint32_t i = 0; i < count; i++) {
		struct speaker *speaker = &index->speakers[index->speaker_of[i]];
		index->by_speaker[speaker->first_quote + speaker->quotes++] = i;
	}
}

#define QUOTES_A_LOOK 1024 /* after so many it is asked whether anybody still waits */

static bool is_canceled(const struct indexing *of)
{
	return of->canceled != NULL && atomic_load_explicit(of->canceled, memory_order_relaxed);
}

static bool build_speakers(struct index *index, const struct indexing *of)
{
	size_t count = index->found->quote_count;
	struct roll roll = {.mask = 15};
	while (roll.mask < count * 2)
		roll.mask = roll.mask * 2 + 1;
	roll.slots = memory_allocate((roll.mask + 1) * sizeof *roll.slots);
	memset(roll.slots, 0xFF, (roll.mask + 1) * sizeof *roll.slots);
	index->speaker_of = arena_allocate(index->arena, (count + 1) * sizeof *index->speaker_of);
	uint32_t i = 0;
	for (; i < count && (i % QUOTES_A_LOOK > 0 || !is_canceled(of)); i++) {
		enter(index, &roll, i);
		widen_for(index, &roll, i, of->policy);
	}
	buffer_release(&roll.name);
	buffer_release(&roll.text);
	free(roll.slots);
	if (i < count)
		return false;
	gather_quotes(index);
	return true;
}

/* ---- All of it -------------------------------------------------------------------------- */

bool index_build(struct index *index, const struct indexing *of)
{
	index_release(index);
	index->document = of->document;
	index->packs = of->packs;
	index->found = of->found;
	index->arena = arena_new();
	index_mark(index, of->styles);
	build_groups(index);
	find_bin_most(index);
	return !is_canceled(of) && build_speakers(index, of);
}

void index_release(struct index *index)
{
	for (int i = 0; i < INDEX_LAYERS; i++)
		overlay_release(&index->marked[i]);
	free(index->speakers);
	arena_free(index->arena);
	*index = (struct index){0};
}
