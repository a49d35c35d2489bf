/* A line being typed; see prompt.h. Keys that run no command go in, where they are characters. */
#include "tui/app.h"
#include "tui/commands.h"

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
	prompt->edits++;
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

COMMAND(line_left)
{
	(void)call;
	reader->prompt.cursor = cluster_before(&reader->prompt);
}

COMMAND(line_right)
{
	(void)call;
	reader->prompt.cursor = cluster_after(&reader->prompt);
}

COMMAND(line_word_left)
{
	(void)call;
	reader->prompt.cursor = word_before(&reader->prompt);
}

COMMAND(line_word_right)
{
	(void)call;
	reader->prompt.cursor = word_after(&reader->prompt);
}

COMMAND(line_start)
{
	(void)call;
	reader->prompt.cursor = 0;
}

COMMAND(line_end)
{
	(void)call;
	reader->prompt.cursor = reader->prompt.text.length;
}

/* Deleting in an empty line leaves it, as in vi. */
COMMAND(line_delete_before)
{
	struct prompt *prompt = &reader->prompt;
	if (prompt->text.length == 0)
		line_leave(reader, call);
	else
		replace(prompt, (struct span){cluster_before(prompt), prompt->cursor},
			(struct slice){0});
}

COMMAND(line_delete)
{
	(void)call;
	struct prompt *prompt = &reader->prompt;
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

COMMAND(line_delete_stretch)
{
	(void)call;
	kill(&reader->prompt, stretch_before(&reader->prompt), reader->prompt.cursor);
}

COMMAND(line_delete_word)
{
	(void)call;
	kill(&reader->prompt, word_before(&reader->prompt), reader->prompt.cursor);
}

COMMAND(line_delete_word_after)
{
	(void)call;
	kill(&reader->prompt, reader->prompt.cursor, word_after(&reader->prompt));
}

COMMAND(line_delete_to_start)
{
	(void)call;
	kill(&reader->prompt, 0, reader->prompt.cursor);
}

COMMAND(line_delete_to_end)
{
	(void)call;
	kill(&reader->prompt, reader->prompt.cursor, reader->prompt.text.length);
}

COMMAND(line_put)
{
	(void)call;
	struct prompt *prompt = &reader->prompt;
	replace(prompt, (struct span){prompt->cursor, prompt->cursor},
		buffer_slice(&prompt->killed));
}

static struct history *history_of(struct prompt *prompt)
{
	return &prompt->histories[prompt->kind->history];
}

COMMAND(line_older)
{
	(void)call;
	struct prompt *prompt = &reader->prompt;
	struct slice line;
	if (history_older(history_of(prompt), buffer_slice(&prompt->text), &line))
		replace_all(prompt, line);
}

COMMAND(line_newer)
{
	(void)call;
	struct slice line;
	if (history_newer(history_of(&reader->prompt), &line))
		replace_all(&reader->prompt, line);
}

COMMAND(line_literal)
{
	(void)call;
	struct prompt *prompt = &reader->prompt;
	prompt->quoting = !prompt->kind->literal;
	prompt->literal = prompt->literal != prompt->kind->literal;
	prompt->edits++;
}

static void insert(struct prompt *prompt, struct slice text)
{
	replace(prompt, (struct span){prompt->cursor, prompt->cursor}, text);
	history_begin(history_of(prompt));
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

/* ---- Completion ------------------------------------------------------------------------- */

static void put_candidate(struct prompt *prompt, struct slice text)
{
	replace(prompt, (struct span){prompt->completion.from, prompt->cursor}, text);
}

/* One candidate goes in at once; of several, one after the other, while their list is shown. */
static void complete(struct reader *reader, bool back)
{
	struct prompt *prompt = &reader->prompt;
	struct completion *completion = &prompt->completion;
	if (prompt->kind->complete == NULL)
		return;
	if (!completion->open)
		prompt->kind->complete(reader,
			slice_cut(buffer_slice(&prompt->text), 0, prompt->cursor), completion);
	if (completion->left_out > 0)
		reader_say(reader, "%zu name%s with blanks at the ends left out",
			completion->left_out, completion->left_out == 1 ? "" : "s");
	else if (completion->count == 0)
		reader_say(reader, "nothing to complete this with");
	if (completion->count == 0)
		return;
	put_candidate(prompt, completion_turn(completion, back));
	if (completion->count == 1)
		completion_close(completion);
}

COMMAND(line_complete)
{
	(void)call;
	complete(reader, false);
}

COMMAND(line_complete_back)
{
	(void)call;
	complete(reader, true);
}

/* ---- The end of it ---------------------------------------------------------------------- */

static void restore_typed(struct prompt *prompt)
{
	put_candidate(prompt, prompt->completion.typed);
	completion_close(&prompt->completion);
}

static void leave(struct reader *reader)
{
	const struct prompt_kind *kind = reader->prompt.kind;
	reader->prompt.kind = NULL;
	if (kind->left != NULL)
		kind->left(reader);
}

COMMAND(line_leave)
{
	(void)call;
	if (reader->prompt.completion.open)
		restore_typed(&reader->prompt);
	else
		leave(reader);
}

/* The line is taken out, since what it does may open a prompt. */
COMMAND(line_enter)
{
	(void)call;
	struct prompt *prompt = &reader->prompt;
	const struct prompt_kind *kind = prompt->kind;
	struct buffer line = prompt->text;
	prompt->text = (struct buffer){0};
	prompt->kind = NULL;
	history_add(&prompt->histories[kind->history], buffer_slice(&line));
	kind->entered(reader, buffer_slice(&line));
	buffer_release(&line);
}

/* ---- Keys ------------------------------------------------------------------------------- */

/* What goes on with what the keys before it began. */
static bool turns(const struct command *command)
{
	return command->run == line_complete || command->run == line_complete_back ||
	       command->run == line_leave;
}

static bool recalls(const struct command *command)
{
	return command->run == line_older || command->run == line_newer;
}

static void run(struct reader *reader, const struct command *command)
{
	struct prompt *prompt = &reader->prompt;
	if (!turns(command))
		completion_close(&prompt->completion);
	if (!recalls(command))
		history_begin(history_of(prompt));
	command->run(reader, &(struct call){.count = 1});
}

/* Esc with a key right behind it came as one with Meta, which edits nothing: so it was two. */
static void take_both(struct reader *reader, struct key key)
{
	leave(reader);
	key.modifiers &= (uint8_t)~MODIFIER_META;
	reader_key(reader, key);
}

/* A key that runs nothing. */
static void take(struct reader *reader, struct key key)
{
	completion_close(&reader->prompt.completion);
	if (!insert_key(reader, key) && key.modifiers & MODIFIER_META)
		take_both(reader, key);
}

/* A key that is typed to stand in the line: a tab, an escape, a control character. */
static void insert_quoted(struct reader *reader, struct key key)
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
	if (byte != '\0')
		insert(&reader->prompt, (struct slice){&byte, 1});
	else
		take(reader, key);
}

void prompt_key(struct reader *reader, struct key key)
{
	struct prompt *prompt = &reader->prompt;
	const struct prompt_kind *kind = prompt->kind;
	const struct bound *bound = keymap_key(reader->keymap, PANE_PROMPT, key);
	size_t before = prompt->edits;
	if (prompt->quoting)
		insert_quoted(reader, key);
	else if (bound != NULL)
		run(reader, command_named(slice_of(bound->command)));
	else
		take(reader, key);
	if (prompt->kind == kind && prompt->edits != before && kind->changed != NULL)
		kind->changed(reader, buffer_slice(&prompt->text));
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
