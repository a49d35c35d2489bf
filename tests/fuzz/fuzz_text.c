/* fuzz_text.c: any bytes as a text: decoded, divided, annotated, wrapped, printed.
 *
 * The first bytes say how: encoding, how the text comes, the width. What must hold: blocks
 * partition the text, rows lie in their piece, and what is found is the same however the text came.
 */
#include <string.h>

#include "byline/layout.h"
#include "fuzz.h"

#define PIECE_MOST ((size_t)64 << 10)

static struct packs packs;

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
	(void)count;
	(void)arguments;
	struct diagnostics out = {0};
	struct pack *pack = pack_load(pack_embedded(0), NULL, &out);
	MUST(pack != NULL && out.total == 0);
	packs_add(&packs, pack);
	return 0;
}

struct way {
	struct document_options options;
	size_t slice; /* bytes an append; 0: all at once */
	bool decides; /* after the first append */
	unsigned width;
};

static struct way read_way(struct slice *data)
{
	size_t encodings = 0;
	while (encoding_names[encodings] != NULL)
		encodings++;
	struct way way = {.options.binary = true};
	unsigned encoding = take_byte(data);
	if (encoding > 127)
		way.options.encoding = encoding_names[encoding % encodings];
	way.slice = take_byte(data);
	unsigned decides = take_byte(data);
	way.decides = decides > 127;
	way.options.type = decides % 2 == 1 ? "ansi" : NULL;
	way.width = 1 + take_byte(data);
	return way;
}

static void append_all(struct document *document, struct slice bytes, const struct way *way)
{
	size_t step = way->slice > 0 ? way->slice : bytes.length;
	for (size_t at = 0; at < bytes.length; at += step)
		document_append(document, slice_cut(bytes, at, at + step));
	document_finish(document);
}

/* The text comes in slices while somebody annotates what is there. */
static void read_growing(struct slice bytes, const struct way *way, struct buffer *found)
{
	struct document *document = document_new("text", &way->options);
	struct document *shadow = document_shadow(document);
	struct annotator *annotator = annotator_new(shadow, &packs);
	struct annotations *taken = NULL;
	size_t step = way->slice > 0 ? way->slice * 16 : 64;
	for (size_t at = 0; at < bytes.length; at += step) {
		document_append(document, slice_cut(bytes, at, at + step));
		document_shadow_refresh(shadow, document);
		annotator_prefer(annotator, at / 2);
		annotator_step(annotator, step);
		struct annotations *newer = annotator_take(annotator);
		if (newer != NULL) {
			annotations_free(taken);
			taken = newer;
		}
	}
	document_finish(document);
	document_shadow_refresh(shadow, document);
	print_found(shadow, &packs, annotator, found);
	annotations_free(taken);
	annotator_free(annotator);
	document_free(shadow);
	document_free(document);
}

static void check_blocks(const struct document *document)
{
	size_t end = 0;
	for (size_t i = 0; i < document_block_count(document); i++) {
		struct block block = document_block(document, i);
		MUST(block.extent.start == end && block.extent.end > end);
		MUST(block.body.start >= block.extent.start);
		MUST(block.body.end >= block.body.start && block.body.end <= block.extent.end);
		MUST(document_block_at(document, block.extent.start) == i);
		end = block.extent.end;
	}
	MUST(document_block_count(document) == 0 || end == document_text(document).length);
}

static void check_rows(const struct document *document, unsigned width)
{
	static const struct width_policy policy = {.ambiguous = 1};
	struct rows rows = {0};
	for (size_t i = 0; i < document_block_count(document); i++) {
		struct span body = document_block(document, i).body;
		struct span piece = document_piece(document, i, body.start);
		MUST(piece.start == body.start && piece.end <= body.end);
		MUST(piece.end - piece.start <= PIECE_MOST);
		rows.count = 0;
		rows_wrap(slice_cut(document_text(document), piece.start, piece.end), piece.start,
			width, 0, &policy, &rows);
		for (size_t row = 0; row < rows.count; row++) {
			MUST(rows.items[row].start >= piece.start);
			MUST(rows.items[row].end <= piece.end);
			MUST(rows.items[row].width <= width || width < 2);
		}
	}
	rows_release(&rows);
}

/* They follow each other, and whoever asks at any byte finds the same. */
static void check_letterings(const struct document *document)
{
	const size_t length = document_text(document).length;
	struct lettered found, again;
	for (size_t at = 0; document_lettered(document, at, &found); at = found.span.end) {
		MUST(found.span.end > at && found.span.start < found.span.end);
		MUST(found.span.end <= length);
		MUST(document_lettered(document, found.span.end - 1, &again));
		MUST(again.span.start == found.span.start && again.span.end == found.span.end);
	}
}

static void print_parts(const struct document *document, const struct annotator *annotator)
{
	struct exported what = {.document = document,
		.packs = &packs,
		.annotations = annotator_result(annotator),
		.words = annotator_sentence_words(annotator)};
	struct buffer out = {0};
	for (int part = 0; export_part_names[part] != NULL; part++)
		export_part(&what, (enum export_part)part, &out);
	buffer_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice bytes = {(const char *)data, size};
	struct way way = read_way(&bytes);
	struct document *document = document_new("text", &way.options);
	if (way.decides && bytes.length > 0) {
		document_append(document, slice_cut(bytes, 0, 1));
		document_decide(document);
		bytes = slice_cut(bytes, 1, bytes.length);
	}
	append_all(document, bytes, &way);
	MUST(utf8_valid(document_text(document)));
	check_blocks(document);
	check_letterings(document);
	check_rows(document, way.width);
	struct annotator *annotator = annotator_new(document, &packs);
	struct buffer found = {0}, other = {0}, why = {0};
	print_found(document, &packs, annotator, &found);
	print_parts(document, annotator);
	if (document_text(document).length > 0)
		annotator_why(annotator, size % document_text(document).length, &why);
	if (!way.decides) { /* what it is may be decided otherwise on less */
		read_growing(bytes, &way, &other);
		MUST(slice_equal(buffer_slice(&found), buffer_slice(&other)));
	}
	buffer_release(&found);
	buffer_release(&other);
	buffer_release(&why);
	annotator_free(annotator);
	document_free(document);
	return 0;
}
