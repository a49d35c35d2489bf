/* census.h: lines of a plain text counted, by what they are and how they follow each other. */
#ifndef DOCUMENT_CENSUS_H
#define DOCUMENT_CENSUS_H

#include "document/lines.h"

/* Two lines that follow each other. */
struct joint {
	unsigned width;         /* of the first */
	unsigned need;          /* columns that it would have with the next word */
	unsigned above, indent; /* of the first, of the second */
	bool level;             /* they may be lines of one paragraph */
	bool goes_on;           /* the sentence does */
	bool runs;              /* it surely does */
};

struct joint joint_between(const struct line_facts *before, const struct line_facts *after);
/* The second line's first word had no room on the first, or hardly. */
bool joint_is_full(const struct joint *joint, unsigned width);
/* Both begin with the same word, or all but. */
bool lines_begin_alike(struct slice text, struct span one, struct span other);
/* Signs of programs that are seldom in prose of any kind. */
bool line_has_hard_signs(struct slice text, struct span shown);

#define CENSUS_SEPARATORS 4
struct fields {
	size_t counts[CENSUS_SEPARATORS]; /* signs that may stand between them, by sign */
	size_t tight;                     /* these and tabs, without a blank behind them */
};

struct census {
	struct joint *joints;
	size_t count, capacity;
	size_t level;                     /* joints that are */
	size_t starts;                    /* of those, at which both lines begin alike */
	size_t indents[WRAPPED_MOST];     /* lines by where they begin */
	size_t lines;                     /* all, and those that … */
	size_t ends, codes;               /* … are so, */
	size_t narrow;                    /* … are as narrow as rows are, */
	size_t sentences;                 /* … are sentences by themselves, */
	size_t odd;                       /* … have signs that prose seldom has, */
	size_t tables, gaps, table_bytes; /* … have columns, */
	size_t lone;                      /* … are little more than a word, */
	size_t far;                       /* … are no rows of a table any more, */
	size_t set_in;                    /* … are, below another, */
	size_t alike;                     /* … have as many fields as the line before, */
	size_t tight;                     /* … and by signs as they are not in prose, */
	size_t wide;                      /* … are wider than most rows */
	size_t bytes, wide_bytes;         /* of all lines, of those that are wide, … */
	size_t long_bytes;                /* … and of paragraphs that nobody wrapped */
	struct line_facts before;         /* the last line, … */
	struct fields fields;             /* … its fields, … */
	bool follows;                     /* … and that another one would stand below it */
};

void census_take(struct census *census, struct slice text, const struct line_facts *facts);
/* An empty line, or what is not counted. */
void census_part(struct census *census);
void census_release(struct census *census);

#endif
