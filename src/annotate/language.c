/* The language of a text, which says what packs are at work on it. */
#include "annotate/annotator.h"

#include <stdlib.h>

#define LANGUAGE_BYTES ((size_t)64 << 10)
#define LANGUAGE_WORDS 6 /* fewer tell nothing */

/* Words in small letters, and those of them that the pack's list of common words knows. */
struct tally {
	size_t known, words;
};

static struct tally tally_words(struct slice text, const struct pack *pack)
{
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
static const struct pack *choose(
	const struct annotator *annotator, struct slice text, struct language *into)
{
	const struct pack *words = NULL;
	double best = 0;
	for (size_t i = 0; i < annotator->packs->count; i++) {
		const struct pack *pack = annotator->packs->items[i];
		bool asks = !slice_is(pack->language, "und") && pack->common_words.lists;
		struct tally tally = asks ? tally_words(text, pack) : (struct tally){0};
		bool of_language = is_of_language(tally);
		double share = of_language ? (double)tally.known / (double)tally.words : 0;
		into->active[i] =
			annotator->use_all || !asks || of_language || tally.words < LANGUAGE_WORDS;
		if (share > best)
			into->of = pack;
		if (share > best || (into->active[i] && !words && asks))
			words = pack;
		best = share > best ? share : best;
	}
	return words;
}

bool language_tell(struct annotator *annotator)
{
	struct slice text = slice_cut(document_text(annotator->document), 0, LANGUAGE_BYTES);
	struct language *old = &annotator->language;
	size_t count = annotator->packs->count;
	if (old->bytes == text.length)
		return false;
	struct language now = {memory_allocate(count + 1), NULL, text.length};
	const struct pack *words = choose(annotator, text, &now);
	bool other = words != annotator->words_pack || now.of != old->of ||
		     memcmp(now.active, old->active, count) != 0;
	free(old->active);
	*old = now;
	annotator->words_pack = words;
	annotator->words = words ? pack_sentence_words(words) : (struct sentence_words){0};
	return other;
}
