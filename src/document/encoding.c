/* What bytes may be encoded in, and what they are.
 *
 * UTF-16 and UTF-32 are told by their byte order mark. Text is Windows-1252 where more than half of
 * the bytes that are not ASCII are no part of valid UTF-8: a single é of it is no UTF-8 at all,
 * while damaged UTF-8 is valid for the most part. Everything else is UTF-8.
 */
#include "document/encoding.h"

#include "byline/document.h"
#include "document/foreign.h"

/* ---- What differs from ISO-8859-1 ------------------------------------------------------- */

/* As the Encoding Standard has it: the five bytes without a character are controls. */
static const struct unlike windows_1252[] = {{0x80, 0x20AC}, {0x82, 0x201A}, {0x83, 0x192},
	{0x84, 0x201E}, {0x85, 0x2026}, {0x86, 0x2020}, {0x87, 0x2021}, {0x88, 0x2C6},
	{0x89, 0x2030}, {0x8A, 0x160}, {0x8B, 0x2039}, {0x8C, 0x152}, {0x8E, 0x17D}, {0x91, 0x2018},
	{0x92, 0x2019}, {0x93, 0x201C}, {0x94, 0x201D}, {0x95, 0x2022}, {0x96, 0x2013},
	{0x97, 0x2014}, {0x98, 0x2DC}, {0x99, 0x2122}, {0x9A, 0x161}, {0x9B, 0x203A}, {0x9C, 0x153},
	{0x9E, 0x17E}, {0x9F, 0x178}, {0, 0}};
static const struct unlike iso_8859_15[] = {{0xA4, 0x20AC}, {0xA6, 0x160}, {0xA8, 0x161},
	{0xB4, 0x17D}, {0xB8, 0x17E}, {0xBC, 0x152}, {0xBD, 0x153}, {0xBE, 0x178}, {0, 0}};

/* ---- Names ------------------------------------------------------------------------------ */

static const struct encoding encodings[] = {
	{"UTF-8", ENCODING_UTF8, 1, false, NULL},
	{"UTF-16LE", ENCODING_UNITS, 2, false, NULL},
	{"UTF-16BE", ENCODING_UNITS, 2, true, NULL},
	{"UTF-32LE", ENCODING_UNITS, 4, false, NULL},
	{"UTF-32BE", ENCODING_UNITS, 4, true, NULL},
	{"Windows-1252", ENCODING_LATIN, 1, false, windows_1252},
	{"ISO-8859-1", ENCODING_LATIN, 1, false, NULL},
	{"ISO-8859-15", ENCODING_LATIN, 1, false, iso_8859_15},
	{"US-ASCII", ENCODING_ASCII, 1, false, NULL},
};

enum { UTF_8, UTF_16LE, UTF_16BE, UTF_32LE, UTF_32BE, WINDOWS_1252 };

const char *const encoding_names[] = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32",
	"UTF-32LE", "UTF-32BE", "US-ASCII", "ISO-8859-1", "ISO-8859-15", "Windows-1252",
	/* The others are known where libc has them. */
	"Big5", "EUC-JP", "EUC-KR", "GB18030", "GBK", "ISO-2022-JP", "ISO-8859-2", "ISO-8859-5",
	"ISO-8859-7", "ISO-8859-9", "KOI8-R", "KOI8-U", "Macintosh", "Shift_JIS", "Windows-1250",
	"Windows-1251", "Windows-1253", "Windows-1254", "Windows-1255", "Windows-1256",
	"Windows-1257", NULL};

static const struct {
	const char *name, *of;
} aliases[] = {
	{"ASCII", "US-ASCII"},
	{"Latin-1", "ISO-8859-1"},
	{"Latin-9", "ISO-8859-15"},
	{"CP1252", "Windows-1252"},
};

/* The next letter or digit, made small; 0 at the end. */
static uint32_t next_sign(const char **name)
{
	for (uint32_t code; (code = (unsigned char)**name) != 0;) {
		++*name;
		if (code >= 0x80 || code_class(code) != LETTER_NONE)
			return code_lower(code);
	}
	return 0;
}

static bool same_name(const char *a, const char *b)
{
	uint32_t one, other;
	do {
		one = next_sign(&a);
		other = next_sign(&b);
	} while (one == other && one != 0);
	return one == other;
}

static const struct encoding *find_by_name(const char *name)
{
	for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
		if (same_name(name, aliases[i].name))
			name = aliases[i].of;
	for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++)
		if (same_name(name, encodings[i].name))
			return &encodings[i];
	return NULL;
}

/* ---- What bytes are --------------------------------------------------------------------- */

/* UTF-32 first: its mark begins as that of UTF-16 does. */
static const struct {
	const char *bytes;
	size_t length;
	size_t encoding;
} marks[] = {
	{"\xFF\xFE\0\0", 4, UTF_32LE},
	{"\0\0\xFE\xFF", 4, UTF_32BE},
	{"\xFF\xFE", 2, UTF_16LE},
	{"\xFE\xFF", 2, UTF_16BE},
	{"\xEF\xBB\xBF", 3, UTF_8},
};

static const struct encoding *find_by_mark(struct slice sample)
{
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		struct slice mark = {marks[i].bytes, marks[i].length};
		if (slice_equal(slice_cut(sample, 0, mark.length), mark))
			return &encodings[marks[i].encoding];
	}
	return NULL;
}

/* Without a mark the highest bytes of most units are zero; where that says nothing, RFC 2781 and
 * the Unicode Standard ask for the highest byte first. */
static bool is_big(struct slice sample, size_t unit)
{
	size_t first = 0, last = 0;
	for (size_t at = 0; at + unit <= sample.length; at += unit) {
		first += sample.bytes[at] == 0;
		last += sample.bytes[at + unit - 1] == 0;
	}
	return first >= last;
}

static const struct encoding *find_named(const char *name, struct slice sample)
{
	size_t unit = same_name(name, "UTF-16") ? 2 : same_name(name, "UTF-32") ? 4 : 0;
	if (unit == 0)
		return find_by_name(name);
	const struct encoding *marked = find_by_mark(sample);
	if (marked && marked->unit == unit)
		return marked;
	size_t little = unit == 2 ? UTF_16LE : UTF_32LE;
	return &encodings[little + is_big(sample, unit)];
}

/* As it is listed, where it is. */
static const char *spelling(const char *name)
{
	for (size_t i = 0; encoding_names[i]; i++)
		if (same_name(name, encoding_names[i]))
			return encoding_names[i];
	return name;
}

bool encoding_is_known(const char *name)
{
	return find_named(name, (struct slice){0}) || foreign_is_known(spelling(name));
}

/* Bytes that are not ASCII, and how many of them are no part of UTF-8. A sequence that breaks off
 * at the end of a sample may go on. */
static bool is_mostly_invalid(struct slice sample, bool whole)
{
	size_t high = 0, invalid = 0;
	for (size_t at = 0, length; at < sample.length; at += length) {
		uint32_t code;
		length = utf8_decode(sample, at, &code);
		if (code < 0x80)
			continue;
		bool good = utf8_valid(slice_cut(sample, at, at + length));
		if (!good && !whole && at + length == sample.length)
			break;
		high += length;
		invalid += good ? 0 : length;
	}
	return 2 * invalid > high;
}

struct encoding encoding_choose(const char *name, struct slice sample, bool whole)
{
	const struct encoding *found = name ? find_named(name, sample) : NULL;
	if (!found && name && foreign_is_known(spelling(name)))
		return (struct encoding){spelling(name), ENCODING_FOREIGN, 1, false, NULL};
	if (!found)
		found = find_by_mark(sample);
	if (!found)
		found = &encodings[is_mostly_invalid(sample, whole) ? WINDOWS_1252 : UTF_8];
	return *found;
}
