/* shelf.h: items of one size that never move, however many are added.
 *
 * Boards double in length, and there is a place for each from the beginning: neither the items nor
 * the list of boards is ever copied. Items that were there may be read by another thread while more
 * are added, as long as it learned of them in order (by a lock).
 */
#ifndef DOCUMENT_SHELF_H
#define DOCUMENT_SHELF_H

#include "byline/base.h"

#define SHELF_BOARDS 40

struct shelf {
	size_t size; /* of an item; set it, and nothing else */
	size_t count;
	void *boards[SHELF_BOARDS];
};

void *shelf_add(struct shelf *shelf); /* zeroed */
void *shelf_at(const struct shelf *shelf, size_t index);
void shelf_release(struct shelf *shelf); /* empty again, of the same size */

#endif
