/* Where matches may start: none that a search finds is missed, and few places are left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "rules/pattern.h"
#include "rules/starts.h"

static const char text[] =
	"Two of the 20 often met in June, Jun. 3 or 4 May 1998; “three” paid $2.5m, US$ 10 or "
	"£3bn. Ten {2}x xx{,3} ſix SIX Kelvin kelvin 5 Ünal, [a] ab]c tone-two 1,000 É été. "
	"a.b ab aab _x x_ ٣ days\tnow\n½ “a” €5 a half, an end";

/* All finds of a pattern, as a search gives them and as trying the starts does. */
static const char *const known[] = {
	"(?<![\\w.,$£€-])(?:\\d{1,3}(?:,\\d{3})+|\\d+(?:\\.\\d+)?)(?:m|bn)?",
	"(?i:two|three|ten|six)(?:teen)?",
	"\\b(?:June?|Jun\\.|May)\\b",
	"(?:US|\\p{Lu}{1,3})?\\p{Sc} ?\\d+",
	"(?i:kelvin|six)",
	"[^a-z ]x",
	"[“€]\\w",
	"\\p{Lu}\\p{Ll}+",
	"\\w+(?= end)",
	"xx{,3}",
	"x{2}",
	"[[:alpha:]\\]]+c",
	"[]a]b",
	"(?|(a)\\.|(o)f)",
	"é?t",
	"(?<word>ab|a{2})",
	"(?>a|b)\\.",
	"\\Ba.",
	"\\D5",
	"\\s\\d",
	"½",
	"(?<!\\bt)o",
	"T(?:w|e)?+[on]",
	"x_$|end$",
	"(?:a|an) half|an end",
	"\\[a\\]",
};

/* Of these nothing is told: they may be empty, or ask what only a search knows. */
static const char *const unknown[] = {
	"a*",
	".b",
	"(?:)",
	"a|",
	"\\Ga",
	"a\\Kb",
	"(*COMMIT)a",
	"(?x) a # comment (",
	"\\Qa|b\\E",
	"(?i)two",
	"(?=a)",
	"^",
	"x{,3}",
};

static size_t try_starts(const struct starts *starts, uint64_t buckets, struct pattern *pattern,
	struct slice subject, struct span *into)
{
	struct start places[sizeof text];
	struct match match;
	size_t count = starts_find(starts, subject, 0, subject.length, places);
	size_t found = 0, from = 0;
	for (size_t i = 0; i < count; i++) {
		if (!(places[i].buckets & buckets) || places[i].at < from ||
			pattern_find(pattern, subject, places[i].at, &match) != PATTERN_FOUND)
			continue;
		into[found++] = match.whole;
		from = match.whole.end;
	}
	return found;
}

static size_t search(struct pattern *pattern, struct slice subject, struct span *into)
{
	struct match match;
	size_t found = 0;
	for (size_t from = 0; pattern_find(pattern, subject, from, &match) == PATTERN_FOUND;) {
		assert_true(match.whole.end > match.whole.start);
		into[found++] = match.whole;
		from = match.whole.end;
	}
	return found;
}

static void starts_miss_nothing(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct pattern_room *room = pattern_room_new();
	struct starts_builder *builder = starts_builder_new(arena);
	struct span tried[sizeof text], wanted[sizeof text];
	struct slice subject = slice_of(text);
	size_t count = sizeof known / sizeof *known, all = 0;
	uint64_t *buckets = arena_allocate(arena, count * sizeof *buckets);
	for (size_t i = 0; i < count; i++)
		buckets[i] = starts_builder_add(builder, slice_of(known[i]));
	for (size_t i = 0; i < count; i++) {
		struct slice source = slice_of(known[i]);
		struct pattern *anchored = pattern_new(room, source, PATTERN_ANCHORED);
		struct pattern *searched = pattern_new(room, source, 0);
		size_t found = search(searched, subject, wanted);
		assert_true(buckets[i] != 0);
		assert_int_equal(try_starts(starts_builder_table(builder), buckets[i], anchored,
					 subject, tried),
			found);
		assert_memory_equal(tried, wanted, found * sizeof *wanted);
		all += found;
		pattern_free(anchored);
		pattern_free(searched);
	}
	assert_true(all > 60);
	pattern_room_free(room);
	arena_free(arena);
}

static void starts_are_few(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct starts_builder *builder = starts_builder_new(arena);
	struct start places[sizeof text];
	struct slice subject = slice_of(text);
	assert_true(starts_builder_add(builder, slice_of(known[0])) != 0);
	assert_true(starts_builder_add(builder, slice_of("\\b(?:May|June?)\\b")) != 0);
	const struct starts *starts = starts_builder_table(builder);
	/* Of what is not ASCII it is told roughly what it may be: that makes 10 of these. */
	size_t count = starts_find(starts, subject, 0, subject.length, places);
	assert_in_range(count, 11, 21);
	assert_int_equal(places[0].at, 11);
	arena_free(arena);
}

static void nothing_is_told_of_what_may_be_empty(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct starts_builder *builder = starts_builder_new(arena);
	for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
		assert_true(starts_builder_add(builder, slice_of(unknown[i])) == 0);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(starts_miss_nothing),
		cmocka_unit_test(starts_are_few),
		cmocka_unit_test(nothing_is_told_of_what_may_be_empty),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
