/* Loading the rules of a pack: the fields that all types have, and their scopes. */
#include <stdlib.h>
#include <string.h>

#include "rules/load.h"

struct rule_fields {
	struct slice id, kind;
	int64_t priority;
	int sets;
	struct texts scope, requires;
	const struct node *match, *words, *list, *names, *quote, *groups, *tests;
};

static const char *const sets_names[] = {
	"nothing", "title", "author", "published", "dateline", NULL};

static const struct field rule_fields[] = {
	{.key = "id",
		.type = FIELD_TEXT,
		.required = true,
		.offset = offsetof(struct rule_fields, id),
		.help = "unique in the pack"},
	{.key = "kind",
		.type = FIELD_TEXT,
		.offset = offsetof(struct rule_fields, kind),
		.help = "what a match or words rule finds"},
	{.key = "priority",
		.type = FIELD_INTEGER,
		.offset = offsetof(struct rule_fields, priority),
		.low = -1000,
		.high = 1000,
		.help = "the higher wins inside a layer; 0 if unsaid"},
	{.key = "scope",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct rule_fields, scope),
		.help = "where its finds may stand; ~ not, & and"},
	{.key = "sets",
		.type = FIELD_CHOICE,
		.offset = offsetof(struct rule_fields, sets),
		.choices = sets_names,
		.help = "what of the document the group of that name, or the match, is"},
	{.key = "requires",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct rule_fields, requires),
		.help = "texts of which one must occur in the block"},
	{.key = "match",
		.type = FIELD_NODE,
		.offset = offsetof(struct rule_fields, match),
		.help = "a regular expression (PCRE2), in single quotes"},
	{.key = "groups",
		.type = FIELD_NODE,
		.offset = offsetof(struct rule_fields, groups),
		.help = "a style for named groups of the match"},
	{.key = "words",
		.type = FIELD_NODE,
		.offset = offsetof(struct rule_fields, words),
		.help = "words, or {name, aliases}"},
	{.key = "list",
		.type = FIELD_NODE,
		.offset = offsetof(struct rule_fields, list),
		.help = "ids of lists whose entries are found, as words are"},
	{.key = "names",
		.type = FIELD_NODE,
		.offset = offsetof(struct rule_fields, names),
		.help = "what a capitalised name is, by summed evidence"},
	{.key = "quote",
		.type = FIELD_NODE,
		.offset = offsetof(struct rule_fields, quote),
		.help = "quotes, their cues and speakers"},
	{.key = "tests",
		.type = FIELD_NODE,
		.offset = offsetof(struct rule_fields, tests),
		.help = "examples with [[…]] around what is found, or {text, matches: 0}"},
	{.key = NULL},
};

/* ---- Scopes ----------------------------------------------------------------------------- */

static const struct {
	const char *name;
	enum scope_kind kind;
} scope_table[] = {
	{"title", SCOPE_TITLE},
	{"byline", SCOPE_BYLINE},
	{"dateline", SCOPE_DATELINE},
	{"body", SCOPE_BODY},
	{"paragraph:first-", SCOPE_PARAGRAPH_FIRST},
	{"paragraph:last", SCOPE_PARAGRAPH_LAST},
	{"heading", SCOPE_HEADING},
	{"blockquote", SCOPE_BLOCKQUOTE},
	{"code", SCOPE_CODE},
	{"quote", SCOPE_QUOTE},
	{"sentence", SCOPE_SENTENCE},
};
#define SCOPE_KINDS (sizeof scope_table / sizeof *scope_table)

static bool parse_number(struct slice text, uint32_t *number)
{
	*number = 0;
	for (size_t i = 0; i < text.length; i++) {
		if (text.bytes[i] < '0' || text.bytes[i] > '9' || *number > 100000)
			return false;
		*number = *number * 10 + (uint32_t)(text.bytes[i] - '0');
	}
	return text.length > 0;
}

static bool parse_scope(struct slice text, struct scope *scope)
{
	text = slice_trim(text);
	scope->negated = slice_starts(text, "~");
	text = slice_trim(slice_cut(text, scope->negated, text.length));
	for (size_t i = 0; i < SCOPE_KINDS; i++) {
		const char *name = scope_table[i].name;
		scope->kind = scope_table[i].kind;
		if (scope->kind != SCOPE_PARAGRAPH_FIRST && slice_is(text, name))
			return true;
		if (scope->kind == SCOPE_PARAGRAPH_FIRST && slice_starts(text, name))
			return parse_number(
				slice_cut(text, strlen(name), text.length), &scope->number);
	}
	return false;
}

static const char *scope_candidate(const void *of, size_t i)
{
	(void)of;
	return i < SCOPE_KINDS ? scope_table[i].name : NULL;
}

static void report_scope(struct rule_loading *at, const struct node *node, struct slice text)
{
	const char *near = nearest(slice_trim(text), scope_candidate, NULL);
	node_report(at->loading->tree, node, at->loading->out,
		"no scope '%.*s'; %s%s%sknown: title byline dateline body paragraph:first-N "
		"paragraph:last heading blockquote code quote sentence",
		(int)text.length, text.bytes, near ? "did you mean '" : "", near ? near : "",
		near ? "'? " : "");
}

/* One item of `scope:`, a conjunction: "~quote & body". */
static bool add_conjunction(struct rule_loading *at, const struct node *node, struct slice text,
	struct scope *scopes, size_t *count)
{
	while (text.length > 0) {
		const char *and = memchr(text.bytes, '&', text.length);
		size_t length = and? (size_t)(and-text.bytes) : text.length;
		struct slice part = slice_cut(text, 0, length);
		struct scope *scope = &scopes[(*count)++];
		*scope = (struct scope){.more = and != NULL};
		if (!parse_scope(part, scope)) {
			report_scope(at, node, part);
			return false;
		}
		text = slice_cut(text, length + 1, text.length);
	}
	return true;
}

static bool load_scopes(struct rule_loading *at, const struct texts *texts)
{
	size_t room = 1;
	for (size_t i = 0; i < texts->count; i++)
		room += texts->items[i].length + 1;
	struct scope *scopes = arena_allocate(at->pack->arena, room * sizeof *scopes);
	for (size_t i = 0; i < texts->count; i++)
		if (!add_conjunction(
			    at, texts->nodes[i], texts->items[i], scopes, &at->rule->scope_count))
			return false;
	at->rule->scopes = scopes;
	return true;
}

/* ---- Rules ------------------------------------------------------------------------------ */

static bool id_is_new(struct rule_loading *at, const struct node *node, struct slice id)
{
	for (size_t i = 0; i < at->pack->rule_count; i++) {
		const struct rule *other = &at->pack->rules[i];
		if (!slice_is(id, other->id))
			continue;
		node_report(at->loading->tree, node, at->loading->out,
			"rule '%s' is there twice, first on line %u; rename one or remove it",
			other->id, other->node->line);
		return false;
	}
	return true;
}

static bool load_kind_of(struct rule_loading *at, const struct rule_fields *fields)
{
	const struct tree *tree = at->loading->tree;
	bool needs = at->rule->type == RULE_MATCH || at->rule->type == RULE_WORDS;
	const struct node *node = node_value(tree, at->rule->node, "kind");
	if (!needs)
		return true;
	if (!node) {
		node_report(tree, at->rule->node, at->loading->out,
			"rule '%s' has no kind; a match or words rule needs one of 'kinds'",
			at->rule->id);
		return false;
	}
	at->rule->kind = pack_kind(at->pack, fields->kind);
	if (at->rule->kind != NO_KIND)
		return true;
	const char *names[64] = {0};
	for (size_t i = 0; i < at->pack->kind_count && i < 63; i++)
		names[i] = at->pack->kinds[i].name;
	const char *near = nearest_of(
		fields->kind, names, at->pack->kind_count < 63 ? at->pack->kind_count : 63);
	node_report(tree, node, at->loading->out, "no kind '%.*s'; %s%s%sdefine it under 'kinds'",
		(int)fields->kind.length, fields->kind.bytes, near ? "did you mean '" : "",
		near ? near : "", near ? "'? else " : "");
	return false;
}

/* Of match, words (or list), names and quote there must be exactly one. */
static const struct node *value_of_type(struct rule_loading *at, const struct rule_fields *fields)
{
	const struct {
		enum rule_type type;
		const struct node *value;
	} types[] = {{RULE_MATCH, fields->match},
		{RULE_WORDS, fields->words ? fields->words : fields->list},
		{RULE_NAMES, fields->names}, {RULE_QUOTE, fields->quote}};
	const struct node *value = NULL;
	size_t found = 0;
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		if (!types[i].value)
			continue;
		at->rule->type = types[i].type;
		value = types[i].value;
		found++;
	}
	if (found == 1)
		return value;
	node_report(at->loading->tree, at->rule->node, at->loading->out,
		"rule '%s' must have one of match, words (or list), names and quote, not %zu",
		at->rule->id, found);
	return NULL;
}

static bool load_type(struct rule_loading *at, const struct node *value)
{
	switch (at->rule->type) {
	case RULE_MATCH:
		return match_rule_load(at, value);
	case RULE_WORDS:
		return words_rule_load(at, value);
	case RULE_NAMES:
		return names_rule_load(at, value);
	case RULE_QUOTE:
		return quote_rule_load(at, value);
	}
	return false;
}

static void load_rule(struct loading *loading, const struct node *node)
{
	struct pack *pack = loading->context;
	struct rule_fields fields = {0};
	struct rule rule = {.node = node, .kind = NO_KIND};
	struct rule_loading at = {pack, &rule, loading};
	bool good = schema_load(loading, node, rule_fields, "rule", &fields);
	if (node->kind != NODE_MAPPING || fields.id.length == 0)
		return;
	rule.id = arena_text(pack->arena, fields.id);
	rule.priority = (int)fields.priority;
	rule.sets = (enum sets)fields.sets;
	rule.tests = fields.tests;
	const struct node *value = value_of_type(&at, &fields);
	good = id_is_new(&at, node, fields.id) && good;
	good = load_scopes(&at, &fields.scope) && good;
	if (!value)
		return;
	good = load_kind_of(&at, &fields) && good;
	good = load_type(&at, value) && good;
	if (good)
		pack->rules[pack->rule_count++] = rule;
}

void rules_load(struct loading *loading, const struct node *rules)
{
	struct pack *pack = loading->context;
	if (!rules || node_is_null(loading->tree, rules))
		return;
	if (rules->kind != NODE_SEQUENCE) {
		node_report(loading->tree, rules, loading->out,
			"'rules' must be a list of rules, not %s", node_kind_name(rules));
		return;
	}
	pack->rules = arena_allocate(pack->arena, (rules->count + 1) * sizeof *pack->rules);
	for (const struct node *rule = node_child(loading->tree, rules); rule;
		rule = node_next(loading->tree, rule))
		load_rule(loading, rule);
}
