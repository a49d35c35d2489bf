/* storm.c: random keys and sizes.
 *
 * Bursts of keys, some with a new size among them; after each, once all is quiet, the screen is
 * kept, sent and drawn anew by the program itself, and compared cell by cell. What quits, stops or
 * starts a child is left out. The same seed gives the same storm.
 */
#include "stage.h"

#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

/* xorshift64*, so that storms are the same everywhere. */
static uint64_t next_random(struct stage *stage)
{
	uint64_t x = stage->random;
	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	stage->random = x;
	return x * 2685821657736338717u >> 16;
}

static int random_between(struct stage *stage, int from, int to)
{
	return from + (int)(next_random(stage) % (uint64_t)(to - from + 1));
}

/* Tokens of keys: what moves, opens, searches, types. Those that are a common beginning come more
 * often than chance would have it, so that what they lead to is reached. */
static const char *const tokens[] = {"j", "k", "<Down>", "<Up>", "<C-e>", "<C-y>", "<Space>", "b",
	"<PageDown>", "<PageUp>", "<C-f>", "<C-b>", "d", "u", "<C-d>", "<C-u>", "gg", "G", "<Home>",
	"<End>", "<Tab>", "<S-Tab>", "g1", "g2", "g3", "\\e", "\\q", "]q", "[q", "]s", "[s", "]m",
	"[m", "]e", "[e", "]p", "[l", "]o", "]u", "]h", ";", ",", "/", "?", "n", "N", "t", "h",
	"<F1>", "<C-g>", "<C-r>", "<Esc>", "<Enter>", "50%", "12G", "3j", "99k", "{", "}", "(", ")",
	"[[", "]]", "K", "-", "+", "=", "ma", "'a", "''", "<C-o>", "<M-o>", "<Left>", "<Right>",
	"<S-Left>", "<M-x>", "z", "c", "s", "&", "*", "#", "<Backspace>", "<Delete>", "<C-a>",
	"<C-w>", "<C-k>", "<C-v>", "the", "V", "(", "\\w", "harb", "world", "\u00e9", "\u4e2d", "0",
	"9", "!", "\"", "$", ".", "<lt>", ">", "_", "|", "~", "f", "i", "l", "o", "r", "w", "x",
	"J", "M", "O", "R", "U", "W", "X", "^"};
#define TOKENS ((int)(sizeof tokens / sizeof *tokens))

/* With `recent` the tokens of the burst are kept, for who wants to see it again. */
static void press_random(struct stage *stage, struct buffer *recent)
{
	struct keys keys = {0};
	struct diagnostics none = {0};
	const char *token = tokens[random_between(stage, 0, TOKENS - 1)];
	buffer_format(recent, " %s", token);
	keys_parse(slice_of(token), &keys, &none);
	for (size_t i = 0; i < keys.count; i++)
		stage_press(stage, &keys.items[i]);
	if (keys.count > 0 && keys.items[0].code == PRESS_ESC)
		stage_settle(stage); /* the next key is one by itself */
	keys_release(&keys);
	diagnostics_release(&none);
}

static void resize_random(struct stage *stage, const struct storm *storm, struct buffer *recent)
{
	int columns = random_between(stage, storm->columns_from, storm->columns_to);
	int rows = random_between(stage, 1, 50);
	if (storm->columns_from == 1 && random_between(stage, 0, 9) == 0)
		columns = rows = 1;
	buffer_format(recent, " <Resize:%dx%d>", columns, rows);
	stage_resize(stage, columns, rows);
}

/* ---- Fresh screens ------------------------------------------------------------------------ */

/* Says where the first rows differ from what was kept. */
static bool compare(struct stage *stage, int rows, const char *how, const struct buffer *recent)
{
	struct buffer what = {0};
	if (!stage_settle(stage) || stage->session.ended)
		return false;
	int changes = stage_changes(stage, rows, &what);
	if (changes != 0)
		stage_say(stage, "%dx%d, %s: %d cells differ:%s after%s", stage->kept_columns,
			stage->kept_rows, how, changes, what.bytes, recent->bytes);
	buffer_release(&what);
	return changes == 0;
}

/* Continued, a program that was not stopped sends what it believes to be on the screen, whole; here
 * nothing is left of it before. */
static bool compare_sent(struct stage *stage, const struct buffer *recent)
{
	if (!stage_settle(stage) || stage->session.ended)
		return false;
	stage_keep(stage);
	emulator_feed(stage->emulator, slice_of("\x1b[2J"));
	session_signal(&stage->session, SIGCONT);
	return compare(stage, INT_MAX, "sent again", recent);
}

#define MESSAGE_CELLS 240 /* at most */

/* Drawn anew by a key, it shows no message any more in its last rows. */
static bool compare_drawn(struct stage *stage, const struct buffer *recent)
{
	int rows = 1 + MESSAGE_CELLS / emulator_columns(stage->emulator);
	stage_press(stage, &(struct key){.code = 'l', .modifiers = MODIFIER_CONTROL});
	return compare(stage, emulator_rows(stage->emulator) - rows, "drawn again", recent);
}

/* ---- The storm -------------------------------------------------------------------------- */

static void write_down(const struct buffer *pressed)
{
	FILE *file = fopen("storm", "we");
	if (file == NULL)
		return;
	fprintf(file, "%s\n", pressed->bytes != NULL ? pressed->bytes : "");
	fclose(file);
}

/* A burst of keys, with as many sizes among them as are due by now. */
static void press_burst(
	struct stage *stage, const struct storm *storm, struct storm *done, struct buffer *recent)
{
	for (int i = random_between(stage, 1, 60); i > 0 && done->keys < storm->keys; i--) {
		press_random(stage, recent);
		if (storm->orderly)
			stage_settle(stage);
		done->keys++;
		if (done->resizes * storm->keys >= done->keys * storm->resizes)
			continue;
		resize_random(stage, storm, recent);
		if (storm->orderly)
			stage_settle(stage);
		done->resizes++;
	}
}

void stage_storm(struct stage *stage, const struct storm *storm)
{
	struct buffer recent = {0}, pressed = {0};
	struct storm done = {0};
	bool good = true;
	stage->random = storm->seed * 0x9E3779B97F4A7C15u + 1;
	while (good && done.keys < storm->keys) {
		recent.length = 0;
		press_burst(stage, storm, &done, &recent);
		buffer_append(&pressed, buffer_slice(&recent));
		buffer_text(&pressed, " <C-l>");
		good = compare_sent(stage, &recent) && compare_drawn(stage, &recent);
	}
	if (stage->session.ended)
		stage_say(stage, "it ended:%s", recent.bytes);
	else if (good)
		stage_say(stage, "%ld keys, %ld sizes: each screen as a fresh one", done.keys,
			done.resizes);
	write_down(&pressed);
	buffer_release(&recent);
	buffer_release(&pressed);
}
