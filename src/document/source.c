/* Where a text comes from: a file, a FIFO, standard input.
 *
 * Files are copied in, not mapped: one that shrinks while it is read must not kill the reader.
 * Nothing here waits. What we have opened ourselves does not block; standard input is shared with
 * others, who would be surprised by a flag that we set, so it is asked (poll) before it is read.
 *
 * A FIFO without a writer and one whose writers have left both read as empty. They differ in that
 * poll says that somebody hung up only where there was somebody.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "byline/document.h"
#include "document/machine.h"

#define STEP_BYTES ((size_t)64 << 10)
#define LIMIT_MOST ((uint64_t)4 << 30)
#define LIMIT_SHARE 3 /* a text takes a third; what is known of it the rest */

struct source {
	char *path;
	int descriptor;
	bool is_file;   /* a regular one: it has a size, and may grow */
	bool is_shared; /* others read from it as well: it may block */
	bool has_no_writer;
	bool told; /* that it cannot be followed */
	enum source_state state;
	size_t limit; /* bytes that may be read */
	size_t taken; /* bytes read */
	size_t size;  /* of a file, from where reading began; 0: not known */
	off_t start;  /* of a file: where reading began */
	char *step;   /* STEP_BYTES that were read */
};

static bool tell_limit(const struct source *source, struct diagnostics *out)
{
	bool whole = source->limit >= (size_t)1 << 20;
	diagnostics_report(out, source->path, 0, 0,
		"it is larger than %zu %s, the most there is room for; split it",
		whole ? source->limit >> 20 : source->limit, whole ? "MiB" : "bytes");
	return false;
}

/* ---- Opening ---------------------------------------------------------------------------- */

/* The number of a descriptor that we were given open, or -1: opening it by its name would make
 * another one, which does not know that a writer was there. */
static int inherited(const char *path)
{
	static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};
	if (strcmp(path, "-") == 0 || strcmp(path, "/dev/stdin") == 0)
		return STDIN_FILENO;
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		char *end;
		size_t length = strlen(folders[i]);
		if (strncmp(path, folders[i], length) != 0)
			continue;
		long number = strtol(path + length, &end, 10);
		if (end != path + length && *end == '\0' && number >= 0 && number < 1 << 20)
			return (int)number;
	}
	return -1;
}

static int open_path(const char *path)
{
	int descriptor;
	do
		descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	while (descriptor < 0 && errno == EINTR);
	return descriptor;
}

/* What is empty for ever, by whatever name, reads as it does where it is standard input. */
static bool is_null(const struct stat *status)
{
	struct stat null;
	return S_ISCHR(status->st_mode) && stat("/dev/null", &null) == 0 && S_ISCHR(null.st_mode) &&
	       null.st_rdev == status->st_rdev;
}

/* What is no file is looked at before it is opened: opening a device may do something. */
static bool may_be_read(const char *path, struct stat *status, struct diagnostics *out)
{
	bool is_input = strcmp(path, "-") == 0;
	if ((is_input ? fstat(STDIN_FILENO, status) : stat(path, status)) != 0)
		return file_fails(path, errno, out);
	if (is_input && (S_ISCHR(status->st_mode) || S_ISSOCK(status->st_mode)))
		return true;
	if (is_null(status))
		return true;
	return file_type_reads(path, status->st_mode, out);
}

static bool open_descriptor(struct source *source, struct stat *status, struct diagnostics *out)
{
	const char *path = source->path;
	int given = inherited(path);
	if (!may_be_read(path, status, out))
		return false;
	bool copied = given >= 0 && (strcmp(path, "-") == 0 || !S_ISREG(status->st_mode));
	source->descriptor = copied ? fcntl(given, F_DUPFD_CLOEXEC, 0) : open_path(path);
	if (source->descriptor < 0 || fstat(source->descriptor, status) != 0)
		return file_fails(path, errno, out);
	source->is_file = S_ISREG(status->st_mode);
	bool null = is_null(status);
	source->is_shared = (copied && !source->is_file) || null;
	return copied || null || file_type_reads(path, status->st_mode, out);
}

static size_t size_from(const struct stat *status, off_t start)
{
	return status->st_size > start ? (size_t)(status->st_size - start) : 0;
}

static void measure(struct source *source, const struct stat *status)
{
	off_t at = lseek(source->descriptor, 0, SEEK_CUR);
	source->start = at > 0 ? at : 0;
	source->size = size_from(status, source->start);
}

static bool begin(struct source *source, struct diagnostics *out)
{
	struct stat status;
	if (!open_descriptor(source, &status, out))
		return false;
	if (source->is_file)
		measure(source, &status);
	return source->size <= source->limit || tell_limit(source, out);
}

struct source *source_open(const char *path, size_t limit, struct diagnostics *out)
{
	struct source *source = memory_allocate(sizeof *source);
	*source = (struct source){.descriptor = -1, .limit = limit};
	source->path = memory_allocate(strlen(path) + 1);
	source->step = memory_resize(NULL, STEP_BYTES);
	memcpy(source->path, path, strlen(path));
	if (begin(source, out))
		return source;
	source_close(source);
	return NULL;
}

void source_close(struct source *source)
{
	if (!source)
		return;
	if (source->descriptor >= 0)
		close(source->descriptor);
	free(source->path);
	free(source->step);
	free(source);
}

/* ---- Reading ---------------------------------------------------------------------------- */

/* What poll says of the descriptor at once. */
static int events_of(const struct source *source)
{
	struct pollfd watched = {.fd = source->descriptor, .events = POLLIN};
	int count;
	do
		count = poll(&watched, 1, 0);
	while (count < 0 && errno == EINTR);
	return count > 0 ? watched.revents : 0;
}

/* As read, but never waits. */
static ssize_t take(struct source *source, size_t size)
{
	ssize_t got;
	if (source->is_shared && events_of(source) == 0) {
		errno = EAGAIN;
		return -1;
	}
	do
		got = read(source->descriptor, source->step, size);
	while (got < 0 && errno == EINTR);
	return got;
}

static enum source_state end_as(
	struct source *source, struct document *document, enum source_state state)
{
	document_finish(document);
	source->has_no_writer = false;
	return source->state = state;
}

static enum source_state end_of_file(
	struct source *source, struct document *document, struct diagnostics *out)
{
	struct stat status;
	if (source->taken < source->size && fstat(source->descriptor, &status) == 0 &&
		size_from(&status, source->start) < source->size)
		diagnostics_report(out, source->path, 0, 0,
			"it became shorter while it was read; what had been read is kept");
	return end_as(source, document, SOURCE_ENDED);
}

/* Nothing was read, without an error. */
static enum source_state end_or_wait(
	struct source *source, struct document *document, struct diagnostics *out)
{
	if (source->is_file)
		return end_of_file(source, document, out);
	int events = source->is_shared ? POLLHUP : events_of(source);
	if (events & POLLIN)
		return SOURCE_MORE;
	source->has_no_writer = (events & POLLHUP) == 0;
	return source->has_no_writer ? SOURCE_WAITING : end_as(source, document, SOURCE_ENDED);
}

static enum source_state wait_or_fail(
	struct source *source, struct document *document, int number, struct diagnostics *out)
{
	source->has_no_writer = false;
	if (number == EAGAIN || number == EWOULDBLOCK)
		return SOURCE_WAITING;
	file_fails(source->path, number, out);
	return end_as(source, document, SOURCE_FAILED);
}

static enum source_state read_step(
	struct source *source, struct document *document, size_t size, struct diagnostics *out)
{
	ssize_t got = take(source, size < STEP_BYTES ? size : STEP_BYTES);
	if (got < 0)
		return wait_or_fail(source, document, errno, out);
	if (got == 0)
		return end_or_wait(source, document, out);
	source->has_no_writer = false;
	source->taken += (size_t)got;
	if (source->taken > source->limit)
		tell_limit(source, out);
	else if (document_append(document, (struct slice){source->step, (size_t)got}))
		return SOURCE_MORE;
	else
		diagnostics_report(out, source->path, 0, 0,
			"there is no room for all of it as UTF-8; split it");
	return end_as(source, document, SOURCE_FAILED);
}

enum source_state source_read(
	struct source *source, struct document *document, size_t budget, struct diagnostics *out)
{
	enum source_state state = source->state;
	for (size_t begin = source->taken; state == SOURCE_MORE && source->taken - begin < budget;)
		state = read_step(source, document, budget - (source->taken - begin), out);
	return state;
}

/* ---- Asking ----------------------------------------------------------------------------- */

int source_descriptor(const struct source *source)
{
	bool ends = source->is_file || source->state != SOURCE_MORE;
	return ends ? -1 : source->descriptor;
}

bool source_has_no_writer(const struct source *source)
{
	return source->has_no_writer;
}

size_t source_size(const struct source *source)
{
	return source->size;
}

size_t source_taken(const struct source *source)
{
	return source->taken;
}

bool source_is_file(const struct source *source)
{
	return source->is_file;
}

size_t source_limit(void)
{
	size_t most = LIMIT_MOST < SIZE_MAX / 4 ? (size_t)LIMIT_MOST : SIZE_MAX / 4;
	size_t share = machine_memory() / LIMIT_SHARE;
	return share < most ? share : most;
}

/* ---- Following -------------------------------------------------------------------------- */

static bool tell_once(struct source *source, const char *what, struct diagnostics *out)
{
	if (!source->told)
		diagnostics_report(out, source->path, 0, 0, "%s", what);
	source->told = true;
	return false;
}

/* The path still names the file that is open. */
static bool is_named(const struct source *source, const struct stat *open)
{
	struct stat named;
	return strcmp(source->path, "-") == 0 ||
	       (stat(source->path, &named) == 0 && named.st_dev == open->st_dev &&
		       named.st_ino == open->st_ino);
}

bool source_follow(struct source *source, struct diagnostics *out)
{
	struct stat status;
	if (!source->is_file || source->state != SOURCE_ENDED)
		return false;
	if (fstat(source->descriptor, &status) != 0)
		return tell_once(source, "it can no longer be followed", out);
	size_t size = size_from(&status, source->start);
	if (size > source->taken) {
		source->size = size;
		source->state = SOURCE_MORE;
		source->told = false;
		return true;
	}
	if (size < source->taken && source->size > 0)
		return tell_once(source, "it is shorter than what was read, which is kept", out);
	if (!is_named(source, &status))
		return tell_once(source, "it was moved or deleted; what was read is kept", out);
	return false;
}
