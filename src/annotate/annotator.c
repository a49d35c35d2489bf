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
	return &annotator->shared_words;
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
	struct slice language = slice_of("und");
	for (size_t i = 0; i < annotator->packs->count; i++) {
		struct pack *pack = annotator->packs->items[i];
		bool asks = !slice_is(pack->language, "und") && pack->common_words.lists;
		struct tally tally = asks ? tally_words(annotator, pack) : (struct tally){0};
		bool of_language = is_of_language(tally);
		double share = of_language ? (double)tally.known / (double)tally.words : 0;
		annotator->active[i] =
			annotator->use_all || !asks || of_language || tally.words < LANGUAGE_WORDS;
		if (share > best)
			language = pack->language;
		if (share > best || (annotator->active[i] && !annotator->words_pack && asks))
			annotator->words_pack = pack;
		best = share > best ? share : best;
	}
	annotator->language = language;
	if (!annotator->words_pack)
		return;
	annotator->words = (struct sentence_words){is_abbreviation, is_cue, is_function, annotator};
	annotator->shared_words = pack_sentence_words(annotator->words_pack);
}

/* ---- The job ---------------------------------------------------------------------------- */

/* Everything of a generation lies in an arena of its own. */
static struct annotations *generation_new(const struct annotator *annotator)
{
	struct arena *arena = arena_new();
	struct annotations *made = arena_allocate(arena, sizeof *made);
	made->arena = arena;
	made->title = annotator->settings.of[SETS_TITLE].span;
	made->author = annotator->settings.of[SETS_AUTHOR].span;
	made->published = annotator->settings.of[SETS_PUBLISHED].span;
	made->dateline = annotator->settings.of[SETS_DATELINE].span;
	made->language = arena_text(arena, annotator->language);
	return made;
}

void annotations_free(struct annotations *annotations)
{
	if (annotations)
		arena_free(annotations->arena);
}

struct annotator *annotator_new(const struct document *document, const struct packs *packs)
{
	struct annotator *annotator = memory_allocate(sizeof *annotator);
	annotator->document = document;
	annotator->packs = packs;
	annotator->language = slice_of("und");
	annotator->preferred = NOWHERE;
	annotator->active = memory_allocate(packs->count + 1);
	annotator->tokens = memory_allocate((packs->count + 1) * sizeof *annotator->tokens);
	annotator->window = (struct window){.document = document, .packs = packs};
	for (int i = 0; i <= SETS_DATELINE; i++)
		annotator->settings.of[i].span = (struct span){NOWHERE, NOWHERE};
	annotator->last = generation_new(annotator);
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
	if (!annotator->is_given)
		annotations_free(annotator->last);
	free(annotator);
}

static void make_generation(struct annotator *annotator)
{
	struct annotations *made = generation_new(annotator);
	annotations_link(
		&annotator->gathered, annotator->document, annotator->packs, made->arena, made);
	speakers_resolve(
		&annotator->gathered, annotator->document, annotator->packs, made->arena, made);
	made->bytes = document_text(annotator->document).length;
	made->whole = annotator->finished;
	if (!annotator->is_given)
		annotations_free(annotator->last);
	annotator->last = made;
	annotator->is_given = false;
	annotator->is_made = true;
}

/* What is read has doubled, or somebody looks at the window that was just linked. */
static bool is_worth_showing(const struct annotator *annotator, size_t window)
{
	size_t preferred = annotator->preferred;
	return annotator->done_bytes >= annotator->shown_bytes * 2 ||
	       (window <= preferred && preferred < annotator->done_bytes);
}

static void finish_window(struct annotator *annotator)
{
	size_t start =
		document_block(annotator->document, annotator->window.first_block).extent.start;
	window_link(annotator);
	if (!is_worth_showing(annotator, start))
		return;
	make_generation(annotator);
	annotator->shown_bytes = annotator->done_bytes;
}

bool annotator_step(struct annotator *annotator, size_t budget)
{
	size_t count = document_block_count(annotator->document), spent = 0;
	if (annotator->finished || annotator_canceled(annotator))
		return false;
	if (!annotator->begun)
		choose_language(annotator);
	annotator->begun = true;
	while (annotator->next_block < count && spent < budget) {
		struct span extent =
			document_block(annotator->document, annotator->next_block).extent;
		if (annotator_canceled(annotator))
			return false;
		window_read_block(annotator, annotator->next_block++);
		spent += extent.end - extent.start;
		annotator->window_bytes += extent.end - extent.start;
		annotator->done_bytes = extent.end;
		if (annotator->window_bytes >= WINDOW_BYTES) {
			finish_window(annotator);
			return true;
		}
	}
	if (annotator->next_block < count)
		return true;
	window_link(annotator);
	annotator->finished = true;
	make_generation(annotator);
	return false;
}

void annotator_prefer(struct annotator *annotator, size_t offset)
{
	annotator->preferred = offset;
}

void annotator_cancel(struct annotator *annotator)
{
	atomic_store_explicit(&annotator->canceled, true, memory_order_relaxed);
}

struct annotations *annotator_take(struct annotator *annotator)
{
	if (annotator->is_given || !annotator->is_made)
		return NULL;
	annotator->is_given = true;
	return annotator->last;
}

void annotator_use_all(struct annotator *annotator)
{
	annotator->use_all = true;
}

const struct annotations *annotator_result(const struct annotator *annotator)
{
	return annotator->last;
}

double annotator_progress(const struct annotator *annotator)
{
	size_t bytes = document_text(annotator->document).length;
	if (annotator->finished || bytes == 0)
		return annotator->finished ? 1 : 0;
	return (double)annotator->done_bytes / (double)bytes;
}
