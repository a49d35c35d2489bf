/* blocks.h: from lines to blocks: which line opens, continues or closes one.
 *
 * The maker reads a text as it grows. Whatever the steps it grows in, what is known after a step
 * depends on the text so far alone, and reading is linear: nothing is looked at again with each
 * byte of a line or of a run of blanks.
 */
#ifndef DOCUMENT_BLOCKS_H
#define DOCUMENT_BLOCKS_H

#include "document/block_list.h"

struct block_maker {
	enum shape shape;  /* how lines are meant */
	size_t seen;       /* how far the text is read */
	size_t line;       /* where the line starts that is being read */
	struct span shown; /* of that line what is not blank; empty: nothing yet */
	size_t marker; /* where the marker of that line ends, once it is settled; else NOWHERE */
	struct block open; /* as it is if the text ends here */
	bool has_open;
	bool line_is_open; /* the line being read is part of the open block */
};

/* Decides how lines are meant, by the first stretch of the text, of which nothing is read yet. */
void blocks_begin(struct block_maker *maker, struct slice sample);
/* Reads what has been added to the text; blocks that will not change any more are added to
 * closed. */
void blocks_read(struct block_maker *maker, struct slice text, struct block_list *closed);

#endif
