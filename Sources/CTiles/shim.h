// Attention in bfloat16 on the tile registers of x86 processors (AMX), which only intrinsics reach.
//
// A tile holds up to 16 rows of 64 bytes: of a left operand 32 numbers a row; of a right operand 16 pairs of numbers, those of
// two neighbouring rows; of a result 16 single-precision numbers. Strides are in bytes.
// Source: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 1, chapter 18.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__) && defined(__linux__)
#include <immintrin.h>
#include <sys/syscall.h>
#include <unistd.h>

#define TILE_CODE __attribute__((target("amx-tile,amx-bf16,avx512f,avx512bw,avx512vl,avx512bf16"))) static inline

// Asks the system for tile registers; false where processor or system has none.
static inline bool tiles_request(void) {
  enum { request_permission = 0x1023, tile_data = 18 };
  return __builtin_cpu_supports("amx-bf16") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bf16") &&
         syscall(SYS_arch_prctl, request_permission, tile_data) == 0;
}

// Prepares the calling thread: tiles 4 to 6 get `height` rows, at most 16, the others 16.
TILE_CODE void tiles_configure(int height) {
  struct {
    uint8_t palette, start_row, reserved[14];
    uint16_t row_bytes[16];
    uint8_t rows[16];
  } configuration = {.palette = 1};
  for (int tile = 0; tile < 8; tile++) {
    configuration.rows[tile] = (uint8_t)(4 <= tile && tile <= 6 ? height : 16);
    configuration.row_bytes[tile] = 64;
  }
  _tile_loadconfig(&configuration);
}

TILE_CODE void tiles_release(void) { _tile_release(); }

// `left · right` for `rows` rows, 32 · `depth` inner elements and 16 columns, to rows of 16 numbers. The last tile of rows overlaps
// the one before where they do not fill it, as long as there are `available` rows.
#define TILES_DOWN(name, sum0, sum1, factor, height)                                                              \
  TILE_CODE void name(const void *left, ptrdiff_t left_stride, int rows, int available, const void *right,        \
                      ptrdiff_t right_stride, int depth, float *result) {                                         \
    const char *b = (const char *)right;                                                                          \
    for (int row = 0; row < rows; row += 32) {                                                                    \
      const int last = available - (height);                                                                      \
      const int first = row < last ? row : last, second = row + 16 < last ? row + 16 : last;                      \
      const char *a = (const char *)left + first * left_stride, *c = (const char *)left + second * left_stride;   \
      _tile_zero(sum0);                                                                                           \
      _tile_zero(sum1);                                                                                           \
      for (int k = 0; k < depth; k++) {                                                                           \
        _tile_loadd(3, b + k * 16 * right_stride, right_stride);                                                  \
        _tile_loadd(factor, a + k * 64, left_stride);                                                             \
        _tile_dpbf16ps(sum0, factor, 3);                                                                          \
        _tile_loadd(factor, c + k * 64, left_stride);                                                             \
        _tile_dpbf16ps(sum1, factor, 3);                                                                          \
      }                                                                                                           \
      _tile_stored(sum0, result + first * 16, 64);                                                                \
      _tile_stored(sum1, result + second * 16, 64);                                                               \
    }                                                                                                             \
  }
// Of features, whose number is a multiple of 16.
TILES_DOWN(tiles_multiply_features, 0, 1, 2, 16)
// Of keys, with the height that was configured.
TILES_DOWN(tiles_multiply_keys, 4, 5, 6, available < 16 ? available : 16)
#undef TILES_DOWN

// `left · right` for one tile of keys, 32 · `depth` inner elements and 32 · `columns` columns.
TILE_CODE void tiles_multiply_across(
    const void *left, ptrdiff_t left_stride, const void *right, ptrdiff_t right_stride, int depth, int columns,
    float *result, ptrdiff_t result_stride) {
  const char *a = (const char *)left;
  for (int column = 0; column < columns; column++) {
    const char *b = (const char *)right + column * 128;
    _tile_zero(4);
    _tile_zero(5);
    for (int k = 0; k < depth; k++) {
      _tile_loadd(6, a + k * 64, left_stride);
      _tile_loadd(3, b + k * 16 * right_stride, right_stride);
      _tile_dpbf16ps(4, 6, 3);
      _tile_loadd(7, b + k * 16 * right_stride + 64, right_stride);
      _tile_dpbf16ps(5, 6, 7);
    }
    _tile_stored(4, result + column * 32, result_stride);
    _tile_stored(5, result + column * 32 + 16, result_stride);
  }
}

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

// Numbers of two rows, in turns.
TILE_CODE __m512i tiles_interleave(__m256i upper, __m256i lower) {
  return _mm512_or_si512(_mm512_cvtepu16_epi32(upper), _mm512_slli_epi32(_mm512_cvtepu16_epi32(lower), 16));
}

// The transpose as a right operand: `count` rows (at most 16) of 32 numbers become 16 rows of 16 pairs, zeros where there is no row.
TILE_CODE void tiles_pair_columns(
    const void *source, ptrdiff_t source_stride, int count, void *target, ptrdiff_t target_stride) {
  __m512i r[16];
  for (int i = 0; i < 16; i++)
    r[i] = i < count ? _mm512_loadu_si512((const char *)source + i * source_stride) : _mm512_setzero_si512();
  tiles_exchange(r);
  for (int i = 0; i < 16; i++) _mm512_storeu_si512((char *)target + i * target_stride, r[i]);
}

// A right operand: `count` rows of 16 · `columns` numbers become `pairs` rows of as many pairs, zeros where there is no row.
TILE_CODE void tiles_pair_rows(
    const void *source, ptrdiff_t source_stride, int count, int columns, int pairs, void *target) {
  const __m256i zero = _mm256_setzero_si256();
  for (int pair = 0; pair < pairs; pair++) {
    const char *row = (const char *)source + 2 * pair * source_stride;
    for (int column = 0; column < columns; column++) {
      const __m256i *upper = (const __m256i *)(row + column * 32);
      const __m256i *lower = (const __m256i *)(row + source_stride + column * 32);
      _mm512_storeu_si512(
          (char *)target + ((ptrdiff_t)pair * columns + column) * 64,
          tiles_interleave(
              2 * pair < count ? _mm256_loadu_si256(upper) : zero,
              2 * pair + 1 < count ? _mm256_loadu_si256(lower) : zero));
    }
  }
}

// The transpose as a left operand: `count` rows (at most 32) of 16 numbers become 16 rows of 32, zeros where there is no row.
TILE_CODE void tiles_transpose(
    const void *source, ptrdiff_t source_stride, int count, void *target, ptrdiff_t target_stride) {
  __m512i r[16];
  const __m256i zero = _mm256_setzero_si256();
  for (int pair = 0; pair < 16; pair++) {
    const char *row = (const char *)source + 2 * pair * source_stride;
    r[pair] = tiles_interleave(
        2 * pair < count ? _mm256_loadu_si256((const __m256i *)row) : zero,
        2 * pair + 1 < count ? _mm256_loadu_si256((const __m256i *)(row + source_stride)) : zero);
  }
  tiles_exchange(r);
  for (int i = 0; i < 16; i++) _mm512_storeu_si512((char *)target + i * target_stride, r[i]);
}

TILE_CODE void tiles_store_row(__m512 row, void *target, bool rounds) {
  if (rounds) _mm256_storeu_si256((__m256i *)target, (__m256i)_mm512_cvtneps_pbh(row));
  else _mm512_storeu_ps(target, row);
}

// Writes `count` rows of 16 · `columns` numbers, in bfloat16 if it `rounds`.
TILE_CODE void tiles_store(
    const float *source, int count, int columns, void *target, ptrdiff_t target_stride, bool rounds) {
  for (int row = 0; row < count; row++)
    for (int column = 0; column < columns; column++)
      tiles_store_row(
          _mm512_loadu_ps(source + (row * columns + column) * 16),
          (char *)target + row * target_stride + column * (rounds ? 32 : 64), rounds);
}

// Writes the transpose of 16 rows of 16 numbers, `count` of its rows, in bfloat16 if it `rounds`.
TILE_CODE void tiles_store_transposed(
    const float *source, int count, void *target, ptrdiff_t target_stride, bool rounds) {
  __m512i r[16];
  for (int i = 0; i < 16; i++) r[i] = _mm512_loadu_si512(source + i * 16);
  tiles_exchange(r);
  for (int i = 0; i < count; i++)
    tiles_store_row(_mm512_castsi512_ps(r[i]), (char *)target + i * target_stride, rounds);
}

// Fills `count` rows of `bytes`, 32 or 64, with zeros.
TILE_CODE void tiles_clear(void *target, ptrdiff_t stride, int count, int bytes) {
  for (int row = 0; row < count; row++) {
    char *start = (char *)target + row * stride;
    if (bytes == 64) _mm512_storeu_si512(start, _mm512_setzero_si512());
    else _mm256_storeu_si256((__m256i *)start, _mm256_setzero_si256());
  }
}

// `eˣ` for x ≤ 0 to within 2 units in the last place.
TILE_CODE __m512 tiles_exponential(__m512 x) {
  const __m512 bounded = _mm512_max_ps(x, _mm512_set1_ps(-87));
  const __m512 n = _mm512_roundscale_ps(_mm512_mul_ps(bounded, _mm512_set1_ps(1.44269504f)), 8);
  __m512 r = _mm512_fnmadd_ps(n, _mm512_set1_ps(0.693359375f), bounded);
  r = _mm512_fmadd_ps(n, _mm512_set1_ps(2.1219444e-4f), r);
  __m512 series = _mm512_fmadd_ps(r, _mm512_set1_ps(1.3981999e-3f), _mm512_set1_ps(8.333452e-3f));
  series = _mm512_fmadd_ps(series, r, _mm512_set1_ps(4.1665796e-2f));
  series = _mm512_fmadd_ps(series, r, _mm512_set1_ps(0.16666665f));
  series = _mm512_fmadd_ps(series, r, _mm512_set1_ps(0.5f));
  series = _mm512_fmadd_ps(series, _mm512_mul_ps(r, r), _mm512_add_ps(r, _mm512_set1_ps(1)));
  return _mm512_scalef_ps(series, n);
}

// Two rows of 16 numbers as 16 pairs.
TILE_CODE __m512i tiles_pair(__m512 upper, __m512 lower) {
  return tiles_interleave((__m256i)_mm512_cvtneps_pbh(upper), (__m256i)_mm512_cvtneps_pbh(lower));
}

// Which of 16 queries see `key`.
TILE_CODE __mmask16 tiles_sees(__m512i seen, int key) {
  return _mm512_cmpgt_epi32_mask(seen, _mm512_set1_epi32(key));
}

// Weights of 16 queries, in pairs of keys, from rows of their scores, one a key, which it overwrites. Query i sees the first `seen[i]`
// keys. `keys` is a multiple of 16; there are pairs, perhaps of zeros, for the next multiple of 32.
TILE_CODE void tiles_weigh(float *scores, const int32_t *seen, int keys, float scale, bool softmax, void *weights) {
  const __m512i visible = _mm512_loadu_si512(seen);
  const __m512 factor = _mm512_set1_ps(scale);
  __m512 normalizer = factor;
  if (softmax) {
    __m512 largest = _mm512_set1_ps(-3e38f), total = _mm512_setzero_ps();
    for (int key = 0; key < keys; key++)
      largest = _mm512_mask_max_ps(
          largest, tiles_sees(visible, key), largest, _mm512_loadu_ps(scores + key * 16));
    for (int key = 0; key < keys; key++) {
      const __m512 distance = _mm512_mul_ps(_mm512_sub_ps(_mm512_loadu_ps(scores + key * 16), largest), factor);
      const __m512 power = _mm512_maskz_mov_ps(tiles_sees(visible, key), tiles_exponential(distance));
      total = _mm512_add_ps(total, power);
      _mm512_storeu_ps(scores + key * 16, power);
    }
    normalizer = _mm512_maskz_div_ps(tiles_sees(visible, 0), _mm512_set1_ps(1), total);
  }
  for (int key = 0; key < keys; key += 2) {
    const __m512 upper = _mm512_loadu_ps(scores + key * 16), lower = _mm512_loadu_ps(scores + key * 16 + 16);
    _mm512_storeu_si512(
        (char *)weights + key * 32,
        tiles_pair(
            _mm512_maskz_mul_ps(tiles_sees(visible, key), upper, normalizer),
            _mm512_maskz_mul_ps(tiles_sees(visible, key + 1), lower, normalizer)));
  }
  tiles_clear((char *)weights + keys * 32, 64, keys % 32 / 2, 64);
}

// Cotangents of the scores of 16 queries from rows of those of their weights, one a key. Writes them in pairs of keys, and, as well as
// the weights, in rows, one a key, zeros in those behind `keys`.
TILE_CODE void tiles_unweigh(
    const float *scores, const void *weights, const int32_t *seen, int keys, float scale, bool softmax, void *pairs,
    void *weight_rows, void *rows, ptrdiff_t row_stride, int row_count) {
  const __m512i visible = _mm512_loadu_si512(seen), upper_half = _mm512_set1_epi32((int)0xffff0000);
  const __m512 factor = _mm512_set1_ps(scale);
  __m512 projection = _mm512_setzero_ps();
  if (softmax)
    for (int key = 0; key < keys; key += 2) {
      const __m512i both = _mm512_loadu_si512((const char *)weights + key * 32);
      projection = _mm512_mask3_fmadd_ps(
          _mm512_castsi512_ps(_mm512_slli_epi32(both, 16)), _mm512_loadu_ps(scores + key * 16), projection,
          tiles_sees(visible, key));
      projection = _mm512_mask3_fmadd_ps(
          _mm512_castsi512_ps(_mm512_and_si512(both, upper_half)), _mm512_loadu_ps(scores + key * 16 + 16), projection,
          tiles_sees(visible, key + 1));
    }
  for (int key = 0; key < keys; key++) {
    const __m512i both = _mm512_loadu_si512((const char *)weights + key / 2 * 64);
    const __m512i own = key % 2 ? _mm512_and_si512(both, upper_half) : _mm512_slli_epi32(both, 16);
    const __m512 centred = _mm512_sub_ps(_mm512_loadu_ps(scores + key * 16), projection);
    const __m512 share = softmax ? _mm512_mul_ps(_mm512_castsi512_ps(own), factor) : factor;
    const __m256i cotangent =
        (__m256i)_mm512_cvtneps_pbh(_mm512_maskz_mul_ps(tiles_sees(visible, key), centred, share));
    _mm256_storeu_si256((__m256i *)((char *)rows + key * row_stride), cotangent);
    _mm256_storeu_si256(
        (__m256i *)((char *)weight_rows + key * row_stride), _mm512_cvtepi32_epi16(_mm512_srli_epi32(own, 16)));
  }
  for (int key = 0; key < keys; key += 2) {
    const char *row = (const char *)rows + key * row_stride;
    _mm512_storeu_si512(
        (char *)pairs + key * 32,
        tiles_interleave(
            _mm256_loadu_si256((const __m256i *)row), _mm256_loadu_si256((const __m256i *)(row + row_stride))));
  }
  tiles_clear((char *)pairs + keys * 32, 64, keys % 32 / 2, 64);
  tiles_clear((char *)rows + keys * row_stride, row_stride, row_count - keys, 32);
  tiles_clear((char *)weight_rows + keys * row_stride, row_stride, row_count - keys, 32);
}

#undef TILE_CODE
#endif
