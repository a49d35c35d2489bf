/* lettering.h: what a text itself says of its letters, as styles. */
#ifndef TUI_LETTERING_H
#define TUI_LETTERING_H

#include "byline/document.h"
#include "tui/overlay.h"

/* Makes the layer one of the letterings that a span of the text has. */
void lettering_lay(const struct document *document, struct styles *styles, struct span span,
	struct overlay *into);

#endif
