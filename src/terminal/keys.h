/* keys.h: what the terminals share with the notation of keys. */
#ifndef BYLINE_TERMINAL_KEYS_H
#define BYLINE_TERMINAL_KEYS_H

#include "terminal/terminal.h"

/* The key that a terminal means by a character: 13 is Enter, 1 is C-a. */
struct key key_of_character(uint32_t code);

#endif
