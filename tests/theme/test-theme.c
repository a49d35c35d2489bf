/* test-theme check FILE           what --check says of a theme
 * test-theme looks STYLE... FILE  how it makes styles look, at each depth; composed ones have a +
 *
 * Before either, what is wrong with the file. The user's themes are in the folder
 * `user` beside it.
 */
#include "byline/theme.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const depth_names[] = {
	[DEPTH_DIRECT] = "24-bit",
	[DEPTH_256] = "256",
	[DEPTH_16] = "16",
	[DEPTH_8] = "8",
	[DEPTH_MONO] = "none",
};

static const char *const attribute_names[] = {
	"bold", "dim", "italic", "underline", "dotted", "reverse"};

static void colour_print(const char *where, struct colour colour)
{
	if (colour.kind == COLOUR_RGB)
		printf(" %s #%02x%02x%02x", where, colour.red, colour.green, colour.blue);
	else if (colour.kind == COLOUR_INDEXED)
		printf(" %s %u", where, colour.index);
	else if (colour.kind != COLOUR_DEFAULT)
		printf(" %s unsaid", where);
}

static void look_print(struct look look)
{
	colour_print("fg", look.foreground);
	colour_print("bg", look.background);
	for (size_t i = 0; i < sizeof attribute_names / sizeof *attribute_names; i++)
		if (look.attributes & (1u << i))
			printf(" %s", attribute_names[i]);
}

static void looks_print(const struct theme *theme, const char *name)
{
	struct styles *styles = styles_new();
	style_id style = style_named(styles, name);
	printf("%s\n", style_name(styles, style));
	for (int depth = DEPTH_DIRECT; depth >= DEPTH_MONO; depth--) {
		printf("  %s:", depth_names[depth]);
		look_print(theme_look(theme, styles, style, (enum depth)depth));
		printf("\n");
	}
	styles_free(styles);
}

static void diagnostics_show(struct diagnostics *diagnostics)
{
	struct buffer text = {0};
	diagnostics_tell(diagnostics, NULL, &text);
	if (text.length > 0)
		fwrite(text.bytes, 1, text.length, stdout);
	buffer_release(&text);
	diagnostics_release(diagnostics);
}

static int theme_show(struct theme *theme, char **words, int count)
{
	struct diagnostics found = {0};
	if (strcmp(words[0], "check") == 0 && theme_check(theme, &found))
		printf("nothing to complain of\n");
	for (int i = 1; i < count; i++)
		looks_print(theme, words[i]);
	diagnostics_show(&found);
	theme_free(theme);
	return 0;
}

int main(int count, char **words)
{
	if (count < 3)
		return 2;
	struct slice path = slice_of(words[count - 1]), folder = path_folder(path);
	struct arena *arena = arena_new();
	struct diagnostics found = {0};
	struct buffer source = {0};
	struct theme *theme = NULL;
	char *user = arena_format(arena, "%.*suser", (int)folder.length, folder.bytes);
	/* Named without its folder, so that messages are the same wherever the test runs. */
	if (file_read(words[count - 1], 1 << 20, &source, &found))
		theme = theme_read(buffer_slice(&source), path_name(path).bytes, user, &found);
	diagnostics_show(&found);
	buffer_release(&source);
	int status = theme == NULL ? 1 : theme_show(theme, words + 1, count - 2);
	arena_free(arena);
	return status;
}
