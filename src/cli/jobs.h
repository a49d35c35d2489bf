/* jobs.h: documents printed by several processes. */
#ifndef CLI_JOBS_H
#define CLI_JOBS_H

#include "byline/base.h"

struct session;
struct channel;

/* How many processes the options ask for, at most one for each document. */
size_t jobs_count(const struct session *session);
/* Prints the documents of the session as its own process would one after the other: same order,
 * same messages, same status. `print` prints one. */
void jobs_run(struct session *session, size_t count,
	void (*print)(struct session *session, const char *path));

/* What a printer prints and tells goes to the process that started it. False: it is gone. */
bool channel_print(struct channel *channel, struct slice text);
bool channel_tell(struct channel *channel, struct slice text);

#endif
