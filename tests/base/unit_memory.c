/* unit_memory.c: slices, arenas, buffers, the nearest word. */
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "byline/base.h"

static void slices_are_cut_within_their_bounds(void **state)
{
	(void)state;
	struct slice text = slice_of("harbour");
	assert_true(slice_is(slice_cut(text, 0, 3), "har"));
	assert_true(slice_is(slice_cut(text, 4, 99), "our"));
	assert_int_equal(slice_cut(text, 99, 4).length, 0);
	assert_int_equal(slice_cut(slice_of(NULL), 1, 2).length, 0);
	assert_true(slice_is(slice_trim(slice_of(" \t\r\n a b \v\f")), "a b"));
	assert_true(slice_is(slice_trim(slice_of("  ")), ""));
}

static void slices_are_ordered_by_bytes_shorter_first(void **state)
{
	(void)state;
	static const char *const ordered[] = {"", "A", "AB", "a", "ab", "\x80", "\xff"};
	size_t count = sizeof ordered / sizeof *ordered;
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < count; j++) {
			struct slice a = slice_of(ordered[i]), b = slice_of(ordered[j]);
			int order = slice_compare(a, b);
			assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
			assert_int_equal(slice_equal(a, b), i == j);
		}
	}
}

static void slices_know_how_they_start_and_end(void **state)
{
	(void)state;
	struct slice path = slice_of("packs/news.yaml");
	assert_true(slice_starts(path, "packs/"));
	assert_true(slice_ends(path, ".yaml"));
	assert_true(slice_starts(path, "") && slice_ends(path, ""));
	assert_false(slice_starts(slice_of("pa"), "packs"));
	assert_false(slice_ends(slice_of("ml"), ".yaml"));
	assert_true(slice_is(path_folder(path), "packs/"));
	assert_true(slice_is(path_name(path), "news.yaml"));
	assert_true(slice_is(path_folder(slice_of("news.yaml")), ""));
	assert_true(slice_is(path_name(slice_of("packs/")), ""));
}

/* Every bit of a text, and its length, counts. */
static void hashes_differ_where_texts_do(void **state)
{
	(void)state;
	uint64_t seen[17 * 8 + 34];
	size_t count = 0;
	for (size_t length = 0; length <= 16; length++) {
		char bytes[17] = {0};
		seen[count++] = slice_hash((struct slice){bytes, length});
		for (size_t bit = 0; bit < 8 && length > 0; bit++) {
			bytes[length - 1] = (char)(1u << bit);
			seen[count++] = slice_hash((struct slice){bytes, length});
		}
	}
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < i; j++)
			assert_true(seen[i] != seen[j] && (uint32_t)seen[i] != (uint32_t)seen[j]);
	assert_true(slice_hash(slice_of("foobar")) == slice_hash(slice_of("foobar")));
}

static bool is_zero(const unsigned char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (bytes[i] != 0)
			return false;
	}
	return true;
}

static void arenas_give_zeroed_aligned_memory_of_any_size(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	unsigned char *last = NULL;
	for (size_t size = 0; size < 3000000; size = size * 2 + 1) {
		for (int i = 0; i < 5; i++) {
			unsigned char *memory = arena_allocate(arena, size);
			assert_int_equal((uintptr_t)memory % alignof(max_align_t), 0);
			assert_true(is_zero(memory, size));
			assert_true(size == 0 || memory != last);
			memset(memory, 0xAA, size);
			last = memory;
		}
	}
	arena_free(arena);
	arena_free(NULL);
}

static void arenas_copy_and_format_texts(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct slice copy = arena_slice(arena, slice_cut(slice_of("harbour"), 0, 3));
	assert_true(slice_is(copy, "har"));
	assert_int_equal(copy.bytes[3], '\0');
	assert_string_equal(arena_text(arena, (struct slice){0}), "");
	assert_string_equal(arena_format(arena, "%s:%d", "line", 12), "line:12");
	arena_free(arena);
}

static void buffers_grow_and_stay_terminated(void **state)
{
	(void)state;
	struct buffer buffer = {0};
	for (size_t i = 0; i < 10000; i++) {
		buffer_byte(&buffer, (char)('a' + i % 26));
		assert_int_equal(buffer.bytes[buffer.length], '\0');
	}
	assert_int_equal(buffer.length, 10000);
	buffer_format(&buffer, "%0*d", 5000, 7);
	assert_int_equal(buffer.length, 15000);
	assert_int_equal(buffer.bytes[14999], '7');
	assert_int_equal(buffer.bytes[15000], '\0');
	assert_int_equal(buffer.bytes[9999], 'a' + 9999 % 26);
	buffer_release(&buffer);
	assert_null(buffer.bytes);
	buffer_text(&buffer, "again");
	assert_string_equal(buffer.bytes, "again");
	buffer_release(&buffer);
}

static void appending_one_by_one_moves_seldom(void **state)
{
	(void)state;
	size_t capacity = 0, moves = 0;
	int *items = NULL;
	for (size_t count = 1; count <= 1000000; count++) {
		size_t before = capacity;
		items = grow(items, &capacity, count, sizeof *items);
		items[count - 1] = 1;
		moves += capacity != before;
	}
	assert_true(moves < 40);
	free(items);
}

static void the_nearest_word_is_found_or_none(void **state)
{
	(void)state;
	static const char *const names[] = {
		"match", "words", "names", "quote", "kinds", "évidence", "organization"};
	static const struct {
		const char *word, *nearest;
	} rows[] = {
		{"mach", "match"},
		{"matchs", "match"},
		{"wrods", "words"},
		{"Names", "names"},
		{"evidence", "évidence"},
		{"organisation", "organization"},
		{"orgnaizatoin", "organization"},
		{"orgnztn", NULL},
		{"wxyds", NULL},
		{"", NULL},
		{"zzzzzzzz", NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *found = nearest_of(slice_of(rows[i].word), names, 7);
		if (rows[i].nearest == NULL)
			assert_null(found);
		else
			assert_string_equal(found, rows[i].nearest);
	}
	struct buffer endless = {0};
	buffer_format(&endless, "%0*d", 100000, 1);
	assert_null(nearest_of(buffer_slice(&endless), names, 7));
	buffer_release(&endless);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slices_are_cut_within_their_bounds),
		cmocka_unit_test(slices_are_ordered_by_bytes_shorter_first),
		cmocka_unit_test(slices_know_how_they_start_and_end),
		cmocka_unit_test(hashes_differ_where_texts_do),
		cmocka_unit_test(arenas_give_zeroed_aligned_memory_of_any_size),
		cmocka_unit_test(arenas_copy_and_format_texts),
		cmocka_unit_test(buffers_grow_and_stay_terminated),
		cmocka_unit_test(appending_one_by_one_moves_seldom),
		cmocka_unit_test(the_nearest_word_is_found_or_none),
	};
	return cmocka_run_group_tests_name("base/memory", tests, NULL, NULL);
}
