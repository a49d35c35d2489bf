/* Loading the evidence of a names rule: its tests, and the words that stand beside a name. */
#include <string.h>

#include "rules/names_load.h"

struct evidence_nodes {
	struct evidence evidence;
	struct slice kind;
	const struct node *whole, *first, *last, *rest, *any, *all;
	const struct node *unless, *first_unless, *last_unless;
	const struct node *after_list, *before_list, *beside;
	const struct node *shape, *before, *after, *previous, *next, *skip;
	bool title, of, bound, defined, lower, quoted, dateline;
	int start, role;
};

static const char *const start_names[] = {"", "all", NULL};
static const char *const role_names[] = {"", "before", "after", NULL};

#define AT(member) offsetof(struct evidence_nodes, member)
#define LIST_FIELD(name, member, text) \
	{ \
		.key = name, .type = FIELD_NODE, .offset = AT(member), .help = text \
	}
#define FLAG_FIELD(name, member, text) \
	{ \
		.key = name, .type = FIELD_FLAG, .offset = AT(member), .help = text \
	}

static const struct field evidence_fields[] = {
	{.key = "id",
		.type = FIELD_TEXT,
		.offset = AT(evidence.id),
		.required = true,
		.help = "for why"},
	{.key = "kind",
		.type = FIELD_TEXT,
		.offset = AT(kind),
		.required = true,
		.help = "one of the rule's, or none"},
	{.key = "weight",
		.type = FIELD_NUMBER,
		.offset = AT(evidence.weight),
		.required = true,
		.help = "may be negative"},
	{.key = "words",
		.type = FIELD_RANGE,
		.offset = AT(evidence.words),
		.help = "how many words the name has"},
	LIST_FIELD("whole", whole, "the name is in the list"),
	LIST_FIELD("first", first, "its first word is"),
	LIST_FIELD("last", last, "its last word is"),
	LIST_FIELD("rest", rest, "one of the words after the first is"),
	LIST_FIELD("any", any, "one of its words is"),
	LIST_FIELD("all", all, "all its words are, but for joining ones"),
	LIST_FIELD("unless", unless, "the name is not in the lists"),
	LIST_FIELD("first-unless", first_unless, "its first word is not"),
	LIST_FIELD("last-unless", last_unless, "its last word is not"),
	LIST_FIELD("shape", shape, "pattern on the name"),
	LIST_FIELD("before", before, "pattern on the 60 bytes before it"),
	LIST_FIELD("after", after, "pattern on the 60 bytes after it"),
	LIST_FIELD("previous", previous, "words, phrases or {LIST} just before it"),
	LIST_FIELD("next", next, "words, phrases or {LIST} just after it"),
	LIST_FIELD("skip", skip, "words that may stand between"),
	LIST_FIELD("after-list", after_list, "a comma and one of the list follow"),
	LIST_FIELD("before-list", before_list, "one of the list and a comma precede"),
	LIST_FIELD("beside", beside, "one of the list stands beside it in an enumeration"),
	FLAG_FIELD("title", title, "a title stands before it"),
	FLAG_FIELD("of", of, "it has a word of `of` after one of of-key"),
	FLAG_FIELD("bound", bound, "it is part of Long Name (LN)"),
	FLAG_FIELD("defined", defined, "it is LN in long name (LN)"),
	FLAG_FIELD("lower", lower, "a common word, seen in lower case too"),
	FLAG_FIELD("quoted", quoted, "it stands alone between quote marks"),
	FLAG_FIELD("dateline", dateline, "it stands in a dateline"),
	{.key = "start",
		.type = FIELD_CHOICE,
		.offset = AT(start),
		.choices = start_names,
		.help = "all: each of its mentions begins a sentence"},
	{.key = "role",
		.type = FIELD_CHOICE,
		.offset = AT(role),
		.choices = role_names,
		.help = "a role stands before or after it"},
	{.key = NULL},
};

/* ---- Tests ------------------------------------------------------------------------------ */

static bool load_lists(
	struct loading *loading, const struct evidence_nodes *nodes, struct evidence *evidence)
{
	const struct {
		const struct node *node;
		struct selector *into;
	} lists[] = {
		{nodes->whole, &evidence->whole},
		{nodes->first, &evidence->first},
		{nodes->last, &evidence->last},
		{nodes->rest, &evidence->rest},
		{nodes->any, &evidence->any},
		{nodes->all, &evidence->all},
		{nodes->unless, &evidence->unless},
		{nodes->first_unless, &evidence->first_unless},
		{nodes->last_unless, &evidence->last_unless},
		{nodes->after_list, &evidence->after_list},
		{nodes->before_list, &evidence->before_list},
		{nodes->beside, &evidence->beside},
	};
	bool right = true;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (lists[i].node)
			right = names_selectors(loading, lists[i].node, lists[i].into) && right;
	return right;
}

static bool has_list(struct slice text)
{
	for (size_t i = 0; i + 1 < text.length; i++)
		if (text.bytes[i] == '{' && text.bytes[i + 1] >= 'a' && text.bytes[i + 1] <= 'z' &&
			(i == 0 || text.bytes[i - 1] != '{'))
			return true;
	return false;
}

/* A pattern that names lists is a text of its own: its errors are told without a column. */
static struct pattern *load_pattern(struct loading *loading, const struct node *node)
{
	struct names_loading *at = loading->context;
	if (!node)
		return NULL;
	struct slice text = node_text(loading->tree, node);
	if (!has_list(text))
		return pack_pattern(at->pack, node, 0, loading->out);
	struct buffer vars = {0}, lists = {0};
	struct pattern *pattern = NULL;
	if (pack_expand(at->pack, node, text, loading->out, &vars) &&
		pack_expand_lists(at->pack, node, buffer_slice(&vars), loading->out, &lists))
		pattern = pack_pattern_text(at->pack, buffer_slice(&lists), 0);
	buffer_release(&vars);
	buffer_release(&lists);
	return pattern;
}

/* Groups that are numbered or named, and options, mean something else inside a longer pattern. */
static bool can_be_joined(struct slice text)
{
	for (size_t i = 0; i + 1 < text.length; i++) {
		bool group =
			text.bytes[i] == '(' && (text.bytes[i + 1] != '?' || i + 2 >= text.length ||
							text.bytes[i + 2] != ':');
		bool number = text.bytes[i] == '\\' && text.bytes[i + 1] >= '0' &&
			      text.bytes[i + 1] <= '9';
		if (group || number)
			return false;
	}
	return true;
}

static bool is_set(const struct selector *selector)
{
	return selector->lists != 0 || selector->traits != 0;
}

static void gather_lists(struct evidence *evidence)
{
	const struct selector *lists[] = {&evidence->whole, &evidence->first, &evidence->last,
		&evidence->rest, &evidence->any};
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		evidence->asked.lists |= lists[i]->lists;
		evidence->asked.traits |= lists[i]->traits;
	}
}

/* A shape that no other test of its evidence guards is asked together with others like it. */
static bool join_shape(
	struct loading *loading, const struct node *node, const struct evidence *evidence)
{
	struct names_loading *at = loading->context;
	struct slice text = node_text(loading->tree, node);
	if (is_set(&evidence->asked) || has_list(text) || !can_be_joined(text))
		return false;
	buffer_text(&at->shapes, at->shapes.length ? "|(?:" : "(?:");
	pack_expand(at->pack, node, text, loading->out, &at->shapes);
	buffer_byte(&at->shapes, ')');
	return true;
}

static bool load_patterns(
	struct loading *loading, const struct evidence_nodes *nodes, struct evidence *evidence)
{
	evidence->shape = load_pattern(loading, nodes->shape);
	evidence->is_joined = evidence->shape && join_shape(loading, nodes->shape, evidence);
	evidence->before = load_pattern(loading, nodes->before);
	evidence->after = load_pattern(loading, nodes->after);
	return (!nodes->shape || evidence->shape) && (!nodes->before || evidence->before) &&
	       (!nodes->after || evidence->after);
}

static unsigned needs_of(const struct evidence_nodes *nodes)
{
	return (nodes->title ? NEED_TITLE : 0u) | (nodes->of ? NEED_OF : 0u) |
	       (nodes->bound ? NEED_BOUND : 0u) | (nodes->defined ? NEED_DEFINED : 0u) |
	       (nodes->lower ? NEED_LOWER : 0u) | (nodes->quoted ? NEED_QUOTED : 0u) |
	       (nodes->dateline ? NEED_DATELINE : 0u) | (nodes->start == 1 ? NEED_START : 0u) |
	       (nodes->role == 1 ? NEED_ROLE_BEFORE : 0u) |
	       (nodes->role == 2 ? NEED_ROLE_AFTER : 0u);
}

/* ---- Words beside a name ---------------------------------------------------------------- */

enum side { SIDE_PREVIOUS, SIDE_NEXT, SIDE_SKIP };

/* Where the phrases of one field of one evidence go. */
struct side_of {
	uint32_t evidence;
	enum side side;
};

static void set_bit(struct evidence_set *set, uint32_t index)
{
	set->bits[index / 64] |= UINT64_C(1) << index % 64;
}

static size_t count_words(struct slice text)
{
	size_t words = 1;
	for (size_t i = 0; i < text.length; i++)
		words += text.bytes[i] == ' ';
	return words;
}

/* The phrase is looked for only behind an entry of its first (last) word that says so. */
static void announce(struct loading *loading, struct slice phrase, enum side side)
{
	struct names_loading *at = loading->context;
	const char *cut = side == SIDE_NEXT ? memchr(phrase.bytes, ' ', phrase.length)
					    : memrchr(phrase.bytes, ' ', phrase.length);
	size_t words = count_words(phrase);
	size_t split = cut ? (size_t)(cut - phrase.bytes) : phrase.length;
	struct slice word = !cut                ? phrase
			    : side == SIDE_NEXT ? slice_cut(phrase, 0, split)
						: slice_cut(phrase, split + 1, phrase.length);
	struct name_entry *entry = name_entries_add(&at->rule->entries, loading->arena, word);
	uint8_t *longest = side == SIDE_NEXT ? &entry->longest_next : &entry->longest_previous;
	if (words > *longest)
		*longest = (uint8_t)words;
}

static bool add_listed(
	struct loading *loading, const struct node *item, struct slice list, struct side_of *of)
{
	struct names_loading *at = loading->context;
	struct names_rule *rule = at->rule;
	if (of->side == SIDE_SKIP || rule->listed_count == NAMES_EVIDENCE) {
		node_report(loading->tree, item, loading->out,
			of->side == SIDE_SKIP ? "'skip' takes words, no lists"
					      : "too many lists among the contexts of this rule");
		return false;
	}
	if (!rule->listed)
		rule->listed =
			arena_allocate(loading->arena, NAMES_EVIDENCE * sizeof *rule->listed);
	struct listed_context *listed = &rule->listed[rule->listed_count++];
	listed->evidence = of->evidence;
	listed->previous = of->side == SIDE_PREVIOUS;
	return names_select_text(loading, item, list, &listed->selector);
}

static bool add_phrase(struct loading *loading, const struct node *item, void *data)
{
	struct side_of *of = data;
	struct names_loading *at = loading->context;
	struct slice text = slice_trim(node_text(loading->tree, item)), list;
	if (names_is_list(text, &list))
		return add_listed(loading, item, list, of);
	if (item->kind != NODE_SCALAR || text.length == 0 ||
		count_words(text) > (of->side == SIDE_SKIP ? 1 : NAMES_PHRASE)) {
		node_report(loading->tree, item, loading->out,
			of->side == SIDE_SKIP ? "this must be one word"
					      : "this must be one to %d words",
			NAMES_PHRASE);
		return false;
	}
	struct name_entry *entry = name_entries_add(&at->rule->entries, loading->arena, text);
	struct evidence_set *sets[] = {&entry->previous, &entry->next, &entry->skip};
	set_bit(sets[of->side], of->evidence);
	if (of->side != SIDE_SKIP)
		announce(loading, entry->text, of->side);
	return true;
}

static bool load_words(
	struct loading *loading, const struct evidence_nodes *nodes, uint32_t evidence)
{
	const struct {
		const struct node *node;
		enum side side;
	} sides[] = {{nodes->previous, SIDE_PREVIOUS}, {nodes->next, SIDE_NEXT},
		{nodes->skip, SIDE_SKIP}};
	bool right = true;
	for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
		struct side_of of = {evidence, sides[i].side};
		if (sides[i].node)
			right = names_each(loading, sides[i].node, add_phrase, &of) && right;
	}
	return right;
}

/* ---- All of them ------------------------------------------------------------------------ */

#define NEEDS_OF_CONTEXT \
	(NEED_TITLE | NEED_BOUND | NEED_DEFINED | NEED_QUOTED | NEED_DATELINE | NEED_START | \
		NEED_ROLE_BEFORE | NEED_ROLE_AFTER)

static void sort_evidence(struct names_rule *rule, struct evidence *evidence, uint32_t index)
{
	evidence->is_context = evidence->is_worded || evidence->before || evidence->after ||
			       (evidence->needs & NEEDS_OF_CONTEXT) != 0 ||
			       is_set(&evidence->after_list) || is_set(&evidence->before_list) ||
			       is_set(&evidence->beside);
	if (evidence->is_context)
		set_bit(&rule->context, index);
	if (evidence->is_worded)
		set_bit(&rule->worded, index);
}

static bool load_one(struct loading *loading, const struct node *item, struct evidence *into)
{
	struct names_loading *at = loading->context;
	uint32_t index = (uint32_t)at->rule->evidence_count;
	struct evidence_nodes nodes = {0};
	bool right = schema_load(loading, item, evidence_fields, "evidence", &nodes);
	*into = nodes.evidence;
	into->line = item->line;
	into->has_words = node_value(loading->tree, item, "words") != NULL;
	into->needs = needs_of(&nodes);
	into->is_worded = nodes.previous || nodes.next;
	if (!right || !names_kind(loading, item, nodes.kind, &into->kind))
		return false;
	right = load_lists(loading, &nodes, into);
	gather_lists(into);
	right = load_patterns(loading, &nodes, into) && right;
	right = load_words(loading, &nodes, index) && right;
	sort_evidence(at->rule, into, index);
	return right;
}

bool names_evidence_load(struct loading *loading, const struct node *value)
{
	struct names_loading *at = loading->context;
	struct names_rule *rule = at->rule;
	if (value->kind != NODE_SEQUENCE || value->count > NAMES_EVIDENCE) {
		node_report(loading->tree, value, loading->out,
			"'evidence' must be a list of at most %d", NAMES_EVIDENCE);
		return false;
	}
	rule->evidence =
		arena_allocate(loading->arena, (value->count + 1) * sizeof *rule->evidence);
	bool right = true;
	for (const struct node *item = node_child(loading->tree, value); item;
		item = node_next(loading->tree, item)) {
		right = load_one(loading, item, &rule->evidence[rule->evidence_count]) && right;
		rule->evidence_count++;
	}
	return right;
}
