/* input.c: sequences for keys.
 *
 * Entries name the sequences of one mode, mostly application mode (\EOA); terminals, multiplexers
 * and replays send those of the other as well. Keys with modifiers have xterm's form everywhere:
 * \E[1;5A or \E[3;5~, with 1 + 1 for shift + 2 for meta + 4 for control.
 */
#include "terminal/input.h"

#include <string.h>

struct key_sequence {
	const char *text;
	uint32_t code;
};

static const struct key_sequence sequences[] = {
	{"\x1b[A", PRESS_UP},
	{"\x1b[B", PRESS_DOWN},
	{"\x1b[C", PRESS_RIGHT},
	{"\x1b[D", PRESS_LEFT},
	{"\x1bOA", PRESS_UP},
	{"\x1bOB", PRESS_DOWN},
	{"\x1bOC", PRESS_RIGHT},
	{"\x1bOD", PRESS_LEFT},
	{"\x1b[H", PRESS_HOME},
	{"\x1bOH", PRESS_HOME},
	{"\x1b[1~", PRESS_HOME},
	{"\x1b[7~", PRESS_HOME},
	{"\x1b[F", PRESS_END},
	{"\x1bOF", PRESS_END},
	{"\x1b[4~", PRESS_END},
	{"\x1b[8~", PRESS_END},
	{"\x1b[3~", PRESS_DELETE},
	{"\x1b[5~", PRESS_PAGE_UP},
	{"\x1b[6~", PRESS_PAGE_DOWN},
	{"\x1bOM", PRESS_ENTER}, /* of the keypad */
	{"\x1bOP", PRESS_F1},
	{"\x1bOQ", PRESS_F1 + 1},
	{"\x1bOR", PRESS_F1 + 2},
	{"\x1bOS", PRESS_F1 + 3},
	{"\x1b[11~", PRESS_F1},
	{"\x1b[12~", PRESS_F1 + 1},
	{"\x1b[13~", PRESS_F1 + 2},
	{"\x1b[14~", PRESS_F1 + 3},
	{"\x1b[[A", PRESS_F1}, /* the Linux console */
	{"\x1b[[B", PRESS_F1 + 1},
	{"\x1b[[C", PRESS_F1 + 2},
	{"\x1b[[D", PRESS_F1 + 3},
	{"\x1b[[E", PRESS_F1 + 4},
	{"\x1b[15~", PRESS_F1 + 4},
	{"\x1b[17~", PRESS_F1 + 5},
	{"\x1b[18~", PRESS_F1 + 6},
	{"\x1b[19~", PRESS_F1 + 7},
	{"\x1b[20~", PRESS_F1 + 8},
	{"\x1b[21~", PRESS_F1 + 9},
	{"\x1b[23~", PRESS_F1 + 10},
	{"\x1b[24~", PRESS_F1 + 11},
};
#define SEQUENCE_COUNT (sizeof sequences / sizeof *sequences)

/* Those that have a form with modifiers: what stands before it, and after. */
struct modified {
	char number, last;
	uint32_t code;
};

static const struct modified modified[] = {
	{'1', 'A', PRESS_UP},
	{'1', 'B', PRESS_DOWN},
	{'1', 'C', PRESS_RIGHT},
	{'1', 'D', PRESS_LEFT},
	{'1', 'H', PRESS_HOME},
	{'1', 'F', PRESS_END},
	{'3', '~', PRESS_DELETE},
	{'5', '~', PRESS_PAGE_UP},
	{'6', '~', PRESS_PAGE_DOWN},
};
#define MODIFIED_COUNT (sizeof modified / sizeof *modified)
#define MODIFIER_SETS 7 /* parameters 2 to 8 */

#define PLAIN_FIRST (INPUT_FIRST + 2)
#define BACK_TAB (PLAIN_FIRST + (int)SEQUENCE_COUNT)
#define MODIFIED_FIRST (BACK_TAB + 1)

void input_define(int (*define)(const char *sequence, int code))
{
	define("\x1b[200~", INPUT_PASTE_BEGINS);
	define("\x1b[201~", INPUT_PASTE_ENDS);
	define("\x1b[Z", BACK_TAB);
	for (int i = 0; i < (int)SEQUENCE_COUNT; i++)
		define(sequences[i].text, PLAIN_FIRST + i);
	for (int i = 0; i < (int)(MODIFIED_COUNT * MODIFIER_SETS); i++) {
		const struct modified *row = &modified[i / MODIFIER_SETS];
		char text[] = "\x1b[n;mX";
		text[2] = row->number;
		text[4] = (char)('2' + i % MODIFIER_SETS);
		text[5] = row->last;
		define(text, MODIFIED_FIRST + i);
	}
}

static uint8_t modifiers_of(int parameter)
{
	int bits = parameter - 1;
	return (uint8_t)((bits & 1 ? MODIFIER_SHIFT : 0) | (bits & 2 ? MODIFIER_META : 0) |
			 (bits & 4 ? MODIFIER_CONTROL : 0));
}

bool input_key(int code, struct key *key)
{
	*key = (struct key){0};
	if (code == BACK_TAB) {
		*key = (struct key){.code = PRESS_TAB, .modifiers = MODIFIER_SHIFT};
	} else if (code >= PLAIN_FIRST && code < BACK_TAB) {
		key->code = sequences[code - PLAIN_FIRST].code;
	} else if (code >= MODIFIED_FIRST &&
		   code < MODIFIED_FIRST + (int)(MODIFIED_COUNT * MODIFIER_SETS)) {
		int at = code - MODIFIED_FIRST;
		key->code = modified[at / MODIFIER_SETS].code;
		key->modifiers = modifiers_of(at % MODIFIER_SETS + 2);
	}
	return key->code != 0;
}

/* The end of a paste that got lost must not leave the reader deaf. */
#define PASTE_PAUSE 500

bool paste_takes(struct paste *paste, int code, long long now)
{
	if (paste->going_on && now - paste->last > PASTE_PAUSE)
		paste->going_on = false;
	paste->last = now;
	if (code == INPUT_PASTE_BEGINS)
		paste->going_on = true;
	if (code != INPUT_PASTE_ENDS)
		return paste->going_on;
	paste->going_on = false;
	return true;
}

#define SEQUENCE_MOST 65536 /* characters; an answer is never longer */

bool sequence_begins(uint32_t second)
{
	return second < 0x80 && second != 0 && strchr("[O]P_^X", (int)second) != NULL;
}

bool sequence_takes(struct sequence *sequence, uint32_t character)
{
	uint32_t before = sequence->last;
	sequence->last = character;
	if (++sequence->length > SEQUENCE_MOST)
		return false;
	if (sequence->second == 'O')
		return false;
	if (sequence->second == '[')
		return character < 0x40 || character > 0x7E;
	return character != '\a' && !(before == 0x1B && character == '\\');
}
