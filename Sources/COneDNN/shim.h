#include <dnnl.h>
#include <stdbool.h>

// From the OpenMP runtime that oneDNN uses: threads for parallel regions that the calling thread starts.
extern void omp_set_num_threads(int count);

// Descriptors of oneDNN 2.6 are large structs by value; these functions keep them in C.

// A product of dense or strided arrays of `rank` axes, the last two being the matrices; sums are float32.
// `bias` adds a vector along the last axis, `accumulate` adds to the destination, `addend` adds a dense array of the destination's shape, and `factor` multiplies by one instead.
// With `packed` the right operand comes in the layout that the library likes best, made by `onednn_packing_create`.
static inline dnnl_status_t onednn_matmul_create(
    dnnl_engine_t engine, int rank, const dnnl_dim_t *left, const dnnl_dim_t *left_strides,
    const dnnl_dim_t *right, const dnnl_dim_t *right_strides, const dnnl_dim_t *result,
    const dnnl_dim_t *result_strides, bool bias, bool accumulate, bool addend,
    bool factor, bool packed, dnnl_data_type_t operands, dnnl_data_type_t sum,
    dnnl_data_type_t other, dnnl_primitive_t *primitive, size_t *scratchpad_bytes, const char **implementation) {
  dnnl_memory_desc_t source, weights, destination, vector, combined;
  dnnl_status_t status = dnnl_memory_desc_init_by_strides(&source, rank, left, operands, left_strides);
  if (status) return status;
  status = packed
      ? dnnl_memory_desc_init_by_tag(&weights, rank, right, operands, dnnl_format_tag_any)
      : dnnl_memory_desc_init_by_strides(&weights, rank, right, operands, right_strides);
  if (status) return status;
  status = dnnl_memory_desc_init_by_strides(&destination, rank, result, sum, result_strides);
  if (status) return status;
  status = dnnl_memory_desc_init_by_strides(&combined, rank, result, other, result_strides);
  if (status) return status;
  dnnl_dim_t extents[DNNL_MAX_NDIMS], strides[DNNL_MAX_NDIMS];
  for (int axis = 0; axis < rank; axis++) {
    extents[axis] = axis == rank - 1 ? result[axis] : 1;
    strides[axis] = axis == rank - 1 ? 1 : result[rank - 1];
  }
  status = dnnl_memory_desc_init_by_strides(&vector, rank, extents, dnnl_f32, strides);
  if (status) return status;

  dnnl_matmul_desc_t product;
  status = dnnl_matmul_desc_init(&product, &source, &weights, bias ? &vector : NULL, &destination);
  if (status) return status;
  dnnl_primitive_attr_t attributes;
  status = dnnl_primitive_attr_create(&attributes);
  if (status) return status;
  dnnl_post_ops_t operations;
  dnnl_post_ops_create(&operations);
  if (accumulate) dnnl_post_ops_append_sum(operations, 1.0f);
  if (addend || factor)
    dnnl_post_ops_append_binary(
        operations, addend ? dnnl_binary_add : dnnl_binary_mul, &combined);
  dnnl_primitive_attr_set_post_ops(attributes, operations);
  dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user);

  dnnl_primitive_desc_t description;
  status = dnnl_primitive_desc_create(&description, &product, attributes, engine, NULL);
  dnnl_post_ops_destroy(operations);
  dnnl_primitive_attr_destroy(attributes);
  if (status) return status;
  const dnnl_memory_desc_t *scratchpad =
      dnnl_primitive_desc_query_md(description, dnnl_query_scratchpad_md, 0);
  *scratchpad_bytes = dnnl_memory_desc_get_size(scratchpad);
  dnnl_primitive_desc_query(description, dnnl_query_impl_info_str, 0, (void *)implementation);
  status = dnnl_primitive_create(primitive, description);
  dnnl_primitive_desc_destroy(description);
  return status;
}

// The arguments of a product, in this order: left, right, result, scratchpad, bias, addend or factor.
enum { onednn_matmul_argument_count = 6 };

// Memory objects without storage for each argument; the last two are made only when asked for.
static inline dnnl_status_t onednn_matmul_memories(
    dnnl_primitive_t primitive, dnnl_engine_t engine, bool bias, bool other,
    dnnl_memory_t *memories) {
  const_dnnl_primitive_desc_t description;
  dnnl_status_t status = dnnl_primitive_get_primitive_desc(primitive, &description);
  if (status) return status;
  const dnnl_query_t queries[] = {
      dnnl_query_src_md, dnnl_query_weights_md, dnnl_query_dst_md, dnnl_query_scratchpad_md,
      dnnl_query_weights_md, dnnl_query_exec_arg_md};
  const int indices[] = {0, 0, 0, 0, 1, DNNL_ARG_ATTR_MULTIPLE_POST_OP(0) | DNNL_ARG_SRC_1};
  for (int argument = 0; argument < onednn_matmul_argument_count; argument++) {
    memories[argument] = NULL;
    if ((argument == 4 && !bias) || (argument == 5 && !other)) continue;
    const dnnl_memory_desc_t *layout =
        dnnl_primitive_desc_query_md(description, queries[argument], indices[argument]);
    status = dnnl_memory_create(&memories[argument], layout, engine, DNNL_MEMORY_NONE);
    if (status) return status;
  }
  return dnnl_success;
}

static inline dnnl_status_t onednn_matmul_execute(
    dnnl_primitive_t primitive, dnnl_stream_t stream, const dnnl_memory_t *memories,
    void *const *storage) {
  const int names[] = {
      DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DST, DNNL_ARG_SCRATCHPAD, DNNL_ARG_BIAS,
      DNNL_ARG_ATTR_MULTIPLE_POST_OP(0) | DNNL_ARG_SRC_1};
  dnnl_exec_arg_t arguments[onednn_matmul_argument_count];
  int count = 0;
  for (int argument = 0; argument < onednn_matmul_argument_count; argument++) {
    if (!memories[argument]) continue;
    dnnl_status_t status = dnnl_memory_set_data_handle(memories[argument], storage[argument]);
    if (status) return status;
    arguments[count].arg = names[argument];
    arguments[count++].memory = memories[argument];
  }
  return dnnl_primitive_execute(primitive, stream, count, arguments);
}

// A reorder of the right operand of `product` from rows of `strides` to its packed layout, and the size of that.
static inline dnnl_status_t onednn_packing_create(
    dnnl_engine_t engine, dnnl_primitive_t product, int rank, const dnnl_dim_t *extents,
    const dnnl_dim_t *strides, dnnl_primitive_t *packing, dnnl_memory_t *source,
    dnnl_memory_t *target, size_t *packed_bytes) {
  const_dnnl_primitive_desc_t description;
  dnnl_status_t status = dnnl_primitive_get_primitive_desc(product, &description);
  if (status) return status;
  const dnnl_memory_desc_t *layout =
      dnnl_primitive_desc_query_md(description, dnnl_query_weights_md, 0);
  *packed_bytes = dnnl_memory_desc_get_size(layout);
  dnnl_memory_desc_t plain;
  status = dnnl_memory_desc_init_by_strides(&plain, rank, extents, dnnl_f32, strides);
  if (status) return status;
  dnnl_primitive_desc_t reorder;
  status = dnnl_reorder_primitive_desc_create(&reorder, &plain, engine, layout, engine, NULL);
  if (status) return status;
  status = dnnl_primitive_create(packing, reorder);
  dnnl_primitive_desc_destroy(reorder);
  if (!status) status = dnnl_memory_create(source, &plain, engine, DNNL_MEMORY_NONE);
  if (!status) status = dnnl_memory_create(target, layout, engine, DNNL_MEMORY_NONE);
  return status;
}

static inline dnnl_status_t onednn_packing_execute(
    dnnl_primitive_t packing, dnnl_stream_t stream, dnnl_memory_t source, dnnl_memory_t target,
    void *from, void *to) {
  dnnl_status_t status = dnnl_memory_set_data_handle(source, from);
  if (!status) status = dnnl_memory_set_data_handle(target, to);
  if (status) return status;
  dnnl_exec_arg_t arguments[] = {{DNNL_ARG_FROM, source}, {DNNL_ARG_TO, target}};
  return dnnl_primitive_execute(packing, stream, 2, arguments);
}
