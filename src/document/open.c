/* Opening a path and reading it to its end. */
#include <poll.h>

#include "byline/document.h"

#define BUDGET ((size_t)1 << 20)

static void wait_for(const struct source *source)
{
	struct pollfd watched = {.fd = source_descriptor(source), .events = POLLIN};
	poll(&watched, 1, -1);
}

static enum source_state read_to_end(
	struct source *source, struct document *document, struct diagnostics *out)
{
	enum source_state state;
	while ((state = source_read(source, document, BUDGET, out)) <= SOURCE_WAITING)
		if (state == SOURCE_WAITING)
			wait_for(source);
	return state;
}

struct document *document_open(
	const char *path, const struct document_options *options, struct diagnostics *out)
{
	struct source *source = source_open(path, source_limit(), out);
	if (!source)
		return NULL;
	struct document *document = document_new(path, options);
	if (read_to_end(source, document, out) == SOURCE_FAILED) {
		document_free(document);
		document = NULL;
	}
	source_close(source);
	return document;
}
