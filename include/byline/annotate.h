/* annotate.h: what the rules find in a document: mentions and entities, quotes and speakers.
 *
 * Annotating is a resumable job. Blocks give local facts, kept for good; linking makes a
 * generation of annotations from them. The result never depends on how the job was sliced. A
 * generation is plain arrays over the document's text; ids are indexes, by first offset.
 */
#ifndef BYLINE_ANNOTATE_H
#define BYLINE_ANNOTATE_H

#include "byline/document.h"
#include "byline/rules.h"

#define NO_ENTITY UINT32_MAX

struct mention {
	struct span span;
	uint32_t entity;
	uint32_t rule; /* index in annotations.rules */
};

struct entity {
	uint32_t kind;          /* index in packs.kinds */
	struct slice name;      /* the list's spelling, else its longest mention, capitals undone */
	struct span role;       /* verbatim text that says what it is; start NOWHERE: none */
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

/* One generation. All arrays are sorted by offset where they have one. */
struct annotations {
	struct mention *mentions; /* by offset, outermost first */
	uint32_t *by_entity;      /* mention indexes, grouped by entity, by offset */
	struct entity *entities;  /* by first offset */
	struct slice *aliases;
	struct quote *quotes;  /* by first segment */
	struct span *segments; /* between the marks, without them */
	uint32_t *speaker_entities;
	struct marked *marked; /* by offset */
	struct mark_group *groups;
	struct rule_place *rules;
	size_t mention_count, entity_count, alias_count, quote_count, segment_count;
	size_t speaker_entity_count, marked_count, group_count, rule_count;
	struct span title, author, published, dateline; /* what rules with `sets` found */
	const char *language;                           /* "en", "und" */
	size_t sentences;
};

struct annotator;

/* Document and packs must outlive it. */
struct annotator *annotator_new(const struct document *document, const struct packs *packs);
void annotator_free(struct annotator *annotator);
/* Works for about `budget` bytes of text (at least one block); true while there is more to do. */
bool annotator_step(struct annotator *annotator, size_t budget);
/* The last generation; empty before the first. Valid until the next step. */
const struct annotations *annotator_result(const struct annotator *annotator);
/* Share done, 0 to 1. */
double annotator_progress(const struct annotator *annotator);
/* The splitter's words for the document's language. */
const struct sentence_words *annotator_sentence_words(const struct annotator *annotator);

/* What is marked at a byte, and why: appends the paragraphs that --why prints; false: nothing. */
bool annotator_why(struct annotator *annotator, size_t offset, struct buffer *into);

/* Runs the tests inside the rules of a pack; see rules.h. */
bool pack_check(struct pack *pack, struct diagnostics *out);

#endif
