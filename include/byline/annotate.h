/* annotate.h: what the rules find in a document: mentions and entities, quotes and speakers.
 *
 * Annotating is a resumable job over windows of the text, which can be worked off in any order.
 * Blocks give local facts, kept for good; linking makes a generation of annotations from all
 * windows that were read so far. The last generation of a whole text never depends on how the job
 * was sliced, in which order, or how the text had grown. A generation is plain arrays over the
 * document's text; ids are indexes, by first offset; it belongs to whom it was given to.
 */
#ifndef BYLINE_ANNOTATE_H
#define BYLINE_ANNOTATE_H

#include "byline/document.h"
#include "byline/rules.h"

#define NO_ENTITY UINT32_MAX
#define NO_ROLE UINT32_MAX

struct mention {
	struct span span;
	uint32_t entity;
	uint32_t rule; /* index in annotations.rules */
};

struct entity {
	struct slice name;      /* the list's spelling, else its longest mention, capitals undone */
	uint32_t kind;          /* index in packs.kinds */
	uint32_t role;          /* index in annotations.roles, or NO_ROLE */
	uint32_t first_mention; /* mentions of an entity: by_entity[first_mention + i] */
	uint32_t mention_count;
	uint32_t first_alias, alias_count; /* in annotations.aliases */
};

enum quote_form { QUOTE_DIRECT, QUOTE_PARTIAL };

struct quote {
	uint32_t first_segment, segment_count; /* in annotations.segments */
	enum quote_form form;
	struct span cue;     /* start NOWHERE: none */
	struct span speaker; /* the mention, pronoun or role; start NOWHERE: the text names none */
	uint32_t first_speaker_entity, speaker_entity_count; /* in annotations.speaker_entities */
	double confidence; /* 0 to 1; under DOUBTFUL the screen shows `?` */
	uint32_t rule;     /* the deciding step; index in annotations.rules */
};
#define DOUBTFUL 0.75

/* A find of a kind that only marks. */
struct mark_group {
	struct slice name;
	struct span span;
	struct slice style; /* empty: that of the annotation's kind */
};
struct marked {
	struct span span;
	uint32_t kind, rule;
	uint32_t first_group, group_count; /* in annotations.groups */
};

/* A rule whose searches ran into their limits again and again: it finds nothing from there on. */
struct suspended {
	uint32_t rule; /* index in annotations.rules */
	size_t start;  /* offset of the paragraph from which on */
};

/* One generation. All arrays are sorted by offset where they have one. Mentions, quotes and
 * segments are asked for below: where they stand is kept once for all generations of a text. */
struct annotations {
	uint32_t *entity_of;     /* by mention */
	uint32_t *by_entity;     /* mention indexes, grouped by entity, by offset */
	struct entity *entities; /* by first offset */
	struct slice *aliases;
	struct span *roles; /* verbatim text that says what an entity is */
	uint32_t *speaker_entities;
	struct marked *marked; /* by offset */
	struct mark_group *groups;
	struct suspended *suspended;
	struct rule_place *rules;
	size_t mention_count, entity_count, alias_count, role_count, quote_count, segment_count;
	size_t speaker_entity_count, marked_count, group_count, suspended_count, rule_count;
	struct span title, author, published, dateline; /* what rules with `sets` found */
	const char *language;                           /* "en", "und" */
	size_t sentences;
	size_t bytes; /* of the text that was there; windows that were not read yet hold nothing */
	bool whole;   /* it is of the whole text: there will be no other */
	bool full;    /* it is not, since there is no room for more that would be found */
	struct kept *kept;   /* what windows found, and how it goes together here */
	struct arena *arena; /* the memory of what is small */
};

/* The i-th mention, by offset, outermost first. */
struct mention annotations_mention(const struct annotations *annotations, size_t i);
/* The i-th quote, by first segment; and a segment: what stands between the marks. */
struct quote annotations_quote(const struct annotations *annotations, size_t i);
struct span annotations_segment(const struct annotations *annotations, size_t i);
/* The first mention that starts at an offset or later: its index, or the count of all. */
size_t annotations_mention_from(const struct annotations *annotations, size_t offset);
/* Start NOWHERE: it has none. */
struct span annotations_role(const struct annotations *annotations, const struct entity *entity);

struct annotator;

/* Document and packs must outlive it. The document may grow between two calls, not within one; a
 * shadow may be given instead, which its user refreshes between them.
 *
 * Packs compile patterns and remember words while they are used: all annotators of the same packs
 * belong to one thread. Beside it others may read what byline/rules.h shows of packs (kinds, names,
 * titles), search with patterns that have a room of their own, read generations that were taken,
 * and of an annotator call annotator_cancel. */
struct annotator *annotator_new(const struct document *document, const struct packs *packs);
void annotator_free(struct annotator *annotator);
/* Works for about `budget` bytes of text (at least one piece); true while there is more to do with
 * the text that is there. */
bool annotator_step(struct annotator *annotator, size_t budget);
/* Has a second thread read along inside steps where a text is long: they take a window then, of
 * about 1 MB, whatever their budget. The same is found. Packs from files are not shared: then
 * nothing changes. */
void annotator_hasten(struct annotator *annotator);
/* The window that holds this offset is worked off next: somebody looks at it. */
void annotator_prefer(struct annotator *annotator, size_t offset);
/* All of the text that is there now is to be read and in a generation, though more of it may come:
 * else what comes to a text bit by bit waits until it is a quarter more. Who asks for this each
 * time that something has come pays for all of the text each time. */
void annotator_catch_up(struct annotator *annotator);
/* May be called from another thread or a signal handler: the present step, and each after it, ends
 * within milliseconds without having done its work. Only freeing is of use then. */
void annotator_cancel(struct annotator *annotator);
/* A generation that nobody has taken yet, and that is now the caller's; NULL: there is none. One is
 * made at the end of the text that is there; and for somebody who looks somewhere, when that window
 * has been worked off and whenever what is read has doubled. */
struct annotations *annotator_take(struct annotator *annotator);
/* In the annotator's thread, or when it is gone: generations share memory. NULL is allowed. */
void annotations_free(struct annotations *annotations);
/* Tells of the suspended rules, in the order of the text: the same on every run. What prints tells
 * all of it, what shows a generation the first. And, at `path`, that it is full. */
void annotations_tell(
	const struct annotations *annotations, const char *path, struct diagnostics *out);
/* The last generation, taken or not; empty before the first. Valid until the next step, or as long
 * as whoever took it keeps it. */
const struct annotations *annotator_result(const struct annotator *annotator);
/* Share done of the text that is there, 0 to 1. */
double annotator_progress(const struct annotator *annotator);
/* The splitter's words for the document's language, there from the first step on. A copy may be
 * asked in any thread, as long as the packs are there. */
const struct sentence_words *annotator_sentence_words(const struct annotator *annotator);

/* What is marked at a byte, and why: appends the paragraphs that --why prints; false: nothing, or
 * canceled. Reads the byte's window again; the last generation must not have been freed. */
bool annotator_why(struct annotator *annotator, size_t offset, struct buffer *into);

/* Runs the tests inside the rules of a pack; see rules.h. */
bool pack_check(struct pack *pack, struct diagnostics *out);

#endif
