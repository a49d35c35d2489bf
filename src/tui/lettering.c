/* What a text itself says of its letters, as styles: the lowest layer of all that is drawn. */
#include "tui/lettering.h"

static const struct {
	uint8_t trait;
	const char *style;
} trait_styles[] = {
	{LETTERING_LINK, "link"},
	{LETTERING_CODE, "code"},
	{LETTERING_STRONG, "strong"},
	{LETTERING_EMPHASIS, "emphasis"},
	{LETTERING_UNDERLINED, "underlined"},
	{LETTERING_REVERSED, "reversed"},
	{LETTERING_FAINT, "faint"},
};

static style_id ink_style(struct styles *styles, const char *part, uint32_t ink)
{
	struct buffer name = {0};
	uint32_t index = ink & 0xFF;
	if (ink == INK_NONE)
		return STYLE_TEXT;
	if (ink & INK_DIRECT)
		buffer_format(&name, "%s.#%06x", part, (unsigned)(ink & 0xFFFFFF));
	else if (index < PALETTE_NAMES)
		buffer_format(&name, "%s.%s", part, palette_names[index]);
	else
		buffer_format(&name, "%s.%u", part, (unsigned)index);
	style_id style = style_of(styles, buffer_slice(&name));
	buffer_release(&name);
	return style;
}

static style_id lettering_style(struct styles *styles, const struct lettering *lettering)
{
	style_id style = STYLE_TEXT;
	for (size_t i = 0; i < sizeof trait_styles / sizeof *trait_styles; i++)
		if (lettering->traits & trait_styles[i].trait)
			style = style_compose(
				styles, style, style_named(styles, trait_styles[i].style));
	style = style_compose(styles, style, ink_style(styles, "ground", lettering->ground));
	return style_compose(styles, style, ink_style(styles, "ink", lettering->ink));
}

void lettering_lay(const struct document *document, struct styles *styles, struct span span,
	struct overlay *into)
{
	struct lettered found;
	into->count = 0;
	for (size_t at = span.start;
		document_lettered(document, at, &found) && found.span.start < span.end;
		at = found.span.end)
		overlay_add(into, found.span, lettering_style(styles, &found.lettering));
	overlay_sort(into);
}
