/* Loading a `match` rule: the pattern, the styles of its groups, the texts it requires. */
#include <string.h>

#include "rules/first.h"
#include "rules/literals.h"
#include "rules/load.h"

static bool load_group_style(
	struct rule_loading *at, const struct node *name, const struct node *style)
{
	const struct tree *tree = at->loading->tree;
	struct slice wanted = node_text(tree, name);
	struct match_rule *match = at->rule->match;
	size_t count = pattern_group_count(match->pattern);
	const char *names[PATTERN_GROUPS] = {0};
	size_t named = 0;
	for (size_t i = 1; i <= count; i++) {
		const char *group = pattern_group_name(match->pattern, i);
		if (group && slice_is(wanted, group)) {
			match->group_styles[i - 1] = node_text(tree, style);
			return true;
		}
		if (group)
			names[named++] = group;
	}
	const char *near = nearest_of(wanted, names, named);
	node_report(tree, name, at->loading->out, "the pattern has no group '%.*s'%s%s%s",
		(int)wanted.length, wanted.bytes, near ? "; did you mean '" : "", near ? near : "",
		near ? "'?" : "");
	return false;
}

static bool load_groups(struct rule_loading *at, const struct node *groups)
{
	const struct tree *tree = at->loading->tree;
	bool good = true;
	if (!groups)
		return true;
	if (groups->kind != NODE_MAPPING) {
		node_report(tree, groups, at->loading->out,
			"'groups' must be a mapping from a group's name to a style");
		return false;
	}
	for (const struct node *name = node_child(tree, groups); name;) {
		const struct node *style = node_next(tree, name);
		good = load_group_style(at, name, style) && good;
		name = node_next(tree, style);
	}
	return good;
}

static void load_requires(struct rule_loading *at)
{
	const struct tree *tree = at->loading->tree;
	const struct node *requires = node_value(tree, at->rule->node, "requires");
	if (!requires)
		return;
	bool one = requires->kind == NODE_SCALAR;
	size_t count = one ? 1 : requires->count, i = 0;
	struct slice *literals = arena_allocate(at->pack->arena, (count + 1) * sizeof *literals);
	if (one)
		literals[i++] = node_text(tree, requires);
	for (const struct node *item = one ? NULL : node_child(tree, requires); item;
		item = node_next(tree, item))
		literals[i++] = node_text(tree, item);
	at->rule->match->literals = literals;
	at->rule->match->literal_count = i;
}

static void keep_literals(struct rule_loading *at, struct slice expanded)
{
	struct literals found;
	struct match_rule *match = at->rule->match;
	literals_infer(expanded, &found);
	struct slice *literals =
		arena_allocate(at->pack->arena, (found.count + 1) * sizeof *literals);
	for (size_t i = 0; i < found.count; i++)
		literals[i] = arena_slice(at->pack->arena, found.items[i]);
	match->literals = literals;
	match->literal_count = found.count;
}

/* The same pattern behind a look ahead for what it may begin with. */
static void look_ahead(struct rule_loading *at, struct slice expanded)
{
	struct buffer class = {0}, wrapped = {0};
	if (!slice_starts(expanded, "^") && pattern_first(expanded, &class)) {
		buffer_text(&wrapped, "(?=[");
		buffer_append(&wrapped, buffer_slice(&class));
		buffer_text(&wrapped, "])(?:");
		buffer_append(&wrapped, expanded);
		buffer_byte(&wrapped, ')');
		at->rule->match->pattern = pack_pattern_text(at->pack, buffer_slice(&wrapped), 0);
	}
	buffer_release(&class);
	buffer_release(&wrapped);
}

/* What the pattern itself tells of its matches, so that rule writers need not. */
static void infer(struct rule_loading *at, const struct node *value)
{
	struct buffer expanded = {0};
	struct diagnostics told = {0}; /* the pattern compiled: nothing is wrong with it */
	pack_expand(at->pack, value, node_text(at->loading->tree, value), &told, &expanded);
	keep_literals(at, buffer_slice(&expanded));
	look_ahead(at, buffer_slice(&expanded));
	diagnostics_release(&told);
	buffer_release(&expanded);
}

bool match_rule_load(struct rule_loading *at, const struct node *value)
{
	const struct tree *tree = at->loading->tree;
	if (value->kind != NODE_SCALAR) {
		node_report(tree, value, at->loading->out, "'match' must be a text, not %s",
			node_kind_name(value));
		return false;
	}
	struct match_rule *match = arena_allocate(at->pack->arena, sizeof *match);
	at->rule->match = match;
	match->pattern = pack_pattern(at->pack, value, 0, at->loading->out);
	if (!match->pattern)
		return false;
	infer(at, value);
	load_requires(at);
	return load_groups(at, node_value(tree, at->rule->node, "groups"));
}
