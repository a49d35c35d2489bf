/* Text as it is written for terminals and printers; see ansi.h.
 *
 * Three things are left out, which say how letters look and nothing else: sequences that set
 * colours and attributes (SGR, ECMA-48), those that come with them (the rest of the line erased,
 * ASCII chosen), and overstriking, by which printers made letters bold (X, back, X) and underlined
 * (_, back, X). Nothing that can be read is lost by that. Any other sequence and any other
 * backspace stays, to be seen as what it is.
 */
#include "document/ansi.h"

#define ESCAPE '\x1B'
#define BACK '\b'
#define SEQUENCE_MOST 64 /* bytes; what is longer is none */
#define SIGNS_LEAST 2    /* in a text that is written so */
#define OTHERS_SHARE 10  /* it has one other control character in so many at most */

/* How much of the text a thing takes; 0: it is not there; UNFINISHED: it may be, when more comes.
 */
#define UNFINISHED SIZE_MAX

/* ---- Sequences -------------------------------------------------------------------------- */

static bool is_parameter(char byte)
{
	return (byte >= '0' && byte <= '9') || byte == ';' || byte == ':';
}

static size_t control_length(struct slice text)
{
	size_t end = 2;
	while (end < text.length && end < SEQUENCE_MOST && is_parameter(text.bytes[end]))
		end++;
	if (end == text.length)
		return end < SEQUENCE_MOST ? UNFINISHED : 0;
	return text.bytes[end] == 'm' || text.bytes[end] == 'K' ? end + 1 : 0;
}

/* Of a sequence that only says how something looks, at the head of the text. */
static size_t sequence_length(struct slice text)
{
	if (text.length < 2)
		return UNFINISHED;
	if (text.bytes[1] == '[')
		return control_length(text);
	if (text.bytes[1] != '(')
		return 0;
	if (text.length < 3)
		return UNFINISHED;
	return text.bytes[2] == 'B' ? 3 : 0;
}

/* ---- Overstriking ----------------------------------------------------------------------- */

static struct slice character_at(struct slice text, size_t at)
{
	uint32_t code;
	return slice_cut(text, at, at + utf8_decode(text, at, &code));
}

static bool is_control(struct slice character)
{
	return (unsigned char)*character.bytes < ' ' || *character.bytes == '\x7F';
}

/* Of a character at the head of the text and the way back, where another one is struck over it. */
static size_t struck_length(struct slice text)
{
	struct slice under = character_at(text, 0);
	size_t at = under.length;
	bool wide = under.length >= 3; /* the way back from a wide character may be two steps */
	while (at < text.length && text.bytes[at] == BACK && at < under.length + 1 + wide)
		at++;
	if (at == text.length)
		return UNFINISHED;
	if (at == under.length || is_control(under))
		return 0;
	struct slice over = character_at(text, at);
	return slice_equal(over, under) || (slice_is(under, "_") && !is_control(over)) ? at : 0;
}

/* ---- Reading ---------------------------------------------------------------------------- */

/* Up to where something may begin: a sequence, or the character before a way back. */
static size_t plain_length(struct slice text)
{
	size_t at = 0, before = 0;
	while (at < text.length && text.bytes[at] != ESCAPE && text.bytes[at] != BACK) {
		if (((unsigned char)text.bytes[at] & 0xC0) != 0x80)
			before = at;
		at++;
	}
	return at < text.length && text.bytes[at] == ESCAPE ? at : before;
}

/* Reads on from the head of the text; how far, or UNFINISHED. */
static size_t read_one(struct ansi *ansi, struct slice text, struct buffer *into)
{
	bool escape = *text.bytes == ESCAPE;
	size_t length = escape ? sequence_length(text) : struck_length(text);
	if (length == UNFINISHED)
		return length;
	ansi->signs += length > 0;
	if (length > 0)
		return length;
	struct slice character = character_at(text, 0);
	buffer_append(into, character);
	return character.length;
}

static size_t read_all(struct ansi *ansi, struct slice text, struct buffer *into)
{
	for (size_t at = 0, length; at < text.length; at += length) {
		struct slice rest = slice_cut(text, at, text.length);
		length = plain_length(rest);
		buffer_append(into, slice_cut(rest, 0, length));
		if (length > 0)
			continue;
		length = read_one(ansi, rest, into);
		if (length == UNFINISHED)
			return at;
	}
	return text.length;
}

/* A line feed is struck over by nothing: who waits for a line has it whole. */
static bool may_wait(struct slice rest)
{
	return !slice_is(rest, "\n");
}

void ansi_read(struct ansi *ansi, struct slice text, struct buffer *into)
{
	struct buffer joined = ansi->held;
	ansi->held = (struct buffer){0};
	if (joined.length > 0) {
		buffer_append(&joined, text);
		text = buffer_slice(&joined);
	}
	size_t done = read_all(ansi, text, into);
	struct slice rest = slice_cut(text, done, text.length);
	buffer_append(may_wait(rest) ? &ansi->held : into, rest);
	buffer_release(&joined);
}

void ansi_finish(struct ansi *ansi, struct buffer *into)
{
	buffer_append(into, buffer_slice(&ansi->held));
	ansi->held.length = 0;
}

void ansi_release(struct ansi *ansi)
{
	buffer_release(&ansi->held);
}

/* ---- Telling ---------------------------------------------------------------------------- */

static size_t count_others(struct slice text)
{
	size_t count = 0;
	for (size_t i = 0; i < text.length; i++) {
		char byte = text.bytes[i];
		bool usual = byte == '\0' || (byte >= '\t' && byte <= '\r');
		count += byte == '\x7F' || ((unsigned char)byte < ' ' && !usual);
	}
	return count;
}

bool ansi_is_likely(struct slice sample)
{
	struct ansi trial = {0};
	struct buffer shown = {0};
	if (sample.length == 0)
		return false;
	if (!memchr(sample.bytes, ESCAPE, sample.length) &&
		!memchr(sample.bytes, BACK, sample.length))
		return false;
	ansi_read(&trial, sample, &shown);
	bool likely = trial.signs >= SIGNS_LEAST &&
		      count_others(buffer_slice(&shown)) * OTHERS_SHARE <= trial.signs;
	buffer_release(&shown);
	ansi_release(&trial);
	return likely;
}
