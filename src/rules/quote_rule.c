/* Loading a `quote` rule; see quote_rule.h.
 *
 * Order matters: atoms are named by C, then by classes, suffixes, kinds and folds; aliases name
 * unions of those; only then patterns are read, which may name any of them. Words that patterns
 * name become atoms as they are read, so the table of words is finished last.
 */
#include <string.h>

#include "rules/quote_load.h"

/* ---- Fields ----------------------------------------------------------------------------- */

static const struct field cue_fields[] = {
	{.key = "strong",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct quote_fields, cues.strong),
		.help = "lists of verbs of reporting; columns: base, third person, past, present "
			"and "
			"past participle"},
	{.key = "other",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct quote_fields, cues.other),
		.help = "lists of verbs that may bring a quote"},
	{.key = "judge",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct quote_fields, cues.judge),
		.help = "lists of verbs of judging: X calls Y …"},
	{.key = NULL},
};

static const struct field plurals_fields[] = {
	{.key = "words",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct quote_fields, plurals.words),
		.help = "lists of role heads that are plurals by themselves"},
	{.key = "endings",
		.type = FIELD_NODE,
		.offset = offsetof(struct quote_fields, plurals.endings),
		.help = "a list of {end, of}: what a plural's ending stands for, the first that "
			"fits"},
	{.key = NULL},
};

static const struct field possessive_fields[] = {
	{.key = "as",
		.type = FIELD_TEXT,
		.required = true,
		.offset = offsetof(struct quote_fields, possessive.as),
		.help = "the atom of a lone apostrophe behind a name"},
	{.key = "after",
		.type = FIELD_TEXT,
		.required = true,
		.offset = offsetof(struct quote_fields, possessive.after),
		.help = "the letter in which that name ends"},
	{.key = NULL},
};

static const struct field candidate_fields[] = {
	{.key = "sentence",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct quote_fields, candidates.sentence),
		.help = "atoms of the candidates in the quote's sentence"},
	{.key = "paragraph",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct quote_fields, candidates.paragraph),
		.help = "… in the rest of its paragraph"},
	{.key = "paragraph-before",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct quote_fields, candidates.before),
		.help = "… in the paragraph before"},
	{.key = "nobody",
		.type = FIELD_FLAG,
		.offset = offsetof(struct quote_fields, candidates.nobody),
		.help = "nobody is a candidate, too"},
	{.key = "sure",
		.type = FIELD_NUMBER,
		.offset = offsetof(struct quote_fields, candidates.sure),
		.low = 0.01,
		.high = 1,
		.help = "a step of this confidence decides alone, unless a voting step "
			"contradicts"},
	{.key = NULL},
};

static const struct field quote_fields[] = {
	{.key = "pairs",
		.type = FIELD_NODE,
		.required = true,
		.offset = offsetof(struct quote_fields, pairs),
		.help = "pairs of quote marks"},
	{.key = "cues", .type = FIELD_STRUCT, .fields = cue_fields, .help = "lists of verbs"},
	{.key = "roles",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct quote_fields, roles),
		.help = "lists of the nouns that end a role phrase"},
	{.key = "plurals",
		.type = FIELD_STRUCT,
		.fields = plurals_fields,
		.help = "what plurals of roles look like"},
	{.key = "classes",
		.type = FIELD_NODE,
		.offset = offsetof(struct quote_fields, classes),
		.help = "an atom: its words, or the id of a list"},
	{.key = "suffixes",
		.type = FIELD_NODE,
		.offset = offsetof(struct quote_fields, suffixes),
		.help = "an atom: the endings of other words that have it"},
	{.key = "small-words",
		.type = FIELD_NODE,
		.offset = offsetof(struct quote_fields, small),
		.help = "words that title case leaves small"},
	{.key = "possessive",
		.type = FIELD_STRUCT,
		.fields = possessive_fields,
		.help = "what a lone apostrophe is"},
	{.key = "kinds",
		.type = FIELD_NODE,
		.offset = offsetof(struct quote_fields, kinds),
		.help = "an atom: kinds whose finds are one token with it, and no mention"},
	{.key = "strays",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct quote_fields, strays),
		.help = "atoms of capitalised words that are no mention"},
	{.key = "strays-unless",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct quote_fields, strays_unless),
		.help = "lists whose words are none of them"},
	{.key = "aliases",
		.type = FIELD_NODE,
		.offset = offsetof(struct quote_fields, aliases),
		.help = "a name for several atoms"},
	{.key = "vars",
		.type = FIELD_NODE,
		.offset = offsetof(struct quote_fields, vars),
		.help = "fragments of row patterns, used as {{name}}"},
	{.key = "folds",
		.type = FIELD_NODE,
		.offset = offsetof(struct quote_fields, folds),
		.help = "what is rewritten in every sentence before the steps"},
	{.key = "speakers",
		.type = FIELD_NODE,
		.required = true,
		.offset = offsetof(struct quote_fields, speakers),
		.help = "steps, each over all undecided quotes before the next"},
	{.key = "candidates",
		.type = FIELD_STRUCT,
		.fields = candidate_fields,
		.help = "which tokens may speak; with them the steps only propose"},
	{.key = "evidence",
		.type = FIELD_NODE,
		.offset = offsetof(struct quote_fields, evidence),
		.help = "weights for and against a candidate"},
	{.key = "rejects",
		.type = FIELD_NODE,
		.offset = offsetof(struct quote_fields, rejects),
		.help = "what is no quote after all"},
	{.key = "joins",
		.type = FIELD_NODE,
		.offset = offsetof(struct quote_fields, joins),
		.help = "which neighbours are segments of one quote"},
	{.key = NULL},
};

/* ---- Helpers ---------------------------------------------------------------------------- */

uint32_t quote_load_atom(struct quote_loading *at, const struct node *node, struct slice name)
{
	uint32_t atom = NO_ATOM;
	if (name.length == 0 || name.bytes[0] == '=')
		node_report(at->loading->tree, node, at->loading->out,
			"an atom needs a name that does not begin with '='");
	else if ((atom = atom_add(at->rule->language.table, name)) == NO_ATOM)
		node_report(at->loading->tree, node, at->loading->out,
			"rule names more than %zu atoms and words", ATOMS);
	return atom;
}

static const char *atom_to_offer(const void *of, size_t i)
{
	const struct row_language *language = of;
	const char *name = atom_name(language->table, (uint32_t)i);
	if (name || i < ATOMS)
		return name;
	return NULL;
}

static bool add_atom_or_alias(struct quote_loading *at, struct slice name, struct atoms *into)
{
	struct row_language *language = &at->rule->language;
	for (size_t i = 0; i < language->alias_count; i++) {
		if (!slice_equal(language->aliases[i].name, name))
			continue;
		atoms_join(into, &language->aliases[i].atoms);
		return true;
	}
	uint32_t atom = atom_find(language->table, name);
	if (atom == NO_ATOM)
		return false;
	atoms_add(into, atom);
	return true;
}

bool quote_load_atoms(struct quote_loading *at, const struct texts *names, struct atoms *into)
{
	bool good = true;
	for (size_t i = 0; i < names->count; i++) {
		struct slice name = names->items[i];
		if (add_atom_or_alias(at, name, into))
			continue;
		const char *near = nearest(name, atom_to_offer, &at->rule->language);
		node_report(at->loading->tree, names->nodes[i], at->loading->out,
			"no atom or alias '%.*s'%s%s%s", (int)name.length, name.bytes,
			near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
		good = false;
	}
	return good;
}

bool quote_load_pairs(struct quote_loading *at, const struct node *mapping, const char *what,
	bool (*each)(struct quote_loading *at, const struct node *key, const struct node *value))
{
	const struct tree *tree = at->loading->tree;
	bool good = true;
	if (!mapping)
		return true;
	if (mapping->kind != NODE_MAPPING) {
		node_report(tree, mapping, at->loading->out, "'%s' must be a mapping, not %s", what,
			node_kind_name(mapping));
		return false;
	}
	for (const struct node *key = node_child(tree, mapping); key;) {
		const struct node *value = node_next(tree, key);
		good = each(at, key, value) && good;
		key = node_next(tree, value);
	}
	return good;
}

/* ---- Sections and patterns ------------------------------------------------------------- */

bool quote_load_section(
	struct quote_loading *at, const struct section *section, void *into, size_t *count)
{
	const struct tree *tree = at->loading->tree;
	bool good = true;
	char **items = into;
	if (!section->node)
		return true;
	if (section->node->kind != NODE_SEQUENCE) {
		node_report(tree, section->node, at->loading->out, "'%s' must be a list, not %s",
			section->name, node_kind_name(section->node));
		return false;
	}
	*items = arena_allocate(at->pack->arena, (section->node->count + 1) * section->size);
	for (const struct node *item = node_child(tree, section->node); item;
		item = node_next(tree, item)) {
		if (section->limit && *count == section->limit) {
			node_report(tree, item, at->loading->out, "'%s' has more than %zu items",
				section->name, section->limit);
			return false;
		}
		if (section->load(at, item, *items + *count * section->size))
			++*count;
		else
			good = false;
	}
	return good;
}

bool quote_load_patterns(
	struct quote_loading *at, const struct node *node, struct row_patterns *into)
{
	const struct tree *tree = at->loading->tree;
	bool list = node && node->kind == NODE_SEQUENCE, good = true;
	if (!node)
		return true;
	into->items = arena_allocate(
		at->pack->arena, (list ? node->count + 1u : 1u) * sizeof *into->items);
	for (const struct node *item = list ? node_child(tree, node) : node; item;
		item = list ? node_next(tree, item) : NULL) {
		struct row_pattern *pattern =
			row_pattern_new(&at->rule->language, item, at->loading->out);
		if (pattern)
			into->items[into->count++] = pattern;
		else
			good = false;
	}
	return good;
}

/* ---- Marks ------------------------------------------------------------------------------ */

static const struct field mark_fields[] = {
	{.key = "open",
		.type = FIELD_TEXT,
		.required = true,
		.offset = offsetof(struct quote_marks, open),
		.help = "the opening mark"},
	{.key = "close",
		.type = FIELD_TEXT,
		.required = true,
		.offset = offsetof(struct quote_marks, close),
		.help = "the closing mark"},
	{.key = "family",
		.type = FIELD_TEXT,
		.offset = offsetof(struct quote_marks, family),
		.help = "pairs of one family may close one another; others nest"},
	{.key = "apostrophe",
		.type = FIELD_TEXT,
		.offset = offsetof(struct quote_marks, apostrophe),
		.help = "the closing mark, where it may be an apostrophe as well"},
	{.key = "reopen",
		.type = FIELD_FLAG,
		.offset = offsetof(struct quote_marks, reopen),
		.help = "a quote that goes on opens every paragraph anew"},
	{.key = NULL},
};

static bool load_marks(struct quote_loading *at, const struct node *item, void *into)
{
	struct quote_marks *marks = into;
	if (!schema_load(at->loading, item, mark_fields, "pair", marks))
		return false;
	if (marks->open.length == 0 || marks->close.length == 0) {
		node_report(at->loading->tree, item, at->loading->out,
			"a pair needs an opening and a closing mark");
		return false;
	}
	if (marks->family.length == 0)
		marks->family = marks->open;
	at->rule->mark_bytes[(unsigned char)marks->open.bytes[0]] = true;
	at->rule->mark_bytes[(unsigned char)marks->close.bytes[0]] = true;
	return true;
}

/* ---- Folds ------------------------------------------------------------------------------ */

struct fold_fields {
	struct slice id;
	const struct node *pattern;
	struct texts as;
	bool drop;
};

static const struct field fold_fields[] = {
	{.key = "id",
		.type = FIELD_TEXT,
		.required = true,
		.offset = offsetof(struct fold_fields, id),
		.help = "its name, for why"},
	{.key = "pattern",
		.type = FIELD_NODE,
		.required = true,
		.offset = offsetof(struct fold_fields, pattern),
		.help = "what becomes one token; a list is tried in order"},
	{.key = "as",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct fold_fields, as),
		.help = "atoms of that token; without it those of the group head"},
	{.key = "drop",
		.type = FIELD_FLAG,
		.offset = offsetof(struct fold_fields, drop),
		.help = "it becomes nothing"},
	{.key = NULL},
};

static bool load_fold(struct quote_loading *at, const struct node *item, void *into)
{
	struct quote_fold *fold = into;
	struct fold_fields fields = {0};
	if (!schema_load(at->loading, item, fold_fields, "fold", &fields))
		return false;
	fold->id = arena_text(at->pack->arena, fields.id);
	fold->drop = fields.drop;
	fold->as = NO_SET;
	if (fields.as.count > 0) {
		struct atoms atoms = {0};
		quote_load_atoms(at, &fields.as, &atoms);
		fold->as = atoms_number(at->rule->language.table, &atoms);
	}
	return quote_load_patterns(at, fields.pattern, &fold->patterns);
}

/* The atoms that folds make are known before any pattern is read. */
static void name_fold_atoms(struct quote_loading *at)
{
	const struct tree *tree = at->loading->tree;
	const struct node *folds = at->fields.folds;
	if (!folds || folds->kind != NODE_SEQUENCE)
		return;
	for (const struct node *fold = node_child(tree, folds); fold;
		fold = node_next(tree, fold)) {
		const struct node *as =
			fold->kind == NODE_MAPPING ? node_value(tree, fold, "as") : NULL;
		const struct node *name =
			as && as->kind == NODE_SEQUENCE ? node_child(tree, as) : as;
		for (; name; name = as->kind == NODE_SEQUENCE ? node_next(tree, name) : NULL)
			if (name->kind == NODE_SCALAR)
				quote_load_atom(at, name, node_text(tree, name));
	}
}

static bool load_alias(struct quote_loading *at, const struct node *key, const struct node *value)
{
	struct row_language *language = &at->rule->language;
	struct texts names = {0};
	struct atom_alias alias = {.name = node_text(at->loading->tree, key)};
	struct field field = {.key = "alias", .type = FIELD_TEXTS};
	bool good = schema_load_value(at->loading, value, &field, &names) &&
		    quote_load_atoms(at, &names, &alias.atoms);
	if (good)
		language->aliases[language->alias_count++] = alias;
	return good;
}

/* ---- The rule --------------------------------------------------------------------------- */

static void name_fixed_atoms(struct atom_table *table)
{
	static const char *const forms[] = {"V", "VX", "VB", "VS", "VD", "VG"};
	static const char *const strengths[] = {"", "+", "J"};
	static const char *const traits[] = {"", ",", ".", "?", "T", "c", "o"};
	static const char *const others[] = {
		"C", "P", "O", "M", "S", "PP", "W", "X", "NUM", "CAP", "RH", "RHS", "SMALL"};
	struct buffer name = {0};
	for (size_t i = 0; i < 14; i++) {
		name.length = 0;
		buffer_format(&name, "%c%s", i < 7 ? 'Q' : 'K', traits[i % 7]);
		atom_add(table, buffer_slice(&name));
	}
	for (size_t i = 0; i < 18; i++) {
		name.length = 0;
		buffer_format(&name, "%s%s", forms[i / 3], strengths[i % 3]);
		atom_add(table, buffer_slice(&name));
	}
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		atom_add(table, slice_of(others[i]));
	buffer_release(&name);
}

static bool load_language(struct quote_loading *at)
{
	struct quote_rule *rule = at->rule;
	const struct node *aliases = at->fields.aliases;
	rule->language.vars = at->fields.vars;
	if (rule->language.vars && rule->language.vars->kind != NODE_MAPPING) {
		node_report(at->loading->tree, rule->language.vars, at->loading->out,
			"'vars' must be a mapping from a name to a fragment");
		rule->language.vars = NULL;
	}
	bool good = quote_words_load(at);
	name_fold_atoms(at);
	rule->language.aliases = arena_allocate(at->pack->arena,
		((aliases ? aliases->count : 0) + 1) * sizeof *rule->language.aliases);
	good = quote_load_pairs(at, aliases, "aliases", load_alias) && good;
	return quote_load_atoms(at, &at->fields.strays, &rule->strays) && good;
}

static bool load_sections(struct quote_loading *at)
{
	struct quote_rule *rule = at->rule;
	struct section pairs = {at->fields.pairs, "pairs", sizeof *rule->marks, 0, load_marks};
	struct section folds = {at->fields.folds, "folds", sizeof *rule->folds, 0, load_fold};
	bool good = quote_load_section(at, &pairs, &rule->marks, &rule->mark_count);
	good = quote_load_section(at, &folds, &rule->folds, &rule->fold_count) && good;
	return quote_steps_load(at) && good;
}

static bool load_candidates(struct quote_loading *at)
{
	struct quote_candidates *candidates = &at->rule->candidates;
	candidates->nobody = at->fields.candidates.nobody;
	candidates->sure = at->fields.candidates.sure;
	bool good = quote_load_atoms(at, &at->fields.candidates.sentence, &candidates->sentence);
	good = quote_load_atoms(at, &at->fields.candidates.paragraph, &candidates->paragraph) &&
	       good;
	good = quote_load_atoms(at, &at->fields.candidates.before, &candidates->before) && good;
	candidates->given = !atoms_are_none(&candidates->sentence);
	return good;
}

bool quote_rule_load(struct rule_loading *from, const struct node *value)
{
	struct quote_rule *rule = arena_allocate(from->pack->arena, sizeof *rule);
	struct quote_loading at = {.fields.candidates.sure = 1,
		.pack = from->pack,
		.loading = from->loading,
		.rule = rule};
	from->rule->quote = rule;
	rule->language.pack = from->pack;
	rule->language.table = atom_table_new(from->pack->arena);
	rule->language.candidate = ATOM_C;
	row_language_init(&rule->language, from->pack->arena);
	atoms_add(&rule->language.always, ATOM_Q);
	atoms_add(&rule->language.always, ATOM_C);
	name_fixed_atoms(rule->language.table);
	if (!schema_load(from->loading, value, quote_fields, "quote", &at.fields))
		return false;
	bool good = load_language(&at);
	good = load_sections(&at) && good;
	good = load_candidates(&at) && good;
	quote_words_finish(&at);
	return good;
}
