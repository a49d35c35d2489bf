/* brush.c: what is sent between two looks. */
#include "terminal/brush.h"

#include "terminal/colours.h"

/* Attributes that a blank shows. */
#define SEEN_ON_BLANKS (ATTRIBUTE_UNDERLINE | ATTRIBUTE_DOTTED | ATTRIBUTE_REVERSE)

/* What ends an attribute in the family of xterm; elsewhere all end at once, since what ends one of
 * them is in some entries what ends all. */
static const struct {
	unsigned attribute;
	enum entry_string on;
	const char *off;
	unsigned ended; /* by it */
} attribute_strings[] = {
	{ATTRIBUTE_BOLD, ENTRY_BOLD, "\x1b[22m", ATTRIBUTE_BOLD | ATTRIBUTE_DIM},
	{ATTRIBUTE_DIM, ENTRY_DIM, "\x1b[22m", ATTRIBUTE_BOLD | ATTRIBUTE_DIM},
	{ATTRIBUTE_ITALIC, ENTRY_ITALIC, "\x1b[23m", ATTRIBUTE_ITALIC},
	{ATTRIBUTE_UNDERLINE, ENTRY_UNDERLINE, "\x1b[24m", ATTRIBUTE_UNDERLINE | ATTRIBUTE_DOTTED},
	{ATTRIBUTE_DOTTED, ENTRY_UNDERLINE, "\x1b[24m", ATTRIBUTE_UNDERLINE | ATTRIBUTE_DOTTED},
	{ATTRIBUTE_REVERSE, ENTRY_REVERSE, "\x1b[27m", ATTRIBUTE_REVERSE},
};
#define ATTRIBUTE_COUNT (sizeof attribute_strings / sizeof *attribute_strings)

/* ---- Looks ------------------------------------------------------------------------------ */

/* Those of them that the terminal has, and can end. */
static unsigned attributes_had(const struct entry *entry, unsigned attributes)
{
	if (!entry_has(entry, ENTRY_NORMAL))
		return 0;
	for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
		if (!entry_has(entry, attribute_strings[i].on))
			attributes &= ~attribute_strings[i].attribute;
	}
	return attributes;
}

struct paint paint_make(const struct entry *entry, const struct look *look, enum depth depth)
{
	struct paint paint = {-1, -1, attributes_had(entry, look->attributes)};
	if (depth == DEPTH_MONO)
		return paint;
	paint.foreground = colour_number(look->foreground, depth, entry->colours);
	paint.background = colour_number(look->background, depth, entry->colours);
	if (paint.foreground != -1 || paint.background != -1)
		paint.attributes &= ~entry->excluded;
	return paint;
}

struct paint paint_of_blanks(struct paint paint)
{
	return paint.attributes & SEEN_ON_BLANKS ? paint : (struct paint){-1, paint.background, 0};
}

/* ---- From one to the next --------------------------------------------------------------- */

void brush_clean(struct brush *brush, struct buffer *into)
{
	entry_put(brush->entry, ENTRY_NORMAL, into);
	brush->now = PAINT_PLAIN;
}

static void end_attributes(struct brush *brush, unsigned unwanted, struct buffer *into)
{
	if (!(brush->now.attributes & unwanted))
		return;
	if (!brush->entry->is_xterm) {
		brush_clean(brush, into);
		return;
	}
	for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
		if (!(brush->now.attributes & unwanted & attribute_strings[i].attribute))
			continue;
		buffer_text(into, attribute_strings[i].off);
		brush->now.attributes &= ~attribute_strings[i].ended;
	}
}

static void begin_attributes(struct brush *brush, unsigned wanted, struct buffer *into)
{
	unsigned missing = wanted & ~brush->now.attributes;
	for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
		if (missing & attribute_strings[i].attribute)
			entry_put(brush->entry, attribute_strings[i].on, into);
	}
	if (missing & ATTRIBUTE_DOTTED) /* the plain one stays where this is unknown */
		entry_put_number(brush->entry, ENTRY_UNDERLINE_SHAPE, 4, into);
	brush->now.attributes = wanted;
}

/* The terminal's own colours, where they are wanted and are not there. */
static void end_colours(struct brush *brush, struct paint wanted, struct buffer *into)
{
	struct paint *now = &brush->now;
	bool foreground = wanted.foreground == -1 && now->foreground != -1;
	bool background = wanted.background == -1 && now->background != -1;
	if (!brush->entry->is_xterm && (foreground || background)) {
		entry_put(brush->entry, ENTRY_COLOURS_OFF, into);
		foreground = background = true;
	} else {
		buffer_text(into, foreground ? "\x1b[39m" : "");
		buffer_text(into, background ? "\x1b[49m" : "");
	}
	now->foreground = foreground ? -1 : now->foreground;
	now->background = background ? -1 : now->background;
}

void brush_dip(struct brush *brush, struct paint wanted, struct buffer *into)
{
	if (paint_equal(brush->now, wanted))
		return;
	end_attributes(brush, ~wanted.attributes, into);
	begin_attributes(brush, wanted.attributes, into);
	end_colours(brush, wanted, into);
	if (wanted.foreground != brush->now.foreground)
		entry_put_number(brush->entry, ENTRY_FOREGROUND, wanted.foreground, into);
	if (wanted.background != brush->now.background)
		entry_put_number(brush->entry, ENTRY_BACKGROUND, wanted.background, into);
	brush->now = wanted;
}

void brush_dip_for_blanks(struct brush *brush, struct paint wanted, struct buffer *into)
{
	if (!paint_equal(paint_of_blanks(brush->now), paint_of_blanks(wanted)))
		brush_dip(brush, wanted, into);
}
