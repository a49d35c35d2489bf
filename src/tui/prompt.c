/* A line being typed; see prompt.h. */
#include "tui/app.h"

#include <string.h>

void prompt_open(struct reader *reader, const struct prompt_kind *kind)
{
	reader->prompt.kind = kind;
	reader->prompt.text.length = 0;
	reader->prompt.cursor = 0;
}

void prompt_release(struct prompt *prompt)
{
	buffer_release(&prompt->text);
	buffer_release(&prompt->last);
}

/* ---- Editing ---------------------------------------------------------------------------- */

static void replace(struct prompt *prompt, struct span span, struct slice text)
{
	struct buffer edited = {0};
	struct slice whole = buffer_slice(&prompt->text);
	buffer_append(&edited, slice_cut(whole, 0, span.start));
	buffer_append(&edited, text);
	buffer_append(&edited, slice_cut(whole, span.end, whole.length));
	prompt->cursor = span.start + text.length;
	buffer_release(&prompt->text);
	prompt->text = edited;
}

static size_t cluster_before(const struct prompt *prompt)
{
	struct slice text = buffer_slice(&prompt->text);
	size_t at = 0, next = 0;
	while (next < prompt->cursor) {
		at = next;
		next += cluster_length(text, at);
	}
	return at;
}

static size_t cluster_after(const struct prompt *prompt)
{
	struct slice text = buffer_slice(&prompt->text);
	if (prompt->cursor >= text.length)
		return text.length;
	return prompt->cursor + cluster_length(text, prompt->cursor);
}

static size_t word_before(const struct prompt *prompt)
{
	const char *bytes = prompt->text.bytes;
	size_t at = prompt->cursor;
	while (at > 0 && bytes[at - 1] == ' ')
		at--;
	while (at > 0 && bytes[at - 1] != ' ')
		at--;
	return at;
}

static void go_left(struct prompt *prompt)
{
	prompt->cursor = cluster_before(prompt);
}

static void go_right(struct prompt *prompt)
{
	prompt->cursor = cluster_after(prompt);
}

static void go_home(struct prompt *prompt)
{
	prompt->cursor = 0;
}

static void go_end(struct prompt *prompt)
{
	prompt->cursor = prompt->text.length;
}

static void delete_before(struct prompt *prompt)
{
	replace(prompt, (struct span){cluster_before(prompt), prompt->cursor}, (struct slice){0});
}

static void delete_at(struct prompt *prompt)
{
	replace(prompt, (struct span){prompt->cursor, cluster_after(prompt)}, (struct slice){0});
}

static void delete_word(struct prompt *prompt)
{
	replace(prompt, (struct span){word_before(prompt), prompt->cursor}, (struct slice){0});
}

static void delete_to_start(struct prompt *prompt)
{
	replace(prompt, (struct span){0, prompt->cursor}, (struct slice){0});
}

static void delete_to_end(struct prompt *prompt)
{
	prompt->text.length = prompt->cursor;
}

static void recall(struct prompt *prompt)
{
	replace(prompt, (struct span){0, prompt->text.length}, buffer_slice(&prompt->last));
}

/* What keys do to the line; C marks those with Control. */
#define C MODIFIER_CONTROL
static const struct {
	uint32_t code;
	uint8_t modifiers;
	void (*edit)(struct prompt *prompt);
} edits[] = {
	{PRESS_LEFT, 0, go_left},
	{PRESS_RIGHT, 0, go_right},
	{PRESS_HOME, 0, go_home},
	{PRESS_END, 0, go_end},
	{PRESS_UP, 0, recall},
	{PRESS_BACKSPACE, 0, delete_before},
	{PRESS_DELETE, 0, delete_at},
	{'b', C, go_left},
	{'f', C, go_right},
	{'a', C, go_home},
	{'e', C, go_end},
	{'p', C, recall},
	{'h', C, delete_before},
	{'d', C, delete_at},
	{'w', C, delete_word},
	{'u', C, delete_to_start},
	{'k', C, delete_to_end},
};

/* ---- Keys ------------------------------------------------------------------------------- */

static void leave(struct reader *reader)
{
	const struct prompt_kind *kind = reader->prompt.kind;
	reader->prompt.kind = NULL;
	if (kind->left != NULL)
		kind->left(reader);
}

static void enter(struct reader *reader)
{
	struct prompt *prompt = &reader->prompt;
	const struct prompt_kind *kind = prompt->kind;
	prompt->kind = NULL;
	if (prompt->text.length > 0) {
		prompt->last.length = 0;
		buffer_append(&prompt->last, buffer_slice(&prompt->text));
	}
	kind->entered(reader, buffer_slice(&prompt->text));
}

/* True where the key edited the line. */
static bool edit(struct prompt *prompt, struct key key)
{
	for (size_t i = 0; i < sizeof edits / sizeof *edits; i++)
		if (edits[i].code == key.code && edits[i].modifiers == key.modifiers) {
			edits[i].edit(prompt);
			return true;
		}
	return false;
}

/* What was typed or pasted is put in; true where something was. */
static bool insert(struct reader *reader, struct key key)
{
	struct prompt *prompt = &reader->prompt;
	struct span here = {prompt->cursor, prompt->cursor};
	char bytes[4];
	if (key.code == PRESS_PASTE) {
		replace(prompt, here, terminal_pasted(reader->terminal));
		return true;
	}
	if (key.code >= PRESS_ENTER || key.modifiers != 0 || code_is_control(key.code))
		return false;
	size_t length = utf8_encode(key.code, bytes);
	replace(prompt, here, (struct slice){bytes, length});
	return true;
}

/* Deleting in an empty line leaves it, as in vi. */
void prompt_key(struct reader *reader, struct key key)
{
	struct prompt *prompt = &reader->prompt;
	bool stop = key.code == 'c' && key.modifiers == MODIFIER_CONTROL;
	bool emptied = key.code == PRESS_BACKSPACE && prompt->text.length == 0;
	if (key.code == PRESS_ENTER)
		enter(reader);
	else if (key.code == PRESS_ESC || stop || emptied)
		leave(reader);
	else if ((edit(prompt, key) || insert(reader, key)) && prompt->kind->changed != NULL)
		prompt->kind->changed(reader, buffer_slice(&prompt->text));
}

/* The part of the line around the cursor that fits. */
void prompt_draw(const struct prompt *prompt, const struct canvas *canvas, style_id style)
{
	const struct width_policy *policy = &canvas->cells->policy;
	struct slice text = buffer_slice(&prompt->text);
	int start = canvas_text(canvas, (struct spot){0, 0}, prompt->kind->mark, style);
	size_t room = canvas->columns > start + 1 ? (size_t)(canvas->columns - start - 1) : 0;
	size_t first = 0;
	while (first < prompt->cursor &&
		text_width(slice_cut(text, first, prompt->cursor), policy) > room)
		first += cluster_length(text, first);
	canvas_put(canvas, (struct spot){start, 0}, slice_cut(text, first, text.length), style);
	size_t before = text_width(slice_cut(text, first, prompt->cursor), policy);
	canvas_cursor(canvas, (struct spot){start + (int)before, 0});
}
