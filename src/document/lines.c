/* What a line of plain text is by itself; see lines.h. */
#include "document/lines.h"

#include <string.h>

#define HEADING_WORDS 12       /* a heading between paragraphs has at most so many */
#define FIRST_HEADING_WORDS 30 /* a headline */
#define NUMBER_DIGITS 3        /* of a numbered item */

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\f' || byte == '\v' ||
	       byte == '\0';
}

/* Control characters part words, but are seen as what they are. */
static bool is_seen(uint32_t code)
{
	bool control = code == 0x7F || code == 0x85 ||
		       (code < ' ' && code != '\n' && !is_blank((char)code));
	return control || !code_is_space(code);
}

struct span text_shown(struct slice text, struct span span)
{
	for (uint32_t code; span.end > span.start;) {
		size_t before = utf8_before(text, span.end, &code);
		if (is_seen(code))
			break;
		span.end = before;
	}
	for (uint32_t code; span.start < span.end;) {
		size_t length = utf8_decode(text, span.start, &code);
		if (is_seen(code))
			break;
		span.start += length;
	}
	return span;
}

static size_t number_marker(struct slice text)
{
	size_t digits = 0;
	while (digits < text.length && text.bytes[digits] >= '0' && text.bytes[digits] <= '9')
		digits++;
	bool ends =
		digits < text.length && (text.bytes[digits] == '.' || text.bytes[digits] == ')');
	return digits > 0 && digits <= NUMBER_DIGITS && ends ? digits + 1 : 0;
}

/* Length of "- ", "* ", "+ ", "• ", "o  ", "12. ", "3) " at the start, with its blank; 0: no
 * marker. */
static size_t item_marker(struct slice text)
{
	size_t at = number_marker(text);
	if (slice_starts(text, "•"))
		at = strlen("•");
	else if (text.length > 0 && strchr("-*+", text.bytes[0]))
		at = 1;
	else if (slice_starts(text, "o  "))
		at = 1;
	return at > 0 && at < text.length && is_blank(text.bytes[at]) ? at + 1 : 0;
}

static size_t quotation_marker(struct slice text, uint8_t *level)
{
	size_t at = 0;
	while (at < text.length &&
		(text.bytes[at] == '>' || (*level > 0 && is_blank(text.bytes[at])))) {
		if (text.bytes[at] == '>' && *level < UINT8_MAX)
			(*level)++;
		at++;
	}
	return at;
}

/* ---- Columns ---------------------------------------------------------------------------- */

static bool is_wide(uint32_t code)
{
	return (code >= 0x1100 && code < 0x1160) || (code >= 0x2E80 && code < 0xA4D0) ||
	       (code >= 0xAC00 && code < 0xD7A4) || (code >= 0xF900 && code < 0xFB00) ||
	       (code >= 0xFE30 && code < 0xFE70) || (code >= 0xFF01 && code < 0xFF61) ||
	       (code >= 0x1F300 && code < 0x1FB00) || (code >= 0x20000 && code < 0x3FFFE);
}

static unsigned column_after(unsigned column, uint32_t code)
{
	if (code == '\t')
		return (column / 8 + 1) * 8;
	if (code < 0x80)
		return column + (code >= ' ');
	if (code_class(code) == LETTER_MARK || code == 0xFEFF)
		return column;
	return column + (is_wide(code) ? 2 : 1);
}

static unsigned columns_of(struct slice text, size_t start, size_t end, unsigned column)
{
	for (uint32_t code; start < end;) {
		start += utf8_decode(text, start, &code);
		column = code >= ' ' && code < 0x7F ? column + 1 : column_after(column, code);
	}
	return column;
}

/* Up to the first blank; of a script that is written without blanks, a character. */
static unsigned first_word(struct slice text, struct span shown)
{
	size_t end = shown.start;
	for (uint32_t code; end < shown.end;) {
		size_t length = utf8_decode(text, end, &code);
		if (code_is_space(code))
			break;
		end += length;
		if (is_wide(code))
			break;
	}
	return columns_of(text, shown.start, end, 0);
}

/* ---- Letters and ends ------------------------------------------------------------------- */

static bool is_opening(uint32_t code)
{
	return code == '"' || code == '\'' || code == '(' || code == '[' || code == '_' ||
	       code == '`' || code == '*' || code == 0x2018 || code == 0x201C || code == 0x201E ||
	       code == 0xAB || code == 0xBF || code == 0xA1;
}

static void look_at_start(struct slice text, struct line_facts *facts)
{
	uint32_t code = 0;
	for (size_t at = facts->shown.start + facts->marker; at < facts->shown.end;) {
		at += utf8_decode(text, at, &code);
		if (!is_opening(code) && !code_is_space(code))
			break;
	}
	enum letter_class class = code_class(code);
	facts->capital = class == LETTER_UPPER;
	facts->small = class == LETTER_LOWER;
	facts->letter = facts->capital || facts->small || class == LETTER_OTHER;
}

static bool is_closing(uint32_t code)
{
	return code == '"' || code == '\'' || code == ')' || code == ']' || code == '_' ||
	       code == '*' || code == 0x2019 || code == 0x201D || code == 0xBB;
}

static bool ends_like_sentence(struct slice text, struct span shown)
{
	uint32_t code = 0;
	for (size_t at = shown.end; at > shown.start;) {
		at = utf8_before(text, at, &code);
		if (!is_closing(code) && !code_is_space(code))
			break;
	}
	return code == '.' || code == '!' || code == '?' || code == ':' || code == 0x2026 ||
	       code == 0x3002 || code == 0xFF01 || code == 0xFF1F || code == 0xFF1A;
}

static bool ends_with_hyphen(struct slice text, struct span shown)
{
	uint32_t code = 0;
	if (shown.end < shown.start + 2)
		return false;
	size_t hyphen = utf8_before(text, shown.end, &code);
	if (code != '-' && code != 0x2010 && code != 0xAD)
		return false;
	utf8_before(text, hyphen, &code);
	return code_class(code) != LETTER_NONE;
}

/* ---- Columns, code, rules --------------------------------------------------------------- */

/* The one sign that a line consists of, with a blank between any two or none: --- or * * *. */
static char rule_sign(struct slice shown)
{
	static const char *const signs[] = {"-", "=", "*", "_", "~", "+", "#", "─", "━", "═", "—"};
	if (shown.length == 0 || code_class((unsigned char)*shown.bytes) != LETTER_NONE)
		return 0;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		size_t length = strlen(signs[i]), count = 0, at = 0;
		bool blanks = length < shown.length && shown.bytes[length] == ' ';
		while (slice_starts(slice_cut(shown, at, shown.length), signs[i])) {
			at += length + blanks;
			count++;
		}
		if (at == shown.length + blanks && count >= 3)
			return length == 1 ? *signs[i] : '-';
	}
	return slice_is(shown, "--") ? '-' : 0;
}

/* Rules with blanks or signs between them, as above and below the columns of a table. */
static bool rules_columns(struct slice shown)
{
	size_t gaps = 0, signs = 0;
	for (size_t i = 0; i < shown.length; i++) {
		char byte = shown.bytes[i];
		bool gap = byte == ' ' || byte == '+' || byte == '|' || byte == ':';
		if (!gap && byte != '-' && byte != '=')
			return false;
		gaps += gap;
		signs += !gap;
	}
	return gaps > 0 && signs + 1 >= gaps && signs >= 3;
}

#define JUSTIFIED_LEAST 30 /* bytes behind a gap, among which there may be others */
#define LEADER_MOST 4      /* more full stops than that lead to a column */

/* Gaps of a line, by their blanks. */
struct gaps {
	unsigned two, three, more;
	unsigned between; /* of two blanks, and not behind the end of a sentence or clause */
};

static void count_gap(struct gaps *gaps, unsigned blanks, uint32_t before)
{
	if (blanks < 2)
		return;
	bool clause = before == '.' || before == '!' || before == '?' || before == ':' ||
		      before == 0x201D || before == '"' || before == ')';
	gaps->two += blanks == 2;
	gaps->three += blanks == 3 && !clause;
	gaps->more += blanks > 3;
	gaps->between += blanks == 2 && !clause;
}

/* Where a line was justified most gaps are of two blanks, and some of three. */
static bool part_columns(const struct gaps *gaps)
{
	return gaps->more > 0 || (gaps->three > 0 && gaps->two < 3);
}

/* Gaps between words, bars and boxes. */
static void look_for_columns(struct slice text, struct line_facts *facts)
{
	struct gaps gaps = {0};
	size_t start = facts->shown.start + facts->marker;
	struct slice shown = slice_cut(text, start, facts->shown.end);
	unsigned bars = 0, stops = 0, blanks = 0;
	size_t second = 0;
	uint32_t code, before = 0;
	for (size_t at = 0; at < shown.length; before = code == ' ' ? before : code) {
		at += utf8_decode(shown, at, &code);
		if (code >= 'A' && code <= 'z' && blanks == 0) {
			stops = 0;
			continue;
		}
		if (code == ' ') {
			blanks++;
			continue;
		}
		stops = code == '.' ? stops + 1 : 0;
		bars += code == '|' || code == 0xA6;
		facts->leader = facts->leader || stops > LEADER_MOST;
		if (code == '\t' || (code >= 0x2500 && code < 0x2580))
			facts->table = true;
		if (blanks > 3 || (blanks >= 2 && gaps.more == 0))
			second = at - 1; /* or inside of a longer character, which is as good */
		count_gap(&gaps, blanks, before);
		blanks = 0;
	}
	bool signs = facts->table || facts->leader || bars >= 2 || rules_columns(shown);
	facts->gaps = gaps.between >= 2;
	facts->table = signs || part_columns(&gaps);
	bool wide = gaps.more == 1 && shown.length > second + JUSTIFIED_LEAST;
	if (!signs && (wide || gaps.two + gaps.three + gaps.more == 1))
		facts->second = columns_of(text, facts->shown.start, start + second, facts->indent);
}

/* What programs have inside a line, with the byte of it that prose has least. */
static const struct sign {
	const char *text;
	size_t rare;
} code_signs[] = {{"()", 0}, {"();", 0}, {");", 0}, {"->", 1}, {"=>", 0}, {"::", 0}, {"==", 0},
	{"!=", 1}, {":=", 1}, {" = ", 1}, {"+=", 1}, {"</", 0}, {"/>", 1}, {"&&", 0}, {"||", 0},
	{"${", 0}, {"[i]", 0}, {" --", 1}, {"\": ", 0}, {"=\"", 0}, {"(\"", 0}, {"\\n", 0}};

/* By the rare byte: lines are short, and searching for a text costs more than reading them. */
static bool holds(struct slice text, const struct sign *sign)
{
	if (text.length <= sign->rare)
		return false;
	const char *end = text.bytes + text.length, *at = text.bytes + sign->rare;
	while (at < end && (at = memchr(at, sign->text[sign->rare], (size_t)(end - at)))) {
		size_t start = (size_t)(at - text.bytes) - sign->rare;
		if (slice_starts(slice_cut(text, start, text.length), sign->text))
			return true;
		at++;
	}
	return false;
}

static bool holds_code(struct slice text)
{
	for (size_t i = 0; i < sizeof code_signs / sizeof *code_signs; i++)
		if (holds(text, &code_signs[i]))
			return true;
	return false;
}

static bool is_code(struct slice shown)
{
	static const char *const starts[] = {"$ ", "% ", "#!", "# ", "#include", "//", "/*", "}",
		"{", "<", ">>>", "./", "@", ");", "--"};
	static const char *const ends[] = {"{", "}", ");", "};", "\\", "];"};
	if (shown.length == 0)
		return false;
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (*starts[i] == *shown.bytes && slice_starts(shown, starts[i]))
			return true;
	char last = shown.bytes[shown.length - 1];
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (ends[i][strlen(ends[i]) - 1] == last && slice_ends(shown, ends[i]))
			return true;
	if (slice_ends(shown, ";") && memchr(shown.bytes, ' ', shown.length) == NULL)
		return true;
	return holds_code(shown);
}

/* A word of letters and hyphens, a colon, and something behind it: "Content-Type: text/plain". */
static bool is_field(struct slice shown)
{
	size_t at = 0;
	while (at < shown.length &&
		(shown.bytes[at] == '-' ||
			code_class((unsigned char)shown.bytes[at]) != LETTER_NONE))
		at++;
	return at > 0 && at + 1 < shown.length && shown.bytes[at] == ':' &&
	       is_blank(shown.bytes[at + 1]);
}

static bool is_fence(struct slice shown)
{
	if (slice_starts(shown, "~~~"))
		return true;
	return slice_starts(shown, "```") && !memchr(shown.bytes + 3, '`', shown.length - 3);
}

/* ---- A line ----------------------------------------------------------------------------- */

/* What of a line is looked at: an indent of half of that is as good as none. */
static struct span stretch_seen(struct span line, struct span shown)
{
	size_t start = line.start;
	if (shown.start - line.start > LINE_BYTES / 2)
		start = shown.start;
	return (struct span){start, line.end - start > LINE_BYTES ? start + LINE_BYTES : line.end};
}

bool line_is_settled(struct span line, struct span shown)
{
	return stretch_seen(line, shown).end < line.end;
}

static void look_at_words(struct slice text, struct line_facts *facts)
{
	struct slice shown = slice_cut(text, facts->shown.start, facts->shown.end);
	facts->rule = rule_sign(shown);
	facts->fence = is_fence(shown);
	facts->marker = facts->rule ? 0 : item_marker(shown);
	facts->word = first_word(text, facts->shown);
	facts->lone = facts->width - facts->indent <= 2 * facts->word;
	facts->code = !facts->rule && is_code(shown);
	facts->page = memchr(text.bytes + facts->line.start, '\f',
			      facts->shown.start - facts->line.start) != NULL;
	look_at_start(text, facts);
	look_for_columns(text, facts);
	facts->field = is_field(shown);
	if (facts->leader)
		facts->marker = 0; /* a chapter, not an item */
	facts->numbered = facts->marker > 0 && number_marker(shown) > 0;
}

struct line_facts line_look(struct slice text, struct span line, struct span shown)
{
	struct line_facts facts = {.line = line, .cut = line_is_settled(line, shown)};
	struct span seen = stretch_seen(line, shown);
	while (facts.cut && ((unsigned char)text.bytes[seen.end] & 0xC0) == 0x80)
		seen.end--;
	facts.shown.start = shown.start;
	facts.shown.end = shown.end < seen.end ? shown.end : seen.end;
	size_t marks =
		quotation_marker(slice_cut(text, facts.shown.start, facts.shown.end), &facts.depth);
	facts.width = columns_of(text, seen.start, facts.shown.end, 0);
	if (marks == 0)
		facts.indent = columns_of(text, seen.start, shown.start, 0);
	facts.shown.start += marks;
	facts.shown = text_shown(text, facts.shown);
	look_at_words(text, &facts);
	facts.ends = facts.cut || ends_like_sentence(text, facts.shown);
	facts.hyphen = !facts.cut && ends_with_hyphen(text, facts.shown);
	if (facts.cut)
		facts.shown.end = shown.end;
	return facts;
}

void line_mean_nothing(struct line_facts *facts, struct span shown)
{
	facts->marker = 0;
	facts->depth = 0;
	facts->rule = 0;
	facts->numbered = facts->fence = false;
	facts->shown.start = shown.start;
}

bool line_stands_alone(const struct line_facts *facts)
{
	return facts->cut || facts->width > ALONE_LEAST;
}

static bool ends_like_title(struct slice body)
{
	static const char *const sentence_ends[] = {
		".", ",", ";", ":", "…", ".”", ".\"", ".’", ".)", ",”", ",\"", "—", "–", "-"};
	for (size_t i = 0; i < sizeof sentence_ends / sizeof *sentence_ends; i++)
		if (slice_ends(body, sentence_ends[i]))
			return false;
	return true;
}

static bool begins_like_title(struct slice body)
{
	for (size_t at = 0; at < body.length;) {
		uint32_t code;
		at += utf8_decode(body, at, &code);
		enum letter_class class = code_class(code);
		if (class != LETTER_NONE)
			return class != LETTER_LOWER;
	}
	return false;
}

static bool holds_sentence_end(struct slice body)
{
	for (size_t i = 2; i + 1 < body.length; i++) {
		bool stop = body.bytes[i] == '.' && is_blank(body.bytes[i + 1]);
		bool small = body.bytes[i - 1] >= 'a' && body.bytes[i - 1] <= 'z';
		if (stop && small)
			return true;
	}
	return false;
}

bool line_is_heading(struct slice body, bool first)
{
	if (body.length > 40 * FIRST_HEADING_WORDS)
		return false;
	size_t words = words_count(body);
	return words > 0 && words <= (first ? FIRST_HEADING_WORDS : HEADING_WORDS) &&
	       ends_like_title(body) && begins_like_title(body) && !holds_sentence_end(body) &&
	       memmem(body.bytes, body.length, "://", 3) == NULL;
}

size_t words_count(struct slice text)
{
	size_t count = 0;
	bool inside = false;
	for (size_t at = 0; at < text.length;) {
		uint32_t code = (unsigned char)text.bytes[at];
		if (code > ' ' && code < 0x7F) {
			count += !inside;
			inside = true;
			at++;
			continue;
		}
		if (code == '\n' || code == '\r')
			at += joint_length(text, at);
		else
			at += code < 0x80 ? 1 : utf8_decode(text, at, &code);
		bool space = code_is_space(code);
		count += !space && !inside;
		inside = !space;
	}
	return count;
}
