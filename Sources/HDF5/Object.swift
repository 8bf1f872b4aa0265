import CHDF5

/// A group or a dataset: what carries attributes.
package protocol Object: ~Copyable {
  /// Where it stands in the file, such as `/parameters/blocks`.
  var path: String { get }
  /// Its number in the library.
  var number: Int64 { get }
}

extension Object where Self: ~Copyable {
  /// Writes a text of any length.
  ///
  /// - Throws: ``HDF5Error`` if the name is taken.
  package func setAttribute(_ name: String, _ text: String) throws(HDF5Error) {
    try Attribute.write(text, name, on: number, path)
  }

  /// Writes an integer.
  ///
  /// - Throws: ``HDF5Error`` if the name is taken.
  package func setAttribute(_ name: String, _ value: Int) throws(HDF5Error) {
    try setAttribute(name, Int64(value), manabi_H5T_STD_I64LE(), manabi_H5T_NATIVE_INT64())
  }

  /// Writes an integer that is not negative.
  ///
  /// - Throws: ``HDF5Error`` if the name is taken.
  package func setAttribute(_ name: String, _ value: UInt64) throws(HDF5Error) {
    try setAttribute(name, value, manabi_H5T_STD_U64LE(), manabi_H5T_NATIVE_UINT64())
  }

  private func setAttribute<Value: FixedWidthInteger>(
    _ name: String, _ value: Value, _ fileType: hid_t, _ memoryType: hid_t
  ) throws(HDF5Error) {
    let bytes = [value]
    let outcome = bytes.withUnsafeBytes { bytes in
      Result { () throws(HDF5Error) in
        try Attribute.write(bytes, as: fileType, from: memoryType, name, on: number, path)
      }
    }
    try outcome.get()
  }

  /// Whether there is an attribute of that name (`H5Aexists`).
  ///
  /// - Throws: ``HDF5Error`` if the file is broken.
  package func hasAttribute(_ name: String) throws(HDF5Error) -> Bool {
    let number = number
    return try Library.call("H5Aexists", "\(path)@\(name)") { H5Aexists(number, name) } > 0
  }

  /// Reads a text.
  ///
  /// - Throws: ``HDF5Error`` if it is missing or no text of variable length.
  package func text(_ name: String) throws(HDF5Error) -> String {
    try Attribute.text(name, on: number, path)
  }

  /// Reads an integer.
  ///
  /// - Throws: ``HDF5Error`` if it is missing or no integer.
  package func integer(_ name: String) throws(HDF5Error) -> Int {
    Int(
      try Attribute.integer(
        Int64.self, as: manabi_H5T_NATIVE_INT64(), name, on: number, path))
  }

  /// Reads an integer that is not negative.
  ///
  /// - Throws: ``HDF5Error`` if it is missing or no integer.
  package func unsignedInteger(_ name: String) throws(HDF5Error) -> UInt64 {
    try Attribute.integer(UInt64.self, as: manabi_H5T_NATIVE_UINT64(), name, on: number, path)
  }
}
