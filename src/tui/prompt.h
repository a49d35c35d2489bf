/* prompt.h: a line of text being typed, and the keys that edit it. */
#ifndef TUI_PROMPT_H
#define TUI_PROMPT_H

#include "tui/completion.h"
#include "tui/history.h"

struct reader;

enum history_kind { HISTORY_SEARCH, HISTORY_COMMAND, HISTORY_PAGE, HISTORY_COUNT };

/* What a prompt is for. Each function may be NULL but for `entered`. */
struct prompt_kind {
	const char *mark; /* drawn before the line */
	enum history_kind history;
	bool literal; /* ^V turns whether the line is meant as it stands; else the next key goes in
		       */
	void (*changed)(struct reader *reader, struct slice text); /* after each edit */
	void (*entered)(struct reader *reader, struct slice text);
	void (*left)(struct reader *reader); /* without entering */
	/* Candidates for the end of what stands before the cursor. */
	void (*complete)(struct reader *reader, struct slice head, struct completion *into);
	/* Appends what is said at the right of the line. */
	void (*hint)(const struct reader *reader, struct slice text, struct buffer *into);
};

#define LINE_MOST 4096 /* bytes */

struct prompt {
	const struct prompt_kind *kind; /* NULL: closed */
	struct buffer text;
	size_t cursor;        /* byte */
	size_t edits;         /* how often it has changed */
	bool literal;         /* the line is meant as it stands */
	bool quoting;         /* the next key goes in */
	struct buffer killed; /* what was deleted last, but for single characters */
	struct history histories[HISTORY_COUNT];
	struct completion completion;
};

void prompt_open(struct reader *reader, const struct prompt_kind *kind);
void prompt_release(struct prompt *prompt);
void prompt_key(struct reader *reader, struct key key);
/* The mark and the part of the line around the cursor that fits. */
void prompt_draw(const struct prompt *prompt, const struct canvas *canvas, style_id style);

#endif
