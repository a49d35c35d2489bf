/* index.h: what the panes need of a generation of annotations, worked out once for it.
 *
 * Nothing here changes until the next generation, and nothing that a key does needs a walk over
 * all mentions or quotes. Building may take long and is done in another thread than drawing: it
 * reads the text, the packs' kinds and ids of styles, all of which stay as they are.
 */
#ifndef TUI_INDEX_H
#define TUI_INDEX_H

#include <stdatomic.h>

#include "byline/annotate.h"
#include "tui/overlay.h"

#define INDEX_LAYERS (LAYER_USER + 1)
#define HISTOGRAM_BINS 10
#define SAYING_MOST 1000
#define NO_QUOTE UINT32_MAX
#define NO_MENTION UINT32_MAX
#define MENTIONS_BACK 16 /* mentions lie inside each other a few deep at most: all that matter */

/* Entities of one kind, those with most mentions first. */
struct group {
	uint32_t kind;
	uint32_t *entities;
	uint32_t count;
	uint32_t *mentions; /* of all of them, by offset */
	uint32_t mention_count;
};

/* Who speaks how much, in the order in which they begin. Those who are nobody's entity are one by
 * their name. */
struct speaker {
	uint32_t entity;   /* or NO_ENTITY */
	struct slice name; /* of nobody's entity; else empty */
	uint32_t words, quotes;
	uint32_t first_quote; /* by_speaker[first_quote + i], in the order of the text */
};

struct group_place {
	uint32_t group, place;
};

struct index {
	const struct document *document;
	const struct packs *packs;
	const struct annotations *found;
	struct arena *arena;
	struct overlay marked[INDEX_LAYERS]; /* finds of kinds that only mark */
	struct group *groups; /* of kinds with a sidebar that have entities, in their order */
	size_t group_count;
	uint32_t *group_of;   /* by kind: its group, where it has one */
	uint32_t *place_of;   /* by entity: where it stands in its group */
	unsigned bin_most;    /* of anybody's mentions in a tenth of the text, the most */
	uint32_t *speaker_of; /* by quote: index in speakers */
	struct speaker *speakers;
	size_t speaker_count, speaker_capacity;
	uint32_t *by_speaker;  /* quotes */
	uint32_t words;        /* of all quotes */
	unsigned label_width;  /* cells of the longest label */
	unsigned saying_width; /* cells of the longest quote, SAYING_MOST at most */
};

/* The styles that layers are made of. They are interned before any index is built, since interning
 * belongs to the thread that draws. */
struct group_style {
	struct slice name;
	style_id style;
};
struct index_styles {
	style_id mark, words, cue;
	style_id *kinds;            /* by kind of the packs */
	struct group_style *groups; /* that rules give their groups, by name */
	size_t group_count, group_capacity;
};
void index_styles_init(struct index_styles *into, const struct packs *packs, struct styles *styles);
void index_styles_release(struct index_styles *styles);
style_id index_group_style(const struct index_styles *styles, struct slice name);

struct indexing {
	const struct document *document;
	const struct packs *packs;
	const struct annotations *found;
	const struct index_styles *styles;
	const struct width_policy *policy;
	const atomic_bool *canceled; /* nobody waits for it any more; or NULL */
};
void index_mark(struct index *index, const struct index_styles *styles); /* for building it */
/* False: it was canceled, and the index is good for being released only. */
bool index_build(struct index *index, const struct indexing *of);
void index_release(struct index *index);

/* The innermost mention that holds a byte; NO_MENTION: none. */
uint32_t index_mention_at(const struct index *index, size_t offset);
/* The quote in whose segments, or marks around them, a byte stands; NO_QUOTE: none. */
uint32_t index_quote_at(const struct index *index, size_t offset);
/* The i-th mention of an entity. */
struct mention index_mention_of(const struct index *index, uint32_t entity, uint32_t i);
/* The group of an entity, which has one, and where it stands there. */
struct group_place index_place(const struct index *index, uint32_t entity);
/* The tenth of the text that an offset stands in. */
unsigned index_bin(const struct index *index, size_t offset);
/* Appends a histogram of an entity's mentions to `heights`: each of `cells` (10 or 5) 0 for none, 1
 * to 5 by how many, on one scale for all entities. */
void index_histogram(const struct index *index, uint32_t entity, unsigned *heights, unsigned cells);
/* The first quote that begins at an offset or later: its index, or the count of all. */
size_t index_quote_from(const struct index *index, size_t offset);
/* From a quote's first mark to its last. */
struct span index_extent(const struct index *index, uint32_t quote);
/* How many words it has. */
size_t index_words(const struct index *index, uint32_t quote);
/* Appends the name of who speaks, or the same as short as it goes; nothing: nobody is named. */
void index_name(const struct index *index, uint32_t quote, struct buffer *into);
void index_label(const struct index *index, uint32_t quote, struct buffer *into);
/* Appends a quote's words with their marks, segments joined by an ellipsis; of a long one some
 * `most` bytes. */
void index_saying(const struct index *index, uint32_t quote, size_t most, struct buffer *into);
/* Adds what the layers have in a span, sorted. */
void index_lay(const struct index *index, const struct index_styles *styles, struct span span,
	struct overlay into[static INDEX_LAYERS]);
/* A segment with the quote marks beside it. */
struct span index_segment(const struct index *index, uint32_t segment);
struct slice index_text(const struct index *index, struct span span);

#endif
