/* From what windows found to the public arrays.
 *
 * Mentions are in the order of the text. Those of one cluster of a window are one entity, and so
 * are clusters of different windows that have the same name; the others are one by kind and
 * spelling, whatever its capitals. Entities are numbered as they are met, which is by first offset.
 */
#include "annotate/linking.h"
#include "rules/quote_rule.h"

#include <stdlib.h>
#include <string.h>

struct linking {
	const struct linked *of;
	struct slice text; /* the document's */
	struct arena *arena;
	struct annotations *into;
	size_t rule_capacity;
	const char **listed; /* by entity: its name as a list has it; NULL: in none */
	size_t entity_capacity, listed_capacity, role_capacity, alias_capacity;
};

static struct slice text_of(const struct linking *at, struct span span)
{
	return slice_cut(at->text, span.start, span.end);
}

/* White space inside a name is one blank: a mention may run over a line's end. Then the text is
 * written into `room`. */
static struct slice joined(struct slice text, struct buffer *room)
{
	bool plain = true;
	for (size_t i = 0; i < text.length; i++)
		plain = plain && (unsigned char)text.bytes[i] >= ' ';
	if (plain)
		return text;
	room->length = 0;
	text_join_lines(text, room);
	for (size_t i = 0; i < room->length; i++)
		if ((unsigned char)room->bytes[i] < ' ')
			room->bytes[i] = ' ';
	return buffer_slice(room);
}

static struct slice one_line(const struct linking *at, struct slice text)
{
	struct buffer room = {0};
	struct slice line = joined(text, &room);
	if (room.length > 0)
		line = arena_slice(at->arena, line);
	buffer_release(&room);
	return line;
}

/* Asked often: nobody waits for what was canceled. */
static bool is_canceled(const struct linking *at)
{
	return atomic_load_explicit(at->of->canceled, memory_order_relaxed);
}

/* ---- Rules ------------------------------------------------------------------------------ */

static uint32_t add_place(struct linking *at, struct rule_place place)
{
	struct annotations *into = at->into;
	if (into->rule_count == at->rule_capacity) {
		at->rule_capacity = at->rule_capacity * 2 + 32;
		struct rule_place *rules =
			arena_allocate(at->arena, at->rule_capacity * sizeof *rules);
		if (into->rule_count > 0)
			memcpy(rules, into->rules, into->rule_count * sizeof *rules);
		into->rules = rules;
	}
	into->rules[into->rule_count] = place;
	return (uint32_t)into->rule_count++;
}

/* The index of a rule, or of a step of it, in the public table; few, so a walk finds it. */
static uint32_t find_place(struct linking *at, struct rule_of of, uint32_t step)
{
	bool stepped = step != NO_STEP;
	size_t line = stepped ? of.rule->quote->steps[step].line : of.rule->node->line;
	struct annotations *into = at->into;
	for (size_t i = 0; i < into->rule_count; i++)
		if (into->rules[i].line == line && into->rules[i].path == of.pack->path)
			return (uint32_t)i;
	const char *id = of.rule->id;
	if (stepped)
		id = arena_format(at->arena, "%s/%s", id, of.rule->quote->steps[step].id);
	return add_place(at, (struct rule_place){.pack = arena_text(at->arena, of.pack->name),
				     .id = id,
				     .path = of.pack->path,
				     .line = line,
				     .column = of.rule->node->column});
}

static uint32_t rule_place(struct linking *at, uint32_t number)
{
	uint32_t *place = &at->into->kept->places[number];
	if (*place == NO_PLACE)
		*place = find_place(at, rule_of(at->of->packs, number), NO_STEP);
	return *place;
}

/* ---- Entities --------------------------------------------------------------------------- */

/* Entities by a key: open addressing that grows. */
struct table_slot {
	uint32_t hash;
	uint32_t entity; /* NO_ENTITY: free */
};

struct table {
	struct table_slot *slots;
	size_t count, mask;
};

static void table_init(struct table *table, size_t mask)
{
	table->mask = mask;
	table->count = 0;
	table->slots = memory_allocate((mask + 1) * sizeof *table->slots);
	memset(table->slots, 0xFF, (mask + 1) * sizeof *table->slots);
}

static void table_put(struct table *table, struct table_slot slot)
{
	size_t at = slot.hash & table->mask;
	while (table->slots[at].entity != NO_ENTITY)
		at = (at + 1) & table->mask;
	table->slots[at] = slot;
	table->count++;
}

static void table_add(struct table *table, struct table_slot slot)
{
	if (table->count * 4 >= table->mask * 3) {
		struct table old = *table;
		table_init(table, old.mask * 2 + 1);
		for (size_t i = 0; i <= old.mask; i++)
			if (old.slots[i].entity != NO_ENTITY)
				table_put(table, old.slots[i]);
		free(old.slots);
	}
	table_put(table, slot);
}

struct meeting {
	struct linking *at;
	struct table spelled; /* those in no cluster, by kind and spelling in small letters */
	struct table named;   /* clusters, by kind and name */
	uint32_t *taken;      /* by entity: the window, from 1, of whose clusters one is it */
	size_t taken_capacity;
	uint32_t *clusters; /* of the window: entity, or NO_ENTITY */
	size_t cluster_capacity;
	size_t window, mention;
	struct buffer own, other; /* room for two spellings */
};

static struct slice lower_of(struct slice text, struct buffer *into)
{
	into->length = 0;
	text_lower(text, into);
	return buffer_slice(into);
}

static const char *list_name(const struct linking *at, uint32_t rule, uint32_t place)
{
	return place > 0 ? rule_of(at->of->packs, rule).pack->lexicon->strings + place : NULL;
}

static uint32_t add_entity(struct linking *at, uint32_t kind, struct slice name)
{
	struct annotations *into = at->into;
	into->entities = grow(into->entities, &at->entity_capacity, into->entity_count + 1,
		sizeof *into->entities);
	at->listed =
		grow(at->listed, &at->listed_capacity, into->entity_count + 1, sizeof *at->listed);
	at->listed[into->entity_count] = NULL;
	into->entities[into->entity_count] =
		(struct entity){.name = name, .kind = kind, .role = NO_ROLE};
	return (uint32_t)into->entity_count++;
}

static uint32_t hash_of(struct slice text, uint32_t kind)
{
	return (uint32_t)(slice_hash(text) * 31 + kind);
}

/* *Six weeks* and *six weeks* are one. */
static uint32_t entity_by_spelling(
	struct meeting *meeting, const struct result_mention *mention, struct slice spelling)
{
	struct linking *at = meeting->at;
	struct slice text = lower_of(spelling, &meeting->own);
	uint32_t hash = hash_of(text, mention->kind);
	struct table *table = &meeting->spelled;
	for (size_t slot = hash & table->mask;; slot = (slot + 1) & table->mask) {
		struct table_slot *there = &table->slots[slot];
		if (there->entity == NO_ENTITY)
			break;
		const struct entity *other = &at->into->entities[there->entity];
		if (there->hash == hash && other->kind == mention->kind &&
			slice_equal(lower_of(other->name, &meeting->other), text))
			return there->entity;
	}
	uint32_t entity = add_entity(at, mention->kind, spelling);
	table_add(table, (struct table_slot){hash, entity});
	return entity;
}

/* That no other cluster of the same window is. */
static bool is_other_windows(const struct meeting *meeting, uint32_t entity)
{
	return entity >= meeting->taken_capacity || meeting->taken[entity] != meeting->window + 1;
}

static uint32_t entity_by_name(struct meeting *meeting, uint32_t kind, struct slice name)
{
	struct linking *at = meeting->at;
	uint32_t hash = hash_of(name, kind);
	struct table *table = &meeting->named;
	for (size_t slot = hash & table->mask;; slot = (slot + 1) & table->mask) {
		struct table_slot *there = &table->slots[slot];
		if (there->entity == NO_ENTITY)
			break;
		const struct entity *other = &at->into->entities[there->entity];
		if (there->hash == hash && other->kind == kind && slice_equal(other->name, name) &&
			is_other_windows(meeting, there->entity))
			return there->entity;
	}
	uint32_t entity = add_entity(at, kind, name);
	table_add(table, (struct table_slot){hash, entity});
	return entity;
}

static void add_role(struct linking *at, uint32_t entity, struct span role)
{
	struct annotations *into = at->into;
	if (role.start == NOWHERE || into->entities[entity].role != NO_ROLE)
		return;
	into->roles =
		grow(into->roles, &at->role_capacity, into->role_count + 1, sizeof *into->roles);
	into->entities[entity].role = (uint32_t)into->role_count;
	into->roles[into->role_count++] = role;
}

static uint32_t entity_by_cluster(
	struct meeting *meeting, const struct result *result, const struct result_mention *mention)
{
	uint32_t *entity = &meeting->clusters[mention->of];
	if (*entity != NO_ENTITY)
		return *entity;
	struct linking *at = meeting->at;
	const struct result_cluster *cluster = &result->clusters[mention->of];
	const char *listed = list_name(at, mention->rule, cluster->listed);
	*entity = entity_by_name(meeting, mention->kind,
		listed ? slice_of(listed)
		       : one_line(at, text_of(at, result_span(result, cluster->longest))));
	size_t count = at->into->entity_count, had = meeting->taken_capacity;
	meeting->taken =
		grow(meeting->taken, &meeting->taken_capacity, count, sizeof *meeting->taken);
	memset(meeting->taken + had, 0, (meeting->taken_capacity - had) * sizeof(uint32_t));
	meeting->taken[*entity] = (uint32_t)meeting->window + 1;
	if (!at->listed[*entity])
		at->listed[*entity] = listed;
	add_role(at, *entity, result_span(result, cluster->role));
	return *entity;
}

static uint32_t entity_of(
	struct meeting *meeting, const struct result *result, const struct result_mention *mention)
{
	struct linking *at = meeting->at;
	if (mention->clustered)
		return entity_by_cluster(meeting, result, mention);
	const char *listed = list_name(at, mention->rule, mention->of);
	struct slice spelling =
		listed ? slice_of(listed)
		       : one_line(at, text_of(at, result_mention_span(result, mention)));
	uint32_t entity = entity_by_spelling(meeting, mention, spelling);
	if (!at->listed[entity])
		at->listed[entity] = listed;
	return entity;
}

static void add_mention(
	struct meeting *meeting, const struct result *result, const struct result_mention *mention)
{
	struct linking *at = meeting->at;
	uint32_t entity = entity_of(meeting, result, mention);
	at->into->entities[entity].mention_count++;
	at->into->entity_of[meeting->mention++] = entity;
	rule_place(at, mention->rule);
}

static void add_group(struct linking *at, const struct result *result,
	const struct result_group *group, const struct match_rule *rule)
{
	const char *name = pattern_group_name(rule->pattern, group->number);
	at->into->groups[at->into->group_count++] = (struct mark_group){.name = slice_of(name),
		.span = result_span(result, (struct result_stretch){group->start, group->length}),
		.style = rule->group_styles[group->number - 1]};
}

static void add_marked(
	struct linking *at, const struct result *result, const struct result_mark *mark)
{
	struct annotations *into = at->into;
	into->marked[into->marked_count++] = (struct marked){
		.span = result_span(result, (struct result_stretch){mark->start, mark->length}),
		.kind = mark->kind,
		.rule = rule_place(at, mark->rule),
		.first_group = (uint32_t)into->group_count,
		.group_count = mark->groups};
}

static void add_marks(struct linking *at, const struct result *result)
{
	const struct result_group *group = result->groups;
	for (size_t i = 0; i < result->mark_count; i++) {
		const struct result_mark *mark = &result->marks[i];
		const struct rule *rule = rule_of(at->of->packs, mark->rule).rule;
		add_marked(at, result, mark);
		for (size_t g = 0; g < mark->groups; g++)
			add_group(at, result, group++, rule->match);
	}
}

static void meet_window(struct meeting *meeting, const struct result *result)
{
	meeting->clusters = grow(meeting->clusters, &meeting->cluster_capacity,
		result->cluster_count, sizeof *meeting->clusters);
	if (result->cluster_count > 0)
		memset(meeting->clusters, 0xFF, result->cluster_count * sizeof(uint32_t));
	for (size_t i = 0; i < result->mention_count; i++)
		add_mention(meeting, result, &result->mentions[i]);
	add_marks(meeting->at, result);
}

static void allocate_finds(struct linking *at)
{
	struct annotations *into = at->into;
	size_t mentions = into->mention_count, marked = 0, groups = 0;
	for (size_t w = 0; w < at->of->count; w++) {
		marked += at->of->results[w]->mark_count;
		groups += at->of->results[w]->group_count;
	}
	into->entity_of = arena_allocate(at->arena, (mentions + 1) * sizeof *into->entity_of);
	into->marked = arena_allocate(at->arena, (marked + 1) * sizeof *into->marked);
	into->groups = arena_allocate(at->arena, (groups + 1) * sizeof *into->groups);
}

/* Gives back what growing has taken too much. */
static void fit(struct annotations *into)
{
	into->entities = memory_resize(into->entities, into->entity_count * sizeof *into->entities);
	into->roles = memory_resize(into->roles, into->role_count * sizeof *into->roles);
}

static void link_finds(struct linking *at)
{
	struct meeting meeting = {.at = at};
	table_init(&meeting.spelled, 255);
	table_init(&meeting.named, 255);
	allocate_finds(at);
	for (size_t w = 0; w < at->of->count && !is_canceled(at); w++) {
		meeting.window = w;
		meet_window(&meeting, at->of->results[w]);
	}
	fit(at->into);
	free(meeting.clusters);
	free(meeting.taken);
	free(meeting.spelled.slots);
	free(meeting.named.slots);
	buffer_release(&meeting.own);
	buffer_release(&meeting.other);
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
		struct entity *entity = &into->entities[into->entity_of[i]];
		into->by_entity[entity->first_mention + entity->mention_count++] = (uint32_t)i;
	}
}

/* ---- Names and aliases ------------------------------------------------------------------ */

static struct slice mention_text(const struct linking *at, uint32_t mention)
{
	return text_of(at, annotations_mention(at->into, mention).span);
}

/* Capitals undone: OAK BROOK reads Oak Brook; one short word may be an acronym and stays. */
static struct slice undo_capitals(const struct linking *at, struct slice text)
{
	bool words = text.length && memchr(text.bytes, ' ', text.length);
	if (!words || text_has_lower(text))
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

static struct slice longest_mention(const struct linking *at, const struct entity *entity)
{
	struct slice best = {0};
	for (uint32_t i = 0; i < entity->mention_count; i++) {
		struct slice text =
			mention_text(at, at->into->by_entity[entity->first_mention + i]);
		if (name_is_better(text, best))
			best = text;
	}
	return undo_capitals(at, best);
}

/* Texts of the mentions of one entity, in a table that grows and is used again. */
struct forms {
	struct slice *slots;
	size_t capacity, mask, count;
	struct buffer room;
};

static void forms_empty(struct forms *forms, size_t mask)
{
	forms->mask = mask;
	forms->count = 0;
	forms->slots = grow(forms->slots, &forms->capacity, mask + 1, sizeof *forms->slots);
	memset(forms->slots, 0, (mask + 1) * sizeof *forms->slots);
}

/* Its slot, or the free one where it belongs. */
static struct slice *forms_find(const struct forms *forms, struct slice text)
{
	size_t at = (size_t)slice_hash(text) & forms->mask;
	while (forms->slots[at].bytes && !slice_equal(forms->slots[at], text))
		at = (at + 1) & forms->mask;
	return &forms->slots[at];
}

static void forms_widen(struct forms *forms)
{
	struct forms wider = {0};
	forms_empty(&wider, forms->mask * 2 + 1);
	for (size_t i = 0; i <= forms->mask; i++)
		if (forms->slots[i].bytes)
			*forms_find(&wider, forms->slots[i]) = forms->slots[i];
	free(forms->slots);
	forms->slots = wider.slots;
	forms->capacity = wider.capacity;
	forms->mask = wider.mask;
}

static void forms_put(struct forms *forms, struct slice text)
{
	if (++forms->count * 2 > forms->mask)
		forms_widen(forms);
	*forms_find(forms, text) = text;
}

static void add_alias(struct linking *at, struct slice text)
{
	struct annotations *into = at->into;
	into->aliases = grow(
		into->aliases, &at->alias_capacity, into->alias_count + 1, sizeof *into->aliases);
	into->aliases[into->alias_count++] = text;
}

/* A text of a mention, if there was none like it. */
static void add_form(struct linking *at, struct forms *forms, struct slice text)
{
	struct slice line = joined(text, &forms->room);
	if (forms_find(forms, line)->bytes)
		return;
	if (line.bytes != text.bytes)
		line = arena_slice(at->arena, line);
	forms_put(forms, line);
	add_alias(at, line);
}

#define FORMS_MASK 7 /* of the table at first */

static void name_aliases(struct linking *at, struct entity *entity, struct forms *forms)
{
	struct annotations *into = at->into;
	entity->first_alias = (uint32_t)into->alias_count;
	forms_empty(forms, FORMS_MASK);
	forms_put(forms, entity->name);
	for (uint32_t m = 0; m < entity->mention_count; m++)
		add_form(at, forms, mention_text(at, into->by_entity[entity->first_mention + m]));
	entity->alias_count = (uint32_t)into->alias_count - entity->first_alias;
}

static void name_entities(struct linking *at)
{
	struct annotations *into = at->into;
	struct forms forms = {0};
	for (size_t i = 0; i < into->entity_count && !is_canceled(at); i++)
		name_aliases(at, &into->entities[i], &forms);
	into->aliases = memory_resize(into->aliases, into->alias_count * sizeof *into->aliases);
	free(forms.slots);
	buffer_release(&forms.room);
}

/* A name that a list gave is known by every find of the entity that has it; see entity_of. */
static void choose_names(struct linking *at)
{
	struct annotations *into = at->into;
	for (size_t i = 0; i < into->entity_count && !is_canceled(at); i++)
		into->entities[i].name =
			at->listed[i] ? slice_of(at->listed[i])
				      : one_line(at, longest_mention(at, &into->entities[i]));
}

/* ---- Quotes ----------------------------------------------------------------------------- */

static void link_quotes(struct linking *at)
{
	struct annotations *into = at->into;
	struct quote_link *links =
		arena_allocate(at->arena, (into->quote_count + 1) * sizeof *links);
	into->kept->links = links;
	uint32_t segment = 0, quote = 0;
	for (size_t w = 0; w < at->of->count && !is_canceled(at); w++) {
		const struct result *result = at->of->results[w];
		for (size_t i = 0; i < result->said_count; i++) {
			const struct result_said *said = &result->saids[i];
			uint32_t step = said->step == UINT16_MAX ? NO_STEP : said->step;
			links->segment = segment;
			links->said_by = quote++;
			links->rule = find_place(at, rule_of(at->of->packs, said->rule), step);
			segment += said->segments;
			links++;
		}
	}
}

/* ---- The text --------------------------------------------------------------------------- */

/* What is said first counts. */
static void link_settings(struct linking *at)
{
	struct span *const settings[] = {[SETS_NOTHING] = NULL,
		[SETS_TITLE] = &at->into->title,
		[SETS_AUTHOR] = &at->into->author,
		[SETS_PUBLISHED] = &at->into->published,
		[SETS_DATELINE] = &at->into->dateline};
	for (int set = SETS_TITLE; set <= SETS_DATELINE; set++)
		for (size_t w = at->of->count; w-- > 0;) {
			struct span span = at->of->results[w]->settings.of[set];
			if (span.start != NOWHERE)
				*settings[set] = span;
		}
}

/* A rule is suspended in one window; it is left out of those that follow. */
static void link_suspended(struct linking *at)
{
	struct annotations *into = at->into;
	size_t count = 0;
	for (size_t w = 0; w < at->of->count; w++)
		count += at->of->results[w]->spent_count;
	into->suspended = arena_allocate(at->arena, (count + 1) * sizeof *into->suspended);
	for (size_t w = 0; w < at->of->count; w++) {
		const struct result *result = at->of->results[w];
		for (size_t i = 0; i < result->spent_count; i++) {
			const struct result_spent *spent = &result->spent[i];
			if (spent->suspended == NOWHERE)
				continue;
			uint32_t number = rule_number(at->of->packs, spent->pack, spent->rule);
			into->suspended[into->suspended_count++] =
				(struct suspended){rule_place(at, number), spent->suspended};
		}
	}
}

void annotations_link(const struct linked *of, struct annotations *into)
{
	struct linking at = {
		.of = of, .text = document_text(of->document), .arena = into->arena, .into = into};
	uint32_t rules = rule_number(of->packs, (uint32_t)of->packs->count, 0);
	uint32_t *places = arena_allocate(into->arena, (rules + 1) * sizeof *places);
	memset(places, 0xFF, (rules + 1) * sizeof *places);
	into->kept->places = places;
	annotations_share(into, of);
	link_settings(&at);
	link_finds(&at);
	if (!is_canceled(&at)) {
		group_mentions(&at);
		choose_names(&at);
		name_entities(&at);
		link_quotes(&at);
	}
	link_suspended(&at);
	for (size_t w = 0; w < of->count; w++)
		into->sentences += of->results[w]->sentences;
	free(at.listed);
}
