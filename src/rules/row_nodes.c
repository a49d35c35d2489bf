/* Making nodes of a row pattern's pieces: what stands in what, and what every match needs. */
#include <stdlib.h>

#include "rules/row_nodes.h"

struct building {
	struct row_pattern *pattern;
	const struct pieces *pieces;
	struct diagnostics *out;
	size_t at;
	struct row_tree *tree;
	struct row_node *nodes;      /* of the tree */
	int depth, refusing, behind; /* brackets, those of them that refuse or look behind */
	bool failed;
};

static void complain(struct building *building, size_t piece, const char *message)
{
	const struct piece *at = &building->pieces->items[piece];
	if (!building->failed)
		node_report_at(&building->pattern->language->pack->tree, at->node, at->byte,
			building->out, "%s", message);
	building->failed = true;
}

static const struct piece *next_piece(const struct building *building)
{
	bool more = building->at < building->pieces->count && !building->failed;
	return more ? &building->pieces->items[building->at] : NULL;
}

static bool is_next(const struct building *building, enum piece_kind kind)
{
	const struct piece *piece = next_piece(building);
	return piece && piece->kind == kind;
}

/* ---- Nodes ------------------------------------------------------------------------------ */

static uint16_t add_node(struct building *building, enum row_node_kind kind)
{
	struct row_tree *tree = building->tree;
	if (tree->count == ROW_NODES) {
		complain(building, building->at < building->pieces->count ? building->at : 0,
			"pattern is too long");
		tree->count--;
	}
	tree->nodes[tree->count] = (struct row_node){.kind = (uint8_t)kind};
	return (uint16_t)tree->count++;
}

static void add_child(struct building *building, uint16_t parent, uint16_t child)
{
	struct row_node *nodes = building->nodes;
	uint16_t last = nodes[parent].last;
	nodes[child].previous = last;
	if (last)
		nodes[last].next = child;
	else
		nodes[parent].first = child;
	nodes[parent].last = child;
}

static uint16_t add_around(struct building *building, enum row_node_kind kind, uint16_t child)
{
	uint16_t node = add_node(building, kind);
	add_child(building, node, child);
	return node;
}

/* ---- What stands in what ---------------------------------------------------------------- */

static uint16_t build_choice(struct building *building);

static void build_candidate(struct building *building, uint16_t node)
{
	if (building->nodes[node].predicate != 0)
		return;
	if (building->refusing > 0)
		complain(building, building->at, "<C> cannot stand where something must not stand");
	else if (building->tree->candidate)
		complain(building, building->at,
			"<C> stands in the pattern twice; there is one candidate");
	building->tree->candidate = node;
}

static uint16_t build_token(struct building *building, const struct piece *piece)
{
	uint16_t node = add_node(building, ROW_TOKEN);
	building->nodes[node].predicate = piece->predicate;
	building->nodes[node].refuses = piece->refuses;
	build_candidate(building, node);
	building->at++;
	return node;
}

static uint16_t build_group(struct building *building, const struct piece *open)
{
	size_t start = building->at++;
	bool behind = open->looks && open->behind;
	if (building->depth == ROW_DEPTH)
		complain(building, start, "brackets stand too deep in one another");
	if (open->group > 0 && building->behind > 0)
		complain(building, start, "a group cannot stand in a look behind");
	building->depth++;
	building->refusing += open->refuses;
	building->behind += behind;
	uint16_t inner = build_choice(building);
	building->depth--;
	building->refusing -= open->refuses;
	building->behind -= behind;
	if (!is_next(building, PIECE_CLOSE))
		complain(building, start, "'(' wants its ')'");
	building->at++;
	if (!open->looks && !open->atomic && open->group == 0)
		return inner;
	uint16_t node = add_around(building, open->looks ? ROW_LOOK : ROW_SEQUENCE, inner);
	building->nodes[node].refuses = open->refuses;
	building->nodes[node].behind = open->behind;
	building->nodes[node].atomic = open->atomic;
	building->nodes[node].group = open->group;
	return node;
}

static uint16_t build_plain(struct building *building, const struct piece *piece)
{
	switch ((enum piece_kind)piece->kind) {
	case PIECE_TOKEN:
		return build_token(building, piece);
	case PIECE_OPEN:
		return build_group(building, piece);
	case PIECE_QUANTITY:
		complain(building, building->at, "there is nothing in front of the quantity");
		break;
	default:
		break;
	}
	building->at++;
	return add_node(building, piece->kind == PIECE_ANY     ? ROW_ANY
				  : piece->kind == PIECE_START ? ROW_START
							       : ROW_END);
}

static uint16_t build_item(struct building *building, const struct piece *piece)
{
	uint16_t node = build_plain(building, piece);
	for (const struct piece *quantity;
		(quantity = next_piece(building)) && quantity->kind == PIECE_QUANTITY;
		building->at++) {
		if (quantity->high < quantity->low)
			complain(building, building->at, "bounds stand the wrong way round");
		node = add_around(building, ROW_REPEAT, node);
		building->nodes[node].low = quantity->low;
		building->nodes[node].high = quantity->high;
		building->nodes[node].lazy = quantity->lazy;
		building->nodes[node].atomic = quantity->atomic;
	}
	return node;
}

/* [^<Q>]*+ before <Q>: nothing could be given back, so that it need not be asked for. */
static void free_repeat(struct building *building, uint16_t index)
{
	const struct row_language *language = building->pattern->language;
	struct row_node *nodes = building->nodes, *repeat = &nodes[index];
	const struct row_node *child = &nodes[repeat->first], *next = &nodes[repeat->next];
	if (!repeat->atomic || repeat->kind != ROW_REPEAT || child->kind != ROW_TOKEN ||
		!child->refuses || !repeat->next || next->kind != ROW_TOKEN || next->refuses ||
		repeat->high != MANY)
		return;
	struct atoms more = *row_predicate_atoms(language, next->predicate);
	atoms_remove(&more, row_predicate_atoms(language, child->predicate));
	repeat->atomic = !atoms_are_none(&more);
}

static uint16_t build_sequence(struct building *building)
{
	uint16_t sequence = add_node(building, ROW_SEQUENCE);
	const struct piece *piece;
	while ((piece = next_piece(building)) && piece->kind != PIECE_OR &&
		piece->kind != PIECE_CLOSE)
		add_child(building, sequence, build_item(building, piece));
	for (uint16_t child = building->nodes[sequence].first; child;
		child = building->nodes[child].next)
		free_repeat(building, child);
	return sequence;
}

/* A sequence of one is that one. */
static uint16_t build_branch(struct building *building)
{
	uint16_t sequence = build_sequence(building);
	const struct row_node *node = &building->nodes[sequence];
	return node->first && node->first == node->last ? node->first : sequence;
}

/* A choice of single tokens is one that asks for any of them. */
static void join_tokens(struct building *building, uint16_t choice)
{
	struct row_node *nodes = building->nodes;
	struct row_language *language = building->pattern->language;
	struct atoms any = {0};
	for (uint16_t child = nodes[choice].first; child; child = nodes[child].next) {
		if (nodes[child].kind != ROW_TOKEN || nodes[child].refuses ||
			child == building->tree->candidate)
			return;
		atoms_join(&any, row_predicate_atoms(language, nodes[child].predicate));
	}
	uint16_t predicate = row_predicate(language, &any);
	if (predicate != NO_PREDICATE)
		nodes[choice] = (struct row_node){.kind = ROW_TOKEN, .predicate = predicate};
}

static uint16_t build_choice(struct building *building)
{
	uint16_t first = build_branch(building);
	if (!is_next(building, PIECE_OR))
		return first;
	uint16_t choice = add_around(building, ROW_CHOICE, first);
	while (is_next(building, PIECE_OR)) {
		building->at++;
		add_child(building, choice, build_branch(building));
	}
	join_tokens(building, choice);
	return choice;
}

/* ---- What every match needs ------------------------------------------------------------- */

struct needs {
	struct atoms items[ROW_NEEDS];
	size_t count;
};

static void need(struct needs *needs, const struct atoms *atoms)
{
	for (size_t i = 0; i < needs->count; i++)
		if (atoms_equal(&needs->items[i], atoms))
			return;
	if (needs->count < ROW_NEEDS)
		needs->items[needs->count++] = *atoms;
}

struct finding {
	const struct row_language *language;
	const struct row_node *nodes;
};

static void find_needs(const struct finding *in, uint16_t index, struct needs *needs);

/* One of what each branch begins to need. */
static void find_choice_needs(
	const struct finding *in, const struct row_node *choice, struct needs *needs)
{
	struct atoms any = {0};
	for (uint16_t child = choice->first; child; child = in->nodes[child].next) {
		struct needs branch = {0};
		find_needs(in, child, &branch);
		if (branch.count == 0)
			return;
		atoms_join(&any, &branch.items[0]);
	}
	need(needs, &any);
}

static void find_needs(const struct finding *in, uint16_t index, struct needs *needs)
{
	const struct row_node *node = &in->nodes[index];
	if (node->kind == ROW_TOKEN && !node->refuses)
		need(needs, row_predicate_atoms(in->language, node->predicate));
	else if (node->kind == ROW_CHOICE)
		find_choice_needs(in, node, needs);
	else if (!node->refuses && (node->kind != ROW_REPEAT || node->low > 0))
		for (uint16_t child = node->first; child; child = in->nodes[child].next)
			find_needs(in, child, needs);
}

static void note_needs(struct row_pattern *pattern, const struct row_tree *tree)
{
	struct needs needs = {0};
	find_needs(&(struct finding){pattern->language, tree->nodes}, 0, &needs);
	for (size_t i = 0; i < needs.count; i++) {
		if (atoms_meet(&needs.items[i], &pattern->language->always))
			continue;
		uint16_t predicate = row_predicate(pattern->language, &needs.items[i]);
		if (predicate != NO_PREDICATE)
			pattern->needs[pattern->need_count++] = predicate;
	}
}

/* ---- Public ----------------------------------------------------------------------------- */

/* The root is a sequence, whatever else stands in it. */
static void build_root(struct building *building)
{
	uint16_t root = add_node(building, ROW_SEQUENCE), whole = build_choice(building);
	struct row_node *nodes = building->nodes;
	if (nodes[whole].kind != ROW_SEQUENCE || nodes[whole].atomic || nodes[whole].group) {
		add_child(building, root, whole);
		return;
	}
	nodes[root].first = nodes[whole].first;
	nodes[root].last = nodes[whole].last;
}

bool row_build(struct row_pattern *pattern, const struct pieces *pieces, struct row_tree *tree,
	struct diagnostics *out)
{
	struct building building = {.pattern = pattern,
		.pieces = pieces,
		.out = out,
		.tree = tree,
		.nodes = tree->nodes};
	tree->count = 0;
	tree->candidate = 0;
	build_root(&building);
	if (next_piece(&building))
		complain(&building, building.at, "')' has no '('");
	if (!building.failed)
		note_needs(pattern, tree);
	return !building.failed;
}

struct row_pattern *row_pattern_new(
	struct row_language *language, const struct node *node, struct diagnostics *out)
{
	struct row_pattern *pattern = arena_allocate(language->pack->arena, sizeof *pattern);
	struct row_tree *tree = memory_resize(NULL, sizeof *tree);
	struct pieces pieces = {0};
	pattern->language = language;
	bool good = row_read(pattern, node, &pieces, out) && row_build(pattern, &pieces, tree, out);
	if (good && !row_link(pattern, tree)) {
		good = false;
		node_report(&language->pack->tree, node, out,
			"patterns of a rule are too long, all together");
	}
	free(tree);
	free(pieces.items);
	return good ? pattern : NULL;
}

bool row_pattern_asks_candidate(const struct row_pattern *pattern)
{
	return pattern->asks;
}

struct span row_pattern_group(
	const struct row_pattern *pattern, const struct match *match, enum row_group meaning)
{
	for (size_t i = 0; i < pattern->group_count; i++)
		if (pattern->groups[i] == meaning && match->groups[i].start != NOWHERE)
			return match->groups[i];
	return (struct span){NOWHERE, NOWHERE};
}
