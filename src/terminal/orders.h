/* orders.h: the terminal that curses takes itself to write to.
 *
 * It is none there is: what it understands are orders, which are then given to the real one in its
 * own sequences. So curses decides what is written where and what is erased, and needs to know of
 * the real terminal only what it can do. A look is a number to it, as a pair of colours is to
 * curses.
 */
#ifndef BYLINE_TERMINAL_ORDERS_H
#define BYLINE_TERMINAL_ORDERS_H

#include "terminal/terminfo.h"

enum order_kind {
	ORDER_TEXT,
	ORDER_LOOK, /* of a number, for all that follows; 0 is plain */
	ORDER_CLEAR,
	ORDER_ERASE_LINE,
	ORDER_ERASE,
	ORDER_MOVE,
	ORDER_RIGHT,
};

struct order {
	enum order_kind kind;
	struct slice text;
	int numbers[2];
};

/* Takes the first order off what curses has written; false: there is none. */
bool order_take(struct slice *written, struct order *order);

/* What the terminal of this name sends for a capability, in the notation of its entry. */
struct order_form {
	const char *capability, *text;
	enum entry_string needed; /* of the real terminal */
	enum order_kind kind;
};
#define ORDER_FORMS 8
extern const struct order_form order_forms[ORDER_FORMS];

#endif
