/* session.h: a program on a pseudo-terminal, as a person at a shell would have it.
 *
 * Three processes: the test; a leader, which owns the terminal's session as a shell does and tells
 * what becomes of its job; and the job, in a process group of its own, so that it can be stopped
 * and continued. What the job writes is kept, and handed to `take` as it comes.
 */
#ifndef REAL_SESSION_H
#define REAL_SESSION_H

#include <sys/types.h>
#include <termios.h>

#include "byline/base.h"

struct session_settings {
	char *const *arguments;   /* of the job, NULL at the end */
	char *const *environment; /* NAME=VALUE, NULL at the end */
	int columns, rows;
	void (*take)(void *user, struct slice bytes);
	void *user;
};

struct session {
	pid_t leader, job;
	int terminal;        /* our end; -1 once hung up */
	int orders, reports; /* to the leader and from it */
	struct termios before;
	struct buffer out; /* all that the job has written */
	bool ended, stopped;
	bool poked;               /* since it was last quiet, when it had been given a processor */
	unsigned long long turns; /* so often */
	int status;               /* as wait gives it, once ended */
	long microseconds;        /* of CPU time, once ended */
	struct session_settings settings;
};

/* False where no pseudo-terminal can be had or the job cannot be started. */
bool session_start(struct session *session, const struct session_settings *settings);
/* Ends what still runs. */
void session_release(struct session *session);

void session_type(struct session *session, struct slice bytes);
void session_resize(struct session *session, int columns, int rows);
/* To the job and its children; continuing makes it the terminal's foreground again. */
void session_signal(struct session *session, int number);
void session_hang_up(struct session *session);

/* Each waits, at most half a minute (then it hangs): until the job and its children sleep with
 * nothing left to say, until it has stopped, until it has ended. False: it did not happen. */
bool session_settle(struct session *session);
bool session_await_stop(struct session *session);
bool session_await_end(struct session *session);
/* Reads for so long. */
void session_watch(struct session *session, long milliseconds);

long session_microseconds(const struct session *session); /* of CPU time so far */

#endif
