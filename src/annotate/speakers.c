/* The sieve: what each step says of each quote, and whom the first step that says something names.
 *
 * A step's proposal does not depend on what others found, but a quote that it names (<K>) hands on
 * its own speaker, and has one only if an earlier step, or the same one further left, decided it.
 * So all proposals are made first, quote by quote, and then walked step by step.
 */
#include "annotate/row.h"

static bool concerns(enum quote_when when, const struct row_quote *quote)
{
	return when == WHEN_ANY || (when == WHEN_PARTIAL) == quote->partial;
}

/* A break is taken for the token at the quote: no group that is asked for holds one. */
static const struct row_token *token_in(
	const struct speech *speech, const struct stretch *stretch, size_t place)
{
	uint32_t token = stretch->tokens[place];
	return &speech->tokens[token == NO_TOKEN ? stretch->tokens[stretch->at] : token];
}

/* The first pattern that matches and names somebody. */
static uint32_t propose(const struct speech *speech, const struct quote_step *step,
	const struct stretch *stretch, struct span *cue)
{
	struct match match;
	for (size_t i = 0; i < step->patterns.count; i++) {
		struct row_pattern *pattern = step->patterns.items[i];
		if (!row_pattern_find(pattern, stretch->row, &match))
			continue;
		struct span found = row_pattern_group(pattern, &match, ROW_SPEAKER);
		if (found.start == NOWHERE || found.start == found.end)
			continue;
		struct span said = row_pattern_group(pattern, &match, ROW_CUE);
		if (said.start != NOWHERE && said.end > said.start)
			*cue = (struct span){token_in(speech, stretch, said.start)->span.start,
				token_in(speech, stretch, said.end - 1)->span.end};
		return stretch->tokens[found.start];
	}
	return NO_TOKEN;
}

/* Once a step has named somebody who is no quote, nothing that follows can decide. */
static void propose_for(struct speech *speech, uint32_t index)
{
	struct stretch *stretches = speech->stretches;
	bool decided = false;
	const struct row_quote *quote = &speech->quotes[index];
	const struct quote_rule *rule = speech->rule;
	size_t base = (size_t)index * rule->step_count;
	for (size_t i = 0; i < OVER_COUNT; i++)
		stretches[i].known = false;
	for (size_t i = 0; i < rule->step_count; i++) {
		const struct quote_step *step = &rule->steps[i];
		struct stretch *stretch = &stretches[step->over];
		speech->proposals[base + i] = NO_TOKEN;
		speech->cues[base + i] = (struct span){NOWHERE, NOWHERE};
		if (quote->sentence == NO_TOKEN || !concerns(step->when, quote) ||
			(decided && !(speech->voters >> i & 1)))
			continue;
		if (!stretch->known)
			stretch_find(speech, index, step->over, stretch);
		speech->proposals[base + i] =
			propose(speech, step, stretch, &speech->cues[base + i]);
	}
}

void speakers_propose(struct speech *speech)
{
	size_t count = speech->quote_count * speech->rule->step_count + 1;
	speech->voters = 0;
	for (size_t i = 0; i < speech->rule->evidence_count; i++)
		speech->voters |= speech->rule->evidence[i].steps;
	speech->proposals = grow(
		speech->proposals, &speech->proposal_capacity, count, sizeof *speech->proposals);
	speech->cues = grow(speech->cues, &speech->cue_capacity, count, sizeof *speech->cues);
	for (uint32_t i = 0; i < speech->quote_count && !window_is_canceled(speech->window); i++)
		propose_for(speech, i);
}

void speakers_decide(struct speech *speech)
{
	size_t steps = speech->rule->step_count;
	for (size_t step = 0; step < steps; step++) {
		for (size_t i = 0; i < speech->quote_count; i++) {
			struct row_quote *quote = &speech->quotes[i];
			uint32_t target = speech->proposals[i * steps + step];
			if (target == NO_TOKEN)
				continue;
			uint32_t other = speech->tokens[target].quote;
			bool turn = speech->rule->steps[step].turn;
			quote->replies = quote->replies || (turn && other != NO_QUOTE);
			if (quote->step != NO_STEP)
				continue;
			if (turn ? other == NO_QUOTE
				 : other != NO_QUOTE && speech->quotes[other].step == NO_STEP)
				continue;
			quote->step = (uint32_t)step;
			quote->step_target = target;
			quote->step_cue = speech->cues[i * steps + step];
			quote->turn = turn;
			quote->speaker = turn                ? quote->token
					 : other == NO_QUOTE ? target
							     : speech->quotes[other].speaker;
			quote->confidence = speech->rule->steps[step].confidence;
		}
	}
}

uint32_t speaker_step(const struct speech *speech, uint32_t index)
{
	const struct row_quote *quote = &speech->quotes[index];
	size_t steps = speech->rule->step_count;
	if (quote->speaker == NO_TOKEN)
		return NO_STEP;
	if (quote->turn)
		return quote->step;
	for (size_t i = 0; i < steps; i++) {
		uint32_t target = speech->proposals[index * steps + i];
		if (target == NO_TOKEN)
			continue;
		uint32_t other = speech->tokens[target].quote;
		if (target == quote->speaker ||
			(other != NO_QUOTE && speech->quotes[other].speaker == quote->speaker))
			return (uint32_t)i;
	}
	return NO_STEP;
}
