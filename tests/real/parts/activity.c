/* activity.c: reads /proc. */
#include "activity.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The letter that stands behind the name in brackets, which may hold anything. */
static char state_of(pid_t process, long thread)
{
	char path[60], line[400] = "";
	snprintf(path, sizeof path, "/proc/%d/task/%ld/stat", (int)process, thread);
	FILE *file = fopen(path, "re");
	if (file == NULL)
		return 'X';
	size_t length = fread(line, 1, sizeof line - 1, file);
	fclose(file);
	line[length] = '\0';
	const char *bracket = strrchr(line, ')');
	return bracket != NULL && bracket[1] != '\0' ? bracket[2] : 'X';
}

static unsigned long long turns_of(pid_t process, long thread)
{
	char path[60];
	unsigned long long turns = 0;
	snprintf(path, sizeof path, "/proc/%d/task/%ld/schedstat", (int)process, thread);
	FILE *file = fopen(path, "re");
	if (file == NULL)
		return 0;
	if (fscanf(file, "%*u %*u %llu", &turns) != 1)
		turns = 0;
	fclose(file);
	return turns;
}

static void add_process(struct activity *activity, pid_t process);

static void add_children(struct activity *activity, pid_t process, long thread)
{
	char path[60];
	int child;
	snprintf(path, sizeof path, "/proc/%d/task/%ld/children", (int)process, thread);
	FILE *file = fopen(path, "re");
	if (file == NULL)
		return;
	while (fscanf(file, "%d", &child) == 1)
		add_process(activity, child);
	fclose(file);
}

static void add_process(struct activity *activity, pid_t process)
{
	char folder[40];
	snprintf(folder, sizeof folder, "/proc/%d/task", (int)process);
	DIR *threads = opendir(folder);
	if (threads == NULL)
		return;
	for (const struct dirent *entry; (entry = readdir(threads)) != NULL;) {
		long thread = strtol(entry->d_name, NULL, 10);
		if (thread == 0)
			continue;
		activity->asleep &= strchr("SXZT", state_of(process, thread)) != NULL;
		activity->turns += turns_of(process, thread);
		add_children(activity, process, thread);
	}
	closedir(threads);
}

struct activity activity_of(pid_t process)
{
	struct activity activity = {.asleep = true};
	add_process(&activity, process);
	return activity;
}
