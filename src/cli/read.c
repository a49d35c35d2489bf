/* The reader: at the terminal, or on a screen in memory. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/session.h"
#include "tui/reader.h"

struct reading {
	struct session *session;
	struct styles *styles;
	size_t skipped;       /* files before the first one that can be read */
	struct source *first; /* of that; the reader takes it */
	struct terminal *terminal;
	struct reader *reader;
};

/* ---- What it reads with ----------------------------------------------------------------- */

/* The first file that can be read is opened before the terminal is; the others are the reader's
 * matter. */
static bool open_first(struct reading *reading)
{
	const struct names *files = &reading->session->options.files;
	struct diagnostics *out = &reading->session->diagnostics;
	for (; reading->skipped < files->count; reading->skipped++) {
		reading->first = source_open(files->items[reading->skipped], source_limit(), out);
		if (reading->first != NULL)
			return true;
		reading->session->status = STATUS_FAILED;
	}
	return false;
}

static bool prepare(struct reading *reading, struct session *session)
{
	*reading = (struct reading){.session = session, .styles = styles_new()};
	if (session->options.files.count > 0)
		return open_first(reading);
	diagnostics_report(&session->diagnostics, NULL, 0, 0,
		"no file to read; name one, or - for standard input (see --help)");
	session->status = STATUS_USAGE;
	return false;
}

static void begin(struct reading *reading)
{
	struct session *session = reading->session;
	const struct names *files = &session->options.files;
	reading->reader = reader_new(&(struct reader_settings){.terminal = reading->terminal,
		.packs = &session->packs,
		.keymap = session->keymap,
		.theme = reading->session->theme,
		.follows_ground = session->follows_ground,
		.theme_folder = session->paths.themes,
		.paths = (const char *const *)files->items + reading->skipped,
		.path_count = files->count - reading->skipped,
		.first = reading->first,
		.options = session_documents(session),
		.measure = session->options.width,
		.at = session->options.at,
		.starts = (const char *const *)session->options.starts.items,
		.start_count = session->options.starts.count,
		.secure = session->options.secure,
		.problems = &session->diagnostics});
	reading->first = NULL;
}

/* The terminal first: whoever leaves has his shell back at once. */
static void finish(struct reading *reading)
{
	if (reading->reader != NULL && reader_has_failed(reading->reader))
		reading->session->status = STATUS_FAILED;
	terminal_free(reading->terminal);
	reader_free(reading->reader);
	source_close(reading->first);
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
						  .ask_ground = reading->session->follows_ground,
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
		if (terminal_ended(reading.terminal)) {
			diagnostics_report(
				&session->diagnostics, NULL, 0, 0, "the terminal has gone");
			session->status = STATUS_FAILED;
		}
	}
	if (ready && !opened) {
		diagnostics_report(&session->diagnostics, NULL, 0, 0, "%s; printing the text",
			reason.length ? reason.bytes : "no terminal to read at");
		session_tell(session);
		batch_print(session);
	}
	finish(&reading);
	buffer_release(&reason);
}
