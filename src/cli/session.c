/* From options, environment and configuration to what a run works with; see session.h. */
#include "cli/session.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_PACK "news-en"

/* ---- Printing --------------------------------------------------------------------------- */

static bool write_all(int file, struct slice text)
{
	while (text.length > 0) {
		ssize_t done = write(file, text.bytes, text.length);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return false;
		text = slice_cut(text, (size_t)done, text.length);
	}
	return true;
}

void session_tell(struct session *session)
{
	struct buffer text = {0};
	diagnostics_tell(&session->diagnostics, "byline", &text);
	write_all(STDERR_FILENO, buffer_slice(&text));
	buffer_release(&text);
	diagnostics_release(&session->diagnostics);
}

void print_out(struct session *session, struct slice text)
{
	if (write_all(STDOUT_FILENO, text))
		return;
	if (errno == EPIPE)
		_exit((int)session->status);
	diagnostics_report(
		&session->diagnostics, NULL, 0, 0, "standard output: %s", strerror(errno));
	session->status = STATUS_FAILED;
}

/* ---- Settings --------------------------------------------------------------------------- */

static void apply_packs(struct session *session)
{
	struct options *options = &session->options;
	const char *environment = getenv("BYLINE_PACKS");
	if (options->packs_named)
		return;
	if (environment && *environment) {
		struct slice rest = slice_of(environment);
		while (rest.length > 0) {
			const char *comma = memchr(rest.bytes, ',', rest.length);
			size_t length = comma ? (size_t)(comma - rest.bytes) : rest.length;
			struct slice name = slice_trim(slice_cut(rest, 0, length));
			if (name.length > 0)
				names_add(&options->packs, arena_text(session->config.arena, name));
			rest = slice_cut(rest, length + (comma != NULL), rest.length);
		}
		options->packs_named = true;
		return;
	}
	for (size_t i = 0; i < session->config.packs.count; i++)
		names_add(&options->packs,
			arena_text(session->config.arena, session->config.packs.items[i]));
}

static bool apply_width(struct session *session)
{
	struct options *options = &session->options;
	const char *environment = getenv("BYLINE_WIDTH");
	if (options->width > 0)
		return true;
	if (!environment || !*environment) {
		options->width = (unsigned)session->config.width;
		return true;
	}
	for (const struct option_entry *entry = option_table; entry->name; entry++)
		if (strcmp(entry->name, "width") == 0)
			return entry->set(options, environment, &session->diagnostics);
	return true;
}

static void apply_theme(struct session *session)
{
	struct options *options = &session->options;
	const char *environment = getenv("BYLINE_THEME");
	if (options->theme)
		return;
	options->theme_named = environment && *environment;
	if (options->theme_named)
		options->theme = environment;
	else if (session->config.theme.length > 0)
		options->theme = arena_text(session->config.arena, session->config.theme);
}

/* ---- Packs ------------------------------------------------------------------------------ */

static void load_pack(struct session *session, const char *name)
{
	struct pack *pack = pack_load(name, session->paths.packs, &session->diagnostics);
	if (pack)
		packs_add(&session->packs, pack);
}

/* Errors of packs that were named end the run; those of the configuration are told only. */
static bool load_packs(struct session *session)
{
	const struct names *names = &session->options.packs;
	bool alone = names->count > 0 && strcmp(names->items[0], "none") == 0;
	size_t before = session->diagnostics.total;
	if (!alone)
		load_pack(session, DEFAULT_PACK);
	for (size_t i = alone; i < names->count; i++)
		load_pack(session, names->items[i]);
	return session->diagnostics.total == before || !session->options.packs_named;
}

bool session_begin(struct session *session)
{
	struct byline_paths none = {0};
	paths_init(&session->paths);
	config_read(&session->config, session->options.no_config ? &none : &session->paths,
		&session->diagnostics);
	if (session->config.color >= 0 && session->options.color == COLOR_AUTO)
		session->options.color = (enum color_when)session->config.color;
	apply_theme(session);
	apply_packs(session);
	bool good = apply_width(session);
	if (session->options.action == ACTION_CHECK || session->options.action == ACTION_SOURCE)
		return good;
	return load_packs(session) && good;
}

void session_end(struct session *session)
{
	session_tell(session);
	if (!session->config.arena)
		session->config.arena = arena_new(); /* the run ended before it was read */
	packs_release(&session->packs);
	config_release(&session->config);
	paths_release(&session->paths);
	options_release(&session->options);
}
