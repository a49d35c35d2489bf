/* orders.c: orders as curses writes them, and as they are read again. */
#include "terminal/orders.h"

#include <string.h>

/* An escape, a letter, numbers with commas between them and a semicolon: about as long as what
 * terminals understand, since curses looks for the shortest way. */
const struct order_form order_forms[ORDER_FORMS] = {
	{"scp", "\x1bl%p1%d;", ENTRY_NONE, ORDER_LOOK},
	{"sgr0", "\x1bl0;", ENTRY_NONE, ORDER_LOOK},
	{"op", "\x1bl0;", ENTRY_NONE, ORDER_LOOK},
	{"clear", "\x1bz;", ENTRY_CLEAR, ORDER_CLEAR},
	{"el", "\x1bk;", ENTRY_ERASE_LINE, ORDER_ERASE_LINE},
	{"ech", "\x1bx%p1%d;", ENTRY_ERASE, ORDER_ERASE},
	{"cup", "\x1bm%p1%d,%p2%d;", ENTRY_MOVE, ORDER_MOVE},
	{"cuf", "\x1br%p1%d;", ENTRY_RIGHT, ORDER_RIGHT},
};

static enum order_kind kind_of(char letter)
{
	for (size_t i = 0; i < ORDER_FORMS; i++) {
		if (order_forms[i].text[1] == letter)
			return order_forms[i].kind;
	}
	return ORDER_TEXT;
}

static size_t text_length(struct slice written)
{
	const char *escape = memchr(written.bytes, '\x1b', written.length);
	return escape != NULL ? (size_t)(escape - written.bytes) : written.length;
}

/* Reads what stands behind the letter; returns the length of the whole. */
static size_t read_numbers(struct slice written, int numbers[static 2])
{
	size_t at = 2, i = 0;
	for (; at < written.length && written.bytes[at] != ';'; at++) {
		if (written.bytes[at] == ',' && i == 0)
			i++;
		else
			numbers[i] = numbers[i] * 10 + (written.bytes[at] - '0');
	}
	return at + 1;
}

bool order_take(struct slice *written, struct order *order)
{
	size_t length = text_length(*written);
	*order = (struct order){.text = slice_cut(*written, 0, length)};
	if (length == 0 && written->length > 1) {
		order->kind = kind_of(written->bytes[1]);
		length = read_numbers(*written, order->numbers);
	}
	*written = slice_cut(*written, length, written->length);
	return length > 0;
}
