/* headings.h: headings that a text shows by how they are written.
 *
 * In a manual's page what stands flush left is in bold and all else is set in; between the two may
 * stand headings of a second level.
 */
#ifndef DOCUMENT_HEADINGS_H
#define DOCUMENT_HEADINGS_H

#include "document/letterings.h"
#include "document/lines.h"

/* How a text has headings; zeroed: not by how they are written. */
struct heading_manner {
	const struct letterings *letterings;
	unsigned margin; /* where other lines begin, in columns; 0: there are no such headings */
};

/* Told by the first stretch of a text, of which lines end with `line_end`. */
struct heading_manner heading_manner_of(
	struct slice sample, char line_end, const struct letterings *letterings);
/* The level of the heading that a line is, or 0. */
uint8_t heading_level(
	const struct heading_manner *manner, struct slice text, const struct line_facts *facts);

/* A line begins with a word in bold. */
bool line_begins_strong(
	const struct heading_manner *manner, struct slice text, const struct line_facts *facts);

#endif
