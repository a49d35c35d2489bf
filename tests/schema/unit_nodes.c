/* unit_nodes.c: what no printed tree shows: messages inside a scalar, budgets, plain data. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "byline/schema.h"

struct fixture {
	struct arena *arena;
	struct tree tree;
	struct diagnostics out;
};

static bool fixture_read(struct fixture *fixture, struct slice source)
{
	*fixture = (struct fixture){.arena = arena_new()};
	return yaml_read(source, "t", fixture->arena, &fixture->tree, &fixture->out);
}

static void fixture_release(struct fixture *fixture)
{
	diagnostics_release(&fixture->out);
	arena_free(fixture->arena);
}

static const struct {
	const char *source;
	size_t byte, line, column; /* in the value of p; where the message must stand */
} places[] = {
	{"p: abc", 2, 1, 6},
	{"p: 'abc'", 2, 1, 7},
	{"p: 'it''s x'", 5, 1, 11},
	{"p: 'é'", 2, 1, 6},
	{"p: 'abc'", 99, 1, 8},
	{"p: abc", 99, 1, 7},
	{"p: \"a\\tb\"", 2, 1, 4},
	{"p: 'a\n  b'", 2, 1, 4},
	{"p: |\n  abc", 2, 1, 4},
	{"q: &x abc\np: *x", 2, 2, 4},
	{"p: &x 'abc'", 1, 1, 9},
};

static void a_message_inside_a_scalar_is_exact_where_it_can_be(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		struct fixture fixture;
		assert_true(fixture_read(&fixture, slice_of(places[i].source)));
		const struct node *value = node_value(&fixture.tree, fixture.tree.nodes, "p");
		assert_non_null(value);
		node_report_at(&fixture.tree, value, places[i].byte, &fixture.out, "here");
		assert_int_equal(fixture.out.count, 1);
		assert_int_equal(fixture.out.items[0].line, places[i].line);
		assert_int_equal(fixture.out.items[0].column, places[i].column);
		fixture_release(&fixture);
	}
}

static void a_tree_without_its_source_still_tells_places(void **state)
{
	(void)state;
	struct fixture fixture;
	assert_true(fixture_read(&fixture, slice_of("a: 1\nb: 'text'\n")));
	fixture.tree.source = (struct slice){0};
	const struct node *value = node_value(&fixture.tree, fixture.tree.nodes, "b");
	node_report_at(&fixture.tree, value, 2, &fixture.out, "here");
	assert_int_equal(fixture.out.items[0].line, 2);
	assert_int_equal(fixture.out.items[0].column, 4);
	assert_null(fixture.out.items[0].excerpt);
	fixture_release(&fixture);
}

static void values_are_found_by_key_in_mappings_only(void **state)
{
	(void)state;
	struct fixture fixture;
	assert_true(fixture_read(&fixture, slice_of("a: [b, c]\nb: b\n'~': 1\n~: null\n")));
	const struct tree *tree = &fixture.tree;
	const struct node *list = node_value(tree, tree->nodes, "a");
	assert_null(node_value(tree, list, "b"));
	assert_null(node_value(tree, tree->nodes, "c"));
	assert_true(slice_is(node_text(tree, node_value(tree, tree->nodes, "b")), "b"));
	assert_int_equal(node_text(tree, list).length, 0);
	assert_null(node_child(tree, node_child(tree, list)));
	fixture_release(&fixture);
}

static void nulls_are_plain_words_only(void **state)
{
	(void)state;
	struct fixture fixture;
	struct slice source = slice_of("[~, null, Null, NULL, , '', 'null', nul, [], {}]");
	assert_false(fixture_read(&fixture, source)); /* YAML has no empty item in brackets */
	fixture_release(&fixture);
	source = slice_of("- ~\n- null\n- Null\n- NULL\n-\n- ''\n- 'null'\n- nul\n- []\n- {}\n");
	assert_true(fixture_read(&fixture, source));
	size_t i = 0;
	const struct node *item = node_child(&fixture.tree, fixture.tree.nodes);
	for (; item != NULL; item = node_next(&fixture.tree, item), i++)
		assert_int_equal(node_is_null(&fixture.tree, item), i < 5);
	assert_int_equal(i, 10);
	fixture_release(&fixture);
}

static void repeat(struct buffer *into, const char *text, size_t times)
{
	for (size_t i = 0; i < times; i++)
		buffer_text(into, text);
}

static const struct {
	const char *head, *body, *tail;
	size_t times;
	const char *message;
} floods[] = {
	{"", "[", "", 100000, "it is nested deeper than 64; flatten it"},
	{"", "- ", "", 100000, "it is nested deeper than 64; flatten it"},
	{"", "{a: ", "", 100000, "it is nested deeper than 64; flatten it"},
	{"[", "a,", "]", YAML_NODES,
		"it has more than 400000 values, the most that are read; split it"},
	{"- &a x\n", "- *a\n", "", YAML_ALIAS_NODES + 1,
		"aliases copy more than 20000 values in all; write some out"},
	{"", "- &a x\n", "", 1001, "there are more than 1000 anchors; write values out"},
	{"", "########", "\n", (YAML_BYTES >> 3) + 1,
		"it is larger than 8 MiB, the most that is read; split it"},
};

static void floods_are_refused_with_the_bound_they_break(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof floods / sizeof *floods; i++) {
		struct buffer source = {0};
		struct fixture fixture;
		buffer_text(&source, floods[i].head);
		repeat(&source, floods[i].body, floods[i].times);
		buffer_text(&source, floods[i].tail);
		assert_false(fixture_read(&fixture, buffer_slice(&source)));
		assert_int_equal(fixture.out.count, 1);
		assert_string_equal(fixture.out.items[0].message, floods[i].message);
		fixture_release(&fixture);
		buffer_release(&source);
	}
}

static void bounds_themselves_are_allowed(void **state)
{
	(void)state;
	struct buffer source = {0};
	struct fixture fixture;
	buffer_text(&source, "- &a x\n");
	repeat(&source, "- *a\n", YAML_ALIAS_NODES);
	repeat(&source, "- b\n", YAML_NODES - YAML_ALIAS_NODES - 2);
	repeat(&source, "#", YAML_BYTES - source.length);
	assert_true(fixture_read(&fixture, buffer_slice(&source)));
	assert_int_equal(fixture.tree.node_count, YAML_NODES);
	assert_int_equal(fixture.out.total, 0);
	fixture_release(&fixture);
	buffer_release(&source);
}

/* A tree is arrays with indexes: a copy of its bytes is the same tree. */
static void a_tree_can_be_moved(void **state)
{
	(void)state;
	struct fixture fixture;
	assert_true(fixture_read(&fixture, slice_of("a: {b: [1, two]}\n")));
	struct tree moved = fixture.tree;
	size_t size = moved.node_count * sizeof *moved.nodes;
	struct node *nodes = memory_allocate(size);
	char *strings = memory_allocate(moved.string_bytes);
	memcpy(nodes, moved.nodes, size);
	memcpy(strings, moved.strings, moved.string_bytes);
	fixture_release(&fixture);
	moved.nodes = nodes;
	moved.strings = strings;
	const struct node *list = node_value(&moved, node_value(&moved, moved.nodes, "a"), "b");
	const struct node *second = node_next(&moved, node_child(&moved, list));
	assert_true(slice_is(node_text(&moved, second), "two"));
	assert_int_equal(node_text(&moved, second).bytes[3], '\0');
	free(nodes);
	free(strings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_inside_a_scalar_is_exact_where_it_can_be),
		cmocka_unit_test(a_tree_without_its_source_still_tells_places),
		cmocka_unit_test(values_are_found_by_key_in_mappings_only),
		cmocka_unit_test(nulls_are_plain_words_only),
		cmocka_unit_test(floods_are_refused_with_the_bound_they_break),
		cmocka_unit_test(bounds_themselves_are_allowed),
		cmocka_unit_test(a_tree_can_be_moved),
	};
	return cmocka_run_group_tests_name("schema/nodes", tests, NULL, NULL);
}
