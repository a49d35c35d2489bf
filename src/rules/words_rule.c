/* Loading a `words` rule: inline words go into the pack's lexicon before it is built, so that the
 * rule itself is a selector of lexemes. */
#include <string.h>

#include "rules/load.h"

static bool is_entry_mapping(const struct tree *tree, const struct node *item)
{
	return item->kind == NODE_MAPPING && node_value(tree, item, "name");
}

/* An inline word as a line of a list: NAME<TAB>alias… */
static void append_line(const struct tree *tree, const struct node *item, struct buffer *line)
{
	if (item->kind == NODE_SCALAR) {
		buffer_append(line, node_text(tree, item));
	} else if (is_entry_mapping(tree, item)) {
		buffer_append(line, node_text(tree, node_value(tree, item, "name")));
		const struct node *aliases = node_value(tree, item, "aliases");
		for (const struct node *alias = aliases ? node_child(tree, aliases) : NULL; alias;
			alias = node_next(tree, alias)) {
			buffer_byte(line, '\t');
			buffer_append(line, node_text(tree, alias));
		}
	}
	buffer_byte(line, '\n');
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
	struct buffer lines = {0}, name = {0};
	struct slice id_text = node_text(tree, id);
	for (const struct node *item = node_child(tree, words); item; item = node_next(tree, item))
		append_line(tree, item, &lines);
	buffer_format(&name, "rule:%.*s", (int)id_text.length, id_text.bytes);
	lexicon_builder_add(builder, name.bytes, buffer_slice(&lines), tree->path, loading->out);
	buffer_release(&lines);
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
