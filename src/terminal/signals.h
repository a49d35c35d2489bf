/* signals.h: the terminal's modes are put back on every way out, and signals wake who waits. */
#ifndef BYLINE_TERMINAL_SIGNALS_H
#define BYLINE_TERMINAL_SIGNALS_H

#include <stdbool.h>

enum woken_by { WOKEN_RESIZED = 1, WOKEN_CONTINUED = 2, WOKEN_STOP = 4 };

/* Remembers the modes of the terminal open on `descriptor` and takes over its signals until
 * signals_end. Whatever kills the program, the modes and the screen are restored first. */
bool signals_begin(int descriptor);
void signals_end(void);

/* Becomes readable when a signal has come that somebody should look at. */
int signals_descriptor(void);
/* What has come since the last call, as bits of enum woken_by. */
int signals_take(void);

/* Stops the whole process group, as Ctrl-Z does; returns when it is continued. */
void signals_stop(void);

#endif
