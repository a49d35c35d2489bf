/* Loading a `words` rule: inline words go into the pack's lexicon before it is built, so that the
 * rule itself is a selector of lexemes. */
#include <stdlib.h>
#include <string.h>

#include "rules/load.h"

static bool is_entry_mapping(const struct tree *tree, const struct node *item)
{
	return item->kind == NODE_MAPPING && node_value(tree, item, "name");
}

/* An inline word is an entry by itself: nothing in it divides fields or begins a comment. */
static bool gather_word(struct lexicon_builder *builder, const char *id, const struct tree *tree,
	const struct node *item)
{
	struct slice *forms = NULL;
	size_t count = 0, capacity = 0;
	bool named = is_entry_mapping(tree, item);
	if (!named && item->kind != NODE_SCALAR)
		return true; /* what is loaded from it tells */
	const struct node *name = named ? node_value(tree, item, "name") : item;
	const struct node *aliases = named ? node_value(tree, item, "aliases") : NULL;
	forms = grow(forms, &capacity, 1, sizeof *forms);
	forms[count++] = node_text(tree, name);
	for (const struct node *alias = aliases ? node_child(tree, aliases) : NULL; alias;
		alias = node_next(tree, alias)) {
		forms = grow(forms, &capacity, count + 1, sizeof *forms);
		forms[count++] = node_text(tree, alias);
	}
	bool room = lexicon_builder_entry(builder, id, forms, count);
	free(forms);
	return room;
}

static void gather(
	struct loading *loading, struct lexicon_builder *builder, const struct node *rule)
{
	const struct tree *tree = loading->tree;
	if (rule->kind != NODE_MAPPING)
		return;
	const struct node *id = node_value(tree, rule, "id");
	const struct node *words = node_value(tree, rule, "words");
	if (!id || !words || words->kind != NODE_SEQUENCE)
		return;
	bool room = true;
	struct buffer name = {0};
	struct slice id_text = node_text(tree, id);
	buffer_format(&name, "rule:%.*s", (int)id_text.length, id_text.bytes);
	for (const struct node *item = node_child(tree, words); item && room;
		item = node_next(tree, item))
		room = gather_word(builder, name.bytes, tree, item);
	if (!room)
		node_report(tree, words, loading->out, LISTS_FULL, LEXICON_LISTS);
	buffer_release(&name);
}

void rules_gather_words(
	struct loading *loading, struct lexicon_builder *builder, const struct node *rules)
{
	if (!rules || rules->kind != NODE_SEQUENCE)
		return;
	for (const struct node *rule = node_child(loading->tree, rules); rule;
		rule = node_next(loading->tree, rule))
		gather(loading, builder, rule);
}

static bool check_items(struct rule_loading *at, const struct node *words)
{
	const struct tree *tree = at->loading->tree;
	bool good = true;
	if (words->kind != NODE_SEQUENCE) {
		node_report(tree, words, at->loading->out, "'words' must be a list, not %s",
			node_kind_name(words));
		return false;
	}
	for (const struct node *item = node_child(tree, words); item;
		item = node_next(tree, item)) {
		if (item->kind == NODE_SCALAR || is_entry_mapping(tree, item))
			continue;
		node_report(tree, item, at->loading->out,
			"a word must be a text or {name: …, aliases: […]}");
		good = false;
	}
	return good;
}

bool words_rule_load(struct rule_loading *at, const struct node *value)
{
	(void)value;
	const struct tree *tree = at->loading->tree;
	struct pack *pack = at->pack;
	const struct node *words = node_value(tree, at->rule->node, "words");
	const struct node *list = node_value(tree, at->rule->node, "list");
	struct words_rule *rule = arena_allocate(pack->arena, sizeof *rule);
	at->rule->words = rule;
	bool good = !words || check_items(at, words);
	if (words && good)
		lexicon_selector(pack->lexicon,
			slice_of(arena_format(pack->arena, "rule:%s", at->rule->id)),
			&rule->selector);
	return (!list || pack_selectors(pack, list, at->loading->out, &rule->selector)) && good;
}
