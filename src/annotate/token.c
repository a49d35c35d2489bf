/* Reading tokens; see token.h.
 *
 * One pass over a piece: blanks divide, letters and digits make words, and a few signs stay
 * inside a word when a letter or digit follows (O’Brien, AT&T, U.S, twenty-five, 3.5, 5,000). What
 * follows the last of them decides the full stop (initials, abbreviations) and the clitic.
 */
#include "annotate/token.h"

#include <stdlib.h>
#include <string.h>

#define CAPITAL_PHRASE 6 /* words of a phrase in capitals that are tried */

struct reader {
	struct tokens *tokens;
	const struct pack *pack;
	struct slice text; /* of the document */
	size_t at, end;    /* what is left of the body */
	uint32_t piece;
	bool rows;    /* its lines are rows */
	bool crossed; /* the word that was read goes over the end of a line */
};

void tokens_clear(struct tokens *tokens)
{
	tokens->count = 0;
	tokens->strings.length = 0;
}

void tokens_release(struct tokens *tokens)
{
	free(tokens->items);
	buffer_release(&tokens->strings);
	buffer_release(&tokens->scratch);
	buffer_release(&tokens->joined);
	*tokens = (struct tokens){0};
}

struct slice token_folded(const struct tokens *tokens, size_t index)
{
	const struct token *token = &tokens->items[index];
	const char *bytes = token->flags & TOKEN_PLAIN ? tokens->text.bytes : tokens->strings.bytes;
	return (struct slice){bytes + token->folded, token->folded_length};
}

/* ---- Signs ------------------------------------------------------------------------------ */

/* The code point at an offset, 0 at the end of the body. */
static uint32_t code_at(const struct reader *reader, size_t at, size_t *length)
{
	*length = 0;
	if (at >= reader->end)
		return 0;
	uint32_t code = (unsigned char)reader->text.bytes[at];
	*length = 1;
	if (code >= 0x80)
		*length = utf8_decode(slice_cut(reader->text, 0, reader->end), at, &code);
	return code;
}

static bool is_apostrophe(uint32_t code)
{
	return code == '\'' || code == 0x2019;
}

static bool is_word_code(uint32_t code)
{
	return code == '_' || code_class(code) != LETTER_NONE;
}

static bool starts_word(const struct reader *reader, uint32_t code, size_t next)
{
	size_t length;
	if (code == '@' || code == '#' || code == '$')
		return code_class(code_at(reader, next, &length)) != LETTER_NONE;
	return code_class(code) != LETTER_NONE;
}

/* ---- Words ------------------------------------------------------------------------------ */

/* The end of the clitic that begins behind an apostrophe at `at`, or 0. */
static size_t clitic_end(const struct reader *reader, size_t at)
{
	size_t length, end = at;
	uint32_t code;
	char letters[8];
	size_t count = 0;
	while ((code = code_at(reader, end, &length)) != 0 && is_word_code(code)) {
		if (code >= 0x80 || count == sizeof letters)
			return 0;
		letters[count++] = (char)code_lower(code);
		end += length;
	}
	uint32_t lexeme = lexicon_find(reader->pack->lexicon, (struct slice){letters, count});
	return count > 0 && lexeme_in(reader->pack->lexicon, lexeme, &reader->pack->clitics) ? end
											     : 0;
}

/* Whether a sign inside a word belongs to it: `before` and `after` are its neighbours. */
static bool joins_word(uint32_t sign, uint32_t before, uint32_t after)
{
	enum letter_class left = code_class(before), right = code_class(after);
	if (right == LETTER_NONE)
		return false;
	switch (sign) {
	case '.':
		return !(left == LETTER_LOWER && right == LETTER_UPPER);
	case ',':
		return left == LETTER_DIGIT && right == LETTER_DIGIT;
	case '&':
		return left == LETTER_UPPER;
	case '-':
	case 0x2010:
	case 0x2011:
		return true;
	default:
		return is_apostrophe(sign);
	}
}

/* The end of the ASCII letters and digits at `at`. */
static size_t letters_end(const struct reader *reader, size_t at)
{
	const unsigned char *bytes = (const unsigned char *)reader->text.bytes;
	while (at < reader->end && bytes[at] < 0x80 && ascii_classes[bytes[at]] != LETTER_NONE)
		at++;
	return at;
}

/* Length of a hyphen at `at` and the line end behind it, where the word goes on in the next line;
 * 0: it does not. */
static size_t hyphened_length(const struct reader *reader, size_t at, size_t sign)
{
	struct slice text = slice_cut(reader->text, 0, reader->end);
	size_t joint = reader->rows ? 0 : joint_length(text, at + sign);
	return joint > 0 && joint_is_hyphened(text, at + sign) ? sign + joint : 0;
}

/* Whether the word that began before goes on with a sign at `at`. */
static bool goes_on(const struct reader *reader, size_t at, uint32_t sign, size_t length)
{
	uint32_t before = 0, after = code_at(reader, at + length, &(size_t){0});
	utf8_before(reader->text, at, &before);
	return joins_word(sign, before, after) &&
	       !(is_apostrophe(sign) && clitic_end(reader, at + length));
}

static size_t word_end(struct reader *reader, size_t start)
{
	size_t end = start, length;
	code_at(reader, end, &length);
	end += length; /* a letter, a digit, or one of @ # $ */
	for (;;) {
		end = letters_end(reader, end);
		uint32_t code = code_at(reader, end, &length);
		if (code <= ' ')
			break;
		size_t over = is_word_code(code) ? 0 : hyphened_length(reader, end, length);
		reader->crossed = reader->crossed || over > 0;
		if (!is_word_code(code) && over == 0 && !goes_on(reader, end, code, length))
			break;
		end += over > 0 ? over : length;
	}
	return end;
}

/* True for one letter, or letters each with a full stop between: U.S, J. */
static bool is_dotted(struct slice word)
{
	for (size_t at = 0, letter = 1; at < word.length; letter = !letter) {
		uint32_t code;
		at += utf8_decode(word, at, &code);
		enum letter_class class = code_class(code);
		if (letter ? class != LETTER_UPPER && class != LETTER_LOWER : code != '.')
			return false;
	}
	return true;
}

static bool capital_follows(const struct reader *reader, size_t at)
{
	size_t length;
	uint32_t code = code_at(reader, at, &length);
	if (code_is_space(code))
		code = code_at(reader, at + length, &length);
	return code_class(code) == LETTER_UPPER;
}

static bool is_in_capitals(struct slice word)
{
	for (size_t at = 0; at < word.length;) {
		uint32_t code;
		at += utf8_decode(word, at, &code);
		if (code_class(code) != LETTER_UPPER)
			return false;
	}
	return true;
}

/* Behind a blank the next two letters are capitals, as in ST. LOUIS, or a sign follows. */
static bool capitals_follow(const struct reader *reader, size_t at)
{
	size_t length;
	uint32_t code = code_at(reader, at, &length);
	if (!code_is_space(code))
		return code != 0 && code_class(code) == LETTER_NONE && code != '"' &&
		       code != 0x201D;
	at += length;
	code = code_at(reader, at, &length);
	if (code_class(code) != LETTER_UPPER)
		return true;
	return code_class(code_at(reader, at + length, &length)) == LETTER_UPPER;
}

/* Whether the full stop behind a word is its own. */
static bool owns_stop(const struct reader *reader, size_t start, size_t end)
{
	size_t length;
	if (code_at(reader, end, &length) != '.')
		return false;
	struct slice word = slice_cut(reader->text, start, end);
	if (is_dotted(word)) {
		bool initial = !memchr(word.bytes, '.', word.length);
		return !initial || (code_class((unsigned char)word.bytes[0]) == LETTER_UPPER &&
					   capital_follows(reader, end + 1));
	}
	if (is_in_capitals(word) && !capitals_follow(reader, end + 1))
		return false; /* San Mateo, CA. He … */
	struct slice with_stop = slice_cut(reader->text, start, end + 1);
	uint32_t lexeme = pack_word(reader->pack, with_stop, &reader->tokens->scratch);
	if (lexeme == NO_LEXEME)
		lexeme = pack_word_lower(reader->pack, with_stop, &reader->tokens->scratch);
	return lexeme_in(reader->pack->lexicon, lexeme, &reader->pack->abbreviations);
}

/* ---- Tokens ----------------------------------------------------------------------------- */

static void fold(struct tokens *tokens, struct token *token, struct slice word)
{
	size_t length = word.length;
	token->folded = token->start;
	if (!(token->flags & TOKEN_PLAIN)) {
		token->folded = (uint32_t)tokens->strings.length;
		text_fold(word, &tokens->strings);
		length = tokens->strings.length - token->folded;
	}
	token->folded_length = (uint16_t)(length < UINT16_MAX ? length : UINT16_MAX);
}

/* What is looked up: of a word that goes over the end of a line a copy without that. */
static struct slice word_of(struct reader *reader, size_t start, size_t end)
{
	struct buffer *joined = &reader->tokens->joined;
	struct slice word = {reader->text.bytes + start, end - start};
	if (!reader->crossed)
		return word;
	joined->length = 0;
	text_join_lines(word, joined);
	return buffer_slice(joined);
}

static void add_token(struct reader *reader, size_t start, size_t end, unsigned flags)
{
	struct tokens *tokens = reader->tokens;
	struct slice word = word_of(reader, start, end);
	struct word_found found = word_find(reader->pack->words, word, &tokens->scratch);
	if (reader->crossed)
		found.letters &= ~(unsigned)TOKEN_PLAIN;
	reader->crossed = false;
	flags |= flags & TOKEN_WORD ? found.letters : found.letters & TOKEN_PLAIN;
	if (tokens->count > 0 && tokens->items[tokens->count - 1].end == start)
		flags |= TOKEN_GLUED;
	tokens->items =
		grow(tokens->items, &tokens->capacity, tokens->count + 1, sizeof *tokens->items);
	struct token *token = &tokens->items[tokens->count++];
	*token = (struct token){
		.start = (uint32_t)start,
		.end = (uint32_t)end,
		.lexeme = found.lexeme,
		.lower = found.lower,
		.flags = (uint16_t)flags,
		.piece = reader->piece,
	};
	fold(tokens, token, word);
}

static bool after_word(const struct reader *reader)
{
	const struct tokens *tokens = reader->tokens;
	if (tokens->count == 0)
		return false;
	const struct token *last = &tokens->items[tokens->count - 1];
	return last->end == reader->at && (last->flags & TOKEN_WORD);
}

static void read_token(struct reader *reader, uint32_t code, size_t length)
{
	size_t start = reader->at, clitic;
	if (is_apostrophe(code) && after_word(reader) &&
		(clitic = clitic_end(reader, start + length)) > 0) {
		add_token(reader, start, clitic, TOKEN_WORD | TOKEN_CLITIC);
		reader->at = clitic;
		return;
	}
	if (!starts_word(reader, code, start + length)) {
		add_token(reader, start, start + length, 0);
		reader->at = start + length;
		return;
	}
	size_t end = word_end(reader, start);
	bool stop = owns_stop(reader, start, end);
	bool initial = stop && end - start <= 2 && code_class(code) == LETTER_UPPER;
	end += stop;
	add_token(reader, start, end, TOKEN_WORD | (initial ? TOKEN_INITIAL : 0u));
	reader->at = end;
}

/* Where lines are rows, their ends part what stands before from what stands behind, as a sign does.
 */
static void read_line_end(struct reader *reader)
{
	size_t start = reader->at;
	reader->at += joint_length(slice_cut(reader->text, 0, reader->end), start);
	if (reader->rows && reader->at < reader->end)
		add_token(reader, start, start + 1, 0);
}

/* ---- Where sentences begin -------------------------------------------------------------- */

/* What a sign between words does to the question whether the next word begins a sentence. */
enum opening { OPENING_NO, OPENING_YES, OPENING_SAME, OPENING_SPEECH };

static enum opening opening_of(uint32_t code)
{
	switch (code) {
	case '.':
	case '!':
	case '?':
	case 0x2026:
	case ':':
	case '*':
	case 0x2022:
	case 0x2013:
	case 0x2014:
	case '|':
	case 0x25CF:
	case '\n':
	case '\r':
		return OPENING_YES;
	case '"':
	case 0x201C:
	case 0x2018:
	case 0x201E:
	case 0xAB:
	case 0x300C:
		return OPENING_SPEECH;
	case '\'':
	case '(':
	case ')':
	case '[':
	case 0x201D:
	case 0x2019:
		return OPENING_SAME;
	default:
		return OPENING_NO;
	}
}

static void mark_openings(const struct reader *reader, size_t first)
{
	struct tokens *tokens = reader->tokens;
	bool opens = true;
	uint32_t before = 0;
	for (size_t i = first; i < tokens->count; i++) {
		struct token *token = &tokens->items[i];
		uint32_t code = 0;
		if (opens)
			token->flags |= TOKEN_SENTENCE;
		if (!(token->flags & TOKEN_WORD))
			utf8_decode(reader->text, token->start, &code);
		enum opening opening = code ? opening_of(code) : OPENING_NO;
		if (opening == OPENING_YES)
			opens = true;
		else if (opening == OPENING_NO)
			opens = false;
		else if (opening == OPENING_SPEECH && (before == ',' || before == ':'))
			opens = true;
		before = code;
	}
}

/* A full stop that a word owns may end a sentence as well (*in the U.S. The …*). */
static void mark_sentences(const struct reader *reader, size_t first, const struct spans *sentences)
{
	size_t next = 0;
	for (size_t i = first; i < reader->tokens->count; i++) {
		struct token *token = &reader->tokens->items[i];
		while (next < sentences->count && sentences->items[next].start < token->start)
			next++;
		if (next < sentences->count && sentences->items[next].start == token->start)
			token->flags |= TOKEN_SENTENCE | TOKEN_FIRST;
	}
}

void tokens_read(struct tokens *tokens, const struct pack *pack, const struct token_place *place)
{
	tokens->text = place->text;
	struct reader reader = {.tokens = tokens,
		.pack = pack,
		.text = place->text,
		.at = place->piece->start,
		.end = place->piece->end,
		.piece = place->index,
		.rows = place->rows};
	size_t first = tokens->count, length;
	for (uint32_t code; reader.at < reader.end;) {
		code = code_at(&reader, reader.at, &length);
		if (code == '\n' || code == '\r')
			read_line_end(&reader);
		else if (code_is_space(code))
			reader.at += length;
		else
			read_token(&reader, code, length);
	}
	mark_openings(&reader, first);
	mark_sentences(&reader, first, place->sentences);
}

/* ---- Phrases ---------------------------------------------------------------------------- */

uint32_t tokens_phrase(struct tokens *tokens, const struct pack *pack, size_t index, size_t count)
{
	if (count == 1)
		return tokens->items[index].lexeme;
	tokens->scratch.length = 0;
	for (size_t i = index; i < index + count; i++) {
		if (i > index && !(tokens->items[i].flags & TOKEN_GLUED))
			buffer_byte(&tokens->scratch, ' ');
		buffer_append(&tokens->scratch, token_folded(tokens, i));
	}
	return lexicon_find_loosely(pack->lexicon, buffer_slice(&tokens->scratch));
}

/* The phrases that may begin at a token are bounded by its lexeme; a glued token is no word of the
 * list's count, so that some more are tried. */
static size_t phrase_bound(const struct tokens *tokens, const struct pack *pack, size_t index)
{
	const struct token *token = &tokens->items[index];
	if (token->flags & TOKEN_CAPITALS)
		return CAPITAL_PHRASE; /* NEW YORK: its words by themselves are in no list */
	if (token->lexeme == NO_LEXEME)
		return 1;
	size_t longest = pack->lexicon->lexemes[token->lexeme].longest;
	return longest > 1 ? longest + 4 : 1;
}

size_t tokens_longest(struct tokens *tokens, const struct pack *pack, size_t index, size_t end,
	const struct selector *selector, uint32_t *lexeme)
{
	size_t bound = phrase_bound(tokens, pack, index);
	if (index + bound > end)
		bound = end - index;
	for (size_t count = bound; count > 0; count--) {
		if (tokens->items[index + count - 1].piece != tokens->items[index].piece)
			continue;
		uint32_t found = tokens_phrase(tokens, pack, index, count);
		if (!lexeme_in(pack->lexicon, found, selector))
			continue;
		if (lexeme)
			*lexeme = found;
		return count;
	}
	return 0;
}
