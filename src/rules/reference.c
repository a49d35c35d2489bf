/* Loading the words that stand for somebody named elsewhere; see reference.h. */
#include "rules/reference.h"
#include "rules/load.h"

#define REFERENCE_LIST "reference:" /* its words in the lexicon; no list can have this id */

static const struct field weight_fields[] = {
	{.key = "subject",
		.type = FIELD_NUMBER,
		.offset = offsetof(struct reference_weights, subject),
		.help = "of a mention that is the first of its sentence, or speaks"},
	{.key = "other",
		.type = FIELD_NUMBER,
		.offset = offsetof(struct reference_weights, other),
		.help = "of any other mention"},
	{.key = "owner",
		.type = FIELD_NUMBER,
		.offset = offsetof(struct reference_weights, owner),
		.help = "of a pronoun that owns something"},
	{.key = "repeat",
		.type = FIELD_NUMBER,
		.offset = offsetof(struct reference_weights, again),
		.help = "the share that the lighter of two mentions adds to the heavier"},
	{.key = "unnamed",
		.type = FIELD_NUMBER,
		.offset = offsetof(struct reference_weights, unnamed),
		.help = "the share that a role counts that nobody named has"},
	{.key = "thing",
		.type = FIELD_NUMBER,
		.offset = offsetof(struct reference_weights, thing),
		.help = "the same for a role that no person has"},
	{.key = "sentence",
		.type = FIELD_NUMBER,
		.offset = offsetof(struct reference_weights, sentence),
		.help = "the share that is left of a weight in the next sentence"},
	{.key = "paragraph",
		.type = FIELD_NUMBER,
		.offset = offsetof(struct reference_weights, paragraph),
		.help = "the share of that that is left in the next paragraph"},
	{.key = "agrees",
		.type = FIELD_NUMBER,
		.offset = offsetof(struct reference_weights, agrees),
		.help = "times so much where the name is known to go with the pronoun"},
	{.key = "same",
		.type = FIELD_NUMBER,
		.offset = offsetof(struct reference_weights, same),
		.help = "for whom such a pronoun meant last in the sentence"},
	{.key = "before",
		.type = FIELD_NUMBER,
		.offset = offsetof(struct reference_weights, before),
		.help = "for the subject of the sentence before, as the subject"},
	{.key = "last-speaker",
		.type = FIELD_NUMBER,
		.offset = offsetof(struct reference_weights, spoke),
		.help = "for who spoke last, as a speaker"},
	{.key = "same-clause",
		.type = FIELD_NUMBER,
		.offset = offsetof(struct reference_weights, itself),
		.help = "times so much for who stands in its clause already, as its object"},
	{.key = "quoted",
		.type = FIELD_NUMBER,
		.offset = offsetof(struct reference_weights, quoted),
		.help = "the share of a mention inside quotes that counts outside"},
	{.key = "unquoted",
		.type = FIELD_NUMBER,
		.offset = offsetof(struct reference_weights, reporting),
		.help = "the share of a mention outside quotes that counts inside"},
	{.key = "least",
		.type = FIELD_NUMBER,
		.offset = offsetof(struct reference_weights, least),
		.help = "a pronoun of a lighter one stands for nobody"},
	{.key = "least-thing",
		.type = FIELD_NUMBER,
		.offset = offsetof(struct reference_weights, least_thing),
		.help = "the same for no person that is the subject of neither sentence"},
	{.key = NULL},
};

static const struct field reference_fields[] = {
	{.key = "pronouns",
		.type = FIELD_NODE,
		.offset = offsetof(struct reference, pronouns_node),
		.help = "a list of {words, objective, possessive, reflexive, kind, agrees, "
			"clashes}"},
	{.key = "known",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct reference, known),
		.help = "words before a role that has been named or is known"},
	{.key = "tellers",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct reference, tellers),
		.help = "words by which who tells the text speaks of himself"},
	{.key = "owners",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct reference, owners),
		.help = "words before a role that is somebody's, and no pronouns here"},
	{.key = "indefinite",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct reference, new),
		.help = "words before a role that nobody named has"},
	{.key = "copulas",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct reference, being),
		.help = "words between a name and a role that it gets"},
	{.key = "appellations",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct reference, naming),
		.help = "words between a role and the name that has it"},
	{.key = "conjunctions",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct reference, joining),
		.help = "words between two names that act together"},
	{.key = "edges",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct reference, edges),
		.help = "words that nothing begins with which is owned, or is a verb"},
	{.key = "clauses",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct reference, clauses),
		.help = "words that a clause begins with"},
	{.key = "roles",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct reference, role_lists),
		.help = "lists of the last words of roles"},
	{.key = "role-kind",
		.type = FIELD_TEXT,
		.offset = offsetof(struct reference, role_kind_name),
		.help = "the kind of those who have them"},
	{.key = "things",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct reference, thing_lists),
		.help = "which of them are no persons"},
	{.key = "thing-kind",
		.type = FIELD_TEXT,
		.offset = offsetof(struct reference, thing_kind_name),
		.help = "the kind of names that have these words in them"},
	{.key = "alike",
		.type = FIELD_NODE,
		.offset = offsetof(struct reference, alike_node),
		.help = "lists of words that mean the same"},
	{.key = "weights",
		.type = FIELD_STRUCT,
		.offset = offsetof(struct reference, weights),
		.fields = weight_fields,
		.help = "of mentions, one of which a pronoun stands for"},
	{.key = NULL},
};

static const struct field pronoun_fields[] = {
	{.key = "words",
		.type = FIELD_TEXTS,
		.required = true,
		.offset = offsetof(struct pronouns, words),
		.help = "as the subject, in small letters"},
	{.key = "objective",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct pronouns, objects),
		.help = "as an object"},
	{.key = "possessive",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct pronouns, owners),
		.help = "as the owner of something"},
	{.key = "reflexive",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct pronouns, selves),
		.help = "for the subject of the same sentence"},
	{.key = "kind",
		.type = FIELD_TEXT,
		.required = true,
		.offset = offsetof(struct pronouns, kind_name),
		.help = "what they stand for"},
	{.key = "agrees",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct pronouns, agree_lists),
		.help = "lists of first names, titles and roles that go with them"},
	{.key = "clashes",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct pronouns, clash_lists),
		.help = "lists of first names, titles and roles that do not"},
	{.key = "plural",
		.type = FIELD_FLAG,
		.offset = offsetof(struct pronouns, several),
		.help = "they stand for two who are named together"},
	{.key = NULL},
};

/* ---- The words -------------------------------------------------------------------------- */

/* Which lists of words there are in the mapping, and which in each of its pronouns. */
static const char *const WORD_KEYS[] = {"words", "objective", "possessive", "reflexive", "owners",
	"known", "tellers", "indefinite", "copulas", "appellations", "conjunctions", "edges",
	"clauses", NULL};

static void gather(
	struct loading *loading, struct lexicon_builder *builder, const struct node *value)
{
	if (value->kind == NODE_SCALAR) {
		struct slice word = node_text(loading->tree, value);
		lexicon_builder_entry(builder, REFERENCE_LIST, &word, 1);
		return;
	}
	for (const struct node *item =
			value->kind == NODE_SEQUENCE ? node_child(loading->tree, value) : NULL;
		item; item = node_next(loading->tree, item))
		if (item->kind == NODE_SCALAR)
			gather(loading, builder, item);
}

static void gather_keys(
	struct loading *loading, struct lexicon_builder *builder, const struct node *mapping)
{
	if (!mapping || mapping->kind != NODE_MAPPING)
		return; /* what is loaded from it tells */
	for (const char *const *key = WORD_KEYS; *key; key++) {
		const struct node *value = node_value(loading->tree, mapping, *key);
		if (value)
			gather(loading, builder, value);
	}
}

void reference_gather_words(
	struct loading *loading, struct lexicon_builder *builder, const struct node *value)
{
	gather_keys(loading, builder, value);
	const struct node *pronouns = value && value->kind == NODE_MAPPING
					      ? node_value(loading->tree, value, "pronouns")
					      : NULL;
	if (!pronouns || pronouns->kind != NODE_SEQUENCE)
		return;
	for (const struct node *item = node_child(loading->tree, pronouns); item;
		item = node_next(loading->tree, item))
		gather_keys(loading, builder, item);
}

static size_t word_slot(const struct reference *reference, struct slice lower)
{
	size_t at = (size_t)slice_hash(lower) & (reference->table_size - 1);
	while (reference->table[at].text.length > 0 &&
		!slice_equal(reference->table[at].text, lower))
		at = (at + 1) & (reference->table_size - 1);
	return at;
}

const struct reference_word *reference_word(const struct reference *reference, struct slice lower)
{
	if (reference->table_size == 0)
		return NULL;
	const struct reference_word *word = &reference->table[word_slot(reference, lower)];
	return word->text.length > 0 ? word : NULL;
}

bool reference_has_use(const struct reference *reference, struct slice word, unsigned uses)
{
	struct buffer lower = {0};
	text_lower(word, &lower);
	const struct reference_word *found = reference_word(reference, buffer_slice(&lower));
	buffer_release(&lower);
	return found && (found->uses & uses);
}

/* A list of words of the pack, and what they are. */
struct word_list {
	const struct texts *texts;
	unsigned uses;
	size_t pronouns;
};

static void add_words(struct reference *reference, struct word_list list)
{
	for (size_t i = 0; i < list.texts->count; i++) {
		struct slice text = list.texts->items[i];
		struct reference_word *word = &reference->table[word_slot(reference, text)];
		word->text = text;
		word->uses |= (uint16_t)list.uses;
		if (list.uses & REFERENCE_PRONOUN)
			word->pronouns = (uint8_t)list.pronouns;
	}
}

static size_t count_words(const struct reference *reference)
{
	size_t count = reference->known.count + reference->tellers.count + reference->owners.count +
		       reference->new.count + reference->being.count + reference->naming.count +
		       reference->joining.count + reference->edges.count + reference->clauses.count;
	for (size_t i = 0; i < reference->pronoun_count; i++) {
		const struct pronouns *pronouns = &reference->pronouns[i];
		count += pronouns->words.count + pronouns->objects.count + pronouns->owners.count +
			 pronouns->selves.count;
	}
	return count;
}

static void make_table(struct pack *pack, struct reference *reference)
{
	size_t count = count_words(reference);
	if (count == 0)
		return;
	for (reference->table_size = 16; reference->table_size < count * 3;)
		reference->table_size *= 2;
	reference->table =
		arena_allocate(pack->arena, reference->table_size * sizeof *reference->table);
	add_words(reference, (struct word_list){&reference->known, REFERENCE_KNOWN, 0});
	add_words(reference, (struct word_list){&reference->tellers, REFERENCE_TELLER, 0});
	add_words(reference, (struct word_list){&reference->owners, REFERENCE_OWNED, 0});
	add_words(reference, (struct word_list){&reference->new, REFERENCE_NEW, 0});
	add_words(reference, (struct word_list){&reference->being, REFERENCE_BEING, 0});
	add_words(reference, (struct word_list){&reference->naming, REFERENCE_NAMING, 0});
	add_words(reference, (struct word_list){&reference->joining, REFERENCE_JOINING, 0});
	add_words(reference, (struct word_list){&reference->edges, REFERENCE_EDGE, 0});
	add_words(reference, (struct word_list){&reference->clauses, REFERENCE_CLAUSE, 0});
	for (size_t i = 0; i < reference->pronoun_count; i++) {
		const struct pronouns *of = &reference->pronouns[i];
		add_words(reference, (struct word_list){&of->words, REFERENCE_SUBJECT, i});
		add_words(reference, (struct word_list){&of->objects, REFERENCE_OBJECT, i});
		add_words(reference,
			(struct word_list){&of->owners, REFERENCE_OWNER | REFERENCE_OWNED, i});
		add_words(reference, (struct word_list){&of->selves, REFERENCE_SELF, i});
	}
	lexicon_selector(pack->lexicon, slice_of(REFERENCE_LIST), &reference->words);
}

struct slice reference_alike(const struct reference *reference, struct slice lower)
{
	for (size_t i = 0; i < reference->alike_count; i++)
		for (size_t w = 1; w < reference->alike[i].count; w++)
			if (slice_equal(reference->alike[i].items[w], lower))
				return reference->alike[i].items[0];
	return lower;
}

/* ---- Loading ---------------------------------------------------------------------------- */

static uint32_t find_kind(struct loading *loading, const struct node *node, struct slice name)
{
	uint32_t kind = pack_kind(loading->context, name);
	if (kind == NO_KIND && name.length > 0)
		node_report(loading->tree, node, loading->out,
			"no kind '%.*s'; define it under 'kinds'", (int)name.length, name.bytes);
	return kind;
}

static bool select_all(struct loading *loading, const struct texts *lists, struct selector *into)
{
	bool good = true;
	for (size_t i = 0; i < lists->count; i++)
		good = pack_selector(loading->context, lists->nodes[i], loading->out, into) && good;
	return good;
}

static bool load_pronouns(struct loading *loading, const struct node *item, struct pronouns *into)
{
	*into = (struct pronouns){0};
	if (!schema_load(loading, item, pronoun_fields, "pronoun", into))
		return false;
	into->kind = find_kind(loading, item, into->kind_name);
	bool good = select_all(loading, &into->agree_lists, &into->agrees);
	good = select_all(loading, &into->clash_lists, &into->clashes) && good;
	return good && into->kind != NO_KIND;
}

static void load_all_pronouns(
	struct loading *loading, const struct node *list, struct reference *reference)
{
	struct pack *pack = loading->context;
	if (list->kind != NODE_SEQUENCE || list->count > PRONOUNS_MOST) {
		node_report(loading->tree, list, loading->out,
			"'pronouns' must be a list of %d at most", PRONOUNS_MOST);
		return;
	}
	reference->pronouns =
		arena_allocate(pack->arena, (list->count + 1) * sizeof *reference->pronouns);
	for (const struct node *item = node_child(loading->tree, list); item;
		item = node_next(loading->tree, item))
		if (load_pronouns(loading, item, &reference->pronouns[reference->pronoun_count]))
			reference->pronoun_count++;
}

static void load_alike(
	struct loading *loading, const struct node *list, struct reference *reference)
{
	struct pack *pack = loading->context;
	struct field field = {.key = "alike", .type = FIELD_TEXTS};
	if (list->kind != NODE_SEQUENCE) {
		node_report(loading->tree, list, loading->out,
			"'alike' must be a list of lists, not %s", node_kind_name(list));
		return;
	}
	reference->alike =
		arena_allocate(pack->arena, (list->count + 1) * sizeof *reference->alike);
	for (const struct node *item = node_child(loading->tree, list); item;
		item = node_next(loading->tree, item))
		if (schema_load_value(
			    loading, item, &field, &reference->alike[reference->alike_count]))
			reference->alike_count++;
}

void reference_load(struct loading *loading, const struct node *value)
{
	struct pack *pack = loading->context;
	struct reference *reference = arena_allocate(pack->arena, sizeof *reference);
	pack->reference = reference;
	reference->role_kind = reference->thing_kind = NO_KIND;
	if (!value || !schema_load(loading, value, reference_fields, "reference", reference))
		return;
	reference->line = value->line;
	reference->column = value->column;
	if (reference->pronouns_node)
		load_all_pronouns(loading, reference->pronouns_node, reference);
	if (reference->alike_node)
		load_alike(loading, reference->alike_node, reference);
	reference->role_kind = find_kind(loading, value, reference->role_kind_name);
	reference->thing_kind = find_kind(loading, value, reference->thing_kind_name);
	select_all(loading, &reference->role_lists, &reference->roles);
	select_all(loading, &reference->thing_lists, &reference->things);
	make_table(pack, reference);
}
