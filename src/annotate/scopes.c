/* Where a find may stand; see matching.h. */
#include "annotate/matching.h"

static bool overlaps(struct span a, struct span b)
{
	return b.start != NOWHERE && a.start < b.end && b.start < a.end;
}

static bool in_pair(const struct window *window, struct span span)
{
	size_t low = 0, high = window->pairs.count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (window->pairs.items[middle].whole.end <= span.start)
			low = middle + 1;
		else
			high = middle;
	}
	return low < window->pairs.count && window->pairs.items[low].inner.start <= span.start &&
	       span.end <= window->pairs.items[low].inner.end;
}

/* The block's number among those with something to read, from 1. */
static size_t paragraph_number(const struct window *window, uint32_t block, size_t bound)
{
	size_t number = 0;
	for (uint32_t i = 0; i <= block && number <= bound; i++) {
		struct span body = document_block(window->document, i).body;
		number += body.start < body.end;
	}
	return number;
}

static bool is_set(const struct settings *settings, enum sets what, struct span span)
{
	return !(settings->before >> what & 1) && overlaps(span, settings->of[what]);
}

static bool holds(const struct scope *scope, const struct window *window,
	const struct settings *settings, uint32_t block, struct span span)
{
	const struct block of = document_block(window->document, block);
	switch (scope->kind) {
	case SCOPE_TITLE:
		return is_set(settings, SETS_TITLE, span);
	case SCOPE_BYLINE:
		return is_set(settings, SETS_AUTHOR, span);
	case SCOPE_DATELINE:
		return is_set(settings, SETS_DATELINE, span);
	case SCOPE_BODY:
		return !is_set(settings, SETS_TITLE, span) &&
		       !is_set(settings, SETS_AUTHOR, span) &&
		       !is_set(settings, SETS_DATELINE, span) && of.kind != BLOCK_HEADING;
	case SCOPE_PARAGRAPH_FIRST:
		return paragraph_number(window, block, scope->number) <= scope->number;
	case SCOPE_PARAGRAPH_LAST:
		return block + 1 == document_block_count(window->document) &&
		       document_is_whole(window->document);
	case SCOPE_HEADING:
		return of.kind == BLOCK_HEADING;
	case SCOPE_BLOCKQUOTE:
		return of.kind == BLOCK_QUOTATION;
	case SCOPE_CODE:
		return of.kind == BLOCK_CODE;
	case SCOPE_QUOTE:
		return in_pair(window, span);
	case SCOPE_SENTENCE:
		return of.kind != BLOCK_CODE && of.kind != BLOCK_RULE;
	}
	return false;
}

bool scopes_allow(const struct rule *rule, const struct window *window,
	const struct settings *settings, uint32_t block, struct span span)
{
	bool all = true;
	for (size_t i = 0; i < rule->scope_count; i++) {
		const struct scope *scope = &rule->scopes[i];
		all = all && holds(scope, window, settings, block, span) != scope->negated;
		if (scope->more)
			continue;
		if (all)
			return true;
		all = true;
	}
	return rule->scope_count == 0;
}

static bool reaches(const struct scope *scope, const struct window *window, uint32_t block)
{
	bool counted = scope->kind == SCOPE_PARAGRAPH_FIRST ||
		       scope->kind == SCOPE_PARAGRAPH_LAST || scope->kind == SCOPE_HEADING;
	return !counted || holds(scope, window, NULL, block, (struct span){0, 0}) != scope->negated;
}

bool scopes_reach(const struct rule *rule, const struct window *window, uint32_t block)
{
	bool all = true;
	for (size_t i = 0; i < rule->scope_count; i++) {
		all = all && reaches(&rule->scopes[i], window, block);
		if (rule->scopes[i].more)
			continue;
		if (all)
			return true;
		all = true;
	}
	return rule->scope_count == 0;
}
