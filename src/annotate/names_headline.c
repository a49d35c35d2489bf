/* Headlines: in capitals, or with a capital for almost every word. There a capital says nothing;
 * only names that the lists or the rest of the text know are found. */
#include <string.h>

#include "annotate/names.h"

/* What the words of a block look like. */
struct look {
	size_t words, letters, capitals; /* words of letters; letters in them, capital ones */
	size_t long_words, big, common; /* four letters and more, after the first: all, capitalised,
					   capitalised and in the dictionary */
	bool slash;
};

#define HEADLINE_WORDS 30 /* a longer block is none in title case */

static void look_at(struct names *names, size_t index, struct look *look)
{
	const struct name_word *word = &names->words[index];
	struct slice folded = names_folded(word);
	if (!(word->flags & WORD_LETTER)) {
		look->slash = look->slash || slice_is(folded, "/");
		return;
	}
	bool first = look->words++ == 0;
	look->letters += folded.length;
	for (size_t i = 0; i < folded.length; i++)
		look->capitals += folded.bytes[i] >= 'A' && folded.bytes[i] <= 'Z';
	if (first || folded.length < 4)
		return;
	look->long_words++;
	if (!(word->flags & WORD_CAPITAL))
		return;
	look->big++;
	look->common += names_is(names, index, CLASS_BIT(NAME_COMMON));
}

static bool in_capitals(const struct look *look)
{
	return (look->words >= 4 || (look->words == 3 && !look->slash)) &&
	       look->capitals * 10 > look->letters * 7;
}

static bool ends_as_sentence(const struct names *names, size_t words)
{
	struct slice last = names_folded(&names->words[names->word_count - 1]);
	if (slice_is(last, "."))
		return true;
	return words > 12 && (slice_is(last, "?") || slice_is(last, "!") || slice_is(last, "\"") ||
				     slice_is(last, "”"));
}

bool names_is_headline(struct names *names)
{
	struct look look = {0};
	if (names->word_count == 0 || names->rule->headline == HEADLINE_ALL)
		return false;
	for (size_t i = 0; i < names->word_count; i++)
		look_at(names, i, &look);
	if (look.words == 0)
		return false;
	if (in_capitals(&look))
		return true;
	return look.words >= 5 && look.words <= HEADLINE_WORDS &&
	       !ends_as_sentence(names, look.words) && look.long_words >= 3 &&
	       look.big * 4 >= look.long_words * 3 && look.common * 2 >= look.big &&
	       !slice_is(names_folded(&names->words[0]), "(");
}

/* ---- Names of the rest ------------------------------------------------------------------ */

void names_know_forms(struct names *names)
{
	struct buffer lower = {0};
	for (size_t i = 0; i < names->form_count; i++) {
		const struct name_form *form = &names->forms[i];
		lower.length = 0;
		text_lower(form->text, &lower);
		name_texts_add(&names->known, arena_slice(names->arena, buffer_slice(&lower)));
		if (form->words > names->longest_known)
			names->longest_known = form->words;
	}
	buffer_release(&lower);
}

/* One word of the dictionary, seen in lower case too, is no name because a name is like it. */
static bool is_doubtful(struct names *names, size_t word)
{
	return names_is(names, word, CLASS_BIT(NAME_COMMON) | CLASS_BIT(NAME_NATION)) &&
	       names_seen(names->lower, names->words[word].lower);
}

/* Words of the longest form of the window that stands at `first`; 0: none. */
static size_t form_at(struct names *names, size_t first)
{
	size_t best = 0, reach = names->longest_known;
	struct buffer *text = &names->phrase;
	text->length = 0;
	for (size_t i = first; i < names->word_count && i < first + reach; i++) {
		if (i > first)
			buffer_byte(text, ' ');
		text_lower(names_folded(&names->words[i]), text);
		if (name_texts_find(&names->known, buffer_slice(text)) == NO_FORM)
			continue;
		if (i > first || !is_doubtful(names, first))
			best = i + 1 - first;
	}
	return best;
}

/* Words of what the lists know at `first`. */
static size_t listed_at(struct names *names, size_t first)
{
	if (names_is(names, first, CLASS_BIT(NAME_COMMON)))
		return 0;
	if (names_lexeme_is(names, names->words[first].lexeme, NAME_KNOWN))
		return 1;
	size_t next = first + 1;
	return names_is(names, first, CLASS_BIT(NAME_GIVEN)) && next < names->word_count &&
			       (names->words[next].flags & WORD_CAPITAL) &&
			       !names_is(names, next, CLASS_BIT(NAME_COMMON))
		       ? 2
		       : 0;
}

static size_t name_at(struct names *names, size_t first)
{
	if (!(names->words[first].flags & WORD_CAPITAL))
		return 0;
	size_t words = form_at(names, first);
	size_t phrase = names_phrase(names, first, names->word_count, NAME_PHRASE);
	if (phrase > words)
		words = phrase;
	return words ? words : listed_at(names, first);
}

void names_read_headline(struct names *names)
{
	for (size_t i = 0; i < names->word_count;) {
		size_t words = name_at(names, i);
		if (words > 0)
			names_emit(names, i, i + words, MENTION_HEADLINE);
		i += words ? words : 1;
	}
}
