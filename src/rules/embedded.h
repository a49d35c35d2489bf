/* embedded.h: the packs in the binary: one constant blob of parsed nodes and built lists.
 *
 * The blob is made when the program is built, by tools/embed-packs.c through embedded_write, and
 * holds offsets only, so that nothing of it is touched before it is asked for. Numbers are in the
 * byte order of the machine that builds. Layout: struct blob_head, then for each pack a struct
 * blob_pack, then the arrays that these point to.
 */
#ifndef RULES_EMBEDDED_H
#define RULES_EMBEDDED_H

#include "rules/pack.h"

extern const unsigned char packs_blob[]; /* in the object that embeds it; aligned to 16 */

struct embedded_pack {
	const char *name, *path;
	struct tree tree; /* without the tests inside rules */
	struct lexicon lexicon;
	const struct starts *starts;
	const uint64_t *rule_starts; /* by rule */
	struct slice source;         /* the YAML, whole */
};

bool embedded_pack_find(const char *name, struct embedded_pack *into);
const char *embedded_pack_name(size_t index); /* NULL after the last */
/* Appends "news-en, rhetoric". */
void embedded_pack_names(struct buffer *into);

/* Appends the blob of these packs, each loaded from its file without an error. */
void embedded_write(struct pack *const *packs, size_t count, struct buffer *into);

#endif
