/* unit_search.c: hits are the same whoever asks, in texts that are long or grow. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tui/search.h"

static struct document *text_of(size_t bytes, bool whole)
{
	static const char words[] = "one two thr\u00E9e Angela, four\n";
	struct document *document = document_new("x", NULL);
	while (bytes > 0) {
		size_t length = bytes < sizeof words - 1 ? bytes : sizeof words - 1;
		document_append(document, (struct slice){words, length});
		bytes -= length;
	}
	document_decide(document);
	if (whole)
		document_finish(document);
	return document;
}

static void set(struct search *search, const char *pattern)
{
	*search = (struct search){.hit = {NOWHERE, NOWHERE}};
	assert_true(search_set(search, &(struct search_wish){.text = slice_of(pattern)}, NULL));
}

static enum seek_outcome go(
	struct search *search, const struct document *document, size_t from, bool backward)
{
	enum seek_outcome outcome;
	search_seek(search, from, backward, 1);
	do
		outcome = search_seek_on(search, document);
	while (outcome == SEEK_GOES);
	return outcome;
}

static void count_all(struct search *search, const struct document *document)
{
	while (search_count(search, document))
		continue;
}

/* From hit to hit, with and without what is counted, on and back, and around. */
static void walk(const char *pattern, size_t bytes)
{
	struct document *document = text_of(bytes, true);
	struct search counted, search;
	set(&counted, pattern);
	count_all(&counted, document);
	assert_true(search_is_counted(&counted, document));
	for (int turn = 0; turn < 2; turn++) {
		size_t at = 0, total = search_total(&counted);
		set(&search, pattern);
		if (turn == 1)
			count_all(&search, document);
		for (size_t i = 1; i <= total; i++, at = search.hit.start + 1) {
			assert_int_equal(go(&search, document, at, false), SEEK_FOUND);
			assert_true(search.hit.start >= at);
			assert_int_equal(search_rank(&counted, document, search.hit.start), i);
		}
		assert_int_equal(go(&search, document, at, false), SEEK_FOUND);
		assert_int_equal(search_rank(&counted, document, search.hit.start), 1);
		at = document_text(document).length;
		for (size_t i = total; i > 0; i--, at = search.hit.start) {
			assert_int_equal(go(&search, document, at, true), SEEK_FOUND);
			assert_true(search.hit.start < at);
			assert_int_equal(search_rank(&counted, document, search.hit.start), i);
		}
		search_release(&search);
	}
	search_release(&counted);
	document_free(document);
}

static void every_hit_has_its_turn(void **state)
{
	(void)state;
	walk("angela", 70000);
	walk("Angela, four\\none", 70000);
	walk("thr.e Angela", 3 * SEARCH_WINDOW);
	walk("four$", 3 * SEARCH_WINDOW + 1);
	walk("^one", 40000);
	walk("x*\u00E9", 40000);
	walk(".", 1500);
}

static void several_hits_are_gone_at_once(void **state)
{
	(void)state;
	struct document *document = text_of(100000, true);
	struct search search;
	set(&search, "angela");
	count_all(&search, document);
	size_t total = search_total(&search);
	static const size_t counts[] = {1, 2, 100, 5000, 9999};
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		for (int backward = 0; backward < 2; backward++) {
			search_seek(&search, 0, backward, counts[i]);
			while (search_seek_on(&search, document) == SEEK_GOES)
				continue;
			size_t rank = search_rank(&search, document, search.hit.start);
			size_t wanted = (counts[i] - 1) % total;
			assert_int_equal(rank, backward ? total - wanted : wanted + 1);
		}
	search_release(&search);
	document_free(document);
}

static void hits_in_view_are_those_counted(void **state)
{
	(void)state;
	struct document *document = text_of(5 * SEARCH_WINDOW, true);
	struct search search;
	struct spans seen = {0};
	set(&search, "two thr\\w+|four\\none");
	count_all(&search, document);
	search_in(&search, document, (struct span){0, document_text(document).length}, &seen);
	assert_int_equal(seen.count, search_total(&search));
	for (size_t i = 0; i < seen.count; i++)
		assert_int_equal(search_rank(&search, document, seen.items[i].start), i + 1);
	size_t last = seen.items[seen.count - 1].start;
	assert_true(search_any(&search, (struct span){last, last + 1}));
	assert_false(search_any(&search, (struct span){last + 1, last + 2}));
	spans_release(&seen);
	search_release(&search);
	document_free(document);
}

static void a_text_that_grows_is_waited_for(void **state)
{
	(void)state;
	struct document *document = text_of(50000, false);
	struct search search;
	set(&search, "zebra");
	assert_int_equal(go(&search, document, 10, false), SEEK_WAITS);
	assert_int_equal(search_seek_on(&search, document), SEEK_WAITS);
	count_all(&search, document);
	assert_false(search_is_counted(&search, document));
	document_append(document, slice_of("nothing here\n"));
	enum seek_outcome outcome;
	while ((outcome = search_seek_on(&search, document)) == SEEK_GOES)
		continue;
	assert_int_equal(outcome, SEEK_WAITS);
	document_append(document, slice_of("a zebra\n"));
	while ((outcome = search_seek_on(&search, document)) == SEEK_GOES)
		continue;
	assert_int_equal(outcome, SEEK_FOUND);
	assert_int_equal(search.hit.end - search.hit.start, 5);
	document_finish(document);
	count_all(&search, document);
	assert_true(search_is_counted(&search, document));
	assert_int_equal(search_total(&search), 1);
	search_release(&search);
	document_free(document);
}

static void what_is_not_there_ends_with_the_text(void **state)
{
	(void)state;
	struct document *document = text_of(50000, false);
	struct search search;
	set(&search, "zebra");
	assert_int_equal(go(&search, document, 10, true), SEEK_WAITS);
	document_finish(document);
	enum seek_outcome outcome;
	while ((outcome = search_seek_on(&search, document)) == SEEK_GOES)
		continue;
	assert_int_equal(outcome, SEEK_NONE);
	assert_false(search.seek.going);
	search_release(&search);
	document_free(document);
}

/* A step of a pattern that backtracks for ever is over all the same, and the search is given up. */
static void no_pattern_holds_the_reader(void **state)
{
	(void)state;
	struct document *document = document_new("x", NULL);
	for (int i = 0; i < 150000; i++)
		document_append(document, slice_of("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa "));
	document_finish(document);
	struct search search;
	set(&search, "(a+\\s?)+\\d");
	assert_int_equal(go(&search, document, 0, false), SEEK_SPENT);
	search_release(&search);
	document_free(document);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_hit_has_its_turn),
		cmocka_unit_test(several_hits_are_gone_at_once),
		cmocka_unit_test(hits_in_view_are_those_counted),
		cmocka_unit_test(a_text_that_grows_is_waited_for),
		cmocka_unit_test(what_is_not_there_ends_with_the_text),
		cmocka_unit_test(no_pattern_holds_the_reader),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
