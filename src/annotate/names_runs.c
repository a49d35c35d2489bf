/* Rows of capitalised words, and what in lower case joins them to one name.
 *
 * A run begins at a capital and grows word by word; phrases that a list knows are taken whole.
 * What may stand between two capitals is a table of joints, asked in order; each says how many
 * words it takes along.
 */
#include <string.h>

#include "annotate/names.h"

/* A run that grows: words from first to end. */
struct growing {
	struct names *names;
	size_t first, end, limit;
	bool of;
	bool closed;
};

static const struct name_word *word_at(const struct growing *run, size_t index)
{
	return index < run->limit ? &run->names->words[index] : NULL;
}

static bool is_capital(const struct growing *run, size_t index)
{
	const struct name_word *word = word_at(run, index);
	return word && (word->flags & WORD_CAPITAL);
}

static bool is_class(const struct growing *run, size_t index, enum name_class class)
{
	return index < run->limit && names_is(run->names, index, CLASS_BIT(class));
}

static bool is_common_capital(const struct growing *run, size_t index)
{
	return is_capital(run, index) && is_class(run, index, NAME_COMMON);
}

/* A small word of a class: in lower case and no part of a date or amount. */
static bool is_small(const struct growing *run, size_t index, enum name_class class)
{
	const struct name_word *word = word_at(run, index);
	return word && !(word->flags & (WORD_CAPITAL | WORD_MASKED)) && is_class(run, index, class);
}

static bool is_byte(const struct growing *run, size_t index, char byte)
{
	const struct name_word *word = word_at(run, index);
	return word && word->length == 1 && names_folded(word).bytes[0] == byte;
}

/* The last word of the row of capitals that begins at `index`. */
static size_t row_end(const struct growing *run, size_t index)
{
	while (is_capital(run, index + 1) && (run->names->words[index + 1].flags & WORD_SPACED) &&
		index < run->first + RUN_WORDS)
		index++;
	return index;
}

/* ---- Joints ----------------------------------------------------------------------------- */

/* Smith & Sons */
static size_t join_ampersand(const struct growing *run)
{
	return is_byte(run, run->end, '&') && is_capital(run, run->end + 1) ? 1 : 0;
}

/* Jan van Eyck, Otto von der Heide */
static size_t join_particle(const struct growing *run)
{
	if (!is_small(run, run->end, NAME_JOIN))
		return 0;
	if (is_capital(run, run->end + 1))
		return 1;
	return is_small(run, run->end + 1, NAME_JOIN) && is_capital(run, run->end + 2) ? 2 : 0;
}

/* St. Mary’s College */
static bool is_saint(const struct growing *run, size_t after)
{
	return is_class(run, run->first, NAME_HALLOWS) && is_capital(run, after) &&
	       names_is(run->names, row_end(run, after),
		       CLASS_BIT(NAME_KEY) | CLASS_BIT(NAME_TITLED));
}

/* Magistrates’ Court, Women’s Health Foundation: common words, a key at the end. */
static size_t join_possessive(const struct growing *run)
{
	const struct name_word *word = word_at(run, run->end);
	bool plural = is_byte(run, run->end, '\'');
	if (word && (word->flags & WORD_CLITIC) && is_saint(run, run->end + 1))
		return 1;
	if ((!plural && !(word->flags & WORD_CLITIC)) || (word->flags & WORD_SPACED) || run->of ||
		(!plural && !is_class(run, run->end - 1, NAME_COMMON)) ||
		is_class(run, run->end - 1, NAME_COUNTRY) || !is_common_capital(run, run->end + 1))
		return 0;
	return is_class(run, row_end(run, run->end + 1), NAME_KEY) ? 1 : 0;
}

/* Trade and Industry Department: common words on both sides, a strong key at the end. */
static size_t join_and_key(const struct growing *run)
{
	size_t before = run->end - 1, after = run->end + 1;
	if (!is_small(run, run->end, NAME_AND) || !is_common_capital(run, after) ||
		!is_class(run, before, NAME_COMMON) || is_class(run, before, NAME_STRONG_KEY) ||
		is_class(run, before, NAME_TITLE) || (run->names->words[before].flags & WORD_START))
		return 0;
	size_t last = row_end(run, after);
	if (is_small(run, last + 1, NAME_AND) && is_common_capital(run, last + 2))
		last = row_end(run, last + 2);
	if (last == after || !is_class(run, last, NAME_STRONG_KEY))
		return 0;
	for (size_t i = after; i <= last; i++)
		if (is_capital(run, i) && !is_class(run, i, NAME_COMMON))
			return 0;
	return 1;
}

/* The last word of the row at `index`; Queen’s University is one row. */
static size_t long_row_end(const struct growing *run, size_t index)
{
	size_t last = row_end(run, index);
	const struct name_word *word = word_at(run, last + 1);
	bool clitic = word && (word->flags & WORD_CLITIC) && is_capital(run, last + 2);
	return clitic ? row_end(run, last + 2) : last;
}

/* Duke University, University of Texas: what stands there is a whole body's name. */
static bool begins_body(const struct growing *run, size_t index)
{
	size_t last = long_row_end(run, index);
	if (last > index)
		return is_class(run, last, NAME_STRONG_KEY);
	return is_class(run, index, NAME_STRONG_KEY) && is_class(run, index, NAME_OF_KEY) &&
	       is_small(run, index + 1, NAME_OF_PLACE);
}

/* Cass Business School: of another body, it is still a name of its own. */
static bool is_whole_body(const struct growing *run)
{
	return run->of ||
	       (run->end - run->first > 2 && is_class(run, run->end - 1, NAME_STRONG_KEY));
}

/* Ministry of Health, Bank of the Republic, Gulf of Guinea */
static size_t join_of(const struct growing *run)
{
	bool key = is_small(run, run->end, NAME_OF) && is_class(run, run->end - 1, NAME_OF_KEY);
	bool place = is_small(run, run->end, NAME_OF_PLACE) &&
		     is_class(run, run->end - 1, NAME_PLACE_OF_KEY);
	if (!key && !place)
		return 0;
	size_t words = is_small(run, run->end + 1, NAME_ARTICLE) ? 2 : 1;
	size_t next = run->end + words;
	return is_capital(run, next) && !(is_whole_body(run) && begins_body(run, next)) ? words : 0;
}

/* … of Women of the World: once `of` has joined, common words go on, but not to another body:
 * School of Law of the University of Texas. */
static size_t join_nested_of(const struct growing *run)
{
	if (!run->of || !is_small(run, run->end, NAME_OF_PLACE) ||
		!is_class(run, run->end - 1, NAME_COMMON))
		return 0;
	size_t words = is_small(run, run->end + 1, NAME_ARTICLE) ? 2 : 1;
	size_t next = run->end + words;
	return is_common_capital(run, next) && !begins_body(run, next) ? words : 0;
}

/* The country that begins at `index`. */
static bool is_country(const struct growing *run, size_t index)
{
	if (!is_capital(run, index))
		return false;
	size_t words = names_phrase(run->names, index, run->names->word_count, NAME_PHRASE);
	uint32_t lexeme = names_lexeme(run->names, index, index + (words ? words : 1));
	return names_lexeme_is(run->names, lexeme, NAME_COUNTRY);
}

/* Chamber of Commerce of Panama, Football Federation of the Philippines: after a key or a joined
 * common word, the country that a body is of. */
static size_t join_of_country(const struct growing *run)
{
	if (!is_small(run, run->end, NAME_OF_PLACE))
		return 0;
	bool key = run->end - run->first > 1 && (is_class(run, run->end - 1, NAME_STRONG_KEY) ||
							is_class(run, run->end - 1, NAME_OF_KEY));
	bool joined = run->of && is_class(run, run->end - 1, NAME_COMMON);
	size_t words = is_small(run, run->end + 1, NAME_ARTICLE) ? 2 : 1;
	return (key || joined) && is_country(run, run->end + words) ? words : 0;
}

/* Ministry of Trade and Industry */
static size_t join_nested_and(const struct growing *run)
{
	size_t after = run->end + 1;
	if (!run->of || !is_small(run, run->end, NAME_AND) || !is_common_capital(run, after) ||
		is_class(run, after, NAME_GIVEN) || !is_class(run, run->end - 1, NAME_COMMON))
		return 0;
	size_t reach = after + 3 < run->limit ? after + 3 : run->limit;
	return names_title(run->names, after, reach) == 0 ? 1 : 0;
}

/* Ministry of Labour, Trade and Industry: the comma, if an `and` follows soon */
static size_t join_nested_comma(const struct growing *run)
{
	if (!run->of || !is_byte(run, run->end, ',') || !is_common_capital(run, run->end + 1) ||
		!is_class(run, run->end - 1, NAME_COMMON))
		return 0;
	for (size_t i = run->end + 2; i < run->end + 5; i++)
		if (is_small(run, i, NAME_AND) && is_common_capital(run, i + 1))
			return 1;
	return 0;
}

static const struct {
	size_t (*join)(const struct growing *run);
	bool of;
} joints[] = {
	{join_ampersand, false},
	{join_particle, false},
	{join_possessive, false},
	{join_and_key, false},
	{join_of, true},
	{join_nested_of, false},
	{join_of_country, true},
	{join_nested_and, false},
	{join_nested_comma, false},
};

static bool join(struct growing *run)
{
	for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
		size_t words = joints[i].join(run);
		if (words == 0)
			continue;
		run->end += words;
		run->of = run->of || joints[i].of;
		return true;
	}
	return false;
}

/* ---- Growing ---------------------------------------------------------------------------- */

/* Acme, Inc. */
static bool take_designator(struct growing *run)
{
	if (!is_byte(run, run->end, ',') || !is_class(run, run->end + 1, NAME_DESIGNATOR))
		return false;
	run->end += 2;
	return true;
}

static bool is_abbreviated(const struct growing *run, size_t index)
{
	struct slice folded = names_folded(&run->names->words[index]);
	return folded.length > 2 && folded.bytes[folded.length - 1] == '.' &&
	       !is_class(run, index, NAME_TITLE);
}

/* What follows Inc. or Calif. in the dictionary begins another sentence; so does a word that begins
 * no name after any abbreviation. */
static bool closes(struct growing *run)
{
	size_t last = run->end - 1;
	if (is_class(run, run->end, NAME_FUNCTION) && is_abbreviated(run, last))
		return true;
	return is_class(run, last, NAME_CLOSER) &&
	       names_is(run->names, run->end, CLASS_BIT(NAME_COMMON) | CLASS_BIT(NAME_FUNCTION));
}

/* Takes the words at the end that belong to the run; false: it is complete. */
static bool grow_run(struct growing *run)
{
	size_t phrase = names_phrase(run->names, run->end, run->limit, NAME_PHRASE);
	for (size_t i = run->end; i + 1 < run->end + phrase; i++)
		run->of =
			run->of || (is_class(run, i, NAME_OF_KEY) && is_small(run, i + 1, NAME_OF));
	run->end += phrase ? phrase : 1;
	if (run->end >= run->limit || run->end - run->first > RUN_WORDS || take_designator(run))
		return false;
	const struct name_word *word = &run->names->words[run->end];
	bool sign = !(word->flags & WORD_WORD) || (word->flags & WORD_CLITIC);
	if (word->flags & WORD_CAPITAL)
		return (word->flags & WORD_SPACED) && !closes(run);
	if (!(word->flags & WORD_SPACED) && !sign)
		return false;
	return join(run);
}

void names_runs(struct names *names)
{
	for (size_t i = 0; i < names->word_count;) {
		if (!(names->words[i].flags & WORD_CAPITAL)) {
			i++;
			continue;
		}
		struct growing run = {
			.names = names, .first = i, .end = i, .limit = names->word_count};
		while (grow_run(&run))
			continue;
		names_split(names, (struct name_run){run.first, run.end, run.of});
		i = run.end;
	}
}
