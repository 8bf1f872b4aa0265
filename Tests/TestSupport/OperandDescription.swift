package import RandomKeys
package import Tensors

/// One array that an operation record starts from.
package struct OperandDescription: Sendable {
  package enum Role: Sendable {
    /// Given at each execution.
    case input
    /// Changed by training.
    case parameter
    /// Given at each execution, and never differentiated by, such as a target.
    case data
  }

  /// From which numbers the elements are drawn, uniformly.
  package enum Values: Sendable {
    /// Between -2 and 2.
    case any
    /// Between 0.4 and 2.4, for logarithms, roots and divisors.
    case positive
    /// Between 0.1 and 2 or their negatives: no difference step crosses zero, where a slope jumps.
    case awayFromZero
    /// Each row a probability distribution.
    case distribution
  }

  package let name: String
  package let shape: Shape
  package let role: Role
  package let values: Values

  package static func input(
    _ name: String, _ shape: Shape, _ values: Values = .any
  ) -> OperandDescription {
    OperandDescription(name: name, shape: shape, role: .input, values: values)
  }

  package static func parameter(
    _ name: String, _ shape: Shape, _ values: Values = .any
  ) -> OperandDescription {
    OperandDescription(name: name, shape: shape, role: .parameter, values: values)
  }

  package static func data(
    _ name: String, _ shape: Shape, _ values: Values = .any
  ) -> OperandDescription {
    OperandDescription(name: name, shape: shape, role: .data, values: values)
  }

  /// An array to run the record on.
  package func draw(_ key: RandomKey) -> Tensor {
    var elements: [Float]
    switch values {
    case .any: elements = key.uniforms(shape.count, in: -2..<2)
    case .positive: elements = key.uniforms(shape.count, in: 0.4..<2.4)
    case .awayFromZero:
      elements = key.uniforms(shape.count, in: -1.9..<1.9).map { $0 < 0 ? $0 - 0.1 : $0 + 0.1 }
    case .distribution:
      elements = key.uniforms(shape.count, in: 0.1..<1)
      let width = shape[-1]
      for row in stride(from: 0, to: elements.count, by: width) {
        let total = elements[row..<row + width].reduce(0, +)
        for index in row..<row + width { elements[index] /= total }
      }
    }
    return Tensor(shape: shape, elements: elements)
  }
}
