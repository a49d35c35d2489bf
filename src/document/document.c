/* A text as it is known at one moment, and what makes it grow.
 *
 * What can be asked is a view: lengths, counts, the open block, and pointers to memory that never
 * moves (room.h, block_list.h). Appending works beyond what the view shows and then, in one short
 * lock, publishes a new one; a shadow is a document that has a view and nothing to grow by.
 */
#include "byline/document.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

#include "document/ansi.h"
#include "document/binary.h"
#include "document/blocks.h"
#include "document/decoder.h"
#include "document/endings.h"
#include "document/passing.h"
#include "document/room.h"

#define SAMPLE_BYTES ((size_t)64 << 10) /* by which a text is decided */
#define STEP_BYTES ((size_t)64 << 10)   /* decoded at a time */

enum { PLAIN, ANSI };

const char *const document_type_names[] = {[PLAIN] = "plain", [ANSI] = "ansi", NULL};

struct view {
	struct slice text;
	struct block_view closed; /* what block_list says: the open one is not among them */
	struct block open;
	bool has_open, whole, decided, is_binary, close, wrapped, is_ansi;
	struct lettering_view letterings;
	size_t replaced;
	enum shape shape;
	const char *encoding;
	const struct binary *binary; /* what is known of it */
};

struct growth {
	pthread_mutex_t publishing; /* held while a view is copied */
	struct buffer encoding;     /* its name, as asked for; empty: told by the bytes */
	bool is_typed;              /* its type was asked for */
	bool has_rows;              /* else its name says that its lines are no prose */
	struct buffer sample;       /* what came before it was decided */
	bool is_binary;
	const struct binary *binary;
	struct decoder decoder;
	struct buffer decoded; /* a step; empty between appends */
	bool is_ansi;          /* what formats the text is left out of it */
	struct ansi ansi;
	struct buffer written; /* a step of it; empty between appends */
	struct letterings letterings;
	struct room room;
	struct block_maker maker;
	struct block_list closed;
	size_t replaced;
	bool decided, whole;
	bool full;     /* some text found no room */
	bool passes;   /* the text is not kept: what is decoded waits to be taken */
	size_t passed; /* bytes of the sample that were taken before it was decided */
};

struct document {
	struct buffer path;
	struct view view;
	struct growth *growth; /* NULL: a shadow */
};

struct document *document_new(const char *path, const struct document_options *options)
{
	struct document *document = memory_allocate(sizeof *document);
	struct growth *growth = memory_allocate(sizeof *growth);
	buffer_text(&document->path, path);
	pthread_mutex_init(&growth->publishing, NULL);
	block_list_init(&growth->closed);
	letterings_init(&growth->letterings);
	growth->ansi.told = &growth->letterings;
	if (options && options->encoding)
		buffer_text(&growth->encoding, options->encoding);
	growth->is_typed = options && options->type;
	growth->is_ansi = growth->is_typed && strcmp(options->type, document_type_names[ANSI]) == 0;
	growth->has_rows = !growth->is_typed && path_has_rows(path);
	document->growth = growth;
	document->view = (struct view){.closed = block_list_view(&growth->closed),
		.letterings = letterings_view(&growth->letterings),
		.encoding = "UTF-8"};
	return document;
}

static void growth_free(struct growth *growth)
{
	pthread_mutex_destroy(&growth->publishing);
	buffer_release(&growth->encoding);
	buffer_release(&growth->sample);
	buffer_release(&growth->decoded);
	buffer_release(&growth->written);
	ansi_release(&growth->ansi);
	letterings_release(&growth->letterings);
	decoder_release(&growth->decoder);
	room_release(&growth->room);
	block_list_release(&growth->closed);
	free(growth);
}

void document_free(struct document *document)
{
	if (!document)
		return;
	if (document->growth)
		growth_free(document->growth);
	buffer_release(&document->path);
	free(document);
}

/* ---- Growing ---------------------------------------------------------------------------- */

static void keep_decoded(struct growth *growth)
{
	if (growth->passes)
		return;
	if (!growth->full)
		growth->full = !room_append(&growth->room, buffer_slice(&growth->decoded));
	growth->decoded.length = 0;
}

/* Takes in what was written in a step, without what formats it. */
static void unformat(struct growth *growth)
{
	ansi_read(&growth->ansi, buffer_slice(&growth->written), &growth->decoded);
	growth->written.length = 0;
}

static void decode(struct growth *growth, struct slice bytes)
{
	struct buffer *into = growth->is_ansi ? &growth->written : &growth->decoded;
	for (size_t at = 0; at < bytes.length; at += STEP_BYTES) {
		struct slice step = slice_cut(bytes, at, at + STEP_BYTES);
		growth->replaced += decoder_read(&growth->decoder, step, into);
		unformat(growth);
		keep_decoded(growth);
	}
}

/* What is handed on and not kept stays as it was written, unless somebody asks for less. */
static void decode_sample(struct growth *growth, struct slice sample)
{
	struct buffer *written = &growth->written;
	growth->replaced += decoder_read(&growth->decoder, sample, written);
	if (!growth->is_typed && !growth->passes)
		growth->is_ansi = ansi_is_likely(buffer_slice(written));
	if (growth->is_ansi)
		unformat(growth);
	else
		buffer_append(&growth->decoded, buffer_slice(written));
	buffer_release(written);
	keep_decoded(growth);
}

static void finish_decoding(struct growth *growth)
{
	struct buffer *into = growth->is_ansi ? &growth->written : &growth->decoded;
	growth->replaced += decoder_finish(&growth->decoder, into);
	unformat(growth);
	ansi_finish(&growth->ansi, &growth->decoded);
	keep_decoded(growth);
}

static struct slice text_of(const struct growth *growth)
{
	return (struct slice){growth->room.bytes, growth->room.length};
}

/* `whole`: the sample is all there is. UTF-16 and UTF-32 have zeros; what else is binary is told by
 * the bytes as they came. */
static void decide(struct growth *growth, bool whole)
{
	struct slice sample = buffer_slice(&growth->sample);
	if (growth->decided)
		return;
	growth->decided = true;
	struct encoding encoding = encoding_choose(growth->encoding.bytes, sample, whole);
	growth->is_binary = encoding.form != ENCODING_UNITS && bytes_are_binary(sample);
	growth->binary = growth->is_binary ? binary_find(sample) : NULL;
	decoder_begin(&growth->decoder, &encoding);
	decode_sample(growth, slice_cut(sample, growth->passed, sample.length));
	blocks_begin(&growth->maker, text_of(growth), &growth->letterings, growth->has_rows);
	buffer_release(&growth->sample);
}

/* Takes what is missing of the sample; returns the rest. */
static struct slice fill_sample(struct growth *growth, struct slice bytes)
{
	size_t missing = growth->decided ? 0 : SAMPLE_BYTES - growth->sample.length;
	if (missing == 0)
		return bytes;
	buffer_append(&growth->sample, slice_cut(bytes, 0, missing));
	if (growth->sample.length == SAMPLE_BYTES)
		decide(growth, false);
	return slice_cut(bytes, missing, bytes.length);
}

static struct view view_now(const struct growth *growth)
{
	return (struct view){.text = text_of(growth),
		.closed = block_list_view(&growth->closed),
		.letterings = letterings_view(&growth->letterings),
		.open = growth->maker.open,
		.has_open = growth->maker.has_open,
		.whole = growth->whole,
		.decided = growth->decided,
		.replaced = growth->replaced,
		.shape = growth->maker.manner.shape,
		.close = growth->maker.manner.close || growth->maker.manner.spaced,
		.wrapped = growth->maker.wraps || growth->maker.open.wrapped,
		.is_ansi = growth->is_ansi,
		.encoding = growth->decided ? growth->decoder.encoding.name : "UTF-8",
		.is_binary = growth->is_binary,
		.binary = growth->binary};
}

static void publish(struct document *document)
{
	struct growth *growth = document->growth;
	if (growth->whole)
		blocks_finish(&growth->maker, text_of(growth), &growth->closed);
	else if (growth->decided)
		blocks_read(&growth->maker, text_of(growth), &growth->closed);
	struct view view = view_now(growth);
	pthread_mutex_lock(&growth->publishing);
	document->view = view;
	pthread_mutex_unlock(&growth->publishing);
}

bool document_append(struct document *document, struct slice bytes)
{
	struct growth *growth = document->growth;
	growth->whole = growth->whole && bytes.length == 0;
	decode(growth, fill_sample(growth, bytes));
	publish(document);
	return !growth->full;
}

void document_decide(struct document *document)
{
	decide(document->growth, false);
	publish(document);
}

void document_finish(struct document *document)
{
	struct growth *growth = document->growth;
	decide(growth, true);
	finish_decoding(growth);
	growth->whole = true;
	publish(document);
}

/* ---- Passing -------------------------------------------------------------------------------- */

void document_let_pass(struct document *document)
{
	document->growth->passes = true;
	document->growth->ansi.told = NULL;
}

static bool is_plain(char byte)
{
	return (byte >= ' ' && byte < 0x7F) || (byte >= '\t' && byte <= '\r');
}

/* Whatever a text without a byte order mark turns out to be, ASCII is ASCII in it. */
static void take_plain(struct growth *growth, struct buffer *into)
{
	size_t end = growth->passed;
	while (end < growth->sample.length && is_plain(growth->sample.bytes[end]))
		end++;
	buffer_append(into, slice_cut(buffer_slice(&growth->sample), growth->passed, end));
	growth->passed = end;
}

void document_take(struct document *document, struct buffer *into)
{
	struct growth *growth = document->growth;
	if (!growth->decided && growth->encoding.length == 0)
		take_plain(growth, into);
	buffer_append(into, buffer_slice(&growth->decoded));
	growth->decoded.length = 0;
}

/* ---- Shadows ---------------------------------------------------------------------------- */

struct document *document_shadow(const struct document *of)
{
	struct document *shadow = memory_allocate(sizeof *shadow);
	buffer_append(&shadow->path, buffer_slice(&of->path));
	document_shadow_refresh(shadow, of);
	return shadow;
}

void document_shadow_refresh(struct document *shadow, const struct document *of)
{
	assert(of->growth);
	pthread_mutex_lock(&of->growth->publishing);
	shadow->view = of->view;
	pthread_mutex_unlock(&of->growth->publishing);
}

/* ---- Asking ----------------------------------------------------------------------------- */

struct slice document_text(const struct document *document)
{
	return document->view.text;
}

const char *document_path(const struct document *document)
{
	return document->path.bytes;
}

const char *document_type_name(const struct document *document)
{
	return document_type_names[document->view.is_ansi ? ANSI : PLAIN];
}

const char *document_encoding_name(const struct document *document)
{
	return document->view.encoding;
}

size_t document_replaced(const struct document *document)
{
	return document->view.replaced;
}

bool document_is_whole(const struct document *document)
{
	return document->view.whole;
}

bool document_is_decided(const struct document *document)
{
	return document->view.decided;
}

bool document_is_binary(const struct document *document)
{
	return document->view.is_binary;
}

const char *document_binary_name(const struct document *document)
{
	const struct binary *binary = document->view.binary;
	return binary ? binary->name : NULL;
}

bool document_put_remedy(const struct document *document, struct buffer *into)
{
	const struct binary *binary = document->view.binary;
	struct slice path = slice_of(document_path(document));
	const char *remedy = NULL;
	if (binary)
		remedy = slice_is(path, "-") ? binary->piped : binary->remedy;
	if (!remedy)
		return false;
	const char *file = strstr(remedy, "FILE");
	size_t length = file ? (size_t)(file - remedy) : strlen(remedy);
	buffer_append(into, (struct slice){remedy, length});
	if (file) {
		path_quote(path, into);
		buffer_text(into, file + strlen("FILE"));
	}
	buffer_text(into, " | byline");
	return true;
}

enum shape document_shape(const struct document *document)
{
	return document->view.shape;
}

bool document_is_wrapped(const struct document *document)
{
	return document->view.wrapped;
}

bool document_is_close(const struct document *document)
{
	return document->view.close;
}

size_t document_block_count(const struct document *document)
{
	return document->view.closed.count + document->view.has_open;
}

size_t document_closed_count(const struct document *document)
{
	const struct view *view = &document->view;
	return view->closed.count + (view->has_open && view->whole);
}

struct block document_block(const struct document *document, size_t index)
{
	const struct view *view = &document->view;
	return index < view->closed.count ? block_view_at(&view->closed, index) : view->open;
}

size_t document_block_at(const struct document *document, size_t offset)
{
	const struct view *view = &document->view;
	if (view->closed.count == 0 || (view->has_open && offset >= view->open.extent.start))
		return document_block_count(document) - 1;
	return block_view_find(&view->closed, offset);
}

struct slice document_body(const struct document *document, size_t block)
{
	struct span body = document_block(document, block).body;
	return slice_cut(document_text(document), body.start, body.end);
}

bool document_lettered(const struct document *document, size_t offset, struct lettered *into)
{
	const struct view *view = &document->view;
	return lettering_view_find(&view->letterings, offset, view->text.length, into);
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
	for (size_t i = 0; i < document_block_count(document); i++)
		count += document_body(document, i).length > 0;
	return count;
}

size_t document_words(const struct document *document)
{
	size_t count = 0;
	for (size_t i = 0; i < document_block_count(document); i++)
		count += words_count(document_body(document, i));
	return count;
}
