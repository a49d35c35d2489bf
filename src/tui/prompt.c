/* A line being typed; see prompt.h. The keys are those of vi's prompt and of readline. */
#include "tui/app.h"

#include <string.h>

#define LITERAL_MARK "literal "

void prompt_open(struct reader *reader, const struct prompt_kind *kind)
{
	struct prompt *prompt = &reader->prompt;
	prompt->kind = kind;
	prompt->text.length = 0;
	prompt->cursor = 0;
	prompt->literal = prompt->quoting = false;
	completion_close(&prompt->completion);
	history_begin(&prompt->histories[kind->history]);
}

void prompt_release(struct prompt *prompt)
{
	buffer_release(&prompt->text);
	buffer_release(&prompt->killed);
	for (int i = 0; i < HISTORY_COUNT; i++)
		history_release(&prompt->histories[i]);
	completion_release(&prompt->completion);
}

/* ---- The line --------------------------------------------------------------------------- */

/* What has no room is left out, whole characters of it. */
static struct slice fitting(const struct prompt *prompt, struct span span, struct slice text)
{
	size_t room = LINE_MOST - (prompt->text.length - (span.end - span.start));
	while (text.length > room)
		text.length = utf8_before(text, text.length, NULL);
	return text;
}

static void replace(struct prompt *prompt, struct span span, struct slice text)
{
	struct buffer edited = {0};
	struct slice whole = buffer_slice(&prompt->text);
	text = fitting(prompt, span, text);
	buffer_append(&edited, slice_cut(whole, 0, span.start));
	buffer_append(&edited, text);
	buffer_append(&edited, slice_cut(whole, span.end, whole.length));
	prompt->cursor = span.start + text.length;
	buffer_release(&prompt->text);
	prompt->text = edited;
}

static void replace_all(struct prompt *prompt, struct slice text)
{
	replace(prompt, (struct span){0, prompt->text.length}, text);
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

/* Where what stands between blanks begins, before the cursor. */
static size_t stretch_before(const struct prompt *prompt)
{
	const char *bytes = prompt->text.bytes;
	size_t at = prompt->cursor;
	while (at > 0 && bytes[at - 1] == ' ')
		at--;
	while (at > 0 && bytes[at - 1] != ' ')
		at--;
	return at;
}

static bool is_word(uint32_t code)
{
	return code_class(code) != LETTER_NONE;
}

static size_t word_before(const struct prompt *prompt)
{
	struct slice text = buffer_slice(&prompt->text);
	size_t at = prompt->cursor, before;
	uint32_t code;
	bool inside = false;
	while (at > 0) {
		before = utf8_before(text, at, &code);
		if (inside && !is_word(code))
			break;
		inside = inside || is_word(code);
		at = before;
	}
	return at;
}

static size_t word_after(const struct prompt *prompt)
{
	struct slice text = buffer_slice(&prompt->text);
	size_t at = prompt->cursor;
	uint32_t code;
	bool inside = false;
	while (at < text.length) {
		size_t length = utf8_decode(text, at, &code);
		if (inside && !is_word(code))
			break;
		inside = inside || is_word(code);
		at += length;
	}
	return at;
}

/* ---- Edits ------------------------------------------------------------------------------ */

static void go_left(struct prompt *prompt)
{
	prompt->cursor = cluster_before(prompt);
}

static void go_right(struct prompt *prompt)
{
	prompt->cursor = cluster_after(prompt);
}

static void go_word_left(struct prompt *prompt)
{
	prompt->cursor = word_before(prompt);
}

static void go_word_right(struct prompt *prompt)
{
	prompt->cursor = word_after(prompt);
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

/* Deletes and keeps it, to be put in again. */
static void kill(struct prompt *prompt, size_t start, size_t end)
{
	if (start == end)
		return;
	prompt->killed.length = 0;
	buffer_append(&prompt->killed, slice_cut(buffer_slice(&prompt->text), start, end));
	replace(prompt, (struct span){start, end}, (struct slice){0});
}

static void kill_stretch(struct prompt *prompt)
{
	kill(prompt, stretch_before(prompt), prompt->cursor);
}

static void kill_word(struct prompt *prompt)
{
	kill(prompt, word_before(prompt), prompt->cursor);
}

static void kill_word_after(struct prompt *prompt)
{
	kill(prompt, prompt->cursor, word_after(prompt));
}

static void kill_to_start(struct prompt *prompt)
{
	kill(prompt, 0, prompt->cursor);
}

static void kill_to_end(struct prompt *prompt)
{
	kill(prompt, prompt->cursor, prompt->text.length);
}

static void put_killed(struct prompt *prompt)
{
	replace(prompt, (struct span){prompt->cursor, prompt->cursor},
		buffer_slice(&prompt->killed));
}

static void recall_older(struct prompt *prompt)
{
	struct slice line;
	if (history_older(
		    &prompt->histories[prompt->kind->history], buffer_slice(&prompt->text), &line))
		replace_all(prompt, line);
}

static void recall_newer(struct prompt *prompt)
{
	struct slice line;
	if (history_newer(&prompt->histories[prompt->kind->history], &line))
		replace_all(prompt, line);
}

/* What keys do to the line; C marks those with Control, M those with Meta. */
#define C MODIFIER_CONTROL
#define M MODIFIER_META
static const struct {
	uint32_t code;
	uint8_t modifiers;
	void (*edit)(struct prompt *prompt);
	bool recalls; /* looking through the history goes on */
} edits[] = {
	{PRESS_LEFT, 0, go_left, false},
	{PRESS_RIGHT, 0, go_right, false},
	{PRESS_HOME, 0, go_home, false},
	{PRESS_END, 0, go_end, false},
	{PRESS_UP, 0, recall_older, true},
	{PRESS_DOWN, 0, recall_newer, true},
	{PRESS_BACKSPACE, 0, delete_before, false},
	{PRESS_DELETE, 0, delete_at, false},
	{PRESS_LEFT, C, go_word_left, false},
	{PRESS_RIGHT, C, go_word_right, false},
	{PRESS_LEFT, M, go_word_left, false},
	{PRESS_RIGHT, M, go_word_right, false},
	{PRESS_BACKSPACE, M, kill_word, false},
	{'b', C, go_left, false},
	{'f', C, go_right, false},
	{'b', M, go_word_left, false},
	{'f', M, go_word_right, false},
	{'a', C, go_home, false},
	{'e', C, go_end, false},
	{'p', C, recall_older, true},
	{'n', C, recall_newer, true},
	{'h', C, delete_before, false},
	{'d', C, delete_at, false},
	{'d', M, kill_word_after, false},
	{'w', C, kill_stretch, false},
	{'u', C, kill_to_start, false},
	{'k', C, kill_to_end, false},
	{'y', C, put_killed, false},
};
#undef C
#undef M

/* True where the key is an edit of the line. */
static bool edit(struct prompt *prompt, struct key key)
{
	for (size_t i = 0; i < sizeof edits / sizeof *edits; i++)
		if (edits[i].code == key.code && edits[i].modifiers == key.modifiers) {
			edits[i].edit(prompt);
			if (!edits[i].recalls)
				history_begin(&prompt->histories[prompt->kind->history]);
			return true;
		}
	return false;
}

static void insert(struct prompt *prompt, struct slice text)
{
	replace(prompt, (struct span){prompt->cursor, prompt->cursor}, text);
	history_begin(&prompt->histories[prompt->kind->history]);
}

/* What was typed or pasted is put in; true where something was. */
static bool insert_key(struct reader *reader, struct key key)
{
	char bytes[4];
	if (key.code == PRESS_PASTE) {
		insert(&reader->prompt, terminal_pasted(reader->terminal));
		return true;
	}
	if (key.code >= PRESS_ENTER || key.modifiers != 0 || code_is_control(key.code))
		return false;
	insert(&reader->prompt, (struct slice){bytes, utf8_encode(key.code, bytes)});
	return true;
}

/* A key that is typed to stand in the line: a tab, an escape, a control character. */
static bool insert_quoted(struct reader *reader, struct key key)
{
	static const uint32_t characters[][2] = {
		{PRESS_TAB, '\t'}, {PRESS_ESC, 0x1B}, {PRESS_ENTER, '\r'}, {PRESS_BACKSPACE, 0x7F}};
	char byte = '\0';
	reader->prompt.quoting = false;
	for (size_t i = 0; i < sizeof characters / sizeof *characters; i++)
		if (characters[i][0] == key.code && key.modifiers == 0)
			byte = (char)characters[i][1];
	if (key.modifiers == MODIFIER_CONTROL && key.code >= 'a' && key.code <= 'z')
		byte = (char)(key.code - 'a' + 1);
	if (byte == '\0')
		return insert_key(reader, key);
	insert(&reader->prompt, (struct slice){&byte, 1});
	return true;
}

/* ---- Completion ------------------------------------------------------------------------- */

static void put_candidate(struct prompt *prompt, struct slice text)
{
	replace(prompt, (struct span){prompt->completion.from, prompt->cursor}, text);
}

/* One candidate goes in at once; of several, one after the other, while their list is shown. */
static bool complete(struct reader *reader, bool back)
{
	struct prompt *prompt = &reader->prompt;
	struct completion *completion = &prompt->completion;
	if (prompt->kind->complete == NULL)
		return false;
	if (!completion->open)
		prompt->kind->complete(reader,
			slice_cut(buffer_slice(&prompt->text), 0, prompt->cursor), completion);
	if (completion->count == 0) {
		reader_say(reader, "nothing to complete this with");
		return true;
	}
	put_candidate(prompt, completion_turn(completion, back));
	if (completion->count == 1)
		completion_close(completion);
	return true;
}

static void restore_typed(struct prompt *prompt)
{
	put_candidate(prompt, prompt->completion.typed);
	completion_close(&prompt->completion);
}

/* ---- Keys ------------------------------------------------------------------------------- */

static void leave(struct reader *reader)
{
	const struct prompt_kind *kind = reader->prompt.kind;
	reader->prompt.kind = NULL;
	if (kind->left != NULL)
		kind->left(reader);
}

/* The line is taken out, since what it does may open a prompt. */
static void enter(struct reader *reader)
{
	struct prompt *prompt = &reader->prompt;
	const struct prompt_kind *kind = prompt->kind;
	struct buffer line = prompt->text;
	prompt->text = (struct buffer){0};
	prompt->kind = NULL;
	history_add(&prompt->histories[kind->history], buffer_slice(&line));
	kind->entered(reader, buffer_slice(&line));
	buffer_release(&line);
}

static bool is_control(struct key key, char letter)
{
	return key.code == (uint32_t)letter && key.modifiers == MODIFIER_CONTROL;
}

static bool turn_literal(struct prompt *prompt)
{
	prompt->quoting = !prompt->kind->literal;
	prompt->literal = prompt->literal != prompt->kind->literal;
	return true;
}

/* A key that changes the line; false: it does nothing here. */
static bool take(struct reader *reader, struct key key)
{
	struct prompt *prompt = &reader->prompt;
	if (key.code == PRESS_TAB)
		return complete(reader, key.modifiers == MODIFIER_SHIFT);
	completion_close(&prompt->completion);
	if (is_control(key, 'v'))
		return turn_literal(prompt);
	return edit(prompt, key) || insert_key(reader, key);
}

/* Esc with a key right behind it came as one with Meta, which edits nothing: so it was two. */
static void take_both(struct reader *reader, struct key key)
{
	leave(reader);
	key.modifiers &= (uint8_t)~MODIFIER_META;
	reader_key(reader, key);
}

/* Deleting in an empty line leaves it, as in vi. */
void prompt_key(struct reader *reader, struct key key)
{
	struct prompt *prompt = &reader->prompt;
	bool delete = key.code == PRESS_BACKSPACE || is_control(key, 'h');
	bool changes;
	if (prompt->quoting)
		changes = insert_quoted(reader, key);
	else if (key.code == PRESS_ESC && prompt->completion.open)
		restore_typed(prompt), changes = true;
	else if (key.code == PRESS_ESC || is_control(key, 'c') ||
		 (delete &&prompt->text.length == 0))
		leave(reader), changes = false;
	else if (key.code == PRESS_ENTER)
		enter(reader), changes = false;
	else
		changes = take(reader, key);
	if (changes && prompt->kind->changed != NULL)
		prompt->kind->changed(reader, buffer_slice(&prompt->text));
	if (!changes && key.modifiers & MODIFIER_META && prompt->kind != NULL)
		take_both(reader, key);
}

/* ---- On the screen ---------------------------------------------------------------------- */

void prompt_draw(const struct prompt *prompt, const struct canvas *canvas, style_id style)
{
	const struct width_policy *policy = &canvas->cells->policy;
	struct slice text = buffer_slice(&prompt->text);
	int start = canvas_text(
		canvas, (struct spot){0, 0}, prompt->literal ? LITERAL_MARK : "", style);
	start = canvas_text(canvas, (struct spot){start, 0}, prompt->kind->mark, style);
	size_t room = canvas->columns > start + 1 ? (size_t)(canvas->columns - start - 1) : 0;
	size_t first = 0;
	while (first < prompt->cursor &&
		text_width(slice_cut(text, first, prompt->cursor), policy) > room)
		first += cluster_length(text, first);
	canvas_put(canvas, (struct spot){start, 0}, slice_cut(text, first, text.length), style);
	size_t before = text_width(slice_cut(text, first, prompt->cursor), policy);
	canvas_cursor(canvas, (struct spot){start + (int)before, 0});
}
