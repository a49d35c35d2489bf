/* styles.h: what themes need of the interned styles beyond their names. */
#ifndef BYLINE_THEME_STYLES_H
#define BYLINE_THEME_STYLES_H

#include "byline/theme.h"

/* Of the style's name: the same in every `struct styles`, so a cache can tell whose id it holds. */
uint64_t style_hash(const struct styles *styles, style_id style);

/* The dotted parent of a name: "entity" of "entity.person"; empty: there is none. */
struct slice style_parent(struct slice name);
/* "entity.person" lies under "entity" and under itself. */
bool style_under(struct slice name, struct slice ancestor);
/* The row of style_table that names it, NULL: none. */
const struct style_entry *style_entry_of(struct slice name);
/* The same of the nearest ancestor that has one; at last that of "text". */
const struct style_entry *style_entry_above(struct slice name);
/* True of a name that means something: one of style_table, or any below "entity", "user",
 * "ink" and "ground". */
bool style_known(struct slice name);

#endif
