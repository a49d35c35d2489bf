/* export.h: what is known of a document, printed: text, lists, JSON. */
#ifndef BYLINE_EXPORT_H
#define BYLINE_EXPORT_H

#include "byline/annotate.h"

struct exported {
	const struct document *document;
	const struct packs *packs;
	const struct annotations *annotations;
	const struct sentence_words *words; /* for --only sentences */
	/* Called with what was printed when it has become long, between two items; it may empty the
	 * buffer. NULL: everything is wanted at once. */
	void (*drain)(struct buffer *printed, void *of);
	void *of;
};

/* Appends one JSON object (docs/schema/document.json), without a line end. */
void export_json(const struct exported *what, struct buffer *into);

/* The parts that --only prints: lines of TAB-separated fields with \\ \t \n escaped. */
enum export_part {
	EXPORT_ARTICLE,
	EXPORT_ENTITIES,
	EXPORT_QUOTES,
	EXPORT_BLOCKS,
	EXPORT_SENTENCES,
};
extern const char *const export_part_names[]; /* NULL after the last */
void export_part(const struct exported *what, enum export_part part, struct buffer *into);

/* What a narrow label shows: the last word of the name where the kind says so, else the shortest of
 * name and aliases. */
struct slice entity_short_name(const struct packs *packs, const struct annotations *annotations,
	const struct entity *entity);
/* A quote's words as JSON has them: its segments joined by one blank. */
void quote_text(const struct document *document, const struct annotations *annotations,
	const struct quote *quote, struct buffer *into);
size_t quote_words(const struct document *document, const struct annotations *annotations,
	const struct quote *quote);
/* The name of who speaks: entities' names joined by ", ", else the speaker's words; may be empty.
 */
void quote_speaker(const struct document *document, const struct annotations *annotations,
	const struct quote *quote, struct buffer *into);

#endif
