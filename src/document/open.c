/* Opening files and standard input. Files are copied in, not mapped: one that shrinks while it is
 * read must not kill the reader. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "byline/document.h"

#define DOCUMENT_BYTES ((size_t)4 << 30) /* larger ones are refused before the machine suffers */
#define CHUNK ((size_t)64 << 10)

static bool read_standard_input(struct buffer *into, struct diagnostics *out)
{
	char chunk[CHUNK];
	for (;;) {
		ssize_t got = read(STDIN_FILENO, chunk, sizeof chunk);
		if (got == 0)
			return true;
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			diagnostics_report(out, "-", 0, 0, "standard input cannot be read: %s",
				strerror(errno));
			return false;
		}
		buffer_append(into, (struct slice){chunk, (size_t)got});
		if (into->length > DOCUMENT_BYTES) {
			diagnostics_report(
				out, "-", 0, 0, "standard input is larger than 4 GiB; split it");
			return false;
		}
	}
}

struct document *document_open(
	const char *path, const struct document_options *options, struct diagnostics *out)
{
	struct buffer bytes = {0};
	bool good = strcmp(path, "-") == 0 ? read_standard_input(&bytes, out)
					   : file_read(path, DOCUMENT_BYTES, &bytes, out);
	struct document *document = NULL;
	if (good) {
		document = document_new(path, options);
		document_append(document, buffer_slice(&bytes));
		document_finish(document);
	}
	buffer_release(&bytes);
	return document;
}
