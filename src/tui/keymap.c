/* Key maps: presets, kinds, and what keys find in them; see keymap.h. */
#include "tui/keymap.h"

#include <stdlib.h>
#include <string.h>

#include "tui/app.h"

const char *key_pane_name(int pane)
{
	return pane == PANE_EVERYWHERE ? "everywhere"
	       : pane == PANE_PROMPT   ? "prompt"
				       : view_table[pane].name;
}

static int pane_named(const char *name)
{
	int pane = 0;
	while (pane < KEY_PANES && strcmp(key_pane_name(pane), name) != 0)
		pane++;
	return pane;
}

/* ---- As text ---------------------------------------------------------------------------- */

static void key_caption(struct key key, struct buffer *into)
{
	struct buffer notation = {0};
	key_print(key, &notation);
	struct slice text = buffer_slice(&notation);
	if (key.modifiers == MODIFIER_CONTROL && key.code < PRESS_ENTER) {
		char bytes[4];
		uint32_t letter = code_upper(key.code);
		buffer_byte(into, '^');
		buffer_append(into, (struct slice){bytes, utf8_encode(letter, bytes)});
	} else if (key.code == '<') {
		buffer_text(into, key.modifiers == MODIFIER_META ? "M-<" : "<");
	} else if (slice_starts(text, "<") && text.length > 2) {
		buffer_append(into, slice_cut(text, 1, text.length - 1));
	} else {
		buffer_append(into, text);
	}
	buffer_release(&notation);
}

void keys_caption(const struct keys *keys, struct buffer *into)
{
	for (size_t i = 0; i < keys->count; i++)
		key_caption(keys->items[i], into);
}

/* ---- Building --------------------------------------------------------------------------- */

struct keymap *keymap_new(void)
{
	struct keymap *keymap = memory_allocate(sizeof *keymap);
	*keymap = (struct keymap){.arena = arena_new()};
	return keymap;
}

static void clear(struct keymap *keymap)
{
	while (keymap->count > 0)
		keys_release(&keymap->items[--keymap->count].keys);
}

void keymap_free(struct keymap *keymap)
{
	if (keymap == NULL)
		return;
	clear(keymap);
	free(keymap->items);
	arena_free(keymap->arena);
	free(keymap);
}

static bool is_prefix(const struct keys *head, const struct keys *whole)
{
	if (head->count > whole->count)
		return false;
	for (size_t i = 0; i < head->count; i++)
		if (!key_equal(head->items[i], whole->items[i]))
			return false;
	return true;
}

bool keys_equal(const struct keys *a, const struct keys *b)
{
	return a->count == b->count && is_prefix(a, b);
}

bool keys_collide(const struct keys *a, const struct keys *b)
{
	return a->count != b->count && (is_prefix(a, b) || is_prefix(b, a));
}

const struct bound *keymap_bound(const struct keymap *keymap, int pane, const struct keys *keys)
{
	for (size_t i = 0; i < keymap->count; i++)
		if (keymap->items[i].pane == pane && keys_equal(&keymap->items[i].keys, keys))
			return &keymap->items[i];
	return NULL;
}

void keymap_remove(struct keymap *keymap, const struct bound *bound)
{
	size_t at = (size_t)(bound - keymap->items);
	keys_release(&keymap->items[at].keys);
	keymap->count--;
	memmove(keymap->items + at, keymap->items + at + 1,
		(keymap->count - at) * sizeof *keymap->items);
}

static void append(struct keymap *keymap, const struct bound *bound)
{
	keymap->items =
		grow(keymap->items, &keymap->capacity, keymap->count + 1, sizeof *keymap->items);
	keymap->items[keymap->count++] = *bound;
}

void keymap_put(struct keymap *keymap, const struct bound *bound)
{
	const struct bound *other = keymap_bound(keymap, bound->pane, &bound->keys);
	if (other == NULL) {
		append(keymap, bound);
		return;
	}
	struct bound *place = &keymap->items[other - keymap->items];
	keys_release(&place->keys);
	*place = *bound;
}

/* A row of a table: what it says is right. */
static struct bound read_row(const struct binding *row, const char *owner)
{
	struct diagnostics none = {0};
	struct bound bound = {.pane = pane_named(row->pane),
		.notation = row->keys,
		.command = row->command,
		.owner = owner,
		.preset = true};
	keys_parse(slice_of(row->keys), &bound.keys, &none);
	diagnostics_release(&none);
	return bound;
}

/* What a preset changes of the one above it. */
static void change(struct keymap *keymap, const struct binding *row, const char *owner)
{
	struct bound bound = read_row(row, owner);
	const struct bound *other = keymap_bound(keymap, bound.pane, &bound.keys);
	if (bound.command != NULL) {
		keymap_put(keymap, &bound);
		return;
	}
	if (other != NULL)
		keymap_remove(keymap, other);
	keys_release(&bound.keys);
}

/* No row of a preset that stands alone meets another. */
static void put_preset(struct keymap *keymap, const struct preset *preset)
{
	const char *owner = arena_format(keymap->arena, "the preset %s", preset->name);
	const struct binding *alone = preset->above != NULL ? preset->above : preset->keys;
	for (const struct binding *row = alone; row->pane != NULL; row++) {
		struct bound bound = read_row(row, owner);
		append(keymap, &bound);
	}
	for (const struct binding *row = preset->keys; alone != preset->keys && row->pane != NULL;
		row++)
		change(keymap, row, owner);
}

bool keymap_use_preset(struct keymap *keymap, struct slice name)
{
	const struct preset *preset = key_presets;
	while (preset->name != NULL && !slice_is(name, preset->name))
		preset++;
	if (preset->name == NULL)
		return false;
	clear(keymap);
	put_preset(keymap, preset);
	return true;
}

/* Neither the keys nor the beginning of them are bound yet, here or everywhere. */
static bool is_free(const struct keymap *keymap, const struct keys *keys)
{
	for (size_t i = 0; i < keymap->count; i++) {
		const struct keys *other = &keymap->items[i].keys;
		if (keymap->items[i].pane != PANE_PROMPT &&
			(keys_equal(other, keys) || keys_collide(other, keys)))
			return false;
	}
	return true;
}

static void put_kind(struct keymap *keymap, const struct kind *kind)
{
	static const struct {
		char bracket;
		const char *command;
	} ways[] = {{']', "next-kind"}, {'[', "previous-kind"}};
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		struct bound bound = {.pane = PANE_EVERYWHERE, .owner = "a kind"};
		keys_add(&bound.keys, (struct key){.code = (uint32_t)ways[i].bracket});
		keys_add(&bound.keys, (struct key){.code = (uint32_t)kind->key});
		bound.notation = arena_format(keymap->arena, "%c%c", ways[i].bracket, kind->key);
		bound.command = arena_format(keymap->arena, "%s %s", ways[i].command, kind->name);
		if (is_free(keymap, &bound.keys))
			keymap_put(keymap, &bound);
		else
			keys_release(&bound.keys);
	}
}

void keymap_add_kinds(struct keymap *keymap, const struct packs *packs)
{
	for (size_t i = 0; i < packs->kind_count; i++)
		if (packs->kinds[i].key != 0 && packs->kinds[i].sidebar)
			put_kind(keymap, &packs->kinds[i]);
}

/* ---- Finding ---------------------------------------------------------------------------- */

bool keymap_holds(const struct keymap *keymap, int pane, const struct bound *bound)
{
	if (bound->pane == pane)
		return true;
	return bound->pane == PANE_EVERYWHERE && pane != PANE_PROMPT &&
	       keymap_bound(keymap, pane, &bound->keys) == NULL;
}

const struct bound *keymap_find(const struct keymap *keymap, int pane, const char *command)
{
	for (int turn = 0; turn < 2; turn++)
		for (size_t i = 0; i < keymap->count; i++) {
			const struct bound *bound = &keymap->items[i];
			if (bound->pane == (turn == 0 ? PANE_EVERYWHERE : pane) &&
				strcmp(bound->command, command) == 0 &&
				keymap_holds(keymap, pane, bound))
				return bound;
		}
	return NULL;
}

const struct bound *keymap_match(
	const struct keymap *keymap, int pane, const struct keys *keys, bool *begins)
{
	*begins = false;
	for (int turn = 0; turn < 2; turn++)
		for (size_t i = 0; i < keymap->count; i++) {
			const struct bound *bound = &keymap->items[i];
			if (bound->pane != (turn == 0 ? pane : PANE_EVERYWHERE) ||
				!is_prefix(keys, &bound->keys))
				continue;
			if (bound->keys.count == keys->count)
				return bound;
			*begins = true;
		}
	return NULL;
}

const struct bound *keymap_key(const struct keymap *keymap, int pane, struct key key)
{
	for (size_t i = 0; i < keymap->count; i++) {
		const struct bound *bound = &keymap->items[i];
		if (bound->pane == pane && bound->keys.count == 1 &&
			key_equal(bound->keys.items[0], key))
			return bound;
	}
	return NULL;
}
