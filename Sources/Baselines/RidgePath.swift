// Dimension key
//   n  fitted rows      m  rows      D  features      C  targets

/// Ridge regressions on the same features, of any targets and with every penalty, for the price of one
/// decomposition.
///
/// Features are brought to mean zero and variance one, targets to mean zero: the penalty weighs all
/// features alike and leaves the intercept alone. With the eigensystem `XᵀX = V Λ Vᵀ` the solution
/// for a penalty is `V (Λ + penalty)⁻¹ Vᵀ Xᵀ Y`.
///
/// Source: Golub and Van Loan 2013, "Matrix Computations", 4th edition, section 6.1.4.
package struct RidgePath: Sendable {
  /// `n`
  private let count: Int
  /// Of each feature.
  private let means: [Double]
  /// Reciprocals of standard deviations, zero where a feature never changes.
  private let scales: [Double]
  /// `Λ`, `[D]`
  private let values: [Double]
  /// `V`, `[D, D]`
  private let vectors: [Double]
  /// `X V`, `[n, D]`
  private let turned: [Double]

  /// - Parameters:
  ///   - features: `[n, D]`
  ///   - count: `n`, at least 2.
  /// - Complexity: O(n·D² + D³)
  package init(features: [Float], count: Int) {
    precondition(
      count > 1 && !features.isEmpty && features.count % count == 0,
      "A fit has rows of features.")
    let dimension = features.count / count
    let moments = Self.moments(features, count: count, dimension: dimension)
    let scales = moments.variances.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
    let rows = Self.standardized(features, moments.means, scales)
    let system = SymmetricEigensystem(
      of: Self.crossProducts(rows, rows, count: count), count: dimension)
    let vectors = (0..<dimension * dimension).map { place in
      system.vectors[place % dimension * dimension + place / dimension]
    }
    self.count = count
    self.scales = scales
    self.vectors = vectors
    means = moments.means
    // Rounding may leave an eigenvalue of zero slightly negative.
    values = system.values.map { max(0, $0) }
    turned = Self.product(rows, vectors, rows: count)
  }

  /// Predictions for other rows, of targets that are known for the fitted ones.
  ///
  /// - Parameters:
  ///   - features: `[m, D]`
  ///   - targets: `[n, C]`
  ///   - penalties: each positive, for every fitted row: the penalty on the squared weights is this
  ///     times `n`.
  /// - Returns: for each penalty `[m, C]`.
  /// - Complexity: O(m·D² + n·D·C + m·D·C·penalties)
  package func predictions(
    for features: [Float], fittedTo targets: [Double], penalties: [Double]
  ) -> [[Double]] {
    let dimension = means.count
    precondition(
      !features.isEmpty && features.count % dimension == 0 && !targets.isEmpty
        && targets.count % count == 0, "Rows have the features and targets that are fitted.")
    let (rows, width) = (features.count / dimension, targets.count / count)
    var targetMeans = [Double](repeating: 0, count: width)
    for (index, target) in targets.enumerated() {
      targetMeans[index % width] += target / Double(count)
    }
    let centred = targets.enumerated().map { $1 - targetMeans[$0 % width] }
    let products = Self.crossProducts(turned, centred, count: count)
    let asked = Self.product(
      Self.standardized(features, means, scales), vectors, rows: rows)
    return penalties.map { penalty in
      precondition(penalty > 0, "A penalty is positive.")
      let weights = products.enumerated().map { place, product in
        product / (values[place / width] + penalty * Double(count))
      }
      return Self.product(asked, weights, rows: rows).enumerated().map {
        $1 + targetMeans[$0 % width]
      }
    }
  }

  private static func moments(
    _ features: [Float], count: Int, dimension: Int
  ) -> (means: [Double], variances: [Double]) {
    var means = [Double](repeating: 0, count: dimension)
    for (index, feature) in features.enumerated() {
      means[index % dimension] += Double(feature) / Double(count)
    }
    var variances = [Double](repeating: 0, count: dimension)
    for (index, feature) in features.enumerated() {
      let deviation = Double(feature) - means[index % dimension]
      variances[index % dimension] += deviation * deviation / Double(count)
    }
    return (means, variances)
  }

  private static func standardized(
    _ features: [Float], _ means: [Double], _ scales: [Double]
  ) -> [Double] {
    features.enumerated().map { index, feature in
      (Double(feature) - means[index % means.count]) * scales[index % means.count]
    }
  }

  /// `Aᵀ B` of two matrices of `count` rows each.
  private static func crossProducts(
    _ left: [Double], _ right: [Double], count: Int
  ) -> [Double] {
    let (rows, columns) = (left.count / count, right.count / count)
    var sums = [Double](repeating: 0, count: rows * columns)
    var target = sums.mutableSpan
    let (left, right) = (left.span, right.span)
    for index in 0..<count {
      for row in 0..<rows {
        let factor = left[index * rows + row]
        let (from, to) = (index &* columns, row &* columns)
        // In bounds by the extents, which divide the counts.
        for column in 0..<columns {
          target[unchecked: to &+ column] += factor * right[unchecked: from &+ column]
        }
      }
    }
    return sums
  }

  /// `A B` of matrices of which the left one has `rows` rows.
  private static func product(_ left: [Double], _ right: [Double], rows: Int) -> [Double] {
    let inner = left.count / rows
    let columns = right.count / inner
    var sums = [Double](repeating: 0, count: rows * columns)
    var target = sums.mutableSpan
    let (left, right) = (left.span, right.span)
    for row in 0..<rows {
      for index in 0..<inner {
        let factor = left[row * inner + index]
        let (from, to) = (index &* columns, row &* columns)
        // In bounds by the extents, which divide the counts.
        for column in 0..<columns {
          target[unchecked: to &+ column] += factor * right[unchecked: from &+ column]
        }
      }
    }
    return sums
  }
}
