/* The words of a quote rule: what atoms a word has. */
#include <string.h>

#include "rules/quote_load.h"

/* ---- The table of words ----------------------------------------------------------------- */

static size_t word_slot(const struct quote_rule *rule, struct slice word)
{
	size_t at = (size_t)slice_hash(word) & (rule->word_slots - 1);
	while (rule->words[at] && !slice_equal(rule->words[at]->word, word))
		at = (at + 1) & (rule->word_slots - 1);
	return at;
}

static struct quote_word *add_word(struct quote_loading *at, struct slice lower)
{
	struct quote_rule *rule = at->rule;
	size_t slot = word_slot(rule, lower);
	if (!rule->words[slot]) {
		struct quote_word *word = arena_allocate(at->pack->arena, sizeof *word);
		word->word = arena_slice(at->pack->arena, lower);
		rule->words[slot] = word;
	}
	return rule->words[slot];
}

const struct atoms *quote_named_word(const struct quote_rule *rule, struct slice lower)
{
	struct quote_word *word = rule->words[word_slot(rule, lower)];
	return word ? &word->atoms : NULL;
}

static void add_class_word(struct quote_loading *at, struct slice raw, uint32_t atom)
{
	struct buffer folded = {0}, lower = {0};
	text_fold(raw, &folded);
	text_lower(buffer_slice(&folded), &lower);
	atoms_add(&add_word(at, buffer_slice(&lower))->atoms, atom);
	buffer_release(&folded);
	buffer_release(&lower);
}

/* ---- Classes ---------------------------------------------------------------------------- */

static bool load_class(struct quote_loading *at, const struct node *key, const struct node *value)
{
	const struct tree *tree = at->loading->tree;
	uint32_t atom = quote_load_atom(at, key, node_text(tree, key));
	if (atom == NO_ATOM)
		return false;
	if (value->kind == NODE_SCALAR) {
		struct quote_list *list = &at->rule->lists[at->rule->list_count++];
		list->atom = atom;
		return pack_selectors(at->pack, value, at->loading->out, &list->selector);
	}
	struct texts words;
	struct field field = {.key = "class", .type = FIELD_TEXTS};
	bool good = schema_load_value(at->loading, value, &field, &words);
	for (size_t i = 0; good && i < words.count; i++)
		add_class_word(at, words.items[i], atom);
	return good;
}

static bool load_small_words(struct quote_loading *at)
{
	struct texts words = {0};
	struct field field = {.key = "small-words", .type = FIELD_TEXTS};
	if (!at->fields.small)
		return true;
	bool good = schema_load_value(at->loading, at->fields.small, &field, &words);
	for (size_t i = 0; i < words.count; i++)
		add_class_word(at, words.items[i], ATOM_SMALL);
	return good;
}

/* ---- Suffixes, plurals ------------------------------------------------------------------ */

static const struct field suffix_fields[] = {
	{.key = "end",
		.type = FIELD_TEXTS,
		.required = true,
		.offset = offsetof(struct quote_suffix, ends),
		.help = "endings, of which the word has one"},
	{.key = "unless",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct quote_suffix, unless),
		.help = "endings of which it has none"},
	{.key = "least",
		.type = FIELD_INTEGER,
		.offset = offsetof(struct quote_suffix, least),
		.low = 0,
		.high = 100,
		.help = "letters of the shortest such word"},
	{.key = "plain",
		.type = FIELD_FLAG,
		.offset = offsetof(struct quote_suffix, plain),
		.help = "a word with nothing but this atom is still <X>"},
	{.key = NULL},
};

static bool load_suffix(struct quote_loading *at, const struct node *key, const struct node *value)
{
	struct quote_suffix *suffix = &at->rule->suffixes[at->rule->suffix_count];
	suffix->atom = quote_load_atom(at, key, node_text(at->loading->tree, key));
	struct field field = {.key = "suffix", .type = FIELD_TEXTS};
	bool good = value->kind == NODE_MAPPING
			    ? schema_load(at->loading, value, suffix_fields, "suffix", suffix)
			    : schema_load_value(at->loading, value, &field, &suffix->ends);
	if (suffix->atom == NO_ATOM || !good)
		return false;
	at->rule->suffix_count++;
	if (suffix->plain)
		atoms_add(&at->rule->plain, suffix->atom);
	return true;
}

static const struct field plural_fields[] = {
	{.key = "end",
		.type = FIELD_TEXT,
		.required = true,
		.offset = offsetof(struct quote_plural, end),
		.help = "ending of the plural"},
	{.key = "of",
		.type = FIELD_TEXT,
		.required = true,
		.offset = offsetof(struct quote_plural, of),
		.help = "ending of the word in its stead; '' for none"},
	{.key = NULL},
};

static bool load_plurals(struct quote_loading *at)
{
	const struct tree *tree = at->loading->tree;
	const struct node *endings = at->fields.plurals.endings;
	bool good = true;
	if (!endings)
		return true;
	if (endings->kind != NODE_SEQUENCE) {
		node_report(tree, endings, at->loading->out,
			"'endings' must be a list of {end: …, of: …}, not %s",
			node_kind_name(endings));
		return false;
	}
	struct quote_rule *rule = at->rule;
	rule->plurals =
		arena_allocate(at->pack->arena, (endings->count + 1) * sizeof *rule->plurals);
	for (const struct node *item = node_child(tree, endings); item;
		item = node_next(tree, item)) {
		struct quote_plural *plural = &rule->plurals[rule->plural_count];
		if (schema_load(at->loading, item, plural_fields, "ending", plural))
			rule->plural_count++;
		else
			good = false;
	}
	return good;
}

/* ---- Lists, kinds, strays --------------------------------------------------------------- */

static bool select_texts(struct quote_loading *at, const struct texts *ids, struct selector *into)
{
	bool good = true;
	for (size_t i = 0; i < ids->count; i++)
		good = pack_selector(at->pack, ids->nodes[i], at->loading->out, into) && good;
	return good;
}

static bool load_lists(struct quote_loading *at)
{
	struct selector strong = {0}, other = {0}, judge = {0};
	bool good = select_texts(at, &at->fields.cues.strong, &strong);
	good = select_texts(at, &at->fields.cues.other, &other) && good;
	good = select_texts(at, &at->fields.cues.judge, &judge) && good;
	good = select_texts(at, &at->fields.roles, &at->rule->roles) && good;
	good = select_texts(at, &at->fields.plurals.words, &at->rule->role_plurals) && good;
	good = select_texts(at, &at->fields.strays_unless, &at->rule->never_strays) && good;
	at->rule->strong_lists = strong.lists;
	at->rule->other_lists = other.lists;
	at->rule->judge_lists = judge.lists;
	return good;
}

static bool load_kind(struct quote_loading *at, const struct node *key, const struct node *value)
{
	struct quote_kind *kind = &at->rule->kinds[at->rule->kind_count];
	struct field field = {.key = "kinds", .type = FIELD_TEXTS};
	kind->atom = quote_load_atom(at, key, node_text(at->loading->tree, key));
	if (kind->atom == NO_ATOM || !schema_load_value(at->loading, value, &field, &kind->kinds))
		return false;
	at->rule->kind_count++;
	return true;
}

static bool load_possessive(struct quote_loading *at)
{
	at->rule->possessive = NO_ATOM;
	at->rule->possessive_after = at->fields.possessive.after;
	if (at->fields.possessive.as.length > 0)
		at->rule->possessive = atom_add(at->rule->language.table, at->fields.possessive.as);
	return true;
}

static size_t pair_count(const struct node *mapping)
{
	return mapping && mapping->kind == NODE_MAPPING ? mapping->count : 0;
}

/* A power of two with room for every word of the classes, and as many again. */
static size_t slots_for(struct quote_loading *at)
{
	const struct tree *tree = at->loading->tree;
	const struct node *classes = at->fields.classes;
	size_t words = ATOMS + (at->fields.small ? at->fields.small->count : 0), slots = 1024;
	if (classes && classes->kind == NODE_MAPPING)
		for (const struct node *key = node_child(tree, classes); key;
			key = node_next(tree, node_next(tree, key)))
			words += node_next(tree, key)->count;
	while (slots < words * 2)
		slots *= 2;
	return slots;
}

bool quote_words_load(struct quote_loading *at)
{
	struct quote_rule *rule = at->rule;
	struct quote_fields *fields = &at->fields;
	struct arena *arena = at->pack->arena;
	rule->word_slots = slots_for(at);
	rule->words = arena_allocate(arena, rule->word_slots * sizeof *rule->words);
	rule->lists =
		arena_allocate(arena, (pair_count(fields->classes) + 1) * sizeof *rule->lists);
	rule->suffixes =
		arena_allocate(arena, (pair_count(fields->suffixes) + 1) * sizeof *rule->suffixes);
	rule->kinds = arena_allocate(arena, (pair_count(fields->kinds) + 1) * sizeof *rule->kinds);
	for (uint32_t atom = ATOM_W; atom <= ATOM_SMALL; atom++)
		if (atom == ATOM_W || atom == ATOM_CAP || atom == ATOM_SMALL)
			atoms_add(&rule->plain, atom);
	bool good = quote_load_pairs(at, fields->classes, "classes", load_class);
	good = load_small_words(at) && good;
	good = quote_load_pairs(at, fields->suffixes, "suffixes", load_suffix) && good;
	good = quote_load_pairs(at, fields->kinds, "kinds", load_kind) && good;
	good = load_plurals(at) && good;
	good = load_possessive(at) && good;
	return load_lists(at) && good;
}

/* Gives the words that patterns name ("=said") their atoms. */
void quote_words_finish(struct quote_loading *at)
{
	struct atom_table *table = at->rule->language.table;
	const char *name;
	for (uint32_t atom = 0; (name = atom_name(table, atom)) != NULL; atom++) {
		if (name[0] != '=' || name[1] == '\0')
			continue;
		atoms_add(&add_word(at, slice_of(name + 1))->atoms, atom);
		atoms_add(&at->rule->plain, atom);
	}
}

/* ---- A word's atoms --------------------------------------------------------------------- */

static const enum verb_form form_of_column[] = {
	VERB_BASE, VERB_THIRD, VERB_PAST, VERB_ING, VERB_PAST};

static void add_verb(struct atoms *atoms, enum verb_form form, enum verb_strength strength)
{
	atoms_add(atoms, verb_atom(VERB_ANY, STRENGTH_ANY));
	atoms_add(atoms, verb_atom(VERB_ANY, strength));
	atoms_add(atoms, verb_atom(form, STRENGTH_ANY));
	atoms_add(atoms, verb_atom(form, strength));
	if (form == VERB_THIRD || form == VERB_PAST) {
		atoms_add(atoms, verb_atom(VERB_FINITE, STRENGTH_ANY));
		atoms_add(atoms, verb_atom(VERB_FINITE, strength));
	}
}

static void add_cues(const struct quote_rule *rule, const struct pack *pack, uint32_t lexeme,
	struct atoms *atoms)
{
	struct form own;
	const struct form *forms;
	uint64_t lists = rule->strong_lists | rule->other_lists | rule->judge_lists;
	if (!(lexeme_sets(pack->lexicon, lexeme)->lists & lists))
		return;
	size_t count = lexeme_forms(pack->lexicon, lexeme, &own, &forms);
	for (size_t i = 0; i < count; i++) {
		const struct form *form = &forms[i];
		uint64_t list = UINT64_C(1) << form->list;
		if (!(list & lists) ||
			form->column >= sizeof form_of_column / sizeof *form_of_column)
			continue;
		add_verb(atoms, form_of_column[form->column],
			list & rule->strong_lists  ? STRENGTH_STRONG
			: list & rule->judge_lists ? STRENGTH_JUDGE
						   : STRENGTH_ANY);
	}
}

static bool is_plural(const struct quote_rule *rule, const struct pack *pack, struct slice lower)
{
	struct buffer word = {0};
	bool found = false;
	for (size_t i = 0; i < rule->plural_count && !found; i++) {
		const struct quote_plural *plural = &rule->plurals[i];
		if (lower.length <= plural->end.length ||
			memcmp(lower.bytes + lower.length - plural->end.length, plural->end.bytes,
				plural->end.length) != 0)
			continue;
		word.length = 0;
		buffer_append(&word, slice_cut(lower, 0, lower.length - plural->end.length));
		buffer_append(&word, plural->of);
		found = lexeme_in(pack->lexicon, lexicon_find(pack->lexicon, buffer_slice(&word)),
			&rule->roles);
	}
	buffer_release(&word);
	return found;
}

static void add_role(const struct quote_rule *rule, const struct pack *pack, struct slice lower,
	uint32_t lexeme, struct atoms *atoms)
{
	if (lexeme_in(pack->lexicon, lexeme, &rule->roles)) {
		atoms_add(atoms, ATOM_RH);
		if (lexeme_in(pack->lexicon, lexeme, &rule->role_plurals))
			atoms_add(atoms, ATOM_RHS);
	} else if (is_plural(rule, pack, lower)) {
		atoms_add(atoms, ATOM_RH);
		atoms_add(atoms, ATOM_RHS);
	}
}

static bool ends_in(struct slice word, const struct texts *ends)
{
	for (size_t i = 0; i < ends->count; i++)
		if (word.length > ends->items[i].length &&
			memcmp(word.bytes + word.length - ends->items[i].length,
				ends->items[i].bytes, ends->items[i].length) == 0)
			return true;
	return false;
}

static void add_suffixes(const struct quote_rule *rule, struct slice lower, struct atoms *atoms)
{
	for (size_t i = 0; i < rule->suffix_count; i++) {
		const struct quote_suffix *suffix = &rule->suffixes[i];
		if (lower.length >= (size_t)suffix->least && ends_in(lower, &suffix->ends) &&
			!ends_in(lower, &suffix->unless))
			atoms_add(atoms, suffix->atom);
	}
}

static bool is_plain(const struct quote_rule *rule, const struct atoms *atoms)
{
	struct atoms rest = *atoms;
	atoms_remove(&rest, &rule->plain);
	return atoms_are_none(&rest);
}

static uint32_t make_set(struct quote_rule *rule, const struct pack *pack, struct slice lower,
	uint32_t lexeme, uint32_t lower_lexeme, bool capital)
{
	struct atoms atoms = {0};
	const struct atoms *named = quote_named_word(rule, lower);
	if (named)
		atoms = *named;
	atoms_add(&atoms, ATOM_W);
	if (lower_lexeme != NO_LEXEME)
		add_cues(rule, pack, lower_lexeme, &atoms);
	for (size_t i = 0; i < rule->list_count; i++)
		if (lexeme_in(pack->lexicon, lexeme, &rule->lists[i].selector))
			atoms_add(&atoms, rule->lists[i].atom);
	bool known = !is_plain(rule, &atoms);
	add_role(rule, pack, lower, lower_lexeme, &atoms);
	if (!known)
		add_suffixes(rule, lower, &atoms);
	if (is_plain(rule, &atoms))
		atoms_add(&atoms, ATOM_X);
	if (capital)
		atoms_add(&atoms, ATOM_CAP);
	return atoms_number(rule->language.table, &atoms);
}

static uint32_t digits_set(struct quote_rule *rule)
{
	struct atoms atoms = {0};
	atoms_add(&atoms, ATOM_W);
	atoms_add(&atoms, ATOM_NUM);
	return atoms_number(rule->language.table, &atoms);
}

uint32_t quote_word_set(struct quote_rule *rule, const struct pack *pack, struct slice folded,
	uint32_t lexeme, uint32_t lower, unsigned flags)
{
	bool capital = flags & QUOTE_WORD_CAPITAL, cached = !capital && lower != NO_LEXEME;
	if (flags & QUOTE_WORD_DIGIT)
		return digits_set(rule);
	if (!rule->word_sets)
		rule->word_sets = arena_allocate(pack->arena, WORD_SETS * sizeof *rule->word_sets);
	struct word_set *place = &rule->word_sets[lower % WORD_SETS];
	if (cached && place->set && place->lexeme == lower)
		return place->set - 1;
	struct buffer small = {0};
	text_lower(folded, &small);
	uint32_t set = make_set(rule, pack, buffer_slice(&small), lexeme, lower, capital);
	buffer_release(&small);
	if (cached)
		*place = (struct word_set){lower, set + 1};
	return set;
}
