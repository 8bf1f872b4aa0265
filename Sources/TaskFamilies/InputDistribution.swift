package import RandomKeys

/// How inputs are distributed, each coordinate alone.
package enum InputDistribution: String, Codable, CaseIterable, Sendable {
  /// `N(0, scale²)`
  case gaussian
  /// `U(-scale, scale)`
  case uniform

  /// Fills `inputs` with independent numbers.
  package func fill(_ inputs: inout MutableSpan<Float>, scale: Float, _ key: RandomKey) {
    switch self {
    case .gaussian: key.fillNormals(&inputs, standardDeviation: scale)
    case .uniform: key.fillUniforms(&inputs, in: -scale..<scale)
    }
  }

  /// The mean square of a coordinate.
  package func variance(scale: Float) -> Double {
    let square = Double(scale) * Double(scale)
    return switch self {
    case .gaussian: square
    case .uniform: square / 3
    }
  }
}
