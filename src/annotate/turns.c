/* Whose turn a quote is in a conversation.
 *
 * Where one quote follows another without a word between them, somebody else speaks. Two parties
 * take turns: who answers an answer is who spoke before it. Else it is who was spoken to by name,
 * else whoever spoke last, or speaks next, and is not who said the quote before. The speaker's
 * place is then where the text names that party.
 *
 * Who tells the text (*I said*) is whom the others call by name in those talks, more than once and
 * more often than anybody else. Of whom it tells that he speaks, he does not tell it.
 */
#include "annotate/resolving.h"

#define REACH_TELLER 3 /* how far from his words he is called by name */
#define REACH_TURNS 12 /* how many quotes, or blocks, a conversation is looked over */

/* Who says a quote: an entity, or only what stands there for one. */
struct party {
	uint32_t entity;
	struct slice text; /* empty: nobody, or a pronoun that could stand for anybody */
};

static bool speaks(const struct resolving *at, uint32_t entity)
{
	return at->packs->kinds[at->into->entities[entity].kind].speaks;
}

/* The first entity that is named in a span and may speak, or NO_ENTITY. */
static uint32_t named_in(const struct resolving *at, struct span span)
{
	const struct annotations *into = at->into;
	for (size_t i = annotations_mention_ending_behind(into, span.start);
		i < into->mention_count; i++) {
		struct mention mention = annotations_mention(into, i);
		if (mention.span.start >= span.end)
			break;
		if (speaks(at, mention.entity))
			return mention.entity;
	}
	return NO_ENTITY;
}

static struct party party_of(const struct resolving *at, size_t index)
{
	struct party party = {NO_ENTITY, {0}};
	struct quote quote = annotations_quote(at->into, index);
	if (quote.speaker.start == NOWHERE)
		return party;
	struct slice text =
		slice_cut(document_text(at->document), quote.speaker.start, quote.speaker.end);
	if (index >= at->resolved)
		party.entity = named_in(at, quote.speaker);
	else if (quote.speaker_entity_count > 0)
		party.entity = at->into->speaker_entities[quote.first_speaker_entity];
	if (party.entity != NO_ENTITY || !reference_has_use(at->reference, text, REFERENCE_PRONOUN))
		party.text = text;
	return party;
}

static bool is_other(struct party one, struct party other)
{
	if (one.text.length == 0 || other.text.length == 0)
		return false;
	if (one.entity != NO_ENTITY || other.entity != NO_ENTITY)
		return one.entity != other.entity;
	return !slice_equal(one.text, other.text);
}

static size_t start_of(const struct resolving *at, size_t index)
{
	return annotations_segment(at->into, annotations_quote(at->into, index).first_segment)
		.start;
}

static bool is_near(const struct resolving *at, size_t first, size_t second)
{
	size_t start = start_of(at, first), end = start_of(at, second);
	return end - start <= REACH_BYTES &&
	       document_block_at(at->document, end) - document_block_at(at->document, start) <=
		       REACH_TURNS;
}

/* A quote that another party than the last speaker says: the nearest before, else the nearest
 * after it; NOWHERE: none. */
static size_t other_party(const struct resolving *at, size_t index)
{
	struct party last = party_of(at, index - 1);
	for (size_t i = index - 1; i-- > 0 && index - i <= REACH_TURNS && is_near(at, i, index);)
		if (is_other(party_of(at, i), last))
			return i;
	for (size_t i = index + 1; i < at->into->quote_count && i - index <= REACH_TURNS; i++)
		if (is_near(at, index, i) && is_other(party_of(at, i), last))
			return i;
	return NOWHERE;
}

/* ---- Who is spoken to ------------------------------------------------------------------- */

static bool is_comma_before(const struct resolving *at, size_t offset, size_t floor)
{
	uint32_t code = ' ';
	while (offset > floor && code_is_space(code))
		offset = utf8_before(document_text(at->document), offset, &code);
	return code == ',';
}

static bool is_point_after(const struct resolving *at, size_t offset)
{
	struct slice text = document_text(at->document);
	uint32_t code = 0;
	if (offset < text.length)
		utf8_decode(text, offset, &code);
	return code == ',' || code == '.' || code == '!' || code == '?';
}

/* A name between points, or at an end of what is said: one calls somebody by it. */
static bool is_call(const struct resolving *at, struct span segment, struct mention mention)
{
	bool begins = mention.span.start == segment.start ||
		      is_comma_before(at, mention.span.start, segment.start);
	bool ends = mention.span.end == segment.end || is_point_after(at, mention.span.end);
	return begins && ends && speaks(at, mention.entity);
}

/* The last mention by which somebody is spoken to between two marks, or NOWHERE. */
static size_t called_in(const struct resolving *at, struct span segment)
{
	const struct annotations *into = at->into;
	size_t found = NOWHERE;
	for (size_t i = annotations_mention_from(into, segment.start); i < into->mention_count;
		i++) {
		struct mention mention = annotations_mention(into, i);
		if (mention.span.end > segment.end)
			break;
		if (is_call(at, segment, mention))
			found = i;
	}
	return found;
}

/* The same in a quote. */
static size_t spoken_to(const struct resolving *at, size_t index)
{
	struct quote quote = annotations_quote(at->into, index);
	for (uint32_t i = quote.segment_count; i-- > 0;) {
		size_t found =
			called_in(at, annotations_segment(at->into, quote.first_segment + i));
		if (found != NOWHERE)
			return found;
	}
	return NOWHERE;
}

/* ---- Who tells -------------------------------------------------------------------------- */

bool teller_says(const struct resolving *at, size_t index)
{
	struct span speaker = annotations_quote(at->into, index).speaker;
	if (speaker.start == NOWHERE)
		return false;
	struct slice text = slice_cut(document_text(at->document), speaker.start, speaker.end);
	return reference_has_use(at->reference, text, REFERENCE_TELLER);
}

static void count_call(const struct resolving *at, size_t index, uint32_t *calls)
{
	size_t mention = teller_says(at, index) ? NOWHERE : spoken_to(at, index);
	uint32_t entity = NO_ENTITY;
	if (mention != NOWHERE)
		entity = annotations_mention(at->into, mention).entity;
	if (entity != NO_ENTITY && calls[entity] != NO_TELLER)
		calls[entity]++;
}

/* Of whom is told that he speaks does not tell it. */
static void rule_out(const struct resolving *at, size_t index, uint32_t *calls)
{
	struct span speaker = annotations_quote(at->into, index).speaker;
	uint32_t entity = speaker.start == NOWHERE ? NO_ENTITY : named_in(at, speaker);
	if (entity != NO_ENTITY)
		calls[entity] = NO_TELLER;
}

void teller_count(const struct resolving *at, size_t index, uint32_t *calls)
{
	if (!teller_says(at, index)) {
		rule_out(at, index, calls);
		return;
	}
	size_t first = index > REACH_TELLER ? index - REACH_TELLER : 0;
	for (size_t i = first; i <= index + REACH_TELLER && i < at->into->quote_count; i++)
		if (i < index ? is_near(at, i, index) : is_near(at, index, i))
			count_call(at, i, calls);
}

/* ---- Turns ------------------------------------------------------------------------------ */

static void speak_as(struct resolving *at, size_t index, size_t other)
{
	struct quote_link *links = at->into->kept->links;
	struct quote from = annotations_quote(at->into, other);
	links[index].said_by = links[other].said_by;
	if (other < at->resolved) {
		for (uint32_t i = 0; i < from.speaker_entity_count; i++)
			resolving_add(
				at, at->into->speaker_entities[from.first_speaker_entity + i]);
	} else if (named_in(at, from.speaker) != NO_ENTITY) {
		resolving_add(at, named_in(at, from.speaker));
	}
}

static void speak_as_called(struct resolving *at, size_t index, size_t mention)
{
	at->into->kept->links[index].said_by = CALLED | (uint32_t)mention;
	resolving_add(at, annotations_mention(at->into, mention).entity);
}

void turn_resolve(struct resolving *at, size_t index, uint32_t turn)
{
	bool answers = turn == 1;
	if (index == 0 || turn > index)
		return;
	size_t other = answers ? index - 2 : index - (turn - 1);
	if (answers && (!at->replied || index < 2)) {
		size_t mention = spoken_to(at, index - 1);
		if (mention != NOWHERE) {
			speak_as_called(at, index, mention);
			return;
		}
		other = other_party(at, index);
	}
	if (other != NOWHERE && annotations_quote(at->into, other).speaker.start != NOWHERE)
		speak_as(at, index, other);
}
