/* session.h: what one run of the program has: options, packs, theme, paths. */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include "byline/annotate.h"
#include "byline/theme.h"
#include "cli/options.h"
#include "store/config.h"

enum status { STATUS_DONE = 0, STATUS_FAILED = 1, STATUS_USAGE = 2 };

struct keymap;

struct session {
	struct options options;
	struct byline_paths paths;
	struct config config;
	struct packs packs;
	struct keymap *keymap; /* NULL where no key is asked for */
	struct theme *theme;   /* NULL where nothing is painted */
	bool follows_ground;   /* the theme's pair is taken where the terminal asks for it */
	struct diagnostics diagnostics;
	enum status status;
	size_t processes;   /* that print at the same time */
	bool shows;         /* standard output is a terminal: nothing printed is obeyed by it */
	bool output_failed; /* and that was told: nothing more is printed */
	bool line_is_open;  /* what was printed last ended no line */
	struct channel *channel; /* of a printer: what it prints and tells goes there; or NULL */
};

/* Applies configuration and environment below the options, and loads packs, theme and keys. False:
 * one of these that was named has errors; nothing is to be opened. */
bool session_begin(struct session *session);
void session_end(struct session *session);
/* Reports what is wrong with a configuration, and with the packs and the theme it names. */
void session_check_config(struct session *session, const char *path);
/* What is insisted on of the documents that are opened. */
struct document_options session_documents(const struct session *session);
/* Prints the diagnostics that came since, to standard error. */
void session_tell(struct session *session);

/* batch.c: documents printed one after the other. */
void batch_print(struct session *session);
void batch_why(struct session *session);

/* tell.c: what the program knows of itself. */
void tell_list(struct session *session);
void tell_source(struct session *session);

/* check.c: what is wrong with what the user wrote. */
void tell_check(struct session *session);

/* read.c: the reader, at the terminal or on a screen in memory. */
void read_screen(struct session *session);
void read_terminal(struct session *session);

/* Writes all to standard output; a broken pipe ends quietly. */
void print_out(struct session *session, struct slice text);
/* Writes all, waiting where it must; false: errno says why. */
bool write_all(int file, struct slice text);

#endif
