/* unit_append.c: a text that comes in pieces is the text that came at once; what is closed stays.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "byline/document.h"

static const char *const texts[] = {
	"",
	"\n",
	"one line",
	"A Headline Without a Stop\nA paragraph.\n\n\n- an item\n> a quotation\n  \nThe end.\n",
	"carriage returns\r\n\r\nend lines, too.\r\n",
	"\xef\xbb\xbf“Ünï” — 今日は 👍🏽.\nNo break\xc2\xa0here.\n",
	"bad \xff\xfe \xc3( \xe2\x80 \xf0\x9f\x98 and at the end \xe2\x80",
	"\xf0\x9f",
};

static struct document *whole(const char *text)
{
	struct document *document = document_new("text", NULL);
	document_append(document, slice_of(text));
	document_finish(document);
	return document;
}

static struct document *in_pieces(const char *text, size_t size)
{
	struct document *document = document_new("text", NULL);
	struct slice rest = slice_of(text);
	while (rest.length > 0) {
		document_append(document, slice_cut(rest, 0, size));
		rest = slice_cut(rest, size, rest.length);
	}
	assert_false(document_is_whole(document));
	document_finish(document);
	assert_true(document_is_whole(document));
	return document;
}

static void assert_same_block(struct block a, struct block b)
{
	assert_int_equal(a.kind, b.kind);
	assert_int_equal(a.level, b.level);
	assert_int_equal(a.extent.start, b.extent.start);
	assert_int_equal(a.extent.end, b.extent.end);
	assert_int_equal(a.body.start, b.body.start);
	assert_int_equal(a.body.end, b.body.end);
}

static void assert_same(const struct document *a, const struct document *b)
{
	assert_true(slice_equal(document_text(a), document_text(b)));
	assert_int_equal(document_replaced(a), document_replaced(b));
	assert_int_equal(document_words(a), document_words(b));
	assert_int_equal(document_block_count(a), document_block_count(b));
	for (size_t i = 0; i < document_block_count(a); i++)
		assert_same_block(document_block(a, i), document_block(b, i));
}

static void test_pieces_of_any_size_give_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct document *expected = whole(texts[i]);
		for (size_t size = 1; size <= strlen(texts[i]) + 1; size++) {
			struct document *document = in_pieces(texts[i], size);
			assert_same(document, expected);
			document_free(document);
		}
		document_free(expected);
	}
}

static void test_blocks_partition_the_text(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct document *document = whole(texts[i]);
		size_t at = 0;
		for (size_t b = 0; b < document_block_count(document); b++) {
			const struct block block = document_block(document, b);
			assert_int_equal(block.extent.start, at);
			assert_true(block.body.start >= block.extent.start);
			assert_true(block.body.start <= block.body.end);
			assert_true(block.body.end <= block.extent.end);
			at = block.extent.end;
		}
		if (document_block_count(document) > 0)
			assert_int_equal(at, document_text(document).length);
		document_free(document);
	}
}

static void test_a_closed_block_never_changes(void **state)
{
	(void)state;
	const char *text = texts[3];
	struct block seen[16];
	size_t count = 0;
	struct document *document = document_new("text", NULL);
	document_decide(document);
	for (size_t i = 0; text[i]; i++) {
		document_append(document, (struct slice){text + i, 1});
		for (size_t b = 0; b < count; b++)
			assert_same_block(seen[b], document_block(document, b));
		while (count < document_closed_count(document)) {
			seen[count] = document_block(document, count);
			count++;
		}
	}
	assert_int_equal(count, 4);
	document_free(document);
}

static void test_each_offset_has_its_block(void **state)
{
	(void)state;
	struct document *document = whole(texts[3]);
	size_t bytes = document_text(document).length;
	for (size_t at = 0; at < bytes; at++) {
		size_t index = document_block_at(document, at);
		const struct block block = document_block(document, index);
		assert_in_range(at, block.extent.start, block.extent.end - 1);
	}
	assert_int_equal(document_block_at(document, bytes), document_block_count(document) - 1);
	document_free(document);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pieces_of_any_size_give_the_same),
		cmocka_unit_test(test_blocks_partition_the_text),
		cmocka_unit_test(test_a_closed_block_never_changes),
		cmocka_unit_test(test_each_offset_has_its_block),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
