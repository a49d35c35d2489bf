/* What the panes need of a generation; see index.h. */
#include "tui/index.h"

#include <stdlib.h>
#include <string.h>

#include "byline/export.h"
#include "byline/layout.h"

/* ---- Layers ----------------------------------------------------------------------------- */

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

static void add_quotes(struct index *index, const struct index_styles *styles)
{
	struct overlay *layer = &index->layers[LAYER_QUOTE];
	for (uint32_t i = 0; i < index->found->segment_count; i++) {
		struct span segment = index->found->segments[i], whole = index_segment(index, i);
		overlay_add(layer, (struct span){whole.start, segment.start}, styles->mark);
		overlay_add(layer, segment, styles->words);
		overlay_add(layer, (struct span){segment.end, whole.end}, styles->mark);
	}
	for (size_t i = 0; i < index->found->quote_count; i++)
		if (index->found->quotes[i].cue.start != NOWHERE)
			overlay_add(layer, index->found->quotes[i].cue, styles->cue);
}

static void add_marked(struct index *index, const struct index_styles *styles)
{
	const struct annotations *found = index->found;
	for (size_t i = 0; i < found->marked_count; i++) {
		const struct marked *marked = &found->marked[i];
		struct overlay *layer = &index->layers[index->packs->kinds[marked->kind].layer];
		overlay_add(layer, marked->span, styles->kinds[marked->kind]);
		for (uint32_t g = 0; g < marked->group_count; g++) {
			const struct mark_group *group = &found->groups[marked->first_group + g];
			if (group->style.length > 0)
				overlay_add(layer, group->span,
					index_group_style(styles, group->style));
		}
	}
}

static void add_mentions(struct index *index, const struct index_styles *styles)
{
	const struct annotations *found = index->found;
	for (size_t i = 0; i < found->mention_count; i++) {
		const struct mention *mention = &found->mentions[i];
		uint32_t kind = found->entities[mention->entity].kind;
		overlay_add(&index->layers[index->packs->kinds[kind].layer], mention->span,
			styles->kinds[kind]);
	}
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

static struct slice saying_text(struct index *index, const struct quote *quote)
{
	struct buffer text = {0};
	for (uint32_t i = 0; i < quote->segment_count; i++) {
		buffer_text(&text, i > 0 ? " \u2026 " : "");
		text_join_lines(
			index_text(index, index_segment(index, quote->first_segment + i)), &text);
	}
	struct slice copy = arena_slice(index->arena, buffer_slice(&text));
	buffer_release(&text);
	return copy;
}

static void saying_name(struct index *index, const struct quote *quote, struct saying *saying)
{
	const struct annotations *found = index->found;
	struct buffer name = {0}, label = {0};
	quote_speaker(index->document, found, quote, &name);
	for (uint32_t i = 0; i < quote->speaker_entity_count; i++) {
		uint32_t entity = found->speaker_entities[quote->first_speaker_entity + i];
		buffer_text(&label, i > 0 ? ", " : "");
		buffer_append(
			&label, entity_short_name(index->packs, found, &found->entities[entity]));
	}
	saying->name = arena_slice(index->arena, buffer_slice(&name));
	saying->label = saying->name;
	if (label.length > 0)
		saying->label = arena_slice(index->arena, buffer_slice(&label));
	buffer_release(&name);
	buffer_release(&label);
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
};

static uint32_t speaker_index(
	struct index *index, struct roll *roll, uint32_t entity, struct slice name)
{
	size_t at = entity != NO_ENTITY ? (size_t)entity * 31 : (size_t)slice_hash(name);
	for (;; at++) {
		uint32_t *slot = &roll->slots[at & roll->mask];
		if (*slot == NO_ENTITY) {
			*slot = (uint32_t)index->speaker_count;
			index->speakers[index->speaker_count++] =
				(struct speaker){.entity = entity, .name = name};
		}
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

static void build_saying(
	struct index *index, struct roll *roll, uint32_t i, const struct width_policy *policy)
{
	const struct annotations *found = index->found;
	const struct quote *quote = &found->quotes[i];
	struct saying *saying = &index->sayings[i];
	uint32_t last = quote->first_segment + quote->segment_count - 1;
	saying_name(index, quote, saying);
	saying->text = saying_text(index, quote);
	saying->extent.start = index_segment(index, quote->first_segment).start;
	saying->extent.end = index_segment(index, last).end;
	saying->words = (uint32_t)quote_words(index->document, found, quote);
	saying->doubtful = quote->confidence < DOUBTFUL && quote->speaker.start != NOWHERE;
	uint32_t entity = NO_ENTITY;
	if (quote->speaker_entity_count > 0)
		entity = found->speaker_entities[quote->first_speaker_entity];
	saying->speaker = speaker_index(index, roll, entity, saying->name);
	index->speakers[saying->speaker].words += saying->words;
	index->speakers[saying->speaker].quotes++;
	index->words += saying->words;
	widen(&index->label_width, saying->label, policy);
	widen(&index->saying_width, saying->text, policy);
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
	index->speakers = arena_allocate(index->arena, (count + 1) * sizeof *index->speakers);
	uint32_t i = 0;
	for (; i < count && (i % SAYINGS_A_LOOK > 0 || !is_canceled(of)); i++)
		build_saying(index, &roll, i, of->policy);
	free(roll.slots);
	if (i < count)
		return false;
	gather_quotes(index);
	return true;
}

/* ---- All of it -------------------------------------------------------------------------- */

static bool build_layers(struct index *index, const struct indexing *of)
{
	add_quotes(index, of->styles);
	add_marked(index, of->styles);
	add_mentions(index, of->styles);
	for (int i = 0; i < INDEX_LAYERS && !is_canceled(of); i++)
		overlay_sort(&index->layers[i]);
	return !is_canceled(of);
}

static bool build_lists(struct index *index, const struct indexing *of)
{
	build_groups(index);
	build_bins(index);
	return !is_canceled(of) && build_sayings(index, of);
}

bool index_build(struct index *index, const struct indexing *of)
{
	index_release(index);
	index->document = of->document;
	index->packs = of->packs;
	index->found = of->found;
	index->arena = arena_new();
	return build_layers(index, of) && build_lists(index, of);
}

void index_release(struct index *index)
{
	for (int i = 0; i < INDEX_LAYERS; i++)
		overlay_release(&index->layers[i]);
	arena_free(index->arena);
	*index = (struct index){0};
}
