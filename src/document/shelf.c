#include "document/shelf.h"

#include <assert.h>
#include <stdlib.h>

#define BOARD_FIRST ((size_t)64) /* items on the first board */

static size_t board_of(size_t index)
{
	unsigned long long boards = index / BOARD_FIRST + 1;
	return (size_t)(63 - __builtin_clzll(boards));
}

static size_t board_start(size_t board)
{
	return BOARD_FIRST * (((size_t)1 << board) - 1);
}

void *shelf_at(const struct shelf *shelf, size_t index)
{
	size_t board = board_of(index);
	return (char *)shelf->boards[board] + (index - board_start(board)) * shelf->size;
}

void *shelf_add(struct shelf *shelf)
{
	size_t index = shelf->count++, board = board_of(index);
	assert(board < SHELF_BOARDS);
	if (index == board_start(board))
		shelf->boards[board] = memory_allocate((BOARD_FIRST << board) * shelf->size);
	return shelf_at(shelf, index);
}

void shelf_release(struct shelf *shelf)
{
	for (size_t i = 0; i < SHELF_BOARDS; i++)
		free(shelf->boards[i]);
	*shelf = (struct shelf){.size = shelf->size};
}
