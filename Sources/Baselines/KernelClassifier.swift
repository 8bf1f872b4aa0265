import Episodes
import RealModule

// Dimension key
//   N  examples in an episode      D  dimension of an input      C  classes

/// A vote of all examples, weighted by a Gaussian kernel of their distance to the query:
/// `p(c) ∝ Σ_{yᵢ = c} exp(-|x - xᵢ|² / (2 bandwidth²))`.
///
/// It is the posterior of the class when the query is a copy of one of the examples, any with equal
/// probability, with noise `N(0, bandwidth²)` on each coordinate; for a small bandwidth, the label of
/// the nearest example. Where examples show noisy items, `x = (μ + ε η) / √(1 + ε²)` with item centres
/// and noise from `N(0, 1/D)`, two views of an item differ by `N(0, 2 ε² / ((1 + ε²) D))` on each
/// coordinate, so `bandwidth = ε √(2 / ((1 + ε²) D))` is the strongest known learner of labels that
/// context alone tells. Classes without examples rank last.
///
/// Source: Nadaraya 1964, Watson 1964; the items are those of Reddy 2023,
/// <https://arxiv.org/abs/2312.03002>.
package struct KernelClassifier: EpisodeLearner {
  package let bandwidth: Double

  /// - Parameter bandwidth: positive, in the unit of inputs.
  package init(bandwidth: Double) {
    precondition(bandwidth > 0, "A kernel needs a positive bandwidth.")
    self.bandwidth = bandwidth
  }

  package var name: String { "kernelClassifier" }

  /// - Complexity: O(N² · D)
  func predictions(of episode: Episode) -> [Double] {
    let inputs = episode.realInputs
    let dimension = episode.shape.inputDimension
    let factor = -0.5 / (bandwidth * bandwidth)
    var exponents = [Double](repeating: 0, count: episode.shape.exampleCount)
    var predictions: [Double] = []
    for query in 0..<episode.shape.exampleCount {
      // The nearest of each class is taken out of its sum, so that no sum vanishes.
      var nearest = [Double](repeating: -.infinity, count: episode.classCount)
      for example in 0..<query {
        var distance = 0.0
        for i in 0..<dimension {
          let difference = inputs[query * dimension + i] - inputs[example * dimension + i]
          distance += difference * difference
        }
        exponents[example] = factor * distance
        let label = episode.label(of: example)
        nearest[label] = max(nearest[label], exponents[example])
      }
      var sums = [Double](repeating: 0, count: episode.classCount)
      var counts = [Int](repeating: 0, count: episode.classCount)
      for example in 0..<query {
        let label = episode.label(of: example)
        sums[label] += .exp(exponents[example] - nearest[label])
        counts[label] += 1
      }
      var scores = sums.indices.map { nearest[$0] + .log(sums[$0]) }
      ClassScores.rankUnseen(&scores, counts: counts)
      predictions += scores
    }
    return predictions
  }
}
