/* Documents printed one after the other: text, JSON, parts, why. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "byline/export.h"
#include "cli/jobs.h"
#include "cli/session.h"

#define STEP_BYTES ((size_t)1 << 20)

struct printing {
	struct session *session;
	struct document *document;
	struct annotator *annotator;
};

/* Processes that work at the same time share the memory there is. */
static struct document_options documents(const struct session *session)
{
	struct document_options options = session_documents(session);
	if (session->processes > 1)
		options.limit = source_limit() / session->processes;
	return options;
}

static bool open_document(struct printing *printing, struct session *session, const char *path)
{
	*printing = (struct printing){.session = session};
	const struct document_options options = documents(session);
	printing->document = document_open(path, &options, &session->diagnostics);
	if (!printing->document) {
		session->status = STATUS_FAILED;
		session_tell(session);
		return false;
	}
	printing->annotator = annotator_new(printing->document, &session->packs);
	return true;
}

static void annotate(const struct printing *printing)
{
	struct diagnostics *out = &printing->session->diagnostics;
	while (annotator_step(printing->annotator, STEP_BYTES))
		continue;
	annotations_tell(
		annotator_result(printing->annotator), document_path(printing->document), out);
	if (out->total > 0)
		session_tell(printing->session);
}

static void close_document(struct printing *printing)
{
	annotator_free(printing->annotator);
	document_free(printing->document);
}

static void drain(struct buffer *printed, void *of)
{
	print_out(of, buffer_slice(printed));
	printed->length = 0;
}

static struct exported exported(const struct printing *printing)
{
	return (struct exported){.document = printing->document,
		.packs = &printing->session->packs,
		.annotations = annotator_result(printing->annotator),
		.words = annotator_sentence_words(printing->annotator),
		.drain = drain,
		.of = printing->session};
}

/* ---- Text ------------------------------------------------------------------------------- */

/* On a terminal nothing of the text is obeyed: controls are made visible, line by line. */
static void append_visible(struct slice text, struct buffer *into)
{
	while (text.length > 0) {
		const char *end = memchr(text.bytes, '\n', text.length);
		size_t length = end ? (size_t)(end - text.bytes) : text.length;
		struct slice line = slice_cut(text, 0, length);
		while (line.length > 0) {
			const char *tab = memchr(line.bytes, '\t', line.length);
			size_t part = tab ? (size_t)(tab - line.bytes) : line.length;
			text_visible(slice_cut(line, 0, part), into);
			if (tab)
				buffer_byte(into, '\t');
			line = slice_cut(line, part + (tab != NULL), line.length);
		}
		if (end)
			buffer_byte(into, '\n');
		text = slice_cut(text, length + (end != NULL), text.length);
	}
}

static void print_visible(struct session *session, struct slice text)
{
	struct buffer shown = {0};
	append_visible(text, &shown);
	print_out(session, buffer_slice(&shown));
	buffer_release(&shown);
}

static bool take_text(void *of, struct slice text)
{
	struct session *session = of;
	if (session->shows)
		print_visible(session, text);
	else
		print_out(session, text);
	return !session->output_failed;
}

/* The text as it comes: nothing needs the whole of it. */
static void pass_document(struct session *session, const char *path)
{
	const struct document_options options = documents(session);
	if (!document_pass(
		    path, &options, (struct taker){take_text, session}, &session->diagnostics))
		session->status = STATUS_FAILED;
	session_tell(session);
}

/* ---- What was found --------------------------------------------------------------------- */

static void drain_visible(struct buffer *printed, void *of)
{
	print_visible(of, buffer_slice(printed));
	printed->length = 0;
}

static void print_part(const struct printing *printing)
{
	struct session *session = printing->session;
	struct exported what = exported(printing);
	struct buffer out = {0};
	what.drain = session->shows ? drain_visible : drain;
	export_part(&what, (enum export_part)session->options.only, &out);
	what.drain(&out, session);
	buffer_release(&out);
}

static void print_json(const struct printing *printing)
{
	struct buffer out = {0};
	struct exported what = exported(printing);
	export_json(&what, &out);
	buffer_byte(&out, '\n');
	drain(&out, printing->session);
	buffer_release(&out);
}

static bool prints_article(const struct options *options)
{
	return options->format == FORMAT_TEXT && options->only <= EXPORT_ARTICLE;
}

static void print_document(struct session *session, const char *path)
{
	struct printing printing;
	if (prints_article(&session->options)) {
		pass_document(session, path);
		return;
	}
	if (!open_document(&printing, session, path))
		return;
	annotate(&printing);
	if (session->options.format == FORMAT_TEXT)
		print_part(&printing);
	else
		print_json(&printing);
	close_document(&printing);
}

static bool usage_is_right(struct session *session)
{
	const struct options *options = &session->options;
	size_t files = options->files.count;
	if (files == 0) {
		diagnostics_report(&session->diagnostics, NULL, 0, 0,
			"no file to print; name one, or - for standard input");
	} else if (options->format == FORMAT_JSON && files != 1) {
		diagnostics_report(&session->diagnostics, NULL, 0, 0,
			"--format json takes one document, not %zu; use ndjson", files);
	} else if (options->only >= 0 && options->format != FORMAT_TEXT) {
		diagnostics_report(
			&session->diagnostics, NULL, 0, 0, "--only goes with --format text");
	} else {
		return true;
	}
	session->status = STATUS_USAGE;
	return false;
}

/* What was wrong before is told before, whoever works. */
void batch_print(struct session *session)
{
	const struct names *files = &session->options.files;
	if (!usage_is_right(session))
		return;
	session_tell(session);
	session->shows = isatty(STDOUT_FILENO);
	session->processes = jobs_count(session);
	if (session->processes > 1)
		jobs_run(session, session->processes, print_document);
	else
		for (size_t i = 0; i < files->count && !session->output_failed; i++)
			print_document(session, files->items[i]);
}

/* ---- Why -------------------------------------------------------------------------------- */

void batch_why(struct session *session)
{
	const struct options *options = &session->options;
	struct printing printing;
	if (options->files.count != 1) {
		diagnostics_report(&session->diagnostics, NULL, 0, 0,
			"--why takes one document, not %zu", options->files.count);
		session->status = STATUS_USAGE;
		return;
	}
	if (!open_document(&printing, session, options->files.items[0]))
		return;
	struct buffer out = {0};
	size_t bytes = document_text(printing.document).length;
	annotate(&printing);
	if (options->why >= bytes) {
		diagnostics_report(&session->diagnostics, options->files.items[0], 0, 0,
			"offset %zu is outside the text of %zu bytes", options->why, bytes);
		session->status = STATUS_FAILED;
	} else if (annotator_why(printing.annotator, options->why, &out)) {
		print_out(session, buffer_slice(&out));
	} else {
		diagnostics_report(&session->diagnostics, options->files.items[0], 0, 0,
			"nothing is marked at byte %zu", options->why);
		session->status = STATUS_FAILED;
	}
	buffer_release(&out);
	close_document(&printing);
}
