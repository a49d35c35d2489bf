/* terminal.c: what views ask of any terminal, handed to the one behind it. */
#include "terminal/backend.h"

#include <stdlib.h>

void terminal_free(struct terminal *terminal)
{
	if (terminal == NULL)
		return;
	if (terminal->backend->release != NULL)
		terminal->backend->release(terminal);
	cells_release(&terminal->cells);
	buffer_release(&terminal->pasted);
	free(terminal);
}

struct cells *terminal_cells(struct terminal *terminal)
{
	return &terminal->cells;
}

bool terminal_ended(const struct terminal *terminal)
{
	return terminal->ended;
}

struct slice terminal_pasted(const struct terminal *terminal)
{
	return buffer_slice(&terminal->pasted);
}

enum theme_variant terminal_ground(const struct terminal *terminal)
{
	return terminal->ground;
}

bool terminal_key(struct terminal *terminal, int milliseconds, struct key *key)
{
	if (terminal->ended || !terminal->backend->key(terminal, milliseconds, key))
		return false;
	if (key->code == PRESS_RESIZE)
		cells_resize(&terminal->cells, key->spot.column, key->spot.row);
	return true;
}

void terminal_watch(struct terminal *terminal, const int *descriptors, size_t count)
{
	terminal->watched_count = count < WATCHED_MOST ? count : WATCHED_MOST;
	for (size_t i = 0; i < terminal->watched_count; i++)
		terminal->watched[i] = descriptors[i];
}

void terminal_theme(struct terminal *terminal, const struct theme *theme)
{
	if (terminal->backend->theme != NULL)
		terminal->backend->theme(terminal, theme);
}

static void call(struct terminal *terminal, void (*function)(struct terminal *terminal))
{
	if (function != NULL)
		function(terminal);
}

void terminal_show(struct terminal *terminal)
{
	call(terminal, terminal->backend->show);
}

void terminal_redraw(struct terminal *terminal)
{
	call(terminal, terminal->backend->redraw);
}

void terminal_suspend(struct terminal *terminal)
{
	call(terminal, terminal->backend->suspend);
}
