/* token.h: the words and signs of a piece, looked up once.
 *
 * All rules over words (names, words, quotes) read the same tokens. A token is a word with what
 * belongs to it (O’Brien, AT&T, U.S., twenty-five, 3.5), a clitic cut from it (’s), or one sign
 * that is no letter, digit or blank. A word may go over the end of a line behind a hyphen. An
 * abbreviation of the pack's list and an initial keep their full stop.
 */
#ifndef ANNOTATE_TOKEN_H
#define ANNOTATE_TOKEN_H

#include "byline/document.h"
#include "rules/pack.h"

/* What is read at once: a block, or a piece of one that is longer than a piece may be. */
struct piece {
	uint32_t block;
	uint32_t start, end; /* of its body, in the text */
	bool begins, ends;   /* its block */
};

enum token_flags {
	/* Of words: */
	TOKEN_CAPITAL = LETTERS_CAPITAL,
	TOKEN_CAPITALS = LETTERS_CAPITALS,
	TOKEN_DIGIT = LETTERS_DIGIT,
	TOKEN_PLAIN = LETTERS_PLAIN, /* of signs as well */
	TOKEN_CLITIC = 16,           /* ’s ’re … cut from the word before it */
	TOKEN_SENTENCE =
		32, /* the first of its sentence, of the piece, or after an opening quote mark */
	TOKEN_MASKED = 64,   /* inside a mask (a date, an amount of money): no name */
	TOKEN_GLUED = 128,   /* no blank between it and the token before */
	TOKEN_INITIAL = 256, /* one capital and a full stop */
	TOKEN_FIRST = 512,   /* the first of a sentence, as floor 2 divides the block */
	TOKEN_WORD = 1024,   /* begins with a letter or digit (or @ # $ and one) */
};

struct token {
	uint32_t start, end; /* bytes of the document's text */
	uint32_t folded;     /* as lists compare it, in tokens.strings; of plain ones in the text */
	uint32_t lexeme;     /* looked up loosely as it stands; NO_LEXEME: in no list */
	uint32_t lower;      /* its lower-case form looked up */
	uint16_t folded_length;
	uint16_t flags; /* enum token_flags */
	uint32_t piece; /* index in the window */
};

struct tokens {
	struct token *items;
	size_t count, capacity;
	struct slice text;     /* of the document that they are of */
	struct buffer strings; /* folded forms of those that are not plain */
	struct buffer scratch;
	struct buffer joined; /* a word without the end of a line */
};

/* Where tokens are read. */
struct token_place {
	struct slice text; /* the document's */
	const struct piece *piece;
	uint32_t index;                /* of the piece */
	const struct spans *sentences; /* of the piece, by their places in the text */
	bool rows;                     /* its lines are rows: their ends are tokens */
};
/* Appends the tokens of one piece. */
void tokens_read(struct tokens *tokens, const struct pack *pack, const struct token_place *place);
void tokens_clear(struct tokens *tokens);
void tokens_release(struct tokens *tokens);
struct slice token_folded(const struct tokens *tokens, size_t index);
/* The lexeme of the phrase of `count` tokens from `index` (folded, joined by one blank, or by none
 * where they are glued), looked up loosely; NO_LEXEME: none. */
uint32_t tokens_phrase(struct tokens *tokens, const struct pack *pack, size_t index, size_t count);
/* Tokens of the longest phrase of the selected lists that begins at `index` and stays below `end`;
 * 0: none. *lexeme, unless NULL, gets it. */
size_t tokens_longest(struct tokens *tokens, const struct pack *pack, size_t index, size_t end,
	const struct selector *selector, uint32_t *lexeme);

#endif
