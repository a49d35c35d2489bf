/* curses.c: the real terminal, and the only file that sees curses.
 *
 * Views draw a whole frame of cells each time. A row that differs from the last frame's is handed
 * to curses whole, which compares it with what the terminal shows and sends the difference. Keys
 * are read through a pad, since reading through a window would paint it. Nothing is written past
 * curses but the constant strings of this file and of signals.c.
 */
#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "terminal/backend.h"
#include "terminal/colours.h"
#include "terminal/input.h"
#include "terminal/keys.h"
#include "terminal/shape.h"
#include "terminal/signals.h"
#include "terminal/surroundings.h"

#define FRAME_BEGINS "\x1b[?2026h"
#define FRAME_ENDS "\x1b[?2026l"
#define RESTORE \
	"\x1b[?2026l\x1b[?2004l\x1b[?1006l\x1b[?1003l\x1b[?1002l\x1b[?1000l\x1b[?1004l" \
	"\x1b[?1l\x1b>\x1b[0m\x1b[?25h\x1b[?1049l"

/* How a style is told to curses. */
struct painting {
	attr_t attributes;
	int pair;
	bool known;
};

struct curses_terminal {
	struct terminal terminal;
	SCREEN *screen;
	WINDOW *keys; /* a pad that is never shown */
	FILE *input, *output;
	bool opened; /* input and output are /dev/tty, ours to close */
	bool direct; /* driven by an entry of ours */
	bool holds_frames;
	bool default_colours;             /* -1 is a colour */
	const char *paste_on, *paste_off; /* NULL: the terminal cannot tell pastes */
	const struct theme *theme;
	struct painting *paintings; /* by style id */
	size_t painting_count;
	struct colour_pairs pairs;
	struct cells shown; /* the last frame */
	cchar_t *row;       /* room for one row */
	size_t row_capacity;
	bool resized; /* the size has changed, and nobody was told */
	struct paste paste;
	struct key waiting; /* read too far after Esc; code 0: none */
};

static struct curses_terminal *curses_of(struct terminal *terminal)
{
	return (struct curses_terminal *)terminal;
}

/* Writes a constant string at once; only where curses has nothing left to send. */
static void send_text(const struct curses_terminal *curses, const char *text)
{
	size_t length = strlen(text);
	while (length > 0) {
		ssize_t written = write(fileno(curses->output), text, length);
		if (written < 0 && errno != EINTR && errno != EAGAIN)
			return;
		if (written > 0) {
			text += written;
			length -= (size_t)written;
		}
	}
}

/* ---- Looks ------------------------------------------------------------------------------ */

static int pair_of(struct curses_terminal *curses, const struct look *look)
{
	struct colour_pair pair = {
		colour_number(look->foreground, curses->terminal.depth, COLORS),
		colour_number(look->background, curses->terminal.depth, COLORS),
	};
	if (pair.foreground == -1 && pair.background == -1)
		return 0;
	if (!curses->default_colours && pair.foreground == -1)
		pair.foreground = COLOR_WHITE;
	if (!curses->default_colours && pair.background == -1)
		pair.background = COLOR_BLACK;
	bool fresh;
	int number = colour_pairs_number(&curses->pairs, pair, &fresh);
	if (fresh && init_extended_pair(number, pair.foreground, pair.background) == ERR)
		return 0;
	return number;
}

static attr_t attributes_of(const struct curses_terminal *curses, unsigned attributes)
{
	static const struct {
		unsigned ours;
		attr_t theirs;
	} table[] = {
		{ATTRIBUTE_BOLD, A_BOLD},
		{ATTRIBUTE_DIM, A_DIM},
		{ATTRIBUTE_ITALIC, A_ITALIC},
		{ATTRIBUTE_UNDERLINE, A_UNDERLINE},
		{ATTRIBUTE_REVERSE, A_REVERSE},
	};
	attr_t result = A_NORMAL;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		if (attributes & table[i].ours)
			result |= table[i].theirs;
	}
	if (attributes & ATTRIBUTE_DOTTED) /* see entries.ti */
		result |= curses->direct ? A_BLINK : A_UNDERLINE;
	return result;
}

static const struct painting *painting_of(struct curses_terminal *curses, style_id style)
{
	if (style >= curses->painting_count) {
		size_t count = styles_count(curses->terminal.cells.styles);
		curses->paintings =
			memory_resize(curses->paintings, count * sizeof *curses->paintings);
		memset(curses->paintings + curses->painting_count, 0,
			(count - curses->painting_count) * sizeof *curses->paintings);
		curses->painting_count = count;
	}
	struct painting *painting = &curses->paintings[style];
	if (!painting->known) {
		enum depth depth = curses->terminal.depth;
		struct look look =
			theme_look(curses->theme, curses->terminal.cells.styles, style, depth);
		painting->attributes = attributes_of(curses, look.attributes);
		painting->pair = depth == DEPTH_MONO ? 0 : pair_of(curses, &look);
		painting->known = true;
	}
	return painting;
}

/* ---- Frames ----------------------------------------------------------------------------- */

static bool same_cell(const struct cells *a, const struct cells *b, struct spot at)
{
	const struct cell *one = cells_at(a, at), *other = cells_at(b, at);
	if (one->style != other->style || one->width != other->width)
		return false;
	if (one->glyph < CELL_CLUSTER || other->glyph < CELL_CLUSTER)
		return one->glyph == other->glyph;
	char room[2][4];
	return slice_equal(cells_glyph(a, at, room[0]), cells_glyph(b, at, room[1]));
}

static bool same_row(const struct cells *a, const struct cells *b, int row)
{
	for (int column = 0; column < a->columns; column++) {
		if (!same_cell(a, b, (struct spot){column, row}))
			return false;
	}
	return true;
}

/* True where a row holds what terminals may disagree on. */
static bool row_is_hard(const struct cells *cells, int row)
{
	for (int column = 0; column < cells->columns; column++) {
		if (cells_at(cells, (struct spot){column, row})->glyph >= CELL_CLUSTER)
			return true;
	}
	return false;
}

/* Hands a row to curses; it has at most a shape a cell. */
static void send_row(struct curses_terminal *curses, int row)
{
	const struct cells *cells = &curses->terminal.cells;
	size_t count = 0;
	for (int column = 0; column < cells->columns; column++) {
		struct spot at = {column, row};
		const struct cell *cell = cells_at(cells, at);
		if (cell->width == 0)
			continue;
		const struct painting *painting = painting_of(curses, cell->style);
		char room[4];
		struct shape shapes[2];
		size_t shape_count =
			cluster_shapes(cells_glyph(cells, at, room), cell->width, shapes);
		for (size_t i = 0; i < shape_count; i++) {
			int pair = painting->pair; /* the short one holds too little */
			setcchar(&curses->row[count++], shapes[i].characters, painting->attributes,
				0, &pair);
		}
	}
	mvadd_wchnstr(row, 0, curses->row, (int)count);
}

static void keep_frame(struct curses_terminal *curses)
{
	const struct cells *cells = &curses->terminal.cells;
	size_t count = (size_t)cells->columns * (size_t)cells->rows;
	memcpy(curses->shown.items, cells->items, count * sizeof *cells->items);
	curses->shown.clusters.length = 0;
	buffer_append(&curses->shown.clusters, buffer_slice(&cells->clusters));
}

static void send_rows(struct curses_terminal *curses)
{
	const struct cells *cells = &curses->terminal.cells;
	struct cells *shown = &curses->shown;
	curses->row = grow(
		curses->row, &curses->row_capacity, (size_t)cells->columns, sizeof *curses->row);
	bool all = shown->columns != cells->columns || shown->rows != cells->rows;
	if (all)
		cells_resize(shown, cells->columns, cells->rows);
	for (int row = 0; row < cells->rows; row++) {
		if (!all && same_row(cells, shown, row))
			continue;
		send_row(curses, row);
		if (row_is_hard(cells, row) || row_is_hard(shown, row))
			wredrawln(stdscr, row, 1);
	}
	keep_frame(curses);
}

static void show_cursor(const struct curses_terminal *curses)
{
	struct spot cursor = curses->terminal.cells.cursor;
	bool seen = cursor.column >= 0;
	leaveok(stdscr, !seen);
	curs_set(seen);
	if (seen)
		move(cursor.row, cursor.column);
}

static void curses_show(struct terminal *terminal)
{
	struct curses_terminal *curses = curses_of(terminal);
	send_rows(curses);
	show_cursor(curses);
	wnoutrefresh(stdscr);
	if (curses->holds_frames)
		send_text(curses, FRAME_BEGINS);
	doupdate();
	if (curses->holds_frames)
		send_text(curses, FRAME_ENDS);
}

/* Makes the next frame compare with nothing. */
static void forget_frame(struct curses_terminal *curses)
{
	cells_resize(&curses->shown, 1, 1);
	if (curses->terminal.cells.columns == 1 && curses->terminal.cells.rows == 1)
		cells_resize(&curses->shown, 2, 1);
}

static void curses_redraw(struct terminal *terminal)
{
	forget_frame(curses_of(terminal));
	clearok(curscr, TRUE);
}

static void curses_theme(struct terminal *terminal, const struct theme *theme)
{
	struct curses_terminal *curses = curses_of(terminal);
	curses->theme = theme;
	for (size_t i = 0; i < curses->painting_count; i++)
		curses->paintings[i].known = false;
	if (curses->pairs.count * 2 > curses->pairs.most) { /* those of old themes */
		curses->pairs.count = 0;
		clearok(curscr, TRUE);
	}
	forget_frame(curses);
}

/* ---- Away and back ---------------------------------------------------------------------- */

static void curses_pause(struct terminal *terminal)
{
	struct curses_terminal *curses = curses_of(terminal);
	if (curses->paste_off != NULL)
		send_text(curses, curses->paste_off);
	endwin();
}

static void curses_resume(struct terminal *terminal)
{
	struct curses_terminal *curses = curses_of(terminal);
	reset_prog_mode();
	clearok(curscr, TRUE);
	wnoutrefresh(stdscr);
	doupdate();
	keypad(curses->keys, FALSE); /* curses would send it with the next key only */
	keypad(curses->keys, TRUE);
	if (curses->paste_on != NULL)
		send_text(curses, curses->paste_on);
	curses->resized = true; /* perhaps */
}

static void curses_suspend(struct terminal *terminal)
{
	curses_pause(terminal);
	signals_stop();
	curses_resume(terminal);
}

/* Asks for the terminal's size; true if it is another than that of the cells. */
static bool find_size(struct curses_terminal *curses, struct spot *size)
{
	struct winsize window;
	*size = (struct spot){COLS, LINES};
	if (ioctl(fileno(curses->output), TIOCGWINSZ, &window) == 0 && window.ws_col > 0 &&
		window.ws_row > 0)
		*size = (struct spot){window.ws_col, window.ws_row};
	if (size->column > CELLS_SIDE)
		size->column = CELLS_SIDE;
	if (size->row > CELLS_SIDE)
		size->row = CELLS_SIDE;
	return size->column != curses->terminal.cells.columns ||
	       size->row != curses->terminal.cells.rows;
}

/* ---- Keys ------------------------------------------------------------------------------- */

/* What curses calls keys that need no sequence of ours. */
static bool curses_key_code(int code, struct key *key)
{
	static const struct {
		int theirs;
		uint32_t code;
		uint8_t modifiers;
	} table[] = {
		{KEY_UP, PRESS_UP, 0},
		{KEY_DOWN, PRESS_DOWN, 0},
		{KEY_LEFT, PRESS_LEFT, 0},
		{KEY_RIGHT, PRESS_RIGHT, 0},
		{KEY_HOME, PRESS_HOME, 0},
		{KEY_END, PRESS_END, 0},
		{KEY_PPAGE, PRESS_PAGE_UP, 0},
		{KEY_NPAGE, PRESS_PAGE_DOWN, 0},
		{KEY_A1, PRESS_HOME, 0},
		{KEY_A3, PRESS_PAGE_UP, 0},
		{KEY_C1, PRESS_END, 0},
		{KEY_C3, PRESS_PAGE_DOWN, 0},
		{KEY_ENTER, PRESS_ENTER, 0},
		{KEY_BACKSPACE, PRESS_BACKSPACE, 0},
		{KEY_DC, PRESS_DELETE, 0},
		{KEY_BTAB, PRESS_TAB, MODIFIER_SHIFT},
		{KEY_SR, PRESS_UP, MODIFIER_SHIFT},
		{KEY_SF, PRESS_DOWN, MODIFIER_SHIFT},
		{KEY_SLEFT, PRESS_LEFT, MODIFIER_SHIFT},
		{KEY_SRIGHT, PRESS_RIGHT, MODIFIER_SHIFT},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		if (table[i].theirs == code) {
			*key = (struct key){.code = table[i].code, .modifiers = table[i].modifiers};
			return true;
		}
	}
	if (code < KEY_F(1) || code > KEY_F(12))
		return input_key(code, key);
	*key = (struct key){.code = PRESS_F1 + (uint32_t)(code - KEY_F(1))};
	return true;
}

static long long milliseconds_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

enum got { GOT_NOTHING, GOT_KEY, GOT_OTHER };

/* Reads what has come already: a key, or something that is none. */
static enum got read_key(struct curses_terminal *curses, struct key *key)
{
	wint_t character = 0;
	int result = wget_wch(curses->keys, &character);
	if (result == ERR)
		return GOT_NOTHING;
	bool is_code = result == KEY_CODE_YES;
	if (paste_takes(&curses->paste, is_code ? (int)character : 0, milliseconds_now()))
		return GOT_OTHER;
	if (is_code)
		return curses_key_code((int)character, key) ? GOT_KEY : GOT_OTHER;
	*key = key_of_character(character);
	return code_is_control(key->code) ? GOT_OTHER : GOT_KEY;
}

/* Milliseconds between the bytes of one sequence. */
#define SEQUENCE_PAUSE 25

/* Reads past the rest of a sequence that is no key: the second character has been read. False where
 * nothing follows, so that it was a key with Meta. */
static bool swallow_sequence(struct curses_terminal *curses, uint32_t second)
{
	struct sequence sequence = {.second = second};
	if (!sequence_begins(second))
		return false;
	wint_t character;
	wtimeout(curses->keys, SEQUENCE_PAUSE);
	while (wget_wch(curses->keys, &character) == OK && sequence_takes(&sequence, character))
		continue;
	nodelay(curses->keys, TRUE);
	return sequence.length > 0;
}

/* Esc with another key right behind it is that key with Meta, or an answer nobody waits for. */
static enum got join_meta(struct curses_terminal *curses, struct key *key)
{
	struct key next;
	if (key->code != PRESS_ESC || read_key(curses, &next) != GOT_KEY)
		return GOT_KEY;
	if (next.code == PRESS_ESC) {
		curses->waiting = next;
		return GOT_KEY;
	}
	if (next.modifiers == 0 && swallow_sequence(curses, next.code))
		return GOT_OTHER;
	*key = next;
	key->modifiers |= MODIFIER_META;
	return GOT_KEY;
}

/* Waits for a byte or a signal; false: neither came, something else did that is watched, or the
 * terminal has gone. */
static bool wait_for_input(struct curses_terminal *curses, int milliseconds)
{
	struct pollfd watched[2 + WATCHED_MOST] = {
		{.fd = fileno(curses->input), .events = POLLIN},
		{.fd = signals_descriptor(), .events = POLLIN},
	};
	for (size_t i = 0; i < curses->terminal.watched_count; i++)
		watched[2 + i] =
			(struct pollfd){.fd = curses->terminal.watched[i], .events = POLLIN};
	int ready = poll(watched, 2 + curses->terminal.watched_count, milliseconds);
	if (ready < 0)
		return errno == EINTR;
	int unread = 0;
	if (watched[0].revents & (POLLHUP | POLLERR | POLLNVAL) ||
		(watched[0].revents & POLLIN && ioctl(watched[0].fd, FIONREAD, &unread) != 0))
		curses->terminal.ended = true;
	bool ours = watched[0].revents != 0 || watched[1].revents != 0;
	return ready > 0 && ours && !curses->terminal.ended;
}

static void answer_signals(struct curses_terminal *curses)
{
	int woken = signals_take();
	if (woken & WOKEN_STOP)
		curses_suspend(&curses->terminal);
	else if (woken & WOKEN_CONTINUED) {
		endwin();
		curses_resume(&curses->terminal);
	}
	if (woken & WOKEN_RESIZED)
		curses->resized = true;
}

static bool take_resize(struct curses_terminal *curses, struct key *key)
{
	struct spot size;
	if (!curses->resized)
		return false;
	curses->resized = false;
	if (!find_size(curses, &size))
		return false;
	resize_term(size.row, size.column);
	clearok(curscr, TRUE);
	*key = (struct key){.code = PRESS_RESIZE, .spot = size};
	return true;
}

/* One try at a key, without waiting. */
static enum got take_key(struct curses_terminal *curses, struct key *key)
{
	answer_signals(curses);
	if (take_resize(curses, key))
		return GOT_KEY;
	if (curses->waiting.code != 0) {
		*key = curses->waiting;
		curses->waiting.code = 0;
		return GOT_KEY;
	}
	enum got got = read_key(curses, key);
	return got == GOT_KEY ? join_meta(curses, key) : got;
}

static bool curses_key(struct terminal *terminal, int milliseconds, struct key *key)
{
	struct curses_terminal *curses = curses_of(terminal);
	long long end = milliseconds_now() + milliseconds;
	for (;;) {
		enum got got = take_key(curses, key);
		if (got == GOT_KEY)
			return true;
		if (got == GOT_OTHER)
			continue;
		long long left = milliseconds < 0 ? -1 : end - milliseconds_now();
		if (milliseconds >= 0 && left < 0)
			left = 0;
		if (!wait_for_input(curses, (int)left))
			return false;
	}
}

/* ---- Opening ---------------------------------------------------------------------------- */

/* Keyboard and screen: the standard ones where they are a terminal, else /dev/tty. */
static bool open_files(struct curses_terminal *curses)
{
	curses->input = stdin;
	curses->output = stdout;
	if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
		return true;
	curses->input = fopen("/dev/tty", "re");
	curses->output = fopen("/dev/tty", "we");
	curses->opened = true;
	return curses->input != NULL && curses->output != NULL;
}

static void close_files(struct curses_terminal *curses)
{
	if (curses->opened && curses->input != NULL)
		fclose(curses->input);
	if (curses->opened && curses->output != NULL)
		fclose(curses->output);
}

/* newterm with an entry of ours in place of the database's; children get their TERMINFO back. */
static SCREEN *open_direct(const struct curses_terminal *curses, const struct direct_entry *entry)
{
	const char *set = getenv("TERMINFO");
	char *before = set != NULL ? strdup(set) : NULL;
	setenv("TERMINFO", entry->terminfo, 1);
	SCREEN *screen = newterm(entry->name, curses->output, curses->input);
	if (before != NULL)
		setenv("TERMINFO", before, 1);
	else
		unsetenv("TERMINFO");
	free(before);
	return screen;
}

static bool open_screen(
	struct curses_terminal *curses, const struct surroundings *surroundings, bool colour)
{
	use_env(FALSE); /* the size comes from the terminal, not from LINES and COLUMNS */
	use_tioctl(TRUE);
	const struct direct_entry *entry = direct_entry_for(surroundings);
	if (entry != NULL && colour)
		curses->screen = open_direct(curses, entry);
	curses->direct = curses->screen != NULL;
	if (curses->screen == NULL)
		curses->screen = newterm(surroundings->term, curses->output, curses->input);
	curses->holds_frames = holds_frames(surroundings);
	return curses->screen != NULL;
}

static enum depth find_depth(struct curses_terminal *curses, bool colour)
{
	if (!colour || !has_colors() || start_color() == ERR)
		return DEPTH_MONO;
	curses->default_colours = use_default_colors() == OK;
	curses->pairs.most = COLOR_PAIRS > 0 ? (size_t)COLOR_PAIRS - 1 : 0;
	if (COLORS >= 1 << 24)
		return DEPTH_DIRECT;
	if (COLORS >= 256)
		return DEPTH_256;
	return COLORS >= 16 ? DEPTH_16 : DEPTH_8;
}

static const char *capability(const char *name)
{
	const char *value = tigetstr(name);
	return value == (char *)-1 ? NULL : value;
}

static int define_sequence(const char *sequence, int code)
{
	return define_key(sequence, code);
}

static void set_modes(struct curses_terminal *curses, const struct surroundings *surroundings)
{
	raw();
	noecho();
	nonl();
	intrflush(NULL, FALSE);
	typeahead(-1); /* a frame is painted whole, whatever is typed meanwhile */
	if (surroundings->escdelay == NULL)
		set_escdelay(25);
	curses->keys = newpad(1, 1);
	keypad(curses->keys, TRUE);
	nodelay(curses->keys, TRUE);
	input_define(define_sequence);
	curses->paste_on = capability("BE");
	curses->paste_off = capability("BD");
	if (curses->paste_on != NULL && curses->paste_off != NULL)
		send_text(curses, curses->paste_on);
}

static void curses_release(struct terminal *terminal)
{
	struct curses_terminal *curses = curses_of(terminal);
	if (curses->screen != NULL) {
		curses_pause(terminal);
		if (curses->keys != NULL)
			delwin(curses->keys);
		delscreen(curses->screen);
		signals_end();
	}
	close_files(curses);
	cells_release(&curses->shown);
	colour_pairs_release(&curses->pairs);
	free(curses->paintings);
	free(curses->row);
}

static const struct backend backend = {
	.show = curses_show,
	.key = curses_key,
	.theme = curses_theme,
	.redraw = curses_redraw,
	.suspend = curses_suspend,
	.release = curses_release,
};

static void say_terminal(
	const struct surroundings *surroundings, const char *what, struct buffer *reason)
{
	buffer_text(reason, "the terminal '");
	text_visible(slice_of(surroundings->term), reason);
	buffer_format(reason, "' %s", what);
}

/* Opens the screen; what is wrong is said in `reason`. */
static bool curses_open(struct curses_terminal *curses, const struct surroundings *surroundings,
	bool colour, struct buffer *reason)
{
	if (surroundings->term == NULL) {
		buffer_text(reason, "TERM is not set to what your terminal is called");
	} else if (!open_files(curses)) {
		buffer_text(reason, "there is no terminal to read keys from");
	} else if (!signals_begin(fileno(curses->input))) {
		buffer_text(reason, "the terminal cannot be set up");
	} else if (!open_screen(curses, surroundings, colour)) {
		signals_end();
		say_terminal(surroundings, "is of an unknown kind (TERM names it)", reason);
	} else if (capability("cup") == NULL) {
		say_terminal(surroundings, "cannot move its cursor", reason);
	} else {
		return true;
	}
	return false;
}

struct terminal *terminal_open(const struct terminal_options *options, struct buffer *reason)
{
	struct curses_terminal *curses = memory_allocate(sizeof *curses);
	struct surroundings surroundings = surroundings_look();
	bool colour = wants_colour(&surroundings, options->colour);
	struct width_policy policy = options->policy;
	policy.ascii = policy.ascii || !locale_is_utf8();
	curses->terminal.backend = &backend;
	curses->theme = options->theme;
	cells_init(&curses->terminal.cells, options->styles, &policy);
	cells_init(&curses->shown, options->styles, &policy);
	if (!curses_open(curses, &surroundings, colour, reason)) {
		terminal_free(&curses->terminal);
		return NULL;
	}
	signals_restore_with(slice_of(RESTORE));
	curses->terminal.ground = THEME_ANY;
	curses->terminal.depth = find_depth(curses, colour);
	set_modes(curses, &surroundings);
	struct spot size;
	find_size(curses, &size);
	cells_resize(&curses->terminal.cells, size.column, size.row);
	forget_frame(curses);
	return &curses->terminal;
}
