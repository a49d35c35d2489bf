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
#include <pthread.h>
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

/* A sanitizer has its own end for faults. */
#if defined(__SANITIZE_ADDRESS__)
#define FAULTS_END_BY_SIGNAL false
#else
#define FAULTS_END_BY_SIGNAL true
#endif

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

static volatile int *nowhere;

/* Each call keeps its room, since the next one is told of it. */
static int fill_stack(const volatile char *above)
{
	volatile char room[4096];
	room[0] = above[0];
	return *above == 'x' ? 0 : fill_stack(room) + room[0];
}

static void *fault_in_thread(void *unused)
{
	(void)unused;
	*nowhere = 1;
	return NULL;
}

static void take_key(struct key key, struct terminal *terminal, struct buffer *said)
{
	pthread_t thread;
	if (key.code == '!')
		abort();
	if (key.code == '@')
		*nowhere = 1;
	if (key.code == '#')
		*nowhere = fill_stack("");
	if (key.code == '$' && pthread_create(&thread, NULL, fault_in_thread, NULL) == 0)
		pthread_join(thread, NULL);
	if (key.code == 'r')
		terminal_redraw(terminal);
	if (key.code == PRESS_PASTE)
		buffer_format(said, "{%.*s}", (int)terminal_pasted(terminal).length,
			terminal_pasted(terminal).bytes);
	else if (key.code == PRESS_GROUND)
		buffer_format(said, "(ground %d)", (int)terminal_ground(terminal));
	else
		key_print(key, said);
}

/* What a shell would be given as typed. */
static int count_unread(void)
{
	struct termios modes;
	int count = -1;
	tcgetattr(STDIN_FILENO, &modes);
	modes.c_lflag &= ~(tcflag_t)ICANON;
	tcsetattr(STDIN_FILENO, TCSANOW, &modes);
	ioctl(STDIN_FILENO, FIONREAD, &count);
	return count;
}

/* Reads keys up to `q`; `!` and its neighbours die. Prints on the way out what it has seen. */
static int run_reader(void)
{
	struct styles *styles = styles_new();
	struct diagnostics out = {0};
	struct theme *theme = theme_load("dusk", NULL, &out);
	struct buffer said = {0};
	struct terminal *terminal = terminal_open(&(struct terminal_options){.styles = styles,
							  .theme = theme,
							  .policy = {.ambiguous = 1},
							  .ask_ground = true},
		&said);
	if (terminal != NULL) {
		struct key key = {0};
		buffer_text(&said, "keys ");
		for (draw(terminal, styles); key.code != 'q' && terminal_key(terminal, -1, &key);
			draw(terminal, styles)) {
			take_key(key, terminal, &said);
		}
	}
	terminal_free(terminal);
	printf("%s TERMINFO=%s. ", said.bytes, getenv("TERMINFO"));
	printf("%d bytes left\n", count_unread());
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

/* The test library has handlers of its own for faults. */
static void forget_handlers(void)
{
	static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGSYS};
	for (size_t i = 0; FAULTS_END_BY_SIGNAL && i < sizeof faults / sizeof *faults; i++)
		signal(faults[i], SIG_DFL);
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
		forget_handlers();
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
		const char *settings, *sent, *not_sent;
	} rows[] = {
		{"TERM=xterm-256color COLORTERM=truecolor", "\x1b[38;2;", "38;5;"},
		{"TERM=tmux-256color", "\x1b[38;2;", "38;5;"},
		{"TERM=xterm-256color", "\x1b[38;5;", "38;2;"},
		{"TERM=xterm", "\x1b[3", "38;"},
		{"TERM=xterm-256color NO_COLOR=1", "\x1b[4m", "38;"},
		{"TERM=vt100", "\x1b[4m", "38;"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct session session = session_whole(rows[i].settings, "q");
		if (!printed(&session, rows[i].sent) || printed(&session, rows[i].not_sent))
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
	assert_true(printed(&session, "^[]0;evil^G\\u202e"));
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
	assert_true(
		printed(&session, "keys <Up><Down><M-x>{quit}j<Enter><C-Right>\u00e9<C-z><C-c>q"));
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

static void check_death(const char *key, int number)
{
	struct session session = session_start("TERM=xterm-256color");
	assert_true(session_await(&session, "ready"));
	session_type(&session, key);
	assert_true(session_await(&session, NULL));
	check_restored(&session);
	int status = session_end(&session);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == number);
	session_release(&session);
}

static void test_so_does_an_abort(void **state)
{
	(void)state;
	check_death("!", SIGABRT);
}

/* In the main thread, for want of stack, in another thread. */
static void test_so_do_faults(void **state)
{
	(void)state;
	static const char *const keys[] = {"@", "#", "$"};
	for (size_t i = 0; i < 3 && FAULTS_END_BY_SIGNAL; i++)
		check_death(keys[i], SIGSEGV);
}

static void test_a_second_signal_does_not_stop_the_first_from_restoring(void **state)
{
	(void)state;
	struct session session = session_start("TERM=xterm-256color");
	assert_true(session_await(&session, "ready"));
	kill(session.child, SIGSTOP);
	kill(session.child, SIGHUP);
	kill(session.child, SIGTERM);
	kill(session.child, SIGINT);
	kill(session.child, SIGCONT);
	assert_true(session_await(&session, NULL));
	check_restored(&session);
	assert_true(WIFSIGNALED(session_end(&session)));
	session_release(&session);
}

/* What is written while nobody reads fills the terminal; that must not keep it from dying. */
static void test_a_terminal_that_takes_nothing_holds_nobody(void **state)
{
	(void)state;
	struct session session = session_start("TERM=xterm-256color");
	assert_true(session_await(&session, "ready"));
	for (int i = 0; i < 400; i++) {
		struct winsize size = {.ws_col = (unsigned short)(60 + i % 2), .ws_row = 12};
		ioctl(session.terminal, TIOCSWINSZ, &size);
		poll(NULL, 0, 1); /* until it is in the middle of a frame, mostly */
	}
	int status;
	kill(session.child, SIGTERM);
	assert_int_equal(waitpid(session.child, &status, 0), session.child);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
	close(session.terminal);
	session_release(&session);
}

static void test_answers_are_told_and_never_typed(void **state)
{
	(void)state;
	struct session session = session_start("TERM=xterm-256color");
	assert_true(session_await(&session, "\x1b]11;?\x1b\\\x1b[?2026$p\x1b[c"));
	assert_false(printed(&session, "\x1b[?2026h"));
	session_type(&session, "\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?2026;2$y\x1b[?62cr");
	assert_true(session_await(&session, "\x1b[?2026h"));
	session_type(&session, "q");
	assert_int_equal(session_end(&session), 0);
	assert_true(printed(&session, "keys (ground 1)rq"));
	session_release(&session);
}

/* The terminal answers after `q` was pressed: the shell must not see it. */
static void test_who_leaves_at_once_takes_the_answers_along(void **state)
{
	(void)state;
	struct session session = session_start("TERM=xterm-256color");
	assert_true(session_await(&session, "\x1b[c"));
	session_type(&session, "q\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?2026;2$y\x1b[?62c");
	assert_int_equal(session_end(&session), 0);
	assert_true(printed(&session, "keys q"));
	assert_true(printed(&session, " 0 bytes left"));
	session_release(&session);
}

static void test_terminals_that_are_no_xterm_are_asked_nothing(void **state)
{
	(void)state;
	static const char *const terms[] = {"linux", "vt100", "screen", "rxvt"};
	static const char *const never[] = {
		"\x1b]", "$p", "\x1b[c", "?2026", "?2004", "?1000", "?1004"};
	for (size_t i = 0; i < 4; i++) {
		char setting[32];
		snprintf(setting, sizeof setting, "TERM=%s", terms[i]);
		struct session session = session_whole(setting, "jq");
		for (size_t k = 0; k < sizeof never / sizeof *never; k++) {
			if (printed(&session, never[k]))
				fail_msg("%s is sent %s", terms[i], never[k]);
		}
		session_release(&session);
	}
}

static void test_spare_entries_serve_where_there_is_no_database(void **state)
{
	(void)state;
	static const char *const terms[] = {"vt100", "foot", "screen-256color", "linux"};
	struct session session = session_start("TERM=fnord");
	session_end(&session);
	session_release(&session);
	for (size_t i = 0; i < 4; i++) {
		char settings[200];
		snprintf(settings, sizeof settings,
			"TERM=%s TERMINFO=/nowhere TERMINFO_DIRS=/nowhere HOME=/nowhere", terms[i]);
		session = session_whole(settings, "jq");
		assert_true(printed(&session, "keys jq"));
		session_release(&session);
	}
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
		cmocka_unit_test(test_so_do_faults),
		cmocka_unit_test(test_a_second_signal_does_not_stop_the_first_from_restoring),
		cmocka_unit_test(test_a_terminal_that_takes_nothing_holds_nobody),
		cmocka_unit_test(test_answers_are_told_and_never_typed),
		cmocka_unit_test(test_who_leaves_at_once_takes_the_answers_along),
		cmocka_unit_test(test_terminals_that_are_no_xterm_are_asked_nothing),
		cmocka_unit_test(test_spare_entries_serve_where_there_is_no_database),
		cmocka_unit_test(test_terminals_of_no_use_are_refused_with_a_reason),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
