/* unit_growth.c: a text while it grows: what is known of it, also after its end, also by others. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "byline/document.h"

static void assert_same_block(const struct block *one, const struct block *other)
{
	assert_int_equal(one->kind, other->kind);
	assert_int_equal(one->level, other->level);
	assert_int_equal(one->lines, other->lines);
	assert_int_equal(one->wrapped, other->wrapped);
	assert_int_equal(one->extent.start, other->extent.start);
	assert_int_equal(one->extent.end, other->extent.end);
	assert_int_equal(one->body.start, other->body.start);
	assert_int_equal(one->body.end, other->body.end);
}

static void assert_same(const struct document *a, const struct document *b)
{
	assert_true(slice_equal(document_text(a), document_text(b)));
	assert_int_equal(document_replaced(a), document_replaced(b));
	assert_int_equal(document_shape(a), document_shape(b));
	assert_int_equal(document_block_count(a), document_block_count(b));
	for (size_t i = 0; i < document_block_count(a); i++) {
		struct block one = document_block(a, i), other = document_block(b, i);
		assert_same_block(&one, &other);
	}
}

static struct document *whole(struct slice text)
{
	struct document *document = document_new("text", NULL);
	document_append(document, text);
	document_finish(document);
	return document;
}

/* The same numbers on every machine. */
static uint32_t next_number(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

/* Lines of all kinds: long and short, markers, blanks, bytes that are no text. */
static void make_text(size_t length, uint32_t seed, struct buffer *into)
{
	static const char *const parts[] = {"word ", "The harbour. ", "\n", "\n\n", "- ", "> ",
		"  ", "\t", "\xe2\x80\x9cÜ\xe2\x80\x9d ", "\xff", "\xe2\x80", "1. ", "\r\n", "…",
		"A Title\n"};
	while (into->length < length) {
		uint32_t number = next_number(&seed);
		const char *part = parts[number % (sizeof parts / sizeof *parts)];
		for (uint32_t i = number % 97 == 0 ? 300 : 1; i > 0; i--)
			buffer_text(into, part);
	}
}

static void test_slices_of_any_size_give_the_same(void **state)
{
	(void)state;
	static const size_t lengths[] = {100, 3000, 65535, 65536, 65537, 200000};
	for (uint32_t seed = 0; seed < 24; seed++) {
		struct buffer text = {0};
		uint32_t number = seed;
		make_text(lengths[seed % (sizeof lengths / sizeof *lengths)], seed, &text);
		struct document *expected = whole(buffer_slice(&text));
		struct document *document = document_new("text", NULL);
		for (size_t at = 0, step; at < text.length; at += step) {
			step = next_number(&number) % (seed % 3 ? 40 : 30000) + 1;
			document_append(document, slice_cut(buffer_slice(&text), at, at + step));
		}
		document_finish(document);
		assert_same(document, expected);
		document_free(document);
		document_free(expected);
		buffer_release(&text);
	}
}

/* What is closed stays, and is what the whole text has there; what is open goes up to the end. */
static void test_closed_blocks_are_those_of_the_whole(void **state)
{
	(void)state;
	struct slice text = slice_of("A Title\n\n- item one\n>  > quoted\n7. first\n  \n\t1\n12. "
				     "second\n-\n - \n>>\nThe end.\n\nThe harbour opened again on\n"
				     "Friday, when nobody was\nthere who would have seen it.\n");
	struct document *document = document_new("text", NULL), *expected = whole(text);
	size_t closed = 0;
	document_decide(document);
	for (size_t length = 1; length <= text.length; length++) {
		document_append(document, slice_cut(text, length - 1, length));
		assert_false(document_is_whole(document));
		assert_true(document_closed_count(document) >= closed);
		closed = document_closed_count(document);
		for (size_t i = 0; i < closed; i++) {
			struct block one = document_block(document, i);
			struct block other = document_block(expected, i);
			assert_same_block(&one, &other);
		}
		size_t last = document_block_count(document) - 1;
		assert_in_range(last, closed, closed);
		assert_int_equal(document_block(document, last).extent.end, length);
	}
	document_finish(document);
	assert_same(document, expected);
	document_free(document);
	document_free(expected);
}

static void test_nothing_is_known_before_it_is_decided(void **state)
{
	(void)state;
	struct document *document = document_new("text", NULL);
	document_append(document, slice_of("A line.\n\nAnother.\n"));
	assert_false(document_is_decided(document));
	assert_int_equal(document_block_count(document), 0);
	document_decide(document);
	assert_true(document_is_decided(document));
	assert_int_equal(document_block_count(document), 2);
	assert_int_equal(document_closed_count(document), 1);
	document_free(document);
}

static void test_a_text_grows_after_its_end(void **state)
{
	(void)state;
	struct document *document = whole(slice_of("One.\nThe har"));
	assert_int_equal(document_closed_count(document), 2);
	document_append(document, slice_of("bour\nThree."));
	assert_false(document_is_whole(document));
	assert_int_equal(document_closed_count(document), 2);
	assert_int_equal(document_block_count(document), 3);
	document_finish(document);
	struct document *expected = whole(slice_of("One.\nThe harbour\nThree."));
	assert_same(document, expected);
	assert_int_equal(document_block(document, 1).kind, BLOCK_HEADING);
	assert_int_equal(document_closed_count(document), 3);
	document_free(document);
	document_free(expected);
}

static void test_text_never_moves(void **state)
{
	(void)state;
	struct document *document = whole(slice_of("One.\n"));
	const char *bytes = document_text(document).bytes;
	struct slice line = slice_of("The harbour opened again on Friday.\n");
	while (document_text(document).length < (size_t)8 << 20)
		document_append(document, line);
	assert_ptr_equal(document_text(document).bytes, bytes);
	document_free(document);
}

/* More than a packed block has bits for, before and behind its body. */
static void test_blocks_with_much_around_them_are_kept(void **state)
{
	(void)state;
	struct buffer text = {0};
	for (size_t around = 0; around < 700; around += 50) {
		for (size_t i = 0; i < around; i++)
			buffer_text(&text, " ");
		buffer_text(&text, "The harbour.\n");
		for (size_t i = 0; i < around; i++)
			buffer_text(&text, "\n");
	}
	struct document *document = whole(buffer_slice(&text));
	assert_int_equal(document_block_count(document), 14);
	size_t at = 0;
	for (size_t i = 0; i < document_block_count(document); i++) {
		struct block block = document_block(document, i);
		assert_int_equal(block.extent.start, at);
		assert_int_equal(block.body.start, at + 50 * i);
		assert_true(slice_is(document_body(document, i), "The harbour."));
		assert_int_equal(document_block_at(document, block.extent.end - 1), i);
		at = block.extent.end;
	}
	assert_int_equal(at, text.length);
	document_free(document);
	buffer_release(&text);
}

/* ---- Shadows ---------------------------------------------------------------------------- */

static void test_a_shadow_stays_until_it_is_refreshed(void **state)
{
	(void)state;
	struct document *document = document_new("text", NULL);
	document_append(document, slice_of("One.\n\nTwo"));
	document_decide(document);
	struct document *shadow = document_shadow(document);
	struct document *expected = whole(slice_of("One.\n\nTwo"));
	document_append(document, slice_of(" is longer.\nThree."));
	assert_same(shadow, expected);
	assert_int_equal(document_closed_count(shadow), 1);
	document_finish(document);
	assert_false(document_is_whole(shadow));
	document_shadow_refresh(shadow, document);
	assert_same(shadow, document);
	assert_true(document_is_whole(shadow));
	assert_string_equal(document_path(shadow), "text");
	document_free(shadow);
	document_free(expected);
	document_free(document);
}

struct watching {
	struct document *document, *shadow;
	bool good;
};

static bool is_sound(const struct document *shadow)
{
	size_t at = 0, count = document_block_count(shadow);
	for (size_t i = 0; i < count; i++) {
		struct block block = document_block(shadow, i);
		if (block.extent.start != at || !utf8_valid(document_body(shadow, i)))
			return false;
		at = block.extent.end;
	}
	return count == 0 || at == document_text(shadow).length;
}

static void *watch(void *of)
{
	struct watching *watching = of;
	watching->good = true;
	while (watching->good && !document_is_whole(watching->shadow)) {
		document_shadow_refresh(watching->shadow, watching->document);
		watching->good = is_sound(watching->shadow);
	}
	return NULL;
}

static void test_a_shadow_is_read_while_the_text_grows(void **state)
{
	(void)state;
	struct buffer text = {0};
	pthread_t thread;
	make_text((size_t)1 << 18, 7, &text);
	struct watching watching = {.document = document_new("text", NULL)};
	watching.shadow = document_shadow(watching.document);
	assert_int_equal(pthread_create(&thread, NULL, watch, &watching), 0);
	for (size_t at = 0; at < text.length; at += 777)
		document_append(watching.document, slice_cut(buffer_slice(&text), at, at + 777));
	document_finish(watching.document);
	pthread_join(thread, NULL);
	assert_true(watching.good);
	assert_same(watching.shadow, watching.document);
	document_free(watching.shadow);
	document_free(watching.document);
	buffer_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_slices_of_any_size_give_the_same),
		cmocka_unit_test(test_closed_blocks_are_those_of_the_whole),
		cmocka_unit_test(test_nothing_is_known_before_it_is_decided),
		cmocka_unit_test(test_a_text_grows_after_its_end),
		cmocka_unit_test(test_text_never_moves),
		cmocka_unit_test(test_blocks_with_much_around_them_are_kept),
		cmocka_unit_test(test_a_shadow_stays_until_it_is_refreshed),
		cmocka_unit_test(test_a_shadow_is_read_while_the_text_grows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
