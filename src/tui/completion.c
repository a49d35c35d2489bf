/* Candidates, turning through them, and their list; see completion.h. */
#include "tui/completion.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#define ROWS_MOST 10
#define FILES_MOST 5000 /* of a folder; more are not looked at */
#define TEXT_SHARE 2    /* texts take one part in so many of the row at most */

void completion_begin(struct completion *completion, size_t from, struct slice typed)
{
	completion_close(completion);
	arena_free(completion->arena);
	completion->arena = arena_new();
	completion->from = from;
	completion->typed = arena_slice(completion->arena, typed);
	completion->count = completion->left_out = 0;
}

void completion_add(struct completion *completion, struct slice text, const char *help)
{
	struct slice typed = completion->typed;
	if (!slice_equal(slice_cut(text, 0, typed.length), typed))
		return;
	completion->items = grow(completion->items, &completion->capacity, completion->count + 1,
		sizeof *completion->items);
	completion->items[completion->count++] = (struct candidate){
		arena_text(completion->arena, text),
		help != NULL ? arena_text(completion->arena, slice_of(help)) : NULL,
	};
}

static int compare(const void *a, const void *b)
{
	const struct candidate *one = a, *other = b;
	return strcmp(one->text, other->text);
}

void completion_sort(struct completion *completion)
{
	if (completion->count > 0)
		qsort(completion->items, completion->count, sizeof *completion->items, compare);
}

struct slice completion_turn(struct completion *completion, bool back)
{
	size_t places = completion->count + 1;
	if (!completion->open)
		completion->chosen = completion->count;
	completion->open = true;
	completion->chosen = (completion->chosen + (back ? places - 1 : 1)) % places;
	if (completion->chosen == completion->count)
		return completion->typed;
	return slice_of(completion->items[completion->chosen].text);
}

void completion_close(struct completion *completion)
{
	completion->open = false;
}

void completion_release(struct completion *completion)
{
	arena_free(completion->arena);
	free(completion->items);
	*completion = (struct completion){0};
}

/* ---- Their list ------------------------------------------------------------------------- */

int completion_rows(const struct completion *completion, int most)
{
	if (!completion->open)
		return 0;
	if (most > ROWS_MOST)
		most = ROWS_MOST;
	return completion->count < (size_t)most ? (int)completion->count : most;
}

static int text_columns(const struct completion *completion, const struct canvas *canvas)
{
	size_t widest = 0;
	for (size_t i = 0; i < completion->count; i++) {
		size_t width =
			text_width(slice_of(completion->items[i].text), &canvas->cells->policy);
		if (width > widest)
			widest = width;
	}
	size_t most = (size_t)canvas->columns / TEXT_SHARE;
	return (int)(widest < most ? widest : most);
}

void completion_draw(const struct completion *completion, const struct canvas *canvas,
	const struct completion_looks *looks)
{
	size_t rows = canvas->rows > 0 ? (size_t)canvas->rows : 0, first = 0;
	if (completion->chosen < completion->count && completion->chosen >= rows)
		first = completion->chosen - rows + 1;
	int columns = text_columns(completion, canvas);
	canvas_fill(canvas, (struct area){0, 0, canvas->columns, canvas->rows}, looks->ground);
	for (size_t i = 0; i < rows && first + i < completion->count; i++) {
		const struct candidate *candidate = &completion->items[first + i];
		struct area row = {0, (int)i, canvas->columns, 1};
		if (first + i == completion->chosen)
			canvas_tint(canvas, row, looks->chosen);
		int width = candidate->help != NULL ? columns : canvas->columns - 2;
		canvas_put_within(canvas, (struct area){1, row.row, width, 1},
			slice_of(candidate->text), looks->text);
		if (candidate->help != NULL)
			canvas_put_within(canvas,
				(struct area){
					columns + 3, row.row, canvas->columns - columns - 4, 1},
				slice_of(candidate->help), looks->help);
	}
}

/* ---- Files ------------------------------------------------------------------------------ */

/* Blanks at the ends of a line are no part of a name. */
static bool can_be_entered(struct slice name)
{
	return name.length == slice_trim(name).length;
}

static void add_file(struct completion *completion, struct slice folder, const struct dirent *entry)
{
	struct buffer text = {0};
	struct slice name = slice_of(entry->d_name);
	bool dots = slice_is(name, ".") || slice_is(name, "..");
	struct slice typed = slice_cut(completion->typed, folder.length, completion->typed.length);
	bool hidden = slice_starts(name, ".") && !slice_starts(typed, ".");
	if (dots || hidden)
		return;
	if (!can_be_entered(name)) {
		completion->left_out += slice_equal(slice_cut(name, 0, typed.length), typed);
		return;
	}
	buffer_append(&text, folder);
	buffer_append(&text, name);
	if (entry->d_type == DT_DIR)
		buffer_byte(&text, '/');
	completion_add(completion, buffer_slice(&text), NULL);
	buffer_release(&text);
}

void completion_add_files(struct completion *completion, struct slice line)
{
	struct slice folder = path_folder(line);
	struct buffer path = {0};
	path_expand(folder.length > 0 ? folder : slice_of("."), &path);
	DIR *directory = opendir(path.bytes);
	struct dirent *entry;
	for (int i = 0; directory != NULL && i < FILES_MOST && (entry = readdir(directory)); i++)
		add_file(completion, folder, entry);
	if (directory != NULL)
		closedir(directory);
	buffer_release(&path);
	completion_sort(completion);
}

void path_expand(struct slice path, struct buffer *into)
{
	const char *home = getenv("HOME");
	if (slice_starts(path, "~/") && home != NULL) {
		buffer_text(into, home);
		path = slice_cut(path, 1, path.length);
	}
	buffer_append(into, path);
}
