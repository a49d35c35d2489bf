/* --check: packs, themes, key maps and configurations, by file or by name.
 *
 * A file that is there is meant, whatever it is called; what it is, its keys say. A bare name that
 * is no file is looked for where --pack and --theme would find it.
 */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/session.h"
#include "tui/keymap.h"
#include "tui/keymap_file.h"

/* ---- Each of them ----------------------------------------------------------------------- */

static void check_pack(struct session *session, const char *name)
{
	struct diagnostics *out = &session->diagnostics;
	size_t before = out->total;
	struct pack *pack = pack_load_to_check(name, session->paths.packs, out);
	if (pack && out->total == before)
		pack_check(pack, out);
	pack_free(pack);
}

static void check_theme(struct session *session, const char *name)
{
	struct diagnostics *out = &session->diagnostics;
	size_t before = out->total;
	struct theme *theme = theme_load(name, session->paths.themes, out);
	if (theme && out->total == before)
		theme_check(theme, out);
	theme_free(theme);
}

static void check_keymap(struct session *session, const char *path)
{
	struct keymap *keymap = keymap_new();
	keymap_load(keymap, path, &session->diagnostics);
	keymap_free(keymap);
}

/* ---- Files ------------------------------------------------------------------------------ */

static bool has_any(const struct tree *tree, const struct field *fields)
{
	for (; fields->key; fields++)
		if (node_value(tree, tree->nodes, fields->key))
			return true;
	return false;
}

static bool is_pack(const struct tree *tree)
{
	return node_value(tree, tree->nodes, "pack-format") != NULL;
}

static bool is_theme(const struct tree *tree)
{
	return node_value(tree, tree->nodes, "theme-format") != NULL;
}

static bool is_keymap(const struct tree *tree)
{
	return has_any(tree, keymap_fields);
}

static bool is_config(const struct tree *tree)
{
	return has_any(tree, config_fields);
}

/* The first that fits; of what fits none, packs tell most. */
static const struct sort {
	const char *name; /* of a file that is one whatever stands in it; or NULL */
	bool (*fits)(const struct tree *tree);
	void (*check)(struct session *session, const char *path);
} sorts[] = {
	{NULL, is_pack, check_pack},
	{NULL, is_theme, check_theme},
	{"keys.yaml", is_keymap, check_keymap},
	{"config.yaml", is_config, session_check_config},
};
#define SORT_COUNT (sizeof sorts / sizeof *sorts)

static const struct sort *sort_named(struct slice name)
{
	for (size_t i = 0; i < SORT_COUNT; i++)
		if (sorts[i].name && slice_is(name, sorts[i].name))
			return &sorts[i];
	return NULL;
}

/* Mistakes are told by who reads it again, and knows what it should be. */
static const struct sort *sort_by_keys(const char *path, const struct buffer *source)
{
	struct arena *arena = arena_new();
	struct diagnostics ignored = {0};
	struct tree tree = {0};
	const struct sort *sort = &sorts[0];
	bool good = yaml_read(buffer_slice(source), path, arena, &tree, &ignored);
	if (good && tree.nodes->kind != NODE_MAPPING)
		sort = NULL;
	else if (!good && source->bytes && strstr(source->bytes, "theme-format"))
		sort = &sorts[1];
	for (size_t i = 0; good && sort && i < SORT_COUNT; i++)
		if (sorts[i].fits(&tree)) {
			sort = &sorts[i];
			break;
		}
	diagnostics_release(&ignored);
	arena_free(arena);
	return sort;
}

static void check_file(struct session *session, const char *path)
{
	struct buffer source = {0};
	if (file_read(path, YAML_BYTES, &source, &session->diagnostics)) {
		const struct sort *sort = sort_named(path_name(slice_of(path)));
		if (!sort)
			sort = sort_by_keys(path, &source);
		if (sort)
			sort->check(session, path);
		else
			diagnostics_report(&session->diagnostics, path, 0, 0,
				"it is no pack, theme, key map or configuration: each is a mapping "
				"of YAML, as --print news-en and --print dusk show");
	}
	buffer_release(&source);
}

/* ---- Names ------------------------------------------------------------------------------ */

static bool in_folder(const char *folder, const char *name)
{
	struct buffer path = {0};
	buffer_format(&path, "%s/%s.yaml", folder ? folder : "", name);
	bool there = folder && access(path.bytes, F_OK) == 0;
	buffer_release(&path);
	return there;
}

static bool is_embedded_pack(const char *name)
{
	return pack_source(name).length > 0;
}

static bool is_embedded_theme(const char *name)
{
	return theme_source(name).length > 0;
}

static void report_unknown(struct session *session, const char *name)
{
	struct buffer known = {0}, visible = {0};
	for (size_t i = 0; pack_embedded(i); i++)
		buffer_format(&known, " %s", pack_embedded(i));
	for (size_t i = 0; theme_embedded(i); i++)
		buffer_format(&known, " %s", theme_embedded(i));
	text_visible(slice_of(name), &visible);
	diagnostics_report(&session->diagnostics, NULL, 0, 0,
		"there is no file, pack or theme '%s'; embedded:%s",
		visible.length ? visible.bytes : "", known.length ? known.bytes : "");
	buffer_release(&known);
	buffer_release(&visible);
}

static void check_name(struct session *session, const char *name)
{
	if (is_embedded_theme(name) || in_folder(session->paths.themes, name))
		check_theme(session, name);
	else if (is_embedded_pack(name) || in_folder(session->paths.packs, name))
		check_pack(session, name);
	else
		report_unknown(session, name);
}

static bool is_file(const char *name)
{
	struct stat status;
	return strchr(name, '/') || slice_ends(slice_of(name), ".yaml") ||
	       (stat(name, &status) == 0 && !S_ISDIR(status.st_mode));
}

/* A slash says to everybody that a file is meant. */
static void check_one(struct session *session, const char *name)
{
	size_t before = session->diagnostics.total;
	struct buffer path = {0};
	bool bare = !strchr(name, '/') && !slice_ends(slice_of(name), ".yaml");
	buffer_format(&path, "%s%s", bare ? "./" : "", name);
	if (is_file(name))
		check_file(session, path.bytes);
	else
		check_name(session, name);
	buffer_release(&path);
	if (session->diagnostics.total > before)
		session->status = STATUS_FAILED;
	session_tell(session);
}

void tell_check(struct session *session)
{
	const struct names *files = &session->options.files;
	if (files->count == 0) {
		diagnostics_report(&session->diagnostics, NULL, 0, 0,
			"--check needs files or names of packs and themes");
		session->status = STATUS_USAGE;
	}
	for (size_t i = 0; i < files->count; i++)
		check_one(session, files->items[i]);
}
