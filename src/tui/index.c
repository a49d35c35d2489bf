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
	struct span span = index->found->segments[segment];
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
	group.entities = arena_allocate(index->arena, group.count * sizeof *group.entities);
	for (uint32_t i = 0; i < group.count; i++) {
		group.entities[i] = ranked[i].entity;
		index->places[ranked[i].entity] =
			(struct group_place){(uint32_t)index->group_count, i};
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
		const struct mention *mention = &found->mentions[i];
		uint32_t group = index->places[mention->entity].group;
		if (index->packs->kinds[found->entities[mention->entity].kind].sidebar)
			index->groups[group].mentions[counts[group]++] = i;
	}
	free(counts);
}

static void build_groups(struct index *index)
{
	size_t kinds = index->packs->kind_count;
	struct ranked *ranked = memory_allocate((index->found->entity_count + 1) * sizeof *ranked);
	index->groups = arena_allocate(index->arena, (kinds + 1) * sizeof *index->groups);
	index->places = arena_allocate(
		index->arena, (index->found->entity_count + 1) * sizeof *index->places);
	for (uint32_t kind = 0; kind < kinds; kind++)
		if (index->packs->kinds[kind].sidebar)
			add_group(index, kind, ranked);
	free(ranked);
	gather_mentions(index);
}

static void build_bins(struct index *index)
{
	const struct annotations *found = index->found;
	size_t bytes = document_text(index->document).length + 1;
	index->bins = arena_allocate(index->arena, (found->entity_count + 1) * sizeof *index->bins);
	for (size_t i = 0; i < found->mention_count; i++) {
		size_t bin = (size_t)((double)found->mentions[i].span.start * HISTOGRAM_BINS /
				      (double)bytes);
		uint16_t *count = &index->bins[found->mentions[i].entity][bin];
		*count = (uint16_t)(*count + (*count < UINT16_MAX));
		if (*count > index->bin_most)
			index->bin_most = *count;
	}
}

/* ---- Quotes ----------------------------------------------------------------------------- */

void index_saying(const struct index *index, uint32_t quote, size_t most, struct buffer *into)
{
	const struct quote *what = &index->found->quotes[quote];
	for (uint32_t i = 0; i < what->segment_count; i++) {
		struct slice words =
			index_text(index, index_segment(index, what->first_segment + i));
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

/* How a speaker is called, in full and as short as it goes. */
struct naming {
	struct buffer name, label;
};

static void name_speaker(
	const struct index *index, const struct quote *quote, struct naming *naming)
{
	const struct annotations *found = index->found;
	naming->name.length = naming->label.length = 0;
	quote_speaker(index->document, found, quote, &naming->name);
	for (uint32_t i = 0; i < quote->speaker_entity_count; i++) {
		uint32_t entity = found->speaker_entities[quote->first_speaker_entity + i];
		buffer_text(&naming->label, i > 0 ? ", " : "");
		buffer_append(&naming->label,
			entity_short_name(index->packs, found, &found->entities[entity]));
	}
	if (naming->label.length == 0)
		buffer_append(&naming->label, buffer_slice(&naming->name));
}

/* A copy in the arena, but where the speaker has one already. */
static struct slice keep(struct index *index, const struct buffer *text, struct slice known)
{
	if (known.length > 0 && slice_equal(buffer_slice(text), known))
		return known;
	return arena_slice(index->arena, buffer_slice(text));
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
	struct naming naming; /* room for one */
};

static uint32_t add_speaker(struct index *index, uint32_t entity, const struct naming *naming)
{
	struct speaker speaker = {.entity = entity};
	speaker.name = keep(index, &naming->name, (struct slice){0});
	speaker.label = keep(index, &naming->label, speaker.name);
	index->speakers = grow(index->speakers, &index->speaker_capacity, index->speaker_count + 1,
		sizeof *index->speakers);
	index->speakers[index->speaker_count] = speaker;
	return (uint32_t)index->speaker_count++;
}

static uint32_t speaker_index(struct index *index, struct roll *roll, uint32_t entity)
{
	struct slice name = buffer_slice(&roll->naming.name);
	size_t at = entity != NO_ENTITY ? (size_t)entity * 31 : (size_t)slice_hash(name);
	for (;; at++) {
		uint32_t *slot = &roll->slots[at & roll->mask];
		if (*slot == NO_ENTITY)
			*slot = add_speaker(index, entity, &roll->naming);
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

static void widen_for(struct index *index, uint32_t i, const struct width_policy *policy)
{
	struct buffer text = {0};
	index_saying(index, i, WIDEST_BYTES, &text);
	widen(&index->label_width, index->sayings[i].label, policy);
	widen(&index->saying_width, buffer_slice(&text), policy);
	buffer_release(&text);
}

static void build_saying(struct index *index, struct roll *roll, uint32_t i)
{
	const struct annotations *found = index->found;
	const struct quote *quote = &found->quotes[i];
	struct saying *saying = &index->sayings[i];
	uint32_t last = quote->first_segment + quote->segment_count - 1;
	saying->extent.start = index_segment(index, quote->first_segment).start;
	saying->extent.end = index_segment(index, last).end;
	saying->words = (uint32_t)quote_words(index->document, found, quote);
	saying->doubtful = quote->confidence < DOUBTFUL && quote->speaker.start != NOWHERE;
	uint32_t entity = NO_ENTITY;
	if (quote->speaker_entity_count > 0)
		entity = found->speaker_entities[quote->first_speaker_entity];
	name_speaker(index, quote, &roll->naming);
	saying->speaker = speaker_index(index, roll, entity);
	struct speaker *speaker = &index->speakers[saying->speaker];
	saying->name = keep(index, &roll->naming.name, speaker->name);
	saying->label = keep(index, &roll->naming.label, speaker->label);
	speaker->words += saying->words;
	speaker->quotes++;
	index->words += saying->words;
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
		struct speaker *speaker = &index->speakers[index->sayings[i].speaker];
		index->by_speaker[speaker->first_quote + speaker->quotes++] = i;
	}
}

#define SAYINGS_A_LOOK 1024 /* after so many it is asked whether anybody still waits */

static bool is_canceled(const struct indexing *of)
{
	return of->canceled != NULL && atomic_load_explicit(of->canceled, memory_order_relaxed);
}

static bool build_sayings(struct index *index, const struct indexing *of)
{
	size_t count = index->found->quote_count;
	struct roll roll = {.mask = 15};
	while (roll.mask < count * 2)
		roll.mask = roll.mask * 2 + 1;
	roll.slots = memory_allocate((roll.mask + 1) * sizeof *roll.slots);
	memset(roll.slots, 0xFF, (roll.mask + 1) * sizeof *roll.slots);
	index->sayings = arena_allocate(index->arena, (count + 1) * sizeof *index->sayings);
	uint32_t i = 0;
	for (; i < count && (i % SAYINGS_A_LOOK > 0 || !is_canceled(of)); i++) {
		build_saying(index, &roll, i);
		widen_for(index, i, of->policy);
	}
	buffer_release(&roll.naming.name);
	buffer_release(&roll.naming.label);
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
	build_bins(index);
	return !is_canceled(of) && build_sayings(index, of);
}

void index_release(struct index *index)
{
	for (int i = 0; i < INDEX_LAYERS; i++)
		overlay_release(&index->marked[i]);
	free(index->speakers);
	arena_free(index->arena);
	*index = (struct index){0};
}
