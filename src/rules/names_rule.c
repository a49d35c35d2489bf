/* Loading a names rule; its evidence is loaded by names_evidence.c. See names_rule.h. */
#include "rules/names_rule.h"

#include <string.h>

#include "rules/names_load.h"

/* ---- Classes of words ------------------------------------------------------------------- */

static const char *const classes[NAME_CLASSES] = {
	[NAME_JOIN] = "join", /* in lower case between capitals, part of the name: de, van */
	[NAME_LEAD] = "lead", /* in lower case before a capital, part of the name: von */
	[NAME_SECOND_LEAD] = "second-lead", /* after one of lead: der */
	[NAME_ARTICLE] = "article",         /* cut from the start; may follow a word of `of` */
	[NAME_DROP] = "drop",               /* cut from the start: former, acting */
	[NAME_OF] = "of",                   /* joins what follows a word of of-key: of, for */
	[NAME_OF_PLACE] = "of-place",       /* joins what follows a word of place-of-key: of */
	[NAME_AND] = "and",                 /* joins common words inside organizations */
	[NAME_BETWEEN] = "between", /* with commas, between the items of an enumeration: and, or */
	[NAME_DESIGNATOR] = "designator", /* after a comma, part of the name: Inc. */
	[NAME_CLOSER] = "closer",         /* ends a name before a common word: Inc., Calif. */
	[NAME_LOWER] = "lower",           /* no name for all its capital: I */
	[NAME_TAIL] = "tail",     /* second part of a word that is cut at its hyphen: based, led */
	[NAME_PREFIX] = "prefix", /* first part of a word that is never cut: al, co, non */
	[NAME_PHRASE] = "phrase", /* phrases of these lists are one unit */
	[NAME_KNOWN] = "known",   /* kept before a title and in headlines */
	[NAME_FUNCTION] = "function",         /* no name begins with these */
	[NAME_COMMON] = "common",             /* words of the dictionary */
	[NAME_GIVEN] = "given",               /* first names of people */
	[NAME_NATION] = "nation",             /* adjectives and nouns of nations */
	[NAME_COUNTRY] = "country",           /* countries */
	[NAME_TOWN] = "town",                 /* large towns */
	[NAME_BODY] = "body",                 /* organizations known by name */
	[NAME_TITLE] = "title",               /* titles and jobs that stand before a name */
	[NAME_ROLE] = "role",                 /* heads of phrases that say who somebody is */
	[NAME_KEY] = "key",                   /* last words of organizations */
	[NAME_STRONG_KEY] = "strong-key",     /* the same, deciding by themselves */
	[NAME_OF_KEY] = "of-key",             /* words of organizations that take `of` */
	[NAME_PLACE_KEY] = "place-key",       /* last words of places */
	[NAME_PLACE_OF_KEY] = "place-of-key", /* words of places that take `of-place` */
	[NAME_EVENT_KEY] = "event-key",       /* last words of what is no name to find: Cup, Act */
	[NAME_NEVER] = "never",               /* never a name alone */
	[NAME_TITLED] = "titled",             /* last words of names that may begin with a title */
	[NAME_KEEP_FIRST] = "keep-first",     /* begin organizations although function words */
	[NAME_KEEP_LAST] = "keep-last",       /* end names although titles or roles */
	[NAME_DETERMINER] = "determiner",     /* begin a role: a, the, his */
	[NAME_MODIFIER] = "modifier", /* in lower case inside a role before a name: former, top */
	[NAME_THING] = "thing",       /* roles that no person has */
	[NAME_STOP] = "stop",         /* end a role after a name: who, which */
	[NAME_VERB] = "verb", /* where these stand after a name there is no role: said, is */
	[NAME_HONORIFIC] = "honorific", /* titles that say nothing of a role: Mr, Dr */
	[NAME_OWNED] = "owned",         /* between two names they set them apart: a subsidiary of */
	[NAME_APART] = "apart",         /* before a hyphen and a name, no part of it: pro, anti */
	[NAME_HALLOWS] = "hallows", /* with one of these before it, X’s College is one name: St. */
};

const char *name_class_key(size_t class)
{
	return class < NAME_CLASSES ? classes[class] : NULL;
}

bool names_is_list(struct slice text, struct slice *list)
{
	if (text.length < 3 || text.bytes[0] != '{' || text.bytes[text.length - 1] != '}')
		return false;
	*list = slice_cut(text, 1, text.length - 1);
	return true;
}

bool names_each(struct loading *loading, const struct node *node,
	bool (*each)(struct loading *loading, const struct node *item, void *of), void *of)
{
	if (node->kind == NODE_SCALAR)
		return each(loading, node, of);
	bool right = node->kind == NODE_SEQUENCE;
	if (!right)
		node_report(loading->tree, node, loading->out, "this must be a list of texts");
	for (const struct node *item = right ? node_child(loading->tree, node) : NULL; item;
		item = node_next(loading->tree, item))
		right = each(loading, item, of) && right;
	return right;
}

static bool report_no_text(struct loading *loading, const struct node *item)
{
	node_report(loading->tree, item, loading->out, "this must be a text");
	return false;
}

static bool add_class_item(struct loading *loading, const struct node *item, void *of)
{
	struct names_loading *at = loading->context;
	size_t class = *(const size_t *)of;
	struct slice list;
	if (item->kind != NODE_SCALAR)
		return report_no_text(loading, item);
	struct slice text = node_text(loading->tree, item);
	if (names_is_list(text, &list))
		return names_select_text(loading, item, list, &at->rule->classes[class]);
	struct name_entry *entry = name_entries_add(&at->rule->entries, loading->arena, text);
	entry->classes |= CLASS_BIT(class);
	return true;
}

static const char *class_name(const void *of, size_t i)
{
	(void)of;
	return name_class_key(i);
}

static bool load_class(struct loading *loading, const struct node *name, const struct node *value)
{
	struct slice key = node_text(loading->tree, name);
	for (size_t class = 0; class < NAME_CLASSES; class ++)
		if (slice_is(key, classes[class]))
			return names_each(loading, value, add_class_item, &class);
	const char *near = nearest(key, class_name, NULL);
	node_report(loading->tree, name, loading->out, "no class of words is called '%.*s'%s%s%s",
		(int)key.length, key.bytes, near ? "; did you mean '" : "", near ? near : "",
		near ? "'?" : "");
	return false;
}

static bool load_classes(struct loading *loading, const struct node *value, void *into)
{
	(void)into;
	bool right = value->kind == NODE_MAPPING;
	if (!right)
		node_report(loading->tree, value, loading->out,
			"'classes' must be a mapping from a class to its words");
	for (const struct node *name = right ? node_child(loading->tree, value) : NULL; name;) {
		const struct node *words = node_next(loading->tree, name);
		right = load_class(loading, name, words) && right;
		name = node_next(loading->tree, words);
	}
	return right;
}

/* ---- Lists and sets --------------------------------------------------------------------- */

static bool add_list(struct loading *loading, const struct node *item, void *of)
{
	struct names_loading *at = loading->context;
	return pack_selector(at->pack, item, loading->out, of);
}

bool names_select_text(
	struct loading *loading, const struct node *node, struct slice name, struct selector *into)
{
	struct names_loading *at = loading->context;
	char *key = arena_text(loading->arena, name);
	const struct node *set = at->sets ? node_value(loading->tree, at->sets, key) : NULL;
	if (set)
		return names_each(loading, set, add_list, into);
	if (lexicon_selector(at->pack->lexicon, name, into))
		return true;
	if (slice_equal(name, node_text(loading->tree, node)))
		return pack_selector(at->pack, node, loading->out, into);
	node_report(loading->tree, node, loading->out, "no list or set is called '%s'", key);
	return false;
}

static bool add_selector(struct loading *loading, const struct node *item, void *of)
{
	if (item->kind != NODE_SCALAR)
		return report_no_text(loading, item);
	return names_select_text(loading, item, node_text(loading->tree, item), of);
}

bool names_selectors(struct loading *loading, const struct node *node, struct selector *into)
{
	return names_each(loading, node, add_selector, into);
}

static bool load_selectors(struct loading *loading, const struct node *value, void *into)
{
	return names_selectors(loading, value, into);
}

/* ---- Kinds and links -------------------------------------------------------------------- */

#define KIND_NONE "none"

bool names_kind(struct loading *loading, const struct node *node, struct slice name, uint32_t *kind)
{
	struct names_loading *at = loading->context;
	const struct names_rule *rule = at->rule;
	*kind = (uint32_t)rule->kind_count;
	if (slice_is(name, KIND_NONE))
		return true;
	for (size_t i = 0; i < rule->kind_count; i++) {
		if (!slice_is(name, at->pack->kinds[rule->kinds[i]].name))
			continue;
		*kind = (uint32_t)i;
		return true;
	}
	node_report(loading->tree, node, loading->out,
		"'%.*s' is not among the 'kinds' of this rule, nor is it '%s'", (int)name.length,
		name.bytes, KIND_NONE);
	return false;
}

static bool add_kind(struct loading *loading, const struct node *item, void *of)
{
	struct names_loading *at = loading->context;
	(void)of;
	struct slice name = node_text(loading->tree, item);
	uint32_t kind = item->kind == NODE_SCALAR ? pack_kind(at->pack, name) : NO_KIND;
	if (kind == NO_KIND || at->rule->kind_count == NAMES_KINDS) {
		node_report(loading->tree, item, loading->out,
			kind == NO_KIND ? "no kind is called '%.*s'; add it to 'kinds' of the pack"
					: "'%.*s' is one kind too many for this rule",
			(int)name.length, name.bytes);
		return false;
	}
	at->rule->kinds[at->rule->kind_count++] = kind;
	return true;
}

static bool mark_kind(struct loading *loading, const struct node *item, void *of)
{
	struct names_loading *at = loading->context;
	uint32_t kind;
	bool *marks = of;
	if (!names_kind(loading, item, node_text(loading->tree, item), &kind))
		return false;
	if (kind < at->rule->kind_count)
		marks[kind] = true;
	return true;
}

static bool load_marks(struct loading *loading, const struct node *value, void *into)
{
	return names_each(loading, value, mark_kind, into);
}

static const char *const link_names[] = {
	"last", "first", "middle", "initials", "bound", "capitals", "acronym", "brackets", NULL};

static bool add_link(struct loading *loading, const struct node *item, void *of)
{
	struct slice name = node_text(loading->tree, item);
	for (unsigned i = 0; link_names[i]; i++) {
		if (!slice_is(name, link_names[i]))
			continue;
		*(unsigned *)of |= 1u << i;
		return true;
	}
	const char *near = nearest_of(name, link_names, sizeof link_names / sizeof *link_names - 1);
	node_report(loading->tree, item, loading->out, "no way to link is called '%.*s'%s%s%s",
		(int)name.length, name.bytes, near ? "; did you mean '" : "", near ? near : "",
		near ? "'?" : "");
	return false;
}

static bool load_links(struct loading *loading, const struct node *value, void *into)
{
	(void)into;
	struct names_loading *at = loading->context;
	bool right = value->kind == NODE_MAPPING;
	if (!right)
		node_report(loading->tree, value, loading->out,
			"'alias' must be a mapping from a kind to its ways to link");
	for (const struct node *name = right ? node_child(loading->tree, value) : NULL; name;) {
		const struct node *ways = node_next(loading->tree, name);
		uint32_t kind;
		bool known = names_kind(loading, name, node_text(loading->tree, name), &kind);
		right = known && names_each(loading, ways, add_link, &at->rule->alias[kind]) &&
			right;
		name = node_next(loading->tree, ways);
	}
	return right;
}

/* ---- The rule --------------------------------------------------------------------------- */

static bool load_pattern(struct loading *loading, const struct node *value, void *into)
{
	struct names_loading *at = loading->context;
	struct pattern **pattern = into;
	*pattern = pack_pattern(at->pack, value, PATTERN_ANCHORED, loading->out);
	return *pattern != NULL;
}

static const char *const repeat_names[] = {"once", "sqrt", "log", "sum", NULL};
static const char *const headline_names[] = {"known", "all", "none", NULL};

/* What needs the kinds and sets is kept as nodes and loaded after them. */
struct names_nodes {
	struct names_rule rule;
	const struct node *kinds, *sets, *classes, *alias, *unless, *back, *roles, *evidence;
	const struct node *dateline;
	int repeat, headline;
};

#define RULE(member) offsetof(struct names_nodes, rule.member)
#define NODE(member) offsetof(struct names_nodes, member)

static const struct field names_fields[] = {
	{.key = "kinds",
		.type = FIELD_NODE,
		.offset = NODE(kinds),
		.required = true,
		.help = "what a name can be; evidence may also be for none"},
	{.key = "sets",
		.type = FIELD_NODE,
		.offset = NODE(sets),
		.help = "names for unions of lists, for use in evidence"},
	{.key = "classes",
		.type = FIELD_NODE,
		.offset = NODE(classes),
		.help = "words, and {LIST} for all of a list, that say what belongs to a name"},
	{.key = "plurals",
		.type = FIELD_TEXTS,
		.offset = RULE(plurals),
		.help = "endings that a word may have beyond its list's form: s"},
	{.key = "endings",
		.type = FIELD_TEXTS,
		.offset = RULE(endings),
		.help = "a word is cut at its hyphen before a part that ends so: ed"},
	{.key = "dateline",
		.type = FIELD_NODE,
		.offset = NODE(dateline),
		.help = "pattern at the start of a block; its first group holds the towns"},
	{.key = "alias",
		.type = FIELD_NODE,
		.offset = NODE(alias),
		.help = "kind: how a short form may stand for a longer one"},
	{.key = "alias-unless",
		.type = FIELD_NODE,
		.offset = NODE(unless),
		.help = "lists whose names are no short form of an organization"},
	{.key = "alias-weight",
		.type = FIELD_NUMBER,
		.offset = RULE(alias_weight),
		.help = "share of the longer form's sum that the short one gets"},
	{.key = "back",
		.type = FIELD_NODE,
		.offset = NODE(back),
		.help = "kinds whose longer forms get what their short ones show"},
	{.key = "back-weight",
		.type = FIELD_NUMBER,
		.offset = RULE(back_weight),
		.help = "share of it"},
	{.key = "peer-weight",
		.type = FIELD_NUMBER,
		.offset = RULE(peer_weight),
		.help = "for the kind of a name beside it in an enumeration"},
	{.key = "roles",
		.type = FIELD_NODE,
		.offset = NODE(roles),
		.help = "kinds beside whose names a role is looked for"},
	{.key = "headline",
		.type = FIELD_CHOICE,
		.offset = NODE(headline),
		.choices = headline_names,
		.help = "in titles in capitals: known names only, all, or none"},
	{.key = "bind", .type = FIELD_FLAG, .offset = RULE(bind), .help = "Long Name (LN) is one"},
	{.key = "repeat",
		.type = FIELD_CHOICE,
		.offset = NODE(repeat),
		.choices = repeat_names,
		.help = "what evidence beside a name counts for when seen n times"},
	{.key = "threshold",
		.type = FIELD_NUMBER,
		.offset = RULE(threshold),
		.help = "a name with a smaller sum is none"},
	{.key = "evidence",
		.type = FIELD_NODE,
		.offset = NODE(evidence),
		.required = true,
		.help = "weighed evidence; the kind with the largest sum wins"},
	{.key = NULL},
};

/* A part of the rule that is loaded once its fields are known. */
struct part {
	const struct node *node;
	bool (*load)(struct loading *loading, const struct node *value, void *into);
	void *into;
};

static bool load_kinds(struct loading *loading, const struct node *value, void *into)
{
	return names_each(loading, value, add_kind, into);
}

static bool load_evidence(struct loading *loading, const struct node *value, void *into)
{
	(void)into;
	return names_evidence_load(loading, value);
}

static bool load_parts(struct loading *loading, const struct names_nodes *nodes)
{
	struct names_loading *at = loading->context;
	struct names_rule *rule = at->rule;
	const struct part parts[] = {
		{nodes->kinds, load_kinds, NULL},
		{nodes->classes, load_classes, NULL},
		{nodes->alias, load_links, NULL},
		{nodes->unless, load_selectors, &rule->alias_unless},
		{nodes->back, load_marks, rule->back},
		{nodes->roles, load_marks, rule->roles},
		{nodes->dateline, load_pattern, &rule->dateline},
		{nodes->evidence, load_evidence, NULL},
	};
	bool right = true;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i].node)
			right = parts[i].load(loading, parts[i].node, parts[i].into) && right;
	return right;
}

static bool is_in(const struct selector *set, const struct selector *lists)
{
	return ((set->lists & lists->lists) | (set->traits & lists->traits)) != 0;
}

static void add_evidence(struct evidence_set *set, size_t index)
{
	set->bits[index / 64] |= UINT64_C(1) << index % 64;
}

static void find_set(
	const struct names_rule *rule, const struct selector *lists, struct names_set *set)
{
	set->known = true;
	for (size_t class = 0; class < NAME_CLASSES; class ++)
		if (is_in(lists, &rule->classes[class]))
			set->classes |= CLASS_BIT(class);
	for (size_t i = 0; i < rule->evidence_count; i++)
		if (is_in(lists, &rule->evidence[i].asked))
			add_evidence(&set->asked, i);
}

const struct names_set *names_set(
	const struct names_rule *rule, const struct lexicon *lexicon, uint32_t lexeme)
{
	uint32_t number = lexicon->lexemes[lexeme].sets;
	struct names_set *set = &rule->sets[number];
	if (!set->known)
		find_set(rule, &lexicon->sets[number], set);
	return set;
}

static void make_sets(struct names_rule *rule, const struct lexicon *lexicon, struct arena *arena)
{
	rule->sets = arena_allocate(arena, (lexicon->set_count + 1) * sizeof *rule->sets);
	for (size_t i = 0; i < rule->evidence_count; i++)
		if ((rule->evidence[i].asked.lists | rule->evidence[i].asked.traits) == 0)
			add_evidence(&rule->unasked, i);
}

bool names_rule_load(struct rule_loading *at, const struct node *value)
{
	struct names_nodes nodes = {
		.rule = {.threshold = 0.75, .alias_weight = 1, .back_weight = 1, .bind = true},
		.repeat = REPEAT_SQRT};
	bool right = schema_load(at->loading, value, names_fields, "names rule", &nodes);
	struct names_rule *rule = arena_allocate(at->loading->arena, sizeof *rule);
	*rule = nodes.rule;
	rule->repeat = (enum names_repeat)nodes.repeat;
	rule->headline = (enum names_headline)nodes.headline;
	struct names_loading own = {.pack = at->pack, .rule = rule, .sets = nodes.sets};
	struct loading loading = *at->loading;
	loading.context = &own;
	right = load_parts(&loading, &nodes) && right;
	if (own.shapes.length > 0)
		rule->any_shape = pack_pattern_text(at->pack, buffer_slice(&own.shapes), 0);
	buffer_release(&own.shapes);
	make_sets(rule, at->pack->lexicon, at->pack->arena);
	at->rule->names = rule;
	return right;
}
