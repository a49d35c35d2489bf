/* row_pieces.h: a row pattern as read, for the two files that make one. */
#ifndef RULES_ROW_PIECES_H
#define RULES_ROW_PIECES_H

#include "rules/row_pattern.h"

#define PREDICATES 64   /* bits of a signature */
#define LETTER_FIRST 33 /* no letter is a line end, which `$` would step over */
#define LETTER_LAST 253
#define LETTER_OTHER 254 /* should the letters run out: no predicate holds */
#define LETTER_NEVER 255 /* stands in classes of no letter at all */
#define NEEDS 8
#define VAR_DEPTH 16

enum piece_kind {
	PIECE_TEXT, /* anchors: as they are */
	PIECE_ANY,
	PIECE_TOKEN,
	PIECE_OPEN,
	PIECE_CLOSE,
	PIECE_OR,
	PIECE_QUANTITY,
	PIECE_CLASS,
	PIECE_CLASS_END,
};

struct piece {
	uint8_t kind;  /* enum piece_kind */
	bool refuses;  /* OPEN: of a negative look; CLASS: `[^` */
	bool optional; /* QUANTITY: none is enough; OPEN: what it holds need not stand there */
	uint8_t predicate;
	const char *text;
	const struct node *node;
	uint32_t byte;    /* in the node's text */
	uint32_t written; /* where it begins in what PCRE2 reads; of the last writing */
};

struct row_pattern {
	struct row_language *language;
	struct piece *pieces;
	size_t piece_count;
	struct atoms predicates[PREDICATES];
	size_t predicate_count;
	struct atoms needs[NEEDS];
	size_t need_count;
	uint8_t groups[PATTERN_GROUPS]; /* enum row_group */
	size_t group_count;
	size_t candidates; /* places of <C> that are no refusal */
	uint64_t signatures[LETTER_OTHER];
	size_t letter_count;
	uint8_t *letters; /* by set; 0: not known yet */
	size_t letters_capacity;
	struct pattern *pattern; /* NULL: to be written anew */
	size_t slot;             /* its place in the pack's patterns; NOWHERE: none yet */
};

/* row_read.c: reads the text of a node into pieces, predicates, groups and needs; false after
 * reporting what is wrong. */
bool row_read(struct row_pattern *pattern, const struct node *node, struct diagnostics *out);

#endif
