/* Running the tests inside rules.
 *
 * A test is a text in which [[…]] stands around each expected find of the rule, and [[group:…]]
 * around a group of one: a group of the pattern, the speaker of a quote, the role of an entity; the
 * name of a kind there means a find of that kind. The text without the brackets is annotated with
 * the whole pack, and what the rule itself found is compared, both ways.
 */
#include <stdlib.h>
#include <string.h>

#include "annotate/annotator.h"

struct expected {
	struct span span;
	struct slice group; /* empty: a find */
	bool met;
};

struct example {
	const struct node *node; /* for messages */
	struct buffer text;
	struct expected *items;
	size_t count, capacity;
	int64_t matches; /* -1: unsaid */
	bool todo;
};

struct checking {
	struct pack *pack;
	struct packs packs;
	const struct rule *rule;
	struct diagnostics *out;
	struct example *example;
	const struct annotations *found;
	const struct window *window;
	struct buffer failure;
	size_t matches; /* of the rule, over all its examples */
};

/* ---- Reading an example ----------------------------------------------------------------- */

static void expect(struct example *example, size_t start, struct slice group)
{
	example->items = grow(
		example->items, &example->capacity, example->count + 1, sizeof *example->items);
	example->items[example->count++] =
		(struct expected){.span = {start, NOWHERE}, .group = group};
}

/* "group:" behind an opening bracket: small letters and hyphens up to a colon. */
static size_t group_length(struct slice text)
{
	size_t length = 0;
	while (length < text.length && ((text.bytes[length] >= 'a' && text.bytes[length] <= 'z') ||
					       text.bytes[length] == '-'))
		length++;
	return length > 0 && length < text.length && text.bytes[length] == ':' ? length : 0;
}

static bool close_expected(struct example *example)
{
	for (size_t i = example->count; i-- > 0;) {
		if (example->items[i].span.end != NOWHERE)
			continue;
		example->items[i].span.end = example->text.length;
		return true;
	}
	return false;
}

static bool read_markup(struct example *example, struct slice text)
{
	size_t open = 0;
	for (size_t at = 0; at < text.length;) {
		struct slice rest = slice_cut(text, at, text.length);
		if (slice_starts(rest, "[[")) {
			size_t group = group_length(slice_cut(rest, 2, rest.length));
			expect(example, example->text.length, slice_cut(rest, 2, 2 + group));
			at += 2 + (group ? group + 1 : 0);
			open++;
		} else if (open > 0 && slice_starts(rest, "]]")) {
			close_expected(example);
			at += 2;
			open--;
		} else {
			buffer_byte(&example->text, text.bytes[at++]);
		}
	}
	return open == 0;
}

struct example_fields {
	struct slice text;
	int64_t matches;
	bool todo;
};

static const struct field example_fields[] = {
	{.key = "text",
		.type = FIELD_TEXT,
		.required = true,
		.offset = offsetof(struct example_fields, text),
		.help = "with [[…]] around what the rule finds"},
	{.key = "matches",
		.type = FIELD_INTEGER,
		.offset = offsetof(struct example_fields, matches),
		.low = 0,
		.high = 1000,
		.help = "how many finds there are, where none is marked"},
	{.key = "todo",
		.type = FIELD_FLAG,
		.offset = offsetof(struct example_fields, todo),
		.help = "may fail"},
	{.key = NULL},
};

static bool read_example(struct checking *at, const struct node *node, struct example *example)
{
	const struct tree *tree = &at->pack->tree;
	struct example_fields fields = {.matches = -1};
	struct loading loading = {tree, at->pack->arena, at->out, at->pack};
	*example = (struct example){.node = node, .matches = -1};
	if (node->kind == NODE_SCALAR)
		fields.text = node_text(tree, node);
	else if (!schema_load(&loading, node, example_fields, "test", &fields))
		return false;
	example->matches = fields.matches;
	example->todo = fields.todo;
	if (read_markup(example, fields.text))
		return true;
	node_report(tree, node, at->out, "test has '[[' without ']]'");
	return false;
}

static void release_example(struct example *example)
{
	buffer_release(&example->text);
	free(example->items);
}

/* ---- Comparing -------------------------------------------------------------------------- */

static bool same_span(struct span a, struct span b)
{
	return a.start == b.start && a.end == b.end;
}

static void fail(struct checking *at, const char *what, struct span span)
{
	struct slice text = slice_cut(buffer_slice(&at->example->text), span.start, span.end);
	buffer_format(&at->failure, "%s%s “", at->failure.length ? "; " : "", what);
	text_visible(text, &at->failure);
	buffer_text(&at->failure, "”");
}

static struct expected *find_expected(struct checking *at, struct span span)
{
	for (size_t i = 0; i < at->example->count; i++) {
		struct expected *expected = &at->example->items[i];
		bool is_find = expected->group.length == 0 ||
			       slice_is(expected->group, rule_main_group(at->rule)) ||
			       pack_kind(at->pack, expected->group) != NO_KIND;
		if (is_find && !expected->met && same_span(expected->span, span))
			return expected;
	}
	return NULL;
}

/* A find of the rule (or a segment of its quotes): it must be expected, with its kind. */
static void compare_find(struct checking *at, struct span span, const char *kind)
{
	struct expected *expected = find_expected(at, span);
	at->matches++;
	if (!expected) {
		if (at->example->matches < 0 || at->example->count > 0)
			fail(at, "found", span);
		return;
	}
	expected->met = true;
	bool names_kind = pack_kind(at->pack, expected->group) != NO_KIND;
	if (names_kind && kind && !slice_is(expected->group, kind)) {
		fail(at, "has the wrong kind:", span);
		buffer_format(&at->failure, " (%s)", kind);
	}
}

static void meet_group(struct checking *at, const char *group, struct span span)
{
	for (size_t i = 0; i < at->example->count; i++) {
		struct expected *expected = &at->example->items[i];
		if (slice_is(expected->group, group) && same_span(expected->span, span))
			expected->met = true;
	}
}

static size_t compare_finds(struct checking *at)
{
	size_t count = 0;
	uint32_t index = (uint32_t)(at->rule - at->pack->rules);
	for (size_t i = 0; i < at->window->finds.count; i++) {
		const struct find *find = &at->window->finds.items[i];
		if (find->rule != index)
			continue;
		count++;
		compare_find(at, find->span, at->packs.kinds[find->kind].name);
		if (find->role.start != NOWHERE)
			meet_group(at, "role", find->role);
		for (uint32_t g = 0; g < find->group_count; g++) {
			const struct find_group *group = &at->window->groups[find->first_group + g];
			meet_group(at, pattern_group_name(at->rule->match->pattern, group->number),
				group->span);
		}
	}
	return count;
}

static size_t compare_quotes(struct checking *at)
{
	const struct annotations *found = at->found;
	for (size_t i = 0; i < found->quote_count; i++) {
		struct quote quote = annotations_quote(found, i);
		for (uint32_t s = 0; s < quote.segment_count; s++)
			compare_find(at, annotations_segment(found, quote.first_segment + s), NULL);
		if (quote.speaker.start != NOWHERE)
			meet_group(at, "speaker", quote.speaker);
		if (quote.cue.start != NOWHERE)
			meet_group(at, "cue", quote.cue);
	}
	return found->quote_count;
}

static void compare(struct checking *at)
{
	size_t count = at->rule->type == RULE_QUOTE ? compare_quotes(at) : compare_finds(at);
	for (size_t i = 0; i < at->example->count; i++)
		if (!at->example->items[i].met)
			fail(at, "did not find", at->example->items[i].span);
	if (at->example->matches >= 0 && count != (size_t)at->example->matches)
		buffer_format(&at->failure, "%sfound %zu, not %d", at->failure.length ? "; " : "",
			count, (int)at->example->matches);
}

/* ---- Running ---------------------------------------------------------------------------- */

static void run_example(struct checking *at)
{
	struct document *document = document_new("test", NULL);
	document_append(document, buffer_slice(&at->example->text));
	document_finish(document);
	struct annotator *annotator = annotator_new(document, &at->packs);
	annotator_use_all(annotator);
	while (annotator_step(annotator, SIZE_MAX))
		continue;
	at->found = annotator_result(annotator);
	at->window = &annotator->window;
	if (annotator->windows.count > 0) {
		window_open_again(annotator, 0, NULL);
		window_name(annotator, NULL);
	}
	at->failure.length = 0;
	compare(at);
	if (at->failure.length > 0 && !at->example->todo)
		node_report(&at->pack->tree, at->example->node, at->out,
			"test of rule '%s' fails: %s", at->rule->id, at->failure.bytes);
	annotator_free(annotator);
	document_free(document);
}

static void check_rule(struct checking *at)
{
	const struct tree *tree = &at->pack->tree;
	const struct node *tests = at->rule->tests;
	at->matches = 0;
	if (!tests || tests->kind != NODE_SEQUENCE || tests->count == 0) {
		node_report(tree, at->rule->node, at->out,
			"rule '%s' has no tests; add 'tests:' with examples", at->rule->id);
		return;
	}
	for (const struct node *node = node_child(tree, tests); node;
		node = node_next(tree, node)) {
		struct example example;
		at->example = &example;
		if (read_example(at, node, &example))
			run_example(at);
		release_example(&example);
	}
	if (at->matches == 0)
		node_report(tree, tests, at->out, "the tests of rule '%s' never make it match",
			at->rule->id);
}

bool pack_check(struct pack *pack, struct diagnostics *out)
{
	struct checking at = {.pack = pack, .out = out};
	size_t before = out->total;
	packs_add(&at.packs, pack);
	for (size_t i = 0; i < pack->rule_count; i++) {
		at.rule = &pack->rules[i];
		check_rule(&at);
	}
	at.packs.count = 0; /* the pack is the caller's */
	packs_release(&at.packs);
	buffer_release(&at.failure);
	return out->total == before;
}
