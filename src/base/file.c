#include "byline/base.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_STEP ((size_t)64 << 10)

struct slice path_folder(struct slice path)
{
	size_t end = path.length;
	while (end > 0 && path.bytes[end - 1] != '/')
		end--;
	return slice_cut(path, 0, end);
}

struct slice path_name(struct slice path)
{
	return slice_cut(path, path_folder(path).length, path.length);
}

/* ---- Paths in a shell ------------------------------------------------------------------- */

static bool is_plain(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= '0' && byte <= '9') || strchr("_-./+,:@%=", byte) != NULL;
}

/* It may stand between single quotes. */
static bool can_be_seen(struct slice path)
{
	for (size_t at = 0; at < path.length;) {
		uint32_t code;
		at += utf8_decode(path, at, &code);
		if (code_is_control(code))
			return false;
	}
	return utf8_valid(path);
}

static void quote_bytes(struct slice path, struct buffer *into)
{
	buffer_text(into, "$'");
	for (size_t i = 0; i < path.length; i++) {
		unsigned char byte = (unsigned char)path.bytes[i];
		if (byte >= ' ' && byte < 0x7F && byte != '\'' && byte != '\\')
			buffer_byte(into, (char)byte);
		else
			buffer_format(into, "\\%03o", byte);
	}
	buffer_byte(into, '\'');
}

void path_quote(struct slice path, struct buffer *into)
{
	size_t plain = 0;
	while (plain < path.length && is_plain(path.bytes[plain]))
		plain++;
	if (slice_starts(path, "-"))
		buffer_text(into, "./");
	if (plain == path.length && plain > 0) {
		buffer_append(into, path);
		return;
	}
	if (!can_be_seen(path)) {
		quote_bytes(path, into);
		return;
	}
	buffer_byte(into, '\'');
	for (size_t i = 0; i < path.length; i++)
		if (path.bytes[i] == '\'')
			buffer_text(into, "'\\''");
		else
			buffer_byte(into, path.bytes[i]);
	buffer_byte(into, '\'');
}

/* ---- Reading ---------------------------------------------------------------------------- */

static const struct {
	int number;
	const char *message;
} causes[] = {
	{ENOENT, "there is no such file; check the spelling and the folder"},
	{EACCES, "it may not be read; ask for the permission, or try chmod +r"},
	{EPERM, "it may not be read; ask for the permission"},
	{ENOTDIR, "a part of the path is a file, not a folder; check the path"},
	{ELOOP, "its links lead in a circle; name the file itself"},
	{ENAMETOOLONG, "the path is too long; check it"},
	{ENXIO, "it is a socket or has no device behind it; name a file"},
	{EISDIR, "it is a folder; name a file in it"},
	{EBADF, "it is not open for reading; name a file"},
	{ESTALE, "it was deleted where it is kept; open it again"},
	{EIO, "it cannot be read where it is kept; name a copy, or another file"},
	{EMFILE, "too many files are open; raise the limit with ulimit -n"},
	{ENFILE, "too many files are open on this machine; close some"},
};

bool file_fails(const char *path, int number, struct diagnostics *out)
{
	for (size_t i = 0; i < sizeof causes / sizeof *causes; i++) {
		if (causes[i].number == number) {
			diagnostics_report(out, path, 0, 0, "%s", causes[i].message);
			return false;
		}
	}
	diagnostics_report(out, path, 0, 0, "it could not be read (error %d: %s); try a copy",
		number, strerror(number));
	return false;
}

bool file_type_reads(const char *path, unsigned mode, struct diagnostics *out)
{
	const char *cause = NULL;
	if (S_ISDIR(mode))
		cause = "it is a folder; name a file in it";
	else if (S_ISCHR(mode) || S_ISBLK(mode))
		cause = "it is a device; name a file";
	else if (S_ISSOCK(mode))
		cause = "it is a socket; name a file";
	if (cause != NULL)
		diagnostics_report(out, path, 0, 0, "%s", cause);
	return cause == NULL;
}

static bool limit_report(const char *path, size_t limit, struct diagnostics *out)
{
	bool whole = limit >= (size_t)1 << 20;
	diagnostics_report(out, path, 0, 0, "it is larger than %zu %s, the most that is read; %s",
		whole ? limit >> 20 : limit, whole ? "MiB" : "bytes", "split it");
	return false;
}

static ssize_t read_some(int descriptor, void *bytes, size_t size)
{
	ssize_t got;
	do
		got = read(descriptor, bytes, size);
	while (got < 0 && errno == EINTR);
	return got;
}

/* Reads to the end; false with errno set, or with errno 0 where the limit is passed. */
static bool read_all(int descriptor, size_t limit, size_t expected, struct buffer *into)
{
	size_t begin = into->length;
	size_t step = expected + 1 > READ_STEP ? expected + 1 : READ_STEP;
	for (;; step = READ_STEP) {
		size_t needed = into->length + step + 1;
		into->bytes = grow(into->bytes, &into->capacity, needed, 1);
		ssize_t got = read_some(descriptor, into->bytes + into->length, step);
		if (got < 0)
			return false;
		into->length += (size_t)got;
		into->bytes[into->length] = '\0';
		errno = 0;
		if (into->length - begin > limit)
			return false;
		if (got == 0)
			return true;
	}
}

static bool descriptor_read(int descriptor, const char *path, size_t limit, struct buffer *into,
	struct diagnostics *out)
{
	struct stat status;
	if (fstat(descriptor, &status) != 0)
		return file_fails(path, errno, out);
	if (!file_type_reads(path, status.st_mode, out))
		return false;
	size_t expected = S_ISREG(status.st_mode) ? (size_t)status.st_size : 0;
	if (expected > limit)
		return limit_report(path, limit, out);
	size_t begin = into->length;
	if (read_all(descriptor, limit, expected, into))
		return true;
	into->length = begin;
	into->bytes[begin] = '\0';
	return errno == 0 ? limit_report(path, limit, out) : file_fails(path, errno, out);
}

bool file_read(const char *path, size_t limit, struct buffer *into, struct diagnostics *out)
{
	int descriptor;
	do
		descriptor = open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC);
	while (descriptor < 0 && errno == EINTR);
	if (descriptor < 0)
		return file_fails(path, errno, out);
	bool done = descriptor_read(descriptor, path, limit, into, out);
	close(descriptor);
	return done;
}
