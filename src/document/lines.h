/* lines.h: what a line of plain text is by itself. */
#ifndef DOCUMENT_LINES_H
#define DOCUMENT_LINES_H

#include "byline/document.h"

/* All that is told of a line is told by so many of its first bytes, but for how it ends. */
#define LINE_BYTES 512
/* Columns of lines beyond which nobody wraps by hand. */
#define WRAPPED_MOST 140
/* A line that is wider is no line of a wrapped paragraph, however carelessly that was wrapped. */
#define ALONE_LEAST 200

/* Columns count a tab up to the next multiple of eight, wide characters twice, marks not at all. */
struct line_facts {
	struct span line;  /* without its end */
	struct span shown; /* without the white space around it and the marks of a quotation */
	unsigned indent;   /* columns before what is shown, those marks not counted */
	unsigned width;    /* columns up to its end */
	unsigned second; /* column behind its one wide gap: a word and what is said of it; else 0 */
	unsigned word;   /* columns of its first word */
	size_t marker;   /* bytes of the marker of an item and the blank behind it; 0: none */
	uint8_t depth;   /* marks of a quotation before it */
	char rule;       /* the one sign that it consists of, three times or more; 0: not so */
	bool numbered;   /* the marker is a number */
	bool page;       /* a page begins with it */
	bool fence;      /* three backticks or tildes begin it */
	bool table;      /* columns: bars, boxes, tabs, gaps of three blanks or more, leaders */
	bool leader;     /* full stops that lead to a column */
	bool gaps;       /* several gaps of two blanks: columns, or a justified line */
	bool code;       /* signs as they are in programs and commands */
	bool capital, small; /* what its first letter is; of other scripts neither */
	bool letter;         /* it begins with a letter, or marks and brackets before one */
	bool ends;           /* as a sentence does, or a clause that a list follows */
	bool field;          /* it begins with a name and a colon */
	bool lone;           /* its first word is half of it or more */
	bool hyphen;         /* it ends with one, behind a letter: a word may go over */
	bool cut;            /* it is longer than LINE_BYTES */
};

/* What is left of a span without the white space around it, of which control characters are no
 * part: they are seen. An empty one where that is nothing. */
struct span text_shown(struct slice text, struct span span);
/* Looks at a line, which shows what is given of it and no more. Of one that is not read yet to its
 * end nothing changes any more once line_is_settled, but where it ends. */
struct line_facts line_look(struct slice text, struct span line, struct span shown);
/* Takes its marks for what they are in data and programs: signs like any other. */
void line_mean_nothing(struct line_facts *facts, struct span shown);
bool line_is_settled(struct span line, struct span shown);
/* It has nothing to do with the lines around it, but in rows. */
bool line_stands_alone(const struct line_facts *facts);
/* A short line that ends like a title, not like a sentence; the first of a text may be longer. */
bool line_is_heading(struct slice body, bool first);

#endif
