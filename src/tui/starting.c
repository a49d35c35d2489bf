/* What a reader begins with: what stands behind a plus on the command line.
 *
 * As in less these are keys that are typed first; as in vi a line of the prompt, a paragraph or a
 * pattern. Several keys are divided by blanks, so that a mistyped word is told and types nothing.
 */
#include "tui/app.h"

/* ---- What may stand there --------------------------------------------------------------- */

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static size_t digits_length(struct slice text)
{
	size_t length = 0;
	while (length < text.length && is_digit(text.bytes[length]))
		length++;
	return length;
}

/* The line of a prompt that it is; empty: it is none. */
static struct slice line_of(struct slice text)
{
	size_t digits = digits_length(text);
	struct slice rest = slice_cut(text, digits, text.length);
	bool number = digits > 0 && (rest.length == 0 || slice_is(rest, "%"));
	if (text.length > 1 && slice_starts(text, ":"))
		return slice_cut(text, 1, text.length);
	if (number || command_named(command_name(text)) != NULL ||
		(text.length > 1 && (slice_starts(text, "/") || slice_starts(text, "?"))))
		return text;
	return (struct slice){0};
}

/* Keys that do something in some pane, and perhaps the letter that they want. */
static bool keys_are_bound(const struct keymap *keymap, const struct keys *keys)
{
	struct keys head = *keys;
	for (size_t left = 0; left < 2 && head.count > 0; left++, head.count--)
		for (size_t i = 0; i < keymap->count; i++) {
			const struct bound *bound = &keymap->items[i];
			bool fits = bound->pane != PANE_PROMPT && keys_equal(&bound->keys, &head);
			if (fits && (left == 0 || bound_asks(bound)))
				return true;
		}
	return false;
}

/* A token: a count and the keys behind it. */
static bool token_is_bound(const struct keymap *keymap, struct slice token)
{
	struct keys keys = {0};
	struct diagnostics wrong = {0};
	token = slice_cut(token, digits_length(token), token.length);
	bool good = keys_parse(token, &keys, &wrong) && keys_are_bound(keymap, &keys);
	keys_release(&keys);
	diagnostics_release(&wrong);
	return good;
}

static bool are_keys(const struct keymap *keymap, struct slice text)
{
	for (struct slice rest = slice_trim(text); rest.length > 0;) {
		const char *blank = memchr(rest.bytes, ' ', rest.length);
		size_t length = blank != NULL ? (size_t)(blank - rest.bytes) : rest.length;
		if (!token_is_bound(keymap, slice_cut(rest, 0, length)))
			return false;
		rest = slice_trim(slice_cut(rest, length, rest.length));
	}
	return slice_trim(text).length > 0;
}

/* What only begins something, and what it wants. */
static const struct {
	const char *begun, *wanted;
} beginnings[] = {
	{"", "keys or a command, as in +G or +:zen; a file of this name is ./+"},
	{":", "a command, as in +:zen"},
	{"/", "a pattern, as in +/said"},
	{"?", "a pattern, as in +?said"},
};

static const char *what_is_wanted(struct slice text)
{
	for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
		if (slice_is(slice_trim(text), beginnings[i].begun))
			return beginnings[i].wanted;
	return NULL;
}

bool start_check(const struct keymap *keymap, const char *start, struct diagnostics *out)
{
	struct slice text = slice_of(start), line = line_of(text);
	struct buffer why = {0}, shown = {0};
	const char *wanted = what_is_wanted(text);
	bool good = line.length > 0 ? line_check(line, &why) : are_keys(keymap, text);
	text_visible(text, &shown);
	if (wanted != NULL)
		diagnostics_report(
			out, NULL, 0, 0, "+%s wants %s", shown.bytes ? shown.bytes : "", wanted);
	else if (why.length > 0)
		diagnostics_report(out, NULL, 0, 0, "+%s: %s", shown.bytes, why.bytes);
	else if (!good)
		diagnostics_report(out, NULL, 0, 0,
			"+%s is nothing to begin with; give keys (+G, +'3n K'), a paragraph (+12), "
			"a share (+50%%), +/PATTERN or a command (+:zen)",
			shown.bytes);
	buffer_release(&why);
	buffer_release(&shown);
	return good && wanted == NULL;
}

/* ---- Doing it --------------------------------------------------------------------------- */

static void type_keys(struct reader *reader, struct slice text)
{
	struct keys keys = {0};
	struct diagnostics problems = {0};
	keys_parse(text, &keys, &problems);
	for (size_t i = 0; i < keys.count && !reader->quit; i++)
		reader_key(reader, keys.items[i]);
	keys_release(&keys);
	diagnostics_release(&problems);
}

static void go_to_first(struct reader *reader)
{
	struct position position;
	if (reader->at != NULL && position_parse(slice_of(reader->at), &position))
		reader_go_to(reader, &position);
	if (reader->at != NULL)
		position_release(&position);
	reader->at = NULL;
}

void reader_start(struct reader *reader)
{
	go_to_first(reader);
	for (size_t i = 0; i < reader->start_count && !reader->quit; i++) {
		struct slice text = slice_of(reader->starts[i]), line = line_of(text);
		if (line.length > 0)
			reader_run_line(reader, line);
		else
			type_keys(reader, text);
	}
	reader->start_count = 0;
	reader_settle(reader);
}
