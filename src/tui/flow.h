/* flow.h: an article as rows of a width, laid out only where somebody looks.
 *
 * A line is what stands on one row of the view: a row of text, or the empty row above a block. It
 * is named by its block, the piece of the block, and its row in the piece, and is good until the
 * width changes or, in the last block, the text grows; what must live longer is a byte offset. One
 * step from line to line costs at most the wrapping of one piece, which is kept until others need
 * its place.
 */
#ifndef TUI_FLOW_H
#define TUI_FLOW_H

#include "byline/document.h"
#include "byline/layout.h"

struct line {
	size_t block;
	size_t piece; /* offset of the piece's first byte */
	size_t row;   /* in the piece */
	bool gap;     /* the empty row above the block's first one */
};

struct laid; /* a piece and its rows */

struct flow {
	const struct document *document;
	struct width_policy policy;
	unsigned width; /* cells */
	struct laid *laid;
};

void flow_init(
	struct flow *flow, const struct document *document, const struct width_policy *policy);
void flow_release(struct flow *flow);
/* At least 1; lines found before are not good any more if it changes. */
void flow_set_width(struct flow *flow, unsigned width);

/* The document must have a block for all below. */
struct line flow_first(struct flow *flow);
struct line flow_last(struct flow *flow);
/* The line that shows the byte, or the one before which it is swallowed. */
struct line flow_line_at(struct flow *flow, size_t offset);
/* One line on or back; false, and the line as it was, at the end. */
bool flow_next(struct flow *flow, struct line *line);
bool flow_previous(struct flow *flow, struct line *line);
/* Several; returns how many could be gone. */
size_t flow_forward(struct flow *flow, struct line *line, size_t count);
size_t flow_back(struct flow *flow, struct line *line, size_t count);
/* Its bytes and indent; of a gap the empty row where the block begins. */
struct row flow_row(struct flow *flow, const struct line *line);
/* Of a row that begins with a word which stands left of the row's indent; zeroed: of any other. */
struct hanging flow_hanging(struct flow *flow, const struct line *line);
/* What stands before a block's body, without white space: "-", "12.", "> >". */
struct slice flow_marker(const struct flow *flow, const struct block *block);
bool line_equal(const struct line *a, const struct line *b);
bool line_before(const struct line *a, const struct line *b);

#endif
