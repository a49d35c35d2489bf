/* The quotes of a window: rows, folds, proposals, evidence, rejects, joins; see row.h. */
#include "annotate/speech.h"

#include <stdlib.h>

#include "annotate/row.h"

static void speech_init(struct speech *speech, const struct window *window, const struct rule *rule)
{
	*speech = (struct speech){.window = window, .rule = rule->quote, .pack = window->pack};
	speech->rows = quote_rows(rule->quote, window->pack->arena);
	speech->stretches = memory_resize(NULL, ROW_COUNT * sizeof *speech->stretches);
	for (size_t i = 0; i < ROW_COUNT; i++)
		speech->stretches[i].row = speech->rows[i];
}

static void speech_release(struct speech *speech)
{
	free(speech->extents);
	free(speech->tokens);
	free(speech->sentences);
	free(speech->paragraphs);
	free(speech->quotes);
	free(speech->candidates);
	free(speech->proposals);
	free(speech->cues);
	free(speech->stretches);
	free(speech->kind_sets);
	free(speech->told);
}

/* False: canceled. */
static bool find_all(struct speech *speech)
{
	speakers_propose(speech);
	if (window_is_canceled(speech->window))
		return false;
	speakers_decide(speech);
	if (speech->rule->candidates.given) {
		candidates_weigh(speech);
		if (window_is_canceled(speech->window))
			return false;
		candidates_decide(speech);
	}
	quotes_reject(speech);
	quotes_join(speech);
	return true;
}

/* ---- What others get -------------------------------------------------------------------- */

static struct span span_of(const struct speech *speech, uint32_t token)
{
	bool named = token != NO_TOKEN && speech->tokens[token].quote == NO_QUOTE;
	return named ? speech->tokens[token].head : (struct span){NOWHERE, NOWHERE};
}

/* How far back the quote stands whose turn it is, plus one; 0: its speaker is known by itself. */
static uint32_t turn_of(const struct speech *speech, uint32_t index)
{
	const struct row_quote *quote = &speech->quotes[index];
	if (quote->speaker == NO_TOKEN)
		return 0;
	uint32_t other = speech->tokens[quote->speaker].quote, back = 0;
	if (other == NO_QUOTE || other > index || speech->quotes[other].rejected)
		return 0;
	for (uint32_t i = other; i < index; i++)
		back += !speech->quotes[i].rejected && speech->quotes[i].group == i;
	return back + 1;
}

static void add_said(struct speech *speech, uint32_t index, struct saids *into)
{
	const struct row_quote *quote = &speech->quotes[index];
	into->items = grow(into->items, &into->capacity, into->count + 1, sizeof *into->items);
	struct said *said = &into->items[into->count++];
	*said = (struct said){
		.first_segment = (uint32_t)into->segments.count,
		.form = quote->partial ? QUOTE_PARTIAL : QUOTE_DIRECT,
		.cue = cue_find(speech, quote),
		.speaker = span_of(speech, quote->speaker),
		.confidence = quote->confidence,
		.step = speaker_step(speech, index),
		.turn = turn_of(speech, index),
		.replies = quote->replies,
	};
}

/* Segments of one quote follow one another: only neighbours were joined. */
static void give(struct speech *speech, struct saids *into)
{
	for (uint32_t i = 0; i < speech->quote_count; i++) {
		const struct row_quote *quote = &speech->quotes[i];
		if (quote->rejected)
			continue;
		if (quote->group == i)
			add_said(speech, i, into);
		struct said *said = &into->items[into->count - 1];
		struct span inner = speech->window->pairs.items[quote->pair].inner;
		spans_add(&into->segments, inner.start, inner.end);
		said->segment_count++;
		if (said->speaker.start == NOWHERE && quote->speaker != NO_TOKEN) {
			said->speaker = span_of(speech, quote->speaker);
			said->confidence = quote->confidence;
		}
		if (said->cue.start == NOWHERE)
			said->cue = cue_find(speech, quote);
	}
}

void speech_find(struct window *window, const struct rule *rule, struct saids *into)
{
	struct speech speech;
	speech_init(&speech, window, rule);
	rows_begin(&speech);
	while (!window_is_canceled(window) && rows_next(&speech)) {
		rows_fold(&speech);
		if (find_all(&speech))
			give(&speech, into);
	}
	speech_release(&speech);
}

/* ---- Why -------------------------------------------------------------------------------- */

#define LEAST_SHARE 0.01 /* less is not worth telling */

/* A token as its text with the atoms that patterns like best to ask for. */
static void tell_token(const struct speech *speech, const struct row_token *token, uint32_t own)
{
	static const uint32_t telling[] = {ATOM_P, ATOM_O, ATOM_RHS, ATOM_RH, ATOM_NUM};
	const struct atoms *atoms = row_atoms(speech, token->set);
	const struct atom_table *table = speech->rule->language.table;
	buffer_byte(speech->why, ' ');
	if (token->quote != NO_QUOTE) {
		buffer_text(speech->why, token->quote == own ? "<Q>" : "<K>");
		return;
	}
	text_visible(row_text(speech, token->head), speech->why);
	for (size_t i = 0; i < sizeof telling / sizeof *telling; i++)
		if (atoms_have(atoms, telling[i])) {
			buffer_format(speech->why, "<%s>", atom_name(table, telling[i]));
			return;
		}
	for (uint32_t atom = ATOM_V + 17; atom >= ATOM_V; atom--)
		if (atoms_have(atoms, atom)) {
			buffer_format(speech->why, "<%s>", atom_name(table, atom));
			return;
		}
	for (uint32_t atom = ATOMS_FIXED; atom_name(table, atom); atom++)
		if (atoms_have(atoms, atom) && atom_name(table, atom)[0] != '=' && !token->sign) {
			buffer_format(speech->why, "<%s>", atom_name(table, atom));
			return;
		}
}

static void tell_row(const struct speech *speech, const char *title, size_t sentence, uint32_t own)
{
	const struct row_sentence *row = &speech->sentences[sentence];
	buffer_format(speech->why, "  %s", title);
	for (uint32_t i = row->first; i < row->first + row->count; i++)
		tell_token(speech, &speech->tokens[i], own);
	buffer_byte(speech->why, '\n');
}

static uint32_t quote_at(const struct speech *speech, size_t offset)
{
	for (uint32_t i = 0; i < speech->quote_count; i++) {
		struct span whole = speech->window->pairs.items[speech->quotes[i].pair].whole;
		if (offset >= whole.start && offset < whole.end)
			return i;
	}
	return NO_QUOTE;
}

static size_t sentence_of(const struct speech *speech, uint32_t quote)
{
	for (size_t i = 0; i < speech->sentence_count; i++) {
		const struct row_sentence *row = &speech->sentences[i];
		for (uint32_t t = row->first; t < row->first + row->count; t++)
			if (speech->tokens[t].quote == quote)
				return i;
	}
	return NOWHERE;
}

/* The likeliest candidate that is less likely than the last, or equally and behind it; NULL: none
 * is worth telling. */
static const struct candidate *next_candidate(
	const struct speech *speech, uint32_t own, const struct candidate *last)
{
	const struct row_quote *quote = &speech->quotes[own];
	if (quote->candidate_count == 0)
		return NULL;
	const struct candidate *items = speech->candidates + quote->first_candidate, *next = NULL;
	for (const struct candidate *item = items; item < items + quote->candidate_count; item++) {
		bool after = last == NULL || item->sum < last->sum ||
			     (item->sum == last->sum && item > last);
		if (after && item->sum >= LEAST_SHARE && (next == NULL || item->sum > next->sum))
			next = item;
	}
	return next;
}

static void tell_candidate(const struct speech *speech, const struct candidate *candidate)
{
	struct slice name = slice_of("-");
	if (candidate->token != NO_TOKEN)
		name = row_text(speech, speech->tokens[candidate->token].head);
	buffer_format(speech->why, "  candidate %.2f ", candidate->sum);
	text_visible(name, speech->why);
	buffer_byte(speech->why, '\n');
	for (size_t i = 0; i < speech->told_count; i++)
		if (speech->told[i].token == candidate->token)
			buffer_format(speech->why, "  evidence %+.2f %s\n", speech->told[i].weight,
				speech->told[i].evidence->id);
}

static void tell_end(const struct speech *speech, uint32_t own)
{
	const struct row_quote *quote = &speech->quotes[own];
	const struct candidate *candidate = NULL;
	while ((candidate = next_candidate(speech, own, candidate)) != NULL)
		tell_candidate(speech, candidate);
	uint32_t step = speaker_step(speech, own);
	if (step != NO_STEP)
		buffer_format(speech->why, "  step %s (line %zu), confidence %.2f\n",
			speech->rule->steps[step].id, speech->rule->steps[step].line,
			quote->confidence);
	if (quote->rejected)
		buffer_format(speech->why, "  rejected %s\n", quote->rejected);
	else if (quote->group != own)
		buffer_text(speech->why, "  joined to the quote before\n");
}

bool speech_why(
	const struct window *window, const struct rule *rule, size_t offset, struct buffer *into)
{
	struct speech speech;
	speech_init(&speech, window, rule);
	rows_begin(&speech);
	uint32_t own = NO_QUOTE;
	while (own == NO_QUOTE && rows_next(&speech))
		own = quote_at(&speech, offset);
	if (own != NO_QUOTE) {
		size_t sentence = sentence_of(&speech, own);
		speech.why = into;
		speech.why_quote = own;
		tell_row(&speech, "row", sentence, own);
		rows_fold(&speech);
		tell_row(&speech, "folded", sentence, own);
		if (find_all(&speech))
			tell_end(&speech, own);
	}
	speech_release(&speech);
	return own != NO_QUOTE;
}
