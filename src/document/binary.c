/* Bytes that are no text, and what they are instead: as file(1) tells by their first bytes. */
#include "document/binary.h"

#define SHARE 20 /* a text has at most one odd byte in so many */

/* What stands at a place; the first row that fits, holds. */
struct sign {
	size_t at, length;
	const char *bytes;
	bool certain; /* no text begins so, however few odd bytes follow */
	struct binary binary;
};

#define LETTERS_OF(picture) "tesseract " picture " -" /* reads what is written in it */

static const struct sign signs[] = {
	{0, 2, "\x1F\x8B", true, {"a gzip archive", "gzip -dc FILE", "gzip -dc"}},
	{0, 2, "\x1F\x9D", true, {"a compressed file", "gzip -dc FILE", "gzip -dc"}},
	{4, 6, "1AY&SY", true, {"a bzip2 archive", "bzip2 -dc FILE", "bzip2 -dc"}},
	{0, 6, "\xFD\x37zXZ\0", true, {"an xz archive", "xz -dc FILE", "xz -dc"}},
	{0, 4, "\x28\xB5\x2F\xFD", true, {"a zstd archive", "zstd -dc FILE", "zstd -dc"}},
	{0, 4, "\x04\x22\x4D\x18", true, {"an lz4 archive", "lz4 -dc FILE", "lz4 -dc"}},
	{0, 5, "LZIP\1", true, {"an lzip archive", "lzip -dc FILE", "lzip -dc"}},
	{0, 6, "7z\xBC\xAF\x27\x1C", true, {"a 7z archive", "7z e -so FILE", NULL}},
	{30, 28, "mimetypeapplication/epub+zip", true,
		{"an EPUB book", "pandoc -t plain FILE", "pandoc -f epub -t plain"}},
	{30, 39, "mimetypeapplication/vnd.oasis.opendocum", true,
		{"an OpenDocument file", "pandoc -t plain FILE", "pandoc -f odt -t plain"}},
	{30, 19, "[Content_Types].xml", true, {"an Office document", "pandoc -t plain FILE", NULL}},
	{0, 4, "PK\x03\x04", true, {"a zip archive", "unzip -p FILE", NULL}},
	{0, 5, "%PDF-", true, {"a PDF document", "pdftotext FILE -", "pdftotext - -"}},
	{257, 5, "ustar", false, {"a tar archive", "tar -xOf FILE", "tar -xOf -"}},
	{0, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", true,
		{"an old Office document", "catdoc FILE", "catdoc"}},
	{0, 16, "SQLite format 3\0", true, {"an SQLite database", "sqlite3 FILE .dump", NULL}},
	{0, 4,
		"\x7F"
		"ELF",
		true, {"a program", "strings FILE", "strings"}},
	{0, 8, "\x89PNG\r\n\x1A\n", true, {"a PNG picture", LETTERS_OF("FILE"), LETTERS_OF("-")}},
	{0, 3, "\xFF\xD8\xFF", true, {"a JPEG picture", LETTERS_OF("FILE"), LETTERS_OF("-")}},
	{0, 6, "GIF87a", true, {"a GIF picture", LETTERS_OF("FILE"), LETTERS_OF("-")}},
	{0, 6, "GIF89a", true, {"a GIF picture", LETTERS_OF("FILE"), LETTERS_OF("-")}},
	{8, 7, "WEBPVP8", true, {"a WebP picture", LETTERS_OF("FILE"), LETTERS_OF("-")}},
	{0, 4, "II*\0", true, {"a TIFF picture", LETTERS_OF("FILE"), LETTERS_OF("-")}},
	{0, 4, "MM\0*", true, {"a TIFF picture", LETTERS_OF("FILE"), LETTERS_OF("-")}},
	{0, 3, "ID3", false, {"a sound", NULL, NULL}},
	{0, 5, "OggS\0", true, {"a sound", NULL, NULL}},
	{0, 5, "fLaC\0", true, {"a sound", NULL, NULL}},
	{4, 4, "ftyp", false, {"a film", NULL, NULL}},
	{0, 4, "\x1A\x45\xDF\xA3", true, {"a film", NULL, NULL}},
};

static const struct sign *find_sign(struct slice sample)
{
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		struct slice expected = {signs[i].bytes, signs[i].length};
		struct slice bytes = slice_cut(sample, signs[i].at, signs[i].at + expected.length);
		if (slice_equal(bytes, expected))
			return &signs[i];
	}
	return NULL;
}

const struct binary *binary_find(struct slice sample)
{
	const struct sign *sign = find_sign(sample);
	return sign ? &sign->binary : NULL;
}

/* Backspaces overstrike, form feeds part pages, escapes colour: texts have them. */
static bool is_odd(char byte)
{
	static const char usual[] = "\b\t\n\v\f\r\x1B";
	return byte == '\0' || byte == '\x7F' ||
	       ((unsigned char)byte < ' ' && strchr(usual, byte) == NULL);
}

bool bytes_are_binary(struct slice sample)
{
	const struct sign *sign = find_sign(sample);
	size_t odd = 0;
	for (size_t i = 0; i < sample.length; i++)
		odd += is_odd(sample.bytes[i]);
	return odd > sample.length / SHARE || (sign && sign->certain);
}
