#include "document/machine.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define FILE_BYTES 4096 /* of a file of the kernel's; what is asked stands at its head */

/* The head of a small file, ended by a NUL; "" where it cannot be read. */
static void read_head(const char *path, char head[static FILE_BYTES])
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = descriptor >= 0 ? read(descriptor, head, FILE_BYTES - 1) : 0;
	head[got > 0 ? got : 0] = '\0';
	if (descriptor >= 0)
		close(descriptor);
}

static size_t read_number(const char *digits)
{
	size_t number = 0;
	while (*digits == ' ' || *digits == '\t')
		digits++;
	for (; *digits >= '0' && *digits <= '9' && number < SIZE_MAX / 16; digits++)
		number = number * 10 + (size_t)(*digits - '0');
	return number;
}

static size_t limit_bytes(const struct rlimit *limit)
{
	bool limited = limit->rlim_cur != RLIM_INFINITY && limit->rlim_cur < MACHINE_UNLIMITED;
	return limited ? (size_t)limit->rlim_cur : MACHINE_UNLIMITED;
}

static size_t least(size_t one, size_t other)
{
	return one < other ? one : other;
}

/* What is left of a limit; `field` counts the numbers of statm, which are pages. */
static size_t left_of(const struct rlimit *limit, size_t field)
{
	char head[FILE_BYTES];
	const char *at = head;
	size_t bytes = limit_bytes(limit);
	if (bytes == MACHINE_UNLIMITED)
		return bytes;
	read_head("/proc/self/statm", head);
	for (; field > 0 && at; field--)
		at = strchr(at + 1, ' ');
	size_t used = at ? read_number(at) * (size_t)sysconf(_SC_PAGESIZE) : 0;
	return bytes > used ? bytes - used : 0;
}

size_t machine_address_space(void)
{
	struct rlimit limit;
	return getrlimit(RLIMIT_AS, &limit) == 0 ? left_of(&limit, 0) : MACHINE_UNLIMITED;
}

static size_t data_space(void)
{
	struct rlimit limit;
	return getrlimit(RLIMIT_DATA, &limit) == 0 ? left_of(&limit, 5) : MACHINE_UNLIMITED;
}

static size_t memory_available(void)
{
	char head[FILE_BYTES];
	read_head("/proc/meminfo", head);
	const char *line = strstr(head, "MemAvailable:");
	return line ? read_number(line + strlen("MemAvailable:")) << 10 : MACHINE_UNLIMITED;
}

/* What the group's limit leaves: of version 2 as it is seen inside a container, or of version 1. */
static size_t group_memory(void)
{
	static const char *const files[][2] = {
		{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"},
		{"/sys/fs/cgroup/memory/memory.limit_in_bytes",
			"/sys/fs/cgroup/memory/memory.usage_in_bytes"},
	};
	char most[FILE_BYTES], used[FILE_BYTES];
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		read_head(files[i][0], most);
		read_head(files[i][1], used);
		if (*most >= '0' && *most <= '9' && *used)
			return read_number(most) - least(read_number(used), read_number(most));
	}
	return MACHINE_UNLIMITED;
}

size_t machine_memory(void)
{
	return least(least(memory_available(), group_memory()),
		least(machine_address_space(), data_space()));
}
