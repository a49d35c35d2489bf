/* direct.c: entries with 24-bit colours.
 *
 * xterm-direct and its like are in no base system, and TERM names the plain entry nearly
 * everywhere. The entries of entries.ti are compiled into the program; newterm reads one from
 * TERMINFO. A terminal gets one if its name alone says that it can, or if it is of a known build
 * and COLORTERM says so. tmux understands 24-bit colours whatever stands behind it; GNU screen does
 * not, and passes on the COLORTERM it was started with, so the name `screen` counts inside tmux
 * only.
 */
#include "terminal/surroundings.h"

#include <string.h>

#include "terminal_entries.h"

static const struct direct_entry xterm = {"byline-xterm", byline_xterm};
static const struct direct_entry plain = {"byline-plain", byline_plain};
static const struct direct_entry tmux = {"byline-tmux", byline_tmux};

enum evidence { BY_NAME, BY_COLORTERM, BY_TMUX };

struct known_terminal {
	const char *prefix; /* of TERM */
	const struct direct_entry *entry;
	enum evidence evidence;
	bool holds_frames;
};

/* The first that fits counts. */
static const struct known_terminal known[] = {
	{"tmux", &tmux, BY_NAME, false},
	{"screen", &tmux, BY_TMUX, false},
	{"xterm-kitty", &plain, BY_NAME, true},
	{"xterm-ghostty", &plain, BY_NAME, true},
	{"alacritty", &plain, BY_NAME, true},
	{"contour", &plain, BY_NAME, true},
	{"foot", &plain, BY_NAME, true},
	{"wezterm", &plain, BY_NAME, true},
	{"iterm", &plain, BY_NAME, false},
	{"mintty", &plain, BY_NAME, false},
	{"gnome", &plain, BY_COLORTERM, false},
	{"konsole", &plain, BY_COLORTERM, false},
	{"st-", &plain, BY_COLORTERM, false},
	{"vte", &plain, BY_COLORTERM, false},
	{"xterm", &xterm, BY_COLORTERM, false},
};

static const struct known_terminal *find(const char *term)
{
	for (size_t i = 0; term != NULL && i < sizeof known / sizeof *known; i++) {
		if (strncmp(term, known[i].prefix, strlen(known[i].prefix)) == 0)
			return &known[i];
	}
	return NULL;
}

static bool says_direct(const struct surroundings *surroundings)
{
	static const char suffix[] = "-direct";
	const char *colorterm = surroundings->colorterm;
	size_t length = strlen(surroundings->term), tail = sizeof suffix - 1;
	if (length > tail && strcmp(surroundings->term + length - tail, suffix) == 0)
		return true;
	return colorterm != NULL &&
	       (strcmp(colorterm, "truecolor") == 0 || strcmp(colorterm, "24bit") == 0);
}

const struct direct_entry *direct_entry_for(const struct surroundings *surroundings)
{
	const struct known_terminal *terminal = find(surroundings->term);
	if (terminal == NULL)
		return NULL;
	if (terminal->evidence == BY_TMUX && surroundings->tmux == NULL)
		return NULL;
	if (terminal->evidence == BY_COLORTERM && !says_direct(surroundings))
		return NULL;
	return terminal->entry;
}

bool holds_frames(const struct surroundings *surroundings)
{
	const struct known_terminal *terminal = find(surroundings->term);
	return terminal != NULL && terminal->holds_frames;
}
