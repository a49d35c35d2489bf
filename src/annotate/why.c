/* What is marked at a byte, and why; the paragraphs of --why.
 *
 * An annotation a paragraph, outermost first: its place, kind and rule, then what made it so and
 * what lost against it.
 */
#include <stdlib.h>
#include <string.h>

#include "annotate/annotator.h"
#include "annotate/speech.h"

struct telling {
	struct annotator *annotator;
	const struct annotations *found;
	const struct window *window; /* all of it is read and named */
	struct finds lost;
	const struct document *document;
	const struct packs *packs;
	struct buffer *into;
	size_t offset;
	bool any;
};

static bool holds(struct span span, size_t offset)
{
	return span.start != NOWHERE && span.start <= offset && offset < span.end;
}

static void put_text(struct telling *at, struct span span)
{
	buffer_text(at->into, "“");
	text_visible(slice_cut(document_text(at->document), span.start, span.end), at->into);
	buffer_text(at->into, "”");
}

static void put_head(struct telling *at, struct span span, const char *kind, uint32_t rule)
{
	const struct rule_place *place = &at->found->rules[rule];
	buffer_format(at->into, "%s%zu-%zu %s %s/%s (%s:%zu:%zu)\n", at->any ? "\n" : "",
		span.start, span.end, kind, place->pack, place->id, place->path, place->line,
		place->column);
	at->any = true;
}

static const struct find *find_at(const struct telling *at, struct span span)
{
	const struct finds *finds = &at->window->finds;
	for (size_t i = 0; i < finds->count; i++)
		if (finds->items[i].span.start == span.start &&
			finds->items[i].span.end == span.end)
			return &finds->items[i];
	return NULL;
}

static void put_groups(struct telling *at, const struct find *find)
{
	if (!find)
		return;
	const struct rule *rule = &at->packs->items[find->pack]->rules[find->rule];
	for (uint32_t i = 0; i < find->group_count; i++) {
		const struct find_group *group = &at->window->groups[find->first_group + i];
		buffer_format(at->into, "  group %s %zu-%zu ",
			pattern_group_name(rule->match->pattern, group->number), group->span.start,
			group->span.end);
		put_text(at, group->span);
		buffer_byte(at->into, '\n');
	}
}

static void put_cluster(struct telling *at, const struct entity *entity)
{
	buffer_text(at->into, "  cluster ");
	text_visible(entity->name, at->into);
	for (uint32_t i = 0; i < entity->alias_count; i++) {
		buffer_text(at->into, i == 0 ? ": " : ", ");
		text_visible(at->found->aliases[entity->first_alias + i], at->into);
	}
	buffer_format(at->into, " (%u mention%s)\n", entity->mention_count,
		entity->mention_count == 1 ? "" : "s");
}

static void put_lost(struct telling *at, struct span span)
{
	for (size_t i = 0; i < at->lost.count; i++) {
		const struct find *lost = &at->lost.items[i];
		const struct pack *pack = at->packs->items[lost->pack];
		if (lost->span.end <= span.start || lost->span.start >= span.end)
			continue;
		const struct find *winner = find_at(at, span);
		const char *reason = "later";
		if (winner && winner->priority != lost->priority)
			reason = "lower priority";
		else if (lost->span.end - lost->span.start < span.end - span.start)
			reason = "shorter";
		buffer_format(at->into, "  lost %s/%.*s/%s ", at->packs->kinds[lost->kind].name,
			(int)pack->name.length, pack->name.bytes, pack->rules[lost->rule].id);
		put_text(at, lost->span);
		buffer_format(at->into, ": %s\n", reason);
	}
}

/* What a names rule weighed, its cluster and the kinds that lost: its engine tells it again. */
static bool put_names(struct telling *at, const struct find *find)
{
	const struct rule *rule = &at->packs->items[find->pack]->rules[find->rule];
	if (rule->type != RULE_NAMES)
		return false;
	window_use_pack(at->annotator, find->pack);
	return names_why(&at->annotator->window, rule, find->span.start, at->into);
}

static void tell_mention(struct telling *at, size_t index)
{
	struct mention mention = annotations_mention(at->found, index);
	const struct entity *entity = &at->found->entities[mention.entity];
	const struct find *find = find_at(at, mention.span);
	put_head(at, mention.span, at->packs->kinds[entity->kind].name, mention.rule);
	put_groups(at, find);
	if (!find || !put_names(at, find))
		put_cluster(at, entity);
	put_lost(at, mention.span);
}

static void tell_marked(struct telling *at, const struct marked *marked)
{
	put_head(at, marked->span, at->packs->kinds[marked->kind].name, marked->rule);
	put_groups(at, find_at(at, marked->span));
	put_lost(at, marked->span);
}

static void put_span(struct telling *at, const char *what, struct span span)
{
	if (span.start == NOWHERE)
		return;
	buffer_format(at->into, "  %s %zu-%zu ", what, span.start, span.end);
	put_text(at, span);
	buffer_byte(at->into, '\n');
}

static void tell_quote(struct telling *at, size_t index, struct span segment)
{
	struct quote quote = annotations_quote(at->found, index);
	const struct rule_place *place = &at->found->rules[quote.rule];
	put_head(at, segment, quote.form == QUOTE_PARTIAL ? "quote partial" : "quote direct",
		quote.rule);
	put_span(at, "cue", quote.cue);
	put_span(at, "speaker", quote.speaker);
	if (quote.speaker.start == NOWHERE)
		buffer_text(at->into, "  speaker nobody\n");
	buffer_format(at->into, "  speaker by %s, confidence %.2f%s\n", place->id, quote.confidence,
		quote.confidence < DOUBTFUL ? ", doubtful" : "");
	for (uint32_t i = 0; i < quote.speaker_entity_count; i++)
		put_cluster(
			at, &at->found->entities
				     [at->found->speaker_entities[quote.first_speaker_entity + i]]);
	const struct rule *rule = window_use_quotes(at->annotator);
	if (rule)
		speech_why(at->window, rule, at->offset, at->into);
}

static void tell_quotes(struct telling *at)
{
	for (size_t i = 0; i < at->found->quote_count; i++) {
		struct quote quote = annotations_quote(at->found, i);
		for (uint32_t s = 0; s < quote.segment_count; s++) {
			struct span segment =
				annotations_segment(at->found, quote.first_segment + s);
			if (holds(segment, at->offset))
				tell_quote(at, i, segment);
		}
	}
}

static void tell_references(struct telling *at)
{
	struct linked of = annotator_linked(at->annotator);
	struct buffer why = {0};
	if (references_why(&of, at->found, at->offset, &why)) {
		buffer_text(at->into, at->any ? "\n" : "");
		buffer_append(at->into, buffer_slice(&why));
		at->any = true;
	}
	buffer_release(&why);
	free(of.results);
}

/* Structure lies outermost, then quotes, entities and what only marks. */
static void tell_all(struct telling *at)
{
	for (int layer = LAYER_STRUCTURE; layer <= LAYER_USER; layer++) {
		if (layer == LAYER_QUOTE)
			tell_quotes(at);
		if (layer == LAYER_ENTITY)
			tell_references(at);
		for (size_t i = 0; layer == LAYER_ENTITY && i < at->found->mention_count; i++)
			if (holds(annotations_mention(at->found, i).span, at->offset))
				tell_mention(at, i);
		for (size_t i = 0; i < at->found->marked_count; i++) {
			const struct marked *marked = &at->found->marked[i];
			if ((int)at->packs->kinds[marked->kind].layer == layer &&
				holds(marked->span, at->offset))
				tell_marked(at, marked);
		}
	}
}

bool annotator_why(struct annotator *annotator, size_t offset, struct buffer *into)
{
	struct telling at = {.annotator = annotator,
		.found = annotator->last,
		.window = &annotator->window,
		.document = annotator->document,
		.packs = annotator->packs,
		.into = into,
		.offset = offset};
	if (annotator->windows.count == 0 || annotator_canceled(annotator))
		return false;
	annotator_watch(annotator, &annotator->canceled);
	window_open_again(annotator, offset, &at.lost);
	window_name(annotator, &at.lost);
	if (!annotator_canceled(annotator))
		tell_all(&at);
	annotator_watch(annotator, NULL);
	finds_release(&at.lost);
	window_close(annotator);
	return at.any;
}
