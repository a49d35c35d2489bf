/* Windows: the stretch of blocks that is linked at once. See annotator.h.
 *
 * The stages are those of facts.h. To explain a find its window is read again, as far as the stage
 * that is asked: that is rare, and keeping tokens would be always.
 */
#include <stdlib.h>

#include "annotate/annotator.h"

/* ---- Blocks ----------------------------------------------------------------------------- */

static const struct rule *rule_of_type(const struct pack *pack, enum rule_type type)
{
	for (size_t i = 0; i < pack->rule_count; i++)
		if (pack->rules[i].type == type)
			return &pack->rules[i];
	return NULL;
}

void window_use_pack(struct annotator *annotator, size_t pack)
{
	annotator->window.pack = annotator->packs->items[pack];
	annotator->window.tokens = &annotator->tokens[pack];
}

void window_read_block(struct annotator *annotator, size_t block)
{
	struct window *window = &annotator->window;
	struct spans *all = &annotator->gathered.sentences;
	struct slice body = document_body(annotator->document, block);
	size_t base = document_block(annotator->document, block).body.start;
	size_t count = sentences_find(body, base, &annotator->words, all);
	struct spans sentences = {0};
	if (count > 0)
		sentences = (struct spans){&all->items[all->count - count], count, 0};
	bool paired = false;
	for (size_t i = 0; i < annotator->packs->count; i++) {
		if (!annotator->active[i])
			continue;
		window_use_pack(annotator, i);
		tokens_read(window->tokens, annotator->document, block, window->pack, &sentences);
		const struct rule *quote = rule_of_type(window->pack, RULE_QUOTE);
		if (quote && !paired)
			pairs_find(window, quote, block);
		paired = paired || quote;
	}
	for (int setting = 1; setting >= 0; setting--)
		for (size_t i = 0; i < annotator->packs->count; i++) {
			size_t first = window->finds.count;
			if (!annotator->active[i])
				continue;
			window_use_pack(annotator, i);
			block_match(window, (uint32_t)i, block, &annotator->settings, setting);
			if (setting)
				settings_take(&annotator->settings, window, first);
		}
}

/* ---- Windows ---------------------------------------------------------------------------- */

static void mask_tokens(struct tokens *tokens, const struct window *window)
{
	size_t at = 0;
	for (size_t i = 0; i < window->finds.count; i++) {
		const struct find *find = &window->finds.items[i];
		const struct rule *rule = &window->packs->items[find->pack]->rules[find->rule];
		if (window->packs->kinds[find->kind].layer != LAYER_ENTITY ||
			rule->type != RULE_MATCH)
			continue;
		while (at < tokens->count && tokens->items[at].end <= find->span.start)
			at++;
		for (size_t t = at; t < tokens->count && tokens->items[t].start < find->span.end;
			t++)
			tokens->items[t].flags |= TOKEN_MASKED;
	}
}

static void find_names(struct annotator *annotator)
{
	for (size_t i = 0; i < annotator->packs->count; i++) {
		const struct pack *pack = annotator->packs->items[i];
		const struct rule *names = rule_of_type(pack, RULE_NAMES);
		if (!annotator->active[i] || !names)
			continue;
		window_use_pack(annotator, i);
		struct finds found = {0};
		names_find(&annotator->window, names, &found);
		for (size_t f = 0; f < found.count; f++) {
			found.items[f].pack = (uint32_t)i;
			found.items[f].rule = (uint32_t)(names - pack->rules);
			finds_add(&annotator->window.finds, &found.items[f]);
		}
		finds_release(&found);
	}
}

static void find_speech(struct annotator *annotator, struct saids *saids)
{
	for (size_t i = 0; i < annotator->packs->count; i++) {
		const struct pack *pack = annotator->packs->items[i];
		const struct rule *quote = rule_of_type(pack, RULE_QUOTE);
		if (!annotator->active[i] || !quote)
			continue;
		window_use_pack(annotator, i);
		size_t first = saids->count;
		speech_find(&annotator->window, quote, saids);
		for (size_t s = first; s < saids->count; s++) {
			saids->items[s].pack = (uint32_t)i;
			saids->items[s].rule = (uint32_t)(quote - pack->rules);
		}
		return; /* one pack's quotes: pairs of marks are its own */
	}
}

static void decide_masks(struct annotator *annotator, struct finds *lost)
{
	struct window *window = &annotator->window;
	finds_decide(&window->finds, annotator->packs, lost);
	for (size_t i = 0; i < annotator->packs->count; i++)
		mask_tokens(&annotator->tokens[i], window);
}

void window_link(struct annotator *annotator)
{
	struct window *window = &annotator->window;
	struct finds lost = {0};
	struct saids saids = {0};
	window->end_block = annotator->next_block;
	decide_masks(annotator, &lost);
	find_names(annotator);
	finds_decide(&window->finds, annotator->packs, &lost);
	find_speech(annotator, &saids);
	gathered_take(&annotator->gathered, window, &lost, &saids);
	finds_release(&lost);
	free(saids.items);
	spans_release(&saids.segments);
	annotator->windows = grow(annotator->windows, &annotator->window_capacity,
		annotator->window_count + 1, sizeof *annotator->windows);
	annotator->windows[annotator->window_count++] = window->first_block;
	window_close(annotator);
	window->first_block = annotator->next_block;
	annotator->window_bytes = 0;
}

void window_close(struct annotator *annotator)
{
	struct window *window = &annotator->window;
	for (size_t i = 0; i < annotator->packs->count; i++)
		tokens_clear(&annotator->tokens[i]);
	window->pairs.count = window->finds.count = window->group_count = 0;
}

/* ---- Explaining ------------------------------------------------------------------------- */

void window_reopen(struct annotator *annotator, size_t offset)
{
	size_t block = document_block_at(annotator->document, offset), index = 0;
	while (index + 1 < annotator->window_count && annotator->windows[index + 1] <= block)
		index++;
	bool last = index + 1 == annotator->window_count;
	annotator->window.first_block = annotator->windows[index];
	annotator->window.end_block = last ? annotator->next_block : annotator->windows[index + 1];
	size_t sentences = annotator->gathered.sentences.count; /* they are there already */
	for (size_t i = annotator->window.first_block; i < annotator->window.end_block; i++)
		window_read_block(annotator, i);
	annotator->gathered.sentences.count = sentences;
	decide_masks(annotator, NULL);
}

void window_name(struct annotator *annotator)
{
	find_names(annotator);
	finds_decide(&annotator->window.finds, annotator->packs, NULL);
}
