/* The reader: at the terminal, or on a screen in memory. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/session.h"
#include "tui/reader.h"

struct reading {
	struct session *session;
	struct styles *styles;
	struct document **documents;
	size_t count;
	struct terminal *terminal;
	struct reader *reader;
};

/* ---- What it reads with ----------------------------------------------------------------- */

/* Files that cannot be read are told of; the others are read. */
static bool open_documents(struct reading *reading)
{
	const struct names *files = &reading->session->options.files;
	reading->documents = memory_allocate((files->count + 1) * sizeof(struct document *));
	for (size_t i = 0; i < files->count; i++) {
		struct document *document =
			document_open(files->items[i], NULL, &reading->session->diagnostics);
		if (document)
			reading->documents[reading->count++] = document;
		else
			reading->session->status = STATUS_FAILED;
	}
	return reading->count > 0;
}

static bool prepare(struct reading *reading, struct session *session)
{
	*reading = (struct reading){.session = session, .styles = styles_new()};
	if (session->options.files.count > 0)
		return open_documents(reading);
	diagnostics_report(&session->diagnostics, NULL, 0, 0,
		"no file to read; name one, or - for standard input (see --help)");
	session->status = STATUS_USAGE;
	return false;
}

static void begin(struct reading *reading)
{
	struct session *session = reading->session;
	reading->reader = reader_new(&(struct reader_settings){.terminal = reading->terminal,
		.packs = &session->packs,
		.theme = reading->session->theme,
		.theme_folder = session->paths.themes,
		.documents = reading->documents,
		.document_count = reading->count,
		.measure = session->options.width,
		.secure = session->options.secure,
		.notices = &session->diagnostics});
}

static void finish(struct reading *reading)
{
	reader_free(reading->reader);
	terminal_free(reading->terminal);
	for (size_t i = 0; i < reading->count; i++)
		document_free(reading->documents[i]);
	free(reading->documents);
	styles_free(reading->styles);
}

/* ---- A screen in memory ----------------------------------------------------------------- */

static void print_screen(struct reading *reading, const struct keys *keys)
{
	struct session *session = reading->session;
	struct width_policy policy = {.ambiguous = 1};
	struct buffer screen = {0};
	reading->terminal = terminal_memory(reading->styles, &policy, (int)session->options.columns,
		(int)session->options.rows);
	begin(reading);
	reader_feed(reading->reader, keys);
	if (session->options.styles)
		cells_print_styles(terminal_cells(reading->terminal), &screen);
	else
		cells_print(terminal_cells(reading->terminal), &screen);
	print_out(session, buffer_slice(&screen));
	buffer_release(&screen);
}

void read_screen(struct session *session)
{
	struct reading reading = {0};
	struct keys keys = {0};
	struct slice line = slice_of(session->options.keys);
	if (!keys_parse(line, &keys, &session->diagnostics))
		session->status = STATUS_USAGE;
	else if (prepare(&reading, session))
		print_screen(&reading, &keys);
	finish(&reading);
	keys_release(&keys);
}

/* ---- The terminal ----------------------------------------------------------------------- */

static bool open_terminal(struct reading *reading, struct buffer *reason)
{
	static const enum colour_when whens[] = {COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER};
	reading->terminal = terminal_open(&(struct terminal_options){.styles = reading->styles,
						  .theme = reading->session->theme,
						  .policy = {.ambiguous = 1},
						  .colour = whens[reading->session->options.color]},
		reason);
	return reading->terminal != NULL;
}

void read_terminal(struct session *session)
{
	struct reading reading;
	struct buffer reason = {0};
	bool ready = prepare(&reading, session);
	bool opened = ready && open_terminal(&reading, &reason);
	if (opened) {
		begin(&reading);
		reader_run(reading.reader);
	}
	finish(&reading);
	if (ready && !opened) {
		diagnostics_report(&session->diagnostics, NULL, 0, 0, "%s; printing the text",
			reason.length ? reason.bytes : "no terminal to read at");
		session_tell(session);
		batch_print(session);
	}
	buffer_release(&reason);
}
