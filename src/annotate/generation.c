/* Asking a generation; see annotate.h.
 *
 * Its parts are the windows in the order of the text. Each knows how many mentions, quotes and
 * segments stand before it, so that the i-th of all is the i-th less so many of a part that is
 * found by halving; and so is what stands at an offset.
 */
#include <stdlib.h>

#include "annotate/linking.h"

struct span result_span(const struct result *result, struct result_stretch stretch)
{
	size_t start = result->extent.start + stretch.start;
	if (stretch.start == NO_PLACE)
		return (struct span){NOWHERE, NOWHERE};
	return (struct span){start, start + stretch.length};
}

struct span result_mention_span(const struct result *result, const struct result_mention *mention)
{
	return result_span(result, (struct result_stretch){mention->start, mention->length});
}

void annotations_share(struct annotations *annotations, const struct linked *of)
{
	struct kept *kept = annotations->kept;
	kept->parts = arena_allocate(annotations->arena, (of->count + 1) * sizeof *kept->parts);
	kept->part_count = of->count;
	struct part next = {0};
	for (size_t i = 0; i < of->count; i++) {
		next.result = result_share(of->results[i]);
		kept->parts[i] = next;
		next.mention += (uint32_t)next.result->mention_count;
		next.quote += (uint32_t)next.result->said_count;
		next.segment += (uint32_t)next.result->segment_count;
	}
	annotations->mention_count = next.mention;
	annotations->quote_count = next.quote;
	annotations->segment_count = next.segment;
}

void annotations_free(struct annotations *annotations)
{
	if (!annotations)
		return;
	for (size_t i = 0; i < annotations->kept->part_count; i++)
		result_release(annotations->kept->parts[i].result);
	free(annotations->entities);
	free(annotations->aliases);
	free(annotations->roles);
	free(annotations->speaker_entities);
	arena_free(annotations->arena);
}

/* ---- By number -------------------------------------------------------------------------- */

/* The last part that begins with the i-th or before it; `first` says with which one a part begins.
 */
static const struct part *part_of(
	const struct annotations *annotations, size_t i, uint32_t (*first)(const struct part *part))
{
	const struct kept *kept = annotations->kept;
	size_t low = 0, high = kept->part_count;
	while (high - low > 1) {
		size_t middle = (low + high) / 2;
		if (i < first(&kept->parts[middle]))
			high = middle;
		else
			low = middle;
	}
	return &kept->parts[low];
}

static uint32_t first_mention(const struct part *part)
{
	return part->mention;
}

static uint32_t first_quote(const struct part *part)
{
	return part->quote;
}

static uint32_t first_segment(const struct part *part)
{
	return part->segment;
}

struct mention annotations_mention(const struct annotations *annotations, size_t i)
{
	const struct part *part = part_of(annotations, i, first_mention);
	const struct result_mention *mention = &part->result->mentions[i - part->mention];
	return (struct mention){result_mention_span(part->result, mention),
		annotations->entity_of[i], annotations->kept->places[mention->rule]};
}

/* A quote that is said in turn has the speaker of another, or is a mention's. */
static struct span speaker_of(const struct annotations *annotations, uint32_t said_by)
{
	if (said_by & CALLED)
		return annotations_mention(annotations, said_by & ~CALLED).span;
	const struct part *part = part_of(annotations, said_by, first_quote);
	return result_span(part->result, part->result->saids[said_by - part->quote].speaker);
}

struct quote annotations_quote(const struct annotations *annotations, size_t i)
{
	const struct part *part = part_of(annotations, i, first_quote);
	const struct result_said *said = &part->result->saids[i - part->quote];
	const struct quote_link *link = &annotations->kept->links[i];
	return (struct quote){.first_segment = link->segment,
		.segment_count = said->segments,
		.form = (enum quote_form)said->form,
		.cue = result_span(part->result, said->cue),
		.speaker = speaker_of(annotations, link->said_by),
		.first_speaker_entity = link->speaker_entity,
		.speaker_entity_count = link[1].speaker_entity - link->speaker_entity,
		.confidence = said->confidence,
		.rule = link->rule};
}

struct span annotations_segment(const struct annotations *annotations, size_t i)
{
	const struct part *part = part_of(annotations, i, first_segment);
	return result_span(part->result, part->result->segments[i - part->segment]);
}

struct span annotations_role(const struct annotations *annotations, const struct entity *entity)
{
	if (entity->role == NO_ROLE)
		return (struct span){NOWHERE, NOWHERE};
	return annotations->roles[entity->role];
}

/* ---- By offset -------------------------------------------------------------------------- */

/* The last part that begins at an offset or before it; NULL: there is none. */
static const struct part *part_at(const struct annotations *annotations, size_t offset)
{
	const struct kept *kept = annotations->kept;
	size_t low = 0, high = kept->part_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (offset < kept->parts[middle].result->extent.start)
			high = middle;
		else
			low = middle + 1;
	}
	return low > 0 ? &kept->parts[low - 1] : NULL;
}

size_t annotations_mention_from(const struct annotations *annotations, size_t offset)
{
	const struct part *part = part_at(annotations, offset);
	if (!part)
		return 0;
	const struct result *result = part->result;
	size_t low = 0, high = result->mention_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (result->extent.start + result->mentions[middle].start >= offset)
			high = middle;
		else
			low = middle + 1;
	}
	return part->mention + low;
}

size_t annotations_mention_ending_behind(const struct annotations *annotations, size_t offset)
{
	const struct part *part = part_at(annotations, offset);
	if (!part)
		return 0;
	const struct result *result = part->result;
	size_t low = 0, high = result->mention_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (result_mention_span(result, &result->mentions[middle]).end <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	return part->mention + low;
}
