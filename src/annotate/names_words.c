/* The words of a block, as the names engine reads them: tokens, cut at a hyphen where what stands
 * before it is a name by itself (London-based, Anglo-Dutch). */
#include <string.h>

#include "annotate/names.h"

struct slice names_folded(const struct name_word *word)
{
	return (struct slice){word->folded, word->length};
}

struct slice names_raw(const struct names *names, const struct name_word *word)
{
	return slice_cut(names->text, word->start, word->end);
}

/* ---- Classes ---------------------------------------------------------------------------- */

bool names_lexeme_is(const struct names *names, uint32_t lexeme, enum name_class class)
{
	return lexeme_in(names->pack->lexicon, lexeme, &names->rule->classes[class]);
}

static struct slice lower_case(struct names *names, struct slice folded)
{
	names->scratch.length = 0;
	text_lower(folded, &names->scratch);
	return buffer_slice(&names->scratch);
}

static uint64_t lexeme_classes(const struct names *names, uint32_t lexeme)
{
	return lexeme == NO_LEXEME ? 0
				   : names_set(names->rule, names->pack->lexicon, lexeme)->classes;
}

static uint64_t class_bits(const struct names *names, const struct name_word *word)
{
	return lexeme_classes(names, word->lexeme) | lexeme_classes(names, word->lower);
}

/* A plural that no list has: without its ending, for what roles and titles are asked. */
static uint64_t plural_bits(struct names *names, struct slice lower)
{
	const struct texts *plurals = &names->rule->plurals;
	uint64_t bits = 0;
	for (size_t i = 0; i < plurals->count; i++) {
		struct slice ending = plurals->items[i];
		if (lower.length < ending.length + 3 ||
			memcmp(lower.bytes + lower.length - ending.length, ending.bytes,
				ending.length) != 0)
			continue;
		struct slice stem = slice_cut(lower, 0, lower.length - ending.length);
		uint32_t lexeme = lexicon_find(names->pack->lexicon, stem);
		if (names_lexeme_is(names, lexeme, NAME_ROLE))
			bits |= CLASS_BIT(NAME_ROLE);
		if (names_lexeme_is(names, lexeme, NAME_THING))
			bits |= CLASS_BIT(NAME_THING);
	}
	return bits;
}

bool names_is(struct names *names, size_t index, uint64_t classes)
{
	struct name_word *word = &names->words[index];
	if (word->flags & WORD_CLASSED)
		return (word->is & classes) != 0;
	struct slice lower = lower_case(names, names_folded(word));
	const struct name_entry *entry = name_entries_find(&names->rule->entries, lower);
	word->is = class_bits(names, word) | (entry ? entry->classes : 0);
	if (!(word->is & CLASS_BIT(NAME_ROLE)))
		word->is |= plural_bits(names, lower);
	word->flags |= WORD_CLASSED;
	return (word->is & classes) != 0;
}

bool names_is_function(struct names *names, size_t index)
{
	const struct name_word *word = &names->words[index];
	return names_is(names, index, CLASS_BIT(NAME_FUNCTION)) &&
	       !((word->flags & WORD_CAPITALS) && names_lexeme_is(names, word->lexeme, NAME_KNOWN));
}

/* ---- Phrases ---------------------------------------------------------------------------- */

static void append_word(struct names *names, size_t first, size_t word)
{
	if (word > first && (names->words[word].flags & WORD_SPACED))
		buffer_byte(&names->phrase, ' ');
	buffer_append(&names->phrase, names_folded(&names->words[word]));
}

uint32_t names_lexeme(struct names *names, size_t first, size_t end)
{
	if (end == first + 1)
		return names->words[first].lexeme;
	names->phrase.length = 0;
	for (size_t i = first; i < end; i++)
		append_word(names, first, i);
	return lexicon_find_loosely(names->pack->lexicon, buffer_slice(&names->phrase));
}

#define CAPITAL_PHRASE_WORDS 4

/* How far a phrase that begins at `first` can reach: `longest` counts what blanks divide. */
static size_t phrase_end(const struct names *names, size_t first, size_t end)
{
	uint32_t lexeme = names->words[first].lexeme;
	size_t longest = lexeme == NO_LEXEME ? 1 : names->pack->lexicon->lexemes[lexeme].longest;
	size_t at = first + 1, words = 1;
	/* NEW YORK: a short word in capitals is no entry, but may begin one */
	if (longest <= 1 && end > at && (names->words[first].flags & WORD_CAPITALS) &&
		(names->words[at].flags & WORD_CAPITALS))
		longest = CAPITAL_PHRASE_WORDS;
	for (; at < end && at < first + 2 * PHRASE_WORDS; at++) {
		words += (names->words[at].flags & WORD_SPACED) != 0;
		if (words > longest)
			break;
	}
	/* a clitic belongs to its word: McDonald’s */
	if (at == first + 1 && at < end && (names->words[at].flags & WORD_CLITIC))
		at++;
	return at;
}

static size_t find_phrase(struct names *names, size_t first, size_t end, enum name_class class)
{
	size_t reach = phrase_end(names, first, end);
	if (reach == first + 1 || (names->words[first].flags & WORD_MASKED))
		return 0;
	size_t lengths[2 * PHRASE_WORDS + 2];
	names->phrase.length = 0;
	for (size_t i = first; i < reach; i++) {
		append_word(names, first, i);
		lengths[i - first] = names->phrase.length;
	}
	for (size_t last = reach; last > first + 1; last--) {
		struct slice text = {names->phrase.bytes, lengths[last - 1 - first]};
		uint32_t lexeme = lexicon_find_loosely(names->pack->lexicon, text);
		if (names_lexeme_is(names, lexeme, class))
			return last - first;
	}
	return 0;
}

/* Of the names that lists know it is asked again and again, up to the block's end. */
size_t names_phrase(struct names *names, size_t first, size_t end, enum name_class class)
{
	if (class != NAME_PHRASE || end != names->word_count || first >= end)
		return find_phrase(names, first, end, class);
	struct name_word *word = &names->words[first];
	if (!(word->flags & WORD_PHRASED))
		word->phrase = (uint8_t)find_phrase(names, first, end, class);
	word->flags |= WORD_PHRASED;
	return word->phrase;
}

size_t names_title(struct names *names, size_t first, size_t end)
{
	size_t words = names_phrase(names, first, end, NAME_TITLE);
	if (words > 0)
		return words;
	return names_is(names, first, CLASS_BIT(NAME_TITLE)) ? 1 : 0;
}

/* ---- Capitals --------------------------------------------------------------------------- */

/* al-Assad, d’Estaing, iPhone: a capital behind at most two small letters. */
static bool has_inner_capital(struct slice raw)
{
	size_t plain = 0; /* nearly all words: nothing but small letters in front */
	while (plain < raw.length && plain < 3 && raw.bytes[plain] >= 'a' &&
		raw.bytes[plain] <= 'z')
		plain++;
	if (plain == 3 || plain == raw.length)
		return false;
	uint32_t code = 0;
	size_t at = 0;
	for (size_t letters = 0; at < raw.length && letters <= 2; letters++) {
		at += utf8_decode(raw, at, &code);
		if (code_class(code) != LETTER_LOWER)
			break;
	}
	bool mark = code == '-' || code == '\'' || code == 0x2019;
	if (mark && at < raw.length)
		utf8_decode(raw, at, &code);
	return code_class(code) == LETTER_UPPER;
}

/* N$, R€: what a sign of money follows is no name. */
static bool before_money(struct slice text, size_t end)
{
	if (end >= text.length || (unsigned char)text.bytes[end] > 0xE2)
		return false;
	uint32_t code;
	utf8_decode(text, end, &code);
	return code == '$' || code == 0xA3 || (code >= 0x20A0 && code <= 0x20CF);
}

static uint16_t word_flags(const struct names *names, const struct token *token)
{
	struct slice raw = slice_cut(names->text, token->start, token->end);
	uint32_t code;
	utf8_decode(raw, 0, &code);
	enum letter_class class = code_class(code);
	unsigned flags = token->flags & TOKEN_WORD ? WORD_WORD : 0u;
	flags |= token->flags & TOKEN_GLUED ? 0u : WORD_SPACED;
	flags |= token->flags & TOKEN_CAPITALS ? WORD_CAPITALS : 0u;
	flags |= token->flags & TOKEN_MASKED ? WORD_MASKED : 0u;
	flags |= token->flags & TOKEN_CLITIC ? WORD_CLITIC : 0u;
	flags |= class == LETTER_LOWER ? WORD_LOWER : 0u;
	flags |= class == LETTER_LOWER || class == LETTER_UPPER || class == LETTER_OTHER
			 ? WORD_LETTER
			 : 0u;
	bool capital = class == LETTER_UPPER || (class == LETTER_LOWER && has_inner_capital(raw));
	if (capital && !(token->flags & (TOKEN_MASKED | TOKEN_CLITIC)) &&
		!before_money(names->text, token->end))
		flags |= WORD_CAPITAL;
	return (uint16_t)flags;
}

/* ---- Hyphens ---------------------------------------------------------------------------- */

#define PLACES (CLASS_BIT(NAME_COUNTRY) | CLASS_BIT(NAME_NATION) | CLASS_BIT(NAME_TOWN))
#define HYPHEN_WORDS 2 /* of a known name beside its part in a hyphenated word */
#define WHOLES (CLASS_BIT(NAME_PHRASE) | CLASS_BIT(NAME_GIVEN) | CLASS_BIT(NAME_NEVER))

static uint32_t look_up(const struct names *names, struct slice folded)
{
	return lexicon_find_loosely(names->pack->lexicon, folded);
}

/* Classes of a part of a word, by lists alone and by the rule's own words. */
static uint64_t part_classes(struct names *names, struct slice folded)
{
	struct slice lower = lower_case(names, folded);
	struct name_word word = {.lexeme = look_up(names, folded),
		.lower = lexicon_find(names->pack->lexicon, lower)};
	const struct name_entry *entry = name_entries_find(&names->rule->entries, lower);
	return class_bits(names, &word) | (entry ? entry->classes : 0);
}

static bool is_capitals(struct slice folded)
{
	for (size_t i = 0; i < folded.length; i++)
		if (folded.bytes[i] < 'A' || folded.bytes[i] > 'Z')
			return false;
	return folded.length > 1;
}

static bool ends_as_tail(const struct names *names, struct slice part)
{
	const struct texts *endings = &names->rule->endings;
	for (size_t i = 0; i < endings->count; i++) {
		struct slice ending = endings->items[i];
		if (part.length >= ending.length + 3 &&
			memcmp(part.bytes + part.length - ending.length, ending.bytes,
				ending.length) == 0)
			return true;
	}
	return false;
}

/* Behind the hyphen stands a common word: cut X-based; and India-wide, if X is known. */
static bool cuts_before_lower(struct names *names, struct slice part, bool known)
{
	const char *last = memrchr(part.bytes, '-', part.length);
	struct slice tail =
		last ? slice_cut(part, (size_t)(last - part.bytes) + 1, part.length) : part;
	uint64_t classes = part_classes(names, tail);
	return (classes & CLASS_BIT(NAME_TAIL)) != 0 || ends_as_tail(names, tail) ||
	       (known && (classes & CLASS_BIT(NAME_COMMON)) != 0);
}

static bool is_known_phrase(const struct names *names)
{
	uint32_t lexeme = look_up(names, buffer_slice(&names->phrase));
	return names_lexeme_is(names, lexeme, NAME_KNOWN);
}

/* What is before a hyphen ends a known name: New Zealand-Kenya. */
static bool ends_known(struct names *names, struct slice head)
{
	for (size_t words = 1; words <= HYPHEN_WORDS && words <= names->word_count; words++) {
		size_t first = names->word_count - words;
		if (!(names->words[first].flags & WORD_CAPITAL))
			return false;
		names->phrase.length = 0;
		for (size_t i = first; i < names->word_count; i++) {
			buffer_append(&names->phrase, names_folded(&names->words[i]));
			buffer_byte(&names->phrase, ' ');
		}
		buffer_append(&names->phrase, head);
		if (is_known_phrase(names))
			return true;
	}
	return false;
}

/* What is behind it begins one: Kenya-New Zealand. */
static bool begins_known(struct names *names, struct slice rest)
{
	names->phrase.length = 0;
	buffer_append(&names->phrase, rest);
	for (size_t i = 0; i < HYPHEN_WORDS && i < names->following.count; i++) {
		size_t token = names->following.first + i;
		if (!(names->window->tokens->items[token].flags & TOKEN_CAPITAL))
			return false;
		buffer_byte(&names->phrase, ' ');
		buffer_append(&names->phrase, token_folded(names->window->tokens, token));
		if (is_known_phrase(names))
			return true;
	}
	return false;
}

/* pro-Kremlin; Anti-Kremlin only if what follows is known: the Anti-Corruption Board is one name.
 */
static bool stands_apart(struct names *names, struct slice head, struct slice rest)
{
	if (rest.bytes[0] < 'A' || rest.bytes[0] > 'Z')
		return false;
	const uint64_t known = PLACES | CLASS_BIT(NAME_KNOWN);
	return (head.bytes[0] >= 'a' && head.bytes[0] <= 'z') ||
	       (part_classes(names, rest) & known) != 0;
}

/* True if a folded word is to be cut at the hyphen at `at`. */
static bool cuts_at(struct names *names, struct slice folded, size_t at, bool in_brackets)
{
	struct slice head = slice_cut(folded, 0, at);
	struct slice rest = slice_cut(folded, at + 1, folded.length);
	uint64_t heads = part_classes(names, head);
	if (heads & CLASS_BIT(NAME_APART))
		return stands_apart(names, head, rest);
	if (heads & CLASS_BIT(NAME_PREFIX))
		return false;
	bool known = (heads & (PLACES | CLASS_BIT(NAME_KNOWN))) != 0 || ends_known(names, head);
	if (rest.bytes[0] >= 'a' && rest.bytes[0] <= 'z')
		return cuts_before_lower(names, rest, known);
	if (in_brackets && is_capitals(head) && head.length <= 5)
		return true;
	const char *next = memchr(rest.bytes, '-', rest.length);
	struct slice second = next ? slice_cut(rest, 0, (size_t)(next - rest.bytes)) : rest;
	uint64_t tails = part_classes(names, rest) | part_classes(names, second);
	bool known_tail =
		(tails & (PLACES | CLASS_BIT(NAME_KNOWN))) != 0 || begins_known(names, rest);
	/* Heinz-Christian: two first names, whatever else the lists know by them */
	if ((heads & tails & CLASS_BIT(NAME_GIVEN)) && !((heads | tails) & CLASS_BIT(NAME_COUNTRY)))
		return false;
	if (is_capitals(head) && (heads & CLASS_BIT(NAME_BODY)) && (tails & CLASS_BIT(NAME_TOWN)))
		return false;
	return (known && known_tail) || (heads & CLASS_BIT(NAME_NATION)) != 0;
}

static struct name_word *add_word(struct names *names)
{
	names->words = grow(
		names->words, &names->word_capacity, names->word_count + 1, sizeof *names->words);
	struct name_word *word = &names->words[names->word_count++];
	*word = (struct name_word){0};
	return word;
}

/* Where a byte of a folded word lies in the text. ASCII, checked by the caller: folding has moved
 * no byte, but taken out the end of a line. */
static size_t place_of(const struct names *names, const struct name_word *whole, size_t at)
{
	struct slice raw = names_raw(names, whole);
	size_t place = 0;
	if (raw.length == whole->length)
		return whole->start + at;
	for (size_t left = at;; left--) {
		place += joint_length(raw, place);
		if (left == 0)
			return whole->start + place;
		place++;
	}
}

/* Adds what stands from `from` to `to` of a folded word, at least a byte. */
static void add_part(struct names *names, const struct name_word *whole, size_t from, size_t to)
{
	struct slice folded = slice_cut(names_folded(whole), from, to);
	uint32_t lexeme = look_up(names, folded);
	uint32_t lower = lexicon_find(names->pack->lexicon, lower_case(names, folded));
	bool upper = folded.length > 0 && folded.bytes[0] >= 'A' && folded.bytes[0] <= 'Z';
	bool letter = upper || (folded.length > 0 && folded.bytes[0] >= 'a');
	struct name_word *word = add_word(names);
	word->folded = whole->folded + from;
	word->length = (uint16_t)folded.length;
	word->lexeme = lexeme;
	word->lower = lower;
	unsigned flags = whole->flags & WORD_MASKED;
	bool apart = (part_classes(names, folded) & CLASS_BIT(NAME_APART)) != 0;
	bool capital = !apart && (upper || (letter && has_inner_capital(folded)));
	flags |= from == 0 ? whole->flags & (WORD_SPACED | WORD_START) : 0u;
	flags |= capital && !(whole->flags & WORD_MASKED) ? WORD_CAPITAL : 0u;
	flags |= letter ? WORD_WORD | WORD_LETTER : 0u;
	flags |= letter && !upper ? WORD_LOWER : 0u;
	flags |= is_capitals(folded) ? WORD_CAPITALS : 0u;
	word->flags = (uint16_t)flags;
	word->start = place_of(names, whole, from);
	word->end = place_of(names, whole, to - 1) + 1;
}

/* Cuts a word at its first hyphen that parts two names, and then the rest of it. */
static void add_cut(struct names *names, const struct name_word *whole)
{
	struct slice folded = names_folded(whole);
	size_t from = 0;
	bool brackets = whole->start > 0 && names->text.bytes[whole->start - 1] == '(';
	for (;;) {
		struct slice rest = slice_cut(folded, from, folded.length);
		const char *hyphen = memchr(rest.bytes, '-', rest.length);
		size_t at = hyphen ? (size_t)(hyphen - rest.bytes) : 0;
		if (!hyphen || at == 0 || at + 1 >= rest.length ||
			(part_classes(names, rest) & WHOLES) || !cuts_at(names, rest, at, brackets))
			break;
		add_part(names, whole, from, from + at);
		add_part(names, whole, from + at, from + at + 1);
		from += at + 1;
		folded = names_folded(whole);
	}
	add_part(names, whole, from, folded.length);
}

static bool is_ascii(struct slice text)
{
	for (size_t i = 0; i < text.length; i++)
		if ((unsigned char)text.bytes[i] >= 0x80)
			return false;
	return true;
}

/* ---- Reading ---------------------------------------------------------------------------- */

/* After these a sentence of its own may begin; through those its beginning goes on. */
static const uint32_t openers[] = {
	':', '*', '|', '?', '!', 0x2022, 0x2014, 0x2013, 0x25CF, 0x2026, 0};
static const uint32_t passers[] = {
	'"', '\'', '(', ')', '[', ']', 0x201C, 0x201D, 0x2018, 0x2019, 0xAB, 0xBB, 0x201E, 0};

static bool is_among(uint32_t code, const uint32_t *codes)
{
	while (*codes && *codes != code)
		codes++;
	return *codes != 0;
}

/* Whether a beginning goes on behind a sign. */
static bool starts_after(struct slice sign, bool starts)
{
	uint32_t code;
	utf8_decode(sign, 0, &code);
	return is_among(code, openers) || (starts && is_among(code, passers));
}

static void add_token(struct names *names, size_t index, bool *start)
{
	const struct token *token = &names->window->tokens->items[index];
	struct name_word word = {.start = token->start,
		.end = token->end,
		.folded = token_folded(names->window->tokens, index).bytes,
		.lexeme = token->lexeme,
		.lower = token->lower,
		.length = token->folded_length,
		.flags = word_flags(names, token)};
	if (*start || (token->flags & TOKEN_SENTENCE))
		word.flags |= WORD_START;
	struct slice raw = names_raw(names, &word);
	*start = !(token->flags & TOKEN_WORD) && starts_after(raw, word.flags & WORD_START);
	if ((word.flags & WORD_LETTER) && !(word.flags & WORD_MASKED) && raw.length > 2 &&
		memchr(raw.bytes, '-', raw.length) && is_ascii(raw))
		add_cut(names, &word);
	else
		*add_word(names) = word;
	if (names->word_count > 0 && (word.flags & WORD_CAPITAL) &&
		names_is(names, names->word_count - 1, CLASS_BIT(NAME_LOWER)))
		names->words[names->word_count - 1].flags &= (uint16_t)~WORD_CAPITAL;
}

void names_words_read(struct names *names, size_t first, size_t end)
{
	bool start = true;
	names->word_count = 0;
	for (size_t i = first; i < end; i++) {
		names->following = (struct name_tokens){i + 1, end - i - 1};
		add_token(names, i, &start);
	}
}

/* ---- What the window has seen ----------------------------------------------------------- */

static void see(uint64_t *bits, uint32_t lexeme)
{
	if (lexeme != NO_LEXEME)
		bits[lexeme / 64] |= UINT64_C(1) << lexeme % 64;
}

bool names_seen(const uint64_t *bits, uint32_t lexeme)
{
	return lexeme != NO_LEXEME && (bits[lexeme / 64] >> lexeme % 64 & 1) != 0;
}

void names_see(struct names *names)
{
	const struct tokens *tokens = names->window->tokens;
	size_t count = names->pack->lexicon->lexeme_count / 64 + 1;
	names->lower = arena_allocate(names->arena, count * sizeof *names->lower);
	names->inside = arena_allocate(names->arena, count * sizeof *names->inside);
	for (size_t i = 0; i < tokens->count; i++) {
		const struct token *token = &tokens->items[i];
		if (!(token->flags & TOKEN_WORD))
			continue;
		if (!(token->flags & TOKEN_CAPITAL))
			see(names->lower, token->lower);
		else if (!(token->flags & TOKEN_SENTENCE))
			see(names->inside, token->lower);
	}
}
