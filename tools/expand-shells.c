/* The parts of the completions: what bash, zsh and fish know of each option. */
#include <string.h>

#include "expand.h"

static void append_words(const char *const *words, struct buffer *into)
{
	for (size_t i = 0; words[i]; i++)
		buffer_format(into, "%s%s", i ? " " : "", words[i]);
}

/* Text inside single quotes, in which each of `special` gets a backslash. */
static void append_quoted(const char *text, const char *special, struct buffer *into)
{
	for (; *text; text++) {
		if (strchr(special, *text))
			buffer_byte(into, '\\');
		buffer_byte(into, *text);
	}
}

/* ---- bash ------------------------------------------------------------------------------- */

static void print_bash_options(struct expansion *expansion, struct slice before)
{
	buffer_append(expansion->out, before);
	for (const struct option_entry *entry = option_table; entry->name; entry++) {
		if (entry->letter)
			buffer_format(expansion->out, " -%c", entry->letter);
		buffer_format(expansion->out, " --%s", entry->name);
	}
	buffer_text(expansion->out, "'\n");
}

/* The arms of a case: what an option takes. */
static void print_bash_values(struct expansion *expansion, struct slice before)
{
	struct buffer *out = expansion->out;
	(void)before;
	for (const struct option_entry *entry = option_table; entry->name; entry++) {
		if (!entry->argument)
			continue;
		buffer_format(out, "\t--%s", entry->name);
		if (entry->letter)
			buffer_format(out, " | -%c", entry->letter);
		buffer_text(out, ") takes=");
		if (entry->words) {
			buffer_text(out, "words words='");
			append_words(entry->words, out);
			buffer_text(out, "'");
		} else if (entry->lists) {
			buffer_format(out, "names lists='%s' words='%s'", entry->lists,
				entry->besides ? entry->besides : "");
		} else {
			buffer_text(out, "other");
		}
		buffer_text(out, " ;;\n");
	}
}

/* ---- zsh -------------------------------------------------------------------------------- */

static void append_zsh_action(const struct option_entry *entry, struct buffer *into)
{
	if (!entry->argument)
		return;
	buffer_format(into, ":%s:", entry->argument);
	if (entry->words) {
		buffer_byte(into, '(');
		append_words(entry->words, into);
		buffer_byte(into, ')');
	} else if (entry->lists) {
		buffer_format(into, " _byline_names \"%s\" %s",
			entry->besides ? entry->besides : "", entry->lists);
	} else {
		buffer_byte(into, ' ');
	}
}

/* The specifications of _arguments. Names may be given several times. */
static void print_zsh_options(struct expansion *expansion, struct slice before)
{
	struct buffer *out = expansion->out;
	(void)before;
	for (const struct option_entry *entry = option_table; entry->name; entry++) {
		const char *takes = entry->argument ? "=" : "", *joins = entry->argument ? "+" : "";
		buffer_byte(out, '\t');
		if (entry->lists)
			buffer_text(out, "'*'");
		else if (entry->letter)
			buffer_format(out, "'(-%c --%s)'", entry->letter, entry->name);
		if (entry->letter)
			buffer_format(
				out, "{-%c%s,--%s%s}'[", entry->letter, joins, entry->name, takes);
		else
			buffer_format(out, "'--%s%s[", entry->name, takes);
		for (const char *text = entry->help; *text; text++)
			if (*text == '\'')
				buffer_text(out, "'\\''");
			else
				append_quoted((const char[]){*text, '\0'}, "[]:\\", out);
		buffer_byte(out, ']');
		append_zsh_action(entry, out);
		buffer_text(out, "' \\\n");
	}
}

/* ---- fish ------------------------------------------------------------------------------- */

static void print_fish_options(struct expansion *expansion, struct slice before)
{
	struct buffer *out = expansion->out;
	(void)before;
	for (const struct option_entry *entry = option_table; entry->name; entry++) {
		buffer_text(out, "complete -c byline");
		if (entry->letter)
			buffer_format(out, " -s %c", entry->letter);
		buffer_format(out, " -l %s", entry->name);
		if (entry->argument)
			buffer_text(out, entry->lists ? " -r" : " -x");
		buffer_text(out, " -d '");
		append_quoted(entry->help, "'\\", out);
		buffer_byte(out, '\'');
		if (entry->words) {
			buffer_text(out, " -a '");
			append_words(entry->words, out);
			buffer_byte(out, '\'');
		} else if (entry->lists) {
			buffer_format(out, " -a '%s%s(__byline_names %s)'",
				entry->besides ? entry->besides : "", entry->besides ? " " : "",
				entry->lists);
		}
		buffer_byte(out, '\n');
	}
}

const struct part shell_parts[] = {
	{"bash-options", print_bash_options},
	{"bash-values", print_bash_values},
	{"zsh-options", print_zsh_options},
	{"fish-options", print_fish_options},
	{NULL, NULL},
};
