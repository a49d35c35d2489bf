/* options.h: the command line, the environment and config.yaml, as one set of settings. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "byline/base.h"

enum action {
	ACTION_READ,
	ACTION_PRINT,
	ACTION_CHECK,
	ACTION_SOURCE,
	ACTION_WHY,
	ACTION_LIST,
	ACTION_SCREEN,
	ACTION_HELP,
	ACTION_VERSION,
};

enum output_format { FORMAT_TEXT, FORMAT_JSON, FORMAT_NDJSON };
enum color_when { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct names {
	const char **items;
	size_t count, capacity;
};

struct options {
	enum action action;
	const char *action_name; /* the option that asked for it; NULL: none did */
	enum output_format format;
	int only;           /* enum export_part; -1: unsaid */
	struct names packs; /* "none" first: only those named */
	bool packs_named;   /* on the command line or in the environment */
	const char *theme;  /* NULL: unsaid */
	bool theme_named;
	unsigned width; /* 0: unsaid */
	enum color_when color;
	unsigned jobs; /* processes that print; 0: one a core */
	bool jobs_said;
	const char *type;       /* one of document_type_names; NULL: unsaid */
	const char *encoding;   /* one that encoding_is_known; NULL: unsaid */
	const char *source;     /* --print NAME */
	size_t why;             /* --why OFFSET */
	const char *list;       /* --list WHAT */
	unsigned columns, rows; /* --screen */
	const char *keys;       /* --keys; NULL: none */
	bool styles, no_config, secure;
	const char *at;      /* --at POSITION; NULL: unsaid */
	struct names starts; /* +COMMAND, without the plus */
	struct names files;
};

#define JOBS_MOST 256

/* One row an option: the parser, --help, completions and the manual walk it. */
struct option_entry {
	char letter;              /* 0: none */
	const char *name;         /* without -- */
	const char *argument;     /* NULL: takes none */
	const char *help;         /* a line; the values follow it where there are any */
	const char *const *words; /* the values it takes; NULL: others */
	const char *lists;        /* the --list names that say values it takes; NULL: none */
	const char *besides;      /* values beside those; NULL: none */
	bool (*set)(struct options *options, const char *argument, struct diagnostics *out);
};
extern const struct option_entry option_table[]; /* a name of NULL ends it */
extern const char *const list_names[];           /* what --list knows; NULL ends it */

/* One row a variable of the environment that stands for an option where that is not given. */
struct variable_entry {
	const char *name;
	const char *option; /* without --; NULL: none says so */
	const char *help;   /* what it holds */
};
#define KEYS_VARIABLE "BYLINE_KEYS"
extern const struct variable_entry variable_table[]; /* a name of NULL ends it */
const char *variable_of(const char *option);
/* What the environment says by a name; NULL: nothing, or nothing but an empty text. */
const char *environment_said(const char *name);
/* What the environment says for an option; NULL: nothing. */
const char *variable_said(const char *option);

/* Reads the command line; false after reporting every mistake. */
bool options_parse(struct options *options, int count, char **arguments, struct diagnostics *out);
/* Sets one option by its name, as --NAME ARGUMENT does. */
bool options_set(
	struct options *options, const char *name, const char *argument, struct diagnostics *out);
void options_release(struct options *options);
void options_help(struct buffer *into);
void names_add(struct names *names, const char *name);

#endif
