/* unit_grown.c: the view of a text that grows while it is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tui/article.h"

#define ROWS 5
#define ENOUGH 1700 /* lines of a text whose shape is known before its end */

static const struct width_policy policy = {.ambiguous = 1};

static struct article begin(const struct document *document)
{
	struct article article;
	article_init(&article, document, &policy);
	article_set_size(&article, 20, ROWS);
	return article;
}

static void grow_by(struct article *article, struct document *document, const char *text)
{
	document_append(document, slice_of(text));
	article_grown(article);
}

static void append_lines(struct article *article, struct document *document, int count)
{
	for (int i = 0; i < count; i++)
		grow_by(article, document, "The quay was full of crates and of rain.\n\n");
}

static void a_view_begins_with_the_first_block(void **state)
{
	(void)state;
	struct document *document = document_new("pipe", NULL);
	struct article article = begin(document);
	assert_true(article_is_empty(&article));
	article_grown(&article);
	article_scroll(&article, 3);
	article_to_end(&article);
	article_jump(&article, (struct span){0, 1});
	assert_true(article_is_empty(&article));
	append_lines(&article, document, ENOUGH);
	assert_false(article_is_empty(&article));
	assert_int_equal(article_view(&article).start, 0);
	assert_int_equal(article.flow.width, 20);
	article_release(&article);
	document_free(document);
}

/* After each byte that comes, the view has the same first byte as before. */
static void a_view_keeps_its_first_byte(void **state)
{
	(void)state;
	struct document *document = document_new("pipe", NULL);
	struct article article = begin(document);
	append_lines(&article, document, ENOUGH);
	article_scroll(&article, 4);
	size_t start = article_view(&article).start, point = article.point;
	assert_true(start > 0);
	static const char more[] = "- an item\n\nA Heading\n\nThe crates were wet, and "
				   "the rain was not over.\n";
	for (size_t i = 0; more[i]; i++) {
		document_append(document, (struct slice){more + i, 1});
		article_grown(&article);
		assert_int_equal(article_view(&article).start, start);
		assert_int_equal(article.point, point);
	}
	article_to_end(&article);
	assert_true(article_view(&article).start > start);
	article_release(&article);
	document_free(document);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_view_begins_with_the_first_block),
		cmocka_unit_test(a_view_keeps_its_first_byte),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
