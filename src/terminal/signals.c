/* signals.c: signals while the terminal is ours.
 *
 * A crash, an abort for want of memory, a hangup or a kill would leave the terminal raw, with the
 * other screen showing; so each fatal signal writes sequences that were put together beforehand,
 * puts the modes back and comes again as it would have come without us, so that the status is the
 * signal's. This happens on a stack of its own, because the program's may be what overflowed, with
 * all other signals held back, and never waits long for a terminal that takes nothing. A terminal
 * that is no longer ours, because we run in the background, is not touched.
 *
 * SIGWINCH, SIGCONT and SIGTSTP set a flag and write a byte to a pipe, which wakes the loop that
 * waits for keys, without a moment in which a signal can be missed.
 *
 * Other threads hold back all signals but those of their own faults.
 *
 * A handler can reach only what stands at file scope: here is the one place of the terminal's code
 * where something does.
 */
#include "terminal/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include "terminal/terminal.h"

/* Faults happen again when the handler returns. */
static const int faults[] = {SIGILL, SIGBUS, SIGFPE, SIGSEGV};
/* Everything whose default is the end. */
static const int fatal[] = {SIGHUP, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE,
	SIGSEGV, SIGSYS, SIGTERM, SIGXCPU, SIGXFSZ, SIGALRM, SIGVTALRM, SIGPROF, SIGUSR1, SIGUSR2,
	SIGIO, SIGPWR, SIGSTKFLT};
static const int waking[] = {SIGWINCH, SIGCONT, SIGTSTP};

#define FAULT_COUNT (sizeof faults / sizeof *faults)
#define FATAL_COUNT (sizeof fatal / sizeof *fatal)
#define WAKING_COUNT (sizeof waking / sizeof *waking)

/* Large enough for a sanitizer's report on the way out. */
#define STACK_BYTES 65536
/* How long a terminal that takes nothing keeps us from leaving it, in milliseconds. */
#define LEAVING_MOST 200

static struct {
	int input, output;
	struct termios modes;
	struct sigaction fatal_before[FATAL_COUNT], waking_before[WAKING_COUNT];
	stack_t stack_before;
	void *stack;
	int pipe[2]; /* read end, write end */
	struct slice restore;
} ours;

static volatile sig_atomic_t resized, continued, stop_wanted;
/* ours.restore is whole; a handler may come while it is being set. */
static volatile sig_atomic_t restorable;

/* ---- In handlers: only what POSIX allows there -------------------------------------------- */

static bool terminal_is_ours(void)
{
	pid_t group = tcgetpgrp(ours.input);
	return group <= 0 || group == getpgrp();
}

/* Writes without waiting long; what a stopped terminal has not taken is thrown away for it. */
static void write_restore(void)
{
	struct slice rest = ours.restore;
	struct pollfd room = {.fd = ours.output, .events = POLLOUT};
	int flags = fcntl(ours.output, F_GETFL);
	bool waited = false;
	fcntl(ours.output, F_SETFL, flags | O_NONBLOCK);
	tcflow(ours.output, TCOON);
	while (rest.length > 0) {
		ssize_t written = write(ours.output, rest.bytes, rest.length);
		if (written < 0 && errno != EAGAIN)
			break;
		if (written >= 0) {
			rest.bytes += written;
			rest.length -= (size_t)written;
		} else if (poll(&room, 1, LEAVING_MOST) <= 0) {
			if (waited)
				break;
			waited = true;
			tcflush(ours.output, TCOFLUSH);
		}
	}
	fcntl(ours.output, F_SETFL, flags);
}

/* Gives a fault back to whom it belonged before us: a sanitizer, who tells of it. */
static void give_back(int number)
{
	for (size_t i = 0; i < FATAL_COUNT; i++) {
		if (fatal[i] == number)
			sigaction(number, &ours.fatal_before[i], NULL);
	}
}

static bool is_fault(int number)
{
	for (size_t i = 0; i < FAULT_COUNT; i++) {
		if (faults[i] == number)
			return true;
	}
	return false;
}

static void send_again(int number)
{
	struct sigaction deadly = {.sa_handler = SIG_DFL};
	sigset_t only;
	sigaction(number, &deadly, NULL);
	sigemptyset(&only);
	sigaddset(&only, number);
	raise(number);
	pthread_sigmask(SIG_UNBLOCK, &only, NULL);
}

static void leave_terminal(void)
{
	if (!terminal_is_ours())
		return;
	if (restorable)
		write_restore();
	tcsetattr(ours.input, TCSANOW, &ours.modes);
}

static void on_fatal(int number, siginfo_t *about, void *context)
{
	(void)context;
	leave_terminal();
	if (about->si_code > 0 && is_fault(number))
		give_back(number);
	else
		send_again(number);
}

static void on_waking(int number)
{
	int error = errno;
	if (number == SIGWINCH)
		resized = 1;
	else if (number == SIGCONT)
		continued = 1;
	else
		stop_wanted = 1;
	ssize_t written = write(ours.pipe[1], "", 1);
	(void)written; /* a full pipe wakes as well */
	errno = error;
}

/* ---- Beginning and end ------------------------------------------------------------------ */

/* Installs a handler unless the signal is ignored, as under nohup; keeps what was there. */
static void take_over(int number, const struct sigaction *action, struct sigaction *before)
{
	sigaction(number, NULL, before);
	if (before->sa_handler != SIG_IGN)
		sigaction(number, action, NULL);
}

static void install_handlers(void)
{
	struct sigaction deadly = {.sa_sigaction = on_fatal, .sa_flags = SA_ONSTACK | SA_SIGINFO};
	struct sigaction wake = {.sa_handler = on_waking, .sa_flags = SA_RESTART | SA_ONSTACK};
	sigfillset(&deadly.sa_mask);
	sigemptyset(&wake.sa_mask);
	for (size_t i = 0; i < FATAL_COUNT; i++)
		take_over(fatal[i], &deadly, &ours.fatal_before[i]);
	for (size_t i = 0; i < WAKING_COUNT; i++)
		take_over(waking[i], &wake, &ours.waking_before[i]);
}

bool signals_begin(int input, int output)
{
	ours.input = input;
	ours.output = output;
	restorable = 0;
	signals_await_foreground(); /* a shell in front of us has modes of its own */
	if (tcgetattr(input, &ours.modes) != 0)
		return false;
	if (pipe2(ours.pipe, O_CLOEXEC | O_NONBLOCK) != 0)
		return false;
	ours.stack = memory_allocate(STACK_BYTES);
	stack_t stack = {.ss_sp = ours.stack, .ss_size = STACK_BYTES};
	sigaltstack(&stack, &ours.stack_before);
	install_handlers();
	return true;
}

void signals_give_modes_back(void)
{
	while (tcsetattr(ours.input, TCSADRAIN, &ours.modes) != 0 && errno == EINTR)
		continue;
}

void signals_end(void)
{
	restorable = 0;
	for (size_t i = 0; i < FATAL_COUNT; i++)
		sigaction(fatal[i], &ours.fatal_before[i], NULL);
	for (size_t i = 0; i < WAKING_COUNT; i++)
		sigaction(waking[i], &ours.waking_before[i], NULL);
	sigaltstack(&ours.stack_before, NULL);
	free(ours.stack);
	close(ours.pipe[0]);
	close(ours.pipe[1]);
}

void signals_restore_with(struct slice sequences)
{
	restorable = 0;
	ours.restore = sequences;
	restorable = sequences.length > 0;
}

void terminal_abandon(void)
{
	if (restorable)
		leave_terminal();
}

/* ---- For the loop ----------------------------------------------------------------------- */

int signals_descriptor(void)
{
	return ours.pipe[0];
}

/* What comes between the test and the clearing is seen by whoever looks now. */
static int take_flag(volatile sig_atomic_t *flag, int bit)
{
	if (!*flag)
		return 0;
	*flag = 0;
	return bit;
}

int signals_take(void)
{
	char bytes[64];
	while (read(ours.pipe[0], bytes, sizeof bytes) > 0)
		continue;
	return take_flag(&resized, WOKEN_RESIZED) | take_flag(&continued, WOKEN_CONTINUED) |
	       take_flag(&stop_wanted, WOKEN_STOP);
}

void signals_stop(void)
{
	struct sigaction stopping = {.sa_handler = SIG_DFL}, before;
	sigaction(SIGTSTP, NULL, &before);
	if (before.sa_handler == SIG_IGN) /* a shell that knows no jobs */
		return;
	sigaction(SIGTSTP, &stopping, NULL);
	kill(0, SIGTSTP); /* the group: a program that feeds our pipe stops with us */
	sigaction(SIGTSTP, &before, NULL);
	signals_await_foreground();
	continued = 0;
}

/* Tries before we go on in the background, where nobody stops us: a group without a shell. */
#define STOPS_MOST 64

void signals_await_foreground(void)
{
	for (int i = 0; i < STOPS_MOST && !terminal_is_ours(); i++)
		kill(0, SIGTTOU);
}
