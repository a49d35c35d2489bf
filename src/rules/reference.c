/* Loading the words that stand for somebody named elsewhere; see reference.h. */
#include "rules/reference.h"

struct reference_fields {
	const struct node *pronouns;
	struct texts indefinite;
};

static const struct field reference_fields[] = {
	{.key = "pronouns",
		.type = FIELD_NODE,
		.offset = offsetof(struct reference_fields, pronouns),
		.help = "a list of {words, kind, agrees, clashes}"},
	{.key = "indefinite",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct reference_fields, indefinite),
		.help = "words before a role that nobody named has"},
	{.key = NULL},
};

static const struct field pronoun_fields[] = {
	{.key = "words",
		.type = FIELD_TEXTS,
		.required = true,
		.offset = offsetof(struct pronouns, words),
		.help = "in small letters"},
	{.key = "kind",
		.type = FIELD_TEXT,
		.required = true,
		.offset = offsetof(struct pronouns, kind_name),
		.help = "what they stand for"},
	{.key = "agrees",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct pronouns, agree_lists),
		.help = "lists of first names and titles that go with them"},
	{.key = "clashes",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct pronouns, clash_lists),
		.help = "lists of first names and titles that do not"},
	{.key = NULL},
};

static bool load_pronouns(struct loading *loading, const struct node *item, struct pronouns *into)
{
	struct pack *pack = loading->context;
	*into = (struct pronouns){0};
	if (!schema_load(loading, item, pronoun_fields, "pronoun", into))
		return false;
	into->kind = pack_kind(pack, into->kind_name);
	if (into->kind == NO_KIND) {
		node_report(loading->tree, item, loading->out,
			"no kind '%.*s'; define it under 'kinds'", (int)into->kind_name.length,
			into->kind_name.bytes);
		return false;
	}
	bool good = true;
	for (size_t i = 0; i < into->agree_lists.count; i++)
		good = pack_selector(
			       pack, into->agree_lists.nodes[i], loading->out, &into->agrees) &&
		       good;
	for (size_t i = 0; i < into->clash_lists.count; i++)
		good = pack_selector(
			       pack, into->clash_lists.nodes[i], loading->out, &into->clashes) &&
		       good;
	return good;
}

void reference_load(struct loading *loading, const struct node *value)
{
	struct pack *pack = loading->context;
	struct reference_fields fields = {0};
	struct reference *reference = arena_allocate(pack->arena, sizeof *reference);
	pack->reference = reference;
	if (!value || !schema_load(loading, value, reference_fields, "reference", &fields))
		return;
	reference->indefinite = fields.indefinite;
	if (!fields.pronouns)
		return;
	if (fields.pronouns->kind != NODE_SEQUENCE) {
		node_report(loading->tree, fields.pronouns, loading->out,
			"'pronouns' must be a list, not %s", node_kind_name(fields.pronouns));
		return;
	}
	reference->pronouns = arena_allocate(
		pack->arena, (fields.pronouns->count + 1) * sizeof *reference->pronouns);
	for (const struct node *item = node_child(loading->tree, fields.pronouns); item;
		item = node_next(loading->tree, item))
		if (load_pronouns(loading, item, &reference->pronouns[reference->pronoun_count]))
			reference->pronoun_count++;
}

static bool holds_word(const struct texts *texts, struct slice word)
{
	struct buffer lower = {0};
	bool found = false;
	text_lower(word, &lower);
	for (size_t i = 0; i < texts->count && !found; i++)
		found = slice_equal(texts->items[i], buffer_slice(&lower));
	buffer_release(&lower);
	return found;
}

const struct pronouns *reference_pronouns(const struct reference *reference, struct slice word)
{
	for (size_t i = 0; i < reference->pronoun_count; i++)
		if (holds_word(&reference->pronouns[i].words, word))
			return &reference->pronouns[i];
	return NULL;
}

bool reference_is_indefinite(const struct reference *reference, struct slice word)
{
	return holds_word(&reference->indefinite, word);
}
