/* How a line goes on with the lines before it; see joints.h.
 *
 * - In flowing text it does not, but for the rows of tables and code.
 * - In wrapped text it does where the next word had no room on the line before. A line that ends
 *   early is the last of its paragraph, if that has several; if it is the first, it may be the
 *   first of rows as well, and only the line after the next tells: where that one goes on, the
 *   first was a paragraph of its own.
 * - In verse nothing ever lacks room, so that the lines of a stanza are rows.
 *
 * What has an indent of four columns or more beyond the text's margin is rows sooner than other
 * lines; a marker begins an item unless a sentence runs over it.
 */
#include "document/joints.h"

#define INDENT_ROWS 4u
#define INDENT_CODE 2u  /* where its signs say what it is */
#define ENTRY_WORD 4u   /* of lines that begin alike, not by an article */
#define ROWS_WIDEST 132 /* columns of rows in flowing text */

/* Two lines and what lies around them. */
struct pair {
	const struct passage *passage;
	const struct line_facts *before, *after;
	const struct manner *manner;
	bool goes_on; /* the sentence does */
	bool small;   /* it surely does */
	bool deep;    /* both are indented as rows are */
	bool full;    /* the next word had no room */
};

/* A line may end so much sooner where people wrapped by eye. */
static bool is_full(const struct pair *pair)
{
	const struct passage *passage = pair->passage;
	unsigned width = pair->manner->width, need = pair->before->width + 1 + pair->after->word;
	if (pair->manner->shape != SHAPE_WRAPPED)
		return false;
	unsigned early = pair->before->hyphen ? width / 4 : width / 8;
	if (need > width || (need + early > width && pair->goes_on))
		return true;
	return passage->lines >= 3 && passage->loose == 0 && need > passage->widest;
}

static struct pair pair_of(
	const struct passage *passage, const struct line_facts *facts, const struct manner *manner)
{
	const struct line_facts *before = &passage->last;
	unsigned deep = manner->margin + (passage->first.code ? INDENT_CODE : INDENT_ROWS);
	struct pair pair = {.passage = passage, .before = before, .after = facts, .manner = manner};
	pair.goes_on = !before->ends || facts->small;
	pair.small = !before->ends && (facts->small || (before->hyphen && facts->letter));
	pair.deep = passage->first.indent >= deep && facts->indent >= deep;
	bool rows = (pair.deep && passage->tables > 0) || (before->lone && facts->lone) ||
		    (before->field && facts->field);
	pair.small = pair.small && !rows;
	pair.full = !rows && is_full(&pair);
	return pair;
}

/* ---- Flowing text ----------------------------------------------------------------------- */

static bool may_be_rows(const struct line_facts *facts)
{
	if (facts->marker > 0 || facts->depth > 0 || facts->width > ROWS_WIDEST)
		return false;
	return facts->table || (facts->code && facts->indent >= INDENT_ROWS);
}

static enum joint_kind flowing_joint(const struct pair *pair)
{
	bool code = pair->passage->first.code && pair->passage->first.indent >= INDENT_ROWS &&
		    pair->after->indent >= INDENT_ROWS && pair->after->width <= ROWS_WIDEST;
	bool tables = pair->before->table && pair->after->table;
	if (!may_be_rows(pair->before) || !(code || (tables && may_be_rows(pair->after))))
		return JOINT_NONE;
	return JOINT_LOOSE;
}

/* ---- Rules, markers, tables ------------------------------------------------------------- */

static bool may_be_title(const struct passage *passage)
{
	const struct line_facts *title = &passage->first;
	return passage->lines == 1 && title->marker == 0 && title->depth == 0 && !title->rule &&
	       title->width > 2 && !title->table && !title->cut;
}

static bool underlines(const struct pair *pair)
{
	const struct line_facts *title = pair->before, *rule = pair->after;
	unsigned length = rule->width - rule->indent, words = title->width - title->indent;
	if (!may_be_title(pair->passage) || rule->rule == '_' || title->indent > rule->indent + 1)
		return false;
	return rule->rule == '=' || (length + 3 >= words && length <= words + 3);
}

/* A line with a marker inside a paragraph: the sentence may run over it. */
static bool begins_item(const struct pair *pair)
{
	if (pair->after->marker == 0)
		return false;
	if (pair->manner->shape == SHAPE_VERSE && (pair->manner->rows || pair->passage->codes > 0))
		return false; /* of a program */
	if (pair->passage->first.marker > 0)
		return !(pair->small && pair->full);
	return pair->before->ends || !pair->full;
}

static bool is_table(const struct passage *passage)
{
	return passage->tables * 2 >= passage->lines;
}

/* A line with columns beside one without. */
static enum joint_kind table_joint(const struct pair *pair)
{
	bool cell = pair->passage->lines > 1 &&
		    pair->after->indent >= pair->passage->first.indent + INDENT_ROWS;
	if (pair->full && pair->small)
		return JOINT_TIGHT;
	return is_table(pair->passage) && cell ? JOINT_LOOSE : JOINT_NONE;
}

/* A word, a gap, and what is said of it: that goes on below itself. */
static bool hangs(const struct pair *pair)
{
	const struct line_facts *before = pair->before, *after = pair->after;
	return before->table && before->second > 0 && !after->table && after->marker == 0 &&
	       after->indent + 1 >= before->second && after->indent <= before->second + 1;
}

/* ---- Lines under a marker --------------------------------------------------------------- */

static enum joint_kind item_joint(const struct pair *pair)
{
	if (pair->after->code && pair->before->ends)
		return JOINT_NONE;
	if (pair->after->indent > pair->passage->first.indent)
		return pair->full || pair->goes_on ? JOINT_TIGHT : JOINT_LOOSE;
	bool half = pair->before->width * 2 >= pair->manner->width;
	bool runs = pair->full && !pair->before->ends && pair->after->letter;
	return runs || (pair->small && half) ? JOINT_TIGHT : JOINT_NONE;
}

/* ---- Paragraphs and rows ---------------------------------------------------------------- */

/* The passage is rows so far, as far as its joints say. */
static bool is_loose(const struct passage *passage)
{
	return passage->loose > 0 && passage->tight == 0;
}

static bool is_code(const struct pair *pair)
{
	return pair->deep && (pair->passage->codes > 0 || pair->after->code);
}

/* Both look like lines of prose, of which the first has room left: a long name or address may stand
 * next, or each sentence begins a line. Lines that begin alike are entries. */
static bool are_prose(const struct pair *pair)
{
	const struct line_facts *before = pair->before, *after = pair->after;
	return pair->manner->shape == SHAPE_WRAPPED && !pair->deep && !before->table &&
	       !after->table && !before->code && !after->code && !after->field && !before->lone &&
	       (before->word != after->word || before->word < ENTRY_WORD);
}

static bool ends_sentence(const struct pair *pair)
{
	return are_prose(pair) && !pair->before->ends && pair->after->ends &&
	       pair->before->width * 5 >= pair->manner->width * 3;
}

static bool begins_sentence(const struct pair *pair)
{
	return are_prose(pair) && pair->before->ends && pair->after->capital &&
	       pair->before->width * 2 >= pair->manner->width;
}

/* Both begin at the same column. */
static enum joint_kind level_joint(const struct pair *pair)
{
	const struct passage *passage = pair->passage;
	bool wrapped = pair->manner->shape == SHAPE_WRAPPED;
	bool half = pair->before->width * 2 >= pair->manner->width;
	bool early = !pair->before->ends && pair->before->width * 5 >= pair->manner->width * 3;
	if (is_loose(passage))
		return pair->full && !is_code(pair) ? JOINT_SPLIT : JOINT_LOOSE;
	if (pair->full)
		return JOINT_TIGHT;
	if (wrapped && !pair->deep && pair->small && half)
		return JOINT_TIGHT;
	if (ends_sentence(pair))
		return JOINT_TIGHT;
	if (passage->lines == 1 && begins_sentence(pair))
		return JOINT_NONE;
	if (passage->lines == 1)
		return JOINT_LOOSE;
	return early ? JOINT_TIGHT : JOINT_NONE;
}

/* The second line of a passage stands further right or left than the first. */
static enum joint_kind second_joint(const struct pair *pair)
{
	bool hangs = pair->after->indent > pair->before->indent;
	if (pair->full && (pair->goes_on || !hangs))
		return JOINT_TIGHT;
	return pair->deep ? JOINT_LOOSE : JOINT_NONE;
}

static enum joint_kind indented_joint(const struct pair *pair)
{
	const struct passage *passage = pair->passage;
	bool inside = pair->after->indent + 1 >= passage->first.indent;
	bool near = pair->after->indent <= passage->base + 2 &&
		    passage->base <= pair->after->indent + 2;
	if (is_loose(passage) && pair->full && pair->after->indent < pair->before->indent)
		return JOINT_SPLIT;
	if (is_loose(passage))
		return pair->deep || inside ? JOINT_LOOSE : JOINT_NONE;
	return near && pair->full && pair->small ? JOINT_TIGHT : JOINT_NONE;
}

/* A first line, set in as first lines are. */
static bool opens_paragraph(const struct pair *pair)
{
	unsigned opening = pair->manner->opening, indent = pair->after->indent;
	return opening > 0 && indent + 1 >= opening && indent <= opening + 1 && pair->before->ends;
}

static enum joint_kind paragraph_joint(const struct pair *pair)
{
	unsigned base = pair->passage->lines == 1 ? pair->before->indent : pair->passage->base;
	unsigned indent = pair->after->indent;
	if (opens_paragraph(pair))
		return JOINT_NONE;
	if (indent <= base + 1 && base <= indent + 1)
		return level_joint(pair);
	if (pair->manner->shape == SHAPE_VERSE)
		return JOINT_LOOSE;
	return pair->passage->lines == 1 ? second_joint(pair) : indented_joint(pair);
}

/* ---- All -------------------------------------------------------------------------------- */

static enum joint_kind rule_joint(const struct pair *pair)
{
	if (underlines(pair))
		return JOINT_UNDERLINE;
	return pair->passage->tables > 0 && is_table(pair->passage) ? JOINT_LOOSE : JOINT_NONE;
}

enum joint_kind joint_of(
	const struct passage *passage, const struct line_facts *facts, const struct manner *manner)
{
	struct pair pair = pair_of(passage, facts, manner);
	if (passage->fenced && !passage->ended)
		return facts->fence ? JOINT_FENCE : JOINT_LOOSE;
	if (passage->ended || facts->fence || passage->first.depth != facts->depth)
		return JOINT_NONE;
	if (facts->rule)
		return rule_joint(&pair);
	if (passage->first.rule || facts->cut || pair.before->cut || facts->page)
		return JOINT_NONE;
	if (manner->shape == SHAPE_FLOWING)
		return flowing_joint(&pair);
	if (begins_item(&pair))
		return JOINT_NONE;
	if (passage->first.marker > 0)
		return item_joint(&pair);
	if (manner->shape == SHAPE_WRAPPED && hangs(&pair) && passage->lines == 1)
		return JOINT_TIGHT;
	if (manner->shape == SHAPE_WRAPPED && hangs(&pair) && is_loose(passage))
		return JOINT_SPLIT;
	if (facts->table != is_table(passage) && !pair.deep && manner->shape == SHAPE_WRAPPED)
		return table_joint(&pair);
	if (facts->table && is_table(passage))
		return JOINT_LOOSE;
	return paragraph_joint(&pair);
}

bool joint_is_impossible(
	const struct passage *passage, char first_byte, const struct manner *manner)
{
	if (passage->fenced || passage->ended)
		return passage->ended;
	bool rule = (unsigned char)first_byte >= 0x80 || strchr("-=~^*#+", first_byte) != NULL;
	return manner->shape == SHAPE_FLOWING && !may_be_rows(&passage->last) &&
	       !(rule && may_be_title(passage));
}
