/* input.h: sequences that terminals send for keys, beyond those of their terminfo entry. */
#ifndef BYLINE_TERMINAL_INPUT_H
#define BYLINE_TERMINAL_INPUT_H

#include "terminal/terminal.h"

/* Codes of our own, above those of curses, which it gives back for the sequences defined. */
#define INPUT_FIRST 2000
#define INPUT_PASTE_BEGINS INPUT_FIRST
#define INPUT_PASTE_ENDS (INPUT_FIRST + 1)

/* Hands each sequence and its code to `define`. */
void input_define(int (*define)(const char *sequence, int code));
/* The key of a code given by input_define, but for pastes; false: it is none. */
bool input_key(int code, struct key *key);

/* What is pasted is no keys. Zero-initialised: nothing is. */
struct paste {
	bool going_on;
	long long last; /* when the last of it came, in milliseconds */
};
/* True for what belongs to a paste. `code` is curses' or one of ours, 0 for a character. */
bool paste_takes(struct paste *paste, int code, long long now);

/* A sequence that is none of those defined: an answer to a question, a key nobody knows. */
struct sequence {
	uint32_t second; /* what followed Esc */
	uint32_t last;
	size_t length; /* of what followed that */
};
bool sequence_begins(uint32_t second);
/* Takes the next character; false: that was the last (ECMA-48, 5.4 and 5.6). */
bool sequence_takes(struct sequence *sequence, uint32_t character);

#endif
