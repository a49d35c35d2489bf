/* config.h: where the user's files are, and what config.yaml says. */
#ifndef BYLINE_CONFIG_H
#define BYLINE_CONFIG_H

#include "byline/schema.h"

struct byline_paths {
	char *config; /* $XDG_CONFIG_HOME/byline, or NULL where there is no home */
	char *packs, *themes;
	char *keys; /* keys.yaml */
};
/* From the environment: XDG_CONFIG_HOME where it is absolute, else HOME/.config. */
void paths_init(struct byline_paths *paths);
void paths_release(struct byline_paths *paths);

/* Settings, each the long option of the same name; what is unsaid is empty or 0. */
struct config {
	struct arena *arena;
	struct buffer source;
	struct slice theme, type, encoding;
	struct texts packs;
	int64_t width, jobs;
	struct tree tree; /* where each stands */
	int color;        /* -1: unsaid */
	bool secure;
	char *path;
};
extern const struct field config_fields[]; /* --check and the manual walk it */

/* There is such a file of the user's to read; a pipe is none, which is reported. */
bool config_is_there(const char *path, struct diagnostics *out);
/* Reads config.yaml; a missing one is empty. What is wrong in it is reported and left out. */
void config_load(struct config *config, const char *path, struct diagnostics *out);
/* The same of the user's, where there is one; without a folder there is none. */
void config_read(struct config *config, const struct byline_paths *paths, struct diagnostics *out);
/* The value of a setting in the file, or NULL. */
const struct node *config_node(const struct config *config, const char *key);
void config_release(struct config *config);

#endif
