/// A call of the HDF5 library that failed.
package struct HDF5Error: Error, Equatable {
  /// The C function, such as `H5Dopen2`.
  package let function: String
  /// The path of the object it was called for, such as `/parameters/readout/weight`.
  package let object: String
  /// The library's own account, outermost failure first.
  package let message: String
}

extension HDF5Error: CustomStringConvertible {
  package var description: String { "\(function) failed for `\(object)`: \(message)" }
}
