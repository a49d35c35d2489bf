/* expand.h: what the parts of the expander share; see expand.c. */
#ifndef TOOLS_EXPAND_H
#define TOOLS_EXPAND_H

#include "cli/options.h"

struct expansion {
	struct slice template; /* what is still to be read */
	struct packs *packs;   /* the embedded ones: they bring keys and names */
	struct buffer *out;
};

/* What a line `@NAME ARGUMENT` of a template becomes. */
struct part {
	const char *name;
	void (*print)(struct expansion *expansion, struct slice argument);
};
extern const struct part manual_parts[]; /* a name of NULL ends them */
extern const struct part shell_parts[];

/* Takes a line off a text, without its end; false at the end of the text. */
bool take_line(struct slice *text, struct slice *line);
/* Takes what stands before the next TAB off a line. */
struct slice take_field(struct slice *line);

#endif
