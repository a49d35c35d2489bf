/* unit_width.c: grapheme clusters, their cells and their ASCII forms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "byline/layout.h"

static const struct width_policy narrow = {.ambiguous = 1};
static const struct width_policy wide = {.ambiguous = 2};
static const struct width_policy plain = {.ambiguous = 1, .ascii = 1};

/* Clusters of one text, their bytes and cells. */
struct expected {
	const char *text;
	size_t bytes;   /* of the first cluster */
	unsigned cells; /* of it */
};

static const struct expected clusters[] = {
	{"a", 1, 1}, {"ab", 1, 1}, {"e\u0301x", 3, 1}, {"\u00e9x", 2, 1}, {"\u201cx", 3, 1},
	{"\u0301", 2, 1},                                       /* a mark with nothing below it */
	{"\u4e2d\u6587", 3, 2},                                 /* ideographs */
	{"\uff21", 3, 2},                                       /* fullwidth A */
	{"\uff71", 3, 1},                                       /* halfwidth katakana */
	{"\uac00", 3, 2},                                       /* a syllable */
	{"\u1100\u1161\u11a8x", 9, 2},                          /* the same from its letters */
	{"\u0e01\u0e33", 6, 2},                                 /* Thai with SARA AM */
	{"\u0915\u093f", 6, 2},                                 /* Devanagari, spacing vowel */
	{"\u0915\u0941", 6, 1},                                 /* Devanagari, vowel below */
	{"\u2764x", 3, 1},                                      /* heart, as text */
	{"\u2764\ufe0fx", 6, 2},                                /* heart, as emoji */
	{"1\ufe0f\u20e3", 7, 2},                                /* keycap */
	{"\U0001f600", 4, 2},                                   /* a face */
	{"\U0001f44d\U0001f3fd!", 8, 2},                        /* thumb with skin tone */
	{"\u261d\U0001f3fd", 7, 2},                             /* narrow base with skin tone */
	{"\U0001f1f5\U0001f1f9\U0001f1ea\U0001f1f8", 8, 2},     /* two flags */
	{"\U0001f1f5x", 4, 1},                                  /* half a flag */
	{"\U0001f468\u200d\U0001f469\u200d\U0001f467x", 18, 2}, /* a family */
	{"\u2764\ufe0f\u200d\U0001f525", 13, 2},                /* heart on fire */
	{"\U0001f3f4\U000e0067\U000e0062\U000e007fx", 16, 2},   /* flag by tags */
	{"\r\nx", 2, 1}, {"\r", 1, 1}, {"\n\r", 1, 1}, {"\t", 1, 1}, {"\ufeff", 3, 0},
	{"\u200b", 3, 0}, {"\u2060", 3, 0}, {"\u00ad", 2, 0}, {"\x1b[", 1, 2}, {"\xc2\x9b", 2, 4},
	{"\u202e", 3, 6}, {"\xff", 1, 1},         /* invalid: as U+FFFD */
	{"\xe4\xb8", 2, 1}, {"\U0002a6b2", 4, 2}, /* an ideograph outside the first plane */
	{"\U0003fffe", 4, 1},                     /* no character */
};

static void test_clusters(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof clusters / sizeof *clusters; i++) {
		struct slice text = slice_of(clusters[i].text);
		size_t length = cluster_length(text, 0);
		unsigned cells = cluster_width(slice_cut(text, 0, length), &narrow);
		if (length != clusters[i].bytes || cells != clusters[i].cells)
			fail_msg("row %zu '%s': %zu bytes, %u cells", i, clusters[i].text, length,
				cells);
	}
	struct slice nul = {"\0x", 2};
	assert_int_equal(cluster_length(nul, 0), 1);
	assert_int_equal(cluster_width(slice_cut(nul, 0, 1), &narrow), 0);
}

static void test_ambiguous_width_follows_the_policy(void **state)
{
	(void)state;
	struct slice sign = slice_of("\u00a7");
	assert_int_equal(cluster_width(sign, &narrow), 1);
	assert_int_equal(cluster_width(sign, &wide), 2);
	assert_int_equal(cluster_width(slice_of("\u0301"), &wide), 1);
	assert_int_equal(cluster_width(slice_of("\u00e9"), &narrow), 1);
}

static void test_text_fit_cuts_between_clusters(void **state)
{
	(void)state;
	struct slice text = slice_of("ab\u4e2de\u0301f");
	size_t width;
	assert_int_equal(text_width(text, &narrow), 6);
	assert_int_equal(text_fit(text, 6, &narrow, &width), text.length);
	assert_int_equal(width, 6);
	assert_int_equal(text_fit(text, 3, &narrow, &width), 2);
	assert_int_equal(width, 2);
	assert_int_equal(text_fit(text, 4, &narrow, &width), 5);
	assert_int_equal(text_fit(text, 5, &narrow, NULL), 8);
	assert_int_equal(text_fit(text, 0, &narrow, &width), 0);
	assert_int_equal(width, 0);
	/* What has no cell goes with what stands before it. */
	assert_int_equal(text_fit(slice_of("ab\u200bc"), 2, &narrow, NULL), 5);
}

/* Stepping by clusters measures what text_width does, which takes runs of ASCII at once. */
static void test_text_width_is_the_sum_of_its_clusters(void **state)
{
	(void)state;
	static const char *const parts[] = {"a", "bc ", "\u0301", "\u4e2d", "\r", "\n", "\u201c",
		"\U0001f44d", "\U0001f3fd", "\u200d", "\xff", "\u00ad", "\U0001f1f5", "\x1b",
		"word"};
	uint32_t random = 1;
	for (int round = 0; round < 2000; round++) {
		struct buffer text = {0};
		for (int i = 0; i < 12; i++) {
			random = random * 1664525u + 1013904223u;
			buffer_text(&text, parts[(random >> 16) % (sizeof parts / sizeof *parts)]);
		}
		struct slice whole = buffer_slice(&text);
		size_t sum = 0, length;
		for (size_t at = 0; at < whole.length; at += length) {
			length = cluster_length(whole, at);
			sum += cluster_width(slice_cut(whole, at, at + length), &narrow);
		}
		assert_int_equal(text_width(whole, &narrow), sum);
		buffer_release(&text);
	}
}

static void test_one_cluster_of_many_marks(void **state)
{
	(void)state;
	struct buffer text = {0};
	buffer_text(&text, "a");
	for (int i = 0; i < 100000; i++)
		buffer_text(&text, "\u0301");
	struct slice whole = buffer_slice(&text);
	assert_int_equal(cluster_length(whole, 0), whole.length);
	assert_int_equal(text_width(whole, &narrow), 1);
	buffer_release(&text);
}

struct form {
	const char *cluster;
	char form;
};

static const struct form forms[] = {
	{"a", 'a'},
	{"\u00e9", 'e'},
	{"e\u0301", 'e'},
	{"\u0141", 'L'},
	{"\u201c", '"'},
	{"\u2019", '\''},
	{"\u2014", '-'},
	{"\u2026", '.'},
	{"\u2502", '|'},
	{"\u2500", '-'},
	{"\u2581", '_'},
	{"\u2588", '#'},
	{"\u258e", '|'},
	{"\u25b8", '>'},
	{"\u25be", 'v'},
	{"\u2190", '<'},
	{"\u00b7", '.'},
	{"\u4e2d", '?'},
	{"\u00a0", ' '},
	{"\t", ' '},
	{"\ufffd", '?'},
	{"\xff", '?'},
};

static void test_ascii_forms(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		struct slice cluster = slice_of(forms[i].cluster);
		if (cluster_ascii(cluster) != forms[i].form)
			fail_msg(
				"'%s' has the form '%c'", forms[i].cluster, cluster_ascii(cluster));
		assert_int_equal(cluster_width(cluster, &plain), 1);
	}
	for (uint32_t code = 1; code < 0x30000; code++) {
		char bytes[4];
		char form = cluster_ascii((struct slice){bytes, utf8_encode(code, bytes)});
		assert_in_range(form, ' ', '~');
	}
}

/* Whatever can be shown, a control is as wide as its sign. */
static void test_signs(void **state)
{
	(void)state;
	static const char *const rows[][2] = {{"\x1b", "^["}, {"\x01", "^A"}, {"\x7f", "^?"},
		{"\xc2\x9b", "\\x9b"}, {"\u202e", "\\u202e"}, {"\u061c", "\\u061c"}, {"\t", ""},
		{"\r", ""}, {"\ufeff", ""}, {"\u2028", ""}, {"a", ""}, {"\ufffd", ""}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char sign[SIGN_MOST];
		struct slice cluster = slice_of(rows[i][0]);
		unsigned length = cluster_sign(cluster, sign);
		assert_true(slice_is((struct slice){sign, length}, rows[i][1]));
		if (length > 0) {
			assert_int_equal(cluster_width(cluster, &narrow), length);
			assert_int_equal(cluster_width(cluster, &plain), length);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clusters),
		cmocka_unit_test(test_ambiguous_width_follows_the_policy),
		cmocka_unit_test(test_text_fit_cuts_between_clusters),
		cmocka_unit_test(test_text_width_is_the_sum_of_its_clusters),
		cmocka_unit_test(test_one_cluster_of_many_marks),
		cmocka_unit_test(test_ascii_forms),
		cmocka_unit_test(test_signs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
