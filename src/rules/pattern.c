/* The one file that sees PCRE2; see pattern.h.
 *
 * Without PCRE2_NO_UTF_CHECK every call would validate the whole subject again, which makes a walk
 * over the finds of a block quadratic. The match limit counts a start position, so an evil pattern
 * is bounded by trying PATTERN_STRIDE starts at a time and by a number of strides.
 */
/* 0 in a build that is to interpret all patterns, since valgrind cannot look into machine code. */
#ifndef PATTERN_JIT
#define PATTERN_JIT PCRE2_JIT_COMPLETE
#endif

#define NO_MEMORY 121 /* of pcre2_compile; the header has no name for it */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "rules/pattern.h"

#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#define STRIDE_LIMIT 5000 /* PCRE2's match limit in one stride */
#define QUICK_LIMIT 1000  /* the interpreter's, while machine code may have the last word */
#define STRIDES_INTERPRETED 128
#define JIT_STACK (256 << 10)
#define HEAP_KIBIBYTES 4096 /* of the interpreter, whose frames grow with the groups */
#define SPENT_STRIDES 256   /* that run into a limit, in one search */
#define SCAN_LIMIT 200000   /* PCRE2's match limit in a span that is tried at once */
#define SCAN_STRIDES 32     /* that run into a limit, in one such span */

enum state {
	STATE_NEW,
	STATE_BROKEN, /* does not compile */
	STATE_READY,
	STATE_FAST, /* compiled to machine code as well */
	STATE_SLOW  /* cannot be */
};

struct pattern_room {
	pcre2_match_context *context;
	pcre2_match_data *data; /* of one match at a time: what is found is copied at once */
	pcre2_jit_stack *stack;
	const atomic_bool *canceled; /* or NULL */
};

struct pattern {
	struct pattern_room *room;
	pcre2_code *code;
	char *source;
	size_t source_length, error_offset;
	unsigned flags;
	enum state state;
	unsigned strides;   /* that were interpreted */
	const char **names; /* by group number; NULL: none */
	size_t group_count;
	char error[160];
};

struct pattern_room *pattern_room_new(void)
{
	struct pattern_room *room = memory_allocate(sizeof *room);
	room->context = pcre2_match_context_create(NULL);
	room->data = pcre2_match_data_create(PATTERN_GROUPS + 1, NULL);
	room->stack = pcre2_jit_stack_create(32 << 10, JIT_STACK, NULL);
	if (!room->context || !room->data || !room->stack)
		memory_exhausted();
	pcre2_jit_stack_assign(room->context, NULL, room->stack);
	pcre2_set_match_limit(room->context, STRIDE_LIMIT);
	pcre2_set_heap_limit(room->context, HEAP_KIBIBYTES);
	return room;
}

void pattern_room_free(struct pattern_room *room)
{
	if (!room)
		return;
	pcre2_match_context_free(room->context);
	pcre2_match_data_free(room->data);
	pcre2_jit_stack_free(room->stack);
	free(room);
}

void pattern_room_watch(struct pattern_room *room, const atomic_bool *canceled)
{
	room->canceled = canceled;
}

struct pattern *pattern_new(struct pattern_room *room, struct slice source, unsigned flags)
{
	struct pattern *pattern = memory_allocate(sizeof *pattern);
	pattern->room = room;
	pattern->source = memory_allocate(source.length + 1);
	if (source.length > 0)
		memcpy(pattern->source, source.bytes, source.length);
	pattern->source_length = source.length;
	pattern->flags = flags;
	return pattern;
}

void pattern_free(struct pattern *pattern)
{
	if (!pattern)
		return;
	pcre2_code_free(pattern->code);
	free(pattern->names);
	free(pattern->source);
	free(pattern);
}

static uint32_t compile_options(unsigned flags)
{
	/* \C would end a match inside a character. */
	uint32_t options = PCRE2_USE_OFFSET_LIMIT | PCRE2_DUPNAMES | PCRE2_UTF | PCRE2_UCP |
			   PCRE2_NEVER_BACKSLASH_C;
	if (flags & PATTERN_ANCHORED)
		options |= PCRE2_ANCHORED;
	if (flags & PATTERN_CASELESS)
		options |= PCRE2_CASELESS;
	if (flags & PATTERN_MULTILINE)
		options |= PCRE2_MULTILINE;
	return options;
}

static void read_names(struct pattern *pattern)
{
	uint32_t groups = 0, names = 0, size = 0;
	PCRE2_SPTR table = NULL;
	pcre2_pattern_info(pattern->code, PCRE2_INFO_CAPTURECOUNT, &groups);
	pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMECOUNT, &names);
	pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
	pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMETABLE, &table);
	pattern->group_count = groups < PATTERN_GROUPS ? groups : PATTERN_GROUPS;
	pattern->names = memory_allocate((groups + 1) * sizeof *pattern->names);
	for (uint32_t i = 0; i < names; i++) {
		PCRE2_SPTR entry = table + (size_t)i * size;
		size_t number = (size_t)entry[0] << 8 | entry[1];
		if (number <= groups)
			pattern->names[number] = (const char *)entry + 2;
	}
}

/* A pattern that begins with ^ is not searched for in one stride after the other. */
static void read_anchor(struct pattern *pattern)
{
	uint32_t options = 0;
	pcre2_pattern_info(pattern->code, PCRE2_INFO_ALLOPTIONS, &options);
	if (options & PCRE2_ANCHORED)
		pattern->flags |= PATTERN_ANCHORED;
}

static bool ready(struct pattern *pattern)
{
	if (pattern->state != STATE_NEW)
		return pattern->state != STATE_BROKEN;
	int error = 0;
	PCRE2_SIZE offset = 0;
	pattern->code = pcre2_compile((PCRE2_SPTR)pattern->source, pattern->source_length,
		compile_options(pattern->flags), &error, &offset, NULL);
	if (pattern->code) {
		read_names(pattern);
		read_anchor(pattern);
		pattern->state = STATE_READY;
		return true;
	}
	if (error == NO_MEMORY)
		memory_exhausted();
	pcre2_get_error_message(error, (PCRE2_UCHAR *)pattern->error, sizeof pattern->error);
	pattern->error_offset = offset;
	pattern->state = STATE_BROKEN;
	return false;
}

bool pattern_compile(struct pattern *pattern, size_t *offset, const char **message)
{
	if (ready(pattern))
		return true;
	*offset = pattern->error_offset;
	*message = pattern->error;
	return false;
}

static void read_match(const struct pattern *pattern, int pairs, struct match *match)
{
	const PCRE2_SIZE *places = pcre2_get_ovector_pointer(pattern->room->data);
	match->whole = (struct span){places[0], places[1]};
	for (size_t i = 0; i < PATTERN_GROUPS; i++) {
		bool set = (pairs == 0 || (int)i + 1 < pairs) && i < pattern->group_count &&
			   places[2 * i + 2] != PCRE2_UNSET;
		match->groups[i] = set ? (struct span){places[2 * i + 2], places[2 * i + 3]}
				       : (struct span){NOWHERE, NOWHERE};
	}
}

static void make_fast(struct pattern *pattern)
{
	bool fast = PATTERN_JIT && pcre2_jit_compile(pattern->code, PATTERN_JIT) == 0;
	pattern->state = fast ? STATE_FAST : STATE_SLOW;
}

/* By the interpreter at first: most patterns of a short text are asked a few times, and machine
 * code takes longer to make than that. It has the last word where the interpreter gives up, which
 * is long before it would itself, so that it does not matter what was asked before. */
static int match_at(struct pattern *pattern, const struct pattern_text *text, size_t from)
{
	struct pattern_room *room = pattern->room;
	struct slice subject = text->subject;
	PCRE2_SPTR bytes = (PCRE2_SPTR)subject.bytes;
	uint32_t options = PCRE2_NO_UTF_CHECK | (text->is_inside[0] ? PCRE2_NOTBOL : 0) |
			   (text->is_inside[1] ? PCRE2_NOTEOL : 0);
	if (pattern->state == STATE_READY) {
		pcre2_set_match_limit(room->context, QUICK_LIMIT);
		int pairs = pcre2_match(pattern->code, bytes, subject.length, from, options,
			room->data, room->context);
		pcre2_set_match_limit(room->context, STRIDE_LIMIT);
		bool spent = pairs < 0 && pairs != PCRE2_ERROR_NOMATCH;
		if (!spent && ++pattern->strides < STRIDES_INTERPRETED)
			return pairs;
		make_fast(pattern);
		if (!spent)
			return pairs;
	}
	if (pattern->state == STATE_SLOW)
		return pcre2_match(pattern->code, bytes, subject.length, from, options, room->data,
			room->context);
	return pcre2_jit_match(
		pattern->code, bytes, subject.length, from, options, room->data, room->context);
}

/* An offset, or the start of the next character where it is inside of one: PCRE2, which checks
 * nothing, must neither begin nor end there. */
static size_t character_start(struct slice subject, size_t at)
{
	while (at < subject.length && (subject.bytes[at] & 0xC0) == 0x80)
		at++;
	return at;
}

/* One stride; *next is where the following one begins. */
static int match_stride(
	struct pattern *pattern, const struct pattern_text *text, size_t from, size_t *next)
{
	struct slice subject = text->subject;
	size_t limit =
		from + PATTERN_STRIDE < subject.length ? from + PATTERN_STRIDE : subject.length;
	limit = character_start(subject, limit);
	pcre2_set_offset_limit(pattern->room->context, limit);
	*next = character_start(subject, limit + 1);
	return match_at(pattern, text, from);
}

static bool is_canceled(const struct pattern *pattern)
{
	const atomic_bool *flag = pattern->room->canceled;
	return flag && atomic_load_explicit(flag, memory_order_relaxed);
}

enum pattern_outcome pattern_search(
	struct pattern *pattern, struct pattern_text *text, size_t from, struct match *match)
{
	if (!ready(pattern) || from > text->subject.length)
		return PATTERN_NONE;
	if (!text->subject.bytes)
		text->subject.bytes = "";
	bool spent = false;
	size_t next;
	for (size_t at = character_start(text->subject, from);
		at <= text->subject.length && text->strides > 0 && !is_canceled(pattern);
		at = next) {
		int pairs = match_stride(pattern, text, at, &next);
		if (pairs >= 0) { /* 0: there are more groups than are told */
			read_match(pattern, pairs, match);
			return PATTERN_FOUND;
		}
		/* The limit, or the JIT stack: this stride finds nothing. */
		if (pairs != PCRE2_ERROR_NOMATCH) {
			spent = true;
			text->strides--;
		}
		if (pattern->flags & PATTERN_ANCHORED)
			break;
	}
	return spent || text->strides == 0 ? PATTERN_SPENT : PATTERN_NONE;
}

enum pattern_outcome pattern_find(
	struct pattern *pattern, struct slice subject, size_t from, struct match *match)
{
	struct pattern_text text = {.subject = subject, .strides = SPENT_STRIDES};
	return pattern_search(pattern, &text, from, match);
}

static enum pattern_outcome scan_strides(
	struct pattern *pattern, struct slice subject, struct span span, struct match *match)
{
	struct pattern_text text = {.subject = subject};
	unsigned spent = 0;
	for (size_t at = span.start, next; at < span.end && spent < SCAN_STRIDES; at = next) {
		int pairs = match_stride(pattern, &text, at, &next);
		if (pairs >= 0) {
			read_match(pattern, pairs, match);
			return match->whole.start < span.end ? PATTERN_FOUND : PATTERN_NONE;
		}
		spent += pairs != PCRE2_ERROR_NOMATCH;
	}
	return spent > 0 ? PATTERN_SPENT : PATTERN_NONE;
}

enum pattern_outcome pattern_scan(
	struct pattern *pattern, struct slice subject, struct span span, struct match *match)
{
	if (span.end > subject.length)
		span.end = subject.length;
	if (!ready(pattern) || !subject.bytes)
		return PATTERN_NONE;
	span.start = character_start(subject, span.start);
	if (span.start >= span.end)
		return PATTERN_NONE;
	if (pattern->state == STATE_READY)
		make_fast(pattern);
	pcre2_match_context *context = pattern->room->context;
	pcre2_set_match_limit(context, SCAN_LIMIT);
	pcre2_set_offset_limit(context, span.end - 1);
	int pairs = match_at(pattern, &(struct pattern_text){.subject = subject}, span.start);
	pcre2_set_match_limit(context, STRIDE_LIMIT);
	if (pairs == PCRE2_ERROR_NOMATCH)
		return PATTERN_NONE;
	if (pairs < 0)
		return scan_strides(pattern, subject, span, match);
	read_match(pattern, pairs, match);
	return PATTERN_FOUND;
}

bool pattern_matches(struct pattern *pattern, struct slice subject)
{
	struct match match;
	return pattern_find(pattern, subject, 0, &match) == PATTERN_FOUND;
}

size_t pattern_group_count(struct pattern *pattern)
{
	return ready(pattern) ? pattern->group_count : 0;
}

const char *pattern_group_name(struct pattern *pattern, size_t number)
{
	if (!ready(pattern) || number > pattern->group_count)
		return NULL;
	return pattern->names[number];
}

size_t pattern_group_set(struct pattern *pattern, const char *name, const struct match *match)
{
	for (size_t i = 1; i <= pattern_group_count(pattern); i++)
		if (pattern->names[i] && strcmp(pattern->names[i], name) == 0 &&
			match->groups[i - 1].start != NOWHERE)
			return i;
	return 0;
}
