/* Lines entered at a prompt; see history.h. */
#include "tui/history.h"

#include <stdlib.h>
#include <string.h>

static void remove_line(struct history *history, size_t i)
{
	buffer_release(&history->lines[i]);
	history->count--;
	memmove(history->lines + i, history->lines + i + 1,
		(history->count - i) * sizeof *history->lines);
}

void history_add(struct history *history, struct slice line)
{
	if (line.length == 0)
		return;
	struct buffer copy = {0};
	buffer_append(&copy, line);
	for (size_t i = history->count; i-- > 0;)
		if (slice_equal(buffer_slice(&history->lines[i]), line))
			remove_line(history, i);
	if (history->count == HISTORY_MOST)
		remove_line(history, 0);
	history->lines = grow(
		history->lines, &history->capacity, history->count + 1, sizeof *history->lines);
	history->lines[history->count++] = copy;
	history_begin(history);
}

void history_begin(struct history *history)
{
	history->at = history->count;
	history->typed.length = 0;
}

static bool fits(const struct history *history, size_t i)
{
	struct slice line = buffer_slice(&history->lines[i]);
	struct slice typed = buffer_slice(&history->typed);
	return slice_equal(slice_cut(line, 0, typed.length), typed);
}

bool history_older(struct history *history, struct slice typed, struct slice *line)
{
	if (history->at == history->count) {
		history->typed.length = 0;
		buffer_append(&history->typed, typed);
	}
	for (size_t i = history->at; i-- > 0;)
		if (fits(history, i)) {
			history->at = i;
			*line = buffer_slice(&history->lines[i]);
			return true;
		}
	return false;
}

bool history_newer(struct history *history, struct slice *line)
{
	if (history->at == history->count)
		return false;
	while (++history->at < history->count)
		if (fits(history, history->at)) {
			*line = buffer_slice(&history->lines[history->at]);
			return true;
		}
	*line = buffer_slice(&history->typed);
	return true;
}

void history_release(struct history *history)
{
	for (size_t i = 0; i < history->count; i++)
		buffer_release(&history->lines[i]);
	free(history->lines);
	buffer_release(&history->typed);
	*history = (struct history){0};
}
