/* Where the user's files are, and what config.yaml says; see config.h. */
#include "store/config.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char *joined(const char *folder, const char *name)
{
	struct buffer path = {0};
	buffer_format(&path, "%s/%s", folder, name);
	return path.bytes;
}

void paths_init(struct byline_paths *paths)
{
	const char *base = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	*paths = (struct byline_paths){0};
	if (base && base[0] == '/')
		paths->config = joined(base, "byline");
	else if (home && home[0] == '/')
		paths->config = joined(home, ".config/byline");
	if (!paths->config)
		return;
	paths->packs = joined(paths->config, "packs");
	paths->themes = joined(paths->config, "themes");
	paths->keys = joined(paths->config, "keys.yaml");
}

void paths_release(struct byline_paths *paths)
{
	free(paths->config);
	free(paths->packs);
	free(paths->themes);
	free(paths->keys);
	*paths = (struct byline_paths){0};
}

static const char *const color_names[] = {"auto", "always", "never", NULL};

const struct field config_fields[] = {
	{.key = "theme",
		.type = FIELD_TEXT,
		.offset = offsetof(struct config, theme),
		.help = "a theme, by name or file"},
	{.key = "packs",
		.type = FIELD_TEXTS,
		.offset = offsetof(struct config, packs),
		.help = "packs to add, by name or file; none first: only these"},
	{.key = "width",
		.type = FIELD_INTEGER,
		.offset = offsetof(struct config, width),
		.low = 20,
		.high = 1000,
		.help = "measure in columns"},
	{.key = "color",
		.type = FIELD_CHOICE,
		.offset = offsetof(struct config, color),
		.choices = color_names,
		.help = "when there are colours: auto, always or never"},
	{.key = "type",
		.type = FIELD_TEXT,
		.offset = offsetof(struct config, type),
		.help = "of the input, even where it is binary"},
	{.key = "encoding",
		.type = FIELD_TEXT,
		.offset = offsetof(struct config, encoding),
		.help = "of the input"},
	{.key = "jobs",
		.type = FIELD_INTEGER,
		.offset = offsetof(struct config, jobs),
		.low = 0,
		.high = 256,
		.help = "processes that print; 0: one a core"},
	{.key = "secure",
		.type = FIELD_FLAG,
		.offset = offsetof(struct config, secure),
		.help = "open no other file, start no program, write nothing"},
	{.key = NULL},
};

/* Nobody asked to wait for a pipe. */
bool config_is_there(const char *path, struct diagnostics *out)
{
	struct stat status;
	if (lstat(path, &status) != 0)
		return false;
	if (stat(path, &status) != 0 || !S_ISFIFO(status.st_mode))
		return true;
	diagnostics_report(out, path, 0, 0, "it is a pipe; put a file there");
	return false;
}

const struct node *config_node(const struct config *config, const char *key)
{
	bool mapping = config->tree.nodes && config->tree.nodes->kind == NODE_MAPPING;
	return mapping ? node_value(&config->tree, config->tree.nodes, key) : NULL;
}

/* Who said something of it, and not `false`, wanted it. */
static bool is_unclear(const struct config *config, const char *flag)
{
	const struct node *node = config_node(config, flag);
	return node && !slice_is(node_text(&config->tree, node), "false");
}

static void config_init(struct config *config)
{
	*config = (struct config){.arena = arena_new(), .color = -1, .jobs = 1};
}

static void load(struct config *config, struct diagnostics *out)
{
	if (!file_read(config->path, YAML_BYTES, &config->source, out) ||
		!yaml_read(buffer_slice(&config->source), config->path, config->arena,
			&config->tree, out))
		return;
	struct loading loading = {&config->tree, config->arena, out, NULL};
	if (!node_is_null(&config->tree, config->tree.nodes))
		schema_load(&loading, config->tree.nodes, config_fields, "configuration", config);
	config->secure = config->secure || is_unclear(config, "secure");
}

void config_load(struct config *config, const char *path, struct diagnostics *out)
{
	config_init(config);
	config->path = memory_text(slice_of(path));
	load(config, out);
}

void config_read(struct config *config, const struct byline_paths *paths, struct diagnostics *out)
{
	config_init(config);
	if (!paths->config)
		return;
	config->path = joined(paths->config, "config.yaml");
	if (config_is_there(config->path, out))
		load(config, out);
}

void config_release(struct config *config)
{
	arena_free(config->arena);
	buffer_release(&config->source);
	free(config->path);
	*config = (struct config){0};
}
