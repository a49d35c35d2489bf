/* Evidence: what a name is by itself, and by what stands beside its mentions.
 *
 * Tests on the name are made once a form. What stands beside is asked of each mention: the words
 * next to it are looked up once, and their entries say, as sets, for which evidence they speak and
 * for which they may be passed over.
 */
#include <string.h>

#include "annotate/names.h"

#define SKIPPED_WORDS 8 /* between a name and its context */

static bool is_set(const struct selector *selector)
{
	return selector->lists != 0 || selector->traits != 0;
}

/* A word is in a list as it stands or in lower case. */
static bool word_in(const struct names *names, size_t word, const struct selector *selector)
{
	const struct lexicon *lexicon = names->pack->lexicon;
	return lexeme_in(lexicon, names->words[word].lexeme, selector) ||
	       lexeme_in(lexicon, names->words[word].lower, selector);
}

static void set_bit(struct evidence_set *set, size_t index)
{
	set->bits[index / 64] |= UINT64_C(1) << index % 64;
}

/* ---- The name itself -------------------------------------------------------------------- */

static bool any_in(
	const struct names *names, size_t first, size_t end, const struct selector *selector)
{
	for (size_t i = first; i < end; i++)
		if (word_in(names, i, selector))
			return true;
	return false;
}

static bool joins(struct names *names, size_t index)
{
	const struct name_word *word = &names->words[index];
	return !(word->flags & WORD_WORD) || (word->flags & WORD_CLITIC) ||
	       (!(word->flags & WORD_CAPITAL) &&
		       names_is(names, index,
			       CLASS_BIT(NAME_OF) | CLASS_BIT(NAME_AND) | CLASS_BIT(NAME_ARTICLE)));
}

static bool all_in(struct names *names, size_t first, size_t end, const struct selector *selector)
{
	for (size_t i = first; i < end; i++)
		if (!word_in(names, i, selector) && !joins(names, i))
			return false;
	return true;
}

static bool lists_hold(struct names *names, const struct evidence *evidence,
	const struct name_form *form, size_t first)
{
	const struct lexicon *lexicon = names->pack->lexicon;
	size_t end = first + form->words;
	if (is_set(&evidence->whole) && !lexeme_in(lexicon, form->lexeme, &evidence->whole))
		return false;
	if (is_set(&evidence->first) && !word_in(names, first, &evidence->first))
		return false;
	if (is_set(&evidence->last) && !word_in(names, end - 1, &evidence->last))
		return false;
	if (is_set(&evidence->rest) && !any_in(names, first + 1, end, &evidence->rest))
		return false;
	if (is_set(&evidence->any) && !any_in(names, first, end, &evidence->any))
		return false;
	return !is_set(&evidence->all) || all_in(names, first, end, &evidence->all);
}

static bool lists_allow(const struct names *names, const struct evidence *evidence,
	const struct name_form *form, size_t first)
{
	const struct lexicon *lexicon = names->pack->lexicon;
	return !lexeme_in(lexicon, form->lexeme, &evidence->unless) &&
	       !word_in(names, first, &evidence->first_unless) &&
	       !word_in(names, first + form->words - 1, &evidence->last_unless);
}

/* One common word that the text has in lower case as well. */
static bool is_lower(struct names *names, const struct name_form *form, size_t first)
{
	return form->words == 1 && names_is(names, first, CLASS_BIT(NAME_COMMON)) &&
	       names_seen(names->lower, names->words[first].lower);
}

static bool holds(struct names *names, const struct evidence *evidence,
	const struct name_form *form, size_t first)
{
	int64_t words = form->words;
	if (evidence->has_words && (words < evidence->words.low || words > evidence->words.high))
		return false;
	if ((evidence->needs & NEED_OF) && !form->of)
		return false;
	if ((evidence->needs & NEED_LOWER) && !is_lower(names, form, first))
		return false;
	return lists_hold(names, evidence, form, first) &&
	       lists_allow(names, evidence, form, first) &&
	       (!evidence->shape || pattern_matches(evidence->shape, form->text));
}

static void add_asked(const struct names *names, uint32_t lexeme, struct evidence_set *into)
{
	if (lexeme == NO_LEXEME)
		return;
	const struct names_set *set = names_set(names->rule, names->pack->lexicon, lexeme);
	for (size_t i = 0; i < NAMES_EVIDENCE / 64; i++)
		into->bits[i] |= set->asked.bits[i];
}

/* The evidence that asks for no list, or for one in which the form or one of its words stands. */
static struct evidence_set asked_of(
	const struct names *names, const struct name_form *form, size_t first)
{
	struct evidence_set asked = names->rule->unasked;
	add_asked(names, form->lexeme, &asked);
	for (size_t i = first; i < first + form->words; i++) {
		add_asked(names, names->words[i].lexeme, &asked);
		add_asked(names, names->words[i].lower, &asked);
	}
	return asked;
}

/* Most evidence asks for a list in which nothing of the name stands. */
void names_weigh_own(struct names *names, struct name_form *form, size_t first)
{
	const struct names_rule *rule = names->rule;
	bool shaped = !rule->any_shape || pattern_matches(rule->any_shape, form->text);
	struct evidence_set asked = asked_of(names, form, first);
	for (size_t word = 0; word < NAMES_EVIDENCE / 64; word++)
		for (uint64_t left = asked.bits[word]; left; left &= left - 1) {
			size_t i = word * 64 + (size_t)__builtin_ctzll(left);
			const struct evidence *evidence = &rule->evidence[i];
			if ((shaped || !evidence->is_joined) && holds(names, evidence, form, first))
				set_bit(&form->allowed, i);
		}
}

/* ---- Words beside it -------------------------------------------------------------------- */

/* A walk from a mention outwards. */
struct walk {
	struct names *names;
	struct evidence_set live; /* evidence that what was passed over allows */
	struct evidence_set hits;
	bool previous;
};

static bool is_empty(const struct evidence_set *set)
{
	uint64_t all = 0;
	for (size_t i = 0; i < NAMES_EVIDENCE / 64; i++)
		all |= set->bits[i];
	return all == 0;
}

static void add_hits(struct walk *walk, const struct evidence_set *set)
{
	for (size_t i = 0; i < NAMES_EVIDENCE / 64; i++)
		walk->hits.bits[i] |= set->bits[i] & walk->live.bits[i];
}

static void append_lower(struct names *names, size_t word)
{
	text_lower(names_folded(&names->words[word]), &names->scratch);
}

/* The word in lower case, most often as it stands; valid until the next call. */
static struct slice lower_word(struct names *names, size_t word)
{
	struct slice folded = names_folded(&names->words[word]);
	if (names->words[word].flags & WORD_LOWER || !(names->words[word].flags & WORD_LETTER))
		return folded;
	names->scratch.length = 0;
	text_lower(folded, &names->scratch);
	return buffer_slice(&names->scratch);
}

static const struct name_entry *find_scratch(const struct names *names)
{
	return name_entries_find(&names->rule->entries, buffer_slice(&names->scratch));
}

/* Phrases of two words and more that begin, or end, at `word`. */
static void meet_phrases(struct walk *walk, size_t word, size_t longest)
{
	struct names *names = walk->names;
	for (size_t words = 2; words <= longest; words++) {
		if (walk->previous ? word + 1 < words : word + words > names->word_count)
			return;
		size_t first = walk->previous ? word + 1 - words : word;
		names->scratch.length = 0;
		for (size_t i = first; i < first + words; i++) {
			if (i > first)
				buffer_byte(&names->scratch, ' ');
			append_lower(names, i);
		}
		const struct name_entry *entry = find_scratch(names);
		if (entry)
			add_hits(walk, walk->previous ? &entry->previous : &entry->next);
	}
}

static void meet_lists(struct walk *walk, size_t word)
{
	const struct names_rule *rule = walk->names->rule;
	for (size_t i = 0; i < rule->listed_count; i++) {
		const struct listed_context *listed = &rule->listed[i];
		if (listed->previous == walk->previous &&
			evidence_has(&walk->live, listed->evidence) &&
			word_in(walk->names, word, &listed->selector))
			set_bit(&walk->hits, listed->evidence);
	}
}

/* Looks at one word; false: no evidence may pass over it. */
static bool meet_word(struct walk *walk, size_t word)
{
	struct names *names = walk->names;
	const struct name_entry *entry =
		name_entries_find(&names->rule->entries, lower_word(names, word));
	meet_lists(walk, word);
	if (!entry)
		return false;
	add_hits(walk, walk->previous ? &entry->previous : &entry->next);
	meet_phrases(walk, word, walk->previous ? entry->longest_previous : entry->longest_next);
	for (size_t i = 0; i < NAMES_EVIDENCE / 64; i++)
		walk->live.bits[i] &= entry->skip.bits[i];
	return !is_empty(&walk->live);
}

static void walk_side(struct walk *walk, const struct name_mention *mention)
{
	size_t word = walk->previous ? mention->first : mention->last;
	for (size_t passed = 0; passed < SKIPPED_WORDS; passed++) {
		if (walk->previous ? word == 0 : word >= walk->names->word_count)
			return;
		size_t met = walk->previous ? --word : word++;
		if (!meet_word(walk, met))
			return;
	}
}

/* The evidence whose `previous` and `next`, where it has them, were met, whatever it asks of the
 * name. */
static struct evidence_set meet_words(struct names *names, const struct name_mention *mention)
{
	struct walk walk = {.names = names, .previous = true, .live = names->rule->worded};
	walk_side(&walk, mention);
	walk.live = names->rule->worded;
	walk.previous = false;
	walk_side(&walk, mention);
	return walk.hits;
}

/* ---- Lists beside it -------------------------------------------------------------------- */

static bool is_byte(const struct names *names, size_t word, char byte)
{
	struct slice folded = names_folded(&names->words[word]);
	return folded.length == 1 && folded.bytes[0] == byte;
}

/* A capitalised name of the list begins at `word`. */
static bool begins_listed(struct names *names, size_t word, const struct selector *selector)
{
	if (word >= names->word_count || !(names->words[word].flags & WORD_CAPITAL))
		return false;
	size_t words = names_phrase(names, word, names->word_count, NAME_PHRASE);
	if (words > 1)
		return lexeme_in(
			names->pack->lexicon, names_lexeme(names, word, word + words), selector);
	bool more = word + 1 < names->word_count && (names->words[word + 1].flags & WORD_CAPITAL) &&
		    (names->words[word + 1].flags & WORD_SPACED);
	return !more && word_in(names, word, selector);
}

/* One ends just before `end`. */
static bool ends_listed(struct names *names, size_t end, const struct selector *selector)
{
	for (size_t words = 1; words <= 3 && words <= end; words++) {
		size_t first = end - words;
		if (!(names->words[first].flags & WORD_CAPITAL))
			return false;
		if (lexeme_in(names->pack->lexicon, names_lexeme(names, first, end), selector))
			return true;
	}
	return false;
}

static bool is_between(struct names *names, size_t word)
{
	return names_is(names, word, CLASS_BIT(NAME_BETWEEN));
}

static bool is_beside(
	struct names *names, const struct name_mention *mention, const struct selector *selector)
{
	size_t next = mention->last;
	if (next + 1 < names->word_count &&
		(is_byte(names, next, ',') || is_byte(names, next, '&') ||
			is_between(names, next))) {
		bool both = is_byte(names, next, ',') && is_between(names, next + 1);
		if (begins_listed(names, next + (both ? 2 : 1), selector))
			return true;
	}
	if (mention->first < 2)
		return false;
	size_t end = mention->first - 1;
	bool between = is_between(names, end);
	if (!between && !is_byte(names, end, ','))
		return false;
	if (between && is_byte(names, end - 1, ','))
		end--;
	return ends_listed(names, end, selector);
}

static bool is_listed(
	struct names *names, const struct evidence *evidence, const struct name_mention *mention)
{
	if (is_set(&evidence->after_list) &&
		(mention->last >= names->word_count || !is_byte(names, mention->last, ',') ||
			!begins_listed(names, mention->last + 1, &evidence->after_list)))
		return false;
	if (is_set(&evidence->before_list) &&
		(mention->first < 2 || !is_byte(names, mention->first - 1, ',') ||
			!ends_listed(names, mention->first - 1, &evidence->before_list)))
		return false;
	return !is_set(&evidence->beside) || is_beside(names, mention, &evidence->beside);
}

/* ---- Patterns and flags ----------------------------------------------------------------- */

/* The bytes of the block beside a mention that patterns see, from and to whole letters. */
static struct slice text_before(const struct names *names, const struct name_mention *mention)
{
	size_t start = names->body.start;
	if (mention->start - start > NAMES_CONTEXT)
		start = mention->start - NAMES_CONTEXT;
	while (start < mention->start && (names->text.bytes[start] & 0xC0) == 0x80)
		start++;
	return slice_cut(names->text, start, mention->start);
}

static struct slice text_after(const struct names *names, const struct name_mention *mention)
{
	size_t end = names->body.end;
	if (end - mention->end > NAMES_CONTEXT)
		end = mention->end + NAMES_CONTEXT;
	while (end > mention->end && end < names->body.end &&
		(names->text.bytes[end] & 0xC0) == 0x80)
		end--;
	return slice_cut(names->text, mention->end, end);
}

static unsigned needs_met(struct names *names, const struct name_mention *mention)
{
	static const struct {
		unsigned flag, need;
	} needs[] = {{MENTION_TITLE, NEED_TITLE}, {MENTION_BOUND, NEED_BOUND},
		{MENTION_DEFINED, NEED_DEFINED}, {MENTION_QUOTED, NEED_QUOTED},
		{MENTION_DATELINE, NEED_DATELINE}};
	unsigned met = NEED_OF | NEED_LOWER;
	for (size_t i = 0; i < sizeof needs / sizeof *needs; i++)
		if (mention->flags & needs[i].flag)
			met |= needs[i].need;
	met |= names_role_before(names, mention) ? NEED_ROLE_BEFORE : 0u;
	met |= names_role_after(names, mention) ? NEED_ROLE_AFTER : 0u;
	return met;
}

static bool stands_beside(
	struct names *names, const struct evidence *evidence, const struct name_mention *mention)
{
	return is_listed(names, evidence, mention) &&
	       (!evidence->before ||
		       pattern_matches(evidence->before, text_before(names, mention))) &&
	       (!evidence->after || pattern_matches(evidence->after, text_after(names, mention)));
}

static bool is_subject(struct names *names, const struct name_mention *mention)
{
	size_t next = mention->last;
	return next < names->word_count && ((names->words[next].flags & WORD_CLITIC) ||
						   names_is(names, next, CLASS_BIT(NAME_VERB)));
}

static bool is_back(const struct names_rule *rule, uint32_t kind)
{
	return kind < rule->kind_count && rule->back[kind];
}

#define DECISIVE 3 /* weight of what stands beside nothing but a person */

/* The Lincoln administration: decisive, even where the name itself is not allowed to say so. */
static uint32_t find_decisive(const struct names *names, const struct evidence_set *hits)
{
	const struct names_rule *rule = names->rule;
	for (size_t word = 0; word < NAMES_EVIDENCE / 64; word++) {
		uint64_t left = hits->bits[word];
		for (size_t i = word * 64; left; i++, left >>= 1) {
			const struct evidence *evidence = &rule->evidence[i];
			if ((left & 1) && evidence->weight >= DECISIVE &&
				is_back(rule, evidence->kind))
				return evidence->kind;
		}
	}
	return (uint32_t)rule->kind_count;
}

/* The kind with the largest sum above nothing. */
static uint32_t leaning(const struct names *names, const double *sums)
{
	uint32_t best = (uint32_t)names->rule->kind_count;
	for (uint32_t kind = 0; kind < names->rule->kind_count; kind++)
		if (sums[kind] > 0 && (best == names->rule->kind_count || sums[kind] > sums[best]))
			best = kind;
	return best;
}

static void weigh(struct names *names, struct name_mention *mention)
{
	const struct names_rule *rule = names->rule;
	struct evidence_set hits = meet_words(names, mention);
	struct evidence_set allowed = names->forms[mention->form].allowed;
	unsigned met = needs_met(names, mention);
	double sums[NAMES_KINDS + 1] = {0};
	for (size_t word = 0; word < NAMES_EVIDENCE / 64; word++) {
		uint64_t left = allowed.bits[word] & rule->context.bits[word] &
				(hits.bits[word] | ~rule->worded.bits[word]);
		for (uint32_t i = (uint32_t)word * 64; left; i++, left >>= 1) {
			const struct evidence *evidence = &rule->evidence[i];
			if ((left & 1) && !(evidence->needs & ~met) &&
				stands_beside(names, evidence, mention)) {
				names_count(names, mention->form, i);
				sums[evidence->kind] += evidence->weight;
				if (is_set(&evidence->beside) && !is_back(rule, evidence->kind))
					mention->flags |= MENTION_AMONG;
			}
		}
	}
	mention->leans = find_decisive(names, &hits);
	mention->flags |= mention->leans < rule->kind_count ? MENTION_OFFICE : 0u;
	if (mention->leans == rule->kind_count)
		mention->leans = leaning(names, sums);
	mention->flags |= is_subject(names, mention) ? MENTION_SUBJECT : 0u;
}

void names_weigh_beside(struct names *names, size_t first)
{
	for (size_t i = first; i < names->mention_count; i++) {
		weigh(names, &names->mentions[i]);
		names->mentions[i].role = names_role(names, &names->mentions[i]);
	}
}
