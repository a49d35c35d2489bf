/* Counting lines; see census.h. */
#include "document/census.h"

#include <stdlib.h>

#define NESTED_INDENT 2 /* columns */
#define ROWS_MOST 200   /* columns */
#define WIDE_LEAST 110
#define SENTENCE_LEAST 50
#define ALIKE_LEAST 4 /* bytes */

/* ---- Joints ----------------------------------------------------------------------------- */

static bool may_join(const struct line_facts *before, const struct line_facts *after)
{
	bool hangs = before->marker > 0 && after->indent > before->indent;
	bool level = after->indent <= before->indent + 1 || hangs;
	return before->depth == after->depth && after->marker == 0 && level && !before->rule &&
	       !after->rule && !before->table && !after->table;
}

struct joint joint_between(const struct line_facts *before, const struct line_facts *after)
{
	bool level = may_join(before, after);
	return (struct joint){
		.width = before->width,
		.need = before->width + 1 + after->word,
		.above = before->indent,
		.indent = after->indent,
		.level = level,
		.runs = level && !before->ends && after->small,
		.goes_on = !before->ends && after->letter && (!after->capital || before->hyphen),
	};
}

bool joint_is_full(const struct joint *joint, unsigned width)
{
	return joint->need + width / 8 > width;
}

/* ---- Fields ----------------------------------------------------------------------------- */

/* What may stand between fields. */
static const char separators[] = ",;:|";
#define SEPARATED_LEAST 2 /* fewer stand in any sentence */

static struct fields fields_of(struct slice text, struct span line)
{
	struct fields fields = {0};
	for (size_t at = line.start; at < line.end; at++) {
		bool separates = text.bytes[at] == '\t';
		for (size_t i = 0; i < CENSUS_SEPARATORS; i++) {
			bool here = text.bytes[at] == separators[i];
			fields.counts[i] += here;
			separates = separates || here;
		}
		fields.tight += separates && (at + 1 == line.end || text.bytes[at + 1] != ' ');
	}
	return fields;
}

static bool are_alike(const struct fields *left, const struct fields *right)
{
	bool alike = false;
	for (size_t i = 0; i < CENSUS_SEPARATORS; i++)
		alike = alike ||
			(left->counts[i] >= SEPARATED_LEAST && left->counts[i] == right->counts[i]);
	return alike;
}

/* ---- Lines ------------------------------------------------------------------------------ */

/* Signs of programs and of the likes of them, in whatever language; HARD ones are seldom even where
 * words are marked up or commands named. */
enum { ODD = 1, HARD = 2 };
static const uint8_t signs[256] = {['='] = HARD,
	['{'] = HARD,
	['}'] = HARD,
	['<'] = HARD,
	['>'] = HARD,
	['\\'] = HARD,
	['$'] = HARD,
	['^'] = HARD,
	['~'] = HARD,
	['&'] = HARD,
	['@'] = HARD,
	[';'] = HARD,
	['['] = ODD,
	[']'] = ODD,
	['|'] = ODD,
	['_'] = ODD,
	['`'] = ODD};

static bool is_call(struct slice text, struct span shown, size_t at)
{
	return text.bytes[at] == '(' && at > shown.start &&
	       code_class((unsigned char)text.bytes[at - 1]) != LETTER_NONE;
}

/* Wherever they stand; brackets behind a name, colons inside of one. */
static bool has_odd_signs(struct slice text, struct span shown)
{
	for (size_t at = shown.start; at < shown.end; at++) {
		if (signs[(unsigned char)text.bytes[at]] != 0 || is_call(text, shown, at))
			return true;
		if (text.bytes[at] == ':' && at + 1 < shown.end && text.bytes[at + 1] > ' ')
			return true;
	}
	return false;
}

bool line_has_hard_signs(struct slice text, struct span shown)
{
	for (size_t at = shown.start; at < shown.end; at++)
		if (signs[(unsigned char)text.bytes[at]] == HARD || is_call(text, shown, at))
			return true;
	return false;
}

bool lines_begin_alike(struct slice text, struct span one, struct span other)
{
	size_t length = 0;
	while (one.start + length < one.end && other.start + length < other.end &&
		text.bytes[one.start + length] == text.bytes[other.start + length] &&
		(length == 0 || text.bytes[one.start + length - 1] != ' '))
		length++;
	return length > ALIKE_LEAST || (length > 1 && text.bytes[one.start + length - 1] == ' ');
}

static void count_joint(struct census *census, struct slice text, const struct line_facts *facts)
{
	struct joint joint = joint_between(&census->before, facts);
	census->level += joint.level;
	census->starts +=
		joint.level && lines_begin_alike(text, census->before.shown, facts->shown);
	census->set_in += facts->indent >= NESTED_INDENT && facts->marker == 0 && !facts->table;
	census->joints =
		grow(census->joints, &census->capacity, census->count + 1, sizeof *census->joints);
	census->joints[census->count++] = joint;
}

/* A line that is one by itself, or several. */
static bool is_sentence(struct slice text, const struct line_facts *facts)
{
	return facts->ends && facts->capital && !facts->table && !facts->code &&
	       facts->width - facts->indent >= SENTENCE_LEAST &&
	       !line_has_hard_signs(text, facts->shown);
}

void census_take(struct census *census, struct slice text, const struct line_facts *facts)
{
	size_t bytes = facts->line.end - facts->line.start;
	bool is_long = facts->cut || facts->width > WRAPPED_MOST;
	struct fields fields = fields_of(text, facts->shown);
	census->lines++;
	census->indents[facts->indent < WRAPPED_MOST ? facts->indent : WRAPPED_MOST - 1]++;
	census->bytes += bytes;
	census->long_bytes += is_long && !facts->table ? bytes : 0;
	census->wide_bytes += is_long || facts->width > WIDE_LEAST ? bytes : 0;
	census->ends += facts->ends;
	census->sentences += is_sentence(text, facts);
	census->codes += facts->code;
	census->narrow += facts->width <= 80;
	census->odd += has_odd_signs(text, facts->shown);
	census->tables += facts->table;
	census->gaps += facts->gaps && !facts->table;
	census->table_bytes += facts->table || facts->gaps ? bytes : 0;
	census->lone += facts->lone;
	census->wide += is_long || facts->width > WIDE_LEAST;
	census->far += facts->cut || facts->width > ROWS_MOST;
	if (census->follows)
		count_joint(census, text, facts);
	census->alike += census->follows && are_alike(&census->fields, &fields);
	census->tight += census->follows && fields.tight > 0 &&
			 fields.tight == census->fields.tight && !facts->ends;
	census->fields = fields;
	census->before = *facts;
	census->follows = true;
}

void census_part(struct census *census)
{
	census->follows = false;
}

void census_release(struct census *census)
{
	free(census->joints);
	*census = (struct census){0};
}
