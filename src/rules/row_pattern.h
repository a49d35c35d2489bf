/* row_pattern.h: patterns over rows of tokens.
 *
 * A row pattern is written like a regular expression whose letters are tokens: <X> is a token with
 * the atom X (or an alias's), a bare word that word's token, a sign itself; blanks only divide.
 * {{var}} is put in. PCRE2 matches it over bytes: each pattern sees a row through an alphabet of
 * its own, in which two sets of atoms are one letter where nothing that the pattern mentions tells
 * them apart.
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

/* What row patterns of one rule share. */
struct row_language {
	struct pack *pack;
	struct atom_table *table;
	struct atom_alias *aliases;
	size_t alias_count;
	const struct node *vars; /* a mapping, or NULL; the pack's own come after it */
	uint32_t candidate;      /* the atom <C> */
	struct atoms always;     /* atoms that every row holds: no use to ask for them */
};

/* What a named group tells. */
enum row_group { ROW_NONE, ROW_SPEAKER, ROW_HEAD, ROW_CUE, ROW_CANDIDATE };

struct row_pattern;

/* Reads a pattern and reports what is wrong with it at its place, also with the vars it names;
 * NULL after that. Lives in the pack. */
struct row_pattern *row_pattern_new(
	struct row_language *language, const struct node *node, struct diagnostics *out);

/* False where the atoms of a row cannot match it. */
bool row_pattern_fits(const struct row_pattern *pattern, const struct atoms *present);
/* How often <C> stands in it as something to match. */
size_t row_pattern_candidates(const struct row_pattern *pattern);

/* True where the pattern asks nothing but what the candidate itself is, as '(?=<R>)<C>' does; *is
 * gets the atoms of which it must have one, none where any candidate will do. */
bool row_pattern_is_test(const struct row_pattern *pattern, struct atoms *is);

/* The letter of a set. Letters stay what they are. */
char row_pattern_letter(struct row_pattern *pattern, uint32_t set);
/* Writes a row's letters, one a token. */
void row_pattern_spell(struct row_pattern *pattern, const uint32_t *sets, size_t count, char *into);

/* The first match at `from` or later in a row of letters. */
bool row_pattern_find(
	struct row_pattern *pattern, struct slice row, size_t from, struct match *match);
/* The tokens of the first group of that meaning that took part; start NOWHERE: none did. */
struct span row_pattern_group(
	const struct row_pattern *pattern, const struct match *match, enum row_group meaning);

#endif
