/* stage.c: starting programs, pressing keys, and what is left behind. */
#include "stage.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

extern char **environ;

void stage_init(struct stage *stage, struct arena *arena)
{
	*stage = (struct stage){.arena = arena, .settings = {.columns = 80, .rows = 24}};
}

static void stage_clear(struct stage *stage)
{
	if (stage->running) {
		session_release(&stage->session);
		entry_release(&stage->entry);
	}
	emulator_free(stage->emulator);
	free(stage->kept);
	stage->emulator = NULL;
	stage->kept = NULL;
	stage->running = false;
}

void stage_release(struct stage *stage)
{
	stage_clear(stage);
	buffer_release(&stage->said);
}

void stage_say(struct stage *stage, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	if (stage->settings.label != NULL)
		buffer_format(&stage->said, "%s: ", stage->settings.label);
	buffer_format_list(&stage->said, format, arguments);
	buffer_text(&stage->said, "\n");
	va_end(arguments);
}

/* ---- Starting --------------------------------------------------------------------------- */

/* Answers the questions that the terminal answers, as they come. */
static void answer(struct stage *stage)
{
	struct slice out = buffer_slice(&stage->session.out);
	for (; stage->heard < out.length; stage->heard++) {
		struct slice rest = slice_cut(out, stage->heard, out.length);
		for (size_t i = 0; i < stage->settings.answer_count; i++) {
			if (slice_starts(rest, stage->settings.answers[i].question))
				session_type(&stage->session,
					slice_of(stage->settings.answers[i].answer));
		}
		if (*rest.bytes == '\x1b' && rest.length < 16)
			return; /* may be the beginning of a question */
	}
}

static void take(void *user, struct slice bytes)
{
	struct stage *stage = user;
	emulator_feed(stage->emulator, bytes);
	answer(stage);
}

/* Sets NAME=VALUE in place of what there is of that name; NAME alone takes it away. */
static void set_variable(char **environment, const char *setting)
{
	size_t length = strcspn(setting, "="), count = 0;
	for (char **item = environment; *item != NULL; item++) {
		if (strncmp(*item, setting, length) != 0 || (*item)[length] != '=')
			environment[count++] = *item;
	}
	if (setting[length] == '=')
		environment[count++] = (char *)setting;
	environment[count] = NULL;
}

/* What the test was started with, but what says of what kind our terminal is. */
static char **environment_of(struct stage *stage)
{
	static const char *const taken[] = {"TERM", "COLORTERM", "TMUX", "TERMINFO", "NO_COLOR",
		"CLICOLOR", "CLICOLOR_FORCE", "ESCDELAY", "COLORFGBG", "LINES", "COLUMNS", "VISUAL",
		"EDITOR", "TERM_PROGRAM"};
	size_t count = 0;
	while (environ[count] != NULL)
		count++;
	char **copy = arena_allocate(stage->arena, (count + SETTINGS_MOST + 2) * sizeof(char *));
	memcpy(copy, environ, (count + 1) * sizeof(char *));
	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
		set_variable(copy, taken[i]);
	if (stage->settings.term != NULL)
		set_variable(copy, arena_format(stage->arena, "TERM=%s", stage->settings.term));
	for (size_t i = 0; i < stage->settings.variable_count; i++)
		set_variable(copy, stage->settings.variables[i]);
	return copy;
}

/* Where the build has put the entries that it embeds. */
static const char *entries_folder(struct stage *stage)
{
	char path[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
	path[length > 0 ? length : 0] = '\0';
	for (int level = 0; level < 3 && strrchr(path, '/') != NULL; level++)
		*strrchr(path, '/') = '\0';
	return arena_format(stage->arena, "%s/terminfo", path);
}

/* What is not known is taken for dumb. */
static void read_entry(struct stage *stage)
{
	const struct settings *settings = &stage->settings;
	const char *own = settings->entry;
	const char *name = own != NULL ? own : settings->term != NULL ? settings->term : "dumb";
	if (entry_read(&stage->entry, name, own != NULL ? entries_folder(stage) : NULL))
		return;
	entry_release(&stage->entry);
	if (!entry_read(&stage->entry, "dumb", NULL))
		stage_say(stage, "no terminfo entry is called '%s' here", name);
}

/* What a shell leaves on a screen. */
static void prompt(struct stage *stage)
{
	emulator_feed(stage->emulator, slice_of("$ "));
}

void stage_run(struct stage *stage, struct words *command)
{
	stage_clear(stage);
	stage->emulator =
		emulator_new(stage->settings.columns, stage->settings.rows, !stage->settings.latin);
	stage->modes = (struct modes){.rows = stage->settings.rows};
	stage->heard = stage->walked = 0;
	read_entry(stage);
	prompt(stage);
	stage->running = session_start(
		&stage->session, &(struct session_settings){.arguments = command->items,
					 .environment = environment_of(stage),
					 .columns = stage->settings.columns,
					 .rows = stage->settings.rows,
					 .take = take,
					 .user = stage});
	if (!stage->running)
		stage_say(stage, "no pseudo-terminal to be had");
}

void stage_resize(struct stage *stage, int columns, int rows)
{
	stage_modes(stage);
	stage->modes.rows = rows;
	emulator_resize(stage->emulator, columns, rows);
	session_resize(&stage->session, columns, rows);
}

bool stage_settle(struct stage *stage)
{
	if (stage->running && session_settle(&stage->session))
		return true;
	stage_say(stage, "never became quiet");
	return false;
}

/* ---- Keys ------------------------------------------------------------------------------- */

static const struct {
	uint32_t code;
	const char *capability, *otherwise;
	const char *modified; /* with a number for the modifiers in place of the # */
} special[] = {
	{PRESS_ENTER, NULL, "\r", NULL},
	{PRESS_TAB, NULL, "\t", NULL},
	{PRESS_ESC, NULL, "\x1b", NULL},
	{PRESS_BACKSPACE, "kbs", "\x7f", NULL},
	{PRESS_DELETE, "kdch1", "\x1b[3~", "\x1b[3;#~"},
	{PRESS_UP, "kcuu1", "\x1b[A", "\x1b[1;#A"},
	{PRESS_DOWN, "kcud1", "\x1b[B", "\x1b[1;#B"},
	{PRESS_LEFT, "kcub1", "\x1b[D", "\x1b[1;#D"},
	{PRESS_RIGHT, "kcuf1", "\x1b[C", "\x1b[1;#C"},
	{PRESS_HOME, "khome", "\x1b[H", "\x1b[1;#H"},
	{PRESS_END, "kend", "\x1b[F", "\x1b[1;#F"},
	{PRESS_PAGE_UP, "kpp", "\x1b[5~", "\x1b[5;#~"},
	{PRESS_PAGE_DOWN, "knp", "\x1b[6~", "\x1b[6;#~"},
	{PRESS_F1, "kf1", "\x1bOP", NULL},
};

static void press_special(struct stage *stage, const struct key *key, struct buffer *bytes)
{
	for (size_t i = 0; i < sizeof special / sizeof *special; i++) {
		if (special[i].code != key->code)
			continue;
		const char *named = special[i].capability != NULL
					    ? entry_text(&stage->entry, special[i].capability)
					    : NULL;
		if (key->code == PRESS_TAB && key->modifiers & MODIFIER_SHIFT)
			buffer_text(bytes, "\x1b[Z");
		else if (key->modifiers == 0 || special[i].modified == NULL)
			buffer_text(bytes, named != NULL ? named : special[i].otherwise);
		else
			buffer_text(bytes, special[i].modified);
	}
	for (size_t i = 0; i < bytes->length; i++) {
		int number = 1 + (key->modifiers & MODIFIER_SHIFT ? 1 : 0) +
			     (key->modifiers & MODIFIER_META ? 2 : 0) +
			     (key->modifiers & MODIFIER_CONTROL ? 4 : 0);
		if (bytes->bytes[i] == '#')
			bytes->bytes[i] = (char)('0' + number);
	}
}

void stage_press(struct stage *stage, const struct key *key)
{
	struct buffer bytes = {0};
	char room[4];
	if (key->code == PRESS_RESIZE) {
		stage_resize(stage, key->spot.column, key->spot.row);
	} else if (key->code >= PRESS_ENTER) {
		press_special(stage, key, &bytes);
	} else {
		if (key->modifiers & MODIFIER_META)
			buffer_byte(&bytes, '\x1b');
		if (key->modifiers & MODIFIER_CONTROL)
			buffer_byte(&bytes, (char)(key->code & 0x1F));
		else
			buffer_append(&bytes, (struct slice){room, utf8_encode(key->code, room)});
	}
	session_type(&stage->session, buffer_slice(&bytes));
	buffer_release(&bytes);
}

/* ---- Pictures --------------------------------------------------------------------------- */

void stage_keep(struct stage *stage)
{
	free(stage->kept);
	stage->kept = emulator_picture(stage->emulator);
	stage->kept_columns = emulator_columns(stage->emulator);
	stage->kept_rows = emulator_rows(stage->emulator);
}

static bool glyph_equal(const struct glyph *a, const struct glyph *b)
{
	return a->width == b->width && strcmp(a->look, b->look) == 0 &&
	       memcmp(a->characters, b->characters, sizeof a->characters) == 0;
}

int stage_changes(struct stage *stage, int rows, struct buffer *what)
{
	int columns = emulator_columns(stage->emulator);
	if (columns != stage->kept_columns || emulator_rows(stage->emulator) != stage->kept_rows)
		return -1;
	if (rows > stage->kept_rows)
		rows = stage->kept_rows;
	int changes = 0;
	struct glyph *now = emulator_picture(stage->emulator);
	for (int i = 0; i < columns * rows; i++) {
		const struct glyph *old = &stage->kept[i];
		if (glyph_equal(old, &now[i]))
			continue;
		if (changes++ < 3)
			buffer_format(what, " %d,%d: U+%04x '%s' became U+%04x '%s';", i % columns,
				i / columns, (unsigned)old->characters[0], old->look,
				(unsigned)now[i].characters[0], now[i].look);
	}
	free(now);
	return changes;
}

/* ---- What was sent, and what is left of it ------------------------------------------------ */

const struct modes *stage_modes(struct stage *stage)
{
	struct slice out = buffer_slice(&stage->session.out);
	while (stage->walked < out.length) {
		struct element element = stream_element(out, stage->walked, !stage->settings.latin);
		size_t end = stage->walked + element.length;
		modes_take(&stage->modes, slice_cut(out, stage->walked, end));
		stage->walked = end;
	}
	return &stage->modes;
}

static void compare_flags(tcflag_t before, tcflag_t after, const char *name, struct buffer *into)
{
	if (before != after)
		buffer_format(into, ", %s flags %o, not %o", name, after, before);
}

void stage_leftovers(struct stage *stage, struct buffer *into)
{
	struct termios after;
	const struct termios *before = &stage->session.before;
	struct buffer on = {0};
	char look[64];
	modes_print(stage_modes(stage), &on);
	if (on.length > 0)
		buffer_format(into, ", modes on: %s", on.bytes);
	emulator_pen(stage->emulator, look);
	if (*look != '\0')
		buffer_format(into, ", looks: %s", look);
	if (tcgetattr(stage->session.terminal, &after) == 0) {
		compare_flags(before->c_iflag, after.c_iflag, "input", into);
		compare_flags(before->c_oflag, after.c_oflag, "output", into);
		compare_flags(before->c_cflag, after.c_cflag, "control", into);
		compare_flags(before->c_lflag, after.c_lflag, "local", into);
		if (memcmp(before->c_cc, after.c_cc, sizeof after.c_cc) != 0)
			buffer_text(into, ", control characters");
	}
	buffer_release(&on);
}

struct lines {
	char **items;
	size_t count, capacity;
};

static void add_line(struct lines *lines, const struct buffer *line, struct arena *arena)
{
	for (size_t i = 0; i < lines->count; i++) {
		if (slice_is(buffer_slice(line), lines->items[i]))
			return;
	}
	lines->items = grow(lines->items, &lines->capacity, lines->count + 1, sizeof *lines->items);
	lines->items[lines->count++] = arena_text(arena, buffer_slice(line));
}

static int compare_lines(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Describes what stands at `at`, and returns its length; nothing for what need not be said. */
static size_t describe(struct stage *stage, size_t at, bool all, struct buffer *line)
{
	const char *name = NULL;
	struct slice out = buffer_slice(&stage->session.out);
	struct element element = stream_element(out, at, !stage->settings.latin);
	if (element.kind == ELEMENT_TEXT)
		return element.length;
	size_t known = entry_match(&stage->entry, out, at, &name);
	if (known > 0 && all)
		buffer_text(line, name);
	if (known > 0)
		return known;
	buffer_text(line, element.kind == ELEMENT_BAD ? "bad: " : "");
	element_print(slice_cut(out, at, at + element.length), line);
	return element.length;
}

void stage_sent(struct stage *stage, bool all, struct buffer *into)
{
	struct lines lines = {0};
	struct arena *arena = arena_new();
	struct buffer line = {0};
	for (size_t at = 0; at < stage->session.out.length;) {
		line.length = 0;
		at += describe(stage, at, all, &line);
		if (line.length > 0)
			add_line(&lines, &line, arena);
	}
	if (lines.count > 0)
		qsort(lines.items, lines.count, sizeof *lines.items, compare_lines);
	for (size_t i = 0; i < lines.count; i++)
		buffer_format(into, "%s\n", lines.items[i]);
	free(lines.items);
	buffer_release(&line);
	arena_free(arena);
}
