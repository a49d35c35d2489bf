/* From one generation of annotations to the next.
 *
 * Ids are good for one generation only. What the reader's user has chosen is held by positions
 * while they change: an entity by one of its mentions, a quote by its first segment, a group by its
 * kind, and found again among the new ones. What is not there any more is not chosen any more.
 */
#include "tui/app.h"

#include <stdlib.h>

#define GROUP_ROOM 4 /* rows that must be left for a group to be opened */

/* ---- Held by positions ------------------------------------------------------------------ */

struct held {
	size_t quote, entity;               /* chosen */
	size_t origin_quote, origin_entity; /* before a list took the keys */
	uint32_t kind;                      /* of the group with the cursor */
};

static size_t quote_position(const struct reading *reading, uint32_t quote)
{
	const struct annotations *found = reading->index.found;
	if (quote == NO_QUOTE)
		return NOWHERE;
	return annotations_segment(found, annotations_quote(found, quote).first_segment).start;
}

/* Of the mention at the point, if it is the entity's: what is walked there is walked on. */
static size_t entity_position(const struct reading *reading, uint32_t entity)
{
	const struct index *index = &reading->index;
	if (entity == NO_ENTITY)
		return NOWHERE;
	uint32_t here = index_mention_at(index, reading->article.point);
	if (here != NO_MENTION && index->found->entity_of[here] == entity)
		return annotations_mention(index->found, here).span.start;
	return index_mention_of(index, entity, 0).span.start;
}

static struct held hold(const struct reading *reading)
{
	struct held held = {NOWHERE, NOWHERE, NOWHERE, NOWHERE, UINT32_MAX};
	if (!reading->annotated)
		return held;
	held.quote = quote_position(reading, reading->quote);
	held.entity = entity_position(reading, reading->entity);
	held.origin_quote = quote_position(reading, reading->origin.quote);
	held.origin_entity = entity_position(reading, reading->origin.entity);
	if (reading->entities.group < reading->index.group_count)
		held.kind = reading->index.groups[reading->entities.group].kind;
	return held;
}

static uint32_t quote_again(const struct reading *reading, size_t position)
{
	return position != NOWHERE ? index_quote_at(&reading->index, position) : NO_QUOTE;
}

static uint32_t entity_again(const struct reading *reading, size_t position)
{
	if (position == NOWHERE)
		return NO_ENTITY;
	uint32_t mention = index_mention_at(&reading->index, position);
	return mention != NO_MENTION ? reading->index.found->entity_of[mention] : NO_ENTITY;
}

static void find_again(struct reading *reading, const struct held *held)
{
	reading->quote = quote_again(reading, held->quote);
	reading->entity = entity_again(reading, held->entity);
	reading->origin.quote = quote_again(reading, held->origin_quote);
	reading->origin.entity = entity_again(reading, held->origin_entity);
	reading->entities.group = 0;
	for (uint32_t g = 0; g < reading->index.group_count; g++)
		if (reading->index.groups[g].kind == held->kind)
			reading->entities.group = g;
	if (held->kind == UINT32_MAX || reading->index.group_count == 0)
		reading->entities.on_group = false;
}

/* ---- Taking over ------------------------------------------------------------------------ */

/* Groups nobody has folded or opened are open as long as there is room for some of each. */
static void open_groups(struct reader *reader, struct reading *reading)
{
	size_t count = reading->index.group_count;
	long room = reader->frame.lists[PANE_ENTITIES].rows;
	if (room <= 0)
		room = reader->frame.body.rows;
	room -= (long)count + 1;
	for (size_t i = 0; i < count; i++) {
		struct entity_group *group = entity_group_of(reading, i);
		if (!group->chosen)
			group->folded = i > 0 && room < GROUP_ROOM;
		room -= (long)reading->index.groups[i].count;
	}
}

/* What was there before goes back to where it was made. */
static void give_back(struct reader *reader, struct reading *reading)
{
	struct generation *before = memory_allocate(sizeof *before);
	before->found = reading->found;
	before->index = reading->index;
	worker_discard(reader->worker, before);
}

/* They were about places in the generation before. */
static void forget_reasons(struct reader *reader)
{
	for (int i = 0; i < QUESTION_COUNT; i++)
		reader->reasons[i].reading = NULL;
}

static void take_over(struct reader *reader, struct reading *reading, const struct generation *made)
{
	struct held held = hold(reading);
	if (reading->annotated)
		give_back(reader, reading);
	reading->found = made->found;
	reading->index = made->index;
	reading->index.document = reading->document;
	reading->words = made->words;
	reading->article.words = &reading->words;
	reading->annotated = true;
	reading->generation++;
	find_again(reading, &held);
	forget_reasons(reader);
	reader_settle(reader);
	open_groups(reader, reading);
}

bool reading_take_over(struct reader *reader, struct reading *reading)
{
	struct generation *made = worker_take(reader->worker, reading->task);
	if (made == NULL)
		return false;
	take_over(reader, reading, made);
	free(made);
	reader->dirty = true;
	return true;
}

void reader_forget_generation(struct reader *reader, struct reading *reading)
{
	if (!reading->annotated)
		return;
	give_back(reader, reading);
	reading->found = NULL;
	reading->index = (struct index){0};
	reading->annotated = false;
	reading->article.words = NULL;
	reading->quote = reading->origin.quote = NO_QUOTE;
	reading->entity = reading->origin.entity = NO_ENTITY;
	reading->told = NOWHERE;
	reading->generation++;
	forget_reasons(reader);
}
