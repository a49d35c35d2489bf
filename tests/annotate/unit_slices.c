/* unit_slices.c: what is found does not depend on how the job was sliced. */
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
	const struct annotator *annotator, struct buffer *into)
{
	export_json(&(struct exported){.document = document,
			    .packs = packs,
			    .annotations = annotator_result(annotator),
			    .words = annotator_sentence_words(annotator)},
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
	print(document, packs, annotator, into);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_slices_of_any_size_find_the_same),
		cmocka_unit_test(test_progress_goes_forward_only),
		cmocka_unit_test(test_nothing_is_found_before_the_first_slice),
		cmocka_unit_test(test_an_annotator_may_be_left_half_way),
		cmocka_unit_test(test_what_was_taken_stays),
		cmocka_unit_test(test_a_canceled_annotator_does_no_more),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
