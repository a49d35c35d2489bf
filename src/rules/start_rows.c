/* What a match may start with, read from the pattern; see start_rows.h.
 *
 * The pattern is walked from its head along every way a match can go, until START_BYTES bytes are
 * told, or fewer where there are too many ways, a way ends, or something may repeat without end.
 * What is still to be walked behind a piece is a chain of `struct rest` on the stack. Looks around
 * and anchors take nothing and are passed over, which allows more starts, never fewer; but of a
 * look behind for no such character, at the head, it is kept what may stand before.
 */
#include "rules/start_rows.h"

#include <string.h>

#include "rules/pieces.h"

#define STEPS_MOST 4000 /* of a walk; a pattern beyond starts anywhere */

struct walk {
	struct start_rows *rows;
	size_t steps;
	size_t depth; /* bytes of a row, START_BYTES at most */
};

/* What follows the piece that is walked: perhaps the piece again, then the pattern behind it. */
struct rest {
	struct slice piece;
	struct repeats repeats; /* still to come */
	struct slice pattern;
	bool caseless;
	const struct rest *next;
};

static bool walk_piece(struct walk *walk, const struct rest *rest, const struct start_row *row);
static bool walk_pattern(struct walk *walk, struct slice pattern, bool caseless,
	const struct rest *next, const struct start_row *row);

static bool end_row(struct walk *walk, const struct start_row *row)
{
	if (row->length == 0 || walk->rows->count == START_ROWS)
		return false;
	walk->rows->items[walk->rows->count++] = *row;
	return true;
}

/* Goes on behind a piece. */
static bool walk_rest(struct walk *walk, const struct rest *rest, const struct start_row *row)
{
	if (!rest || row->length >= walk->depth)
		return end_row(walk, row);
	if (rest->repeats.most == 0)
		return walk_pattern(walk, rest->pattern, rest->caseless, rest->next, row);
	if (rest->repeats.least == 0 && rest->repeats.most == REPEATS_ANY && row->length > 0)
		return end_row(walk, row);
	return walk_piece(walk, rest, row);
}

/* ---- Characters ------------------------------------------------------------------------- */

static bool take_byte(struct walk *walk, const struct byte_set *set, const struct rest *rest,
	const struct start_row *row)
{
	struct start_row longer = *row;
	longer.bytes[longer.length++] = *set;
	return walk_rest(walk, rest, &longer);
}

/* A character beyond ASCII; which bytes follow its first ones is not told. */
static bool take_beyond(struct walk *walk, enum beyond beyond, const struct start_row *row)
{
	struct byte_set leads = {0}, general = {0}, others = {0};
	bytes_add_range(&leads, 0xC2, 0xF4);
	if (beyond == BEYOND_ANY)
		return take_byte(walk, &leads, NULL, row);
	leads.bits[0xE2 / 64] &= ~(UINT64_C(1) << 0xE2 % 64);
	bytes_add(&general, 0xE2); /* all but U+2000 to U+203F */
	bytes_add_range(&others, 0x81, 0xBF);
	struct start_row longer = *row;
	longer.bytes[longer.length++] = general;
	return take_byte(walk, &leads, NULL, row) &&
	       (longer.length >= walk->depth ? end_row(walk, &longer)
					     : take_byte(walk, &others, NULL, &longer));
}

static bool take_set(struct walk *walk, const struct character_set *set, const struct rest *rest,
	const struct start_row *row)
{
	bool ascii = (set->ascii.bits[0] | set->ascii.bits[1]) != 0;
	if (set->beyond != BEYOND_NONE && !take_beyond(walk, set->beyond, row))
		return false;
	return !ascii || take_byte(walk, &set->ascii, rest, row);
}

/* A character beyond ASCII as it stands. */
static bool take_long(struct walk *walk, struct slice character, const struct rest *rest,
	const struct start_row *row)
{
	struct start_row longer = *row;
	for (size_t i = 0; i < character.length && longer.length < walk->depth; i++)
		bytes_add(&longer.bytes[longer.length++], (unsigned char)character.bytes[i]);
	return walk_rest(walk, rest, &longer);
}

/* ---- Groups ----------------------------------------------------------------------------- */

static bool is_look_around(struct slice group)
{
	return slice_starts(group, "(?=") || slice_starts(group, "(?!") ||
	       slice_starts(group, "(?<=") || slice_starts(group, "(?<!");
}

/* The bytes that may stand before a start, behind a look for one character that does not. */
static void keep_before(struct slice group, bool caseless, struct start_row *row)
{
	struct character_set set;
	struct slice inside = slice_cut(group, 4, group.length - 1);
	bool one = inside.length > 0 && !strchr("(.^$", inside.bytes[0]) &&
		   piece_end(inside, 0) == inside.length;
	if (!one || !character_set_read(inside, caseless, &set) || !set.exact)
		return;
	for (size_t i = 0; i < 2; i++)
		row->before.bits[i] &= ~set.ascii.bits[i];
}

static bool walk_group(
	struct walk *walk, struct slice group, const struct rest *rest, const struct start_row *row)
{
	bool caseless = rest->caseless || slice_starts(group, "(?i:");
	struct slice inside = group_inside(group);
	if (is_look_around(group)) {
		struct start_row kept = *row;
		if (row->length == 0 && slice_starts(group, "(?<!"))
			keep_before(group, rest->caseless, &kept);
		return walk_rest(walk, rest, &kept);
	}
	if (slice_starts(group, "(?i:") || slice_starts(group, "(?|"))
		inside = slice_cut(group, slice_starts(group, "(?|") ? 3 : 4, group.length - 1);
	if (inside.length == 0 || inside.bytes[0] == '*')
		return false;
	for (size_t start = 0; start <= inside.length;) {
		size_t end = alternative_end(inside, start);
		if (!walk_pattern(walk, slice_cut(inside, start, end), caseless, rest, row))
			return false;
		start = end + 1;
	}
	return true;
}

/* ---- Pieces ----------------------------------------------------------------------------- */

static bool take_piece(
	struct walk *walk, struct slice piece, const struct rest *rest, const struct start_row *row)
{
	struct character_set set;
	struct start_row kept = *row;
	char first = piece.bytes[0];
	if (first == '(')
		return walk_group(walk, piece, rest, row);
	if (first == '.')
		return end_row(walk, row);
	if (first == '^' || first == '$')
		return walk_rest(walk, rest, row);
	if (first == '\\' && piece.length == 2 && strchr("bBAzZ", piece.bytes[1]))
		return walk_rest(walk, rest, &kept);
	if ((unsigned char)first >= 0x80 && !rest->caseless)
		return take_long(walk, piece, rest, row);
	return character_set_read(piece, rest->caseless, &set) && take_set(walk, &set, rest, row);
}

/* The piece at the head of `rest`, as often as its quantifier says. */
static bool walk_piece(struct walk *walk, const struct rest *rest, const struct start_row *row)
{
	struct rest behind = *rest;
	if (++walk->steps > STEPS_MOST)
		return false;
	if (rest->repeats.least == 0 &&
		!walk_pattern(walk, rest->pattern, rest->caseless, rest->next, row))
		return false;
	if (rest->repeats.most == 0)
		return true;
	behind.repeats.least -= behind.repeats.least > 0;
	behind.repeats.most -= behind.repeats.most != REPEATS_ANY;
	return take_piece(walk, rest->piece, &behind, row);
}

/* A pattern without alternatives of its own, and then what comes next. */
static bool walk_pattern(struct walk *walk, struct slice pattern, bool caseless,
	const struct rest *next, const struct start_row *row)
{
	if (pattern.length == 0)
		return walk_rest(walk, next, row);
	size_t end = piece_end(pattern, 0);
	struct rest rest = {.piece = slice_cut(pattern, 0, end),
		.repeats = piece_repeats(pattern, end, &end),
		.caseless = caseless,
		.next = next};
	rest.pattern = slice_cut(pattern, end, pattern.length);
	return walk_piece(walk, &rest, row);
}

/* Flags by which blanks and comments are left out: (?x), (?ix:…). */
static bool is_extended(struct slice flags)
{
	for (size_t i = 0; i < flags.length && strchr("imnsxJU^-", flags.bytes[i]); i++)
		if (flags.bytes[i] == 'x')
			return true;
	return false;
}

/* Verbs, comments, texts as they stand, and escapes that ask where the search began or move where
 * the match begins. */
static bool is_beyond_us(struct slice pattern)
{
	static const char *const signs[] = {"(*", "(?#", "\\G", "\\K", "\\Q", "\\c"};
	for (size_t at = 0; at < pattern.length; at++) {
		struct slice rest = slice_cut(pattern, at, pattern.length);
		for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
			if (slice_starts(rest, signs[i]))
				return true;
		if (slice_starts(rest, "(?") && is_extended(slice_cut(rest, 2, rest.length)))
			return true;
	}
	return false;
}

/* All rows of so many bytes at most. */
static bool infer(struct slice pattern, size_t depth, struct start_rows *into)
{
	struct walk walk = {into, 0, depth};
	struct start_row row = {0};
	into->count = 0;
	bytes_add_range(&row.before, 0, 0xFF);
	for (size_t start = 0; start <= pattern.length;) {
		size_t end = alternative_end(pattern, start);
		if (!walk_pattern(&walk, slice_cut(pattern, start, end), false, NULL, &row))
			return false;
		start = end + 1;
	}
	return into->count > 0;
}

/* A pattern with too many starts has fewer that are shorter. */
bool start_rows_infer(struct slice pattern, struct start_rows *into)
{
	if (pattern.length == 0 || is_beyond_us(pattern))
		return false;
	for (size_t depth = START_BYTES; depth > 0; depth--)
		if (infer(pattern, depth, into))
			return true;
	return false;
}
