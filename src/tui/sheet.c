/* Pages of styled text; see sheet.h. */
#include "tui/sheet.h"

#include <stdlib.h>

void sheet_init(struct sheet *sheet, int columns)
{
	arena_free(sheet->arena);
	sheet->arena = arena_new();
	sheet->count = 0;
	sheet->columns = columns;
	sheet->chosen = -1;
}

void sheet_release(struct sheet *sheet)
{
	arena_free(sheet->arena);
	free(sheet->lines);
	*sheet = (struct sheet){0};
}

void sheet_line(struct sheet *sheet, int column)
{
	sheet->lines = grow(sheet->lines, &sheet->capacity, sheet->count + 1, sizeof *sheet->lines);
	sheet->lines[sheet->count++] = (struct sheet_line){0};
	sheet->column = column;
}

static void add_run(struct sheet *sheet, int column, struct slice text, style_id style)
{
	struct sheet_line *line = &sheet->lines[sheet->count - 1];
	struct sheet_run *run = arena_allocate(sheet->arena, sizeof *run);
	*run = (struct sheet_run){
		.column = column,
		.text = arena_slice(sheet->arena, text),
		.style = style,
		.next = line->runs,
	};
	line->runs = run;
}

void sheet_put(
	struct sheet *sheet, struct slice text, style_id style, const struct width_policy *policy)
{
	size_t room = sheet->columns > sheet->column ? (size_t)(sheet->columns - sheet->column) : 0;
	size_t width;
	struct slice fits = slice_cut(text, 0, text_fit(text, room, policy, &width));
	add_run(sheet, sheet->column, fits, style);
	sheet->column += (int)width;
}

void sheet_wrap(
	struct sheet *sheet, struct slice text, style_id style, const struct width_policy *policy)
{
	struct rows rows = {0};
	int column = sheet->column, room = sheet->columns - column;
	rows_wrap(text, 0, room > 1 ? (unsigned)room : 1, 0, policy, &rows);
	for (size_t i = 0; i < rows.count; i++) {
		if (i > 0)
			sheet_line(sheet, column);
		sheet_put(sheet, slice_cut(text, rows.items[i].start, rows.items[i].end), style,
			policy);
	}
	rows_release(&rows);
}

void sheet_right(
	struct sheet *sheet, struct slice text, style_id style, const struct width_policy *policy)
{
	int room = sheet->columns - sheet->column - 1;
	size_t width = text_width(text, policy);
	if (room > 0 && width <= (size_t)room)
		add_run(sheet, sheet->columns - (int)width, text, style);
}

void sheet_draw(const struct sheet *sheet, const struct canvas *canvas)
{
	for (int row = 0; row < canvas->rows; row++) {
		size_t line = (size_t)sheet->top + (size_t)row;
		if (line >= sheet->count)
			return;
		for (const struct sheet_run *run = sheet->lines[line].runs; run; run = run->next)
			canvas_put(canvas, (struct spot){run->column, row}, run->text, run->style);
	}
}
