/* Loading a pack: its head, lists, kinds; the rules are loaded by rule.c. See pack.h. */
#include "rules/pack.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "rules/embedded.h"
#include "rules/load.h"
#include "rules/reference.h"

#define PACK_FORMAT 1
#define LIST_BYTES ((size_t)32 << 20)

/* The head of the file, as its mapping says it. */
struct pack_head {
	int64_t format;
	struct slice name, title, language, license;
	struct slice abbreviations, common_words, function_words;
	struct texts clitics, cues;
	const struct node *vars, *lists, *kinds, *rules, *reference;
};

static const struct field head_fields[] = {
	{.key = "pack-format",
		.type = FIELD_INTEGER,
		.required = true,
		.offset = offsetof(struct pack_head, format),
		.low = 1,
		.high = PACK_FORMAT,
		.help = "version of the format: 1"},
	{.key = "name",
		.type = FIELD_TEXT,
		.required = true,
		.offset = offsetof(struct pack_head, name),
		.help = "by which --pack and messages call it"},
	{.key = "title",
		.type = FIELD_TEXT,
		.offset = offsetof(struct pack_head, title),
		.help = "what it is, for a person"},
	{.key = "language",
		.type = FIELD_TEXT,
		.offset = offsetof(struct pack_head, language),
		.help = "of the texts it is for; und: any"},
	{.key = "license",
		.type = FIELD_TEXT,
		.offset = offsetof(struct pack_head, license),
		.help = "an SPDX expression"},
	{.key = "vars",
		.type = FIELD_NODE,
		.offset = offsetof(struct pack_head, vars),
		.help = "fragments of patterns, used as {{name}}; may nest"},
	{.key = "lists",
		.type = FIELD_NODE,
		.offset = offsetof(struct pack_head, lists),
		.help = "id: file in the pack's own folder"},
	{.key = "abbreviations",
		.type = FIELD_TEXT,
		.offset = offsetof(struct pack_head, abbreviations),
		.help = "list after whose words a full stop need not end a sentence"},
	{.key = "common-words",
		.type = FIELD_TEXT,
		.offset = offsetof(struct pack_head, common_words),
		.help = "list by whose words the language of a text is told"},
	{.key = "function-words",
		.type = FIELD_TEXT,
		.offset = offsetof(struct pack_head, function_words),
		.help = "list whose words, capitalised, begin a sentence after U.S."},
	{.key = "sentence-cues",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct pack_head, cues),
		.help = "lists of verbs that may follow a quote in its sentence"},
	{.key = "clitics",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct pack_head, clitics),
		.help = "what is cut from a word's end behind an apostrophe"},
	{.key = "kinds",
		.type = FIELD_NODE,
		.offset = offsetof(struct pack_head, kinds),
		.help = "what the rules find: a mapping from name to traits"},
	{.key = "reference",
		.type = FIELD_NODE,
		.offset = offsetof(struct pack_head, reference),
		.help = "words that stand for somebody named elsewhere"},
	{.key = "rules",
		.type = FIELD_NODE,
		.offset = offsetof(struct pack_head, rules),
		.help = "the rules, in order"},
	{.key = NULL},
};

/* ---- Kinds ------------------------------------------------------------------------------ */

struct kind_traits {
	struct slice label, style, key;
	bool sidebar, speaks;
	int64_t order;
	int layer, label_form;
};

static const char *const layer_names[] = {"structure", "quote", "entity", "user", NULL};

static const char *const short_names[] = {"whole", "last", NULL};

static const struct field kind_fields[] = {
	{.key = "label",
		.type = FIELD_TEXT,
		.offset = offsetof(struct kind_traits, label),
		.help = "heading of its group in the entities pane"},
	{.key = "style",
		.type = FIELD_TEXT,
		.offset = offsetof(struct kind_traits, style),
		.help = "dotted style name; without it entity.KIND"},
	{.key = "sidebar",
		.type = FIELD_FLAG,
		.offset = offsetof(struct kind_traits, sidebar),
		.help = "its finds are entities and have a group in the pane"},
	{.key = "speaks",
		.type = FIELD_FLAG,
		.offset = offsetof(struct kind_traits, speaks),
		.help = "may be the speaker of a quote"},
	{.key = "order",
		.type = FIELD_INTEGER,
		.offset = offsetof(struct kind_traits, order),
		.low = 0,
		.high = 1000000,
		.help = "of its group in the pane"},
	{.key = "key",
		.type = FIELD_TEXT,
		.offset = offsetof(struct kind_traits, key),
		.help = "letter that after ] and [ walks its mentions"},
	{.key = "short",
		.type = FIELD_CHOICE,
		.offset = offsetof(struct kind_traits, label_form),
		.choices = short_names,
		.help = "what a short label is: the whole name or its shortest alias, or the last "
			"word"},
	{.key = "layer",
		.type = FIELD_CHOICE,
		.offset = offsetof(struct kind_traits, layer),
		.choices = layer_names,
		.help = "structure, quote, entity or user; without it entity with a "
			"sidebar, else user"},
	{.key = NULL},
};

static const char reserved_keys[] = "qsumeh[]";

static bool load_kind_key(
	struct loading *loading, const struct node *node, struct slice key, struct kind *kind)
{
	struct pack *pack = loading->context;
	if (key.length == 0)
		return true;
	if (key.length > 1 || key.bytes[0] <= ' ' || key.bytes[0] >= 0x7F) {
		node_report(loading->tree, node, loading->out,
			"key of kind '%s' must be one ASCII letter", kind->name);
		return false;
	}
	if (strchr(reserved_keys, key.bytes[0])) {
		node_report(loading->tree, node, loading->out,
			"key '%c' is reserved (%s are); choose another", key.bytes[0],
			reserved_keys);
		return false;
	}
	for (size_t i = 0; i < pack->kind_count; i++) {
		if (pack->kinds[i].key != key.bytes[0])
			continue;
		node_report(loading->tree, node, loading->out,
			"key '%c' is taken by kind '%s'; choose another", key.bytes[0],
			pack->kinds[i].name);
		return false;
	}
	kind->key = key.bytes[0];
	return true;
}

/* A dotted name in small letters, so that a theme can name it and what it falls back to. */
static bool is_style_name(struct slice style)
{
	bool dotted = false, letter = false;
	for (size_t i = 0; i < style.length; i++) {
		char byte = style.bytes[i];
		bool small =
			(byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-';
		if (!small && (byte != '.' || !letter))
			return false;
		dotted = dotted || byte == '.';
		letter = small;
	}
	return dotted && letter;
}

static void check_style(struct loading *loading, const struct node *traits, struct slice style)
{
	const struct node *node = node_value(loading->tree, traits, "style");
	if (style.length > 0 && !is_style_name(style))
		node_report(loading->tree, node, loading->out,
			"'%.*s' is no style; a style is a dotted name such as entity.person, a "
			"theme "
			"gives it colours",
			(int)style.length, style.bytes);
}

static void load_kind(struct loading *loading, const struct node *name, const struct node *value)
{
	struct pack *pack = loading->context;
	struct kind_traits traits = {.layer = -1, .order = 1000};
	schema_load(loading, value, kind_fields, "kind", &traits);
	if (value->kind == NODE_MAPPING)
		check_style(loading, value, traits.style);
	struct slice id = node_text(loading->tree, name);
	struct kind kind = {.name = arena_text(pack->arena, id),
		.sidebar = traits.sidebar,
		.speaks = traits.speaks,
		.short_last = traits.label_form == 1,
		.order = (int)traits.order,
		.layer = traits.sidebar ? LAYER_ENTITY : LAYER_USER};
	if (traits.layer >= 0)
		kind.layer = (enum layer)traits.layer;
	kind.label = traits.label.length ? arena_text(pack->arena, traits.label) : kind.name;
	kind.style = traits.style.length ? arena_text(pack->arena, traits.style)
					 : arena_format(pack->arena, "entity.%s", kind.name);
	load_kind_key(loading, value, traits.key, &kind);
	pack->kinds[pack->kind_count++] = kind;
}

static void load_kinds(struct loading *loading, const struct node *kinds)
{
	struct pack *pack = loading->context;
	if (!kinds)
		return;
	if (kinds->kind != NODE_MAPPING) {
		node_report(loading->tree, kinds, loading->out,
			"'kinds' must be a mapping from a kind's name to its traits");
		return;
	}
	pack->kinds = arena_allocate(pack->arena, (kinds->count + 1) * sizeof *pack->kinds);
	for (const struct node *name = node_child(loading->tree, kinds); name;) {
		const struct node *value = node_next(loading->tree, name);
		load_kind(loading, name, value);
		name = node_next(loading->tree, value);
	}
}

uint32_t pack_kind(const struct pack *pack, struct slice name)
{
	for (size_t i = 0; i < pack->kind_count; i++)
		if (slice_is(name, pack->kinds[i].name))
			return (uint32_t)i;
	return NO_KIND;
}

/* ---- Lists ------------------------------------------------------------------------------ */

/* A list is a file in the pack's own folder: no way leads out of it. */
static bool list_path_is_inside(struct slice path)
{
	if (path.length == 0 || path.bytes[0] == '/')
		return false;
	while (path.length > 0) {
		const char *slash = memchr(path.bytes, '/', path.length);
		size_t length = slash ? (size_t)(slash - path.bytes) : path.length;
		if (slice_is(slice_cut(path, 0, length), ".."))
			return false;
		path = slice_cut(path, length + 1, path.length);
	}
	return true;
}

/* Whether a file, or a folder on the way to it from the pack's own, is a link. */
static bool list_path_has_link(struct arena *arena, struct slice folder, struct slice name)
{
	struct stat status;
	for (size_t end = 0; end < name.length; end++) {
		const char *slash = memchr(name.bytes + end, '/', name.length - end);
		end = slash ? (size_t)(slash - name.bytes) : name.length;
		const char *path = arena_format(arena, "%.*s%.*s", (int)folder.length,
			folder.bytes ? folder.bytes : "", (int)end, name.bytes);
		if (lstat(path, &status) == 0 && S_ISLNK(status.st_mode))
			return true;
	}
	return false;
}

static void load_list(struct loading *loading, struct lexicon_builder *builder,
	const struct node *id, const struct node *file)
{
	struct pack *pack = loading->context;
	struct slice name = node_text(loading->tree, file);
	if (file->kind != NODE_SCALAR || !list_path_is_inside(name)) {
		node_report(loading->tree, file, loading->out,
			"a list must be a file in the pack's own folder, without '..'");
		return;
	}
	struct slice folder = path_folder(slice_of(pack->path));
	if (list_path_has_link(pack->arena, folder, name)) {
		node_report(loading->tree, file, loading->out,
			"list '%.*s' is a link, or in a linked folder; put the file itself there",
			(int)name.length, name.bytes);
		return;
	}
	const char *path = arena_format(pack->arena, "%.*s%.*s", (int)folder.length,
		folder.bytes ? folder.bytes : "", (int)name.length, name.bytes);
	struct stat status;
	if (lstat(path, &status) == 0 && S_ISFIFO(status.st_mode)) {
		node_report(loading->tree, file, loading->out,
			"list '%.*s' is a pipe; put a file there", (int)name.length, name.bytes);
		return;
	}
	struct buffer bytes = {0};
	struct diagnostics missing = {0};
	if (!file_read(path, LIST_BYTES, &bytes, &missing))
		node_report(loading->tree, file, loading->out, "list '%.*s': %s", (int)name.length,
			name.bytes, missing.items[0].message);
	else if (!lexicon_builder_add(builder,
			 arena_text(pack->arena, node_text(loading->tree, id)),
			 buffer_slice(&bytes), path, loading->out))
		node_report(loading->tree, file, loading->out, LISTS_FULL, LEXICON_LISTS);
	diagnostics_release(&missing);
	buffer_release(&bytes);
}

static void build_lexicon(struct loading *loading, const struct pack_head *head)
{
	struct pack *pack = loading->context;
	struct lexicon_builder *builder = lexicon_builder_new();
	const struct node *lists = head->lists;
	if (lists && lists->kind != NODE_MAPPING) {
		node_report(loading->tree, lists, loading->out,
			"'lists' must be a mapping from an id to a file");
		lists = NULL;
	}
	for (const struct node *id = lists ? node_child(loading->tree, lists) : NULL; id;) {
		const struct node *file = node_next(loading->tree, id);
		load_list(loading, builder, id, file);
		id = node_next(loading->tree, file);
	}
	for (size_t i = 0; i < head->clitics.count; i++)
		lexicon_builder_entry(builder, PACK_CLITICS, &head->clitics.items[i], 1);
	reference_gather_words(loading, builder, head->reference);
	rules_gather_words(loading, builder, head->rules);
	pack->lexicon = lexicon_builder_finish(builder, pack->arena);
}

/* ---- The pack --------------------------------------------------------------------------- */

static void select_list(
	struct loading *loading, const char *key, struct slice id, struct selector *into)
{
	struct pack *pack = loading->context;
	if (id.length == 0 || lexicon_selector(pack->lexicon, id, into))
		return;
	node_report(loading->tree, node_value(loading->tree, loading->tree->nodes, key),
		loading->out, "no list has the id '%.*s'; add it to 'lists'", (int)id.length,
		id.bytes);
}

static void select_lists(struct loading *loading, const struct pack_head *head)
{
	struct pack *pack = loading->context;
	select_list(loading, "abbreviations", head->abbreviations, &pack->abbreviations);
	select_list(loading, "common-words", head->common_words, &pack->common_words);
	select_list(loading, "function-words", head->function_words, &pack->function_words);
	for (size_t i = 0; i < head->cues.count; i++)
		select_list(loading, "sentence-cues", head->cues.items[i], &pack->cues);
	lexicon_selector(pack->lexicon, slice_of(PACK_CLITICS), &pack->clitics);
}

static struct pack *new_pack(void)
{
	struct arena *arena = arena_new();
	struct pack *pack = arena_allocate(arena, sizeof *pack);
	pack->arena = arena;
	pack->room = pattern_room_new();
	return pack;
}

void pack_free(struct pack *pack)
{
	if (!pack)
		return;
	for (size_t i = 0; i < pack->pattern_count; i++)
		pattern_free(pack->patterns[i]);
	free(pack->patterns);
	pattern_room_free(pack->room);
	buffer_release(&pack->source);
	arena_free(pack->arena);
}

/* A language is a tag of two or three letters (BCP 47), or und. */
static void check_language(struct loading *loading, struct slice language)
{
	bool good = language.length == 2 || language.length == 3;
	for (size_t i = 0; i < language.length; i++)
		good = good && language.bytes[i] >= 'a' && language.bytes[i] <= 'z';
	if (!good)
		node_report(loading->tree,
			node_value(loading->tree, loading->tree->nodes, "language"), loading->out,
			"'%.*s' is no language; write its tag of two or three letters, as en, or "
			"und "
			"for any",
			(int)language.length, language.bytes);
}

/* Loads the tree that the pack has; a lexicon that it has already is kept. */
static void load_tree(struct pack *pack, struct diagnostics *out)
{
	struct loading loading = {&pack->tree, pack->arena, out, pack};
	struct pack_head head = {.language = slice_of("und")};
	schema_load(&loading, pack->tree.nodes, head_fields, "pack", &head);
	if (pack->tree.nodes->kind == NODE_MAPPING)
		check_language(&loading, head.language);
	pack->name = head.name;
	pack->title = head.title.length ? head.title : head.name;
	pack->language = head.language;
	pack->license = head.license;
	pack->vars = head.vars;
	load_kinds(&loading, head.kinds);
	if (!pack->lexicon)
		build_lexicon(&loading, &head);
	pack->words = word_cache_new(pack->arena, pack->lexicon);
	select_lists(&loading, &head);
	reference_load(&loading, head.reference);
	rules_load(&loading, head.rules);
}

struct pack *pack_read(struct slice source, const char *path, struct diagnostics *out)
{
	struct pack *pack = new_pack();
	pack->path = arena_text(pack->arena, slice_of(path));
	buffer_append(&pack->source, source);
	if (!yaml_read(buffer_slice(&pack->source), pack->path, pack->arena, &pack->tree, out)) {
		pack_free(pack);
		return NULL;
	}
	load_tree(pack, out);
	return pack;
}

static struct pack *pack_from_file(const char *path, struct diagnostics *out)
{
	struct buffer source = {0};
	struct pack *pack = NULL;
	if (file_read(path, YAML_BYTES, &source, out))
		pack = pack_read(buffer_slice(&source), path, out);
	buffer_release(&source);
	return pack;
}

/* The source of an embedded pack is parsed again only to check it: it alone has the tests. */
static struct pack *pack_from_blob(
	const struct embedded_pack *embedded, bool with_tests, struct diagnostics *out)
{
	struct pack *pack = new_pack();
	struct lexicon *lexicon = arena_allocate(pack->arena, sizeof *lexicon);
	*lexicon = embedded->lexicon;
	pack->lexicon = lexicon;
	pack->starts = embedded->starts;
	pack->rule_starts = embedded->rule_starts;
	pack->path = embedded->path;
	pack->tree = embedded->tree;
	if (with_tests)
		yaml_read(embedded->source, pack->path, pack->arena, &pack->tree, out);
	load_tree(pack, out);
	return pack;
}

struct pack *pack_again(const struct pack *pack)
{
	struct embedded_pack embedded;
	struct diagnostics out = {0};
	struct pack *again = NULL;
	for (size_t i = 0; !again && embedded_pack_name(i); i++)
		if (embedded_pack_find(embedded_pack_name(i), &embedded) &&
			embedded.path == pack->path)
			again = pack_from_blob(&embedded, false, &out);
	diagnostics_release(&out);
	return again;
}

static bool is_path(const char *name)
{
	return strchr(name, '/') || slice_ends(slice_of(name), ".yaml");
}

static const char *embedded_candidate(const void *of, size_t index)
{
	(void)of;
	return embedded_pack_name(index);
}

static void report_unknown(const char *name, struct diagnostics *out)
{
	struct buffer names = {0};
	const char *near = nearest(slice_of(name), embedded_candidate, NULL);
	embedded_pack_names(&names);
	diagnostics_report(out, NULL, 0, 0,
		"no pack '%s'; %s%s%sgive a file (with '/' or '.yaml') or one of: %s", name,
		near ? "did you mean '" : "", near ? near : "", near ? "'? " : "",
		names.length ? names.bytes : "none");
	buffer_release(&names);
}

static struct pack *load_named(
	const char *name, const char *folder, bool with_tests, struct diagnostics *out)
{
	struct embedded_pack embedded;
	struct buffer path = {0};
	struct stat status;
	struct pack *pack = NULL;
	buffer_format(&path, "%s/%s.yaml", folder ? folder : "", name);
	if (folder && stat(path.bytes, &status) == 0)
		pack = pack_from_file(path.bytes, out);
	else if (embedded_pack_find(name, &embedded))
		pack = pack_from_blob(&embedded, with_tests, out);
	else
		report_unknown(name, out);
	buffer_release(&path);
	return pack;
}

struct pack *pack_load(const char *name, const char *folder, struct diagnostics *out)
{
	return is_path(name) ? pack_from_file(name, out) : load_named(name, folder, false, out);
}

struct pack *pack_load_to_check(const char *name, const char *folder, struct diagnostics *out)
{
	return is_path(name) ? pack_from_file(name, out) : load_named(name, folder, true, out);
}

const char *pack_embedded(size_t index)
{
	return embedded_pack_name(index);
}

struct slice pack_source(const char *name)
{
	struct embedded_pack embedded;
	return embedded_pack_find(name, &embedded) ? embedded.source : (struct slice){0};
}

const char *pack_name(const struct pack *pack)
{
	return arena_text(pack->arena, pack->name);
}

const char *pack_title(const struct pack *pack)
{
	return arena_text(pack->arena, pack->title);
}

/* ---- Packs together --------------------------------------------------------------------- */

static int compare_kinds(const void *a, const void *b)
{
	const struct kind *left = a, *right = b;
	return (left->order > right->order) - (left->order < right->order);
}

const struct kind *packs_kind(const struct packs *packs, struct slice name)
{
	for (size_t i = 0; i < packs->kind_count; i++)
		if (slice_is(name, packs->kinds[i].name))
			return &packs->kinds[i];
	return NULL;
}

/* Equal orders keep the order of definition: insertion, not qsort. */
static void insert_kind(struct packs *packs, const struct kind *kind)
{
	size_t at = packs->kind_count++;
	while (at > 0 && compare_kinds(&packs->kinds[at - 1], kind) > 0) {
		packs->kinds[at] = packs->kinds[at - 1];
		at--;
	}
	packs->kinds[at] = *kind;
}

void packs_add(struct packs *packs, struct pack *pack)
{
	packs->items = grow(packs->items, &packs->capacity, packs->count + 1, sizeof *packs->items);
	packs->items[packs->count++] = pack;
	packs->kinds = memory_resize(
		packs->kinds, (packs->kind_count + pack->kind_count + 1) * sizeof *packs->kinds);
	for (size_t i = 0; i < pack->kind_count; i++)
		if (!packs_kind(packs, slice_of(pack->kinds[i].name)))
			insert_kind(packs, &pack->kinds[i]);
}

void packs_release(struct packs *packs)
{
	for (size_t i = 0; i < packs->count; i++)
		pack_free(packs->items[i]);
	free(packs->items);
	free(packs->kinds);
	*packs = (struct packs){0};
}
