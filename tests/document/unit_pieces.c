/* unit_pieces.c: the pieces of a body: how long they are, and where they end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "byline/document.h"

#define PIECE_BYTES ((size_t)64 << 10)

static struct document *repeated(const char *part, size_t length)
{
	struct document *document = document_new("text", NULL);
	struct buffer text = {0};
	while (text.length < length)
		buffer_text(&text, part);
	document_append(document, buffer_slice(&text));
	document_finish(document);
	buffer_release(&text);
	assert_int_equal(document_block_count(document), 1);
	return document;
}

/* Calls for the text before and behind each cut inside the only block. */
static void each_cut(const struct document *document,
	void (*see)(struct slice before, struct slice behind, const void *of), const void *of)
{
	struct slice text = document_text(document);
	struct span body = document_block(document, 0).body;
	for (size_t at = body.start; at < body.end;) {
		struct span piece = document_piece(document, 0, at);
		assert_int_equal(piece.start, at);
		assert_true(piece.end > at && piece.end - at <= PIECE_BYTES);
		struct span middle = document_piece(document, 0, at + (piece.end - at) / 2);
		struct span last = document_piece(document, 0, piece.end - 1);
		assert_int_equal(middle.start, at);
		assert_int_equal(last.start, at);
		assert_int_equal(last.end, piece.end);
		at = piece.end;
		if (see && at < body.end)
			see(slice_cut(text, 0, at), slice_cut(text, at, body.end), of);
	}
}

static void see_edges(struct slice before, struct slice behind, const void *of)
{
	const char *const *edges = of;
	assert_true(slice_ends(before, edges[0]));
	assert_true(slice_starts(behind, edges[1]));
}

struct sample {
	const char *part;
	const char *edges[2]; /* what stands before and behind each cut */
};

static const struct sample samples[] = {
	{"The harbour opened. It rained, Dr Duarte said. ", {". ", ""}},
	{"“It rained!” she said. “Did it?” (Yes…) “No.”  ", {" ", ""}},
	{"one, two, three; ", {" ", ""}},
	{"東京は雨。「本当？」", {"", ""}},
	{"a\xcc\x81\xcc\x82", {"\xcc\x82", "a"}},
	{"👩🏽‍🚀", {"🚀", "👩"}},
	{"ü", {"ü", "ü"}},
	{"x", {"x", "x"}},
	/* Nothing but marks: between two characters. */
	{"\xcc\x81", {"\xcc\x81", "\xcc\x81"}},
	{"🇩🇪🇩🇪🇩🇪🇩🇪🇩🇪🇩🇪🇩🇪🇩🇪🇩🇪🇩🇪 ", {" ", "🇩🇪"}},
};

static void test_pieces_end_where_it_is_seen_least(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct document *document = repeated(samples[i].part, 400000);
		each_cut(document, see_edges, samples[i].edges);
		document_free(document);
	}
}

static void see_sentence(struct slice before, struct slice behind, const void *of)
{
	static const char *const ends[] = {
		". ", "? ", "! ", "。", "？」", ".” ", "!” ", "?” ", "…) "};
	(void)of;
	assert_false(slice_starts(behind, " ") || slice_starts(behind, "」"));
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (slice_ends(before, ends[i]))
			return;
	fail();
}

static void test_a_sentence_ends_before_a_word_does(void **state)
{
	static const char *const parts[] = {"The harbour opened. It rained, Dr Duarte said. ",
		"“It rained!” she said. “Did it?” (Yes…) “No.” ", "東京は雨、東京は雨。「本当？」",
		"Only one end. Then a long, long, long clause "};
	(void)state;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct document *document = repeated(parts[i], 400000);
		each_cut(document, see_sentence, NULL);
		document_free(document);
	}
}

static void test_where_lines_are_rows_a_line_ends_first(void **state)
{
	static const char *const edges[] = {"\n", "    "};
	struct document *document = document_new("text", NULL);
	struct buffer text = {0};
	(void)state;
	while (text.length < 400000)
		buffer_text(&text,
			"    if (a. b) { x = \"Go. Now. Stop. Here. So it goes. Yes.\"; }\n");
	document_append(document, buffer_slice(&text));
	document_finish(document);
	assert_int_equal(document_block_count(document), 1);
	assert_true(document_block(document, 0).lines);
	each_cut(document, see_edges, edges);
	document_free(document);
	buffer_release(&text);
}

/* A piece that is over does not change while the text goes on. */
static void test_pieces_stay_while_their_block_grows(void **state)
{
	static char line[1000];
	struct span seen[16];
	size_t count = 0;
	struct document *document = document_new("text", NULL);
	(void)state;
	memset(line, 'a', sizeof line);
	line[500] = ' ';
	document_decide(document);
	for (size_t length = 0; length < 600000; length += sizeof line) {
		document_append(document, (struct slice){line, sizeof line});
		for (size_t i = 0; i < count; i++)
			assert_int_equal(
				document_piece(document, 0, seen[i].start).end, seen[i].end);
		size_t next = count > 0 ? seen[count - 1].end : 0;
		struct span piece = document_piece(document, 0, next);
		if (piece.end < document_text(document).length)
			seen[count++] = piece;
	}
	assert_true(count >= 9);
	document_free(document);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pieces_end_where_it_is_seen_least),
		cmocka_unit_test(test_a_sentence_ends_before_a_word_does),
		cmocka_unit_test(test_where_lines_are_rows_a_line_ends_first),
		cmocka_unit_test(test_pieces_stay_while_their_block_grows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
