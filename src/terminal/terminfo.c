/* terminfo.c: entries of terminals, and the only file that sees the header of terminfo.
 *
 * An entry is read once and for all: afterwards it is bytes and numbers, and nothing is left in the
 * library, which knows one terminal at a time. The entry that curses gets is put together here, in
 * the compiled form: no string of the real one reaches it, so that it has nothing that would enter
 * or leave the terminal, wait for it, or change what its keys send.
 */
#include "terminal/terminfo.h"

#include <stdlib.h>
#include <string.h>
#include <term.h>

#include "terminal/orders.h"

/* ---- Names ------------------------------------------------------------------------------ */

struct string_name {
	const char *name;
	int numbers; /* that it takes */
};

static const struct string_name string_names[ENTRY_STRINGS] = {
	[ENTRY_ENTER] = {"smcup", 0},
	[ENTRY_LEAVE] = {"rmcup", 0},
	[ENTRY_KEYS_ON] = {"smkx", 0},
	[ENTRY_KEYS_OFF] = {"rmkx", 0},
	[ENTRY_CURSOR_OFF] = {"civis", 0},
	[ENTRY_CURSOR_ON] = {"cnorm", 0},
	[ENTRY_PASTE_ON] = {"BE", 0},
	[ENTRY_PASTE_OFF] = {"BD", 0},
	[ENTRY_CLEAR] = {"clear", 0},
	[ENTRY_ERASE_LINE] = {"el", 0},
	[ENTRY_ERASE] = {"ech", 1},
	[ENTRY_MOVE] = {"cup", 2},
	[ENTRY_RIGHT] = {"cuf", 1},
	[ENTRY_NORMAL] = {"sgr0", 0},
	[ENTRY_COLOURS_OFF] = {"op", 0},
	[ENTRY_FOREGROUND] = {"setaf", 1},
	[ENTRY_BACKGROUND] = {"setab", 1},
	[ENTRY_BOLD] = {"bold", 0},
	[ENTRY_DIM] = {"dim", 0},
	[ENTRY_ITALIC] = {"sitm", 0},
	[ENTRY_UNDERLINE] = {"smul", 0},
	[ENTRY_REVERSE] = {"rev", 0},
	[ENTRY_UNDERLINE_SHAPE] = {"Smulx", 1},
};

struct key_capability {
	const char *name;
	uint32_t code;
	uint8_t modifiers;
};

static const struct key_capability key_capabilities[] = {
	{"kcuu1", PRESS_UP, 0},
	{"kcud1", PRESS_DOWN, 0},
	{"kcub1", PRESS_LEFT, 0},
	{"kcuf1", PRESS_RIGHT, 0},
	{"khome", PRESS_HOME, 0},
	{"kend", PRESS_END, 0},
	{"kpp", PRESS_PAGE_UP, 0},
	{"knp", PRESS_PAGE_DOWN, 0},
	{"ka1", PRESS_HOME, 0},
	{"ka3", PRESS_PAGE_UP, 0},
	{"kc1", PRESS_END, 0},
	{"kc3", PRESS_PAGE_DOWN, 0},
	{"kent", PRESS_ENTER, 0},
	{"kbs", PRESS_BACKSPACE, 0},
	{"kdch1", PRESS_DELETE, 0},
	{"kcbt", PRESS_TAB, MODIFIER_SHIFT},
	{"kri", PRESS_UP, MODIFIER_SHIFT},
	{"kind", PRESS_DOWN, MODIFIER_SHIFT},
	{"kLFT", PRESS_LEFT, MODIFIER_SHIFT},
	{"kRIT", PRESS_RIGHT, MODIFIER_SHIFT},
	{"kHOM", PRESS_HOME, MODIFIER_SHIFT},
	{"kEND", PRESS_END, MODIFIER_SHIFT},
	{"kPRV", PRESS_PAGE_UP, MODIFIER_SHIFT},
	{"kNXT", PRESS_PAGE_DOWN, MODIFIER_SHIFT},
	{"kDC", PRESS_DELETE, MODIFIER_SHIFT},
	{"kf1", PRESS_F1, 0},
	{"kf2", PRESS_F1 + 1, 0},
	{"kf3", PRESS_F1 + 2, 0},
	{"kf4", PRESS_F1 + 3, 0},
	{"kf5", PRESS_F1 + 4, 0},
	{"kf6", PRESS_F1 + 5, 0},
	{"kf7", PRESS_F1 + 6, 0},
	{"kf8", PRESS_F1 + 7, 0},
	{"kf9", PRESS_F1 + 8, 0},
	{"kf10", PRESS_F1 + 9, 0},
	{"kf11", PRESS_F1 + 10, 0},
	{"kf12", PRESS_F12, 0},
};
#define KEY_COUNT (sizeof key_capabilities / sizeof *key_capabilities)

/* What no_color_video counts as bits, as far as we have it. */
static const struct {
	int bit;
	unsigned attributes;
} exclusions[] = {
	{2, ATTRIBUTE_UNDERLINE | ATTRIBUTE_DOTTED},
	{4, ATTRIBUTE_REVERSE},
	{16, ATTRIBUTE_DIM},
	{32, ATTRIBUTE_BOLD},
	{0x8000, ATTRIBUTE_ITALIC},
};

/* ---- Strings ---------------------------------------------------------------------------- */

#define STRING_MOST 1024 /* bytes; no terminal has longer ones */

/* What stands behind a %: flags (behind a colon, since + and - alone are sums), digits and what is
 * to be done. True where that is no text and no more than three digits wide. */
static bool format_is_sound(const char *at, int numbers)
{
	size_t length = strspn(at, *at == ':' ? ":-+# " : "# ");
	size_t digits = strspn(at + length, ".0123456789");
	if (*at == 'p')
		return at[1] >= '1' && at[1] <= '0' + numbers;
	at += length + digits;
	return digits <= 3 && *at != '\0' && *at != 's' && *at != 'l';
}

/* A string that asks for anything but the numbers it gets would have memory read that is none, or
 * fill it. */
static bool string_is_sound(const char *text, int numbers)
{
	if (strlen(text) > STRING_MOST)
		return false;
	for (const char *at = strchr(text, '%'); at != NULL; at = strchr(at, '%')) {
		at++;
		if (!format_is_sound(at, numbers))
			return false;
		at += *at != '\0'; /* a % that is meant as itself, or a letter */
	}
	return numbers == 0 || strchr(text, '%') != NULL;
}

/* Leaves out $<5> and its like. */
static struct slice without_padding(const char *text, struct arena *arena)
{
	struct buffer out = {0};
	while (*text != '\0') {
		const char *end = text[0] == '$' && text[1] == '<' ? strchr(text, '>') : NULL;
		if (end == NULL)
			buffer_byte(&out, *text++);
		else
			text = end + 1;
	}
	struct slice kept = arena_slice(arena, buffer_slice(&out));
	buffer_release(&out);
	return kept;
}

static const char *find_string(const char *name)
{
	const char *value = tigetstr(name);
	return value == (char *)-1 ? NULL : value;
}

static void read_strings(struct entry *entry)
{
	for (int i = ENTRY_NONE + 1; i < ENTRY_STRINGS; i++) {
		const char *text = find_string(string_names[i].name);
		if (text != NULL && string_is_sound(text, string_names[i].numbers))
			entry->strings[i] = without_padding(text, entry->arena);
	}
}

/* ---- Entries ---------------------------------------------------------------------------- */

/* A number, or another where there is none that makes sense. */
static int find_number(const char *name, int otherwise)
{
	int number = tigetnum(name);
	return number > 0 ? number : otherwise;
}

static void read_colours(struct entry *entry)
{
	int excluded = find_number("ncv", 0);
	bool usable = entry_has(entry, ENTRY_FOREGROUND) && entry_has(entry, ENTRY_BACKGROUND) &&
		      entry_has(entry, ENTRY_COLOURS_OFF) && entry_has(entry, ENTRY_NORMAL);
	entry->colours = usable ? find_number("colors", 0) : 0;
	for (size_t i = 0; i < sizeof exclusions / sizeof *exclusions; i++) {
		if (excluded & exclusions[i].bit)
			entry->excluded |= exclusions[i].attributes;
	}
}

static void read_keys(struct entry *entry)
{
	entry->keys = arena_allocate(entry->arena, KEY_COUNT * sizeof *entry->keys);
	for (size_t i = 0; i < KEY_COUNT; i++) {
		const char *text = find_string(key_capabilities[i].name);
		entry->keys[i] = without_padding(text != NULL ? text : "", entry->arena);
	}
}

char *terminfo_replace(const char *value)
{
	const char *set = getenv("TERMINFO");
	char *before = set != NULL ? memory_text(slice_of(set)) : NULL;
	setenv("TERMINFO", value, 1);
	return before;
}

void terminfo_restore(char *before)
{
	if (before != NULL)
		setenv("TERMINFO", before, 1);
	else
		unsetenv("TERMINFO");
	free(before);
}

/* True where the library's present terminal is the one looked for. */
static bool set_up(const struct entry_source *source, int descriptor)
{
	int error;
	if (source->terminfo == NULL)
		return setupterm(source->name, descriptor, &error) == 0;
	char *before = terminfo_replace(source->terminfo);
	int result = setupterm(source->name, descriptor, &error);
	terminfo_restore(before);
	return result == 0;
}

bool entry_open(struct entry *entry, struct entry_source source, int descriptor)
{
	*entry = (struct entry){0};
	if (!set_up(&source, descriptor))
		return false;
	entry->arena = arena_new();
	read_strings(entry);
	read_colours(entry);
	read_keys(entry);
	entry->size = (struct spot){find_number("cols", 80), find_number("lines", 24)};
	entry->erases_ground = tigetflag("bce") > 0;
	entry->wraps = tigetflag("am") > 0;
	entry->wraps_late = tigetflag("xenl") > 0;
	del_curterm(cur_term);
	return true;
}

void entry_close(struct entry *entry)
{
	if (entry->arena == NULL)
		return;
	arena_free(entry->arena);
	*entry = (struct entry){0};
}

void entry_teach(const struct entry *entry, struct input *input)
{
	for (size_t i = 0; i < KEY_COUNT; i++) {
		const struct key_capability *row = &key_capabilities[i];
		input_learn(input, entry->keys[i],
			(struct key){.code = row->code, .modifiers = row->modifiers});
	}
}

void entry_put(const struct entry *entry, enum entry_string which, struct buffer *into)
{
	buffer_append(into, entry->strings[which]);
}

/* All nine numbers are handed over, whatever a string asks for. */
static void put_expanded(struct slice string, int first, int second, struct buffer *into)
{
	if (string.length == 0)
		return;
	const char *expanded =
		tparm(string.bytes, (long)first, (long)second, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
	if (expanded != NULL)
		buffer_text(into, expanded);
}

void entry_put_number(
	const struct entry *entry, enum entry_string which, int number, struct buffer *into)
{
	put_expanded(entry->strings[which], number, 0, into);
}

void entry_put_move(const struct entry *entry, struct spot to, struct buffer *into)
{
	put_expanded(entry->strings[ENTRY_MOVE], to.row, to.column, into);
}

/* ---- What curses is told ---------------------------------------------------------------- */

/* The compiled form (term(5)) counts in numbers of two bytes. */
#define COMPILED_FORM 0432

static void put_short(struct buffer *into, int number)
{
	buffer_byte(into, (char)(unsigned char)(number & 0xFF));
	buffer_byte(into, (char)(unsigned char)(number >> 8 & 0xFF));
}

static int count_names(const char *const *names)
{
	int count = 0;
	while (names[count] != NULL)
		count++;
	return count;
}

static bool flag_of(const struct entry *entry, const char *name)
{
	const struct {
		const char *name;
		bool value;
	} flags[] = {
		{"bce", entry->erases_ground},
		/* The last cell is written only where nothing scrolls. Behind the last column the
		 * cursor is nowhere that could be relied on. */
		{"am", entry->wraps && !entry->wraps_late},
		{"xenl", true},
		{"msgr", true},
	};
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
		if (strcmp(name, flags[i].name) == 0)
			return flags[i].value;
	}
	return false;
}

/* Colours are there to be counted; a size is until the first frame. */
static int number_of(const char *name)
{
	static const struct {
		const char *name;
		int value;
	} numbers[] = {{"cols", 80}, {"lines", 24}, {"colors", 256}, {"pairs", 0x7FFF}};
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		if (strcmp(name, numbers[i].name) == 0)
			return numbers[i].value;
	}
	return -1;
}

/* NULL: there is none. */
static const char *order_of(const struct entry *entry, const char *name)
{
	for (size_t i = 0; i < ORDER_FORMS; i++) {
		const struct order_form *form = &order_forms[i];
		if (strcmp(name, form->capability) == 0 &&
			(form->needed == ENTRY_NONE || entry_has(entry, form->needed)))
			return form->text;
	}
	return NULL;
}

/* Appends offsets and strings of all names. */
static void put_strings(const struct entry *entry, struct buffer *offsets, struct buffer *strings)
{
	for (const char *const *name = (const char *const *)strnames; *name != NULL; name++) {
		const char *text = order_of(entry, *name);
		put_short(offsets, text != NULL ? (int)strings->length : -1);
		if (text != NULL)
			buffer_append(strings, (struct slice){text, strlen(text) + 1});
	}
}

static void put_compiled(const struct entry *entry, struct buffer *into)
{
	const char *const *flags = (const char *const *)boolnames;
	const char *const *numbers = (const char *const *)numnames;
	struct buffer offsets = {0}, strings = {0};
	put_strings(entry, &offsets, &strings);
	const int header[] = {COMPILED_FORM, sizeof ENTRY_DESCRIBED, count_names(flags),
		count_names(numbers), (int)offsets.length / 2, (int)strings.length};
	for (size_t i = 0; i < sizeof header / sizeof *header; i++)
		put_short(into, header[i]);
	buffer_append(into, (struct slice){ENTRY_DESCRIBED, sizeof ENTRY_DESCRIBED});
	for (int i = 0; flags[i] != NULL; i++)
		buffer_byte(into, (char)flag_of(entry, flags[i]));
	if (into->length % 2 != 0)
		buffer_byte(into, '\0');
	for (int i = 0; numbers[i] != NULL; i++)
		put_short(into, number_of(numbers[i]));
	buffer_append(into, buffer_slice(&offsets));
	buffer_append(into, buffer_slice(&strings));
	buffer_release(&offsets);
	buffer_release(&strings);
}

void entry_describe(const struct entry *entry, struct buffer *into)
{
	static const char digits[] = "0123456789abcdef";
	struct buffer compiled = {0};
	put_compiled(entry, &compiled);
	buffer_text(into, "hex:");
	for (size_t i = 0; i < compiled.length; i++) {
		unsigned char byte = (unsigned char)compiled.bytes[i];
		buffer_byte(into, digits[byte >> 4]);
		buffer_byte(into, digits[byte & 15]);
	}
	buffer_release(&compiled);
}
