/* The names that the program draws with, and what can be said of any name by its dots. */
#include "theme/styles.h"

/* What must be read, what must be seen, and what may be missed. */
#define WORDS 4.5 /* WCAG 2.2, 1.4.3 */
#define SIGNS 3.0 /* WCAG 2.2, 1.4.11 */
#define DECOR 0.0

const struct style_entry style_table[] = {
	{"text", "the article's words, and all that says nothing else", WORDS},
	{"heading", "a heading; heading.1 to heading.6 by level", WORDS},
	{"heading.1", "a heading of the first level", WORDS},
	{"heading.2", "a heading of the second level", WORDS},
	{"heading.3", "a heading of the third level", WORDS},
	{"heading.4", "a heading of the fourth level", WORDS},
	{"heading.5", "a heading of the fifth level", WORDS},
	{"heading.6", "a heading of the sixth level", WORDS},
	{"link", "words that lead somewhere", WORDS},
	{"code", "words of a machine, set as they are", WORDS},
	{"strong", "words that the text itself has in bold", WORDS},
	{"emphasis", "words that the text itself has in italics", WORDS},
	{"underlined", "words that the text itself has underlined", WORDS},
	{"reversed", "words that the text itself has in reverse", WORDS},
	{"faint", "words that the text itself has dim", WORDS},
	{"ink", "colours of words that the text itself has: ink.red, ink.208, ink.#ff8700", WORDS},
	{"ground", "the same behind words: ground.red, ground.208", WORDS},
	{"entity", "a mention; entity.KIND for each kind that a pack defines", WORDS},
	{"quote", "what somebody said, with its marks", WORDS},
	{"quote.text", "the spoken words", WORDS},
	{"quote.mark", "the quote marks around them", WORDS},
	{"quote.speaker", "the speaker of the chosen quote", WORDS},
	{"quote.cue", "the word that introduces a quote", WORDS},
	{"quote.nested", "a quote inside a quote", WORDS},
	{"quote.scare", "words in quote marks that nobody spoke", WORDS},
	{"quote.chosen", "the lit ground of the chosen quote, and its words", WORDS},
	{"quote.bar", "the bar in the margin beside the chosen quote", SIGNS},
	{"quote.doubt", "the sign after a speaker who is only guessed", WORDS},
	{"mention", "a mention of the chosen entity", WORDS},
	{"mention.chosen", "each of them", WORDS},
	{"mention.current", "the one where the point is", WORDS},
	{"meta", "words about the article itself", WORDS},
	{"meta.title", "the article's title", WORDS},
	{"meta.byline", "who wrote it", WORDS},
	{"meta.dateline", "where and when it was written", WORDS},
	{"user", "what a reader's own packs mark; user.NAME for each", WORDS},
	{"search", "what a search found", WORDS},
	{"search.match", "each hit of a search", WORDS},
	{"search.current", "the hit where the point is", WORDS},
	{"selection", "what is selected", WORDS},
	{"cursor", "the free end of a selection, the prompt's cursor", WORDS},
	{"note", "what a reader highlighted or put a note to", WORDS},
	{"sidebar", "the lists beside the article", WORDS},
	{"sidebar.title", "the name of a list", WORDS},
	{"sidebar.title.focused", "the same, of the pane that has the keys", WORDS},
	{"sidebar.count", "a number beside a name or a title", WORDS},
	{"sidebar.selected", "the row that is chosen", WORDS},
	{"sidebar.selected.name", "the name in it", WORDS},
	{"sidebar.selected.inactive", "the same row while another pane has the keys", WORDS},
	{"sidebar.group", "the line above a group, and the line that says how many more", WORDS},
	{"histogram", "bars that show where in the article something occurs", SIGNS},
	{"histogram.selected", "the same in the chosen row", SIGNS},
	{"histogram.track", "the line that bars stand on", DECOR},
	{"balance", "the line that shows who speaks how much", SIGNS},
	{"balance.chosen", "the share of the chosen quote in it", SIGNS},
	{"border", "a line between panes", DECOR},
	{"status", "the first and the last row of the screen", WORDS},
	{"status.title", "the name of what is read", WORDS},
	{"status.progress", "how far it is read and how long the rest takes", WORDS},
	{"status.key", "a key that matters now", WORDS},
	{"status.text", "what that key does", WORDS},
	{"status.position", "the place in the present walk, and messages", WORDS},
	{"status.error", "a message that something failed", WORDS},
	{"scrollbar", "the scroll bar", SIGNS},
	{"scrollbar.track", "the whole of the article", DECOR},
	{"scrollbar.thumb", "the part that is in view", SIGNS},
	{"scrollbar.tick", "what was jumped to", SIGNS},
	{"scrollbar.mention", "where the chosen entity is mentioned", SIGNS},
	{"scrollbar.hit", "where a search has hits", SIGNS},
	{"prompt", "the line that takes a command or a search", WORDS},
	{"help", "the words of a help view", WORDS},
	{"help.title", "a heading in it", WORDS},
	{"help.key", "a key in it", WORDS},
	{"raised", "the ground of what lies over the article: drawer, card, help", WORDS},
	{"card", "the card of an entity or a quote", WORDS},
	{"card.title", "what it is about", WORDS},
	{"card.label", "the word before a field", WORDS},
	{"card.rule", "the name of a rule", WORDS},
	{"dimmed", "the article behind a card", DECOR},
	{"muted", "what may be overlooked", WORDS},
	{"accent", "colours for kinds that a theme does not name", WORDS},
	{"accent.1", "the first of them", WORDS},
	{"accent.2", "the second", WORDS},
	{"accent.3", "the third", WORDS},
	{"accent.4", "the fourth", WORDS},
	{"accent.5", "the fifth", WORDS},
	{"accent.6", "the sixth", WORDS},
	{"accent.7", "the seventh", WORDS},
	{"accent.8", "the eighth", WORDS},
	{"accent.now", "what is now: the chosen, the focused", WORDS},
	{NULL, NULL, 0},
};

/* Below these everybody may name styles of their own. */
static const char *const open_names[] = {"entity", "user", "ink", "ground"};

struct slice style_parent(struct slice name)
{
	for (size_t at = name.length; at > 0; at--)
		if (name.bytes[at - 1] == '.')
			return slice_cut(name, 0, at - 1);
	return (struct slice){0};
}

bool style_under(struct slice name, struct slice ancestor)
{
	if (!slice_equal(slice_cut(name, 0, ancestor.length), ancestor))
		return false;
	return name.length == ancestor.length || name.bytes[ancestor.length] == '.';
}

const struct style_entry *style_entry_of(struct slice name)
{
	for (const struct style_entry *entry = style_table; entry->name != NULL; entry++)
		if (slice_is(name, entry->name))
			return entry;
	return NULL;
}

const struct style_entry *style_entry_above(struct slice name)
{
	for (; name.length > 0; name = style_parent(name)) {
		const struct style_entry *entry = style_entry_of(name);
		if (entry != NULL)
			return entry;
	}
	return &style_table[0];
}

bool style_known(struct slice name)
{
	if (style_entry_of(name) != NULL)
		return true;
	for (size_t i = 0; i < sizeof open_names / sizeof *open_names; i++)
		if (style_under(name, slice_of(open_names[i])))
			return true;
	return false;
}
