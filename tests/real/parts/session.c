/* session.c: starting a job on a pseudo-terminal, and waiting for it.
 *
 * Nothing says when a program has done all it will do, but much of it can be seen: it has run since
 * something was typed, all its threads sleep, none has been given the processor since we looked
 * last, nothing was written. When that lasts longer than the pause that tells Esc from a sequence,
 * it waits for us.
 */
#include "session.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#include "activity.h"

#define HANG_MILLISECONDS 30000
#define LOOK_MILLISECONDS 10
#define QUIET_LOOKS 5 /* must be more than the 25 ms after Esc */
/* A job that is written to or signalled runs; on a busy machine not at once. */
#define ANSWER_MILLISECONDS 1000

/* What the leader tells: the job's number first, then each change of it. */
struct report {
	pid_t job;
	int status;
	long microseconds;
};

/* ---- The leader ------------------------------------------------------------------------- */

static void run_job(const struct session_settings *settings)
{
	setpgid(0, 0);
	tcsetpgrp(STDIN_FILENO, getpid());
	for (int number = 1; number < 32; number++)
		signal(number, SIG_DFL);
	setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
	execvpe(settings->arguments[0], settings->arguments, settings->environment);
	_exit(127);
}

static void report_of(pid_t job, int reports, bool *over)
{
	struct rusage usage;
	struct report report = {.job = job};
	if (wait4(job, &report.status, WUNTRACED, &usage) != job)
		return;
	if (WIFSTOPPED(report.status))
		tcsetpgrp(STDIN_FILENO, getpid());
	report.microseconds = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000L +
			      usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
	*over = !WIFSTOPPED(report.status);
	ssize_t written = write(reports, &report, sizeof report);
	(void)written; /* who does not listen has gone */
}

/* Tells of the job until it has ended; a byte says that a stopped one may go on. */
static void lead(const struct session_settings *settings, int orders, int reports)
{
	signal(SIGTTOU, SIG_IGN);
	signal(SIGHUP, SIG_IGN); /* to live on and tell */
	pid_t job = fork();
	if (job == 0)
		run_job(settings);
	setpgid(job, job);
	tcsetpgrp(STDIN_FILENO, job);
	struct report first = {.job = job};
	ssize_t done = write(reports, &first, sizeof first);
	char order;
	for (bool over = false; done > 0 && !over;) {
		report_of(job, reports, &over);
		if (over)
			break;
		done = read(orders, &order, 1);
		tcsetpgrp(STDIN_FILENO, job);
		kill(-job, SIGCONT);
	}
	pause(); /* the terminal stays as the job has left it, until we are ended */
	_exit(0);
}

/* ---- Starting --------------------------------------------------------------------------- */

static bool start_leader(struct session *session, int slave)
{
	int orders[2], reports[2];
	if (pipe2(orders, O_CLOEXEC) != 0 || pipe2(reports, O_CLOEXEC) != 0)
		return false;
	session->leader = fork();
	if (session->leader == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		close(session->terminal);
		close(orders[1]);
		close(reports[0]);
		if (login_tty(slave) == 0)
			lead(&session->settings, orders[0], reports[1]);
		_exit(1);
	}
	close(slave);
	close(orders[0]);
	close(reports[1]);
	session->orders = orders[1];
	session->reports = reports[0];
	struct report first;
	if (read(session->reports, &first, sizeof first) != sizeof first)
		return false;
	session->job = first.job;
	return true;
}

bool session_start(struct session *session, const struct session_settings *settings)
{
	struct winsize size = {.ws_col = (unsigned short)settings->columns,
		.ws_row = (unsigned short)settings->rows};
	*session = (struct session){.settings = *settings};
	int slave;
	if (openpty(&session->terminal, &slave, NULL, NULL, &size) != 0)
		return false;
	fcntl(session->terminal, F_SETFD, FD_CLOEXEC);
	tcgetattr(session->terminal, &session->before);
	return start_leader(session, slave);
}

void session_release(struct session *session)
{
	if (session->leader == 0)
		return;
	if (!session->ended)
		kill(-session->job, SIGKILL);
	kill(session->leader, SIGKILL);
	waitpid(session->leader, NULL, 0);
	session_hang_up(session);
	close(session->orders);
	close(session->reports);
	buffer_release(&session->out);
	session->leader = 0;
}

/* ---- Doing ------------------------------------------------------------------------------ */

/* Takes what the job has written; waits so long where it has written nothing. */
static bool take_bytes(struct session *session, int milliseconds)
{
	char bytes[65536];
	struct pollfd watched = {.fd = session->terminal, .events = POLLIN};
	if (session->terminal < 0 || poll(&watched, 1, milliseconds) <= 0)
		return false;
	ssize_t got = read(session->terminal, bytes, sizeof bytes);
	if (got <= 0)
		return false;
	struct slice slice = {bytes, (size_t)got};
	buffer_append(&session->out, slice);
	session->settings.take(session->settings.user, slice);
	return true;
}

/* The next wait is for something to happen first. */
static void expect_answer(struct session *session)
{
	session->turns = activity_of(session->job).turns;
	session->poked = true;
}

void session_type(struct session *session, struct slice bytes)
{
	expect_answer(session);
	while (bytes.length > 0 && session->terminal >= 0) {
		struct pollfd watched = {.fd = session->terminal, .events = POLLOUT};
		poll(&watched, 1, LOOK_MILLISECONDS);
		size_t most = bytes.length < 1024 ? bytes.length : 1024;
		ssize_t written =
			watched.revents & POLLOUT ? write(session->terminal, bytes.bytes, most) : 0;
		if (written < 0)
			return;
		bytes = slice_cut(bytes, (size_t)written, bytes.length);
		while (take_bytes(session, 0))
			continue;
	}
}

void session_resize(struct session *session, int columns, int rows)
{
	struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
	expect_answer(session);
	ioctl(session->terminal, TIOCSWINSZ, &size);
}

void session_signal(struct session *session, int number)
{
	expect_answer(session);
	if (number == SIGCONT && session->stopped) {
		ssize_t written = write(session->orders, "", 1);
		(void)written; /* a leader that has gone is seen by who waits */
		session->stopped = false;
		return;
	}
	kill(-session->job, number);
}

void session_hang_up(struct session *session)
{
	if (session->terminal >= 0)
		close(session->terminal);
	session->terminal = -1;
}

/* ---- Waiting ---------------------------------------------------------------------------- */

static long milliseconds_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000L + now.tv_nsec / 1000000;
}

/* Takes what the leader tells. */
static void take_reports(struct session *session)
{
	struct pollfd watched = {.fd = session->reports, .events = POLLIN};
	struct report report;
	if (session->ended || poll(&watched, 1, 0) <= 0)
		return;
	if (read(session->reports, &report, sizeof report) != sizeof report)
		return;
	session->stopped = WIFSTOPPED(report.status);
	session->ended = !session->stopped;
	session->status = report.status;
	session->microseconds = report.microseconds;
}

/* Takes what comes while nothing is over, for a moment. */
static bool look(struct session *session)
{
	bool wrote = take_bytes(session, LOOK_MILLISECONDS);
	if (session->terminal < 0)
		poll(NULL, 0, LOOK_MILLISECONDS);
	take_reports(session);
	return wrote;
}

bool session_settle(struct session *session)
{
	struct activity before = {0};
	int quiet = 0;
	for (long start = milliseconds_now(); quiet < QUIET_LOOKS;) {
		bool wrote = look(session);
		if (session->ended || session->stopped)
			break;
		struct activity now = activity_of(session->job);
		long waited = milliseconds_now() - start;
		bool answered = !session->poked || now.turns != session->turns ||
				waited > ANSWER_MILLISECONDS;
		bool still = !wrote && now.asleep && now.turns == before.turns && answered;
		quiet = still ? quiet + 1 : 0;
		before = now;
		if (waited > HANG_MILLISECONDS)
			return false;
	}
	session->poked = false;
	while (take_bytes(session, 0))
		continue;
	return true;
}

static bool await(struct session *session, const bool *happened)
{
	long start = milliseconds_now();
	while (!*happened && milliseconds_now() - start < HANG_MILLISECONDS)
		look(session);
	while (take_bytes(session, 0))
		continue;
	return *happened;
}

bool session_await_stop(struct session *session)
{
	return await(session, &session->stopped);
}

bool session_await_end(struct session *session)
{
	return await(session, &session->ended);
}

void session_watch(struct session *session, long milliseconds)
{
	for (long start = milliseconds_now(); milliseconds_now() - start < milliseconds;)
		look(session);
}

long session_microseconds(const struct session *session)
{
	struct timespec spent;
	clockid_t clock;
	if (session->ended)
		return session->microseconds;
	if (clock_getcpuclockid(session->job, &clock) != 0 || clock_gettime(clock, &spent) != 0)
		return 0;
	return spent.tv_sec * 1000000L + spent.tv_nsec / 1000;
}
