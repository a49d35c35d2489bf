/* embedded.h: the themes in the binary, parsed when it was built; tools/embed-themes.c writes them.
 */
#ifndef BYLINE_THEME_EMBEDDED_H
#define BYLINE_THEME_EMBEDDED_H

#include "byline/schema.h"

struct embedded_theme {
	const char *name; /* the file's, without folder and ending; NULL after the last */
	struct tree tree; /* with its source, whole */
};

extern const struct embedded_theme embedded_themes[];

#endif
