/* The card: what is known of an entity or a quote, why stands in card_why.c. */
#include "tui/card.h"

#include <stdlib.h>

#define LABEL_COLUMNS 15
#define LABEL_COLUMNS_NARROW 2 /* fields stand below their labels */
#define NARROW_COLUMNS 44
#define COMPANIONS_MOST 12
#define BLOCKS_MOST 1000   /* in which companions are looked for */
#define COMPANY_MOST 10000 /* of them, each as often as it is met */
#define SAYING_BYTES ((size_t)64 << 10)

/* ---- Lines ------------------------------------------------------------------------------ */

void card_put(struct carding *at, struct slice text, style_id style)
{
	sheet_put(at->sheet, text, style, at->reader->policy);
}

static void put_text(struct carding *at, const char *text, style_id style)
{
	card_put(at, slice_of(text), style);
}

/* Begins a field: its label, and the column of what follows. */
void card_label(struct carding *at, const char *label)
{
	sheet_line(at->sheet, 0);
	put_text(at, label, at->label);
	if (at->field == LABEL_COLUMNS_NARROW)
		sheet_line(at->sheet, at->field);
	at->sheet->column = at->field;
}

/* A line end that was made by hand is a blank. */
static void put_joined(struct carding *at, struct slice text, style_id style)
{
	struct buffer joined = {0};
	text_join_lines(text, &joined);
	card_put(at, buffer_slice(&joined), style);
	buffer_release(&joined);
}

static void put_runs(struct carding *at, const struct runs *runs, struct span row)
{
	for (size_t i = 0; i < runs->count; i++) {
		struct span span = runs->items[i].span;
		span.start = span.start > row.start ? span.start : row.start;
		span.end = span.end < row.end ? span.end : row.end;
		if (span.start < span.end)
			put_joined(at, reading_text(at->reading, span), runs->items[i].style);
	}
}

/* A stretch of the article, wrapped, as the article shows it. */
static void put_article(struct carding *at, struct span span)
{
	struct rows rows = {0};
	struct runs runs = {0};
	int room = at->sheet->columns - at->field;
	struct fitting fitting = {span.start, room > 1 ? (unsigned)room : 1, 0, at->reader->policy};
	const struct document *document = at->reading->document;
	if (document_block(document, document_block_at(document, span.start)).wrapped)
		rows_rewrap(reading_text(at->reading, span), &fitting, &rows);
	else
		rows_wrap(reading_text(at->reading, span), fitting.base, fitting.width, 0,
			fitting.policy, &rows);
	article_runs(at->reader, span, at->plain, &runs);
	for (size_t i = 0; i < rows.count; i++) {
		if (i > 0)
			sheet_line(at->sheet, at->field);
		put_runs(at, &runs, (struct span){rows.items[i].start, rows.items[i].end});
	}
	rows_release(&rows);
	runs_release(&runs);
}

/* Text of our own, wrapped. */
void card_wrap(struct carding *at, struct slice text, style_id style)
{
	sheet_wrap(at->sheet, text, style, at->reader->policy);
}

/* ---- Of an entity ----------------------------------------------------------------------- */

static style_id kind_style(const struct carding *at, uint32_t kind)
{
	return style_named(at->reader->styles, at->reader->packs->kinds[kind].style);
}

static const struct entity *entity_of(const struct carding *at, uint32_t entity)
{
	return &at->reading->index.found->entities[entity];
}

static void put_title(struct carding *at, struct slice name, style_id style, const char *kind)
{
	sheet_line(at->sheet, 0);
	card_put(at, name,
		style_compose(at->reader->styles, at->reader->look[LOOK_CARD_TITLE], style));
	sheet_right(at->sheet, slice_of(kind), at->muted, at->reader->policy);
	sheet_line(at->sheet, 0);
}

static void put_aliases(struct carding *at, const struct entity *entity)
{
	struct buffer text = {0};
	for (uint32_t i = 0; i < entity->alias_count; i++) {
		buffer_text(&text, i > 0 ? ", " : "");
		buffer_append(&text, at->reading->index.found->aliases[entity->first_alias + i]);
	}
	card_label(at, "aliases");
	if (text.length > 0)
		card_wrap(at, buffer_slice(&text), at->plain);
	else
		put_text(at, "none here", at->muted);
	buffer_release(&text);
}

static void put_first(struct carding *at, uint32_t entity)
{
	const struct document *document = at->reading->document;
	size_t offset = index_mention_of(&at->reading->index, entity, 0).span.start;
	struct buffer text = {0};
	buffer_format(&text, "paragraph %zu of %zu, byte %zu",
		document_block_at(document, offset) + 1, document_block_count(document), offset);
	card_label(at, "first");
	card_wrap(at, buffer_slice(&text), at->plain);
	buffer_release(&text);
}

static void put_mentions(struct carding *at, uint32_t entity)
{
	unsigned heights[HISTOGRAM_BINS];
	struct buffer text = {0};
	buffer_format(&text, "%-6u", entity_of(at, entity)->mention_count);
	card_label(at, "mentions");
	card_put(at, buffer_slice(&text), at->plain);
	index_histogram(&at->reading->index, entity, heights, HISTOGRAM_BINS);
	for (int i = 0; i < HISTOGRAM_BINS; i++)
		put_text(at, histogram_bars[heights[i]],
			at->reader->look[heights[i] > 0 ? LOOK_HISTOGRAM : LOOK_HISTOGRAM_TRACK]);
	buffer_release(&text);
}

static const struct speaker *speaker_of(const struct carding *at, uint32_t entity)
{
	const struct index *index = &at->reading->index;
	for (size_t i = 0; i < index->speaker_count; i++)
		if (index->speakers[i].entity == entity)
			return &index->speakers[i];
	return NULL;
}

/* Of a very long one as much as anybody reads on a card. */
static void put_words(struct carding *at, uint32_t quote)
{
	struct buffer text = {0};
	index_saying(&at->reading->index, quote, SAYING_BYTES, &text);
	card_wrap(at, buffer_slice(&text), at->reader->look[LOOK_QUOTE_WORDS]);
	buffer_release(&text);
}

static void put_saying(struct carding *at, uint32_t quote)
{
	sheet_line(at->sheet, at->field);
	put_words(at, quote);
}

/* The chosen quote in full; without one, the first. */
static void put_quotes(struct carding *at, uint32_t entity, uint32_t quote)
{
	const struct index *index = &at->reading->index;
	const struct speaker *speaker = speaker_of(at, entity);
	struct buffer text = {0};
	if (speaker == NULL)
		return;
	sheet_line(at->sheet, 0);
	card_label(at, "quotes");
	buffer_format(&text, "%u of %zu  ", speaker->quotes, index->found->quote_count);
	card_put(at, buffer_slice(&text), at->plain);
	text.length = 0;
	buffer_format(&text, "%u of %u words, %u%%", speaker->words, index->words,
		index->words > 0 ? (unsigned)((uint64_t)speaker->words * 100 / index->words) : 0);
	card_put(at, buffer_slice(&text), at->muted);
	put_saying(at, quote != NO_QUOTE ? quote : index->by_speaker[speaker->first_quote]);
	buffer_release(&text);
}

/* ---- Who it appears with ---------------------------------------------------------------- */

struct companion {
	uint32_t entity, times;
};

static int companion_compare(const void *left, const void *right)
{
	const struct companion *a = left, *b = right;
	if (a->times != b->times)
		return a->times > b->times ? -1 : 1;
	return (a->entity > b->entity) - (a->entity < b->entity);
}

/* Those who stand in blocks with an entity: each as often as it is mentioned there. */
struct company {
	uint32_t *entities;
	size_t count, capacity;
};

/* Takes the mentions in a block of all others. */
static void take_block(
	const struct index *index, size_t block, uint32_t entity, struct company *company)
{
	struct span extent = document_block(index->document, block).extent;
	for (size_t i = annotations_mention_from(index->found, extent.start);
		i < index->found->mention_count && company->count < COMPANY_MOST; i++) {
		const struct mention mention = annotations_mention(index->found, i);
		if (mention.span.start >= extent.end)
			return;
		if (mention.entity == entity)
			continue;
		company->entities = grow(company->entities, &company->capacity, company->count + 1,
			sizeof *company->entities);
		company->entities[company->count++] = mention.entity;
	}
}

/* Of one who is mentioned very often, some blocks stand for all: no key waits for a long text. */
static void take_blocks(const struct index *index, uint32_t entity, struct company *company)
{
	size_t count = index->found->entities[entity].mention_count, last = SIZE_MAX;
	size_t looks = count < BLOCKS_MOST ? count : BLOCKS_MOST;
	for (size_t i = 0; i < looks; i++) {
		uint32_t mention = (uint32_t)((uint64_t)i * count / looks);
		size_t block = document_block_at(
			index->document, index_mention_of(index, entity, mention).span.start);
		if (block != last)
			take_block(index, block, entity, company);
		last = block;
	}
}

static int entity_compare(const void *left, const void *right)
{
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
	return (a > b) - (a < b);
}

/* The companions, those that are met most often first; returns how many they are. */
static size_t count_companions(
	const struct index *index, uint32_t entity, struct companion **companions)
{
	struct company company = {0};
	size_t count = 0;
	take_blocks(index, entity, &company);
	if (company.count > 0)
		qsort(company.entities, company.count, sizeof *company.entities, entity_compare);
	*companions = memory_allocate((company.count + 1) * sizeof **companions);
	for (size_t i = 0; i < company.count; i++) {
		if (i == 0 || company.entities[i] != company.entities[i - 1])
			(*companions)[count++].entity = company.entities[i];
		(*companions)[count - 1].times++;
	}
	qsort(*companions, count, sizeof **companions, companion_compare);
	free(company.entities);
	return count;
}

/* Names in their kinds' styles, as many as fit on two rows. */
static void put_companions(struct carding *at, uint32_t entity)
{
	const struct index *index = &at->reading->index;
	struct companion *companions;
	size_t count = count_companions(index, entity, &companions);
	if (count > 0) {
		sheet_line(at->sheet, 0);
		card_label(at, "appears with");
	}
	for (size_t i = 0; i < count && i < COMPANIONS_MOST; i++) {
		const struct entity *other = entity_of(at, companions[i].entity);
		size_t width = text_width(other->name, at->reader->policy) + 1;
		if (i > 0)
			put_text(at, ", ", at->muted);
		if (i > 0 && at->sheet->column + (int)width > at->sheet->columns)
			sheet_line(at->sheet, at->field);
		card_put(at, other->name, kind_style(at, other->kind));
	}
	free(companions);
}

/* ---- The whole -------------------------------------------------------------------------- */

static void put_entity(struct carding *at, const struct subject *subject)
{
	const struct entity *entity = entity_of(at, subject->entity);
	const struct kind *kind = &at->reader->packs->kinds[entity->kind];
	put_title(at, entity->name, kind_style(at, entity->kind), kind->name);
	put_aliases(at, entity);
	struct span role = annotations_role(at->reading->index.found, entity);
	if (role.start != NOWHERE) {
		card_label(at, "role");
		put_article(at, role);
	}
	put_mentions(at, subject->entity);
	put_first(at, subject->entity);
	put_quotes(at, subject->entity, subject->quote);
	put_companions(at, subject->entity);
	card_why_entity(at, subject->entity);
}

/* A quote of nobody's: a pronoun's, a role's, or one without a speaker. */
static void put_quote(struct carding *at, uint32_t quote)
{
	struct buffer name = {0};
	index_name(&at->reading->index, quote, &name);
	if (name.length == 0)
		buffer_text(&name, "\u2014");
	put_title(at, buffer_slice(&name), STYLE_TEXT, "quote");
	buffer_release(&name);
	card_label(at, "words");
	put_words(at, quote);
}

void card_fill(struct reader *reader, struct sheet *sheet)
{
	struct subject subject = reader_subject(reader);
	struct carding at = {
		.reader = reader,
		.reading = reader_reading(reader),
		.sheet = sheet,
		.field = sheet->columns < NARROW_COLUMNS ? LABEL_COLUMNS_NARROW : LABEL_COLUMNS,
		.plain = reader->look[LOOK_CARD],
		.muted = reader->look[LOOK_MUTED],
		.label = reader->look[LOOK_CARD_LABEL],
	};
	if (subject.entity != NO_ENTITY)
		put_entity(&at, &subject);
	else if (subject.quote != NO_QUOTE)
		put_quote(&at, subject.quote);
	if (subject.quote != NO_QUOTE)
		card_why_speaker(&at, subject.quote);
}
