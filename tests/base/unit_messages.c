/* unit_messages.c: diagnostics as they are printed, and JSON. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "byline/base.h"

static void expect_printed(struct diagnostics *out, const char *wanted)
{
	struct buffer into = {0};
	diagnostics_tell(out, NULL, &into);
	assert_string_equal(into.bytes, wanted);
	buffer_release(&into);
	diagnostics_release(out);
}

static void a_message_says_as_much_of_its_place_as_is_known(void **state)
{
	(void)state;
	struct diagnostics out = {0};
	diagnostics_report(&out, "a.yaml", 3, 7, "no '%s'", "x");
	diagnostics_report(&out, "a.yaml", 3, 0, "line");
	diagnostics_report(&out, "a.yaml", 0, 0, "file");
	diagnostics_report(&out, NULL, 0, 0, "bare");
	expect_printed(&out, "a.yaml:3:7: no 'x'\na.yaml:3: line\na.yaml: file\nbare\n");
}

static void messages_are_harmless_whatever_they_quote(void **state)
{
	(void)state;
	struct diagnostics out = {0};
	diagnostics_report(&out, "\x1b[2J", 1, 1, "'%s'", "\u202e\xff");
	expect_printed(&out, "^[[2J:1:1: '\\u202e\\xff'\n");
}

static void only_the_first_thousand_are_kept_and_all_counted(void **state)
{
	(void)state;
	struct diagnostics out = {0};
	for (int i = 0; i < 1500; i++)
		diagnostics_report(&out, NULL, 0, 0, "%d", i);
	for (int i = 0; i < 500; i++)
		diagnostics_point(&out, NULL, slice_of("text"), 0, "%d", i);
	assert_int_equal(out.count, DIAGNOSTICS_KEPT);
	assert_int_equal(out.total, 2000);
	struct buffer into = {0};
	diagnostics_tell(&out, NULL, &into);
	assert_true(slice_ends(buffer_slice(&into), "\n999\nand 1000 more\n"));
	buffer_release(&into);
	diagnostics_release(&out);
}

static void a_message_points_at_a_byte(void **state)
{
	(void)state;
	struct slice source = slice_of("\uFEFFone\r\nzwei é x\nlast");
	struct diagnostics out = {0};
	diagnostics_point(&out, "f", source, 3, "first");
	diagnostics_point(&out, "f", source, 16, "letter");
	diagnostics_point(&out, "f", source, source.length, "end");
	diagnostics_point(&out, "f", source, 999, "beyond");
	expect_printed(&out, "f:1:1: first\n    one\n    ^\n"
			     "f:2:8: letter\n    zwei é x\n           ^\n"
			     "f:3:5: end\n    last\n        ^\n"
			     "f:3:5: beyond\n    last\n        ^\n");
}

static void an_endless_line_is_shown_around_the_caret(void **state)
{
	(void)state;
	struct buffer line = {0}, into = {0};
	for (int i = 0; i < 3000; i++)
		buffer_text(&line, i == 1500 ? "X" : "é");
	text_excerpt(buffer_slice(&line), 3000, &into);
	struct slice shown = buffer_slice(&into);
	const char *caret = strchr(into.bytes, '\n');
	assert_true(slice_starts(shown, "…é") && slice_ends(shown, " ^"));
	assert_int_equal(strlen(caret + 1), 62); /* an ellipsis, sixty letters, the caret */
	assert_true(slice_ends(slice_cut(shown, 0, (size_t)(caret - into.bytes)), "é…"));
	buffer_release(&line);
	buffer_release(&into);
}

static void json_nests_with_commas_in_the_right_places(void **state)
{
	(void)state;
	struct buffer into = {0};
	struct json json = {&into, true};
	json_open(&json, NULL, '{');
	json_open(&json, "none", '[');
	json_close(&json, ']');
	json_open(&json, "some", '[');
	json_integer(&json, NULL, INT64_MIN);
	json_open(&json, NULL, '{');
	json_close(&json, '}');
	json_null(&json, NULL);
	json_close(&json, ']');
	json_decimal(&json, "half", 2.5, 1);
	json_decimal(&json, "nothing", -0.04, 1);
	json_decimal(&json, "endless", HUGE_VAL, 1);
	json_close(&json, '}');
	assert_string_equal(into.bytes,
		"{\"none\": [], \"some\": [-9223372036854775808, {}, null], "
		"\"half\": 2.5, \"nothing\": 0.0, \"endless\": null}");
	buffer_release(&into);
}

static void json_texts_are_valid_and_harmless(void **state)
{
	(void)state;
	struct buffer into = {0};
	struct json json = {&into, true};
	json_text(&json, NULL, (struct slice){"\0\"\\/\n\r\t\x1b", 8});
	json_text(&json, NULL, slice_of("\x7f\xC2\x9B\u202e\u2028 é日\U0001F600"));
	json_text(&json, NULL, slice_of("\xff\xe2\x80|\uFFFD"));
	assert_string_equal(into.bytes, "\"\\u0000\\\"\\\\/\\n\\r\\t\\u001b\", "
					"\"\\u007f\\u009b\\u202e\\u2028 é日\U0001F600\", "
					"\"\uFFFD\uFFFD|\uFFFD\"");
	buffer_release(&into);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_says_as_much_of_its_place_as_is_known),
		cmocka_unit_test(messages_are_harmless_whatever_they_quote),
		cmocka_unit_test(only_the_first_thousand_are_kept_and_all_counted),
		cmocka_unit_test(a_message_points_at_a_byte),
		cmocka_unit_test(an_endless_line_is_shown_around_the_caret),
		cmocka_unit_test(json_nests_with_commas_in_the_right_places),
		cmocka_unit_test(json_texts_are_valid_and_harmless),
	};
	return cmocka_run_group_tests_name("base/messages", tests, NULL, NULL);
}
