/* The parts that --only prints, and the words of a quote. */
#include <string.h>

#include "byline/export.h"
#include "export/drain.h"

const char *const export_part_names[] = {
	"article", "entities", "quotes", "blocks", "sentences", NULL};

/* ---- Quotes ----------------------------------------------------------------------------- */

static struct slice segment_text(const struct document *document,
	const struct annotations *annotations, const struct quote *quote, uint32_t index)
{
	struct span span = annotations_segment(annotations, quote->first_segment + index);
	return slice_cut(document_text(document), span.start, span.end);
}

void quote_text(const struct document *document, const struct annotations *annotations,
	const struct quote *quote, struct buffer *into)
{
	for (uint32_t i = 0; i < quote->segment_count; i++) {
		if (i > 0)
			buffer_byte(into, ' ');
		buffer_append(into, segment_text(document, annotations, quote, i));
	}
}

size_t quote_words(const struct document *document, const struct annotations *annotations,
	const struct quote *quote)
{
	size_t words = 0;
	for (uint32_t i = 0; i < quote->segment_count; i++)
		words += words_count(segment_text(document, annotations, quote, i));
	return words;
}

void quote_speaker(const struct document *document, const struct annotations *annotations,
	const struct quote *quote, struct buffer *into)
{
	for (uint32_t i = 0; i < quote->speaker_entity_count; i++) {
		uint32_t entity = annotations->speaker_entities[quote->first_speaker_entity + i];
		buffer_text(into, i > 0 ? ", " : "");
		buffer_append(into, annotations->entities[entity].name);
	}
	if (quote->speaker_entity_count == 0 && quote->speaker.start != NOWHERE)
		buffer_append(into, slice_cut(document_text(document), quote->speaker.start,
					    quote->speaker.end));
}

static struct slice last_word(struct slice name)
{
	size_t start = name.length;
	while (start > 0 && name.bytes[start - 1] != ' ')
		start--;
	return slice_cut(name, start, name.length);
}

struct slice entity_short_name(const struct packs *packs, const struct annotations *annotations,
	const struct entity *entity)
{
	struct slice shortest = entity->name;
	if (packs->kinds[entity->kind].short_last)
		return last_word(entity->name);
	for (uint32_t i = 0; i < entity->alias_count; i++) {
		struct slice alias = annotations->aliases[entity->first_alias + i];
		if (alias.length < shortest.length)
			shortest = alias;
	}
	return shortest;
}

/* ---- Lines of fields -------------------------------------------------------------------- */

static void put_escaped(struct buffer *into, struct slice text)
{
	for (size_t i = 0; i < text.length; i++) {
		char byte = text.bytes[i];
		if (byte == '\\')
			buffer_text(into, "\\\\");
		else if (byte == '\t')
			buffer_text(into, "\\t");
		else if (byte == '\n')
			buffer_text(into, "\\n");
		else
			buffer_byte(into, byte);
	}
}

static void print_entities(const struct exported *what, struct buffer *into)
{
	const struct annotations *found = what->annotations;
	for (size_t i = 0; i < found->entity_count; i++) {
		const struct entity *entity = &found->entities[i];
		buffer_format(into, "%s\t", what->packs->kinds[entity->kind].name);
		put_escaped(into, entity->name);
		buffer_format(into, "\t%u\t", entity->mention_count);
		for (uint32_t a = 0; a < entity->alias_count; a++) {
			buffer_text(into, a > 0 ? "|" : "");
			put_escaped(into, found->aliases[entity->first_alias + a]);
		}
		buffer_byte(into, '\t');
		struct span role = annotations_role(found, entity);
		if (role.start != NOWHERE)
			put_escaped(into,
				slice_cut(document_text(what->document), role.start, role.end));
		buffer_byte(into, '\n');
		export_drain(what, into);
	}
}

static void print_quotes(const struct exported *what, struct buffer *into)
{
	const struct annotations *found = what->annotations;
	struct slice all = document_text(what->document);
	for (size_t i = 0; i < found->quote_count; i++) {
		const struct quote quote = annotations_quote(found, i);
		struct buffer text = {0}, name = {0};
		buffer_format(into, "%zu\t%s\t%zu\t", i + 1,
			quote.form == QUOTE_PARTIAL ? "partial" : "direct",
			annotations_segment(found, quote.first_segment).start);
		if (quote.speaker.start != NOWHERE)
			put_escaped(into, slice_cut(all, quote.speaker.start, quote.speaker.end));
		buffer_byte(into, '\t');
		if (quote.speaker_entity_count > 0)
			quote_speaker(what->document, found, &quote, &name);
		put_escaped(into, buffer_slice(&name));
		buffer_byte(into, '\t');
		quote_text(what->document, found, &quote, &text);
		put_escaped(into, buffer_slice(&text));
		buffer_byte(into, '\n');
		buffer_release(&text);
		buffer_release(&name);
		export_drain(what, into);
	}
}

static void print_stretch(
	struct buffer *into, const char *kind, struct span span, struct slice text)
{
	buffer_format(into, "%s\t%zu\t%zu\t", kind, span.start, span.end);
	put_escaped(into, text);
	buffer_byte(into, '\n');
}

static void print_blocks(const struct exported *what, struct buffer *into)
{
	for (size_t i = 0; i < document_block_count(what->document); i++) {
		const struct block block = document_block(what->document, i);
		print_stretch(into, block_kind_name((enum block_kind)block.kind), block.body,
			document_body(what->document, i));
		export_drain(what, into);
	}
}

static void print_sentences(const struct exported *what, struct buffer *into)
{
	struct spans spans = {0};
	for (size_t i = 0; i < document_block_count(what->document); i++) {
		const struct block block = document_block(what->document, i);
		spans.count = 0;
		sentences_find(
			document_body(what->document, i), block.body.start, what->words, &spans);
		for (size_t s = 0; s < spans.count; s++)
			print_stretch(into, block_kind_name((enum block_kind)block.kind),
				spans.items[s],
				slice_cut(document_text(what->document), spans.items[s].start,
					spans.items[s].end));
		export_drain(what, into);
	}
	spans_release(&spans);
}

void export_part(const struct exported *what, enum export_part part, struct buffer *into)
{
	switch (part) {
	case EXPORT_ARTICLE:
		buffer_append(into, document_text(what->document));
		break;
	case EXPORT_ENTITIES:
		print_entities(what, into);
		break;
	case EXPORT_QUOTES:
		print_quotes(what, into);
		break;
	case EXPORT_BLOCKS:
		print_blocks(what, into);
		break;
	case EXPORT_SENTENCES:
		print_sentences(what, into);
		break;
	}
}
