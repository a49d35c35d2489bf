/* Whom a quote is given to, by summed evidence.
 *
 * Every token that may speak is a candidate, and so is whatever a step proposes, and nobody. An
 * evidence is a pattern with <C>: all candidates of a stretch are marked, and it is asked once for
 * which of them it holds. The sums become shares (softmax). A <K> that wins hands on its quote's
 * speaker; the most certain quotes settle first, and shares of candidates that turn out to be the
 * same are added.
 */
#include "annotate/row.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CANDIDATES 64 /* of one quote */
#define COMPARED 6    /* those with the largest shares */
#define LEAST_SHARE 0.01
#define MOST_CERTAIN 0.99 /* nothing is told as if it could not be wrong */
#define VOTES 3
#define CHAIN 64 /* quotes that hand on one speaker */

struct weighing {
	struct speech *speech;
	uint32_t quote;
	struct stretch *sentence, *around;
	uint16_t places[2][CANDIDATES];  /* of candidates, in the order of their adding */
	uint16_t members[2][CANDIDATES]; /* which candidate stands there */
	size_t counts[2];
	struct candidate items[CANDIDATES];
	size_t count;
};

/* ---- Who is a candidate ----------------------------------------------------------------- */

static bool is_candidate(const struct weighing *weighing, uint32_t token)
{
	for (size_t i = 0; i < weighing->count; i++)
		if (weighing->items[i].token == token)
			return true;
	return false;
}

static bool is_proposed(const struct speech *speech, uint32_t quote, uint32_t token)
{
	size_t steps = speech->rule->step_count;
	for (size_t i = 0; i < steps; i++)
		if (speech->proposals[quote * steps + i] == token)
			return true;
	return false;
}

static void add_placed(
	struct weighing *weighing, struct stretch *stretch, size_t place, bool outside)
{
	if (weighing->count + 1 >= CANDIDATES)
		return; /* one place is kept for nobody */
	size_t n = weighing->counts[outside]++;
	weighing->places[outside][n] = (uint16_t)place;
	weighing->members[outside][n] = (uint16_t)weighing->count;
	row_add_candidate(stretch->row, place);
	weighing->items[weighing->count++] = (struct candidate){
		.token = stretch->tokens[place], .outside = outside, .placed = true};
}

static void add_from(struct weighing *weighing, struct stretch *stretch, bool outside)
{
	const struct speech *speech = weighing->speech;
	const struct quote_candidates *wanted = &speech->rule->candidates;
	for (size_t i = 0; i < stretch->count; i++) {
		bool own = i >= stretch->sentence_start && i < stretch->sentence_end;
		if (stretch->tokens[i] == NO_TOKEN || i == stretch->at || own == outside)
			continue;
		const struct atoms *atoms = !outside                       ? &wanted->sentence
					    : i < stretch->paragraph_start ? &wanted->before
									   : &wanted->paragraph;
		if (atoms_meet(atoms, row_atoms(speech, stretch->sets[i])) ||
			is_proposed(speech, weighing->quote, stretch->tokens[i]))
			add_placed(weighing, stretch, i, outside);
	}
}

static void add_others(struct weighing *weighing)
{
	const struct speech *speech = weighing->speech;
	size_t steps = speech->rule->step_count;
	for (size_t i = 0; i < steps && weighing->count + 1 < CANDIDATES; i++) {
		uint32_t token = speech->proposals[weighing->quote * steps + i];
		if (token != NO_TOKEN && !is_candidate(weighing, token))
			weighing->items[weighing->count++] = (struct candidate){.token = token};
	}
	if (speech->rule->candidates.nobody)
		weighing->items[weighing->count++] = (struct candidate){.token = NO_TOKEN};
}

/* ---- What speaks for them --------------------------------------------------------------- */

static void tell(struct speech *speech, uint32_t quote, const struct told *told)
{
	if (!speech->why || speech->why_quote != quote)
		return;
	speech->told = grow(
		speech->told, &speech->told_capacity, speech->told_count + 1, sizeof *speech->told);
	speech->told[speech->told_count++] = *told;
}

static void count_for(
	struct weighing *weighing, size_t member, const struct quote_evidence *evidence)
{
	struct candidate *candidate = &weighing->items[member];
	candidate->sum += evidence->weight;
	tell(weighing->speech, weighing->quote,
		&(struct told){candidate->token, evidence, evidence->weight});
}

static void weigh_all(
	struct weighing *weighing, bool outside, const struct quote_evidence *evidence)
{
	for (size_t i = 0; i < weighing->counts[outside]; i++)
		count_for(weighing, weighing->members[outside][i], evidence);
}

static void weigh_marked(
	struct weighing *weighing, bool outside, const struct quote_evidence *evidence)
{
	struct row *row = (outside ? weighing->around : weighing->sentence)->row;
	struct row_tokens found;
	if (!row_pattern_candidates(evidence->pattern, row, &found))
		return;
	for (size_t i = 0; i < weighing->counts[outside]; i++)
		if (row_tokens_have(&found, weighing->places[outside][i]))
			count_for(weighing, weighing->members[outside][i], evidence);
}

static void weigh_in(struct weighing *weighing, bool outside, const struct quote_evidence *evidence)
{
	const struct stretch *stretch = outside ? weighing->around : weighing->sentence;
	if (weighing->counts[outside] == 0)
		return;
	if (row_pattern_asks_candidate(evidence->pattern))
		weigh_marked(weighing, outside, evidence);
	else if (row_pattern_matches(evidence->pattern, stretch->row))
		weigh_all(weighing, outside, evidence);
}

static void weigh_nobody(struct weighing *weighing, const struct quote_evidence *evidence)
{
	size_t last = weighing->count - 1;
	if (weighing->count == 0 || weighing->items[last].token != NO_TOKEN)
		return;
	if (!evidence->pattern || row_pattern_matches(evidence->pattern, weighing->sentence->row))
		count_for(weighing, last, evidence);
}

static bool concerns(enum quote_when when, const struct row_quote *quote)
{
	return when == WHEN_ANY || (when == WHEN_PARTIAL) == quote->partial;
}

static void weigh(struct weighing *weighing, const struct quote_evidence *evidence)
{
	const struct row_quote *quote = &weighing->speech->quotes[weighing->quote];
	if (!concerns(evidence->when, quote))
		return;
	if (evidence->kind == EVIDENCE_NOBODY)
		weigh_nobody(weighing, evidence);
	if (evidence->kind != EVIDENCE_PATTERN)
		return;
	if (evidence->over != CANDIDATE_OUTSIDE)
		weigh_in(weighing, false, evidence);
	if (evidence->over != CANDIDATE_IN_SENTENCE)
		weigh_in(weighing, true, evidence);
}

static void keep(struct weighing *weighing)
{
	struct speech *speech = weighing->speech;
	struct row_quote *quote = &speech->quotes[weighing->quote];
	speech->candidates = grow(speech->candidates, &speech->candidate_capacity,
		speech->candidate_count + weighing->count, sizeof *speech->candidates);
	memcpy(speech->candidates + speech->candidate_count, weighing->items,
		weighing->count * sizeof *speech->candidates);
	quote->first_candidate = (uint32_t)speech->candidate_count;
	quote->candidate_count = (uint32_t)weighing->count;
	speech->candidate_count += weighing->count;
}

/* Whether the step that decided is sure enough, and nobody whose voice counts names another. */
static bool is_settled(const struct speech *speech, uint32_t index)
{
	const struct row_quote *quote = &speech->quotes[index];
	const struct quote_rule *rule = speech->rule;
	if (quote->step == NO_STEP || rule->steps[quote->step].confidence < rule->candidates.sure)
		return false;
	const uint32_t *proposals = &speech->proposals[index * rule->step_count];
	for (size_t i = 0; i < rule->step_count; i++)
		if (proposals[i] != NO_TOKEN && proposals[i] != quote->step_target &&
			(speech->voters >> i & 1))
			return false;
	return true;
}

static void weigh_quote(struct weighing *weighing)
{
	struct speech *speech = weighing->speech;
	stretch_find(speech, weighing->quote, OVER_SENTENCE, weighing->sentence);
	stretch_find(speech, weighing->quote, OVER_PARAGRAPHS, weighing->around);
	add_from(weighing, weighing->sentence, false);
	add_from(weighing, weighing->around, true);
	add_others(weighing);
	for (size_t i = 0; i < speech->rule->evidence_count; i++)
		weigh(weighing, &speech->rule->evidence[i]);
}

void candidates_weigh(struct speech *speech)
{
	struct weighing weighing = {.speech = speech,
		.sentence = &speech->stretches[OVER_SENTENCE],
		.around = &speech->stretches[OVER_PARAGRAPHS]};
	for (uint32_t i = 0; i < speech->quote_count && !window_is_canceled(speech->window); i++) {
		if (speech->quotes[i].sentence == NO_TOKEN || speech->quotes[i].turn)
			continue;
		weighing.quote = i;
		weighing.count = weighing.counts[0] = weighing.counts[1] = 0;
		if (is_settled(speech, i))
			weighing.items[weighing.count++] =
				(struct candidate){.token = speech->quotes[i].step_target};
		else
			weigh_quote(&weighing);
		keep(&weighing);
	}
}

/* ---- What the steps say ----------------------------------------------------------------- */

static double votes_for(const struct speech *speech, uint32_t index,
	const struct quote_evidence *evidence, uint32_t token)
{
	const struct row_quote *quote = &speech->quotes[index];
	size_t steps = speech->rule->step_count, votes = 0;
	for (size_t i = 0; i < steps; i++) {
		bool own = i == quote->step && token == quote->step_target;
		votes += (evidence->steps >> i & 1) && !own &&
			 speech->proposals[index * steps + i] == token;
	}
	return (double)(votes < VOTES ? votes : VOTES);
}

/* What a share is in natural logarithms. */
static double logit(double share)
{
	return log(share / (1 - share));
}

static void add_steps(struct speech *speech, uint32_t index, struct candidate *candidate)
{
	const struct row_quote *quote = &speech->quotes[index];
	const struct quote_rule *rule = speech->rule;
	for (size_t i = 0; i < rule->evidence_count; i++) {
		const struct quote_evidence *evidence = &rule->evidence[i];
		double value = 0;
		if (evidence->kind != EVIDENCE_STEP && evidence->kind != EVIDENCE_VOTE)
			continue;
		if (candidate->token == NO_TOKEN || !concerns(evidence->when, quote))
			continue;
		if (evidence->kind == EVIDENCE_STEP && quote->step != NO_STEP &&
			candidate->token == quote->step_target)
			value = logit(rule->steps[quote->step].confidence);
		else if (evidence->kind == EVIDENCE_VOTE)
			value = votes_for(speech, index, evidence, candidate->token);
		candidate->sum += value * evidence->weight;
		if (value != 0)
			tell(speech, index,
				&(struct told){
					candidate->token, evidence, value * evidence->weight});
	}
}

static struct candidate *candidates_of(const struct speech *speech, uint32_t quote)
{
	return speech->candidates + speech->quotes[quote].first_candidate;
}

static struct candidate *best_of(const struct speech *speech, uint32_t quote)
{
	struct candidate *items = candidates_of(speech, quote);
	size_t best = 0;
	for (size_t i = 1; i < speech->quotes[quote].candidate_count; i++)
		if (items[i].sum > items[best].sum)
			best = i;
	return &items[best];
}

/* Sums become shares of one. */
static void share_out(struct speech *speech, uint32_t quote)
{
	struct candidate *items = candidates_of(speech, quote);
	size_t count = speech->quotes[quote].candidate_count;
	double largest = best_of(speech, quote)->sum, whole = 0;
	for (size_t i = 0; i < count; i++)
		whole += items[i].sum = exp(items[i].sum - largest);
	for (size_t i = 0; i < count; i++)
		items[i].sum /= whole;
}

/* ---- Who it is -------------------------------------------------------------------------- */

/* The best candidate that is no quote. */
static uint32_t best_by_itself(const struct speech *speech, uint32_t quote)
{
	const struct candidate *items = candidates_of(speech, quote);
	uint32_t best = NO_TOKEN;
	double most = 0;
	for (size_t i = 0; i < speech->quotes[quote].candidate_count; i++) {
		uint32_t token = items[i].token;
		if (token == NO_TOKEN || speech->tokens[token].quote != NO_QUOTE ||
			items[i].sum <= most)
			continue;
		most = items[i].sum;
		best = token;
	}
	return best;
}

/* Follows quotes that hand on their speaker; one that leads back to itself takes its next best. */
static uint32_t follow(const struct speech *speech, uint32_t quote)
{
	uint32_t chain[CHAIN], length = 0;
	for (uint32_t at = quote;; length++) {
		if (speech->quotes[at].candidate_count == 0)
			return speech->quotes[at].speaker;
		uint32_t token = best_of(speech, at)->token;
		if (token == NO_TOKEN || speech->tokens[token].quote == NO_QUOTE)
			return token;
		uint32_t next = speech->tokens[token].quote;
		bool back = length + 1 == CHAIN || next == at;
		for (uint32_t i = 0; i < length; i++)
			back = back || chain[i] == next;
		if (back)
			return best_by_itself(speech, at);
		chain[length] = at;
		if (next < quote)
			return speech->quotes[next].speaker; /* found already */
		at = next;
	}
}

static bool same_but_for_case(struct slice a, struct slice b)
{
	struct buffer left = {0}, right = {0};
	text_lower(a, &left);
	text_lower(b, &right);
	bool same = slice_equal(buffer_slice(&left), buffer_slice(&right));
	buffer_release(&left);
	buffer_release(&right);
	return same;
}

/* Whether the shorter one is the first or last words of the longer. */
static bool is_part(struct slice longer, struct slice part)
{
	if (longer.length < part.length + 2 || part.length == 0)
		return false;
	bool last =
		(unsigned char)longer.bytes[longer.length - part.length - 1] <= ' ' &&
		memcmp(longer.bytes + longer.length - part.length, part.bytes, part.length) == 0;
	bool first = (unsigned char)longer.bytes[part.length] <= ' ' &&
		     memcmp(longer.bytes, part.bytes, part.length) == 0;
	return last || first;
}

static bool is_mention(const struct speech *speech, uint32_t token)
{
	return atoms_have(row_atoms(speech, speech->tokens[token].set), ATOM_M);
}

static bool is_same(const struct speech *speech, uint32_t a, uint32_t b)
{
	if (a == b)
		return true;
	if (a == NO_TOKEN || b == NO_TOKEN)
		return false;
	const struct row_token *left = &speech->tokens[a], *right = &speech->tokens[b];
	if (left->quote != NO_QUOTE || right->quote != NO_QUOTE)
		return false;
	if (left->cluster != NO_CLUSTER && right->cluster != NO_CLUSTER)
		return left->cluster == right->cluster;
	struct slice x = row_text(speech, left->head), y = row_text(speech, right->head);
	if (is_mention(speech, a) && is_mention(speech, b) && (is_part(x, y) || is_part(y, x)))
		return true;
	return x.length == y.length && same_but_for_case(x, y);
}

/* The token that a candidate means. */
static uint32_t meaning(const struct speech *speech, const struct candidate *candidate)
{
	if (candidate->token == NO_TOKEN)
		return NO_TOKEN;
	uint32_t quote = speech->tokens[candidate->token].quote;
	return quote == NO_QUOTE ? candidate->token : speech->quotes[quote].speaker;
}

static double share_of(const struct speech *speech, uint32_t quote, uint32_t token)
{
	const struct candidate *items = candidates_of(speech, quote);
	double share = 0;
	for (size_t i = 0; i < speech->quotes[quote].candidate_count; i++)
		if (items[i].sum > LEAST_SHARE &&
			is_same(speech, token, meaning(speech, &items[i])))
			share += items[i].sum;
	return share;
}

static int larger_first(const void *a, const void *b)
{
	const struct candidate *left = *(struct candidate *const *)a;
	const struct candidate *right = *(struct candidate *const *)b;
	if (left->sum != right->sum)
		return left->sum < right->sum ? 1 : -1;
	return left < right ? -1 : left > right;
}

static void settle(struct speech *speech, uint32_t index)
{
	struct row_quote *quote = &speech->quotes[index];
	const struct candidate *order[CANDIDATES];
	const struct candidate *items = candidates_of(speech, index);
	for (size_t i = 0; i < quote->candidate_count; i++)
		order[i] = &items[i];
	qsort(order, quote->candidate_count, sizeof *order, larger_first);
	double most = 0;
	uint32_t speaker = NO_TOKEN;
	for (size_t i = 0; i < quote->candidate_count && i < COMPARED; i++) {
		if (order[i]->sum <= LEAST_SHARE && i > 0)
			break;
		uint32_t token = meaning(speech, order[i]);
		double share = share_of(speech, index, token);
		if (share <= most + 1e-9)
			continue;
		most = share;
		speaker = token;
	}
	quote->speaker = speaker;
	if (quote->candidate_count == 1 && quote->step != NO_STEP)
		most = speech->rule->steps[quote->step].confidence;
	quote->confidence = most < MOST_CERTAIN ? most : MOST_CERTAIN;
}

struct certainty {
	double share;
	uint32_t quote;
};

static int surer_first(const void *a, const void *b)
{
	const struct certainty *left = a, *right = b;
	if (left->share != right->share)
		return left->share < right->share ? 1 : -1;
	return left->quote < right->quote ? -1 : 1;
}

void candidates_decide(struct speech *speech)
{
	struct certainty *order = memory_allocate((speech->quote_count + 1) * sizeof *order);
	for (uint32_t i = 0; i < speech->quote_count; i++) {
		struct candidate *items = candidates_of(speech, i);
		order[i] = (struct certainty){.quote = i};
		for (size_t c = 0; c < speech->quotes[i].candidate_count; c++)
			add_steps(speech, i, &items[c]);
		if (speech->quotes[i].candidate_count == 0)
			continue;
		share_out(speech, i);
		order[i].share = best_of(speech, i)->sum;
	}
	for (uint32_t i = 0; i < speech->quote_count; i++)
		speech->quotes[i].speaker = follow(speech, i);
	qsort(order, speech->quote_count, sizeof *order, surer_first);
	for (uint32_t i = 0; i < speech->quote_count; i++)
		if (speech->quotes[order[i].quote].candidate_count > 0)
			settle(speech, order[i].quote);
	free(order);
}
