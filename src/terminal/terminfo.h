/* terminfo.h: what a terminal's entry says, as bytes ready to be sent.
 *
 * Entries come from the system's database or from those compiled into the program (entries.ti).
 * Padding is left out: terminals so slow that they need it are museum pieces. A string that asks
 * for what nobody hands over is treated as if the entry had none.
 */
#ifndef BYLINE_TERMINAL_TERMINFO_H
#define BYLINE_TERMINAL_TERMINFO_H

#include "terminal/input.h"

enum entry_string {
	ENTRY_NONE,  /* empty in every entry */
	ENTRY_ENTER, /* the other screen */
	ENTRY_LEAVE,
	ENTRY_KEYS_ON, /* keys in application mode */
	ENTRY_KEYS_OFF,
	ENTRY_CURSOR_OFF,
	ENTRY_CURSOR_ON,
	ENTRY_PASTE_ON,
	ENTRY_PASTE_OFF,
	ENTRY_CLEAR,      /* and to the upper left corner */
	ENTRY_ERASE_LINE, /* from the cursor on */
	ENTRY_ERASE,      /* so many cells */
	ENTRY_MOVE,       /* to row and column */
	ENTRY_RIGHT,      /* so many columns */
	ENTRY_NORMAL,     /* neither attributes nor colours */
	ENTRY_COLOURS_OFF,
	ENTRY_FOREGROUND, /* of a number */
	ENTRY_BACKGROUND,
	ENTRY_BOLD,
	ENTRY_DIM,
	ENTRY_ITALIC,
	ENTRY_UNDERLINE,
	ENTRY_REVERSE,
	ENTRY_UNDERLINE_SHAPE, /* of a number; 4 is dotted */
	ENTRY_STRINGS
};

struct entry {
	struct slice strings[ENTRY_STRINGS]; /* empty: the terminal has none */
	int colours;                         /* 0: none that can be used */
	struct spot size;                    /* where nobody knows better */
	unsigned excluded;                   /* enum attribute: not together with colours */
	bool erases_ground;                  /* what is erased gets the present background */
	bool wraps, wraps_late; /* behind the last column; only when one more character comes */
	bool is_xterm; /* of that family, by its name: modes and SGR numbers are known; not read */
	struct slice *keys; /* what they send, in the order of a table */
	struct arena *arena;
};

/* Where an entry is looked for: by name in the database, or in a value of TERMINFO. */
struct entry_source {
	const char *name, *terminfo; /* terminfo NULL: the database */
};

/* False: there is none. */
bool entry_open(struct entry *entry, struct entry_source source, int descriptor);
void entry_close(struct entry *entry); /* also one that was never opened */
/* Teaches the sequences of keys; they live as long as the entry. */
void entry_teach(const struct entry *entry, struct input *input);

/* Appends a string with its numbers put in. */
void entry_put(const struct entry *entry, enum entry_string which, struct buffer *into);
void entry_put_number(
	const struct entry *entry, enum entry_string which, int number, struct buffer *into);
void entry_put_move(const struct entry *entry, struct spot to, struct buffer *into);

/* Appends the entry of the terminal that curses takes itself to write to (orders.h), in TERMINFO's
 * notation: it can do what the real one can, and nothing but paint. */
#define ENTRY_DESCRIBED "byline"
void entry_describe(const struct entry *entry, struct buffer *into);

/* Makes the library look for entries in a value of TERMINFO; the value that was set before is given
 * back by terminfo_restore, since children get theirs. */
char *terminfo_replace(const char *value);
void terminfo_restore(char *before);

static inline bool entry_has(const struct entry *entry, enum entry_string which)
{
	return entry->strings[which].length > 0;
}

#endif
