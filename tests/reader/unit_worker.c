/* unit_worker.c: what the worker finds depends on the text alone, and nobody waits for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/clock.h"
#include "byline/export.h"
#include "byline/layout.h"
#include "tui/worker.h"

#define COPIES 400       /* of the sample: more than one window */
#define ENDS_WITHIN 2000 /* milliseconds; a full run takes far longer than freeing */

struct bench {
	struct packs packs;
	struct styles *styles;
	struct index_styles index_styles;
	struct worker *worker;
	struct buffer text;
	struct document *document;
};

static void begin(struct bench *bench)
{
	struct diagnostics out = {0};
	struct buffer sample = {0};
	*bench = (struct bench){0};
	packs_add(&bench->packs, pack_load(pack_embedded(0), NULL, &out));
	assert_int_equal(out.total, 0);
	bench->styles = styles_new();
	index_styles_init(&bench->index_styles, &bench->packs, bench->styles);
	bench->worker = worker_new(&(struct worker_settings){.packs = &bench->packs,
		.styles = &bench->index_styles,
		.policy = {.ambiguous = 1}});
	assert_true(file_read("samples/harbour.txt", (size_t)1 << 20, &sample, &out));
	for (int i = 0; i < COPIES; i++)
		buffer_append(&bench->text, buffer_slice(&sample));
	bench->document = document_new("sample.txt", NULL);
	buffer_release(&sample);
}

static void end(struct bench *bench)
{
	worker_free(bench->worker);
	document_free(bench->document);
	buffer_release(&bench->text);
	index_styles_release(&bench->index_styles);
	styles_free(bench->styles);
	packs_release(&bench->packs);
}

static void append(struct bench *bench, size_t from, size_t to)
{
	document_append(bench->document, slice_cut(buffer_slice(&bench->text), from, to));
}

static void print(const struct bench *bench, const struct annotations *found,
	const struct sentence_words *words, struct buffer *into)
{
	export_json(&(struct exported){.document = bench->document,
			    .packs = &bench->packs,
			    .annotations = found,
			    .words = words},
		into);
}

/* What is found without a thread. It is made when the worker sleeps: packs are its own. */
static void print_alone(const struct bench *bench, struct buffer *into)
{
	struct annotator *annotator = annotator_new(bench->document, &bench->packs);
	while (annotator_step(annotator, (size_t)1 << 20))
		continue;
	print(bench, annotator_result(annotator), annotator_sentence_words(annotator), into);
	annotator_free(annotator);
}

/* The last generation, once the worker is dry. */
static struct generation *take_last(struct bench *bench, struct task *task)
{
	worker_wait(bench->worker);
	assert_false(worker_progress(bench->worker, task).running);
	struct generation *generation = worker_take(bench->worker, task);
	assert_non_null(generation);
	return generation;
}

static void expect_same(struct bench *bench, struct task *task)
{
	struct buffer alone = {0}, here = {0};
	struct generation *last = take_last(bench, task);
	assert_true(last->found->whole);
	print(bench, last->found, &last->words, &here);
	print_alone(bench, &alone);
	assert_string_equal(here.bytes, alone.bytes);
	worker_discard(bench->worker, last);
	buffer_release(&alone);
	buffer_release(&here);
}

/* ---- What is found ----------------------------------------------------------------------- */

static void test_a_whole_text(void **state)
{
	(void)state;
	struct bench bench;
	begin(&bench);
	append(&bench, 0, SIZE_MAX);
	document_finish(bench.document);
	struct task *task = worker_begin(bench.worker, bench.document);
	worker_turn_to(bench.worker, task);
	expect_same(&bench, task);
	end(&bench);
}

/* Generations are taken whenever there is one, and what is looked at jumps about. */
static void test_a_text_that_grows_meanwhile(void **state)
{
	(void)state;
	struct bench bench;
	begin(&bench);
	size_t length = bench.text.length, step = 70001;
	append(&bench, 0, step);
	struct task *task = worker_begin(bench.worker, bench.document);
	worker_turn_to(bench.worker, task);
	for (size_t at = step; at < length; at += step) {
		append(&bench, at, at + step);
		worker_grown(bench.worker, task);
		worker_prefer(bench.worker, task, (at * 7919) % at);
		worker_heard(bench.worker);
		struct generation *taken = worker_take(bench.worker, task);
		if (taken != NULL)
			worker_discard(bench.worker, taken);
	}
	document_finish(bench.document);
	worker_grown(bench.worker, task);
	expect_same(&bench, task);
	end(&bench);
}

/* A log: each line is annotated when it has come, though nobody says that it was the last one. */
static void test_lines_that_come_one_by_one(void **state)
{
	(void)state;
	struct bench bench;
	begin(&bench);
	append(&bench, 0, 100000);
	struct task *task = worker_begin(bench.worker, bench.document);
	worker_turn_to(bench.worker, task);
	worker_discard(bench.worker, take_last(&bench, task));
	for (size_t at = 100000; at < 101000; at += 100) {
		append(&bench, at, at + 100);
		worker_grown(bench.worker, task);
		struct generation *last = take_last(&bench, task);
		assert_int_equal(last->found->bytes, at + 100);
		worker_discard(bench.worker, last);
	}
	end(&bench);
}

static void test_stopping_and_going_on(void **state)
{
	(void)state;
	struct bench bench;
	begin(&bench);
	append(&bench, 0, SIZE_MAX);
	document_finish(bench.document);
	struct task *task = worker_begin(bench.worker, bench.document);
	worker_turn_to(bench.worker, task);
	for (int i = 0; i < 20; i++) {
		worker_stop(bench.worker, task, true);
		worker_wait(bench.worker);
		assert_false(worker_progress(bench.worker, task).running);
		worker_stop(bench.worker, task, false);
	}
	expect_same(&bench, task);
	end(&bench);
}

static void test_why_is_what_why_says(void **state)
{
	(void)state;
	struct bench bench;
	struct buffer alone = {0}, here = {0};
	begin(&bench);
	append(&bench, 0, SIZE_MAX);
	document_finish(bench.document);
	struct task *task = worker_begin(bench.worker, bench.document);
	worker_turn_to(bench.worker, task);
	struct generation *last = take_last(&bench, task);
	size_t offset = annotations_mention(last->found, 0).span.start;
	worker_ask(bench.worker, QUESTION_ENTITY, task, 0); /* nobody waits for this one */
	worker_ask(bench.worker, QUESTION_ENTITY, task, offset);
	worker_wait(bench.worker);
	assert_true(worker_answer(bench.worker, QUESTION_ENTITY, &here));
	assert_false(worker_answer(bench.worker, QUESTION_SPEAKER, &here));
	struct annotator *annotator = annotator_new(bench.document, &bench.packs);
	while (annotator_step(annotator, (size_t)1 << 20))
		continue;
	assert_true(annotator_why(annotator, offset, &alone));
	assert_string_equal(here.bytes, alone.bytes);
	annotator_free(annotator);
	worker_discard(bench.worker, last);
	buffer_release(&alone);
	buffer_release(&here);
	end(&bench);
}

/* ---- Nobody waits ------------------------------------------------------------------------ */

static void test_leaving_takes_no_time(void **state)
{
	(void)state;
	struct bench bench;
	begin(&bench);
	append(&bench, 0, SIZE_MAX);
	document_finish(bench.document);
	worker_turn_to(bench.worker, worker_begin(bench.worker, bench.document));
	struct timespec start = clock_now();
	worker_free(bench.worker);
	bench.worker = NULL;
	assert_in_range(milliseconds_since(&start), 0, ENDS_WITHIN);
	end(&bench);
}

/* The worker frees the text when it does not read it any more; leaks are a sanitizer's matter. */
static void test_a_task_is_left_with_its_text(void **state)
{
	(void)state;
	struct bench bench;
	begin(&bench);
	for (int i = 0; i < 10; i++) {
		struct document *other = document_new("other.txt", NULL);
		document_append(other, slice_cut(buffer_slice(&bench.text), 0, 200000));
		document_finish(other);
		struct task *task = worker_begin(bench.worker, other);
		worker_turn_to(bench.worker, task);
		worker_ask(bench.worker, QUESTION_SPEAKER, task, 100);
		worker_drop(bench.worker, task, other);
	}
	append(&bench, 0, 100000);
	document_finish(bench.document);
	struct task *task = worker_begin(bench.worker, bench.document);
	worker_turn_to(bench.worker, task);
	expect_same(&bench, task);
	end(&bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_whole_text),
		cmocka_unit_test(test_a_text_that_grows_meanwhile),
		cmocka_unit_test(test_lines_that_come_one_by_one),
		cmocka_unit_test(test_stopping_and_going_on),
		cmocka_unit_test(test_why_is_what_why_says),
		cmocka_unit_test(test_leaving_takes_no_time),
		cmocka_unit_test(test_a_task_is_left_with_its_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
