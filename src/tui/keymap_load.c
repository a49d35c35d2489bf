/* What a file says of keys; see keymap.h.
 *
 * First each entry is judged by itself: keys, command, argument. Then keys that others of the file
 * repeat are left out, those of the preset that the file takes away or gives another meaning are
 * taken out, and what is left goes in one after the other, unless it hides something or is hidden:
 * keys that are the beginning of others, here or everywhere, and keys of everywhere that a pane
 * uses itself. Whatever is wrong names both, and the rest holds.
 */
#include "tui/keymap.h"

#include <stdlib.h>

#include "tui/commands.h"
#include "tui/keymap_file.h"

struct key_file {
	int preset;
	const struct node *panes[KEY_PANES];
};

#define PANE_FIELD(name, pane, text) \
	{ \
		.key = (name), .type = FIELD_NODE, \
		.offset = offsetof(struct key_file, panes[pane]), .help = (text) \
	}

const struct field keymap_fields[] = {
	{.key = "preset",
		.type = FIELD_CHOICE,
		.offset = offsetof(struct key_file, preset),
		.choices = key_preset_names,
		.help = "what the file changes; vi where nothing is said"},
	PANE_FIELD(
		"everywhere", PANE_EVERYWHERE, "keys of each pane that does not use them itself"),
	PANE_FIELD("article", PANE_ARTICLE, "keys of the article"),
	PANE_FIELD("entities", PANE_ENTITIES, "keys of the list of entities"),
	PANE_FIELD("quotes", PANE_QUOTES, "keys of the list of quotes"),
	PANE_FIELD("card", PANE_CARD, "keys while a card is open"),
	PANE_FIELD("help", PANE_HELP, "keys while help is open"),
	PANE_FIELD("bookmarks", PANE_BOOKMARKS, "keys of the list of bookmarks"),
	PANE_FIELD("prompt", PANE_PROMPT, "keys while a line is typed, which may be no characters"),
	{.key = NULL},
};

/* One line of the file. */
struct entry {
	const struct node *key;
	int pane;
	struct keys keys; /* until the map takes them */
	const char *notation;
	const char *command; /* NULL: the keys are taken away */
	struct bound before; /* what the preset had there; a command of NULL: nothing */
	bool left_out;
};

struct key_loading {
	struct keymap *keymap;
	const struct tree *tree;
	struct diagnostics *out;
	struct entry *entries;
	size_t count, capacity;
};

/* ---- Keys ------------------------------------------------------------------------------- */

static bool is_character(struct key key)
{
	return key.code < PRESS_ENTER && key.modifiers == 0;
}

/* Why keys are never typed in a pane; NULL: they are. */
static const char *unreachable(const struct entry *entry)
{
	const struct keys *keys = &entry->keys;
	bool prompt = entry->pane == PANE_PROMPT;
	if (keys->count == 0)
		return "there is no key in it";
	for (size_t i = 0; i < keys->count; i++)
		if (keys->items[i].code >= PRESS_RESIZE)
			return "sizes, clicks and the wheel run no command";
	for (size_t i = 1; i < keys->count; i++)
		if (keys->items[i].code == PRESS_ESC)
			return "Esc gives up what was begun, so nothing follows it";
	if (prompt && keys->count > 1)
		return "in a prompt each key stands alone";
	if (prompt && is_character(keys->items[0]))
		return "characters are typed in a prompt; take a key with Control or Meta";
	uint32_t first = keys->items[0].code;
	if (!prompt && is_character(keys->items[0]) && first >= '1' && first <= '9')
		return "a number before a key is its count";
	return NULL;
}

static const char *print_keys(struct key_loading *loading, const struct keys *keys)
{
	struct buffer text = {0};
	for (size_t i = 0; i < keys->count; i++)
		key_print(keys->items[i], &text);
	const char *notation = arena_text(loading->keymap->arena, buffer_slice(&text));
	buffer_release(&text);
	return notation;
}

static bool read_keys(struct key_loading *loading, struct entry *entry)
{
	struct diagnostics wrong = {0};
	struct slice text = node_text(loading->tree, entry->key);
	bool good = keys_parse(text, &entry->keys, &wrong);
	for (size_t i = 0; i < wrong.count; i++)
		node_report(loading->tree, entry->key, loading->out, "%s", wrong.items[i].message);
	diagnostics_release(&wrong);
	entry->notation = print_keys(loading, &entry->keys);
	const char *why = good ? unreachable(entry) : NULL;
	if (why != NULL)
		node_report(loading->tree, entry->key, loading->out, "'%.*s' cannot be bound: %s",
			quoted_length(text), text.bytes, why);
	return good && why == NULL;
}

/* ---- Commands --------------------------------------------------------------------------- */

static bool read_command(struct key_loading *loading, struct entry *entry, const struct node *value)
{
	struct slice text = slice_trim(node_text(loading->tree, value));
	struct buffer why = {0};
	if (value->kind != NODE_SCALAR)
		buffer_format(&why, "a key runs one command, not %s", node_kind_name(value));
	else if (node_is_null(loading->tree, value))
		return true;
	else
		command_check(text, &why);
	const struct command *command = command_named(command_name(text));
	bool line = command != NULL && command->topic == TOPIC_LINE;
	if (why.length == 0 && line && entry->pane != PANE_PROMPT)
		buffer_format(&why, "%s goes with a line that is typed: bind it below prompt",
			command->name);
	else if (why.length == 0 && !line && entry->pane == PANE_PROMPT)
		buffer_format(&why, "%s does nothing to a line that is typed: bind it elsewhere",
			command->name);
	if (why.length > 0)
		node_report(loading->tree, value, loading->out, "%s", why.bytes);
	else
		entry->command = arena_text(loading->keymap->arena, text);
	bool good = why.length == 0;
	buffer_release(&why);
	return good;
}

/* ---- Entries ---------------------------------------------------------------------------- */

static bool read_entry(
	struct key_loading *loading, int pane, const struct node *key, const struct node *value)
{
	struct entry entry = {.key = key, .pane = pane};
	bool good = read_keys(loading, &entry);
	good = read_command(loading, &entry, value) && good;
	if (!good) {
		keys_release(&entry.keys);
		return false;
	}
	loading->entries = grow(
		loading->entries, &loading->capacity, loading->count + 1, sizeof *loading->entries);
	loading->entries[loading->count++] = entry;
	return true;
}

/* Nothing below a pane's name says nothing. */
static bool read_pane(struct key_loading *loading, int pane, const struct node *mapping)
{
	const struct tree *tree = loading->tree;
	bool good = true;
	if (mapping == NULL || node_is_null(tree, mapping))
		return true;
	if (mapping->kind != NODE_MAPPING) {
		node_report(tree, mapping, loading->out,
			"'%s' must be a mapping from keys to commands, as in 'x: quit', not %s",
			key_pane_name(pane), node_kind_name(mapping));
		return false;
	}
	const struct node *key = node_child(tree, mapping);
	while (key != NULL) {
		const struct node *value = node_next(tree, key);
		good = read_entry(loading, pane, key, value) && good;
		key = node_next(tree, value);
	}
	return good;
}

/* ---- One beside the other --------------------------------------------------------------- */

static bool leave_out(struct entry *entry)
{
	entry->left_out = true;
	return false;
}

static bool drop_repeated(struct key_loading *loading)
{
	bool good = true;
	for (size_t i = 1; i < loading->count; i++)
		for (size_t j = 0; j < i; j++) {
			struct entry *entry = &loading->entries[i];
			const struct entry *first = &loading->entries[j];
			if (entry->left_out || first->left_out || entry->pane != first->pane ||
				!keys_equal(&entry->keys, &first->keys))
				continue;
			node_report(loading->tree, entry->key, loading->out,
				"'%s' is bound twice below %s, first in line %u; remove one",
				entry->notation, key_pane_name(entry->pane), first->key->line);
			good = leave_out(entry);
		}
	return good;
}

/* What the preset has there is kept aside, for the case that the entry cannot take its place. */
static bool make_room(struct key_loading *loading, struct entry *entry)
{
	const struct bound *before = keymap_bound(loading->keymap, entry->pane, &entry->keys);
	if (before != NULL) {
		entry->before = *before;
		entry->before.keys = (struct keys){0};
		keymap_remove(loading->keymap, before);
	}
	if (entry->command != NULL || before != NULL)
		return true;
	node_report(loading->tree, entry->key, loading->out,
		"'%s' is not bound below %s, so it cannot be taken away", entry->notation,
		key_pane_name(entry->pane));
	return leave_out(entry);
}

static bool meet(int pane, int other)
{
	return pane == other || (pane == PANE_EVERYWHERE && other != PANE_PROMPT) ||
	       (other == PANE_EVERYWHERE && pane != PANE_PROMPT);
}

/* The first keys in the map that are the beginning of these, or these of them, and how many more.
 */
static const struct bound *colliding(
	const struct keymap *keymap, const struct entry *entry, size_t *more)
{
	const struct bound *first = NULL;
	*more = 0;
	for (size_t i = 0; i < keymap->count; i++) {
		const struct bound *bound = &keymap->items[i];
		if (!meet(entry->pane, bound->pane) || !keys_collide(&bound->keys, &entry->keys))
			continue;
		*more += first != NULL;
		first = first != NULL ? first : bound;
	}
	return first;
}

/* The panes that use the keys themselves, before which those of everywhere yield: "article (zen)".
 */
static void put_shadows(
	const struct key_loading *loading, const struct entry *entry, struct buffer *into)
{
	for (int pane = 0; pane < PANE_COUNT && entry->pane == PANE_EVERYWHERE; pane++) {
		const struct bound *bound = keymap_bound(loading->keymap, pane, &entry->keys);
		if (bound != NULL && bound->preset)
			buffer_format(into, "%s%s (%s)", into->length > 0 ? ", " : "",
				key_pane_name(pane), bound->command);
	}
}

static bool collides(struct key_loading *loading, const struct entry *entry)
{
	size_t more;
	const struct bound *other = colliding(loading->keymap, entry, &more);
	struct buffer others = {0};
	if (other == NULL)
		return false;
	bool shorter = entry->keys.count < other->keys.count;
	if (more > 0)
		buffer_format(&others, ", and of %zu more", more);
	node_report(loading->tree, entry->key, loading->out,
		"'%s' (%s) %s '%s' (%s), which %s binds below %s%s; take one of them away, as in "
		"'%s:', or choose other keys",
		entry->notation, entry->command, shorter ? "is the beginning of" : "begins with",
		other->notation, other->command, other->owner, key_pane_name(other->pane),
		others.length > 0 ? others.bytes : "", other->notation);
	buffer_release(&others);
	return true;
}

static bool is_hidden(struct key_loading *loading, const struct entry *entry)
{
	struct buffer panes = {0};
	put_shadows(loading, entry, &panes);
	bool hidden = panes.length > 0;
	if (hidden)
		node_report(loading->tree, entry->key, loading->out,
			"'%s' (%s) is not reached where the preset binds it: %s; bind it there as "
			"well, or take it away there with '%s:'",
			entry->notation, entry->command, panes.bytes, entry->notation);
	buffer_release(&panes);
	return hidden;
}

/* Puts back what an entry was to replace, where that has still room. */
static void restore(struct key_loading *loading, struct entry *entry)
{
	struct bound bound = entry->before;
	size_t more;
	if (bound.command == NULL || colliding(loading->keymap, entry, &more) != NULL)
		return;
	bound.keys = entry->keys;
	entry->keys = (struct keys){0};
	keymap_put(loading->keymap, &bound);
}

static bool put_entry(struct key_loading *loading, struct entry *entry)
{
	struct keymap *keymap = loading->keymap;
	if (collides(loading, entry) || is_hidden(loading, entry)) {
		restore(loading, entry);
		return leave_out(entry);
	}
	struct bound bound = {.pane = entry->pane,
		.keys = entry->keys,
		.notation = entry->notation,
		.command = entry->command,
		.owner = arena_format(keymap->arena, "line %u", entry->key->line)};
	entry->keys = (struct keys){0};
	keymap_put(keymap, &bound);
	return true;
}

/* Who cannot type `quit` needs a key for it. */
static bool has_way_out(const struct keymap *keymap)
{
	return keymap_find(keymap, PANE_ARTICLE, "quit") != NULL ||
	       keymap_find(keymap, PANE_ARTICLE, "close") != NULL;
}

static bool put_entries(struct key_loading *loading, struct slice preset)
{
	bool good = drop_repeated(loading);
	for (size_t i = 0; i < loading->count; i++)
		if (!loading->entries[i].left_out)
			good = make_room(loading, &loading->entries[i]) && good;
	for (size_t i = 0; i < loading->count; i++)
		if (!loading->entries[i].left_out && loading->entries[i].command != NULL)
			good = put_entry(loading, &loading->entries[i]) && good;
	if (has_way_out(loading->keymap))
		return good;
	node_report(loading->tree, loading->tree->nodes, loading->out,
		"no key would quit, so all of it is left out; bind quit or close");
	keymap_use_preset(loading->keymap, preset);
	return false;
}

/* ---- Files ------------------------------------------------------------------------------ */

static bool read_tree(struct keymap *keymap, const struct tree *tree, struct diagnostics *out)
{
	struct arena *arena = arena_new();
	struct loading fields = {.tree = tree, .arena = arena, .out = out};
	struct key_loading loading = {.keymap = keymap, .tree = tree, .out = out};
	struct key_file file = {0};
	bool good = node_is_null(tree, tree->nodes) ||
		    schema_load(&fields, tree->nodes, keymap_fields, "key map", &file);
	struct slice preset = slice_of(key_preset_names[file.preset]);
	keymap_use_preset(keymap, preset);
	for (int pane = 0; pane < KEY_PANES; pane++)
		good = read_pane(&loading, pane, file.panes[pane]) && good;
	good = put_entries(&loading, preset) && good;
	for (size_t i = 0; i < loading.count; i++)
		keys_release(&loading.entries[i].keys);
	free(loading.entries);
	arena_free(arena);
	return good;
}

bool keymap_read(struct keymap *keymap, const struct key_source *source, struct diagnostics *out)
{
	struct arena *arena = arena_new();
	struct tree tree = {0};
	size_t before = out->total;
	bool good = yaml_read(source->text, source->path, arena, &tree, out);
	if (good)
		good = read_tree(keymap, &tree, out) && out->total == before;
	else
		keymap_use_preset(keymap, slice_of(DEFAULT_PRESET));
	if (tree.nodes == NULL)
		diagnostics_report(out, source->path, 0, 0,
			"keys that begin with a sign stand in quotes: '[q': previous-quote");
	arena_free(arena);
	return good;
}

bool keymap_load(struct keymap *keymap, const char *path, struct diagnostics *out)
{
	struct buffer source = {0};
	bool good = file_read(path, YAML_BYTES, &source, out);
	if (good)
		good = keymap_read(keymap,
			&(struct key_source){.path = path, .text = buffer_slice(&source)}, out);
	else
		keymap_use_preset(keymap, slice_of(DEFAULT_PRESET));
	buffer_release(&source);
	return good;
}
