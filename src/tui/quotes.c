/* The quotes pane: who said what, and who speaks how much.
 *
 * A quote takes one row (its speaker's shortest name and the beginning of its words), two, or two
 * and an empty one, as the height allows; the chosen one is told in full. The list asks for the
 * height at which all are seen, as roomy as half of the column allows, and never for less than it
 * had, so that the panes keep still while quotes are walked.
 */
#include "tui/app.h"

#define LABEL_MOST 14 /* cells of a name in a row of its own */
#define HEAD_ROWS 2   /* the title and the balance */
#define BALANCE_BAR "\u2501"
#define BALANCE_END "\u2578"
#define BEGINNING_BYTES ((size_t)2 << 10) /* of a quote, for a row */
#define TOLD_BYTES ((size_t)16 << 10)     /* of the chosen one */
#define QUOTE_BAR "\u258F"

/* How the quotes are set in a list of a size. */
struct quote_set {
	int density;     /* rows a quote: 1, 2, or 3 with the empty one */
	int head;        /* rows above the first quote */
	int name_column; /* where names begin; words too, in rows of their own */
	int chosen;      /* rows of the chosen quote; 0: none is */
};

static int digits(size_t number)
{
	int count = 1;
	for (; number >= 10; number /= 10)
		count++;
	return count;
}

/* Rows of the chosen quote: its speaker, then its words. */
static int chosen_rows(const struct reader *reader, int name_column, int columns)
{
	const struct reading *reading = reader_reading(reader);
	struct rows rows = {0};
	struct buffer text = {0};
	if (reading->quote == NO_QUOTE)
		return 0;
	int room = columns - 1 - name_column;
	index_saying(&reading->index, reading->quote, TOLD_BYTES, &text);
	rows_wrap(buffer_slice(&text), 0, room > 1 ? (unsigned)room : 1, 0, reader->policy, &rows);
	int count = rows.count < 1000 ? (int)rows.count : 1000;
	rows_release(&rows);
	buffer_release(&text);
	return 1 + count;
}

static long rows_needed(const struct reading *reading, const struct quote_set *set)
{
	long count = (long)reading->index.found->quote_count;
	long gap = set->density == 3, rows = set->head + count * set->density - gap;
	if (set->chosen > 0)
		rows += set->chosen + gap - set->density;
	return rows;
}

static struct quote_set set_of(const struct reader *reader, int columns)
{
	const struct reading *reading = reader_reading(reader);
	struct quote_set set = {.density = 1, .head = HEAD_ROWS + 1};
	set.name_column = digits(reading->index.found->quote_count) + 2;
	set.chosen = chosen_rows(reader, set.name_column, columns);
	return set;
}

/* The roomiest setting that takes at most so many rows, the longest quote chosen; one row a quote
 * if none does. It is the same whatever is chosen. */
static struct quote_set choose_set(const struct reader *reader, int columns, long most)
{
	const struct reading *reading = reader_reading(reader);
	struct quote_set set = set_of(reader, columns);
	int chosen = set.chosen, room = columns - 1 - set.name_column;
	int longest = (int)reading->index.saying_width / (room > 8 ? room - 2 : 4);
	set.chosen = 2 + longest * 3 / 4;
	for (set.density = 3; set.density > 1; set.density--)
		if (rows_needed(reading, &set) <= most)
			break;
	set.head = set.density > 1 ? HEAD_ROWS + 1 : HEAD_ROWS;
	set.chosen = chosen;
	return set;
}

int quotes_height(struct reader *reader)
{
	struct reading *reading = reader_reading(reader);
	int rows = reader->frame.body.rows;
	if (!reading->annotated)
		return 2;
	if (reading->quotes.body_rows != rows)
		reading->quotes.rows = 0;
	reading->quotes.body_rows = rows;
	int columns = reader->frame.lists[PANE_QUOTES].columns;
	struct quote_set set = choose_set(reader, columns, rows / 2);
	long needed = rows_needed(reading, &set);
	if (needed > reading->quotes.rows)
		reading->quotes.rows = needed < rows ? (int)needed : rows;
	return reading->quotes.rows;
}

/* The setting of the list as it stands: what asked for the height decides in the column. */
static struct quote_set set_now(const struct reader *reader, int columns, int rows)
{
	long most = rows;
	if (reader->frame.width_class == WIDTH_WIDE && reader->column[PANE_ENTITIES])
		most = reader->frame.body.rows / 2 < rows ? reader->frame.body.rows / 2 : rows;
	return choose_set(reader, columns, most);
}

/* ---- What is in view -------------------------------------------------------------------- */

/* Keeps the chosen quote in view, and no empty rows below the last. */
void quotes_settle(struct reader *reader)
{
	struct reading *reading = reader_reading(reader);
	struct area list = reader->frame.lists[PANE_QUOTES];
	if (!reading->annotated || area_is_empty(list))
		return;
	struct quote_set set = set_now(reader, list.columns, list.rows);
	long count = (long)reading->index.found->quote_count, top = reading->quotes.top;
	long room = list.rows - set.head, density = set.density, chosen = set.chosen;
	if (chosen > 0) {
		long quote = reading->quote, before = room > chosen ? (room - chosen) / density : 0;
		if (top > quote)
			top = quote;
		if (top < quote - before)
			top = quote - before;
	}
	long extra = chosen > density ? chosen - density : 0;
	long last = count - (room > extra ? (room - extra) / density : 1);
	if (top > last && (chosen == 0 || reading->quote >= last))
		top = last;
	reading->quotes.top = top > 0 ? (uint32_t)top : 0;
}

/* ---- Drawing ---------------------------------------------------------------------------- */

struct quote_drawing {
	const struct reader *reader;
	const struct reading *reading;
	const struct canvas *canvas;
	struct quote_set set;
	int row;
};

/* Each speaker's share of the line, the last half cell of it empty. */
static void draw_balance(const struct quote_drawing *at)
{
	const struct index *index = &at->reading->index;
	const struct canvas *canvas = at->canvas;
	int cells = canvas->columns - 2, from = 0;
	uint64_t words = 0;
	uint32_t chosen = UINT32_MAX;
	if (at->reading->quote != NO_QUOTE)
		chosen = index->speaker_of[at->reading->quote];
	for (size_t i = 0; i < index->speaker_count && index->words > 0 && from < cells; i++) {
		words += index->speakers[i].words;
		int end = (int)((words * (uint64_t)cells + index->words / 2) / index->words);
		if (end <= from)
			end = from + 1;
		style_id style = at->reader->look[i == chosen ? LOOK_BALANCE_CHOSEN : LOOK_BALANCE];
		canvas_tile(canvas, (struct area){1 + from, 1, end - from, 1}, BALANCE_BAR, style);
		if (i + 1 < index->speaker_count)
			canvas_tile(canvas, (struct area){end, 1, 1, 1}, BALANCE_END, style);
		from = end;
	}
}

/* Where a name goes, and how. */
struct name_place {
	int column, end; /* cells from and to */
	bool short_name, chosen;
};

static style_id name_style(const struct quote_drawing *at, uint32_t quote, bool chosen)
{
	const struct reader *reader = at->reader;
	const struct index *index = &at->reading->index;
	uint32_t entity = index->speakers[index->speaker_of[quote]].entity;
	style_id style = STYLE_TEXT;
	if (entity != NO_ENTITY) {
		uint32_t kind = index->found->entities[entity].kind;
		style = style_named(reader->styles, reader->packs->kinds[kind].style);
	}
	return chosen ? style_compose(reader->styles, style, reader->look[LOOK_QUOTE_SPEAKER])
		      : style;
}

static bool is_doubtful(const struct index *index, uint32_t quote)
{
	const struct quote what = annotations_quote(index->found, quote);
	return what.confidence < DOUBTFUL && what.speaker.start != NOWHERE;
}

/* The name of who speaks, a sign where that is guessed, and none for nobody. */
static void put_name(const struct quote_drawing *at, uint32_t quote, const struct name_place *place)
{
	const struct index *index = &at->reading->index;
	const style_id *look = at->reader->look;
	style_id style = name_style(at, quote, place->chosen);
	struct buffer name = {0};
	(place->short_name ? index_label : index_name)(index, quote, &name);
	if (name.length == 0) {
		buffer_text(&name, "\u2014");
		style = look[LOOK_MUTED];
	}
	bool doubtful = is_doubtful(index, quote);
	int columns = place->end - place->column - doubtful;
	int end = canvas_put_within(at->canvas, (struct area){place->column, at->row, columns, 1},
		buffer_slice(&name), style);
	if (doubtful)
		canvas_text(at->canvas, (struct spot){end, at->row}, "?", look[LOOK_QUOTE_DOUBT]);
	buffer_release(&name);
}

static void put_number(const struct quote_drawing *at, uint32_t quote, style_id style)
{
	struct buffer text = {0};
	buffer_format(&text, "%u", quote + 1);
	int column = at->set.name_column - 1 - (int)text.length;
	canvas_put(at->canvas, (struct spot){column, at->row}, buffer_slice(&text), style);
	buffer_release(&text);
}

/* "31 words" at the right edge; the number alone where it is not the chosen one. */
static int put_words(const struct quote_drawing *at, uint32_t quote, bool named)
{
	struct buffer text = {0};
	size_t words = index_words(&at->reading->index, quote);
	buffer_format(&text, named ? "%zu word%s" : "%zu", words, words == 1 ? "" : "s");
	int column = at->canvas->columns - 1 - (int)text.length;
	canvas_put(at->canvas, (struct spot){column, at->row}, buffer_slice(&text),
		at->reader->look[LOOK_COUNT]);
	buffer_release(&text);
	return column;
}

static style_id words_style(const struct quote_drawing *at)
{
	return at->reader->look[LOOK_QUOTE_WORDS];
}

/* As much of its words as a row holds. */
static void put_beginning(const struct quote_drawing *at, uint32_t quote, struct area area)
{
	struct buffer text = {0};
	index_saying(&at->reading->index, quote, BEGINNING_BYTES, &text);
	canvas_put_within(at->canvas, area, buffer_slice(&text), words_style(at));
	buffer_release(&text);
}

static void draw_short(struct quote_drawing *at, uint32_t quote)
{
	const struct canvas *canvas = at->canvas;
	int label = (int)at->reading->index.label_width, column = at->set.name_column;
	int most = canvas->columns / 3 < LABEL_MOST ? canvas->columns / 3 : LABEL_MOST;
	if (label > most)
		label = most;
	put_number(at, quote, at->reader->look[LOOK_COUNT]);
	put_name(at, quote, &(struct name_place){column, column + label + 1, true, false});
	int words = column + label + 2;
	put_beginning(at, quote, (struct area){words, at->row, canvas->columns - 1 - words, 1});
	at->row++;
}

static void draw_tall(struct quote_drawing *at, uint32_t quote)
{
	int column = at->set.name_column;
	put_number(at, quote, at->reader->look[LOOK_COUNT]);
	int right = put_words(at, quote, false);
	put_name(at, quote, &(struct name_place){column, right - 1, false, false});
	put_beginning(
		at, quote, (struct area){column, at->row + 1, at->canvas->columns - 1 - column, 1});
	at->row += at->set.density;
}

static void draw_words(struct quote_drawing *at, uint32_t quote)
{
	struct rows rows = {0};
	struct buffer text = {0};
	int room = at->canvas->columns - 1 - at->set.name_column;
	index_saying(&at->reading->index, quote, TOLD_BYTES, &text);
	rows_wrap(buffer_slice(&text), 0, room > 1 ? (unsigned)room : 1, 0, at->reader->policy,
		&rows);
	for (size_t i = 0; i < rows.count && at->row < at->canvas->rows; i++, at->row++)
		canvas_put(at->canvas, (struct spot){at->set.name_column, at->row},
			slice_cut(buffer_slice(&text), rows.items[i].start, rows.items[i].end),
			words_style(at));
	rows_release(&rows);
	buffer_release(&text);
}

/* Lit, with a bar, and told in full. */
static void draw_chosen(struct quote_drawing *at, uint32_t quote)
{
	const struct canvas *canvas = at->canvas;
	struct area lit = {0, at->row, canvas->columns, at->set.chosen};
	int column = at->set.name_column;
	canvas_tint(canvas, lit, at->reader->look[LOOK_QUOTE_CHOSEN]);
	canvas_tile(canvas, (struct area){0, at->row, 1, at->set.chosen}, QUOTE_BAR,
		at->reader->look[LOOK_QUOTE_BAR]);
	put_number(at, quote, STYLE_TEXT);
	int right = put_words(at, quote, true);
	put_name(at, quote, &(struct name_place){column, right - 1, false, true});
	at->row++;
	draw_words(at, quote);
	at->row += at->set.density == 3;
}

void quotes_draw(struct reader *reader, const struct canvas *canvas)
{
	const struct reading *reading = reader_reading(reader);
	struct list_title title = {.pane = PANE_QUOTES, .name = "Quotes", .of = "word"};
	if (reading->annotated) {
		title.count = reading->index.found->quote_count;
		title.total = reading->index.words;
	}
	list_title_draw(reader, canvas, &title);
	if (!reading->annotated)
		return;
	struct quote_set set = set_now(reader, canvas->columns, canvas->rows);
	struct quote_drawing at = {reader, reading, canvas, set, set.head};
	draw_balance(&at);
	for (uint32_t i = reading->quotes.top; i < title.count && at.row < canvas->rows; i++) {
		if (i == reading->quote)
			draw_chosen(&at, i);
		else if (set.density == 1)
			draw_short(&at, i);
		else
			draw_tall(&at, i);
	}
}

/* ---- Choosing --------------------------------------------------------------------------- */

static void choose(struct reader *reader, long quote)
{
	long count = (long)reader_reading(reader)->index.found->quote_count;
	if (quote >= count)
		quote = count - 1;
	walk_quotes(reader);
	walk_to_quote(reader, quote > 0 ? (uint32_t)quote : 0);
}

static bool has_quotes(const struct reading *reading)
{
	return reading->annotated && reading->index.found->quote_count > 0;
}

/* Without a chosen one, the first step chooses the first that is in view. */
void quotes_move(struct reader *reader, long steps)
{
	struct reading *reading = reader_reading(reader);
	if (!has_quotes(reading))
		return;
	if (reading->quote != NO_QUOTE)
		choose(reader, (long)reading->quote + steps);
	else
		choose(reader, (long)reading->quotes.top + (steps > 0 ? steps - 1 : 0));
}

void quotes_to_end(struct reader *reader, bool last)
{
	struct reading *reading = reader_reading(reader);
	if (has_quotes(reading))
		choose(reader, last ? (long)reading->index.found->quote_count - 1 : 0);
}
