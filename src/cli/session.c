/* From options, environment and configuration to what a run works with; see session.h. */
#include "cli/session.h"

#include "byline/export.h"
#include "cli/jobs.h"
#include "tui/keymap.h"
#include "tui/reader.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_PACK "news-en"
#define DEFAULT_THEME "dusk"

/* ---- Printing --------------------------------------------------------------------------- */

/* What we write to may be shared with somebody who does not want to wait. */
static bool wait_to_write(int file)
{
	struct pollfd watched = {.fd = file, .events = POLLOUT};
	return poll(&watched, 1, -1) >= 0 || errno == EINTR;
}

bool write_all(int file, struct slice text)
{
	while (text.length > 0) {
		ssize_t done = write(file, text.bytes, text.length);
		if (done >= 0)
			text = slice_cut(text, (size_t)done, text.length);
		else if (errno != EINTR && (errno != EAGAIN || !wait_to_write(file)))
			return false;
	}
	return true;
}

void session_tell(struct session *session)
{
	struct buffer text = {0};
	diagnostics_tell(&session->diagnostics, "byline", &text);
	if (session->channel)
		channel_tell(session->channel, buffer_slice(&text));
	else
		write_all(STDERR_FILENO, buffer_slice(&text));
	buffer_release(&text);
	diagnostics_release(&session->diagnostics);
}

static void tell_output(struct session *session)
{
	session->output_failed = true;
	if (errno == EPIPE && session->processes > 1)
		return; /* there are others to be ended */
	if (errno == EPIPE)
		_exit((int)session->status);
	diagnostics_report(
		&session->diagnostics, NULL, 0, 0, "standard output: %s", strerror(errno));
	session->status = STATUS_FAILED;
}

void print_out(struct session *session, struct slice text)
{
	if (session->output_failed || text.length == 0)
		return;
	session->line_is_open = text.bytes[text.length - 1] != '\n';
	if (session->channel)
		session->output_failed = !channel_print(session->channel, text);
	else if (!write_all(STDOUT_FILENO, text))
		tell_output(session);
}

/* ---- Settings --------------------------------------------------------------------------- */

/* Where a value was said, for messages about it; path NULL: on the command line. */
struct origin {
	const char *path;
	size_t line, column;
};

/* Messages that came since and are about no file tell where the value was said. */
static void blame(struct session *session, size_t since, struct origin origin)
{
	struct diagnostics *out = &session->diagnostics;
	for (size_t i = since; i < out->count; i++) {
		if (out->items[i].path)
			continue;
		out->items[i].path = origin.path;
		out->items[i].line = origin.line;
		out->items[i].column = origin.column;
	}
}

static struct origin config_origin(const struct session *session, const struct node *node)
{
	return node ? (struct origin){session->config.path, node->line, node->column}
		    : (struct origin){session->config.path, 0, 0};
}

static void take_packs(struct session *session, const char *environment)
{
	struct slice rest = slice_of(environment);
	while (rest.length > 0) {
		const char *comma = memchr(rest.bytes, ',', rest.length);
		size_t length = comma ? (size_t)(comma - rest.bytes) : rest.length;
		struct slice name = slice_trim(slice_cut(rest, 0, length));
		if (name.length > 0)
			names_add(&session->options.packs, arena_text(session->config.arena, name));
		rest = slice_cut(rest, length + (comma != NULL), rest.length);
	}
}

static bool apply_width(struct session *session)
{
	struct options *options = &session->options;
	const char *environment = variable_said("width");
	if (options->width > 0)
		return true;
	if (!environment) {
		options->width = (unsigned)session->config.width;
		return true;
	}
	size_t before = session->diagnostics.count;
	bool good = options_set(options, "width", environment, &session->diagnostics);
	blame(session, before, (struct origin){variable_of("width"), 0, 0});
	return good;
}

/* ---- Themes ----------------------------------------------------------------------------- */

static struct origin choose_theme(struct session *session)
{
	struct options *options = &session->options;
	const char *environment = variable_said("theme");
	if (options->theme)
		return (struct origin){0};
	options->theme_named = environment != NULL;
	if (options->theme_named) {
		options->theme = environment;
		return (struct origin){variable_of("theme"), 0, 0};
	}
	if (session->config.theme.length > 0)
		options->theme = arena_text(session->config.arena, session->config.theme);
	return config_origin(session, config_node(&session->config, "theme"));
}

/* The default theme, or its pair where that is of the variant that is asked for. */
static struct theme *load_default(struct session *session, enum theme_variant wanted)
{
	struct diagnostics *out = &session->diagnostics;
	struct theme *theme = theme_load(DEFAULT_THEME, NULL, out);
	const char *pair = theme != NULL ? theme_pair(theme) : NULL;
	if (wanted == THEME_ANY || pair == NULL || theme_variant(theme) == wanted)
		return theme;
	struct theme *other = theme_load(pair, NULL, out);
	theme_free(theme);
	return other;
}

/* A theme by name; some names stand for the default one. */
static struct theme *find_theme(struct session *session, const char *name)
{
	static const struct {
		const char *name;
		enum theme_variant variant;
	} defaults[] = {{"auto", THEME_ANY}, {"light", THEME_LIGHT}, {"dark", THEME_DARK}};
	for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++) {
		if (strcmp(name, defaults[i].name) == 0) {
			session->follows_ground = defaults[i].variant == THEME_ANY;
			return load_default(session, defaults[i].variant);
		}
	}
	return theme_load(name, session->paths.themes, &session->diagnostics);
}

/* A theme that was named must be right, even where nothing is painted; one of the configuration is
 * told of, and another taken. */
static bool load_theme(struct session *session, bool paints)
{
	struct diagnostics *out = &session->diagnostics;
	size_t before = out->count, total = out->total;
	struct origin origin = choose_theme(session);
	if (session->options.theme && (paints || session->options.theme_named))
		session->theme = find_theme(session, session->options.theme);
	blame(session, before, origin);
	if (out->total > total && session->options.theme_named)
		return false;
	if (paints && !session->theme)
		session->theme = find_theme(session, "auto");
	return true;
}

/* ---- Packs ------------------------------------------------------------------------------ */

static void load_pack(struct session *session, const char *name, struct origin origin)
{
	size_t before = session->diagnostics.count;
	struct pack *pack = pack_load(name, session->paths.packs, &session->diagnostics);
	blame(session, before, origin);
	if (pack)
		packs_add(&session->packs, pack);
}

static struct origin pack_origin(const struct session *session, size_t index, bool environment)
{
	if (environment)
		return (struct origin){variable_of("pack"), 0, 0};
	if (session->options.packs_named)
		return (struct origin){0};
	return config_origin(session, session->config.packs.nodes[index]);
}

/* Errors of packs that were named end the run; those of the configuration are told only. */
static bool load_packs(struct session *session)
{
	struct options *options = &session->options;
	const char *said = variable_said("pack");
	bool environment = !options->packs_named && said;
	if (environment)
		take_packs(session, said);
	for (size_t i = 0; !environment && !options->packs_named && i < session->config.packs.count;
		i++)
		names_add(&options->packs,
			arena_text(session->config.arena, session->config.packs.items[i]));
	const struct names *names = &options->packs;
	bool alone = names->count > 0 && strcmp(names->items[0], "none") == 0;
	size_t before = session->diagnostics.total;
	if (!alone)
		load_pack(session, DEFAULT_PACK, (struct origin){0});
	for (size_t i = alone; i < names->count; i++)
		load_pack(session, names->items[i], pack_origin(session, i, environment));
	return session->diagnostics.total == before || !(options->packs_named || environment);
}

static bool paints(const struct options *options)
{
	return options->action == ACTION_SCREEN ||
	       (options->action == ACTION_READ && isatty(STDOUT_FILENO));
}

/* ---- Keys ------------------------------------------------------------------------------- */

static bool needs_keys(const struct options *options)
{
	bool lists = options->action == ACTION_LIST && strcmp(options->list, "keys") == 0;
	return lists || paints(options) || options->starts.count > 0;
}

/* Neither a preset nor a file is called so: false. */
static bool tell_no_keys(const char *named, struct diagnostics *out)
{
	struct buffer shown = {0}, known = {0};
	text_visible(slice_of(named), &shown);
	for (size_t i = 0; key_preset_names[i] != NULL; i++)
		buffer_format(&known, "%s%s", i > 0 ? ", " : "", key_preset_names[i]);
	diagnostics_report(out, KEYS_VARIABLE, 0, 0,
		"there is neither a preset nor a file '%s'; presets are %s", shown.bytes,
		known.bytes);
	buffer_release(&shown);
	buffer_release(&known);
	return false;
}

static bool load_named_keys(struct session *session, const char *named)
{
	struct diagnostics *out = &session->diagnostics;
	if (keymap_use_preset(session->keymap, slice_of(named)))
		return true;
	if (access(named, F_OK) != 0 && errno == ENOENT)
		return tell_no_keys(named, out);
	return keymap_load(session->keymap, named, out);
}

/* A key map that was named must be right, even where nobody takes keys; the user's own is told of,
 * and its bad parts left out. */
static bool load_keys(struct session *session)
{
	const char *named = environment_said(KEYS_VARIABLE);
	const char *path = session->paths.keys;
	struct diagnostics *out = &session->diagnostics;
	bool good = true;
	if (!named && !needs_keys(&session->options))
		return true;
	session->keymap = keymap_new();
	keymap_use_preset(session->keymap, slice_of(DEFAULT_PRESET));
	if (named)
		good = load_named_keys(session, named);
	else if (path && !session->options.no_config && config_is_there(path, out))
		keymap_load(session->keymap, path, out);
	keymap_add_kinds(session->keymap, &session->packs);
	return good;
}

/* All that is to be done before the first key is something that can be done, even where nothing is
 * read but only printed. */
static bool starts_are_right(struct session *session)
{
	const struct names *starts = &session->options.starts;
	bool good = true;
	for (size_t i = 0; i < starts->count; i++)
		good = start_check(session->keymap, starts->items[i], &session->diagnostics) &&
		       good;
	return good;
}

/* The article as it stands asks no rule; packs that were named must be right all the same. */
static bool needs_packs(const struct options *options)
{
	bool prints = options->action == ACTION_PRINT ||
		      (options->action == ACTION_READ && !paints(options));
	bool article = options->format == FORMAT_TEXT && options->only <= EXPORT_ARTICLE;
	return !prints || !article || options->packs_named || variable_said("pack");
}

struct document_options session_documents(const struct session *session)
{
	return (struct document_options){
		.encoding = session->options.encoding, .type = session->options.type};
}

/* A setting that is an option is taken as on the command line; a wrong one is told and left out. */
static void apply_setting(struct session *session, const char *name, struct slice value)
{
	size_t before = session->diagnostics.count;
	if (value.length == 0)
		return;
	options_set(&session->options, name, arena_text(session->config.arena, value),
		&session->diagnostics);
	blame(session, before, config_origin(session, config_node(&session->config, name)));
}

/* What neither an option nor the environment says. */
static void apply_config(struct session *session)
{
	struct options *options = &session->options;
	const struct config *config = &session->config;
	if (config->color >= 0 && options->color == COLOR_AUTO)
		options->color = (enum color_when)config->color;
	if (!options->jobs_said)
		options->jobs = (unsigned)config->jobs;
	if (!options->type)
		apply_setting(session, "type", config->type);
	if (!options->encoding)
		apply_setting(session, "encoding", config->encoding);
	options->secure = options->secure || config->secure;
}

void session_check_config(struct session *session, const char *path)
{
	struct session other = {.options = {.only = -1}, .paths = session->paths};
	const struct config *config = &other.config;
	config_load(&other.config, path, &other.diagnostics);
	apply_config(&other);
	if (config->theme.length > 0) {
		size_t before = other.diagnostics.count;
		other.theme = find_theme(&other, arena_text(config->arena, config->theme));
		blame(&other, before, config_origin(&other, config_node(config, "theme")));
	}
	for (size_t i = 0; i < config->packs.count; i++)
		if (!slice_is(config->packs.items[i], "none"))
			load_pack(&other, arena_text(config->arena, config->packs.items[i]),
				config_origin(&other, config->packs.nodes[i]));
	for (size_t i = 0; i < other.diagnostics.count; i++)
		diagnostics_add(&session->diagnostics, &other.diagnostics.items[i]);
	diagnostics_release(&other.diagnostics);
	theme_free(other.theme);
	packs_release(&other.packs);
	config_release(&other.config);
	options_release(&other.options);
}

bool session_begin(struct session *session)
{
	struct byline_paths none = {0};
	struct options *options = &session->options;
	paths_init(&session->paths);
	config_read(&session->config, options->no_config ? &none : &session->paths,
		&session->diagnostics);
	apply_config(session);
	options->secure = options->secure || variable_said("secure");
	bool good = apply_width(session);
	if (options->action == ACTION_CHECK || options->action == ACTION_SOURCE)
		return good;
	good = load_theme(session, paints(options)) && good;
	good = (!needs_packs(options) || load_packs(session)) && good;
	good = load_keys(session) && good;
	return starts_are_right(session) && good;
}

void session_end(struct session *session)
{
	session_tell(session);
	if (!session->config.arena)
		session->config.arena = arena_new(); /* the run ended before it was read */
	keymap_free(session->keymap);
	theme_free(session->theme);
	packs_release(&session->packs);
	config_release(&session->config);
	paths_release(&session->paths);
	options_release(&session->options);
}
