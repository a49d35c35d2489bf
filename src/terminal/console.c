/* console.c: the real terminal: its files, modes and size, what is sent to it and read from it.
 *
 * It is entered and left as a whole: the terminal's modes, the other screen, the keys' mode, pastes
 * told from keys. What leaves it is put together when it is entered and handed to signals.c, so
 * that every way out sends the same. Terminals get what their entry names and nothing else; only
 * those of xterm's family get the modes that xterm is known for, and are asked two questions after
 * the first frame: which colour lies behind the text, and whether they can hold a frame back until
 * it is whole. Nobody waits for the answers; but who leaves at once takes them along, since the
 * shell would take them for something typed.
 *
 * A frame is put together in memory and written at once. Whatever else uses the same terminal may
 * have made reading and writing it return at once: then they are waited for.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/clock.h"
#include "terminal/backend.h"
#include "terminal/paint.h"
#include "terminal/signals.h"
#include "terminal/surroundings.h"

/* What xterm's family is told. */
#define FRAME_BEGINS "\x1b[?2026h"
#define FRAME_ENDS "\x1b[?2026l"
#define PASTE_ON "\x1b[?2004h"
#define ASK_GROUND "\x1b]11;?\x1b\\"
#define ASK_FRAMES "\x1b[?2026$p"
#define ASK_LAST "\x1b[c"
/* All that may be on, whoever switched it on: frames held, pastes, the mouse, focus. */
#define MODES_OFF "\x1b[?2026l\x1b[?2004l\x1b[?1006l\x1b[?1003l\x1b[?1002l\x1b[?1000l\x1b[?1004l"

/* Milliseconds for which answers are expected after the question, and waited for on leaving. */
#define ANSWERS_EXPECTED 1000
#define ANSWERS_AWAITED 100

struct console {
	struct terminal terminal;
	int input, output;
	bool opened; /* input and output are /dev/tty, ours to close */
	struct entry entry;
	struct painter painter;
	struct input keys;
	struct buffer leaving; /* what leaves the terminal */
	struct buffer frame;
	bool entered;
	bool asks, asks_ground; /* questions that are still to be asked */
	long long asked;        /* when; 0: nothing is to be answered */
	bool holds_frames;
	bool resized; /* the size may have changed or the frame be lost, and nobody was told */
};

static struct console *console_of(struct terminal *terminal)
{
	return (struct console *)terminal;
}

/* ---- Sending ---------------------------------------------------------------------------- */

static void send_bytes(struct console *console, struct slice bytes)
{
	struct pollfd room = {.fd = console->output, .events = POLLOUT};
	while (bytes.length > 0 && !console->terminal.ended) {
		ssize_t written = write(console->output, bytes.bytes, bytes.length);
		if (written >= 0)
			bytes = slice_cut(bytes, (size_t)written, bytes.length);
		else if (errno == EAGAIN)
			poll(&room, 1, -1);
		else if (errno != EINTR)
			console->terminal.ended = true;
	}
}

static void send_text(struct console *console, const char *text)
{
	send_bytes(console, slice_of(text));
}

/* ---- Coming and leaving ----------------------------------------------------------------- */

static void set_raw(const struct console *console)
{
	struct termios modes;
	if (tcgetattr(console->input, &modes) != 0)
		return;
	modes.c_iflag &= ~(tcflag_t)(BRKINT | INLCR | IGNCR | ICRNL | IXON);
	modes.c_oflag &= ~(tcflag_t)OPOST;
	modes.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
	modes.c_cc[VMIN] = 1;
	modes.c_cc[VTIME] = 0;
	while (tcsetattr(console->input, TCSADRAIN, &modes) != 0 && errno == EINTR)
		continue;
}

static bool tells_pastes(const struct console *console)
{
	return console->entry.is_xterm || (entry_has(&console->entry, ENTRY_PASTE_ON) &&
						  entry_has(&console->entry, ENTRY_PASTE_OFF));
}

/* Without another screen, the shell goes on below what was shown last. */
static void make_leaving(struct console *console)
{
	const struct entry *entry = &console->entry;
	struct buffer *leaving = &console->leaving;
	signals_restore_with((struct slice){0});
	leaving->length = 0;
	if (entry->is_xterm)
		buffer_text(leaving, MODES_OFF);
	else if (tells_pastes(console))
		entry_put(entry, ENTRY_PASTE_OFF, leaving);
	entry_put(entry, ENTRY_KEYS_OFF, leaving);
	entry_put(entry, ENTRY_NORMAL, leaving);
	if (!entry_has(entry, ENTRY_LEAVE)) {
		struct spot bottom = {0, console->terminal.cells.rows - 1};
		entry_put_move(entry, bottom, leaving);
		entry_put(entry, ENTRY_ERASE_LINE, leaving);
	}
	entry_put(entry, ENTRY_CURSOR_ON, leaving);
	entry_put(entry, ENTRY_LEAVE, leaving);
	signals_restore_with(buffer_slice(leaving));
}

static void enter(struct console *console)
{
	const struct entry *entry = &console->entry;
	struct buffer text = {0};
	set_raw(console);
	make_leaving(console);
	entry_put(entry, ENTRY_NORMAL, &text); /* many come back to it with the shell's screen */
	entry_put(entry, ENTRY_ENTER, &text);
	entry_put(entry, ENTRY_KEYS_ON, &text);
	if (tells_pastes(console) && entry_has(entry, ENTRY_PASTE_ON))
		entry_put(entry, ENTRY_PASTE_ON, &text);
	else if (tells_pastes(console))
		buffer_text(&text, PASTE_ON);
	send_bytes(console, buffer_slice(&text));
	buffer_release(&text);
	painter_forget(&console->painter);
	console->entered = true;
}

static void take_answers(struct console *console);

static void leave(struct console *console)
{
	if (!console->entered)
		return;
	take_answers(console);
	send_bytes(console, buffer_slice(&console->leaving));
	signals_restore_with((struct slice){0});
	signals_give_modes_back();
	console->entered = false;
}

static void console_suspend(struct terminal *terminal)
{
	struct console *console = console_of(terminal);
	leave(console);
	signals_stop();
	enter(console);
	console->resized = true; /* perhaps */
}

/* Somebody stopped us from outside, and others used the terminal since. */
static void come_back(struct console *console)
{
	signals_await_foreground();
	enter(console);
	console->resized = true;
}

/* ---- Size ------------------------------------------------------------------------------- */

static struct spot find_size(const struct console *console)
{
	struct winsize window;
	struct spot size = console->entry.size;
	if (ioctl(console->output, TIOCGWINSZ, &window) == 0 && window.ws_col > 0 &&
		window.ws_row > 0)
		size = (struct spot){window.ws_col, window.ws_row};
	size.column = size.column < CELLS_SIDE ? size.column : CELLS_SIDE;
	size.row = size.row < CELLS_SIDE ? size.row : CELLS_SIDE;
	return size;
}

static bool take_resize(struct console *console, struct key *key)
{
	if (!console->resized)
		return false;
	console->resized = false;
	struct spot size = find_size(console);
	const struct cells *cells = &console->terminal.cells;
	bool same = size.column == cells->columns && size.row == cells->rows;
	if (same && console->painter.known)
		return false;
	painter_forget(&console->painter);
	*key = (struct key){.code = PRESS_RESIZE, .spot = size};
	return true;
}

/* ---- Frames ----------------------------------------------------------------------------- */

static void ask(struct console *console)
{
	if (console->asks_ground)
		send_text(console, ASK_GROUND);
	send_text(console, ASK_FRAMES ASK_LAST);
	console->asks = false;
	console->asked = clock_milliseconds();
}

static void console_show(struct terminal *terminal)
{
	struct console *console = console_of(terminal);
	struct buffer *frame = &console->frame;
	frame->length = 0;
	buffer_text(frame, console->holds_frames ? FRAME_BEGINS : "");
	size_t empty = frame->length;
	painter_frame(&console->painter, &terminal->cells, frame);
	if (frame->length > empty) {
		buffer_text(frame, console->holds_frames ? FRAME_ENDS : "");
		send_bytes(console, buffer_slice(frame));
	}
	if (console->asks)
		ask(console);
}

static void console_redraw(struct terminal *terminal)
{
	painter_forget(&console_of(terminal)->painter);
}

static void console_theme(struct terminal *terminal, const struct theme *theme)
{
	painter_theme(&console_of(terminal)->painter, theme);
}

/* ---- Keys ------------------------------------------------------------------------------- */

/* Reads what has come. */
static void read_bytes(struct console *console)
{
	char bytes[4096];
	ssize_t length = read(console->input, bytes, sizeof bytes);
	if (length > 0)
		input_feed(&console->keys, (struct slice){bytes, (size_t)length},
			clock_milliseconds());
	else if (length == 0 || (errno != EINTR && errno != EAGAIN))
		console->terminal.ended = true;
}

/* Waits for bytes, which are read, or for a signal; false: neither came, something else did that is
 * watched, or the terminal has gone. */
static bool wait_for_input(struct console *console, int milliseconds)
{
	struct pollfd watched[2 + WATCHED_MOST] = {
		{.fd = console->input, .events = POLLIN},
		{.fd = signals_descriptor(), .events = POLLIN},
	};
	for (size_t i = 0; i < console->terminal.watched_count; i++)
		watched[2 + i] =
			(struct pollfd){.fd = console->terminal.watched[i], .events = POLLIN};
	int ready = poll(watched, 2 + console->terminal.watched_count, milliseconds);
	if (ready < 0)
		return errno == EINTR;
	if (watched[0].revents & POLLIN)
		read_bytes(console);
	else if (watched[0].revents != 0)
		console->terminal.ended = true;
	bool ours = watched[0].revents != 0 || watched[1].revents != 0;
	return ready > 0 && ours && !console->terminal.ended;
}

static void answer_signals(struct console *console)
{
	int woken = signals_take();
	if (woken & WOKEN_STOP)
		console_suspend(&console->terminal);
	else if (woken & WOKEN_CONTINUED)
		come_back(console);
	if (woken & WOKEN_RESIZED)
		console->resized = true;
}

/* True where an answer is worth a key. */
static bool take_answer(struct console *console, enum answer answer, struct key *key)
{
	if (answer == ANSWER_HOLDS_FRAMES)
		console->holds_frames = true;
	if (answer == ANSWER_LAST)
		console->asked = 0;
	if (answer != ANSWER_GROUND || !console->asks_ground)
		return false;
	console->terminal.ground = console->keys.ground;
	*key = (struct key){.code = PRESS_GROUND};
	return true;
}

/* Takes everything up to the last answer, if that is to come soon. */
static void take_answers(struct console *console)
{
	long long now = clock_milliseconds(), end = now + ANSWERS_AWAITED;
	if (console->asked == 0 || now - console->asked > ANSWERS_EXPECTED)
		return;
	while (console->asked != 0 && now < end && !console->terminal.ended) {
		struct pollfd watched = {.fd = console->input, .events = POLLIN};
		struct key key;
		enum answer answer = ANSWER_NONE;
		enum taken taken = input_take(&console->keys, now, &key, &answer);
		if (taken == TAKEN_ANSWER)
			take_answer(console, answer, &key);
		else if (taken == TAKEN_NOTHING && poll(&watched, 1, (int)(end - now)) > 0)
			read_bytes(console);
		now = clock_milliseconds();
	}
	console->asked = 0;
}

/* One try at a key, without waiting. */
static enum taken take_key(struct console *console, struct key *key)
{
	enum answer answer = ANSWER_NONE;
	answer_signals(console);
	if (take_resize(console, key))
		return TAKEN_KEY;
	enum taken taken = input_take(&console->keys, clock_milliseconds(), key, &answer);
	if (taken == TAKEN_ANSWER)
		return take_answer(console, answer, key) ? TAKEN_KEY : TAKEN_OTHER;
	if (taken == TAKEN_KEY && key->code == PRESS_PASTE) {
		console->terminal.pasted.length = 0;
		buffer_append(&console->terminal.pasted, buffer_slice(&console->keys.pasted));
	}
	return taken;
}

/* The shorter of two times to wait; -1 is for ever. */
static int sooner(int a, int b)
{
	if (a < 0 || b < 0)
		return a < 0 ? b : a;
	return a < b ? a : b;
}

static bool console_key(struct terminal *terminal, int milliseconds, struct key *key)
{
	struct console *console = console_of(terminal);
	long long end = clock_milliseconds() + milliseconds;
	while (!terminal->ended) {
		enum taken taken = take_key(console, key);
		if (taken == TAKEN_KEY)
			return true;
		if (taken == TAKEN_OTHER)
			continue;
		long long now = clock_milliseconds();
		int left = milliseconds < 0 ? -1 : end > now ? (int)(end - now) : 0;
		int begun = input_wait(&console->keys, now);
		if (!wait_for_input(console, sooner(left, begun)) &&
			(begun < 0 || (left >= 0 && left <= begun)))
			return false;
	}
	return false;
}

/* ---- Opening ---------------------------------------------------------------------------- */

/* Keyboard and screen: the standard ones where they are a terminal, else /dev/tty. */
static bool open_files(struct console *console)
{
	console->input = STDIN_FILENO;
	console->output = STDOUT_FILENO;
	if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
		return true;
	console->input = console->output = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	console->opened = console->input >= 0;
	return console->opened;
}

static bool find_entry(
	struct console *console, const struct surroundings *surroundings, bool colour)
{
	struct entry_source sources[] = {
		colour ? direct_entry(surroundings) : (struct entry_source){0},
		{surroundings->term, NULL},
		spare_entry(surroundings),
	};
	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
		if (sources[i].name != NULL &&
			entry_open(&console->entry, sources[i], console->output)) {
			console->entry.is_xterm = is_xterm(surroundings);
			return true;
		}
	}
	return false;
}

static enum depth depth_of(const struct entry *entry, bool colour)
{
	static const struct {
		int colours;
		enum depth depth;
	} depths[] = {{1 << 24, DEPTH_DIRECT}, {256, DEPTH_256}, {16, DEPTH_16}, {8, DEPTH_8}};
	for (size_t i = 0; colour && i < sizeof depths / sizeof *depths; i++) {
		if (entry->colours >= depths[i].colours)
			return depths[i].depth;
	}
	return DEPTH_MONO;
}

static void console_release(struct terminal *terminal)
{
	struct console *console = console_of(terminal);
	if (console->entered) {
		leave(console);
		signals_end();
	}
	if (console->opened)
		close(console->input);
	painter_release(&console->painter);
	input_release(&console->keys);
	entry_close(&console->entry);
	buffer_release(&console->leaving);
	buffer_release(&console->frame);
}

static const struct backend backend = {
	.show = console_show,
	.key = console_key,
	.theme = console_theme,
	.redraw = console_redraw,
	.suspend = console_suspend,
	.release = console_release,
};

#define NAME_MOST 60 /* bytes of a terminal's name that are told */

static void say_terminal(
	const struct surroundings *surroundings, const char *what, struct buffer *reason)
{
	buffer_text(reason, "the terminal '");
	text_visible(slice_cut(slice_of(surroundings->term), 0, NAME_MOST), reason);
	buffer_format(reason, "' %s", what);
}

/* After the signals are taken: curses takes those it finds as the system has them. */
static bool open_painter(struct console *console, bool colour)
{
	const struct entry *entry = &console->entry;
	return painter_init(
		&console->painter, entry, &console->terminal.cells, depth_of(entry, colour));
}

/* Finds out how the terminal is driven and takes over its signals; what is wrong is said. */
static bool console_open(struct console *console, const struct surroundings *surroundings,
	bool colour, struct buffer *reason)
{
	if (surroundings->term == NULL)
		buffer_text(reason, "TERM is not set to what your terminal is called");
	else if (!open_files(console))
		buffer_text(reason, "there is no terminal to read keys from");
	else if (!find_entry(console, surroundings, colour))
		say_terminal(surroundings, "is of an unknown kind (TERM names it)", reason);
	else if (!entry_has(&console->entry, ENTRY_MOVE) ||
		 !entry_has(&console->entry, ENTRY_CLEAR))
		say_terminal(surroundings, "cannot move its cursor", reason);
	else if (!signals_begin(console->input, console->output))
		buffer_text(reason, "the terminal cannot be set up");
	else if (!open_painter(console, colour)) {
		signals_end();
		buffer_text(reason, "there is no memory for screens (ulimit -f limits it too)");
	} else
		return true;
	return false;
}

struct terminal *terminal_open(const struct terminal_options *options, struct buffer *reason)
{
	struct console *console = memory_allocate(sizeof *console);
	struct surroundings surroundings = surroundings_look();
	struct cells *cells = &console->terminal.cells;
	bool colour = wants_colour(&surroundings, options->colour);
	struct width_policy policy = options->policy;
	console->keys.utf8 = locale_is_utf8(&surroundings);
	policy.ascii = policy.ascii || !console->keys.utf8;
	console->terminal.backend = &backend;
	cells_init(cells, options->styles, &policy);
	if (!console_open(console, &surroundings, colour, reason)) {
		terminal_free(&console->terminal);
		return NULL;
	}
	console->terminal.ground = ground_said(&surroundings);
	console->asks = console->entry.is_xterm && !must_not_ask(&surroundings);
	console->asks_ground = options->ask_ground;
	console->keys.escape_delay = escape_delay(&surroundings);
	entry_teach(&console->entry, &console->keys);
	struct spot size = find_size(console);
	cells_resize(cells, size.column, size.row);
	painter_theme(&console->painter, options->theme);
	enter(console);
	return &console->terminal;
}
