import CHDF5

/// The types of array elements that every reader of HDF5 knows.
package enum ElementType: String, CaseIterable, Codable, Sendable {
  case float32, float64, int32, int64, uint8

  /// Bytes of an element.
  package var size: Int {
    switch self {
    case .float32, .int32: 4
    case .float64, .int64: 8
    case .uint8: 1
    }
  }

  /// How an element lies in a file: little-endian, whatever machine writes it.
  var fileType: hid_t {
    switch self {
    case .float32: manabi_H5T_IEEE_F32LE()
    case .float64: manabi_H5T_IEEE_F64LE()
    case .int32: manabi_H5T_STD_I32LE()
    case .int64: manabi_H5T_STD_I64LE()
    case .uint8: manabi_H5T_STD_U8LE()
    }
  }

  /// How an element lies in memory.
  var memoryType: hid_t {
    switch self {
    case .float32: manabi_H5T_NATIVE_FLOAT()
    case .float64: manabi_H5T_NATIVE_DOUBLE()
    case .int32: manabi_H5T_NATIVE_INT32()
    case .int64: manabi_H5T_NATIVE_INT64()
    case .uint8: manabi_H5T_NATIVE_UINT8()
    }
  }
}

/// A number that can be an element of a dataset.
package protocol DatasetElement: Sendable {
  static var elementType: ElementType { get }
  static var zero: Self { get }
}

extension Float: DatasetElement {
  package static var elementType: ElementType { .float32 }
}

extension Double: DatasetElement {
  package static var elementType: ElementType { .float64 }
}

extension Int32: DatasetElement {
  package static var elementType: ElementType { .int32 }
}

extension Int64: DatasetElement {
  package static var elementType: ElementType { .int64 }
}

extension UInt8: DatasetElement {
  package static var elementType: ElementType { .uint8 }
}
