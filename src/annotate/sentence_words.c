/* The words of a pack that the sentence splitter asks for, looked up in its lists, which are
 * constant: while the annotator's thread remembers the words that it reads, others may ask these.
 */
#include "annotate/annotator.h"

static struct word_found look_up(const struct pack *pack, struct slice word)
{
	struct buffer scratch = {0};
	struct word_found found = word_look_up(pack->lexicon, word, &scratch);
	buffer_release(&scratch);
	return found;
}

static bool is_abbreviation(const void *of, struct slice word)
{
	const struct pack *pack = of;
	struct word_found found = look_up(pack, word);
	return lexeme_in(pack->lexicon, found.lexeme, &pack->abbreviations) ||
	       lexeme_in(pack->lexicon, found.lower, &pack->abbreviations);
}

static bool is_cue(const void *of, struct slice word)
{
	const struct pack *pack = of;
	return lexeme_in(pack->lexicon, look_up(pack, word).lexeme, &pack->cues);
}

static bool is_function(const void *of, struct slice word)
{
	const struct pack *pack = of;
	return lexeme_in(pack->lexicon, look_up(pack, word).lower, &pack->function_words);
}

struct sentence_words pack_sentence_words(const struct pack *pack)
{
	return (struct sentence_words){is_abbreviation, is_cue, is_function, pack};
}
