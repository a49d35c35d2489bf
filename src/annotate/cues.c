/* The cue of a quote: the reporting verb that ties it to its speaker.
 *
 * A step may name it. Else it is a participle right before the quote (*…, adding, “…*), whatever
 * verb the speaker had before that; else, of the cues between speaker and quote, the one next to
 * the quote that a direct quote follows, or the first one of the clause that a partial quote stands
 * in; else the cue next behind the speaker (*“…,” she then said*).
 */
#include "annotate/row.h"

static bool is_cue(const struct speech *speech, uint32_t token, enum verb_form form)
{
	return atoms_have(
		row_atoms(speech, speech->tokens[token].set), verb_atom(form, STRENGTH_ANY));
}

static bool is_strong(const struct speech *speech, uint32_t token)
{
	const struct atoms *atoms = row_atoms(speech, speech->tokens[token].set);
	return atoms_have(atoms, verb_atom(VERB_ANY, STRENGTH_STRONG)) ||
	       atoms_have(atoms, verb_atom(VERB_ANY, STRENGTH_JUDGE));
}

/* The cue in [first, end) nearest to its end, or to its beginning; strong ones win. */
static uint32_t last_cue(const struct speech *speech, uint32_t first, uint32_t end)
{
	uint32_t found = NO_TOKEN;
	for (uint32_t i = end; i-- > first;) {
		if (!is_cue(speech, i, VERB_ANY))
			continue;
		if (is_strong(speech, i))
			return i;
		found = found == NO_TOKEN ? i : found;
	}
	return found;
}

static uint32_t first_cue(const struct speech *speech, uint32_t first, uint32_t end)
{
	uint32_t found = NO_TOKEN;
	for (uint32_t i = first; i < end; i++) {
		if (!is_cue(speech, i, VERB_ANY))
			continue;
		if (is_strong(speech, i))
			return i;
		found = found == NO_TOKEN ? i : found;
	}
	return found;
}

static uint32_t participle_before(const struct speech *speech, uint32_t first, uint32_t quote)
{
	uint32_t at = quote;
	while (at > first &&
		(speech->tokens[at - 1].sign == ',' || speech->tokens[at - 1].sign == ':'))
		at--;
	return at > first && is_cue(speech, at - 1, VERB_ING) ? at - 1 : NO_TOKEN;
}

/* Tokens of a sentence up to the next quote behind `at`. */
static uint32_t clause_end(const struct speech *speech, uint32_t at, uint32_t end)
{
	while (at < end && speech->tokens[at].quote == NO_QUOTE)
		at++;
	return at;
}

static uint32_t cue_token(const struct speech *speech, const struct row_quote *quote)
{
	const struct row_sentence *sentence = &speech->sentences[quote->sentence];
	uint32_t first = sentence->first, end = first + sentence->count, found;
	if (quote->speaker < first || quote->speaker >= end)
		return NO_TOKEN;
	if (quote->speaker > quote->token) {
		found = last_cue(speech, quote->token + 1, quote->speaker);
		return found != NO_TOKEN ? found
					 : first_cue(speech, quote->speaker + 1,
						   clause_end(speech, quote->speaker, end));
	}
	found = participle_before(speech, quote->speaker + 1, quote->token);
	if (found == NO_TOKEN && quote->partial)
		found = first_cue(speech, quote->speaker + 1, quote->token);
	else if (found == NO_TOKEN)
		found = last_cue(speech, quote->speaker + 1, quote->token);
	return found != NO_TOKEN ? found
				 : first_cue(speech, quote->token + 1,
					   clause_end(speech, quote->token + 1, end));
}

struct span cue_find(const struct speech *speech, const struct row_quote *quote)
{
	if (quote->step_cue.start != NOWHERE && quote->step_target == quote->speaker)
		return quote->step_cue;
	uint32_t token = cue_token(speech, quote);
	return token == NO_TOKEN ? (struct span){NOWHERE, NOWHERE} : speech->tokens[token].head;
}
