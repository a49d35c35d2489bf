/* Select graphic rendition (ECMA-48, 8.3.117), with the colours that terminals have beyond it: 90
 * to 107, and by number or by light behind 38 and 48 (ITU-T T.416, 13.1.8), whether colons divide
 * these or, as xterm began to take them, semicolons.
 */
#include "document/rendition.h"

#define PARAMETERS_MOST 32

struct parameter {
	unsigned value;
	bool inner; /* a colon stands before it */
};

/* Numbers with a meaning of their own; `off` first, then `on`. Colours are not among them. */
static const struct {
	unsigned number;
	uint8_t off, on;
} meanings[] = {
	{1, 0, LETTERING_STRONG},
	{2, 0, LETTERING_FAINT},
	{3, 0, LETTERING_EMPHASIS},
	{4, 0, LETTERING_UNDERLINED},
	{7, 0, LETTERING_REVERSED},
	{21, 0, LETTERING_UNDERLINED},
	{22, LETTERING_STRONG | LETTERING_FAINT, 0},
	{23, LETTERING_EMPHASIS, 0},
	{24, LETTERING_UNDERLINED, 0},
	{27, LETTERING_REVERSED, 0},
};

static size_t read_parameters(struct slice text, struct parameter *into)
{
	size_t count = 1;
	into[0] = (struct parameter){0};
	for (size_t i = 0; i < text.length; i++) {
		char byte = text.bytes[i];
		unsigned *value = &into[count - 1].value;
		if (byte >= '0' && byte <= '9')
			*value = *value < 1000 ? *value * 10 + (unsigned)(byte - '0') : *value;
		else if (count == PARAMETERS_MOST)
			break;
		else
			into[count++] = (struct parameter){0, byte == ':'};
	}
	return count;
}

/* ---- Colours ---------------------------------------------------------------------------- */

static uint32_t ink_direct(const struct parameter *light)
{
	if (light[0].value > 255 || light[1].value > 255 || light[2].value > 255)
		return INK_NONE;
	return INK_DIRECT | light[0].value << 16 | light[1].value << 8 | light[2].value;
}

/* A colour behind 38, 48 or 58, and how many parameters it takes. Between colons a space of colours
 * may be named before its lights, and something may stand behind them. */
static size_t read_colour(const struct parameter *at, size_t left, uint32_t *ink)
{
	bool inner = left > 0 && at[0].inner;
	size_t count = 0;
	while (inner && count < left && at[count].inner)
		count++;
	if (!inner)
		count = left == 0 ? 0 : at[0].value == 5 ? 2 : at[0].value == 2 ? 4 : 1;
	if (count > left)
		count = left;
	size_t lights = inner && count > 4 ? 2 : 1;
	*ink = INK_NONE;
	if (count >= 2 && at[0].value == 5 && at[1].value < 256)
		*ink = INK_PALETTE | at[1].value;
	else if (count >= lights + 3 && at[0].value == 2)
		*ink = ink_direct(&at[lights]);
	return count;
}

static bool select_colour(unsigned number, struct lettering *now)
{
	bool ground = (number >= 40 && number < 50) || number >= 100;
	uint32_t *ink = ground ? &now->ground : &now->ink;
	if ((number >= 30 && number <= 37) || (number >= 40 && number <= 47))
		*ink = INK_PALETTE | number % 10;
	else if ((number >= 90 && number <= 97) || (number >= 100 && number <= 107))
		*ink = INK_PALETTE | (8 + number % 10);
	else if (number == 39 || number == 49)
		*ink = INK_NONE;
	else
		return false;
	return true;
}

/* ---- All -------------------------------------------------------------------------------- */

static void select_trait(unsigned number, bool none, struct lettering *now)
{
	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
		if (meanings[i].number != number)
			continue;
		now->traits &= (uint8_t) ~(meanings[i].off | meanings[i].on);
		now->traits |= none ? 0 : meanings[i].on;
	}
}

/* One parameter with what belongs to it; returns how many these are. */
static size_t select_one(const struct parameter *at, size_t left, struct lettering *now)
{
	unsigned number = at->value;
	uint32_t ink;
	size_t count = 1;
	if (number == 38 || number == 48 || number == 58) {
		count += read_colour(at + 1, left - 1, &ink);
		if (number == 38)
			now->ink = ink;
		else if (number == 48)
			now->ground = ink;
		return count;
	}
	while (count < left && at[count].inner)
		count++;
	if (number == 0)
		*now = (struct lettering){.traits = now->traits & LETTERING_LINK};
	else if (!select_colour(number, now))
		select_trait(number, count > 1 && at[1].value == 0, now);
	return count;
}

void rendition_select(struct slice parameters, struct lettering *now)
{
	struct parameter items[PARAMETERS_MOST];
	size_t count = read_parameters(parameters, items);
	for (size_t at = 0; at < count;)
		at += select_one(&items[at], count - at, now);
}
