import RealModule

// Dimension key
//   D  dimension of an input

/// The covariance of the values of a random function at two inputs.
package enum CovarianceKernel: Hashable, Sendable {
  /// `v x · x'`: linear functions with weights of variance `v`.
  case linear(variance: Double)
  /// `v Σ xᵢ² x'ᵢ²`: weighted sums of squares, with weights of variance `v`.
  case squares(variance: Double)
  /// `a² exp(-|x - x'|² / (2 l²))`: smooth functions with amplitude `a` and length scale `l`.
  case squaredExponential(lengthScale: Double, amplitude: Double)
  /// `v/π |x| |x'| (sin θ + (π - θ) cos θ)` with the angle `θ` between the inputs: sums over `r → ∞`
  /// units `√(2v/r) a relu(w · x)` with standard normal `a` and `w`.
  case rectifiedLinear(variance: Double)
  /// `v sᴴ` with the share `s` of coordinates that are positive in both inputs or in neither: values
  /// of variance `v` of the leaves of random trees of depth `H`, whose nodes ask for the signs of
  /// coordinates chosen uniformly. Two inputs part at a node with probability `1 - s`.
  case signTree(depth: Int, variance: Double)

  /// The covariance at the inputs that begin at two places of a span.
  ///
  /// - Parameters:
  ///   - inputs: several inputs of `D` numbers.
  ///   - first: where one of them begins.
  ///   - second: where the other begins.
  ///   - dimension: `D`
  func covariance(
    _ inputs: Span<Double>, at first: Int, _ second: Int, dimension: Int
  ) -> Double {
    switch self {
    case .linear(let variance):
      return variance * product(inputs, first, second, dimension)
    case .squares(let variance):
      var sum = 0.0
      for i in 0..<dimension {
        let factor = inputs[first + i] * inputs[second + i]
        sum += factor * factor
      }
      return variance * sum
    case .squaredExponential(let lengthScale, let amplitude):
      var square = 0.0
      for i in 0..<dimension {
        let difference = inputs[first + i] - inputs[second + i]
        square += difference * difference
      }
      return amplitude * amplitude * .exp(-0.5 * square / (lengthScale * lengthScale))
    case .rectifiedLinear(let variance):
      let lengths = Double.sqrt(
        product(inputs, first, first, dimension) * product(inputs, second, second, dimension))
      let product = product(inputs, first, second, dimension)
      let height = Double.sqrt(max(0, lengths * lengths - product * product))
      let angle = Double.atan2(y: height, x: product)
      return variance / .pi * (height + (.pi - angle) * product)
    case .signTree(let depth, let variance):
      var matches = 0
      for i in 0..<dimension where (inputs[first + i] > 0) == (inputs[second + i] > 0) {
        matches += 1
      }
      return variance * .pow(Double(matches) / Double(dimension), depth)
    }
  }

  private func product(
    _ inputs: Span<Double>, _ first: Int, _ second: Int, _ dimension: Int
  ) -> Double {
    var sum = 0.0
    for i in 0..<dimension { sum += inputs[first + i] * inputs[second + i] }
    return sum
  }
}
