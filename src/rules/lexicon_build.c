/* Building a lexicon from list files.
 *
 * Entries are gathered in growing arrays and hashed as they come, so that a phrase that stands in
 * several lists is one lexeme; its forms are a chain until the end, when lexemes are sorted by
 * their buckets and everything is laid out one after the other in memory of just the right size.
 */
#include "rules/lexicon.h"

#include <stdlib.h>
#include <string.h>

/* A slot tells by half of the hash that a lexeme is another one, without a look at its text. */
struct draft_slot {
	uint32_t hash;   /* upper half */
	uint32_t lexeme; /* NO_LEXEME: free */
};

struct draft {
	uint64_t hash;
	uint32_t text, forms; /* head of the chain */
	uint16_t length;
	uint8_t words, longest;
	struct selector in;
};

struct draft_form {
	struct form form;
	uint32_t next; /* the lexeme's next form, NO_LEXEME: none */
};

#define NO_TEXT UINT32_MAX

struct lexicon_builder {
	struct draft *lexemes;
	struct draft_form *forms;
	struct draft_slot *slots;
	struct buffer strings;
	struct buffer folded;
	size_t lexeme_count, lexeme_capacity, form_count, form_capacity, slot_count;
	uint32_t list_names[LEXICON_LISTS], trait_names[LEXICON_TRAITS];
	uint32_t list_count, trait_count;
};

struct lexicon_builder *lexicon_builder_new(void)
{
	struct lexicon_builder *builder = memory_allocate(sizeof *builder);
	buffer_byte(&builder->strings, '\0');
	return builder;
}

static uint32_t add_string(struct lexicon_builder *builder, struct slice text)
{
	uint32_t at = (uint32_t)builder->strings.length;
	buffer_append(&builder->strings, text);
	buffer_byte(&builder->strings, '\0');
	return at;
}

static struct slice draft_text(const struct lexicon_builder *builder, uint32_t lexeme)
{
	const struct draft *item = &builder->lexemes[lexeme];
	return (struct slice){builder->strings.bytes + item->text, item->length};
}

static void place(const struct lexicon_builder *builder, uint32_t lexeme)
{
	uint64_t hash = builder->lexemes[lexeme].hash;
	size_t mask = builder->slot_count - 1, at = (size_t)hash & mask;
	while (builder->slots[at].lexeme != NO_LEXEME)
		at = (at + 1) & mask;
	builder->slots[at] = (struct draft_slot){(uint32_t)(hash >> 32), lexeme};
}

static void make_slots(struct lexicon_builder *builder)
{
	if (builder->slot_count > builder->lexeme_count * 2)
		return;
	size_t count = builder->slot_count ? builder->slot_count * 4 : 1024;
	free(builder->slots);
	builder->slots = memory_allocate(count * sizeof *builder->slots);
	builder->slot_count = count;
	for (size_t i = 0; i < count; i++)
		builder->slots[i].lexeme = NO_LEXEME;
	for (size_t i = 0; i < builder->lexeme_count; i++)
		place(builder, (uint32_t)i);
}

static uint32_t find_draft(const struct lexicon_builder *builder, struct slice folded)
{
	uint64_t hash = slice_hash(folded);
	size_t mask = builder->slot_count - 1;
	for (size_t at = (size_t)hash & mask;; at = (at + 1) & mask) {
		struct draft_slot slot = builder->slots[at];
		if (slot.lexeme == NO_LEXEME)
			return NO_LEXEME;
		if (slot.hash == (uint32_t)(hash >> 32) &&
			slice_equal(draft_text(builder, slot.lexeme), folded))
			return slot.lexeme;
	}
}

/* The lexeme of a folded phrase; if it is new its text is kept, or stands at `text` already. */
static uint32_t intern(struct lexicon_builder *builder, struct slice folded, uint32_t text)
{
	make_slots(builder);
	uint32_t lexeme = find_draft(builder, folded);
	if (lexeme != NO_LEXEME)
		return lexeme;
	builder->lexemes = grow(builder->lexemes, &builder->lexeme_capacity,
		builder->lexeme_count + 1, sizeof *builder->lexemes);
	lexeme = (uint32_t)builder->lexeme_count++;
	builder->lexemes[lexeme] = (struct draft){.hash = slice_hash(folded),
		.text = text != NO_TEXT ? text : add_string(builder, folded),
		.length = (uint16_t)folded.length,
		.forms = NO_LEXEME};
	place(builder, lexeme);
	return lexeme;
}

/* ---- Lists and traits ------------------------------------------------------------------- */

static uint32_t list_of(struct lexicon_builder *builder, const char *id)
{
	for (uint32_t i = 0; i < builder->list_count; i++)
		if (strcmp(builder->strings.bytes + builder->list_names[i], id) == 0)
			return i;
	if (builder->list_count == LEXICON_LISTS)
		return LEXICON_LISTS;
	builder->list_names[builder->list_count] = add_string(builder, slice_of(id));
	return builder->list_count++;
}

static uint32_t trait_of(struct lexicon_builder *builder, const char *id, struct slice field)
{
	struct buffer name = {0};
	buffer_format(&name, "%s[%.*s]", id, (int)field.length, field.bytes);
	uint32_t trait = 0;
	while (trait < builder->trait_count &&
		strcmp(builder->strings.bytes + builder->trait_names[trait], name.bytes) != 0)
		trait++;
	if (trait == builder->trait_count && trait < LEXICON_TRAITS)
		builder->trait_names[builder->trait_count++] =
			add_string(builder, buffer_slice(&name));
	buffer_release(&name);
	return trait;
}

/* ---- Entries ---------------------------------------------------------------------------- */

struct entry {
	uint32_t list, name;
	uint64_t traits;
};

static size_t count_words(struct slice folded)
{
	size_t words = 1;
	for (size_t i = 0; i < folded.length; i++)
		words += folded.bytes[i] == ' ';
	return words;
}

/* Where the first word of a phrase begins a longer one, its lexeme says how long. */
static void note_phrase(struct lexicon_builder *builder, struct slice folded, size_t words)
{
	const char *blank = memchr(folded.bytes, ' ', folded.length);
	size_t first = blank ? (size_t)(blank - folded.bytes) : folded.length;
	uint32_t head = intern(builder, slice_cut(folded, 0, first), NO_TEXT);
	if (builder->lexemes[head].longest < words)
		builder->lexemes[head].longest = (uint8_t)words;
}

static void add_form(struct lexicon_builder *builder, const struct entry *entry, struct slice text,
	uint8_t column)
{
	builder->folded.length = 0;
	text_fold(text, &builder->folded);
	struct slice folded = slice_trim(buffer_slice(&builder->folded));
	size_t words = count_words(folded);
	if (folded.length == 0 || folded.length > UINT16_MAX || words > PHRASE_WORDS)
		return;
	bool is_name = slice_is(folded, builder->strings.bytes + entry->name);
	uint32_t lexeme = intern(builder, folded, is_name ? entry->name : NO_TEXT);
	note_phrase(builder, folded, words);
	struct draft *item = &builder->lexemes[lexeme];
	item->words = (uint8_t)words;
	item->in.lists |= UINT64_C(1) << entry->list;
	item->in.traits |= entry->traits;
	builder->forms = grow(builder->forms, &builder->form_capacity, builder->form_count + 1,
		sizeof *builder->forms);
	builder->forms[builder->form_count] = (struct draft_form){
		{.name = entry->name, .list = (uint8_t)entry->list, .column = column}, item->forms};
	item->forms = (uint32_t)builder->form_count++;
}

static struct slice next_field(struct slice *line)
{
	const char *tab = line->length ? memchr(line->bytes, '\t', line->length) : NULL;
	size_t length = tab ? (size_t)(tab - line->bytes) : line->length;
	struct slice field = slice_trim(slice_cut(*line, 0, length));
	*line = slice_cut(*line, length + (tab != NULL), line->length);
	return field;
}

static bool is_trait(struct slice field)
{
	const char *equals = field.length ? memchr(field.bytes, '=', field.length) : NULL;
	if (!equals || equals == field.bytes)
		return false;
	for (const char *at = field.bytes; at < equals; at++)
		if (!(*at >= 'a' && *at <= 'z') && *at != '-')
			return false;
	return true;
}

struct place_in_list {
	const char *id, *path;
	size_t line;
	struct diagnostics *out;
};

static bool read_traits(struct lexicon_builder *builder, struct slice line,
	const struct place_in_list *at, struct entry *entry)
{
	while (line.length > 0) {
		struct slice field = next_field(&line);
		if (!is_trait(field))
			continue;
		uint32_t trait = trait_of(builder, at->id, field);
		if (trait == LEXICON_TRAITS) {
			diagnostics_report(at->out, at->path, at->line, 1,
				"more than %d different fields in the lists of this pack; "
				"use fewer key=value",
				LEXICON_TRAITS);
			return false;
		}
		entry->traits |= UINT64_C(1) << trait;
	}
	return true;
}

static void add_line(struct lexicon_builder *builder, uint32_t list, struct slice line,
	const struct place_in_list *at)
{
	const char *hash = line.length ? memchr(line.bytes, '#', line.length) : NULL;
	if (hash)
		line = slice_cut(line, 0, (size_t)(hash - line.bytes));
	if (slice_trim(line).length == 0)
		return;
	if (!utf8_valid(line)) {
		diagnostics_report(at->out, at->path, at->line, 1,
			"entry is not valid UTF-8; save the list as UTF-8");
		return;
	}
	struct entry entry = {.list = list};
	if (!read_traits(builder, line, at, &entry))
		return;
	struct slice rest = line, name = next_field(&rest);
	if (name.length == 0 || is_trait(name)) {
		diagnostics_report(at->out, at->path, at->line, 1,
			"entry has no name; a line is NAME, aliases, key=value, divided by tabs");
		return;
	}
	entry.name = add_string(builder, name);
	uint8_t column = 0;
	for (struct slice field = name;; field = next_field(&rest)) {
		if (!is_trait(field))
			add_form(builder, &entry, field, column++);
		if (rest.length == 0 || column == UINT8_MAX)
			break;
	}
}

bool lexicon_builder_add(struct lexicon_builder *builder, const char *id, struct slice source,
	const char *path, struct diagnostics *out)
{
	uint32_t list = list_of(builder, id);
	struct place_in_list at = {id, path, 0, out};
	if (list == LEXICON_LISTS)
		return false;
	while (source.length > 0) {
		const char *end = memchr(source.bytes, '\n', source.length);
		size_t length = end ? (size_t)(end - source.bytes) : source.length;
		at.line++;
		add_line(builder, list, slice_cut(source, 0, length), &at);
		source = slice_cut(source, length + (end != NULL), source.length);
	}
	return true;
}

bool lexicon_builder_entry(
	struct lexicon_builder *builder, const char *id, const struct slice *forms, size_t count)
{
	struct entry entry = {.list = list_of(builder, id)};
	if (entry.list == LEXICON_LISTS)
		return false;
	entry.name = add_string(builder, forms[0]);
	for (size_t i = 0; i < count; i++)
		add_form(builder, &entry, forms[i], (uint8_t)(i < UINT8_MAX ? i : UINT8_MAX));
	return true;
}

/* ---- Laying out ------------------------------------------------------------------------- */

/* What the lexicon is made of. */
struct layout {
	const struct lexicon_builder *builder;
	uint32_t *order; /* drafts by bucket */
	uint32_t *buckets;
	uint16_t *marks;
	struct lexeme *lexemes;
	struct form *forms;
	struct selector *sets;
	uint32_t bucket_count, form_count, set_count;
};

#define BUCKET_LEXEMES 4 /* about so many are in one */

/* Counts, then puts each at the next place of its bucket. */
static void lay_buckets(struct layout *layout)
{
	const struct lexicon_builder *builder = layout->builder;
	uint32_t buckets = layout->bucket_count;
	for (size_t i = 0; i < builder->lexeme_count; i++)
		layout->buckets[lexicon_bucket(builder->lexemes[i].hash, buckets) + 1]++;
	for (size_t i = 0; i < buckets; i++)
		layout->buckets[i + 1] += layout->buckets[i];
	uint32_t *next = memory_allocate(buckets * sizeof *next);
	memcpy(next, layout->buckets, buckets * sizeof *next);
	for (uint32_t i = 0; i < builder->lexeme_count; i++) {
		uint64_t hash = builder->lexemes[i].hash;
		uint32_t place = next[lexicon_bucket(hash, buckets)]++;
		layout->order[place] = i;
		layout->marks[place] = lexicon_mark(hash);
	}
	free(next);
}

/* Forms in the order of the lists' entries: the chains run backwards. */
static uint32_t lay_forms(struct layout *layout, const struct draft *draft)
{
	const struct lexicon_builder *builder = layout->builder;
	uint32_t first = layout->form_count;
	const struct draft_form *form = &builder->forms[draft->forms];
	if (draft->forms != NO_LEXEME && form->next == NO_LEXEME &&
		lexeme_form_is_plain(&form->form, draft->text, &draft->in))
		return first;
	for (uint32_t f = draft->forms; f != NO_LEXEME; f = builder->forms[f].next)
		layout->form_count++;
	uint32_t back = layout->form_count;
	for (uint32_t f = draft->forms; f != NO_LEXEME; f = builder->forms[f].next)
		layout->forms[--back] = builder->forms[f].form;
	return first;
}

static uint64_t mix(const struct selector *set)
{
	struct slice bytes = {(const char *)set, sizeof *set};
	return slice_hash(bytes);
}

/* A set's number, by a table of the numbers, from 1, of those that were met. */
static uint32_t number_set(struct layout *layout, uint32_t *slots, size_t mask, struct selector set)
{
	size_t at = (size_t)mix(&set) & mask;
	for (; slots[at]; at = (at + 1) & mask) {
		const struct selector *other = &layout->sets[slots[at] - 1];
		if (other->lists == set.lists && other->traits == set.traits)
			return slots[at] - 1;
	}
	layout->sets[layout->set_count] = set;
	slots[at] = ++layout->set_count;
	return layout->set_count - 1;
}

static void lay_lexemes(struct layout *layout)
{
	size_t count = layout->builder->lexeme_count, mask = 63;
	while (mask < count * 2)
		mask = mask * 2 + 1;
	uint32_t *slots = memory_allocate((mask + 1) * sizeof *slots);
	for (size_t i = 0; i < count; i++) {
		const struct draft *draft = &layout->builder->lexemes[layout->order[i]];
		layout->lexemes[i] = (struct lexeme){.text = draft->text,
			.forms = lay_forms(layout, draft),
			.sets = number_set(layout, slots, mask, draft->in),
			.length = draft->length,
			.words = draft->words,
			.longest = draft->longest};
	}
	layout->lexemes[count].forms = layout->form_count;
	free(slots);
}

static struct layout lay_out(const struct lexicon_builder *builder, struct arena *arena)
{
	size_t count = builder->lexeme_count;
	struct layout layout = {.builder = builder, .bucket_count = 16};
	while ((size_t)layout.bucket_count * BUCKET_LEXEMES < count)
		layout.bucket_count *= 2;
	layout.order = memory_allocate((count + 1) * sizeof *layout.order);
	layout.sets = memory_allocate((count + 1) * sizeof *layout.sets);
	layout.buckets =
		arena_allocate(arena, (layout.bucket_count + (size_t)1) * sizeof *layout.buckets);
	layout.marks = arena_allocate(arena, (count + 1) * sizeof *layout.marks);
	layout.lexemes = arena_allocate(arena, (count + 1) * sizeof *layout.lexemes);
	layout.forms = arena_allocate(arena, (builder->form_count + 1) * sizeof *layout.forms);
	lay_buckets(&layout);
	lay_lexemes(&layout);
	return layout;
}

static void *copy(struct arena *arena, const void *items, size_t size)
{
	void *memory = arena_allocate(arena, size + 1);
	if (size > 0)
		memcpy(memory, items, size);
	return memory;
}

struct lexicon *lexicon_builder_finish(struct lexicon_builder *builder, struct arena *arena)
{
	struct lexicon *lexicon = arena_allocate(arena, sizeof *lexicon);
	struct layout layout = lay_out(builder, arena);
	*lexicon = (struct lexicon){.buckets = layout.buckets,
		.marks = layout.marks,
		.lexemes = layout.lexemes,
		.sets = copy(arena, layout.sets, layout.set_count * sizeof *layout.sets),
		.forms = layout.forms,
		.strings = copy(arena, builder->strings.bytes, builder->strings.length),
		.bucket_count = layout.bucket_count,
		.set_count = layout.set_count,
		.lexeme_count = (uint32_t)builder->lexeme_count,
		.form_count = layout.form_count,
		.string_bytes = (uint32_t)builder->strings.length,
		.list_count = builder->list_count,
		.trait_count = builder->trait_count};
	memcpy(lexicon->list_names, builder->list_names, sizeof lexicon->list_names);
	memcpy(lexicon->trait_names, builder->trait_names, sizeof lexicon->trait_names);
	free(layout.order);
	free(layout.sets);
	free(builder->lexemes);
	free(builder->forms);
	free(builder->slots);
	buffer_release(&builder->strings);
	buffer_release(&builder->folded);
	free(builder);
	return lexicon;
}
