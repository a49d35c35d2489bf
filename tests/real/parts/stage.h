/* stage.h: what a script plays on: a session, the terminal it is shown on, and what is known of it.
 */
#ifndef REAL_STAGE_H
#define REAL_STAGE_H

#include "emulator.h"
#include "entry.h"
#include "session.h"
#include "stream.h"
#include "words.h"

#define ANSWERS_MOST 16
#define SETTINGS_MOST 40

/* What a script sets before it runs a program. */
struct settings {
	char *term;  /* NULL: TERM is not set */
	char *entry; /* of the program's own, which it is checked against; NULL: TERM's */
	bool latin;  /* the terminal's bytes are ISO-8859-1 */
	int columns, rows;
	char *variables[SETTINGS_MOST]; /* NAME=VALUE, or NAME alone: not set */
	size_t variable_count;
	struct {
		char *question, *answer;
	} answers[ANSWERS_MOST];
	size_t answer_count;
	char *label; /* stands before what is printed on one line */
};

struct stage {
	struct arena *arena; /* of the settings */
	struct settings settings;
	struct session session;
	bool running; /* a session has been started */
	struct emulator *emulator;
	struct entry entry;
	struct modes modes;
	size_t heard;  /* of the output: looked at for questions */
	size_t walked; /* of the output: its modes are known */
	struct glyph *kept;
	int kept_columns, kept_rows;
	uint64_t random;
	struct buffer said; /* what the script prints */
};

void stage_init(struct stage *stage, struct arena *arena);
void stage_release(struct stage *stage);

/* Starts a program, ending the one of before. */
void stage_run(struct stage *stage, struct words *command);
void stage_resize(struct stage *stage, int columns, int rows);
/* Presses a key as this terminal sends it. */
void stage_press(struct stage *stage, const struct key *key);

/* Prints one line, behind the label. */
void stage_say(struct stage *stage, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Waits until all is quiet, and says so where it never is. */
bool stage_settle(struct stage *stage);

/* Keeps what is on the screen; and says how many cells of its rows up to `rows` differ from it now,
 * -1: another size. */
void stage_keep(struct stage *stage);
int stage_changes(struct stage *stage, int rows, struct buffer *what);

/* Appends what of the terminal is not as it was before the program: modes, looks, line discipline;
 * nothing where it is whole. */
void stage_leftovers(struct stage *stage, struct buffer *into);
/* Appends, a line each, what was sent that the entry does not have; every line once, sorted. With
 * `all` also what it has, by name. */
void stage_sent(struct stage *stage, bool all, struct buffer *into);
const struct modes *stage_modes(struct stage *stage);

/* Random keys and sizes; says where the screen was not what a fresh one is. What was pressed is
 * written to the file `storm`, in notation, as one line. */
struct storm {
	uint64_t seed;
	long keys, resizes;
	int columns_from, columns_to;
	bool orderly; /* quiet after each, as a terminal in memory has it */
};
void stage_storm(struct stage *stage, const struct storm *storm);

#endif
