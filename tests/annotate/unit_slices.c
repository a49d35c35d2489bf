/* unit_slices.c: what is found depends on the text alone: not on how the job was sliced, where
 * somebody looked first, or how the text had grown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "byline/export.h"

/* The last is long enough to be linked in several windows. */
static const struct sample {
	const char *path;
	int times;
} samples[] = {
	{"samples/harbour.txt", 1}, {"samples/orchard.txt", 1}, {"samples/harbour.txt", 260}};

static void load(struct packs *packs)
{
	struct diagnostics out = {0};
	struct pack *pack = pack_load(pack_embedded(0), NULL, &out);
	assert_non_null(pack);
	assert_int_equal(out.total, 0);
	packs_add(packs, pack);
}

static struct document *open_sample(const struct sample *sample)
{
	struct diagnostics out = {0};
	struct buffer text = {0};
	struct document *document = document_new(sample->path, NULL);
	assert_true(file_read(sample->path, (size_t)1 << 20, &text, &out));
	for (int i = 0; i < sample->times; i++)
		document_append(document, buffer_slice(&text));
	document_finish(document);
	buffer_release(&text);
	return document;
}

static void print(const struct document *document, const struct packs *packs,
	const struct annotations *found, struct buffer *into)
{
	export_json(&(struct exported){.document = document, .packs = packs, .annotations = found},
		into);
}

/* All that is found, with slices of `budget` bytes; returns how many there were. */
static size_t find(
	const struct sample *sample, const struct packs *packs, size_t budget, struct buffer *into)
{
	struct document *document = open_sample(sample);
	struct annotator *annotator = annotator_new(document, packs);
	size_t slices = 1;
	while (annotator_step(annotator, budget))
		slices++;
	assert_true(annotator_progress(annotator) >= 1.0);
	print(document, packs, annotator_result(annotator), into);
	annotator_free(annotator);
	document_free(document);
	return slices;
}

static void test_slices_of_any_size_find_the_same(void **state)
{
	(void)state;
	static const size_t budgets[] = {1, 777, 40960};
	struct packs packs = {0};
	load(&packs);
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct buffer whole = {0};
		size_t fewest = find(&samples[i], &packs, (size_t)1 << 30, &whole);
		for (size_t j = 0; j < sizeof budgets / sizeof *budgets; j++) {
			struct buffer sliced = {0};
			size_t slices = find(&samples[i], &packs, budgets[j], &sliced);
			assert_true(budgets[j] > 1 || slices > fewest);
			assert_string_equal(sliced.bytes, whole.bytes);
			buffer_release(&sliced);
		}
		buffer_release(&whole);
	}
	packs_release(&packs);
}

static void test_progress_goes_forward_only(void **state)
{
	(void)state;
	struct packs packs = {0};
	load(&packs);
	struct document *document = open_sample(&samples[0]);
	struct annotator *annotator = annotator_new(document, &packs);
	double before = 0;
	bool more = true;
	while (more) {
		more = annotator_step(annotator, 1);
		double now = annotator_progress(annotator);
		assert_true(now >= before && now <= 1.0);
		before = now;
	}
	annotator_free(annotator);
	document_free(document);
	packs_release(&packs);
}

static void test_nothing_is_found_before_the_first_slice(void **state)
{
	(void)state;
	struct packs packs = {0};
	load(&packs);
	struct document *document = open_sample(&samples[0]);
	struct annotator *annotator = annotator_new(document, &packs);
	const struct annotations *none = annotator_result(annotator);
	assert_int_equal(none->mention_count + none->quote_count + none->entity_count, 0);
	annotator_free(annotator);
	document_free(document);
	packs_release(&packs);
}

static void test_an_annotator_may_be_left_half_way(void **state)
{
	(void)state;
	struct packs packs = {0};
	load(&packs);
	struct document *document = open_sample(&samples[1]);
	struct annotator *annotator = annotator_new(document, &packs);
	assert_true(annotator_step(annotator, 1));
	annotator_free(annotator);
	document_free(document);
	packs_release(&packs);
}

/* A generation is its taker's: it stays as it is while others are made. */
static void test_what_was_taken_stays(void **state)
{
	(void)state;
	struct packs packs = {0};
	load(&packs);
	struct document *document = open_sample(&samples[2]);
	struct annotator *annotator = annotator_new(document, &packs);
	assert_null(annotator_take(annotator));
	struct annotations *first = NULL, *last = NULL;
	annotator_prefer(annotator, 0);
	while (annotator_step(annotator, 1 << 16) && !first)
		first = annotator_take(annotator);
	assert_non_null(first);
	assert_false(first->whole);
	size_t mentions = first->mention_count;
	while (annotator_step(annotator, 1 << 16))
		continue;
	last = annotator_take(annotator);
	assert_true(last->whole);
	assert_int_equal(last->bytes, document_text(document).length);
	assert_null(annotator_take(annotator));
	assert_ptr_equal(annotator_result(annotator), last);
	annotator_free(annotator);
	assert_int_equal(first->mention_count, mentions);
	assert_true(mentions > 0 && mentions < last->mention_count);
	assert_true(slice_equal(last->entities[0].name, first->entities[0].name));
	annotations_free(first);
	annotations_free(last);
	document_free(document);
	packs_release(&packs);
}

static void test_a_canceled_annotator_does_no_more(void **state)
{
	(void)state;
	struct packs packs = {0};
	load(&packs);
	struct document *document = open_sample(&samples[2]);
	struct annotator *annotator = annotator_new(document, &packs);
	assert_true(annotator_step(annotator, 1));
	annotator_cancel(annotator);
	assert_false(annotator_step(annotator, (size_t)1 << 30));
	assert_null(annotator_take(annotator));
	annotator_free(annotator);
	document_free(document);
	packs_release(&packs);
}

/* ---- Texts that grow -------------------------------------------------------------------- */

#define RUNS 3

static size_t draw(uint32_t *state, size_t below)
{
	*state = *state * 1664525u + 1013904223u;
	return below > 0 ? (size_t)(*state >> 8) % below : 0;
}

static void append_sample(const char *path, int times, bool in_a_line, struct buffer *into)
{
	struct diagnostics out = {0};
	struct buffer text = {0};
	assert_true(file_read(path, (size_t)1 << 20, &text, &out));
	for (int i = 0; i < times; i++)
		for (size_t at = 0; at < text.length; at++)
			buffer_byte(
				into, in_a_line && text.bytes[at] == '\n' ? ' ' : text.bytes[at]);
	buffer_text(into, "\n\n");
	buffer_release(&text);
}

/* Several windows; a paragraph in which one ends; authors who are not the first. */
static void write_text(struct buffer *into)
{
	append_sample("samples/harbour.txt", 130, false, into);
	append_sample("samples/orchard.txt", 120, true, into);
	buffer_text(into, "Weather\n\nBy Teresa Lund\n\n");
	append_sample("samples/orchard.txt", 90, false, into);
	append_sample("samples/harbour.txt", 30, true, into);
}

/* A text that comes by pieces of any size and is read through a shadow, by steps of any size,
 * while somebody looks anywhere. */
struct growing {
	struct document *document, *shadow;
	struct annotator *annotator;
	struct annotations *shown;
	struct slice left;
	uint32_t state;
};

static void grow_text(struct growing *at, size_t most)
{
	size_t length = draw(&at->state, most);
	document_append(at->document, slice_cut(at->left, 0, length));
	at->left = slice_cut(at->left, length, at->left.length);
	if (at->left.length == 0)
		document_finish(at->document);
	document_shadow_refresh(at->shadow, at->document);
}

static void show(struct growing *at)
{
	struct annotations *made = annotator_take(at->annotator);
	if (!made)
		return;
	for (size_t i = 0; i < made->mention_count; i++) {
		const struct mention mention = annotations_mention(made, i);
		assert_true(mention.entity < made->entity_count);
		assert_true(i == 0 ||
			    annotations_mention(made, i - 1).span.start <= mention.span.start);
		assert_true(annotations_mention_from(made, mention.span.start) <= i);
	}
	for (size_t i = 1; i < made->segment_count; i++)
		assert_true(
			annotations_segment(made, i - 1).end <= annotations_segment(made, i).start);
	annotations_free(at->shown);
	at->shown = made;
}

static void work_at_random(struct growing *at)
{
	bool more = true;
	while (more || at->left.length > 0) {
		if (draw(&at->state, 4) == 0)
			annotator_prefer(at->annotator,
				draw(&at->state, document_text(at->shadow).length + 1));
		if (at->left.length > 0 && (!more || draw(&at->state, 3) == 0))
			grow_text(at, (size_t)1 << (10 + draw(&at->state, 11)));
		more = annotator_step(at->annotator, draw(&at->state, (size_t)1 << 18));
		show(at);
	}
}

static void find_growing(
	struct slice text, const struct packs *packs, uint32_t seed, struct buffer *into)
{
	struct growing at = {.left = text, .state = seed};
	at.document = document_new("growing", NULL);
	at.shadow = document_shadow(at.document);
	at.annotator = annotator_new(at.shadow, packs);
	if (seed % 2 == 0)
		annotator_hasten(at.annotator);
	work_at_random(&at);
	assert_non_null(at.shown);
	assert_true(at.shown->whole);
	assert_int_equal(at.shown->bytes, document_text(at.document).length);
	annotator_free(at.annotator);
	print(at.document, packs, at.shown, into);
	annotations_free(at.shown);
	document_free(at.shadow);
	document_free(at.document);
}

static void find_at_once(
	struct slice text, const struct packs *packs, bool hastened, struct buffer *into)
{
	struct document *document = document_new("growing", NULL);
	document_append(document, text);
	document_finish(document);
	struct annotator *annotator = annotator_new(document, packs);
	if (hastened)
		annotator_hasten(annotator);
	while (annotator_step(annotator, SIZE_MAX))
		continue;
	print(document, packs, annotator_result(annotator), into);
	annotator_free(annotator);
	document_free(document);
}

static void check_growing(struct slice text, const struct packs *packs, uint32_t runs)
{
	struct buffer whole = {0};
	find_at_once(text, packs, false, &whole);
	for (uint32_t run = 1; run <= runs; run++) {
		struct buffer grown = {0};
		find_growing(text, packs, run * 7919, &grown);
		assert_int_equal(grown.length, whole.length);
		assert_memory_equal(grown.bytes, whole.bytes, whole.length);
		buffer_release(&grown);
	}
	buffer_release(&whole);
}

static void test_a_text_may_grow_and_be_read_in_any_order(void **state)
{
	(void)state;
	struct packs packs = {0};
	struct buffer text = {0};
	load(&packs);
	write_text(&text);
	check_growing(buffer_slice(&text), &packs, RUNS);
	check_growing(slice_cut(buffer_slice(&text), 0, 4000), &packs, 5 * RUNS);
	buffer_release(&text);
	packs_release(&packs);
}

static void test_two_threads_find_what_one_does(void **state)
{
	(void)state;
	struct packs packs = {0};
	struct buffer text = {0}, one = {0}, two = {0};
	load(&packs);
	for (int i = 0; i < 3; i++)
		write_text(&text);
	find_at_once(buffer_slice(&text), &packs, false, &one);
	find_at_once(buffer_slice(&text), &packs, true, &two);
	assert_int_equal(one.length, two.length);
	assert_memory_equal(one.bytes, two.bytes, one.length);
	buffer_release(&one);
	buffer_release(&two);
	buffer_release(&text);
	packs_release(&packs);
}

/* A file that was whole and grows after all. */
static void test_a_whole_text_may_go_on(void **state)
{
	(void)state;
	struct packs packs = {0};
	struct buffer text = {0}, whole = {0}, followed = {0};
	load(&packs);
	append_sample("samples/harbour.txt", 130, false, &text);
	append_sample("samples/orchard.txt", 150, false, &text);
	find_at_once(buffer_slice(&text), &packs, false, &whole);
	struct document *document = document_new("growing", NULL);
	struct annotator *annotator = annotator_new(document, &packs);
	for (size_t at = 0; at < text.length; at += text.length / 5 + 1) {
		document_append(
			document, slice_cut(buffer_slice(&text), at, at + text.length / 5 + 1));
		document_finish(document);
		while (annotator_step(annotator, SIZE_MAX))
			continue;
		assert_true(annotator_result(annotator)->whole);
		assert_int_equal(
			annotator_result(annotator)->bytes, document_text(document).length);
	}
	print(document, &packs, annotator_result(annotator), &followed);
	assert_string_equal(followed.bytes, whole.bytes);
	annotator_free(annotator);
	document_free(document);
	buffer_release(&followed);
	buffer_release(&whole);
	buffer_release(&text);
	packs_release(&packs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_slices_of_any_size_find_the_same),
		cmocka_unit_test(test_progress_goes_forward_only),
		cmocka_unit_test(test_nothing_is_found_before_the_first_slice),
		cmocka_unit_test(test_an_annotator_may_be_left_half_way),
		cmocka_unit_test(test_what_was_taken_stays),
		cmocka_unit_test(test_a_text_may_grow_and_be_read_in_any_order),
		cmocka_unit_test(test_a_whole_text_may_go_on),
		cmocka_unit_test(test_two_threads_find_what_one_does),
		cmocka_unit_test(test_a_canceled_annotator_does_no_more),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
