/* The card: what is known of an entity or a quote, and why it is marked so. */
#include "tui/app.h"

#include <stdlib.h>
#include <string.h>

#define LABEL_COLUMNS 15
#define LABEL_COLUMNS_NARROW 2 /* fields stand below their labels */
#define NARROW_COLUMNS 44
#define COMPANIONS_MOST 12

struct carding {
	struct reader *reader;
	const struct reading *reading;
	struct sheet *sheet;
	int field;           /* column of fields */
	struct slice reason; /* what the last reason was called */
	style_id plain, muted, label;
};

/* ---- Lines ------------------------------------------------------------------------------ */

static void put(struct carding *at, struct slice text, style_id style)
{
	sheet_put(at->sheet, text, style, at->reader->policy);
}

static void put_text(struct carding *at, const char *text, style_id style)
{
	put(at, slice_of(text), style);
}

/* Begins a field: its label, and the column of what follows. */
static void put_label(struct carding *at, const char *label)
{
	sheet_line(at->sheet, 0);
	put_text(at, label, at->label);
	if (at->field == LABEL_COLUMNS_NARROW)
		sheet_line(at->sheet, at->field);
	at->sheet->column = at->field;
}

static void put_runs(struct carding *at, const struct runs *runs, struct span row)
{
	for (size_t i = 0; i < runs->count; i++) {
		struct span span = runs->items[i].span;
		span.start = span.start > row.start ? span.start : row.start;
		span.end = span.end < row.end ? span.end : row.end;
		if (span.start < span.end)
			put(at, reading_text(at->reading, span), runs->items[i].style);
	}
}

/* A stretch of the article, wrapped, as the article shows it. */
static void put_article(struct carding *at, struct span span)
{
	struct rows rows = {0};
	struct runs runs = {0};
	int room = at->sheet->columns - at->field;
	rows_wrap(reading_text(at->reading, span), span.start, room > 1 ? (unsigned)room : 1, 0,
		at->reader->policy, &rows);
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
static void put_wrapped(struct carding *at, struct slice text, style_id style)
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
	put(at, name, style_compose(at->reader->styles, at->reader->look[LOOK_CARD_TITLE], style));
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
	put_label(at, "aliases");
	if (text.length > 0)
		put_wrapped(at, buffer_slice(&text), at->plain);
	else
		put_text(at, "none here", at->muted);
	buffer_release(&text);
}

static void put_first(struct carding *at, uint32_t entity)
{
	const struct document *document = at->reading->document;
	size_t offset = index_mention_of(&at->reading->index, entity, 0)->span.start;
	struct buffer text = {0};
	buffer_format(&text, "paragraph %zu of %zu, byte %zu",
		document_block_at(document, offset) + 1, document_block_count(document), offset);
	put_label(at, "first");
	put_wrapped(at, buffer_slice(&text), at->plain);
	buffer_release(&text);
}

static void put_mentions(struct carding *at, uint32_t entity)
{
	unsigned heights[HISTOGRAM_BINS];
	struct buffer text = {0};
	buffer_format(&text, "%-6u", entity_of(at, entity)->mention_count);
	put_label(at, "mentions");
	put(at, buffer_slice(&text), at->plain);
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

static void put_saying(struct carding *at, uint32_t quote)
{
	sheet_line(at->sheet, at->field);
	put_wrapped(at, at->reading->index.sayings[quote].text, at->reader->look[LOOK_QUOTE_WORDS]);
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
	put_label(at, "quotes");
	buffer_format(&text, "%u of %zu  ", speaker->quotes, index->found->quote_count);
	put(at, buffer_slice(&text), at->plain);
	text.length = 0;
	buffer_format(&text, "%u of %u words, %u%%", speaker->words, index->words,
		index->words > 0 ? (unsigned)((uint64_t)speaker->words * 100 / index->words) : 0);
	put(at, buffer_slice(&text), at->muted);
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

/* Counts the mentions in a block of all others. */
static void count_block(
	const struct index *index, size_t block, uint32_t entity, struct companion *companions)
{
	struct span extent = document_block(index->document, block)->extent;
	for (size_t i = index_mention_from(index, extent.start); i < index->found->mention_count;
		i++) {
		const struct mention *mention = &index->found->mentions[i];
		if (mention->span.start >= extent.end)
			return;
		if (mention->entity != entity)
			companions[mention->entity].times++;
	}
}

static void count_companions(
	const struct index *index, uint32_t entity, struct companion *companions)
{
	size_t last = SIZE_MAX;
	for (uint32_t i = 0; i < index->found->entity_count; i++)
		companions[i].entity = i;
	for (uint32_t i = 0; i < index->found->entities[entity].mention_count; i++) {
		size_t block = document_block_at(
			index->document, index_mention_of(index, entity, i)->span.start);
		if (block != last)
			count_block(index, block, entity, companions);
		last = block;
	}
	qsort(companions, index->found->entity_count, sizeof *companions, companion_compare);
}

/* Names in their kinds' styles, as many as fit on two rows. */
static void put_companions(struct carding *at, uint32_t entity)
{
	const struct index *index = &at->reading->index;
	size_t count = index->found->entity_count;
	struct companion *companions = memory_allocate((count + 1) * sizeof *companions);
	count_companions(index, entity, companions);
	if (companions[0].times > 0) {
		sheet_line(at->sheet, 0);
		put_label(at, "appears with");
	}
	for (size_t i = 0; i < count && i < COMPANIONS_MOST && companions[i].times > 0; i++) {
		const struct entity *other = entity_of(at, companions[i].entity);
		size_t width = text_width(other->name, at->reader->policy) + 1;
		if (i > 0)
			put_text(at, ", ", at->muted);
		if (i > 0 && at->sheet->column + (int)width > at->sheet->columns)
			sheet_line(at->sheet, at->field);
		put(at, other->name, kind_style(at, other->kind));
	}
	free(companions);
}

/* ---- Why -------------------------------------------------------------------------------- */

static struct slice take_line(struct slice *text)
{
	const char *end = text->length > 0 ? memchr(text->bytes, '\n', text->length) : NULL;
	size_t length = end != NULL ? (size_t)(end - text->bytes) : text->length;
	struct slice line = slice_cut(*text, 0, length);
	*text = slice_cut(*text, length + (end != NULL), text->length);
	return line;
}

#define REASON_COLUMNS 10 /* of the word that says what a reason is */

/* An indented line of --why: a word that says what it is, and the rest. The word stands once for
 * lines of a sort. */
static void put_reason(struct carding *at, struct slice line)
{
	line = slice_trim(line);
	const char *blank = line.length > 0 ? memchr(line.bytes, ' ', line.length) : NULL;
	struct slice word =
		slice_cut(line, 0, blank != NULL ? (size_t)(blank - line.bytes) : line.length);
	sheet_line(at->sheet, at->field);
	if (!slice_equal(word, at->reason))
		put(at, word, at->muted);
	at->reason = word;
	if (at->sheet->column < at->field + REASON_COLUMNS)
		at->sheet->column = at->field + REASON_COLUMNS;
	put_wrapped(at, slice_trim(slice_cut(line, word.length, line.length)), at->plain);
}

/* The paragraph of --why about one annotation, which its first line begins with. */
static void put_reasons(struct carding *at, struct slice why, struct slice head)
{
	bool inside = false;
	at->reason = (struct slice){0};
	while (why.length > 0) {
		struct slice line = take_line(&why);
		bool indented = slice_starts(line, " ");
		if (!indented)
			inside = slice_equal(slice_cut(line, 0, head.length), head);
		else if (inside)
			put_reason(at, line);
	}
}

static void put_rule(struct carding *at, const char *label, uint32_t rule)
{
	const struct rule_place *place = &at->reading->index.found->rules[rule];
	struct buffer where = {0};
	text_visible(path_name(slice_of(place->path)), &where);
	buffer_format(&where, ":%zu", place->line);
	sheet_line(at->sheet, 0);
	put_label(at, label);
	put_text(at, place->id, at->reader->look[LOOK_CARD_RULE]);
	sheet_right(at->sheet, buffer_slice(&where), at->muted, at->reader->policy);
	buffer_release(&where);
}

/* The reason, if it is known; else it is asked for, and the card filled anew when it comes. */
static const struct reason *reason_of(struct carding *at, int which, size_t offset)
{
	struct reason *reason = &at->reader->reasons[which];
	if (reason->reading == at->reading && reason->offset == offset)
		return reason->known ? reason : NULL;
	reason->reading = at->reading;
	reason->offset = offset;
	reason->known = false;
	return NULL;
}

static void put_why(struct carding *at, int which, struct span span, const char *what)
{
	const struct reason *reason = reason_of(at, which, span.start);
	struct buffer head = {0};
	if (reason == NULL) {
		sheet_line(at->sheet, at->field);
		put_text(at, "\u2026", at->muted);
		return;
	}
	buffer_format(&head, "%zu-%zu %s", span.start, span.end, what);
	put_reasons(at, buffer_slice(&reason->text), buffer_slice(&head));
	buffer_release(&head);
}

static void put_why_entity(struct carding *at, uint32_t entity)
{
	const struct kind *kind = &at->reader->packs->kinds[entity_of(at, entity)->kind];
	const struct index *index = &at->reading->index;
	const struct mention *mention = index_mention_of(index, entity, 0);
	uint32_t here = index_mention_at(index, at->reading->article.point);
	if (here != NO_MENTION && index->found->mentions[here].entity == entity)
		mention = &index->found->mentions[here];
	struct buffer label = {0};
	buffer_format(&label, "why %s", kind->name);
	put_rule(at, label.bytes, mention->rule);
	put_why(at, REASON_ENTITY, mention->span, kind->name);
	buffer_release(&label);
}

static void put_why_speaker(struct carding *at, uint32_t quote)
{
	const struct annotations *found = at->reading->index.found;
	const struct quote *what = &found->quotes[quote];
	put_rule(at, "why speaker", what->rule);
	put_why(at, REASON_SPEAKER, found->segments[what->first_segment], "quote");
}

/* ---- The whole -------------------------------------------------------------------------- */

static void put_entity(struct carding *at, const struct subject *subject)
{
	const struct entity *entity = entity_of(at, subject->entity);
	const struct kind *kind = &at->reader->packs->kinds[entity->kind];
	put_title(at, entity->name, kind_style(at, entity->kind), kind->name);
	put_aliases(at, entity);
	if (entity->role.start != NOWHERE) {
		put_label(at, "role");
		put_article(at, entity->role);
	}
	put_mentions(at, subject->entity);
	put_first(at, subject->entity);
	put_quotes(at, subject->entity, subject->quote);
	put_companions(at, subject->entity);
	put_why_entity(at, subject->entity);
}

/* A quote of nobody's: a pronoun's, a role's, or one without a speaker. */
static void put_quote(struct carding *at, uint32_t quote)
{
	const struct saying *saying = &at->reading->index.sayings[quote];
	struct slice name = saying->name.length > 0 ? saying->name : slice_of("\u2014");
	put_title(at, name, STYLE_TEXT, "quote");
	put_label(at, "words");
	put_wrapped(at, saying->text, at->reader->look[LOOK_QUOTE_WORDS]);
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
		put_why_speaker(&at, subject.quote);
}

/* ---- What it is about ------------------------------------------------------------------- */

static struct subject subject_of_quote(const struct reading *reading, uint32_t quote)
{
	uint32_t speaker = reading->index.sayings[quote].speaker;
	return (struct subject){reading->index.speakers[speaker].entity, quote};
}

static bool speaks(const struct reading *reading, uint32_t quote, uint32_t entity)
{
	return quote != NO_QUOTE && subject_of_quote(reading, quote).entity == entity;
}

static struct subject subject_of_entity(const struct reading *reading, uint32_t entity)
{
	bool quoted = speaks(reading, reading->quote, entity);
	return (struct subject){entity, quoted ? reading->quote : NO_QUOTE};
}

/* The first mention or quote after the point that is in view, which a jump may have landed on. */
static struct subject subject_in_view(struct reading *reading)
{
	const struct index *index = &reading->index;
	struct article *article = &reading->article;
	size_t end = article_view(article).end;
	uint32_t mention = index_mention_at(index, article->point);
	uint32_t quote = index_quote_at(index, article->point);
	if (mention != NO_MENTION)
		return subject_of_entity(reading, index->found->mentions[mention].entity);
	if (quote != NO_QUOTE)
		return subject_of_quote(reading, quote);
	size_t next = index_mention_from(index, article->point);
	if (next < index->found->mention_count && index->found->mentions[next].span.start < end)
		return subject_of_entity(reading, index->found->mentions[next].entity);
	return (struct subject){NO_ENTITY, NO_QUOTE};
}

struct subject reader_subject(const struct reader *reader)
{
	struct reading *reading = reader_reading(reader);
	if (!reading->annotated || article_is_empty(&reading->article))
		return (struct subject){NO_ENTITY, NO_QUOTE};
	if (reader->focus == PANE_ENTITIES && reading->entity != NO_ENTITY)
		return subject_of_entity(reading, reading->entity);
	bool at_quote =
		reading->quote != NO_QUOTE &&
		reading->article.point == reading->index.sayings[reading->quote].extent.start;
	if (reading->quote != NO_QUOTE && (at_quote || reader->focus == PANE_QUOTES))
		return subject_of_quote(reading, reading->quote);
	return subject_in_view(reading);
}
