#include "schema/values.h"
#include "schema/builder.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- What is wrong with a value --------------------------------------------------------- */

static bool type_refuse(struct loading *loading, const struct node *value,
	const struct field *field, const char *wanted)
{
	if (value->kind != NODE_SCALAR) {
		node_report(loading->tree, value, loading->out, "'%s' must be %s, not %s",
			field->key, wanted, node_kind_name(value));
		return false;
	}
	struct slice text = node_text(loading->tree, value);
	node_report(loading->tree, value, loading->out, "'%s' must be %s, not '%.*s'%s", field->key,
		wanted, quoted_length(text), text.bytes,
		value->plain ? "" : "; if it is one, remove the quotes");
	return false;
}

/* True where nothing stands behind the key but a comment, as in `style: #ff0000`. */
static bool comment_follows(const struct tree *tree, const struct node *value)
{
	size_t at = value->start;
	while (at < tree->source.length &&
		(tree->source.bytes[at] == ' ' || tree->source.bytes[at] == '\t'))
		at++;
	return value->length == 0 && at < tree->source.length && tree->source.bytes[at] == '#';
}

/* Reports a null; true where the value is none. */
static bool null_refuse(
	struct loading *loading, const struct node *value, const struct field *field)
{
	const struct tree *tree = loading->tree;
	if (!node_is_null(tree, value))
		return false;
	if (comment_follows(tree, value))
		node_report(tree, value, loading->out,
			"'%s' has no value: '#' begins a comment; a value that begins with "
			"# must be quoted",
			field->key);
	else if (value->length > 0)
		node_report(tree, value, loading->out,
			"'%s' has no value: '%s' means none; quote it if the word is meant",
			field->key, node_text(tree, value).bytes);
	else
		node_report(tree, value, loading->out,
			"'%s' has no value; write one or remove the key", field->key);
	return true;
}

/* ---- Texts ------------------------------------------------------------------------------ */

/* The first byte a text should not hold: a control character but tab and line feed; NOWHERE. */
static size_t control_find(struct slice text, uint32_t *code)
{
	for (size_t at = 0, length; at < text.length; at += length) {
		length = utf8_decode(text, at, code);
		if (*code < 0x20 ? *code != '\t' && *code != '\n' : *code >= 0x7F && *code < 0xA0)
			return at;
	}
	return NOWHERE;
}

static bool control_refuse(
	struct loading *loading, const struct node *value, const struct field *field)
{
	uint32_t code = 0;
	if (control_find(node_text(loading->tree, value), &code) == NOWHERE)
		return false;
	if (code == '\b')
		node_report(loading->tree, value, loading->out,
			"'%s' holds a backspace, which is what \"\\b\" means in double "
			"quotes; write patterns in single quotes",
			field->key);
	else
		node_report(loading->tree, value, loading->out,
			"'%s' holds the control character U+%04X; remove it, and write "
			"patterns in single quotes",
			field->key, (unsigned)code);
	return true;
}

static bool text_check(struct loading *loading, const struct node *value, const struct field *field)
{
	return !null_refuse(loading, value, field) && !control_refuse(loading, value, field);
}

bool text_load(
	struct loading *loading, const struct node *value, const struct field *field, void *at)
{
	if (value->kind != NODE_SCALAR)
		return type_refuse(loading, value, field, "a text");
	if (!text_check(loading, value, field))
		return false;
	struct slice *into = at;
	*into = node_text(loading->tree, value);
	return true;
}

static bool item_check(struct loading *loading, const struct node *item, const struct field *field)
{
	if (item->kind == NODE_SCALAR)
		return text_check(loading, item, field);
	node_report(loading->tree, item, loading->out, "each item of '%s' must be a text, not %s",
		field->key, node_kind_name(item));
	return false;
}

bool texts_load(
	struct loading *loading, const struct node *value, const struct field *field, void *at)
{
	const struct tree *tree = loading->tree;
	bool list = value->kind == NODE_SEQUENCE, right = true;
	if (value->kind == NODE_MAPPING)
		return type_refuse(loading, value, field, "a list of texts");
	size_t room = list ? value->count : 1, count = 0;
	struct slice *items = arena_allocate(loading->arena, room * sizeof *items);
	const struct node **nodes = arena_allocate(loading->arena, room * sizeof(struct node *));
	const struct node *node = list ? node_child(tree, value) : value;
	for (; node != NULL; node = list ? node_next(tree, node) : NULL) {
		if (!item_check(loading, node, field)) {
			right = false;
			continue;
		}
		items[count] = node_text(tree, node);
		nodes[count++] = node;
	}
	struct texts *into = at;
	*into = (struct texts){items, nodes, count};
	return right;
}

/* ---- Numbers ---------------------------------------------------------------------------- */

static size_t digits_end(struct slice text, size_t at)
{
	while (at < text.length && text.bytes[at] >= '0' && text.bytes[at] <= '9')
		at++;
	return at;
}

static bool byte_is(struct slice text, size_t at, const char *bytes)
{
	return at < text.length && text.bytes[at] != '\0' && strchr(bytes, text.bytes[at]) != NULL;
}

/* Decimal digits, no leading zero: 010 is eight in YAML 1.1 and ten to most people. */
static bool is_whole(struct slice text)
{
	size_t start = byte_is(text, 0, "+-");
	size_t end = digits_end(text, start);
	return end > start && end == text.length && (end == start + 1 || text.bytes[start] != '0');
}

static bool is_number(struct slice text)
{
	size_t start = byte_is(text, 0, "+-");
	size_t end = digits_end(text, start), digits = end - start;
	if (byte_is(text, end, ".")) {
		size_t fraction = digits_end(text, end + 1);
		digits += fraction - end - 1;
		end = fraction;
	}
	if (digits > 0 && byte_is(text, end, "eE")) {
		size_t power = end + 1 + byte_is(text, end + 1, "+-");
		end = digits_end(text, power);
		if (end == power)
			return false;
	}
	return digits > 0 && end == text.length;
}

static bool bounds_refuse(
	struct loading *loading, const struct node *value, const struct field *field, double number)
{
	if (!(field->low < field->high) || (number >= field->low && number <= field->high))
		return false;
	node_report(loading->tree, value, loading->out, "'%s' must lie from %.15g to %.15g",
		field->key, field->low, field->high);
	return true;
}

bool integer_load(
	struct loading *loading, const struct node *value, const struct field *field, void *at)
{
	struct slice text = node_text(loading->tree, value);
	if (value->kind == NODE_SCALAR && null_refuse(loading, value, field))
		return false;
	if (value->kind != NODE_SCALAR || !value->plain || !is_whole(text))
		return type_refuse(loading, value, field, "a whole number");
	errno = 0;
	long long number = strtoll(text.bytes, NULL, 10);
	if (errno == ERANGE) {
		node_report(loading->tree, value, loading->out, "'%s' is too large a number",
			field->key);
		return false;
	}
	if (bounds_refuse(loading, value, field, (double)number))
		return false;
	int64_t *into = at;
	*into = number;
	return true;
}

bool number_load(
	struct loading *loading, const struct node *value, const struct field *field, void *at)
{
	struct slice text = node_text(loading->tree, value);
	if (value->kind == NODE_SCALAR && null_refuse(loading, value, field))
		return false;
	if (value->kind != NODE_SCALAR || !value->plain || !is_number(text))
		return type_refuse(loading, value, field, "a number");
	double number = strtod(text.bytes, NULL); /* the program never sets LC_NUMERIC */
	if (!isfinite(number)) {
		node_report(loading->tree, value, loading->out, "'%s' is too large a number",
			field->key);
		return false;
	}
	if (bounds_refuse(loading, value, field, number))
		return false;
	double *into = at;
	*into = number;
	return true;
}

/* The number from `at` to `end`; -1 where it has no digits or too many. */
static int64_t part_read(struct slice text, size_t at, size_t end)
{
	if (end == at || end - at > 9)
		return -1;
	int64_t number = 0;
	for (; at < end; at++)
		number = number * 10 + (text.bytes[at] - '0');
	return number;
}

bool range_load(
	struct loading *loading, const struct node *value, const struct field *field, void *at)
{
	if (value->kind == NODE_SCALAR && null_refuse(loading, value, field))
		return false;
	struct slice text = node_text(loading->tree, value);
	size_t middle = digits_end(text, 0), end = middle;
	struct range range = {part_read(text, 0, middle), part_read(text, 0, middle)};
	if (byte_is(text, middle, "-")) {
		end = digits_end(text, middle + 1);
		range.high = part_read(text, middle + 1, end);
	}
	if (value->kind != NODE_SCALAR || end != text.length || range.low < 0 || range.high < 0)
		return type_refuse(loading, value, field, "a range such as 2-5, or a number");
	if (range.low > range.high) {
		node_report(loading->tree, value, loading->out,
			"'%s' begins above its end; write the smaller number first", field->key);
		return false;
	}
	struct range *into = at;
	*into = range;
	return true;
}

/* ---- Words with a meaning --------------------------------------------------------------- */

/* What YAML 1.1 takes for flags and this program does not; each means the flag behind it. */
static const struct {
	const char *word;
	const char *meaning;
} flag_words[] = {
	{"yes", "true"},
	{"Yes", "true"},
	{"YES", "true"},
	{"on", "true"},
	{"On", "true"},
	{"ON", "true"},
	{"y", "true"},
	{"Y", "true"},
	{"True", "true"},
	{"TRUE", "true"},
	{"no", "false"},
	{"No", "false"},
	{"NO", "false"},
	{"off", "false"},
	{"Off", "false"},
	{"OFF", "false"},
	{"n", "false"},
	{"N", "false"},
	{"False", "false"},
	{"FALSE", "false"},
};

bool flag_load(
	struct loading *loading, const struct node *value, const struct field *field, void *at)
{
	struct slice text = node_text(loading->tree, value);
	if (value->kind == NODE_SCALAR && null_refuse(loading, value, field))
		return false;
	bool flag = slice_is(text, "true");
	if (value->plain && (flag || slice_is(text, "false"))) {
		bool *into = at;
		*into = flag;
		return true;
	}
	for (size_t i = 0; i < sizeof flag_words / sizeof *flag_words; i++) {
		if (value->kind == NODE_SCALAR && slice_is(text, flag_words[i].word)) {
			node_report(loading->tree, value, loading->out,
				"'%s' must be true or false; write '%s' as %s", field->key,
				flag_words[i].word, flag_words[i].meaning);
			return false;
		}
	}
	return type_refuse(loading, value, field, "true or false");
}

static bool choice_refuse(
	struct loading *loading, const struct node *value, const struct field *field)
{
	struct slice text = node_text(loading->tree, value);
	struct buffer known = {0};
	size_t count = 0;
	for (; field->choices[count] != NULL; count++)
		buffer_format(&known, "%s%s", count == 0 ? "" : ", ", field->choices[count]);
	const char *near = nearest_of(text, field->choices, count);
	node_report(loading->tree, value, loading->out, "'%s' cannot be '%.*s'; %s%s%sknown: %s",
		field->key, quoted_length(text), text.bytes, near == NULL ? "" : "did you mean '",
		near == NULL ? "" : near, near == NULL ? "" : "'? ",
		known.bytes == NULL ? "none" : known.bytes);
	buffer_release(&known);
	return false;
}

bool choice_load(
	struct loading *loading, const struct node *value, const struct field *field, void *at)
{
	if (value->kind != NODE_SCALAR)
		return type_refuse(loading, value, field, "a word");
	if (!text_check(loading, value, field))
		return false;
	struct slice text = node_text(loading->tree, value);
	for (int i = 0; field->choices[i] != NULL; i++) {
		if (slice_is(text, field->choices[i])) {
			int *into = at;
			*into = i;
			return true;
		}
	}
	return choice_refuse(loading, value, field);
}
