/* Pieces of a body; see document.h. Where one ends depends on the text around multiples of
 * PIECE_BYTES alone and is found without reading the pieces before it.
 */
#include "byline/document.h"

#define PIECE_BYTES ((size_t)64 << 10)
#define PIECE_SEARCH ((size_t)4 << 10) /* how far before a multiple its end may lie */

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

static bool ends_sentence(char byte)
{
	return byte == '.' || byte == '!' || byte == '?';
}

/* Where the piece ends that a multiple of PIECE_BYTES belongs to. */
static size_t cut_near(struct slice body, size_t multiple)
{
	size_t least = multiple - PIECE_SEARCH, blank = 0;
	for (size_t at = multiple; at > least; at--) {
		if (!is_blank(body.bytes[at - 1]))
			continue;
		if (at > 1 && ends_sentence(body.bytes[at - 2]))
			return at;
		if (blank == 0)
			blank = at;
	}
	if (blank > 0)
		return blank;
	while (multiple > least && ((unsigned char)body.bytes[multiple] & 0xC0) == 0x80)
		multiple--;
	return multiple;
}

static size_t cut_of(struct slice body, size_t index)
{
	size_t multiple = index * PIECE_BYTES;
	if (multiple == 0 || multiple >= body.length)
		return multiple == 0 ? 0 : body.length;
	return cut_near(body, multiple);
}

struct span document_piece(const struct document *document, size_t block, size_t offset)
{
	struct slice body = document_body(document, block);
	size_t base = document_block(document, block).body.start;
	size_t at = offset > base ? offset - base : 0;
	size_t index = at / PIECE_BYTES,
	       last = body.length > 0 ? (body.length - 1) / PIECE_BYTES : 0;
	if (index > last)
		index = last;
	if (index < last && at >= cut_of(body, index + 1))
		index++;
	return (struct span){base + cut_of(body, index), base + cut_of(body, index + 1)};
}
