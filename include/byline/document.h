/* document.h: one opened text: its bytes, blocks and sentences.
 *
 * The text is UTF-8, immutable once appended, and grows at its end only. Blocks partition it: each
 * byte belongs to one. A block once closed never changes; the last one of a text that still grows
 * is open and not counted. Everything else known of a text is spans over it. Pointers into the
 * text, and to blocks, are valid until the next append.
 */
#ifndef BYLINE_DOCUMENT_H
#define BYLINE_DOCUMENT_H

#include "byline/base.h"

enum block_kind {
	BLOCK_PARAGRAPH,
	BLOCK_HEADING,
	BLOCK_ITEM,
	BLOCK_QUOTATION,
	BLOCK_CODE,
	BLOCK_RULE
};

struct block {
	uint8_t kind;       /* enum block_kind */
	uint8_t level;      /* heading: 1 to 6; item, quotation: depth from 1; else 0 */
	struct span extent; /* with its marker, line ends and empty lines: partitions the text */
	struct span body;   /* what is read: without marker ("- ", "> ") and line ends */
};

enum document_type { DOCUMENT_PLAIN };

struct document;

struct document *document_new(const char *path); /* path as the user gave it; copied */
void document_free(struct document *document);

/* Appends bytes of UTF-8 (invalid parts become U+FFFD and are counted; an incomplete sequence at
 * the end waits for the next call) and closes the blocks that are complete. */
void document_append(struct document *document, struct slice bytes);
/* Says that nothing more comes: the last block is closed. */
void document_finish(struct document *document);

/* Opens a file, or standard input for "-": reads all, appends, finishes. NULL with a diagnostic
 * that names the path, the cause and the remedy. An empty file is a document. */
struct document *document_open(const char *path, struct diagnostics *out);

struct slice document_text(const struct document *document);
const char *document_path(const struct document *document);
const char *document_type_name(const struct document *document);     /* "plain" */
const char *document_encoding_name(const struct document *document); /* "UTF-8" */
size_t document_replaced(const struct document *document); /* how many U+FFFD were put in */
bool document_is_whole(const struct document *document);

size_t document_block_count(const struct document *document);
const struct block *document_block(const struct document *document, size_t index);
/* The block whose extent holds the offset; the last one for the end of the text. The document must
 * have a block. */
size_t document_block_at(const struct document *document, size_t offset);
struct slice document_body(const struct document *document, size_t block);
const char *block_kind_name(enum block_kind kind);

/* Blocks with something to read in their body: what a person counts as paragraphs. */
size_t document_paragraphs(const struct document *document);
/* What stands between white space, over all bodies. */
size_t document_words(const struct document *document);
size_t words_count(struct slice text);

/* ---- Sentences -------------------------------------------------------------------------- */

/* The words of a language that the splitter needs; packs hand them down. Each predicate may be
 * NULL. `word` is as it stands in the text, a final full stop included for abbreviations. */
struct sentence_words {
	bool (*is_abbreviation)(const void *of, struct slice word);
	bool (*is_cue)(
		const void *of, struct slice word); /* *said* may follow ?” without a break */
	bool (*is_function)(
		const void *of, struct slice word); /* *The*: after U.S. it begins a sentence */
	const void *of;
};

/* Appends the sentences of a block's body (offsets from `base`) to spans; returns their number.
 * They partition the body but for the blanks between. Ends: . ! ? … with closing marks and
 * brackets, before white space and no lower-case letter; not after an initial, an abbreviation, a
 * decimal point; not after a quote that a cue follows. */
struct spans {
	struct span *items;
	size_t count, capacity;
};
size_t sentences_find(
	struct slice body, size_t base, const struct sentence_words *words, struct spans *into);
void spans_add(struct spans *spans, size_t start, size_t end);
void spans_release(struct spans *spans);

#endif
