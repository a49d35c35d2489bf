/* typing.h: keys that were typed and wait for more. */
#ifndef TUI_TYPING_H
#define TUI_TYPING_H

#include "tui/keymap.h"

struct typing {
	struct keys pending; /* the beginning of something */
	size_t number;       /* typed before it */
	bool counted;
	const struct bound *asks; /* it was typed, and waits for its letter; or NULL */
};

void typing_forget(struct typing *typing);
void typing_release(struct typing *typing);
/* Appends what is pending, as it was typed. */
void typing_put(const struct typing *typing, struct buffer *into);

struct reader;
/* Takes a key for a pane: a count, the beginning of a sequence, or its end, which runs. */
void typing_take(struct reader *reader, struct key key);

#endif
