/* What a line of plain text is by itself; see lines.h. */
#include "document/lines.h"

#define HEADING_WORDS 12       /* a heading between paragraphs has at most so many */
#define FIRST_HEADING_WORDS 30 /* a headline */
#define NUMBER_DIGITS 3        /* of a numbered item */

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\f' || byte == '\v' ||
	       byte == '\0';
}

struct span text_shown(struct slice text, struct span span)
{
	for (uint32_t code; span.end > span.start;) {
		size_t before = utf8_before(text, span.end, &code);
		if (!code_is_space(code))
			break;
		span.end = before;
	}
	for (uint32_t code; span.start < span.end;) {
		size_t length = utf8_decode(text, span.start, &code);
		if (!code_is_space(code))
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

/* Length of "- ", "* ", "• ", "12. ", "3) " at the start, with its blank; 0: no marker. */
static size_t item_marker(struct slice text)
{
	size_t at = number_marker(text);
	if (slice_starts(text, "•"))
		at = strlen("•");
	else if (text.length > 0 && (text.bytes[0] == '-' || text.bytes[0] == '*'))
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

size_t line_marker(struct slice line, struct block *block)
{
	line = slice_cut(line, 0, LINE_MARKER_BYTES);
	size_t marker = item_marker(line);
	block->kind = BLOCK_PARAGRAPH;
	block->level = 0;
	if (marker > 0) {
		block->kind = BLOCK_ITEM;
		block->level = 1;
	} else if ((marker = quotation_marker(line, &block->level)) > 0) {
		block->kind = BLOCK_QUOTATION;
	}
	return marker;
}

static bool ends_like_title(struct slice body)
{
	static const char *const sentence_ends[] = {
		".", ",", ";", ":", "…", ".”", ".\"", ".’", ".)", ",”", ",\"", "—", "-"};
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
	       ends_like_title(body) && begins_like_title(body) && !holds_sentence_end(body);
}

size_t words_count(struct slice text)
{
	size_t count = 0;
	bool inside = false;
	for (size_t at = 0; at < text.length;) {
		uint32_t code = (unsigned char)text.bytes[at];
		at += code < 0x80 ? 1 : utf8_decode(text, at, &code);
		bool space = code_is_space(code);
		count += !space && !inside;
		inside = !space;
	}
	return count;
}
