/* keymap_file.h: what a file of keys may say, for who checks it and for the manual. */
#ifndef TUI_KEYMAP_FILE_H
#define TUI_KEYMAP_FILE_H

#include "byline/schema.h"

extern const struct field keymap_fields[]; /* a key of NULL ends it */

#endif
