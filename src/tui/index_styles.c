/* The styles that an index lays over a text; see index.h. */
#include "tui/index.h"

#include <stdlib.h>

#include "rules/pack.h"

static int style_compare(const void *left, const void *right)
{
	const struct group_style *a = left, *b = right;
	return slice_compare(a->name, b->name);
}

static void add_group(struct index_styles *into, struct slice name, struct styles *styles)
{
	if (name.length == 0)
		return;
	into->groups = grow(
		into->groups, &into->group_capacity, into->group_count + 1, sizeof *into->groups);
	into->groups[into->group_count++] = (struct group_style){name, style_of(styles, name)};
}

static void add_pack(struct index_styles *into, const struct pack *pack, struct styles *styles)
{
	for (size_t i = 0; i < pack->rule_count; i++) {
		const struct match_rule *match = pack->rules[i].match;
		for (size_t g = 0; match != NULL && g < PATTERN_GROUPS; g++)
			add_group(into, match->group_styles[g], styles);
	}
}

void index_styles_init(struct index_styles *into, const struct packs *packs, struct styles *styles)
{
	*into = (struct index_styles){
		.mark = style_named(styles, "quote.mark"),
		.words = style_named(styles, "quote.text"),
		.cue = style_named(styles, "quote.cue"),
	};
	into->kinds = memory_allocate((packs->kind_count + 1) * sizeof *into->kinds);
	for (size_t i = 0; i < packs->kind_count; i++)
		into->kinds[i] = style_named(styles, packs->kinds[i].style);
	for (size_t i = 0; i < packs->count; i++)
		add_pack(into, packs->items[i], styles);
	if (into->group_count > 0)
		qsort(into->groups, into->group_count, sizeof *into->groups, style_compare);
}

void index_styles_release(struct index_styles *styles)
{
	free(styles->kinds);
	free(styles->groups);
	*styles = (struct index_styles){0};
}

style_id index_group_style(const struct index_styles *styles, struct slice name)
{
	struct group_style wanted = {.name = name};
	if (styles->group_count == 0)
		return STYLE_TEXT;
	const struct group_style *found = bsearch(&wanted, styles->groups, styles->group_count,
		sizeof *styles->groups, style_compare);
	return found != NULL ? found->style : STYLE_TEXT;
}
