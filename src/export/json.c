/* A document as one JSON object; the schema is docs/schema/document.json. */
#include "byline/export.h"
#include "export/drain.h"

#define DRAIN_BYTES ((size_t)64 << 10)

void export_drain(const struct exported *what, struct buffer *printed)
{
	if (what->drain && printed->length >= DRAIN_BYTES)
		what->drain(printed, what->of);
}

static struct slice text_of(const struct exported *what, struct span span)
{
	return slice_cut(document_text(what->document), span.start, span.end);
}

static void print_span(struct json *json, struct span span)
{
	json_integer(json, "start", (int64_t)span.start);
	json_integer(json, "end", (int64_t)span.end);
}

static void print_spanned(
	struct json *json, const char *key, const struct exported *what, struct span span)
{
	if (span.start == NOWHERE) {
		json_null(json, key);
		return;
	}
	json_open(json, key, '{');
	json_text(json, "text", text_of(what, span));
	print_span(json, span);
	json_close(json, '}');
}

static void print_set(
	struct json *json, const char *key, const struct exported *what, struct span span)
{
	if (span.start == NOWHERE)
		json_null(json, key);
	else
		json_text(json, key, text_of(what, span));
}

static void print_rule(struct json *json, const struct exported *what, uint32_t rule)
{
	const struct rule_place *place = &what->annotations->rules[rule];
	struct buffer name = {0};
	buffer_text(&name, place->pack);
	buffer_byte(&name, '/');
	buffer_text(&name, place->id);
	json_text(json, "rule", buffer_slice(&name));
	buffer_release(&name);
}

#define WORDS_A_MINUTE 240.0

static void print_document(struct json *json, const struct exported *what)
{
	const struct document *document = what->document;
	const struct annotations *found = what->annotations;
	size_t words = document_words(document);
	json_open(json, "document", '{');
	json_text(json, "path", slice_of(document_path(document)));
	json_text(json, "type", slice_of(document_type_name(document)));
	json_text(json, "encoding", slice_of(document_encoding_name(document)));
	json_integer(json, "replaced", (int64_t)document_replaced(document));
	print_set(json, "title", what, found->title);
	print_set(json, "author", what, found->author);
	print_set(json, "published", what, found->published);
	json_text(json, "language", slice_of(found->language));
	json_integer(json, "bytes", (int64_t)document_text(document).length);
	json_integer(json, "paragraphs", (int64_t)document_paragraphs(document));
	json_integer(json, "sentences", (int64_t)found->sentences);
	json_integer(json, "words", (int64_t)words);
	json_decimal(json, "minutes", (double)words / WORDS_A_MINUTE, 1);
	json_close(json, '}');
}

static void print_entity(struct json *json, const struct exported *what, size_t index)
{
	const struct annotations *found = what->annotations;
	const struct entity *entity = &found->entities[index];
	json_open(json, NULL, '{');
	json_integer(json, "id", (int64_t)index);
	json_text(json, "kind", slice_of(what->packs->kinds[entity->kind].name));
	json_text(json, "name", entity->name);
	json_open(json, "aliases", '[');
	for (uint32_t i = 0; i < entity->alias_count; i++)
		json_text(json, NULL, found->aliases[entity->first_alias + i]);
	json_close(json, ']');
	print_spanned(json, "role", what, annotations_role(found, entity));
	json_open(json, "mentions", '[');
	for (uint32_t i = 0; i < entity->mention_count; i++) {
		struct mention mention =
			annotations_mention(found, found->by_entity[entity->first_mention + i]);
		json_open(json, NULL, '{');
		print_span(json, mention.span);
		json_text(json, "text", text_of(what, mention.span));
		print_rule(json, what, mention.rule);
		json_close(json, '}');
		export_drain(what, json->out);
	}
	json_close(json, ']');
	json_close(json, '}');
}

static void print_speaker(struct json *json, const struct exported *what, const struct quote *quote)
{
	const struct annotations *found = what->annotations;
	if (quote->speaker.start == NOWHERE) {
		json_null(json, "speaker");
		return;
	}
	json_open(json, "speaker", '{');
	print_span(json, quote->speaker);
	json_text(json, "text", text_of(what, quote->speaker));
	if (quote->speaker_entity_count > 0)
		json_integer(json, "entity", found->speaker_entities[quote->first_speaker_entity]);
	else
		json_null(json, "entity");
	json_open(json, "entities", '[');
	for (uint32_t i = 0; i < quote->speaker_entity_count; i++)
		json_integer(json, NULL, found->speaker_entities[quote->first_speaker_entity + i]);
	json_close(json, ']');
	json_decimal(json, "confidence", quote->confidence, 2);
	print_rule(json, what, quote->rule);
	json_close(json, '}');
}

static void print_quote(struct json *json, const struct exported *what, size_t index)
{
	static const char *const forms[] = {[QUOTE_DIRECT] = "direct", [QUOTE_PARTIAL] = "partial"};
	const struct quote quote = annotations_quote(what->annotations, index);
	struct buffer text = {0};
	json_open(json, NULL, '{');
	json_integer(json, "id", (int64_t)index);
	quote_text(what->document, what->annotations, &quote, &text);
	json_text(json, "text", buffer_slice(&text));
	json_text(json, "form", slice_of(forms[quote.form]));
	json_open(json, "segments", '[');
	for (uint32_t i = 0; i < quote.segment_count; i++) {
		json_open(json, NULL, '{');
		print_span(json, annotations_segment(what->annotations, quote.first_segment + i));
		json_close(json, '}');
	}
	json_close(json, ']');
	print_spanned(json, "cue", what, quote.cue);
	print_speaker(json, what, &quote);
	json_close(json, '}');
	buffer_release(&text);
	export_drain(what, json->out);
}

static void print_marked(struct json *json, const struct exported *what, size_t index)
{
	const struct marked *marked = &what->annotations->marked[index];
	json_open(json, NULL, '{');
	print_span(json, marked->span);
	json_text(json, "text", text_of(what, marked->span));
	json_text(json, "kind", slice_of(what->packs->kinds[marked->kind].name));
	print_rule(json, what, marked->rule);
	json_open(json, "groups", '{');
	for (uint32_t i = 0; i < marked->group_count; i++) {
		const struct mark_group *group =
			&what->annotations->groups[marked->first_group + i];
		json_open(json, group->name.bytes, '{');
		print_span(json, group->span);
		json_close(json, '}');
	}
	json_close(json, '}');
	json_close(json, '}');
	export_drain(what, json->out);
}

void export_json(const struct exported *what, struct buffer *into)
{
	struct json json = {into, true};
	const struct annotations *found = what->annotations;
	json_open(&json, NULL, '{');
	json_integer(&json, "byline", 1);
	print_document(&json, what);
	json_open(&json, "entities", '[');
	for (size_t i = 0; i < found->entity_count; i++)
		print_entity(&json, what, i);
	json_close(&json, ']');
	json_open(&json, "quotes", '[');
	for (size_t i = 0; i < found->quote_count; i++)
		print_quote(&json, what, i);
	json_close(&json, ']');
	json_open(&json, "annotations", '[');
	for (size_t i = 0; i < found->marked_count; i++)
		print_marked(&json, what, i);
	json_close(&json, ']');
	json_close(&json, '}');
}
