/* Looking up the lists of a pack; see lexicon.h. */
#include "rules/lexicon.h"

#include <string.h>

static const char *lexicon_string(const struct lexicon *lexicon, uint32_t at)
{
	return lexicon->strings + at;
}

static struct slice lexeme_text(const struct lexicon *lexicon, uint32_t lexeme)
{
	const struct lexeme *item = &lexicon->lexemes[lexeme];
	return (struct slice){lexicon->strings + item->text, item->length};
}

const char *lexicon_list_name(const struct lexicon *lexicon, size_t list)
{
	return lexicon_string(lexicon, lexicon->list_names[list]);
}

static size_t list_index(const struct lexicon *lexicon, struct slice name)
{
	for (size_t i = 0; i < lexicon->list_count; i++)
		if (slice_is(name, lexicon_list_name(lexicon, i)))
			return i;
	return NOWHERE;
}

bool lexicon_selector(const struct lexicon *lexicon, struct slice text, struct selector *into)
{
	if (text.length > 0 && text.bytes[text.length - 1] == ']') {
		for (size_t i = 0; i < lexicon->trait_count; i++) {
			if (!slice_is(text, lexicon_string(lexicon, lexicon->trait_names[i])))
				continue;
			into->traits |= UINT64_C(1) << i;
			return true;
		}
		return false;
	}
	size_t list = list_index(lexicon, text);
	if (list == NOWHERE)
		return false;
	into->lists |= UINT64_C(1) << list;
	return true;
}

uint64_t selector_lists(const struct lexicon *lexicon, const struct selector *selector)
{
	uint64_t lists = selector->lists;
	for (size_t i = 0; i < lexicon->trait_count; i++) {
		const char *name = lexicon_string(lexicon, lexicon->trait_names[i]);
		struct slice list = {name, strcspn(name, "[")};
		if (selector->traits >> i & 1)
			lists |= UINT64_C(1) << list_index(lexicon, list);
	}
	return lists;
}

static void print_bits(
	const struct lexicon *lexicon, uint64_t bits, const uint32_t *names, struct buffer *into)
{
	for (size_t i = 0; bits >> i != 0; i++) {
		if (!(bits >> i & 1))
			continue;
		if (into->length > 0 && into->bytes[into->length - 1] != ' ')
			buffer_text(into, ", ");
		buffer_text(into, lexicon_string(lexicon, names[i]));
		if (i == 63)
			return;
	}
}

void selector_print(
	const struct lexicon *lexicon, const struct selector *selector, struct buffer *into)
{
	print_bits(lexicon, selector->lists, lexicon->list_names, into);
	print_bits(lexicon, selector->traits, lexicon->trait_names, into);
}

uint32_t lexicon_find(const struct lexicon *lexicon, struct slice folded)
{
	if (lexicon->lexeme_count == 0 || folded.length == 0)
		return NO_LEXEME;
	uint64_t hash = slice_hash(folded);
	const uint32_t *bucket = &lexicon->buckets[lexicon_bucket(hash, lexicon->bucket_count)];
	uint16_t mark = lexicon_mark(hash);
	for (uint32_t i = bucket[0]; i < bucket[1]; i++)
		if (lexicon->marks[i] == mark && slice_equal(lexeme_text(lexicon, i), folded))
			return i;
	return NO_LEXEME;
}

/* ---- Capitals and dots ------------------------------------------------------------------ */

#define LOOSE_BYTES 200 /* a longer phrase is in no list */

struct loose {
	char bytes[LOOSE_BYTES];
	size_t length;
};

static bool is_upper(char byte)
{
	return byte >= 'A' && byte <= 'Z';
}

static bool is_letter(char byte)
{
	return is_upper(byte) || (byte >= 'a' && byte <= 'z');
}

/* True for a phrase without a small letter whose capitals are more than three. */
static bool all_capitals(struct slice folded)
{
	size_t capitals = 0;
	for (size_t i = 0; i < folded.length; i++) {
		char byte = folded.bytes[i];
		if (is_letter(byte) && !is_upper(byte))
			return false;
		capitals += is_upper(byte);
	}
	return capitals > 3;
}

static bool title_case(struct slice folded, struct loose *into)
{
	if (folded.length > LOOSE_BYTES || !all_capitals(folded))
		return false;
	bool inside = false;
	for (size_t i = 0; i < folded.length; i++) {
		char byte = folded.bytes[i];
		into->bytes[i] = inside && is_upper(byte) ? (char)(byte + 32) : byte;
		inside = is_letter(byte) || byte == '\'';
	}
	into->length = folded.length;
	return true;
}

/* "U.N." and "U.S" as "UN" and "US": letters each followed by a dot, but perhaps the last. */
static bool undotted(struct slice folded, struct loose *into)
{
	size_t dots = 0, length = 0;
	if (folded.length > LOOSE_BYTES)
		return false;
	for (size_t i = 0; i < folded.length; i++) {
		if (folded.bytes[i] == '.')
			dots++;
		else if (is_upper(folded.bytes[i]) && (i == 0 || folded.bytes[i - 1] == '.'))
			into->bytes[length++] = folded.bytes[i];
		else
			return false;
	}
	into->length = length;
	return dots > 0 && length > 1;
}

uint32_t lexicon_find_loosely(const struct lexicon *lexicon, struct slice folded)
{
	struct loose loose;
	uint32_t found = lexicon_find(lexicon, folded);
	if (found == NO_LEXEME && title_case(folded, &loose))
		found = lexicon_find(lexicon, (struct slice){loose.bytes, loose.length});
	if (found == NO_LEXEME && undotted(folded, &loose))
		found = lexicon_find(lexicon, (struct slice){loose.bytes, loose.length});
	return found;
}

/* ---- What a lexeme is ------------------------------------------------------------------- */

static bool is_one(uint64_t bits)
{
	return bits != 0 && (bits & (bits - 1)) == 0;
}

bool lexeme_form_is_plain(const struct form *form, uint32_t text, const struct selector *sets)
{
	return form->name == text && form->column == 0 && is_one(sets->lists);
}

size_t lexeme_forms(
	const struct lexicon *lexicon, uint32_t lexeme, struct form *own, const struct form **forms)
{
	const struct lexeme *item = &lexicon->lexemes[lexeme];
	uint64_t lists = lexeme_sets(lexicon, lexeme)->lists;
	*forms = lexicon->forms + item->forms;
	if (item[1].forms > item->forms || !is_one(lists))
		return item[1].forms - item->forms;
	*own = (struct form){.name = item->text};
	while (lists >>= 1)
		own->list++;
	*forms = own;
	return 1;
}

struct slice lexeme_name(const struct lexicon *lexicon, uint32_t lexeme, uint64_t lists)
{
	if (lexeme == NO_LEXEME)
		return (struct slice){0};
	struct form own;
	const struct form *forms;
	size_t count = lexeme_forms(lexicon, lexeme, &own, &forms);
	for (size_t i = 0; i < count; i++)
		if (lists >> forms[i].list & 1)
			return slice_of(lexicon_string(lexicon, forms[i].name));
	return (struct slice){0};
}
