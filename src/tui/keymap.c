/* The key table, and how typed keys find their command; see keymap.h.
 *
 * Keys wait while they are the beginning of something. A pane's own keys come before those that
 * hold everywhere; of a sequence that is bound twice the first is taken, which lets the table's
 * keys win over those of kinds.
 */
#include "tui/app.h"

#include <stdlib.h>
#include <string.h>

/* clang-format off */
const struct binding key_table[] = {
	{"everywhere", "j", "down"},
	{"everywhere", "<Down>", "down"},
	{"everywhere", "<C-e>", "down"},
	{"everywhere", "<C-n>", "down"},
	{"everywhere", "e", "down"},
	{"everywhere", "k", "up"},
	{"everywhere", "<Up>", "up"},
	{"everywhere", "<C-y>", "up"},
	{"everywhere", "<C-p>", "up"},
	{"everywhere", "<Space>", "page-down"},
	{"everywhere", "<PageDown>", "page-down"},
	{"everywhere", "<C-f>", "page-down"},
	{"everywhere", "f", "page-down"},
	{"everywhere", "<C-v>", "page-down"},
	{"everywhere", "b", "page-up"},
	{"everywhere", "<PageUp>", "page-up"},
	{"everywhere", "<C-b>", "page-up"},
	{"everywhere", "<M-v>", "page-up"},
	{"everywhere", "d", "half-down"},
	{"everywhere", "<C-d>", "half-down"},
	{"everywhere", "u", "half-up"},
	{"everywhere", "<C-u>", "half-up"},
	{"everywhere", "gg", "first"},
	{"everywhere", "<Home>", "first"},
	{"everywhere", "G", "last"},
	{"everywhere", "<End>", "last"},
	{"everywhere", "<Tab>", "next-pane"},
	{"everywhere", "<S-Tab>", "previous-pane"},
	{"everywhere", "g1", "pane article"},
	{"everywhere", "g2", "pane entities"},
	{"everywhere", "g3", "pane quotes"},
	{"everywhere", "\\e", "toggle entities"},
	{"everywhere", "\\q", "toggle quotes"},
	{"everywhere", "]]", "next-heading"},
	{"everywhere", "[[", "previous-heading"},
	{"everywhere", "]q", "next-quote"},
	{"everywhere", "[q", "previous-quote"},
	{"everywhere", "]s", "next-said"},
	{"everywhere", "[s", "previous-said"},
	{"everywhere", "]m", "next-mention"},
	{"everywhere", "[m", "previous-mention"},
	{"everywhere", "]e", "next-entity"},
	{"everywhere", "[e", "previous-entity"},
	{"everywhere", "m", "bookmark"},
	{"everywhere", "'", "to-bookmark"},
	{"everywhere", "`", "to-bookmark"},
	{"everywhere", "M", "bookmarks"},
	{"everywhere", "<C-o>", "back-jump"},
	{"everywhere", "<M-o>", "forward-jump"},
	{"everywhere", ";", "repeat"},
	{"everywhere", ",", "repeat-back"},
	{"everywhere", "/", "search"},
	{"everywhere", "?", "search-back"},
	{"everywhere", "t", "next-theme"},
	{"everywhere", "h", "help"},
	{"everywhere", "<F1>", "help"},
	{"everywhere", ":", "command"},
	{"everywhere", "<lt>", "lists-wider"},
	{"everywhere", ">", "lists-narrower"},
	{"everywhere", "z", "zen"},
	{"everywhere", "R", "reload"},
	{"everywhere", "<C-g>", "about"},
	{"everywhere", "<C-l>", "redraw"},
	{"everywhere", "r", "redraw"},
	{"everywhere", "<C-z>", "suspend"},
	{"everywhere", "<C-c>", "stop"},
	{"everywhere", "<Esc>", "back"},
	{"everywhere", "q", "close"},
	{"everywhere", "Q", "quit"},
	{"everywhere", "ZZ", "quit"},
	{"everywhere", "ZQ", "quit"},

	{"article", "%", "to-percent"},
	{"article", "<Left>", "left"},
	{"article", "<Right>", "right"},
	{"article", "}", "next-paragraph"},
	{"article", "{", "previous-paragraph"},
	{"article", ")", "next-sentence"},
	{"article", "(", "previous-sentence"},
	{"article", "F", "follow"},
	{"article", "n", "next-hit"},
	{"article", "N", "previous-hit"},
	{"article", "-", "narrower"},
	{"article", "+", "wider"},
	{"article", "=", "measure"},
	{"article", "*", "next-same"},
	{"article", "#", "previous-same"},
	{"article", "K", "card"},
	{"article", "<Enter>", "card"},

	{"entities", "<Enter>", "go"},
	{"entities", "-", "fold"},
	{"entities", "+", "unfold"},
	{"entities", "n", "next-mention"},
	{"entities", "N", "previous-mention"},
	{"entities", "K", "card"},

	{"quotes", "<Enter>", "go"},
	{"quotes", "n", "next-mention"},
	{"quotes", "N", "previous-mention"},
	{"quotes", "K", "card"},

	{"card", "K", "close"},
	{"help", "K", "close"},
	{"bookmarks", "K", "close"},
	{NULL, NULL, NULL},
};
/* clang-format on */

/* ---- Building --------------------------------------------------------------------------- */

static int pane_named(const char *name)
{
	for (int pane = 0; pane < PANE_COUNT; pane++)
		if (strcmp(view_table[pane].name, name) == 0)
			return pane;
	return PANE_EVERYWHERE;
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

static bool is_taken(const struct keymap *keymap, const struct bound *bound)
{
	for (size_t i = 0; i < keymap->count; i++) {
		const struct bound *other = &keymap->items[i];
		if (other->pane == bound->pane && (is_prefix(&other->keys, &bound->keys) ||
							  is_prefix(&bound->keys, &other->keys)))
			return true;
	}
	return false;
}

static void bind(struct keymap *keymap, const struct binding *binding)
{
	struct diagnostics none = {0};
	struct bound bound = {.pane = pane_named(binding->pane),
		.notation = binding->keys,
		.command = binding->command};
	bool good = keys_parse(slice_of(binding->keys), &bound.keys, &none);
	diagnostics_release(&none);
	if (!good || is_taken(keymap, &bound)) {
		keys_release(&bound.keys);
		return;
	}
	keymap->items =
		grow(keymap->items, &keymap->capacity, keymap->count + 1, sizeof *keymap->items);
	keymap->items[keymap->count++] = bound;
}

/* `]` and `[` with the kind's letter. */
static void bind_kind(struct keymap *keymap, const struct kind *kind)
{
	static const struct {
		char bracket;
		const char *command;
	} ways[] = {{']', "next-kind"}, {'[', "previous-kind"}};
	for (size_t i = 0; i < 2; i++)
		bind(keymap, &(struct binding){
				     .pane = "everywhere",
				     .keys = arena_format(
					     keymap->arena, "%c%c", ways[i].bracket, kind->key),
				     .command = arena_format(
					     keymap->arena, "%s %s", ways[i].command, kind->name),
			     });
}

void keymap_init(struct keymap *keymap, const struct packs *packs)
{
	*keymap = (struct keymap){.arena = arena_new()};
	for (const struct binding *binding = key_table; binding->pane != NULL; binding++)
		bind(keymap, binding);
	for (size_t i = 0; i < packs->kind_count; i++)
		if (packs->kinds[i].key != 0 && packs->kinds[i].sidebar)
			bind_kind(keymap, &packs->kinds[i]);
}

void keymap_release(struct keymap *keymap)
{
	for (size_t i = 0; i < keymap->count; i++)
		keys_release(&keymap->items[i].keys);
	free(keymap->items);
	keys_release(&keymap->pending);
	arena_free(keymap->arena);
}

void keymap_forget(struct keymap *keymap)
{
	keymap->pending.count = 0;
	keymap->number = 0;
	keymap->counted = false;
	keymap->asks = NULL;
}

/* ---- Finding ---------------------------------------------------------------------------- */

const struct bound *keymap_find(const struct keymap *keymap, int pane, const char *command)
{
	for (int turn = 0; turn < 2; turn++)
		for (size_t i = 0; i < keymap->count; i++) {
			const struct bound *bound = &keymap->items[i];
			if (bound->pane == (turn == 0 ? PANE_EVERYWHERE : pane) &&
				strcmp(bound->command, command) == 0)
				return bound;
		}
	return NULL;
}

/* What is bound to the pending keys exactly; *begins: they are the beginning of something. */
static const struct bound *match(const struct keymap *keymap, int pane, bool *begins)
{
	*begins = false;
	for (int turn = 0; turn < 2; turn++)
		for (size_t i = 0; i < keymap->count; i++) {
			const struct bound *bound = &keymap->items[i];
			if (bound->pane != (turn == 0 ? pane : PANE_EVERYWHERE) ||
				!is_prefix(&keymap->pending, &bound->keys))
				continue;
			if (bound->keys.count == keymap->pending.count)
				return bound;
			*begins = true;
		}
	return NULL;
}

static bool take_digit(struct keymap *keymap, struct key key)
{
	bool digit = key.code >= '0' && key.code <= '9' && key.modifiers == 0;
	if (!digit || keymap->pending.count > 0)
		return false;
	keymap->number = keymap->number * 10 + (key.code - '0');
	if (keymap->number > COUNT_MOST)
		keymap->number = COUNT_MOST;
	keymap->counted = true;
	return true;
}

static void run(struct reader *reader, struct slice command)
{
	struct keymap *keymap = &reader->keymap;
	struct call call = {
		.count = keymap->counted ? keymap->number : 1, .counted = keymap->counted};
	keymap_forget(keymap);
	reader_command(reader, command, &call);
}

/* A command that wants a letter and was bound without one. */
static bool asks_for_letter(const struct bound *bound)
{
	const struct command *command = command_named(slice_of(bound->command));
	return command != NULL && command->argument != NULL &&
	       strcmp(command->argument, LETTER) == 0;
}

static void take_letter(struct reader *reader, struct key key)
{
	struct buffer text = {0};
	char letter[4];
	buffer_format(&text, "%s ", reader->keymap.asks->command);
	if (key.code < PRESS_ENTER && key.modifiers == 0)
		buffer_append(&text, (struct slice){letter, utf8_encode(key.code, letter)});
	run(reader, buffer_slice(&text));
	buffer_release(&text);
}

static void complain(struct reader *reader)
{
	struct buffer caption = {0};
	keys_caption(&reader->keymap.pending, &caption);
	reader_say(reader, "%s does nothing here; h shows the keys", caption.bytes);
	buffer_release(&caption);
	keymap_forget(&reader->keymap);
}

/* Esc with a key right behind it came as one with Meta, which does nothing: so it was two. */
static void take_both(struct reader *reader, struct key key)
{
	keymap_forget(&reader->keymap);
	keymap_take(reader, (struct key){.code = PRESS_ESC});
	key.modifiers &= (uint8_t)~MODIFIER_META;
	keymap_take(reader, key);
}

void keymap_take(struct reader *reader, struct key key)
{
	struct keymap *keymap = &reader->keymap;
	finding_hurry(reader);
	bool waiting = keymap->pending.count > 0 || keymap->counted, begins;
	if (waiting && key.code == PRESS_ESC) {
		keymap_forget(keymap);
		return;
	}
	if (keymap->asks != NULL) {
		take_letter(reader, key);
		return;
	}
	if (take_digit(keymap, key))
		return;
	keys_add(&keymap->pending, key);
	const struct bound *bound = match(keymap, (int)reader_pane(reader), &begins);
	if (bound != NULL && !begins && asks_for_letter(bound))
		keymap->asks = bound;
	else if (bound != NULL && !begins)
		run(reader, slice_of(bound->command));
	else if (!begins && key.modifiers & MODIFIER_META)
		take_both(reader, key);
	else if (!begins)
		complain(reader);
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

void keymap_pending(const struct keymap *keymap, struct buffer *into)
{
	if (keymap->counted)
		buffer_format(into, "%zu", keymap->number);
	keys_caption(&keymap->pending, into);
}
