/* surroundings.h: what the environment and the locale say of the terminal. */
#ifndef BYLINE_TERMINAL_SURROUNDINGS_H
#define BYLINE_TERMINAL_SURROUNDINGS_H

#include "terminal/terminal.h"

/* What the environment says; a member that is unset or empty is NULL. */
struct surroundings {
	const char *term, *colorterm; /* TERM, COLORTERM */
	const char *tmux;             /* TMUX: we run inside tmux, whatever TERM says */
	const char *no_color, *clicolor, *clicolor_force;
	const char *escdelay;
};

struct surroundings surroundings_look(void);

/* Colours are wanted: an option beats NO_COLOR, that CLICOLOR_FORCE, that CLICOLOR=0. */
bool wants_colour(const struct surroundings *surroundings, enum colour_when when);

/* A terminfo entry that is compiled into the program. */
struct direct_entry {
	const char *name;     /* to be given to newterm */
	const char *terminfo; /* value of TERMINFO meanwhile */
};

/* The entry for a terminal that is known to show 24-bit colours; NULL: use its own. */
const struct direct_entry *direct_entry_for(const struct surroundings *surroundings);

/* True for terminals that are known to hold back a frame until it is whole (mode 2026). */
bool holds_frames(const struct surroundings *surroundings);

/* Takes the character set, and nothing else, from the locale; false: it has to be ASCII. */
bool locale_is_utf8(void);

#endif
