/* Names: what a capitalised name is, by evidence summed over all its mentions.
 *
 * A window is read twice. First every block that is no headline: its tokens become words (cut at
 * some hyphens), rows of capitals become runs, runs are split into mentions. Each distinct text is
 * a form; what speaks for a form by itself is found once, what stands beside its mentions is
 * counted. Then the headlines, in which only known names are found. At last forms are linked to
 * longer ones, sums are shared, and each form gets its kind and its cluster. Nothing but the
 * mentions, the forms and the counts is kept beyond a block.
 */
#include <stdlib.h>
#include <string.h>

#include "annotate/names.h"

/* ---- Blocks ----------------------------------------------------------------------------- */

/* The tokens of one block. */
struct stretch {
	size_t first, end;
};

static struct stretch stretch_at(const struct tokens *tokens, size_t first)
{
	size_t end = first;
	while (end < tokens->count && tokens->items[end].piece == tokens->items[first].piece)
		end++;
	return (struct stretch){first, end};
}

static void find_dateline(struct names *names)
{
	struct match match;
	names->towns = (struct span){NOWHERE, 0};
	struct pattern *pattern = names->rule->dateline;
	size_t length = names->body.end - names->body.start;
	if (!pattern || length == 0 || !names->begins)
		return;
	struct slice head = slice_cut(
		names->text, names->body.start, names->body.start + (length < 200 ? length : 200));
	while (head.length > 0 && head.length < length &&
		(names->text.bytes[names->body.start + head.length] & 0xC0) == 0x80)
		head.length--;
	if (pattern_find(pattern, head, 0, &match) != PATTERN_FOUND ||
		match.groups[0].start == NOWHERE)
		return;
	names->towns = (struct span){
		names->body.start + match.groups[0].start, names->body.start + match.groups[0].end};
}

static void open_block(struct names *names, struct stretch stretch)
{
	const struct token *tokens = names->window->tokens->items;
	const struct piece *piece = &names->window->pieces[tokens[stretch.first].piece];
	names->body = (struct span){piece->start, piece->end};
	names->begins = piece->begins;
	names_words_read(names, stretch.first, stretch.end);
}

static bool has_capital(const struct tokens *tokens, struct stretch stretch)
{
	for (size_t i = stretch.first; i < stretch.end; i++)
		if (tokens->items[i].flags & TOKEN_CAPITAL)
			return true;
	return false;
}

static void read_block(struct names *names)
{
	size_t first = names->mention_count;
	find_dateline(names);
	names_runs(names);
	if (names->rule->bind)
		names_bind(names, first);
	names_pair(names, first);
	names_weigh_beside(names, first);
}

struct stretches {
	struct stretch *items;
	size_t count, capacity;
};

static void read_headlines(struct names *names, const struct stretches *headlines)
{
	if (headlines->count == 0 || names->rule->headline == HEADLINE_NONE)
		return;
	names_know_forms(names);
	names->towns = (struct span){NOWHERE, 0};
	for (size_t i = 0; i < headlines->count && !window_is_canceled(names->window); i++) {
		open_block(names, headlines->items[i]);
		names_read_headline(names);
	}
}

static void read_window(struct names *names)
{
	const struct tokens *tokens = names->window->tokens;
	struct stretches headlines = {0};
	for (size_t i = 0; i < tokens->count && !window_is_canceled(names->window);) {
		struct stretch stretch = stretch_at(tokens, i);
		i = stretch.end;
		if (!has_capital(tokens, stretch))
			continue;
		open_block(names, stretch);
		if (!names_is_headline(names)) {
			read_block(names);
			continue;
		}
		headlines.items = grow(headlines.items, &headlines.capacity, headlines.count + 1,
			sizeof *headlines.items);
		headlines.items[headlines.count++] = stretch;
	}
	read_headlines(names, &headlines);
	free(headlines.items);
}

/* ---- The state -------------------------------------------------------------------------- */

static void run_names(struct names *names, struct window *window, const struct rule *rule)
{
	*names = (struct names){.window = window,
		.rule = rule->names,
		.pack = window->pack,
		.text = document_text(window->document),
		.arena = arena_new()};
	names_see(names);
	read_window(names);
	if (window_is_canceled(window))
		names->mention_count = 0;
	names_decide(names);
}

static void release_names(struct names *names)
{
	name_texts_release(&names->form_texts);
	name_texts_release(&names->known);
	free(names->words);
	free(names->mentions);
	free(names->forms);
	free(names->counts);
	free(names->peers);
	buffer_release(&names->phrase);
	buffer_release(&names->scratch);
	arena_free(names->arena);
}

/* ---- Finds ------------------------------------------------------------------------------ */

static int compare_mentions(const void *a, const void *b)
{
	const struct name_mention *left = a, *right = b;
	if (left->start != right->start)
		return left->start < right->start ? -1 : 1;
	return left->end > right->end ? -1 : left->end < right->end;
}

/* A role of several words beats one of a word, whichever comes first beats the next. */
static bool is_better_role(const struct names *names, struct span role, struct span than)
{
	if (than.start == NOWHERE)
		return true;
	struct slice one = slice_cut(names->text, role.start, role.end);
	struct slice other = slice_cut(names->text, than.start, than.end);
	return words_count(other) < 2 && words_count(one) > 1;
}

/* The role of each cluster; the array is the caller's. */
static struct span *choose_roles(const struct names *names)
{
	struct span *roles = memory_allocate((names->form_count + 1) * sizeof *roles);
	for (size_t i = 0; i < names->form_count; i++)
		roles[i] = (struct span){NOWHERE, NOWHERE};
	for (size_t i = 0; i < names->mention_count; i++) {
		const struct name_mention *mention = &names->mentions[i];
		const struct name_form *form = &names->forms[mention->form];
		if (mention->role.start == NOWHERE || form->kind == names->rule->kind_count ||
			!names->rule->roles[form->kind])
			continue;
		if (is_better_role(names, mention->role, roles[form->cluster]))
			roles[form->cluster] = mention->role;
	}
	return roles;
}

/* A kind of the rule as the packs in force number it. */
static uint32_t kind_of(const struct names *names, uint32_t kind)
{
	const struct kind *own = &names->pack->kinds[names->rule->kinds[kind]];
	const struct packs *packs = names->window->packs;
	const struct kind *found = packs_kind(packs, slice_of(own->name));
	return found ? (uint32_t)(found - packs->kinds) : NO_KIND;
}

static uint32_t pack_index(const struct window *window)
{
	uint32_t index = 0;
	while (index < window->packs->count && window->packs->items[index] != window->pack)
		index++;
	return index;
}

static void add_find(struct finds *into, struct find find)
{
	into->items = grow(into->items, &into->capacity, into->count + 1, sizeof *into->items);
	into->items[into->count++] = find;
}

void names_find(struct window *window, const struct rule *rule, struct finds *into)
{
	struct names names;
	run_names(&names, window, rule);
	if (names.mention_count > 0)
		qsort(names.mentions, names.mention_count, sizeof *names.mentions,
			compare_mentions);
	struct span *roles = choose_roles(&names);
	uint32_t kinds[NAMES_KINDS];
	for (uint32_t i = 0; i < names.rule->kind_count; i++)
		kinds[i] = kind_of(&names, i);
	struct find find = {.pack = pack_index(window),
		.rule = (uint32_t)(rule - window->pack->rules),
		.priority = rule->priority};
	for (size_t i = 0; i < names.mention_count; i++) {
		const struct name_mention *mention = &names.mentions[i];
		const struct name_form *form = &names.forms[mention->form];
		if (form->kind == names.rule->kind_count || kinds[form->kind] == NO_KIND)
			continue;
		find.span = (struct span){mention->start, mention->end};
		find.kind = kinds[form->kind];
		find.cluster = form->cluster;
		find.name = names_listed(&names, form);
		find.role = roles[form->cluster];
		add_find(into, find);
	}
	free(roles);
	release_names(&names);
}

/* ---- Why -------------------------------------------------------------------------------- */

static const char *kind_name(const struct names *names, uint32_t kind)
{
	const struct names_rule *rule = names->rule;
	return kind < rule->kind_count ? names->pack->kinds[rule->kinds[kind]].name : "none";
}

/* What an evidence asks of the name's own words. */
static void say_lists(const struct names *names, const struct evidence *evidence, const char *name,
	struct buffer *into)
{
	struct slice form = slice_of(name), first = form, last = form;
	const char *blank = strchr(name, ' '), *back = strrchr(name, ' ');
	if (blank)
		first = slice_cut(form, 0, (size_t)(blank - name));
	if (back)
		last = slice_cut(form, (size_t)(back - name) + 1, form.length);
	const struct {
		const struct selector *selector;
		struct slice words;
	} asked[] = {{&evidence->whole, form}, {&evidence->first, first}, {&evidence->last, last},
		{&evidence->any, form}, {&evidence->all, form}, {&evidence->rest, form}};
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
		if (!asked[i].selector->lists && !asked[i].selector->traits)
			continue;
		buffer_text(into, "  ");
		text_visible(asked[i].words, into);
		buffer_text(into, ": ");
		selector_print(names->pack->lexicon, asked[i].selector, into);
	}
}

static void say_evidence(const struct names *names, const struct name_form *form, uint32_t index,
	uint32_t count, struct buffer *into)
{
	const struct evidence *evidence = &names->rule->evidence[index];
	struct buffer name = {0};
	buffer_append(&name, form->text);
	buffer_format(into, "  evidence %+.2f %s %.*s", evidence->weight,
		kind_name(names, evidence->kind), (int)evidence->id.length, evidence->id.bytes);
	if (evidence->is_context)
		buffer_format(into, "  beside it%s", count > 1 ? "" : " once");
	if (count > 1)
		buffer_format(into, " %u times", count);
	say_lists(names, evidence, name.bytes, into);
	buffer_byte(into, '\n');
	buffer_release(&name);
}

static void say_form(const struct names *names, const struct name_form *form, struct buffer *into)
{
	const struct names_rule *rule = names->rule;
	for (uint32_t i = 0; i < rule->evidence_count; i++)
		if (evidence_has(&form->allowed, i) && !rule->evidence[i].is_context)
			say_evidence(names, form, i, 1, into);
	for (uint32_t at = form->counts; at; at = names->counts[at - 1].next)
		say_evidence(names, form, names->counts[at - 1].evidence,
			names->counts[at - 1].count, into);
	buffer_text(into, "  sum ");
	text_visible(form->text, into);
	buffer_format(into, ", %u mention%s:", form->mentions, form->mentions == 1 ? "" : "s");
	for (uint32_t kind = 0; kind <= rule->kind_count; kind++)
		buffer_format(into, " %s %.2f", kind_name(names, kind), form->sum[kind]);
	buffer_byte(into, '\n');
}

static void say_lost(const struct names *names, const struct name_form *form, struct buffer *into)
{
	for (uint32_t kind = 0; kind <= names->rule->kind_count; kind++)
		if (kind != form->kind && form->sum[kind] > 0)
			buffer_format(
				into, "  lost %s %.2f\n", kind_name(names, kind), form->sum[kind]);
}

static void say_cluster(const struct names *names, uint32_t cluster, struct buffer *into)
{
	bool first = true;
	for (size_t i = 0; i < names->form_count; i++) {
		if (names->forms[i].cluster != cluster)
			continue;
		buffer_text(into, first ? "  cluster " : ", ");
		text_visible(names->forms[i].text, into);
		first = false;
	}
	buffer_byte(into, '\n');
}

bool names_why(struct window *window, const struct rule *rule, size_t offset, struct buffer *into)
{
	struct names names;
	bool found = false;
	run_names(&names, window, rule);
	for (size_t i = 0; i < names.mention_count && !found; i++) {
		const struct name_mention *mention = &names.mentions[i];
		if (offset < mention->start || offset >= mention->end)
			continue;
		const struct name_form *form = &names.forms[mention->form];
		say_form(&names, form, into);
		if (form->link != NO_FORM)
			say_form(&names, &names.forms[form->link], into);
		say_cluster(&names, form->cluster, into);
		say_lost(&names, form, into);
		found = true;
	}
	release_names(&names);
	return found;
}
