/* Forms: every spelling of a name is kept once, with what is known of it. */
#include <stdlib.h>

#include "annotate/names.h"

/* ---- Texts and their numbers ------------------------------------------------------------ */

#define FIRST_SLOTS 64

static size_t slot_of(const struct name_texts *texts, struct slice text)
{
	size_t mask = texts->slot_count - 1;
	size_t at = (size_t)slice_hash(text) & mask;
	while (texts->slots[at] && !slice_equal(texts->items[texts->slots[at] - 1], text))
		at = (at + 1) & mask;
	return at;
}

static void make_slots(struct name_texts *texts)
{
	if (texts->slot_count > texts->count * 2)
		return;
	texts->slot_count = texts->slot_count ? texts->slot_count * 4 : FIRST_SLOTS;
	free(texts->slots);
	texts->slots = memory_allocate(texts->slot_count * sizeof *texts->slots);
	for (size_t i = 0; i < texts->count; i++)
		texts->slots[slot_of(texts, texts->items[i])] = (uint32_t)i + 1;
}

uint32_t name_texts_add(struct name_texts *texts, struct slice text)
{
	make_slots(texts);
	size_t at = slot_of(texts, text);
	if (texts->slots[at])
		return texts->slots[at] - 1;
	texts->items = grow(texts->items, &texts->capacity, texts->count + 1, sizeof *texts->items);
	texts->items[texts->count++] = text;
	texts->slots[at] = (uint32_t)texts->count;
	return (uint32_t)texts->count - 1;
}

uint32_t name_texts_find(const struct name_texts *texts, struct slice text)
{
	if (texts->count == 0)
		return NO_FORM;
	uint32_t slot = texts->slots[slot_of(texts, text)];
	return slot ? slot - 1 : NO_FORM;
}

void name_texts_release(struct name_texts *texts)
{
	free(texts->items);
	free(texts->slots);
	*texts = (struct name_texts){0};
}

/* ---- Forms ------------------------------------------------------------------------------ */

/* All letters are capitals, and there are two. */
static bool is_in_capitals(struct slice text)
{
	size_t capitals = 0;
	for (size_t i = 0; i < text.length; i++) {
		if ((text.bytes[i] >= 'a' && text.bytes[i] <= 'z') ||
			(unsigned char)text.bytes[i] >= 0x80)
			return false;
		capitals += text.bytes[i] >= 'A' && text.bytes[i] <= 'Z';
	}
	return capitals > 1;
}

static bool is_of(struct names *names, size_t first, size_t end)
{
	bool of = false, key = false;
	for (size_t i = first; i < end; i++) {
		of = of || (!(names->words[i].flags & WORD_CAPITAL) &&
				   names_is(names, i, CLASS_BIT(NAME_OF)));
		key = key || names_is(names, i, CLASS_BIT(NAME_OF_KEY));
	}
	return of && key;
}

static bool all_common(struct names *names, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++)
		if (!names_is(names, i, CLASS_BIT(NAME_COMMON)))
			return false;
	return true;
}

/* The lexeme of words that a list has with the article in front of them: the Economist. */
static uint32_t with_article(struct names *names, size_t first, size_t end)
{
	if (first == 0 || !names_is(names, first - 1, CLASS_BIT(NAME_ARTICLE)) ||
		names_is(names, first, CLASS_BIT(NAME_NATION)))
		return NO_LEXEME;
	struct buffer *text = &names->scratch;
	text->length = 0;
	buffer_append(text, names_folded(&names->words[first - 1]));
	if (text->length > 0 && text->bytes[0] >= 'a' && text->bytes[0] <= 'z')
		text->bytes[0] -= 'a' - 'A';
	for (size_t i = first; i < end; i++) {
		buffer_byte(text, ' ');
		buffer_append(text, names_folded(&names->words[i]));
	}
	return lexicon_find_loosely(names->pack->lexicon, buffer_slice(text));
}

/* The lexeme of a name as it stands, or else with its article. */
static uint32_t find_lexeme(struct names *names, size_t first, size_t end)
{
	uint32_t lexeme = names_lexeme(names, first, end);
	if (names_lexeme_is(names, lexeme, NAME_KNOWN))
		return lexeme;
	uint32_t longer = with_article(names, first, end);
	return names_lexeme_is(names, longer, NAME_BODY) ? longer : lexeme;
}

static void describe(struct names *names, struct name_form *form, size_t first, size_t end)
{
	const struct lexicon *lexicon = names->pack->lexicon;
	form->words = (uint32_t)(end - first);
	form->lexeme = find_lexeme(names, first, end);
	form->bound = form->link = form->apart = form->cluster = NO_FORM;
	form->capitals = is_in_capitals(form->text);
	form->of = is_of(names, first, end);
	form->country = names_lexeme_is(names, form->lexeme, NAME_COUNTRY);
	form->stands = lexeme_in(lexicon, form->lexeme, &names->rule->alias_unless) ||
		       all_common(names, first, end);
	names_weigh_own(names, form, first);
}

static struct slice join_words(struct names *names, size_t first, size_t end)
{
	names->phrase.length = 0;
	for (size_t i = first; i < end; i++) {
		if (i > first)
			buffer_byte(&names->phrase, ' ');
		buffer_append(&names->phrase, names_folded(&names->words[i]));
	}
	return buffer_slice(&names->phrase);
}

uint32_t names_form(struct names *names, size_t first, size_t end)
{
	struct slice text = join_words(names, first, end);
	uint32_t found = name_texts_find(&names->form_texts, text);
	if (found != NO_FORM)
		return found;
	text = arena_slice(names->arena, text);
	uint32_t number = name_texts_add(&names->form_texts, text);
	names->forms = grow(
		names->forms, &names->form_capacity, names->form_count + 1, sizeof *names->forms);
	struct name_form *form = &names->forms[names->form_count++];
	*form = (struct name_form){.text = text};
	describe(names, form, first, end);
	return number;
}

void names_count(struct names *names, uint32_t form, uint32_t evidence)
{
	uint32_t *at = &names->forms[form].counts;
	while (*at && names->counts[*at - 1].evidence != evidence)
		at = &names->counts[*at - 1].next;
	if (*at) {
		names->counts[*at - 1].count++;
		return;
	}
	*at = (uint32_t)names->count_count + 1;
	names->counts = grow(names->counts, &names->count_capacity, names->count_count + 1,
		sizeof *names->counts);
	names->counts[names->count_count++] = (struct name_count){0, evidence, 1};
}
