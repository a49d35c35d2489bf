/* sheet.h: a page of styled text that lies over the article and scrolls: card and help. */
#ifndef TUI_SHEET_H
#define TUI_SHEET_H

#include "terminal/terminal.h"

struct sheet_run {
	int column;
	struct slice text;
	style_id style;
	struct sheet_run *next;
};

struct sheet_line {
	struct sheet_run *runs;
};

struct sheet {
	struct arena *arena; /* of its lines and their text */
	struct sheet_line *lines;
	size_t count, capacity;
	int columns; /* for which it was filled */
	int top;     /* the first line in view */
	int rows;    /* in view */
	int column;  /* where the next text goes, on the last line */
	int chosen;  /* the line that is lit, where one can be chosen; -1: none */
};

void sheet_init(struct sheet *sheet, int columns); /* empties it */
void sheet_release(struct sheet *sheet);
void sheet_line(struct sheet *sheet, int column); /* begins a line */
/* Puts text, which is copied, behind what stands on the line. */
void sheet_put(
	struct sheet *sheet, struct slice text, style_id style, const struct width_policy *policy);
/* The same, wrapped: further lines begin where it began. */
void sheet_wrap(
	struct sheet *sheet, struct slice text, style_id style, const struct width_policy *policy);
/* Puts text so that it ends at the right edge. */
void sheet_right(
	struct sheet *sheet, struct slice text, style_id style, const struct width_policy *policy);
void sheet_draw(const struct sheet *sheet, const struct canvas *canvas);

#endif
