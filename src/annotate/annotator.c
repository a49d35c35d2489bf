/* The job of annotating; see annotate.h.
 *
 * Blocks are read one after the other: tokens, pairs of marks, finds of match and words rules. When
 * a window is full, or the text ends, it is linked: names, who wins, quotes and speakers. What the
 * windows found is gathered, and a generation made of it at the end.
 */
#include "byline/annotate.h"

#include <stdlib.h>
#include <string.h>

#include "annotate/annotator.h"

#define WINDOW_BYTES ((size_t)1 << 20)

struct annotator {
	const struct document *document;
	const struct packs *packs;
	struct sentence_words words;
	const struct pack *words_pack;
	struct buffer scratch;
	bool *active; /* by pack: its language is the text's */
	const char *language;
	struct tokens *tokens; /* by pack */
	struct window window;
	struct settings settings;
	struct gathered gathered;
	size_t next_block, window_bytes, done_bytes;
	bool begun, finished, use_all;
	struct arena *arena; /* of the last generation */
	struct annotations result;
};

/* ---- The words that the sentence splitter asks for -------------------------------------- */

static bool word_is_in(const struct annotator *annotator, struct slice word,
	const struct selector *selector, bool lower)
{
	const struct pack *pack = annotator->words_pack;
	struct buffer *scratch = (struct buffer *)&annotator->scratch;
	uint32_t lexeme =
		lower ? pack_word_lower(pack, word, scratch) : pack_word(pack, word, scratch);
	return lexeme_in(pack->lexicon, lexeme, selector);
}

static bool is_abbreviation(const void *of, struct slice word)
{
	const struct annotator *annotator = of;
	const struct selector *selector = &annotator->words_pack->abbreviations;
	return word_is_in(annotator, word, selector, false) ||
	       word_is_in(annotator, word, selector, true);
}

static bool is_cue(const void *of, struct slice word)
{
	const struct annotator *annotator = of;
	return word_is_in(annotator, word, &annotator->words_pack->cues, false);
}

static bool is_function(const void *of, struct slice word)
{
	const struct annotator *annotator = of;
	return word_is_in(annotator, word, &annotator->words_pack->function_words, true);
}

const struct sentence_words *annotator_sentence_words(const struct annotator *annotator)
{
	return &annotator->words;
}

/* ---- Language --------------------------------------------------------------------------- */

#define LANGUAGE_BYTES ((size_t)64 << 10)
#define LANGUAGE_WORDS 6 /* fewer tell nothing */

/* Share of the words in small letters that the pack's list of common words knows. */
static double common_share(const struct annotator *annotator, const struct pack *pack)
{
	struct slice text = slice_cut(document_text(annotator->document), 0, LANGUAGE_BYTES);
	struct buffer scratch = {0};
	size_t known = 0, words = 0;
	for (size_t at = 0; at < text.length;) {
		size_t start = at;
		while (at < text.length && ((text.bytes[at] >= 'a' && text.bytes[at] <= 'z') ||
						   (unsigned char)text.bytes[at] >= 0x80))
			at++;
		if (at == start) {
			at++;
			continue;
		}
		bool whole = start == 0 || text.bytes[start - 1] == ' ';
		if (!whole)
			continue;
		uint32_t lexeme = pack_word(pack, slice_cut(text, start, at), &scratch);
		known += lexeme_in(pack->lexicon, lexeme, &pack->common_words);
		words++;
	}
	buffer_release(&scratch);
	return words >= LANGUAGE_WORDS ? (double)known / (double)words : 0.5;
}

/* A pack is at work on texts of its language; the one with the most common words gives it. */
static void choose_language(struct annotator *annotator)
{
	double best = 0.5;
	annotator->language = "und";
	for (size_t i = 0; i < annotator->packs->count; i++) {
		struct pack *pack = annotator->packs->items[i];
		bool any = slice_is(pack->language, "und");
		double share = any || !pack->common_words.lists ? 0 : common_share(annotator, pack);
		annotator->active[i] =
			annotator->use_all || any || share >= 0.5 || !pack->common_words.lists;
		if ((share >= best && share > 0) ||
			(annotator->use_all && !annotator->words_pack)) {
			best = share;
			annotator->language = arena_text(annotator->arena, pack->language);
			annotator->words_pack = pack;
		}
	}
	if (annotator->words_pack)
		annotator->words =
			(struct sentence_words){is_abbreviation, is_cue, is_function, annotator};
}

/* ---- Blocks ----------------------------------------------------------------------------- */

static const struct rule *rule_of_type(const struct pack *pack, enum rule_type type)
{
	for (size_t i = 0; i < pack->rule_count; i++)
		if (pack->rules[i].type == type)
			return &pack->rules[i];
	return NULL;
}

static void use_pack(struct annotator *annotator, size_t pack)
{
	annotator->window.pack = annotator->packs->items[pack];
	annotator->window.tokens = &annotator->tokens[pack];
}

static void read_block(struct annotator *annotator, size_t block)
{
	struct window *window = &annotator->window;
	struct spans sentences = {0};
	struct slice body = document_body(annotator->document, block);
	annotator->gathered.sentences += sentences_find(body, 0, &annotator->words, &sentences);
	spans_release(&sentences);
	bool paired = false;
	for (size_t i = 0; i < annotator->packs->count; i++) {
		if (!annotator->active[i])
			continue;
		use_pack(annotator, i);
		tokens_read(window->tokens, annotator->document, block, window->pack,
			&annotator->words);
		const struct rule *quote = rule_of_type(window->pack, RULE_QUOTE);
		if (quote && !paired)
			pairs_find(window, quote, block);
		paired = paired || quote;
	}
	for (int setting = 1; setting >= 0; setting--)
		for (size_t i = 0; i < annotator->packs->count; i++) {
			size_t first = window->finds.count;
			if (!annotator->active[i])
				continue;
			use_pack(annotator, i);
			block_match(window, (uint32_t)i, block, &annotator->settings, setting);
			if (setting)
				settings_take(&annotator->settings, window, first);
		}
}

/* ---- Windows ---------------------------------------------------------------------------- */

static void mask_tokens(struct tokens *tokens, const struct window *window)
{
	size_t at = 0;
	for (size_t i = 0; i < window->finds.count; i++) {
		const struct find *find = &window->finds.items[i];
		const struct rule *rule = &window->packs->items[find->pack]->rules[find->rule];
		if (window->packs->kinds[find->kind].layer != LAYER_ENTITY ||
			rule->type != RULE_MATCH)
			continue;
		while (at < tokens->count && tokens->items[at].end <= find->span.start)
			at++;
		for (size_t t = at; t < tokens->count && tokens->items[t].start < find->span.end;
			t++)
			tokens->items[t].flags |= TOKEN_MASKED;
	}
}

static void find_names(struct annotator *annotator)
{
	for (size_t i = 0; i < annotator->packs->count; i++) {
		const struct pack *pack = annotator->packs->items[i];
		const struct rule *names = rule_of_type(pack, RULE_NAMES);
		if (!annotator->active[i] || !names)
			continue;
		use_pack(annotator, i);
		struct finds found = {0};
		names_find(&annotator->window, names, &found);
		for (size_t f = 0; f < found.count; f++) {
			found.items[f].pack = (uint32_t)i;
			found.items[f].rule = (uint32_t)(names - pack->rules);
			finds_add(&annotator->window.finds, &found.items[f]);
		}
		finds_release(&found);
	}
}

static void find_speech(struct annotator *annotator, struct saids *saids)
{
	for (size_t i = 0; i < annotator->packs->count; i++) {
		const struct pack *pack = annotator->packs->items[i];
		const struct rule *quote = rule_of_type(pack, RULE_QUOTE);
		if (!annotator->active[i] || !quote)
			continue;
		use_pack(annotator, i);
		size_t first = saids->count;
		speech_find(&annotator->window, quote, saids);
		for (size_t s = first; s < saids->count; s++) {
			saids->items[s].pack = (uint32_t)i;
			saids->items[s].rule = (uint32_t)(quote - pack->rules);
		}
		return; /* one pack's quotes: pairs of marks are its own */
	}
}

static void link_window(struct annotator *annotator)
{
	struct window *window = &annotator->window;
	struct finds lost = {0};
	struct saids saids = {0};
	window->end_block = annotator->next_block;
	finds_decide(&window->finds, annotator->packs, &lost);
	for (size_t i = 0; i < annotator->packs->count; i++)
		mask_tokens(&annotator->tokens[i], window);
	find_names(annotator);
	finds_decide(&window->finds, annotator->packs, &lost);
	find_speech(annotator, &saids);
	gathered_take(&annotator->gathered, window, &lost, &saids);
	finds_release(&lost);
	free(saids.items);
	spans_release(&saids.segments);
	for (size_t i = 0; i < annotator->packs->count; i++)
		tokens_clear(&annotator->tokens[i]);
	window->pairs.count = window->finds.count = window->group_count = 0;
	window->first_block = annotator->next_block;
	annotator->window_bytes = 0;
}

/* ---- The job ---------------------------------------------------------------------------- */

struct annotator *annotator_new(const struct document *document, const struct packs *packs)
{
	struct annotator *annotator = memory_allocate(sizeof *annotator);
	annotator->document = document;
	annotator->packs = packs;
	annotator->language = "und";
	annotator->arena = arena_new();
	annotator->active = memory_allocate(packs->count + 1);
	annotator->tokens = memory_allocate((packs->count + 1) * sizeof *annotator->tokens);
	annotator->window = (struct window){.document = document, .packs = packs};
	for (int i = 0; i <= SETS_DATELINE; i++)
		annotator->settings.of[i].span = (struct span){NOWHERE, NOWHERE};
	struct span nowhere = {NOWHERE, NOWHERE};
	annotator->result = (struct annotations){.title = nowhere,
		.author = nowhere,
		.published = nowhere,
		.dateline = nowhere,
		.language = "und"};
	return annotator;
}

void annotator_free(struct annotator *annotator)
{
	if (!annotator)
		return;
	for (size_t i = 0; i < annotator->packs->count; i++)
		tokens_release(&annotator->tokens[i]);
	free(annotator->tokens);
	free(annotator->active);
	free(annotator->window.pairs.items);
	finds_release(&annotator->window.finds);
	free(annotator->window.groups);
	gathered_release(&annotator->gathered);
	buffer_release(&annotator->scratch);
	arena_free(annotator->arena);
	free(annotator);
}

static void make_generation(struct annotator *annotator)
{
	struct annotations *result = &annotator->result;
	result->title = annotator->settings.of[SETS_TITLE].span;
	result->author = annotator->settings.of[SETS_AUTHOR].span;
	result->published = annotator->settings.of[SETS_PUBLISHED].span;
	result->dateline = annotator->settings.of[SETS_DATELINE].span;
	result->language = annotator->language;
	annotations_link(&annotator->gathered, annotator->document, annotator->packs,
		annotator->arena, result);
	speakers_resolve(&annotator->gathered, annotator->document, annotator->packs,
		annotator->arena, result);
}

bool annotator_step(struct annotator *annotator, size_t budget)
{
	size_t count = document_block_count(annotator->document), spent = 0;
	if (annotator->finished)
		return false;
	if (!annotator->begun)
		choose_language(annotator);
	annotator->begun = true;
	while (annotator->next_block < count && spent < budget) {
		struct span extent =
			document_block(annotator->document, annotator->next_block)->extent;
		read_block(annotator, annotator->next_block++);
		spent += extent.end - extent.start;
		annotator->window_bytes += extent.end - extent.start;
		annotator->done_bytes = extent.end;
		if (annotator->window_bytes >= WINDOW_BYTES) {
			link_window(annotator);
			return true;
		}
	}
	if (annotator->next_block < count)
		return true;
	link_window(annotator);
	make_generation(annotator);
	annotator->finished = true;
	return false;
}

void annotator_use_all(struct annotator *annotator)
{
	annotator->use_all = true;
}

const struct gathered *annotator_gathered(const struct annotator *annotator)
{
	return &annotator->gathered;
}

const struct document *annotator_document(const struct annotator *annotator)
{
	return annotator->document;
}

const struct packs *annotator_packs(const struct annotator *annotator)
{
	return annotator->packs;
}

const struct annotations *annotator_result(const struct annotator *annotator)
{
	return &annotator->result;
}

double annotator_progress(const struct annotator *annotator)
{
	size_t bytes = document_text(annotator->document).length;
	if (annotator->finished || bytes == 0)
		return annotator->finished ? 1 : 0;
	return (double)annotator->done_bytes / (double)bytes;
}
