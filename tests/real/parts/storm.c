/* storm.c: random keys and sizes.
 *
 * Bursts of keys, some with a new size among them; after each, once all is quiet, the screen is
 * kept, drawn anew by the program itself, and compared cell by cell. What quits, stops or starts a
 * child is left out. The same seed gives the same storm.
 */
#include "stage.h"

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

/* Asks for a fresh screen; what `recent` was pressed led to another one. */
static bool compare_fresh(struct stage *stage, const struct buffer *recent, long done)
{
	struct buffer what = {0};
	if (!stage_settle(stage) || stage->session.ended)
		return false;
	stage_keep(stage);
	stage_press(stage, &(struct key){.code = 'l', .modifiers = MODIFIER_CONTROL});
	if (!stage_settle(stage))
		return false;
	int changes = stage_changes(stage, &what);
	if (changes != 0)
		stage_say(stage,
			"after %ld keys, %dx%d, a fresh screen differs in %d cells:%s after%s",
			done, stage->kept_columns, stage->kept_rows, changes, what.bytes,
			recent->bytes);
	buffer_release(&what);
	return changes == 0;
}

void stage_storm(struct stage *stage, const struct storm *storm)
{
	struct buffer recent = {0};
	long done = 0, resized = 0;
	bool good = true;
	stage->random = storm->seed * 0x9E3779B97F4A7C15u + 1;
	while (done < storm->keys && good) {
		int burst = random_between(stage, 1, 60);
		recent.length = 0;
		for (int i = 0; i < burst && done < storm->keys; i++, done++) {
			press_random(stage, &recent);
			if (resized * storm->keys >= (done + 1) * storm->resizes)
				continue;
			resize_random(stage, storm, &recent);
			resized++;
		}
		good = compare_fresh(stage, &recent, done);
	}
	if (stage->session.ended)
		stage_say(stage, "it ended after %ld keys:%s", done, recent.bytes);
	else if (good)
		stage_say(stage, "%ld keys, %ld sizes: each fresh screen the same", done, resized);
	buffer_release(&recent);
}
