/* unit_input.c: what a terminal sends, read as keys, pastes and answers, however it is cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "terminal/input.h"

#define LATE 10000 /* milliseconds after which nothing waits any more */

/* Takes all there is at a time and prints it: keys in notation, pastes in {}, answers in (). */
static void take_all(struct input *input, long long now, struct buffer *into)
{
	static const char *const answers[] = {"", "(ground)", "(frames)", "(last)"};
	struct key key;
	enum answer answer;
	for (;;) {
		answer = ANSWER_NONE;
		enum taken taken = input_take(input, now, &key, &answer);
		if (taken == TAKEN_NOTHING)
			return;
		if (taken == TAKEN_ANSWER)
			buffer_text(into, answers[answer]);
		if (taken == TAKEN_KEY && key.code == PRESS_PASTE)
			buffer_format(into, "{%.*s}", (int)input->pasted.length,
				input->pasted.length > 0 ? input->pasted.bytes : "");
		else if (taken == TAKEN_KEY)
			key_print(key, into);
	}
}

static struct input new_input(void)
{
	struct input input = {.escape_delay = 25, .utf8 = true};
	input_learn(&input, slice_of("\x1b[7$"), (struct key){.code = PRESS_HOME});
	input_learn(&input, slice_of("\b"), (struct key){.code = PRESS_BACKSPACE});
	input_learn(&input, slice_of(""), (struct key){.code = PRESS_F1});
	return input;
}

struct example {
	const char *sent, *read;
};

static const struct example examples[] = {
	/* characters */
	{"jk\r\t\x7f\x03\x1a", "jk<Enter><Tab><Backspace><C-c><C-z>"},
	{"\u00e9\u4e2d\U0001f600", "\u00e9\u4e2d\U0001f600"},
	{"a\xff\xc3z\xed\xa0\x80q", "azq"},
	{"\xc2\x85x", "x"},
	/* keys */
	{"\x1b[A\x1bOA\x1b[H\x1b[4~\x1b[6~", "<Up><Up><Home><End><PageDown>"},
	{"\x1b[Z\x1b[24~\x1b[[A\x1b[15~", "<S-Tab><F12><F1><F5>"},
	{"\x1b[1;2A\x1b[1;3D\x1b[1;5C\x1b[1;8B\x1b[3;5~",
		"<S-Up><M-Left><C-Right><C-M-S-Down><C-Delete>"},
	{"\x1b[7$\b", "<Home><Backspace>"},
	{"\x1bx\x1b\u00e9\x1b\r", "<M-x><M-\u00e9><M-Enter>"},
	{"\x1b\x1b[A", "<Esc><Up>"},
	{"\x1b", "<Esc>"},
	{"\x1b[", "<M-[>"},
	/* what nobody knows has an end */
	{"\x1b[25~q\x1b[?1;2;3$wq\x1bOzq\x1b[99;9Aq", "qqqq"},
	{"\x1b[<35;4;5Mq\x1b[M !!q\x1b[Iq", "qqq"},
	{"\x1bP1$r\\0m\x1b\\q\x1b_x\x1b\\q\x1b]52;c;eA==\aq", "qqq"},
	{"\x1b[12\x1b[Aq", "<Up>q"},
	{"\x1b]0;no end\rq", "<Enter>q"},
	/* answers */
	{"\x1b]11;rgb:ffff/ffff/f0f0\x1b\\q", "(ground)q"},
	{"\x1b]11;rgb:12/34/56\aq", "(ground)q"},
	{"\x1b]11;rgba:ffff/ffff/f0f0/8000\x1b\\q", "(ground)q"},
	{"\x1b]11;rgb:zz/1/2\x1b\\q\x1b]11;rgb:ff\x1b\\q\x1b]11;\aq", "qqq"},
	{"\x1b[?2026;2$y\x1b[?62;22c", "(frames)(last)"},
	{"\x1b[?2026;0$y\x1b[?2026;4$y\x1b[?1;2$yq", "q"},
	/* pastes */
	{"a\x1b[200~quit\r\nQ\x1b[A\x03\x1b[201~b", "a{quit Q [A }b"},
	{"\x1b[200~\x1b[201~b", "{}b"},
	{"\x1b[200~\xffz\u202e\x1b[201~b", "{\ufffdz }b"},
	{"\x1b[201~b", "b"},
};

static void test_what_is_sent_is_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
		struct input input = new_input();
		struct buffer got = {0};
		input_feed(&input, slice_of(examples[i].sent), 1000);
		take_all(&input, 1000, &got);
		take_all(&input, 1000 + LATE, &got);
		buffer_text(&got, "");
		if (strcmp(got.bytes != NULL ? got.bytes : "", examples[i].read) != 0)
			fail_msg("row %zu: '%s'", i, got.bytes);
		buffer_release(&got);
		input_release(&input);
	}
}

static void test_it_is_the_same_byte_by_byte(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
		struct input input = new_input();
		struct buffer got = {0};
		struct slice sent = slice_of(examples[i].sent);
		for (size_t at = 0; at < sent.length; at++) {
			input_feed(&input, slice_cut(sent, at, at + 1), 1000 + (long long)at);
			take_all(&input, 1000 + (long long)at, &got);
		}
		take_all(&input, 1000 + LATE, &got);
		buffer_text(&got, "");
		if (strcmp(got.bytes != NULL ? got.bytes : "", examples[i].read) != 0)
			fail_msg("row %zu: '%s'", i, got.bytes);
		buffer_release(&got);
		input_release(&input);
	}
}

/* What was taken right after feeding, and after so many milliseconds. */
static void check_waiting(const char *sent, const char *at_once, int pause, const char *later)
{
	struct input input = new_input();
	struct buffer got = {0};
	input_feed(&input, slice_of(sent), 1000);
	take_all(&input, 1000, &got);
	buffer_text(&got, "");
	assert_string_equal(got.bytes != NULL ? got.bytes : "", at_once);
	assert_int_equal(input_wait(&input, 1000), pause);
	if (pause > 0)
		take_all(&input, 1000 + pause, &got);
	buffer_text(&got, "");
	assert_string_equal(got.bytes != NULL ? got.bytes : "", later);
	buffer_release(&got);
	input_release(&input);
}

static void test_a_beginning_waits_for_its_end(void **state)
{
	(void)state;
	check_waiting("q", "q", -1, "q");
	check_waiting("\x1b", "", 25, "<Esc>");
	check_waiting("q\x1b", "q", 25, "q<Esc>");
	check_waiting("\x1b[", "", 100, "<M-[>");
	check_waiting("\x1b[1;", "", 1000, "");
	check_waiting("\x1b]11;rgb:", "", 5000, "");
	check_waiting("\xe4\xb8", "", 100, "");
}

static void test_grounds_are_told_apart(void **state)
{
	(void)state;
	static const struct {
		const char *sent;
		enum theme_variant ground;
	} rows[] = {
		{"\x1b]11;rgb:0000/0000/0000\a", THEME_DARK},
		{"\x1b]11;rgb:ffff/ffff/ffff\a", THEME_LIGHT},
		{"\x1b]11;rgb:f/f/e\a", THEME_LIGHT},
		{"\x1b]11;rgb:00/2b/36\a", THEME_DARK},
		{"\x1b]11;rgb:fdfd/f6f6/e3e3\a", THEME_LIGHT},
		{"\x1b]11;rgb:0000/0000/ffff\a", THEME_DARK},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct input input = new_input();
		struct key key;
		enum answer answer = ANSWER_NONE;
		input_feed(&input, slice_of(rows[i].sent), 0);
		assert_int_equal(input_take(&input, 0, &key, &answer), TAKEN_ANSWER);
		assert_int_equal(input.ground, rows[i].ground);
		input_release(&input);
	}
}

static void test_a_paste_is_no_keys_however_long_it_takes(void **state)
{
	(void)state;
	struct input input = new_input();
	struct buffer got = {0};
	input_feed(&input, slice_of("\x1b[200~quit"), 0);
	take_all(&input, 0, &got);
	input_feed(&input, slice_of("jjj\x1b[20"), 60000);
	take_all(&input, 70000, &got);
	assert_int_equal(got.length, 0);
	input_feed(&input, slice_of("1~k"), 80000);
	take_all(&input, 80000, &got);
	assert_string_equal(got.bytes, "{quitjjj}k");
	buffer_release(&got);
	input_release(&input);
}

static void test_esc_after_a_pause_ends_a_paste_without_an_end(void **state)
{
	(void)state;
	static const char *const ways_out[] = {"\x1b", "\x03"};
	for (size_t i = 0; i < 2; i++) {
		struct input input = new_input();
		struct buffer got = {0};
		input_feed(&input, slice_of("\x1b[200~quit"), 0);
		take_all(&input, 0, &got);
		input_feed(&input, slice_of(ways_out[i]), 400); /* pasted too, for all we know */
		take_all(&input, 400, &got);
		input_feed(&input, slice_of(ways_out[i]), 1000);
		take_all(&input, 1000, &got);
		input_feed(&input, slice_of("k"), 1100);
		take_all(&input, 1100, &got);
		assert_string_equal(got.bytes, "k");
		buffer_release(&got);
		input_release(&input);
	}
}

static void test_a_paste_is_kept_up_to_a_bound(void **state)
{
	(void)state;
	struct input input = new_input();
	struct buffer got = {0};
	struct key key;
	enum answer answer;
	input_feed(&input, slice_of("\x1b[200~"), 0);
	take_all(&input, 0, &got);
	for (int i = 0; i < 5000; i++) {
		input_feed(&input, slice_of("abcdefghijklmnopqrstuvwxyz"), 0);
		take_all(&input, 0, &got);
	}
	input_feed(&input, slice_of("\x1b[201~"), 0);
	assert_int_equal(input_take(&input, 0, &key, &answer), TAKEN_KEY);
	assert_int_equal(key.code, PRESS_PASTE);
	assert_int_equal(input.pasted.length, 65536);
	assert_int_equal(got.length, 0);
	buffer_release(&got);
	input_release(&input);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_sent_is_read),
		cmocka_unit_test(test_it_is_the_same_byte_by_byte),
		cmocka_unit_test(test_a_beginning_waits_for_its_end),
		cmocka_unit_test(test_grounds_are_told_apart),
		cmocka_unit_test(test_a_paste_is_no_keys_however_long_it_takes),
		cmocka_unit_test(test_esc_after_a_pause_ends_a_paste_without_an_end),
		cmocka_unit_test(test_a_paste_is_kept_up_to_a_bound),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
