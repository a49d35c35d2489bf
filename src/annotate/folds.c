/* Folding: what a fold's pattern finds in a sentence becomes one token, or nothing.
 *
 * Folds run in order, each until it finds nothing more (FOLD_ROUNDS times at most), on every
 * sentence by itself.
 */
#include "annotate/row.h"

#include <string.h>

#define FOLD_ROUNDS 12

struct folding {
	struct speech *speech;
	struct row_sentence *sentence;
	uint32_t sets[SENTENCE_TOKENS]; /* of its tokens */
	struct row *row;                /* the same, for patterns */
};

static struct row_token *token_at(const struct folding *folding, size_t index)
{
	return &folding->speech->tokens[folding->sentence->first + index];
}

static void open_sentence(struct folding *folding, struct row_sentence *sentence)
{
	folding->sentence = sentence;
	for (size_t i = 0; i < sentence->count; i++)
		folding->sets[i] = token_at(folding, i)->set;
	row_write(folding->row, folding->sets, sentence->count);
}

/* Puts one token, or none where it is NULL, in the place of those from start to end. */
static void replace(struct folding *folding, struct span place, const struct row_token *token)
{
	struct row_sentence *sentence = folding->sentence;
	size_t rest = sentence->count - place.end, to = place.start;
	if (token) {
		*token_at(folding, to) = *token;
		folding->sets[to++] = token->set;
	}
	if (rest > 0) {
		memmove(token_at(folding, to), token_at(folding, place.end),
			rest * sizeof(struct row_token));
		memmove(folding->sets + to, folding->sets + place.end, rest * sizeof(uint32_t));
	}
	sentence->count = (uint32_t)(to + rest);
	row_write(folding->row, folding->sets, sentence->count);
}

static struct row_token folded(const struct folding *folding, const struct quote_fold *fold,
	struct span place, struct span head)
{
	const struct row_token *first = token_at(folding, place.start);
	const struct row_token *last = token_at(folding, place.end - 1);
	bool has_head = head.start != NOWHERE && head.end > head.start;
	struct row_token token = *(has_head ? token_at(folding, head.start) : first);
	token.span = (struct span){first->span.start, last->span.end};
	token.head = has_head ? (struct span){token.head.start,
					token_at(folding, head.end - 1)->head.end}
			      : token.span;
	token.word = has_head ? token.word : first->word;
	if (fold->as != NO_SET) {
		token.set = fold->as;
		token.quote = NO_QUOTE;
		token.sign = 0;
		if (!has_head)
			token.cluster = NO_CLUSTER;
	}
	return token;
}

static bool holds_quote(const struct folding *folding, struct span place)
{
	for (size_t i = place.start; i < place.end; i++)
		if (token_at(folding, i)->quote != NO_QUOTE)
			return true;
	return false;
}

/* The first match of the first pattern that has one. */
static bool find_fold(const struct folding *folding, const struct quote_fold *fold,
	struct span *place, struct span *head)
{
	struct match match;
	for (size_t i = 0; i < fold->patterns.count; i++) {
		struct row_pattern *pattern = fold->patterns.items[i];
		if (!row_pattern_find(pattern, folding->row, &match))
			continue;
		*place = match.whole;
		*head = row_pattern_group(pattern, &match, ROW_HEAD);
		return match.whole.end > match.whole.start;
	}
	return false;
}

static bool fold_once(struct folding *folding, const struct quote_fold *fold)
{
	struct span place, head;
	if (!find_fold(folding, fold, &place, &head))
		return false;
	bool one = place.end - place.start == 1;
	if (fold->drop) {
		if (holds_quote(folding, place))
			return false;
		replace(folding, place, NULL);
		return true;
	}
	if (one && (fold->as == NO_SET || fold->as == folding->sets[place.start]))
		return false;
	struct row_token token = folded(folding, fold, place, head);
	if (holds_quote(folding, place) && token.quote == NO_QUOTE)
		return false;
	replace(folding, place, &token);
	return true;
}

static void note_quotes(struct speech *speech, uint32_t sentence)
{
	const struct row_sentence *of = &speech->sentences[sentence];
	for (uint32_t i = of->first; i < of->first + of->count; i++) {
		if (speech->tokens[i].quote == NO_QUOTE)
			continue;
		struct row_quote *quote = &speech->quotes[speech->tokens[i].quote];
		const struct row_token *last = i > of->first ? &speech->tokens[i - 1] : NULL;
		quote->sentence = sentence;
		quote->token = i;
		quote->partial = atoms_have(row_atoms(speech, speech->tokens[i].set),
					 ATOM_Q + TRAIT_LOWER) ||
				 (last && last->word &&
					 !atoms_have(row_atoms(speech, last->set),
						 verb_atom(VERB_ANY, STRENGTH_ANY)));
	}
}

void rows_fold(struct speech *speech)
{
	struct folding folding = {.speech = speech, .row = speech->rows[ROW_FOLDED]};
	for (size_t i = 0; i < speech->sentence_count && !window_is_canceled(speech->window); i++) {
		open_sentence(&folding, &speech->sentences[i]);
		for (size_t f = 0; f < speech->rule->fold_count; f++)
			for (size_t round = 0; round < FOLD_ROUNDS; round++)
				if (!fold_once(&folding, &speech->rule->folds[f]))
					break;
		note_quotes(speech, (uint32_t)i);
	}
}
