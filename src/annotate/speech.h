/* speech.h: how the quotes of a window came about, for those who ask why. */
#ifndef ANNOTATE_SPEECH_H
#define ANNOTATE_SPEECH_H

#include "annotate/facts.h"

/* Appends indented lines about the quote whose marks hold a byte: its row before and after the
 * folds, the step, the evidence for and against the candidates with their shares, what rejected
 * it. False: no quote stands there. The window is as speech_find had it. */
bool speech_why(
	const struct window *window, const struct rule *rule, size_t offset, struct buffer *into);

#endif
