/* The text of a document and its blocks.
 *
 * Bytes are repaired as they come and lines are read once each: a line that says something opens
 * a block and closes the one before it; an empty line belongs to the block before it. The open
 * block is kept apart from the closed ones, because what kind it is may depend on what follows.
 */
#include "byline/document.h"

#include <stdlib.h>
#include <string.h>

#include "document/lines.h"

struct document {
	struct buffer path;
	struct buffer text;
	char pending[4]; /* an incomplete sequence at the end of what came */
	size_t pending_length;
	size_t replaced;
	size_t line; /* where the first line that is not read yet begins */
	struct block *blocks;
	size_t block_count, block_capacity;
	struct block open;
	bool has_open, whole;
};

struct document *document_new(const char *path, const struct document_options *options)
{
	(void)options;
	struct document *document = memory_allocate(sizeof *document);
	buffer_text(&document->path, path);
	return document;
}

void document_free(struct document *document)
{
	if (!document)
		return;
	buffer_release(&document->path);
	buffer_release(&document->text);
	free(document->blocks);
	free(document);
}

/* ---- Blocks ----------------------------------------------------------------------------- */

static void close_block(struct document *document, bool more_follows)
{
	if (!document->has_open)
		return;
	struct block *block = &document->open;
	struct slice body = slice_cut(document_text(document), block->body.start, block->body.end);
	bool first = document->block_count == 0;
	if (block->kind == BLOCK_PARAGRAPH && more_follows && line_is_heading(body, first)) {
		block->kind = BLOCK_HEADING;
		block->level = first ? 1 : 2;
	}
	document->blocks = grow(document->blocks, &document->block_capacity,
		document->block_count + 1, sizeof *document->blocks);
	document->blocks[document->block_count++] = *block;
	document->has_open = false;
}

static void open_block(struct document *document, struct span line, size_t next)
{
	document->open = line_block(document_text(document), line);
	document->open.extent.start = document->block_count ? line.start : 0;
	document->open.extent.end = next;
	document->has_open = true;
}

static void read_line(struct document *document, size_t end, size_t next)
{
	struct span line = {document->line, end};
	document->line = next;
	if (line_is_empty(document_text(document), line)) {
		if (document->has_open)
			document->open.extent.end = next;
		return;
	}
	close_block(document, true);
	open_block(document, line, next);
}

static void read_lines(struct document *document, size_t from)
{
	const char *text = document->text.bytes;
	for (const char *end; from < document->text.length &&
			      (end = memchr(text + from, '\n', document->text.length - from));) {
		size_t at = (size_t)(end - text);
		read_line(document, at, at + 1);
		from = at + 1;
	}
}

/* ---- Bytes ------------------------------------------------------------------------------ */

/* Bytes at the end that may be the beginning of a sequence. */
static size_t incomplete_tail(struct slice bytes)
{
	for (size_t back = 1; back <= 3 && back <= bytes.length; back++) {
		unsigned char byte = (unsigned char)bytes.bytes[bytes.length - back];
		if (byte < 0x80)
			return 0;
		if (byte >= 0xC0) {
			size_t need = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
			return need > back ? back : 0;
		}
	}
	return 0;
}

void document_append(struct document *document, struct slice bytes)
{
	struct buffer joined = {0};
	size_t from = document->text.length;
	if (document->pending_length > 0) {
		buffer_append(&joined, (struct slice){document->pending, document->pending_length});
		buffer_append(&joined, bytes);
		bytes = buffer_slice(&joined);
	}
	size_t tail = incomplete_tail(bytes);
	struct slice complete = slice_cut(bytes, 0, bytes.length - tail);
	document->replaced += utf8_repair(complete, &document->text);
	if (tail > 0)
		memcpy(document->pending, bytes.bytes + complete.length, tail);
	document->pending_length = tail;
	buffer_release(&joined);
	read_lines(document, from);
}

void document_finish(struct document *document)
{
	struct slice rest = {document->pending, document->pending_length};
	document->replaced += utf8_repair(rest, &document->text);
	document->pending_length = 0;
	if (document->line < document->text.length)
		read_line(document, document->text.length, document->text.length);
	close_block(document, false);
	document->whole = true;
}

/* ---- Asking ----------------------------------------------------------------------------- */

struct slice document_text(const struct document *document)
{
	return buffer_slice(&document->text);
}

const char *document_path(const struct document *document)
{
	return document->path.bytes;
}

const char *document_type_name(const struct document *document)
{
	(void)document;
	return "plain";
}

const char *document_encoding_name(const struct document *document)
{
	(void)document;
	return "UTF-8";
}

size_t document_replaced(const struct document *document)
{
	return document->replaced;
}

bool document_is_whole(const struct document *document)
{
	return document->whole;
}

size_t document_block_count(const struct document *document)
{
	return document->block_count;
}

struct block document_block(const struct document *document, size_t index)
{
	return document->blocks[index];
}

size_t document_block_at(const struct document *document, size_t offset)
{
	size_t low = 0, high = document->block_count;
	while (high - low > 1) {
		size_t middle = (low + high) / 2;
		if (offset < document->blocks[middle].extent.start)
			high = middle;
		else
			low = middle;
	}
	return low;
}

struct slice document_body(const struct document *document, size_t block)
{
	struct span body = document->blocks[block].body;
	return slice_cut(document_text(document), body.start, body.end);
}

const char *block_kind_name(enum block_kind kind)
{
	static const char *const names[] = {
		[BLOCK_PARAGRAPH] = "paragraph",
		[BLOCK_HEADING] = "heading",
		[BLOCK_ITEM] = "item",
		[BLOCK_QUOTATION] = "quotation",
		[BLOCK_CODE] = "code",
		[BLOCK_RULE] = "rule",
	};
	return names[kind];
}

size_t document_paragraphs(const struct document *document)
{
	size_t count = 0;
	for (size_t i = 0; i < document->block_count; i++)
		count += document->blocks[i].body.start < document->blocks[i].body.end;
	return count;
}

size_t document_words(const struct document *document)
{
	size_t count = 0;
	for (size_t i = 0; i < document->block_count; i++)
		count += words_count(document_body(document, i));
	return count;
}
