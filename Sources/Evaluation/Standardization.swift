import Storage

// Dimension key
//   R  rows      F  features

/// Shifts and scales that give every feature of a context mean 0 and variance 1.
///
/// A feature that is constant in the context tells nothing there and becomes zero, in queries too.
struct Standardization {
  /// How many standard deviations from the mean a value may lie; what lies farther is moved here.
  ///
  /// Keeps a misplaced decimal point in a query from overflowing single precision in a model.
  private static let reach: Double = 1000

  private let means: [Double]
  /// `[F]`: one over the standard deviation; zero for constant features.
  private let scales: [Double]

  init(context: FeatureTable) {
    let width = context.columns.count
    let count = Double(context.rowCount)
    var means = [Double](repeating: 0, count: width)
    var scales = [Double](repeating: 0, count: width)
    for feature in 0..<width {
      let values = stride(from: feature, to: context.values.count, by: width).map {
        context.values[$0]
      }
      let mean = values.reduce(0) { $0 + $1 / count }
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      // Compared as they stand: rounding gives equal numbers a variance slightly above zero.
      let isConstant = values.allSatisfy { $0 == values.first }
      means[feature] = mean
      scales[feature] = isConstant || variance == 0 ? 0 : 1 / variance.squareRoot()
    }
    self.means = means
    self.scales = scales
  }

  /// `[R, F]`
  func applied(to table: FeatureTable) -> [Float] {
    let width = means.count
    return table.values.enumerated().map { index, value in
      let score = (value - means[index % width]) * scales[index % width]
      return Float(min(max(score, -Self.reach), Self.reach))
    }
  }
}
