/* fuzz_theme.c: any bytes as a theme: read, checked, and asked for every look at every depth. */
#include "byline/theme.h"
#include "fuzz.h"

static const char *const names[] = {"text", "entity.person", "entity.person.title", "quote.text",
	"quote.speaker", "heading.1", "status", "match.current", "nothing.like.it", "accent.3"};

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
	(void)count;
	(void)arguments;
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct diagnostics out = {0};
	struct theme *theme =
		theme_read((struct slice){(const char *)data, size}, "theme.yaml", NULL, &out);
	MUST(theme != NULL || out.total > 0);
	if (theme != NULL) {
		struct styles *styles = styles_new();
		style_id below = STYLE_TEXT;
		theme_assign(theme, names + 1, 2);
		for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
			below = style_compose(styles, below, style_named(styles, names[i]));
			for (int depth = DEPTH_MONO; depth <= DEPTH_DIRECT; depth++)
				theme_look(theme, styles, below, (enum depth)depth);
		}
		MUST(theme_name(theme) != NULL);
		theme_check(theme, &out);
		styles_free(styles);
	}
	struct buffer messages = {0};
	diagnostics_tell(&out, "fuzz", &messages);
	buffer_release(&messages);
	theme_free(theme);
	diagnostics_release(&out);
	return 0;
}
