/* The layers of a stretch of text, put together where it is drawn.
 *
 * Mentions and quotes are sorted by offset and nested a few deep at most, so that what a view shows
 * of them is found from there; stretches for all of them would take more memory than they do. Only
 * finds of kinds that mark, which may lie in each other as they like, are kept as an overlay.
 */
#include "tui/index.h"

#define QUOTES_BACK 64              /* so many before a view may reach into it */
#define CUE_REACH ((size_t)4 << 10) /* how far from its quote a cue may stand */

void index_mark(struct index *index, const struct index_styles *styles)
{
	const struct annotations *found = index->found;
	for (size_t i = 0; i < found->marked_count; i++) {
		const struct marked *marked = &found->marked[i];
		struct overlay *layer = &index->marked[index->packs->kinds[marked->kind].layer];
		overlay_add(layer, marked->span, styles->kinds[marked->kind]);
		for (uint32_t g = 0; g < marked->group_count; g++) {
			const struct mark_group *group = &found->groups[marked->first_group + g];
			if (group->style.length > 0)
				overlay_add(layer, group->span,
					index_group_style(styles, group->style));
		}
	}
	for (int i = 0; i < INDEX_LAYERS; i++)
		overlay_sort(&index->marked[i]);
}

/* ---- In a span -------------------------------------------------------------------------- */

struct laying {
	const struct index *index;
	const struct index_styles *styles;
	struct span span;
	struct overlay *into; /* by layer */
};

static void lay(const struct laying *at, enum layer layer, struct span span, style_id style)
{
	if (span.start < at->span.end && span.end > at->span.start)
		overlay_add(&at->into[layer], span, style);
}

static void lay_marked(const struct laying *at)
{
	for (int layer = 0; layer < INDEX_LAYERS; layer++) {
		const struct overlay *marked = &at->index->marked[layer];
		for (size_t i = overlay_first(marked, at->span.start);
			i < marked->count && marked->items[i].span.start < at->span.end; i++)
			lay(at, (enum layer)layer, marked->items[i].span, marked->items[i].style);
	}
}

static void lay_quote(const struct laying *at, uint32_t index)
{
	const struct quote quote = annotations_quote(at->index->found, index);
	const struct index_styles *styles = at->styles;
	for (uint32_t i = 0; i < quote.segment_count; i++) {
		struct span words = annotations_segment(at->index->found, quote.first_segment + i);
		struct span whole = index_segment(at->index, quote.first_segment + i);
		lay(at, LAYER_QUOTE, (struct span){whole.start, words.start}, styles->mark);
		lay(at, LAYER_QUOTE, words, styles->words);
		lay(at, LAYER_QUOTE, (struct span){words.end, whole.end}, styles->mark);
	}
	if (quote.cue.start != NOWHERE)
		lay(at, LAYER_QUOTE, quote.cue, styles->cue);
}

static void lay_quotes(const struct laying *at)
{
	const struct annotations *found = at->index->found;
	size_t next = index_quote_from(at->index, at->span.start);
	size_t first = next > QUOTES_BACK ? next - QUOTES_BACK : 0;
	for (size_t i = first; i < found->quote_count; i++) {
		if (index_extent(at->index, (uint32_t)i).start >= at->span.end + CUE_REACH)
			return;
		lay_quote(at, (uint32_t)i);
	}
}

static void lay_mentions(const struct laying *at)
{
	const struct annotations *found = at->index->found;
	size_t next = annotations_mention_from(found, at->span.start);
	size_t first = next > MENTIONS_BACK ? next - MENTIONS_BACK : 0;
	for (size_t i = first; i < found->mention_count; i++) {
		const struct mention mention = annotations_mention(found, i);
		if (mention.span.start >= at->span.end)
			return;
		uint32_t kind = found->entities[mention.entity].kind;
		lay(at, at->index->packs->kinds[kind].layer, mention.span, at->styles->kinds[kind]);
	}
}

void index_lay(const struct index *index, const struct index_styles *styles, struct span span,
	struct overlay into[static INDEX_LAYERS])
{
	struct laying at = {index, styles, span, into};
	if (index->found == NULL)
		return;
	lay_marked(&at);
	lay_quotes(&at);
	lay_mentions(&at);
	for (int i = 0; i < INDEX_LAYERS; i++)
		overlay_sort(&into[i]);
}
