/* endings.h: what the name of a file says of its lines. */
#ifndef DOCUMENT_ENDINGS_H
#define DOCUMENT_ENDINGS_H

#include <stdbool.h>

/* By the name, its lines are those of data, settings or a program, and no prose. */
bool path_has_rows(const char *path);

#endif
