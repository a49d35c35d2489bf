/* Where a pattern occurs; see search.h.
 *
 * A way to a hit looks from window to window, so that it need not wait for the job that counts; it
 * skips windows that are counted and have none. The job counts the hits of each window, which is
 * what tells which of how many a hit is, and keeps the first hits themselves for the scroll bar. A
 * window at the end of a text that grows is counted when all that its hits may reach into is there.
 */
#include "tui/search.h"

#include <stdlib.h>
#include <string.h>

#include "rules/pattern.h"

#define WINDOWS_A_STEP 4
#define LEAD ((size_t)1 << 10) /* bytes before a window that are looked through as well */
#define LISTED_MOST ((size_t)1 << 16)
#define SPENT_MOST 256 /* windows; the pattern is given up then */

void search_release(struct search *search)
{
	search_clear(search);
	pattern_room_free(search->room);
	spans_release(&search->hits);
	free(search->before);
	for (size_t i = 0; i < SEARCH_KEPT; i++)
		spans_release(&search->kept[i].hits);
	*search = (struct search){.hit = {NOWHERE, NOWHERE}};
}

void search_clear(struct search *search)
{
	pattern_free(search->pattern);
	search->pattern = NULL;
	search->hits.count = 0;
	search->listed = search->windows = search->spent = 0;
	search->stopped = false;
	search->seek = (struct seek){0};
	search->hit = (struct span){NOWHERE, NOWHERE};
	for (size_t i = 0; i < SEARCH_KEPT; i++)
		search->kept[i].length = 0;
}

/* ---- The pattern ------------------------------------------------------------------------ */

#define WRAPPED_BLANK "(?: |[ \\t]*\\r?\\n[ \\t>]*)"
#define LINE_ENDS "(*ANYCRLF)" /* where `$` is, in texts of any system */
#define WRAPPED_HYPHEN "(?:-(?:\\r?\\n[ \\t>]*(?=\\S))?)"

/* A letter behind a backslash is no capital: \W has none. */
static bool has_capital(const struct search_wish *wish)
{
	struct slice text = wish->text;
	for (size_t at = 0; at < text.length;) {
		uint32_t code;
		at += utf8_decode(text, at, &code);
		if (code == '\\' && !wish->literal && at < text.length)
			at += utf8_decode(text, at, &code);
		else if (code_class(code) == LETTER_UPPER)
			return true;
	}
	return false;
}

static bool is_plain(char byte)
{
	return (unsigned char)byte >= 0x80 || (byte >= '0' && byte <= '9') ||
	       (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || byte == '_';
}

/* What stands for a byte where a line may end behind it or instead of it; NULL: the byte does. */
static const char *wrapped_form(char byte)
{
	if (byte == '-')
		return WRAPPED_HYPHEN;
	return byte == ' ' ? WRAPPED_BLANK : NULL;
}

static void put_literal(const struct search_wish *wish, struct buffer *into)
{
	for (size_t i = 0; i < wish->text.length; i++) {
		char byte = wish->text.bytes[i];
		if (wish->wrapped && wrapped_form(byte) != NULL) {
			buffer_text(into, wrapped_form(byte));
			continue;
		}
		if (!is_plain(byte))
			buffer_byte(into, '\\');
		buffer_byte(into, byte);
	}
}

/* The expression with its blanks and hyphens, outside of brackets and behind no backslash, widened.
 */
static void put_wrapped(struct slice text, struct buffer *into)
{
	bool bracket = false;
	for (size_t i = 0; i < text.length; i++) {
		char byte = text.bytes[i];
		if (byte == '\\' && i + 1 < text.length) {
			buffer_append(into, slice_cut(text, i, i + 2));
			i++;
			continue;
		}
		bracket = bracket ? byte != ']' : byte == '[';
		if (wrapped_form(byte) != NULL && !bracket)
			buffer_text(into, wrapped_form(byte));
		else
			buffer_byte(into, byte);
	}
}

static struct pattern *compile(
	struct search *search, struct slice source, unsigned flags, struct buffer *why)
{
	size_t before = strlen(LINE_ENDS), offset = 0, character = 1;
	const char *message = NULL;
	struct buffer whole = {0};
	buffer_text(&whole, LINE_ENDS);
	buffer_append(&whole, source);
	struct pattern *pattern = pattern_new(search->room, buffer_slice(&whole), flags);
	buffer_release(&whole);
	if (pattern_compile(pattern, &offset, &message))
		return pattern;
	for (size_t at = 0; at + before < offset && at < source.length; character++) {
		uint32_t code;
		at += utf8_decode(source, at, &code);
	}
	if (why != NULL)
		buffer_format(why, "%s, at character %zu", message, character);
	pattern_free(pattern);
	return NULL;
}

bool search_set(struct search *search, const struct search_wish *wish, struct buffer *why)
{
	unsigned flags = PATTERN_MULTILINE | (has_capital(wish) ? 0 : PATTERN_CASELESS);
	struct buffer source = {0};
	if (search->room == NULL)
		search->room = pattern_room_new();
	if (wish->literal)
		put_literal(wish, &source);
	else
		buffer_append(&source, wish->text);
	struct pattern *pattern = compile(search, buffer_slice(&source), flags, why);
	if (pattern != NULL && wish->wrapped && !wish->literal) {
		source.length = 0;
		put_wrapped(wish->text, &source);
		struct pattern *wider = compile(search, buffer_slice(&source), flags, NULL);
		if (wider != NULL) {
			pattern_free(pattern);
			pattern = wider;
		}
	}
	buffer_release(&source);
	if (pattern == NULL)
		return false;
	search_clear(search);
	search->pattern = pattern;
	return true;
}

/* ---- Windows ---------------------------------------------------------------------------- */

static size_t length_of(const struct document *document)
{
	return document_text(document).length;
}

static size_t window_count(const struct document *document)
{
	return (length_of(document) + SEARCH_WINDOW - 1) / SEARCH_WINDOW;
}

/* What comes can change its hits no more. */
static bool is_settled(const struct document *document, size_t window)
{
	return document_is_whole(document) ||
	       (window + 1) * SEARCH_WINDOW + SEARCH_REACH <= length_of(document);
}

/* The text as far as hits of a window may reach, cut between characters. */
static struct slice reach_of(const struct document *document, size_t window)
{
	struct slice text = document_text(document);
	size_t end = (window + 1) * SEARCH_WINDOW + SEARCH_REACH;
	while (end < text.length && (text.bytes[end] & 0xC0) == 0x80)
		end--;
	return slice_cut(text, 0, end);
}

/* A match of nothing is a hit as well: `^` is each line's beginning, `$` its end. But none stands
 * behind the last letter of all, or inside of a line end. */
static bool is_hit(struct slice text, struct span match)
{
	size_t at = match.start;
	if (match.start < match.end)
		return true;
	bool divides =
		at > 0 && at < text.length && text.bytes[at - 1] == '\r' && text.bytes[at] == '\n';
	return at < text.length && !divides;
}

/* What begins before the window and reaches into it belongs to the window before: no hit begins
 * inside of it. */
static void look_through(
	struct search *search, const struct document *document, size_t window, struct spans *hits)
{
	struct slice text = reach_of(document, window);
	size_t start = window * SEARCH_WINDOW;
	struct span rest = {start > LEAD ? start - LEAD : 0, start + SEARCH_WINDOW};
	enum pattern_outcome outcome;
	struct match match;
	hits->count = 0;
	while ((outcome = pattern_scan(search->pattern, text, rest, &match)) == PATTERN_FOUND) {
		if (match.whole.start >= start && is_hit(text, match.whole))
			spans_add(hits, match.whole.start, match.whole.end);
		bool empty = match.whole.start == match.whole.end;
		rest.start = match.whole.end + empty; /* or the next character's start */
	}
	search->spent += outcome == PATTERN_SPENT;
}

/* Those of a window, found anew only where they are not kept; good until the next call. */
static const struct spans *hits_of(
	struct search *search, const struct document *document, size_t window)
{
	size_t length = reach_of(document, window).length;
	for (size_t i = 0; i < SEARCH_KEPT; i++)
		if (search->kept[i].window == window && search->kept[i].length == length)
			return &search->kept[i].hits;
	struct search_window *kept = &search->kept[search->next_kept];
	search->next_kept = (search->next_kept + 1) % SEARCH_KEPT;
	kept->window = window;
	kept->length = length;
	look_through(search, document, window, &kept->hits);
	return &kept->hits;
}

/* The first hit that starts at an offset or later; their number: none. */
static size_t first_from(const struct spans *hits, size_t offset)
{
	size_t low = 0, high = hits->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (hits->items[middle].start >= offset)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

/* ---- Going to a hit --------------------------------------------------------------------- */

void search_seek(struct search *search, size_t from, bool backward, size_t count)
{
	size_t window = from / SEARCH_WINDOW;
	search->seek = (struct seek){
		.going = true,
		.backward = backward,
		.from = from,
		.window = window,
		.left = count,
		.spent = search->spent,
	};
}

static bool has_none(const struct search *search, size_t window)
{
	return window < search->windows && search->before[window + 1] == search->before[window];
}

/* Takes what one window has of the hits from `first` to before `end`: true when the last of those
 * to go is among them. */
static bool take_hits(struct search *search, const struct spans *hits, size_t first, size_t end)
{
	struct seek *seek = &search->seek;
	size_t count = end - first;
	if (count < seek->left) {
		seek->left -= count;
		seek->seen += count;
		return false;
	}
	search->hit = hits->items[seek->backward ? end - seek->left : first + seek->left - 1];
	return true;
}

/* The window where it began: the last one, where it began behind that. */
static size_t first_window(const struct seek *seek, size_t count)
{
	size_t window = seek->from / SEARCH_WINDOW;
	return window < count ? window : count - 1;
}

/* The window where it began is looked at twice: what lies on the way first, the rest at the end. */
static bool look_at(struct search *search, const struct document *document)
{
	const struct seek *seek = &search->seek;
	if (has_none(search, seek->window))
		return false;
	const struct spans *hits = hits_of(search, document, seek->window);
	size_t middle = first_from(hits, seek->from), first = 0, end = hits->count;
	if (seek->window == first_window(seek, window_count(document))) {
		bool behind = seek->backward == seek->wrapped;
		first = behind ? middle : 0;
		end = behind ? hits->count : middle;
	}
	return take_hits(search, hits, first, end);
}

/* It has come round: of so many hits, what is left to go is less than a turn. */
static enum seek_outcome turn(struct search *search, const struct document *document)
{
	struct seek *seek = &search->seek;
	if (seek->seen > 0) {
		size_t left = (seek->left - 1) % seek->seen + 1;
		search_seek(search, seek->from, seek->backward, left);
		return SEEK_GOES;
	}
	if (document_is_whole(document)) {
		seek->going = false;
		return SEEK_NONE;
	}
	seek->waits = length_of(document);
	seek->backward = false;
	seek->wrapped = false;
	seek->window = seek->waits / SEARCH_WINDOW;
	seek->from = seek->window * SEARCH_WINDOW;
	return SEEK_WAITS;
}

/* The next window; false where it has come round. */
static bool advance(struct seek *seek, size_t count)
{
	if (seek->wrapped && seek->window == first_window(seek, count))
		return false;
	if (seek->backward && seek->window == 0) {
		seek->wrapped = true;
		seek->window = count - 1;
	} else if (!seek->backward && seek->window + 1 >= count) {
		seek->wrapped = true;
		seek->window = 0;
	} else {
		seek->window += seek->backward ? (size_t)-1 : 1;
	}
	return true;
}

static enum seek_outcome seek_window(struct search *search, const struct document *document)
{
	struct seek *seek = &search->seek;
	if (look_at(search, document)) {
		seek->going = false;
		return SEEK_FOUND;
	}
	if (search->spent - seek->spent >= SPENT_MOST) {
		seek->going = false;
		return SEEK_SPENT;
	}
	return advance(seek, window_count(document)) ? SEEK_GOES : turn(search, document);
}

enum seek_outcome search_seek_on(struct search *search, const struct document *document)
{
	struct seek *seek = &search->seek;
	size_t count = window_count(document), spent = search->spent;
	enum seek_outcome outcome = SEEK_GOES;
	if (seek->waits > 0 && seek->waits == length_of(document) && !document_is_whole(document))
		return SEEK_WAITS;
	seek->waits = 0;
	if (count == 0 && !document_is_whole(document))
		return SEEK_WAITS;
	if (count == 0 || search->pattern == NULL) {
		seek->going = false;
		return SEEK_NONE;
	}
	if (seek->window >= count)
		seek->window = count - 1;
	for (size_t i = 0; i < WINDOWS_A_STEP && outcome == SEEK_GOES && search->spent == spent;
		i++)
		outcome = seek_window(search, document);
	return outcome;
}

double search_seek_progress(const struct search *search, const struct document *document)
{
	const struct seek *seek = &search->seek;
	size_t count = window_count(document);
	if (count == 0)
		return 0;
	size_t first = first_window(seek, count);
	size_t gone = seek->backward ? first + count - seek->window : seek->window + count - first;
	return (double)(gone % count) / (double)count;
}

/* ---- All hits --------------------------------------------------------------------------- */

static void list_hits(struct search *search, const struct spans *hits, size_t window)
{
	if (search->listed < window * SEARCH_WINDOW ||
		search->hits.count + hits->count > LISTED_MOST)
		return;
	for (size_t i = 0; i < hits->count; i++)
		spans_add(&search->hits, hits->items[i].start, hits->items[i].end);
	search->listed = (window + 1) * SEARCH_WINDOW;
}

static void count_window(struct search *search, const struct document *document)
{
	size_t window = search->windows++;
	const struct spans *hits = hits_of(search, document, window);
	search->before =
		grow(search->before, &search->capacity, window + 2, sizeof *search->before);
	if (window == 0)
		search->before[0] = 0;
	search->before[window + 1] = search->before[window] + hits->count;
	list_hits(search, hits, window);
}

bool search_is_counting(const struct search *search, const struct document *document)
{
	return search->pattern != NULL && !search->stopped && search->spent < SPENT_MOST &&
	       search->windows < window_count(document) && is_settled(document, search->windows);
}

bool search_count(struct search *search, const struct document *document)
{
	size_t spent = search->spent, first = search->windows;
	while (search_is_counting(search, document) && search->windows < first + WINDOWS_A_STEP &&
		search->spent == spent)
		count_window(search, document);
	return search->windows > first;
}

bool search_is_counted(const struct search *search, const struct document *document)
{
	return document_is_whole(document) && search->windows >= window_count(document);
}

size_t search_total(const struct search *search)
{
	return search->windows > 0 ? search->before[search->windows] : 0;
}

size_t search_rank(struct search *search, const struct document *document, size_t start)
{
	size_t window = start / SEARCH_WINDOW;
	if (window >= search->windows)
		return 0;
	return search->before[window] + first_from(hits_of(search, document, window), start) + 1;
}

bool search_any(const struct search *search, struct span span)
{
	if (span.end <= search->listed) {
		size_t first = first_from(&search->hits, span.start);
		return first < search->hits.count && search->hits.items[first].start < span.end;
	}
	size_t first = span.start / SEARCH_WINDOW, end = (span.end - 1) / SEARCH_WINDOW + 1;
	if (end > search->windows)
		end = search->windows;
	return first < end && search->before[end] > search->before[first];
}

void search_in(struct search *search, const struct document *document, struct span span,
	struct spans *into)
{
	size_t reach = span.start > SEARCH_REACH ? span.start - SEARCH_REACH : 0;
	size_t window = reach / SEARCH_WINDOW, end = window_count(document);
	for (; window < end && window * SEARCH_WINDOW < span.end; window++) {
		const struct spans *hits = hits_of(search, document, window);
		for (size_t i = 0; i < hits->count; i++)
			if (hits->items[i].start < span.end &&
				(hits->items[i].end > span.start ||
					hits->items[i].start == span.start))
				spans_add(into, hits->items[i].start, hits->items[i].end);
	}
}
