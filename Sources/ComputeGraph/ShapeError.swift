package import Tensors

/// Operands that do not fit an operation.
package struct ShapeError: Error, Equatable, CustomStringConvertible {
  package let operation: String
  package let operands: [Shape]
  package let requirement: String

  package var description: String {
    "\(operation) of \(operands.map(\.description).joined(separator: " and ")): \(requirement)"
  }
}
