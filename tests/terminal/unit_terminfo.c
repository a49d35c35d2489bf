/* unit_terminfo.c: entries as they are read, those with absurd strings among them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "terminal/terminfo.h"

struct example {
	const char *name, *terminfo; /* as `infocmp -x -Q2` prints one that tic has compiled */
	bool moves;                  /* its cursor can be moved */
};

static const struct example examples[] = {
	/* cup takes a number for a text: %p1%s */
	{"evil-s",
		"b64:GgEZAAAAAABxABwAZXZpbC1zfHRleHQgZm9yIGEgbnVtYmVyAAD_____________AAD_________"
		"_wQA____________________________________________________________________________"
		"________________________________________________________________________________"
		"________________________________________________________________________________"
		"_________________________________xMAG1tKABtbJXAxJXM7JXAyJXNIABtbJXAxJWRDAA==",
		false},
	/* the length of a number: %p1%l */
	{"evil-l",
		"b64:GgEaAAAAAABxABgAZXZpbC1sfGxlbmd0aCBvZiBhIG51bWJlcgD_____________AAD_________"
		"_wQA____________________________________________________________________________"
		"________________________________________________________________________________"
		"________________________________________________________________________________"
		"_________________________________w8AG1tKABtbJXAxJWwlZEgAG1slcDElZEMA",
		false},
	/* a number in 99999 columns */
	{"evil-wide",
		"b64:GgEUAAAAAABxACMAZXZpbC13aWRlfHZlcnkgd2lkZQD_____________AAD__________wQA____"
		"________________________________________________________________________________"
		"________________________________________________________________________________"
		"________________________________________________________________________________"
		"_________________________xoAG1tKABtbJXAxJTotOTk5OTlkOyVwMiVkSAAbWyVwMSVkQwA=",
		false},
	/* a ninth number */
	{"evil-many",
		"b64:GgEmAAAAAABxABwAZXZpbC1tYW55fG1vcmUgbnVtYmVycyB0aGFuIHRoZXJlIGFyZQD_________"
		"____AAD__________wQA____________________________________________________________"
		"________________________________________________________________________________"
		"________________________________________________________________________________"
		"_________________________________________________xMAG1tKABtbJXAxJWQ7JXA5JWRIABtb"
		"JXAxJWRDAA==",
		false},
	/* no number at all */
	{"evil-none",
		"b64:GgEVAAAAAABxABEAZXZpbC1ub25lfG5vIG51bWJlcnMAAP____________8AAP__________BAD_"
		"________________________________________________________________________________"
		"________________________________________________________________________________"
		"________________________________________________________________________________"
		"____________________________CAAbW0oAG1tIABtbJXAxJWRDAA==",
		false},
	/* a size and colours of 0x7fffffff */
	{"evil-numbers",
		"b64:HgIcAAIADgBpATEAZXZpbC1udW1iZXJzfGFic3VyZCBudW1iZXJzAAAB____f_________9_____"
		"_____________________________________________________3______________AAD_________"
		"_wQA__________________________________________________________________________8V"
		"AP______________________________________________________________________________"
		"________________________________________________________________________________"
		"________________________________________________________________________________"
		"________________________________________________________________________________"
		"________________________________________________________________________________"
		"________________________________________________________________________________"
		"________________________________________________________________________________"
		"________________________________________________________________________________"
		"______________________________________________8ZAP______________________________"
		"________________________________________________________________________________"
		"____________________________________________________HQAnABtbSgAbWyVpJXAxJWQ7JXAy"
		"JWRIABtbbQAbW20AG1szJXAxJWRtABtbNCVwMSVkbQA=",
		true},
	/* padding, and the operators that entries use */
	{"good",
		"b64:GgEfAAAAAABoAV4AZ29vZHxwYWRkaW5nIGFuZCBhbGwgb3BlcmF0b3JzAAD_____________AAD_"
		"_________wkA____________________________________________________________________"
		"________________________________________________________________________________"
		"________________________________________________________________________________"
		"________________________________________________________________________________"
		"________________________________________________________________________________"
		"________________________________________________________________________________"
		"________________________________________________________________________________"
		"________________________________________________________________________________"
		"________________________________________________________________________________"
		"________________________________________________________________________________"
		"________________________________________________________________________________"
		"____________________________________________________________HwAbW0okPDUwPgAbWyVp"
		"JXAxJWQ7JXAyJWRIJDw1Lz4AG1slPyVwMSV7OH0lPCV0MyVwMSVkJWUlcDElezE2fSU8JXQ5JXAxJXs4"
		"fSUtJWQlZTM4OzU7JXAxJWQlO20A",
		true},
};

static const struct example *example_named(const char *name)
{
	size_t i = 0;
	while (strcmp(examples[i].name, name) != 0)
		i++;
	return &examples[i];
}

static struct entry open_example(const char *name)
{
	struct entry entry;
	assert_true(
		entry_open(&entry, (struct entry_source){name, example_named(name)->terminfo}, 1));
	return entry;
}

static void test_strings_that_ask_for_more_than_numbers_are_not_there(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
		struct entry entry = open_example(examples[i].name);
		if (entry_has(&entry, ENTRY_MOVE) != examples[i].moves)
			fail_msg("%s", examples[i].name);
		assert_true(entry_has(&entry, ENTRY_CLEAR));
		entry_close(&entry);
	}
}

static void test_numbers_are_put_in_and_padding_is_left_out(void **state)
{
	(void)state;
	struct entry entry = open_example("good");
	struct buffer got = {0};
	entry_put(&entry, ENTRY_CLEAR, &got);
	entry_put_move(&entry, (struct spot){79, 23}, &got);
	entry_put_number(&entry, ENTRY_FOREGROUND, 3, &got);
	entry_put_number(&entry, ENTRY_FOREGROUND, 12, &got);
	entry_put_number(&entry, ENTRY_FOREGROUND, 200, &got);
	entry_put_number(&entry, ENTRY_BACKGROUND, 200, &got); /* has none */
	assert_string_equal(got.bytes, "\x1b[J\x1b[24;80H\x1b[33m\x1b[94m\x1b[38;5;200m");
	buffer_release(&got);
	entry_close(&entry);
}

static void test_colours_need_a_way_back(void **state)
{
	(void)state;
	struct entry entry = open_example("good");
	assert_int_equal(entry.colours, 0); /* one of two colours, and no end of them */
	entry_close(&entry);
	entry = open_example("evil-numbers");
	assert_int_equal(entry.colours, INT32_MAX);
	assert_int_equal(entry.size.column, INT32_MAX);
	entry_close(&entry);
}

static void test_names_that_are_none_have_no_entry(void **state)
{
	(void)state;
	static const char *const names[] = {
		"", "/", "../../etc/passwd", "x/term", "xterm\x1b[2J", "a b", "%p1%s", "b64:AAAA"};
	struct entry entry;
	char longest[100000];
	memset(longest, 'x', sizeof longest);
	longest[sizeof longest - 1] = '\0';
	assert_false(entry_open(&entry, (struct entry_source){longest, NULL}, 1));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		assert_false(entry_open(&entry, (struct entry_source){names[i], NULL}, 1));
		entry_close(&entry); /* allowed */
	}
}

static void test_terminfo_is_as_it_was(void **state)
{
	(void)state;
	setenv("TERMINFO", "/nowhere", 1);
	struct entry entry = open_example("good");
	assert_string_equal(getenv("TERMINFO"), "/nowhere");
	entry_close(&entry);
	unsetenv("TERMINFO");
	entry = open_example("good");
	assert_null(getenv("TERMINFO"));
	entry_close(&entry);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_strings_that_ask_for_more_than_numbers_are_not_there),
		cmocka_unit_test(test_numbers_are_put_in_and_padding_is_left_out),
		cmocka_unit_test(test_colours_need_a_way_back),
		cmocka_unit_test(test_names_that_are_none_have_no_entry),
		cmocka_unit_test(test_terminfo_is_as_it_was),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
