/* Walking from thing to thing.
 *
 * A walk is a row of places in the order of the text. A step looks for the first place after the
 * point, or the last before it; where a jump has just landed, the place itself does not count.
 */
#include "tui/walks.h"
#include "tui/app.h"
#include "tui/commands.h"

/* ---- Landing ---------------------------------------------------------------------------- */

static void choose_quote(struct reader *reader, uint32_t quote)
{
	struct reading *reading = reader_reading(reader);
	const struct annotations *found = reading->index.found;
	reading->quote = quote;
	reading->entity = NO_ENTITY;
	if (quote == NO_QUOTE)
		return;
	const struct quote chosen = annotations_quote(found, quote);
	if (chosen.speaker_entity_count > 0)
		entities_choose(reader, found->speaker_entities[chosen.first_speaker_entity]);
}

void walk_to_quote(struct reader *reader, uint32_t quote)
{
	struct reading *reading = reader_reading(reader);
	choose_quote(reader, quote);
	article_jump(&reading->article, index_extent(&reading->index, quote));
}

/* A quote stays lit while its speaker's mentions inside it are walked. */
void walk_to_mention(struct reader *reader, uint32_t mention)
{
	struct reading *reading = reader_reading(reader);
	const struct mention at = annotations_mention(reading->index.found, mention);
	entities_choose(reader, at.entity);
	if (reading->quote != NO_QUOTE) {
		struct span extent = index_extent(&reading->index, reading->quote);
		if (at.span.start < extent.start || at.span.start >= extent.end)
			reading->quote = NO_QUOTE;
	}
	article_jump(&reading->article, at.span);
}

/* ---- The walks -------------------------------------------------------------------------- */

static size_t quote_count(const struct reading *reading)
{
	return reading->index.found->quote_count;
}

static size_t quote_start(const struct reading *reading, size_t i)
{
	return index_extent(&reading->index, (uint32_t)i).start;
}

static void quote_land(struct reader *reader, size_t i)
{
	walk_to_quote(reader, (uint32_t)i);
}

static const struct speaker *chosen_speaker(const struct reading *reading)
{
	if (reading->quote == NO_QUOTE)
		return NULL;
	return &reading->index.speakers[reading->index.speaker_of[reading->quote]];
}

static size_t said_count(const struct reading *reading)
{
	const struct speaker *speaker = chosen_speaker(reading);
	return speaker != NULL ? speaker->quotes : 0;
}

static uint32_t said_quote(const struct reading *reading, size_t i)
{
	return reading->index.by_speaker[chosen_speaker(reading)->first_quote + i];
}

static size_t said_start(const struct reading *reading, size_t i)
{
	return quote_start(reading, said_quote(reading, i));
}

static void said_land(struct reader *reader, size_t i)
{
	walk_to_quote(reader, said_quote(reader_reading(reader), i));
}

static size_t mention_count(const struct reading *reading)
{
	if (reading->entity == NO_ENTITY)
		return 0;
	return reading->index.found->entities[reading->entity].mention_count;
}

static size_t mention_start(const struct reading *reading, size_t i)
{
	return index_mention_of(&reading->index, reading->entity, (uint32_t)i).span.start;
}

static void mention_land(struct reader *reader, size_t i)
{
	struct reading *reading = reader_reading(reader);
	const struct annotations *found = reading->index.found;
	walk_to_mention(
		reader, found->by_entity[found->entities[reading->entity].first_mention + i]);
}

static size_t entity_count(const struct reading *reading)
{
	return reading->index.found->mention_count;
}

static size_t entity_start(const struct reading *reading, size_t i)
{
	return annotations_mention(reading->index.found, i).span.start;
}

static void entity_land(struct reader *reader, size_t i)
{
	walk_to_mention(reader, (uint32_t)i);
}

static const struct group *kind_group(const struct reading *reading)
{
	for (size_t g = 0; g < reading->index.group_count; g++)
		if (reading->index.groups[g].kind == reading->walk_kind)
			return &reading->index.groups[g];
	return NULL;
}

static size_t kind_count(const struct reading *reading)
{
	const struct group *group = kind_group(reading);
	return group != NULL ? group->mention_count : 0;
}

static size_t kind_start(const struct reading *reading, size_t i)
{
	return entity_start(reading, kind_group(reading)->mentions[i]);
}

static void kind_land(struct reader *reader, size_t i)
{
	walk_to_mention(reader, kind_group(reader_reading(reader))->mentions[i]);
}

static bool is_annotated(const struct reading *reading)
{
	return reading->annotated;
}

static const struct walk quotes = {
	"quote", quote_count, quote_start, quote_land, false, false, is_annotated};
static const struct walk said = {
	"quote", said_count, said_start, said_land, true, false, is_annotated};
static const struct walk mentions = {
	"mention", mention_count, mention_start, mention_land, true, false, is_annotated};
static const struct walk entities = {
	"entity", entity_count, entity_start, entity_land, true, false, is_annotated};
static const struct walk kinds = {
	NULL, kind_count, kind_start, kind_land, true, false, is_annotated};

/* ---- Stepping --------------------------------------------------------------------------- */

/* The first place at an offset or later; their number where there is none. */
static size_t first_from(const struct reading *reading, const struct walk *walk, size_t offset)
{
	size_t low = 0, high = walk->count(reading);
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (walk->start(reading, middle) >= offset)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

static const char *label_of(const struct reader *reader, const struct walk *walk)
{
	if (walk->label != NULL)
		return walk->label;
	return reader->packs->kinds[reader_reading(reader)->walk_kind].name;
}

static void step_on(struct reader *reader, const struct walk *walk, size_t count)
{
	struct reading *reading = reader_reading(reader);
	size_t all = walk->count(reading);
	bool landed = reading->article.landed || walk->of_text;
	size_t next = first_from(reading, walk, reading->article.point + landed);
	if (next == all)
		reader_say(reader, all > 0 ? "no %s after this" : "there is no %s",
			label_of(reader, walk));
	else
		walk->land(reader, count < all - next ? next + count - 1 : all - 1);
}

static void step_back(struct reader *reader, const struct walk *walk, size_t count)
{
	struct reading *reading = reader_reading(reader);
	size_t before = first_from(reading, walk, reading->article.point);
	if (before == 0)
		reader_say(reader,
			walk->count(reading) > 0 ? "no %s before this" : "there is no %s",
			label_of(reader, walk));
	else
		walk->land(reader, count < before ? before - count : 0);
}

static bool is_ready(const struct reading *reading, const struct walk *walk)
{
	return walk->is_ready == NULL || walk->is_ready(reading);
}

/* Its places are not known yet: the step is done when they are. */
static void wait_for_step(struct reading *reading, const struct step *wanted)
{
	struct step *step = &reading->step;
	bool same = step->walk == wanted->walk && step->back == wanted->back;
	size_t before = same ? step->count : 0;
	*step = *wanted;
	step->count += before;
}

static void take_step(struct reader *reader, const struct step *step)
{
	struct reading *reading = reader_reading(reader);
	if (!step->walk->of_text)
		reading->walk = step->walk;
	reading->shown = step->walk;
	(step->back ? step_back : step_on)(reader, step->walk, step->count);
}

void walk_step(struct reader *reader, const struct walk *walk, const struct call *call, bool back)
{
	struct reading *reading = reader_reading(reader);
	struct step step = {walk, call->count > 0 ? call->count : 1, back};
	if (is_ready(reading, walk))
		take_step(reader, &step);
	else if (reader->lame && !walk->of_text)
		reader_say(reader, "nothing is annotated");
	else
		wait_for_step(reading, &step);
}

bool walks_work(struct reader *reader)
{
	struct reading *reading = reader_reading(reader);
	struct step step = reading->step;
	if (step.walk == NULL || !is_ready(reading, step.walk))
		return false;
	struct jump from = reader_place(reader);
	reading->step.walk = NULL;
	take_step(reader, &step);
	reader_left(reader, &from);
	reader_settle(reader);
	reader->dirty = true;
	return true;
}

void walk_to(struct reader *reader, const struct walk *walk, size_t i)
{
	reader_reading(reader)->shown = walk;
	walk->land(reader, i);
}

void walk_quotes(struct reader *reader)
{
	reader_reading(reader)->walk = reader_reading(reader)->shown = &quotes;
}

void walk_mentions(struct reader *reader)
{
	reader_reading(reader)->walk = reader_reading(reader)->shown = &mentions;
}

bool walk_position(const struct reader *reader, struct buffer *into)
{
	const struct reading *reading = reader_reading(reader);
	const struct walk *walk = reading->shown;
	if (walk == NULL || !reading->article.landed || !(walk->of_text || reading->annotated))
		return false;
	size_t point = reading->article.point, at = first_from(reading, walk, point);
	if (at == walk->count(reading) || walk->start(reading, at) != point)
		return false;
	buffer_format(into, "%s %zu of %zu", label_of(reader, walk), at + 1, walk->count(reading));
	return true;
}

struct slice walk_name(const struct reader *reader)
{
	const struct reading *reading = reader_reading(reader);
	if (reading->shown == NULL || !reading->shown->names || reading->entity == NO_ENTITY)
		return (struct slice){0};
	return reading->index.found->entities[reading->entity].name;
}

/* ---- Commands --------------------------------------------------------------------------- */

COMMAND(next_quote)
{
	walk_step(reader, &quotes, call, false);
}

COMMAND(previous_quote)
{
	walk_step(reader, &quotes, call, true);
}

/* Without a chosen quote, the one at the point, or the next one, is. */
static void take_said_step(struct reader *reader, const struct call *call, bool back)
{
	if (chosen_speaker(reader_reading(reader)) == NULL)
		walk_step(reader, &quotes, call, back);
	else
		walk_step(reader, &said, call, back);
}

COMMAND(next_said)
{
	take_said_step(reader, call, false);
}

COMMAND(previous_said)
{
	take_said_step(reader, call, true);
}

/* Without a chosen entity, that of the next mention is. */
static void take_mention_step(struct reader *reader, const struct call *call, bool back)
{
	if (reader_reading(reader)->entity == NO_ENTITY)
		walk_step(reader, &entities, call, back);
	else
		walk_step(reader, &mentions, call, back);
}

COMMAND(next_mention)
{
	take_mention_step(reader, call, false);
}

COMMAND(previous_mention)
{
	take_mention_step(reader, call, true);
}

/* The entity at the point is chosen, and its next mention gone to. */
static void take_same_step(struct reader *reader, const struct call *call, bool back)
{
	struct subject subject = reader_subject(reader);
	if (subject.entity == NO_ENTITY) {
		reader_say(reader, "no entity stands here");
		return;
	}
	entities_choose(reader, subject.entity);
	walk_step(reader, &mentions, call, back);
}

COMMAND(next_same)
{
	take_same_step(reader, call, false);
}

COMMAND(previous_same)
{
	take_same_step(reader, call, true);
}

COMMAND(next_entity)
{
	walk_step(reader, &entities, call, false);
}

COMMAND(previous_entity)
{
	walk_step(reader, &entities, call, true);
}

static void take_kind_step(struct reader *reader, const struct call *call, bool back)
{
	const struct kind *kind = packs_kind(reader->packs, call->argument);
	if (kind == NULL) {
		reader_complain(reader, "there is no kind '%.*s'", (int)call->argument.length,
			call->argument.bytes);
		return;
	}
	reader_reading(reader)->walk_kind = (uint32_t)(kind - reader->packs->kinds);
	walk_step(reader, &kinds, call, back);
}

COMMAND(next_kind)
{
	take_kind_step(reader, call, false);
}

COMMAND(previous_kind)
{
	take_kind_step(reader, call, true);
}

static void repeat(struct reader *reader, const struct call *call, bool back)
{
	const struct walk *walk = reader_reading(reader)->walk;
	if (walk == NULL)
		reader_say(reader, "nothing to repeat yet");
	else
		walk_step(reader, walk, call, back);
}

COMMAND(repeat_on)
{
	repeat(reader, call, false);
}

COMMAND(repeat_back)
{
	repeat(reader, call, true);
}
