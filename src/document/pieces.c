/* Pieces of a body; see document.h.
 *
 * There is a cut near every multiple of a stride; where it lies depends on the text shortly before
 * that multiple alone, so that any piece is found without those before it. Stride and reach are
 * together what a piece may have. Where lines are rows, cuts stand behind lines, which are looked
 * for further than the ends of sentences.
 */
#include "byline/document.h"

#define PIECE_BYTES ((size_t)64 << 10)
#define REACH_BYTES ((size_t)4 << 10)        /* a cut lies at most so far before its multiple */
#define REACH_LINES_BYTES ((size_t)32 << 10) /* of a block whose lines are rows */

#define ZERO_WIDTH_JOINER 0x200D

/* A body, and how it is cut. */
struct cutting {
	struct slice body;
	size_t reach;
	bool lines;
};

static struct cutting cutting_of(const struct document *document, size_t block)
{
	bool lines = document_block(document, block).lines;
	return (struct cutting){
		document_body(document, block), lines ? REACH_LINES_BYTES : REACH_BYTES, lines};
}

/* ---- Ends that may be cut at: each is at most `from` and more than `least`, or 0 --------- */

static size_t line_end(struct slice body, size_t from, size_t least)
{
	const char *end = memrchr(body.bytes + least, '\n', from - least);
	return end ? (size_t)(end - body.bytes) + 1 : 0;
}

static bool ends_sentence(uint32_t code)
{
	return code == '.' || code == '!' || code == '?' || code == 0x2026;
}

/* 。！？: no blank follows. */
static bool ends_wide_sentence(uint32_t code)
{
	return code == 0x3002 || code == 0xFF01 || code == 0xFF1F;
}

/* Closing marks and brackets belong to the sentence that they end. */
static bool closes(uint32_t code)
{
	return code == '"' || code == '\'' || code == ')' || code == ']' || code == 0x2019 ||
	       code == 0x201D || code == 0xBB || code == 0x300D || code == 0x300F;
}

static size_t sentence_end(struct slice body, size_t from, size_t least)
{
	size_t end = 0; /* where it would lie: behind blanks, or behind closing marks */
	bool blank = false, spaced = false;
	uint32_t code;
	for (size_t at = from, before; at > least; at = before) {
		before = utf8_before(body, at, &code);
		if (ends_wide_sentence(code))
			return end > 0 ? end : at;
		if (ends_sentence(code) && blank)
			return end;
		bool space = code_is_space(code);
		if (space && !spaced)
			end = at;
		else if (closes(code) && end == 0)
			end = at;
		else if (!space && !closes(code))
			end = 0;
		blank = space || (blank && closes(code));
		spaced = space;
	}
	return 0;
}

static size_t blank_end(struct slice body, size_t from, size_t least)
{
	uint32_t code;
	for (size_t at = from, before; at > least; at = before) {
		before = utf8_before(body, at, &code);
		if (code_is_space(code))
			return at;
	}
	return 0;
}

/* What is drawn with the character before it. A row of flags is not parted at all. */
static bool joins(uint32_t before, uint32_t code)
{
	bool modifier = code >= 0x1F3FB && code <= 0x1F3FF;
	bool flags = before >= 0x1F1E6 && before <= 0x1F1FF && code >= 0x1F1E6 && code <= 0x1F1FF;
	bool jamo = code >= 0x1160 && code <= 0x11FF;
	return code_class(code) == LETTER_MARK || code == ZERO_WIDTH_JOINER ||
	       before == ZERO_WIDTH_JOINER || modifier || flags || jamo;
}

static size_t character_start(struct slice body, size_t at)
{
	while (at > 0 && ((unsigned char)body.bytes[at] & 0xC0) == 0x80)
		at--;
	return at;
}

/* Between two clusters, if there are two; else between two characters. */
static size_t cluster_end(struct slice body, size_t from, size_t least)
{
	size_t start = character_start(body, from);
	uint32_t before, code;
	for (size_t at = start; at > least; at = utf8_before(body, at, NULL)) {
		utf8_decode(body, at, &code);
		utf8_before(body, at, &before);
		if (!joins(before, code))
			return at;
	}
	return start;
}

/* ---- Cuts ------------------------------------------------------------------------------- */

static size_t cut_near(const struct cutting *cutting, size_t multiple)
{
	struct slice body = cutting->body;
	size_t from = character_start(body, multiple), least = multiple - REACH_BYTES, end = 0;
	if (cutting->lines)
		end = line_end(body, from, multiple - cutting->reach);
	if (end == 0)
		end = sentence_end(body, from, least);
	if (end == 0)
		end = blank_end(body, from, least);
	return end > 0 ? end : cluster_end(body, multiple, least);
}

static size_t stride(const struct cutting *cutting)
{
	return PIECE_BYTES - cutting->reach;
}

static size_t cut_of(const struct cutting *cutting, size_t index)
{
	size_t multiple = index * stride(cutting), length = cutting->body.length;
	if (multiple == 0 || multiple >= length)
		return multiple == 0 ? 0 : length;
	return cut_near(cutting, multiple);
}

struct span document_piece(const struct document *document, size_t block, size_t offset)
{
	struct cutting cutting = cutting_of(document, block);
	size_t length = cutting.body.length, base = document_block(document, block).body.start;
	size_t at = offset > base ? offset - base : 0;
	size_t index = at / stride(&cutting);
	size_t last = length > 0 ? (length - 1) / stride(&cutting) : 0;
	if (index > last)
		index = last;
	if (index < last && at >= cut_of(&cutting, index + 1))
		index++;
	return (struct span){base + cut_of(&cutting, index), base + cut_of(&cutting, index + 1)};
}
