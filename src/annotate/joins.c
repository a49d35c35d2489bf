/* What is no quote after all, and which neighbours are segments of one. */
#include "annotate/row.h"

static bool is_by(uint64_t steps, const struct row_quote *quote)
{
	return quote->step != NO_STEP && (steps >> quote->step & 1);
}

/* ---- Rejects ---------------------------------------------------------------------------- */

/* Words of a quote; signs by themselves count for nothing. */
static size_t quote_words(const struct speech *speech, const struct row_quote *quote)
{
	struct slice text = row_text(speech, speech->window->pairs.items[quote->pair].inner);
	size_t words = 0;
	bool inside = false;
	for (size_t at = 0; at < text.length;) {
		uint32_t code;
		at += utf8_decode(text, at, &code);
		if (code_is_space(code)) {
			inside = false;
		} else if (!inside && code_class(code) != LETTER_NONE) {
			inside = true;
			words++;
		}
	}
	return words;
}

static bool rejects(const struct speech *speech, const struct quote_reject *reject, uint32_t index,
	const struct stretch *stretch)
{
	const struct row_quote *quote = &speech->quotes[index];
	const struct pair *pair = &speech->window->pairs.items[quote->pair];
	uint32_t paragraph = speech->sentences[quote->sentence].paragraph;
	if (reject->by && !is_by(reject->by, quote))
		return false;
	if (is_by(reject->unless_by, quote))
		return false;
	if (reject->unnamed && speaker_step(speech, index) != NO_STEP)
		return false;
	if (pair->single && speech->window->extent.start == 0 &&
		speech->paragraphs[paragraph].before < reject->headline)
		return false;
	if (quote_words(speech, quote) > reject->max_words)
		return false;
	return reject->patterns.count == 0 || stretch_matches(&reject->patterns, stretch);
}

static const char *rejected_by(const struct speech *speech, uint32_t index, struct stretch *stretch)
{
	const struct row_quote *quote = &speech->quotes[index];
	if (quote->sentence == NO_TOKEN)
		return "folded";
	if (quote_words(speech, quote) == 0)
		return "empty";
	stretch_find(speech, index, OVER_SENTENCE, stretch);
	for (size_t i = 0; i < speech->rule->reject_count; i++)
		if (rejects(speech, &speech->rule->rejects[i], index, stretch))
			return speech->rule->rejects[i].id;
	return NULL;
}

void quotes_reject(struct speech *speech)
{
	for (uint32_t i = 0; i < speech->quote_count; i++)
		speech->quotes[i].rejected =
			rejected_by(speech, i, &speech->stretches[OVER_SENTENCE]);
}

/* ---- Joins ------------------------------------------------------------------------------ */

static bool near_enough(
	const struct speech *speech, const struct row_quote *a, const struct row_quote *b)
{
	uint32_t first = speech->sentences[a->sentence].paragraph;
	uint32_t second = speech->sentences[b->sentence].paragraph;
	return first == second || (first + 1 == second && speech->paragraphs[second].adjoins);
}

static bool joins(const struct speech *speech, uint32_t a, uint32_t b, struct stretch *stretch)
{
	const struct row_quote *first = &speech->quotes[a], *second = &speech->quotes[b];
	if (second->turn || !near_enough(speech, first, second) ||
		!stretch_between(speech, a, b, stretch))
		return false;
	for (size_t i = 0; i < speech->rule->join_count; i++) {
		const struct quote_join *join = &speech->rule->joins[i];
		if ((join->same && first->speaker != second->speaker) ||
			(join->by && !is_by(join->by, second)) ||
			!stretch_matches(&join->patterns, stretch))
			continue;
		return !join->apart;
	}
	return false;
}

void quotes_join(struct speech *speech)
{
	uint32_t last = NO_QUOTE;
	for (uint32_t i = 0; i < speech->quote_count; i++) {
		struct row_quote *quote = &speech->quotes[i];
		quote->group = i;
		if (quote->rejected)
			continue;
		if (last != NO_QUOTE && joins(speech, last, i, &speech->stretches[ROW_BETWEEN]))
			quote->group = speech->quotes[last].group;
		last = i;
	}
}
