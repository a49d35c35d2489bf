/* Long Name (LN): what stands in brackets behind a name and is made of its letters; or of those
 * that the name has in another language. */
#include <string.h>

#include "annotate/names.h"

#define ACRONYM_LETTERS 16

struct letters {
	char bytes[ACRONYM_LETTERS];
	size_t count;
};

static bool is_upper(char byte)
{
	return byte >= 'A' && byte <= 'Z';
}

static void add_letter(struct letters *letters, char byte)
{
	if (is_upper(byte) && letters->count < ACRONYM_LETTERS)
		letters->bytes[letters->count++] = byte;
}

static struct letters capitals_of(struct slice text)
{
	struct letters letters = {.count = 0};
	for (size_t i = 0; i < text.length; i++)
		add_letter(&letters, text.bytes[i]);
	return letters;
}

static struct letters initials_of(struct slice text)
{
	struct letters letters = {.count = 0};
	for (size_t i = 0; i < text.length; i++)
		if (i == 0 || text.bytes[i - 1] == ' ')
			add_letter(&letters, text.bytes[i]);
	return letters;
}

static bool made_of(const struct letters *acronym, const struct letters *initials)
{
	if (acronym->count < 2 || initials->count == 0)
		return false;
	if (initials->count >= 2 && memcmp(acronym->bytes, initials->bytes, 2) == 0)
		return true;
	for (size_t i = 0; i < acronym->count; i++)
		if (!memchr(initials->bytes, acronym->bytes[i], initials->count))
			return false;
	return acronym->bytes[0] == initials->bytes[0];
}

/* An opening bracket, and at most a blank on each side of it. */
static bool in_brackets(
	const struct names *names, const struct name_mention *a, const struct name_mention *b)
{
	if (b->start <= a->end || b->start - a->end > 3)
		return false;
	return memchr(names->text.bytes + a->end, '(', b->start - a->end) != NULL;
}

/* Nothing else is in the brackets, or a semicolon divides them. */
static bool alone_in_brackets(
	const struct names *names, const struct name_mention *a, const struct name_mention *b)
{
	const char *bytes = names->text.bytes;
	return bytes[b->start - 1] == '(' && b->start - a->end <= 2 &&
	       b->end < names->text.length && (bytes[b->end] == ')' || bytes[b->end] == ';');
}

static void bind_pair(struct names *names, struct name_mention *a, struct name_mention *b)
{
	struct name_form *longer = &names->forms[a->form], *shorter = &names->forms[b->form];
	if (shorter->words != 1 || longer->words < 2 || !in_brackets(names, a, b))
		return;
	struct letters acronym = capitals_of(shorter->text), initials = initials_of(longer->text);
	if (!made_of(&acronym, &initials)) {
		if (shorter->bound == NO_FORM && alone_in_brackets(names, a, b)) {
			shorter->bound = a->form;
			shorter->loose = true;
		}
		return;
	}
	a->flags |= MENTION_BOUND;
	b->flags |= MENTION_BOUND;
	shorter->bound = a->form;
	shorter->loose = false;
}

static bool is_byte(const struct names *names, size_t word, const char *bytes)
{
	struct slice folded = names_folded(&names->words[word]);
	return folded.length == 1 && strchr(bytes, folded.bytes[0]);
}

/* gross domestic product (GDP): the words before the bracket begin with its letters, and at least
 * half of them are in lower case. */
static bool is_defined(const struct names *names, const struct name_mention *mention)
{
	const struct name_form *form = &names->forms[mention->form];
	if (form->words != 1 || mention->first < 1 || mention->last >= names->word_count ||
		!is_byte(names, mention->first - 1, "(") || !is_byte(names, mention->last, "),;"))
		return false;
	struct letters acronym = capitals_of(form->text);
	size_t left = acronym.count, lower = 0, at = mention->first - 1;
	while (left > 0 && at > 0) {
		const struct name_word *word = &names->words[--at];
		if (!(word->flags & WORD_LETTER))
			continue;
		char byte = names_folded(word).bytes[0];
		char small = (char)(acronym.bytes[--left] + 32);
		if (byte != small && byte != acronym.bytes[left])
			return false;
		lower += byte == small;
	}
	return acronym.count > 1 && left == 0 && lower * 2 >= acronym.count;
}

void names_bind(struct names *names, size_t first)
{
	for (size_t i = first; i < names->mention_count; i++) {
		struct name_mention *mention = &names->mentions[i];
		if (i > first)
			bind_pair(names, mention - 1, mention);
		if (!(mention->flags & MENTION_BOUND) && is_defined(names, mention))
			mention->flags |= MENTION_DEFINED;
	}
}

/* A comma, a word like `and`, or both. */
static bool is_enumerated(struct names *names, size_t from, size_t to)
{
	if (to <= from || to - from > 2)
		return false;
	bool between = names_is(names, to - 1, CLASS_BIT(NAME_BETWEEN));
	return to - from == 1 ? between || is_byte(names, from, ",")
			      : between && is_byte(names, from, ",");
}

#define APART_WORDS 8 /* between two names that are set apart */

/* X, a subsidiary of Y */
static bool are_apart(
	struct names *names, const struct name_mention *a, const struct name_mention *b)
{
	if (b->first <= a->last || b->first - a->last > APART_WORDS)
		return false;
	bool owned = false;
	for (size_t i = a->last; i < b->first; i++) {
		if (names->words[i].flags & WORD_START)
			return false;
		owned = owned || names_is(names, i, CLASS_BIT(NAME_OWNED));
	}
	return owned;
}

void names_pair(struct names *names, size_t first)
{
	for (size_t i = first + 1; i < names->mention_count; i++) {
		const struct name_mention *a = &names->mentions[i - 1], *b = &names->mentions[i];
		if (a->form == b->form)
			continue;
		if (are_apart(names, a, b)) {
			names->forms[a->form].apart = b->form;
			names->forms[b->form].apart = a->form;
		}
		if (!is_enumerated(names, a->last, b->first))
			continue;
		names->peers = grow(names->peers, &names->peer_capacity, names->peer_count + 1,
			sizeof *names->peers);
		names->peers[names->peer_count++] = (struct name_peers){{a->form, b->form}};
	}
}
