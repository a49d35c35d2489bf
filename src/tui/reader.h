/* reader.h: the reader: articles and the lists beside them, on a terminal.
 *
 * A reader draws on a terminal that its caller opened, and takes its keys from there: reader_run
 * for the real one, reader_feed for the one in memory, whose cells the caller prints. Keys hold
 * command text; everything a key can do is a row of command_table, and the help view, the status
 * line and `--list` are walks over it and over the key map in force.
 */
#ifndef TUI_READER_H
#define TUI_READER_H

#include "byline/annotate.h"
#include "byline/theme.h"
#include "terminal/terminal.h"
#include "tui/keymap.h"

#define READER_MEASURE 72 /* cells of a row of the article, where nobody says otherwise */

/* Everything pointed at must outlive the reader and stays the caller's. */
struct reader_settings {
	struct terminal *terminal; /* its cells give the styles and the width policy */
	const struct packs *packs;
	const struct keymap *keymap;
	struct theme *theme; /* the first one; kinds without a style get their accents */
	bool follows_ground; /* its pair is taken where the terminal's ground is the other way */
	const char *theme_folder; /* where themes are found by name; NULL: the embedded ones only */
	const char *const *paths; /* files as the user named them, "-" for standard input */
	size_t path_count;        /* at least one */
	struct source *first;     /* of the first path, opened: the reader closes it */
	struct document_options options;
	unsigned measure;          /* 0: READER_MEASURE */
	const char *at;            /* a position to begin at; or NULL */
	const char *const *starts; /* +COMMAND: what is done before the first key */
	size_t start_count;
	bool secure;                  /* no other file is opened than those named */
	struct diagnostics *problems; /* what went wrong so far, for the status line; what goes
					 wrong with files is added */
};

/* Whether there is something that stands behind a plus; false reports why not. */
bool start_check(const struct keymap *keymap, const char *start, struct diagnostics *out);

struct reader;

struct reader *reader_new(const struct reader_settings *settings);
void reader_free(struct reader *reader); /* NULL is allowed */
/* Some text could not be read. */
bool reader_has_failed(const struct reader *reader);
/* Reads until somebody quits or the terminal is gone. */
void reader_run(struct reader *reader);
/* Takes keys on a terminal in memory: all jobs run dry before each token. Draws the screen that is
 * seen at the end, without keys the first one; after `quit` the rest is not taken. */
void reader_feed(struct reader *reader, const struct keys *keys);

/* ---- Positions -------------------------------------------------------------------------- */

/* A place in a text as people name it: 1234, quote:4, entity:NAME, heading:2. */
enum position_kind_id {
	POSITION_BYTE,
	POSITION_QUOTE,
	POSITION_ENTITY,
	POSITION_HEADING,
	POSITION_PARAGRAPH /* by commands only */
};
#define POSITION_FORMS "a byte offset, quote:4, entity:NAME or heading:2"

struct position {
	enum position_kind_id kind;
	size_t number;
	struct buffer name;
};
/* False: it is none of these. To be released in either case. */
bool position_parse(struct slice text, struct position *position);
void position_release(struct position *position);

/* ---- Commands --------------------------------------------------------------------------- */

#define COUNT_MOST 999999999 /* no larger number is typed */

/* What a command is called with. */
struct call {
	size_t count;          /* the number typed before the key; 1 where none was */
	bool counted;          /* one was typed */
	struct slice argument; /* what stands behind the command's name; empty: nothing */
};

/* An argument that a key typed behind gives as well. */
#define LETTER "LETTER"

/* What commands are about: help and manual tell of them in this order. */
enum topic {
	TOPIC_MOVES,
	TOPIC_SEARCH,
	TOPIC_PARTS,
	TOPIC_WALKS,
	TOPIC_PLACES,
	TOPIC_PANES,
	TOPIC_PAGE,
	TOPIC_FILES,
	TOPIC_PROGRAM,
	TOPIC_LINE, /* that is typed at a prompt: run by keys there, and by nothing else */
	TOPIC_COUNT
};
extern const char *const topic_titles[TOPIC_COUNT];

struct command {
	const char *name;
	const char *argument; /* a hint, "KIND", or NULL where it takes none */
	const char *help;     /* a line: what it does */
	void (*run)(struct reader *reader, const struct call *call);
	enum topic topic;
	bool jumps; /* what it left can be gone back to */
};
extern const struct command command_table[]; /* a name of NULL ends it; by topic */

/* ---- Lists ------------------------------------------------------------------------------ */

/* Appends a line a key: pane, keys, command text and help, divided by TABs. And a line a command:
 * name with its argument, and help. */
void reader_list_keys(const struct keymap *keymap, struct buffer *into);
void reader_list_commands(struct buffer *into);

#endif
