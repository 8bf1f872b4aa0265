import Episodes

// Dimension key
//   N  examples in an episode      n  examples of the context      D  dimension of an input

/// The Gaussian that a ``BayesianProbit`` has in place of the posterior of the weights.
struct ProbitPosterior {
  /// Sweeps end when no mean of a `w · x` moves by more than this share of its deviation,
  private static let tolerance = 1e-3
  /// or after so many; two or three are common.
  private static let largestSweepCount = 20
  /// A variance of `w · x` below this share of `|x|²` counts as none: all that is left is rounding.
  private static let leastVariance = 1e-12

  private let dimension: Int
  private let noise: Double
  /// `[N, D]`
  private let inputs: [Double]
  /// -1 or 1, `[N]`
  private let signs: [Double]
  private var mean: [Double]
  /// `[D, D]`
  private var covariance: [Double]
  /// The factor of an example is `exp(-½ precision · f² + shift · f)` of `f = w · x`; `[N]` each.
  private var precisions: [Double]
  private var shifts: [Double]
  /// Room for `V x`.
  private var image: [Double]

  /// The prior.
  init(_ episode: Episode, noise: Double) {
    dimension = episode.shape.inputDimension
    self.noise = noise
    inputs = episode.realInputs
    signs = episode.targets.map { $0 > 0.5 ? 1 : -1 }
    mean = [Double](repeating: 0, count: dimension)
    covariance = [Double](repeating: 0, count: dimension * dimension)
    for i in 0..<dimension { covariance[i * dimension + i] = 1 }
    precisions = [Double](repeating: 0, count: signs.count)
    shifts = precisions
    image = mean
  }

  /// The mean of `w · x` over its deviation, the noise's included.
  mutating func argument(of example: Int) -> Double {
    let moments = project(example)
    return moments.mean / (moments.variance + noise * noise).squareRoot()
  }

  /// Takes in an example and lets all factors settle again.
  ///
  /// - Complexity: O(n · D²) for each sweep.
  mutating func observe(_ example: Int) {
    _ = update(example)
    for _ in 0..<Self.largestSweepCount {
      var greatest = 0.0
      for earlier in 0...example { greatest = max(greatest, update(earlier)) }
      guard greatest > Self.tolerance else { break }
    }
  }

  /// Mean and variance of `w · x`, and `|x|²`; leaves `V x` in ``image``.
  private mutating func project(
    _ example: Int
  ) -> (mean: Double, variance: Double, square: Double) {
    let start = example * dimension
    Self.multiply(covariance, inputs, from: start, into: &image)
    var moments = (mean: 0.0, variance: 0.0, square: 0.0)
    for i in 0..<dimension {
      moments.mean += inputs[start + i] * mean[i]
      moments.variance += inputs[start + i] * image[i]
      moments.square += inputs[start + i] * inputs[start + i]
    }
    return moments
  }

  /// The product of a symmetric matrix with a vector, row by row, so that the sums run side by side.
  private static func multiply(
    _ matrix: [Double], _ vector: [Double], from start: Int, into product: inout [Double]
  ) {
    let count = product.count
    precondition(
      matrix.count == count * count && start >= 0 && start + count <= vector.count,
      "Extents of one episode.")
    let (matrix, vector) = (matrix.span, vector.span)
    var product = product.mutableSpan
    for i in 0..<count { product[unchecked: i] = 0 }
    for row in 0..<count {
      let factor = vector[unchecked: start &+ row]
      for i in 0..<count {
        product[unchecked: i] += factor * matrix[unchecked: row &* count &+ i]
      }
    }
  }

  /// Matches the factor of an example.
  ///
  /// - Returns: by how many deviations the mean of its `w · x` moved.
  private mutating func update(_ example: Int) -> Double {
    let moments = project(example)
    guard moments.variance > Self.leastVariance * moments.square else { return 0 }
    // The cavity: all but this factor.
    let remaining = 1 / moments.variance - precisions[example]
    guard remaining > 0 else { return 0 }
    let variance = 1 / remaining
    let center = variance * (moments.mean / moments.variance - shifts[example])
    let deviation = (variance + noise * noise).squareRoot()
    let margin = signs[example] * center / deviation
    let hazard = StandardNormal.hazard(margin)
    // With the constraint the mean is `center + variance · slope` and the variance
    // `variance · (1 - curvature · variance)`.
    let slope = signs[example] * hazard / deviation
    let curvature = hazard * (margin + hazard) / (deviation * deviation)
    let share = 1 - curvature * variance
    guard share > 0 else { return 0 }
    let precision = curvature / share
    let shift = center * precision + slope / share

    let change = precision - precisions[example]
    let scale = 1 / (1 + change * moments.variance)
    let move = (shift - shifts[example] - change * moments.mean) * scale
    precisions[example] = precision
    shifts[example] = shift
    Self.addSquare(of: image, times: -change * scale, to: &covariance)
    for i in 0..<dimension { mean[i] += move * image[i] }
    return abs(move) * moments.variance.squareRoot()
  }

  /// Adds `factor · vector vectorᵀ` to a matrix.
  private static func addSquare(
    of vector: [Double], times factor: Double, to matrix: inout [Double]
  ) {
    let count = vector.count
    precondition(matrix.count == count * count, "Extents of one episode.")
    let vector = vector.span
    var matrix = matrix.mutableSpan
    for row in 0..<count {
      let scale = factor * vector[unchecked: row]
      for i in 0..<count {
        matrix[unchecked: row &* count &+ i] += scale * vector[unchecked: i]
      }
    }
  }
}
