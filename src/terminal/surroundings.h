/* surroundings.h: what the environment and the locale say of the terminal. */
#ifndef BYLINE_TERMINAL_SURROUNDINGS_H
#define BYLINE_TERMINAL_SURROUNDINGS_H

#include "terminal/terminfo.h"

/* What the environment says; a member that is unset or empty is NULL. */
struct surroundings {
	const char *term, *colorterm; /* TERM, COLORTERM */
	const char *tmux;             /* TMUX: we run inside tmux, whatever TERM says */
	const char *term_program;     /* TERM_PROGRAM */
	const char *colorfgbg;        /* COLORFGBG: "15;0", the numbers of text and ground */
	const char *no_color, *clicolor, *clicolor_force;
	const char *escdelay; /* ESCDELAY: milliseconds */
};

struct surroundings surroundings_look(void);

/* Colours are wanted: an option beats NO_COLOR, that CLICOLOR_FORCE, that CLICOLOR=0. */
bool wants_colour(const struct surroundings *surroundings, enum colour_when when);
/* How long an Esc waits for what may follow it, in milliseconds. */
int escape_delay(const struct surroundings *surroundings);
/* What COLORFGBG says; THEME_ANY: nothing. */
enum theme_variant ground_said(const struct surroundings *surroundings);

/* Where entries that are compiled into the program are found; a name of NULL: there is none.
 * direct: with 24-bit colours, for a terminal that is known to show them. spare: for a common
 * terminal, where the system's database has nothing about it. */
struct entry_source direct_entry(const struct surroundings *surroundings);
struct entry_source spare_entry(const struct surroundings *surroundings);

/* True for the family of xterm, whose modes are known: they take what they do not know in silence,
 * and may be asked. */
bool is_xterm(const struct surroundings *surroundings);
/* True where nothing answers a question but with dirt on the screen. */
bool must_not_ask(const struct surroundings *surroundings);

/* Takes the character set, and nothing else, from the locale; false: it has to be ASCII. Where the
 * locale knows no more than ASCII, UTF-8 is taken if the terminal is one of those that have it. */
bool locale_is_utf8(const struct surroundings *surroundings);

#endif
