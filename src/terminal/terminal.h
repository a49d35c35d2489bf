/* terminal.h: a screen of cells, what draws on it, what shows it, and the keys that come back.
 *
 * A frame is drawn anew each time: terminal_cells() gives the grid, cells_clear() empties it, views
 * paint on it through canvases (rectangles that clip what is drawn outside of them), and
 * terminal_show() brings it to the eyes. Cells hold grapheme clusters and style ids, never colours
 * and never a byte that a terminal obeys. There are two terminals: one in memory, for tests and
 * --screen, and the real one, whose frames curses composes; views cannot tell which they draw on.
 *
 * Columns and rows count from 0, from the upper left corner. Coordinates may be negative or lie
 * outside: nothing is painted there.
 */
#ifndef BYLINE_TERMINAL_H
#define BYLINE_TERMINAL_H

#include "byline/layout.h"
#include "byline/theme.h"

struct spot {
	int column, row;
};

struct area {
	int column, row;   /* of the upper left cell */
	int columns, rows; /* size; nothing where one is not positive */
};

/* ---- Cells ------------------------------------------------------------------------------ */

/* One cell. A wide character has two: the left one with its glyph and width 2, the right one with
 * width 0 and the same style. */
struct cell {
	uint32_t glyph; /* a code point, or from CELL_CLUSTER on an entry of the grid's clusters */
	style_id style;
	uint8_t width; /* 1, 2, or 0: the right half of what stands to the left */
	uint8_t spare;
};
#define CELL_CLUSTER 0x110000u

struct cells {
	struct cell *items; /* rows × columns, row by row */
	int columns, rows;
	struct spot cursor; /* column -1: none to be seen */
	struct styles *styles;
	struct width_policy policy;
	struct buffer clusters; /* those of several code points, each after a byte of its length */
	size_t capacity;
};

/* A grid of at least 1×1 and at most CELLS_SIDE on each side, empty. `styles` must outlive it. */
#define CELLS_SIDE 2000
void cells_init(struct cells *cells, struct styles *styles, const struct width_policy *policy);
void cells_resize(struct cells *cells, int columns, int rows); /* and clears */
void cells_clear(struct cells *cells);                         /* blanks in STYLE_TEXT, no cursor */
void cells_release(struct cells *cells);

const struct cell *cells_at(const struct cells *cells, struct spot at); /* at must lie inside */
/* The bytes of a cell's cluster (none for a right half); `room` holds them where it must. */
struct slice cells_glyph(const struct cells *cells, struct spot at, char room[static 4]);

/* Appends the rows as lines, blanks at their ends cut. */
void cells_print(const struct cells *cells, struct buffer *into);
/* Appends each row uncut, and below it a line of equal width with a letter a cell (`.` for plain
 * text, two for a wide character); then the legend, a line a letter: "a entity.person+quote.text".
 * Letters are given in the order of reading: a to z, A to Z, 0 to 9, then `*` for all others. */
void cells_print_styles(const struct cells *cells, struct buffer *into);

/* ---- Drawing ---------------------------------------------------------------------------- */

/* A rectangle of a grid with an origin of its own: what is drawn through it cannot leave it. */
struct canvas {
	struct cells *cells;
	int columns, rows; /* its size as it was asked for; may reach beyond what can be seen */
	int left, top;     /* where its 0,0 is on the grid */
	struct area seen;  /* on the grid: where it may paint */
};

struct canvas canvas_whole(struct cells *cells);
/* A part of a canvas, in its coordinates; clipped to what the whole may paint. */
struct canvas canvas_part(const struct canvas *canvas, struct area area);

/* Blanks in exactly this style: what lay there is gone. */
void canvas_fill(const struct canvas *canvas, struct area area, style_id style);
/* Lays a style over what stands there; the characters stay. */
void canvas_tint(const struct canvas *canvas, struct area area, style_id style);
/* Writes text on one row, its style laid over that of the cells it takes, and returns the column
 * after it. Characters that the canvas's edge would cut in half become blanks. Line ends and tabs
 * are blanks, other controls the signs that text_visible has for them, NUL and BOM nothing;
 * where only ASCII can be shown, everything else appears in its ASCII form. Takes time for what is
 * seen. */
int canvas_put(const struct canvas *canvas, struct spot at, struct slice text, style_id style);
int canvas_text(const struct canvas *canvas, struct spot at, const char *text, style_id style);
/* Writes text so that it ends before `end`, and returns its first column. */
int canvas_put_right(
	const struct canvas *canvas, struct spot end, struct slice text, style_id style);
/* The same within `area.columns` cells of the area's first row, ending in `…` where it is cut. */
int canvas_put_within(
	const struct canvas *canvas, struct area area, struct slice text, style_id style);
/* Fills an area with one character: a bar, a rule, a track. Where it would be wide, its ASCII form.
 */
void canvas_tile(
	const struct canvas *canvas, struct area area, const char *character, style_id style);
/* Shows the cursor there, or nowhere if that cannot be seen. */
void canvas_cursor(const struct canvas *canvas, struct spot at);

/* ---- Keys ------------------------------------------------------------------------------- */

/* Keys that are no characters, above all code points; the notation of each is in keys.c. */
enum press {
	PRESS_ENTER = 0x110000,
	PRESS_TAB,
	PRESS_ESC,
	PRESS_BACKSPACE,
	PRESS_DELETE,
	PRESS_UP,
	PRESS_DOWN,
	PRESS_LEFT,
	PRESS_RIGHT,
	PRESS_HOME,
	PRESS_END,
	PRESS_PAGE_UP,
	PRESS_PAGE_DOWN,
	PRESS_F1,
	PRESS_F12 = PRESS_F1 + 11,
	PRESS_RESIZE, /* the terminal has `spot` columns and rows now */
	PRESS_CLICK,  /* at `spot` */
	PRESS_WHEEL,  /* spot.row steps, down where positive */
	PRESS_PASTE,  /* text was pasted: terminal_pasted has it */
	PRESS_GROUND, /* the terminal has told how light its ground is: terminal_ground */
};

enum modifier { MODIFIER_CONTROL = 1, MODIFIER_META = 2, MODIFIER_SHIFT = 4 };

/* One press. Control with a letter is the lower-case letter with MODIFIER_CONTROL; what a terminal
 * sends alike is alike: C-m is Enter, C-i Tab, C-[ Esc. Shift shows in the character itself and
 * is a modifier with PRESS keys only. */
struct key {
	uint32_t code; /* a code point, or enum press */
	uint8_t modifiers;
	bool more; /* the next key belongs to the same token of a line of notation */
	struct spot spot;
};

struct keys {
	struct key *items;
	size_t count, capacity;
};

bool key_equal(struct key a, struct key b); /* `more` aside */
/* Appends the keys of a line in key notation: tokens divided by blanks; `<Name>` is a key, anything
 * else is typed character by character. Each unknown name is reported, with the nearest known; the
 * rest is appended all the same. True where nothing was wrong. */
bool keys_parse(struct slice line, struct keys *into, struct diagnostics *out);
void keys_add(struct keys *keys, struct key key);
void keys_release(struct keys *keys);
/* Appends a key in notation; parsing that gives the key again. */
void key_print(struct key key, struct buffer *into);

/* The names between the angle brackets, for lists and manuals; NULL after the last. Some want an
 * argument after a colon. */
struct key_name {
	const char *name;
	uint32_t code;
	const char *argument; /* its form: "COLUMN,ROW"; or NULL */
	const char *help;
};
extern const struct key_name key_names[];

/* ---- Terminals -------------------------------------------------------------------------- */

struct terminal;

/* A terminal in memory: keys are given by terminal_type, and run out. */
struct terminal *terminal_memory(
	struct styles *styles, const struct width_policy *policy, int columns, int rows);
void terminal_type(struct terminal *terminal, const struct key *keys, size_t count);

/* The real one. NULL where it cannot move a cursor or cannot be opened; `reason`
 * then gets why, for a notice before plain text. One at a time. Width policy: `ascii` is set where
 * the locale cannot show more. */
enum colour_when { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };
struct terminal_options {
	struct styles *styles;
	const struct theme *theme;
	struct width_policy policy;
	enum colour_when colour; /* ALWAYS: even where NO_COLOR is set */
	bool ask_ground;         /* else PRESS_GROUND never comes */
};
struct terminal *terminal_open(const struct terminal_options *options, struct buffer *reason);

/* Puts the terminal back as it was found, and frees it. NULL is allowed. */
void terminal_free(struct terminal *terminal);

struct cells *terminal_cells(struct terminal *terminal);
/* Looks are asked of this theme from the next frame on; it must outlive its use. */
void terminal_theme(struct terminal *terminal, const struct theme *theme);
/* Brings the cells to the screen. */
void terminal_show(struct terminal *terminal);
/* Waits at most so many milliseconds (-1: for ever, 0: not at all) for a key; false: none came. In
 * memory, false once all are taken. After PRESS_RESIZE the cells have their new size, empty. */
bool terminal_key(struct terminal *terminal, int milliseconds, struct key *key);
/* Descriptors at which something to read ends the wait for a key as well: terminal_key is false
 * then, and who waits looks himself. At most WATCHED_MOST; those of before are forgotten. */
#define WATCHED_MOST 8
void terminal_watch(struct terminal *terminal, const int *descriptors, size_t count);
/* What was pasted when PRESS_PASTE came, as text: controls, line ends and tabs are blanks. It stays
 * until the next key. Pastes are never keys: who has no line to put one into lets it go. */
struct slice terminal_pasted(const struct terminal *terminal);
/* Whether what lies behind the text is dark or light, as the environment says; THEME_ANY where it
 * does not. The terminal is asked after the first frame, where the options say so, and never waited
 * for: PRESS_GROUND comes when it has answered. */
enum theme_variant terminal_ground(const struct terminal *terminal);
/* No key will ever come again: keys ran out, or the terminal has gone. */
bool terminal_ended(const struct terminal *terminal);

/* Everything is sent anew with the next frame. */
void terminal_redraw(struct terminal *terminal);
/* Stops this program as Ctrl-Z does, until it is continued. Nothing in memory. */
void terminal_suspend(struct terminal *terminal);

/* Puts the real terminal back, where one is open, for who leaves at once and frees nothing. From
 * any thread; allocates nothing. */
void terminal_abandon(void);

#endif
