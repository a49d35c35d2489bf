/* panes.h: where everything stands on a screen of a size.
 *
 * From 110 columns the article has a column of lists to its right; from 72 a list opens as a drawer
 * beside it; below, one pane is seen at a time. Few rows first cost the empty ones, then the
 * header, then the status line.
 */
#ifndef TUI_PANES_H
#define TUI_PANES_H

#include "terminal/terminal.h"

/* The panes that have the keys in turn, and those that lie over the article while they are open. */
enum pane {
	PANE_ARTICLE,
	PANE_ENTITIES,
	PANE_QUOTES,
	PANE_CARD,
	PANE_HELP,
	PANE_BOOKMARKS,
	PANE_COUNT
};
#define PANE_BASE_COUNT 3 /* the first ones, which Tab goes through */

#define FRAME_WIDE 110 /* columns */

enum width_class { WIDTH_NARROW, WIDTH_MIDDLE, WIDTH_WIDE };

/* What the places depend on. */
struct wish {
	int columns, rows;
	unsigned measure;
	enum pane focus;             /* of the first three */
	bool shown[PANE_BASE_COUNT]; /* wide: which lists stand in the column; else: which one is
					open */
	int quote_rows;              /* height at which all quotes would be seen */
	int lists_wider;             /* columns, beyond the usual ones */
	bool zen;                    /* nothing but the text */
};

struct frame {
	enum width_class width_class;
	int columns, rows;
	int left, right;     /* columns where header and status begin and end */
	int header, status;  /* rows; -1: none */
	struct area body;    /* between them, all columns */
	struct area article; /* the article's part of it, with margins and scroll bar; or empty */
	struct area text;    /* its text */
	int bar, scroll;     /* columns of the chosen quote's bar and of the scroll bar; -1: none */
	struct area lists[PANE_BASE_COUNT]; /* a cell wider on each side than its words; or empty */
	int lists_columns,
		lists_usual; /* of column or drawer, and unless somebody resized it; 0: none */
	struct area drawer;  /* the raised ground behind one */
	struct area over;    /* what card and help may take */
};

void frame_place(struct frame *frame, const struct wish *wish);
bool area_is_empty(struct area area);

#endif
