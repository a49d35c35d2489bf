/* A second thread that reads windows.
 *
 * What a window holds depends on the text, on the packs and on what stands before it alone, so that
 * two can be read at a time: one by who steps the job, one by its helper. The helper is an
 * annotator by itself, with packs of its own, since packs are written while they are used; that of
 * the job lends it its windows. It works only inside a step, which waits for it: between steps the
 * text may grow, and nobody reads.
 *
 * Packs are had a second time only if they are embedded, and so the same again: results of one
 * stand beside those of the other.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/annotator.h"

struct helper {
	struct packs packs;
	struct annotator *annotator; /* its own */
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t asked, done;
	size_t index;          /* of the window that it is to read; NOWHERE: none */
	struct result *result; /* of the last one; NULL: canceled */
	bool leaving;
};

static void read_window(struct helper *helper)
{
	struct annotator *own = helper->annotator;
	annotator_watch(own, own->window.canceled);
	window_open(own, helper->index);
	while (own->next_piece < own->window.piece_count && !annotator_canceled(own))
		window_read_piece(own);
	helper->result = window_link(own);
	annotator_watch(own, NULL);
}

static void *work(void *of)
{
	struct helper *helper = of;
	pthread_mutex_lock(&helper->mutex);
	while (!helper->leaving) {
		if (helper->index == NOWHERE) {
			pthread_cond_wait(&helper->asked, &helper->mutex);
			continue;
		}
		pthread_mutex_unlock(&helper->mutex);
		read_window(helper);
		pthread_mutex_lock(&helper->mutex);
		helper->index = NOWHERE;
		pthread_cond_signal(&helper->done);
	}
	pthread_mutex_unlock(&helper->mutex);
	return NULL;
}

static bool load_again(const struct packs *packs, struct packs *into)
{
	for (size_t i = 0; i < packs->count; i++) {
		struct pack *pack = pack_again(packs->items[i]);
		if (!pack)
			return false;
		packs_add(into, pack);
	}
	return true;
}

static void release(struct helper *helper)
{
	annotator_free(helper->annotator);
	packs_release(&helper->packs);
	pthread_mutex_destroy(&helper->mutex);
	pthread_cond_destroy(&helper->asked);
	pthread_cond_destroy(&helper->done);
	free(helper);
}

struct helper *helper_new(const struct annotator *annotator)
{
	struct helper *helper = memory_allocate(sizeof *helper);
	pthread_mutex_init(&helper->mutex, NULL);
	pthread_cond_init(&helper->asked, NULL);
	pthread_cond_init(&helper->done, NULL);
	helper->index = NOWHERE;
	bool good = load_again(annotator->packs, &helper->packs);
	helper->annotator = annotator_new(annotator->document, &helper->packs);
	helper->annotator->window.canceled = annotator->window.canceled;
	if (good && pthread_create(&helper->thread, NULL, work, helper) == 0)
		return helper;
	release(helper);
	return NULL;
}

void helper_free(struct helper *helper)
{
	if (!helper)
		return;
	pthread_mutex_lock(&helper->mutex);
	helper->leaving = true;
	pthread_cond_signal(&helper->asked);
	pthread_mutex_unlock(&helper->mutex);
	pthread_join(helper->thread, NULL);
	helper->annotator->windows = (struct windows){0}; /* were lent */
	release(helper);
}

void helper_ask(struct helper *helper, const struct annotator *annotator, size_t index)
{
	struct annotator *own = helper->annotator;
	own->windows = annotator->windows;
	own->words = annotator->words;
	memcpy(own->language.active, annotator->language.active, annotator->packs->count);
	pthread_mutex_lock(&helper->mutex);
	helper->index = index;
	pthread_cond_signal(&helper->asked);
	pthread_mutex_unlock(&helper->mutex);
}

struct result *helper_wait(struct helper *helper)
{
	pthread_mutex_lock(&helper->mutex);
	while (helper->index != NOWHERE)
		pthread_cond_wait(&helper->done, &helper->mutex);
	pthread_mutex_unlock(&helper->mutex);
	return helper->result;
}
