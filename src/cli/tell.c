/* What the program knows of itself: --list, --print. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/session.h"
#include "tui/reader.h"

/* ---- --list ----------------------------------------------------------------------------- */

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names of a folder's NAME.yaml, in order. */
static void list_folder(const char *folder, struct buffer *into)
{
	DIR *open = folder ? opendir(folder) : NULL;
	char **names = NULL;
	size_t count = 0, capacity = 0;
	for (struct dirent *entry; open && (entry = readdir(open));) {
		struct slice name = slice_of(entry->d_name);
		if (!slice_ends(name, ".yaml"))
			continue;
		names = grow(names, &capacity, count + 1, sizeof *names);
		names[count++] = memory_text(slice_cut(name, 0, name.length - strlen(".yaml")));
	}
	if (open)
		closedir(open);
	if (count > 0)
		qsort(names, count, sizeof *names, compare_names);
	for (size_t i = 0; i < count; i++) {
		text_visible(slice_of(names[i]), into);
		buffer_format(into, "\t%s\n", folder);
		free(names[i]);
	}
	free(names);
}

static void list_packs(struct session *session, struct buffer *into)
{
	for (size_t i = 0; pack_embedded(i); i++) {
		struct pack *pack = pack_load(pack_embedded(i), NULL, &session->diagnostics);
		buffer_format(into, "%s\tembedded\t%s\n", pack_name(pack), pack_title(pack));
		pack_free(pack);
	}
	list_folder(session->paths.packs, into);
}

static void list_themes(struct session *session, struct buffer *into)
{
	for (size_t i = 0; theme_embedded(i); i++)
		buffer_format(into, "%s\tembedded\n", theme_embedded(i));
	list_folder(session->paths.themes, into);
}

static void list_kinds(struct session *session, struct buffer *into)
{
	for (size_t i = 0; i < session->packs.kind_count; i++) {
		const struct kind *kind = &session->packs.kinds[i];
		buffer_format(into, "%s\t%s\t%s\t%s%c\n", kind->name, kind->label, kind->style,
			kind->key ? "]" : "", kind->key ? kind->key : '-');
	}
}

static bool is_in_style_table(const char *name)
{
	for (const struct style_entry *entry = style_table; entry->name; entry++)
		if (strcmp(entry->name, name) == 0)
			return true;
	return false;
}

static void list_styles(struct session *session, struct buffer *into)
{
	for (const struct style_entry *entry = style_table; entry->name; entry++)
		buffer_format(into, "%s\t%s\n", entry->name, entry->help);
	for (size_t i = 0; i < session->packs.kind_count; i++)
		if (!is_in_style_table(session->packs.kinds[i].style))
			buffer_format(into, "%s\t%s\n", session->packs.kinds[i].style,
				session->packs.kinds[i].label);
}

static void list_commands(struct session *session, struct buffer *into)
{
	(void)session;
	reader_list_commands(into);
}

static void list_keys(struct session *session, struct buffer *into)
{
	reader_list_keys(session->keymap, into);
}

void tell_list(struct session *session)
{
	static const struct {
		const char *name;
		void (*list)(struct session *, struct buffer *);
	} lists[] = {{"packs", list_packs}, {"themes", list_themes}, {"kinds", list_kinds},
		{"styles", list_styles}, {"commands", list_commands}, {"keys", list_keys}};
	struct buffer text = {0};
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (strcmp(lists[i].name, session->options.list) == 0)
			lists[i].list(session, &text);
	print_out(session, buffer_slice(&text));
	buffer_release(&text);
}

/* ---- --print ---------------------------------------------------------------------------- */

void tell_source(struct session *session)
{
	const char *name = session->options.source;
	struct slice source = pack_source(name);
	if (source.length == 0)
		source = theme_source(name);
	if (source.length > 0) {
		print_out(session, source);
		return;
	}
	struct buffer known = {0};
	for (size_t i = 0; pack_embedded(i); i++)
		buffer_format(&known, " %s", pack_embedded(i));
	for (size_t i = 0; theme_embedded(i); i++)
		buffer_format(&known, " %s", theme_embedded(i));
	diagnostics_report(&session->diagnostics, NULL, 0, 0,
		"no embedded pack or theme '%s'; known:%s", name, known.length ? known.bytes : "");
	buffer_release(&known);
	session->status = STATUS_USAGE;
}
