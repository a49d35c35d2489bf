/* passage.h: lines that follow each other and are one block, and of what kind it is.
 *
 * While lines are added only numbers are kept of them; what block they are can be asked at any
 * time, and may be another one after the next line.
 */
#ifndef DOCUMENT_PASSAGE_H
#define DOCUMENT_PASSAGE_H

#include "document/lines.h"
#include "document/shape.h"

#define NEED_MOST 160                  /* columns that are told apart */
#define COLUMN_WORDS (LINE_BYTES / 64) /* of a set of columns */

struct passage {
	struct manner manner; /* how its lines are meant */
	struct line_facts first, last;
	size_t start; /* of its extent */
	size_t end;   /* of the last line, without its end */
	size_t lines;
	unsigned base;   /* indent of its lines behind the first */
	unsigned level;  /* of an item */
	unsigned widest; /* columns */
	size_t tight;    /* joints at which the next word would have had no room */
	size_t loose;    /* joints at which it would */
	size_t capitals, small, codes, tables, gaps, lone; /* lines */
	uint32_t needs[NEED_MOST]; /* joints by the columns that the next word would have needed */
	uint64_t columns[COLUMN_WORDS]; /* where all lines have two blanks */
	uint8_t heading;                /* level, where a rule stands below it */
	bool fenced;                    /* code between fences */
	bool apart;                     /* an empty line, or nothing, stands before it */
	bool ended;                     /* an empty line stands behind it, or it can have no more */
};

void passage_begin(struct passage *passage, struct slice text, const struct line_facts *facts,
	const struct manner *manner);
void passage_add(
	struct passage *passage, struct slice text, const struct line_facts *facts, bool tight);
/* Its lines are rows so far. */
bool passage_is_rows(const struct passage *passage);
/* The block that it is; more_follows: there is another one behind it. */
struct block passage_block(const struct passage *passage, struct slice text, bool more_follows);

#endif
