internal import Tensors

/// An array in a function under construction.
struct Operand: Hashable, Sendable {
  /// Such as `%12`.
  let name: String
  let type: TensorType

  var shape: Shape { type.shape }
}
