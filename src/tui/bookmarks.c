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
	reader_say(reader, "bookmark %c is here; %s%c comes back", letter,
		reader_key_for(reader, "to-bookmark"), letter);
}

static void go_to(struct reader *reader, const struct bookmark *bookmark)
{
	char letter = bookmark->letter;
	reader_return(reader, &bookmark->place);
	reader_say(reader, "bookmark %c", letter);
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
	if (bookmark != NULL)
		go_to(reader, bookmark);
	else
		reader_say(reader, "there is no bookmark %c; %s%c puts it here", letter,
			reader_key_for(reader, "bookmark"), letter);
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

/* It belongs to the file that is read, or to all. */
static bool is_listed(const struct reader *reader, const struct bookmark *bookmark)
{
	return is_capital(bookmark->letter) || bookmark->place.reading == reader->current;
}

static size_t listed_count(const struct reader *reader)
{
	size_t count = 0;
	for (size_t i = 0; i < reader->bookmarks.count; i++)
		count += is_listed(reader, &reader->bookmarks.items[i]);
	return count;
}

#define TITLE_LINES 1

void bookmarks_fill(struct reader *reader, struct sheet *sheet)
{
	struct bookmarks *bookmarks = &reader->bookmarks;
	if (bookmarks->count > 0)
		qsort(bookmarks->items, bookmarks->count, sizeof *bookmarks->items, compare);
	sheet_line(sheet, 0);
	sheet_put(sheet, slice_of("bookmarks"), reader->look[LOOK_HELP_TITLE], reader->policy);
	for (size_t i = 0; i < bookmarks->count; i++)
		if (is_listed(reader, &bookmarks->items[i]))
			put_bookmark(reader, sheet, &bookmarks->items[i]);
	sheet->chosen = TITLE_LINES + (int)bookmarks->chosen;
}

/* The chosen one is seen, and the title with the first. */
void bookmarks_move(struct reader *reader, long steps)
{
	struct sheet *sheet = &reader->sheet;
	long last = (long)listed_count(reader) - 1, to = (long)reader->bookmarks.chosen + steps;
	to = to > last ? last : to;
	reader->bookmarks.chosen = to > 0 ? (size_t)to : 0;
	sheet->chosen = TITLE_LINES + (int)reader->bookmarks.chosen;
	int first = to > 0 ? sheet->chosen : 0;
	if (sheet->top > first)
		sheet->top = first;
	if (sheet->top < sheet->chosen - sheet->rows + 1)
		sheet->top = sheet->chosen - sheet->rows + 1;
}

void bookmarks_to_end(struct reader *reader, bool last)
{
	long count = (long)reader->bookmarks.count;
	bookmarks_move(reader, last ? count : -count);
}

void bookmarks_go(struct reader *reader)
{
	struct jump from = reader_place(reader);
	size_t left = reader->bookmarks.chosen;
	for (size_t i = 0; i < reader->bookmarks.count; i++) {
		const struct bookmark *bookmark = &reader->bookmarks.items[i];
		if (is_listed(reader, bookmark) && left-- == 0) {
			go_to(reader, bookmark);
			break;
		}
	}
	reader_left(reader, &from);
}

COMMAND(list_bookmarks)
{
	(void)call;
	reader->bookmarks.chosen = 0;
	if (listed_count(reader) > 0)
		reader_open_sheet(reader, PANE_BOOKMARKS);
	else
		reader_say(reader, "there are no bookmarks yet; %sa puts bookmark a here",
			reader_key_for(reader, "bookmark"));
}
