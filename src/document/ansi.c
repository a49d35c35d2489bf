/* Text as it is written for terminals and printers; see ansi.h.
 *
 * What is taken out says how letters look and where they lead, and nothing else: sequences that set
 * colours and attributes (SGR, ECMA-48), those that come with them (the rest of the line erased,
 * ASCII chosen), hyperlinks (OSC 8), and overstriking, by which printers made letters bold (X,
 * back, X), underlined (_, back, X) and others of two (+, back, o). It is kept as the lettering of
 * what it is about. Nothing that can be read is lost by that, but for a letter under another one,
 * of which no paper shows more. Any other sequence and any other backspace stays, to be seen as
 * what it is.
 */
#include "document/ansi.h"

#include "document/rendition.h"

#define ESCAPE '\x1B'
#define BELL '\a'
#define BACK '\b'
#define SEQUENCE_MOST 64 /* bytes; what is longer is none */
#define LINK_MOST 4096   /* bytes of a sequence with an address */
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

/* ESC ] 8 ; parameters ; address, up to BEL or ESC \\; no other control character is in it. */
static size_t link_length(struct slice text)
{
	static const char head[] = "\x1B]8;";
	size_t end = sizeof head - 1;
	if (memcmp(text.bytes, head, text.length < end ? text.length : end) != 0)
		return 0;
	while (end < text.length && end < LINK_MOST && (unsigned char)text.bytes[end] >= ' ')
		end++;
	if (end >= text.length)
		return UNFINISHED;
	if (text.bytes[end] == BELL)
		return end + 1;
	if (text.bytes[end] != ESCAPE)
		return 0;
	if (end + 1 == text.length)
		return UNFINISHED;
	return text.bytes[end + 1] == '\\' ? end + 2 : 0;
}

/* Of a sequence that only says how something looks, at the head of the text. */
static size_t sequence_length(struct slice text)
{
	if (text.length < 2)
		return UNFINISHED;
	if (text.bytes[1] == '[')
		return control_length(text);
	if (text.bytes[1] == ']')
		return link_length(text);
	if (text.bytes[1] != '(')
		return 0;
	if (text.length < 3)
		return UNFINISHED;
	return text.bytes[2] == 'B' ? 3 : 0;
}

/* A link without an address ends the one before. */
static bool has_address(struct slice sequence)
{
	const char *parameters = sequence.bytes + strlen("\x1B]8;");
	size_t left = sequence.length - strlen("\x1B]8;");
	const char *address = memchr(parameters, ';', left);
	return address && (unsigned char)address[1] >= ' ';
}

static void obey(struct ansi *ansi, struct slice sequence)
{
	if (sequence.bytes[1] == '[' && sequence.bytes[sequence.length - 1] == 'm')
		rendition_select(slice_cut(sequence, 2, sequence.length - 1), &ansi->now);
	if (sequence.bytes[1] == ']' && has_address(sequence))
		ansi->now.traits |= LETTERING_LINK;
	else if (sequence.bytes[1] == ']')
		ansi->now.traits &= (uint8_t)~LETTERING_LINK;
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

/* A place on paper: the character that is seen there, and how. */
struct overstrike {
	struct slice seen;
	uint8_t traits;
	bool is_sign; /* nobody writes so by accident */
};

static bool are_bullet(struct slice under, struct slice over)
{
	return (slice_is(under, "+") && slice_is(over, "o")) ||
	       (slice_is(under, "o") && slice_is(over, "+"));
}

/* A line under a line is as the letter before it was: words in bold and words that are underlined
 * both have it so. */
static void strike(const struct ansi *ansi, struct overstrike *place, struct slice over)
{
	bool under_line = slice_is(place->seen, "_"), line = slice_is(over, "_");
	bool is_same = slice_equal(place->seen, over), bullet = are_bullet(place->seen, over);
	place->is_sign = place->is_sign || is_same || under_line || line || bullet;
	if (is_same && line)
		place->traits |= ansi->struck & LETTERING_UNDERLINED ? LETTERING_UNDERLINED
								     : LETTERING_STRONG;
	else if (is_same)
		place->traits |= LETTERING_STRONG;
	else if (under_line || line)
		place->traits |= LETTERING_UNDERLINED;
	if (bullet)
		place->seen = slice_is(over, "o") ? over : place->seen;
	else if (!line)
		place->seen = over;
}

/* From a character to one that is struck over it: the way back from a wide one may be two steps. */
static size_t back_length(struct slice text, struct slice under)
{
	size_t most = under.length >= 3 ? 2 : 1, steps = 0;
	while (steps < text.length && steps <= most && text.bytes[steps] == BACK)
		steps++;
	if (steps == text.length && steps <= most)
		return UNFINISHED;
	return steps <= most ? steps : 0;
}

/* The characters at the head of the text that stand in one place, if these are several. More than
 * a few are an accident. */
#define STRUCK_MOST 64 /* bytes */
static size_t struck_length(const struct ansi *ansi, struct slice text, struct overstrike *place)
{
	size_t at = place->seen.length, taken = 0;
	struct slice last = place->seen;
	while (!is_control(last) && at < STRUCK_MOST) {
		struct slice rest = slice_cut(text, at, text.length);
		size_t back = back_length(rest, last);
		if (back == UNFINISHED)
			return UNFINISHED;
		if (back == 0 || is_control(character_at(rest, back)))
			return taken;
		last = character_at(rest, back);
		strike(ansi, place, last);
		at += back + last.length;
		taken = at;
	}
	return taken;
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

static void put(struct ansi *ansi, struct slice text, uint8_t traits, struct buffer *into)
{
	struct lettering lettering = ansi->now;
	lettering.traits |= traits;
	if (ansi->told && text.length > 0)
		letterings_turn(ansi->told, ansi->read, &lettering);
	buffer_append(into, text);
	ansi->read += text.length;
}

/* Reads on from the head of the text, where no sequence is; how far, or UNFINISHED. */
static size_t read_place(struct ansi *ansi, struct slice text, struct buffer *into)
{
	struct overstrike place = {.seen = character_at(text, 0)};
	size_t length = struck_length(ansi, text, &place);
	if (length == UNFINISHED)
		return length;
	if (length == 0)
		length = place.seen.length;
	put(ansi, place.seen, place.traits, into);
	ansi->signs += place.is_sign;
	ansi->struck = place.traits;
	return length;
}

static size_t read_one(struct ansi *ansi, struct slice text, struct buffer *into)
{
	size_t length = *text.bytes == ESCAPE ? sequence_length(text) : 0;
	if (length == UNFINISHED)
		return length;
	if (length == 0)
		return read_place(ansi, text, into);
	obey(ansi, slice_cut(text, 0, length));
	ansi->signs++;
	return length;
}

static size_t read_all(struct ansi *ansi, struct slice text, struct buffer *into)
{
	for (size_t at = 0, length; at < text.length; at += length) {
		struct slice rest = slice_cut(text, at, text.length);
		length = plain_length(rest);
		if (length > 0) {
			put(ansi, slice_cut(rest, 0, length), 0, into);
			ansi->struck = 0;
			continue;
		}
		length = read_one(ansi, rest, into);
		if (length == UNFINISHED)
			return at;
	}
	return text.length;
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
	buffer_append(&ansi->held, slice_cut(text, done, text.length));
	buffer_release(&joined);
}

/* Whatever waits is over at a line feed, which waits for nothing itself. */
void ansi_finish(struct ansi *ansi, struct buffer *into)
{
	if (ansi->held.length == 0)
		return;
	ansi_read(ansi, slice_of("\n"), into);
	into->bytes[--into->length] = '\0';
	ansi->read--;
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
