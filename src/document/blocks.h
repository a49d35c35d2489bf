/* blocks.h: from lines to blocks: which line opens, continues or closes one.
 *
 * The maker reads a text as it grows. Whatever the steps it grows in, what is known after a step
 * depends on the text so far alone, and reading is linear: nothing is looked at again with each
 * byte of a line or of a run of blanks.
 */
#ifndef DOCUMENT_BLOCKS_H
#define DOCUMENT_BLOCKS_H

#include "document/block_list.h"
#include "document/headings.h"
#include "document/passage.h"
#include "document/stretch.h"

#define LIST_LEVELS 8

struct block_maker {
	struct manner manner; /* how lines are meant in this text, */
	struct manner meant;  /* and in the stretch whose lines are taken */
	struct heading_manner headings;
	size_t seen;            /* how far the text is read */
	size_t line;            /* where the line starts that is being read */
	struct span shown;      /* of that line what is not blank; empty: nothing yet */
	bool taken;             /* that line is part of the stretch or passage already */
	bool parted;            /* the block before the next one has ended for good */
	bool is_first;          /* there is no block yet */
	struct stretch stretch; /* lines of which it is not told yet how they are meant */
	bool has_passage;
	struct passage passage; /* the lines of the open block that are taken */
	struct passage before;  /* the passage before its last line, while rows are in doubt */
	unsigned levels[LIST_LEVELS]; /* indents of the items around the open one */
	unsigned depth;               /* how many of them */
	bool wraps;                   /* some block was wrapped by hand */
	struct block open;            /* all that is not closed, as it looks so far */
	bool has_open;
};

/* Decides how lines are meant, by the first stretch of the text, of which nothing is read yet;
 * `rows`: it is known that they are no prose. */
void blocks_begin(struct block_maker *maker, struct slice sample,
	const struct letterings *letterings, bool rows);
/* Reads what has been added to the text; blocks that will not change any more are added to
 * closed. */
void blocks_read(struct block_maker *maker, struct slice text, struct block_list *closed);
/* The same, of a text that ends here: its last line is whole. */
void blocks_finish(struct block_maker *maker, struct slice text, struct block_list *closed);

#endif
