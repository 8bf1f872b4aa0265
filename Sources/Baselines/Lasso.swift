import Episodes

// Dimension key
//   k  examples of the context      D  dimension of an input

/// Linear regression that prefers few weights: `w` minimises `1/(2k) Σ (yᵢ - w · xᵢ)² + α |w|₁`.
///
/// Solved anew for every prediction by coordinate descent that starts from the solution before it.
///
/// Source: Garg et al. 2022, <https://arxiv.org/abs/2208.01066>.
package struct Lasso: EpisodeLearner {
  /// Descent ends when a sweep changes no weight by more than this share of the largest.
  static let tolerance = 1e-6
  /// Where there are more weights than examples some directions are nearly flat.
  static let sweepLimit = 1000

  /// `α`
  package let penalty: Double

  /// - Parameter penalty: positive.
  package init(penalty: Double) {
    precondition(penalty > 0, "Lasso needs a positive penalty.")
    self.penalty = penalty
  }

  package var name: String { "lasso" }

  /// - Complexity: O(N · D²) for each of some sweeps.
  func predictions(of episode: Episode) -> [Double] {
    var weights = [Double](repeating: 0, count: episode.shape.inputDimension)
    return ContextMoments.predictions(of: episode) { input, context in
      minimize(&weights, context)
      return weights.product(with: input)
    }
  }

  private func minimize(_ weights: inout [Double], _ context: ContextMoments) {
    let threshold = penalty * Double(context.count)
    let image = context.inputs.product(vector: weights)
    // Σ (y - w · x) x
    var gradient = zip(context.products, image).map { $0 - $1 }
    for _ in 0..<Self.sweepLimit {
      var largestChange = 0.0
      for i in weights.indices {
        let row = i * context.dimension
        let square = context.inputs[row + i]
        guard square > 0 else { continue }
        let pull = gradient[i] + square * weights[i]
        let shrunk = pull > threshold ? pull - threshold : min(0, pull + threshold)
        let change = shrunk / square - weights[i]
        guard change != 0 else { continue }
        weights[i] += change
        for j in gradient.indices { gradient[j] -= change * context.inputs[row + j] }
        largestChange = max(largestChange, abs(change))
      }
      let largest = weights.reduce(0) { max($0, abs($1)) }
      // Written so that what is not a number ends it, too.
      guard largestChange > Self.tolerance * largest else { break }
    }
  }
}
