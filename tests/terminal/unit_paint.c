/* unit_paint.c: frames as bytes: what is sent for what, and that a terminal which obeys shows the
 * cells whatever was there before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <locale.h>

#include <cmocka.h>

#include "terminal/paint.h"

/* ---- A terminal that obeys ---------------------------------------------------------------- */

#define SCREEN_COLUMNS 24
#define SCREEN_ROWS 6

struct pen {
	int foreground, background; /* -1: the terminal's own */
	unsigned attributes;
};

struct shown {
	char text[64]; /* a cluster; empty: the right half of what stands to the left */
	struct pen pen;
};

struct screen {
	struct shown cells[SCREEN_ROWS][SCREEN_COLUMNS];
	struct pen now;
	struct spot at;
	bool erases_ground;
	bool cursor_off;
};

static bool is_mark(uint32_t code)
{
	return code_class(code) == LETTER_MARK;
}

static int width_of(uint32_t code)
{
	return code >= 0x1100 && code != 0xFFFD ? 2 : 1;
}

/* What loses a half where so many cells are written anew is gone. */
static void cut_halves(struct shown *row, int column, int count)
{
	int end = column + count;
	if (column > 0 && row[column].text[0] == '\0')
		memcpy(row[column - 1].text, " ", 2);
	if (end < SCREEN_COLUMNS && row[end].text[0] == '\0')
		memcpy(row[end].text, " ", 2);
}

static void erase(struct screen *screen, struct spot from, int count)
{
	struct pen ground = {-1, screen->erases_ground ? screen->now.background : -1, 0};
	int left = SCREEN_COLUMNS - from.column;
	count = count < left ? count : left;
	cut_halves(screen->cells[from.row], from.column, count);
	for (int i = 0; i < count; i++)
		screen->cells[from.row][from.column + i] =
			(struct shown){.text = " ", .pen = ground};
}

static void write_code(struct screen *screen, uint32_t code)
{
	char bytes[4];
	size_t length = utf8_encode(code, bytes);
	struct shown *row = screen->cells[screen->at.row];
	if (is_mark(code)) {
		struct shown *below = &row[screen->at.column - 1];
		strncat(below->text, bytes, length);
		return;
	}
	assert_true(screen->at.column + width_of(code) <= SCREEN_COLUMNS); /* nothing wraps */
	cut_halves(row, screen->at.column, width_of(code));
	for (int i = 0; i < width_of(code); i++)
		row[screen->at.column + i] = (struct shown){.pen = screen->now};
	memcpy(row[screen->at.column].text, bytes, length);
	screen->at.column += width_of(code);
}

static void set_graphics(struct screen *screen, const int *numbers, size_t count)
{
	static const unsigned attributes[10] = {[1] = ATTRIBUTE_BOLD,
		[3] = ATTRIBUTE_ITALIC,
		[4] = ATTRIBUTE_UNDERLINE,
		[7] = ATTRIBUTE_REVERSE};
	for (size_t i = 0; i < count; i++) {
		int number = numbers[i];
		if (number == 0)
			screen->now = (struct pen){-1, -1, 0};
		else if (number < 10)
			screen->now.attributes |= attributes[number];
		else if (number >= 20 && number < 30)
			screen->now.attributes &=
				~(number == 22 ? ATTRIBUTE_BOLD : attributes[number - 20]);
		else if (number >= 30 && number < 40)
			screen->now.foreground = number == 39 ? -1 : number - 30;
		else
			screen->now.background = number == 49 ? -1 : number - 40;
	}
}

/* Obeys the sequence behind Esc [ and returns its length. */
static size_t obey(struct screen *screen, const char *text)
{
	int numbers[16] = {0};
	size_t count = 0, at = 0;
	bool private = text[at] == '?';
	for (at += private; strchr("0123456789;", text[at]) != NULL; at++) {
		if (text[at] == ';')
			count++;
		else
			numbers[count] = numbers[count] * 10 + text[at] - '0';
	}
	int first = numbers[0];
	if (text[at] == 'H')
		screen->at =
			count == 0 ? (struct spot){0, 0} : (struct spot){numbers[1] - 1, first - 1};
	else if (text[at] == 'C')
		screen->at.column += first;
	else if (text[at] == 'K')
		erase(screen, screen->at, SCREEN_COLUMNS);
	else if (text[at] == 'X')
		erase(screen, screen->at, first);
	else if (text[at] == 'm')
		set_graphics(screen, numbers, count + 1);
	else if (private)
		screen->cursor_off = text[at] == 'l';
	else if (text[at] == 'J')
		for (int row = 0; row < SCREEN_ROWS; row++)
			erase(screen, (struct spot){0, row}, SCREEN_COLUMNS);
	else
		fail_msg("what is '%c'?", text[at]);
	return at + 1;
}

static void obey_all(struct screen *screen, struct slice bytes)
{
	for (size_t at = 0; at < bytes.length;) {
		uint32_t code;
		if (slice_starts(slice_cut(bytes, at, bytes.length), "\x1b[")) {
			at += 2 + obey(screen, bytes.bytes + at + 2);
			continue;
		}
		at += utf8_decode(bytes, at, &code);
		write_code(screen, code);
	}
}

/* ---- What drives it ----------------------------------------------------------------------- */

static const char few[] = "theme-format: 1\nname: few\nstyles:\n"
			  "  text: {fg: default, bg: default}\n"
			  "  user.red: {ansi: {fg: red}}\n"
			  "  user.blue: {ansi: {bg: blue}}\n"
			  "  user.green: {ansi: {fg: green}, bold: true}\n"
			  "  user.all: {ansi: {fg: red, bg: blue}, italic: true, bold: true}\n"
			  "  user.both: {ansi: {fg: red, bg: blue}}\n"
			  "  user.reverse: {ansi: {bg: white}, reverse: true}\n"
			  "  user.line: {ansi: {bg: blue}, underline: true}\n";
static const char grounded[] = "theme-format: 1\nname: ground\nstyles:\n"
			       "  text: {ansi: {fg: green, bg: black}}\n"
			       "  user.red: {ansi: {fg: green, bg: red}, italic: true}\n"
			       "  user.reverse: {ansi: {fg: blue}}\n"
			       "  user.line: {bold: true}\n";
static const char *const style_names[] = {
	"text", "user.red", "user.blue", "user.green", "user.all", "user.reverse", "user.line"};
#define STYLE_COUNT (sizeof style_names / sizeof *style_names)

struct bench {
	struct entry entry;
	struct painter painter;
	struct styles *styles;
	struct theme *theme, *other;
	struct cells cells;
	struct buffer out;
	style_id looks[STYLE_COUNT];
};

static const struct entry model = {
	.colours = 8,
	.wraps = true,
	.wraps_late = true,
	.strings =
		{
			[ENTRY_CURSOR_OFF] = {"\x1b[?25l", 6},
			[ENTRY_CURSOR_ON] = {"\x1b[?25h", 6},
			[ENTRY_CLEAR] = {"\x1b[H\x1b[J", 6},
			[ENTRY_ERASE_LINE] = {"\x1b[K", 3},
			[ENTRY_ERASE] = {"\x1b[%p1%dX", 8},
			[ENTRY_MOVE] = {"\x1b[%i%p1%d;%p2%dH", 16},
			[ENTRY_RIGHT] = {"\x1b[%p1%dC", 8},
			[ENTRY_NORMAL] = {"\x1b[0m", 4},
			[ENTRY_COLOURS_OFF] = {"\x1b[39;49m", 8},
			[ENTRY_FOREGROUND] = {"\x1b[3%p1%dm", 9},
			[ENTRY_BACKGROUND] = {"\x1b[4%p1%dm", 9},
			[ENTRY_BOLD] = {"\x1b[1m", 4},
			[ENTRY_ITALIC] = {"\x1b[3m", 4},
			[ENTRY_UNDERLINE] = {"\x1b[4m", 4},
			[ENTRY_REVERSE] = {"\x1b[7m", 4},
		},
};

static void bench_open(struct bench *bench, const struct entry *entry)
{
	struct diagnostics problems = {0};
	*bench = (struct bench){.entry = *entry, .styles = styles_new()};
	bench->theme = theme_read(slice_of(few), "few.yaml", NULL, &problems);
	bench->other = theme_read(slice_of(grounded), "grounded.yaml", NULL, &problems);
	assert_int_equal(problems.count, 0);
	for (size_t i = 0; i < STYLE_COUNT; i++)
		bench->looks[i] = style_named(bench->styles, style_names[i]);
	cells_init(&bench->cells, bench->styles, &(struct width_policy){.ambiguous = 1});
	cells_resize(&bench->cells, SCREEN_COLUMNS, SCREEN_ROWS);
	assert_true(painter_init(&bench->painter, &bench->entry, &bench->cells, DEPTH_8));
	painter_theme(&bench->painter, bench->theme);
}

static void bench_init(struct bench *bench, bool is_xterm, bool erases_ground)
{
	struct entry entry = model;
	entry.is_xterm = is_xterm;
	entry.erases_ground = erases_ground;
	bench_open(bench, &entry);
}

static void bench_release(struct bench *bench)
{
	painter_release(&bench->painter);
	cells_release(&bench->cells);
	theme_free(bench->theme);
	theme_free(bench->other);
	styles_free(bench->styles);
	buffer_release(&bench->out);
}

static void put(struct bench *bench, int column, int row, const char *text, const char *style)
{
	struct canvas all = canvas_whole(&bench->cells);
	canvas_text(&all, (struct spot){column, row}, text, style_named(bench->styles, style));
}

/* What the next frame sends. */
static const char *frame(struct bench *bench)
{
	bench->out.length = 0;
	buffer_text(&bench->out, "");
	painter_frame(&bench->painter, &bench->cells, &bench->out);
	buffer_reserve(&bench->out, 1);
	bench->out.bytes[bench->out.length] = '\0';
	return bench->out.bytes;
}

/* ---- Tests -------------------------------------------------------------------------------- */

static void test_what_is_shown_is_not_sent_again(void **state)
{
	(void)state;
	struct bench bench;
	bench_init(&bench, false, false);
	put(&bench, 2, 1, "one two", "text");
	assert_string_equal(frame(&bench), "\x1b[0m\x1b[H\x1b[J\x1b[2;3Hone two\x1b[?25l");
	assert_string_equal(frame(&bench), "");
	put(&bench, 6, 1, "t", "user.red");
	assert_string_equal(frame(&bench), "\x1b[2;7H\x1b[31mt");
	put(&bench, 12, 1, "x", "user.red");
	assert_string_equal(frame(&bench), "\x1b[5Cx");
	painter_forget(&bench.painter);
	cells_clear(&bench.cells);
	assert_string_equal(frame(&bench), "\x1b[0m\x1b[H\x1b[J\x1b[?25l");
	bench_release(&bench);
}

static void test_of_colours_those_are_sent_that_change(void **state)
{
	(void)state;
	static const struct {
		bool is_xterm; /* which ends an underline alone */
		const char *sent;
	} rows[] = {
		{false, "\x1b[1m\x1b[3m\x1b[31m\x1b[44ma\x1b[0m\x1b[31mb\x1b[39;49m c "
			"\x1b[4m\x1b[44md\x1b[0m\x1b[44me\x1b[31mf\x1b[?25l"},
		{true, "\x1b[1m\x1b[3m\x1b[31m\x1b[44ma\x1b[22m\x1b[23m\x1b[49mb\x1b[39m c "
		       "\x1b[4m\x1b[44md\x1b[24me\x1b[31mf\x1b[?25l"},
	};
	for (size_t i = 0; i < 2; i++) {
		struct bench bench;
		bench_init(&bench, rows[i].is_xterm, false);
		put(&bench, 0, 0, "a", "user.all");
		put(&bench, 1, 0, "b", "user.red");
		put(&bench, 2, 0, " c ", "text");
		put(&bench, 5, 0, "d", "user.line");
		put(&bench, 6, 0, "e", "user.blue");
		put(&bench, 7, 0, "f", "user.both");
		const char *sent = frame(&bench);
		assert_string_equal(strstr(sent, "\x1b[J") + 3, rows[i].sent);
		bench_release(&bench);
	}
}

static void test_blanks_are_erased_where_that_gives_their_ground(void **state)
{
	(void)state;
	struct bench bench;
	for (int erases = 0; erases < 2; erases++) {
		bench_init(&bench, true, erases);
		frame(&bench);
		canvas_fill(&(struct canvas){&bench.cells, 24, 6, 0, 0, {0, 0, 24, 6}},
			(struct area){4, 2, 20, 1}, bench.looks[2]);
		const char *sent = frame(&bench);
		assert_string_equal(sent, erases ? "\x1b[3;5H\x1b[44m\x1b[K"
						 : "\x1b[3;5H\x1b[44m                    ");
		bench_release(&bench);
	}
}

static void test_what_terminals_disagree_on_is_laid_over_blanks(void **state)
{
	(void)state;
	struct bench bench;
	bench_init(&bench, true, false);
	frame(&bench);
	put(&bench, 0, 0, "a\u2764\ufe0fb", "user.red");
	/* what follows is written again, for a terminal that gives it more cells */
	const char *sent = frame(&bench);
	assert_string_equal(sent, "\x1b[31ma  b\x1b[K\x1b[1;1H"
				  "\x1b[1;2H\u2764 \x1b[1;4Hb\x1b[1;1H");
	assert_string_equal(frame(&bench), "");
	put(&bench, 4, 0, "c", "text");
	sent = frame(&bench); /* the row is written whole */
	assert_string_equal(sent, "a  b\x1b[39mc\x1b[K\x1b[1;1H"
				  "\x1b[1;2H\x1b[31m\u2764 \x1b[1;4Hb\x1b[1;1H");
	put(&bench, 1, 0, "  ", "text");
	assert_string_equal(frame(&bench), "a  b\x1b[39mc\x1b[K");
	bench_release(&bench);
}

static void test_marks_on_letters_are_nothing_special(void **state)
{
	(void)state;
	struct bench bench;
	bench_init(&bench, true, false);
	frame(&bench);
	put(&bench, 0, 0, "e\u0301\u4e2dz", "text");
	assert_string_equal(frame(&bench), "e\u0301\u4e2dz\x1b[K");
	bench_release(&bench);
}

static void test_an_entry_may_send_any_byte(void **state)
{
	(void)state;
	struct bench bench;
	struct entry entry = model;
	entry.strings[ENTRY_MOVE] = slice_of("\x10%p2%c%p1%c");
	bench_open(&bench, &entry);
	frame(&bench);
	put(&bench, 2, 1, "x", "user.red");
	put(&bench, 3, 3, "y", "user.red");
	assert_string_equal(frame(&bench), "\x10\x02\x01\x1b[31mx\x10\x03\x03y");
	bench_release(&bench);
}

static void test_the_last_cell_is_left_where_writing_it_would_scroll(void **state)
{
	(void)state;
	struct bench bench;
	struct entry entry = model;
	entry.wraps_late = false;
	bench_open(&bench, &entry);
	frame(&bench);
	put(&bench, 22, 4, "xy", "text");
	put(&bench, 22, 5, "xy", "text");
	assert_string_equal(frame(&bench), "\x1b[5;23Hxy\x1b[6;23Hx");
	bench_release(&bench);
}

static void test_the_cursor_is_shown_where_it_is(void **state)
{
	(void)state;
	struct bench bench;
	bench_init(&bench, false, false);
	frame(&bench);
	bench.cells.cursor = (struct spot){5, 3};
	assert_string_equal(frame(&bench), "\x1b[4;6H\x1b[?25h");
	assert_string_equal(frame(&bench), "");
	bench.cells.cursor = (struct spot){-1, -1};
	assert_string_equal(frame(&bench), "\x1b[?25l");
	bench_release(&bench);
}

static void test_another_theme_is_painted_without_clearing(void **state)
{
	(void)state;
	struct bench bench;
	bench_init(&bench, false, false);
	put(&bench, 0, 0, "one", "text");
	frame(&bench);
	painter_theme(&bench.painter, bench.other);
	const char *sent = frame(&bench);
	assert_non_null(strstr(sent, "one"));
	assert_null(strstr(sent, "\x1b[J"));
	bench_release(&bench);
}

/* ---- Any frame after any other ------------------------------------------------------------ */

static uint32_t random_next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static void draw_anything(struct bench *bench, uint32_t *seed)
{
	static const char *const texts[] = {"a", "some words", "\u4e2d\u6587", "e\u0301", " ",
		"          ", "\u2764\ufe0f", "\U0001f600", "\u0915\u093f", "x\u4e2dy", "-"};
	struct canvas all = canvas_whole(&bench->cells);
	for (uint32_t i = random_next(seed) % 12; i > 0; i--) {
		int column = (int)(random_next(seed) % SCREEN_COLUMNS) - 2;
		int row = (int)(random_next(seed) % SCREEN_ROWS);
		style_id style = bench->looks[random_next(seed) % STYLE_COUNT];
		if (random_next(seed) % 4 == 0)
			canvas_fill(&all, (struct area){column, row, 17, 1}, style);
		else
			canvas_text(&all, (struct spot){column, row},
				texts[random_next(seed) % (sizeof texts / sizeof *texts)], style);
	}
	bench->cells.cursor.column = random_next(seed) % 2 ? -1 : 3;
	bench->cells.cursor.row = 2;
}

static bool looks_alike(const struct shown *a, const struct shown *b)
{
	unsigned seen = ATTRIBUTE_UNDERLINE | ATTRIBUTE_REVERSE;
	if (strcmp(a->text, b->text) != 0 || a->pen.background != b->pen.background)
		return false;
	if (strcmp(a->text, " ") == 0 && !((a->pen.attributes | b->pen.attributes) & seen))
		return true;
	return a->pen.foreground == b->pen.foreground && a->pen.attributes == b->pen.attributes;
}

#define TURNS 1500

/* Draws frame after frame and keeps what the terminal shows after each, which is seen to be blank
 * and written from the beginning each time if `fresh`. */
static void draw_turns(const struct bench *like, bool fresh, struct screen *screens)
{
	struct bench bench;
	uint32_t seed = 42;
	bench_open(&bench, &like->entry);
	struct screen screen = {.erases_ground = bench.entry.erases_ground};
	for (int turn = 0; turn < TURNS; turn++) {
		if (turn % 7 == 0)
			cells_clear(&bench.cells);
		if (turn % 11 == 0)
			painter_theme(&bench.painter, turn % 2 ? bench.theme : bench.other);
		if (fresh) {
			painter_forget(&bench.painter);
			screen = (struct screen){.erases_ground = bench.entry.erases_ground};
		}
		draw_anything(&bench, &seed);
		frame(&bench);
		obey_all(&screen, buffer_slice(&bench.out));
		assert_int_equal(screen.cursor_off, bench.cells.cursor.column < 0);
		screens[turn] = screen;
	}
	bench_release(&bench);
}

static void test_any_frame_after_any_other_is_as_a_fresh_one(void **state)
{
	(void)state;
	struct screen *screens = memory_allocate(2 * TURNS * sizeof *screens);
	for (int kind = 0; kind < 4; kind++) {
		struct bench like = {.entry = model};
		like.entry.is_xterm = kind & 1;
		like.entry.erases_ground = (kind & 2) != 0;
		draw_turns(&like, false, screens);
		draw_turns(&like, true, screens + TURNS);
		for (int i = 0; i < TURNS * SCREEN_ROWS * SCREEN_COLUMNS; i++) {
			int turn = i / (SCREEN_ROWS * SCREEN_COLUMNS);
			int row = i / SCREEN_COLUMNS % SCREEN_ROWS, column = i % SCREEN_COLUMNS;
			struct shown *one = &screens[turn].cells[row][column];
			struct shown *other = &screens[TURNS + turn].cells[row][column];
			if (!looks_alike(one, other))
				fail_msg("kind %d, turn %d, cell %d,%d: '%s', not '%s'", kind, turn,
					column, row, one->text, other->text);
		}
	}
	free(screens);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_shown_is_not_sent_again),
		cmocka_unit_test(test_of_colours_those_are_sent_that_change),
		cmocka_unit_test(test_blanks_are_erased_where_that_gives_their_ground),
		cmocka_unit_test(test_what_terminals_disagree_on_is_laid_over_blanks),
		cmocka_unit_test(test_marks_on_letters_are_nothing_special),
		cmocka_unit_test(test_an_entry_may_send_any_byte),
		cmocka_unit_test(test_the_last_cell_is_left_where_writing_it_would_scroll),
		cmocka_unit_test(test_the_cursor_is_shown_where_it_is),
		cmocka_unit_test(test_another_theme_is_painted_without_clearing),
		cmocka_unit_test(test_any_frame_after_any_other_is_as_a_fresh_one),
	};
	if (setlocale(LC_CTYPE, "C.UTF-8") == NULL) /* wcwidth asks it */
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
