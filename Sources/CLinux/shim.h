#include <stddef.h>

// From the C library, which declares them for GNU sources only: the processors that a thread may use, a bit each.
extern int sched_getaffinity(int thread, size_t size, void *processors);
extern int sched_setaffinity(int thread, size_t size, const void *processors);
