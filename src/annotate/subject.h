/* subject.h: what patterns see of a piece: in one that was wrapped by hand a line end, with what
 * stands around it, is one blank; behind a hyphen in a word it is nothing. */
#ifndef ANNOTATE_SUBJECT_H
#define ANNOTATE_SUBJECT_H

#include "byline/document.h"

/* Behind a place of the subject so many bytes of the text are missing. */
struct subject_cut {
	size_t at, missing;
};

struct subject {
	struct slice text; /* the piece itself, or the copy */
	size_t base;       /* offset of the piece in the document */
	struct buffer copy;
	struct subject_cut *cuts;
	size_t cut_count, cut_capacity;
};

/* `joined`: line ends in the piece are to be blanks. Zero-initialised before the first use. */
void subject_set(struct subject *subject, struct slice piece, size_t base, bool joined);
void subject_release(struct subject *subject);
/* Where a span of the subject stands in the document. */
struct span subject_place(const struct subject *subject, struct span span);

#endif
