import RealModule

// Dimension key
//   D  dimension of an input      C  classes

/// What a ``BayesianDiscriminant`` knows after some examples.
///
/// Given the common covariance `Σ`, class means are Gaussian with means `means` and covariance
/// `spreads ⊗ Σ`; `Σ` follows an inverse Wishart law with the inverse scale `precision`.
struct DiscriminantPosterior {
  private let classCount: Int
  private let dimension: Int
  private let noise: Double
  private var degreesOfFreedom: Double
  /// `[C, D]`
  private var means: [Double]
  /// `[C, C]`
  private var spreads: [Double]
  /// `[D, D]`
  private var precision: [Double]

  /// The prior.
  init(_ model: BayesianDiscriminant, classCount: Int, dimension: Int) {
    self.classCount = classCount
    self.dimension = dimension
    noise = model.spread * model.spread
    degreesOfFreedom = Double(model.latentDimension + dimension + 3)
    means = [Double](repeating: 0, count: classCount * dimension)
    spreads = [Double](repeating: model.covariance, count: classCount * classCount)
    for label in 0..<classCount { spreads[label * classCount + label] = model.variance }
    // The scale `(K + 2) I` gives `Σ` the mean `I`.
    precision = [Double](repeating: 0, count: dimension * dimension)
    for i in 0..<dimension {
      precision[i * dimension + i] = 1 / Double(model.latentDimension + 2)
    }
  }

  /// The logarithm of the density of `input` in class `label`, up to what all classes share.
  func logarithmOfDensity(of input: [Double], label: Int) -> Double {
    let scale = spreads[label * classCount + label] + noise
    let deviation = deviation(of: input, from: label)
    let image = whitened(deviation)
    var square = 0.0
    for i in 0..<dimension { square += deviation[i] * image[i] }
    return -0.5 * Double(dimension) * .log(scale)
      - 0.5 * (degreesOfFreedom + 1) * .log(onePlus: square / scale)
  }

  /// Updates the posterior with an example.
  mutating func observe(_ input: [Double], label: Int) {
    let scale = spreads[label * classCount + label] + noise
    let deviation = deviation(of: input, from: label)
    let image = whitened(deviation)
    let row = Array(spreads[label * classCount..<(label + 1) * classCount])
    var square = 0.0
    for i in 0..<dimension { square += deviation[i] * image[i] }
    // The inverse of `S + d dᵀ / scale`, after Sherman and Morrison.
    for i in 0..<dimension {
      for j in 0..<dimension {
        precision[i * dimension + j] -= image[i] * image[j] / (scale + square)
      }
    }
    for other in 0..<classCount {
      for i in 0..<dimension {
        means[other * dimension + i] += row[other] / scale * deviation[i]
      }
      for third in 0..<classCount {
        spreads[other * classCount + third] -= row[other] * row[third] / scale
      }
    }
    degreesOfFreedom += 1
  }

  private func deviation(of input: [Double], from label: Int) -> [Double] {
    (0..<dimension).map { input[$0] - means[label * dimension + $0] }
  }

  /// `precision · vector`
  private func whitened(_ vector: [Double]) -> [Double] {
    (0..<dimension).map { row in
      var sum = 0.0
      for i in 0..<dimension { sum += precision[row * dimension + i] * vector[i] }
      return sum
    }
  }
}
