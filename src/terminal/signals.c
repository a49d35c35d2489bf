/* signals.c: signals while the terminal is ours.
 *
 * Curses restores the terminal on SIGINT and SIGTERM only. A crash, an abort for want of memory or
 * a hangup would leave it raw, with the other screen showing; so each fatal signal writes a
 * constant string, puts the modes back and is raised again. This happens on a stack of its own,
 * because the program's may be what overflowed.
 *
 * SIGWINCH, SIGCONT and SIGTSTP set a flag and write a byte to a pipe, which wakes the loop that
 * waits for keys, without a moment in which a signal can be missed.
 *
 * A handler can reach only what stands at file scope: here is the one place of the terminal's code
 * where something does.
 */
#include "terminal/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "byline/base.h"

#define RESTORE \
	"\x1b[?2026l\x1b[?2004l\x1b[?1006l\x1b[?1003l\x1b[?1002l\x1b[?1000l\x1b[?1004l" \
	"\x1b[?1l\x1b>\x1b[0m\x1b[?25h\x1b[?1049l"

static const int fatal[] = {
	SIGHUP,
	SIGINT,
	SIGQUIT,
	SIGILL,
	SIGTRAP,
	SIGABRT,
	SIGBUS,
	SIGFPE,
	SIGSEGV,
	SIGTERM,
	SIGXCPU,
	SIGXFSZ,
	SIGSYS,
};
static const int waking[] = {SIGWINCH, SIGCONT, SIGTSTP};

#define FATAL_COUNT (sizeof fatal / sizeof *fatal)
#define WAKING_COUNT (sizeof waking / sizeof *waking)

/* Large enough for a sanitizer's report on the way out. */
#define STACK_BYTES 65536

static struct {
	int descriptor;
	struct termios modes;
	struct sigaction fatal_before[FATAL_COUNT], waking_before[WAKING_COUNT];
	stack_t stack_before;
	void *stack;
	int pipe[2]; /* read end, write end */
} ours;

static volatile sig_atomic_t resized, continued, stop_wanted;

static void on_fatal(int number)
{
	static const char restore[] = RESTORE;
	ssize_t written = write(ours.descriptor, restore, sizeof restore - 1);
	(void)written; /* nothing better can be done */
	tcsetattr(ours.descriptor, TCSANOW, &ours.modes);
	raise(number); /* the handler is gone: SA_RESETHAND */
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

/* Installs a handler unless the signal is ignored, as under nohup; keeps what was there. */
static void take_over(int number, const struct sigaction *action, struct sigaction *before)
{
	sigaction(number, NULL, before);
	if (before->sa_handler != SIG_IGN)
		sigaction(number, action, NULL);
}

static void install_handlers(void)
{
	struct sigaction deadly = {.sa_handler = on_fatal};
	deadly.sa_flags =
		(int)(SA_ONSTACK | SA_RESETHAND | SA_NODEFER); /* one of them is the sign bit */
	struct sigaction wake = {.sa_handler = on_waking, .sa_flags = SA_RESTART | SA_ONSTACK};
	sigemptyset(&deadly.sa_mask);
	sigemptyset(&wake.sa_mask);
	for (size_t i = 0; i < FATAL_COUNT; i++)
		take_over(fatal[i], &deadly, &ours.fatal_before[i]);
	for (size_t i = 0; i < WAKING_COUNT; i++)
		take_over(waking[i], &wake, &ours.waking_before[i]);
}

bool signals_begin(int descriptor)
{
	ours.descriptor = descriptor;
	if (tcgetattr(descriptor, &ours.modes) != 0)
		return false;
	if (pipe2(ours.pipe, O_CLOEXEC | O_NONBLOCK) != 0)
		return false;
	ours.stack = memory_allocate(STACK_BYTES);
	stack_t stack = {.ss_sp = ours.stack, .ss_size = STACK_BYTES};
	sigaltstack(&stack, &ours.stack_before);
	install_handlers();
	return true;
}

void signals_end(void)
{
	for (size_t i = 0; i < FATAL_COUNT; i++)
		sigaction(fatal[i], &ours.fatal_before[i], NULL);
	for (size_t i = 0; i < WAKING_COUNT; i++)
		sigaction(waking[i], &ours.waking_before[i], NULL);
	sigaltstack(&ours.stack_before, NULL);
	tcsetattr(ours.descriptor, TCSADRAIN, &ours.modes);
	free(ours.stack);
	close(ours.pipe[0]);
	close(ours.pipe[1]);
}

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
	continued = 0;
}
