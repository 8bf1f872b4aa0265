#define _GNU_SOURCE
#include "CAllocations.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>

// The sanitizers have a `malloc` of their own.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define IS_SANITIZED 1
#endif
#endif

#if defined(__GLIBC__) && !defined(IS_SANITIZED)

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

enum { capacity = 1 << 20 };
static _Atomic int is_counting, count;
static void *callers[capacity];

// Looks up nothing, as looking up may allocate: only the address that asked is kept.
static void note(void *caller) {
  if (!atomic_load_explicit(&is_counting, memory_order_relaxed)) return;
  const int index = atomic_fetch_add(&count, 1);
  if (index < capacity) callers[index] = caller;
}

void *malloc(size_t size) {
  note(__builtin_return_address(0));
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  note(__builtin_return_address(0));
  return __libc_calloc(number, size);
}

void *realloc(void *memory, size_t size) {
  note(__builtin_return_address(0));
  return __libc_realloc(memory, size);
}

void *memalign(size_t alignment, size_t size) {
  note(__builtin_return_address(0));
  return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  note(__builtin_return_address(0));
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
  note(__builtin_return_address(0));
  void *allocated = __libc_memalign(alignment, size);
  if (!allocated) return ENOMEM;
  *memory = allocated;
  return 0;
}

bool allocations_can_be_counted(void) { return true; }

void allocations_begin(void) {
  atomic_store(&count, 0);
  atomic_store(&is_counting, 1);
}

void allocations_end(int *own, int *foreign, const char **caller) {
  static const char *const libraries[] = {"libstdc++", "libdnnl", "libgomp"};
  atomic_store(&is_counting, 0);
  *own = *foreign = 0;
  *caller = NULL;
  const int total = atomic_load(&count);
  for (int index = 0; index < total; index++) {
    Dl_info place;
    bool is_foreign = false;
    // What did not fit the list counts as own, so that nothing is overlooked.
    if (index < capacity && dladdr(callers[index], &place)) {
      for (size_t library = 0; library < sizeof libraries / sizeof *libraries; library++)
        is_foreign |= strstr(place.dli_fname, libraries[library]) != NULL;
      if (!is_foreign) *caller = place.dli_sname ? place.dli_sname : place.dli_fname;
    }
    *(is_foreign ? foreign : own) += 1;
  }
}

#else

bool allocations_can_be_counted(void) { return false; }
void allocations_begin(void) {}
void allocations_end(int *own, int *foreign, const char **caller) { *own = *foreign = 0, *caller = NULL; }

#endif
