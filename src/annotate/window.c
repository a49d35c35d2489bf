/* Windows: the stretch of the text that is linked at once. See annotator.h.
 *
 * The stages are those of facts.h. What they find depends on what stands before the window in two
 * things alone: whether the title, the author … were set there, and which rules have spent so much
 * there that they are suspended. A window that was read before these were known, and for which
 * they matter, is read again once everything before it is known.
 *
 * To explain a find its window is read again as well: that is rare, and keeping tokens would be
 * always.
 */
#include <stdlib.h>

#include "annotate/annotator.h"

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

/* ---- What stands before ----------------------------------------------------------------- */

static unsigned set_by(const struct settings *settings)
{
	unsigned set = 0;
	for (unsigned i = SETS_TITLE; i <= SETS_DATELINE; i++)
		set |= settings->of[i].start != NOWHERE ? 1u << i : 0;
	return set;
}

static uint8_t sum_spent(unsigned before, unsigned here)
{
	return (uint8_t)(before + here < SPENT_PIECES ? before + here : SPENT_PIECES);
}

static void know_what_stands_before(struct annotator *annotator, size_t index)
{
	struct settings *settings = &annotator->settings;
	settings->before = 0;
	for (int i = 0; i <= SETS_DATELINE; i++)
		settings->of[i] = (struct span){NOWHERE, NOWHERE};
	for (size_t i = 0; i < annotator->packs->count; i++)
		for (size_t r = 0; r < annotator->packs->items[i]->rule_count; r++)
			annotator->budgets[i][r] = (struct rule_budget){.suspended = NOWHERE};
	for (size_t i = 0; i < index; i++) {
		const struct result *result = annotator->windows.items[i].result;
		if (!result)
			continue;
		settings->before |= set_by(&result->settings);
		for (size_t s = 0; s < result->spent_count; s++) {
			const struct result_spent *spent = &result->spent[s];
			struct rule_budget *budget = &annotator->budgets[spent->pack][spent->rule];
			budget->before = sum_spent(budget->before, spent->here);
		}
	}
}

static bool settings_stand(const struct result *result, unsigned before)
{
	unsigned own = set_by(&result->settings);
	return (own & before) == (own & result->settings.before);
}

/* Whether a rule was to be left out of the window where it was, with other pieces before it. */
static bool spent_stands(const struct result_spent *spent, unsigned before)
{
	if (before == spent->before)
		return true;
	return before + spent->here < SPENT_PIECES && spent->before + spent->here < SPENT_PIECES;
}

struct standing {
	unsigned before; /* settings */
	struct spent_pieces {
		uint32_t pack, rule;
		unsigned before;
	} * items;
	size_t count, capacity;
};

static unsigned *pieces_of(struct standing *standing, const struct result_spent *spent)
{
	for (size_t i = 0; i < standing->count; i++)
		if (standing->items[i].pack == spent->pack &&
			standing->items[i].rule == spent->rule)
			return &standing->items[i].before;
	standing->items = grow(
		standing->items, &standing->capacity, standing->count + 1, sizeof *standing->items);
	standing->items[standing->count] = (struct spent_pieces){spent->pack, spent->rule, 0};
	return &standing->items[standing->count++].before;
}

static const struct result_spent *spent_of(
	const struct result *result, const struct spent_pieces *pieces)
{
	for (size_t i = 0; i < result->spent_count; i++)
		if (result->spent[i].pack == pieces->pack && result->spent[i].rule == pieces->rule)
			return &result->spent[i];
	return NULL;
}

/* Whether what was assumed to stand before the window is what does. */
static bool assumed_right(struct standing *standing, const struct result *result)
{
	if (!settings_stand(result, standing->before))
		return false;
	for (size_t i = 0; i < result->spent_count; i++)
		if (!spent_stands(&result->spent[i], *pieces_of(standing, &result->spent[i])))
			return false;
	for (size_t i = 0; i < standing->count; i++)
		if (standing->items[i].before >= SPENT_PIECES &&
			!spent_of(result, &standing->items[i]))
			return false;
	return true;
}

static void pass(struct standing *standing, const struct result *result)
{
	standing->before |= set_by(&result->settings);
	for (size_t i = 0; i < result->spent_count; i++) {
		unsigned *before = pieces_of(standing, &result->spent[i]);
		*before = sum_spent(*before, result->spent[i].here);
	}
}

/* A window whose text is still coming is read again when it is twice as long, when all that is
 * there is wanted, or the text whole: so none is read more than a few times by itself. */
static bool is_due(const struct annotator *annotator, const struct window_place *place)
{
	const struct result *result = place->result;
	if (place_stands(place, annotator->document))
		return false;
	if (!result || place->full || document_is_whole(annotator->document))
		return true;
	if (result->extent.end < place->extent.end && result->extent.end < annotator->wanted)
		return true;
	size_t length = place->extent.end - place->extent.start;
	return length >= 2 * (result->extent.end - result->extent.start);
}

size_t window_to_read(const struct annotator *annotator)
{
	const struct windows *windows = &annotator->windows;
	struct standing standing = {0};
	size_t index = 0;
	for (; index < windows->count; index++) {
		const struct window_place *place = &windows->items[index];
		if (is_due(annotator, place) ||
			(place->result && !assumed_right(&standing, place->result)))
			break;
		if (place->result)
			pass(&standing, place->result);
	}
	free(standing.items);
	return index < windows->count ? index : NOWHERE;
}

/* ---- Reading ---------------------------------------------------------------------------- */

/* What the text may still change in the window that was opened. */
static void note_ending(struct annotator *annotator)
{
	const struct document *document = annotator->document;
	const struct window *window = &annotator->window;
	size_t blocks = document_block_count(document);
	annotator->ending = (struct result){0};
	if (window->piece_count == 0)
		return;
	uint32_t last = window->pieces[window->piece_count - 1].block;
	annotator->ending.was_open = last >= document_closed_count(document);
	annotator->ending.last = document_block(document, last);
	annotator->ending.is_last =
		document_is_whole(document) &&
		document_block(document, blocks - 1).extent.end == window->extent.end;
}

void window_open(struct annotator *annotator, size_t index)
{
	annotator->window_index = index;
	annotator->next_piece = 0;
	know_what_stands_before(annotator, index);
	window_cut(&annotator->window, annotator->windows.items[index].extent);
	note_ending(annotator);
}

/* The sentences of a piece; they stay until the window is closed. */
static struct spans find_sentences(struct annotator *annotator, const struct piece *piece)
{
	struct spans *all = &annotator->sentences;
	struct slice body = slice_cut(document_text(annotator->document), piece->start, piece->end);
	size_t count = sentences_find(body, piece->start, &annotator->words, all);
	if (count == 0)
		return (struct spans){0};
	return (struct spans){&all->items[all->count - count], count, 0};
}

static void read_tokens(struct annotator *annotator, uint32_t index)
{
	struct window *window = &annotator->window;
	const struct piece *piece = &window->pieces[index];
	struct spans sentences = find_sentences(annotator, piece);
	struct token_place place = {document_text(annotator->document), piece, index, &sentences,
		document_block(annotator->document, piece->block).lines};
	bool paired = false;
	for (size_t i = 0; i < annotator->packs->count; i++) {
		if (!annotator->language.active[i])
			continue;
		window_use_pack(annotator, i);
		tokens_read(window->tokens, window->pack, &place);
		const struct rule *quote = rule_of_type(window->pack, RULE_QUOTE);
		if (quote && !paired)
			pairs_find(window, quote, index);
		paired = paired || quote;
	}
}

static void match_rules(struct annotator *annotator, uint32_t index, bool setting)
{
	struct window *window = &annotator->window;
	for (size_t i = 0; i < annotator->packs->count; i++) {
		struct match_place place = {
			(uint32_t)i, index, &annotator->settings, annotator->budgets[i]};
		size_t first = window->finds.count;
		if (!annotator->language.active[i])
			continue;
		window_use_pack(annotator, i);
		piece_match(window, &place, setting);
		if (setting)
			settings_take(&annotator->settings, window, first);
	}
}

size_t window_read_piece(struct annotator *annotator)
{
	uint32_t index = (uint32_t)annotator->next_piece++;
	const struct piece *piece = &annotator->window.pieces[index];
	read_tokens(annotator, index);
	subject_set(&annotator->window.subject,
		slice_cut(document_text(annotator->document), piece->start, piece->end),
		piece->start, !document_block(annotator->document, piece->block).lines);
	match_rules(annotator, index, true);
	match_rules(annotator, index, false);
	return piece->end - piece->start + 1;
}

/* ---- Linking ---------------------------------------------------------------------------- */

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

static void decide_masks(struct annotator *annotator, struct finds *lost)
{
	struct window *window = &annotator->window;
	finds_decide(&window->finds, annotator->packs, lost);
	for (size_t i = 0; i < annotator->packs->count; i++)
		mask_tokens(&annotator->tokens[i], window);
}

static void find_names(struct annotator *annotator)
{
	for (size_t i = 0; i < annotator->packs->count; i++) {
		const struct pack *pack = annotator->packs->items[i];
		const struct rule *names = rule_of_type(pack, RULE_NAMES);
		if (!annotator->language.active[i] || !names)
			continue;
		window_use_pack(annotator, i);
		names_find(&annotator->window, names, &annotator->window.finds);
	}
}

void window_name(struct annotator *annotator, struct finds *lost)
{
	find_names(annotator);
	finds_decide(&annotator->window.finds, annotator->packs, lost);
}

/* One pack's quotes: pairs of marks are its own. */
const struct rule *window_use_quotes(struct annotator *annotator)
{
	for (size_t i = 0; i < annotator->packs->count; i++) {
		const struct rule *quote = rule_of_type(annotator->packs->items[i], RULE_QUOTE);
		if (!annotator->language.active[i] || !quote)
			continue;
		window_use_pack(annotator, i);
		return quote;
	}
	return NULL;
}

static uint32_t pack_in_use(const struct annotator *annotator)
{
	uint32_t index = 0;
	while (annotator->packs->items[index] != annotator->window.pack)
		index++;
	return index;
}

/* The words that stand for somebody are those of the pack whose quotes the window has. */
static void find_references(struct annotator *annotator, struct references *references)
{
	if (window_use_quotes(annotator))
		references_find(&annotator->window, references);
}

static void find_speech(struct annotator *annotator, struct saids *saids)
{
	const struct rule *quote = window_use_quotes(annotator);
	if (!quote)
		return;
	const struct pack *pack = annotator->window.pack;
	uint32_t index = pack_in_use(annotator);
	speech_find(&annotator->window, quote, saids);
	for (size_t s = 0; s < saids->count; s++) {
		saids->items[s].pack = index;
		saids->items[s].rule = (uint32_t)(quote - pack->rules);
	}
}

struct result *window_link(struct annotator *annotator)
{
	struct saids saids = {0};
	struct references references = {0};
	decide_masks(annotator, NULL);
	window_name(annotator, NULL);
	find_references(annotator, &references);
	find_speech(annotator, &saids);
	struct result *result = NULL;
	if (!annotator_canceled(annotator)) {
		result = result_new(&(struct found){.window = &annotator->window,
			.saids = &saids,
			.references = &references,
			.reference_pack = references.count > 0 ? pack_in_use(annotator) : 0,
			.sentences = &annotator->sentences,
			.settings = &annotator->settings,
			.budgets = annotator->budgets});
		result->was_open = annotator->ending.was_open;
		result->is_last = annotator->ending.is_last;
		result->last = annotator->ending.last;
	}
	free(references.items);
	free(saids.items);
	spans_release(&saids.segments);
	window_close(annotator);
	return result;
}

void window_close(struct annotator *annotator)
{
	struct window *window = &annotator->window;
	for (size_t i = 0; i < annotator->packs->count; i++)
		tokens_clear(&annotator->tokens[i]);
	window->pairs.count = window->finds.count = window->group_count = 0;
	annotator->sentences.count = 0;
	annotator->window_index = NOWHERE;
}

void window_release(struct window *window)
{
	free(window->pieces);
	free(window->pairs.items);
	finds_release(&window->finds);
	free(window->groups);
	free(window->trials);
	subject_release(&window->subject);
}

/* ---- Explaining ------------------------------------------------------------------------- */

void window_open_again(struct annotator *annotator, size_t offset, struct finds *lost)
{
	window_close(annotator);
	window_open(annotator, windows_at(&annotator->windows, offset));
	while (annotator->next_piece < annotator->window.piece_count &&
		!annotator_canceled(annotator))
		window_read_piece(annotator);
	decide_masks(annotator, lost);
}
