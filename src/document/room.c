/* Bytes that grow at their end and never move.
 *
 * Address space for the largest text is reserved at once and made usable step by step: pages that
 * were never touched cost nothing, and nothing has to be copied when the text grows. Where address
 * space is limited (ulimit -v) a part of what is left is taken, so that others find some as well.
 */
#include "document/room.h"

#include <sys/mman.h>

#include "document/machine.h"

#define ROOM_MOST ((uint64_t)4 << 30) /* the largest text */
#define ROOM_LEAST ((size_t)64 << 10)
#define ROOM_STEP ((size_t)64 << 10) /* a multiple of every page size */
#define ROOM_SHARE 3                 /* a text may take a third; what is known of it the rest */

static size_t rounded_up(size_t bytes)
{
	return (bytes + ROOM_STEP - 1) / ROOM_STEP * ROOM_STEP;
}

static size_t size_wanted(void)
{
	size_t most = ROOM_MOST < SIZE_MAX / 4 ? (size_t)ROOM_MOST : SIZE_MAX / 4;
	size_t share = machine_address_space() / ROOM_SHARE;
	return rounded_up(share < most ? share : most);
}

static void room_reserve(struct room *room)
{
	for (size_t size = size_wanted(); size >= ROOM_LEAST; size = rounded_up(size / 2)) {
		void *bytes = mmap(
			NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
		if (bytes != MAP_FAILED) {
			room->bytes = bytes;
			room->reserved = size;
			return;
		}
		if (size == ROOM_LEAST)
			return;
	}
}

static bool make_usable(struct room *room, size_t bytes)
{
	if (bytes > room->reserved)
		bytes = room->reserved;
	if (mprotect(room->bytes, bytes, PROT_READ | PROT_WRITE) != 0)
		return false;
	room->usable = bytes;
	return true;
}

/* By a quarter at least, so that appending byte by byte is linear. */
static void room_extend(struct room *room, size_t more)
{
	size_t needed = rounded_up(room->length + more);
	if (!room->bytes)
		room_reserve(room);
	if (!room->bytes || needed <= room->usable)
		return;
	size_t wanted = rounded_up(room->usable + room->usable / 4);
	if (wanted <= needed || !make_usable(room, wanted))
		make_usable(room, needed);
}

bool room_append(struct room *room, struct slice text)
{
	if (text.length > room->usable - room->length)
		room_extend(room, text.length);
	size_t fits = room->usable - room->length;
	bool all = text.length <= fits;
	if (!all)
		while (fits > 0 && ((unsigned char)text.bytes[fits] & 0xC0) == 0x80)
			fits--;
	text = slice_cut(text, 0, fits);
	if (text.length > 0)
		memcpy(room->bytes + room->length, text.bytes, text.length);
	room->length += text.length;
	return all;
}

void room_release(struct room *room)
{
	if (room->bytes)
		munmap(room->bytes, room->reserved);
	*room = (struct room){0};
}
