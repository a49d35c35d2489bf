/* Keeping what a window found; see results.h. */
#include "annotate/results.h"

#include <stdlib.h>

uint32_t rule_number(const struct packs *packs, uint32_t pack, uint32_t rule)
{
	for (uint32_t i = 0; i < pack; i++)
		rule += (uint32_t)packs->items[i]->rule_count;
	return rule;
}

struct rule_of rule_of(const struct packs *packs, uint32_t number)
{
	size_t i = 0;
	while (number >= packs->items[i]->rule_count)
		number -= (uint32_t)packs->items[i++]->rule_count;
	return (struct rule_of){packs->items[i], &packs->items[i]->rules[number]};
}

struct result *result_share(struct result *result)
{
	result->users++;
	return result;
}

void result_release(struct result *result)
{
	if (result && --result->users == 0)
		arena_free(result->arena);
}

/* ---- Names ------------------------------------------------------------------------------ */

bool text_has_lower(struct slice text)
{
	for (size_t at = 0; at < text.length;) {
		uint32_t code;
		at += utf8_decode(text, at, &code);
		if (code_class(code) == LETTER_LOWER)
			return true;
	}
	return false;
}

bool name_is_better(struct slice name, struct slice than)
{
	if (than.length == 0)
		return true;
	bool lower = name.length <= 5 || text_has_lower(name);
	bool than_lower = than.length <= 5 || text_has_lower(than);
	return lower != than_lower ? lower : name.length > than.length;
}

/* ---- Keeping ---------------------------------------------------------------------------- */

struct keeping {
	const struct found *found;
	struct result *result;
	struct slice text;  /* of the document */
	uint32_t **numbers; /* by pack and cluster of its names rule: the window's; NO_CLUSTER */
	size_t sentence;    /* the next one */
};

static struct result_stretch kept(const struct keeping *at, struct span span)
{
	size_t base = at->result->extent.start;
	if (span.start == NOWHERE)
		return (struct result_stretch){NO_PLACE, 0};
	return (struct result_stretch){
		(uint32_t)(span.start - base), (uint32_t)(span.end - span.start)};
}

/* Each pack counts its clusters from 0, and leaves numbers out. */
static void count_clusters(struct keeping *at)
{
	const struct window *window = at->found->window;
	at->numbers = memory_allocate((window->packs->count + 1) * sizeof *at->numbers);
	size_t *counts = memory_allocate((window->packs->count + 1) * sizeof *counts);
	for (size_t i = 0; i < window->finds.count; i++) {
		const struct find *find = &window->finds.items[i];
		if (find->cluster != NO_CLUSTER && find->cluster >= counts[find->pack])
			counts[find->pack] = find->cluster + 1;
	}
	for (size_t i = 0; i < window->packs->count; i++) {
		at->numbers[i] = memory_allocate(counts[i] * sizeof **at->numbers + 1);
		memset(at->numbers[i], 0xFF, counts[i] * sizeof **at->numbers);
	}
	free(counts);
	for (size_t i = 0; i < window->finds.count; i++) {
		const struct find *find = &window->finds.items[i];
		if (find->cluster == NO_CLUSTER)
			continue;
		uint32_t *number = &at->numbers[find->pack][find->cluster];
		if (*number == NO_CLUSTER)
			*number = (uint32_t)at->result->cluster_count++;
	}
}

static void free_numbers(struct keeping *at)
{
	for (size_t i = 0; i < at->found->window->packs->count; i++)
		free(at->numbers[i]);
	free(at->numbers);
}

static uint32_t name_place(const struct keeping *at, const struct find *find)
{
	const struct lexicon *lexicon = at->found->window->packs->items[find->pack]->lexicon;
	return find->name.length > 0 ? (uint32_t)(find->name.bytes - lexicon->strings) : 0;
}

static uint32_t keep_cluster(const struct keeping *at, const struct find *find)
{
	uint32_t number = at->numbers[find->pack][find->cluster];
	struct result_cluster *cluster = &at->result->clusters[number];
	size_t base = at->result->extent.start + cluster->longest.start;
	struct slice best = slice_cut(at->text, base, base + cluster->longest.length);
	if (cluster->longest.length == 0)
		cluster->role = kept(at, find->role);
	if (cluster->longest.length == 0 ||
		name_is_better(slice_cut(at->text, find->span.start, find->span.end), best))
		cluster->longest = kept(at, find->span);
	if (cluster->listed == 0)
		cluster->listed = name_place(at, find);
	return number;
}

/* Counts the sentences up to an offset; asked in the order of the text. */
static uint32_t sentence_at(const struct spans *sentences, size_t *next, size_t offset)
{
	while (*next < sentences->count && sentences->items[*next].start <= offset)
		++*next;
	return (uint32_t)*next & SENTENCES;
}

static void keep_groups(struct keeping *at, const struct find *find)
{
	struct result *result = at->result;
	for (uint32_t i = 0; i < find->group_count; i++) {
		const struct find_group *group = &at->found->window->groups[find->first_group + i];
		struct result_stretch stretch = kept(at, group->span);
		result->groups[result->group_count++] =
			(struct result_group){stretch.start, stretch.length, group->number};
	}
}

static void keep_mention(struct keeping *at, const struct find *find)
{
	struct result *result = at->result;
	struct result_stretch stretch = kept(at, find->span);
	uint32_t rule = rule_number(at->found->window->packs, find->pack, find->rule);
	bool clustered = find->cluster != NO_CLUSTER;
	result->mentions[result->mention_count++] = (struct result_mention){.start = stretch.start,
		.of = clustered ? keep_cluster(at, find) : name_place(at, find),
		.length = stretch.length & MENTION_LENGTH_MOST,
		.kind = find->kind & MENTION_KIND_MOST,
		.rule = rule & MENTION_RULE_MOST,
		.clustered = clustered,
		.sentence = sentence_at(at->found->sentences, &at->sentence, find->span.start) &
			    SENTENCES};
}

static void keep_mark(struct keeping *at, const struct find *find)
{
	struct result *result = at->result;
	struct result_stretch stretch = kept(at, find->span);
	result->marks[result->mark_count++] = (struct result_mark){.start = stretch.start,
		.length = stretch.length,
		.rule = rule_number(at->found->window->packs, find->pack, find->rule),
		.kind = (uint16_t)find->kind,
		.groups = (uint16_t)find->group_count};
	keep_groups(at, find);
}

static bool is_mention(const struct keeping *at, const struct find *find)
{
	return at->found->window->packs->kinds[find->kind].sidebar;
}

static void allocate_finds(struct keeping *at)
{
	const struct window *window = at->found->window;
	struct result *result = at->result;
	size_t mentions = 0, groups = 0;
	for (size_t i = 0; i < window->finds.count; i++) {
		bool is = is_mention(at, &window->finds.items[i]);
		mentions += is;
		groups += is ? 0 : window->finds.items[i].group_count;
	}
	result->mentions = arena_allocate(result->arena, mentions * sizeof *result->mentions);
	result->marks = arena_allocate(
		result->arena, (window->finds.count - mentions) * sizeof *result->marks);
	result->clusters =
		arena_allocate(result->arena, result->cluster_count * sizeof *result->clusters);
	result->groups = arena_allocate(result->arena, groups * sizeof *result->groups);
}

static void keep_finds(struct keeping *at)
{
	const struct window *window = at->found->window;
	allocate_finds(at);
	for (size_t i = 0; i < window->finds.count; i++) {
		const struct find *find = &window->finds.items[i];
		if (is_mention(at, find))
			keep_mention(at, find);
		else
			keep_mark(at, find);
	}
}

static void keep_saids(struct keeping *at)
{
	const struct saids *saids = at->found->saids;
	struct result *result = at->result;
	result->saids = arena_allocate(result->arena, saids->count * sizeof *result->saids);
	result->segments =
		arena_allocate(result->arena, saids->segments.count * sizeof *result->segments);
	for (size_t i = 0; i < saids->count; i++) {
		const struct said *said = &saids->items[i];
		result->saids[result->said_count++] = (struct result_said){
			.confidence = said->confidence,
			.cue = kept(at, said->cue),
			.speaker = kept(at, said->speaker),
			.segments = said->segment_count,
			.rule = rule_number(at->found->window->packs, said->pack, said->rule),
			.turn = said->turn,
			.step = (uint16_t)said->step,
			.form = (uint8_t)said->form,
			.replies = said->replies};
	}
	for (size_t i = 0; i < saids->segments.count; i++)
		result->segments[result->segment_count++] = kept(at, saids->segments.items[i]);
}

static void keep_reference(
	struct keeping *at, const struct reference_found *found, uint32_t sentence)
{
	struct result *result = at->result;
	struct result_stretch stretch = kept(at, found->span);
	uint32_t clause = found->clause < REFERENCE_CLAUSE_MOST ? (uint32_t)found->clause
								: REFERENCE_CLAUSE_MOST;
	if (stretch.length > REFERENCE_LENGTH_MOST)
		return;
	result->references[result->reference_count++] =
		(struct result_reference){.start = stretch.start,
			.length = stretch.length & REFERENCE_LENGTH_MOST,
			.use = found->use,
			.pronouns = found->pronouns & IS_ROLE,
			.sentence = sentence & SENTENCES,
			.clause = clause & REFERENCE_CLAUSE_MOST};
}

static void keep_references(struct keeping *at)
{
	const struct references *references = at->found->references;
	struct result *result = at->result;
	size_t next = 0;
	result->reference_pack = at->found->reference_pack;
	result->references =
		arena_allocate(result->arena, references->count * sizeof *result->references);
	for (size_t i = 0; i < references->count; i++) {
		const struct reference_found *found = &references->items[i];
		keep_reference(
			at, found, sentence_at(at->found->sentences, &next, found->span.start));
	}
}

static bool matters(const struct rule_budget *budget)
{
	return budget->here > 0 || budget->before >= SPENT_PIECES;
}

static void keep_spent(struct keeping *at)
{
	const struct packs *packs = at->found->window->packs;
	struct result *result = at->result;
	size_t count = 0;
	for (size_t i = 0; i < packs->count; i++)
		for (size_t r = 0; r < packs->items[i]->rule_count; r++)
			count += matters(&at->found->budgets[i][r]);
	if (count == 0)
		return;
	result->spent = arena_allocate(result->arena, count * sizeof *result->spent);
	for (uint32_t i = 0; i < packs->count; i++)
		for (uint32_t r = 0; r < packs->items[i]->rule_count; r++) {
			const struct rule_budget *budget = &at->found->budgets[i][r];
			if (matters(budget))
				result->spent[result->spent_count++] = (struct result_spent){
					i, r, budget->before, budget->here, budget->suspended};
		}
}

struct result *result_new(const struct found *found)
{
	struct arena *arena = arena_new();
	struct result *result = arena_allocate(arena, sizeof *result);
	struct keeping at = {
		.found = found, .result = result, .text = document_text(found->window->document)};
	result->arena = arena;
	result->users = 1;
	result->extent = found->window->extent;
	result->settings = *found->settings;
	result->sentences = found->sentences->count;
	count_clusters(&at);
	keep_finds(&at);
	keep_saids(&at);
	keep_references(&at);
	keep_spent(&at);
	free_numbers(&at);
	return result;
}
