/* From finds and quotes to the public arrays.
 *
 * Finds are in the order of the text. Those of a kind with a sidebar are mentions: the ones of one
 * cluster are one entity, the others are one by kind and spelling, whatever its capitals. Entities
 * are numbered as they are met, which is by first offset.
 */
#include "annotate/linking.h"

#include <stdlib.h>
#include <string.h>

void gathered_release(struct gathered *gathered)
{
	finds_release(&gathered->finds);
	finds_release(&gathered->lost);
	free(gathered->saids.items);
	spans_release(&gathered->saids.segments);
	spans_release(&gathered->sentences);
	free(gathered->groups);
	*gathered = (struct gathered){0};
}

static void take_finds(struct gathered *gathered, const struct finds *from, struct finds *into)
{
	for (size_t i = 0; i < from->count; i++) {
		struct find *find = finds_add(into, &from->items[i]);
		find->first_group += (uint32_t)gathered->group_count;
		if (find->cluster != NO_CLUSTER)
			find->cluster += gathered->clusters;
	}
}

static uint32_t cluster_count(const struct finds *finds)
{
	uint32_t count = 0;
	for (size_t i = 0; i < finds->count; i++) {
		uint32_t cluster = finds->items[i].cluster;
		if (cluster != NO_CLUSTER && cluster >= count)
			count = cluster + 1;
	}
	return count;
}

static void take_saids(struct gathered *gathered, const struct saids *from)
{
	struct saids *into = &gathered->saids;
	for (size_t i = 0; i < from->count; i++) {
		into->items =
			grow(into->items, &into->capacity, into->count + 1, sizeof *into->items);
		into->items[into->count] = from->items[i];
		into->items[into->count++].first_segment += (uint32_t)into->segments.count;
	}
	for (size_t i = 0; i < from->segments.count; i++)
		spans_add(&into->segments, from->segments.items[i].start,
			from->segments.items[i].end);
}

void gathered_take(
	struct gathered *gathered, struct window *window, struct finds *lost, struct saids *saids)
{
	take_finds(gathered, &window->finds, &gathered->finds);
	take_finds(gathered, lost, &gathered->lost);
	take_saids(gathered, saids);
	gathered->clusters += cluster_count(&window->finds);
	gathered->groups = grow(gathered->groups, &gathered->group_capacity,
		gathered->group_count + window->group_count, sizeof *gathered->groups);
	if (window->group_count > 0)
		memcpy(gathered->groups + gathered->group_count, window->groups,
			window->group_count * sizeof *window->groups);
	gathered->group_count += window->group_count;
}

/* ---- Rules ------------------------------------------------------------------------------ */

struct linking {
	const struct gathered *gathered;
	const struct document *document;
	const struct packs *packs;
	struct arena *arena;
	struct annotations *into;
	size_t rule_capacity;
};

static const char *place_id(struct linking *at, const struct rule *rule, const char *step)
{
	return step ? arena_format(at->arena, "%s/%s", rule->id, step) : rule->id;
}

/* The index of a rule, or of a step of it, in the public table; few, so a walk finds it. */
static uint32_t rule_place(
	struct linking *at, uint32_t pack_index, uint32_t rule_index, const struct said *said)
{
	const struct pack *pack = at->packs->items[pack_index];
	const struct rule *rule = &pack->rules[rule_index];
	size_t line = said && said->step ? said->step_line : rule->node->line;
	struct annotations *into = at->into;
	for (size_t i = 0; i < into->rule_count; i++)
		if (into->rules[i].line == line && into->rules[i].path == pack->path)
			return (uint32_t)i;
	if (into->rule_count == at->rule_capacity) {
		at->rule_capacity = at->rule_capacity * 2 + 32;
		struct rule_place *rules =
			arena_allocate(at->arena, at->rule_capacity * sizeof *rules);
		if (into->rule_count > 0)
			memcpy(rules, into->rules, into->rule_count * sizeof *rules);
		into->rules = rules;
	}
	into->rules[into->rule_count] =
		(struct rule_place){.pack = arena_text(at->arena, pack->name),
			.id = place_id(at, rule, said ? said->step : NULL),
			.path = pack->path,
			.line = line,
			.column = rule->node->column};
	return (uint32_t)into->rule_count++;
}

/* ---- Entities --------------------------------------------------------------------------- */

/* Spellings of finds that are in no cluster, in small letters, hashed with their kind. */
struct spellings {
	uint32_t *slots; /* entity, or NO_ENTITY */
	size_t mask;
	struct buffer own, other; /* room for two of them */
};

static struct slice spelling(const struct linking *at, const struct find *find)
{
	if (find->name.length > 0)
		return find->name;
	return slice_cut(document_text(at->document), find->span.start, find->span.end);
}

static struct slice lower_of(struct slice text, struct buffer *into)
{
	into->length = 0;
	text_lower(text, into);
	return buffer_slice(into);
}

/* *Six weeks* and *six weeks* are one. */
static uint32_t entity_by_spelling(
	const struct linking *at, struct spellings *spellings, const struct find *find)
{
	struct slice text = lower_of(spelling(at, find), &spellings->own);
	size_t slot = (size_t)(slice_hash(text) * 31 + find->kind) & spellings->mask;
	for (;; slot = (slot + 1) & spellings->mask) {
		uint32_t entity = spellings->slots[slot];
		if (entity == NO_ENTITY) {
			spellings->slots[slot] = (uint32_t)at->into->entity_count;
			return (uint32_t)at->into->entity_count;
		}
		const struct entity *other = &at->into->entities[entity];
		if (other->kind == find->kind &&
			slice_equal(lower_of(other->name, &spellings->other), text))
			return entity;
	}
}

static uint32_t entity_by_cluster(
	const struct linking *at, uint32_t *clusters, const struct find *find)
{
	if (clusters[find->cluster] == NO_ENTITY)
		clusters[find->cluster] = (uint32_t)at->into->entity_count;
	return clusters[find->cluster];
}

static bool is_mention(const struct linking *at, const struct find *find)
{
	return at->packs->kinds[find->kind].sidebar;
}

static void add_mention(struct linking *at, const struct find *find, uint32_t entity)
{
	struct annotations *into = at->into;
	if (entity == into->entity_count) {
		into->entities[into->entity_count++] = (struct entity){
			.kind = find->kind, .name = spelling(at, find), .role = {NOWHERE, NOWHERE}};
	}
	into->entities[entity].mention_count++;
	if (into->entities[entity].role.start == NOWHERE)
		into->entities[entity].role = find->role;
	into->mentions[into->mention_count++] =
		(struct mention){find->span, entity, rule_place(at, find->pack, find->rule, NULL)};
}

static void add_marked(struct linking *at, const struct find *find)
{
	struct annotations *into = at->into;
	into->marked[into->marked_count++] = (struct marked){.span = find->span,
		.kind = find->kind,
		.rule = rule_place(at, find->pack, find->rule, NULL),
		.first_group = (uint32_t)into->group_count,
		.group_count = find->group_count};
	for (uint32_t i = 0; i < find->group_count; i++)
		into->groups[into->group_count++] = at->gathered->groups[find->first_group + i];
}

static void link_finds(struct linking *at)
{
	const struct finds *finds = &at->gathered->finds;
	struct annotations *into = at->into;
	struct spellings spellings = {.mask = 1023};
	while (spellings.mask < finds->count * 2)
		spellings.mask = spellings.mask * 2 + 1;
	spellings.slots = memory_allocate((spellings.mask + 1) * sizeof(uint32_t));
	memset(spellings.slots, 0xFF, (spellings.mask + 1) * sizeof(uint32_t));
	size_t cluster_bytes = (at->gathered->clusters + 1) * sizeof(uint32_t);
	uint32_t *clusters = memory_allocate(cluster_bytes);
	memset(clusters, 0xFF, cluster_bytes);
	into->mentions = arena_allocate(at->arena, (finds->count + 1) * sizeof *into->mentions);
	into->entities = arena_allocate(at->arena, (finds->count + 1) * sizeof *into->entities);
	into->marked = arena_allocate(at->arena, (finds->count + 1) * sizeof *into->marked);
	into->groups =
		arena_allocate(at->arena, (at->gathered->group_count + 1) * sizeof *into->groups);
	for (size_t i = 0; i < finds->count; i++) {
		const struct find *find = &finds->items[i];
		if (!is_mention(at, find))
			add_marked(at, find);
		else if (find->cluster != NO_CLUSTER)
			add_mention(at, find, entity_by_cluster(at, clusters, find));
		else
			add_mention(at, find, entity_by_spelling(at, &spellings, find));
	}
	free(clusters);
	free(spellings.slots);
	buffer_release(&spellings.own);
	buffer_release(&spellings.other);
}

static void group_mentions(struct linking *at)
{
	struct annotations *into = at->into;
	into->by_entity =
		arena_allocate(at->arena, (into->mention_count + 1) * sizeof *into->by_entity);
	uint32_t first = 0;
	for (size_t i = 0; i < into->entity_count; i++) {
		into->entities[i].first_mention = first;
		first += into->entities[i].mention_count;
		into->entities[i].mention_count = 0;
	}
	for (size_t i = 0; i < into->mention_count; i++) {
		struct entity *entity = &into->entities[into->mentions[i].entity];
		into->by_entity[entity->first_mention + entity->mention_count++] = (uint32_t)i;
	}
}

/* ---- Names and aliases ------------------------------------------------------------------ */

static struct slice mention_text(const struct linking *at, uint32_t mention)
{
	struct span span = at->into->mentions[mention].span;
	return slice_cut(document_text(at->document), span.start, span.end);
}

static bool has_lower(struct slice text)
{
	for (size_t at = 0; at < text.length;) {
		uint32_t code;
		at += utf8_decode(text, at, &code);
		if (code_class(code) == LETTER_LOWER)
			return true;
	}
	return false;
}

/* Capitals undone: OAK BROOK reads Oak Brook; one short word may be an acronym and stays. */
static struct slice undo_capitals(const struct linking *at, struct slice text)
{
	bool words = text.length && memchr(text.bytes, ' ', text.length);
	if (has_lower(text) || !words)
		return text;
	struct buffer undone = {0};
	bool inside = false;
	for (size_t i = 0; i < text.length;) {
		uint32_t code;
		char bytes[4];
		i += utf8_decode(text, i, &code);
		size_t length = utf8_encode(inside ? code_lower(code) : code, bytes);
		buffer_append(&undone, (struct slice){bytes, length});
		inside = code_class(code) != LETTER_NONE;
	}
	struct slice result = arena_slice(at->arena, buffer_slice(&undone));
	buffer_release(&undone);
	return result;
}

/* The longest mention, one in capitals only if there is no other. */
static struct slice longest_mention(const struct linking *at, const struct entity *entity)
{
	struct slice best = {0};
	bool best_lower = false;
	for (uint32_t i = 0; i < entity->mention_count; i++) {
		struct slice text =
			mention_text(at, at->into->by_entity[entity->first_mention + i]);
		bool lower = has_lower(text) || text.length <= 5;
		if (best.length == 0 || (lower && !best_lower) ||
			(lower == best_lower && text.length > best.length)) {
			best = text;
			best_lower = lower;
		}
	}
	return undo_capitals(at, best);
}

static bool is_alias(const struct linking *at, const struct entity *entity, struct slice text)
{
	if (slice_equal(text, entity->name))
		return false;
	for (uint32_t i = 0; i < entity->alias_count; i++)
		if (slice_equal(at->into->aliases[entity->first_alias + i], text))
			return false;
	return true;
}

/* White space inside a name is one blank: a mention may run over a line's end. */
static struct slice one_line(const struct linking *at, struct slice text)
{
	bool plain = true;
	for (size_t i = 0; i < text.length; i++)
		plain = plain && (unsigned char)text.bytes[i] >= ' ';
	if (plain)
		return text;
	struct slice copy = arena_slice(at->arena, text);
	char *bytes = (char *)copy.bytes;
	for (size_t i = 0; i < copy.length; i++)
		if ((unsigned char)bytes[i] < ' ')
			bytes[i] = ' ';
	return copy;
}

static void name_entities(struct linking *at)
{
	struct annotations *into = at->into;
	into->aliases =
		arena_allocate(at->arena, (into->mention_count + 1) * sizeof *into->aliases);
	for (size_t i = 0; i < into->entity_count; i++) {
		struct entity *entity = &into->entities[i];
		entity->first_alias = (uint32_t)into->alias_count;
		for (uint32_t m = 0; m < entity->mention_count; m++) {
			uint32_t mention = into->by_entity[entity->first_mention + m];
			struct slice text = one_line(at, mention_text(at, mention));
			if (is_alias(at, entity, text)) {
				into->aliases[into->alias_count++] = text;
				entity->alias_count++;
			}
		}
	}
}

/* A name that a list gave is known by every find of the entity that has it; see add_mention. */
static void choose_names(struct linking *at)
{
	struct annotations *into = at->into;
	const struct finds *finds = &at->gathered->finds;
	bool *listed = memory_allocate(into->entity_count + 1);
	size_t mention = 0;
	for (size_t i = 0; i < finds->count; i++) {
		const struct find *find = &finds->items[i];
		if (!is_mention(at, find))
			continue;
		uint32_t entity = into->mentions[mention++].entity;
		if (find->name.length > 0 && !listed[entity]) {
			into->entities[entity].name = find->name;
			listed[entity] = true;
		}
	}
	for (size_t i = 0; i < into->entity_count; i++)
		if (!listed[i])
			into->entities[i].name =
				one_line(at, longest_mention(at, &into->entities[i]));
	free(listed);
}

/* ---- Quotes ----------------------------------------------------------------------------- */

static void link_quotes(struct linking *at)
{
	const struct saids *saids = &at->gathered->saids;
	struct annotations *into = at->into;
	into->quotes = arena_allocate(at->arena, (saids->count + 1) * sizeof *into->quotes);
	into->segments =
		arena_allocate(at->arena, (saids->segments.count + 1) * sizeof *into->segments);
	if (saids->segments.count > 0)
		memcpy(into->segments, saids->segments.items,
			saids->segments.count * sizeof *into->segments);
	into->segment_count = saids->segments.count;
	for (size_t i = 0; i < saids->count; i++) {
		const struct said *said = &saids->items[i];
		into->quotes[into->quote_count++] =
			(struct quote){.first_segment = said->first_segment,
				.segment_count = said->segment_count,
				.form = said->form,
				.cue = said->cue,
				.speaker = said->speaker,
				.confidence = said->confidence,
				.rule = rule_place(at, said->pack, said->rule, said)};
	}
}

void annotations_link(const struct gathered *gathered, const struct document *document,
	const struct packs *packs, struct arena *arena, struct annotations *into)
{
	struct linking at = {gathered, document, packs, arena, into, 0};
	link_finds(&at);
	group_mentions(&at);
	choose_names(&at);
	name_entities(&at);
	link_quotes(&at);
	into->sentences = gathered->sentences.count;
}
