/* drain.h: what was printed goes on its way before it becomes long. */
#ifndef EXPORT_DRAIN_H
#define EXPORT_DRAIN_H

#include "byline/export.h"

/* To be called between two items. */
void export_drain(const struct exported *what, struct buffer *printed);

#endif
