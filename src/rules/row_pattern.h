/* row_pattern.h: patterns over rows of tokens.
 *
 * A row pattern is written like a regular expression whose letters are tokens: <X> is a token with
 * the atom X (or an alias's), a bare word that word's token, a sign itself; blanks only divide.
 * {{var}} is put in. How it is matched is told in row_match.c.
 */
#ifndef RULES_ROW_PATTERN_H
#define RULES_ROW_PATTERN_H

#include "rules/atoms.h"
#include "rules/pack.h"

/* A name for several atoms. */
struct atom_alias {
	struct slice name;
	struct atoms atoms;
};

struct row_predicates;
struct row_states;

/* What row patterns of one rule share. */
struct row_language {
	struct pack *pack;
	struct atom_table *table;
	struct row_predicates *predicates;
	struct row_states *states; /* of all patterns */
	struct atom_alias *aliases;
	size_t alias_count;
	const struct node *vars; /* a mapping, or NULL; the pack's own come after it */
	uint32_t candidate;      /* the atom <C> */
	struct atoms always;     /* atoms that every row holds: no use to ask for them */
};
/* Gives a language, whose table and candidate are known, what its patterns share. */
void row_language_init(struct row_language *language, struct arena *arena);

/* ---- Rows ------------------------------------------------------------------------------- */

#define ROW_WORDS 7
#define ROW_TOKENS (64 * ROW_WORDS - 1) /* a row has at most so many */

struct row;
struct row_pattern;
/* A row to be written anew again and again. Lives in the arena; belongs to one thread. The language
 * has all its patterns. */
struct row *row_new(struct row_language *language, struct arena *arena);
/* It may be asked this pattern. */
void row_want(struct row *row, const struct row_pattern *pattern);
/* Makes it the row of these sets of atoms, ROW_TOKENS at most; none is a candidate. The sets are
 * read when they are asked for: they must stay. */
void row_write(struct row *row, const uint32_t *sets, size_t count);
/* Before any pattern is asked. */
void row_add_candidate(struct row *row, size_t token);

/* Some of the tokens of a row. */
struct row_tokens {
	uint64_t words[ROW_WORDS];
};
static inline bool row_tokens_have(const struct row_tokens *tokens, size_t token)
{
	return tokens->words[token / 64] >> token % 64 & 1;
}

/* ---- Patterns --------------------------------------------------------------------------- */

/* What a named group tells. */
enum row_group { ROW_NONE, ROW_SPEAKER, ROW_HEAD, ROW_CUE };

/* Reads a pattern and reports what is wrong with it at its place, also with the vars it names;
 * NULL after that. Lives in the pack. */
struct row_pattern *row_pattern_new(
	struct row_language *language, const struct node *node, struct diagnostics *out);
/* Whether <C> stands in it. */
bool row_pattern_asks_candidate(const struct row_pattern *pattern);

/* Whether it matches anywhere. */
bool row_pattern_matches(const struct row_pattern *pattern, struct row *row);
/* The first match. */
bool row_pattern_find(const struct row_pattern *pattern, struct row *row, struct match *match);
/* The tokens of the first group of that meaning that took part; start NOWHERE: none did. */
struct span row_pattern_group(
	const struct row_pattern *pattern, const struct match *match, enum row_group meaning);
/* Those of the row's candidates as whose <C> it matches; false: none. */
bool row_pattern_candidates(
	const struct row_pattern *pattern, struct row *row, struct row_tokens *into);

#endif
