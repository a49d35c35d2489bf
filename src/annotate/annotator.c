/* The job of annotating; see annotate.h.
 *
 * The text is cut into windows. One at a time is read, piece by piece: tokens, pairs of marks,
 * finds of match and words rules; then it is linked: names, who wins, quotes and speakers. What it
 * found is kept, and a generation made now and then of all that is kept, in the order of the text:
 * often enough for those who look, seldom enough that all of them together take no longer than a
 * few would. Where nobody looks there is the last one only.
 *
 * The last windows of a text that grows are read as they are when there is nothing else to do, and
 * again when there is more of them.
 */
#include "byline/annotate.h"

#include <stdlib.h>
#include <string.h>

#include "annotate/annotator.h"

/* ---- Generations ------------------------------------------------------------------------ */

static struct annotations *generation_new(const struct annotator *annotator)
{
	struct arena *arena = arena_new();
	struct annotations *made = arena_allocate(arena, sizeof *made);
	const struct pack *language = annotator->language.of;
	struct span nowhere = {NOWHERE, NOWHERE};
	made->arena = arena;
	made->kept = arena_allocate(arena, sizeof *made->kept);
	made->title = made->author = made->published = made->dateline = nowhere;
	made->language = language ? arena_text(arena, language->language) : "und";
	return made;
}

void annotations_tell(
	const struct annotations *annotations, const char *path, struct diagnostics *out)
{
	if (annotations->full)
		diagnostics_report(out, path, 0, 0, "%s",
			"there is no room for all that is found; the rest is left out, split it");
	for (size_t i = 0; i < annotations->suspended_count; i++) {
		const struct suspended *suspended = &annotations->suspended[i];
		const struct rule_place *rule = &annotations->rules[suspended->rule];
		diagnostics_report(out, rule->path, rule->line, rule->column,
			"rule '%s' takes too many steps and is left out from byte %zu of the text "
			"on; "
			"make its pattern fail sooner",
			rule->id, suspended->start);
	}
}

static size_t bytes_read(const struct annotator *annotator)
{
	const struct windows *windows = &annotator->windows;
	size_t bytes = 0;
	for (size_t i = 0; i < windows->count; i++) {
		const struct result *result = windows->items[i].result;
		bytes += result ? result->extent.end - result->extent.start : 0;
	}
	return bytes;
}

static bool all_stand(const struct annotator *annotator)
{
	for (size_t i = 0; i < annotator->windows.count; i++)
		if (!place_stands(&annotator->windows.items[i], annotator->document))
			return false;
	return annotator->next == NOWHERE;
}

/* A generation of what is kept takes less than so many bytes a mention and a quote, also while it
 * is made and shown. Where this machine has not as much left, what is not read yet stays so: a text
 * of nothing but finds, such as a table of numbers, takes many times its length. */
#define MENTION_COST 64
#define QUOTE_COST 48
#define SURE_BYTES ((size_t)16 << 20) /* nobody is asked for so many */
#define LIMIT_SHARE 3                 /* of the machine's room, which source_limit() is */

static bool has_room(const struct annotator *annotator)
{
	const struct windows *windows = &annotator->windows;
	size_t needed = 0;
	for (size_t i = 0; i < windows->count; i++) {
		const struct result *result = windows->items[i].result;
		if (result)
			needed += result->mention_count * MENTION_COST +
				  result->said_count * QUOTE_COST;
	}
	return needed <= SURE_BYTES || needed / LIMIT_SHARE <= source_limit();
}

static void give_last(struct annotator *annotator, struct annotations *made)
{
	if (!annotator->is_given)
		annotations_free(annotator->last);
	annotator->last = made;
	annotator->is_given = false;
	annotator->made_bytes = made->bytes;
	annotator->made_whole = made->whole;
}

struct linked annotator_linked(const struct annotator *annotator)
{
	const struct windows *windows = &annotator->windows;
	struct result **results = memory_allocate((windows->count + 1) * sizeof *results);
	size_t count = 0;
	for (size_t i = 0; i < windows->count; i++)
		if (windows->items[i].result)
			results[count++] = windows->items[i].result;
	return (struct linked){
		annotator->document, annotator->packs, results, count, &annotator->canceled};
}

static void make_generation(struct annotator *annotator)
{
	struct windows *windows = &annotator->windows;
	struct linked of = annotator_linked(annotator);
	for (size_t i = 0; i < windows->count; i++)
		windows->items[i].shown = windows->items[i].result != NULL;
	struct annotations *made = generation_new(annotator);
	annotations_link(&of, made);
	if (!annotator_canceled(annotator))
		speakers_resolve(&of, made);
	free(of.results);
	if (annotator_canceled(annotator)) {
		annotations_free(made);
		return;
	}
	made->bytes = document_text(annotator->document).length;
	made->full = annotator->full;
	made->whole =
		document_is_whole(annotator->document) && (annotator->full || all_stand(annotator));
	annotator->shown_bytes = bytes_read(annotator);
	give_last(annotator, made);
}

/* Somebody looks at what was read but is in no generation. */
static bool is_waited_for(const struct annotator *annotator)
{
	if (annotator->preferred == NOWHERE || annotator->windows.count == 0)
		return false;
	const struct window_place *place =
		&annotator->windows.items[windows_at(&annotator->windows, annotator->preferred)];
	return place->result && !place->shown;
}

/* Where the whole text is read, always; where it is still coming, if there is much more of it. */
static bool is_last_due(const struct annotator *annotator)
{
	if (document_is_whole(annotator->document))
		return !annotator->made_whole ||
		       annotator->made_bytes != document_text(annotator->document).length;
	if (annotator->made_bytes < annotator->wanted)
		return true;
	size_t read = bytes_read(annotator);
	return read > annotator->shown_bytes && read >= annotator->shown_bytes / 4 * 5;
}

static bool is_generation_due(const struct annotator *annotator)
{
	if (is_waited_for(annotator))
		return true;
	if (annotator->next == NOWHERE)
		return is_last_due(annotator);
	return annotator->preferred != NOWHERE &&
	       bytes_read(annotator) > 2 * annotator->shown_bytes;
}

/* ---- The job ---------------------------------------------------------------------------- */

static size_t preferred_window(const struct annotator *annotator)
{
	if (annotator->preferred == NOWHERE)
		return NOWHERE;
	size_t index = windows_at(&annotator->windows, annotator->preferred);
	return annotator->windows.items[index].result ? NOWHERE : index;
}

static void choose_next(struct annotator *annotator)
{
	if (language_tell(annotator)) {
		windows_forget(&annotator->windows);
		annotator->shown_bytes = 0;
	}
	annotator->full = annotator->full || !has_room(annotator);
	annotator->next = annotator->full ? NOWHERE : window_to_read(annotator);
}

/* Takes in what the text has got, and what others do with the rest. */
static void look_ahead(struct annotator *annotator)
{
	bool grown = windows_extend(&annotator->windows, annotator->document);
	if (!grown || annotator->window_index != NOWHERE)
		return;
	choose_next(annotator);
}

/* Takes what a window holds; NULL: the job is canceled. */
static void keep(struct annotator *annotator, struct result *result)
{
	if (!result)
		return;
	windows_extend(&annotator->windows, annotator->document);
	size_t start = result->extent.start, index = windows_at(&annotator->windows, start);
	struct window_place *place = &annotator->windows.items[index];
	if (place->extent.start == start && result->extent.end <= place->extent.end) {
		result_release(place->result);
		place->result = result;
		place->shown = false;
	} else {
		result_release(result);
	}
}

static void finish_window(struct annotator *annotator)
{
	struct result *result = window_link(annotator);
	if (!result)
		return;
	keep(annotator, result);
	choose_next(annotator);
}

static void read_pieces(struct annotator *annotator, size_t budget)
{
	size_t count = annotator->window.piece_count;
	for (size_t spent = 0; annotator->next_piece < count;) {
		if (spent >= budget || annotator_canceled(annotator))
			return;
		spent += window_read_piece(annotator);
	}
	finish_window(annotator);
}

/* The window that is to be read now: what somebody looks at first. */
static size_t choose_window(const struct annotator *annotator)
{
	size_t preferred = preferred_window(annotator);
	return preferred != NOWHERE ? preferred : annotator->next;
}

#define HELPED_WINDOWS 3 /* for fewer no thread is begun */

/* A window for the helper: one whose text does not grow any more. NOWHERE: there are too few. */
static size_t choose_other(const struct annotator *annotator, size_t first)
{
	size_t found = NOWHERE, count = 0;
	for (size_t i = annotator->windows.count; i-- > 0;) {
		const struct window_place *place = &annotator->windows.items[i];
		if (place->result || !place->full || i == first)
			continue;
		found = i;
		count++;
	}
	return annotator->helper || count >= HELPED_WINDOWS ? found : NOWHERE;
}

static bool has_helper(struct annotator *annotator)
{
	if (!annotator->helper)
		annotator->helper = helper_new(annotator);
	annotator->hastens = annotator->helper != NULL;
	return annotator->hastens;
}

/* Two windows at a time, behind the first, which somebody waits for; false: one is read as ever. */
static bool read_two(struct annotator *annotator)
{
	size_t first = choose_window(annotator);
	if (!annotator->hastens || !annotator->windows.items[0].result)
		return false;
	size_t other = choose_other(annotator, first);
	if (other == NOWHERE || !has_helper(annotator))
		return false;
	helper_ask(annotator->helper, annotator, other);
	window_open(annotator, first);
	while (annotator->next_piece < annotator->window.piece_count &&
		!annotator_canceled(annotator))
		window_read_piece(annotator);
	struct result *result = window_link(annotator);
	struct result *result_of_other = helper_wait(annotator->helper);
	keep(annotator, result);
	keep(annotator, result_of_other);
	if (result)
		choose_next(annotator);
	return true;
}

void annotator_watch(const struct annotator *annotator, const atomic_bool *flag)
{
	for (size_t i = 0; i < annotator->packs->count; i++)
		pattern_room_watch(annotator->packs->items[i]->room, flag);
}

static void work(struct annotator *annotator, size_t budget)
{
	look_ahead(annotator);
	bool idle = annotator->window_index == NOWHERE;
	if (idle && is_generation_due(annotator)) {
		make_generation(annotator);
	} else if (!idle) {
		read_pieces(annotator, budget);
	} else if (annotator->next != NOWHERE && !read_two(annotator)) {
		window_open(annotator, choose_window(annotator));
		read_pieces(annotator, budget);
	}
}

bool annotator_step(struct annotator *annotator, size_t budget)
{
	if (annotator_canceled(annotator))
		return false;
	annotator_watch(annotator, &annotator->canceled);
	work(annotator, budget);
	annotator_watch(annotator, NULL);
	return !annotator_canceled(annotator) &&
	       (annotator->window_index != NOWHERE || annotator->next != NOWHERE ||
		       is_generation_due(annotator));
}

struct annotator *annotator_new(const struct document *document, const struct packs *packs)
{
	struct annotator *annotator = memory_allocate(sizeof *annotator);
	annotator->document = document;
	annotator->packs = packs;
	annotator->language = (struct language){memory_allocate(packs->count + 1), NULL, NOWHERE};
	annotator->tokens = memory_allocate((packs->count + 1) * sizeof *annotator->tokens);
	annotator->budgets = memory_allocate((packs->count + 1) * sizeof *annotator->budgets);
	for (size_t i = 0; i < packs->count; i++)
		annotator->budgets[i] = memory_allocate(
			(packs->items[i]->rule_count + 1) * sizeof **annotator->budgets);
	annotator->window = (struct window){
		.document = document, .packs = packs, .canceled = &annotator->canceled};
	annotator->window_index = annotator->next = annotator->preferred = NOWHERE;
	annotator->made_bytes = NOWHERE;
	annotator->last = generation_new(annotator);
	return annotator;
}

void annotator_free(struct annotator *annotator)
{
	if (!annotator)
		return;
	helper_free(annotator->helper);
	for (size_t i = 0; i < annotator->packs->count; i++) {
		tokens_release(&annotator->tokens[i]);
		free(annotator->budgets[i]);
	}
	free(annotator->tokens);
	free(annotator->budgets);
	free(annotator->language.active);
	window_release(&annotator->window);
	windows_release(&annotator->windows);
	spans_release(&annotator->sentences);
	if (!annotator->is_given)
		annotations_free(annotator->last);
	free(annotator);
}

/* ---- What others ask -------------------------------------------------------------------- */

void annotator_hasten(struct annotator *annotator)
{
	annotator->hastens = true;
}

void annotator_prefer(struct annotator *annotator, size_t offset)
{
	annotator->preferred = offset;
}

void annotator_catch_up(struct annotator *annotator)
{
	annotator->wanted = document_text(annotator->document).length;
}

void annotator_cancel(struct annotator *annotator)
{
	atomic_store_explicit(&annotator->canceled, true, memory_order_relaxed);
}

struct annotations *annotator_take(struct annotator *annotator)
{
	if (annotator->is_given || annotator->made_bytes == NOWHERE)
		return NULL;
	annotator->is_given = true;
	return annotator->last;
}

const struct annotations *annotator_result(const struct annotator *annotator)
{
	return annotator->last;
}

const struct sentence_words *annotator_sentence_words(const struct annotator *annotator)
{
	return &annotator->words;
}

void annotator_use_all(struct annotator *annotator)
{
	annotator->use_all = true;
}

double annotator_progress(const struct annotator *annotator)
{
	size_t bytes = document_text(annotator->document).length, read = bytes_read(annotator);
	if (annotator->made_whole && annotator->made_bytes == bytes)
		return 1;
	if (annotator->window_index != NOWHERE && annotator->next_piece > 0)
		read += annotator->window.pieces[annotator->next_piece - 1].end -
			annotator->window.extent.start;
	if (bytes == 0)
		return 0;
	return read < bytes ? (double)read / (double)bytes : 1;
}
