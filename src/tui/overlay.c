/* Layers of stretches and the runs they make; see overlay.h. */
#include "tui/overlay.h"

#include <stdlib.h>

void overlay_add(struct overlay *layer, struct span span, style_id style)
{
	if (span.start >= span.end || style == STYLE_TEXT)
		return;
	layer->items = grow(layer->items, &layer->capacity, layer->count + 1, sizeof *layer->items);
	layer->items[layer->count++] = (struct stretch){span, style};
}

/* By start, the longer first, so that what lies inside is laid over it. */
static int stretch_compare(const void *left, const void *right)
{
	const struct stretch *a = left, *b = right;
	if (a->span.start != b->span.start)
		return a->span.start < b->span.start ? -1 : 1;
	if (a->span.end != b->span.end)
		return a->span.end > b->span.end ? -1 : 1;
	return (a->style > b->style) - (a->style < b->style);
}

static bool is_sorted(const struct overlay *layer)
{
	for (size_t i = 1; i < layer->count; i++)
		if (stretch_compare(&layer->items[i - 1], &layer->items[i]) > 0)
			return false;
	return true;
}

void overlay_sort(struct overlay *layer)
{
	size_t reach = 0;
	if (layer->count == 0)
		return;
	if (!is_sorted(layer))
		qsort(layer->items, layer->count, sizeof *layer->items, stretch_compare);
	layer->reach = memory_resize(layer->reach, layer->count * sizeof *layer->reach);
	for (size_t i = 0; i < layer->count; i++) {
		if (layer->items[i].span.end > reach)
			reach = layer->items[i].span.end;
		layer->reach[i] = reach;
	}
}

void overlay_release(struct overlay *layer)
{
	free(layer->items);
	free(layer->reach);
	*layer = (struct overlay){0};
}

size_t overlay_first(const struct overlay *layer, size_t offset)
{
	size_t low = 0, high = layer->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (layer->reach[middle] > offset)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

/* ---- Runs ------------------------------------------------------------------------------- */

static void run_add(struct runs *runs, struct span span, style_id style)
{
	runs->items = grow(runs->items, &runs->capacity, runs->count + 1, sizeof *runs->items);
	runs->items[runs->count++] = (struct stretch){span, style};
}

/* Cuts the run that holds `at` in two, so that one begins there; returns which. Runs are few. */
static size_t run_cut(struct runs *runs, size_t at)
{
	size_t i = 0;
	while (i < runs->count && runs->items[i].span.end <= at)
		i++;
	if (i == runs->count || runs->items[i].span.start == at)
		return i;
	struct stretch whole = runs->items[i];
	run_add(runs, whole.span, whole.style);
	for (size_t j = runs->count - 1; j > i; j--)
		runs->items[j] = runs->items[j - 1];
	runs->items[i].span.end = at;
	runs->items[i + 1].span.start = at;
	return i + 1;
}

static void runs_lay(struct runs *runs, const struct stretch *stretch, struct styles *styles)
{
	size_t first = run_cut(runs, stretch->span.start);
	size_t end = run_cut(runs, stretch->span.end);
	for (size_t i = first; i < end; i++)
		runs->items[i].style = style_compose(styles, runs->items[i].style, stretch->style);
}

static void runs_lay_layer(
	struct runs *runs, const struct overlay *layer, struct styles *styles, struct span span)
{
	for (size_t i = overlay_first(layer, span.start); i < layer->count; i++) {
		struct stretch stretch = layer->items[i];
		if (stretch.span.start >= span.end)
			return;
		if (stretch.span.end <= span.start)
			continue;
		if (stretch.span.start < span.start)
			stretch.span.start = span.start;
		if (stretch.span.end > span.end)
			stretch.span.end = span.end;
		runs_lay(runs, &stretch, styles);
	}
}

void runs_of(const struct layering *layering, struct span span, struct runs *into)
{
	into->count = 0;
	if (span.start >= span.end)
		return;
	run_add(into, span, layering->base);
	for (size_t i = 0; i < layering->count; i++)
		runs_lay_layer(into, layering->layers[i], layering->styles, span);
}

void runs_release(struct runs *runs)
{
	free(runs->items);
	*runs = (struct runs){0};
}
