/* Texts of a pack that become something: patterns with {{vars}} and {LISTS}, selectors, words. */
#include <stdlib.h>
#include <string.h>

#include "rules/load.h"

#define VAR_DEPTH 16

/* ---- Fragments -------------------------------------------------------------------------- */

struct expansion {
	struct pack *pack;
	const struct node *node;
	struct diagnostics *out;
	struct buffer *into;
};

static const char *var_name(const void *of, size_t i)
{
	const struct pack *pack = of;
	const struct node *name = pack->vars ? node_child(&pack->tree, pack->vars) : NULL;
	for (; name && i > 0; i--)
		name = node_next(&pack->tree, node_next(&pack->tree, name));
	return name ? pack->tree.strings + name->text : NULL;
}

static const struct node *find_var(const struct pack *pack, struct slice wanted)
{
	if (!pack->vars || pack->vars->kind != NODE_MAPPING)
		return NULL;
	for (const struct node *name = node_child(&pack->tree, pack->vars); name;) {
		const struct node *value = node_next(&pack->tree, name);
		if (slice_equal(node_text(&pack->tree, name), wanted))
			return value;
		name = node_next(&pack->tree, value);
	}
	return NULL;
}

static const char *find_in(struct slice text, const char *sign)
{
	return text.length ? memmem(text.bytes, text.length, sign, strlen(sign)) : NULL;
}

static bool expand(const struct expansion *at, struct slice text, unsigned depth);

static bool expand_var(const struct expansion *at, struct slice name, unsigned depth)
{
	const struct pack *pack = at->pack;
	const struct node *value = find_var(pack, name);
	if (!value) {
		const char *near = nearest(name, var_name, pack);
		node_report(&pack->tree, at->node, at->out,
			"no fragment '{{%.*s}}'; %s%s%sdefine it under 'vars'", (int)name.length,
			name.bytes, near ? "did you mean '" : "", near ? near : "",
			near ? "'? else " : "");
		return false;
	}
	if (depth == VAR_DEPTH) {
		node_report(&pack->tree, at->node, at->out,
			"fragment '{{%.*s}}' contains itself, or is nested too deep",
			(int)name.length, name.bytes);
		return false;
	}
	buffer_text(at->into, "(?:");
	bool good = expand(at, node_text(&pack->tree, value), depth + 1);
	buffer_byte(at->into, ')');
	return good;
}

static bool expand(const struct expansion *at, struct slice text, unsigned depth)
{
	for (const char *open; (open = find_in(text, "{{"));) {
		size_t start = (size_t)(open - text.bytes);
		struct slice rest = slice_cut(text, start + 2, text.length);
		const char *close = find_in(rest, "}}");
		if (!close)
			break;
		size_t length = (size_t)(close - rest.bytes);
		buffer_append(at->into, slice_cut(text, 0, start));
		if (!expand_var(at, slice_trim(slice_cut(rest, 0, length)), depth))
			return false;
		text = slice_cut(rest, length + 2, rest.length);
	}
	buffer_append(at->into, text);
	return true;
}

bool pack_expand(struct pack *pack, const struct node *node, struct slice text,
	struct diagnostics *out, struct buffer *into)
{
	struct expansion at = {pack, node, out, into};
	return expand(&at, text, 0);
}

/* ---- Lists in patterns ------------------------------------------------------------------ */

static int longer_first(const void *a, const void *b)
{
	const struct slice *left = a, *right = b;
	if (left->length != right->length)
		return left->length < right->length ? 1 : -1;
	return slice_compare(*left, *right);
}

static void append_escaped(struct buffer *into, struct slice text)
{
	for (size_t i = 0; i < text.length; i++) {
		if (strchr("\\^$.[]|()?*+{}-#", text.bytes[i]))
			buffer_byte(into, '\\');
		if (text.bytes[i] == '\'')
			buffer_text(into, "['’]");
		else if (text.bytes[i] == ' ')
			buffer_text(into, "\\s+");
		else
			buffer_byte(into, text.bytes[i]);
	}
}

static void append_list(
	const struct pack *pack, const struct selector *selector, struct buffer *into)
{
	const struct lexicon *lexicon = pack->lexicon;
	struct slice *items = memory_allocate((lexicon->lexeme_count + 1) * sizeof *items);
	size_t count = 0;
	for (uint32_t i = 0; i < lexicon->lexeme_count; i++)
		if (lexeme_in(lexicon, i, selector))
			items[count++] = (struct slice){lexicon->strings + lexicon->lexemes[i].text,
				lexicon->lexemes[i].length};
	qsort(items, count, sizeof *items, longer_first);
	buffer_text(into, count ? "(?:" : "(?!");
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			buffer_byte(into, '|');
		append_escaped(into, items[i]);
	}
	buffer_byte(into, ')');
	free(items);
}

/* Length of "{given-names[sex=f]}" at the start, or 0: a quantifier or something else. */
static size_t list_reference(struct slice text)
{
	if (text.length < 3 || text.bytes[0] != '{' || text.bytes[1] < 'a' || text.bytes[1] > 'z')
		return 0;
	const char *close = memchr(text.bytes, '}', text.length);
	return close ? (size_t)(close - text.bytes) + 1 : 0;
}

bool pack_expand_lists(struct pack *pack, const struct node *node, struct slice text,
	struct diagnostics *out, struct buffer *into)
{
	for (size_t at = 0; at < text.length;) {
		bool unicode_name = at > 0 && text.bytes[at - 1] != '\\' && at > 1 &&
				    text.bytes[at - 2] == '\\';
		size_t length = unicode_name ? 0 : list_reference(slice_cut(text, at, text.length));
		if (length == 0) {
			buffer_byte(into, text.bytes[at++]);
			continue;
		}
		struct slice id = slice_cut(text, at + 1, at + length - 1);
		struct selector selector = {0};
		if (!lexicon_selector(pack->lexicon, id, &selector)) {
			node_report_at(&pack->tree, node, at, out,
				"no list has the id '%.*s'; add it to 'lists'", (int)id.length,
				id.bytes);
			return false;
		}
		append_list(pack, &selector, into);
		at += length;
	}
	return true;
}

/* ---- Patterns --------------------------------------------------------------------------- */

struct pattern *pack_pattern_text(struct pack *pack, struct slice text, unsigned flags)
{
	struct pattern *pattern = pattern_new(pack->room, text, flags);
	pack->patterns = grow(pack->patterns, &pack->pattern_capacity, pack->pattern_count + 1,
		sizeof(struct pattern *));
	pack->patterns[pack->pattern_count++] = pattern;
	return pattern;
}

static bool is_embedded(const struct pack *pack)
{
	return pack->source.length == 0;
}

/* An error's place in the expanded text is told at its place in the node while nothing before it
 * was put in; else at the node. */
static void report_pattern(struct pack *pack, const struct node *node, struct slice expanded,
	size_t offset, const char *message, struct diagnostics *out)
{
	struct slice text = node_text(&pack->tree, node);
	size_t same = 0;
	while (same < text.length && same < expanded.length &&
		text.bytes[same] == expanded.bytes[same])
		same++;
	node_report_at(&pack->tree, node, offset <= same ? offset : 0, out,
		"pattern does not compile: %s", message);
}

/* "\b" in double quotes is YAML's backspace, not a word boundary. */
static bool holds_no_control(struct pack *pack, const struct node *node, struct diagnostics *out)
{
	struct slice text = node_text(&pack->tree, node);
	for (size_t i = 0; i < text.length; i++) {
		unsigned char byte = (unsigned char)text.bytes[i];
		if (byte >= ' ' && byte != 0x7F)
			continue;
		node_report(&pack->tree, node, out,
			"the pattern holds a control character (%s); write patterns in single "
			"quotes",
			byte == '\b' ? "\"\\b\" in double quotes is a backspace"
				     : "an escape in "
				       "double quotes");
		return false;
	}
	return true;
}

struct pattern *pack_pattern(
	struct pack *pack, const struct node *node, unsigned flags, struct diagnostics *out)
{
	struct buffer expanded = {0};
	struct slice text = node_text(&pack->tree, node);
	size_t offset;
	const char *message;
	struct pattern *pattern = NULL;
	if (holds_no_control(pack, node, out) && pack_expand(pack, node, text, out, &expanded)) {
		pattern = pack_pattern_text(pack, buffer_slice(&expanded), flags);
		if (!is_embedded(pack) && !pattern_compile(pattern, &offset, &message)) {
			report_pattern(pack, node, buffer_slice(&expanded), offset, message, out);
			pattern = NULL;
		}
	}
	buffer_release(&expanded);
	return pattern;
}

/* ---- Selectors and words ---------------------------------------------------------------- */

static const char *list_name(const void *of, size_t i)
{
	const struct lexicon *lexicon = of;
	if (i < lexicon->list_count)
		return lexicon_list_name(lexicon, i);
	i -= lexicon->list_count;
	return i < lexicon->trait_count ? lexicon->strings + lexicon->trait_names[i] : NULL;
}

bool pack_selector(
	struct pack *pack, const struct node *node, struct diagnostics *out, struct selector *into)
{
	struct slice text = node_text(&pack->tree, node);
	if (node->kind == NODE_SCALAR && lexicon_selector(pack->lexicon, text, into))
		return true;
	const char *near = nearest(text, list_name, pack->lexicon);
	node_report(&pack->tree, node, out, "no list has the id '%.*s'; %s%s%sadd it to 'lists'",
		(int)text.length, text.bytes ? text.bytes : "", near ? "did you mean '" : "",
		near ? near : "", near ? "'? else " : "");
	return false;
}

bool pack_selectors(
	struct pack *pack, const struct node *node, struct diagnostics *out, struct selector *into)
{
	bool good = true;
	if (node->kind != NODE_SEQUENCE)
		return pack_selector(pack, node, out, into);
	for (const struct node *item = node_child(&pack->tree, node); item;
		item = node_next(&pack->tree, item))
		good = pack_selector(pack, item, out, into) && good;
	return good;
}

uint32_t pack_word(const struct pack *pack, struct slice word, struct buffer *scratch)
{
	return word_find(pack->words, word, scratch).lexeme;
}

uint32_t pack_word_lower(const struct pack *pack, struct slice word, struct buffer *scratch)
{
	return word_find(pack->words, word, scratch).lower;
}
