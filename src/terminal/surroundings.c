/* surroundings.c: reads the environment and the locale. */
#include "terminal/surroundings.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

static const char *variable(const char *name)
{
	const char *value = getenv(name);
	return value != NULL && *value != '\0' ? value : NULL;
}

struct surroundings surroundings_look(void)
{
	return (struct surroundings){
		.term = variable("TERM"),
		.colorterm = variable("COLORTERM"),
		.tmux = variable("TMUX"),
		.term_program = variable("TERM_PROGRAM"),
		.colorfgbg = variable("COLORFGBG"),
		.no_color = variable("NO_COLOR"),
		.clicolor = variable("CLICOLOR"),
		.clicolor_force = variable("CLICOLOR_FORCE"),
		.escdelay = variable("ESCDELAY"),
	};
}

static bool is_zero(const char *value)
{
	return value != NULL && strcmp(value, "0") == 0;
}

bool wants_colour(const struct surroundings *surroundings, enum colour_when when)
{
	if (when != COLOUR_AUTO)
		return when == COLOUR_ALWAYS;
	if (surroundings->no_color != NULL)
		return false;
	if (surroundings->clicolor_force != NULL && !is_zero(surroundings->clicolor_force))
		return true;
	return !is_zero(surroundings->clicolor);
}

#define ESCAPE_DELAY 25
#define ESCAPE_DELAY_MOST 10000

int escape_delay(const struct surroundings *surroundings)
{
	if (surroundings->escdelay == NULL)
		return ESCAPE_DELAY;
	char *end;
	long said = strtol(surroundings->escdelay, &end, 10);
	bool good = *end == '\0' && said >= 0 && said <= ESCAPE_DELAY_MOST;
	return good ? (int)said : ESCAPE_DELAY;
}

enum theme_variant ground_said(const struct surroundings *surroundings)
{
	const char *semicolon =
		surroundings->colorfgbg != NULL ? strrchr(surroundings->colorfgbg, ';') : NULL;
	if (semicolon == NULL || semicolon[1] == '\0')
		return THEME_ANY;
	char *end;
	long ground = strtol(semicolon + 1, &end, 10);
	if (*end != '\0' || ground < 0 || ground > 15)
		return THEME_ANY;
	return ground == 7 || ground > 8 ? THEME_LIGHT : THEME_DARK;
}

/* Terminals of their own make that a locale of ASCII says nothing about; those that are named here
 * show UTF-8 wherever they run. A vt100 may be one. */
static bool has_utf8(const struct surroundings *surroundings)
{
	static const char *const names[] = {"xterm", "screen", "tmux", "linux", "rxvt", "kitty",
		"alacritty", "contour", "foot", "wezterm", "iterm", "mintty", "gnome", "konsole",
		"st-", "vte", "putty", "ghostty", "rio"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (surroundings->term != NULL &&
			strncmp(surroundings->term, names[i], strlen(names[i])) == 0)
			return true;
	}
	return false;
}

bool locale_is_utf8(const struct surroundings *surroundings)
{
	static const char *const fallbacks[] = {"C.UTF-8", "C.utf8"};
	if (setlocale(LC_CTYPE, "") == NULL)
		setlocale(LC_CTYPE, "C");
	const char *set = nl_langinfo(CODESET);
	if (strcmp(set, "UTF-8") == 0)
		return true;
	if (strcmp(set, "ANSI_X3.4-1968") != 0 && strcmp(set, "US-ASCII") != 0)
		return false; /* the user names another set: the terminal will have it */
	if (!has_utf8(surroundings))
		return false;
	for (size_t i = 0; i < sizeof fallbacks / sizeof *fallbacks; i++) {
		if (setlocale(LC_CTYPE, fallbacks[i]) != NULL)
			return true;
	}
	return false;
}
