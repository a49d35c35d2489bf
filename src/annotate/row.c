/* Writing a window as rows: words looked up, mentions and quotes as one token each, sentences. */
#include "annotate/row.h"

#include <stdlib.h>
#include <string.h>

const struct atoms *row_atoms(const struct speech *speech, uint32_t set)
{
	return atoms_of(speech->rule->language.table, set);
}

struct slice row_text(const struct speech *speech, struct span span)
{
	return slice_cut(document_text(speech->window->document), span.start, span.end);
}

static uint32_t number_of(struct speech *speech, const struct atoms *atoms)
{
	return atoms_number(speech->rule->language.table, atoms);
}

/* ---- Writing one block ------------------------------------------------------------------ */

struct writer {
	struct speech *speech;
	const struct token *tokens;
	size_t at, end;        /* tokens of the block */
	size_t pair, pair_end; /* pairs of the block */
	size_t find, find_end; /* finds that may begin in it */
	bool title;            /* a line in title case */
};

static struct row_token *add_token(struct speech *speech, struct span span, uint32_t set)
{
	speech->tokens = grow(speech->tokens, &speech->token_capacity, speech->token_count + 1,
		sizeof *speech->tokens);
	struct row_token *token = &speech->tokens[speech->token_count++];
	*token = (struct row_token){
		.span = span, .head = span, .set = set, .quote = NO_QUOTE, .cluster = NO_CLUSTER};
	return token;
}

/* ---- Quotes ---- */

static bool is_quote_sign(uint32_t code)
{
	return code == '"' || code == '\'' || code == '`' || (code >= 0x2018 && code <= 0x201F) ||
	       code == 0xAB || code == 0xBB || code_is_space(code);
}

static uint32_t last_code(struct slice text)
{
	uint32_t code = 0;
	while (text.length > 0) {
		text.length = utf8_before(text, text.length, &code);
		if (!is_quote_sign(code))
			return code;
	}
	return 0;
}

static bool begins_small(struct slice text)
{
	for (size_t at = 0; at < text.length;) {
		uint32_t code;
		at += utf8_decode(text, at, &code);
		enum letter_class class = code_class(code);
		if (class != LETTER_NONE)
			return class == LETTER_LOWER;
	}
	return false;
}

#define TITLE_WORDS 8 /* a longer quote is no title */

static bool is_small_word(const struct writer *writer, size_t token)
{
	const struct atoms *atoms = quote_named_word(
		writer->speech->rule, token_folded(writer->speech->window->tokens, token));
	return atoms && atoms_have(atoms, ATOM_SMALL);
}

/* Two words or more, each with a capital but for those that titles leave small. */
static bool in_title_case(const struct writer *writer, const struct pair *pair)
{
	size_t words = 0;
	for (size_t i = writer->at; i < writer->end; i++) {
		const struct token *token = &writer->tokens[i];
		if (token->start >= pair->inner.end)
			break;
		if (token->start < pair->inner.start || !(token->flags & TOKEN_WORD) ||
			(token->flags & (TOKEN_CLITIC | TOKEN_DIGIT)))
			continue;
		if (!(token->flags & TOKEN_CAPITAL) && !is_small_word(writer, i))
			return false;
		if (++words > TITLE_WORDS)
			return false;
	}
	return words >= 2;
}

static unsigned traits_of(const struct writer *writer, const struct pair *pair)
{
	struct slice inner = row_text(writer->speech, pair->inner);
	uint32_t last = last_code(inner);
	bool asks = last == '?' || last == '!' || last == 0xFF1F || last == 0xFF01;
	unsigned traits = 1u << TRAIT_ANY;
	if (last == ',' || last == 0xFF0C || last == 0x3001)
		traits |= 1u << TRAIT_COMMA;
	if (asks)
		traits |= 1u << TRAIT_ASKS;
	if (asks || last == '.' || last == 0x2026 || last == 0x3002)
		traits |= 1u << TRAIT_STOP;
	if (begins_small(inner))
		traits |= 1u << TRAIT_LOWER;
	if (!writer->title && in_title_case(writer, pair))
		traits |= 1u << TRAIT_TITLE;
	if (pair->open)
		traits |= 1u << TRAIT_OPEN;
	return traits;
}

static uint32_t traits_set(struct speech *speech, unsigned traits, uint32_t base)
{
	struct atoms atoms = {0};
	for (unsigned i = TRAIT_ANY; i <= TRAIT_OPEN; i++)
		if (traits >> i & 1)
			atoms_add(&atoms, base + i);
	return number_of(speech, &atoms);
}

static void write_quote(struct writer *writer)
{
	struct speech *speech = writer->speech;
	const struct pair *pair = &speech->window->pairs.items[writer->pair];
	unsigned traits = traits_of(writer, pair);
	speech->quotes = grow(speech->quotes, &speech->quote_capacity, speech->quote_count + 1,
		sizeof *speech->quotes);
	speech->quotes[speech->quote_count] = (struct row_quote){
		.pair = (uint32_t)writer->pair,
		.as_other = traits_set(speech, traits, ATOM_K),
		.sentence = NO_TOKEN,
		.step = NO_STEP,
		.step_target = NO_TOKEN,
		.step_cue = {NOWHERE, NOWHERE},
		.speaker = NO_TOKEN,
	};
	add_token(speech, pair->whole, traits_set(speech, traits, ATOM_Q))->quote =
		(uint32_t)speech->quote_count++;
	while (writer->at < writer->end && writer->tokens[writer->at].start < pair->whole.end)
		writer->at++;
	do
		writer->pair++;
	while (writer->pair < writer->pair_end && speech->window->pairs.items[writer->pair].nested);
}

/* ---- Mentions ---- */

/* The find that begins at the next token and may be one token, or NULL. */
static const struct find *find_here(struct writer *writer, size_t limit)
{
	const struct finds *finds = &writer->speech->window->finds;
	size_t start = writer->tokens[writer->at].start;
	while (writer->find < writer->find_end && finds->items[writer->find].span.start < start)
		writer->find++;
	for (size_t i = writer->find; i < writer->find_end && finds->items[i].span.start == start;
		i++) {
		const struct find *find = &finds->items[i];
		if (writer->speech->kind_sets[find->kind] != NO_SET && find->span.end <= limit)
			return find;
	}
	return NULL;
}

static void write_find(struct writer *writer, const struct find *find)
{
	struct row_token *token =
		add_token(writer->speech, find->span, writer->speech->kind_sets[find->kind]);
	token->cluster = find->cluster;
	token->word = true;
	while (writer->at < writer->end && writer->tokens[writer->at].start < find->span.end)
		writer->at++;
}

/* ---- Strays ---- */

static uint32_t word_set(const struct writer *writer, size_t at)
{
	const struct speech *speech = writer->speech;
	const struct token *token = &writer->tokens[at];
	unsigned flags = (token->flags & TOKEN_CAPITAL ? QUOTE_WORD_CAPITAL : 0u) |
			 (token->flags & TOKEN_DIGIT ? QUOTE_WORD_DIGIT : 0u);
	return quote_word_set(speech->rule, speech->pack, token_folded(speech->window->tokens, at),
		token->lexeme, token->lower, flags);
}

/* Behind a quote that ends in a comma the sentence goes on: a capital there means something. */
static bool goes_on(const struct writer *writer, size_t at)
{
	const struct speech *speech = writer->speech;
	if (speech->token_count == 0 || at != writer->at)
		return false;
	const struct row_token *last = &speech->tokens[speech->token_count - 1];
	return last->quote != NO_QUOTE && last->span.end <= writer->tokens[at].start &&
	       atoms_have(row_atoms(speech, last->set), ATOM_Q + TRAIT_COMMA);
}

/* A capitalised word that nothing knows: perhaps a name that the names rule did not want. */
static bool is_stray(const struct writer *writer, size_t at)
{
	const struct quote_rule *rule = writer->speech->rule;
	const struct token *token = &writer->tokens[at];
	if ((token->flags & (TOKEN_WORD | TOKEN_CAPITAL | TOKEN_CLITIC)) !=
		(TOKEN_WORD | TOKEN_CAPITAL))
		return false;
	const struct lexicon *lexicon = writer->speech->pack->lexicon;
	if (lexeme_in(lexicon, token->lower, &rule->never_strays) ||
		lexeme_in(lexicon, token->lexeme, &rule->never_strays))
		return false;
	return !(token->flags & TOKEN_SENTENCE) || token->lower == NO_LEXEME || goes_on(writer, at);
}

#define STRAY_TOKENS 12 /* a longer run is more than one */

/* The end of the run of strays that begins at the next token. Those before a find are no name of
 * their own (*President Duarte*): then there is none. */
static size_t strays_end(const struct writer *writer, size_t limit)
{
	struct writer ahead = *writer;
	while (ahead.at < writer->end && ahead.at < writer->at + STRAY_TOKENS &&
		writer->tokens[ahead.at].end <= limit && is_stray(writer, ahead.at)) {
		ahead.at++;
		if (ahead.at < writer->end && find_here(&ahead, limit))
			return writer->at;
	}
	return ahead.at;
}

static bool write_strays(struct writer *writer, size_t limit)
{
	struct speech *speech = writer->speech;
	if (atoms_are_none(&speech->rule->strays) || writer->title)
		return false;
	size_t end = strays_end(writer, limit);
	if (end == writer->at)
		return false;
	struct span span = {writer->tokens[writer->at].start, writer->tokens[end - 1].end};
	struct row_token *token = add_token(speech, span, number_of(speech, &speech->rule->strays));
	token->word = true;
	writer->at = end;
	return true;
}

/* ---- Words and signs ---- */

static bool follows_possessor(const struct writer *writer)
{
	struct speech *speech = writer->speech;
	struct slice after = speech->rule->possessive_after;
	const struct token *token = &writer->tokens[writer->at];
	if (speech->rule->possessive == NO_ATOM || speech->token_count == 0 ||
		!(token->flags & TOKEN_GLUED))
		return false;
	const struct row_token *last = &speech->tokens[speech->token_count - 1];
	struct slice text = row_text(speech, last->span);
	return last->word && last->span.end == token->start && text.length > after.length &&
	       memcmp(text.bytes + text.length - after.length, after.bytes, after.length) == 0;
}

static void write_sign(struct writer *writer)
{
	struct speech *speech = writer->speech;
	const struct token *token = &writer->tokens[writer->at];
	struct span span = {token->start, token->end};
	struct slice sign = row_text(speech, span);
	struct atoms atoms = {0};
	uint32_t code = 0;
	utf8_decode(sign, 0, &code);
	bool dash = code == '-' || (code >= 0x2010 && code <= 0x2015);
	uint32_t atom =
		atom_find(speech->rule->language.table, dash ? slice_of("\xE2\x80\x94") : sign);
	if ((code == '\'' || code == 0x2019) && follows_possessor(writer))
		atom = speech->rule->possessive;
	if (atom != NO_ATOM)
		atoms_add(&atoms, atom);
	add_token(speech, span, number_of(speech, &atoms))->sign = dash ? 0x2014 : code;
	writer->at++;
}

static void write_word(struct writer *writer)
{
	struct speech *speech = writer->speech;
	const struct token *token = &writer->tokens[writer->at];
	uint32_t set = word_set(writer, writer->at);
	struct span span = {token->start, token->end};
	struct row_token *word = add_token(speech, span, set);
	word->word = !(token->flags & TOKEN_CLITIC);
	writer->at++;
}

static bool in_pair(const struct writer *writer, size_t offset)
{
	const struct pairs *pairs = &writer->speech->window->pairs;
	for (size_t i = writer->pair; i < writer->pair_end; i++) {
		if (pairs->items[i].whole.start > offset)
			return false;
		if (offset < pairs->items[i].whole.end)
			return true;
	}
	return false;
}

/* More than seven in ten of its longer words have a capital. */
static bool is_title_line(const struct writer *writer)
{
	struct writer ahead = *writer;
	size_t words = 0, capitals = 0;
	for (size_t i = writer->at; i < writer->end; i++) {
		const struct token *token = &writer->tokens[i];
		const struct pairs *pairs = &writer->speech->window->pairs;
		while (ahead.pair < ahead.pair_end &&
			pairs->items[ahead.pair].whole.end <= token->start)
			ahead.pair++;
		if (!(token->flags & TOKEN_WORD) || token->end - token->start <= 3 ||
			in_pair(&ahead, token->start))
			continue;
		words++;
		capitals += (token->flags & TOKEN_CAPITAL) != 0;
	}
	return words > 2 && capitals * 10 > words * 7;
}

static void write_next(struct writer *writer)
{
	const struct pairs *pairs = &writer->speech->window->pairs;
	const struct token *token = &writer->tokens[writer->at];
	size_t limit =
		writer->pair < writer->pair_end ? pairs->items[writer->pair].whole.start : NOWHERE;
	const struct find *find;
	if (token->start >= limit)
		write_quote(writer);
	else if ((find = find_here(writer, limit)) != NULL)
		write_find(writer, find);
	else if (write_strays(writer, limit))
		return;
	else if (token->flags & TOKEN_WORD)
		write_word(writer);
	else
		write_sign(writer);
}

static void write_block(struct writer *writer)
{
	writer->title = is_title_line(writer);
	while (writer->at < writer->end) {
		bool first = writer->tokens[writer->at].flags & TOKEN_FIRST;
		size_t added = writer->speech->token_count;
		write_next(writer);
		writer->speech->tokens[added].first = first;
	}
}

/* ---- Sentences -------------------------------------------------------------------------- */

static void add_sentence(struct speech *speech, size_t first, size_t end)
{
	speech->sentences = grow(speech->sentences, &speech->sentence_capacity,
		speech->sentence_count + 1, sizeof *speech->sentences);
	speech->sentences[speech->sentence_count++] = (struct row_sentence){
		(uint32_t)first, (uint32_t)(end - first), (uint32_t)speech->paragraph_count};
}

static void divide(struct speech *speech, size_t first)
{
	size_t start = first, end = speech->token_count;
	for (size_t i = first; i < end; i++) {
		bool ends = i + 1 == end || speech->tokens[i + 1].first;
		if (!ends && i + 1 - start < SENTENCE_TOKENS)
			continue;
		add_sentence(speech, start, i + 1);
		start = i + 1;
	}
}

/* ---- The window ------------------------------------------------------------------------- */

static bool has_pair(const struct window *window, size_t *pair, size_t piece)
{
	while (*pair < window->pairs.count && window->pairs.items[*pair].piece < piece)
		++*pair;
	return *pair < window->pairs.count && window->pairs.items[*pair].piece == piece;
}

static void find_extents(struct speech *speech)
{
	const struct window *window = speech->window;
	size_t capacity = 0, pair = 0;
	for (size_t i = 0; i < window->tokens->count;) {
		uint32_t piece = window->tokens->items[i].piece;
		size_t first = i;
		while (i < window->tokens->count && window->tokens->items[i].piece == piece)
			i++;
		speech->extents = grow(speech->extents, &capacity, speech->extent_count + 1,
			sizeof *speech->extents);
		speech->extents[speech->extent_count++] =
			(struct row_extent){first, i, piece, has_pair(window, &pair, piece)};
	}
}

static void write_paragraph(struct writer *writer, const struct row_extent *extent, bool adjoins)
{
	struct speech *speech = writer->speech;
	const struct window *window = speech->window;
	size_t first_token = speech->token_count, first_sentence = speech->sentence_count;
	writer->at = extent->first;
	writer->end = extent->end;
	while (writer->pair < window->pairs.count &&
		window->pairs.items[writer->pair].piece < extent->piece)
		writer->pair++;
	writer->pair_end = writer->pair;
	while (writer->pair_end < window->pairs.count &&
		window->pairs.items[writer->pair_end].piece == extent->piece)
		writer->pair_end++;
	writer->find_end = window->finds.count;
	write_block(writer);
	divide(speech, first_token);
	speech->paragraphs = grow(speech->paragraphs, &speech->paragraph_capacity,
		speech->paragraph_count + 1, sizeof *speech->paragraphs);
	speech->paragraphs[speech->paragraph_count++] = (struct row_paragraph){
		.first = (uint32_t)first_sentence,
		.count = (uint32_t)(speech->sentence_count - first_sentence),
		.adjoins = adjoins,
	};
}

static void find_kind_sets(struct speech *speech)
{
	const struct packs *packs = speech->window->packs;
	const struct quote_rule *rule = speech->rule;
	speech->kind_sets = memory_allocate((packs->kind_count + 1) * sizeof(uint32_t));
	for (size_t i = 0; i < packs->kind_count; i++) {
		struct atoms atoms = {0};
		for (size_t k = 0; k < rule->kind_count; k++)
			for (size_t n = 0; n < rule->kinds[k].kinds.count; n++)
				if (slice_is(rule->kinds[k].kinds.items[n], packs->kinds[i].name))
					atoms_add(&atoms, rule->kinds[k].atom);
		if (atoms_are_none(&atoms)) {
			atoms_add(&atoms, packs->kinds[i].speaks ? ATOM_P : ATOM_O);
			atoms_add(&atoms, ATOM_M);
		}
		speech->kind_sets[i] =
			packs->kinds[i].layer == LAYER_ENTITY ? number_of(speech, &atoms) : NO_SET;
	}
}

void rows_begin(struct speech *speech)
{
	find_extents(speech);
	find_kind_sets(speech);
}

/* Those with a quote, and their neighbours. */
static bool is_wanted(const struct speech *speech, size_t i)
{
	const struct row_extent *extents = speech->extents;
	return extents[i].quoted || (i > 0 && extents[i - 1].quoted) ||
	       (i + 1 < speech->extent_count && extents[i + 1].quoted);
}

bool rows_next(struct speech *speech)
{
	struct writer writer = {.speech = speech,
		.tokens = speech->window->tokens->items,
		.pair = speech->next_pair,
		.find = speech->next_find};
	size_t i = speech->next_extent;
	while (i < speech->extent_count && !is_wanted(speech, i))
		i++;
	speech->token_count = speech->sentence_count = speech->paragraph_count = 0;
	speech->quote_count = speech->candidate_count = speech->told_count = 0;
	for (size_t first = i; i < speech->extent_count && is_wanted(speech, i) &&
			       speech->token_count < RUN_TOKENS;
		i++) {
		write_paragraph(&writer, &speech->extents[i], i > first);
		speech->paragraphs[speech->paragraph_count - 1].before = (uint32_t)i;
	}
	speech->next_extent = i;
	speech->next_pair = writer.pair;
	speech->next_find = writer.find;
	return speech->paragraph_count > 0;
}
