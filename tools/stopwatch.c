/* stopwatch: runs a program in an emulated terminal and tells how long it takes to show things.
 *
 *   stopwatch COLSxROWS STEP... -- COMMAND [ARGUMENT]...
 *
 * Steps are taken one after the other. A step that takes longer than three minutes ends the run
 * with status 1. What is printed is what was measured:
 *
 *   show TEXT    waits until TEXT is on the screen; prints "MILLISECONDS BYTES" of the clock
 *   still MS     waits until nothing has come for MS; prints the same, up to the last byte
 *   settle MS    the same, and prints nothing
 *   gone TEXT    waits until TEXT is not on the screen; prints nothing
 *   press KEYS   types KEYS (with \e \r \t \xHH \\); the clock begins anew
 *   size CxR     resizes; the clock begins anew
 *   screen       prints the screen's rows
 *   styled       prints them with the sequences that give them their colours and attributes
 *   memory       prints the program's peak resident memory in KiB
 *   end          waits until the program has ended; prints the same of all its life
 */
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#define LIMIT_MS 180000.0
#define SIDE_MOST 2000

struct run {
	pid_t child;
	int terminal;
	VTerm *emulator;
	VTermScreen *screen;
	int columns, rows;
	double start, last; /* milliseconds: of the clock, of the last byte */
	size_t bytes;       /* since the start of the clock */
	bool ended;
	char *text; /* the screen, a row a line */
};

static double now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void stop(struct run *run, const char *why)
{
	fprintf(stderr, "stopwatch: %s\n", why);
	if (run->child > 0)
		kill(run->child, SIGKILL);
	exit(1);
}

/* What the emulator answers to questions goes back to the program. */
static void answer(struct run *run)
{
	char bytes[256];
	size_t length;
	while ((length = vterm_output_read(run->emulator, bytes, sizeof bytes)) > 0)
		if (write(run->terminal, bytes, length) < 0)
			return;
}

/* Takes what comes within some milliseconds; false: nothing did. */
static bool take(struct run *run, int milliseconds)
{
	static char bytes[1 << 16];
	struct pollfd watched = {.fd = run->terminal, .events = POLLIN};
	if (run->ended || poll(&watched, 1, milliseconds) <= 0)
		return false;
	ssize_t got = read(run->terminal, bytes, sizeof bytes);
	if (got <= 0) {
		run->ended = true;
		return false;
	}
	run->last = now_ms();
	run->bytes += (size_t)got;
	vterm_input_write(run->emulator, bytes, (size_t)got);
	answer(run);
	return true;
}

static const char *screen_text(struct run *run)
{
	size_t room = (size_t)run->columns * 8 + 1, length = 0;
	run->text = realloc(run->text, (room + 1) * (size_t)run->rows + 1);
	for (int row = 0; row < run->rows; row++) {
		VTermRect rect = {row, row + 1, 0, run->columns};
		length += vterm_screen_get_text(run->screen, run->text + length, room, rect);
		while (length > 0 && run->text[length - 1] == ' ')
			length--;
		run->text[length++] = '\n';
	}
	run->text[length] = '\0';
	return run->text;
}

static void start_clock(struct run *run)
{
	run->start = run->last = now_ms();
	run->bytes = 0;
}

static void wait_for(struct run *run, const char *text, bool there)
{
	while ((strstr(screen_text(run), text) != NULL) != there) {
		if (run->ended || now_ms() - run->start > LIMIT_MS)
			stop(run, there ? "a text has not come" : "a text has not gone");
		take(run, 1000);
	}
}

static void wait_still(struct run *run, const char *milliseconds)
{
	int rest = (int)strtol(milliseconds, NULL, 10);
	while (take(run, rest))
		if (now_ms() - run->start > LIMIT_MS)
			stop(run, "the screen does not come to rest");
}

static void tell(const struct run *run)
{
	printf("%.3f %zu\n", run->last - run->start, run->bytes);
}

/* ---- Steps ------------------------------------------------------------------------------ */

static void press(struct run *run, const char *keys)
{
	char *bytes = malloc(strlen(keys) + 1);
	size_t length = 0;
	for (const char *at = keys; *at; at++) {
		char byte = *at;
		if (byte == '\\' && at[1]) {
			byte = *++at;
			if (byte == 'x') {
				char digits[3] = {at[1], at[1] ? at[2] : 0, 0};
				byte = (char)strtol(digits, NULL, 16);
				at += strlen(digits);
			} else {
				byte = byte == 'e'   ? '\x1b'
				       : byte == 'r' ? '\r'
				       : byte == 't' ? '\t'
						     : byte;
			}
		}
		bytes[length++] = byte;
	}
	start_clock(run);
	if (write(run->terminal, bytes, length) != (ssize_t)length)
		stop(run, "the program takes no keys");
	free(bytes);
}

static bool parse_size(const char *text, int *columns, int *rows)
{
	return sscanf(text, "%dx%d", columns, rows) == 2 && *columns > 0 && *rows > 0 &&
	       *columns <= SIDE_MOST && *rows <= SIDE_MOST;
}

static struct winsize window(const struct run *run)
{
	return (struct winsize){
		.ws_row = (unsigned short)run->rows, .ws_col = (unsigned short)run->columns};
}

static void resize(struct run *run, const char *size)
{
	if (!parse_size(size, &run->columns, &run->rows))
		stop(run, "a size is COLSxROWS");
	struct winsize to = window(run);
	vterm_set_size(run->emulator, run->rows, run->columns);
	start_clock(run);
	ioctl(run->terminal, TIOCSWINSZ, &to);
}

static void tell_memory(const struct run *run)
{
	char path[64], line[256];
	snprintf(path, sizeof path, "/proc/%d/status", (int)run->child);
	FILE *file = fopen(path, "r");
	while (file && fgets(line, sizeof line, file))
		if (strncmp(line, "VmHWM:", 6) == 0)
			printf("%ld\n", strtol(line + 6, NULL, 10));
	if (file)
		fclose(file);
}

/* A program that is forked by a small one has its own peak; it begins with that of its parent. */
static void wait_end(struct run *run, const char *unused)
{
	(void)unused;
	struct rusage usage;
	int status = 1;
	while (!run->ended && now_ms() - run->start <= LIMIT_MS)
		take(run, 1000);
	if (!run->ended)
		stop(run, "the program does not end");
	wait4(run->child, &status, 0, &usage);
	run->child = 0;
	if (status != 0)
		stop(run, "the program has failed");
	printf("%ld\n", usage.ru_maxrss);
}

static void show(struct run *run, const char *text)
{
	wait_for(run, text, true);
	tell(run);
}

static void gone(struct run *run, const char *text)
{
	wait_for(run, text, false);
}

static void still(struct run *run, const char *milliseconds)
{
	wait_still(run, milliseconds);
	tell(run);
}

static void print_screen(struct run *run, const char *unused)
{
	(void)unused;
	fputs(screen_text(run), stdout);
}

/* ---- Styled rows ------------------------------------------------------------------------ */

static void put_colour(const VTermColor *colour, bool ground)
{
	if (ground ? VTERM_COLOR_IS_DEFAULT_BG(colour) : VTERM_COLOR_IS_DEFAULT_FG(colour))
		return;
	if (VTERM_COLOR_IS_INDEXED(colour))
		printf(";%d;5;%d", ground ? 48 : 38, colour->indexed.idx);
	else
		printf(";%d;2;%d;%d;%d", ground ? 48 : 38, colour->rgb.red, colour->rgb.green,
			colour->rgb.blue);
}

static void put_look(const VTermScreenCell *cell)
{
	static const char *const on[] = {";1", ";3", ";4", ";7"};
	const bool set[] = {cell->attrs.bold, cell->attrs.italic, cell->attrs.underline != 0,
		cell->attrs.reverse};
	fputs("\x1b[0", stdout);
	for (size_t i = 0; i < sizeof set / sizeof *set; i++)
		if (set[i])
			fputs(on[i], stdout);
	put_colour(&cell->fg, false);
	put_colour(&cell->bg, true);
	putchar('m');
}

static bool same_look(const VTermScreenCell *a, const VTermScreenCell *b)
{
	return a->attrs.bold == b->attrs.bold && a->attrs.italic == b->attrs.italic &&
	       a->attrs.underline == b->attrs.underline && a->attrs.reverse == b->attrs.reverse &&
	       vterm_color_is_equal(&a->fg, &b->fg) && vterm_color_is_equal(&a->bg, &b->bg);
}

/* Bytes of a character in UTF-8; a cell without one is a blank. */
static void put_character(uint32_t code)
{
	char bytes[5] = {0};
	if (code < 0x80) {
		bytes[0] = code ? (char)code : ' ';
	} else if (code < 0x800) {
		bytes[0] = (char)(0xC0 | code >> 6);
		bytes[1] = (char)(0x80 | (code & 0x3F));
	} else {
		bytes[0] = (char)(0xE0 | (code >> 12 & 0xF));
		bytes[1] = (char)(0x80 | (code >> 6 & 0x3F));
		bytes[2] = (char)(0x80 | (code & 0x3F));
	}
	fputs(bytes, stdout);
}

static void print_styled(struct run *run, const char *unused)
{
	(void)unused;
	for (int row = 0; row < run->rows; row++) {
		VTermScreenCell before = {0}, cell;
		for (int column = 0; column < run->columns; column++) {
			vterm_screen_get_cell(run->screen, (VTermPos){row, column}, &cell);
			if (column == 0 || !same_look(&before, &cell))
				put_look(&cell);
			put_character(cell.chars[0]);
			before = cell;
		}
		puts("\x1b[0m");
	}
}

static void print_memory(struct run *run, const char *unused)
{
	(void)unused;
	tell_memory(run);
}

static const struct step {
	const char *name;
	bool has_argument;
	void (*take)(struct run *run, const char *argument);
} steps[] = {
	{"show", true, show},
	{"still", true, still},
	{"settle", true, wait_still},
	{"gone", true, gone},
	{"press", true, press},
	{"size", true, resize},
	{"screen", false, print_screen},
	{"styled", false, print_styled},
	{"memory", false, print_memory},
	{"end", false, wait_end},
};

static const struct step *step_named(const char *name)
{
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		if (strcmp(steps[i].name, name) == 0)
			return &steps[i];
	fprintf(stderr, "stopwatch: there is no step '%s'\n", name);
	exit(2);
}

static void start(struct run *run, char **command)
{
	struct winsize size = window(run);
	run->emulator = vterm_new(run->rows, run->columns);
	vterm_set_utf8(run->emulator, 1);
	run->screen = vterm_obtain_screen(run->emulator);
	vterm_screen_enable_altscreen(run->screen, 1);
	vterm_screen_reset(run->screen, 1);
	start_clock(run);
	run->child = forkpty(&run->terminal, NULL, NULL, &size);
	if (run->child == 0) {
		execvp(command[0], command);
		_exit(127);
	}
}

int main(int count, char **arguments)
{
	struct run run = {0};
	int end = 2;
	while (end < count && strcmp(arguments[end], "--") != 0)
		end++;
	if (end + 1 >= count || !parse_size(arguments[1], &run.columns, &run.rows)) {
		fputs("usage: stopwatch COLSxROWS STEP... -- COMMAND [ARGUMENT]...\n", stderr);
		return 2;
	}
	start(&run, arguments + end + 1);
	for (int at = 2; at < end; at++) {
		const struct step *step = step_named(arguments[at]);
		const char *argument = step->has_argument && at + 1 < end ? arguments[++at] : "";
		step->take(&run, argument);
	}
	if (run.child > 0) {
		kill(run.child, SIGKILL);
		waitpid(run.child, NULL, 0);
	}
	close(run.terminal);
	vterm_free(run.emulator);
	free(run.text);
	return 0;
}
