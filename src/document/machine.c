#include "document/machine.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
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
	for (; *digits >= '0' && *digits <= '9' && number < SIZE_MAX / 16; digits++)
		number = number * 10 + (size_t)(*digits - '0');
	return number;
}

static size_t limit_bytes(const struct rlimit *limit)
{
	bool limited = limit->rlim_cur != RLIM_INFINITY && limit->rlim_cur < MACHINE_UNLIMITED;
	return limited ? (size_t)limit->rlim_cur : MACHINE_UNLIMITED;
}

size_t machine_address_space(void)
{
	char head[FILE_BYTES];
	struct rlimit limit;
	if (getrlimit(RLIMIT_AS, &limit) != 0 || limit_bytes(&limit) == MACHINE_UNLIMITED)
		return MACHINE_UNLIMITED;
	read_head("/proc/self/statm", head);
	size_t used = read_number(head) * (size_t)sysconf(_SC_PAGESIZE);
	return limit_bytes(&limit) > used ? limit_bytes(&limit) - used : 0;
}
