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

/* Words in small letters, and those of them that the pack's list of common words knows. */
struct tally {
	size_t known, words;
};

static struct tally tally_words(const struct annotator *annotator, const struct pack *pack)
{
	struct slice text = slice_cut(document_text(annotator->document), 0, LANGUAGE_BYTES);
	struct buffer scratch = {0};
	struct tally tally = {0};
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
		tally.known += lexeme_in(pack->lexicon, lexeme, &pack->common_words);
		tally.words++;
	}
	buffer_release(&scratch);
	return tally;
}

static bool is_of_language(struct tally tally)
{
	return tally.known > 0 && tally.known * 2 >= tally.words;
}

/* A pack is at work on texts of its language, told by the common words; where there are too few of
 * any to tell, on all. The pack that knows the largest share gives the text's language. */
static void choose_language(struct annotator *annotator)
{
	double best = 0;
	annotator->language = "und";
	for (size_t i = 0; i < annotator->packs->count; i++) {
		struct pack *pack = annotator->packs->items[i];
		bool asks = !slice_is(pack->language, "und") && pack->common_words.lists;
		struct tally tally = asks ? tally_words(annotator, pack) : (struct tally){0};
		bool of_language = is_of_language(tally);
		double share = of_language ? (double)tally.known / (double)tally.words : 0;
		annotator->active[i] =
			annotator->use_all || !asks || of_language || tally.words < LANGUAGE_WORDS;
		if (share > best)
			annotator->language = arena_text(annotator->arena, pack->language);
		if (share > best || (annotator->active[i] && !annotator->words_pack && asks))
			annotator->words_pack = pack;
		best = share > best ? share : best;
	}
	if (annotator->words_pack)
		annotator->words =
			(struct sentence_words){is_abbreviation, is_cue, is_function, annotator};
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
	free(annotator->window.trials);
	free(annotator->windows);
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
			document_block(annotator->document, annotator->next_block).extent;
		window_read_block(annotator, annotator->next_block++);
		spent += extent.end - extent.start;
		annotator->window_bytes += extent.end - extent.start;
		annotator->done_bytes = extent.end;
		if (annotator->window_bytes >= WINDOW_BYTES) {
			window_link(annotator);
			return true;
		}
	}
	if (annotator->next_block < count)
		return true;
	window_link(annotator);
	make_generation(annotator);
	annotator->finished = true;
	return false;
}

void annotator_use_all(struct annotator *annotator)
{
	annotator->use_all = true;
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
