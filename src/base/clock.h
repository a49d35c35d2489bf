/* clock.h: how long something took, whatever happens to the time of day. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <time.h>

static inline struct timespec clock_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now;
}

static inline long long clock_milliseconds(void)
{
	struct timespec now = clock_now();
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static inline struct timespec clock_after(long milliseconds)
{
	struct timespec then = clock_now();
	then.tv_nsec += milliseconds % 1000 * 1000000;
	then.tv_sec += milliseconds / 1000 + then.tv_nsec / 1000000000;
	then.tv_nsec %= 1000000000;
	return then;
}

static inline long milliseconds_since(const struct timespec *start)
{
	struct timespec now = clock_now();
	return (now.tv_sec - start->tv_sec) * 1000 + (now.tv_nsec - start->tv_nsec) / 1000000;
}

#endif
