/* The first and the last row: what is read and how far, the keys that matter now, where a walk is,
 * messages and the prompt.
 */
#include "tui/app.h"

#define WORDS_A_MINUTE 240
#define MINUTES_MOST 180 /* more are hours */

/* ---- The header ------------------------------------------------------------------------- */

void reading_put_name(const struct reading *reading, struct buffer *into)
{
	if (slice_is(slice_of(reading->path), "-"))
		buffer_text(into, "standard input");
	else
		text_visible(path_name(slice_of(reading->path)), into);
}

/* What is read: its title, but where that stands in view already, or there is none, its file. */
static void put_title(const struct reader *reader, struct buffer *into)
{
	struct reading *reading = reader_reading(reader);
	struct span title = {NOWHERE, NOWHERE};
	if (reading->annotated)
		title = reading->index.found->title;
	if (title.start != NOWHERE && title.start < article_view(&reading->article).start)
		text_visible(reading_text(reading, title), into);
	else
		reading_put_name(reading, into);
}

/* In the unit that leaves few digits. */
static void put_time_left(double minutes, struct buffer *into)
{
	if (minutes < MINUTES_MOST)
		buffer_format(into, "  \u00B7  %zu min left", (size_t)minutes + 1);
	else
		buffer_format(into, "  \u00B7  %zu h left", (size_t)(minutes / 60 + 0.5));
}

/* "86%  ·  1 min left". */
static void put_progress(const struct reader *reader, bool minutes, struct buffer *into)
{
	struct reading *reading = reader_reading(reader);
	struct article *article = &reading->article;
	size_t end = article_is_empty(article) ? 0 : article_whole(article).end;
	size_t seen = end > 0 ? article_view(article).end : 0;
	if (reading_bytes(reading) > document_text(reading->document).length)
		end = reading_bytes(reading);
	if (end == 0 && reading_is_loading(reading))
		return;
	if (seen >= end) {
		buffer_text(into, "100%");
		return;
	}
	double words = (double)(end - seen) * reading->words_per_byte;
	buffer_format(into, "%zu%%", (size_t)((double)seen * 100 / (double)end));
	if (minutes)
		put_time_left(words / WORDS_A_MINUTE, into);
}

/* "2 of 3" behind the title, where there are several files. */
static void put_number(const struct reader *reader, struct buffer *into)
{
	if (reader->reading_count > 1)
		buffer_format(into, "  %zu of %zu", reader->current + 1, reader->reading_count);
}

void header_draw(struct reader *reader, const struct canvas *canvas)
{
	const struct frame *frame = &reader->frame;
	struct buffer title = {0}, number = {0}, progress = {0};
	if (frame->header < 0)
		return;
	put_title(reader, &title);
	put_number(reader, &number);
	put_progress(reader, frame->columns >= 36, &progress);
	int right = canvas_put_right(canvas, (struct spot){frame->right, frame->header},
		buffer_slice(&progress), reader->look[LOOK_PROGRESS]);
	int room = right - 2 - frame->left - (int)number.length;
	int end = canvas_put_within(canvas, (struct area){frame->left, frame->header, room, 1},
		buffer_slice(&title), reader->look[LOOK_TITLE]);
	if (room > 0)
		canvas_put(canvas, (struct spot){end, frame->header}, buffer_slice(&number),
			reader->look[LOOK_PROGRESS]);
	buffer_release(&title);
	buffer_release(&number);
	buffer_release(&progress);
}

/* ---- Keys that matter now --------------------------------------------------------------- */

/* In the order in which they stand; those with a higher rank are left out first. */
struct hint {
	const char *command, *pair; /* NULL: no second key */
	const char *label;
	int rank;
};

static const struct hint base_hints[] = {
	{"next-pane", NULL, "panes", 1},
	{"next-quote", "previous-quote", "quotes", 2},
	{"next-mention", "previous-mention", "mentions", 4},
	{"search", NULL, "search", 3},
	{"card", NULL, "card", 5},
	{"next-theme", NULL, "themes", 6},
	{"help", NULL, "help", 0},
	{NULL, NULL, NULL, 0},
};

static const struct hint sheet_hints[] = {
	{"down", "up", "scroll", 1},
	{"page-down", NULL, "page", 3},
	{"search", NULL, "search", 2},
	{"back", NULL, "close", 0},
	{NULL, NULL, NULL, 0},
};

static const struct hint bookmark_hints[] = {
	{"down", "up", "choose", 1},
	{"go", NULL, "go there", 0},
	{"back", NULL, "close", 2},
	{NULL, NULL, NULL, 0},
};

static const struct hint *hints_of(const struct reader *reader)
{
	return reader->over == PANE_ARTICLE     ? base_hints
	       : reader->over == PANE_BOOKMARKS ? bookmark_hints
						: sheet_hints;
}

static void put_key(const struct reader *reader, const char *command, struct buffer *into)
{
	const struct bound *bound = keymap_find(reader->keymap, (int)reader_pane(reader), command);
	if (bound != NULL)
		keys_caption(&bound->keys, into);
}

static void hint_keys(const struct reader *reader, const struct hint *hint, struct buffer *into)
{
	into->length = 0;
	put_key(reader, hint->command, into);
	if (into->length == 0 || hint->pair == NULL)
		return;
	buffer_byte(into, ' ');
	put_key(reader, hint->pair, into);
}

/* Draws the hints up to a rank and returns where they end; without a canvas only that. */
static int put_hints(const struct reader *reader, const struct canvas *canvas,
	const struct hint *hints, int most)
{
	const struct frame *frame = &reader->frame;
	int gap = frame->columns >= FRAME_WIDE ? 3 : 2, end = frame->left;
	struct buffer keys = {0};
	for (const struct hint *hint = hints; hint->command != NULL; hint++) {
		hint_keys(reader, hint, &keys);
		if (hint->rank > most || keys.length == 0)
			continue;
		struct spot at = {end > frame->left ? end + gap : end, frame->status};
		struct spot label = {
			at.column + (int)text_width(buffer_slice(&keys), reader->policy) + 1,
			at.row};
		end = label.column + (int)text_width(slice_of(hint->label), reader->policy);
		if (canvas == NULL)
			continue;
		canvas_put(canvas, at, buffer_slice(&keys), reader->look[LOOK_KEY]);
		canvas_text(canvas, label, hint->label, reader->look[LOOK_KEY_TEXT]);
	}
	buffer_release(&keys);
	return end;
}

static void draw_hints(const struct reader *reader, const struct canvas *canvas, int right)
{
	const struct hint *hints = hints_of(reader);
	int most = 6;
	while (most >= 0 && put_hints(reader, NULL, hints, most) > right - 2)
		most--;
	if (most >= 0)
		put_hints(reader, canvas, hints, most);
}

/* ---- Where we are ----------------------------------------------------------------------- */

/* The name of what is walked, where it leaves half of the line to the keys. */
static void put_walk_name(const struct reader *reader, struct buffer *into)
{
	struct slice name = walk_name(reader);
	size_t width = text_width(buffer_slice(into), reader->policy) +
		       text_width(name, reader->policy) + 3;
	if (name.length == 0 || width * 2 > (size_t)reader->frame.columns)
		return;
	buffer_text(into, " \u00B7 ");
	text_visible(name, into);
}

/* Which lines of a sheet are seen, where not all are. */
static void put_sheet_position(const struct sheet *sheet, struct buffer *into)
{
	if (sheet->count > (size_t)sheet->rows)
		buffer_format(into, "%d to %d of %zu", sheet->top + 1, sheet->top + sheet->rows,
			sheet->count);
}

/* What is going on meanwhile. */
static void put_work(const struct reader *reader, struct buffer *into)
{
	const struct reading *reading = reader_reading(reader);
	reading_put_loading(reading, into);
	if (into->length > 0 || reading->task == NULL)
		return;
	struct progress progress = worker_progress(reader->worker, reading->task);
	if (progress.running && progress.share > 0)
		buffer_format(into, "annotating %d %%", (int)(progress.share * 100));
	else if (reading->stopped)
		buffer_format(into, "annotated to %d %%", (int)(progress.share * 100));
}

/* Of a search or a walk, whichever landed where the point is; what is being typed comes first. */
static void put_position(const struct reader *reader, struct buffer *into)
{
	const struct reading *reading = reader_reading(reader);
	typing_put(&reader->typing, into);
	if (into->length == 0)
		finding_progress(reader, into);
	if (into->length == 0)
		positions_progress(reader, into);
	if (into->length > 0)
		return;
	if (reader->over != PANE_ARTICLE)
		put_sheet_position(&reader->sheet, into);
	else if (reading->article.landed && reading->search.hit.start == reading->article.point)
		search_position(reader, into);
	else if (walk_position(reader, into))
		put_walk_name(reader, into);
	else
		put_work(reader, into);
}

/* A long text takes rows of the body as well, those above `row`, half of the screen at most.
 * Returns where the last one ends. */
static int put_lines(
	const struct reader *reader, const struct canvas *canvas, struct slice text, int row)
{
	const struct frame *frame = &reader->frame;
	int room = frame->right - frame->left, most = row / 2 + 1;
	enum look_name look = reader->message.is_error ? LOOK_ERROR : LOOK_POSITION;
	struct rows rows = {0};
	rows_wrap(text, 0, room > 1 ? (unsigned)room : 1, 0, reader->policy, &rows);
	int count = rows.count < (size_t)most ? (int)rows.count : most, end = frame->left;
	canvas_fill(canvas, (struct area){0, row - count + 1, frame->columns, count},
		count > 1 ? reader->look[LOOK_RAISED] : STYLE_TEXT);
	for (int i = 0; i < count; i++) {
		struct area area = {frame->left, row - count + 1 + i, room, 1};
		size_t last = i + 1 < count ? rows.items[i].end : text.length;
		end = canvas_put_within(canvas, area, slice_cut(text, rows.items[i].start, last),
			reader->look[look]);
	}
	rows_release(&rows);
	return end;
}

/* The message, and behind it where we are if there is room. */
static void draw_message(const struct reader *reader, const struct canvas *canvas)
{
	const struct frame *frame = &reader->frame;
	int row = frame->status < 0 ? frame->rows - 1 : frame->status;
	struct buffer position = {0};
	int end = put_lines(reader, canvas, buffer_slice(&reader->message.text), row);
	put_position(reader, &position);
	int width = (int)text_width(buffer_slice(&position), reader->policy);
	if (end + 2 + width <= frame->right)
		canvas_put_right(canvas, (struct spot){frame->right, row}, buffer_slice(&position),
			reader->look[LOOK_POSITION]);
	buffer_release(&position);
}

/* What went wrong with the line, else what is known of it. */
static void put_hint(const struct reader *reader, struct buffer *into)
{
	const struct prompt *prompt = &reader->prompt;
	const struct message *message = &reader->message;
	buffer_append(into, buffer_slice(&message->text));
	if (message->text.length > 0 && (message->is_error || prompt->kind->hint != NULL))
		return;
	if (message->text.length > 0)
		buffer_text(into, "  ");
	if (prompt->kind->hint != NULL)
		prompt->kind->hint(reader, buffer_slice(&prompt->text), into);
	else
		put_position(reader, into);
}

/* The hint stands behind the line, or above it where it would take more than half of it. */
static void draw_hint(const struct reader *reader, const struct canvas *canvas, struct area *line)
{
	struct buffer hint = {0};
	bool said = reader->message.text.length > 0 || reader->prompt.kind->hint == NULL;
	enum look_name look = !said                      ? LOOK_MUTED
			      : reader->message.is_error ? LOOK_ERROR
							 : LOOK_POSITION;
	put_hint(reader, &hint);
	int width = (int)text_width(buffer_slice(&hint), reader->policy) + 2;
	if (hint.length > 0 && width * 2 <= line->columns) {
		canvas_put_right(canvas, (struct spot){line->column + line->columns, line->row},
			buffer_slice(&hint), reader->look[look]);
		line->columns -= width;
	} else if (hint.length > 0 && line->row > 1) {
		put_lines(reader, canvas, buffer_slice(&hint), line->row - 1);
	}
	buffer_release(&hint);
}

/* Candidates stand above the line. */
static void draw_candidates(
	const struct reader *reader, const struct canvas *canvas, struct area line)
{
	const struct completion *completion = &reader->prompt.completion;
	struct completion_looks looks = {
		.ground = reader->look[LOOK_RAISED],
		.text = reader->look[LOOK_HELP],
		.help = reader->look[LOOK_MUTED],
		.chosen = reader->look[LOOK_SELECTED],
	};
	int rows = completion_rows(completion, (line.row + 1) / 2);
	int column = line.column > 0 ? line.column - 1 : 0;
	struct canvas part =
		canvas_part(canvas, (struct area){column, line.row - rows, line.columns + 2, rows});
	if (rows > 0)
		completion_draw(completion, &part, &looks);
}

static void draw_prompt(const struct reader *reader, const struct canvas *canvas)
{
	const struct frame *frame = &reader->frame;
	int row = frame->status < 0 ? frame->rows - 1 : frame->status;
	struct area area = {frame->left, row, frame->right - frame->left, 1};
	canvas_fill(canvas, (struct area){0, row, frame->columns, 1}, STYLE_TEXT);
	if (reader->prompt.completion.open)
		draw_candidates(reader, canvas, area);
	else
		draw_hint(reader, canvas, &area);
	struct canvas line = canvas_part(canvas, area);
	prompt_draw(&reader->prompt, &line, reader->look[LOOK_PROMPT]);
}

static void draw_position(const struct reader *reader, const struct canvas *canvas)
{
	const struct frame *frame = &reader->frame;
	size_t room = frame->right > frame->left ? (size_t)(frame->right - frame->left) : 0;
	struct buffer position = {0};
	put_position(reader, &position);
	struct slice text = buffer_slice(&position);
	text = slice_cut(text, 0, text_fit(text, room, reader->policy, NULL));
	int right = canvas_put_right(canvas, (struct spot){frame->right, frame->status}, text,
		reader->look[LOOK_POSITION]);
	if (!pending_draw(reader, canvas, right))
		draw_hints(reader, canvas, right);
	buffer_release(&position);
}

void status_draw(struct reader *reader, const struct canvas *canvas)
{
	if (reader->prompt.kind != NULL)
		draw_prompt(reader, canvas);
	else if (reader->message.text.length > 0)
		draw_message(reader, canvas);
	else if (reader->frame.status >= 0)
		draw_position(reader, canvas);
}
