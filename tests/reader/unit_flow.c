/* unit_flow.c: lines of a text that is wrapped piece by piece. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tui/flow.h"

/* A heading, a paragraph of some 200 KiB, a word of as much, marks that hang on one letter, items.
 */
static struct document *long_document(void)
{
	struct document *document = document_new("long.txt", NULL);
	struct buffer text = {0};
	buffer_text(&text, "A title\n");
	for (int i = 0; text.length < (size_t)200 << 10; i++)
		buffer_format(&text, "Sentence %d says little, \u00E9t\u00E9 or not. ", i);
	buffer_text(&text, "\n");
	for (size_t end = text.length + ((size_t)200 << 10); text.length < end;)
		buffer_text(&text, "\u6F22");
	buffer_text(&text, "\nA");
	for (size_t end = text.length + ((size_t)100 << 10); text.length < end;)
		buffer_text(&text, "\u0301");
	buffer_text(&text, "\n- one\n- two\n");
	document_append(document, buffer_slice(&text));
	document_finish(document);
	buffer_release(&text);
	return document;
}

static struct flow begin(const struct document *document, unsigned width)
{
	struct flow flow;
	flow_init(&flow, document, &(struct width_policy){.ambiguous = 1});
	flow_set_width(&flow, width);
	return flow;
}

static void pieces_partition_a_block(void **state)
{
	(void)state;
	struct document *document = long_document();
	for (size_t block = 0; block < document_block_count(document); block++) {
		struct span body = document_block(document, block).body;
		for (size_t at = body.start; at < body.end;) {
			struct span piece = document_piece(document, block, at);
			assert_int_equal(piece.start, at);
			assert_true(piece.end > at && piece.end <= body.end);
			assert_true(piece.end - piece.start <= (size_t)80 << 10);
			struct span same = document_piece(document, block, piece.end - 1);
			assert_int_equal(same.start, piece.start);
			assert_true(utf8_valid(
				slice_cut(document_text(document), piece.start, piece.end)));
			at = piece.end;
		}
	}
	document_free(document);
}

static void steps_go_there_and_back(void **state)
{
	(void)state;
	struct document *document = long_document();
	struct flow flow = begin(document, 60);
	struct line line = flow_first(&flow), before, last = flow_last(&flow);
	size_t steps = 0;
	for (before = line; flow_next(&flow, &line); before = line, steps++) {
		struct line back = line;
		assert_true(line_before(&before, &line));
		assert_true(flow_row(&flow, &line).start >= flow_row(&flow, &before).start);
		assert_true(flow_previous(&flow, &back));
		assert_true(line_equal(&back, &before));
	}
	assert_true(steps > 1000);
	assert_true(line_equal(&line, &last));
	assert_int_equal(flow_back(&flow, &line, SIZE_MAX), steps);
	last = flow_first(&flow);
	assert_true(line_equal(&line, &last));
	flow_release(&flow);
	document_free(document);
}

static void each_row_is_found_by_its_bytes(void **state)
{
	(void)state;
	struct document *document = long_document();
	struct flow flow = begin(document, 33);
	struct line line = flow_first(&flow);
	do {
		struct row row = flow_row(&flow, &line);
		if (line.gap || row.start == row.end)
			continue;
		struct line first = flow_line_at(&flow, row.start);
		struct line last = flow_line_at(&flow, row.end - 1);
		assert_true(line_equal(&first, &line) && line_equal(&last, &line));
	} while (flow_next(&flow, &line));
	flow_release(&flow);
	document_free(document);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_partition_a_block),
		cmocka_unit_test(steps_go_there_and_back),
		cmocka_unit_test(each_row_is_found_by_its_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
