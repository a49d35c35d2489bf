/* signals.h: the terminal is put back on every way out, and signals wake who waits. */
#ifndef BYLINE_TERMINAL_SIGNALS_H
#define BYLINE_TERMINAL_SIGNALS_H

#include "byline/base.h"

enum woken_by { WOKEN_RESIZED = 1, WOKEN_CONTINUED = 2, WOKEN_STOP = 4 };

/* Waits until the terminal that is read from `input` and written to `output` is ours, remembers its
 * modes and takes over its signals until signals_end. Whatever kills the program, the modes are put
 * back first. */
bool signals_begin(int input, int output);
void signals_end(void);
/* Puts the modes back now. */
void signals_give_modes_back(void);

/* What puts the screen back is written, too, by whatever kills the program from now on; nothing
 * where it is empty, as while others use the terminal. It must stay as it is meanwhile. */
void signals_restore_with(struct slice sequences);

/* Becomes readable when a signal has come that somebody should look at. */
int signals_descriptor(void);
/* What has come since the last call, as bits of enum woken_by. */
int signals_take(void);

/* Stops the whole process group, as Ctrl-Z does; returns when it is continued. */
void signals_stop(void);
/* Waits, stopped, until this process group is the one the terminal listens to. */
void signals_await_foreground(void);

#endif
