/* room.h: bytes that grow at their end and never move. */
#ifndef DOCUMENT_ROOM_H
#define DOCUMENT_ROOM_H

#include "byline/base.h"

/* Zero-initialised is empty. Bytes once in it may be read by another thread while more come. */
struct room {
	char *bytes;
	size_t length;
	size_t usable;   /* bytes that may be written */
	size_t reserved; /* bytes of address space */
};

/* Appends what there is room for, whole code points at least; false where that is not all. */
bool room_append(struct room *room, struct slice text);
void room_release(struct room *room);

#endif
