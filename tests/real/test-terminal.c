/* test-terminal: plays a script, read from standard input, on a terminal, and prints what was seen.
 *
 * A line is a command and its words; `#` begins a comment. The commands are in the table below, in
 * the order of a story: what the terminal is, what runs on it, what a person does, what is to be
 * seen. `each NAME VALUE…` plays the rest of the script once for every value, with $NAME in it
 * replaced. In words \s is a blank, \e Esc, \\ a backslash, \xNN a byte.
 *
 * Nothing here depends on how long something takes: who waits, waits until the program sleeps with
 * nothing left to say, and only what never ends is cut off.
 */
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "parts/stage.h"

#define VARIABLES_MOST 8

struct script {
	struct slice *lines;
	size_t count, capacity;
	struct variable variables[VARIABLES_MOST];
	size_t variable_count;
	struct arena *arena;
	struct settings settings; /* as they were before an `each` */
};

/* ---- What the terminal is --------------------------------------------------------------- */

static void do_term(struct stage *stage, struct words *words, struct slice rest)
{
	(void)rest;
	stage->settings.term = strcmp(words->items[1], "-") == 0 ? NULL : words->items[1];
}

static void do_entry(struct stage *stage, struct words *words, struct slice rest)
{
	(void)rest;
	stage->settings.entry = strcmp(words->items[1], "-") == 0 ? NULL : words->items[1];
}

static void do_latin(struct stage *stage, struct words *words, struct slice rest)
{
	(void)words;
	(void)rest;
	stage->settings.latin = true;
}

static void do_size(struct stage *stage, struct words *words, struct slice rest)
{
	(void)rest;
	if (!size_read(words->items[1], &stage->settings.columns, &stage->settings.rows))
		stage_say(stage, "'%s' is no size", words->items[1]);
}

static void do_set(struct stage *stage, struct words *words, struct slice rest)
{
	(void)rest;
	for (size_t i = 1; i < words->count && stage->settings.variable_count < SETTINGS_MOST; i++)
		stage->settings.variables[stage->settings.variable_count++] = words->items[i];
}

static void do_answer(struct stage *stage, struct words *words, struct slice rest)
{
	(void)rest;
	if (stage->settings.answer_count == ANSWERS_MOST || words->count < 3)
		return;
	stage->settings.answers[stage->settings.answer_count].question = words->items[1];
	stage->settings.answers[stage->settings.answer_count++].answer = words->items[2];
}

static void do_label(struct stage *stage, struct words *words, struct slice rest)
{
	(void)words;
	stage->settings.label = arena_text(stage->arena, rest);
}

/* ---- What runs, and what a person does ---------------------------------------------------- */

static void do_run(struct stage *stage, struct words *words, struct slice rest)
{
	(void)rest;
	struct words command = *words;
	memmove(command.items, words->items + 1, words->count * sizeof *command.items);
	stage_run(stage, &command);
}

static void do_shell(struct stage *stage, struct words *words, struct slice rest)
{
	(void)words;
	char *line = arena_text(stage->arena, text_unescape(rest, stage->arena));
	struct words command = {.items = {"sh", "-c", line}, .count = 3};
	stage_run(stage, &command);
}

static void do_beside(struct stage *stage, struct words *words, struct slice rest)
{
	(void)words;
	int status = 0;
	const char *line = arena_text(stage->arena, rest);
	pid_t child = fork();
	if (child == 0) {
		execl("/bin/sh", "sh", "-c", line, (char *)NULL);
		_exit(127);
	}
	if (waitpid(child, &status, 0) != child || status != 0)
		stage_say(stage, "'%s' failed", line);
}

static void do_wait(struct stage *stage, struct words *words, struct slice rest)
{
	(void)words;
	(void)rest;
	stage_settle(stage);
}

/* Esc is by itself if nothing comes behind it. */
static void do_keys(struct stage *stage, struct words *words, struct slice rest)
{
	(void)words;
	struct keys keys = {0};
	struct diagnostics out = {0};
	if (!keys_parse(rest, &keys, &out))
		diagnostics_tell(&out, NULL, &stage->said);
	for (size_t i = 0; i < keys.count; i++) {
		stage_press(stage, &keys.items[i]);
		if (!keys.items[i].more)
			stage_settle(stage);
	}
	keys_release(&keys);
	diagnostics_release(&out);
}

static void do_type(struct stage *stage, struct words *words, struct slice rest)
{
	(void)words;
	session_type(&stage->session, text_unescape(rest, stage->arena));
}

static void do_resize(struct stage *stage, struct words *words, struct slice rest)
{
	(void)rest;
	int columns, rows;
	if (size_read(words->items[1], &columns, &rows))
		stage_resize(stage, columns, rows);
	stage_settle(stage);
}

static const struct {
	const char *name;
	int number;
} signals[] = {
	{"HUP", SIGHUP},
	{"INT", SIGINT},
	{"QUIT", SIGQUIT},
	{"ILL", SIGILL},
	{"ABRT", SIGABRT},
	{"BUS", SIGBUS},
	{"FPE", SIGFPE},
	{"SEGV", SIGSEGV},
	{"TERM", SIGTERM},
	{"STOP", SIGSTOP},
	{"TSTP", SIGTSTP},
	{"CONT", SIGCONT},
	{"KILL", SIGKILL},
	{"PIPE", SIGPIPE},
	{"WINCH", SIGWINCH},
	{"XCPU", SIGXCPU},
	{"XFSZ", SIGXFSZ},
};
#define SIGNALS (sizeof signals / sizeof *signals)

static void do_signal(struct stage *stage, struct words *words, struct slice rest)
{
	(void)rest;
	for (size_t i = 0; i < SIGNALS; i++) {
		if (strcmp(signals[i].name, words->items[1]) == 0)
			session_signal(&stage->session, signals[i].number);
	}
}

static void do_others_write(struct stage *stage, struct words *words, struct slice rest)
{
	(void)words;
	emulator_feed(stage->emulator, text_unescape(rest, stage->arena));
}

static void do_hang_up(struct stage *stage, struct words *words, struct slice rest)
{
	(void)words;
	(void)rest;
	session_hang_up(&stage->session);
}

static void do_storm(struct stage *stage, struct words *words, struct slice rest)
{
	struct storm storm = {.orderly = strcmp(words->items[0], "orderly-storm") == 0};
	char *text = arena_text(stage->arena, rest);
	if (sscanf(text, "%lu %ld %ld %d-%d", &storm.seed, &storm.keys, &storm.resizes,
		    &storm.columns_from, &storm.columns_to) != 5)
		stage_say(stage, "storm: SEED KEYS SIZES FROM-TO, not '%s'", text);
	else
		stage_storm(stage, &storm);
}

/* ---- What is to be seen ------------------------------------------------------------------- */

static void do_screen(struct stage *stage, struct words *words, struct slice rest)
{
	(void)words;
	(void)rest;
	emulator_print(stage->emulator, &stage->said);
}

static void do_looks(struct stage *stage, struct words *words, struct slice rest)
{
	(void)words;
	(void)rest;
	emulator_print_looks(stage->emulator, &stage->said);
}

/* Whether the screen shows a text, on one row. */
static bool is_shown(struct stage *stage, const char *text)
{
	struct buffer screen = {0};
	emulator_print(stage->emulator, &screen);
	bool found = screen.bytes != NULL && strstr(screen.bytes, text) != NULL;
	buffer_release(&screen);
	return found;
}

static void say_shown(struct stage *stage, const char *text)
{
	stage_say(stage, "%s '%s'", is_shown(stage, text) ? "shows" : "does not show", text);
}

static void do_shows(struct stage *stage, struct words *words, struct slice rest)
{
	(void)words;
	say_shown(stage, arena_text(stage->arena, text_unescape(rest, stage->arena)));
}

#define AWAITED_MOST 20000 /* milliseconds */
#define AWAITED_STEP 20

/* For what a program that looks now and then will see. */
static void do_await(struct stage *stage, struct words *words, struct slice rest)
{
	(void)words;
	const char *text = arena_text(stage->arena, text_unescape(rest, stage->arena));
	for (int waited = 0; waited < AWAITED_MOST && !is_shown(stage, text);
		waited += AWAITED_STEP)
		session_watch(&stage->session, AWAITED_STEP);
	say_shown(stage, text);
}

/* Where the screen shows a text: the columns from its first cell to behind its last, and the row.
 */
static void do_find(struct stage *stage, struct words *words, struct slice rest)
{
	(void)words;
	int from, to, row;
	struct slice text = text_unescape(rest, stage->arena);
	if (emulator_find(stage->emulator, text, &from, &to, &row))
		stage_say(stage, "columns %d to %d of row %d", from, to, row);
	else
		stage_say(stage, "nowhere");
}

static void do_say(struct stage *stage, struct words *words, struct slice rest)
{
	(void)words;
	stage_say(stage, "%s", arena_text(stage->arena, rest));
}

static void do_cursor(struct stage *stage, struct words *words, struct slice rest)
{
	(void)words;
	(void)rest;
	int column, row;
	if (emulator_cursor(stage->emulator, &column, &row))
		stage_say(stage, "cursor at %d,%d", column, row);
	else
		stage_say(stage, "no cursor");
}

static void do_modes(struct stage *stage, struct words *words, struct slice rest)
{
	(void)words;
	(void)rest;
	struct buffer on = {0};
	modes_print(stage_modes(stage), &on);
	stage_say(stage, "%s", on.length > 0 ? on.bytes : "no mode");
	buffer_release(&on);
}

static void do_whole(struct stage *stage, struct words *words, struct slice rest)
{
	(void)words;
	(void)rest;
	struct buffer left = {0};
	stage_leftovers(stage, &left);
	stage_say(stage, "%s", left.length > 0 ? left.bytes + 2 : "terminal whole");
	buffer_release(&left);
}

static void do_foreign(struct stage *stage, struct words *words, struct slice rest)
{
	(void)words;
	(void)rest;
	struct buffer sent = {0};
	stage_sent(stage, false, &sent);
	for (size_t i = 0; i < sent.length; i++) {
		if (sent.bytes[i] == '\n' && i + 1 < sent.length)
			sent.bytes[i] = ' ';
	}
	if (sent.length == 0)
		buffer_text(&sent, "nothing else\n");
	sent.length--;
	sent.bytes[sent.length] = '\0';
	stage_say(stage, "%s", sent.bytes);
	buffer_release(&sent);
}

static void do_sent(struct stage *stage, struct words *words, struct slice rest)
{
	(void)words;
	(void)rest;
	stage_sent(stage, true, &stage->said);
}

static void do_events(struct stage *stage, struct words *words, struct slice rest)
{
	(void)words;
	(void)rest;
	struct emulator_events events = emulator_events(stage->emulator);
	stage_say(stage, "%d bells, %d titles", events.bells, events.titles);
}

static void do_keep(struct stage *stage, struct words *words, struct slice rest)
{
	(void)words;
	(void)rest;
	stage_keep(stage);
}

static void do_same(struct stage *stage, struct words *words, struct slice rest)
{
	(void)words;
	(void)rest;
	struct buffer what = {0};
	int changes = stage_changes(stage, INT_MAX, &what);
	if (changes == 0)
		stage_say(stage, "the same screen");
	else if (changes < 0)
		stage_say(stage, "a screen of another size");
	else
		stage_say(stage, "%d cells differ:%s", changes, what.bytes);
	buffer_release(&what);
}

static void do_idle(struct stage *stage, struct words *words, struct slice rest)
{
	(void)rest;
	long before = session_microseconds(&stage->session);
	session_watch(&stage->session, strtol(words->items[1], NULL, 10));
	long spent = session_microseconds(&stage->session) - before;
	if (spent < 1000)
		stage_say(stage, "no processor time");
	else
		stage_say(stage, "%ld microseconds of processor time", spent);
}

static void do_stopped(struct stage *stage, struct words *words, struct slice rest)
{
	(void)words;
	(void)rest;
	stage_say(stage, "%s", session_await_stop(&stage->session) ? "stopped" : "does not stop");
}

static void do_end(struct stage *stage, struct words *words, struct slice rest)
{
	(void)words;
	(void)rest;
	size_t i = 0;
	if (!session_await_end(&stage->session)) {
		stage_say(stage, "does not end");
		return;
	}
	int status = stage->session.status;
	while (WIFSIGNALED(status) && i + 1 < SIGNALS && signals[i].number != WTERMSIG(status))
		i++;
	if (WIFSIGNALED(status))
		stage_say(stage, "ended by SIG%s", signals[i].name);
	else
		stage_say(stage, "status %d", WEXITSTATUS(status));
}

static void do_spent(struct stage *stage, struct words *words, struct slice rest)
{
	(void)rest;
	long most = strtol(words->items[1], NULL, 10);
	long spent = session_microseconds(&stage->session) / 1000;
	if (spent < most)
		stage_say(stage, "less than %ld ms of processor time", most);
	else
		stage_say(stage, "%ld ms of processor time, not less than %ld", spent, most);
}

/* ---- The table -------------------------------------------------------------------------- */

static const struct command {
	const char *name;
	size_t words; /* it must have at least */
	void (*run)(struct stage *stage, struct words *words, struct slice rest);
	const char *help;
} commands[] = {
	{"label", 0, do_label, "what stands before lines that are printed from here on"},
	{"term", 1, do_term, "TERM; - for none"},
	{"entry", 1, do_entry, "the embedded entry it is driven by; - for TERM's"},
	{"latin", 0, do_latin, "bytes are ISO-8859-1"},
	{"size", 1, do_size, "COLSxROWS before it starts"},
	{"set", 1, do_set, "NAME=VALUE in its environment, or NAME: not there"},
	{"answer", 2, do_answer, "what the terminal answers to a question"},
	{"run", 1, do_run, "starts a program and its arguments"},
	{"shell", 1, do_shell, "starts a line of sh"},
	{"beside", 1, do_beside, "runs a line of sh to its end, not on the terminal"},
	{"wait", 0, do_wait, "until all is quiet"},
	{"keys", 1, do_keys, "presses keys, in notation; after each token all gets quiet"},
	{"type", 1, do_type, "types bytes at once"},
	{"resize", 1, do_resize, "gives the terminal another size"},
	{"signal", 1, do_signal, "sends one; CONT brings a stopped job back to the foreground"},
	{"others-write", 1, do_others_write, "something that is not the program's"},
	{"hang-up", 0, do_hang_up, "the terminal goes away"},
	{"storm", 4, do_storm, "SEED KEYS SIZES FROM-TO: random keys, sizes of so many columns"},
	{"orderly-storm", 4, do_storm, "the same, quiet after each key and size"},
	{"screen", 0, do_screen, "prints what is on the screen"},
	{"looks", 0, do_looks, "the same, with looks"},
	{"shows", 1, do_shows, "says whether a row of the screen has a text"},
	{"await", 1, do_await, "waits until a row of the screen has a text"},
	{"find", 1, do_find, "where the screen shows a text"},
	{"say", 1, do_say, "prints this line"},
	{"cursor", 0, do_cursor, "where it is, if it can be seen"},
	{"modes", 0, do_modes, "modes that are on"},
	{"whole", 0, do_whole, "what is not as it was before the program"},
	{"foreign", 0, do_foreign, "what was sent that is not of the terminal's entry"},
	{"sent", 0, do_sent, "all that was sent besides text, each once"},
	{"events", 0, do_events, "bells and titles"},
	{"keep", 0, do_keep, "keeps the screen"},
	{"same", 0, do_same, "says whether the screen is as it was kept"},
	{"idle", 1, do_idle, "says what processor time was spent in so many milliseconds"},
	{"spent", 1, do_spent, "says whether fewer milliseconds of processor time were spent"},
	{"stopped", 0, do_stopped, "waits until it has stopped"},
	{"end", 0, do_end, "waits until it has ended, and says how"},
};
#define COMMANDS (sizeof commands / sizeof *commands)

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; i < COMMANDS; i++) {
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	}
	return NULL;
}

static void play(struct script *script, struct stage *stage, size_t from);

/* Settings that were made after an `each` hold for that turn only. */
static void play_each(struct script *script, struct stage *stage, size_t next, struct words *words)
{
	struct settings before = stage->settings;
	if (script->variable_count == VARIABLES_MOST || words->count < 2)
		return;
	struct variable *variable = &script->variables[script->variable_count++];
	variable->name = words->items[1];
	for (size_t i = 2; i < words->count; i++) {
		variable->value = words->items[i];
		stage->settings = before;
		play(script, stage, next);
	}
	script->variable_count--;
}

static void play(struct script *script, struct stage *stage, size_t from)
{
	for (size_t i = from; i < script->count; i++) {
		struct words words;
		struct slice line = text_replace(
			script->lines[i], script->variables, script->variable_count, script->arena);
		words_read(&words, line, script->arena);
		if (words.count == 0 || words.items[0][0] == '#')
			continue;
		if (strcmp(words.items[0], "each") == 0) {
			play_each(script, stage, i + 1, &words);
			return;
		}
		words_unescape(&words, script->arena);
		const struct command *command = find_command(words.items[0]);
		if (command != NULL && words.count > command->words)
			command->run(stage, &words,
				slice_trim(slice_cut(line, strlen(words.items[0]), line.length)));
		else
			stage_say(stage, "what is '%s'?", words.items[0]);
	}
}

static void read_script(struct script *script)
{
	struct buffer text = {0};
	char bytes[4096];
	for (size_t got; (got = fread(bytes, 1, sizeof bytes, stdin)) > 0;)
		buffer_append(&text, (struct slice){bytes, got});
	struct slice whole = arena_slice(script->arena, buffer_slice(&text));
	for (size_t at = 0; at < whole.length;) {
		const char *end = memchr(whole.bytes + at, '\n', whole.length - at);
		size_t next = end != NULL ? (size_t)(end - whole.bytes) : whole.length;
		script->lines = grow(
			script->lines, &script->capacity, script->count + 1, sizeof *script->lines);
		script->lines[script->count++] = slice_trim(slice_cut(whole, at, next));
		at = next + 1;
	}
	buffer_release(&text);
}

int main(void)
{
	struct script script = {.arena = arena_new()};
	struct stage stage;
	signal(SIGPIPE, SIG_IGN);
	read_script(&script);
	stage_init(&stage, script.arena);
	play(&script, &stage, 0);
	fwrite(stage.said.bytes, 1, stage.said.length, stdout);
	stage_release(&stage);
	free(script.lines);
	arena_free(script.arena);
	return 0;
}
