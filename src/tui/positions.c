/* Positions that somebody names: a byte, a quote, an entity, a heading.
 *
 * What is named may not be there yet: the text still comes in, or is not annotated. Then a job
 * waits for it, until it is there, or it is sure that it never will be, or somebody goes elsewhere.
 */
#include "tui/app.h"
#include "tui/commands.h"

#include <stdlib.h>
#include <string.h>

enum arrival { ARRIVED, AWAITED, NOT_THERE };

struct position_kind {
	const char *name; /* before the colon; NULL: a number alone */
	bool named;       /* what stands behind is a name, else a number from 1 */
	enum arrival (*go)(struct reader *reader, const struct position *position);
};

static bool is_coming(const struct reading *reading)
{
	return reading_is_loading(reading) || !reading->loading.ended;
}

/* ---- In the text ------------------------------------------------------------------------ */

static enum arrival go_to_byte(struct reader *reader, const struct position *position)
{
	struct reading *reading = reader_reading(reader);
	struct slice text = document_text(reading->document);
	size_t at = position->number;
	if (at < text.length) {
		while (at > 0 && (text.bytes[at] & 0xC0) == 0x80)
			at--;
		article_jump(&reading->article, (struct span){at, at});
		return ARRIVED;
	}
	if (is_coming(reading))
		return AWAITED;
	reader_say(reader, "the text has only %zu bytes", text.length);
	return NOT_THERE;
}

static enum arrival go_to_heading(struct reader *reader, const struct position *position)
{
	struct reading *reading = reader_reading(reader);
	headings_work(reader);
	size_t count = reading->headings.count;
	if (position->number <= count) {
		walk_to(reader, &heading_walk, position->number - 1);
		return ARRIVED;
	}
	if (is_coming(reading) || !heading_walk.is_ready(reading))
		return AWAITED;
	reader_say(reader, "there is no heading %zu; the text has %zu", position->number, count);
	return NOT_THERE;
}

static enum arrival go_to_paragraph(struct reader *reader, const struct position *position)
{
	struct reading *reading = reader_reading(reader);
	size_t count = document_block_count(reading->document), number = position->number;
	if (count == 0)
		return is_coming(reading) ? AWAITED : NOT_THERE;
	bool there = number <= count;
	walk_to(reader, &paragraph_walk, there ? (number > 0 ? number - 1 : 0) : count - 1);
	return there || !is_coming(reading) ? ARRIVED : AWAITED;
}

/* ---- In what was found ------------------------------------------------------------------ */

/* Which quote is the fourth is sure when all of the text was read. */
static bool is_annotated(const struct reading *reading)
{
	return reading->annotated && reading->index.found->whole;
}

static enum arrival go_to_quote(struct reader *reader, const struct position *position)
{
	struct reading *reading = reader_reading(reader);
	if (!is_annotated(reading))
		return reader->lame ? NOT_THERE : AWAITED;
	size_t count = reading->index.found->quote_count;
	if (position->number <= count) {
		walk_quotes(reader);
		walk_to_quote(reader, (uint32_t)(position->number - 1));
		return ARRIVED;
	}
	reader_say(reader, "there is no quote %zu; the text has %zu", position->number, count);
	return NOT_THERE;
}

static bool is_equal(struct slice a, struct slice b, bool caseless)
{
	struct buffer one = {0}, other = {0};
	if (!caseless)
		return slice_equal(a, b);
	text_lower(a, &one);
	text_lower(b, &other);
	bool equal = slice_equal(buffer_slice(&one), buffer_slice(&other));
	buffer_release(&one);
	buffer_release(&other);
	return equal;
}

static bool is_called(const struct annotations *found, const struct entity *entity,
	struct slice name, bool caseless)
{
	if (is_equal(entity->name, name, caseless))
		return true;
	for (uint32_t i = 0; i < entity->alias_count; i++)
		if (is_equal(found->aliases[entity->first_alias + i], name, caseless))
			return true;
	return false;
}

static enum arrival go_to_entity(struct reader *reader, const struct position *position)
{
	struct reading *reading = reader_reading(reader);
	struct slice name = buffer_slice(&position->name);
	if (!is_annotated(reading))
		return reader->lame ? NOT_THERE : AWAITED;
	const struct annotations *found = reading->index.found;
	for (int caseless = 0; caseless < 2; caseless++)
		for (uint32_t i = 0; i < found->entity_count; i++)
			if (is_called(found, &found->entities[i], name, caseless)) {
				walk_mentions(reader);
				walk_to_mention(
					reader, found->by_entity[found->entities[i].first_mention]);
				return ARRIVED;
			}
	struct buffer shown = {0};
	text_visible(name, &shown);
	reader_say(reader, "nobody and nothing here is called '%s'", shown.bytes);
	buffer_release(&shown);
	return NOT_THERE;
}

/* ---- Reading them ----------------------------------------------------------------------- */

static const struct position_kind kinds[] = {
	[POSITION_BYTE] = {NULL, false, go_to_byte},
	[POSITION_QUOTE] = {"quote", false, go_to_quote},
	[POSITION_ENTITY] = {"entity", true, go_to_entity},
	[POSITION_HEADING] = {"heading", false, go_to_heading},
	[POSITION_PARAGRAPH] = {NULL, false, go_to_paragraph},
};
#define KIND_COUNT (sizeof kinds / sizeof *kinds)

static bool read_number(struct slice text, size_t *number)
{
	*number = 0;
	for (size_t i = 0; i < text.length; i++) {
		if (text.bytes[i] < '0' || text.bytes[i] > '9' || *number > NOWHERE / 16)
			return false;
		*number = *number * 10 + (size_t)(text.bytes[i] - '0');
	}
	return text.length > 0;
}

bool position_parse(struct slice text, struct position *position)
{
	const char *colon = text.length > 0 ? memchr(text.bytes, ':', text.length) : NULL;
	*position = (struct position){.kind = POSITION_BYTE};
	if (colon == NULL)
		return read_number(text, &position->number);
	size_t length = (size_t)(colon - text.bytes);
	struct slice value = slice_trim(slice_cut(text, length + 1, text.length));
	for (size_t i = 0; i < KIND_COUNT; i++) {
		if (kinds[i].name == NULL || !slice_is(slice_cut(text, 0, length), kinds[i].name))
			continue;
		position->kind = (enum position_kind_id)i;
		if (!kinds[i].named)
			return read_number(value, &position->number) && position->number > 0;
		buffer_append(&position->name, value);
		return value.length > 0;
	}
	return false;
}

void position_release(struct position *position)
{
	buffer_release(&position->name);
}

/* ---- Going there ------------------------------------------------------------------------ */

static void arrive(struct reader *reader)
{
	struct reading *reading = reader_reading(reader);
	struct awaited *awaited = &reading->awaited;
	enum arrival arrival = kinds[awaited->position.kind].go(reader, &awaited->position);
	awaited->going = arrival == AWAITED;
	if (arrival == ARRIVED && awaited->from.reading != NOWHERE)
		reader_left(reader, &awaited->from);
	awaited->stand = article_stand(&reading->article);
}

void reader_go_to(struct reader *reader, struct position *position)
{
	struct awaited *awaited = &reader_reading(reader)->awaited;
	position_release(&awaited->position);
	awaited->position = *position;
	*position = (struct position){0};
	awaited->from = reader_place(reader);
	if (article_is_empty(&reader_reading(reader)->article))
		awaited->from.reading = NOWHERE;
	arrive(reader);
}

/* Whoever moves has changed his mind; that a text begins to come is no move. */
static bool has_moved(struct reading *reading)
{
	struct stand now = article_stand(&reading->article);
	const struct stand *then = &reading->awaited.stand;
	return reading->awaited.from.reading != NOWHERE &&
	       (now.top != then->top || now.point != then->point);
}

/* Something is there that was not when it was looked for last. */
static bool is_news(const struct reading *reading, size_t length)
{
	const struct awaited *awaited = &reading->awaited;
	return awaited->length != length || awaited->looked != reading->headings.looked ||
	       awaited->generation != reading->generation ||
	       awaited->ended != reading->loading.ended;
}

bool positions_work(struct reader *reader)
{
	struct reading *reading = reader_reading(reader);
	struct awaited *awaited = &reading->awaited;
	size_t length = document_text(reading->document).length;
	if (awaited->going && has_moved(reading))
		awaited->going = false;
	if (!awaited->going || !is_news(reading, length))
		return false;
	awaited->length = length;
	awaited->looked = reading->headings.looked;
	awaited->generation = reading->generation;
	awaited->ended = reading->loading.ended;
	if (awaited->from.reading == NOWHERE && !article_is_empty(&reading->article)) {
		awaited->from = reader_place(reader);
		awaited->stand = awaited->from.stand;
	}
	arrive(reader);
	reader->dirty = true;
	reader_settle(reader);
	return true;
}

bool positions_stop(struct reader *reader)
{
	struct awaited *awaited = &reader_reading(reader)->awaited;
	if (!awaited->going)
		return false;
	awaited->going = false;
	reader_say(reader, "stopped");
	return true;
}

void positions_progress(const struct reader *reader, struct buffer *into)
{
	const struct awaited *awaited = &reader_reading(reader)->awaited;
	if (awaited->going)
		buffer_text(into, "going there");
}

COMMAND(go_to_position)
{
	struct position position;
	if (position_parse(call->argument, &position))
		reader_go_to(reader, &position);
	position_release(&position);
}
