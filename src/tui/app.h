/* app.h: one reader: what it holds, and what the files of this folder do for each other.
 *
 * State changes in commands and jobs only; drawing looks and never touches. What both need worked
 * out once (places on the screen, what of a list is in view) is settled between them.
 */
#ifndef TUI_APP_H
#define TUI_APP_H

#include <time.h>

#include "tui/article.h"
#include "tui/commands.h"
#include "tui/index.h"
#include "tui/jumps.h"
#include "tui/keymap.h"
#include "tui/look.h"
#include "tui/panes.h"
#include "tui/prompt.h"
#include "tui/reader.h"
#include "tui/search.h"
#include "tui/sheet.h"
#include "tui/typing.h"
#include "tui/walks.h"
#include "tui/worker.h"

/* ---- What is read ----------------------------------------------------------------------- */

/* The entities pane: which groups are open, and the first entity seen of each; see entities.c. */
struct entity_group {
	bool folded;
	bool chosen;          /* by the user, to be folded or open */
	uint32_t first, seen; /* of its entities; seen: rows it has for them */
};
struct entity_list {
	struct entity_group *groups; /* by kind of the packs */
	uint32_t group;              /* where the cursor is, if on_group: on its title */
	bool on_group;
	size_t top; /* row of the list that is the first in view, where even titles do not fit */
};

struct quote_list {
	uint32_t top;  /* the first quote in view */
	int rows;      /* height the list asks for; it only grows, so that panes keep still */
	int body_rows; /* of the screen's body, for which that is right */
};

/* Where a reader was before a list took the keys. */
struct origin {
	bool kept;
	struct stand stand;
	uint32_t quote, entity;
};

/* Blocks that are headings, of those looked at so far. */
struct headings {
	size_t *blocks;
	size_t count, capacity;
	size_t looked;
};

/* How a text comes in; see loading.c. */
#define GOAL_END (SIZE_MAX - 1)
struct loading {
	bool is_file;          /* it can be read again */
	struct source *source; /* NULL: not opened yet, or nothing more can come */
	bool failed;           /* it cannot be opened */
	bool broken;           /* reading ended with an error */
	bool ended;            /* all that is there was read */
	bool waiting;          /* nothing is there for now */
	bool stopped;          /* by the user */
	bool has_come;         /* anything at all */
	bool accepted;         /* it is no text, and shown all the same */
	bool following;        /* the view stays at the end */
	size_t goal;           /* where the view goes once that is there; NOWHERE: it stays */
	struct timespec begun; /* it was opened; or the first of it came, if late */
	struct timespec came;  /* something new */
	struct timespec drawn, looked; /* the last time that it was shown; looked at for more */
	bool was_full;                 /* a screen, then */
};

/* By which one sees what has become of a text. */
struct print {
	size_t bytes, lines; /* lines NOWHERE: so many bytes that nobody counted */
	uint64_t hash;
};

/* Where the view was in a text that is read again, and what is told of it then. */
struct again {
	bool wanted;
	struct stand stand;
	struct buffer context; /* what stood at its top */
	bool telling;
	struct print print; /* of the text as it was */
};

/* Steps of a walk. */
struct step {
	const struct walk *walk; /* NULL: none */
	size_t count;
	bool back;
};

/* A position that is not there yet; see positions.c. */
struct awaited {
	bool going;
	struct position position;
	struct jump from;   /* reading NOWHERE: from before there was text */
	struct stand stand; /* where the view has been since */
	size_t length;      /* of the text, and what else was known when it was looked for last */
	size_t looked;      /* blocks, for headings */
	unsigned generation;
	bool ended;
};

struct reading {
	char *path;
	struct document *document; /* NULL: it was not opened yet */
	struct loading loading;
	struct again again;
	bool presented;      /* there was a frame of it */
	bool stopped;        /* annotating it, by the user */
	struct task *task;   /* the worker's, of annotating it; NULL: not yet */
	bool annotated;      /* there is a generation, perhaps not the last */
	unsigned generation; /* how many there were */
	struct annotations *found;
	struct index index;          /* of the generation, as are all ids below */
	struct sentence_words words; /* of its language */
	size_t told;                 /* what is in view, as the worker knows it */
	struct article article;
	uint32_t quote;           /* chosen, or NO_QUOTE */
	uint32_t entity;          /* chosen, or NO_ENTITY */
	const struct walk *walk;  /* what `;` repeats, or NULL; of a kind, that kind's group */
	const struct walk *shown; /* the one whose position is told, or NULL */
	uint32_t walk_kind;
	struct step step; /* that waits for annotations */
	struct entity_list entities;
	struct quote_list quotes;
	struct origin origin;
	struct headings headings;
	struct awaited awaited;
	struct search search;
	struct jump search_from;  /* where it began; reading NOWHERE: before there was text */
	bool searched;            /* another search was in force when the prompt was opened, */
	struct span searched_hit; /* and this was its hit */
	double words_per_byte;    /* of its beginning, to tell how long the rest takes */
};

/* ---- The reader ------------------------------------------------------------------------- */

struct message {
	struct buffer text;
	bool is_error;
};

struct sought {
	struct buffer text;
	bool literal, backward;
	size_t count; /* which hit is gone to, of those on the way */
};

struct bookmark {
	char letter;
	struct jump place;
};

struct bookmarks {
	struct bookmark *items;
	size_t count, capacity;
	size_t changes;
	size_t chosen; /* in their list, of those that it has */
};

/* What is looked for on a page that lies over the article, and where that began. */
struct page_search {
	struct buffer text;
	bool backward;
	int chosen, top; /* of the page, when the prompt was opened */
};

/* What a card would be about: an entity, a quote, both or neither. */
struct subject {
	uint32_t entity, quote;
};

struct sheet_cause {
	enum pane pane, focus;
	int columns;
	const struct reading *reading;
	unsigned generation;
	size_t point;
	struct subject subject;
	size_t bookmarks; /* changes of them */
};

/* Why something is marked, in the words of --why: asked for by a card, found by a job. */
struct reason {
	const struct reading *reading; /* NULL: nothing is asked for */
	size_t offset;
	bool asked, known;
	struct buffer text;
};

struct reader {
	struct terminal *terminal;
	struct styles *styles;
	const struct width_policy *policy;
	const struct packs *packs;
	struct theme *theme, *own_theme; /* own: loaded here, or NULL */
	struct theme *first_theme;
	bool follows_ground; /* nobody chose the theme */
	const char *theme_folder;
	bool secure;
	unsigned measure, first_measure;
	int lists_wider; /* columns, beyond the usual ones */
	bool zen;        /* nothing but the text is shown */
	style_id look[LOOK_NAMES];
	struct index_styles index_styles;
	struct worker *worker;
	struct diagnostics *problems;
	struct document_options options;
	struct reading **readings;
	size_t reading_count, reading_capacity, current;
	/* What is to be done before the first key. */
	const char *at; /* NULL: nothing */
	const char *const *starts;
	size_t start_count;
	size_t looked_at;             /* how many were opened, to see whether they can be read */
	bool ill_known;               /* one of these cannot */
	enum pane focus;              /* of the first three */
	enum pane over;               /* card or help; PANE_ARTICLE: nothing lies over it */
	bool column[PANE_BASE_COUNT]; /* which lists stand in the column */
	enum pane drawer; /* which list is open beside the article; PANE_ARTICLE: none */
	struct frame frame;
	const struct keymap *keymap;
	struct typing typing;
	struct prompt prompt;
	struct sought sought; /* what was looked for last, in any file */
	struct sought typed;  /* what is being typed */
	struct jumps jumps;
	struct bookmarks bookmarks;
	struct sheet sheet;             /* of card or help */
	struct sheet_cause sheet_cause; /* what it was filled for */
	struct page_search page_search; /* in it */
	struct reason reasons[QUESTION_COUNT];
	struct message message;
	struct buffer caption; /* of a key, for messages */
	bool lame;             /* there is no worker, and that was said */
	bool failed;           /* some text could not be read */
	bool dirty, quit;
};

struct reading *reader_reading(const struct reader *reader); /* the present one */
struct slice reading_text(const struct reading *reading, struct span span);
enum pane reader_pane(const struct reader *reader); /* the one that has the keys */
/* Shows a line until the next key; errors stand out. */
void reader_say(struct reader *reader, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void reader_complain(struct reader *reader, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* What went wrong, as a complaint, and how many others there are. */
void reader_tell_problem(struct reader *reader, const struct diagnostic *problem, size_t others);
/* The first thing that went wrong, and how many more there are; or NULL. */
void reader_complain_of(struct reader *reader, const struct diagnostics *notices);
/* Runs command text that is right: a name and its argument. */
void reader_command(struct reader *reader, struct slice text, const struct call *call);
/* Runs a line as typed at the prompt (command_line.c). */
void reader_run_line(struct reader *reader, struct slice line);
/* False, and `why` gets the reason: there is nothing that it would do. */
bool line_check(struct slice line, struct buffer *why);
/* Does what the command line asks for before the first key (starting.c). */
void reader_start(struct reader *reader);
/* Goes to a position, now or when it is there; takes what it holds (positions.c). */
void reader_go_to(struct reader *reader, struct position *position);
bool positions_work(struct reader *reader);
bool positions_stop(struct reader *reader); /* true where somebody was on the way */
void positions_progress(const struct reader *reader, struct buffer *into);
/* Another file, beside those there are, and the last of them no more. */
void reader_add_reading(struct reader *reader, struct slice path);
void reader_drop_last_reading(struct reader *reader);
/* Looks for a pattern from the point on; an empty one is the last one again. */
void reader_search(struct reader *reader, struct slice text, bool backward);
/* What somebody presses for a command here: "R", or ":reload" where no key runs it. Good until it
 * is asked again. */
const char *reader_key_for(struct reader *reader, const char *command);
/* One of the panes that Tab goes through; PANE_COUNT: none is called so (focus.c). */
enum pane base_pane_named(struct slice name);
/* How many steps a count asks for, at most STEPS_MOST: what a key does must end soon. */
#define STEPS_MOST 9999
size_t call_steps(const struct call *call);

/* A key, wherever it belongs (reader.c), and one that is not the prompt's (typing.c). */
void reader_key(struct reader *reader, struct key key);
/* Works out places and what is in view, after each command and job and before drawing. */
void reader_settle(struct reader *reader);
void reader_draw(struct reader *reader);
/* Works between keys for a few milliseconds; true while there is more to do (jobs.c). */
bool reader_work(struct reader *reader);
/* Works until nobody has anything to do, the worker neither. */
void reader_run_dry(struct reader *reader);
/* Takes a new generation, if there is one (generation.c). */
bool reading_take_over(struct reader *reader, struct reading *reading);
void reader_forget_generation(struct reader *reader, struct reading *reading);
/* How a group of the index stands in the list. */
struct entity_group *entity_group_of(const struct reading *reading, size_t group);
/* False, after saying why: it cannot be read. */
bool reader_show_reading(struct reader *reader, size_t index);
/* True after saying so, where no other file is to be opened. */
bool reader_refuses_files(struct reader *reader);

/* ---- Loading (loading.c) ---------------------------------------------------------------- */

bool reading_open(struct reader *reader, struct reading *reading); /* false as above */
/* Jobs: what did something is true. Files that were not opened yet are looked at when there is
 * time; those that cannot be read are told of, and passed over. */
bool reader_load(struct reader *reader);
bool reader_decide_late(struct reader *reader); /* what a text is whose first frame was blank */
bool reader_look_at_others(struct reader *reader);
bool reader_look_for_more(struct reader *reader);
/* What is not shown, and was read to its end, needs no descriptor. */
void reading_rest(struct reading *reading);
/* There is something to show in the first frame, or it is no use to wait for it. */
bool reader_is_presentable(struct reader *reader);
/* How many milliseconds the loop may sleep (-1: for ever), and what wakes it (-1: nothing). */
int reader_patience(const struct reader *reader);
int reader_awaited(const struct reader *reader);
bool reading_is_loading(const struct reading *reading);
bool reading_is_awaited(const struct reading *reading); /* a FIFO that nobody writes to */
/* Bytes of the text; of one that comes from a file, about as many as there will be: in another
 * encoding it has not as many as the file. */
size_t reading_bytes(const struct reading *reading);
void reading_put_loading(const struct reading *reading, struct buffer *into);
/* What it is called: the end of its path, made visible. */
void reading_put_name(const struct reading *reading, struct buffer *into);

/* ---- What is no text (asking.c) --------------------------------------------------------- */

/* It is asked whether this is to be read at all. */
bool reading_is_asked(const struct reading *reading);
void reader_ask(struct reader *reader); /* asks, where there is something to ask */
/* False: the key is none of an answer. */
bool reader_take_answer(struct reader *reader, struct key key);

/* ---- Texts that change (following.c) ---------------------------------------------------- */

/* The view goes to an offset once it is there, or stays at the end while the text comes. */
void reader_head_for(struct reader *reader, size_t goal);
void reading_stay(struct reading *reading); /* where it is */
/* Who is on his way and moves elsewhere stays there. */
struct way {
	const struct document *text;
	struct line top;
	size_t point, goal;
	bool under_way;
};
struct way way_of(const struct reading *reading);
void leave_way(struct reading *reading, const struct way *before);
/* Finds the view's place again in a text that is read again, once enough of it is there. */
void reading_come_back(struct reading *reading);
/* Says what has come of it, when all of it was read again. */
void reader_tell_again(struct reader *reader);

/* ---- Themes (commands.c) ---------------------------------------------------------------- */

/* Gives the kinds of the packs their accents in a theme, and the theme to the terminal. */
void reader_use_theme(struct reader *reader, struct theme *theme);
/* Takes the theme's pair where the terminal's ground asks for it, unless somebody chose the theme.
 */
void reader_follow_ground(struct reader *reader);

/* ---- Views ------------------------------------------------------------------------------ */

/* What a pane does; rows and pages are entries where it is a list. */
struct view {
	const char *name; /* as key maps call it */
	void (*draw)(struct reader *reader, const struct canvas *canvas);
	void (*scroll)(struct reader *reader, long rows);
	void (*to_end)(struct reader *reader, bool last);
	int (*height)(const struct reader *reader); /* rows of a page */
};
extern const struct view view_table[PANE_COUNT];
const struct view *reader_view(const struct reader *reader); /* the one that has the keys */
void reader_focus(struct reader *reader, enum pane pane);    /* of the first three */
bool closing_quits(const struct reader *reader); /* nothing is open that would be closed */
void reader_open_sheet(struct reader *reader, enum pane pane);
struct subject reader_subject(const struct reader *reader);

void article_draw(struct reader *reader, const struct canvas *canvas);
void scrollbar_draw(struct reader *reader, const struct canvas *canvas);
/* Signs for the heights of a histogram. */
extern const char *const histogram_bars[];
/* A list's first row: "Quotes  5" and, at the right, "79 words". */
struct list_title {
	enum pane pane;
	const char *name, *of; /* of: a thing that the total counts, for one */
	size_t count, total;
};
void list_title_draw(
	const struct reader *reader, const struct canvas *canvas, const struct list_title *title);
void entities_draw(struct reader *reader, const struct canvas *canvas);
void entities_move(struct reader *reader, long steps);
void entities_to_end(struct reader *reader, bool last);
void entities_choose(struct reader *reader, uint32_t entity); /* it is seen then */
void entities_settle(struct reader *reader);
void quotes_draw(struct reader *reader, const struct canvas *canvas);
void quotes_move(struct reader *reader, long steps);
void quotes_to_end(struct reader *reader, bool last);
void quotes_settle(struct reader *reader);
int quotes_height(struct reader *reader); /* rows it asks for in a column */
void status_draw(struct reader *reader, const struct canvas *canvas);
/* Draws what may follow the keys typed so far, left of a column; false: none are pending. */
bool pending_draw(const struct reader *reader, const struct canvas *canvas, int right);
void header_draw(struct reader *reader, const struct canvas *canvas);
/* Columns of a sheet's text, the rows of it in view, and what it covers. */
int sheet_columns(const struct frame *frame);
int sheet_rows(const struct frame *frame, const struct sheet *sheet);
struct area sheet_area(const struct frame *frame, const struct sheet *sheet);
void sheet_view_draw(struct reader *reader, const struct canvas *canvas);
void card_fill(struct reader *reader, struct sheet *sheet);
void help_fill(struct reader *reader, struct sheet *sheet);
void bookmarks_fill(struct reader *reader, struct sheet *sheet);
void bookmarks_move(struct reader *reader, long steps);
void bookmarks_to_end(struct reader *reader, bool last);
void bookmarks_go(struct reader *reader); /* to the chosen one */
void bookmarks_release(struct bookmarks *bookmarks);

/* Runs of a span as the article shows it, what is chosen and found included. */
void article_runs(struct reader *reader, struct span span, style_id base, struct runs *into);

/* ---- Searching (finding.c) -------------------------------------------------------------- */

/* Goes on to the hit that is looked for, a step; false: nothing is. */
bool finding_work(struct reader *reader);
/* The next key waits a little for the search before it, so that keys typed ahead do what they would
 * have done; so does the next frame. */
void finding_hurry(struct reader *reader);
/* True where a search was going on. */
bool finding_stop(struct reader *reader);
/* "searching… 34%", while one does. */
void finding_progress(const struct reader *reader, struct buffer *into);
/* "3 of 17" of a search; nothing where there is none. */
void search_position(const struct reader *reader, struct buffer *into);

/* ---- Searching a page (sheet_find.c) ---------------------------------------------------- */

/* What lies over the article has lines to look for. */
bool page_is_searched(const struct reader *reader);
void page_search_begin(struct reader *reader, bool back);
/* To the next line that has it, or the one before. */
void page_search_on(struct reader *reader, const struct call *call, bool against);

/* ---- Jumps (jumps.c), headings (parts.c) ------------------------------------------------ */

/* Where the reader stands; that a jump began elsewhere, if it went anywhere; and the way to a
 * place, whichever reading it is in. */
struct jump reader_place(const struct reader *reader);
void reader_left(struct reader *reader, const struct jump *from);
void reader_return(struct reader *reader, const struct jump *to);
/* Looks for headings among the blocks that came, so that they are known when somebody asks: a job.
 */
bool headings_work(struct reader *reader);
/* Paragraphs count from 1; a number too large is the last one. */
void reader_go_to_paragraph(struct reader *reader, size_t number);

/* ---- Walks ------------------------------------------------------------------------------ */

/* The point jumps to a quote, which is chosen, and its speaker's entity with it. */
void walk_to_quote(struct reader *reader, uint32_t quote);
/* The place of a walk, from 0, and the status line tells it. */
void walk_to(struct reader *reader, const struct walk *walk, size_t i);
void walk_to_mention(struct reader *reader, uint32_t mention);
/* The walk that a list's cursor makes. */
void walk_quotes(struct reader *reader);
void walk_mentions(struct reader *reader);
/* A step that waited for annotations is done once they are there: a job. */
bool walks_work(struct reader *reader);
/* Appends "quote 4 of 5"; false: no walk has landed where the point is. */
bool walk_position(const struct reader *reader, struct buffer *into);
/* Whose quotes or mentions are walked; empty: nobody's. */
struct slice walk_name(const struct reader *reader);

#endif
