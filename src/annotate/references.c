/* Words that stand for somebody who is named elsewhere: pronouns, and roles like *the mayor*.
 *
 * What each of them is by itself, and by the words beside it, is found here while the tokens are
 * there; whom it stands for is asked when all entities are: resolve.c. A role is a word like *the*,
 * *his* or *a*, up to three plain words, and one that lists have as the last word of a role. One
 * that belongs to a name beside it (*the director, Ana Duarte*) stands for nobody by itself.
 */
#include <stdlib.h>

#include "annotate/facts.h"
#include "rules/reference.h"

#define ROLE_WORDS 5    /* after the first one */
#define CLAUSE_WORDS 32 /* before a word that are looked over for the begin of its clause */

struct gathering {
	const struct window *window;
	const struct reference *reference;
	struct tokens *tokens;
	struct buffer lower;
	size_t find; /* the first that does not end before the token */
	struct references *into;
};

static const struct reference_word *word_of(struct gathering *at, size_t index)
{
	const struct lexicon *lexicon = at->window->pack->lexicon;
	const struct token *token = &at->tokens->items[index];
	if (!lexeme_in(lexicon, token->lower, &at->reference->words))
		return NULL;
	at->lower.length = 0;
	text_lower(token_folded(at->tokens, index), &at->lower);
	return reference_word(at->reference, buffer_slice(&at->lower));
}

static unsigned uses_of(struct gathering *at, size_t index)
{
	const struct reference_word *word = word_of(at, index);
	return word ? word->uses : 0;
}

static bool is_word(const struct gathering *at, size_t index)
{
	return index < at->tokens->count && (at->tokens->items[index].flags & TOKEN_WORD);
}

/* Whether both tokens stand in one sentence. */
static bool goes_on(const struct gathering *at, size_t index)
{
	const struct token *token = &at->tokens->items[index];
	return index < at->tokens->count && index > 0 && token[-1].piece == token->piece &&
	       !(token->flags & TOKEN_FIRST);
}

static bool may_speak(const struct gathering *at, const struct find *find)
{
	return at->window->packs->kinds[find->kind].speaks;
}

/* The find that holds or begins at a token, or NULL. */
static const struct find *find_at(const struct gathering *at, size_t index)
{
	const struct finds *finds = &at->window->finds;
	if (index >= at->tokens->count)
		return NULL;
	const struct token *token = &at->tokens->items[index];
	for (size_t i = at->find; i < finds->count && finds->items[i].span.start <= token->start;
		i++)
		if (token->start < finds->items[i].span.end &&
			at->window->packs->kinds[finds->items[i].kind].sidebar)
			return &finds->items[i];
	return NULL;
}

static bool ends_find(const struct gathering *at, size_t index)
{
	const struct finds *finds = &at->window->finds;
	const struct token *token = &at->tokens->items[index];
	for (size_t i = at->find; i-- > 0 && i + 4 > at->find;)
		if (finds->items[i].span.end == token->end && may_speak(at, &finds->items[i]))
			return true;
	const struct find *find = find_at(at, index);
	return find && find->span.end == token->end && may_speak(at, find);
}

static bool is_sign(const struct gathering *at, size_t index, const char *sign)
{
	return goes_on(at, index) && slice_is(token_folded(at->tokens, index), sign);
}

/* ---- Pronouns --------------------------------------------------------------------------- */

/* Nothing that an object or owner would stand before: a sign, or a word that no noun begins with.
 */
static bool is_edge(struct gathering *at, size_t index)
{
	return !goes_on(at, index) || !is_word(at, index) || (uses_of(at, index) & REFERENCE_EDGE);
}

/* *Her* owns what follows it, *it* is the object of the verb before it. */
static enum pronoun_use decide_use(struct gathering *at, size_t index, unsigned uses)
{
	if ((uses & REFERENCE_OWNER) && (uses & REFERENCE_OBJECT))
		return is_edge(at, index + 1) ? PRONOUN_OBJECT : PRONOUN_OWNER;
	if ((uses & REFERENCE_SUBJECT) && (uses & REFERENCE_OBJECT)) {
		bool begins = !goes_on(at, index) || !is_word(at, index - 1) ||
			      (uses_of(at, index - 1) & REFERENCE_EDGE);
		return begins ? PRONOUN_SUBJECT : PRONOUN_OBJECT;
	}
	return uses & REFERENCE_SUBJECT  ? PRONOUN_SUBJECT
	       : uses & REFERENCE_OBJECT ? PRONOUN_OBJECT
	       : uses & REFERENCE_OWNER  ? PRONOUN_OWNER
					 : PRONOUN_SELF;
}

/* How many bytes back its clause begins: with its sentence, a sign, or a word that begins one. */
static size_t clause_before(struct gathering *at, size_t index)
{
	size_t first = index;
	while (goes_on(at, first) && is_word(at, first - 1) && index - first < CLAUSE_WORDS &&
		!(uses_of(at, first - 1) & REFERENCE_CLAUSE))
		first--;
	return at->tokens->items[index].start - at->tokens->items[first].start;
}

static void add(struct gathering *at, struct reference_found found)
{
	struct references *into = at->into;
	into->items = grow(into->items, &into->capacity, into->count + 1, sizeof *into->items);
	into->items[into->count++] = found;
}

static void add_pronoun(struct gathering *at, size_t index, const struct reference_word *word)
{
	const struct token *token = &at->tokens->items[index];
	enum pronoun_use use = decide_use(at, index, word->uses);
	add(at, (struct reference_found){.span = {token->start, token->end},
			.clause = use == PRONOUN_OBJECT ? clause_before(at, index) : 0,
			.pronouns = word->pronouns,
			.use = (uint8_t)use});
}

/* ---- Roles ------------------------------------------------------------------------------ */

/* Where the role that begins at a token ends; that token: there is none. */
struct role_found {
	size_t head;  /* its last word */
	size_t owner; /* the last word of the role that owns it: *the museum’s director* */
};

static struct role_found find_head(struct gathering *at, size_t index)
{
	const struct lexicon *lexicon = at->window->pack->lexicon;
	struct role_found found = {index, index};
	for (size_t i = index + 1; i <= index + ROLE_WORDS && goes_on(at, i); i++) {
		const struct token *token = &at->tokens->items[i];
		bool role = lexeme_in(lexicon, token->lower, &at->reference->roles);
		bool clitic = token->flags & TOKEN_CLITIC;
		if (!is_word(at, i) || find_at(at, i) ||
			(!role && !clitic &&
				lexeme_in(
					lexicon, token->lower, &at->window->pack->function_words)))
			break;
		if (clitic && found.head == i - 1)
			found = (struct role_found){index, i - 1};
		else if (role)
			found.head = i;
	}
	return found;
}

/* *The mayor, Ana Duarte*; *the engineer Ana Duarte*. */
static bool is_before_name(struct gathering *at, size_t head)
{
	size_t next = head + 1;
	if (is_sign(at, next, ","))
		next++;
	for (size_t i = next; i < next + 2 && goes_on(at, i) && is_word(at, i); i++)
		if (find_at(at, i))
			return may_speak(at, find_at(at, i));
	return false;
}

/* *Ana Duarte, the mayor,* but not *in Vigo, the mayor said*. */
static bool is_apposition(struct gathering *at, size_t index, size_t head)
{
	if (index < 2 || !is_sign(at, index - 1, ",") || !ends_find(at, index - 2))
		return false;
	size_t next = head + 1;
	if (goes_on(at, next) && (at->tokens->items[next].flags & TOKEN_CLITIC))
		return false;
	return is_edge(at, next);
}

static void put_role(struct gathering *at, size_t index, size_t head, unsigned use)
{
	const struct token *first = &at->tokens->items[index], *last = &at->tokens->items[head];
	const struct lexicon *lexicon = at->window->pack->lexicon;
	if (lexeme_in(lexicon, last->lower, &at->reference->things))
		use |= ROLE_THING;
	add(at, (struct reference_found){.span = {first->start, last->end},
			.clause = clause_before(at, index),
			.pronouns = IS_ROLE,
			.use = (uint8_t)use});
}

static void add_role(struct gathering *at, size_t index, const struct reference_word *word)
{
	struct role_found role = find_head(at, index);
	unsigned use = word->uses & REFERENCE_NEW ? ROLE_NEW : 0;
	if (word->uses & REFERENCE_OWNED)
		use |= ROLE_OWNED;
	if (role.owner != index)
		put_role(at, index, role.owner, use | ROLE_OWNER);
	if (role.head == index)
		return;
	if (goes_on(at, role.head + 1) && (uses_of(at, role.head + 1) & REFERENCE_NAMING) &&
		find_at(at, role.head + 2))
		use |= ROLE_NAMING;
	else if (is_before_name(at, role.head) || is_apposition(at, index, role.head))
		return;
	if (goes_on(at, index) && (uses_of(at, index - 1) & REFERENCE_BEING))
		use |= ROLE_BEING;
	put_role(at, index, role.head, use);
}

/* ---- Public ----------------------------------------------------------------------------- */

void references_find(const struct window *window, struct references *into)
{
	struct gathering at = {.window = window,
		.reference = window->pack->reference,
		.tokens = window->tokens,
		.into = into};
	const struct finds *finds = &window->finds;
	if (at.reference->table_size == 0)
		return;
	for (size_t i = 0; i < at.tokens->count; i++) {
		const struct token *token = &at.tokens->items[i];
		while (at.find < finds->count && finds->items[at.find].span.end <= token->start)
			at.find++;
		const struct reference_word *word = word_of(&at, i);
		if (!word || find_at(&at, i))
			continue;
		if (word->uses & REFERENCE_PRONOUN)
			add_pronoun(&at, i, word);
		if (word->uses & (REFERENCE_KNOWN | REFERENCE_OWNED | REFERENCE_NEW))
			add_role(&at, i, word);
	}
	buffer_release(&at.lower);
}
