/* prompt.h: a line of text being typed, and the keys that edit it. */
#ifndef TUI_PROMPT_H
#define TUI_PROMPT_H

#include "terminal/terminal.h"

struct reader;

/* What a prompt is for. */
struct prompt_kind {
	const char *mark;                                          /* drawn before the line */
	void (*changed)(struct reader *reader, struct slice text); /* after each edit; or NULL */
	void (*entered)(struct reader *reader, struct slice text);
	void (*left)(struct reader *reader); /* without entering; or NULL */
};

struct prompt {
	const struct prompt_kind *kind; /* NULL: closed */
	struct buffer text;
	size_t cursor;      /* byte */
	struct buffer last; /* what was entered last, for the arrow up */
};

void prompt_open(struct reader *reader, const struct prompt_kind *kind);
void prompt_release(struct prompt *prompt);
void prompt_key(struct reader *reader, struct key key);
void prompt_draw(const struct prompt *prompt, const struct canvas *canvas, style_id style);

#endif
