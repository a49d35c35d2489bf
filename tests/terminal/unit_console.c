/* unit_console.c: the real terminal's end of the line: what is sent to a pseudo-terminal, what is
 * read from it, and how it is left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include "terminal/terminal.h"

/* What leaves an xterm with 256 colours, as its entry has it. */
#define RESTORED "\x1b[?1l\x1b>\x1b(B\x1b[m\x1b[?12l\x1b[?25h\x1b[?1049l\x1b[23;0;0t"
#define DEADLINE 20000 /* milliseconds; far more than anything takes */

/* ---- The program on the terminal ---------------------------------------------------------- */

static void draw(struct terminal *terminal, struct styles *styles)
{
	struct cells *cells = terminal_cells(terminal);
	cells_clear(cells);
	struct canvas all = canvas_whole(cells);
	style_id person = style_named(styles, "entity.person");
	canvas_text(&all, (struct spot){0, 0}, "plain", STYLE_TEXT);
	canvas_text(&all, (struct spot){0, 1}, "Ana \u4e2d\u6587 e\u0301", person);
	canvas_text(&all, (struct spot){0, 2}, "\x1b]0;evil\a\u202e", STYLE_TEXT);
	canvas_text(&all, (struct spot){0, 3}, "ready", STYLE_TEXT);
	terminal_show(terminal);
}

/* Reads keys up to `q`; `!` aborts. Prints on the way out what it has seen. */
static int run_reader(void)
{
	struct styles *styles = styles_new();
	struct diagnostics out = {0};
	struct theme *theme = theme_load("dusk", NULL, &out);
	struct buffer said = {0};
	struct terminal *terminal = terminal_open(
		&(struct terminal_options){
			.styles = styles, .theme = theme, .policy = {.ambiguous = 1}},
		&said);
	if (terminal != NULL) {
		struct key key = {0};
		buffer_format(&said, "depth %d keys ", (int)terminal_depth(terminal));
		for (draw(terminal, styles); key.code != 'q' && terminal_key(terminal, -1, &key);
			draw(terminal, styles)) {
			if (key.code == '!')
				abort();
			key_print(key, &said);
		}
	}
	terminal_free(terminal);
	printf("%s TERMINFO=%s.\n", said.bytes, getenv("TERMINFO"));
	fflush(stdout);
	buffer_release(&said);
	theme_free(theme);
	styles_free(styles);
	diagnostics_release(&out);
	return 0;
}

/* ---- The person before it ----------------------------------------------------------------- */

struct session {
	pid_t child;
	int terminal;
	struct buffer out;
	struct termios before;
};

/* `settings` are NAME=VALUE, divided by blanks. */
static void set_environment(const char *settings)
{
	static const char *const names[] = {"TERM", "COLORTERM", "TMUX", "TERM_PROGRAM",
		"COLORFGBG", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "LC_ALL", "ESCDELAY",
		"TERMINFO"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unsetenv(names[i]);
	setenv("LC_ALL", "C.UTF-8", 1);
	char *rest = strdup(settings), *save = NULL;
	for (char *word = strtok_r(rest, " ", &save); word != NULL;
		word = strtok_r(NULL, " ", &save))
		putenv(strdup(word));
}

static struct session session_start(const char *settings)
{
	struct session session = {0};
	struct winsize size = {.ws_col = 60, .ws_row = 12};
	int slave;
	assert_int_equal(openpty(&session.terminal, &slave, NULL, NULL, &size), 0);
	tcgetattr(slave, &session.before);
	session.child = fork();
	if (session.child == 0) {
		close(session.terminal);
		if (login_tty(slave) != 0)
			_exit(99);
		set_environment(settings);
		_exit(run_reader());
	}
	close(slave);
	return session;
}

/* Reads until `text` has come; with NULL until the other side is closed. */
static bool session_await(struct session *session, const char *text)
{
	struct pollfd watched = {.fd = session->terminal, .events = POLLIN};
	while (text == NULL || session->out.length == 0 ||
		strstr(session->out.bytes, text) == NULL) {
		char bytes[4096];
		if (poll(&watched, 1, DEADLINE) <= 0)
			return false;
		ssize_t got = read(session->terminal, bytes, sizeof bytes);
		if (got <= 0)
			return text == NULL;
		buffer_append(&session->out, (struct slice){bytes, (size_t)got});
	}
	return true;
}

static void session_type(const struct session *session, const char *keys)
{
	assert_int_equal(write(session->terminal, keys, strlen(keys)), strlen(keys));
}

/* Waits for the end; returns the status that wait gives. */
static int session_end(struct session *session)
{
	int status = 0;
	assert_true(session_await(session, NULL));
	assert_int_equal(waitpid(session->child, &status, 0), session->child);
	close(session->terminal);
	return status;
}

static void session_release(struct session *session)
{
	buffer_release(&session->out);
}

static bool printed(const struct session *session, const char *text)
{
	return strstr(session->out.bytes, text) != NULL;
}

/* Runs it in surroundings, types keys when the first frame is there, waits for its end. */
static struct session session_whole(const char *settings, const char *keys)
{
	struct session session = session_start(settings);
	assert_true(session_await(&session, "ready"));
	session_type(&session, keys);
	assert_int_equal(session_end(&session), 0);
	return session;
}

/* ---- Tests -------------------------------------------------------------------------------- */

static void test_colours_are_as_deep_as_the_terminal_has_them(void **state)
{
	(void)state;
	static const struct {
		const char *settings, *sent, *not_sent, *depth;
	} rows[] = {
		{"TERM=xterm-256color COLORTERM=truecolor", "\x1b[38;2;", "38;5;", "depth 4 "},
		{"TERM=tmux-256color", "\x1b[38;2;", "38;5;", "depth 4 "},
		{"TERM=xterm-256color", "\x1b[38;5;", "38;2;", "depth 3 "},
		{"TERM=xterm", "\x1b[3", "38;", "depth 1 "},
		{"TERM=xterm-256color NO_COLOR=1", "depth 0 ", "38;", "depth 0 "},
		{"TERM=vt100", "depth 0 ", "38;", "depth 0 "},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct session session = session_whole(rows[i].settings, "q");
		if (!printed(&session, rows[i].sent) || printed(&session, rows[i].not_sent) ||
			!printed(&session, rows[i].depth))
			fail_msg("%s: %s", rows[i].settings, session.out.bytes);
		session_release(&session);
	}
}

static void test_the_environment_is_given_back(void **state)
{
	(void)state;
	struct session session = session_whole("TERM=tmux-256color TERMINFO=/nowhere", "q");
	assert_true(printed(&session, "TERMINFO=/nowhere."));
	session_release(&session);
	session = session_whole("TERM=tmux-256color", "q");
	assert_true(printed(&session, "TERMINFO=(null)."));
	session_release(&session);
}

static void test_text_arrives_and_nothing_else(void **state)
{
	(void)state;
	struct session session = session_whole("TERM=xterm-256color", "q");
	assert_true(printed(&session, "\u4e2d\u6587"));
	assert_true(printed(&session, "e\u0301"));
	assert_true(printed(&session, "\u241b]0;evil\u2407\ufffd"));
	assert_false(printed(&session, "\x1b]0;"));
	assert_false(printed(&session, "\u202e"));
	session_release(&session);
}

static void test_without_utf8_there_is_ascii(void **state)
{
	(void)state;
	struct session session = session_start("TERM=xterm-256color LC_ALL=en_US.ISO-8859-1");
	assert_true(session_await(&session, "ready"));
	session_type(&session, "q");
	session_end(&session);
	/* Where that locale is not installed, it is C, for which there is C.UTF-8. */
	assert_true(printed(&session, "Ana ?? e") || printed(&session, "Ana \u4e2d\u6587"));
	session_release(&session);
}

static void test_keys_are_read(void **state)
{
	(void)state;
	struct session session = session_whole("TERM=xterm-256color",
		"\x1b[A\x1bOB\x1bx\x1b[200~quit\x1b[201~\x1b[?1;2cj\r\x1b[1;5C\u00e9\x1a\x03q");
	assert_true(printed(&session, "keys <Up><Down><M-x>j<Enter><C-Right>\u00e9<C-z><C-c>q"));
	session_release(&session);
}

static void test_a_new_size_is_a_key(void **state)
{
	(void)state;
	struct session session = session_start("TERM=xterm-256color");
	assert_true(session_await(&session, "ready"));
	session.out.length = 0;
	struct winsize size = {.ws_col = 31, .ws_row = 7};
	assert_int_equal(ioctl(session.terminal, TIOCSWINSZ, &size), 0);
	assert_true(session_await(&session, "ready"));
	session_type(&session, "q");
	assert_int_equal(session_end(&session), 0);
	assert_true(printed(&session, "keys <Resize:31x7>q"));
	session_release(&session);
}

/* The modes of the terminal are as they were, and the last that was sent is the constant string. */
static void check_restored(struct session *session)
{
	struct termios after;
	struct slice out = buffer_slice(&session->out);
	assert_true(slice_ends(out, RESTORED));
	assert_int_equal(tcgetattr(session->terminal, &after), 0);
	assert_int_equal(after.c_lflag, session->before.c_lflag);
	assert_int_equal(after.c_iflag, session->before.c_iflag);
}

static void test_signals_leave_the_terminal_as_it_was(void **state)
{
	(void)state;
	static const int signals[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT};
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		struct session session = session_start("TERM=xterm-256color");
		assert_true(session_await(&session, "ready"));
		kill(session.child, signals[i]);
		assert_true(session_await(&session, NULL));
		check_restored(&session);
		int status = session_end(&session);
		assert_true(WIFSIGNALED(status) && WTERMSIG(status) == signals[i]);
		session_release(&session);
	}
}

static void test_so_does_an_abort(void **state)
{
	(void)state;
	struct session session = session_start("TERM=xterm-256color");
	assert_true(session_await(&session, "ready"));
	session_type(&session, "!");
	assert_true(session_await(&session, NULL));
	check_restored(&session);
	int status = session_end(&session);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	session_release(&session);
}

static void test_terminals_of_no_use_are_refused_with_a_reason(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{"TERM=dumb", "the terminal 'dumb' cannot move its cursor"},
		{"TERM=fnord", "the terminal 'fnord' is of an unknown kind"},
		{"TERM=", "TERM is not set"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct session session = session_start(rows[i][0]);
		assert_int_equal(session_end(&session), 0);
		if (!printed(&session, rows[i][1]) || printed(&session, "\x1b"))
			fail_msg("%s: %s", rows[i][0], session.out.bytes);
		session_release(&session);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_colours_are_as_deep_as_the_terminal_has_them),
		cmocka_unit_test(test_the_environment_is_given_back),
		cmocka_unit_test(test_text_arrives_and_nothing_else),
		cmocka_unit_test(test_without_utf8_there_is_ascii),
		cmocka_unit_test(test_keys_are_read),
		cmocka_unit_test(test_a_new_size_is_a_key),
		cmocka_unit_test(test_signals_leave_the_terminal_as_it_was),
		cmocka_unit_test(test_so_does_an_abort),
		cmocka_unit_test(test_terminals_of_no_use_are_refused_with_a_reason),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
