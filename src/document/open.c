/* Opening a path and reading it to its end. */
#include <poll.h>

#include "byline/document.h"

#define BUDGET ((size_t)1 << 20)

static void wait_for(const struct source *source)
{
	struct pollfd watched = {.fd = source_descriptor(source), .events = POLLIN};
	poll(&watched, 1, -1);
}

/* Stops where it is known that the bytes are no text, unless somebody insists. */
static enum source_state read_to_end(
	struct source *source, struct document *document, bool insists, struct diagnostics *out)
{
	for (;;) {
		enum source_state state = source_read(source, document, BUDGET, out);
		if (state > SOURCE_WAITING || (document_is_binary(document) && !insists))
			return state;
		if (state == SOURCE_WAITING)
			wait_for(source);
	}
}

static bool tell_binary(const struct document *document, struct diagnostics *out)
{
	const char *name = document_binary_name(document);
	const char *remedy = document_binary_remedy(document);
	struct buffer text = {0};
	buffer_format(&text, "it is %s, not text; ", name ? name : "binary");
	if (remedy)
		buffer_format(&text, "try %s; ", remedy);
	diagnostics_report(
		out, document_path(document), 0, 0, "%s--type plain reads it as it is", text.bytes);
	buffer_release(&text);
	return false;
}

static bool options_are_right(
	const char *path, const struct document_options *options, struct diagnostics *out)
{
	const char *encoding = options ? options->encoding : NULL;
	if (!encoding || encoding_is_known(encoding))
		return true;
	diagnostics_report(out, path, 0, 0, "encoding '%s' is not known here", encoding);
	return false;
}

static bool read_all(
	struct source *source, struct document *document, bool insists, struct diagnostics *out)
{
	if (read_to_end(source, document, insists, out) == SOURCE_FAILED)
		return false;
	return insists || !document_is_binary(document) || tell_binary(document, out);
}

struct document *document_open(
	const char *path, const struct document_options *options, struct diagnostics *out)
{
	bool insists = options && (options->binary || options->type);
	struct source *source = NULL;
	if (options_are_right(path, options, out))
		source = source_open(path, source_limit(), out);
	if (!source)
		return NULL;
	struct document *document = document_new(path, options);
	if (!read_all(source, document, insists, out)) {
		document_free(document);
		document = NULL;
	}
	source_close(source);
	return document;
}
