/* Roles: verbatim text beside a name that says what it is.
 *
 * Before a name a role is a phrase that ends in a title or in the head of a role (former U.S.
 * President, the country’s top envoy); it is followed to the left as long as its words may belong
 * to it. After a name it stands behind a comma and goes to the next sign that ends it.
 */
#include "annotate/names.h"

#define ROLE_WORDS 14  /* before a name */
#define HEAD_WORDS 8   /* up to the head of a role after a name */
#define ROLE_BYTES 200 /* of a role after a name */

static const struct span nowhere = {NOWHERE, NOWHERE};

static bool is(struct names *names, size_t word, uint64_t classes)
{
	return word < names->word_count && names_is(names, word, classes);
}

static bool is_byte(const struct names *names, size_t word, char byte)
{
	if (word >= names->word_count)
		return false;
	struct slice folded = names_folded(&names->words[word]);
	return folded.length == 1 && folded.bytes[0] == byte;
}

static bool has_flag(const struct names *names, size_t word, unsigned flag)
{
	return word < names->word_count && (names->words[word].flags & flag) != 0;
}

/* A person’s role in lower case. */
static bool is_head(struct names *names, size_t word)
{
	return !has_flag(names, word, WORD_CAPITAL) && is(names, word, CLASS_BIT(NAME_ROLE)) &&
	       !is(names, word, CLASS_BIT(NAME_THING));
}

/* One person’s: a plural is a subject (the bridge, traders said) or several people’s. */
static bool is_singular_head(struct names *names, size_t word)
{
	return is_head(names, word) && names_lexeme_is(names, names->words[word].lower, NAME_ROLE);
}

/* ---- Before ----------------------------------------------------------------------------- */

bool names_role_before(struct names *names, const struct name_mention *mention)
{
	size_t word = mention->first;
	if (word > 0 && is_byte(names, word - 1, ','))
		word--;
	return word > 0 && is_head(names, word - 1);
}

/* A determiner, or a possessor’s ’s, stands left of `first`, with nothing but plain words between:
 * its position, else `first`. */
static size_t find_determiner(struct names *names, size_t first)
{
	for (size_t at = first; at > 0 && first - at < HEAD_WORDS; at--) {
		size_t word = at - 1;
		if (is(names, word, CLASS_BIT(NAME_DETERMINER)))
			return word;
		if (has_flag(names, word, WORD_CLITIC))
			return at;
		if (!has_flag(names, word, WORD_LETTER) ||
			(is(names, word, CLASS_BIT(NAME_FUNCTION) | CLASS_BIT(NAME_VERB)) &&
				!is(names, word, CLASS_BIT(NAME_MODIFIER))))
			return first;
	}
	return first;
}

/* The possessor before a ’s at `clitic`: a row of capitals, or one word and its determiner. */
static size_t find_possessor(struct names *names, size_t clitic)
{
	size_t first = clitic;
	while (first > 0 && clitic - first < HEAD_WORDS &&
		has_flag(names, first - 1, WORD_CAPITAL) &&
		!(has_flag(names, first - 1, WORD_START) && names_is_function(names, first - 1)))
		first--;
	if (first < clitic)
		first = names_leading(names, first);
	if (first == clitic && first > 0 && has_flag(names, first - 1, WORD_LETTER))
		first--;
	return first > 0 && is(names, first - 1, CLASS_BIT(NAME_DETERMINER)) ? first - 1 : first;
}

/* True if the word left of `first` belongs to the role as a matter of course. */
static bool belongs(struct names *names, size_t first)
{
	size_t word = first - 1;
	if (is(names, word, CLASS_BIT(NAME_MODIFIER)))
		return true;
	if (has_flag(names, word, WORD_CAPITAL))
		return !(has_flag(names, word, WORD_START) && names_is_function(names, word)) ||
		       names_phrase(names, word, names->word_count, NAME_PHRASE) > 1;
	/* Ukraine and Russia envoy, Horn of Africa envoy */
	if (is(names, word, CLASS_BIT(NAME_BETWEEN) | CLASS_BIT(NAME_OF_PLACE)))
		return has_flag(names, first, WORD_CAPITAL) && word > 0 &&
		       has_flag(names, word - 1, WORD_CAPITAL);
	if (is_byte(names, word, '-'))
		return !has_flag(names, word, WORD_SPACED);
	return has_flag(names, word, WORD_LETTER) &&
	       is(names, word, CLASS_BIT(NAME_ROLE) | CLASS_BIT(NAME_NATION));
}

/* The first word of the role whose last word is `head`. */
static size_t find_start(struct names *names, size_t head)
{
	size_t first = head;
	while (first > 0 && head - first < ROLE_WORDS && belongs(names, first))
		first--;
	size_t determined = find_determiner(names, first);
	if (determined < first)
		first = determined;
	else if (first > 0 && is(names, first - 1, CLASS_BIT(NAME_DETERMINER)))
		first--;
	if (first > 0 && has_flag(names, first - 1, WORD_CLITIC))
		first = find_possessor(names, first - 1);
	return first;
}

static bool says_nothing(struct names *names, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++)
		if (!is(names, i, CLASS_BIT(NAME_HONORIFIC)))
			return false;
	return true;
}

static struct span span_of(const struct names *names, size_t first, size_t end)
{
	return (struct span){names->words[first].start, names->words[end - 1].end};
}

static struct span role_before(struct names *names, const struct name_mention *mention)
{
	size_t end = mention->first;
	bool comma = end > 0 && is_byte(names, end - 1, ',');
	end -= comma;
	if (end == 0 || (!(comma ? is_singular_head(names, end - 1) : is_head(names, end - 1)) &&
				(comma || !has_flag(names, end - 1, WORD_CAPITAL) ||
					!is(names, end - 1, CLASS_BIT(NAME_TITLE)))))
		return nowhere;
	size_t first = find_start(names, end - 1);
	/* the country’s top envoy, retired Gen. */
	if (first > 1 && is_byte(names, first - 1, ',') && is_head(names, first - 2)) {
		size_t more = find_start(names, first - 2);
		if (more + 1 < first - 1)
			first = more;
	}
	return says_nothing(names, first, end) ? nowhere : span_of(names, first, end);
}

/* ---- After ------------------------------------------------------------------------------ */

/* The word behind the comma and what opens a role there; 0: none does. */
static size_t after_comma(const struct names *names, const struct name_mention *mention)
{
	size_t word = mention->last;
	if (!is_byte(names, word, ','))
		return 0;
	bool age = has_flag(names, word + 1, WORD_WORD) &&
		   !has_flag(names, word + 1, WORD_LETTER) && is_byte(names, word + 2, ',');
	return word + (age ? 3 : 1);
}

/* The head of the role that begins at `first`; word_count: there is none. */
static size_t find_head(struct names *names, size_t first)
{
	if (!is(names, first, CLASS_BIT(NAME_DETERMINER) | CLASS_BIT(NAME_MODIFIER)) &&
		!is_singular_head(names, first))
		return names->word_count;
	for (size_t i = first; i < first + HEAD_WORDS && i < names->word_count; i++) {
		if (is_head(names, i))
			return i;
		bool plain = has_flag(names, i, WORD_LETTER | WORD_CLITIC) ||
			     (is_byte(names, i, '-') && !has_flag(names, i, WORD_SPACED));
		bool bars = is(names, i,
				    CLASS_BIT(NAME_FUNCTION) | CLASS_BIT(NAME_STOP) |
					    CLASS_BIT(NAME_VERB)) &&
			    !is(names, i,
				    CLASS_BIT(NAME_DETERMINER) | CLASS_BIT(NAME_MODIFIER) |
					    CLASS_BIT(NAME_BETWEEN));
		if (!plain || (bars && !has_flag(names, i, WORD_CAPITAL | WORD_CLITIC)))
			break;
	}
	return names->word_count;
}

static bool ends_role(struct names *names, size_t word)
{
	if (has_flag(names, word, WORD_WORD) || has_flag(names, word, WORD_CLITIC))
		return is(names, word, CLASS_BIT(NAME_STOP));
	return !is_byte(names, word, '-') && !is_byte(names, word, '&') &&
	       !is_byte(names, word, '/') && !is_byte(names, word, '\'');
}

static struct span role_after(struct names *names, const struct name_mention *mention)
{
	size_t first = after_comma(names, mention);
	size_t head = first > 0 ? find_head(names, first) : names->word_count;
	size_t end = head;
	for (; end < names->word_count && !ends_role(names, end); end++)
		if (end > head && !has_flag(names, end, WORD_CAPITAL) &&
			is(names, end, CLASS_BIT(NAME_VERB)))
			return nowhere;
	if (end == head || names->words[end - 1].end - names->words[first].start > ROLE_BYTES)
		return nowhere;
	return span_of(names, first, end);
}

bool names_role_after(struct names *names, const struct name_mention *mention)
{
	return role_after(names, mention).start != NOWHERE;
}

struct span names_role(struct names *names, const struct name_mention *mention)
{
	struct span before = role_before(names, mention), after = role_after(names, mention);
	if (after.start == NOWHERE)
		return before;
	bool longer =
		before.start != NOWHERE && before.end - before.start > after.end - after.start;
	return longer ? before : after;
}
