/* unit_input.c: sequences of keys, pastes, and what is swallowed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "terminal/input.h"

/* What input_define has handed out. */
static struct {
	struct buffer sequences; /* each with its NUL */
	int codes[256];
	int count;
} defined;

static int define(const char *sequence, int code)
{
	buffer_append(&defined.sequences, slice_of(sequence));
	buffer_byte(&defined.sequences, '\0');
	defined.codes[defined.count++] = code;
	return 0;
}

/* The code of a sequence; 0: it has none. */
static int code_of(const char *sequence)
{
	size_t at = 0;
	for (int i = 0; i < defined.count; i++) {
		if (strcmp(defined.sequences.bytes + at, sequence) == 0)
			return defined.codes[i];
		at += strlen(defined.sequences.bytes + at) + 1;
	}
	return 0;
}

static void test_sequences_are_keys(void **state)
{
	(void)state;
	static const char *const examples[][2] = {
		{"\x1b[A", "<Up>"},
		{"\x1bOA", "<Up>"},
		{"\x1b[H", "<Home>"},
		{"\x1b[4~", "<End>"},
		{"\x1b[6~", "<PageDown>"},
		{"\x1b[Z", "<S-Tab>"},
		{"\x1b[24~", "<F12>"},
		{"\x1b[1;2A", "<S-Up>"},
		{"\x1b[1;3D", "<M-Left>"},
		{"\x1b[1;5C", "<C-Right>"},
		{"\x1b[1;8B", "<C-M-S-Down>"},
		{"\x1b[3;5~", "<C-Delete>"},
	};
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
		struct key key;
		struct buffer printed = {0};
		assert_true(input_key(code_of(examples[i][0]), &key));
		key_print(key, &printed);
		assert_string_equal(printed.bytes, examples[i][1]);
		buffer_release(&printed);
	}
}

static void test_every_sequence_but_pastes_is_a_key(void **state)
{
	(void)state;
	for (int i = 0; i < defined.count; i++) {
		struct key key;
		bool paste = defined.codes[i] == INPUT_PASTE_BEGINS ||
			     defined.codes[i] == INPUT_PASTE_ENDS;
		assert_true(input_key(defined.codes[i], &key) != paste);
	}
	struct key key;
	assert_false(input_key(0, &key));
	assert_false(input_key(1 << 20, &key));
}

static void test_a_paste_is_swallowed(void **state)
{
	(void)state;
	struct paste paste = {0};
	assert_false(paste_takes(&paste, 0, 1));
	assert_true(paste_takes(&paste, INPUT_PASTE_BEGINS, 2));
	assert_true(paste_takes(&paste, 0, 3));
	assert_true(paste_takes(&paste, INPUT_PASTE_ENDS, 4));
	assert_false(paste_takes(&paste, 0, 5));
}

static void test_a_paste_without_an_end_ends_with_a_pause(void **state)
{
	(void)state;
	struct paste paste = {0};
	assert_true(paste_takes(&paste, INPUT_PASTE_BEGINS, 1000));
	assert_true(paste_takes(&paste, 0, 1400));
	assert_true(paste_takes(&paste, 0, 1800));
	assert_false(paste_takes(&paste, 0, 2400));
}

/* How many characters of text after Esc and the first belong to the sequence. */
static size_t length_of(const char *text)
{
	struct sequence sequence = {.second = (unsigned char)*text};
	assert_true(sequence_begins(sequence.second));
	size_t length = 1;
	while (text[length] != '\0' && sequence_takes(&sequence, (unsigned char)text[length]))
		length++;
	return length + (text[length] != '\0');
}

static void test_unknown_sequences_have_an_end(void **state)
{
	(void)state;
	assert_int_equal(length_of("[?1;2cjk"), 6);
	assert_int_equal(length_of("[25~q"), 4);
	assert_int_equal(length_of("Ozq"), 2);
	assert_int_equal(length_of("]11;rgb:12/34/56\aq"), 17);
	assert_int_equal(length_of("]11;rgb\x1b\\q"), 9);
	assert_int_equal(length_of("P1$r\\0m\x1b\\q"), 9);
	assert_false(sequence_begins('x'));
	assert_false(sequence_begins(0));
	assert_false(sequence_begins(0x1F600));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sequences_are_keys),
		cmocka_unit_test(test_every_sequence_but_pastes_is_a_key),
		cmocka_unit_test(test_a_paste_is_swallowed),
		cmocka_unit_test(test_a_paste_without_an_end_ends_with_a_pause),
		cmocka_unit_test(test_unknown_sequences_have_an_end),
	};
	input_define(define);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	buffer_release(&defined.sequences);
	return failed;
}
