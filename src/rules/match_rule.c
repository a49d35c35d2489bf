/* Loading a `match` rule: the pattern, the styles of its groups, the texts it requires. */
#include <string.h>

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

/* What is embedded says where the matches of its rules may start. */
static uint64_t infer_starts(struct pack *pack, struct slice expanded)
{
	if (pack->rule_starts)
		return pack->rule_starts[pack->rule_count];
	if (slice_starts(expanded, "^"))
		return 0;
	if (!pack->starts_builder) {
		pack->starts_builder = starts_builder_new(pack->arena);
		pack->starts = starts_builder_table(pack->starts_builder);
	}
	return starts_builder_add(pack->starts_builder, expanded);
}

/* Where a match may start, the pattern is tried; if that is anywhere, it is searched for. */
static bool keep_starts(struct rule_loading *at, struct slice expanded)
{
	struct match_rule *match = at->rule->match;
	match->starts = infer_starts(at->pack, expanded);
	if (match->starts)
		match->pattern = pack_pattern_text(at->pack, expanded, PATTERN_ANCHORED);
	return match->starts != 0;
}

/* What the pattern itself tells of its matches, so that rule writers need not. */
static void infer(struct rule_loading *at, const struct node *value)
{
	struct buffer expanded = {0};
	struct diagnostics told = {0}; /* the pattern compiled: nothing is wrong with it */
	pack_expand(at->pack, value, node_text(at->loading->tree, value), &told, &expanded);
	if (!keep_starts(at, buffer_slice(&expanded)))
		keep_literals(at, buffer_slice(&expanded));
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
