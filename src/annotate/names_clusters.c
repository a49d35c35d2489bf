/* From forms to entities: short forms are linked to longer ones, sums are shared along the links,
 * and the kind with the largest sum wins.
 *
 * A table from every part by which a form may be called (last word, first word, initials, …) to
 * the forms that have it makes this one look-up a form. A short form gets the sum of its best
 * longer one; a person's long form gets what is seen beside the short ones.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/names.h"

#define CLEAR_SUM 4.0  /* a form of such a sum for another kind is nobody's initials */
#define LAST_BONUS 0.5 /* a last word links rather than a first one */

struct link_entry {
	uint32_t next; /* index + 1 */
	uint32_t form;
	unsigned way; /* enum name_link */
};

struct links {
	struct name_texts parts;
	uint32_t *heads; /* a part: index + 1 in entries */
	struct link_entry *entries;
	size_t head_capacity, entry_count, entry_capacity;
	struct name_texts lower; /* forms that are not all capitals, in lower case */
	uint32_t *lower_forms;
	size_t lower_capacity;
};

/* ---- Parts ------------------------------------------------------------------------------ */

static void add_part(struct links *links, struct slice part, uint32_t form, unsigned way)
{
	size_t before = links->parts.count;
	uint32_t number = name_texts_add(&links->parts, part);
	links->heads =
		grow(links->heads, &links->head_capacity, links->parts.count, sizeof *links->heads);
	if (links->parts.count > before)
		links->heads[number] = 0;
	uint32_t head = links->heads[number];
	if (head && links->entries[head - 1].form == form) {
		links->entries[head - 1].way |= way;
		return;
	}
	links->entries = grow(links->entries, &links->entry_capacity, links->entry_count + 1,
		sizeof *links->entries);
	links->entries[links->entry_count++] = (struct link_entry){head, form, way};
	links->heads[number] = (uint32_t)links->entry_count;
}

struct cuts {
	size_t at[FORM_WORDS]; /* where each word begins */
	size_t count;
};

static struct cuts cut_words(struct slice text)
{
	struct cuts cuts = {.count = 1};
	for (size_t i = 0; i < text.length && cuts.count < FORM_WORDS; i++)
		if (text.bytes[i] == ' ')
			cuts.at[cuts.count++] = i + 1;
	return cuts;
}

static struct slice word_of(struct slice text, const struct cuts *cuts, size_t from, size_t to)
{
	size_t end = to < cuts->count ? cuts->at[to] - 1 : text.length;
	return slice_cut(text, cuts->at[from], end);
}

static void add_initials(struct names *names, struct links *links, uint32_t index)
{
	struct slice text = names->forms[index].text;
	char initials[FORM_WORDS];
	size_t count = 0;
	for (size_t i = 0; i < text.length && count < FORM_WORDS; i++)
		if ((i == 0 || text.bytes[i - 1] == ' ') && text.bytes[i] >= 'A' &&
			text.bytes[i] <= 'Z')
			initials[count++] = text.bytes[i];
	if (count > 1)
		add_part(links, arena_slice(names->arena, (struct slice){initials, count}), index,
			LINK_INITIALS);
}

/* Ana Maria Duarte is also Ana Duarte. */
static void add_ends(
	struct names *names, struct links *links, uint32_t index, const struct cuts *cuts)
{
	struct slice text = names->forms[index].text;
	names->scratch.length = 0;
	buffer_append(&names->scratch, word_of(text, cuts, 0, 1));
	buffer_byte(&names->scratch, ' ');
	buffer_append(&names->scratch, word_of(text, cuts, cuts->count - 1, cuts->count));
	add_part(links, arena_slice(names->arena, buffer_slice(&names->scratch)), index, LINK_LAST);
}

/* A part that begins with a particle has a capital at a sentence’s start: Van der Berg. */
static void add_capital(struct names *names, struct links *links, uint32_t index, struct slice part)
{
	if (part.bytes[0] < 'a' || part.bytes[0] > 'z')
		return;
	struct buffer *scratch = &names->scratch;
	scratch->length = 0;
	buffer_append(scratch, part);
	scratch->bytes[0] -= 'a' - 'A';
	add_part(links, arena_slice(names->arena, buffer_slice(scratch)), index, LINK_LAST);
}

static void add_parts(struct names *names, struct links *links, uint32_t index)
{
	struct slice text = names->forms[index].text;
	struct cuts cuts = cut_words(text);
	size_t count = cuts.count;
	if (count < 2)
		return;
	add_part(links, word_of(text, &cuts, count - 1, count), index, LINK_LAST);
	add_part(links, word_of(text, &cuts, 0, 1), index, LINK_FIRST);
	add_initials(names, links, index);
	if (count < 3)
		return;
	add_part(links, word_of(text, &cuts, 0, count - 1), index, LINK_FIRST);
	add_part(links, word_of(text, &cuts, 1, count), index, LINK_LAST);
	add_capital(names, links, index, word_of(text, &cuts, 1, count));
	add_part(links, word_of(text, &cuts, count - 2, count), index, LINK_LAST);
	add_part(links, word_of(text, &cuts, 0, 2), index, LINK_FIRST);
	add_part(links, word_of(text, &cuts, 1, 2), index, LINK_MIDDLE);
	add_ends(names, links, index, &cuts);
}

static void add_lower(struct names *names, struct links *links, uint32_t index)
{
	if (names->forms[index].capitals || names->forms[index].twin)
		return;
	names->scratch.length = 0;
	text_lower(names->forms[index].text, &names->scratch);
	uint32_t number = name_texts_add(
		&links->lower, arena_slice(names->arena, buffer_slice(&names->scratch)));
	links->lower_forms = grow(links->lower_forms, &links->lower_capacity, links->lower.count,
		sizeof *links->lower_forms);
	links->lower_forms[number] = index;
}

static void release_links(struct links *links)
{
	name_texts_release(&links->parts);
	name_texts_release(&links->lower);
	free(links->heads);
	free(links->entries);
	free(links->lower_forms);
}

/* ---- Sums ------------------------------------------------------------------------------- */

static double repeated(enum names_repeat repeat, uint32_t count)
{
	switch (repeat) {
	case REPEAT_ONCE:
		return 1;
	case REPEAT_SQRT:
		return sqrt(count);
	case REPEAT_LOG:
		return 1 + log(count);
	case REPEAT_SUM:
		break;
	}
	return count;
}

/* What counts where all mentions begin a sentence is known only now. */
static void count_starts(struct names *names)
{
	const struct names_rule *rule = names->rule;
	for (size_t i = 0; i < rule->evidence_count; i++) {
		if (!(rule->evidence[i].needs & NEED_START))
			continue;
		for (size_t f = 0; f < names->form_count; f++)
			if (!names->forms[f].inside && evidence_has(&names->forms[f].allowed, i))
				names_count(names, (uint32_t)f, (uint32_t)i);
	}
}

static void sum_form(struct names *names, uint32_t index)
{
	const struct names_rule *rule = names->rule;
	for (size_t i = 0; i < rule->evidence_count; i++) {
		const struct evidence *evidence = &rule->evidence[i];
		struct name_form *form = &names->forms[index];
		if (!evidence_has(&form->allowed, i))
			continue;
		if (!evidence->is_context)
			form->own[evidence->kind] += evidence->weight;
	}
	struct name_form *form = &names->forms[index];
	for (uint32_t at = form->counts; at; at = names->counts[at - 1].next) {
		const struct name_count *count = &names->counts[at - 1];
		const struct evidence *evidence = &rule->evidence[count->evidence];
		form->beside[evidence->kind] +=
			evidence->weight * repeated(rule->repeat, count->count);
	}
	for (size_t kind = 0; kind <= rule->kind_count; kind++)
		form->sum[kind] = form->own[kind] + form->beside[kind];
}

static uint32_t largest(const struct names *names, const double *sums)
{
	uint32_t best = 0;
	for (uint32_t kind = 1; kind <= names->rule->kind_count; kind++)
		if (sums[kind] > sums[best])
			best = kind;
	return best;
}

/* What stands in an enumeration with a name whose kind is clear is probably of that kind: once for
 * each kind that its peers have. */
static void weigh_peers(struct names *names)
{
	const struct names_rule *rule = names->rule;
	uint32_t *kinds = memory_allocate((names->form_count + 1) * sizeof *kinds);
	uint8_t *given = memory_allocate(names->form_count + 1);
	for (size_t i = 0; i < names->form_count; i++) {
		kinds[i] = largest(names, names->forms[i].sum);
		if (names->forms[i].sum[kinds[i]] < rule->threshold)
			kinds[i] = (uint32_t)rule->kind_count;
	}
	for (size_t i = 0; i < 2 * names->peer_count; i++) {
		const uint32_t *pair = names->peers[i / 2].forms;
		uint32_t kind = kinds[pair[1 - i % 2]];
		struct name_form *form = &names->forms[pair[i % 2]];
		if (kind == rule->kind_count || given[pair[i % 2]] >> kind & 1)
			continue;
		given[pair[i % 2]] |= (uint8_t)(1u << kind);
		form->beside[kind] += rule->peer_weight;
		form->sum[kind] += rule->peer_weight;
	}
	free(kinds);
	free(given);
}

/* ---- Links ------------------------------------------------------------------------------ */

/* The best longer form so far for one form. */
struct best_link {
	uint32_t form, kind; /* NO_FORM: none */
	double score;
};

static bool may_link(
	const struct names *names, const struct name_form *form, uint32_t kind, unsigned ways)
{
	const struct names_rule *rule = names->rule;
	bool bound = (ways & (LINK_BOUND | LINK_BRACKETS)) != 0;
	if ((ways & LINK_BRACKETS) && (form->stands || form->country))
		return false;
	if (form->capitals && (ways & (LINK_LAST | LINK_FIRST | LINK_MIDDLE)))
		ways |= LINK_ACRONYM;
	if (!(rule->alias[kind] & ways))
		return false;
	if (form->country && !bound)
		return false;
	if (kind == rule->kind_count)
		return !names_lexeme_is(names, form->lexeme, NAME_BODY);
	uint32_t own = largest(names, form->sum);
	if (ways == LINK_INITIALS && rule->back[kind] && own != kind && own != rule->kind_count &&
		form->sum[own] > CLEAR_SUM)
		return false; /* in Winnipeg, MB: nobody’s initials */
	if (!rule->back[kind] && !bound && own != kind && own != rule->kind_count &&
		form->beside[own] > 0 && form->sum[own] >= rule->threshold)
		return false; /* the text itself says what it is: in Tansley, whatever its school */
	return rule->back[kind] || bound || form->capitals || !form->stands;
}

static void try_link(const struct names *names, uint32_t index, uint32_t longer, unsigned ways,
	struct best_link *best)
{
	const struct name_form *form = &names->forms[index], *other = &names->forms[longer];
	if (longer == index || form->twin || form->apart == longer || other->apart == index)
		return;
	uint32_t kind = largest(names, other->sum);
	if (!may_link(names, form, kind, ways))
		return;
	double score = other->sum[kind];
	if (kind < names->rule->kind_count && names->rule->back[kind] && (ways & LINK_LAST))
		score += LAST_BONUS;
	if (best->form == NO_FORM || score > best->score)
		*best = (struct best_link){longer, kind, score};
}

static void try_part(const struct names *names, const struct links *links, uint32_t index,
	uint32_t part, struct best_link *best)
{
	for (uint32_t at = links->heads[part]; at; at = links->entries[at - 1].next)
		try_link(names, index, links->entries[at - 1].form, links->entries[at - 1].way,
			best);
}

/* The part that a form is called by: as it stands, else without dots, else with small letters. */
static uint32_t find_part(
	struct names *names, const struct links *links, struct slice text, bool capitals)
{
	uint32_t part = name_texts_find(&links->parts, text);
	if (part != NO_FORM || !capitals)
		return part;
	struct buffer *scratch = &names->scratch;
	scratch->length = 0;
	for (size_t i = 0; i < text.length; i++)
		if (text.bytes[i] != '.')
			buffer_byte(scratch, text.bytes[i]);
	part = name_texts_find(&links->parts, buffer_slice(scratch));
	if (part != NO_FORM)
		return part;
	scratch->length = 0;
	for (size_t i = 0; i < text.length; i++) {
		bool inside = i > 0 && text.bytes[i - 1] >= 'A' && text.bytes[i - 1] <= 'Z';
		bool upper = text.bytes[i] >= 'A' && text.bytes[i] <= 'Z';
		buffer_byte(scratch, inside && upper ? (char)(text.bytes[i] + 32) : text.bytes[i]);
	}
	return name_texts_find(&links->parts, buffer_slice(scratch));
}

static struct best_link find_link(struct names *names, const struct links *links, uint32_t index)
{
	const struct name_form *form = &names->forms[index];
	struct best_link best = {.form = NO_FORM};
	if (form->bound != NO_FORM)
		try_link(
			names, index, form->bound, form->loose ? LINK_BRACKETS : LINK_BOUND, &best);
	uint32_t part = find_part(names, links, form->text, form->capitals);
	if (part != NO_FORM)
		try_part(names, links, index, part, &best);
	if (!form->capitals || form->text.length < 4)
		return best;
	names->scratch.length = 0;
	text_lower(form->text, &names->scratch);
	uint32_t number = name_texts_find(&links->lower, buffer_slice(&names->scratch));
	if (number != NO_FORM)
		try_link(names, index, links->lower_forms[number], LINK_CAPITALS, &best);
	return best;
}

/* What each form adds to the other is taken from the sums before any was shared. */
static void share(struct names *names, const struct best_link *best)
{
	const struct names_rule *rule = names->rule;
	for (size_t i = 0; i < names->form_count; i++) {
		if (best[i].form == NO_FORM)
			continue;
		struct name_form *form = &names->forms[i], *other = &names->forms[best[i].form];
		uint32_t kind = best[i].kind;
		form->link = best[i].form;
		form->sum[kind] += rule->alias_weight * (other->own[kind] + other->beside[kind]);
		for (size_t k = 0;
			kind < rule->kind_count && rule->back[kind] && k <= rule->kind_count; k++)
			other->sum[k] += rule->back_weight * form->beside[k];
	}
}

static void link_forms(struct names *names)
{
	struct links links = {0};
	for (size_t i = 0; i < names->form_count; i++) {
		add_parts(names, &links, (uint32_t)i);
		add_lower(names, &links, (uint32_t)i);
	}
	struct best_link *best = memory_allocate((names->form_count + 1) * sizeof *best);
	for (size_t i = 0; i < names->form_count; i++)
		best[i] = find_link(names, &links, (uint32_t)i);
	share(names, best);
	free(best);
	release_links(&links);
}

/* ---- Clusters --------------------------------------------------------------------------- */

static uint32_t root_of(struct names *names, uint32_t form)
{
	while (names->forms[form].cluster != form) {
		uint32_t above = names->forms[form].cluster;
		names->forms[form].cluster = names->forms[above].cluster;
		form = names->forms[form].cluster;
	}
	return form;
}

static void unite(struct names *names, uint32_t a, uint32_t b)
{
	a = root_of(names, a);
	b = root_of(names, b);
	names->forms[a > b ? a : b].cluster = a > b ? b : a;
}

/* The evidence by which a list names the form, the weightiest: only a list that speaks for its kind
 * does; Norwell, a company, is not the town. */
static const struct evidence *listing(const struct names *names, const struct name_form *form)
{
	const struct names_rule *rule = names->rule;
	const struct evidence *best = NULL;
	if (form->kind == rule->kind_count || rule->back[form->kind])
		return NULL;
	for (size_t i = 0; i < rule->evidence_count; i++) {
		const struct evidence *evidence = &rule->evidence[i];
		bool whole = (evidence->whole.lists | evidence->whole.traits) != 0;
		if (whole && evidence->kind == form->kind && evidence_has(&form->allowed, i) &&
			(!best || evidence->weight > best->weight))
			best = evidence;
	}
	return best;
}

struct slice names_listed(const struct names *names, const struct name_form *form)
{
	const struct evidence *best = listing(names, form);
	if (!best)
		return (struct slice){0};
	const struct lexicon *lexicon = names->pack->lexicon;
	return lexeme_name(lexicon, form->lexeme, selector_lists(lexicon, &best->whole));
}

/* Forms that are the same entry of a list: U.S., United States. */
static void unite_listed(struct names *names)
{
	struct name_texts entries = {0};
	uint32_t *firsts = memory_allocate((names->form_count + 1) * sizeof *firsts);
	for (size_t i = 0; i < names->form_count; i++) {
		struct name_form *form = &names->forms[i];
		struct slice name = names_listed(names, form);
		if (name.length == 0)
			continue;
		size_t before = entries.count;
		struct slice key = slice_of(arena_format(names->arena, "%td:%.*s",
			listing(names, form) - names->rule->evidence, (int)name.length,
			name.bytes));
		uint32_t number = name_texts_add(&entries, key);
		if (entries.count > before || form->apart == firsts[number])
			firsts[number] = (uint32_t)i;
		else
			unite(names, firsts[number], (uint32_t)i);
	}
	name_texts_release(&entries);
	free(firsts);
}

static void make_clusters(struct names *names)
{
	for (size_t i = 0; i < names->form_count; i++)
		names->forms[i].cluster = (uint32_t)i;
	for (size_t i = 0; i < names->form_count; i++) {
		const struct name_form *form = &names->forms[i];
		if (form->link != NO_FORM && form->kind == names->forms[form->link].kind)
			unite(names, (uint32_t)i, form->link);
	}
	unite_listed(names);
	for (size_t i = 0; i < names->form_count; i++)
		names->forms[i].cluster = root_of(names, (uint32_t)i);
}

void names_decide(struct names *names)
{
	if (window_is_canceled(names->window))
		return;
	count_starts(names);
	for (size_t i = 0; i < names->form_count; i++)
		sum_form(names, (uint32_t)i);
	weigh_peers(names);
	names_part_surnames(names);
	link_forms(names);
	for (size_t i = 0; i < names->form_count; i++) {
		struct name_form *form = &names->forms[i];
		form->kind = largest(names, form->sum);
		if (form->sum[form->kind] < names->rule->threshold)
			form->kind = (uint32_t)names->rule->kind_count;
	}
	make_clusters(names);
}
