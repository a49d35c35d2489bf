/* How typed keys find their command; see typing.h. They wait while they are the beginning of
 * something, and a number before them is their count.
 */
#include "tui/typing.h"

#include <string.h>

#include "tui/app.h"

void typing_forget(struct typing *typing)
{
	typing->pending.count = 0;
	typing->number = 0;
	typing->counted = false;
	typing->asks = NULL;
}

void typing_release(struct typing *typing)
{
	keys_release(&typing->pending);
}

void typing_put(const struct typing *typing, struct buffer *into)
{
	if (typing->counted)
		buffer_format(into, "%zu", typing->number);
	keys_caption(&typing->pending, into);
}

/* ---- Taking keys ------------------------------------------------------------------------ */

/* A number begins with a nought where no key of the map does. */
static bool is_bound(struct reader *reader, struct key key)
{
	bool begins;
	struct keys keys = {.items = &key, .count = 1};
	return keymap_match(reader->keymap, (int)reader_pane(reader), &keys, &begins) != NULL ||
	       begins;
}

static bool take_digit(struct reader *reader, struct key key)
{
	struct typing *typing = &reader->typing;
	bool digit = key.code >= '0' && key.code <= '9' && key.modifiers == 0;
	if (!digit || typing->pending.count > 0 ||
		(key.code == '0' && !typing->counted && is_bound(reader, key)))
		return false;
	typing->number = typing->number * 10 + (key.code - '0');
	if (typing->number > COUNT_MOST)
		typing->number = COUNT_MOST;
	typing->counted = true;
	return true;
}

static void run(struct reader *reader, struct slice command)
{
	struct typing *typing = &reader->typing;
	struct call call = {
		.count = typing->counted ? typing->number : 1, .counted = typing->counted};
	typing_forget(typing);
	reader_command(reader, command, &call);
}

bool bound_asks(const struct bound *bound)
{
	const struct command *command = command_named(slice_of(bound->command));
	return command != NULL && command->argument != NULL &&
	       strcmp(command->argument, LETTER) == 0;
}

static void take_letter(struct reader *reader, struct key key)
{
	struct buffer text = {0};
	char letter[4];
	buffer_format(&text, "%s ", reader->typing.asks->command);
	if (key.code < PRESS_ENTER && key.modifiers == 0)
		buffer_append(&text, (struct slice){letter, utf8_encode(key.code, letter)});
	run(reader, buffer_slice(&text));
	buffer_release(&text);
}

static void complain(struct reader *reader)
{
	struct buffer caption = {0};
	keys_caption(&reader->typing.pending, &caption);
	reader_say(reader, "%s does nothing here; %s shows the keys", caption.bytes,
		reader_key_for(reader, "help"));
	buffer_release(&caption);
	typing_forget(&reader->typing);
}

/* Esc with a key right behind it came as one with Meta, which does nothing: so it was two. */
static void take_both(struct reader *reader, struct key key)
{
	typing_forget(&reader->typing);
	typing_take(reader, (struct key){.code = PRESS_ESC});
	key.modifiers &= (uint8_t)~MODIFIER_META;
	typing_take(reader, key);
}

void typing_take(struct reader *reader, struct key key)
{
	struct typing *typing = &reader->typing;
	finding_hurry(reader);
	bool waiting = typing->pending.count > 0 || typing->counted, begins;
	if (waiting && key.code == PRESS_ESC) {
		typing_forget(typing);
		return;
	}
	if (typing->asks != NULL) {
		take_letter(reader, key);
		return;
	}
	if (take_digit(reader, key))
		return;
	keys_add(&typing->pending, key);
	const struct bound *bound =
		keymap_match(reader->keymap, (int)reader_pane(reader), &typing->pending, &begins);
	if (bound != NULL && !begins && bound_asks(bound))
		typing->asks = bound;
	else if (bound != NULL && !begins)
		run(reader, slice_of(bound->command));
	else if (!begins && key.modifiers & MODIFIER_META)
		take_both(reader, key);
	else if (!begins)
		complain(reader);
}
