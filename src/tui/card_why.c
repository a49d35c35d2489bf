/* Why an entity is of its kind, and a quote its speaker's: the rules, their places, and the reasons
 * that --why prints.
 */
#include "tui/card.h"

#include <string.h>

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
		card_put(at, word, at->muted);
	at->reason = word;
	if (at->sheet->column < at->field + REASON_COLUMNS)
		at->sheet->column = at->field + REASON_COLUMNS;
	card_wrap(at, slice_trim(slice_cut(line, word.length, line.length)), at->plain);
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
	card_label(at, label);
	card_put(at, slice_of(place->id), at->reader->look[LOOK_CARD_RULE]);
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
	reason->asked = reason->known = false;
	return NULL;
}

static void put_why(struct carding *at, int which, struct span span, const char *what)
{
	const struct reason *reason = reason_of(at, which, span.start);
	struct buffer head = {0};
	if (reason == NULL) {
		sheet_line(at->sheet, at->field);
		card_put(at, slice_of("\u2026"), at->muted);
		return;
	}
	buffer_format(&head, "%zu-%zu %s", span.start, span.end, what);
	put_reasons(at, buffer_slice(&reason->text), buffer_slice(&head));
	buffer_release(&head);
}

void card_why_entity(struct carding *at, uint32_t entity)
{
	const struct kind *kind =
		&at->reader->packs->kinds[at->reading->index.found->entities[entity].kind];
	const struct index *index = &at->reading->index;
	struct mention mention = index_mention_of(index, entity, 0);
	uint32_t here = index_mention_at(index, at->reading->article.point);
	if (here != NO_MENTION && index->found->entity_of[here] == entity)
		mention = annotations_mention(index->found, here);
	struct buffer label = {0};
	buffer_format(&label, "why %s", kind->name);
	put_rule(at, label.bytes, mention.rule);
	put_why(at, QUESTION_ENTITY, mention.span, kind->name);
	buffer_release(&label);
}

void card_why_speaker(struct carding *at, uint32_t quote)
{
	const struct annotations *found = at->reading->index.found;
	const struct quote what = annotations_quote(found, quote);
	put_rule(at, "why speaker", what.rule);
	put_why(at, QUESTION_SPEAKER, annotations_segment(found, what.first_segment), "quote");
}
