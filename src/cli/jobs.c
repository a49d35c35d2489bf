/* Documents printed by several processes.
 *
 * Printers are forked when packs and themes are loaded. Each takes the number of the next document
 * from memory that all share, works on it, and writes what it prints and tells as frames to a pipe
 * of its own; a printer whose turn has not come fills its pipe and waits, so that nothing piles up.
 * The process that started them reads the frames of document 0, then those of document 1: wherever
 * a document was worked on, all looks as if it had been done here, one after the other.
 *
 *     BEGIN document   (PRINT bytes | TELL bytes)*   END status
 *
 * Numbers are handed out in order and each printer's only rise. So where every printer has begun a
 * later document or is gone, the one that is waited for was lost with a printer that died: that is
 * told, and the others go on. A printer does not outlive the process that started it.
 */
#include "cli/jobs.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/session.h"

enum frame_kind { FRAME_BEGIN, FRAME_PRINT, FRAME_TELL, FRAME_END };

struct frame {
	enum frame_kind kind;
	size_t value; /* a document, a length of bytes that follow, a status */
};

#define FRAME_BYTES ((size_t)64 << 10) /* at most, behind a frame */
#define PIPE_BYTES (1 << 20) /* as much is done ahead of its turn, where the system lets */

struct channel {
	int pipe;
};

struct printer {
	pid_t process;
	int pipe;     /* -1: it has ended */
	bool begun;   /* a document */
	size_t index; /* which */
};

struct jobs {
	struct session *session;
	void (*print)(struct session *session, const char *path);
	atomic_size_t *next; /* shared: the document that nobody has taken yet */
	struct printer *printers;
	size_t count;
	struct buffer bytes; /* of a frame */
};

size_t jobs_count(const struct session *session)
{
	const struct options *options = &session->options;
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	size_t count = options->jobs;
	if (count == 0)
		count = cores > 0 ? (size_t)cores : 1;
	if (count > JOBS_MOST)
		count = JOBS_MOST;
	return count < options->files.count ? count : options->files.count;
}

/* ---- A printer -------------------------------------------------------------------------- */

static bool send_frame(struct channel *channel, enum frame_kind kind, size_t value)
{
	struct frame frame = {.kind = kind, .value = value};
	return write_all(channel->pipe, (struct slice){(const char *)&frame, sizeof frame});
}

static bool send_bytes(struct channel *channel, enum frame_kind kind, struct slice bytes)
{
	bool good = true;
	for (size_t at = 0; good && at < bytes.length; at += FRAME_BYTES) {
		struct slice part = slice_cut(bytes, at, at + FRAME_BYTES);
		good = send_frame(channel, kind, part.length) && write_all(channel->pipe, part);
	}
	return good;
}

bool channel_print(struct channel *channel, struct slice text)
{
	return send_bytes(channel, FRAME_PRINT, text);
}

bool channel_tell(struct channel *channel, struct slice text)
{
	return send_bytes(channel, FRAME_TELL, text);
}

/* What a printer does until nothing is left, or nobody is there to be told. */
static void work(struct jobs *jobs, struct channel *channel)
{
	struct session *session = jobs->session;
	bool good = true;
	session->channel = channel;
	while (good) {
		size_t index = atomic_fetch_add(jobs->next, 1);
		if (index >= session->options.files.count)
			return;
		session->status = STATUS_DONE;
		good = send_frame(channel, FRAME_BEGIN, index);
		jobs->print(session, session->options.files.items[index]);
		session_tell(session);
		good = good && send_frame(channel, FRAME_END, (size_t)session->status);
	}
}

/* Ends with its parent; what that holds of other printers' pipes is not for this one. */
static _Noreturn void be_printer(struct jobs *jobs, int pipe, pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (size_t i = 0; i < jobs->count; i++)
		if (jobs->printers[i].pipe >= 0)
			close(jobs->printers[i].pipe);
	if (getppid() == parent)
		work(jobs, &(struct channel){pipe});
	_exit(0);
}

static bool start(struct jobs *jobs, struct printer *printer)
{
	int ends[2];
	pid_t parent = getpid();
	*printer = (struct printer){.pipe = -1};
	if (pipe2(ends, O_CLOEXEC) != 0)
		return false;
	fcntl(ends[0], F_SETPIPE_SZ, PIPE_BYTES);
	pid_t process = fork();
	if (process == 0) {
		close(ends[0]);
		be_printer(jobs, ends[1], parent);
	}
	close(ends[1]);
	if (process < 0)
		close(ends[0]);
	else
		*printer = (struct printer){.process = process, .pipe = ends[0]};
	return process >= 0;
}

/* ---- Reading what they send ------------------------------------------------------------- */

/* All of it, or false: the printer has ended. */
static bool receive(const struct printer *printer, void *into, size_t length)
{
	for (size_t got = 0; got < length;) {
		ssize_t part = read(printer->pipe, (char *)into + got, length - got);
		if (part < 0 && errno == EINTR)
			continue;
		if (part <= 0)
			return false;
		got += (size_t)part;
	}
	return true;
}

/* Puts away a printer that has ended; its status says how. */
static int bury(struct printer *printer)
{
	int status = 0;
	close(printer->pipe);
	printer->pipe = -1;
	printer->begun = false;
	while (waitpid(printer->process, &status, 0) < 0 && errno == EINTR)
		continue;
	return status;
}

/* Waits for printers that have begun no document until one has, or has ended. */
static void hear(struct jobs *jobs)
{
	struct pollfd watched[JOBS_MOST];
	struct frame frame;
	for (size_t i = 0; i < jobs->count; i++)
		watched[i] =
			(struct pollfd){.fd = jobs->printers[i].begun ? -1 : jobs->printers[i].pipe,
				.events = POLLIN};
	poll(watched, jobs->count, -1);
	for (size_t i = 0; i < jobs->count; i++) {
		struct printer *printer = &jobs->printers[i];
		if (watched[i].fd < 0 || watched[i].revents == 0)
			continue;
		printer->begun = receive(printer, &frame, sizeof frame);
		printer->index = printer->begun ? frame.value : 0;
		if (!printer->begun)
			bury(printer);
	}
}

static bool some_are_silent(const struct jobs *jobs)
{
	for (size_t i = 0; i < jobs->count; i++)
		if (jobs->printers[i].pipe >= 0 && !jobs->printers[i].begun)
			return true;
	return false;
}

/* Who works on a document; NULL: nobody does any more. */
static struct printer *find_printer(struct jobs *jobs, size_t index)
{
	for (;;) {
		for (size_t i = 0; i < jobs->count; i++)
			if (jobs->printers[i].begun && jobs->printers[i].index == index)
				return &jobs->printers[i];
		if (!some_are_silent(jobs))
			return NULL;
		hear(jobs);
	}
}

/* ---- One document after the other ------------------------------------------------------- */

static void tell_lost(struct jobs *jobs, size_t index, int status)
{
	struct session *session = jobs->session;
	struct buffer how = {0};
	if (WIFSIGNALED(status))
		buffer_format(&how, " (%s)", strsignal(WTERMSIG(status)));
	diagnostics_report(&session->diagnostics, session->options.files.items[index], 0, 0,
		"the process that worked on it was ended%s; try it alone, or fewer --jobs",
		how.length ? how.bytes : "");
	buffer_release(&how);
	session->status = STATUS_FAILED;
	session_tell(session);
}

/* Takes a frame; false: the printer has ended, or the document has. */
static bool pass_frame(struct jobs *jobs, struct printer *printer, struct frame *frame)
{
	struct session *session = jobs->session;
	bool carries = frame->kind == FRAME_PRINT || frame->kind == FRAME_TELL;
	jobs->bytes.length = 0;
	if (!carries || frame->value > FRAME_BYTES)
		return false;
	buffer_reserve(&jobs->bytes, frame->value);
	if (!receive(printer, jobs->bytes.bytes, frame->value))
		return false;
	jobs->bytes.length = frame->value;
	if (frame->kind == FRAME_PRINT)
		print_out(session, buffer_slice(&jobs->bytes));
	else
		write_all(STDERR_FILENO, buffer_slice(&jobs->bytes));
	return true;
}

/* Prints what a printer sends of its document. False: it has ended too early. */
static bool pass_document(struct jobs *jobs, struct printer *printer)
{
	struct session *session = jobs->session;
	struct frame frame = {FRAME_BEGIN, 0};
	bool going = true;
	while (going && !session->output_failed)
		going = receive(printer, &frame, sizeof frame) && pass_frame(jobs, printer, &frame);
	printer->begun = false;
	if (frame.kind == FRAME_END && frame.value != STATUS_DONE)
		session->status = (enum status)frame.value;
	return frame.kind == FRAME_END || session->output_failed;
}

/* A line that was begun is ended: the next document starts on a new one. */
static void lose(struct jobs *jobs, struct printer *printer, size_t index)
{
	struct session *session = jobs->session;
	bool line_is_open = session->options.format == FORMAT_NDJSON && session->line_is_open;
	if (line_is_open)
		print_out(session, slice_of("\n"));
	tell_lost(jobs, index, bury(printer));
	start(jobs, printer);
}

static void pass_all(struct jobs *jobs)
{
	struct session *session = jobs->session;
	for (size_t i = 0; i < session->options.files.count && !session->output_failed; i++) {
		struct printer *printer = find_printer(jobs, i);
		if (!printer)
			tell_lost(jobs, i, 0);
		else if (!pass_document(jobs, printer))
			lose(jobs, printer, i);
	}
}

static void end_printers(struct jobs *jobs)
{
	for (size_t i = 0; i < jobs->count; i++) {
		if (jobs->printers[i].pipe < 0)
			continue;
		if (jobs->session->output_failed)
			kill(jobs->printers[i].process, SIGKILL);
		bury(&jobs->printers[i]);
	}
}

void jobs_run(struct session *session, size_t count,
	void (*print)(struct session *session, const char *path))
{
	struct jobs jobs = {.session = session, .print = print};
	void *shared = mmap(NULL, sizeof(atomic_size_t), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	jobs.printers = memory_allocate(count * sizeof *jobs.printers);
	if (shared != MAP_FAILED) {
		jobs.next = shared;
		atomic_init(jobs.next, 0);
		while (jobs.count < count && start(&jobs, &jobs.printers[jobs.count]))
			jobs.count++;
	}
	if (jobs.count > 0)
		pass_all(&jobs);
	else /* no process more is to be had: this one does it all */
		for (size_t i = 0; i < session->options.files.count && !session->output_failed; i++)
			print(session, session->options.files.items[i]);
	end_printers(&jobs);
	if (shared != MAP_FAILED)
		munmap(shared, sizeof(atomic_size_t));
	buffer_release(&jobs.bytes);
	free(jobs.printers);
}
