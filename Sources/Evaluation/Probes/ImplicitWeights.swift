import Baselines
import Episodes

// Dimension key
//   P  contexts      Q  fresh queries      D  dimension of an input

/// The linear functions that are nearest to what a learner predicts after some contexts.
struct ImplicitWeights {
  /// `[P, D]`
  private(set) var weights: [Double] = []
  /// The squares of what the linear functions leave of the predictions for queries that were not
  /// fitted, `[P]`.
  private(set) var residuals: [Double] = []
  /// The squares of these predictions, `[P]`.
  private(set) var squares: [Double] = []

  /// Fits one context by three quarters of its queries.
  ///
  /// - Parameters:
  ///   - queries: `[Q, D]`, of which three quarters are at least `D`.
  ///   - predictions: `[Q]`
  mutating func append(queries: [Float], predictions: [Float], dimension: Int) throws {
    let fitted = predictions.count * 3 / 4
    let examples = Episode(
      inputs: Array(queries.prefix((fitted + 1) * dimension)),
      targets: Array(predictions.prefix(fitted + 1)), of: .real)
    // The gradient of a linear learner is its weights.
    let solution = try LeastSquares().sensitivities(of: fitted, in: [examples])
    var (residual, square) = (0.0, 0.0)
    for query in fitted..<predictions.count {
      let prediction = Double(predictions[query])
      var value = 0.0
      for i in 0..<dimension { value += solution[i] * Double(queries[query * dimension + i]) }
      residual += (prediction - value) * (prediction - value)
      square += prediction * prediction
    }
    weights += solution
    residuals.append(residual)
    squares.append(square)
  }
}
