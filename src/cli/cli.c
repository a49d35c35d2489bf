/* The program as one call: options, then the action they ask for. */
#include "cli/cli.h"

#include <stdlib.h>
#include <unistd.h>

#include "cli/session.h"
#include "terminal/terminal.h"

static void print_help(struct session *session)
{
	struct buffer text = {0};
	options_help(&text);
	print_out(session, buffer_slice(&text));
	buffer_release(&text);
}

static void print_version(struct session *session)
{
	print_out(session, slice_of("byline " BYLINE_VERSION "\n"));
}

/* Without a file, what is piped in is read. */
static void take_standard_input(struct session *session)
{
	enum action action = session->options.action;
	bool reads = action == ACTION_READ || action == ACTION_PRINT || action == ACTION_WHY ||
		     action == ACTION_SCREEN;
	if (reads && session->options.files.count == 0 && !isatty(STDIN_FILENO))
		names_add(&session->options.files, "-");
}

/* Somebody at a terminal who named nothing wants to know what there is. */
static void welcome(struct session *session)
{
	print_out(session,
		slice_of("byline " BYLINE_VERSION
			 " reads articles: the text, who is in it, who said what.\n"
			 "\n"
			 "Nothing was read lately.\n"
			 "\n"
			 "  byline FILE...     reads files; h there shows the keys, q leaves\n"
			 "  COMMAND | byline   reads what a command prints\n"
			 "  byline --help      names all options\n"));
}

/* Where nobody looks, the text is printed as cat would. */
static void read_or_print(struct session *session)
{
	bool terminal = isatty(STDOUT_FILENO);
	if (terminal && session->options.files.count == 0)
		welcome(session);
	else if (terminal && session->options.only < 0)
		read_terminal(session);
	else
		batch_print(session);
}

static void (*const actions[])(struct session *) = {
	[ACTION_READ] = read_or_print,
	[ACTION_PRINT] = batch_print,
	[ACTION_CHECK] = tell_check,
	[ACTION_SOURCE] = tell_source,
	[ACTION_WHY] = batch_why,
	[ACTION_LIST] = tell_list,
	[ACTION_SCREEN] = read_screen,
	[ACTION_HELP] = print_help,
	[ACTION_VERSION] = print_version,
};

static void leave_without_memory(void)
{
	static const char message[] =
		"byline: there is no memory left; close something, or read less at once\n";
	terminal_abandon();
	ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
	(void)written;
	_exit(STATUS_FAILED);
}

int cli_run(int count, char **arguments)
{
	struct session session = {.options = {.only = -1}};
	memory_on_exhaustion(leave_without_memory);
	bool good = options_parse(&session.options, count, arguments, &session.diagnostics);
	/* What is wrong with packs and themes is told beside what is wrong with the options. */
	if (session.options.action < ACTION_HELP) {
		good = session_begin(&session) && good;
		take_standard_input(&session);
	}
	if (good)
		actions[session.options.action](&session);
	if (!good)
		session.status = STATUS_USAGE;
	int status = (int)session.status;
	session_end(&session);
	return status;
}
