// Products of bfloat16 matrices on the tile registers of x86 processors (AMX), which only intrinsics reach.
//
// A tile holds up to 16 rows of 64 bytes: of a left operand 32 numbers a row, of a right operand 16 pairs of numbers, the
// upper and the lower of two neighbouring rows, and of a result 16 single-precision numbers.
// Source: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 1, chapter 18.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__) && defined(__linux__)
#include <immintrin.h>
#include <sys/syscall.h>
#include <unistd.h>

#define TILE_CODE __attribute__((target("amx-tile,amx-bf16,avx512f,avx512bw"))) static inline

// Asks the system for tile registers; false where processor or system has none.
static inline bool tiles_request(void) {
  enum { request_permission = 0x1023, tile_data = 18 };
  return __builtin_cpu_supports("amx-bf16") && __builtin_cpu_supports("avx512bw") &&
         syscall(SYS_arch_prctl, request_permission, tile_data) == 0;
}

// Prepares the calling thread for products whose left operands and results have `first` rows (`tiles_multiply_first`) or
// `second` rows (`tiles_multiply_second`), at most 16.
TILE_CODE void tiles_configure(int first, int second) {
  struct {
    uint8_t palette, start_row, reserved[14];
    uint16_t row_bytes[16];
    uint8_t rows[16];
  } configuration = {.palette = 1};
  const int rows[8] = {first, first, first, 16, 16, second, second, second};
  for (int tile = 0; tile < 8; tile++) {
    configuration.rows[tile] = (uint8_t)rows[tile];
    configuration.row_bytes[tile] = 64;
  }
  _tile_loadconfig(&configuration);
}

TILE_CODE void tiles_release(void) { _tile_release(); }

// `result = left · right` for all rows of a tile, `32 · depth` inner elements and `16 · columns` columns; all strides in bytes.
#define TILE_PRODUCT(name, sum0, sum1, rows)                                                                  \
  TILE_CODE void name(const void *left, ptrdiff_t left_stride, const void *right, ptrdiff_t right_stride,     \
                      int depth, int columns, float *result, ptrdiff_t result_stride) {                       \
    const char *a = (const char *)left, *b = (const char *)right;                                             \
    int column = 0;                                                                                           \
    for (; column + 2 <= columns; column += 2) {                                                              \
      _tile_zero(sum0);                                                                                       \
      _tile_zero(sum1);                                                                                       \
      for (int k = 0; k < depth; k++) {                                                                       \
        const char *pairs = b + k * 16 * right_stride + column * 64;                                          \
        _tile_loadd(rows, a + k * 64, left_stride);                                                           \
        _tile_loadd(3, pairs, right_stride);                                                                  \
        _tile_dpbf16ps(sum0, rows, 3);                                                                        \
        _tile_loadd(4, pairs + 64, right_stride);                                                             \
        _tile_dpbf16ps(sum1, rows, 4);                                                                        \
      }                                                                                                       \
      _tile_stored(sum0, result + column * 16, result_stride);                                                \
      _tile_stored(sum1, result + column * 16 + 16, result_stride);                                           \
    }                                                                                                         \
    if (column < columns) {                                                                                   \
      _tile_zero(sum0);                                                                                       \
      for (int k = 0; k < depth; k++) {                                                                       \
        _tile_loadd(rows, a + k * 64, left_stride);                                                           \
        _tile_loadd(3, b + k * 16 * right_stride + column * 64, right_stride);                                \
        _tile_dpbf16ps(sum0, rows, 3);                                                                        \
      }                                                                                                       \
      _tile_stored(sum0, result + column * 16, result_stride);                                                \
    }                                                                                                         \
  }
TILE_PRODUCT(tiles_multiply_first, 0, 1, 2)
TILE_PRODUCT(tiles_multiply_second, 5, 6, 7)
#undef TILE_PRODUCT

// Exchanges rows and columns of 16 × 16 elements of four bytes in registers.
TILE_CODE void tiles_exchange(__m512i r[16]) {
  __m512i t[16];
  for (int i = 0; i < 16; i += 2) {
    t[i] = _mm512_unpacklo_epi32(r[i], r[i + 1]);
    t[i + 1] = _mm512_unpackhi_epi32(r[i], r[i + 1]);
  }
  for (int i = 0; i < 16; i += 4) {
    r[i] = _mm512_unpacklo_epi64(t[i], t[i + 2]);
    r[i + 1] = _mm512_unpackhi_epi64(t[i], t[i + 2]);
    r[i + 2] = _mm512_unpacklo_epi64(t[i + 1], t[i + 3]);
    r[i + 3] = _mm512_unpackhi_epi64(t[i + 1], t[i + 3]);
  }
  for (int i = 0; i < 4; i++) {
    t[i] = _mm512_shuffle_i32x4(r[i], r[i + 4], 0x88);
    t[i + 4] = _mm512_shuffle_i32x4(r[i], r[i + 4], 0xdd);
    t[i + 8] = _mm512_shuffle_i32x4(r[i + 8], r[i + 12], 0x88);
    t[i + 12] = _mm512_shuffle_i32x4(r[i + 8], r[i + 12], 0xdd);
  }
  for (int i = 0; i < 8; i++) {
    r[i] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0x88);
    r[i + 8] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0xdd);
  }
}

// The pairs of a transposed right operand: `count` rows (at most 16) of 32 numbers become 16 rows of 16 pairs, zeros where there is
// no row. Strides in bytes.
TILE_CODE void tiles_pair_columns(
    const void *source, ptrdiff_t source_stride, int count, void *target, ptrdiff_t target_stride) {
  __m512i r[16];
  for (int i = 0; i < 16; i++)
    r[i] = i < count ? _mm512_loadu_si512((const char *)source + i * source_stride) : _mm512_setzero_si512();
  tiles_exchange(r);
  for (int i = 0; i < 16; i++) _mm512_storeu_si512((char *)target + i * target_stride, r[i]);
}

// Numbers of two rows, in turns.
TILE_CODE __m512i tiles_interleave(__m256i upper, __m256i lower) {
  return _mm512_or_si512(_mm512_cvtepu16_epi32(upper), _mm512_slli_epi32(_mm512_cvtepu16_epi32(lower), 16));
}

// The pairs of a right operand: `count` rows of `16 · columns` numbers become `pairs` rows of as many pairs, zeros where there is no
// row. Strides in bytes.
TILE_CODE void tiles_pair_rows(
    const void *source, ptrdiff_t source_stride, int count, int columns, int pairs, void *target) {
  for (int pair = 0; pair < pairs; pair++) {
    const char *upper = (const char *)source + 2 * pair * source_stride;
    char *row = (char *)target + (ptrdiff_t)pair * columns * 64;
    for (int column = 0; column < columns; column++) {
      const __m256i zero = _mm256_setzero_si256();
      const __m256i a = 2 * pair < count ? _mm256_loadu_si256((const __m256i *)(upper + column * 32)) : zero;
      const __m256i b = 2 * pair + 1 < count
          ? _mm256_loadu_si256((const __m256i *)(upper + source_stride + column * 32)) : zero;
      _mm512_storeu_si512(row + column * 64, tiles_interleave(a, b));
    }
  }
}

// A transposed left operand: `count` rows (at most 32) of 16 numbers become 16 rows of 32, zeros where there is no row. Strides in
// bytes.
TILE_CODE void tiles_transpose(
    const void *source, ptrdiff_t source_stride, int count, void *target, ptrdiff_t target_stride) {
  __m512i r[16];
  for (int pair = 0; pair < 16; pair++) {
    const __m256i zero = _mm256_setzero_si256();
    const char *upper = (const char *)source + 2 * pair * source_stride;
    const __m256i a = 2 * pair < count ? _mm256_loadu_si256((const __m256i *)upper) : zero;
    const __m256i b = 2 * pair + 1 < count ? _mm256_loadu_si256((const __m256i *)(upper + source_stride)) : zero;
    r[pair] = tiles_interleave(a, b);
  }
  tiles_exchange(r);
  for (int i = 0; i < 16; i++) _mm512_storeu_si512((char *)target + i * target_stride, r[i]);
}

#undef TILE_CODE
#endif
