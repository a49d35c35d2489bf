/* Whom every pronoun and role of a text stands for.
 *
 * The text is gone through once, in the order of names, pronouns and roles, while discourse.c keeps
 * in mind who was named. What it tells is asked for speakers that are no names; and for any other
 * pronoun or role when somebody wants to know why.
 */
#include <stdlib.h>

#include "annotate/discourse.h"

/* A quote of the window whose speaker stands there. */
struct swept_speaker {
	size_t start, end;
	uint32_t said; /* in the window */
};

struct sweep {
	const struct linked *of;
	const struct annotations *found;
	const struct pack *pack; /* whose words the references are; NULL: there were none yet */
	struct discourse *discourse;
	struct meant *meant;         /* by quote: whom its speaker stands for if that is no name */
	bool known;                  /* who says each quote */
	const struct result *result; /* the window, */
	size_t mention, quote;       /* and how many there are before it */
	struct swept_speaker *speakers;
	size_t speaker_count, speaker_capacity;
	size_t speaker, segment, said, said_segments; /* where the hand stands, or the next */
	size_t watched; /* this byte's reference is told; NOWHERE: none */
	struct buffer *why;
	bool told;
};

/* ---- The speakers of a window ----------------------------------------------------------- */

static int by_place(const void *a, const void *b)
{
	const struct swept_speaker *left = a, *right = b;
	if (left->start != right->start)
		return (left->start > right->start) - (left->start < right->start);
	return (left->said > right->said) - (left->said < right->said);
}

static void order_speakers(struct sweep *at)
{
	at->speaker_count = at->speaker = at->segment = at->said = at->said_segments = 0;
	for (uint32_t i = 0; i < at->result->said_count; i++) {
		const struct result_said *said = &at->result->saids[i];
		struct span speaker = result_span(at->result, said->speaker);
		if (speaker.start == NOWHERE || said->turn > 0)
			continue;
		at->speakers = grow(at->speakers, &at->speaker_capacity, at->speaker_count + 1,
			sizeof *at->speakers);
		at->speakers[at->speaker_count++] =
			(struct swept_speaker){speaker.start, speaker.end, i};
	}
	if (at->speaker_count > 0)
		qsort(at->speakers, at->speaker_count, sizeof *at->speakers, by_place);
}

/* The speaker in whose span an offset is, or NULL. */
static const struct swept_speaker *speaker_at(struct sweep *at, size_t offset)
{
	while (at->speaker < at->speaker_count && at->speakers[at->speaker].end <= offset)
		at->speaker++;
	if (at->speaker == at->speaker_count)
		return NULL;
	const struct swept_speaker *speaker = &at->speakers[at->speaker];
	return speaker->start <= offset ? speaker : NULL;
}

/* All quotes with the same speaker's span, from the hand on. */
static void give(struct sweep *at, const struct swept_speaker *speaker, struct meant meant)
{
	for (size_t i = at->speaker; i < at->speaker_count; i++)
		if (at->speakers[i].start == speaker->start && at->meant)
			at->meant[at->quote + at->speakers[i].said] = meant;
		else
			return;
}

/* ---- Who says the words around a place -------------------------------------------------- */

/* Moves to the segment that holds the offset, or the next one, and its quote. */
static bool is_quoted(struct sweep *at, size_t offset)
{
	const struct result *result = at->result;
	for (; at->segment < result->segment_count; at->segment++) {
		struct span segment = result_span(result, result->segments[at->segment]);
		while (at->said < result->said_count &&
			at->said_segments + result->saids[at->said].segments <= at->segment)
			at->said_segments += result->saids[at->said++].segments;
		if (segment.end > offset)
			return segment.start <= offset;
	}
	return false;
}

static void add_meant(struct meant *meant, uint32_t entity)
{
	if (meant->count < MEANT_MOST)
		meant->entities[meant->count++] = entity;
}

static struct meant named_in(const struct sweep *at, struct span span)
{
	const struct annotations *found = at->found;
	struct meant meant = {{0}, 0};
	size_t i = annotations_mention_ending_behind(found, span.start);
	for (; i < found->mention_count && meant.count < MEANT_MOST; i++) {
		if (annotations_mention(found, i).span.start >= span.end)
			break;
		if (at->of->packs->kinds[found->entities[found->entity_of[i]].kind].speaks)
			add_meant(&meant, found->entity_of[i]);
	}
	return meant;
}

/* Not known yet if a pronoun behind the quote tells. */
static struct meant quote_speaker(const struct sweep *at)
{
	struct meant meant = {{0}, 0};
	if (!at->known) {
		struct span span = result_span(at->result, at->result->saids[at->said].speaker);
		meant = span.start != NOWHERE ? named_in(at, span) : meant;
		return meant.count > 0 || !at->meant ? meant : at->meant[at->quote + at->said];
	}
	struct quote quote = annotations_quote(at->found, at->quote + at->said);
	for (uint32_t i = 0; i < quote.speaker_entity_count; i++)
		add_meant(&meant, at->found->speaker_entities[quote.first_speaker_entity + i]);
	return meant;
}

/* ---- Names and references --------------------------------------------------------------- */

static struct discourse_place place_of(struct sweep *at, struct span span, uint32_t sentence)
{
	struct discourse_place place = {.span = span,
		.block = document_block_at(at->of->document, span.start),
		.sentence = sentence,
		.begins = true,
		.speaks = speaker_at(at, span.start) != NULL,
		.quoted = is_quoted(at, span.start)};
	if (place.quoted)
		place.speaker = quote_speaker(at);
	return place;
}

static bool is_in(struct span span, size_t offset)
{
	return span.start != NOWHERE && span.start <= offset && offset < span.end;
}

/* Who is named over the text is on nobody's mind yet: titles, the author, who stands behind the
 * place in a dateline. */
static bool is_outside_of_text(const struct sweep *at, const struct discourse_place *place)
{
	const struct annotations *found = at->found;
	size_t offset = place->span.start;
	return document_block(at->of->document, place->block).kind == BLOCK_HEADING ||
	       is_in(found->title, offset) || is_in(found->author, offset) ||
	       (found->dateline.start != NOWHERE && offset > found->dateline.end &&
		       offset <= found->dateline.end + strlen(" ("));
}

static void meet_name(struct sweep *at, size_t index)
{
	const struct result_mention *mention = &at->result->mentions[index];
	uint32_t entity = at->found->entity_of[at->mention + index];
	if (!at->of->packs->kinds[mention->kind].speaks)
		return;
	struct discourse_place place =
		place_of(at, result_mention_span(at->result, mention), mention->sentence);
	if (!is_outside_of_text(at, &place))
		discourse_name(at->discourse, &place, entity);
}

static void tell_begin(struct sweep *at, struct span span)
{
	const struct pack *pack = at->pack;
	buffer_format(at->why, "%s%zu-%zu reference %.*s/reference (%s:%zu:%zu)\n",
		at->told ? "\n" : "", span.start, span.end, (int)pack->name.length,
		pack->name.bytes, pack->path, pack->reference->line, pack->reference->column);
	at->told = true;
	discourse_tell(at->discourse, at->why);
}

static void tell_end(struct sweep *at, const struct meant *meant)
{
	discourse_tell(at->discourse, NULL);
	for (uint32_t i = 0; i < meant->count; i++) {
		buffer_text(at->why, "  stands for ");
		text_visible(at->found->entities[meant->entities[i]].name, at->why);
		buffer_byte(at->why, '\n');
	}
	if (meant->count == 0)
		buffer_text(at->why, "  stands for nobody who is named\n");
}

/* A speaker that is a pronoun, or that begins with a role (*the mayor of Vigo*). */
static bool is_speaker(const struct swept_speaker *speaker, const struct reference_found *reference)
{
	return speaker && speaker->start == reference->span.start &&
	       (reference->pronouns == IS_ROLE || speaker->end == reference->span.end);
}

static void meet_reference(struct sweep *at, const struct result_reference *kept)
{
	struct span span =
		result_span(at->result, (struct result_stretch){kept->start, kept->length});
	struct reference_found reference = {span, kept->clause, kept->pronouns, kept->use};
	struct discourse_place place = place_of(at, span, kept->sentence);
	bool role = reference.pronouns == IS_ROLE;
	if (is_outside_of_text(at, &place))
		return;
	place.begins = !role || (reference.clause == 0 && !(reference.use & ROLE_OWNER));
	bool watched = is_in(span, at->watched);
	if (watched)
		tell_begin(at, span);
	struct meant meant = role ? discourse_role(at->discourse, &place, &reference)
				  : discourse_pronoun(at->discourse, &place, &reference);
	if (watched)
		tell_end(at, &meant);
	const struct swept_speaker *speaker = speaker_at(at, span.start);
	if (is_speaker(speaker, &reference))
		give(at, speaker, meant);
}

/* ---- The sweep -------------------------------------------------------------------------- */

static void use_pack(struct sweep *at, const struct pack *pack)
{
	if (at->pack == pack)
		return;
	if (at->discourse)
		discourse_free(at->discourse);
	at->pack = pack;
	at->discourse = discourse_new(at->of, at->found, pack);
}

static void sweep_window(struct sweep *at)
{
	const struct result *result = at->result;
	size_t next = 0;
	order_speakers(at);
	for (size_t i = 0; i <= result->mention_count; i++) {
		for (; next < result->reference_count; next++) {
			const struct result_reference *reference = &result->references[next];
			if (i < result->mention_count &&
				reference->start >= result->mentions[i].start)
				break;
			meet_reference(at, reference);
		}
		if (i < result->mention_count)
			meet_name(at, i);
	}
}

static void sweep_all(struct sweep *at)
{
	for (size_t w = 0; w < at->of->count; w++) {
		if (atomic_load_explicit(at->of->canceled, memory_order_relaxed))
			break;
		at->result = at->of->results[w];
		if (at->result->reference_count > 0)
			use_pack(at, at->of->packs->items[at->result->reference_pack]);
		if (at->discourse)
			sweep_window(at);
		at->mention += at->result->mention_count;
		at->quote += at->result->said_count;
	}
	if (at->discourse)
		discourse_free(at->discourse);
	free(at->speakers);
}

struct meant *speakers_meant(const struct linked *of, const struct annotations *found)
{
	struct meant *meant = memory_allocate((found->quote_count + 1) * sizeof *meant);
	struct sweep at = {.of = of, .found = found, .meant = meant, .watched = NOWHERE};
	sweep_all(&at);
	return meant;
}

bool references_why(
	const struct linked *of, const struct annotations *found, size_t offset, struct buffer *why)
{
	struct sweep at = {.of = of, .found = found, .known = true, .watched = offset, .why = why};
	sweep_all(&at);
	return at.told;
}
