/* Whom a pronoun stands for: who weighs most on the reader's mind.
 *
 * Whoever is named, or meant by a pronoun or a role, weighs something from then on, most as the
 * subject of a sentence; with every sentence and paragraph the weight grows less. A pronoun stands
 * for the heaviest that fits: of its kind, its name not known to go with another pronoun. What is
 * said inside quotes counts less outside and the other way round, and who says the words is no *he*
 * in them. Roles that nobody named has (*a neighbour*) weigh as well: then a pronoun may stand for
 * nobody. All weights are the pack's. Whoever weighs least is forgotten when there are many.
 */
#include "annotate/discourse.h"

#include <stdlib.h>

#define REFERENTS 48      /* that are on one's mind at once */
#define FORGOTTEN 0.002   /* a lighter one is not */
#define NOBODY UINT32_MAX /* no referent's number */

enum agreement { UNKNOWN, AGREES, CLASHES };

struct referent {
	struct meant meant; /* none: nobody named */
	uint32_t number;
	const struct kind *kind;
	size_t last;                      /* where it was named or meant, but as an owner */
	double outside, inside;           /* quote marks */
	uint8_t agreement[PRONOUNS_MOST]; /* enum agreement */
	struct slice role;                /* by which an unnamed one is known */
};

/* What has been met so far of a sentence, outside quotes or inside. */
struct clause {
	uint32_t subject;
	uint32_t same[PRONOUNS_MOST]; /* whom such a pronoun meant last */
};

struct discourse {
	struct slice text;
	const struct packs *packs;
	const struct annotations *found;
	const struct pack *pack;
	const struct reference *reference;
	const struct kind *kinds[PRONOUNS_MOST], *role_kind, *thing_kind;
	struct role_words *words;
	struct referent referents[REFERENTS];
	size_t count;
	uint32_t next_number;
	struct clause outside, inside;
	uint32_t before; /* subject of the sentence before */
	uint32_t spoke;  /* who spoke last */
	uint8_t *meant;  /* by entity: pronouns that stood for it, from 1; 0: none yet */
	size_t block;
	uint32_t sentence;
	struct span named; /* the last name, */
	uint32_t named_entity;
	struct span role; /* and the last role that a name must follow */
	struct buffer lower, *why;
};

static struct slice text_of(const struct discourse *at, struct span span)
{
	return slice_cut(at->text, span.start, span.end);
}

static struct clause *clause_of(struct discourse *at, const struct discourse_place *place)
{
	return place->quoted && !place->speaks ? &at->inside : &at->outside;
}

/* ---- Time ------------------------------------------------------------------------------- */

static void clause_clear(struct clause *clause)
{
	memset(clause, 0xFF, sizeof *clause);
}

/* In another paragraph what was said inside quotes is as far as what was told of it, and who has no
 * name is forgotten sooner. */
static void turn_page(struct discourse *at, struct referent *referent)
{
	const struct reference_weights *weights = &at->reference->weights;
	double told = weights->quoted * referent->inside;
	if (told > referent->outside)
		referent->outside = told;
	referent->inside = 0;
	referent->outside *= weights->paragraph;
	if (referent->meant.count == 0)
		referent->outside *= weights->unnamed;
}

static void fade(struct discourse *at, double share, bool page)
{
	size_t kept = 0;
	for (size_t i = 0; i < at->count; i++) {
		struct referent *referent = &at->referents[i];
		referent->outside *= share;
		referent->inside *= share;
		if (page)
			turn_page(at, referent);
		if (referent->outside + referent->inside >= FORGOTTEN)
			at->referents[kept++] = *referent;
	}
	at->count = kept;
}

/* Sentences between that have nothing in them count, but for many. */
#define SENTENCES_MOST 6

static void move_to(struct discourse *at, const struct discourse_place *place)
{
	uint32_t passed = (place->sentence - at->sentence) & SENTENCES;
	if (passed == 0 && place->block == at->block)
		return;
	double share = 1;
	for (uint32_t i = 0; i < passed && i < SENTENCES_MOST; i++)
		share *= at->reference->weights.sentence;
	fade(at, share, place->block != at->block);
	at->before = at->outside.subject;
	clause_clear(&at->outside);
	clause_clear(&at->inside);
	at->sentence = place->sentence;
	at->block = place->block;
}

/* ---- Agreement -------------------------------------------------------------------------- */

static enum agreement lexeme_agrees(
	const struct discourse *at, const struct pronouns *pronouns, uint32_t lexeme)
{
	bool agrees = lexeme_in(at->pack->lexicon, lexeme, &pronouns->agrees);
	bool clashes = lexeme_in(at->pack->lexicon, lexeme, &pronouns->clashes);
	return agrees == clashes ? UNKNOWN : agrees ? AGREES : CLASHES;
}

/* A word of a role; names and the small words of a language are alike here and there. */
static enum agreement role_word_agrees(
	struct discourse *at, const struct pronouns *pronouns, struct slice word)
{
	uint32_t lexeme = pack_word(at->pack, word, &at->lower);
	if (lexeme == pack_word_lower(at->pack, word, &at->lower) &&
		!lexeme_in(at->pack->lexicon, lexeme, &at->reference->roles))
		return UNKNOWN;
	return lexeme_agrees(at, pronouns, lexeme);
}

static size_t word_length(struct slice text)
{
	size_t length = 0;
	while (length < text.length && (unsigned char)text.bytes[length] > ' ')
		length++;
	return length;
}

/* By the first of the words that tells. */
static enum agreement role_agrees(
	struct discourse *at, const struct pronouns *pronouns, struct slice role)
{
	enum agreement agreement = UNKNOWN;
	for (size_t length; role.length > 0 && agreement == UNKNOWN;
		role = slice_cut(role, length + 1, role.length)) {
		length = word_length(role);
		agreement = role_word_agrees(at, pronouns, slice_cut(role, 0, length));
	}
	return agreement;
}

static enum agreement name_agrees(
	struct discourse *at, const struct pronouns *pronouns, const struct entity *entity)
{
	struct slice name = entity->name;
	struct slice first = slice_cut(name, 0, word_length(name));
	enum agreement agreement =
		lexeme_agrees(at, pronouns, pack_word(at->pack, first, &at->lower));
	if (agreement == UNKNOWN && entity->role != NO_ROLE)
		agreement =
			role_agrees(at, pronouns, text_of(at, annotations_role(at->found, entity)));
	return agreement;
}

/* *She* once, never *he*. */
static enum agreement agreement_by_use(const struct discourse *at, uint32_t entity, size_t pronouns)
{
	uint8_t meant = at->meant[entity];
	if (meant == 0)
		return UNKNOWN;
	return meant == pronouns + 1 ? AGREES : CLASHES;
}

/* ---- Referents -------------------------------------------------------------------------- */

static struct referent *referent_numbered(struct discourse *at, uint32_t number)
{
	for (size_t i = 0; i < at->count && number != NOBODY; i++)
		if (at->referents[i].number == number)
			return &at->referents[i];
	return NULL;
}

/* Room for one more: in the place of the lightest if there is none. */
static struct referent *new_referent(struct discourse *at, const struct kind *kind)
{
	size_t place = at->count;
	if (at->count < REFERENTS)
		at->count++;
	else
		for (size_t i = place = 0; i < at->count; i++)
			if (at->referents[i].outside + at->referents[i].inside <
				at->referents[place].outside + at->referents[place].inside)
				place = i;
	at->referents[place] = (struct referent){.number = at->next_number++, .kind = kind};
	return &at->referents[place];
}

static bool means(const struct referent *referent, const struct meant *meant)
{
	return referent->meant.count == meant->count &&
	       memcmp(referent->meant.entities, meant->entities,
		       meant->count * sizeof *meant->entities) == 0;
}

static struct referent *referent_of(struct discourse *at, struct meant meant)
{
	for (size_t i = 0; i < at->count; i++)
		if (means(&at->referents[i], &meant))
			return &at->referents[i];
	const struct entity *entity = &at->found->entities[meant.entities[0]];
	struct referent *referent = new_referent(at, &at->packs->kinds[entity->kind]);
	referent->meant = meant;
	for (size_t i = 0; i < at->reference->pronoun_count && meant.count == 1; i++) {
		const struct pronouns *pronouns = &at->reference->pronouns[i];
		enum agreement agreement = agreement_by_use(at, meant.entities[0], i);
		if (agreement == UNKNOWN && referent->kind == at->kinds[i])
			agreement = name_agrees(at, pronouns, entity);
		referent->agreement[i] = (uint8_t)agreement;
	}
	return referent;
}

/* *The clerk* is the one there was before, *a clerk* another. */
static struct referent *unnamed(
	struct discourse *at, struct slice role, const struct reference_found *reference)
{
	struct slice word = role;
	while (word_length(word) < word.length)
		word = slice_cut(word, word_length(word) + 1, word.length);
	for (size_t i = 0; i < at->count && !(reference->use & ROLE_NEW); i++)
		if (at->referents[i].meant.count == 0 && slice_equal(at->referents[i].role, word))
			return &at->referents[i];
	struct referent *referent =
		new_referent(at, reference->use & ROLE_THING ? at->thing_kind : at->role_kind);
	referent->role = word;
	for (size_t i = 0; i < at->reference->pronoun_count; i++)
		referent->agreement[i] =
			(uint8_t)role_word_agrees(at, &at->reference->pronouns[i], word);
	return referent;
}

static void weigh(struct discourse *at, const struct discourse_place *place,
	struct referent *referent, double weight)
{
	bool inside = place->quoted && !place->speaks;
	double *sum = inside ? &referent->inside : &referent->outside;
	double lighter = *sum < weight ? *sum : weight, heavier = *sum < weight ? weight : *sum;
	*sum = heavier + at->reference->weights.again * lighter;
}

/* Names and roles: the first of its sentence is mostly its subject, if it begins a clause. */
static void mention(struct discourse *at, const struct discourse_place *place,
	struct referent *referent, double share)
{
	struct clause *clause = clause_of(at, place);
	const struct reference_weights *weights = &at->reference->weights;
	bool subject = (clause->subject == NOBODY && place->begins) || place->speaks;
	weigh(at, place, referent, share * (subject ? weights->subject : weights->other));
	referent->last = place->span.start;
	if (clause->subject == NOBODY && place->begins)
		clause->subject = referent->number;
	if (place->speaks)
		at->spoke = referent->number;
}

/* ---- Names ------------------------------------------------------------------------------ */

/* The text between is one word of those that have the use. */
static bool stands_between(
	struct discourse *at, struct span before, struct span after, enum reference_use use)
{
	if (after.start <= before.end || after.start - before.end > 16)
		return false;
	struct slice word = slice_trim(slice_cut(at->text, before.end, after.start));
	const struct reference_word *found = reference_word(at->reference, word);
	return found && (found->uses & use);
}

/* *Ana Duarte and Rui Melo* may be *they*. */
static void join_names(struct discourse *at, const struct discourse_place *place, uint32_t entity)
{
	const struct entity *entities = at->found->entities;
	bool joined = at->named.start != NOWHERE && at->named_entity != entity &&
		      entities[at->named_entity].kind == entities[entity].kind &&
		      stands_between(at, at->named, place->span, REFERENCE_JOINING);
	if (!joined)
		return;
	struct meant both = {{at->named_entity, entity}, 2};
	weigh(at, place, referent_of(at, both), at->reference->weights.subject);
}

void discourse_name(
	struct discourse *discourse, const struct discourse_place *place, uint32_t entity)
{
	move_to(discourse, place);
	mention(discourse, place, referent_of(discourse, (struct meant){{entity}, 1}), 1);
	join_names(discourse, place, entity);
	if (discourse->role.start != NOWHERE &&
		stands_between(discourse, discourse->role, place->span, REFERENCE_NAMING))
		role_words_add(discourse->words, entity, text_of(discourse, discourse->role));
	role_words_name(discourse->words, entity, place->span);
	discourse->role.start = NOWHERE;
	discourse->named = place->span;
	discourse->named_entity = entity;
}

/* ---- Pronouns --------------------------------------------------------------------------- */

/* A pronoun where it stands. */
struct asked {
	const struct discourse_place *place;
	const struct pronouns *pronouns;
	size_t index; /* of the pronouns */
	enum pronoun_use use;
	size_t clause_start;
	const struct clause *clause;
};

static bool speaks_here(const struct discourse_place *place, const struct meant *meant)
{
	for (uint32_t i = 0; i < place->speaker.count; i++)
		for (uint32_t m = 0; m < meant->count; m++)
			if (meant->entities[m] == place->speaker.entities[i])
				return true;
	return false;
}

static double score(
	const struct discourse *at, const struct asked *asked, const struct referent *referent)
{
	const struct reference_weights *weights = &at->reference->weights;
	const struct discourse_place *place = asked->place;
	uint32_t number = referent->number;
	bool inside = place->quoted && !place->speaks;
	double sum = inside ? referent->inside + weights->reporting * referent->outside
			    : referent->outside + weights->quoted * referent->inside;
	if (referent->agreement[asked->index] == AGREES)
		sum *= weights->agrees;
	if (asked->use == PRONOUN_OBJECT && referent->last >= asked->clause_start)
		sum *= weights->itself;
	else if (asked->use == PRONOUN_SELF && number == asked->clause->subject)
		sum += weights->before;
	if (asked->use != PRONOUN_OBJECT && number == asked->clause->same[asked->index])
		sum += weights->same;
	if (asked->use == PRONOUN_SUBJECT && !inside && number == at->before &&
		asked->clause->subject == NOBODY)
		sum += weights->before;
	if (place->speaks && number == at->spoke)
		sum += weights->spoke;
	return sum;
}

static bool fits(
	const struct discourse *at, const struct asked *asked, const struct referent *referent)
{
	return referent->kind && referent->kind == at->kinds[asked->index] &&
	       referent->agreement[asked->index] != CLASHES &&
	       (referent->meant.count > 1) == asked->pronouns->several &&
	       !(asked->place->quoted && speaks_here(asked->place, &referent->meant));
}

static void tell_referent(struct discourse *at, const struct referent *referent, double sum)
{
	buffer_format(at->why, "  evidence %.2f ", sum);
	if (referent->meant.count == 0)
		text_visible(referent->role, at->why);
	for (uint32_t i = 0; i < referent->meant.count; i++) {
		buffer_text(at->why, i > 0 ? " + " : "");
		text_visible(at->found->entities[referent->meant.entities[i]].name, at->why);
	}
	buffer_byte(at->why, '\n');
}

/* The heaviest that fits; what is no person only where it is the subject, or weighs enough. */
static struct referent *choose(struct discourse *at, const struct asked *asked)
{
	const struct reference_weights *weights = &at->reference->weights;
	struct referent *best = NULL;
	double most = weights->least;
	for (size_t i = 0; i < at->count; i++) {
		struct referent *referent = &at->referents[i];
		if (!fits(at, asked, referent))
			continue;
		double sum = score(at, asked, referent);
		if (at->why)
			tell_referent(at, referent, sum);
		if (sum > most) {
			most = sum;
			best = referent;
		}
	}
	if (!best || best->kind != at->thing_kind || asked->place->speaks)
		return best;
	bool subject = best->number == at->before ||
		       (best->number == asked->clause->subject && asked->use != PRONOUN_OBJECT);
	bool heavy = asked->use != PRONOUN_OBJECT && !asked->place->quoted &&
		     most >= weights->least_thing;
	return subject || heavy ? best : NULL;
}

/* From here on no other pronoun stands for it. */
static void learn(struct discourse *at, struct referent *referent, const struct asked *asked)
{
	if (asked->pronouns->several)
		return;
	for (size_t i = 0; i < at->reference->pronoun_count; i++)
		referent->agreement[i] = i == asked->index ? AGREES : CLASHES;
	if (referent->meant.count == 1)
		at->meant[referent->meant.entities[0]] = (uint8_t)(asked->index + 1);
}

static double pronoun_weight(const struct discourse *at, enum pronoun_use use)
{
	const struct reference_weights *weights = &at->reference->weights;
	return use == PRONOUN_SUBJECT ? weights->subject
	       : use == PRONOUN_OWNER ? weights->owner
				      : weights->other;
}

struct meant discourse_pronoun(struct discourse *discourse, const struct discourse_place *place,
	const struct reference_found *reference)
{
	move_to(discourse, place);
	struct clause *clause = clause_of(discourse, place);
	struct asked asked = {place, &discourse->reference->pronouns[reference->pronouns],
		reference->pronouns, (enum pronoun_use)reference->use,
		place->span.start - reference->clause, clause};
	struct referent *chosen = choose(discourse, &asked);
	if (!chosen)
		return (struct meant){{0}, 0};
	weigh(discourse, place, chosen, pronoun_weight(discourse, asked.use));
	if (asked.use != PRONOUN_OWNER)
		chosen->last = place->span.start;
	learn(discourse, chosen, &asked);
	clause->same[asked.index] = chosen->number;
	if (clause->subject == NOBODY && asked.use != PRONOUN_OBJECT)
		clause->subject = chosen->number;
	if (place->speaks)
		discourse->spoke = chosen->number;
	return chosen->meant;
}

/* ---- Roles ------------------------------------------------------------------------------ */

/* Who has the role; nobody owns himself (*his director*). */
static struct meant holder_of(struct discourse *at, const struct discourse_place *place,
	const struct reference_found *reference)
{
	struct meant none = {{0}, 0};
	if (reference->use & ROLE_NEW)
		return none;
	uint32_t holder = role_words_holder(at->words, text_of(at, place->span));
	if (holder == NO_ENTITY)
		return none;
	struct meant meant = {{holder}, 1};
	uint32_t kind = at->found->entities[holder].kind;
	bool right = &at->packs->kinds[kind] ==
		     ((reference->use & ROLE_THING) ? at->thing_kind : at->role_kind);
	const struct referent *subject = referent_numbered(at, clause_of(at, place)->subject);
	bool own = (reference->use & ROLE_OWNED) && subject && means(subject, &meant);
	return right && !own ? meant : none;
}

/* *Ana Duarte is a chemist.* */
static bool is_said_of_subject(struct discourse *at, const struct discourse_place *place,
	const struct reference_found *reference)
{
	const struct referent *subject = referent_numbered(at, clause_of(at, place)->subject);
	if (!(reference->use & ROLE_BEING) || (reference->use & ROLE_THING) || place->quoted ||
		!subject || subject->kind != at->role_kind)
		return false;
	if (subject->meant.count == 1)
		role_words_add(at->words, subject->meant.entities[0], text_of(at, place->span));
	return true;
}

struct meant discourse_role(struct discourse *discourse, const struct discourse_place *place,
	const struct reference_found *reference)
{
	struct meant none = {{0}, 0};
	const struct reference_weights *weights = &discourse->reference->weights;
	move_to(discourse, place);
	if (reference->use & ROLE_NAMING) {
		discourse->role = place->span;
		return none;
	}
	if (is_said_of_subject(discourse, place, reference))
		return none;
	struct meant meant = holder_of(discourse, place, reference);
	if (meant.count > 0) {
		mention(discourse, place, referent_of(discourse, meant), 1);
		return meant;
	}
	struct referent *referent = unnamed(discourse, text_of(discourse, place->span), reference);
	mention(discourse, place, referent,
		reference->use & ROLE_THING ? weights->thing : weights->unnamed);
	return none;
}

/* ---- Begin and end ---------------------------------------------------------------------- */

static const struct kind *kind_in(const struct packs *packs, const struct pack *pack, uint32_t kind)
{
	return kind == NO_KIND ? NULL : packs_kind(packs, slice_of(pack->kinds[kind].name));
}

struct discourse *discourse_new(
	const struct linked *of, const struct annotations *found, const struct pack *pack)
{
	struct discourse *at = memory_allocate(sizeof *at);
	const struct reference *reference = pack->reference;
	at->text = document_text(of->document);
	at->packs = of->packs;
	at->found = found;
	at->pack = pack;
	at->reference = reference;
	at->role_kind = kind_in(of->packs, pack, reference->role_kind);
	at->thing_kind = kind_in(of->packs, pack, reference->thing_kind);
	for (size_t i = 0; i < reference->pronoun_count; i++)
		at->kinds[i] = kind_in(of->packs, pack, reference->pronouns[i].kind);
	at->words = role_words_new(of, found, pack);
	at->meant = memory_allocate(found->entity_count + 1);
	at->before = at->spoke = NOBODY;
	at->block = NOWHERE;
	at->named.start = at->role.start = NOWHERE;
	clause_clear(&at->outside);
	clause_clear(&at->inside);
	return at;
}

void discourse_free(struct discourse *discourse)
{
	role_words_free(discourse->words);
	buffer_release(&discourse->lower);
	free(discourse->meant);
	free(discourse);
}

void discourse_tell(struct discourse *discourse, struct buffer *why)
{
	discourse->why = why;
}
