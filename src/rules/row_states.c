/* States: a row pattern's nodes as what remains to be matched.
 *
 * Each node is put before the state of what follows it, from the pattern's end to its beginning.
 * Equal states are kept once, so that patterns which end alike share their ends. A state that notes
 * a group has the same places as the one behind it: `value` leads past such states, to those that
 * are the same in patterns with other groups.
 */
#include <stddef.h>
#include <string.h>

#include "rules/row_nodes.h"

enum direction { BACKWARDS, FORWARDS };

struct linking {
	struct row_states *states;
	const struct row_tree *tree;
	uint8_t depth; /* loops around */
	bool full;
};

/* ---- One of each ------------------------------------------------------------------------ */

static void make_room(struct row_states *states);

void row_states_init(struct row_language *language, struct arena *arena)
{
	struct row_states *states = arena_allocate(arena, sizeof *states);
	states->arena = arena;
	language->states = states;
	make_room(states);
	states->count = 1;
}

static size_t slot_of(const struct row_states *states, const struct row_state *state)
{
	struct slice bytes = {(const char *)state, offsetof(struct row_state, last)};
	size_t mask = states->slot_count - 1, at = (size_t)slice_hash(bytes) & mask;
	while (states->slots[at] &&
		memcmp(&states->items[states->slots[at] - 1], state, bytes.length) != 0)
		at = (at + 1) & mask;
	return at;
}

/* The outgrown arrays stay in the arena: together they are no larger than the last ones. */
static void make_room(struct row_states *states)
{
	if (states->count < states->capacity)
		return;
	size_t capacity = states->capacity ? states->capacity * 2 : 1024;
	struct row_state *items = arena_allocate(states->arena, capacity * sizeof *items);
	if (states->count > 0)
		memcpy(items, states->items, states->count * sizeof *items);
	states->items = items;
	states->capacity = capacity;
	states->slot_count = capacity * 2;
	states->slots = arena_allocate(states->arena, states->slot_count * sizeof *states->slots);
	for (size_t i = 0; i < states->count; i++)
		states->slots[slot_of(states, &items[i])] = (uint16_t)(i + 1);
}

static uint16_t append(struct linking *linking, const struct row_state *state)
{
	struct row_states *states = linking->states;
	if (states->count == ROW_STATES) {
		linking->full = true;
		return 0;
	}
	make_room(states);
	states->items[states->count] = *state;
	states->slots[slot_of(states, state)] = (uint16_t)(states->count + 1);
	return (uint16_t)states->count++;
}

static uint16_t find_or_append(struct linking *linking, const struct row_state *state)
{
	const struct row_states *states = linking->states;
	uint16_t found = states->slots[slot_of(states, state)];
	return found ? (uint16_t)(found - 1) : append(linking, state);
}

static uint16_t value_of(const struct linking *linking, uint16_t state)
{
	return linking->states->items[state].value;
}

static uint16_t add_state(struct linking *linking, struct row_state state)
{
	struct row_state bare = state;
	state.value = 0;
	uint16_t index = find_or_append(linking, &state);
	if (linking->full || linking->states->items[index].value)
		return index;
	bare.next = value_of(linking, state.next);
	bare.other = value_of(linking, state.other);
	uint16_t value = bare.next;
	if (state.kind != STATE_OPEN && state.kind != STATE_CLOSE) {
		value = find_or_append(linking, &bare);
		linking->states->items[value].value = value;
	}
	linking->states->items[index].value = value;
	return index;
}

/* ---- From nodes to states --------------------------------------------------------------- */

static uint16_t link_node(struct linking *linking, const struct row_node *node,
	enum direction direction, uint16_t next);

static const struct row_node *node_at(const struct linking *linking, uint16_t index)
{
	return index ? &linking->tree->nodes[index] : NULL;
}

static bool is_token(const struct row_node *node)
{
	return node->kind == ROW_TOKEN || node->kind == ROW_ANY;
}

static struct row_state token_state(
	const struct row_node *node, enum direction direction, uint16_t next)
{
	return (struct row_state){.kind = STATE_TOKEN,
		.forwards = direction == FORWARDS,
		.refuses = node->refuses,
		.predicate = node->kind == ROW_ANY ? NO_PREDICATE : node->predicate,
		.next = next};
}

static uint16_t link_children(struct linking *linking, const struct row_node *node,
	enum direction direction, uint16_t next)
{
	bool back = direction == BACKWARDS;
	for (const struct row_node *child = node_at(linking, back ? node->last : node->first);
		child; child = node_at(linking, back ? child->previous : child->next))
		next = link_node(linking, child, direction, next);
	return next;
}

static uint16_t link_choice(struct linking *linking, const struct row_node *node,
	enum direction direction, uint16_t next)
{
	const struct row_node *child = node_at(linking, node->last);
	uint16_t all = link_node(linking, child, direction, next);
	while ((child = node_at(linking, child->previous)) != NULL)
		all = add_state(linking, (struct row_state){.kind = STATE_EITHER,
						 .next = link_node(linking, child, direction, next),
						 .other = all});
	return all;
}

static uint16_t link_look(struct linking *linking, const struct row_node *node, uint16_t next)
{
	enum direction direction = node->behind ? FORWARDS : BACKWARDS;
	return add_state(linking,
		(struct row_state){.kind = STATE_LOOK,
			.refuses = node->refuses,
			.forwards = node->behind,
			.next = next,
			.other = link_node(linking, node_at(linking, node->first), direction, 0)});
}

/* ---- Quantities ---- */

/* What is repeated if it is one token, perhaps with looks in front of it; else NULL. */
static const struct row_node *repeated_token(
	const struct linking *linking, const struct row_node *repeat)
{
	const struct row_node *child = node_at(linking, repeat->first);
	if (is_token(child))
		return child;
	if (child->kind != ROW_SEQUENCE || child->group || child->atomic || !child->last ||
		!is_token(node_at(linking, child->last)))
		return NULL;
	for (const struct row_node *look = node_at(linking, child->first); look->next;
		look = node_at(linking, look->next))
		if (look->kind != ROW_LOOK)
			return NULL;
	return node_at(linking, child->last);
}

static uint16_t link_run(struct linking *linking, const struct row_node *repeat,
	enum direction direction, uint16_t next)
{
	const struct row_node *token = repeated_token(linking, repeat);
	struct row_state run = token_state(token, direction, next);
	run.kind = STATE_RUN;
	run.low = repeat->low;
	run.high = repeat->high;
	run.lazy = repeat->lazy;
	for (const struct row_node *look = node_at(linking, token->previous); look;
		look = node_at(linking, look->previous))
		run.condition = value_of(linking, link_look(linking, look, run.condition));
	return add_state(linking, run);
}

/* Without an upper bound: the state that is looked for leads to itself. */
static uint16_t link_loop(struct linking *linking, const struct row_node *repeat,
	enum direction direction, uint16_t next)
{
	struct row_state loop = {
		.kind = STATE_LOOP, .lazy = repeat->lazy, .next = value_of(linking, next)};
	loop.depth = linking->depth++;
	loop.condition = (uint16_t)linking->states->count; /* none is equal to it */
	uint16_t index = append(linking, &loop);
	linking->states->items[index].value = index;
	uint16_t hole = add_state(linking, (struct row_state){.kind = STATE_HOLE, .next = index});
	uint16_t body = link_node(linking, node_at(linking, repeat->first), direction, hole);
	linking->depth--;
	linking->states->items[index].next = next;
	linking->states->items[index].other = body;
	linking->states->items[index].last = (uint16_t)(linking->states->count - 1);
	return index;
}

static uint16_t link_times(struct linking *linking, const struct row_node *repeat,
	enum direction direction, uint16_t next)
{
	const struct row_node *child = node_at(linking, repeat->first);
	uint16_t all = next;
	if (repeat->high == MANY)
		all = link_loop(linking, repeat, direction, next);
	else
		for (unsigned i = repeat->low; i < repeat->high && !linking->full; i++) {
			uint16_t more = link_node(linking, child, direction, all);
			all = add_state(linking, (struct row_state){.kind = STATE_EITHER,
							 .next = repeat->lazy ? next : more,
							 .other = repeat->lazy ? more : next});
		}
	for (unsigned i = 0; i < repeat->low && !linking->full; i++)
		all = link_node(linking, child, direction, all);
	return all;
}

static uint16_t link_repeat(struct linking *linking, const struct row_node *repeat,
	enum direction direction, uint16_t next)
{
	return repeated_token(linking, repeat) ? link_run(linking, repeat, direction, next)
					       : link_times(linking, repeat, direction, next);
}

/* ---- All ---- */

static uint16_t link_freely(struct linking *linking, const struct row_node *node,
	enum direction direction, uint16_t next)
{
	switch ((enum row_node_kind)node->kind) {
	case ROW_TOKEN:
	case ROW_ANY:
		return add_state(linking, token_state(node, direction, next));
	case ROW_START:
		return add_state(linking, (struct row_state){.kind = STATE_START, .next = next});
	case ROW_END:
		return add_state(linking, (struct row_state){.kind = STATE_END, .next = next});
	case ROW_SEQUENCE:
		return link_children(linking, node, direction, next);
	case ROW_CHOICE:
		return link_choice(linking, node, direction, next);
	case ROW_REPEAT:
		return link_repeat(linking, node, direction, next);
	default:
		return link_look(linking, node, next);
	}
}

static uint16_t link_node(struct linking *linking, const struct row_node *node,
	enum direction direction, uint16_t next)
{
	bool grouped = node->group > 0 && direction == BACKWARDS;
	if (linking->full)
		return 0;
	if (grouped)
		next = add_state(
			linking, (struct row_state){
					 .kind = STATE_CLOSE, .group = node->group, .next = next});
	if (node->atomic)
		next = add_state(
			linking, (struct row_state){.kind = STATE_ATOMIC,
					 .forwards = direction == FORWARDS,
					 .next = next,
					 .other = link_freely(linking, node, BACKWARDS, 0)});
	else
		next = link_freely(linking, node, direction, next);
	if (grouped)
		next = add_state(linking,
			(struct row_state){.kind = STATE_OPEN, .group = node->group, .next = next});
	return next;
}

/* What may stand before <C> and behind it, where it is one of the root's own. */
static void link_around(
	struct linking *linking, struct row_pattern *pattern, const struct row_node *asked)
{
	const struct row_node *root = linking->tree->nodes, *node;
	for (node = node_at(linking, root->first); node && node != asked;
		node = node_at(linking, node->next))
		;
	pattern->between = node != NULL;
	if (!pattern->between)
		return;
	for (node = node_at(linking, root->first); node != asked;
		node = node_at(linking, node->next))
		pattern->before = link_node(linking, node, FORWARDS, pattern->before);
	for (node = node_at(linking, root->last); node != asked;
		node = node_at(linking, node->previous))
		pattern->after = link_node(linking, node, BACKWARDS, pattern->after);
}

static void note_predicates(struct row_pattern *pattern, const struct row_tree *tree)
{
	for (size_t i = 0; i < tree->count; i++) {
		const struct row_node *node = &tree->nodes[i];
		if (node->kind == ROW_TOKEN)
			pattern->predicates.words[node->predicate / 64] |= UINT64_C(1)
									   << node->predicate % 64;
	}
}

bool row_link(struct row_pattern *pattern, const struct row_tree *tree)
{
	note_predicates(pattern, tree);
	struct linking linking = {.states = pattern->language->states, .tree = tree};
	pattern->start = link_node(&linking, tree->nodes, BACKWARDS, 0);
	pattern->asks = tree->candidate != 0;
	if (pattern->asks)
		link_around(&linking, pattern, &tree->nodes[tree->candidate]);
	return !linking.full;
}
