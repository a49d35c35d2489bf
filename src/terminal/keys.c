/* keys.c: keys and their notation, both ways. */
#include "terminal/keys.h"

#include <stdlib.h>
#include <string.h>

const struct key_name key_names[] = {
	{"Space", ' ', NULL, "the blank"},
	{"lt", '<', NULL, "the character <"},
	{"Enter", PRESS_ENTER, NULL, "the same as C-m"},
	{"Tab", PRESS_TAB, NULL, "the same as C-i; backward: S-Tab"},
	{"Esc", PRESS_ESC, NULL, "the same as C-["},
	{"Backspace", PRESS_BACKSPACE, NULL, "what deletes to the left"},
	{"Delete", PRESS_DELETE, NULL, "what deletes to the right"},
	{"Up", PRESS_UP, NULL, "arrow up"},
	{"Down", PRESS_DOWN, NULL, "arrow down"},
	{"Left", PRESS_LEFT, NULL, "arrow left"},
	{"Right", PRESS_RIGHT, NULL, "arrow right"},
	{"Home", PRESS_HOME, NULL, "to the beginning"},
	{"End", PRESS_END, NULL, "to the end"},
	{"PageUp", PRESS_PAGE_UP, NULL, "a page up"},
	{"PageDown", PRESS_PAGE_DOWN, NULL, "a page down"},
	{"F1", PRESS_F1, NULL, "function key 1"},
	{"F2", PRESS_F1 + 1, NULL, "function key 2"},
	{"F3", PRESS_F1 + 2, NULL, "function key 3"},
	{"F4", PRESS_F1 + 3, NULL, "function key 4"},
	{"F5", PRESS_F1 + 4, NULL, "function key 5"},
	{"F6", PRESS_F1 + 5, NULL, "function key 6"},
	{"F7", PRESS_F1 + 6, NULL, "function key 7"},
	{"F8", PRESS_F1 + 7, NULL, "function key 8"},
	{"F9", PRESS_F1 + 8, NULL, "function key 9"},
	{"F10", PRESS_F1 + 9, NULL, "function key 10"},
	{"F11", PRESS_F1 + 10, NULL, "function key 11"},
	{"F12", PRESS_F12, NULL, "function key 12"},
	{"Resize", PRESS_RESIZE, "COLUMNSxROWS", "the terminal changes its size"},
	{"Click", PRESS_CLICK, "COLUMN,ROW", "the left button, counted from 0"},
	{"Wheel", PRESS_WHEEL, "+ROWS", "the wheel: + is down, - is up"},
	{0},
};

/* Prefixes, in the order in which they are printed. */
struct modifier_name {
	char letter;
	uint8_t modifier;
};
static const struct modifier_name modifier_names[] = {
	{'C', MODIFIER_CONTROL},
	{'M', MODIFIER_META},
	{'S', MODIFIER_SHIFT},
};
#define MODIFIER_COUNT (sizeof modifier_names / sizeof *modifier_names)

bool key_equal(struct key a, struct key b)
{
	return a.code == b.code && a.modifiers == b.modifiers && a.spot.column == b.spot.column &&
	       a.spot.row == b.spot.row;
}

void keys_add(struct keys *keys, struct key key)
{
	keys->items = grow(keys->items, &keys->capacity, keys->count + 1, sizeof *keys->items);
	keys->items[keys->count++] = key;
}

void keys_release(struct keys *keys)
{
	free(keys->items);
	*keys = (struct keys){0};
}

static bool is_press(uint32_t code)
{
	return code >= PRESS_ENTER;
}

static const struct key_name *key_named(struct slice name)
{
	for (const struct key_name *row = key_names; row->name != NULL; row++) {
		if (slice_is(name, row->name))
			return row;
	}
	return NULL;
}

/* ---- Characters ------------------------------------------------------------------------- */

struct key key_of_character(uint32_t code)
{
	static const uint32_t presses[][2] = {
		{'\t', PRESS_TAB},
		{'\r', PRESS_ENTER},
		{0x1B, PRESS_ESC},
		{0x7F, PRESS_BACKSPACE},
	};
	for (size_t i = 0; i < sizeof presses / sizeof *presses; i++) {
		if (presses[i][0] == code)
			return (struct key){.code = presses[i][1]};
	}
	if (code >= ' ')
		return (struct key){.code = code};
	struct key key = {.code = code + '@', .modifiers = MODIFIER_CONTROL};
	if (code == 0)
		key.code = ' ';
	else if (code <= 26)
		key.code = code + 'a' - 1;
	return key;
}

/* Control with a character, as a terminal sends it; false where none does. */
static bool control_key(uint32_t code, struct key *key)
{
	if (code >= 'a' && code <= 'z')
		code -= 'a' - 'A';
	if (code == '?') {
		*key = key_of_character(0x7F);
	} else if (code == ' ') {
		*key = key_of_character(0);
	} else if (code >= '@' && code <= '_') {
		*key = key_of_character(code - '@');
	} else {
		return false;
	}
	return true;
}

/* ---- Reading ---------------------------------------------------------------------------- */

/* Reads a number of at most six digits from the head of text, and shortens it. */
static bool take_number(struct slice *text, int *number)
{
	size_t length = 0;
	*number = 0;
	while (length < text->length && length < 6 && text->bytes[length] >= '0' &&
		text->bytes[length] <= '9')
		*number = *number * 10 + (text->bytes[length++] - '0');
	*text = slice_cut(*text, length, text->length);
	return length > 0;
}

static bool take_byte(struct slice *text, char byte)
{
	if (text->length == 0 || *text->bytes != byte)
		return false;
	*text = slice_cut(*text, 1, text->length);
	return true;
}

static bool read_spot(struct slice argument, char between, struct spot *spot)
{
	return take_number(&argument, &spot->column) && take_byte(&argument, between) &&
	       take_number(&argument, &spot->row) && argument.length == 0;
}

static bool read_argument(struct slice argument, struct key *key)
{
	struct spot *spot = &key->spot;
	if (key->code == PRESS_RESIZE)
		return read_spot(argument, 'x', spot) && spot->column >= 1 && spot->row >= 1 &&
		       spot->column <= CELLS_SIDE && spot->row <= CELLS_SIDE;
	if (key->code == PRESS_CLICK)
		return read_spot(argument, ',', spot);
	bool up = take_byte(&argument, '-');
	if (!up)
		take_byte(&argument, '+');
	bool good = take_number(&argument, &spot->row) && argument.length == 0;
	if (up)
		spot->row = -spot->row;
	return good;
}

static uint8_t take_modifiers(struct slice *name)
{
	uint8_t modifiers = 0;
	for (size_t i = 0; i < MODIFIER_COUNT;) {
		if (name->length > 2 && name->bytes[0] == modifier_names[i].letter &&
			name->bytes[1] == '-') {
			modifiers |= modifier_names[i].modifier;
			*name = slice_cut(*name, 2, name->length);
			i = 0;
		} else {
			i++;
		}
	}
	return modifiers;
}

/* The code of a name or of a single character after modifiers. */
static bool read_code(struct slice name, bool modified, uint32_t *code)
{
	const struct key_name *named = key_named(name);
	if (named != NULL && named->argument == NULL) {
		*code = named->code;
		return true;
	}
	return modified && name.length > 0 && utf8_decode(name, 0, code) == name.length &&
	       !code_is_control(*code);
}

/* Reads what stands between < and >. */
static bool read_name(struct slice text, struct key *key)
{
	const char *colon = memchr(text.bytes, ':', text.length);
	size_t length = colon == NULL ? text.length : (size_t)(colon - text.bytes);
	const struct key_name *named = key_named(slice_cut(text, 0, length));
	*key = (struct key){0};
	if (named != NULL && named->argument != NULL) {
		key->code = named->code;
		return colon != NULL &&
		       read_argument(slice_cut(text, length + 1, text.length), key);
	}
	uint8_t modifiers = take_modifiers(&text);
	if (!read_code(text, modifiers != 0, &key->code))
		return false;
	key->modifiers = modifiers;
	if (is_press(key->code))
		return true;
	if (modifiers & MODIFIER_SHIFT)
		return false;
	if (modifiers & MODIFIER_CONTROL && !control_key(key->code, key))
		return false;
	key->modifiers |= modifiers & MODIFIER_META;
	return true;
}

static const char *key_name_at(const void *of, size_t index)
{
	(void)of;
	return key_names[index].name;
}

static void report_unknown(struct slice text, struct diagnostics *out)
{
	struct buffer seen = {0};
	text_visible(text, &seen);
	struct slice name = text;
	take_modifiers(&name);
	const char *colon = memchr(name.bytes, ':', name.length);
	if (colon != NULL)
		name.length = (size_t)(colon - name.bytes);
	const struct key_name *known = key_named(name);
	const char *near = known == NULL ? nearest(name, key_name_at, NULL) : NULL;
	if (known != NULL && known->argument != NULL)
		diagnostics_report(out, NULL, 0, 0, "key '<%s>' is written <%s:%s>", seen.bytes,
			known->name, known->argument);
	else if (near != NULL)
		diagnostics_report(out, NULL, 0, 0, "there is no key '<%s>'; did you mean '<%s>'?",
			seen.bytes, near);
	else
		diagnostics_report(out, NULL, 0, 0,
			"there is no key '<%s>'; keys are <Enter> <Tab> <Esc> <Up> <F1> "
			"<C-x> <M-x> and their like, and the character < is <lt>",
			seen.bytes);
	buffer_release(&seen);
}

/* Appends the keys of one token. */
static bool read_token(struct slice token, struct keys *into, struct diagnostics *out)
{
	bool good = true;
	size_t first = into->count, length;
	for (size_t at = 0; at < token.length; at += length) {
		const char *bytes = token.bytes + at;
		const char *close = *bytes == '<' ? memchr(bytes, '>', token.length - at) : NULL;
		struct key key;
		if (close == NULL || close == bytes + 1) {
			uint32_t code;
			length = utf8_decode(token, at, &code);
			keys_add(into, key_of_character(code));
			continue;
		}
		length = (size_t)(close - bytes) + 1;
		struct slice name = slice_cut(token, at + 1, at + length - 1);
		if (read_name(name, &key)) {
			keys_add(into, key);
		} else {
			report_unknown(name, out);
			good = false;
		}
	}
	for (size_t i = first; i + 1 < into->count; i++)
		into->items[i].more = true;
	return good;
}

static bool is_blank(char byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

bool keys_parse(struct slice line, struct keys *into, struct diagnostics *out)
{
	bool good = true;
	for (size_t at = 0; at < line.length;) {
		size_t end = at;
		while (end < line.length && !is_blank(line.bytes[end]))
			end++;
		good = read_token(slice_cut(line, at, end), into, out) && good;
		at = end + 1;
	}
	return good;
}

/* ---- Printing --------------------------------------------------------------------------- */

static void print_argument(struct key key, struct buffer *into)
{
	if (key.code == PRESS_RESIZE)
		buffer_format(into, ":%dx%d", key.spot.column, key.spot.row);
	else if (key.code == PRESS_CLICK)
		buffer_format(into, ":%d,%d", key.spot.column, key.spot.row);
	else if (key.code == PRESS_WHEEL)
		buffer_format(into, ":%+d", key.spot.row);
}

static const char *name_of_code(uint32_t code)
{
	for (const struct key_name *row = key_names; row->name != NULL; row++) {
		if (row->code == code)
			return row->name;
	}
	return NULL;
}

void key_print(struct key key, struct buffer *into)
{
	char bytes[4];
	const char *name = name_of_code(key.code);
	struct slice character = {bytes, 0};
	if (!is_press(key.code))
		character.length = utf8_encode(key.code, bytes);
	if (name == NULL && key.modifiers == 0) {
		buffer_append(into, character);
		return;
	}
	buffer_byte(into, '<');
	for (size_t i = 0; i < MODIFIER_COUNT; i++) {
		if (key.modifiers & modifier_names[i].modifier)
			buffer_format(into, "%c-", modifier_names[i].letter);
	}
	buffer_append(into, name != NULL ? slice_of(name) : character);
	print_argument(key, into);
	buffer_byte(into, '>');
}
