/* memory.c: a terminal whose keys are given beforehand and whose screen is its cells. */
#include "terminal/backend.h"

struct memory_terminal {
	struct terminal terminal;
	struct keys keys;
	size_t taken;
};

static struct memory_terminal *memory_of(struct terminal *terminal)
{
	return (struct memory_terminal *)terminal;
}

static bool memory_key(struct terminal *terminal, int milliseconds, struct key *key)
{
	struct memory_terminal *memory = memory_of(terminal);
	(void)milliseconds; /* nobody will type while we wait */
	if (memory->taken == memory->keys.count)
		return false;
	*key = memory->keys.items[memory->taken++];
	return true;
}

static void memory_release(struct terminal *terminal)
{
	keys_release(&memory_of(terminal)->keys);
}

static const struct backend backend = {
	.key = memory_key,
	.release = memory_release,
};

struct terminal *terminal_memory(
	struct styles *styles, const struct width_policy *policy, int columns, int rows)
{
	struct memory_terminal *memory = memory_allocate(sizeof *memory);
	memory->terminal.backend = &backend;
	memory->terminal.ground = THEME_ANY;
	cells_init(&memory->terminal.cells, styles, policy);
	cells_resize(&memory->terminal.cells, columns, rows);
	return &memory->terminal;
}

void terminal_type(struct terminal *terminal, const struct key *keys, size_t count)
{
	for (size_t i = 0; i < count; i++)
		keys_add(&memory_of(terminal)->keys, keys[i]);
}
