#include "byline/schema.h"
#include "schema/builder.h"
#include "schema/values.h"

static bool node_load(
	struct loading *loading, const struct node *value, const struct field *field, void *at)
{
	(void)loading, (void)field;
	const struct node **into = at;
	*into = value;
	return true;
}

static bool struct_load(
	struct loading *loading, const struct node *value, const struct field *field, void *at)
{
	return schema_load(loading, value, field->fields, field->key, at);
}

static bool custom_load(
	struct loading *loading, const struct node *value, const struct field *field, void *at)
{
	return field->load(loading, value, at);
}

static bool (*const loads[])(
	struct loading *loading, const struct node *value, const struct field *field, void *at) = {
	[FIELD_TEXT] = text_load,
	[FIELD_INTEGER] = integer_load,
	[FIELD_NUMBER] = number_load,
	[FIELD_FLAG] = flag_load,
	[FIELD_CHOICE] = choice_load,
	[FIELD_RANGE] = range_load,
	[FIELD_TEXTS] = texts_load,
	[FIELD_NODE] = node_load,
	[FIELD_STRUCT] = struct_load,
	[FIELD_CUSTOM] = custom_load,
};

bool schema_load_value(
	struct loading *loading, const struct node *value, const struct field *field, void *into)
{
	return loads[field->type](loading, value, field, (char *)into + field->offset);
}

static const struct field *field_find(const struct field *fields, struct slice key)
{
	for (const struct field *field = fields; field->key != NULL; field++) {
		if (slice_is(key, field->key))
			return field;
	}
	return NULL;
}

static const char *field_key(const void *of, size_t i)
{
	const struct field *fields = of;
	return fields[i].key;
}

static void unknown_report(struct loading *loading, const struct node *key,
	const struct field *fields, const char *what)
{
	if (loading->out->count == DIAGNOSTICS_KEPT) {
		loading->out->total++; /* nobody will read a suggestion */
		return;
	}
	struct slice text = node_text(loading->tree, key);
	const char *near = nearest(text, field_key, fields);
	if (near != NULL) {
		node_report(loading->tree, key, loading->out,
			"%s has no key '%.*s'; did you mean '%s'?", what, quoted_length(text),
			text.bytes, near);
		return;
	}
	struct buffer known = {0};
	for (const struct field *field = fields; field->key != NULL; field++)
		buffer_format(&known, "%s%s", field == fields ? "" : ", ", field->key);
	node_report(loading->tree, key, loading->out, "%s has no key '%.*s'; known: %s", what,
		quoted_length(text), text.bytes, known.bytes == NULL ? "none" : known.bytes);
	buffer_release(&known);
}

static bool required_check(struct loading *loading, const struct node *mapping,
	const struct field *fields, const char *what)
{
	bool right = true;
	for (const struct field *field = fields; field->key != NULL; field++) {
		if (!field->required || node_value(loading->tree, mapping, field->key) != NULL)
			continue;
		node_report(loading->tree, mapping, loading->out, "%s needs a key '%s'%s%s", what,
			field->key, field->help == NULL ? "" : ": ",
			field->help == NULL ? "" : field->help);
		right = false;
	}
	return right;
}

bool schema_load(struct loading *loading, const struct node *mapping, const struct field *fields,
	const char *what, void *into)
{
	const struct tree *tree = loading->tree;
	if (mapping->kind != NODE_MAPPING) {
		node_report(tree, mapping, loading->out, "%s must be a mapping, not %s", what,
			node_is_null(tree, mapping) ? "empty" : node_kind_name(mapping));
		return false;
	}
	bool right = required_check(loading, mapping, fields, what);
	const struct node *key = node_child(tree, mapping);
	while (key != NULL) {
		const struct node *value = node_next(tree, key);
		const struct field *field = field_find(fields, node_text(tree, key));
		if (field == NULL)
			unknown_report(loading, key, fields, what);
		if (field == NULL || !schema_load_value(loading, value, field, into))
			right = false;
		key = node_next(tree, value);
	}
	return right;
}
