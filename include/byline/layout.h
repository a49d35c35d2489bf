/* layout.h: from text to rows of a width: grapheme clusters, their width in cells, line breaks.
 *
 * Pure: text, width and policy in, rows out. A row names bytes of the text; blanks that a break
 * swallows belong to no row. Nothing is laid out that nobody looks at: callers ask a block at a
 * time.
 */
#ifndef BYLINE_LAYOUT_H
#define BYLINE_LAYOUT_H

#include "byline/base.h"

/* How wide clusters are, without asking the locale (UAX #11, UTS #51). */
struct width_policy {
	uint8_t ambiguous; /* cells of an East Asian Ambiguous character: 1 or 2 */
	uint8_t ascii;     /* 1: only ASCII can be shown; anything else is drawn as a substitute */
};

/* Length in bytes of the grapheme cluster (UAX #29, extended) that starts at `at`. */
size_t cluster_length(struct slice text, size_t at);
/* Cells of a cluster: 0 (NUL, BOM, format characters without a shape), 1 or 2. Line ends, alone or
 * not, and tabs are a blank of 1, other controls as many as their sign has letters; a lone
 * combining mark is 1. Where only ASCII can be shown, all but these signs are 1. */
unsigned cluster_width(struct slice cluster, const struct width_policy *policy);
/* Cells of a whole text. */
size_t text_width(struct slice text, const struct width_policy *policy);
/* The longest head of text that fits in `cells`; *width, unless NULL, gets its cells. */
size_t text_fit(struct slice text, size_t cells, const struct width_policy *policy, size_t *width);
/* The sign by which a control is seen, as text_visible has it: `^[`, `\x9b`, `\u202e`; returns its
 * cells, 0 for a cluster that is none or that is nothing or a blank to the eye. */
unsigned cluster_sign(struct slice cluster, char into[static SIGN_MOST]);
/* What stands for a cluster that has no sign where only ASCII can be shown: `e` for é, `"` for a
 * curly quote mark, `|` for a bar; `?` for what has no such form, a blank for any white space. */
char cluster_ascii(struct slice cluster);

struct row {
	size_t start, end; /* bytes of the text, with `base` added */
	uint32_t width;    /* cells from start to end, the swallowed blanks not counted */
	uint32_t indent;   /* cells before the first (hanging indents) */
};

struct rows {
	struct row *items;
	size_t count, capacity;
};

/* Wraps a body into rows of at most `width` cells (at least 1), greedy, at the breaks UAX #14
 * allows, less those the post-filter forbids (no break before a letter or digit after . , or :
 * without a space, rule LB29); a word too long is cut at a cluster. Appends to rows; always at
 * least one. `indent` cells hang on every row but count in the width. */
void rows_wrap(struct slice body, size_t base, unsigned width, unsigned indent,
	const struct width_policy *policy, struct rows *into);
void rows_release(struct rows *rows);

/* The same of a body that was wrapped by hand. White space in it is one blank: line ends, what
 * stands behind them (joint_length), and double blanks behind full stops (more than three are two);
 * between two wide characters, and behind a hyphen in a word, a line end is nothing at all. */
struct fitting {
	size_t base;
	unsigned width, indent;
	const struct width_policy *policy;
};
void rows_rewrap(struct slice body, const struct fitting *fitting, struct rows *into);
/* Length of such white space, 0 where there is none, and its cells. */
size_t wrapped_blank(struct slice text, size_t at, unsigned *width);

/* ---- Lines that are rows: verse, tables, code ------------------------------------------- */

/* Each line of a body becomes a row as wide as it is, without the blanks at its end; tabs go to the
 * next multiple of eight columns. Where the body is a quotation's, `marked`, its marks before lines
 * belong to no row. */
void rows_split(struct slice body, const struct fitting *fitting, bool marked, struct rows *into);

/* What of such a row is seen between two of its columns. */
struct sight {
	size_t start, end; /* bytes of the row */
	uint32_t column;   /* of the first one: at the left edge, or beyond where that cuts one */
};
struct sight row_sight(
	struct slice row, uint32_t left, uint32_t right, const struct width_policy *policy);
/* The column at which a byte of such a row stands. */
uint32_t row_column(struct slice row, size_t at, const struct width_policy *policy);
/* Cells from a column to the next multiple of eight. */
unsigned tab_width(uint32_t column);

#endif
