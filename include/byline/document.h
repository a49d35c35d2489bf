/* document.h: one opened text: where its bytes come from, its blocks and sentences.
 *
 * The text is UTF-8, immutable once appended, and grows at its end only. Blocks partition it: each
 * byte belongs to one. A block once closed never changes; the last one of a text that still grows
 * is open: it is counted and can be asked like any other, but with the next append its kind and
 * both its ends may change, and it may become several. Encoding, type, shape and whether it is
 * binary are decided once, on the first 64 KiB or the end, and no block is there before. Everything
 * else known of a text is spans over it. Pointers into the text are valid as long as the document.
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
	uint8_t level;      /* heading: 1 to 6; item, quotation: depth from 1; paragraph: how far
			       it is set in, by two columns, where it was wrapped; else 0 */
	bool lines;         /* verse, a table, code: its lines are rows, never wrapped, and the
			       body has the first one's indent as well */
	bool wrapped;       /* by hand: each stretch of white space in it is one blank */
	struct span extent; /* with its marker, line ends and empty lines: partitions the text */
	struct span body;   /* what is read: without marker ("- ", "> ") and line ends around it; of
			       a wrapped one line ends inside are blanks, as are the marks of a
			       quotation behind them */
};

/* How most lines of a plain text are meant, told by the text. A stretch of lines without an empty
 * one between them may be meant in another way, told by its lines. */
enum shape {
	SHAPE_FLOWING, /* a line is a paragraph */
	SHAPE_WRAPPED, /* empty lines divide paragraphs, which were wrapped by hand */
	SHAPE_VERSE    /* lines are lines */
};

/* What the user insists on; what is NULL or false is told by the bytes, and of the type by the name
 * as well: whether lines are rows. */
struct document_options {
	const char *encoding; /* a name that encoding_is_known */
	const char *type;     /* a name that document_type_names has */
	bool binary;          /* read it even where it is binary */
	size_t limit;         /* bytes it may have when it is opened; 0: source_limit() */
};
/* The common ones, NULL ends them; any case is taken, and other names that the C library knows. */
extern const char *const encoding_names[];
bool encoding_is_known(const char *name);
/* "plain"; "ansi": text for terminals and printers, whose colours and what is struck over are no
 * part of it, but its letterings; NULL ends them. Such texts are known where they have several of
 * these and hardly any other control character; what is said then of the text is said of what is
 * left. */
extern const char *const document_type_names[];

struct document;

/* Path as the user gave it; copied. Options may be NULL; their strings are copied. */
struct document *document_new(const char *path, const struct document_options *options);
void document_free(struct document *document); /* NULL is allowed */

/* Appends bytes as they came from outside: they are decoded, invalid parts become U+FFFD and are
 * counted, an incomplete sequence at the end waits for the next call. Until it is decided what the
 * bytes are, they are only kept. False: there is no room for all of it (4 GiB, or what a limit of
 * the process leaves); what fits is kept. */
bool document_append(struct document *document, struct slice bytes);
/* Decides with what there is: the first screen must not wait for 64 KiB. */
void document_decide(struct document *document);
/* Says that nothing more comes. A text that grows after all is appended to again: its last block is
 * open then. */
void document_finish(struct document *document);

/* A view of the same text that stays as it is while the text grows, until it is refreshed: for
 * those who read it in another thread. It shares the text's memory and must be freed before it.
 * Making, refreshing and asking a shadow may run beside an append: for as long as a few counts are
 * copied, one waits for the other. */
struct document *document_shadow(const struct document *of);
void document_shadow_refresh(struct document *shadow, const struct document *of);

struct slice document_text(const struct document *document);
const char *document_path(const struct document *document);
const char *document_type_name(const struct document *document);     /* "plain" */
const char *document_encoding_name(const struct document *document); /* "UTF-8" */
size_t document_replaced(const struct document *document); /* how many U+FFFD were put in */
bool document_is_whole(const struct document *document);   /* finished */
bool document_is_decided(const struct document *document);
bool document_is_binary(const struct document *document);
/* What a binary text is called: "a gzip archive"; NULL: nothing known. */
const char *document_binary_name(const struct document *document);
/* Appends a command line that reads it as text: "gzip -dc news.gz | byline"; false: none is known.
 */
bool document_put_remedy(const struct document *document, struct buffer *into);
enum shape document_shape(const struct document *document);
/* Some block was wrapped by hand. */
bool document_is_wrapped(const struct document *document);
/* Flowing lines stand as close as in the text: they are entries of a log, messages and the like, or
 * empty lines divide the paragraphs and lines without one between belong together. */
bool document_is_close(const struct document *document);

size_t document_block_count(const struct document *document);
struct block document_block(const struct document *document, size_t index);
/* Blocks that will not change any more: all, or all but the last. */
size_t document_closed_count(const struct document *document);
/* The block whose extent holds the offset; the last one for the end of the text. The document must
 * have a block. */
size_t document_block_at(const struct document *document, size_t offset);
struct slice document_body(const struct document *document, size_t block);
const char *block_kind_name(enum block_kind kind);

/* A body is stored, laid out and read in pieces of at most 64 KiB, so that nothing takes longer for
 * one paragraph of any size. A piece ends behind a sentence, else behind a blank, else between two
 * clusters; behind a line where lines are rows. It depends on the text around it alone. */
struct span document_piece(const struct document *document, size_t block, size_t offset);

/* A wrapped paragraph that begins with a word and a gap behind it, and goes on below what stands
 * behind that: an option and its meaning. Zeroed: it is none. */
struct hanging {
	size_t word, gap; /* bytes */
	unsigned columns; /* of both */
};
struct hanging document_hanging(const struct document *document, size_t block);

/* ---- How a text is written -------------------------------------------------------------- */

/* What a text says of how its letters look. */
enum lettering_trait {
	LETTERING_STRONG = 1,
	LETTERING_EMPHASIS = 2,
	LETTERING_UNDERLINED = 4,
	LETTERING_REVERSED = 8,
	LETTERING_FAINT = 16,
	LETTERING_CODE = 32,
	LETTERING_LINK = 64,
	LETTERING_TRAITS = 128 /* so many sets of them */
};

/* A colour: INK_NONE, INK_PALETTE with one of the 256 of a terminal's palette, or INK_DIRECT with
 * 0xRRGGBB. */
#define INK_NONE 0u
#define INK_PALETTE 0x1000000u
#define INK_DIRECT 0x2000000u

struct lettering {
	uint8_t traits; /* enum lettering_trait */
	uint32_t ink, ground;
};
struct lettered {
	struct span span;
	struct lettering lettering;
};
/* The first stretch in a lettering that is not plain and ends after an offset; false: there is
 * none. Neighbours may be alike, and the last one ends with the text so far. */
bool document_lettered(const struct document *document, size_t offset, struct lettered *into);

/* ---- Counting --------------------------------------------------------------------------- */

/* Blocks with something to read in their body: what a person counts as paragraphs. */
size_t document_paragraphs(const struct document *document);
/* What stands between white space, over all bodies. */
size_t document_words(const struct document *document);
size_t words_count(struct slice text);

/* ---- Where a text comes from ------------------------------------------------------------ */

struct source; /* a file, a FIFO, standard input */

enum source_state {
	SOURCE_MORE,    /* there may be more at once */
	SOURCE_WAITING, /* nothing has come yet, or nothing for now: wait for its descriptor */
	SOURCE_ENDED,   /* nothing more comes; the document is finished */
	SOURCE_FAILED   /* the same, and a diagnostic says why */
};

/* Opens a path, "-" for standard input, without waiting for anybody. NULL with a diagnostic that
 * names the path, the cause and the remedy: a directory, a device, a socket, no permission, larger
 * than `limit` bytes. */
struct source *source_open(const char *path, size_t limit, struct diagnostics *out);
void source_close(struct source *source); /* NULL is allowed */
/* Appends what is there, at most about `budget` bytes; finishes the document at the end. */
enum source_state source_read(
	struct source *source, struct document *document, size_t budget, struct diagnostics *out);
/* To be watched while it is waiting; -1: nothing to watch. */
int source_descriptor(const struct source *source);
/* Nobody has opened the other end of a FIFO yet. */
bool source_has_no_writer(const struct source *source);
/* Bytes of a file; 0 where that is not known before the end. And those that have come so far. */
size_t source_size(const struct source *source);
size_t source_taken(const struct source *source);
/* A regular file: it can be opened again, and may grow after its end. */
bool source_is_file(const struct source *source);
/* Looks whether a file that had ended has grown: it can be read on then. One that is shorter than
 * what was read, or another file under its name, is a diagnostic and false. */
bool source_follow(struct source *source, struct diagnostics *out);
/* As many bytes as this machine has room for at three times their size; at most 4 GiB. */
size_t source_limit(void);

/* Opens a path and reads it to its end, waiting where it must. NULL with a diagnostic; an empty
 * file is a document. Binary texts are refused unless the options insist. */
struct document *document_open(
	const char *path, const struct document_options *options, struct diagnostics *out);

/* Reads a path to its end as document_open does, but keeps nothing: each part of the text is handed
 * on when it has come, whatever the size of the whole. `take` says whether it wants more. False
 * with a diagnostic where it could not be read to its end, or is binary. */
struct taker {
	bool (*take)(void *of, struct slice text);
	void *of;
};
bool document_pass(const char *path, const struct document_options *options, struct taker taker,
	struct diagnostics *out);

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
