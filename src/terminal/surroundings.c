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

bool locale_is_utf8(void)
{
	static const char *const fallbacks[] = {"C.UTF-8", "C.utf8"};
	setlocale(LC_CTYPE, "");
	const char *set = nl_langinfo(CODESET);
	if (strcmp(set, "UTF-8") == 0)
		return true;
	if (strcmp(set, "ANSI_X3.4-1968") != 0 && strcmp(set, "US-ASCII") != 0)
		return false; /* the user names another set: the terminal will have it */
	for (size_t i = 0; i < sizeof fallbacks / sizeof *fallbacks; i++) {
		if (setlocale(LC_CTYPE, fallbacks[i]) != NULL)
			return true;
	}
	return false;
}
