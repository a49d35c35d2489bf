/* Bookmarks: places with a letter.
 *
 * As in vi's children, a small letter belongs to a file and a capital finds its file again. `''` is
 * where the last jump began.
 */
#include "tui/app.h"
#include "tui/commands.h"

#include <stdlib.h>

#define EXCERPT_BYTES 400

static bool is_capital(char letter)
{
	return letter >= 'A' && letter <= 'Z';
}

static bool is_letter(char letter)
{
	return is_capital(letter) || (letter >= 'a' && letter <= 'z');
}

static struct bookmark *bookmark_of(const struct reader *reader, char letter)
{
	for (size_t i = 0; i < reader->bookmarks.count; i++) {
		struct bookmark *bookmark = &reader->bookmarks.items[i];
		bool here = bookmark->place.reading == reader->current;
		if (bookmark->letter == letter && (here || is_capital(letter)))
			return bookmark;
	}
	return NULL;
}

/* The letter of a call; 0 after saying what is wanted. */
static char letter_of(struct reader *reader, const struct call *call, bool apostrophe)
{
	char letter = call->argument.length == 1 ? *call->argument.bytes : '\0';
	if (is_letter(letter) || (apostrophe && (letter == '\'' || letter == '`')))
		return letter;
	reader_say(reader, "a bookmark's name is a letter, a to z or A to Z");
	return '\0';
}

COMMAND(set_bookmark)
{
	char letter = letter_of(reader, call, false);
	struct bookmarks *bookmarks = &reader->bookmarks;
	if (letter == '\0')
		return;
	struct bookmark *bookmark = bookmark_of(reader, letter);
	if (bookmark == NULL) {
		bookmarks->items = grow(bookmarks->items, &bookmarks->capacity,
			bookmarks->count + 1, sizeof *bookmarks->items);
		bookmark = &bookmarks->items[bookmarks->count++];
	}
	*bookmark = (struct bookmark){.letter = letter, .place = reader_place(reader)};
	bookmarks->changes++;
	reader_say(reader, "bookmark %c is here; '%c comes back", letter, letter);
}

COMMAND(go_to_bookmark)
{
	char letter = letter_of(reader, call, true);
	if (letter == '\0')
		return;
	if (!is_letter(letter)) {
		if (reader->jumps.any)
			reader_return(reader, &reader->jumps.before);
		else
			reader_say(reader, "there was no jump yet");
		return;
	}
	const struct bookmark *bookmark = bookmark_of(reader, letter);
	if (bookmark == NULL) {
		reader_say(reader, "there is no bookmark %c; m%c puts it here", letter, letter);
		return;
	}
	reader_return(reader, &bookmark->place);
	reader_say(reader, "bookmark %c", letter);
}

void bookmarks_release(struct bookmarks *bookmarks)
{
	free(bookmarks->items);
}

/* ---- Their list ------------------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
	const struct bookmark *one = a, *other = b;
	return one->letter - other->letter;
}

/* What stands at the top, to the end of its paragraph; the sheet shows what has room. */
static struct slice excerpt(const struct reading *reading, size_t top)
{
	const struct document *document = reading->document;
	if (document_block_count(document) == 0)
		return (struct slice){0};
	size_t end = document_block(document, document_block_at(document, top)).body.end;
	return slice_cut(document_text(document), top,
		end < top + EXCERPT_BYTES ? end : top + EXCERPT_BYTES);
}

/* "b  34%  In Lagos, Bo Lind had heard that before." */
static void put_bookmark(
	struct reader *reader, struct sheet *sheet, const struct bookmark *bookmark)
{
	const struct reading *reading = reader->readings[bookmark->place.reading];
	struct slice text = document_text(reading->document);
	size_t top = bookmark->place.stand.top;
	struct buffer line = {0}, words = {0};
	buffer_format(&line, "%c", bookmark->letter);
	sheet_line(sheet, 0);
	sheet_put(sheet, buffer_slice(&line), reader->look[LOOK_HELP_KEY], reader->policy);
	line.length = 0;
	buffer_format(&line, "%zu%%",
		text.length > 0 ? (size_t)((double)top * 100 / (double)text.length) : 0);
	sheet->column = 3;
	sheet_put(sheet, buffer_slice(&line), reader->look[LOOK_CARD_LABEL], reader->policy);
	sheet->column = 8;
	if (bookmark->place.reading != reader->current) {
		reading_put_name(reading, &words);
		buffer_text(&words, ": ");
	}
	sheet_put(sheet, buffer_slice(&words), reader->look[LOOK_HELP], reader->policy);
	sheet_put(sheet, excerpt(reading, top), reader->look[LOOK_HELP], reader->policy);
	buffer_release(&line);
	buffer_release(&words);
}

void bookmarks_fill(struct reader *reader, struct sheet *sheet)
{
	struct bookmarks *bookmarks = &reader->bookmarks;
	if (bookmarks->count > 0)
		qsort(bookmarks->items, bookmarks->count, sizeof *bookmarks->items, compare);
	sheet_line(sheet, 0);
	sheet_put(sheet, slice_of("bookmarks"), reader->look[LOOK_HELP_TITLE], reader->policy);
	for (size_t i = 0; i < bookmarks->count; i++)
		if (is_capital(bookmarks->items[i].letter) ||
			bookmarks->items[i].place.reading == reader->current)
			put_bookmark(reader, sheet, &bookmarks->items[i]);
}

COMMAND(list_bookmarks)
{
	(void)call;
	bool any = false;
	for (size_t i = 0; i < reader->bookmarks.count; i++)
		any = any || is_capital(reader->bookmarks.items[i].letter) ||
		      reader->bookmarks.items[i].place.reading == reader->current;
	if (any)
		reader_open_sheet(reader, PANE_BOOKMARKS);
	else
		reader_say(reader, "there are no bookmarks yet; ma puts bookmark a here");
}
