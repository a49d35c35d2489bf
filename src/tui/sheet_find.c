/* Looking for words on a page that lies over the article: the next line that has them is lit. */
#include "tui/app.h"
#include "tui/commands.h"

static bool has_capital(struct slice text)
{
	for (size_t at = 0; at < text.length;) {
		uint32_t code;
		at += utf8_decode(text, at, &code);
		if (code_class(code) == LETTER_UPPER)
			return true;
	}
	return false;
}

/* Small letters find any case. */
static bool text_has(struct slice text, struct slice wanted)
{
	struct buffer lower = {0};
	if (!has_capital(wanted)) {
		text_lower(text, &lower);
		text = buffer_slice(&lower);
	}
	bool has = text.length > 0 &&
		   memmem(text.bytes, text.length, wanted.bytes, wanted.length) != NULL;
	buffer_release(&lower);
	return has;
}

static bool line_has(const struct sheet *sheet, size_t line, struct slice wanted)
{
	const struct sheet_run *run = sheet->lines[line].runs;
	while (run != NULL && !text_has(run->text, wanted))
		run = run->next;
	return run != NULL;
}

static void show_line(struct sheet *sheet, int line)
{
	sheet->chosen = line;
	if (sheet->top > line)
		sheet->top = line;
	if (sheet->top < line - sheet->rows + 1)
		sheet->top = line - sheet->rows + 1;
}

/* The line behind `from`, or before it, that has what is looked for, and around; -1: none has. */
static int find_line(const struct sheet *sheet, const struct page_search *search, int from)
{
	struct slice wanted = buffer_slice(&search->text);
	int count = (int)sheet->count, step = search->backward ? count - 1 : 1;
	for (int i = 0; i < count && wanted.length > 0; i++) {
		from = (from + step) % count;
		if (line_has(sheet, (size_t)from, wanted))
			return from;
	}
	return -1;
}

/* Where a search begins: at the line that is lit, else at the edge of what is seen. */
static int start_of(const struct sheet *sheet, bool backward)
{
	int last = (int)sheet->count - 1;
	if (sheet->chosen >= 0)
		return sheet->chosen;
	return backward ? sheet->top : sheet->top > 0 ? sheet->top - 1 : last;
}

static void tell_missing(struct reader *reader)
{
	struct buffer shown = {0};
	text_visible(buffer_slice(&reader->page_search.text), &shown);
	reader_complain(reader, "%s: not found", shown.bytes);
	buffer_release(&shown);
}

static void look(struct reader *reader, int from)
{
	struct sheet *sheet = &reader->sheet;
	const struct page_search *search = &reader->page_search;
	int line = find_line(sheet, search, from);
	if (line >= 0)
		show_line(sheet, line);
	else if (search->text.length > 0)
		tell_missing(reader);
}

/* ---- The prompt ------------------------------------------------------------------------- */

static void go_to_start(struct reader *reader)
{
	reader->sheet.chosen = reader->page_search.chosen;
	reader->sheet.top = reader->page_search.top;
}

static void changed(struct reader *reader, struct slice text)
{
	struct page_search *search = &reader->page_search;
	go_to_start(reader);
	search->text.length = 0;
	buffer_append(&search->text, text);
	look(reader, start_of(&reader->sheet, search->backward));
}

/* What was found while it was typed stands; an empty line looks for the same again. */
static void entered(struct reader *reader, struct slice text)
{
	const struct sheet *sheet = &reader->sheet;
	bool found = text.length > 0 && sheet->chosen >= 0 &&
		     line_has(sheet, (size_t)sheet->chosen, text);
	if (!found)
		look(reader, start_of(sheet, reader->page_search.backward));
}

static const struct prompt_kind forward = {
	.mark = "/",
	.history = HISTORY_PAGE,
	.changed = changed,
	.entered = entered,
	.left = go_to_start,
};
static const struct prompt_kind backward = {
	.mark = "?",
	.history = HISTORY_PAGE,
	.changed = changed,
	.entered = entered,
	.left = go_to_start,
};

bool page_is_searched(const struct reader *reader)
{
	return reader->over == PANE_CARD || reader->over == PANE_HELP;
}

void page_search_begin(struct reader *reader, bool back)
{
	struct page_search *search = &reader->page_search;
	search->backward = back;
	search->chosen = reader->sheet.chosen;
	search->top = reader->sheet.top;
	prompt_open(reader, back ? &backward : &forward);
}

void page_search_on(struct reader *reader, const struct call *call, bool against)
{
	struct page_search search = reader->page_search;
	struct sheet *sheet = &reader->sheet;
	int line = start_of(sheet, search.backward != against);
	if (search.text.length == 0) {
		reader_say(reader, "no search is in force; %s begins one",
			reader_key_for(reader, "search"));
		return;
	}
	search.backward = search.backward != against;
	for (size_t i = 0; i < call_steps(call) && line >= 0; i++)
		line = find_line(sheet, &search, line);
	if (line >= 0)
		show_line(sheet, line);
	else
		tell_missing(reader);
}
