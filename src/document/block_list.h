/* block_list.h: closed blocks, eight bytes each, which never move.
 *
 * Blocks partition the text, so that a block ends where the next one starts, and what stands
 * around its body is short as a rule: a start, two lengths and a kind are all there is to keep.
 */
#ifndef DOCUMENT_BLOCK_LIST_H
#define DOCUMENT_BLOCK_LIST_H

#include "byline/document.h"
#include "document/shelf.h"

struct block_list {
	struct shelf packed; /* uint64_t */
	struct shelf odd;    /* struct block: those that do not fit */
	size_t end;          /* where the last one ends */
};

/* Which blocks of a list somebody may know: to be copied, and asked while the list grows. */
struct block_view {
	const struct block_list *list;
	size_t count, end;
};

void block_list_init(struct block_list *list);
void block_list_release(struct block_list *list);
void block_list_add(struct block_list *list, const struct block *block);
struct block_view block_list_view(const struct block_list *list);
struct block block_view_at(const struct block_view *view, size_t index);
/* The block whose extent holds the offset; the last one beyond them. There must be one. */
size_t block_view_find(const struct block_view *view, size_t offset);

#endif
