/* activity.h: whether a program does something or waits, seen from outside. */
#ifndef REAL_ACTIVITY_H
#define REAL_ACTIVITY_H

#include <stdbool.h>
#include <sys/types.h>

struct activity {
	bool asleep;              /* every thread of it and of its children */
	unsigned long long turns; /* how often any of them was given a processor */
};

struct activity activity_of(pid_t process);

#endif
