/* pattern.h: regular expressions (PCRE2): compiled at first use, matched within bounds.
 *
 * Subjects are valid UTF-8 (checked once, when the text came in). A match tries at most
 * PATTERN_STRIDE starts with a match limit, so that no pattern of a user can hold the program; what
 * a search may spend is counted in strides, never in time. What is found does not depend on what
 * was searched before. A room and its patterns are written when they are used: they belong to one
 * thread at a time.
 */
#ifndef RULES_PATTERN_H
#define RULES_PATTERN_H

#include <stdatomic.h>

#include "byline/base.h"

#define PATTERN_STRIDE 64

enum pattern_flags {
	PATTERN_ANCHORED = 1, /* a match begins where the search does */
	PATTERN_CASELESS = 2,
	PATTERN_MULTILINE = 4,
};

#define PATTERN_GROUPS 15 /* groups whose place is told; further ones match but are not */

struct match {
	struct span whole;
	struct span groups[PATTERN_GROUPS]; /* group 1 at 0; start NOWHERE: took no part */
};

enum pattern_outcome { PATTERN_NONE, PATTERN_FOUND, PATTERN_SPENT };

/* What matching needs beside a pattern: one room serves all patterns of a thread (JIT stack of 256
 * KiB, limits). It must outlive them. */
struct pattern_room;
struct pattern_room *pattern_room_new(void);
void pattern_room_free(struct pattern_room *room);
/* While the flag is set, whoever sets it, searches end within a stride and find nothing. NULL: no
 * flag. */
void pattern_room_watch(struct pattern_room *room, const atomic_bool *canceled);

struct pattern;

/* The source is copied. Compiling waits for the first match, or for pattern_compile. */
struct pattern *pattern_new(struct pattern_room *room, struct slice source, unsigned flags);
void pattern_free(struct pattern *pattern);
/* Compiles now; false: *offset is the byte of the source where it fails, *message says why (lives
 * as long as the pattern). */
bool pattern_compile(struct pattern *pattern, size_t *offset, const char **message);

/* Where searches look, one after the other. */
struct pattern_text {
	struct slice subject;
	bool is_inside[2]; /* more stands before, behind: no line begins, or ends, at that edge */
	unsigned strides;  /* so many may still run into the match limit: then no more are tried */
};
/* Finds the first match that starts at `from` or later. A pattern that does not compile finds
 * nothing. SPENT: nothing was found, and some stride ran into the match limit. */
enum pattern_outcome pattern_search(
	struct pattern *pattern, struct pattern_text *text, size_t from, struct match *match);
/* The same in a whole text, with some hundreds of strides. */
enum pattern_outcome pattern_find(
	struct pattern *pattern, struct slice subject, size_t from, struct match *match);
/* Finds the first match that starts in a span, for those who look through long texts: all of it is
 * tried at once, and in strides only where that ran into a limit. SPENT: the same for the strides;
 * the rest of the span is given up. */
enum pattern_outcome pattern_scan(
	struct pattern *pattern, struct slice subject, struct span span, struct match *match);
bool pattern_matches(struct pattern *pattern, struct slice subject); /* FOUND anywhere */

/* Named groups: their number (from 1) in the order of the table; names may repeat. */
size_t pattern_group_count(struct pattern *pattern);
/* The name of group `number`, or NULL where it has none. */
const char *pattern_group_name(struct pattern *pattern, size_t number);
/* The number of the first group of that name that took part in the match, or 0. */
size_t pattern_group_set(struct pattern *pattern, const char *name, const struct match *match);

#endif
