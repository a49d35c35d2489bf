/* Opening a path and reading it to its end. */
#include <poll.h>

#include "byline/document.h"
#include "document/passing.h"

#define BUDGET ((size_t)1 << 20)
#define PASS_BUDGET ((size_t)64 << 10)

static void wait_for(const struct source *source)
{
	struct pollfd watched = {.fd = source_descriptor(source), .events = POLLIN};
	poll(&watched, 1, -1);
}

/* Stops where it is known that the bytes are no text, unless somebody insists. */
static enum source_state read_to_end(
	struct source *source, struct document *document, bool regardless, struct diagnostics *out)
{
	for (;;) {
		enum source_state state = source_read(source, document, BUDGET, out);
		if (state > SOURCE_WAITING || (document_is_binary(document) && !regardless))
			return state;
		if (state == SOURCE_WAITING)
			wait_for(source);
	}
}

static bool tell_binary(const struct document *document, struct diagnostics *out)
{
	const char *name = document_binary_name(document);
	struct buffer text = {0}, remedy = {0};
	buffer_format(&text, "it is %s, not text; ", name ? name : "binary");
	if (document_put_remedy(document, &remedy))
		buffer_format(&text, "try %s; ", remedy.bytes);
	diagnostics_report(
		out, document_path(document), 0, 0, "%s--type plain reads it as it is", text.bytes);
	buffer_release(&text);
	buffer_release(&remedy);
	return false;
}

static bool insists(const struct document_options *options)
{
	return options && (options->binary || options->type);
}

static size_t limit_of(const struct document_options *options)
{
	return options && options->limit > 0 ? options->limit : source_limit();
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
	struct source *source, struct document *document, bool regardless, struct diagnostics *out)
{
	if (read_to_end(source, document, regardless, out) == SOURCE_FAILED)
		return false;
	return regardless || !document_is_binary(document) || tell_binary(document, out);
}

/* While there is no more for now, whoever waits for it gets what there is. */
static bool hand_on(struct document *document, struct taker taker, bool waiting)
{
	struct buffer text = {0};
	if (waiting || document_is_decided(document))
		document_take(document, &text);
	bool wanted = text.length == 0 || taker.take(taker.of, buffer_slice(&text));
	buffer_release(&text);
	return wanted;
}

static bool pass_all(struct source *source, struct document *document, bool regardless,
	struct taker taker, struct diagnostics *out)
{
	for (;;) {
		enum source_state state = source_read(source, document, PASS_BUDGET, out);
		if (!regardless && document_is_binary(document))
			return tell_binary(document, out);
		if (!hand_on(document, taker, state == SOURCE_WAITING))
			return true;
		if (state > SOURCE_WAITING)
			return state == SOURCE_ENDED;
		if (state == SOURCE_WAITING)
			wait_for(source);
	}
}

bool document_pass(const char *path, const struct document_options *options, struct taker taker,
	struct diagnostics *out)
{
	struct source *source = NULL;
	if (options_are_right(path, options, out))
		source = source_open(path, SIZE_MAX, out);
	if (!source)
		return false;
	struct document *document = document_new(path, options);
	document_let_pass(document);
	bool good = pass_all(source, document, insists(options), taker, out);
	document_free(document);
	source_close(source);
	return good;
}

struct document *document_open(
	const char *path, const struct document_options *options, struct diagnostics *out)
{
	struct source *source = NULL;
	if (options_are_right(path, options, out))
		source = source_open(path, limit_of(options), out);
	if (!source)
		return NULL;
	struct document *document = document_new(path, options);
	if (!read_all(source, document, insists(options), out)) {
		document_free(document);
		document = NULL;
	}
	source_close(source);
	return document;
}
