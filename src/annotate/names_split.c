/* What of a run is a name: words cut from its start, titles, a nationality before it, jobs after
 * it, two names side by side. */
#include <string.h>

#include "annotate/names.h"

static bool is(struct names *names, size_t word, uint64_t classes)
{
	return names_is(names, word, classes);
}

static size_t phrase_at(struct names *names, size_t word)
{
	return names_phrase(names, word, names->word_count, NAME_PHRASE);
}

/* ---- Mentions --------------------------------------------------------------------------- */

/* Small words and signs at the ends are no part of a name. */
static void trim(struct names *names, size_t *first, size_t *end)
{
	while (*first < *end) {
		const struct name_word *last = &names->words[*end - 1];
		bool joins =
			!(last->flags & WORD_WORD) ||
			(!(last->flags & WORD_CAPITAL) &&
				is(names, *end - 1,
					CLASS_BIT(NAME_JOIN) | CLASS_BIT(NAME_OF) |
						CLASS_BIT(NAME_AND) | CLASS_BIT(NAME_ARTICLE)));
		if (!joins)
			break;
		(*end)--;
	}
	while (*first < *end) {
		const struct name_word *word = &names->words[*first];
		bool joins = !(word->flags & WORD_WORD) || (word->flags & WORD_CLITIC) ||
			     (!(word->flags & WORD_CAPITAL) &&
				     is(names, *first,
					     CLASS_BIT(NAME_OF_PLACE) | CLASS_BIT(NAME_AND) |
						     CLASS_BIT(NAME_ARTICLE)));
		if (!joins)
			break;
		(*first)++;
	}
}

size_t names_leading(struct names *names, size_t first)
{
	for (size_t words = 2; words > 0; words--) {
		if (first < words)
			continue;
		size_t at = first - words;
		const struct name_word *word = &names->words[at];
		if (!(word->flags & WORD_LOWER) || (word->flags & WORD_CAPITAL) ||
			!is(names, at, CLASS_BIT(NAME_LEAD)))
			continue;
		if (words == 2 && !is(names, at + 1, CLASS_BIT(NAME_SECOND_LEAD)))
			continue;
		if (at > 0 && (names->words[at - 1].flags & WORD_CAPITAL) &&
			(word->flags & WORD_SPACED))
			continue;
		return at;
	}
	return first;
}

static bool is_quote(struct slice text, size_t at)
{
	uint32_t code;
	if (at >= text.length)
		return false;
	utf8_decode(text, at, &code);
	return code == '"' || code == '\'' || (code >= 0x2018 && code <= 0x201F);
}

/* Stands alone between quote marks. */
static bool is_quoted(const struct names *names, size_t start, size_t end)
{
	uint32_t code;
	if (start <= names->body.start || end >= names->body.end)
		return false;
	size_t before = utf8_before(names->text, start, &code);
	return is_quote(names->text, before) && is_quote(names->text, end);
}

void names_emit(struct names *names, size_t first, size_t end, unsigned flags)
{
	trim(names, &first, &end);
	if (first >= end)
		return;
	first = names_leading(names, first);
	if (end - first > FORM_WORDS)
		end = first + FORM_WORDS;
	struct name_mention mention = {.start = names->words[first].start,
		.end = names->words[end - 1].end,
		.first = (uint32_t)first,
		.last = (uint32_t)end,
		.flags = flags,
		.leans = (uint32_t)names->rule->kind_count,
		.role = {NOWHERE, NOWHERE}};
	mention.form = names_form(names, first, end);
	if (names->words[first].flags & WORD_START)
		mention.flags |= MENTION_START;
	else
		names->forms[mention.form].inside = true;
	if (names->towns.start <= mention.start && mention.end <= names->towns.end)
		mention.flags |= MENTION_DATELINE;
	if (is_quoted(names, mention.start, mention.end))
		mention.flags |= MENTION_QUOTED;
	names->forms[mention.form].mentions++;
	names->mentions = grow(names->mentions, &names->mention_capacity, names->mention_count + 1,
		sizeof *names->mentions);
	names->mentions[names->mention_count++] = mention;
}

/* ---- The start of a run ----------------------------------------------------------------- */

static bool has_title(struct names *names, struct name_run run)
{
	return names_title(names, run.first, run.end) > 0;
}

/* Geun-hye: a first name of two syllables, behind its surname. */
static bool is_half_lower(const struct names *names, size_t word)
{
	struct slice folded = names_folded(&names->words[word]);
	const char *hyphen = memchr(folded.bytes, '-', folded.length);
	size_t after = hyphen ? (size_t)(hyphen - folded.bytes) + 1 : folded.length;
	return after < folded.length && folded.bytes[after] >= 'a' && folded.bytes[after] <= 'z';
}

/* A word of the dictionary at a sentence's start, with more of the run behind it. */
static bool is_cut_common(struct names *names, struct name_run run)
{
	const struct name_word *word = &names->words[run.first];
	return run.first + 1 < run.end && is(names, run.first, CLASS_BIT(NAME_COMMON)) &&
	       !is(names, run.first,
		       CLASS_BIT(NAME_GIVEN) | CLASS_BIT(NAME_NATION) | CLASS_BIT(NAME_LEAD)) &&
	       !has_title(names, run) &&
	       !is(names, run.end - 1,
		       CLASS_BIT(NAME_KEY) | CLASS_BIT(NAME_PLACE_KEY) |
			       CLASS_BIT(NAME_EVENT_KEY)) &&
	       !run.of && !names_seen(names->inside, word->lower) &&
	       !is_half_lower(names, run.first + 1);
}

static bool is_cut_function(struct names *names, struct name_run run)
{
	if (!names_is_function(names, run.first) ||
		is(names, run.first, CLASS_BIT(NAME_GIVEN) | CLASS_BIT(NAME_LEAD)))
		return false;
	return !(is(names, run.end - 1, CLASS_BIT(NAME_KEY)) &&
		 is(names, run.first, CLASS_BIT(NAME_KEEP_FIRST)));
}

/* The Netherlands: a list has the country without its article as well. */
static bool is_article_of_country(struct names *names, struct name_run run)
{
	if (!is(names, run.first, CLASS_BIT(NAME_ARTICLE)) || run.first + 1 >= run.end)
		return false;
	size_t next = run.first + 1, words = phrase_at(names, next);
	uint32_t lexeme = names_lexeme(names, next, next + (words ? words : 1));
	return names_lexeme_is(names, lexeme, NAME_COUNTRY);
}

/* The run without what stands at its start and is no part of a name; empty: nothing is left. */
static struct name_run cut_start(struct names *names, struct name_run run)
{
	for (; run.first < run.end; run.first++) {
		bool more = run.first + 1 < run.end;
		if (phrase_at(names, run.first) > 1 && !is_article_of_country(names, run))
			break;
		if (more && is(names, run.first, CLASS_BIT(NAME_ARTICLE) | CLASS_BIT(NAME_DROP)))
			continue;
		if (!(names->words[run.first].flags & WORD_START))
			break;
		if (!more && names_is_function(names, run.first))
			run.first = run.end - 1;
		else if (!is_cut_function(names, run) && !is_cut_common(names, run))
			break;
	}
	return run;
}

/* ---- Titles ----------------------------------------------------------------------------- */

/* Words of the phrase that each word of a run lies in are one unit: a bit each. */
static uint64_t find_units(struct names *names, struct name_run run)
{
	uint64_t units = 0;
	for (size_t i = run.first; i < run.end;) {
		size_t words = phrase_at(names, i);
		for (size_t k = i; k < i + words && k < run.end && k - run.first < 64; k++)
			units |= UINT64_C(1) << (k - run.first);
		i += words ? words : 1;
	}
	return units;
}

static bool in_unit(uint64_t units, struct name_run run, size_t word)
{
	return word - run.first < 64 && (units >> (word - run.first) & 1) != 0;
}

static bool has_of_before(struct names *names, struct name_run run, size_t end)
{
	for (size_t i = run.first; i < end; i++)
		if (!(names->words[i].flags & WORD_CAPITAL) &&
			is(names, i, CLASS_BIT(NAME_OF_PLACE)))
			return true;
	return false;
}

/* A capital, or particles in front of one: President von der Heide. */
static bool begins_name(struct names *names, size_t word, size_t end)
{
	for (size_t i = word; i < end && i < word + 3; i++) {
		if (names->words[i].flags & WORD_CAPITAL)
			return true;
		if (!is(names, i, i == word ? CLASS_BIT(NAME_LEAD) : CLASS_BIT(NAME_SECOND_LEAD)))
			return false;
	}
	return false;
}

/* The last title with a name behind it: its words, or an empty run. */
static struct name_run find_title(struct names *names, struct name_run run, uint64_t units)
{
	struct name_run best = {0};
	for (size_t i = run.first; i < run.end;) {
		size_t words = in_unit(units, run, i) ? 0 : names_title(names, i, run.end);
		/* a title between names is one, but for one before a first name */
		if (words == 1 && i > run.first && is(names, i, CLASS_BIT(NAME_GIVEN)) &&
			is(names, i - 1, CLASS_BIT(NAME_GIVEN)) &&
			!is(names, i - 1, CLASS_BIT(NAME_TITLE)) &&
			(i + 1 == run.end || !is(names, i + 1, CLASS_BIT(NAME_GIVEN))))
			words = 0;
		size_t after = i + words;
		if (words > 0 && begins_name(names, after, run.end) &&
			!(run.of && has_of_before(names, run, i)))
			best = (struct name_run){i, after, false};
		i += words ? words : 1;
	}
	return best;
}

/* A name that begins with a title all the same: King Fahd Airport. */
static bool keeps_title(struct names *names, struct name_run run, struct name_run title)
{
	size_t last = run.end - 1, rest = run.end - title.end;
	if (title.first == run.first &&
		(is(names, last, CLASS_BIT(NAME_TITLED)) ||
			(is(names, last, CLASS_BIT(NAME_PLACE_KEY)) && rest > 3)))
		return true;
	bool full = is(names, title.end, CLASS_BIT(NAME_GIVEN)) && rest >= 2;
	if (is(names, last, CLASS_BIT(NAME_STRONG_KEY)) && !full)
		return true;
	return run.of &&
	       has_of_before(names, (struct name_run){title.end, run.end, false}, run.end);
}

static bool is_nothing(struct names *names, size_t word)
{
	return is(names, word,
		CLASS_BIT(NAME_COMMON) | CLASS_BIT(NAME_GIVEN) | CLASS_BIT(NAME_NATION) |
			CLASS_BIT(NAME_FUNCTION) | CLASS_BIT(NAME_TITLE));
}

static bool is_whole(struct names *names, struct name_run run)
{
	if (run.end - run.first < 2)
		return false;
	if (is(names, run.end - 1, CLASS_BIT(NAME_KEY)))
		return true;
	for (size_t i = run.first; i < run.end; i++)
		if (is_nothing(names, i))
			return false;
	return true;
}

/* A particle; WA is none. */
static bool is_joint(struct names *names, size_t word)
{
	return !(names->words[word].flags & WORD_CAPITALS) && is(names, word, CLASS_BIT(NAME_JOIN));
}

static struct name_run trim_left_part(struct names *names, struct name_run run)
{
	while (run.first < run.end && phrase_at(names, run.first) < 2 &&
		(is(names, run.first, CLASS_BIT(NAME_NATION)) ||
			names_is_function(names, run.first)))
		run.first++;
	while (run.end > run.first && phrase_at(names, run.end - 1) < 2 &&
		(is(names, run.end - 1, CLASS_BIT(NAME_TITLE)) || is_joint(names, run.end - 1) ||
			names_is_function(names, run.end - 1)))
		run.end--;
	return run;
}

/* What stands before a title is a name only if a list knows it, it is an acronym, or nothing in it
 * speaks against it. */
static void leave(struct names *names, struct name_run run)
{
	run = trim_left_part(names, run);
	for (size_t i = run.first; i < run.end;) {
		size_t words = phrase_at(names, i);
		size_t end = i + (words ? words : 1);
		if (end > run.end)
			end = run.end;
		const struct name_word *word = &names->words[i];
		uint32_t lexeme = names_lexeme(names, i, end);
		bool known = names_lexeme_is(names, lexeme, NAME_KNOWN);
		bool acronym = end == i + 1 && (word->flags & WORD_CAPITALS) &&
			       !is(names, i, CLASS_BIT(NAME_NEVER) | CLASS_BIT(NAME_TITLE));
		if (known || acronym) {
			names_emit(names, i, end, 0);
		} else if (i == run.first && is_whole(names, run)) {
			names_emit(names, run.first, run.end, 0);
			return;
		}
		i = end;
	}
}

/* ---- Jobs at the end, nations at the start, names side by side -------------------------- */

/* James Baker, James A. Baker: all that stands before it is a first name and initials. */
static bool is_surname(struct names *names, struct name_run run, size_t word)
{
	if (word == run.first || !is(names, run.first, CLASS_BIT(NAME_GIVEN)) ||
		is(names, run.first,
			CLASS_BIT(NAME_KNOWN) | CLASS_BIT(NAME_NATION) | CLASS_BIT(NAME_TITLE) |
				CLASS_BIT(NAME_ROLE)))
		return false;
	for (size_t i = run.first + 1; i < word; i++)
		if (names->words[i].length > 2)
			return false;
	return true;
}

/* A plural that no list has is a job only behind what is known for no first name: Breixo Lamas. */
static bool is_job(struct names *names, struct name_run run, size_t word)
{
	const uint64_t others = CLASS_BIT(NAME_KNOWN) | CLASS_BIT(NAME_COMMON) |
				CLASS_BIT(NAME_NATION) | CLASS_BIT(NAME_TITLE) |
				CLASS_BIT(NAME_ROLE);
	if (!is(names, word, CLASS_BIT(NAME_TITLE) | CLASS_BIT(NAME_ROLE)) ||
		is(names, word, CLASS_BIT(NAME_GIVEN) | CLASS_BIT(NAME_KEEP_LAST)))
		return false;
	bool listed = names_lexeme_is(names, names->words[word].lower, NAME_ROLE);
	if (is_surname(names, run, word) || (!listed && !is(names, word, CLASS_BIT(NAME_TITLE)) &&
						    is(names, word, CLASS_BIT(NAME_THING))))
		return false;
	if (listed)
		return is(names, word, CLASS_BIT(NAME_TITLE)) ||
		       (word > run.first &&
			       is(names, word - 1,
				       CLASS_BIT(NAME_BODY) | CLASS_BIT(NAME_NATION) |
					       CLASS_BIT(NAME_COUNTRY) | CLASS_BIT(NAME_TITLE)));
	return is(names, word, CLASS_BIT(NAME_TITLE)) || word == run.first ||
	       is(names, word - 1, others) || (names->words[word - 1].flags & WORD_CAPITALS);
}

/* The end of the run without the jobs that stand there: Congress President, party MPs. */
static size_t cut_jobs(struct names *names, struct name_run run, uint64_t units)
{
	size_t end = run.end;
	while (end > run.first && !in_unit(units, run, end - 1) && is_job(names, run, end - 1))
		end--;
	return end;
}

static bool begins_person(struct names *names, struct name_run run, uint64_t units, size_t word)
{
	return !in_unit(units, run, word) && is(names, word, CLASS_BIT(NAME_GIVEN)) &&
	       !is(names, word, CLASS_BIT(NAME_KNOWN) | CLASS_BIT(NAME_COMMON)) &&
	       run.end - word <= 4;
}

/* Where a person follows an organization: Acme Corporation Ana Duarte, ABC Ana Duarte. */
static size_t find_second_name(struct names *names, struct name_run run, uint64_t units)
{
	bool acronym = (names->words[run.first].flags & WORD_CAPITALS) &&
		       !(names->words[run.first + 1].flags & WORD_CAPITALS) &&
		       !is(names, run.first, CLASS_BIT(NAME_GIVEN));
	for (size_t i = run.first + 1; i + 1 < run.end; i++)
		if (begins_person(names, run, units, i) &&
			(is(names, i - 1, CLASS_BIT(NAME_STRONG_KEY)) ||
				(i == run.first + 1 && acronym)))
			return i;
	return 0;
}

static bool is_place_then_person(struct names *names, struct name_run run)
{
	return is(names, run.first, CLASS_BIT(NAME_COUNTRY) | CLASS_BIT(NAME_TOWN)) &&
	       is(names, run.first + 1, CLASS_BIT(NAME_GIVEN)) &&
	       !is(names, run.first, CLASS_BIT(NAME_GIVEN));
}

/* Somebody’s role in lower case stands there. */
static bool before_role(struct names *names, size_t word)
{
	return word < names->word_count && !(names->words[word].flags & WORD_CAPITAL) &&
	       is(names, word, CLASS_BIT(NAME_ROLE)) && !is(names, word, CLASS_BIT(NAME_THING));
}

/* Words of the known place at `first`; 0: none. Before a role a word like Gulf is one. */
static size_t place_at(struct names *names, size_t first, bool envoy)
{
	size_t words = phrase_at(names, first);
	uint32_t lexeme = names_lexeme(names, first, first + (words ? words : 1));
	bool place = names_lexeme_is(names, lexeme, NAME_KNOWN) &&
		     !names_lexeme_is(names, lexeme, NAME_BODY);
	if (!place && !(envoy && words == 0 && is(names, first, CLASS_BIT(NAME_PLACE_KEY))))
		return 0;
	if (words == 0 && !envoy &&
		is(names, first, CLASS_BIT(NAME_GIVEN) | CLASS_BIT(NAME_COMMON)))
		return 0;
	return words ? words : 1;
}

/* The end of a country before a phrase or a place that a list knows: U.S. Middle East envoy, New
 * Zealand Pacific fleet; 0: there is none. A body has an envoy somewhere, too: EU Sahel envoy. */
static size_t country_before_known(struct names *names, struct name_run run)
{
	size_t words = phrase_at(names, run.first);
	size_t second = run.first + (words ? words : 1);
	if (is(names, run.first, CLASS_BIT(NAME_GIVEN)))
		return 0;
	/* US West is a company, but not in US West Africa */
	if (words > 1 && second < run.end && is(names, run.first, CLASS_BIT(NAME_COUNTRY)) &&
		phrase_at(names, run.first + 1) == run.end - run.first - 1)
		return run.first + 1;
	if (second >= run.end)
		return 0;
	bool envoy = before_role(names, run.end);
	uint32_t lexeme = names_lexeme(names, run.first, second);
	if (!names_lexeme_is(names, lexeme, NAME_COUNTRY) &&
		!(envoy && names_lexeme_is(names, lexeme, NAME_BODY)))
		return 0;
	size_t rest = run.end - second;
	bool known = (words == 0 && phrase_at(names, second) == rest) ||
		     place_at(names, second, envoy) == rest;
	return known ? second : 0;
}

static void emit_two(struct names *names, struct name_run run, size_t second)
{
	names_emit(names, run.first, second, 0);
	names_emit(names, second, run.end, 0);
}

static bool split_title(struct names *names, struct name_run run, uint64_t units)
{
	struct name_run title = find_title(names, run, units);
	if (title.end == 0 || keeps_title(names, run, title))
		return false;
	if (title.first > run.first)
		leave(names, (struct name_run){run.first, title.first, false});
	/* Chief Wholesale Banking Officer: all of it is one title */
	struct name_run rest = {title.end, run.end, false};
	bool job = !is(names, title.end - 1, CLASS_BIT(NAME_HONORIFIC)) &&
		   cut_jobs(names, rest, 0) < rest.end &&
		   is(names, title.end, CLASS_BIT(NAME_COMMON)) &&
		   !is(names, title.end, CLASS_BIT(NAME_GIVEN));
	if (!job)
		names_emit(names, title.end, run.end, MENTION_TITLE);
	return true;
}

static bool split_jobs(struct names *names, struct name_run run, uint64_t units)
{
	if (run.of || run.end - run.first < 2 || is(names, run.end - 1, CLASS_BIT(NAME_KEY)))
		return false;
	size_t end = cut_jobs(names, run, units);
	if (end == run.end)
		return false;
	if (end > run.first)
		leave(names, (struct name_run){run.first, end, false});
	return true;
}

static bool split_pairs(struct names *names, struct name_run run, uint64_t units)
{
	if (run.end - run.first < 2 || is(names, run.end - 1, CLASS_BIT(NAME_KEY)))
		return false;
	size_t second = 0;
	bool more = run.end - run.first > 2;
	if (more && !run.of && !is(names, run.end - 1, CLASS_BIT(NAME_PLACE_KEY)))
		second = find_second_name(names, run, units);
	if (second == 0 && more && is_place_then_person(names, run))
		second = run.first + 1;
	if (second == 0)
		second = country_before_known(names, run);
	if (second > 0)
		emit_two(names, run, second);
	return second > 0;
}

/* The end of a nation before a name that needs none (Kenyan Eliud Kipchoge, Honduran Caribbean Sea,
 * South Korean Gulf envoy); 0: there is none. */
static size_t nation_end(struct names *names, struct name_run run)
{
	size_t words = phrase_at(names, run.first);
	size_t end = run.first + (words ? words : 1);
	bool nation = names_lexeme_is(names, names_lexeme(names, run.first, end), NAME_NATION) &&
		      (words == 0 || !names_lexeme_is(names, names_lexeme(names, run.first, end),
					     NAME_KNOWN));
	if (end >= run.end || !nation ||
		(words == 0 && is(names, run.first, CLASS_BIT(NAME_GIVEN))))
		return 0;
	size_t rest = run.end - end;
	bool body = is(names, run.end - 1, CLASS_BIT(NAME_KEY)); /* Moroccan Football Association */
	if ((rest > 1 && !body && phrase_at(names, end) == rest) ||
		place_at(names, end, before_role(names, run.end)) == rest)
		return end;
	return !run.of && !is(names, run.end - 1,
				  CLASS_BIT(NAME_KEY) | CLASS_BIT(NAME_PLACE_KEY) |
					  CLASS_BIT(NAME_EVENT_KEY))
		       ? end
		       : 0;
}

#define OFFICE_WORDS 10 /* between a title and the name behind its office */

/* Minister of Gender Equality and …, President of the …: an office stands before the run. */
static bool follows_office(struct names *names, size_t first)
{
	if (first == 0 || (names->words[first - 1].flags & WORD_CAPITAL))
		return false;
	for (size_t i = first; i-- > 0 && i + OFFICE_WORDS > first;) {
		const struct name_word *word = &names->words[i];
		if (word->flags & WORD_CAPITAL) {
			if (is(names, i, CLASS_BIT(NAME_TITLE) | CLASS_BIT(NAME_ROLE)))
				return true;
			if (!is(names, i, CLASS_BIT(NAME_COMMON)))
				return false;
		} else if (!is(names, i,
				   CLASS_BIT(NAME_OF) | CLASS_BIT(NAME_AND) |
					   CLASS_BIT(NAME_ARTICLE)) &&
			   !slice_is(names_folded(word), ",")) {
			return false;
		}
	}
	return false;
}

/* Minister of Tourism Kevin Banda: what is common belongs to the office, the rest is a person. */
static bool split_office(struct names *names, struct name_run run)
{
	size_t name = run.first;
	while (name < run.end && is(names, name, CLASS_BIT(NAME_COMMON)) &&
		!is(names, name, CLASS_BIT(NAME_GIVEN)))
		name++;
	if (run.of || name == run.first || name + 1 >= run.end ||
		!is(names, name, CLASS_BIT(NAME_GIVEN)) ||
		is(names, run.end - 1,
			CLASS_BIT(NAME_KEY) | CLASS_BIT(NAME_PLACE_KEY) | CLASS_BIT(NAME_TITLED)) ||
		!follows_office(names, run.first))
		return false;
	names_emit(names, name, run.end, MENTION_TITLE);
	return true;
}

void names_split(struct names *names, struct name_run run)
{
	for (;;) {
		run = cut_start(names, run);
		if (run.first >= run.end)
			return;
		uint64_t units = find_units(names, run);
		if (split_title(names, run, units) || split_office(names, run) ||
			split_jobs(names, run, units))
			return;
		size_t nation = nation_end(names, run);
		if (nation > 0) {
			run.first = nation; /* and the rest is looked at again */
			continue;
		}
		if (!split_pairs(names, run, units))
			names_emit(names, run.first, run.end, 0);
		return;
	}
}
