#include <hdf5.h>
#include <hdf5_hl.h>

// Swift cannot see the macros below: they call H5open() before they name a value.

static inline hid_t manabi_H5P_FILE_ACCESS(void) { return H5P_FILE_ACCESS; }
static inline hid_t manabi_H5P_FILE_CREATE(void) { return H5P_FILE_CREATE; }
static inline hid_t manabi_H5P_GROUP_CREATE(void) { return H5P_GROUP_CREATE; }
static inline hid_t manabi_H5P_DATASET_CREATE(void) { return H5P_DATASET_CREATE; }
static inline hid_t manabi_H5P_DEFAULT(void) { return H5P_DEFAULT; }
static inline hsize_t manabi_H5S_UNLIMITED(void) { return H5S_UNLIMITED; }
static inline hid_t manabi_H5S_ALL(void) { return H5S_ALL; }
static inline hid_t manabi_H5E_DEFAULT(void) { return H5E_DEFAULT; }
static inline unsigned manabi_H5F_ACC_TRUNC(void) { return H5F_ACC_TRUNC; }
static inline unsigned manabi_H5F_ACC_RDONLY(void) { return H5F_ACC_RDONLY; }
static inline size_t manabi_H5T_VARIABLE(void) { return H5T_VARIABLE; }
static inline hid_t manabi_H5T_C_S1(void) { return H5T_C_S1; }
static inline hid_t manabi_H5T_IEEE_F32LE(void) { return H5T_IEEE_F32LE; }
static inline hid_t manabi_H5T_IEEE_F64LE(void) { return H5T_IEEE_F64LE; }
static inline hid_t manabi_H5T_STD_I32LE(void) { return H5T_STD_I32LE; }
static inline hid_t manabi_H5T_STD_I64LE(void) { return H5T_STD_I64LE; }
static inline hid_t manabi_H5T_STD_U8LE(void) { return H5T_STD_U8LE; }
static inline hid_t manabi_H5T_STD_U64LE(void) { return H5T_STD_U64LE; }
static inline hid_t manabi_H5T_STD_REF_OBJ(void) { return H5T_STD_REF_OBJ; }
static inline hid_t manabi_H5T_NATIVE_FLOAT(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t manabi_H5T_NATIVE_DOUBLE(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t manabi_H5T_NATIVE_INT32(void) { return H5T_NATIVE_INT32; }
static inline hid_t manabi_H5T_NATIVE_INT64(void) { return H5T_NATIVE_INT64; }
static inline hid_t manabi_H5T_NATIVE_UINT8(void) { return H5T_NATIVE_UINT8; }
static inline hid_t manabi_H5T_NATIVE_UINT64(void) { return H5T_NATIVE_UINT64; }

// The name stands for other functions in other versions of the library.
static inline int manabi_link_is_hard(hid_t group, const char *name) {
  H5L_info_t information;
  if (H5Lget_info(group, name, &information, H5P_DEFAULT) < 0) return -1;
  return information.type == H5L_TYPE_HARD;
}

// The structure that names the number stands for others in other versions of the library.
static inline long long manabi_attribute_count(hid_t object) {
#if H5_VERSION_GE(1, 12, 0)
  H5O_info2_t information;
  if (H5Oget_info3(object, &information, H5O_INFO_NUM_ATTRS) < 0) return -1;
#else
  H5O_info_t information;
  if (H5Oget_info2(object, &information, H5O_INFO_NUM_ATTRS) < 0) return -1;
#endif
  return (long long)information.num_attrs;
}
