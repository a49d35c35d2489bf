/* schema.h: YAML with places, and tables that load it.
 *
 * yaml_read turns bytes into a tree of nodes that know their line and column; schema_load walks a
 * mapping with a table of fields, fills a struct and complains of everything that is wrong in one
 * run. A tree is plain data (32-bit indexes, no pointers), so one made when the program is built
 * can be used from read-only memory as it is.
 */
#ifndef BYLINE_SCHEMA_H
#define BYLINE_SCHEMA_H

#include "byline/base.h"

/* ---- Nodes ------------------------------------------------------------------------------ */

enum node_kind { NODE_SCALAR, NODE_SEQUENCE, NODE_MAPPING };

/* Children of a sequence are its items; of a mapping key, value, key, value. */
struct node {
	uint8_t kind;  /* enum node_kind */
	uint8_t plain; /* a scalar without quotes: null, true, 12 have a meaning */
	uint16_t spare;
	uint32_t line, column; /* from 1; column in code points */
	uint32_t start, end;   /* bytes in the source */
	uint32_t text, length; /* scalar: in `strings`; NUL follows */
	uint32_t child;        /* first child, 0: none (node 0 is the root, never a child) */
	uint32_t next;         /* next sibling, 0: none */
	uint32_t count;        /* children; of a mapping, pairs */
};

struct tree {
	const struct node *nodes; /* nodes[0] is the root; an empty document has one null scalar */
	const char *strings;
	uint32_t node_count, string_bytes;
	const char *path;    /* for messages; borrowed */
	struct slice source; /* for excerpts; empty where it is not kept */
};

/* Bounds of what is read; beyond each a diagnostic says so. */
#define YAML_DEPTH 64
#define YAML_BYTES (8u << 20)
#define YAML_NODES 400000u
#define YAML_ALIAS_NODES 20000u /* nodes copied through aliases, in all */

/* Parses one YAML 1.1 document into arena memory. `source` must live as long as the tree. Syntax
 * errors, duplicate keys (naming the first place), a second document and spent budgets are
 * reported; false where no tree could be made. Aliases are copied; `<<` merges. */
bool yaml_read(struct slice source, const char *path, struct arena *arena, struct tree *tree,
	struct diagnostics *out);

struct slice node_text(const struct tree *tree, const struct node *node);
const struct node *node_child(const struct tree *tree, const struct node *node); /* NULL: none */
const struct node *node_next(const struct tree *tree, const struct node *node);
/* The value of a mapping's key, or NULL; *key_node, unless NULL, gets the key's node. */
const struct node *node_value(const struct tree *tree, const struct node *mapping, const char *key);
bool node_is_null(const struct tree *tree, const struct node *node);
const char *node_kind_name(const struct node *node); /* "a mapping", "a list", "a text" */
/* How many bytes of a user's text a message quotes, for `%.*s`: whole characters, not too many. */
int quoted_length(struct slice text);

/* Reports at a node, with excerpt and caret. */
void node_report(const struct tree *tree, const struct node *node, struct diagnostics *out,
	const char *format, ...) __attribute__((format(printf, 4, 5)));
/* The same at a byte inside a scalar's value (for a pattern's error), exact for plain and
 * single-quoted scalars on one line; else at the node. */
void node_report_at(const struct tree *tree, const struct node *node, size_t byte,
	struct diagnostics *out, const char *format, ...) __attribute__((format(printf, 5, 6)));

/* ---- Field tables ----------------------------------------------------------------------- */

enum field_type {
	FIELD_TEXT,    /* struct slice */
	FIELD_INTEGER, /* int64_t */
	FIELD_NUMBER,  /* double */
	FIELD_FLAG,    /* bool: true/false (YAML 1.1's yes, no, on, off are refused with a hint) */
	FIELD_CHOICE,  /* int: index in `choices` */
	FIELD_RANGE,   /* struct range: "2-5" or "3" */
	FIELD_TEXTS,   /* struct texts: a list of texts, or one */
	FIELD_NODE,    /* const struct node *: kept as it is, checked by the owner */
	FIELD_STRUCT,  /* a mapping loaded with `fields` into the struct at the offset */
	FIELD_CUSTOM,  /* `load` does it */
};

struct range {
	int64_t low, high;
};

struct texts {
	const struct slice *items;
	const struct node *const *nodes; /* where each stands */
	size_t count;
};

struct loading {
	const struct tree *tree;
	struct arena *arena; /* what is loaded lives here, but for texts, which live in the tree */
	struct diagnostics *out;
	void *context; /* the owner's */
};

struct field {
	const char *key;
	enum field_type type;
	size_t offset; /* in the struct that is filled */
	bool required;
	const char *help;           /* one line: what it says; for manuals and schemas */
	const char *const *choices; /* FIELD_CHOICE; NULL ends it */
	const struct field *fields; /* FIELD_STRUCT; a key of NULL ends it */
	bool (*load)(struct loading *loading, const struct node *value, void *at);
	double low, high; /* FIELD_INTEGER, FIELD_NUMBER: bounds where low < high */
};

/* Fills `into` from a mapping. Unknown keys (nearest named), missing and mistyped ones are all
 * reported; what is right is loaded all the same. True where nothing was wrong. `what` names the
 * mapping in messages: "rule". */
bool schema_load(struct loading *loading, const struct node *mapping, const struct field *fields,
	const char *what, void *into);
/* Loads one value of a field's type; what schema_load does for each. */
bool schema_load_value(
	struct loading *loading, const struct node *value, const struct field *field, void *into);

#endif
