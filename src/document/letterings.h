/* letterings.h: in which lettering each stretch of a text stands, four bytes a stretch.
 *
 * A text is told from its beginning to its end in what lettering it goes on. Stretches that are
 * over never move and never change, so that who has a view may ask it while more come.
 */
#ifndef DOCUMENT_LETTERINGS_H
#define DOCUMENT_LETTERINGS_H

#include "byline/document.h"
#include "document/shelf.h"

struct letterings {
	struct shelf runs;     /* uint32_t: those that are over, plain ones too */
	struct shelf starts;   /* size_t: where each run begins that is the first of a few */
	struct shelf coloured; /* struct lettering: those with colours, once each */
	uint16_t *slots;       /* of a hash over them; NULL: there is none yet */
	size_t start;          /* of the run that goes on */
	struct lettering now;  /* its lettering */
	uint32_t number;       /* of that */
};

/* To be copied. The last run goes on to the end of the text. */
struct lettering_view {
	const struct letterings *of;
	size_t count, start;
	struct lettering last;
};

void letterings_init(struct letterings *letterings);
void letterings_release(struct letterings *letterings);
/* From `at` on, which is never less than the last time, the text stands in this lettering. */
void letterings_turn(struct letterings *letterings, size_t at, const struct lettering *to);
struct lettering_view letterings_view(const struct letterings *letterings);
/* As document_lettered, of a text of `length` bytes. */
bool lettering_view_find(
	const struct lettering_view *view, size_t offset, size_t length, struct lettered *into);

#endif
