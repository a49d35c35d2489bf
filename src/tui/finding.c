/* The search commands and their prompt. */
#include "tui/app.h"
#include "tui/commands.h"

#define TYPING_REACH ((size_t)4 << 20) /* how far is looked at each key that is typed */

static size_t shorter(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* The first hit from an offset on, at most `reach` bytes away; beyond the end, from the start. */
static bool find_on(struct reading *reading, size_t from, size_t reach, struct span *hit)
{
	struct search *search = &reading->search;
	const struct document *document = reading->document;
	size_t length = document_text(document).length;
	size_t here = from < length ? shorter(reach, length - from) : 0;
	return search_forward(search, document, (struct span){from, from + here}, hit) ||
	       search_forward(search, document, (struct span){0, shorter(from, reach - here)}, hit);
}

static bool find_back(struct reading *reading, size_t from, size_t reach, struct span *hit)
{
	struct search *search = &reading->search;
	const struct document *document = reading->document;
	size_t length = document_text(document).length, here = shorter(from, reach);
	size_t there = shorter(length - from, reach - here);
	return search_backward(search, document, (struct span){from - here, from}, hit) ||
	       search_backward(search, document, (struct span){length - there, length}, hit);
}

/* Goes to the next hit; false: there is none within reach. */
static bool step(struct reader *reader, bool backward, size_t reach)
{
	struct reading *reading = reader_reading(reader);
	struct article *article = &reading->article;
	size_t from = article->point + (article->landed && !backward);
	struct span hit;
	if (!(backward ? find_back : find_on)(reading, from, reach, &hit))
		return false;
	if (backward ? hit.start >= article->point : hit.start < from)
		reader_say(reader, backward ? "from the end" : "from the beginning");
	reading->search.hit = hit;
	article_jump(article, hit);
	return true;
}

/* ---- The prompt ------------------------------------------------------------------------- */

static void go_to_start(struct reading *reading)
{
	search_clear(&reading->search);
	article_restore(&reading->article, &reading->search_stand);
}

static void complain(struct reader *reader, struct slice text, const char *what)
{
	struct buffer shown = {0};
	text_visible(text, &shown);
	reader_complain(reader, "%s: %s", shown.bytes ? shown.bytes : "", what);
	buffer_release(&shown);
}

/* Goes to the first hit from where the search began, or says why there is none. */
static void look(struct reader *reader, struct slice text, size_t reach)
{
	struct reading *reading = reader_reading(reader);
	struct buffer why = {0};
	go_to_start(reading);
	if (text.length == 0)
		return;
	if (!search_set(&reading->search, text, &why))
		complain(reader, text, why.bytes);
	else if (!step(reader, reading->search.backward, reach))
		complain(reader, text, "not found");
	buffer_release(&why);
}

/* What is typed must not wait for a long text to be searched. */
static void changed(struct reader *reader, struct slice text)
{
	look(reader, text, TYPING_REACH);
}

/* An empty line looks for what was looked for last. */
static void entered(struct reader *reader, struct slice text)
{
	struct slice last = history_last(&reader->prompt.histories[HISTORY_SEARCH]);
	look(reader, text.length > 0 ? text : last, SIZE_MAX);
}

static void left(struct reader *reader)
{
	go_to_start(reader_reading(reader));
}

static const struct prompt_kind forward = {
	.mark = "/",
	.history = HISTORY_SEARCH,
	.literal = true,
	.changed = changed,
	.entered = entered,
	.left = left,
};
static const struct prompt_kind backward = {
	.mark = "?",
	.history = HISTORY_SEARCH,
	.literal = true,
	.changed = changed,
	.entered = entered,
	.left = left,
};

/* ---- Commands --------------------------------------------------------------------------- */

static void begin(struct reader *reader, const struct prompt_kind *kind)
{
	struct reading *reading = reader_reading(reader);
	if (article_is_empty(&reading->article))
		return;
	reader_focus(reader, PANE_ARTICLE);
	reading->search_stand = article_stand(&reading->article);
	reading->search.backward = kind == &backward;
	prompt_open(reader, kind);
}

void reader_search(struct reader *reader, struct slice pattern, bool back)
{
	struct reading *reading = reader_reading(reader);
	if (article_is_empty(&reading->article))
		return;
	reader_focus(reader, PANE_ARTICLE);
	reading->search_stand = article_stand(&reading->article);
	reading->search.backward = back;
	history_add(&reader->prompt.histories[HISTORY_SEARCH], pattern);
	entered(reader, pattern);
}

COMMAND(search_on)
{
	(void)call;
	begin(reader, &forward);
}

COMMAND(search_back)
{
	(void)call;
	begin(reader, &backward);
}

static void go_to_hit(struct reader *reader, const struct call *call, bool against)
{
	struct search *search = &reader_reading(reader)->search;
	if (search->pattern == NULL) {
		reader_say(reader, "no search is in force; / begins one");
		return;
	}
	for (size_t i = 0; i < call->count; i++)
		if (!step(reader, search->backward != against, SIZE_MAX)) {
			complain(reader, buffer_slice(&search->text), "not found");
			return;
		}
}

COMMAND(next_hit)
{
	go_to_hit(reader, call, false);
}

COMMAND(previous_hit)
{
	go_to_hit(reader, call, true);
}

/* "3 of 17"; "3 of 17+" while there may be more. */
void search_position(const struct reader *reader, struct buffer *into)
{
	const struct reading *reading = reader_reading(reader);
	const struct search *search = &reading->search;
	if (search->pattern == NULL || search->hit.start == NOWHERE)
		return;
	size_t low = 0, high = search->hits.count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (search->hits.items[middle].start >= search->hit.start)
			high = middle;
		else
			low = middle + 1;
	}
	bool all = search->counted >= document_text(reading->document).length;
	if (low == search->hits.count)
		buffer_format(into, "%zu+ found", search->hits.count);
	else
		buffer_format(into, "%zu of %zu%s", low + 1, search->hits.count, all ? "" : "+");
}
