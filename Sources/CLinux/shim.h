#include <stddef.h>

// From the C library, which declares them for GNU sources only: the processors that a thread may use, a bit each.
extern int sched_getaffinity(int thread, size_t size, void *processors);
extern int sched_setaffinity(int thread, size_t size, const void *processors);

// Whether this build may use the fused multiply-add of the processor; without it the operation is a slow library call.
static inline int compiled_with_fma(void) {
#if defined(__FMA__) || defined(__ARM_FEATURE_FMA)
  return 1;
#else
  return 0;
#endif
}

// How many single-precision numbers a vector register of this build holds.
static inline int compiled_vector_lanes(void) {
#if defined(__AVX512F__)
  return 16;
#elif defined(__AVX__)
  return 8;
#else
  return 4;
#endif
}

// The square root as the one instruction that it is: the library's function also sets `errno`, so that loops with it stay scalar.
static inline float square_root(float number) { return __builtin_elementwise_sqrt(number); }
