/* overlay.h: what styles a text has where, as layers of stretches, put together into runs. */
#ifndef TUI_OVERLAY_H
#define TUI_OVERLAY_H

#include "byline/theme.h"

struct stretch {
	struct span span;
	style_id style;
};

/* Stretches sorted by where they start; `reach` is the furthest end of all up to each, by which
 * those that hold a byte are found without a walk. Zero-initialised is empty. */
struct overlay {
	struct stretch *items;
	size_t *reach;
	size_t count, capacity;
};
void overlay_add(struct overlay *layer, struct span span, style_id style);
void overlay_sort(struct overlay *layer); /* after the last is added */
void overlay_release(struct overlay *layer);
/* The first stretch that ends after an offset. */
size_t overlay_first(const struct overlay *layer, size_t offset);

struct runs {
	struct stretch *items; /* they partition what was asked for */
	size_t count, capacity;
};
/* The runs of a span of text, layers laid over each other from the first to the last, each over
 * `base`. What was in `into` is replaced. */
struct layering {
	const struct overlay *const *layers;
	size_t count;
	struct styles *styles;
	style_id base;
};
void runs_of(const struct layering *layering, struct span span, struct runs *into);
void runs_release(struct runs *runs);

#endif
