/* inks.h: colours that a text brings with it, as styles.
 *
 * "ink.red" and "ground.red" are the two colours of letters that a text wants so: of the sixteen by
 * name, of the terminal's palette by number ("ink.208"), or by light ("ink.#ff8700"). A theme may
 * say how these look, as of any style; what it does not say is as the text wants it.
 */
#ifndef BYLINE_THEME_INKS_H
#define BYLINE_THEME_INKS_H

#include "theme/colour.h"
#include "theme/loaded.h"

/* Gives the field that the layer's style asks for, where nobody has said it. */
void ink_fill(struct slice name, struct block *layer);
/* A name of a composition in which a text's colours are. */
bool name_has_inks(struct slice name);
/* Makes a look with such colours one that can be shown and read on the theme's ground at a depth
 * with colours: where the ground is known, what the terminal's palette would be becomes light, and
 * the words are as far from it as words must be. */
void ink_settle(struct look *look, struct colour theme_ground, enum depth depth);

#endif
