/* Reading a row pattern into pieces; see row_pattern.h. */
#include <stdlib.h>
#include <string.h>

#include "rules/row_nodes.h"

struct reading {
	struct row_language *language;
	struct row_pattern *pattern;
	struct pieces *pieces;
	struct diagnostics *out;
	const struct node *node;
	struct slice text;
	size_t at;
	int depth;
	struct atoms class; /* what is inside of one */
	size_t class_at;
	bool inside, refuses; /* a class, one of `[^` */
	bool failed;
};

/* ---- Reading ---------------------------------------------------------------------------- */

__attribute__((format(printf, 3, 4))) static void complain(
	struct reading *reading, size_t byte, const char *format, ...)
{
	struct buffer message = {0};
	va_list arguments;
	va_start(arguments, format);
	buffer_format_list(&message, format, arguments);
	va_end(arguments);
	node_report_at(&reading->language->pack->tree, reading->node, byte, reading->out, "%s",
		message.bytes);
	buffer_release(&message);
	reading->failed = true;
}

static struct piece *add_piece(struct reading *reading, enum piece_kind kind)
{
	struct pieces *pieces = reading->pieces;
	pieces->items =
		grow(pieces->items, &pieces->capacity, pieces->count + 1, sizeof *pieces->items);
	struct piece *piece = &pieces->items[pieces->count++];
	*piece = (struct piece){
		.kind = (uint8_t)kind, .node = reading->node, .byte = (uint32_t)reading->at};
	return piece;
}

static void add_predicate(struct reading *reading, const struct atoms *atoms, bool refuses)
{
	uint16_t predicate = row_predicate(reading->language, atoms);
	if (predicate == NO_PREDICATE) {
		complain(reading, reading->at, "rule names more than %d different tokens",
			ROW_PREDICATES);
		return;
	}
	struct piece *piece = add_piece(reading, PIECE_TOKEN);
	piece->predicate = predicate;
	piece->refuses = refuses;
}

static void add_token(struct reading *reading, const struct atoms *atoms)
{
	if (reading->inside)
		atoms_join(&reading->class, atoms);
	else
		add_predicate(reading, atoms, false);
}

static void add_named(struct reading *reading, struct slice name)
{
	struct atoms atoms = {0};
	uint32_t atom = atom_add(reading->language->table, name);
	if (atom == NO_ATOM) {
		complain(reading, reading->at, "rule names more than %zu atoms and words", ATOMS);
		return;
	}
	atoms_add(&atoms, atom);
	add_token(reading, &atoms);
}

/* ---- Atoms ---- */

static const struct atom_alias *find_alias(const struct row_language *language, struct slice name)
{
	for (size_t i = 0; i < language->alias_count; i++)
		if (slice_equal(language->aliases[i].name, name))
			return &language->aliases[i];
	return NULL;
}

/* Names to choose from, for the remedy: atoms without words, then aliases. */
static const char *name_to_offer(const void *of, size_t i)
{
	const struct row_language *language = of;
	for (uint32_t atom = 0; atom_name(language->table, atom); atom++) {
		if (atom_name(language->table, atom)[0] == '=')
			continue;
		if (i-- == 0)
			return atom_name(language->table, atom);
	}
	return i < language->alias_count ? language->aliases[i].name.bytes : NULL;
}

static void unknown_atom(struct reading *reading, struct slice name, size_t at)
{
	const char *near = nearest(name, name_to_offer, reading->language);
	if (near)
		complain(reading, at, "no atom '<%.*s>'; did you mean '<%s>'?", (int)name.length,
			name.bytes, near);
	else
		complain(reading, at,
			"no atom or alias '<%.*s>'; name it in classes, suffixes, aliases or a "
			"fold",
			(int)name.length, name.bytes);
}

static bool is_sign(struct slice name)
{
	uint32_t code;
	return name.length > 0 && utf8_decode(name, 0, &code) == name.length &&
	       code_class(code) == LETTER_NONE;
}

/* The sign that all dashes are. */
static struct slice plain_sign(struct slice sign)
{
	uint32_t code = 0;
	utf8_decode(sign, 0, &code);
	return code == '-' || (code >= 0x2010 && code <= 0x2015) ? slice_of("\xE2\x80\x94") : sign;
}

static void read_atom(struct reading *reading)
{
	size_t start = reading->at, end = start + 1;
	while (end < reading->text.length && reading->text.bytes[end] != '>' &&
		!code_is_space((uint8_t)reading->text.bytes[end]))
		end++;
	struct slice name = slice_cut(reading->text, start + 1, end);
	if (end == reading->text.length || reading->text.bytes[end] != '>' || name.length == 0) {
		complain(reading, start, "'<' begins an atom, such as <P>, and wants its '>'");
		reading->at = reading->text.length;
		return;
	}
	const struct atom_alias *alias = find_alias(reading->language, name);
	if (alias)
		add_token(reading, &alias->atoms);
	else if (is_sign(name))
		add_named(reading, plain_sign(name));
	else if (atom_find(reading->language->table, name) != NO_ATOM)
		add_named(reading, name);
	else
		unknown_atom(reading, name, start);
	reading->at = end + 1;
}

/* ---- Words and signs ---- */

static bool is_letter(enum letter_class class)
{
	return class != LETTER_NONE && class != LETTER_DIGIT;
}

static size_t word_length(struct slice text, size_t at)
{
	size_t length = 0;
	while (at + length < text.length) {
		uint32_t code;
		size_t step = utf8_decode(text, at + length, &code);
		bool joins = length > 0 && (code == '\'' || code == 0x2019 || code == '-');
		if (!joins && !is_letter(code_class(code)))
			break;
		length += step;
	}
	return length;
}

static void read_word(struct reading *reading, size_t length)
{
	struct buffer folded = {0}, name = {0};
	text_fold(slice_cut(reading->text, reading->at, reading->at + length), &folded);
	buffer_byte(&name, '=');
	text_lower(buffer_slice(&folded), &name);
	add_named(reading, buffer_slice(&name));
	buffer_release(&folded);
	buffer_release(&name);
	reading->at += length;
}

static void read_sign(struct reading *reading)
{
	uint32_t code;
	size_t length = utf8_decode(reading->text, reading->at, &code);
	struct slice sign = slice_cut(reading->text, reading->at, reading->at + length);
	if (code_class(code) == LETTER_DIGIT)
		complain(reading, reading->at, "a number is '<NUM>' in a row, whatever its digits");
	else
		add_named(reading, plain_sign(sign));
	reading->at += length;
}

static void read_escaped(struct reading *reading)
{
	reading->at++;
	uint32_t code = 0;
	if (reading->at < reading->text.length)
		utf8_decode(reading->text, reading->at, &code);
	if (code == 0 || code_is_space(code) || code_class(code) != LETTER_NONE) {
		complain(reading, reading->at - 1,
			"in a row '\\' stands before a sign only, as in '\\('; tokens are '<…>'");
		reading->at++;
		return;
	}
	read_sign(reading);
}

/* ---- Groups and quantities ---- */

struct group_form {
	const char *opening;
	bool looks, behind, refuses, atomic;
};
static const struct group_form group_forms[] = {
	{.opening = "(?:"},
	{.opening = "(?=", .looks = true},
	{.opening = "(?!", .looks = true, .refuses = true},
	{.opening = "(?<=", .looks = true, .behind = true},
	{.opening = "(?<!", .looks = true, .behind = true, .refuses = true},
	{.opening = "(?>", .atomic = true},
};

struct group_name {
	const char *name;
	enum row_group meaning;
};
static const struct group_name group_names[] = {
	{"speaker", ROW_SPEAKER},
	{"speaker2", ROW_SPEAKER},
	{"speaker3", ROW_SPEAKER},
	{"head", ROW_HEAD},
	{"head2", ROW_HEAD},
	{"cue", ROW_CUE},
};
#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const char *group_to_offer(const void *of, size_t i)
{
	(void)of;
	return i < COUNT(group_names) ? group_names[i].name : NULL;
}

static void add_group(struct reading *reading, enum row_group meaning)
{
	struct row_pattern *pattern = reading->pattern;
	if (pattern->group_count == PATTERN_GROUPS) {
		complain(reading, reading->at, "pattern has more than %d groups", PATTERN_GROUPS);
		return;
	}
	pattern->groups[pattern->group_count++] = (uint8_t)meaning;
	add_piece(reading, PIECE_OPEN)->group = (uint8_t)pattern->group_count;
}

static void read_named_group(struct reading *reading, size_t start)
{
	size_t end = start;
	while (end < reading->text.length && reading->text.bytes[end] != '>')
		end++;
	struct slice name = slice_cut(reading->text, start, end);
	for (size_t i = 0; i < COUNT(group_names); i++) {
		if (!slice_is(name, group_names[i].name))
			continue;
		add_group(reading, group_names[i].meaning);
		reading->at = end + 1;
		return;
	}
	const char *near = nearest(name, group_to_offer, NULL);
	complain(reading, reading->at,
		"no group '%.*s' in a row; groups are speaker, head and cue%s%s%s",
		(int)name.length, name.bytes, near ? "; did you mean '" : "", near ? near : "",
		near ? "'?" : "");
	reading->at = end + 1;
}

static void read_group(struct reading *reading)
{
	struct slice rest = slice_cut(reading->text, reading->at, reading->text.length);
	for (size_t i = 0; i < COUNT(group_forms); i++) {
		if (!slice_starts(rest, group_forms[i].opening))
			continue;
		struct piece *piece = add_piece(reading, PIECE_OPEN);
		piece->looks = group_forms[i].looks;
		piece->behind = group_forms[i].behind;
		piece->refuses = group_forms[i].refuses;
		piece->atomic = group_forms[i].atomic;
		reading->at += strlen(group_forms[i].opening);
		return;
	}
	if (slice_starts(rest, "(?<"))
		read_named_group(reading, reading->at + 3);
	else if (slice_starts(rest, "(?P<"))
		read_named_group(reading, reading->at + 4);
	else if (slice_starts(rest, "(?")) {
		complain(reading, reading->at,
			"a group in a row is '(…)', '(?:…)', '(?<speaker>…)' or a look around");
		reading->at += 2;
	} else {
		add_piece(reading, PIECE_OPEN);
		reading->at++;
	}
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* Length of "{2}", "{2,}", "{0,5}" or "{,5}"; 0: it is none. */
static size_t bounds_length(struct slice text, size_t at)
{
	size_t end = at + 1;
	while (end < text.length && (is_digit(text.bytes[end]) || text.bytes[end] == ','))
		end++;
	return end < text.length && text.bytes[end] == '}' && end > at + 1 ? end + 1 - at : 0;
}

/* No row is as long as the largest number. */
static uint16_t read_number(struct slice text, size_t *at)
{
	unsigned number = 0;
	for (; *at < text.length && is_digit(text.bytes[*at]); ++*at) {
		number = number * 10 + (unsigned)(text.bytes[*at] - '0');
		number = number < MANY ? number : MANY - 1;
	}
	return (uint16_t)number;
}

static void read_bounds(const struct reading *reading, struct piece *piece)
{
	size_t at = reading->at + 1;
	piece->low = piece->high = read_number(reading->text, &at);
	if (reading->text.bytes[at] != ',')
		return;
	at++;
	piece->high = is_digit(reading->text.bytes[at]) ? read_number(reading->text, &at) : MANY;
}

static void read_quantity(struct reading *reading)
{
	char sign = reading->text.bytes[reading->at];
	size_t length = sign == '{' ? bounds_length(reading->text, reading->at) : 1;
	if (length == 0) {
		complain(reading, reading->at, "'{' wants bounds such as '{0,5}', or is '\\{'");
		reading->at++;
		return;
	}
	size_t end = reading->at + length;
	struct piece *piece = add_piece(reading, PIECE_QUANTITY);
	piece->low = sign == '+';
	piece->high = sign == '?' ? 1 : MANY;
	if (sign == '{')
		read_bounds(reading, piece);
	piece->lazy = end < reading->text.length && reading->text.bytes[end] == '?';
	piece->atomic = end < reading->text.length && reading->text.bytes[end] == '+';
	reading->at = end + (piece->lazy || piece->atomic);
}

/* ---- Vars ---- */

static void read_text(struct reading *reading);

static const struct node *find_var(const struct row_language *language, const char *name)
{
	const struct tree *tree = &language->pack->tree;
	const struct node *found = language->vars ? node_value(tree, language->vars, name) : NULL;
	if (!found && language->pack->vars)
		found = node_value(tree, language->pack->vars, name);
	return found;
}

static void put_in(struct reading *reading, const struct node *var)
{
	struct reading outer = *reading;
	add_piece(reading, PIECE_OPEN);
	reading->node = var;
	reading->text = node_text(&reading->language->pack->tree, var);
	reading->at = 0;
	reading->depth++;
	read_text(reading);
	reading->node = outer.node;
	reading->text = outer.text;
	reading->at = outer.at;
	reading->depth--;
	add_piece(reading, PIECE_CLOSE);
}

static void read_var(struct reading *reading)
{
	size_t start = reading->at, end = start + 2;
	while (end < reading->text.length && reading->text.bytes[end] != '}')
		end++;
	struct slice name = slice_trim(slice_cut(reading->text, start + 2, end));
	char *key = arena_text(reading->language->pack->arena, name);
	const struct node *var = find_var(reading->language, key);
	if (!var || var->kind != NODE_SCALAR) {
		complain(reading, start, "no fragment '%s'; name it under vars", key);
	} else if (reading->depth == VAR_DEPTH) {
		complain(reading, start, "fragment '%s' holds itself, or others deeper than %d",
			key, VAR_DEPTH);
	} else {
		put_in(reading, var);
	}
	reading->at = end + 2 < reading->text.length ? end + 2 : reading->text.length;
}

/* ---- One after the other ---- */

static void end_class(struct reading *reading)
{
	if (atoms_are_none(&reading->class))
		complain(reading, reading->class_at, "'[' wants tokens");
	else if (atoms_have(&reading->class, reading->language->candidate))
		complain(reading, reading->class_at, "<C> cannot stand in a class");
	else
		add_predicate(reading, &reading->class, reading->refuses);
	reading->inside = false;
	reading->at++;
}

static void begin_class(struct reading *reading)
{
	reading->class_at = reading->at++;
	reading->class = (struct atoms){0};
	reading->refuses =
		reading->at < reading->text.length && reading->text.bytes[reading->at] == '^';
	reading->at += reading->refuses;
	reading->inside = true;
}

static void read_outside(struct reading *reading, char byte)
{
	switch (byte) {
	case '(':
		read_group(reading);
		return;
	case '*':
	case '+':
	case '?':
	case '{':
		read_quantity(reading);
		return;
	case '|':
		add_piece(reading, PIECE_OR);
		break;
	case ')':
		add_piece(reading, PIECE_CLOSE);
		break;
	case '.':
		add_piece(reading, PIECE_ANY);
		break;
	case '^':
		add_piece(reading, PIECE_START);
		break;
	case '$':
		add_piece(reading, PIECE_END);
		break;
	default:
		read_sign(reading);
		return;
	}
	reading->at++;
}

static void read_next(struct reading *reading)
{
	char byte = reading->text.bytes[reading->at];
	size_t word = word_length(reading->text, reading->at);
	if (code_is_space((uint8_t)byte) && (uint8_t)byte < 0x80)
		reading->at++;
	else if (byte == '<')
		read_atom(reading);
	else if (word > 0)
		read_word(reading, word);
	else if (byte == '\\')
		read_escaped(reading);
	else if (slice_starts(slice_cut(reading->text, reading->at, reading->text.length), "{{"))
		read_var(reading);
	else if (reading->inside && byte == ']')
		end_class(reading);
	else if (!reading->inside && byte == '[')
		begin_class(reading);
	else if (reading->inside)
		read_sign(reading);
	else
		read_outside(reading, byte);
}

static void read_text(struct reading *reading)
{
	while (reading->at < reading->text.length && !reading->failed)
		read_next(reading);
}

bool row_read(struct row_pattern *pattern, const struct node *node, struct pieces *into,
	struct diagnostics *out)
{
	struct row_language *language = pattern->language;
	struct reading reading = {
		.language = language, .pattern = pattern, .pieces = into, .out = out, .node = node};
	if (node->kind != NODE_SCALAR) {
		node_report(&language->pack->tree, node, out, "a row pattern is a text, not %s",
			node_kind_name(node));
		return false;
	}
	reading.text = node_text(&language->pack->tree, node);
	read_text(&reading);
	if (!reading.failed && reading.inside)
		complain(&reading, reading.text.length, "'[' wants its ']'");
	return !reading.failed;
}
