/* row_nodes.h: a row pattern as it is read and as it is matched, for the files that do. */
#ifndef RULES_ROW_NODES_H
#define RULES_ROW_NODES_H

#include "rules/row_pattern.h"

#define ROW_NODES 1024 /* of a pattern */
#define ROW_DEPTH 64   /* of its brackets */
#define ROW_NEEDS 8
#define ROW_PREDICATES 512 /* that the patterns of a rule name */
#define NO_PREDICATE UINT16_MAX
#define MANY UINT16_MAX /* a quantity without an upper bound */
#define VAR_DEPTH 16

/* ---- Pieces: one after the other, as they are written ----------------------------------- */

enum piece_kind {
	PIECE_TOKEN, /* or a class of them */
	PIECE_ANY,
	PIECE_START,
	PIECE_END,
	PIECE_OPEN,
	PIECE_CLOSE,
	PIECE_OR,
	PIECE_QUANTITY,
};

struct piece {
	uint8_t kind;       /* enum piece_kind */
	uint8_t group;      /* OPEN: its number, from 1; 0: none */
	bool refuses;       /* TOKEN: a class `[^`; OPEN: of a negative look */
	bool looks, behind; /* OPEN */
	bool lazy;          /* QUANTITY */
	bool atomic;        /* QUANTITY: possessive; OPEN: `(?>` */
	uint16_t predicate;
	uint16_t low, high; /* QUANTITY */
	uint32_t byte;      /* in the node's text */
	const struct node *node;
};

struct pieces {
	struct piece *items;
	size_t count, capacity;
};

/* ---- Nodes: what stands in what --------------------------------------------------------- */

enum row_node_kind {
	ROW_TOKEN,
	ROW_ANY,
	ROW_START,
	ROW_END,
	ROW_SEQUENCE,
	ROW_CHOICE,
	ROW_REPEAT,
	ROW_LOOK,
};

struct row_node {
	uint8_t kind; /* enum row_node_kind */
	uint8_t group;
	bool refuses, behind, lazy;
	bool atomic; /* what it took first is not tried otherwise */
	uint16_t predicate;
	uint16_t low, high;
	uint16_t first, last, next, previous; /* children, siblings; 0: none */
};

/* ---- States: what remains to be matched ------------------------------------------------- */

#define ROW_STATES 16384 /* of all patterns of a rule */

enum row_state_kind {
	STATE_ANYWHERE, /* nothing */
	STATE_TOKEN,    /* a token, then `next` */
	STATE_RUN,      /* several of them */
	STATE_EITHER,   /* `next`, or else `other` */
	STATE_START,    /* the start of the row, then `next` */
	STATE_END,
	STATE_LOOK,   /* `other` from here, too */
	STATE_ATOMIC, /* what `other` takes first, then `next` */
	STATE_LOOP,   /* `other`, which leads back here, or else `next` */
	STATE_HOLE,   /* back to the loop `next` */
	STATE_OPEN,   /* a group begins, or ends */
	STATE_CLOSE,
};

/* What remains to be matched from a place on: of `next` and `other` each is another state. Equal
 * ones are one. Those that look behind go the other way: what was matched up to a place. */
struct row_state {
	uint8_t kind; /* enum row_state_kind */
	uint8_t group;
	bool forwards;
	bool refuses;  /* TOKEN, RUN: tokens for which the predicate does not hold; LOOK */
	bool lazy;     /* RUN, LOOP */
	uint8_t depth; /* LOOP: how many it stands in; no byte is undefined: they are compared */
	uint16_t predicate; /* NO_PREDICATE: of any token */
	uint16_t low, high; /* RUN */
	uint16_t condition; /* RUN: what must be so before each of its tokens */
	uint16_t next, other;
	uint16_t last;  /* LOOP: the last of the states that lead back to it */
	uint16_t value; /* the state of the same places, but without groups */
};

struct row_states {
	struct arena *arena;
	struct row_state *items; /* the first is STATE_ANYWHERE */
	size_t count, capacity;
	uint16_t *slots; /* state + 1; 0: free */
	size_t slot_count;
};

/* Predicates, as bits. */
#define PREDICATE_WORDS (ROW_PREDICATES / 64)
struct row_truth {
	uint64_t words[PREDICATE_WORDS];
};

struct row_pattern {
	struct row_language *language;
	struct row_truth predicates; /* that it asks for */
	uint16_t start;              /* state */
	uint16_t before, after;      /* what may stand around <C>, where that is in no brackets */
	bool asks, between;          /* <C> stands in it; in no brackets */
	uint16_t needs[ROW_NEEDS];   /* predicates that hold somewhere in every row that matches */
	size_t need_count;
	uint8_t groups[PATTERN_GROUPS]; /* enum row_group */
	size_t group_count;
};

/* What a pattern is made by. */
struct row_tree {
	struct row_node nodes[ROW_NODES]; /* the first is the root, a sequence */
	size_t count;
	uint16_t candidate; /* the node of <C>; 0: none */
};

/* row_read.c: the pieces of a node's text; false after reporting what is wrong. */
bool row_read(struct row_pattern *pattern, const struct node *node, struct pieces *into,
	struct diagnostics *out);
/* row_nodes.c: makes nodes of them, and finds what every match needs. */
bool row_build(struct row_pattern *pattern, const struct pieces *pieces, struct row_tree *tree,
	struct diagnostics *out);
/* row_states.c: makes states of these; false: there is no room for so many. */
void row_states_init(struct row_language *language, struct arena *arena);
bool row_link(struct row_pattern *pattern, const struct row_tree *tree);

/* row_predicates.c: the number of a set of atoms that patterns ask for, of which a token must have
 * one; NO_PREDICATE: there is no room for more. The first is that of <C>. */
uint16_t row_predicate(struct row_language *language, const struct atoms *atoms);
const struct atoms *row_predicate_atoms(const struct row_language *language, uint16_t predicate);

/* ---- Rows ------------------------------------------------------------------------------- */

/* Places of a row, or tokens: the bits of the last ones come first, since patterns are followed
 * from their end. A place's bit counts the tokens behind it, a token's is that of the place behind
 * it. Sets have row.words words. */
struct row {
	struct row_language *language;
	const uint32_t *sets;
	size_t count, words;      /* tokens; words of a set */
	struct row_truth wanted;  /* predicates that are asked for */
	struct row_truth present; /* that hold for some token */
	bool masked;
	uint64_t *masks;  /* by predicate: the tokens it holds for */
	uint64_t *values; /* by state: the places from which the rest can be matched */
	uint32_t *known;  /* by state: the epoch in which its value was found */
	uint32_t epoch;
	unsigned steps; /* of loops */
};

/* Makes the masks, where they are not. */
void row_mask(struct row *row);

#endif
