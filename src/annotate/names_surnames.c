/* Surnames that are something else as well: Lincoln, Jordan, English.
 *
 * Once a text gives a person's full name, its last word alone is that person, whatever the lists
 * say of it, unless what stands beside a mention says otherwise (in Lincoln, Jordan and Egypt,
 * English schools). Such mentions are moved to a twin: a form of the same text that keeps what the
 * lists say and is nobody's short form. The rest then counts for what it is beside the person.
 */
#include <stdlib.h>
#include <string.h>

#include "annotate/names.h"

#define FULL_WORDS 5  /* of a full name */
#define SURE_NAME 2.0 /* by how much a full name must be a person's rather than anything else */

static uint32_t person_of(const struct names *names, const struct name_form *form)
{
	const struct names_rule *rule = names->rule;
	uint32_t best = 0;
	for (uint32_t kind = 1; kind <= rule->kind_count; kind++)
		if (form->sum[kind] > form->sum[best])
			best = kind;
	if (best == rule->kind_count || !rule->back[best])
		return NO_FORM;
	for (uint32_t kind = 0; kind <= rule->kind_count; kind++)
		if (kind != best && form->sum[kind] > form->sum[best] - SURE_NAME)
			return NO_FORM;
	return best;
}

static bool is_word_of(const struct names *names, struct slice word, enum name_class class)
{
	return names_lexeme_is(names, lexicon_find_loosely(names->pack->lexicon, word), class);
}

/* The form that is the last word of a full name, if a list has another meaning for it. */
static uint32_t surname_of(const struct names *names, const struct name_form *full)
{
	const char *blank = memrchr(full->text.bytes, ' ', full->text.length);
	const char *first = memchr(full->text.bytes, ' ', full->text.length);
	if (!blank || full->words > FULL_WORDS)
		return NO_FORM;
	size_t start = (size_t)(blank - full->text.bytes) + 1;
	struct slice last = slice_cut(full->text, start, full->text.length);
	uint32_t found = name_texts_find(&names->form_texts, last);
	if (found == NO_FORM)
		return NO_FORM;
	/* Florence, Italy without its comma */
	struct slice given = slice_cut(full->text, 0, (size_t)(first - full->text.bytes));
	const struct name_form *form = &names->forms[found];
	bool town = names_lexeme_is(names, form->lexeme, NAME_TOWN);
	bool region = names_lexeme_is(names, form->lexeme, NAME_KNOWN) && !town;
	return region && is_word_of(names, given, NAME_KNOWN) ? NO_FORM : found;
}

/* Whether a mention stays what the lists say. */
static bool stays(const struct names *names, const struct name_mention *mention, uint32_t person)
{
	const struct name_form *form = &names->forms[mention->form];
	if (mention->flags & MENTION_TITLE)
		return false;
	if (form->country && (mention->flags & MENTION_AMONG))
		return true;
	if (mention->leans == person)
		return false;
	if (mention->leans < names->rule->kind_count &&
		form->own[mention->leans] >= names->rule->threshold)
		return true;
	return names_lexeme_is(names, form->lexeme, NAME_NATION) &&
	       !(mention->flags & MENTION_SUBJECT);
}

/* A form of the same text for what the lists say of it. */
static uint32_t add_twin(struct names *names, uint32_t index)
{
	names->forms = grow(
		names->forms, &names->form_capacity, names->form_count + 1, sizeof *names->forms);
	struct name_form *twin = &names->forms[names->form_count];
	*twin = names->forms[index];
	twin->twin = true;
	twin->mentions = 0;
	twin->counts = 0;
	memset(twin->beside, 0, sizeof twin->beside);
	memcpy(twin->sum, twin->own, sizeof twin->sum);
	return (uint32_t)names->form_count++;
}

static size_t move_mentions(struct names *names, uint32_t index, uint32_t person)
{
	uint32_t twin = NO_FORM;
	size_t left = 0;
	for (size_t i = 0; i < names->mention_count; i++) {
		struct name_mention *mention = &names->mentions[i];
		if (mention->form != index)
			continue;
		if (!stays(names, mention, person)) {
			left++;
			continue;
		}
		if (twin == NO_FORM)
			twin = add_twin(names, index);
		mention->form = twin;
		names->forms[twin].mentions++;
		names->forms[index].mentions--;
	}
	return left;
}

/* What is left of a form is a person's: nothing else that speaks for it counts. */
static void take_for_person(struct names *names, uint32_t index, uint32_t person)
{
	struct name_form *form = &names->forms[index];
	form->country = false;
	for (uint32_t kind = 0; kind <= names->rule->kind_count; kind++)
		if (kind != person && form->sum[kind] > 0)
			form->own[kind] = form->beside[kind] = form->sum[kind] = 0;
}

static bool means_more(const struct names *names, const struct name_form *form)
{
	return form->words == 1 && !form->twin && form->inside &&
	       (names_lexeme_is(names, form->lexeme, NAME_KNOWN) ||
		       names_lexeme_is(names, form->lexeme, NAME_NATION));
}

/* The Lincoln administration, and never a Lincoln without it: nobody speaks of the town. */
static void take_offices(struct names *names)
{
	uint32_t none = (uint32_t)names->rule->kind_count;
	uint32_t *office = memory_allocate((names->form_count + 1) * sizeof *office);
	for (size_t i = 0; i < names->form_count; i++)
		office[i] = none + 1;
	for (size_t i = 0; i < names->mention_count; i++) {
		const struct name_mention *mention = &names->mentions[i];
		uint32_t kind = mention->flags & MENTION_OFFICE ? mention->leans : none;
		uint32_t *at = &office[mention->form];
		*at = *at > none || *at == kind ? kind : none;
	}
	for (uint32_t i = 0; i < names->form_count; i++) {
		if (office[i] >= none || names->forms[i].mentions < 2 || names->forms[i].country ||
			!means_more(names, &names->forms[i]))
			continue;
		take_for_person(names, i, office[i]);
		names->forms[i].sum[office[i]] = SURE_NAME + names->rule->threshold;
	}
	free(office);
}

void names_part_surnames(struct names *names)
{
	size_t count = names->form_count;
	for (size_t i = 0; i < count; i++) {
		uint32_t person = person_of(names, &names->forms[i]);
		uint32_t last = person == NO_FORM ? NO_FORM : surname_of(names, &names->forms[i]);
		if (last == NO_FORM || !means_more(names, &names->forms[last]))
			continue;
		if (move_mentions(names, last, person) > 0)
			take_for_person(names, last, person);
	}
	take_offices(names);
}
