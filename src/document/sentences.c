/* Sentences of a block.
 *
 * A sentence ends at . ! ? or … with the closing marks and brackets behind it, where white space
 * follows and then no lower-case letter. Three things hold an end back: an initial or an
 * abbreviation before the full stop (but *the U.S. The* ends: a function word begins the next one),
 * and a cue close behind a quote that ends in ? or ! (*“Why?” Ana Duarte asked*).
 */
#include <stdlib.h>
#include <string.h>

#include "byline/document.h"

#define CUE_WORDS 5 /* how many words behind a quote may stand before its cue */

void spans_add(struct spans *spans, size_t start, size_t end)
{
	spans->items = grow(spans->items, &spans->capacity, spans->count + 1, sizeof *spans->items);
	spans->items[spans->count++] = (struct span){start, end};
}

void spans_release(struct spans *spans)
{
	free(spans->items);
	*spans = (struct spans){0};
}

static bool is_wide_end(uint32_t code)
{
	return code == 0x3002 || code == 0xFF01 || code == 0xFF1F;
}

static bool is_end(uint32_t code)
{
	return code == '.' || code == '!' || code == '?' || code == 0x2026 || is_wide_end(code);
}

static bool is_mark(uint32_t code)
{
	return code == '"' || code == '\'' || code == 0x201D || code == 0x2019 || code == 0xBB;
}

static bool is_closer(uint32_t code)
{
	return is_mark(code) || code == ')' || code == ']' || code == '}' || code == 0x300D ||
	       code == 0x300F;
}

/* White space, and with a line end the marks of a quotation behind it. */
static size_t skip_space(struct slice body, size_t at)
{
	for (uint32_t code; at < body.length;) {
		size_t length = utf8_decode(body, at, &code);
		if (!code_is_space(code))
			break;
		size_t joint = code == '\n' || code == '\r' ? joint_length(body, at) : 0;
		at += joint > 0 ? joint : length;
	}
	return at;
}

/* ---- Words around an end ---------------------------------------------------------------- */

static bool is_word_code(uint32_t code)
{
	return code_class(code) != LETTER_NONE || code == '.' || code == '-' || code == '\'' ||
	       code == 0x2019 || code == '&';
}

/* The word that ends at `end`, full stops inside it included. */
static struct slice word_before(struct slice body, size_t end)
{
	size_t start = end;
	for (uint32_t code; start > 0;) {
		size_t before = utf8_before(body, start, &code);
		if (!is_word_code(code))
			break;
		start = before;
	}
	return slice_cut(body, start, end);
}

static struct slice word_after(struct slice body, size_t start)
{
	size_t end = start;
	for (uint32_t code; end < body.length;) {
		size_t length = utf8_decode(body, end, &code);
		if (!is_word_code(code))
			break;
		end += length;
	}
	while (end > start && body.bytes[end - 1] == '.')
		end--;
	return slice_cut(body, start, end);
}

static bool is_initial(struct slice word)
{
	uint32_t code;
	if (word.length < 2)
		return false;
	size_t length = utf8_decode(word, 0, &code);
	return code_class(code) == LETTER_UPPER && length + 1 == word.length;
}

/* Letters with a full stop behind each: U.S., a.m. */
static bool is_dotted(struct slice word)
{
	size_t letters = 0;
	for (size_t at = 0; at < word.length; letters++) {
		uint32_t code;
		at += utf8_decode(word, at, &code);
		enum letter_class class = code_class(code);
		if (class != LETTER_UPPER && class != LETTER_LOWER)
			return false;
		if (at >= word.length || word.bytes[at++] != '.')
			return false;
	}
	return letters > 1;
}

static bool holds_stop(
	struct slice body, size_t end, size_t next, const struct sentence_words *words)
{
	struct slice word = word_before(body, end);
	if (is_initial(word))
		return true;
	bool short_form = is_dotted(word) || (words && words->is_abbreviation &&
						     words->is_abbreviation(words->of, word));
	if (!short_form)
		return false;
	struct slice after = word_after(body, next);
	return !(words && words->is_function && words->is_function(words->of, after));
}

static bool cue_follows(struct slice body, size_t at, const struct sentence_words *words)
{
	if (!words || !words->is_cue)
		return false;
	for (size_t seen = 0; seen < CUE_WORDS && at < body.length; seen++) {
		struct slice word = word_after(body, at);
		if (word.length == 0)
			return false;
		if (words->is_cue(words->of, word))
			return true;
		at = (size_t)(word.bytes - body.bytes) + word.length;
		size_t next = skip_space(body, at);
		if (next == at)
			return false;
		at = next;
	}
	return false;
}

/* ---- Ends ------------------------------------------------------------------------------- */

static size_t skip_closers(struct slice body, size_t at, bool *marks)
{
	for (uint32_t code; at < body.length;) {
		size_t length = utf8_decode(body, at, &code);
		if (!is_closer(code) && !is_end(code))
			break;
		*marks |= is_mark(code);
		at += length;
	}
	return at;
}

/* Where the sentence ends whose final sign ends at `sign_end`, or NOWHERE if it goes on. */
static size_t sentence_end(
	struct slice body, size_t sign_end, uint32_t sign, const struct sentence_words *words)
{
	bool marks = false;
	size_t end = skip_closers(body, sign_end, &marks);
	size_t next = skip_space(body, end);
	if (next == body.length)
		return end;
	if (next == end)
		return is_wide_end(sign) ? end : NOWHERE;
	uint32_t code;
	utf8_decode(body, next, &code);
	if (code_class(code) == LETTER_LOWER)
		return NOWHERE;
	if (sign == '.' && end == sign_end && holds_stop(body, sign_end, next, words))
		return NOWHERE;
	if (marks && sign != '.' && cue_follows(body, next, words))
		return NOWHERE;
	return end;
}

size_t sentences_find(
	struct slice body, size_t base, const struct sentence_words *words, struct spans *into)
{
	size_t first = into->count, start = skip_space(body, 0);
	for (size_t at = start; at < body.length;) {
		uint32_t code = (unsigned char)body.bytes[at];
		at += code < 0x80 ? 1 : utf8_decode(body, at, &code);
		if (!is_end(code))
			continue;
		size_t end = sentence_end(body, at, code, words);
		if (end == NOWHERE)
			continue;
		spans_add(into, base + start, base + end);
		at = start = skip_space(body, end);
	}
	if (start < body.length)
		spans_add(into, base + start, base + body.length);
	return into->count - first;
}
