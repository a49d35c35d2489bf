/* words.h: lines of a script. */
#ifndef REAL_WORDS_H
#define REAL_WORDS_H

#include "terminal/terminal.h"

#define WORDS_MOST 64

struct words {
	char *items[WORDS_MOST + 1]; /* NULL after the last */
	size_t count;
};

/* Divides a line at blanks. */
void words_read(struct words *words, struct slice line, struct arena *arena);
/* In each word \s becomes a blank, \e Esc, \\ a backslash, \xNN a byte. */
void words_unescape(struct words *words, struct arena *arena);
/* The text of an escaped line, blanks and all. */
struct slice text_unescape(struct slice line, struct arena *arena);
/* A line with $NAME replaced, by pairs of names and values. */
struct variable {
	const char *name, *value;
};
struct slice text_replace(
	struct slice line, const struct variable *variables, size_t count, struct arena *arena);
/* COLSxROWS; false where it is none. */
bool size_read(const char *text, int *columns, int *rows);

#endif
