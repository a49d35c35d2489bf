/* The stretch of tokens that a step sees around a quote. */
#include "annotate/row.h"

#include <string.h>

static uint32_t break_set(const struct speech *speech, bool paragraph)
{
	struct atoms atoms = {0};
	atoms_add(&atoms, ATOM_S);
	if (paragraph)
		atoms_add(&atoms, ATOM_PP);
	return atoms_number(speech->rule->language.table, &atoms);
}

static void add(struct stretch *into, uint32_t token, uint32_t set)
{
	into->sets[into->count] = set;
	into->tokens[into->count++] = token;
}

static uint32_t set_of(const struct speech *speech, uint32_t token, uint32_t quote)
{
	const struct row_token *of = &speech->tokens[token];
	return of->quote == NO_QUOTE || of->quote == quote ? of->set
							   : speech->quotes[of->quote].as_other;
}

static void add_sentence(
	const struct speech *speech, uint32_t sentence, uint32_t quote, struct stretch *into)
{
	const struct row_sentence *of = &speech->sentences[sentence];
	bool own = sentence == speech->quotes[quote].sentence;
	if (own)
		into->sentence_start = into->count;
	for (uint32_t i = of->first; i < of->first + of->count; i++) {
		if (i == speech->quotes[quote].token)
			into->at = into->count;
		add(into, i, set_of(speech, i, quote));
	}
	if (own)
		into->sentence_end = into->count;
}

/* The sentences from first to end that the stretch has room for, the quote's own above all; those
 * before it come first, since they matter more. */
static void limit(const struct speech *speech, uint32_t own, uint32_t *first, uint32_t *end)
{
	size_t room = STRETCH_TOKENS - speech->sentences[own].count - 2;
	uint32_t low = own, high = own + 1;
	while (low > *first && speech->sentences[low - 1].count + 1 <= room)
		room -= speech->sentences[--low].count + 1;
	while (high < *end && speech->sentences[high].count + 1 <= room)
		room -= speech->sentences[high++].count + 1;
	*first = low;
	*end = high;
}

/* The sentences that a step looks over. */
static void range(const struct speech *speech, uint32_t own, enum quote_over over, uint32_t *first,
	uint32_t *end)
{
	uint32_t at = speech->sentences[own].paragraph;
	const struct row_paragraph *paragraph = &speech->paragraphs[at];
	*first = own;
	*end = own + 1;
	if (over == OVER_SENTENCE)
		return;
	if (over == OVER_SENTENCE_BEFORE) {
		*first -= own > paragraph->first;
		return;
	}
	*first = paragraph->first;
	*end = paragraph->first + paragraph->count;
	if (over == OVER_PARAGRAPH)
		return;
	if (paragraph->adjoins)
		*first = paragraph[-1].first;
	if (over == OVER_AROUND && at + 1 < speech->paragraph_count && paragraph[1].adjoins)
		*end += paragraph[1].count;
}

static void empty(struct stretch *into)
{
	into->count = into->at = into->sentence_start = into->sentence_end = 0;
	into->paragraph_start = 0;
	into->known = true;
}

void stretch_find(
	const struct speech *speech, uint32_t quote, enum quote_over over, struct stretch *into)
{
	uint32_t own = speech->quotes[quote].sentence, first, end;
	uint32_t paragraph = speech->sentences[own].paragraph;
	empty(into);
	range(speech, own, over, &first, &end);
	limit(speech, own, &first, &end);
	for (uint32_t i = first; i < end; i++) {
		bool begins = i > first &&
			      speech->sentences[i].paragraph != speech->sentences[i - 1].paragraph;
		if (i > first)
			add(into, NO_TOKEN, break_set(speech, begins));
		if (speech->sentences[i].paragraph == paragraph && (i == first || begins))
			into->paragraph_start = into->count;
		add_sentence(speech, i, quote, into);
	}
	row_write(into->row, into->sets, into->count);
}

bool stretch_between(const struct speech *speech, uint32_t from, uint32_t to, struct stretch *into)
{
	uint32_t first = speech->quotes[from].sentence, last = speech->quotes[to].sentence;
	empty(into);
	for (uint32_t i = first; i <= last; i++) {
		const struct row_sentence *sentence = &speech->sentences[i];
		uint32_t start = sentence->first, end = sentence->first + sentence->count;
		if (i == first)
			start = speech->quotes[from].token;
		if (i == last)
			end = speech->quotes[to].token + 1;
		if (into->count + (end - start) + 1 > STRETCH_TOKENS)
			return false;
		if (i > first)
			add(into, NO_TOKEN,
				break_set(speech,
					sentence->paragraph != speech->sentences[i - 1].paragraph));
		for (uint32_t t = start; t < end; t++)
			add(into, t, set_of(speech, t, to));
	}
	into->at = into->count - 1;
	row_write(into->row, into->sets, into->count);
	return true;
}

bool stretch_matches(const struct row_patterns *patterns, const struct stretch *stretch)
{
	for (size_t i = 0; i < patterns->count; i++)
		if (row_pattern_matches(patterns->items[i], stretch->row))
			return true;
	return false;
}
