/* Finding a theme by its name.
 *
 * A bare name is looked for in the folder of the user's themes, then among the embedded ones; an
 * embedded theme extends embedded ones only, and a theme of the folder that extends its own name
 * means the embedded one, so that a `dusk.yaml` there can change a few styles of dusk.
 */
#include "theme/embedded.h"
#include "theme/load.h"

#include <string.h>
#include <unistd.h>

/* ---- The embedded themes ---------------------------------------------------------------- */

const char *theme_embedded(size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (embedded_themes[i].name == NULL)
			return NULL;
	return embedded_themes[index].name;
}

/* The tree of an embedded theme; NULL: there is none of this name. */
static const struct tree *tree_of(struct slice name)
{
	size_t i = 0;
	while (embedded_themes[i].name != NULL && !slice_is(name, embedded_themes[i].name))
		i++;
	return embedded_themes[i].name != NULL ? &embedded_themes[i].tree : NULL;
}

struct slice theme_source(const char *name)
{
	const struct tree *tree = tree_of(slice_of(name));
	return tree != NULL ? tree->source : (struct slice){0};
}

/* ---- Finding ---------------------------------------------------------------------------- */

static bool is_bare(struct slice name)
{
	for (size_t i = 0; i < name.length; i++)
		if (name.bytes[i] == '/')
			return false;
	return !slice_ends(name, ".yaml");
}

/* Of a bare name, in the folder of the user's themes; false: not there, or not meant. */
static bool folder_find(struct origin *origin, struct slice name, struct arena *arena)
{
	const struct origin *above = origin->above;
	if (origin->folder == NULL || (above != NULL && above->embedded != NULL))
		return false;
	origin->path =
		arena_format(arena, "%s/%.*s.yaml", origin->folder, (int)name.length, name.bytes);
	if (above != NULL && strcmp(above->path, origin->path) == 0)
		return false;
	return access(origin->path, F_OK) == 0;
}

bool origin_find(struct origin *origin, struct slice name, struct arena *arena)
{
	if (!is_bare(name)) {
		struct slice folder = {0};
		if (origin->above != NULL && !slice_starts(name, "/"))
			folder = path_folder(slice_of(origin->above->path));
		origin->path = arena_format(arena, "%.*s%.*s", (int)folder.length,
			folder.length > 0 ? folder.bytes : "", (int)name.length, name.bytes);
		return true;
	}
	if (folder_find(origin, name, arena))
		return true;
	origin->embedded = tree_of(name);
	origin->path = origin->embedded != NULL ? origin->embedded->path : NULL;
	return origin->embedded != NULL;
}

static const char *theme_candidate(const void *of, size_t i)
{
	(void)of;
	return theme_embedded(i);
}

void theme_unknown_print(struct slice name, struct buffer *into)
{
	buffer_format(into, "unknown theme '%.*s'; ", quoted_length(name), name.bytes);
	const char *near = nearest(name, theme_candidate, NULL);
	if (near != NULL)
		buffer_format(into, "did you mean '%s'? ", near);
	buffer_text(into, "known: ");
	const char *known;
	for (size_t i = 0; (known = theme_embedded(i)) != NULL; i++)
		buffer_format(into, "%s%s", i > 0 ? ", " : "", known);
	buffer_text(into, "; a file's name has a slash or ends in .yaml");
}
