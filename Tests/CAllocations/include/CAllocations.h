// Counts what a test program allocates between two calls, on all its threads.

#include <stdbool.h>

// Whether the C library lets a program put its own `malloc` in front of the library's.
bool allocations_can_be_counted(void);

void allocations_begin(void);

// Ends counting. `own` were asked for by anything but C++ code, which in these tests is the code of oneDNN alone; `foreign` by
// `operator new`, by oneDNN and by its threads' library. `caller` names the function, if it has a name, behind one of the own.
void allocations_end(int *own, int *foreign, const char **caller);
