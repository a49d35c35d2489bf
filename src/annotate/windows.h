/* windows.h: where the windows of a text begin and end.
 *
 * A window is about 1 MB of blocks, ended early by a heading in its second half; of a block longer
 * than a piece may be it takes some pieces and leaves the next ones the others. So where windows
 * begin depends on the text alone, and while it grows all but the last ones stay.
 */
#ifndef ANNOTATE_WINDOWS_H
#define ANNOTATE_WINDOWS_H

#include "annotate/results.h"

struct window_place {
	struct span extent;    /* of the text */
	bool full;             /* no text that may still come changes where it ends */
	bool shown;            /* its result is in the last generation */
	struct result *result; /* what it found, if only when it was shorter; NULL: not read yet */
};

struct windows {
	struct window_place *items;
	size_t count, capacity;
	size_t length, closed; /* of the text they were last made for: bytes, closed blocks */
	bool whole;
};

/* Makes windows for what the text has got; true: there was something new. */
bool windows_extend(struct windows *windows, const struct document *document);
/* Forgets what was found. */
void windows_forget(struct windows *windows);
void windows_release(struct windows *windows);
/* The index of the window that holds an offset, the last one for those behind; there must be one.
 */
size_t windows_at(const struct windows *windows, size_t offset);
/* Whether the window's result is that of the text as it is now, but for what stands before it. */
bool place_stands(const struct window_place *place, const struct document *document);

/* Fills the window with the pieces of a stretch of the text. */
void window_cut(struct window *window, struct span extent);

#endif
