package import Tensors

/// What is known of a parameter before training.
package struct ParameterDescription: Hashable, Sendable {
  /// How its first values are drawn.
  package enum Initialization: Hashable, Sendable {
    case constant(Float)
    /// Normal, mean zero.
    case normal(standardDeviation: Float)
  }

  package let name: String
  /// One word for each axis.
  package let axes: [String]
  package let shape: Shape
  package let initialization: Initialization
}
