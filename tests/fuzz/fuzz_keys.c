/* fuzz_keys.c: any bytes as key notation: parsed, printed, parsed again, and typed to the reader.
 * What stands before a NUL is the file of keys that it reads them with.
 */
#include <unistd.h>

#include "fuzz.h"
#include "tui/commands.h"

#define KEYS_MOST 200 /* typed to one reader */

static const char text[] =
	"Dockers End Strike\n\nVIGO, Spain — “We won,” said Ana Duarte, the harbour master.\n\n"
	"## A table\n\n    a  b\n    1  2\n\nDuarte, 52, spoke in Vigo on Tuesday. “Not all of "
	"it.”\n";

static struct packs packs;
static struct styles *styles;
static struct theme *theme;
static char path[] = "/tmp/fuzz-keys-XXXXXX";
static const char *const paths[] = {path};

static void forget(void)
{
	unlink(path);
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
	(void)count;
	(void)arguments;
	struct diagnostics none = {0};
	styles = styles_new();
	theme = theme_load(theme_embedded(0), NULL, &none);
	int descriptor = mkstemp(path);
	MUST(descriptor >= 0);
	MUST(write(descriptor, text, sizeof text - 1) == (ssize_t)sizeof text - 1);
	close(descriptor);
	atexit(forget);
	return 0;
}

static void check_notation(const struct keys *keys, struct diagnostics *out)
{
	struct buffer printed = {0};
	struct keys again = {0};
	for (size_t i = 0; i < keys->count; i++) {
		if (i > 0)
			buffer_byte(&printed, ' ');
		key_print(keys->items[i], &printed);
	}
	MUST(keys_parse(buffer_slice(&printed), &again, out) || keys->count == 0);
	MUST(again.count == keys->count);
	for (size_t i = 0; i < keys->count; i++)
		MUST(key_equal(keys->items[i], again.items[i]));
	keys_release(&again);
	buffer_release(&printed);
}

static bool holds_together(const struct bound *a, const struct bound *b)
{
	bool meet = a->pane == b->pane || (a->pane == PANE_EVERYWHERE && b->pane != PANE_PROMPT) ||
		    (b->pane == PANE_EVERYWHERE && a->pane != PANE_PROMPT);
	return a == b || !meet || !keys_collide(&a->keys, &b->keys);
}

/* Whatever a file says, every key runs a command, none hides another, and one leads out. */
static void check_map(const struct keymap *keymap)
{
	for (size_t i = 0; i < keymap->count; i++) {
		const struct bound *bound = &keymap->items[i];
		struct buffer why = {0};
		MUST(command_check(slice_of(bound->command), &why));
		for (size_t j = 0; j < keymap->count; j++)
			MUST(holds_together(bound, &keymap->items[j]));
		buffer_release(&why);
	}
	MUST(keymap_find(keymap, PANE_ARTICLE, "quit") ||
		keymap_find(keymap, PANE_ARTICLE, "close"));
}

static struct keymap *read_map(struct slice file, struct diagnostics *out)
{
	struct keymap *keymap = keymap_new();
	size_t before = out->total;
	bool good = keymap_read(keymap, &(struct key_source){"keys.yaml", file}, out);
	MUST(good == (out->total == before));
	check_map(keymap);
	return keymap;
}

static void type(const struct keys *keys, const struct keymap *keymap)
{
	static const struct width_policy policy = {.ambiguous = 1};
	struct diagnostics out = {0};
	struct terminal *terminal = terminal_memory(styles, &policy, 80, 24);
	struct reader *reader = reader_new(&(struct reader_settings){.terminal = terminal,
		.packs = &packs,
		.keymap = keymap,
		.theme = theme,
		.paths = paths,
		.path_count = 1,
		.first = source_open(path, source_limit(), &out),
		.problems = &out});
	reader_feed(reader, keys);
	reader_free(reader);
	terminal_free(terminal);
	diagnostics_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct diagnostics out = {0};
	struct keys keys = {0};
	struct buffer messages = {0};
	struct slice line = {(const char *)data, size}, file = {0};
	const char *end = size > 0 ? memchr(data, '\0', size) : NULL;
	if (end != NULL) {
		file = slice_cut(line, 0, (size_t)(end - line.bytes));
		line = slice_cut(line, file.length + 1, size);
	}
	struct keymap *keymap = read_map(file, &out);
	keys_parse(line, &keys, &out);
	check_notation(&keys, &out);
	if (keys.count > KEYS_MOST)
		keys.count = KEYS_MOST;
	type(&keys, keymap);
	keymap_free(keymap);
	diagnostics_tell(&out, "fuzz", &messages);
	buffer_release(&messages);
	keys_release(&keys);
	diagnostics_release(&out);
	return 0;
}
