/* Row patterns match what PCRE2 matches where each token is a letter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rules/row_pattern.h"

#define PATTERNS 2000
#define ROWS 8
#define LETTERS 4 /* a, b, c, and one that no pattern names */

static uint64_t seed = 7;

static unsigned below(unsigned bound)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(seed >> 33) % bound;
}

/* ---- Patterns --------------------------------------------------------------------------- */

struct writing {
	struct buffer *into;
	unsigned depth;
	bool grouped; /* there is one group, and not where it may stand twice */
};

static void write_token(struct writing *writing)
{
	static const char *const tokens[] = {
		"a ", "b ", "c ", "a ", "b ", ".", "[a b]", "[^a]", "[^b c]"};
	buffer_text(writing->into, tokens[below(sizeof tokens / sizeof *tokens)]);
}

static void write_quantity(struct writing *writing)
{
	static const char *const quantities[] = {
		"", "", "", "", "", "?", "*", "+", "{2}", "{1,3}", "{0,2}", "{2,}"};
	static const char *const manners[] = {"", "", "", "?", "+"};
	const char *quantity = quantities[below(sizeof quantities / sizeof *quantities)];
	buffer_text(writing->into, quantity);
	if (*quantity)
		buffer_text(writing->into, manners[below(5)]);
}

static void write_choice(struct writing *writing);

static void write_bracket(struct writing *writing)
{
	static const char *const openings[] = {"(?:", "(?:", "(?=", "(?!", "(?>"};
	const char *opening = openings[below(5)];
	bool once = !writing->grouped && below(3) == 0;
	buffer_text(writing->into, once ? "(?<speaker>" : opening);
	writing->grouped = true;
	writing->depth++;
	write_choice(writing);
	writing->depth--;
	buffer_text(writing->into, ")");
	bool looks = opening[2] == '=' || opening[2] == '!';
	if (!once && !looks)
		write_quantity(writing);
}

static void write_item(struct writing *writing)
{
	unsigned what = below(12);
	if (what == 0) {
		buffer_text(writing->into, below(2) ? "(?<=" : "(?<!");
		write_token(writing);
		buffer_text(writing->into, ")");
	} else if (what < 4 && writing->depth < 3) {
		write_bracket(writing);
	} else if (what == 4) {
		buffer_text(writing->into, below(2) ? "^" : "$");
	} else {
		write_token(writing);
		write_quantity(writing);
	}
}

static void write_choice(struct writing *writing)
{
	for (unsigned branches = below(4) == 0 ? 2 : 1; branches > 0; branches--) {
		for (unsigned items = 1 + below(4); items > 0; items--)
			write_item(writing);
		if (branches > 1)
			buffer_text(writing->into, "|");
	}
}

/* ---- Both matchers ---------------------------------------------------------------------- */

struct world {
	struct arena *arena;
	struct pattern_room *room;
	struct pack pack;
	struct row_language language;
	uint32_t sets[LETTERS];
	struct row *row;
};

static void world_init(struct world *world)
{
	*world = (struct world){.arena = arena_new(), .room = pattern_room_new()};
	world->pack.arena = world->arena;
	world->language.pack = &world->pack;
	world->language.table = atom_table_new(world->arena);
	world->language.candidate = atom_add(world->language.table, slice_of("C"));
	row_language_init(&world->language, world->arena);
	for (uint32_t i = 0; i < LETTERS; i++) {
		char name[] = {'=', (char)('a' + i), '\0'};
		struct atoms atoms = {0};
		atoms_add(&atoms, atom_add(world->language.table, slice_of(name)));
		world->sets[i] = atoms_number(world->language.table, &atoms);
	}
}

static void world_release(struct world *world)
{
	pattern_room_free(world->room);
	arena_free(world->arena);
}

static struct row_pattern *read_pattern(struct world *world, struct slice text)
{
	struct diagnostics out = {.arena = world->arena};
	struct buffer quoted = {0};
	buffer_format(&quoted, "'%.*s'", (int)text.length, text.bytes);
	struct slice source = arena_slice(world->arena, buffer_slice(&quoted));
	buffer_release(&quoted);
	assert_true(yaml_read(source, "rows", world->arena, &world->pack.tree, &out));
	struct row_pattern *pattern =
		row_pattern_new(&world->language, &world->pack.tree.nodes[0], &out);
	if (!pattern)
		fail_msg("%.*s: %s", (int)text.length, text.bytes, out.items[0].message);
	return pattern;
}

static struct pattern *read_letters(struct world *world, struct slice text)
{
	struct buffer packed = {0};
	for (size_t i = 0; i < text.length; i++)
		if (text.bytes[i] != ' ')
			buffer_byte(&packed, text.bytes[i]);
	struct pattern *pattern = pattern_new(world->room, buffer_slice(&packed), PATTERN_ANCHORED);
	buffer_release(&packed);
	return pattern;
}

/* Start by start: one that runs into a limit is not passed over. */
static enum pattern_outcome find_letters(
	struct pattern *letters, struct slice subject, struct match *match)
{
	enum pattern_outcome outcome = PATTERN_NONE;
	for (size_t at = 0; at <= subject.length && outcome == PATTERN_NONE; at++)
		outcome = pattern_find(letters, subject, at, match);
	return outcome;
}

static void compare(struct world *world, struct slice text, const struct row_pattern *rows,
	struct pattern *letters)
{
	char subject[200];
	uint32_t sets[sizeof subject];
	size_t count = below(below(2) ? 12 : sizeof subject);
	unsigned common = below(LETTERS);
	for (size_t i = 0; i < count; i++) {
		unsigned letter = below(3) ? below(LETTERS) : common;
		subject[i] = (char)('a' + letter);
		sets[i] = world->sets[letter];
	}
	struct match wanted, found;
	struct slice all = {subject, count};
	enum pattern_outcome outcome = find_letters(letters, all, &wanted);
	row_write(world->row, sets, count);
	bool matches = row_pattern_find(rows, world->row, &found);
	if (outcome == PATTERN_SPENT)
		return;
	struct span speaker = matches ? row_pattern_group(rows, &found, ROW_SPEAKER)
				      : (struct span){NOWHERE, NOWHERE};
	if (matches != (outcome == PATTERN_FOUND) ||
		(matches && (found.whole.start != wanted.whole.start ||
				    found.whole.end != wanted.whole.end ||
				    speaker.start != wanted.groups[0].start)))
		fail_msg("%.*s in %.*s: %d %zu-%zu, wanted %d %zu-%zu; group %zd, wanted %zd",
			(int)text.length, text.bytes, (int)count, subject, matches,
			matches ? found.whole.start : 0, matches ? found.whole.end : 0,
			outcome == PATTERN_FOUND, outcome == PATTERN_FOUND ? wanted.whole.start : 0,
			outcome == PATTERN_FOUND ? wanted.whole.end : 0, (ssize_t)speaker.start,
			outcome == PATTERN_FOUND ? (ssize_t)wanted.groups[0].start : -1);
}

static void rows_match_as_letters(void **state)
{
	(void)state;
	for (size_t i = 0; i < PATTERNS; i++) {
		struct world world;
		struct buffer text = {0};
		world_init(&world);
		write_choice(&(struct writing){&text, 0, false});
		struct slice source = buffer_slice(&text);
		struct pattern *letters = read_letters(&world, source);
		struct row_pattern *rows = read_pattern(&world, source);
		world.row = row_new(&world.language, world.arena);
		row_want(world.row, rows);
		for (size_t n = 0; n < ROWS; n++)
			compare(&world, source, rows, letters);
		pattern_free(letters);
		buffer_release(&text);
		world_release(&world);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(rows_match_as_letters)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
