/* discourse.h: who is on a reader's mind, and so whom a pronoun or a role stands for. */
#ifndef ANNOTATE_DISCOURSE_H
#define ANNOTATE_DISCOURSE_H

#include "annotate/resolving.h"

/* Where a name, a pronoun or a role stands. */
struct discourse_place {
	struct span span;
	size_t block;
	uint32_t sentence;    /* counted round and round */
	bool begins;          /* a clause, for all that is known */
	bool quoted;          /* inside quote marks */
	bool speaks;          /* it is, or is part of, the speaker of a quote */
	struct meant speaker; /* who says the words around it: no *he* of theirs */
};

/* One pass over a text, from its begin to its end. */
struct discourse;
struct discourse *discourse_new(
	const struct linked *of, const struct annotations *found, const struct pack *pack);
void discourse_free(struct discourse *discourse);
/* What is asked from here on appends its reasons; NULL: nobody asks. */
void discourse_tell(struct discourse *discourse, struct buffer *why);

void discourse_name(
	struct discourse *discourse, const struct discourse_place *place, uint32_t entity);
struct meant discourse_pronoun(struct discourse *discourse, const struct discourse_place *place,
	const struct reference_found *reference);
struct meant discourse_role(struct discourse *discourse, const struct discourse_place *place,
	const struct reference_found *reference);
/* role_words.c: words by which those who were named may be called: *the mayor*, *the museum*. */
struct role_words;
struct role_words *role_words_new(
	const struct linked *of, const struct annotations *found, const struct pack *pack);
void role_words_free(struct role_words *words);
/* The entity is named at this place: from here on its words mean it. */
void role_words_name(struct role_words *words, uint32_t entity, struct span mention);
/* The entity has this role as well. */
void role_words_add(struct role_words *words, uint32_t entity, struct slice role);
/* Who was named last with the last word of a role, or NO_ENTITY. */
uint32_t role_words_holder(struct role_words *words, struct slice role);

#endif
