/* A sheet on the screen: the raised ground, and the sheet's lines on it. */
#include "tui/app.h"

#define AIRY_ROWS 8 /* from here on an empty row stands above and below the text */

static int air(const struct frame *frame)
{
	return frame->over.rows >= AIRY_ROWS;
}

int sheet_columns(const struct frame *frame)
{
	return frame->text.columns;
}

int sheet_rows(const struct frame *frame, const struct sheet *sheet)
{
	int most = frame->over.rows - 2 * air(frame);
	return sheet->count < (size_t)most ? (int)sheet->count : most > 1 ? most : 1;
}

struct area sheet_area(const struct frame *frame, const struct sheet *sheet)
{
	struct area area = frame->over;
	area.rows = sheet->rows + 2 * air(frame);
	return area;
}

void sheet_view_draw(struct reader *reader, const struct canvas *canvas)
{
	const struct frame *frame = &reader->frame;
	struct area text = {frame->text.column - frame->over.column, air(frame),
		frame->text.columns, reader->sheet.rows};
	canvas_fill(canvas, (struct area){0, 0, canvas->columns, canvas->rows},
		reader->look[LOOK_RAISED]);
	struct canvas part = canvas_part(canvas, text);
	sheet_draw(&reader->sheet, &part);
	if (reader->sheet.chosen >= 0)
		canvas_tint(&part,
			(struct area){0, reader->sheet.chosen - reader->sheet.top, part.columns, 1},
			reader->look[LOOK_SELECTED]);
}
