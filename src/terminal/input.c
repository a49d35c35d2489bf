/* input.c: what a terminal sends.
 *
 * Bytes come in pieces that mean nothing. At the head of those that have come stands a sequence
 * that the terminal's entry or the table below names; or a sequence in the general form of ECMA-48
 * (5.4 and 5.6), which has an end though nobody may know what it means; or a character. Entries
 * name the sequences of one mode, mostly application mode (\EOA); terminals, multiplexers and
 * replays send those of the other as well. Keys with modifiers have xterm's form everywhere:
 * \E[1;5A or \E[3;5~, with 1 + 1 for shift + 2 for meta + 4 for control.
 *
 * A beginning waits for its end: an Esc hardly at all, since it is a key as well; a sequence
 * longer, since nothing but a slow line cuts one in two and what follows must not be taken for
 * keys. A string, as answers are, ends with any control character, so that one whose end got lost
 * does not leave the reader deaf.
 *
 * A paste is kept apart until its end has come, however long that takes: what was pasted is never
 * run as keys. If its end was lost, Esc or Ctrl-C after a pause ends it, and it is forgotten.
 */
#include "terminal/input.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "terminal/keys.h"

#define ESCAPE 0x1B
#define CONTROL_C 0x03

#define PASTE_BEGINS "\x1b[200~"
#define PASTE_ENDS "\x1b[201~"

/* Milliseconds that a sequence waits for its rest: after two bytes, which Esc and a key make as
 * well; after more; and after those of a string. */
#define BEGUN_PAUSE 100
#define SEQUENCE_PAUSE 1000
#define STRING_PAUSE 5000
#define SEQUENCE_MOST 65536 /* bytes; an answer is never longer */

#define PASTE_PAUSE 500            /* milliseconds after which Esc ends a paste */
#define PASTE_MOST ((size_t)65536) /* bytes of one that are kept */

/* ---- Tables ----------------------------------------------------------------------------- */

struct plain_sequence {
	const char *text;
	uint32_t code;
	uint8_t modifiers;
};

static const struct plain_sequence plain[] = {
	{"\x1bOA", PRESS_UP, 0},
	{"\x1bOB", PRESS_DOWN, 0},
	{"\x1bOC", PRESS_RIGHT, 0},
	{"\x1bOD", PRESS_LEFT, 0},
	{"\x1bOH", PRESS_HOME, 0},
	{"\x1bOF", PRESS_END, 0},
	{"\x1bOM", PRESS_ENTER, 0}, /* of the keypad */
	{"\x1bOP", PRESS_F1, 0},
	{"\x1bOQ", PRESS_F1 + 1, 0},
	{"\x1bOR", PRESS_F1 + 2, 0},
	{"\x1bOS", PRESS_F1 + 3, 0},
	{"\x1b[[A", PRESS_F1, 0}, /* the Linux console */
	{"\x1b[[B", PRESS_F1 + 1, 0},
	{"\x1b[[C", PRESS_F1 + 2, 0},
	{"\x1b[[D", PRESS_F1 + 3, 0},
	{"\x1b[[E", PRESS_F1 + 4, 0},
	{"\x1b[Z", PRESS_TAB, MODIFIER_SHIFT},
};
#define PLAIN_COUNT (sizeof plain / sizeof *plain)

/* Keys in the general form: by their last character, or by the number before a ~. */
struct general_key {
	unsigned number;
	char last;
	uint32_t code;
};

static const struct general_key general[] = {
	{1, 'A', PRESS_UP},
	{1, 'B', PRESS_DOWN},
	{1, 'C', PRESS_RIGHT},
	{1, 'D', PRESS_LEFT},
	{1, 'H', PRESS_HOME},
	{1, 'F', PRESS_END},
	{1, 'P', PRESS_F1},
	{1, 'Q', PRESS_F1 + 1},
	{1, 'S', PRESS_F1 + 3},
	{1, '~', PRESS_HOME},
	{3, '~', PRESS_DELETE},
	{4, '~', PRESS_END},
	{5, '~', PRESS_PAGE_UP},
	{6, '~', PRESS_PAGE_DOWN},
	{7, '~', PRESS_HOME},
	{8, '~', PRESS_END},
	{11, '~', PRESS_F1},
	{12, '~', PRESS_F1 + 1},
	{13, '~', PRESS_F1 + 2},
	{14, '~', PRESS_F1 + 3},
	{15, '~', PRESS_F1 + 4},
	{17, '~', PRESS_F1 + 5},
	{18, '~', PRESS_F1 + 6},
	{19, '~', PRESS_F1 + 7},
	{20, '~', PRESS_F1 + 8},
	{21, '~', PRESS_F1 + 9},
	{23, '~', PRESS_F1 + 10},
	{24, '~', PRESS_F1 + 11},
};

/* ---- What has come ---------------------------------------------------------------------- */

void input_learn(struct input *input, struct slice sequence, struct key key)
{
	if (sequence.length == 0)
		return;
	input->sequences = grow(input->sequences, &input->sequence_capacity,
		input->sequence_count + 1, sizeof *input->sequences);
	input->sequences[input->sequence_count++] = (struct key_sequence){sequence, key};
}

void input_feed(struct input *input, struct slice bytes, long long now)
{
	if (input->taken == input->bytes.length)
		input->taken = input->bytes.length = 0;
	buffer_append(&input->bytes, bytes);
	input->last_length = bytes.length;
	input->pause = now - input->came;
	input->came = now;
}

void input_release(struct input *input)
{
	free(input->sequences);
	buffer_release(&input->bytes);
	buffer_release(&input->pasted);
	*input = (struct input){0};
}

static struct slice unread(const struct input *input)
{
	struct slice all = buffer_slice(&input->bytes);
	return slice_cut(all, input->taken, all.length);
}

/* ---- Sequences with a name -------------------------------------------------------------- */

/* How a sequence and what has come go together: how many bytes match, and whether all do. */
struct match {
	size_t length; /* of the longest named sequence that has come whole */
	bool begun;    /* a longer one may follow */
	struct key key;
};

static void match_one(struct match *match, struct slice text, struct slice sequence, struct key key)
{
	if (text.length < sequence.length) {
		if (memcmp(sequence.bytes, text.bytes, text.length) == 0)
			match->begun = true;
	} else if (sequence.length > match->length &&
		   memcmp(sequence.bytes, text.bytes, sequence.length) == 0) {
		match->length = sequence.length;
		match->key = key;
	}
}

static struct match match_sequences(const struct input *input, struct slice text)
{
	struct match match = {0};
	for (size_t i = 0; i < input->sequence_count; i++)
		match_one(&match, text, input->sequences[i].text, input->sequences[i].key);
	for (size_t i = 0; i < PLAIN_COUNT && *text.bytes == ESCAPE; i++)
		match_one(&match, text, slice_of(plain[i].text),
			(struct key){.code = plain[i].code, .modifiers = plain[i].modifiers});
	return match;
}

/* ---- Sequences in the general form ------------------------------------------------------ */

static bool begins_string(char second)
{
	return second != '\0' && strchr("]P_^X", second) != NULL;
}

/* Bytes of the string that has come, its end included; 0: the end is still to come. A control
 * character that is no end cuts it short. */
static size_t string_length(struct slice text)
{
	for (size_t at = 2; at < text.length && at < SEQUENCE_MOST; at++) {
		unsigned char byte = (unsigned char)text.bytes[at];
		if (byte == '\a')
			return at + 1;
		if (byte == ESCAPE && at + 1 == text.length)
			return 0;
		if (byte == ESCAPE && text.bytes[at + 1] == '\\')
			return at + 2;
		if (byte < ' ')
			return at;
	}
	return text.length < SEQUENCE_MOST ? 0 : text.length;
}

/* The same of a control sequence: parameters, then the character that says what it is. */
static size_t control_length(struct slice text)
{
	for (size_t at = 2; at < text.length && at < SEQUENCE_MOST; at++) {
		unsigned char byte = (unsigned char)text.bytes[at];
		if (byte == 'M' && at == 2) /* a mouse of old: three more bytes */
			return text.length < 6 ? 0 : 6;
		if (byte >= 0x40 && byte <= 0x7E)
			return at + 1;
		if (byte < ' ' || byte > 0x7E)
			return at;
	}
	return text.length < SEQUENCE_MOST ? 0 : text.length;
}

/* 1: it is no sequence. */
static size_t sequence_length(struct slice text)
{
	if (begins_string(text.bytes[1]))
		return string_length(text);
	if (text.bytes[1] == '[')
		return control_length(text);
	if (text.bytes[1] == 'O')
		return text.length < 3 ? 0 : 3;
	return 1;
}

static uint8_t modifiers_of(unsigned parameter)
{
	unsigned bits = parameter - 1;
	return (uint8_t)((bits & 1 ? MODIFIER_SHIFT : 0) | (bits & 2 ? MODIFIER_META : 0) |
			 (bits & 4 ? MODIFIER_CONTROL : 0));
}

/* Reads a number from the head of text, and shortens it; 1 where there is none. */
static unsigned take_number(struct slice *text)
{
	unsigned number = 0;
	size_t length = 0;
	while (length < text->length && length < 6 && text->bytes[length] >= '0' &&
		text->bytes[length] <= '9')
		number = number * 10 + (unsigned)(text->bytes[length++] - '0');
	*text = slice_cut(*text, length, text->length);
	return length > 0 ? number : 1;
}

/* The key of a whole control sequence; false: it is none. */
static bool control_key(struct slice sequence, struct key *key)
{
	char last = sequence.bytes[sequence.length - 1];
	struct slice rest = slice_cut(sequence, 2, sequence.length - 1);
	unsigned number = take_number(&rest), modifiers = 1;
	if (slice_starts(rest, ";")) {
		rest = slice_cut(rest, 1, rest.length);
		modifiers = take_number(&rest);
	}
	if (rest.length > 0 || modifiers < 1 || modifiers > 8)
		return false;
	for (size_t i = 0; i < sizeof general / sizeof *general; i++) {
		if (general[i].number == number && general[i].last == last) {
			*key = (struct key){
				.code = general[i].code, .modifiers = modifiers_of(modifiers)};
			return true;
		}
	}
	return false;
}

/* ---- Answers ---------------------------------------------------------------------------- */

/* One of the parts of a colour, of one to four hexadecimal digits, as a share; -1: it is none. */
static double take_share(struct slice *text)
{
	double value = 0, most = 1;
	size_t length = 0;
	for (; length < text->length && length < 4; length++) {
		const char *digit = strchr("0123456789abcdef", text->bytes[length] | 0x20);
		if (digit == NULL || *digit == '\0')
			break;
		value = value * 16 + (double)(digit - "0123456789abcdef");
		most *= 16;
	}
	*text = slice_cut(*text, length, text->length);
	return length > 0 ? value / (most - 1) : -1;
}

/* rgb:RRRR/GGGG/BBBB or rgba:…, as XParseColor has it. */
static bool read_ground(struct slice text, enum theme_variant *ground)
{
	static const double weights[] = {0.299, 0.587, 0.114};
	double luma = 0;
	if (!slice_starts(text, "rgb:") && !slice_starts(text, "rgba:"))
		return false;
	text = slice_cut(text, slice_starts(text, "rgb:") ? 4 : 5, text.length);
	for (int i = 0; i < 3; i++) {
		if (i > 0 && !slice_starts(text, "/"))
			return false;
		text = slice_cut(text, i > 0, text.length);
		double share = take_share(&text);
		if (share < 0)
			return false;
		luma += share * weights[i];
	}
	*ground = luma > 0.5 ? THEME_LIGHT : THEME_DARK;
	return true;
}

/* What a whole sequence that is no key tells. */
static enum answer read_answer(struct input *input, struct slice sequence)
{
	static const char ground[] = "\x1b]11;", frames[] = "\x1b[?2026;", last[] = "\x1b[?";
	char end = sequence.bytes[sequence.length - 1];
	if (slice_starts(sequence, ground)) {
		struct slice colour = slice_cut(sequence, sizeof ground - 1, sequence.length);
		return read_ground(colour, &input->ground) ? ANSWER_GROUND : ANSWER_NONE;
	}
	if (slice_starts(sequence, frames) && slice_ends(sequence, "$y")) {
		char state = sequence.bytes[sizeof frames - 1];
		return state >= '1' && state <= '3' ? ANSWER_HOLDS_FRAMES : ANSWER_NONE;
	}
	return slice_starts(sequence, last) && end == 'c' ? ANSWER_LAST : ANSWER_NONE;
}

/* ---- Pastes ----------------------------------------------------------------------------- */

/* What came as text, without what would not be one. */
static void clean_paste(struct buffer *pasted)
{
	struct buffer repaired = {0};
	utf8_repair(buffer_slice(pasted), &repaired);
	pasted->length = 0;
	struct slice text = buffer_slice(&repaired);
	for (size_t at = 0, length; at < text.length; at += length) {
		uint32_t code;
		length = utf8_decode(text, at, &code);
		if (code == '\n' && at > 0 && text.bytes[at - 1] == '\r')
			continue;
		if (code_is_control(code))
			buffer_byte(pasted, ' ');
		else
			buffer_append(pasted, slice_cut(text, at, at + length));
	}
	buffer_release(&repaired);
}

static void keep_pasted(struct input *input, struct slice part)
{
	size_t room = PASTE_MOST - input->pasted.length;
	buffer_append(&input->pasted, slice_cut(part, 0, part.length < room ? part.length : room));
	input->taken += part.length;
}

/* True where somebody types a way out of a paste that has no end. */
static bool ends_lost_paste(const struct input *input, struct slice text)
{
	char last = text.bytes[text.length - 1];
	return input->last_length == 1 && input->pause >= PASTE_PAUSE &&
	       (last == ESCAPE || last == CONTROL_C);
}

/* Takes what belongs to the paste that goes on; true where its end has come. */
static bool take_paste(struct input *input)
{
	static const char end[] = PASTE_ENDS;
	struct slice text = unread(input);
	const char *found = memmem(text.bytes, text.length, end, sizeof end - 1);
	size_t length = found != NULL ? (size_t)(found - text.bytes) : text.length;
	if (found == NULL) { /* the end may have begun */
		size_t tail = length < sizeof end - 2 ? length : sizeof end - 2;
		while (tail > 0 && memcmp(text.bytes + length - tail, end, tail) != 0)
			tail--;
		length -= tail;
	}
	keep_pasted(input, slice_cut(text, 0, length));
	if (found == NULL)
		return false;
	input->taken += sizeof end - 1;
	input->pasting = false;
	return true;
}

/* ---- Characters ------------------------------------------------------------------------- */

/* The character at the head of text, and its bytes: 0 where more must come, -1 where it is none. */
static int locale_character(struct slice text, uint32_t *code)
{
	mbstate_t state = {0};
	wchar_t character;
	size_t length = mbrtowc(&character, text.bytes, text.length, &state);
	if (length == (size_t)-2)
		return 0;
	if (length == (size_t)-1)
		return -1;
	*code = (uint32_t)character;
	return length > 0 ? (int)length : 1;
}

/* Bytes that a character has whose first is this one (Unicode, table 3-7); 0: none begins so. */
static size_t utf8_needs(unsigned char first)
{
	if (first < 0x80)
		return 1;
	if (first < 0xC2 || first > 0xF4)
		return 0;
	return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

static int utf8_character(struct slice text, uint32_t *code)
{
	size_t length = utf8_needs((unsigned char)*text.bytes), here = 1;
	while (here < length && here < text.length && (text.bytes[here] & 0xC0) == 0x80)
		here++;
	if (length == 0 || (here < length && here < text.length))
		return -1;
	if (here < length)
		return 0;
	if (!utf8_valid(slice_cut(text, 0, length)))
		return -1;
	utf8_decode(text, 0, code);
	return (int)length;
}

/* A character and its bytes, as above; what is none is one byte that is no key. */
static enum taken take_character(struct input *input, struct slice text, bool late, struct key *key)
{
	uint32_t code = 0x80;
	int length = input->utf8 ? utf8_character(text, &code) : locale_character(text, &code);
	if (length == 0 && !late)
		return TAKEN_NOTHING;
	input->taken += length > 0 ? (size_t)length : 1;
	if (length <= 0)
		return TAKEN_OTHER;
	*key = key_of_character(code);
	return code_is_control(key->code) ? TAKEN_OTHER : TAKEN_KEY;
}

/* ---- Taking ----------------------------------------------------------------------------- */

/* How long the beginning of a sequence waits for the rest. */
static int pause_after(const struct input *input, struct slice text)
{
	if (text.length == 1)
		return input->escape_delay;
	if (text.length == 2)
		return BEGUN_PAUSE;
	return begins_string(text.bytes[1]) ? STRING_PAUSE : SEQUENCE_PAUSE;
}

static bool is_late(const struct input *input, struct slice text, long long now)
{
	return now - input->came >= pause_after(input, text);
}

/* Esc and a key right behind it are that key with Meta. */
static enum taken take_meta(struct input *input, struct slice text, bool late, struct key *key)
{
	if (text.length > 1 && text.bytes[1] != ESCAPE) {
		input->taken++;
		enum taken taken =
			take_character(input, slice_cut(text, 1, text.length), late, key);
		if (taken == TAKEN_NOTHING)
			input->taken--;
		if (taken == TAKEN_KEY)
			key->modifiers |= MODIFIER_META;
		return taken;
	}
	if (text.length == 1 && !late)
		return TAKEN_NOTHING;
	input->taken++;
	*key = (struct key){.code = PRESS_ESC};
	return TAKEN_KEY;
}

/* A sequence that has no name, or none yet. */
static enum taken take_sequence(
	struct input *input, bool late, struct key *key, enum answer *answer)
{
	struct slice text = unread(input);
	size_t length = text.length > 1 ? sequence_length(text) : 1;
	if (length == 1 || (length == 0 && text.length == 2 && late))
		return take_meta(input, text, late, key);
	if (length == 0 && !late)
		return TAKEN_NOTHING;
	struct slice sequence = slice_cut(text, 0, length > 0 ? length : text.length);
	input->taken += sequence.length;
	if (length == 0 || sequence.length < 3)
		return TAKEN_OTHER;
	if (slice_is(sequence, PASTE_BEGINS)) {
		input->pasting = true;
		input->pasted.length = 0;
		return TAKEN_OTHER;
	}
	if (text.bytes[1] == '[' && control_key(sequence, key))
		return TAKEN_KEY;
	*answer = read_answer(input, sequence);
	return *answer != ANSWER_NONE ? TAKEN_ANSWER : TAKEN_OTHER;
}

static enum taken take_pasted(struct input *input, struct slice text, struct key *key)
{
	if (ends_lost_paste(input, text)) {
		input->taken += text.length;
		input->pasting = false;
		return TAKEN_OTHER;
	}
	if (!take_paste(input))
		return TAKEN_NOTHING;
	clean_paste(&input->pasted);
	*key = (struct key){.code = PRESS_PASTE};
	return TAKEN_KEY;
}

enum taken input_take(struct input *input, long long now, struct key *key, enum answer *answer)
{
	struct slice text = unread(input);
	if (text.length == 0)
		return TAKEN_NOTHING;
	if (input->pasting)
		return take_pasted(input, text, key);
	bool late = is_late(input, text, now);
	struct match match = match_sequences(input, text);
	if (match.begun && !late)
		return TAKEN_NOTHING;
	if (match.length > 0) {
		input->taken += match.length;
		*key = match.key;
		return TAKEN_KEY;
	}
	if (*text.bytes != ESCAPE)
		return take_character(input, text, late, key);
	return take_sequence(input, late, key, answer);
}

int input_wait(const struct input *input, long long now)
{
	struct slice text = unread(input);
	if (text.length == 0 || input->pasting)
		return -1;
	long long left = input->came + pause_after(input, text) - now;
	return left > 0 ? (int)left : 0;
}
