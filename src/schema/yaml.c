/* YAML with places, from libyaml's events.
 *
 * libyaml counts code points; we need bytes as well, to show lines and to change a file in place.
 * Events come in the order of the text, so a cursor that only goes forward turns one into the
 * other. The document loader of libyaml is not used: it has no limits and keeps no order of errors.
 */
#include "schema/builder.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* How many bytes of a byte-order mark precede what libyaml sees. */
static size_t mark_length(struct slice source)
{
	return slice_starts(source, "\xEF\xBB\xBF") ? 3 : 0;
}

struct cursor {
	size_t index; /* code points since the byte-order mark */
	size_t byte;
	uint32_t line, column; /* from 1 */
};

struct reader {
	yaml_parser_t parser;
	struct builder builder;
	struct cursor cursor;
	bool seen; /* a document has begun */
};

static void cursor_step(struct cursor *cursor, struct slice source)
{
	uint32_t code;
	cursor->byte += utf8_decode(source, cursor->byte, &code);
	cursor->index++;
	cursor->column++;
	bool breaks = code == '\n';
	if (code == '\r')
		breaks = cursor->byte == source.length || source.bytes[cursor->byte] != '\n';
	if (breaks) {
		cursor->line++;
		cursor->column = 1;
	}
}

static void cursor_go(struct cursor *cursor, struct slice source, size_t index)
{
	while (cursor->index < index && cursor->byte < source.length)
		cursor_step(cursor, source);
}

/* Past "&name " before a scalar, which belongs to the mark libyaml gives. */
static void cursor_pass_anchor(struct cursor *cursor, struct slice source)
{
	const char *blanks = " \t", *ends = " \t\r\n";
	size_t end = cursor->byte;
	while (end < source.length && strchr(ends, source.bytes[end]) == NULL)
		end++;
	while (end < source.length && strchr(blanks, source.bytes[end]) != NULL)
		end++;
	while (cursor->byte < end)
		cursor_step(cursor, source);
}

static struct cursor cursor_start(struct slice source)
{
	return (struct cursor){.byte = mark_length(source), .line = 1, .column = 1};
}

static size_t byte_of(const struct reader *reader, size_t index)
{
	struct cursor cursor = cursor_start(reader->builder.source);
	cursor_go(&cursor, reader->builder.source, index);
	return cursor.byte;
}

/* ---- Syntax errors ---------------------------------------------------------------------- */

enum pointing { AT_PROBLEM, AT_CONTEXT, NAMING_CONTEXT };

/* What libyaml says and what a person can do about it. */
static const struct {
	const char *problem;
	enum pointing pointing;
	const char *message;
} problems[] = {
	{"found unknown escape character", AT_PROBLEM,
		"this escape means nothing in double quotes; write patterns in "
		"single quotes"},
	{"mapping values are not allowed in this context", AT_PROBLEM,
		"a ':' cannot stand here; check the indentation, or quote a text "
		"that holds ': '"},
	{"did not find expected key", AT_PROBLEM,
		"this does not fit the mapping above; check indentation and quotes"},
	{"did not find expected '-' indicator", AT_PROBLEM,
		"this does not fit the list above; check the indentation"},
	{"did not find expected ',' or ']'", NAMING_CONTEXT, "a ',' or a ']' is missing: the list"},
	{"did not find expected ',' or '}'", NAMING_CONTEXT,
		"a ',' or a '}' is missing: the mapping"},
	{"found unexpected end of stream", AT_CONTEXT,
		"the quotes that open here are never closed"},
	{"found unexpected document indicator", AT_CONTEXT,
		"the quotes that open here are never closed"},
	{"could not find expected ':'", AT_CONTEXT,
		"this key has no ':' behind it; quote a text that runs over lines"},
	{"did not find expected node content", AT_PROBLEM,
		"a value is missing here; quote a text that begins with a sign"},
	{"block sequence entries are not allowed in this context", AT_PROBLEM,
		"a '-' cannot begin a list here; put it on a line of its own"},
	{"found character that cannot start any token", AT_PROBLEM,
		"a text cannot begin with this character; quote the text"},
	{"found a tab character that violates indentation", AT_PROBLEM,
		"a tab cannot indent; use blanks"},
	{"did not find expected <document start>", AT_PROBLEM,
		"the value above was complete; remove what follows or indent it"},
	{"found unexpected non-alphabetical character", AT_PROBLEM,
		"a line that begins with '%' is a directive; quote the text"},
	{"found incompatible YAML document", AT_PROBLEM,
		"only YAML 1.1 and 1.2 are read; remove this line"},
	{"did not find expected alphabetic or numeric character", AT_CONTEXT,
		"an anchor's name is missing; quote a text that begins with '*' or '&'"},
	{"control characters are not allowed", AT_PROBLEM,
		"a control character cannot stand here; remove it, or write it as "
		"an escape"},
	{"invalid leading UTF-8 octet", AT_PROBLEM, "this is not UTF-8; save it as UTF-8"},
	{"invalid trailing UTF-8 octet", AT_PROBLEM, "this is not UTF-8; save it as UTF-8"},
	{"incomplete UTF-8 octet sequence", AT_PROBLEM, "this is not UTF-8; save it as UTF-8"},
	{"invalid length of a UTF-8 sequence", AT_PROBLEM, "this is not UTF-8; save it as UTF-8"},
	{"invalid Unicode character", AT_PROBLEM, "this is not UTF-8; save it as UTF-8"},
};

static bool at_tab(struct slice source, size_t at)
{
	return at < source.length && source.bytes[at] == '\t';
}

/* A '#' behind a blank between two bytes: what follows it was not read. */
static bool comment_lies(struct slice source, size_t start, size_t end)
{
	for (size_t at = start; at + 1 < end; at++) {
		if (source.bytes[at] == ' ' && source.bytes[at + 1] == '#')
			return true;
	}
	return false;
}

/* A bracket that was never closed, or closed inside a comment. */
static void bracket_report(
	const struct builder *builder, size_t at, size_t opening, const char *message)
{
	struct slice source = builder->source;
	struct place place = text_place(source, opening);
	diagnostics_point(builder->out, builder->path, source, at,
		"%s opens at line %zu, column %zu%s", message, place.line, place.column,
		comment_lies(source, opening, at)
			? "; '#' begins a comment, quote a value that begins with it"
			: "");
}

static void problem_report(const struct reader *reader)
{
	const yaml_parser_t *parser = &reader->parser;
	const struct builder *builder = &reader->builder;
	struct slice source = builder->source;
	size_t at = byte_of(reader, parser->problem_mark.index);
	size_t opening = byte_of(reader, parser->context_mark.index);
	if (parser->error == YAML_READER_ERROR)
		at = parser->problem_offset + mark_length(source);
	const char *problem = parser->problem == NULL ? "this is not YAML" : parser->problem;
	if (parser->error == YAML_SCANNER_ERROR && at_tab(source, at))
		problem = "found a tab character that violates indentation";
	size_t i = 0, count = sizeof problems / sizeof *problems;
	while (i < count && strcmp(problems[i].problem, problem) != 0)
		i++;
	const char *message = i < count ? problems[i].message : problem;
	enum pointing pointing = i < count ? problems[i].pointing : AT_PROBLEM;
	if (pointing == NAMING_CONTEXT)
		bracket_report(builder, at, opening, message);
	else
		diagnostics_point(builder->out, builder->path, source,
			pointing == AT_CONTEXT ? opening : at, "%s", message);
}

/* ---- Events ----------------------------------------------------------------------------- */

static struct node shape_of(struct reader *reader, const yaml_event_t *event)
{
	struct slice source = reader->builder.source;
	cursor_go(&reader->cursor, source, event->start_mark.index);
	struct cursor end = reader->cursor;
	cursor_go(&end, source, event->end_mark.index);
	return (struct node){
		.line = reader->cursor.line,
		.column = reader->cursor.column,
		.start = (uint32_t)reader->cursor.byte,
		.end = (uint32_t)end.byte,
	};
}

static void tag_refuse(struct reader *reader, const struct node *shape, const yaml_char_t *tag)
{
	if (tag == NULL)
		return;
	struct tree view = builder_view(&reader->builder);
	struct slice text = slice_of((const char *)tag);
	const char *core = "tag:yaml.org,2002:"; /* what !! stands for */
	bool is_core = slice_starts(text, core);
	if (is_core)
		text = slice_cut(text, strlen(core), text.length);
	node_report(&view, shape, reader->builder.out,
		"the tag '%s%.*s' has no meaning here; remove it, or quote the text",
		is_core ? "!!" : "", quoted_length(text), text.bytes);
}

static bool scalar_read(struct reader *reader, const yaml_event_t *event)
{
	struct node shape = shape_of(reader, event);
	const char *anchor = (const char *)event->data.scalar.anchor;
	if (anchor != NULL) {
		struct cursor past = reader->cursor;
		cursor_pass_anchor(&past, reader->builder.source);
		shape.start = (uint32_t)past.byte;
		shape.column = past.column;
		if (shape.end < shape.start)
			shape.end = shape.start;
	}
	tag_refuse(reader, &shape, event->data.scalar.tag);
	shape.kind = NODE_SCALAR;
	shape.plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
		      event->data.scalar.tag == NULL;
	struct slice text = {(const char *)event->data.scalar.value, event->data.scalar.length};
	return builder_scalar(&reader->builder, &shape, text, anchor);
}

static bool collection_open(struct reader *reader, const yaml_event_t *event, enum node_kind kind)
{
	bool mapping = kind == NODE_MAPPING;
	struct node shape = shape_of(reader, event);
	shape.kind = (uint8_t)kind;
	tag_refuse(reader, &shape,
		mapping ? event->data.mapping_start.tag : event->data.sequence_start.tag);
	const yaml_char_t *anchor =
		mapping ? event->data.mapping_start.anchor : event->data.sequence_start.anchor;
	return builder_open(&reader->builder, &shape, (const char *)anchor);
}

/* A block collection's end stands where the next thing begins; only a flow one has a bracket. */
static bool collection_close(struct reader *reader, const yaml_event_t *event)
{
	bool flow = event->end_mark.index > event->start_mark.index;
	struct node shape = shape_of(reader, event);
	return builder_close(&reader->builder, flow ? shape.end : 0);
}

static bool document_begin(struct reader *reader, const yaml_event_t *event, bool *done)
{
	if (reader->seen) {
		struct tree view = builder_view(&reader->builder);
		struct node shape = shape_of(reader, event);
		node_report(&view, &shape, reader->builder.out,
			"a second document begins here; only the first is read");
		*done = true;
	}
	reader->seen = true;
	return true;
}

static bool event_take(struct reader *reader, const yaml_event_t *event, bool *done)
{
	struct node shape;
	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		return document_begin(reader, event, done);
	case YAML_SCALAR_EVENT:
		return scalar_read(reader, event);
	case YAML_ALIAS_EVENT:
		shape = shape_of(reader, event);
		return builder_alias(
			&reader->builder, &shape, (const char *)event->data.alias.anchor);
	case YAML_SEQUENCE_START_EVENT:
		return collection_open(reader, event, NODE_SEQUENCE);
	case YAML_MAPPING_START_EVENT:
		return collection_open(reader, event, NODE_MAPPING);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return collection_close(reader, event);
	case YAML_STREAM_END_EVENT:
		*done = true;
		return true;
	default:
		return true;
	}
}

static bool events_take(struct reader *reader)
{
	for (bool done = false; !done;) {
		yaml_event_t event;
		if (!yaml_parser_parse(&reader->parser, &event)) {
			if (reader->parser.error == YAML_MEMORY_ERROR)
				memory_exhausted();
			problem_report(reader);
			return false;
		}
		bool taken = event_take(reader, &event, &done);
		yaml_event_delete(&event);
		if (!taken)
			return false;
	}
	return true;
}

/* An empty file is one null. */
static bool root_ensure(struct builder *builder)
{
	if (builder->count > 0)
		return true;
	struct node shape = {.kind = NODE_SCALAR, .plain = true, .line = 1, .column = 1};
	return builder_scalar(builder, &shape, (struct slice){0}, NULL);
}

static void tree_keep(const struct builder *builder, struct arena *arena, struct tree *tree)
{
	*tree = builder_view(builder);
	size_t size = builder->count * sizeof *builder->nodes;
	struct node *nodes = arena_allocate(arena, size);
	memcpy(nodes, builder->nodes, size);
	tree->nodes = nodes;
	tree->strings = arena_slice(arena, buffer_slice(&builder->strings)).bytes;
}

bool yaml_read(struct slice source, const char *path, struct arena *arena, struct tree *tree,
	struct diagnostics *out)
{
	if (source.length > YAML_BYTES) {
		diagnostics_report(out, path, 0, 0,
			"it is larger than %u MiB, the most that is read; split it",
			YAML_BYTES >> 20);
		return false;
	}
	struct reader reader = {.cursor = cursor_start(source)};
	reader.builder.path = path;
	reader.builder.source = source;
	reader.builder.out = out;
	builder_init(&reader.builder);
	if (!yaml_parser_initialize(&reader.parser))
		memory_exhausted();
	struct slice text = slice_cut(source, mark_length(source), source.length);
	const char *bytes = text.bytes == NULL ? "" : text.bytes;
	yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&reader.parser, (const unsigned char *)bytes, text.length);
	bool made = events_take(&reader) && root_ensure(&reader.builder);
	if (made)
		tree_keep(&reader.builder, arena, tree);
	yaml_parser_delete(&reader.parser);
	builder_release(&reader.builder);
	return made;
}
