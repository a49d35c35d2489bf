/* Which characters a piece of a pattern takes; see start_rows.h.
 *
 * Of ASCII it is told exactly, of what lies beyond only roughly. What is not understood takes
 * everything.
 */
#include <string.h>

#include "rules/pieces.h"
#include "rules/start_rows.h"

static void add_all(struct character_set *into)
{
	bytes_add_range(&into->ascii, 0, 0x7F);
	into->beyond = BEYOND_ANY;
	into->exact = false;
}

static void add_beyond(struct character_set *into, enum beyond beyond)
{
	if (beyond > into->beyond)
		into->beyond = beyond;
}

static void negate(struct character_set *set)
{
	for (size_t i = 0; i < 2; i++)
		set->ascii.bits[i] = set->exact ? ~set->ascii.bits[i] : UINT64_MAX;
	set->beyond = BEYOND_ANY;
}

/* ---- Escapes ---------------------------------------------------------------------------- */

static void add_classes(struct character_set *into, unsigned classes)
{
	for (unsigned byte = 0; byte < 0x80; byte++)
		if (classes >> code_class(byte) & 1)
			bytes_add(&into->ascii, (unsigned char)byte);
	add_beyond(into, BEYOND_WORDS);
}

#define LETTER_BIT(class) (1u << (class))

/* \p{Lu} and its like. */
static const struct {
	const char *name;
	unsigned classes;
} properties[] = {
	{"Lu", LETTER_BIT(LETTER_UPPER)},
	{"Ll", LETTER_BIT(LETTER_LOWER)},
	{"L", LETTER_BIT(LETTER_UPPER) | LETTER_BIT(LETTER_LOWER)},
	{"Nd", LETTER_BIT(LETTER_DIGIT)},
	{"N", LETTER_BIT(LETTER_DIGIT)},
};

static void add_property(struct slice name, struct character_set *into)
{
	if (slice_is(name, "Sc")) {
		bytes_add(&into->ascii, '$');
		add_beyond(into, BEYOND_WORDS);
		return;
	}
	for (size_t i = 0; i < sizeof properties / sizeof *properties; i++)
		if (slice_is(name, properties[i].name)) {
			add_classes(into, properties[i].classes);
			return;
		}
	add_all(into);
}

/* Adds what a set is that stands inside another: \D in [\D,]. */
static void unite(struct character_set *into, const struct character_set *other)
{
	for (size_t i = 0; i < 4; i++)
		into->ascii.bits[i] |= other->ascii.bits[i];
	add_beyond(into, other->beyond);
	into->exact = into->exact && other->exact;
}

static void add_kind(char letter, struct slice escape, struct character_set *into)
{
	switch (letter) {
	case 'd':
		add_classes(into, LETTER_BIT(LETTER_DIGIT));
		break;
	case 'w':
		add_classes(into, LETTER_BIT(LETTER_UPPER) | LETTER_BIT(LETTER_LOWER) |
					  LETTER_BIT(LETTER_DIGIT));
		bytes_add(&into->ascii, '_');
		add_beyond(into, BEYOND_ANY);
		break;
	case 's':
		bytes_add_range(&into->ascii, '\t', '\r');
		bytes_add(&into->ascii, ' ');
		add_beyond(into, BEYOND_ANY);
		break;
	default:
		if (escape.length > 4 && escape.bytes[2] == '{' && escape.bytes[3] != '^')
			add_property(slice_cut(escape, 3, escape.length - 1), into);
		else
			add_all(into);
	}
}

/* Adds what an escape takes; false: no character. */
static bool add_escape(struct slice escape, struct character_set *into)
{
	char letter = escape.length > 1 ? escape.bytes[1] : '\0';
	if (letter > ' ' && letter < 0x7F && code_class((unsigned char)letter) == LETTER_NONE) {
		bytes_add(&into->ascii, (unsigned char)letter);
		return true;
	}
	if (letter == '\0' || !strchr("dwspDWSP", letter))
		return false;
	struct character_set kind = {.exact = true};
	bool negated = letter < 'a';
	add_kind(negated ? (char)(letter + 32) : letter, escape, &kind);
	if (negated)
		negate(&kind);
	unite(into, &kind);
	return true;
}

/* ---- Classes ---------------------------------------------------------------------------- */

static void add_code(uint32_t code, struct character_set *into)
{
	if (code < 0x80)
		bytes_add(&into->ascii, (unsigned char)code);
	else
		add_beyond(into, BEYOND_ANY);
}

/* Reads one item of a class at `at`, a range as well; returns its end, or 0. */
static size_t add_item(struct slice class, size_t at, struct character_set *into)
{
	uint32_t first, last;
	if (class.bytes[at] == '[')
		return 0; /* [:alpha:] and what looks like it */
	if (class.bytes[at] == '\\') {
		size_t end = piece_end(class, at);
		bool range =
			end < class.length && class.bytes[end] == '-' && end + 1 < class.length;
		return !range && add_escape(slice_cut(class, at, end), into) ? end : 0;
	}
	size_t end = at + utf8_decode(class, at, &first);
	if (end + 1 >= class.length || class.bytes[end] != '-') {
		add_code(first, into);
		return end;
	}
	if (class.bytes[end + 1] == '\\' || class.bytes[end + 1] == '[')
		return 0;
	size_t range_end = end + 1 + utf8_decode(class, end + 1, &last);
	for (uint32_t code = first; code <= last && code < 0x80; code++)
		add_code(code, into);
	add_code(last, into);
	return range_end;
}

static void add_class(struct slice class, struct character_set *into)
{
	struct slice inside = slice_cut(class, 1, class.length - 1);
	bool negated = slice_starts(inside, "^");
	size_t at = negated;
	while (at < inside.length) {
		size_t end = add_item(inside, at, into);
		if (end == 0) {
			add_all(into);
			break;
		}
		at = end;
	}
	if (negated)
		negate(into);
}

/* ---- Pieces ----------------------------------------------------------------------------- */

/* Unicode has a letter beyond ASCII for s and one for k: ſ, and the sign of kelvin. */
static void ignore_case(struct character_set *set)
{
	for (unsigned byte = 'a'; byte <= 'z'; byte++) {
		bool small = bytes_has(&set->ascii, (unsigned char)byte);
		bool capital = bytes_has(&set->ascii, (unsigned char)(byte - 32));
		if (!small && !capital)
			continue;
		bytes_add(&set->ascii, (unsigned char)byte);
		bytes_add(&set->ascii, (unsigned char)(byte - 32));
	}
	if (set->beyond != BEYOND_NONE)
		for (const char *byte = "kKsS"; *byte; byte++)
			bytes_add(&set->ascii, (unsigned char)*byte);
	if (bytes_has(&set->ascii, 'k') || bytes_has(&set->ascii, 's'))
		add_beyond(set, BEYOND_WORDS);
	set->exact = false;
}

bool character_set_read(struct slice piece, bool caseless, struct character_set *into)
{
	bool good = true;
	uint32_t code;
	*into = (struct character_set){.exact = true};
	if (piece.bytes[0] == '\\') {
		good = add_escape(piece, into);
	} else if (piece.bytes[0] == '[') {
		add_class(piece, into);
	} else {
		utf8_decode(piece, 0, &code);
		add_code(code, into);
	}
	if (caseless)
		ignore_case(into);
	return good;
}
