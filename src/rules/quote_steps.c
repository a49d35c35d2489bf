/* Loading the steps of a quote rule, the evidence, and what is asked of quotes at the end. */
#include "rules/quote_load.h"

/* ---- Steps ------------------------------------------------------------------------------ */

static const char *const over_names[] = {
	"sentence", "sentence-before", "paragraph", "paragraphs", "around", NULL};
static const char *const when_names[] = {"any", "direct", "partial", NULL};

struct step_fields {
	struct slice id;
	const struct node *pattern;
	double confidence;
	int over, when;
	bool turn;
};

static const struct field step_fields[] = {
	{.key = "id",
		.type = FIELD_TEXT,
		.required = true,
		.offset = offsetof(struct step_fields, id),
		.help = "its name, for why"},
	{.key = "pattern",
		.type = FIELD_NODE,
		.required = true,
		.offset = offsetof(struct step_fields, pattern),
		.help = "with a group speaker; a list is tried in order"},
	{.key = "confidence",
		.type = FIELD_NUMBER,
		.offset = offsetof(struct step_fields, confidence),
		.low = 0.01,
		.high = 0.99,
		.help = "how often it is right"},
	{.key = "over",
		.type = FIELD_CHOICE,
		.offset = offsetof(struct step_fields, over),
		.choices = over_names,
		.help = "the stretch of text that the pattern sees"},
	{.key = "when",
		.type = FIELD_CHOICE,
		.offset = offsetof(struct step_fields, when),
		.choices = when_names,
		.help = "for which quotes"},
	{.key = "turn",
		.type = FIELD_FLAG,
		.offset = offsetof(struct step_fields, turn),
		.help = "the quote that the group names is the other speaker's in a conversation"},
	{.key = NULL},
};

static bool load_step(struct quote_loading *at, const struct node *item, void *into)
{
	struct quote_step *step = into;
	struct step_fields fields = {.confidence = 0.5};
	if (!schema_load(at->loading, item, step_fields, "step", &fields))
		return false;
	step->id = arena_text(at->pack->arena, fields.id);
	step->line = item->line;
	step->confidence = fields.confidence;
	step->over = (enum quote_over)fields.over;
	step->when = (enum quote_when)fields.when;
	step->turn = fields.turn;
	return quote_load_patterns(at, fields.pattern, &step->patterns);
}

static const char *step_to_offer(const void *of, size_t i)
{
	const struct quote_rule *rule = of;
	return i < rule->step_count ? rule->steps[i].id : NULL;
}

static bool find_steps(struct quote_loading *at, const struct texts *ids, uint64_t *steps)
{
	bool good = true;
	for (size_t i = 0; i < ids->count; i++) {
		size_t step = 0;
		while (step < at->rule->step_count &&
			!slice_is(ids->items[i], at->rule->steps[step].id))
			step++;
		if (step < at->rule->step_count) {
			*steps |= UINT64_C(1) << step;
			continue;
		}
		const char *near = nearest(ids->items[i], step_to_offer, at->rule);
		node_report(at->loading->tree, ids->nodes[i], at->loading->out,
			"no step '%.*s' under speakers%s%s%s", (int)ids->items[i].length,
			ids->items[i].bytes, near ? "; did you mean '" : "", near ? near : "",
			near ? "'?" : "");
		good = false;
	}
	return good;
}

/* ---- Evidence --------------------------------------------------------------------------- */

static const char *const is_names[] = {"pattern", "step", "vote", "nobody", NULL};
static const char *const where_names[] = {"anywhere", "sentence", "outside", NULL};

struct evidence_fields {
	struct slice id;
	const struct node *pattern;
	struct texts of;
	double weight;
	int is, over, when;
};

static const struct field evidence_fields[] = {
	{.key = "id",
		.type = FIELD_TEXT,
		.required = true,
		.offset = offsetof(struct evidence_fields, id),
		.help = "its name, for why"},
	{.key = "weight",
		.type = FIELD_NUMBER,
		.required = true,
		.offset = offsetof(struct evidence_fields, weight),
		.low = -20,
		.high = 20,
		.help = "what it counts, in natural logarithms"},
	{.key = "pattern",
		.type = FIELD_NODE,
		.offset = offsetof(struct evidence_fields, pattern),
		.help = "with <C> for the candidate"},
	{.key = "is",
		.type = FIELD_CHOICE,
		.offset = offsetof(struct evidence_fields, is),
		.choices = is_names,
		.help = "step: the deciding one names it; vote: others do; nobody: it is nobody"},
	{.key = "of",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct evidence_fields, of),
		.help = "steps that may vote; three at most count"},
	{.key = "over",
		.type = FIELD_CHOICE,
		.offset = offsetof(struct evidence_fields, over),
		.choices = where_names,
		.help = "where the candidate stands: in the quote's sentence or outside"},
	{.key = "when",
		.type = FIELD_CHOICE,
		.offset = offsetof(struct evidence_fields, when),
		.choices = when_names,
		.help = "for which quotes"},
	{.key = NULL},
};

static bool load_evidence(struct quote_loading *at, const struct node *item, void *into)
{
	struct quote_evidence *evidence = into;
	struct evidence_fields fields = {0};
	if (!schema_load(at->loading, item, evidence_fields, "evidence", &fields))
		return false;
	evidence->id = arena_text(at->pack->arena, fields.id);
	evidence->line = item->line;
	evidence->kind = (enum evidence_kind)fields.is;
	evidence->over = (enum evidence_over)fields.over;
	evidence->when = (enum quote_when)fields.when;
	evidence->weight = fields.weight;
	if (evidence->kind == EVIDENCE_PATTERN && !fields.pattern) {
		node_report(at->loading->tree, item, at->loading->out,
			"evidence '%s' needs a pattern, or 'is'", evidence->id);
		return false;
	}
	if (fields.pattern)
		evidence->pattern =
			row_pattern_new(&at->rule->language, fields.pattern, at->loading->out);
	return (!fields.pattern || evidence->pattern) &&
	       find_steps(at, &fields.of, &evidence->steps);
}

/* ---- Rejects and joins ------------------------------------------------------------------ */

struct verdict_fields {
	struct slice id;
	const struct node *pattern;
	struct texts by, unless_by;
	int64_t max_words, headline;
	bool unnamed, same, apart;
};

static const struct field reject_fields[] = {
	{.key = "id",
		.type = FIELD_TEXT,
		.required = true,
		.offset = offsetof(struct verdict_fields, id),
		.help = "its name, for why"},
	{.key = "pattern",
		.type = FIELD_NODE,
		.offset = offsetof(struct verdict_fields, pattern),
		.help = "over the quote's sentence; a list is tried in order"},
	{.key = "max-words",
		.type = FIELD_INTEGER,
		.offset = offsetof(struct verdict_fields, max_words),
		.low = 1,
		.high = 1000,
		.help = "only quotes of so many words at most"},
	{.key = "by",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct verdict_fields, by),
		.help = "only quotes that one of these steps decided"},
	{.key = "unless-by",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct verdict_fields, unless_by),
		.help = "only quotes that none of these steps decided"},
	{.key = "headline",
		.type = FIELD_INTEGER,
		.offset = offsetof(struct verdict_fields, headline),
		.low = 0,
		.high = 1000,
		.help = "not those in single marks in the first so many paragraphs"},
	{.key = "unnamed",
		.type = FIELD_FLAG,
		.offset = offsetof(struct verdict_fields, unnamed),
		.help = "only quotes whose speaker no step names, and those of nobody"},
	{.key = NULL},
};

static const struct field join_fields[] = {
	{.key = "id",
		.type = FIELD_TEXT,
		.required = true,
		.offset = offsetof(struct verdict_fields, id),
		.help = "its name, for why"},
	{.key = "pattern",
		.type = FIELD_NODE,
		.required = true,
		.offset = offsetof(struct verdict_fields, pattern),
		.help = "from <K>, the quote before, to <Q>; a list is tried in order"},
	{.key = "by",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct verdict_fields, by),
		.help = "only where one of these steps decided the second"},
	{.key = "same",
		.type = FIELD_FLAG,
		.offset = offsetof(struct verdict_fields, same),
		.help = "only where both have one speaker; true if unsaid"},
	{.key = "apart",
		.type = FIELD_FLAG,
		.offset = offsetof(struct verdict_fields, apart),
		.help = "keeps them apart, whatever follows"},
	{.key = NULL},
};

static bool load_reject(struct quote_loading *at, const struct node *item, void *into)
{
	struct quote_reject *reject = into;
	struct verdict_fields fields = {.max_words = 1000};
	if (!schema_load(at->loading, item, reject_fields, "reject", &fields))
		return false;
	reject->id = arena_text(at->pack->arena, fields.id);
	reject->max_words = (size_t)fields.max_words;
	reject->headline = (size_t)fields.headline;
	reject->unnamed = fields.unnamed;
	bool good = find_steps(at, &fields.by, &reject->by);
	good = find_steps(at, &fields.unless_by, &reject->unless_by) && good;
	return quote_load_patterns(at, fields.pattern, &reject->patterns) && good;
}

static bool load_join(struct quote_loading *at, const struct node *item, void *into)
{
	struct quote_join *join = into;
	struct verdict_fields fields = {.same = true};
	if (!schema_load(at->loading, item, join_fields, "join", &fields))
		return false;
	join->id = arena_text(at->pack->arena, fields.id);
	join->same = fields.same;
	join->apart = fields.apart;
	bool good = find_steps(at, &fields.by, &join->by);
	return quote_load_patterns(at, fields.pattern, &join->patterns) && good;
}

bool quote_steps_load(struct quote_loading *at)
{
	struct quote_rule *rule = at->rule;
	struct quote_fields *from = &at->fields;
	struct section steps = {from->speakers, "speakers", sizeof *rule->steps, STEPS, load_step};
	struct section evidence = {
		from->evidence, "evidence", sizeof *rule->evidence, 0, load_evidence};
	struct section rejects = {from->rejects, "rejects", sizeof *rule->rejects, 0, load_reject};
	struct section joins = {from->joins, "joins", sizeof *rule->joins, 0, load_join};
	bool good = quote_load_section(at, &steps, &rule->steps, &rule->step_count);
	good = quote_load_section(at, &evidence, &rule->evidence, &rule->evidence_count) && good;
	good = quote_load_section(at, &rejects, &rule->rejects, &rule->reject_count) && good;
	return quote_load_section(at, &joins, &rule->joins, &rule->join_count) && good;
}

/* ---- Rows ------------------------------------------------------------------------------- */

static void want_all(struct row *row, const struct row_patterns *patterns)
{
	for (size_t i = 0; i < patterns->count; i++)
		row_want(row, patterns->items[i]);
}

static void want_evidence(struct row **rows, const struct quote_evidence *evidence)
{
	if (!evidence->pattern)
		return;
	if (evidence->over != CANDIDATE_OUTSIDE)
		row_want(rows[OVER_SENTENCE], evidence->pattern);
	if (evidence->over != CANDIDATE_IN_SENTENCE)
		row_want(rows[OVER_PARAGRAPHS], evidence->pattern);
}

struct row **quote_rows(struct quote_rule *rule, struct arena *arena)
{
	if (rule->rows)
		return rule->rows;
	rule->rows = arena_allocate(arena, ROW_COUNT * sizeof *rule->rows);
	for (size_t i = 0; i < ROW_COUNT; i++)
		rule->rows[i] = row_new(&rule->language, arena);
	for (size_t i = 0; i < rule->fold_count; i++)
		want_all(rule->rows[ROW_FOLDED], &rule->folds[i].patterns);
	for (size_t i = 0; i < rule->step_count; i++)
		want_all(rule->rows[rule->steps[i].over], &rule->steps[i].patterns);
	for (size_t i = 0; i < rule->evidence_count; i++)
		want_evidence(rule->rows, &rule->evidence[i]);
	for (size_t i = 0; i < rule->reject_count; i++)
		want_all(rule->rows[OVER_SENTENCE], &rule->rejects[i].patterns);
	for (size_t i = 0; i < rule->join_count; i++)
		want_all(rule->rows[ROW_BETWEEN], &rule->joins[i].patterns);
	return rule->rows;
}
