/* entry.c: reads terminfo, and takes its language backwards.
 *
 * A capability's string is a little program that prints; here it is read as a pattern. A number is
 * any digits, a condition may have come out either way, arithmetic prints nothing. The strings are
 * short, so that trying every branch costs little.
 */
#include "entry.h"

#include <stdlib.h>

#include <curses.h>
#include <term.h>

/* ---- Patterns --------------------------------------------------------------------------- */

struct trial {
	struct slice bytes;
	size_t best; /* where the longest match ends; NOWHERE: none yet */
};

/* Past one operation, of which `text` is the character after the %. */
static const char *operation_end(const char *text)
{
	if (*text == '{')
		return strchr(text, '}') + 1;
	if (*text == '\'')
		return text + 3;
	return strchr("pPg", *text) != NULL ? text + 2 : text + 1;
}

/* Where the branch that `text` stands in ends: at its %e or %;, those of inner conditions aside. */
static const char *branch_end(const char *text, bool at_else)
{
	int depth = 0;
	while (*text != '\0') {
		if (*text != '%') {
			text++;
			continue;
		}
		char operation = text[1];
		if (depth == 0 && (operation == ';' || (operation == 'e' && at_else)))
			return text + 2;
		depth += operation == '?' ? 1 : operation == ';' ? -1 : 0;
		text = operation_end(text + 1);
	}
	return text;
}

static bool is_digit(struct slice bytes, size_t at)
{
	return at < bytes.length && bytes.bytes[at] >= '0' && bytes.bytes[at] <= '9';
}

/* %d with or without a width; NULL where it is none. */
static const char *number_end(const char *text)
{
	text += strspn(text, ":-+# 0123456789");
	return *text == 'd' ? text + 1 : NULL;
}

static void match(struct trial *trial, const char *text, size_t at);

static void match_operation(struct trial *trial, const char *text, size_t at)
{
	const char *number = number_end(text);
	if (*text == 't') {
		match(trial, text + 1, at);
		match(trial, branch_end(text + 1, true), at);
	} else if (*text == 'e') {
		match(trial, branch_end(text + 1, false), at);
	} else if (*text == 'c' || *text == '%') {
		match(trial, text + 1, at + 1);
	} else if (number != NULL) {
		while (is_digit(trial->bytes, at))
			match(trial, number, ++at);
	} else if (*text != 's') { /* texts are for function keys and labels: never sent */
		match(trial, operation_end(text), at);
	}
}

static void match(struct trial *trial, const char *text, size_t at)
{
	for (;;) {
		while (text[0] == '$' && text[1] == '<' && strchr(text, '>') != NULL)
			text = strchr(text, '>') + 1;
		if (*text == '%') {
			match_operation(trial, text + 1, at);
			return;
		}
		if (*text == '\0') {
			if (trial->best == NOWHERE || at > trial->best)
				trial->best = at;
			return;
		}
		if (at >= trial->bytes.length || trial->bytes.bytes[at] != *text)
			return;
		text++;
		at++;
	}
}

size_t entry_match(const struct entry *entry, struct slice bytes, size_t at, const char **name)
{
	size_t longest = 0;
	for (size_t i = 0; i < entry->count; i++) {
		struct trial trial = {bytes, NOWHERE};
		const char *text = entry->items[i].text;
		if (entry->items[i].name[0] == 'k' || *text == '\0')
			continue;
		if (*text != '%' && *text != '$' && *text != bytes.bytes[at])
			continue;
		match(&trial, text, at);
		if (trial.best == NOWHERE || trial.best - at <= longest)
			continue;
		longest = trial.best - at;
		*name = entry->items[i].name;
	}
	return longest;
}

const char *entry_text(const struct entry *entry, const char *name)
{
	for (size_t i = 0; i < entry->count; i++) {
		if (strcmp(entry->items[i].name, name) == 0)
			return entry->items[i].text;
	}
	return NULL;
}

/* ---- Reading ---------------------------------------------------------------------------- */

/* Names that are not in the standard's list. */
static const char *const extended[] = {
	"BD", "BE", "E3", "Smulx", "Smxx", "fd", "fe", "rmxx", "smxx", NULL};

/* Resetting, printing, asking: what no reader sends. */
static bool is_for_others(const char *name)
{
	static const char *const prefixes[] = {"is", "rs", "if", "rf", "iprog", "mc", "u0", "u1",
		"u2", "u3", "u4", "u5", "u6", "u7", "u8", "u9", "pf", "initc", "initp"};
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
		if (strncmp(name, prefixes[i], strlen(prefixes[i])) == 0)
			return true;
	}
	return false;
}

static void add(struct entry *entry, const char *name)
{
	const char *text = tigetstr(name);
	if (text == NULL || text == (const char *)-1 || is_for_others(name))
		return;
	if (strcmp(name, "rep") == 0) /* the character stands in the text */
		text = strstr(text, "%c") + 2;
	if (entry->count == CAPABILITIES_MOST)
		abort();
	entry->items[entry->count].name = arena_text(entry->arena, slice_of(name));
	entry->items[entry->count++].text = arena_text(entry->arena, slice_of(text));
}

bool entry_read(struct entry *entry, const char *name, const char *folder)
{
	int error;
	*entry = (struct entry){.arena = arena_new()};
	if (folder != NULL)
		setenv("TERMINFO", folder, 1);
	bool found = setupterm(name, 1, &error) == OK;
	if (folder != NULL)
		unsetenv("TERMINFO");
	for (size_t i = 0; found && strnames[i] != NULL; i++)
		add(entry, strnames[i]);
	for (size_t i = 0; found && extended[i] != NULL; i++)
		add(entry, extended[i]);
	if (found)
		del_curterm(cur_term);
	return found;
}

void entry_release(struct entry *entry)
{
	arena_free(entry->arena);
	entry->arena = NULL;
}
