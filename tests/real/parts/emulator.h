/* emulator.h: a terminal that shows what it is sent, as libvterm sees it. */
#ifndef REAL_EMULATOR_H
#define REAL_EMULATOR_H

#include "byline/layout.h"

/* A character and how it looks. */
struct glyph {
	uint32_t characters[6]; /* a base and what stands over it; 0: nothing was ever written */
	int width;              /* 1, 2, or 0: the right half of a wide one */
	char look[64];          /* "bold #c0a0ff on 17"; empty: as the terminal comes */
};

struct emulator;

struct emulator *emulator_new(int columns, int rows, bool utf8);
void emulator_free(struct emulator *emulator);
void emulator_feed(struct emulator *emulator, struct slice bytes);
void emulator_resize(struct emulator *emulator, int columns, int rows);

int emulator_columns(const struct emulator *emulator);
int emulator_rows(const struct emulator *emulator);
struct glyph emulator_glyph(const struct emulator *emulator, int column, int row);
/* The look that the next character would have. */
void emulator_pen(struct emulator *emulator, char look[static 64]);
/* False where it is hidden. */
bool emulator_cursor(const struct emulator *emulator, int *column, int *row);
/* What a program did to the terminal besides writing: "title", "bell", …; 0 if it did not. */
struct emulator_events {
	int bells, titles;
};
struct emulator_events emulator_events(const struct emulator *emulator);

/* Finds a text on a row: its columns from `*from` up to `*to`. False where it is nowhere. */
bool emulator_find(
	const struct emulator *emulator, struct slice text, int *from, int *to, int *row);

/* All cells and looks, to compare. */
struct glyph *emulator_picture(const struct emulator *emulator);

/* Appends the rows as lines, blanks at their ends cut. */
void emulator_print(const struct emulator *emulator, struct buffer *into);
/* Appends each row and below it a letter a cell (`.` as the terminal comes), then what the letters
 * mean: "a bold on #202020". */
void emulator_print_looks(const struct emulator *emulator, struct buffer *into);

#endif
