/* What a card is about: what stands at the point, or is chosen in a list. */
#include "tui/app.h"

static struct subject subject_of_quote(const struct reading *reading, uint32_t quote)
{
	uint32_t speaker = reading->index.speaker_of[quote];
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
		return subject_of_entity(reading, index->found->entity_of[mention]);
	if (quote != NO_QUOTE)
		return subject_of_quote(reading, quote);
	size_t next = annotations_mention_from(index->found, article->point);
	if (next < index->found->mention_count &&
		annotations_mention(index->found, next).span.start < end)
		return subject_of_entity(reading, index->found->entity_of[next]);
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
		reading->article.point == index_extent(&reading->index, reading->quote).start;
	if (reading->quote != NO_QUOTE && (at_quote || reader->focus == PANE_QUOTES))
		return subject_of_quote(reading, reading->quote);
	return subject_in_view(reading);
}
