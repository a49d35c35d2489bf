/* base.h: what every floor stands on: slices, memory, UTF-8, diagnostics, files, JSON out.
 *
 * A slice borrows bytes and is never NUL-terminated. A span is a half-open range of byte offsets.
 * Running out of memory aborts (a program with a terminal restores it on SIGABRT); nothing here
 * returns NULL for want of memory. Nothing here reads the environment or the locale, or prints.
 */
#ifndef BYLINE_BASE_H
#define BYLINE_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define BYLINE_VERSION "0.1.0"

/* ---- Slices and spans ------------------------------------------------------------------- */

struct slice {
	const char *bytes; /* not NUL-terminated; NULL only where length is 0 */
	size_t length;     /* bytes */
};

struct span {
	size_t start, end; /* byte offsets, half-open */
};

#define NOWHERE SIZE_MAX /* the position that is none */

struct slice slice_of(const char *text); /* of a NUL-terminated string; NULL gives an empty slice */
/* Clamped to the whole. */
static inline struct slice slice_cut(struct slice whole, size_t start, size_t end)
{
	if (end > whole.length)
		end = whole.length;
	if (start > end)
		start = end;
	if (whole.bytes == NULL)
		return whole;
	return (struct slice){whole.bytes + start, end - start};
}
struct slice slice_trim(struct slice text); /* without ASCII white space at both ends */
static inline bool slice_equal(struct slice a, struct slice b)
{
	return a.length == b.length && (a.length == 0 || memcmp(a.bytes, b.bytes, a.length) == 0);
}
bool slice_is(struct slice a, const char *text);
int slice_compare(struct slice a, struct slice b); /* by bytes, as memcmp, shorter first */
bool slice_starts(struct slice text, const char *prefix);
bool slice_ends(struct slice text, const char *suffix);
/* Length of what divides two lines of a text that was wrapped by hand: from the line end at `at`
 * over the white space and the marks of a quotation (> >) behind it; 0: no line ends there. */
size_t joint_length(struct slice text, size_t at);
/* The line end at `at` stands behind a hyphen inside of a word: nothing is between the two lines.
 */
bool joint_is_hyphened(struct slice text, size_t at);
/* Length of the ASCII white space at `at`, joints included; *joint: there is one in it. */
size_t blanks_length(struct slice text, size_t at, bool *joint);
uint64_t slice_hash(struct slice text); /* the same on every machine of its byte order */

/* ---- Memory ----------------------------------------------------------------------------- */

/* An arena frees everything at once. Memory it gives is zeroed and aligned for any type. */
struct arena;
struct arena *arena_new(void);
void arena_free(struct arena *arena); /* NULL is allowed */
void *arena_allocate(struct arena *arena, size_t size);
char *arena_text(struct arena *arena, struct slice text);         /* a NUL-terminated copy */
struct slice arena_slice(struct arena *arena, struct slice text); /* a copy; NUL follows it */
char *arena_format(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

void *memory_allocate(size_t size);             /* zeroed; free() it */
void *memory_resize(void *memory, size_t size); /* as realloc, but never fails */
char *memory_text(struct slice text);           /* a NUL-terminated copy; free() it */
/* There is no memory left: does what the program has asked for, then aborts. */
_Noreturn void memory_exhausted(void);
/* `leaving` may be called from any thread; it must not allocate, and had better not return. */
void memory_on_exhaustion(void (*leaving)(void));

/* Makes room for `needed` items of `size` bytes; returns the (moved) items, updates *capacity.
 * Grows by half at least, so that appending one by one is linear. free() the items. */
void *memory_grow(void *items, size_t *capacity, size_t needed, size_t size);
static inline void *grow(void *items, size_t *capacity, size_t needed, size_t size)
{
	return needed <= *capacity ? items : memory_grow(items, capacity, needed, size);
}

/* Bytes that grow. Zero-initialised is empty. `bytes` is always NUL-terminated once used. */
struct buffer {
	char *bytes;
	size_t length, capacity;
};
void buffer_append(struct buffer *buffer, struct slice text);
void buffer_text(struct buffer *buffer, const char *text);
void buffer_integer(struct buffer *buffer, int64_t number); /* in decimal */
void buffer_reserve(struct buffer *buffer, size_t more);    /* room for so many, and a NUL */
/* Makes the buffer longer by bytes that the caller fills in; returns the first of them. */
static inline char *buffer_extend(struct buffer *buffer, size_t length)
{
	if (length >= buffer->capacity - buffer->length)
		buffer_reserve(buffer, length);
	char *room = buffer->bytes + buffer->length;
	buffer->length += length;
	buffer->bytes[buffer->length] = '\0';
	return room;
}
static inline void buffer_byte(struct buffer *buffer, char byte)
{
	*buffer_extend(buffer, 1) = byte;
}
void buffer_format(struct buffer *buffer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void buffer_format_list(struct buffer *buffer, const char *format, va_list arguments);
struct slice buffer_slice(const struct buffer *buffer);
void buffer_release(struct buffer *buffer); /* frees; the buffer is empty again */
/* Appends text with blanks_length made one blank wherever a joint is in it; inside of a word none.
 */
void text_join_lines(struct slice text, struct buffer *into);

/* ---- UTF-8 ------------------------------------------------------------------------------ */

#define REPLACEMENT 0xFFFDu

/* Decodes the code point at `at` (< text.length) into *code and returns its length in bytes. A
 * maximal invalid part (Unicode 15, table 3-8) gives U+FFFD and its own length, at least 1. */
size_t utf8_decode_long(struct slice text, size_t at, uint32_t *code); /* of any length */
static inline size_t utf8_decode(struct slice text, size_t at, uint32_t *code)
{
	*code = (unsigned char)text.bytes[at];
	return *code < 0x80 ? 1 : utf8_decode_long(text, at, code);
}
/* Offset of the code point that ends at `at` (> 0); decodes it into *code unless NULL. */
size_t utf8_before(struct slice text, size_t at, uint32_t *code);
size_t utf8_encode(uint32_t code, char bytes[static 4]); /* returns 1 to 4 */
bool utf8_valid(struct slice text);
/* Appends text with each maximal invalid part replaced by U+FFFD; returns how many there were. */
size_t utf8_repair(struct slice text, struct buffer *into);
/* Appends text for a person's eyes: C0, DEL, C1, bidi controls, U+FEFF and line separators appear
 * as ^A, \x9b, \u202e; invalid bytes as \xNN. Nothing that a terminal obeys is left. */
void text_visible(struct slice text, struct buffer *into);
/* The sign by which text_visible shows a code point that code_is_control; returns its length. */
#define SIGN_MOST 8
size_t control_sign(uint32_t code, char into[static SIGN_MOST]);
/* True for what must never reach a terminal raw: C0, DEL, C1, U+200E/F, U+202A-E, U+2066-9,
 * U+061C, U+2028/9, U+FEFF. */
bool code_is_control(uint32_t code);
/* True for those of them that turn the direction in which what follows is read. */
bool code_turns(uint32_t code);

/* ---- Letters ---------------------------------------------------------------------------- */

/* General categories of Unicode, as coarse as rules need them. */
enum letter_class {
	LETTER_NONE,
	LETTER_UPPER,
	LETTER_LOWER,
	LETTER_OTHER,
	LETTER_MARK,
	LETTER_DIGIT
};
/* Of ASCII the answers are at hand; the others go to the tables. */
extern const uint8_t ascii_classes[0x80];
enum letter_class long_code_class(uint32_t code);
bool long_code_is_space(uint32_t code);
uint32_t long_code_lower(uint32_t code);
/* UPPER: Lu, Lt; DIGIT: Nd; MARK: M */
static inline enum letter_class code_class(uint32_t code)
{
	return code < 0x80 ? (enum letter_class)ascii_classes[code] : long_code_class(code);
}
/* White space, NUL, BOM and CR included. */
static inline bool code_is_space(uint32_t code)
{
	return code <= ' ' || (code >= 0x7F && long_code_is_space(code));
}
/* Simple mapping; itself where there is none. */
static inline uint32_t code_lower(uint32_t code)
{
	if (code < 0x80)
		return ascii_classes[code] == LETTER_UPPER ? code + ('a' - 'A') : code;
	return long_code_lower(code);
}
uint32_t code_upper(uint32_t code);
/* Appends text as lists compare it: Latin letters without their marks (NFKD, marks dropped; ø, ł, ı
 * and their like by table), typographic apostrophes as ', hyphens as -, any white space as one
 * blank. Case stays. */
void text_fold(struct slice text, struct buffer *into);
void text_lower(struct slice text, struct buffer *into); /* appends with code_lower */

/* ---- Diagnostics ------------------------------------------------------------------------ */

/* What is wrong with a user's file, rule, key or option, and what to do. */
struct diagnostic {
	const char *path;    /* NULL: not about a file; "-" is kept as "standard input" */
	size_t line, column; /* from 1, column in code points; 0: unknown */
	const char
		*message; /* lower case, no final stop: "rule has no key 'mach'; did you mean …?" */
	const char *excerpt; /* the line and a caret below it, made visible, or NULL; two lines */
};

/* Zero-initialised is empty. Keeps the first DIAGNOSTICS_KEPT, counts all. */
#define DIAGNOSTICS_KEPT 1000
struct diagnostics {
	struct arena *arena;
	struct diagnostic *items;
	size_t count, capacity;
	size_t total; /* with those not kept */
};
void diagnostics_add(struct diagnostics *diagnostics, const struct diagnostic *what);
/* Adds one whose message is formatted; path may be NULL, line and column 0. */
void diagnostics_report(struct diagnostics *diagnostics, const char *path, size_t line,
	size_t column, const char *format, ...) __attribute__((format(printf, 5, 6)));
/* Adds one about byte `at` of `source`, the whole file's bytes: finds line, column and excerpt. */
void diagnostics_point(struct diagnostics *diagnostics, const char *path, struct slice source,
	size_t at, const char *format, ...) __attribute__((format(printf, 5, 6)));
/* Appends each as "path:line:column: message" and its excerpt, indented. What is about no line of a
 * file begins with the program's name, unless that is NULL. */
void diagnostics_tell(
	const struct diagnostics *diagnostics, const char *program, struct buffer *into);
void diagnostics_release(struct diagnostics *diagnostics);

struct place {
	size_t line, column; /* from 1; column in code points */
};
struct place text_place(struct slice source, size_t at);
/* Appends the line of `source` that holds byte `at`, clipped to some 100 cells, made visible, and
 * below it a caret: what a diagnostic's excerpt is. No final line end. */
void text_excerpt(struct slice source, size_t at, struct buffer *into);

/* The candidate nearest to word (Damerau-Levenshtein distance at most a third of its length, at
 * least 1), or NULL. `candidate` gives the i-th, NULL after the last. */
const char *nearest(
	struct slice word, const char *(*candidate)(const void *of, size_t i), const void *of);
/* The same over a plain array of names, `count` of them. */
const char *nearest_of(struct slice word, const char *const *names, size_t count);

/* ---- Files ------------------------------------------------------------------------------ */

/* Reads a whole file of at most `limit` bytes into `into`; false adds a diagnostic that names the
 * path, the cause and the remedy (missing, unreadable, a directory, a device, too large). */
bool file_read(const char *path, size_t limit, struct buffer *into, struct diagnostics *out);
/* Adds the diagnostic that file_read has for a call that failed with this errno; returns false. */
bool file_fails(const char *path, int number, struct diagnostics *out);
/* The same for a mode (of stat) of what has no end to be read to; true, without a diagnostic, for a
 * file, a pipe and a FIFO. */
bool file_type_reads(const char *path, unsigned mode, struct diagnostics *out);
/* The folder part of a path, with its final slash; "" where there is none. */
struct slice path_folder(struct slice path);
struct slice path_name(struct slice path); /* what follows the last slash */
/* Appends a path as one word that a shell reads as it is, with nothing that a terminal obeys. */
void path_quote(struct slice path, struct buffer *into);

/* ---- JSON out --------------------------------------------------------------------------- */

/* A streaming printer (RFC 8259): commas, escapes and nesting, into a buffer. `key` is NULL inside
 * arrays and at the top. Invalid UTF-8 in text is repaired. */
struct json {
	struct buffer *out;
	bool first; /* nothing printed yet on this level */
};
void json_open(struct json *json, const char *key, char bracket); /* '{' or '[' */
void json_close(struct json *json, char bracket);                 /* '}' or ']' */
void json_text(struct json *json, const char *key, struct slice text);
void json_integer(struct json *json, const char *key, int64_t number);
void json_decimal(struct json *json, const char *key, double number, int decimals);
void json_null(struct json *json, const char *key);

#endif
