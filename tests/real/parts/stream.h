/* stream.h: what a program sends to its terminal, read strictly.
 *
 * ECMA-48 divides the bytes into text, single controls, and sequences that begin with Esc. Here
 * every byte belongs to exactly one element; what belongs to none of the good kinds is ELEMENT_BAD:
 * invalid UTF-8, C1 controls in any form, characters that order text, sequences that are broken
 * off.
 */
#ifndef REAL_STREAM_H
#define REAL_STREAM_H

#include "byline/base.h"

enum element_kind {
	ELEMENT_TEXT,    /* one printable character */
	ELEMENT_CONTROL, /* one of C0 */
	ELEMENT_ESCAPE,  /* ESC, intermediates, a final byte */
	ELEMENT_CSI,     /* ESC [ … */
	ELEMENT_STRING,  /* OSC, DCS, APC, PM, SOS up to ST or BEL */
	ELEMENT_BAD,
};

struct element {
	enum element_kind kind;
	size_t length; /* bytes, at least 1 */
};

/* The element at `at` (< bytes.length). Where not `utf8`, bytes above 0xA0 are characters. */
struct element stream_element(struct slice bytes, size_t at, bool utf8);

/* Appends an element for a person's eyes: \E, \xNN, ^A; numbers of parameters as #. */
void element_print(struct slice element, struct buffer *into);

/* ---- Modes ------------------------------------------------------------------------------ */

/* What sequences have switched on and not off again, by name: "alternate", "paste", … */
#define MODES_MOST 32
struct modes {
	bool on[MODES_MOST];
	int rows; /* of the screen: a region of all of them is none */
};
/* Takes an element into account. */
void modes_take(struct modes *modes, struct slice element);
/* Appends the names of what is on, divided by blanks; nothing where none is. */
void modes_print(const struct modes *modes, struct buffer *into);

#endif
