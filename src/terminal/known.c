/* known.c: terminals that are known by name, and their entries.
 *
 * xterm-direct and its like are in no base system, and TERM names the plain entry nearly
 * everywhere. A terminal gets an entry with 24-bit colours if its name alone says that it can, or
 * if it is of a known build and COLORTERM says so. tmux understands 24-bit colours whatever stands
 * behind it; GNU screen does not, and passes on the COLORTERM it was started with, so the name
 * `screen` counts inside tmux only.
 *
 * A machine may have no database at all, or one without the terminal's entry. The commonest have a
 * spare one, which is used only then.
 */
#include "terminal/surroundings.h"

#include <string.h>

#include "terminal_entries.h"

static const struct entry_source xterm = {"byline-xterm", byline_xterm};
static const struct entry_source plain = {"byline-plain", byline_plain};
static const struct entry_source tmux = {"byline-tmux", byline_tmux};

enum evidence { BY_NAME, BY_COLORTERM, BY_TMUX };

/* The family of xterm. */
struct known_terminal {
	const char *prefix; /* of TERM */
	const struct entry_source *direct;
	enum evidence evidence;
};

/* The first that fits counts. */
static const struct known_terminal known[] = {
	{"tmux", &tmux, BY_NAME},
	{"screen", &tmux, BY_TMUX},
	{"xterm-kitty", &plain, BY_NAME},
	{"xterm-ghostty", &plain, BY_NAME},
	{"alacritty", &plain, BY_NAME},
	{"contour", &plain, BY_NAME},
	{"foot", &plain, BY_NAME},
	{"wezterm", &plain, BY_NAME},
	{"iterm", &plain, BY_NAME},
	{"mintty", &plain, BY_NAME},
	{"gnome", &plain, BY_COLORTERM},
	{"konsole", &plain, BY_COLORTERM},
	{"st-", &plain, BY_COLORTERM},
	{"vte", &plain, BY_COLORTERM},
	{"xterm", &xterm, BY_COLORTERM},
};

static const struct {
	const char *prefix; /* of TERM */
	struct entry_source source;
} spares[] = {
	{"xterm-256color", {"byline-spare-xterm-256", byline_spare_xterm_256}},
	{"xterm-direct", {"byline-spare-xterm-256", byline_spare_xterm_256}},
	{"xterm-kitty", {"byline-spare-plain", byline_spare_plain}},
	{"xterm-ghostty", {"byline-spare-plain", byline_spare_plain}},
	{"xterm", {"byline-spare-xterm", byline_spare_xterm}},
	{"tmux", {"byline-spare-tmux", byline_spare_tmux}},
	{"screen-256color", {"byline-spare-screen-256", byline_spare_screen_256}},
	{"screen", {"byline-spare-screen", byline_spare_screen}},
	{"rxvt", {"byline-spare-rxvt", byline_spare_rxvt}},
	{"linux", {"byline-spare-linux", byline_spare_linux}},
	{"vt100", {"byline-spare-vt100", byline_spare_vt100}},
	{"vt102", {"byline-spare-vt100", byline_spare_vt100}},
	{"vt220", {"byline-spare-vt100", byline_spare_vt100}},
};

static bool starts(const char *term, const char *prefix)
{
	return term != NULL && strncmp(term, prefix, strlen(prefix)) == 0;
}

static const struct known_terminal *find(const struct surroundings *surroundings)
{
	size_t i = 0, count = sizeof known / sizeof *known;
	while (i < count && !starts(surroundings->term, known[i].prefix))
		i++;
	if (i == count || (known[i].evidence == BY_TMUX && surroundings->tmux == NULL))
		return NULL;
	return &known[i];
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

struct entry_source direct_entry(const struct surroundings *surroundings)
{
	const struct known_terminal *terminal = find(surroundings);
	if (terminal == NULL)
		return (struct entry_source){0};
	if (terminal->evidence == BY_COLORTERM && !says_direct(surroundings))
		return (struct entry_source){0};
	return *terminal->direct;
}

struct entry_source spare_entry(const struct surroundings *surroundings)
{
	for (size_t i = 0; i < sizeof spares / sizeof *spares; i++) {
		if (starts(surroundings->term, spares[i].prefix))
			return spares[i].source;
	}
	const struct known_terminal *terminal = find(surroundings);
	if (terminal == NULL)
		return (struct entry_source){0};
	return (struct entry_source){"byline-spare-plain", byline_spare_plain};
}

bool is_xterm(const struct surroundings *surroundings)
{
	return find(surroundings) != NULL;
}

bool must_not_ask(const struct surroundings *surroundings)
{
	return starts(surroundings->term_program, "Apple_Terminal");
}
