import Episodes
import RealModule

// Dimension key
//   D  dimension of an input      K  known classes      C  labels

/// Knows a corpus of classes by their prototypes, and recognises classes that the context shows.
///
/// An item of a class is `x ~ N(m, s² I)`, and its prototype `m ~ N(0, v I)` with `v = 1/D - s²`, so that
/// items have variance `1/D`. An input is of a known class `k` with weight `w_k`; of the class of each
/// example of the context, of which it then has the density `N(x; r x_j, (1 - r²)/D I)` with `r = v D`;
/// or of a class that was never seen, `N(x; 0, I/D)`, whose label is any of `C`. The prediction adds
/// these densities label by label.
///
/// What keeps it from optimal is that examples of one class are not pooled and that the order in which
/// classes come in bursts is not used. Where items of a class are much closer to each other than to
/// others, as in the published settings, it makes no difference.
///
/// Source of the tasks: Reddy 2023, <https://arxiv.org/abs/2312.03002>.
package struct PrototypeRecall: EpisodeLearner {
  /// `[K, D]`
  private let prototypes: [Double]
  /// `[K]`
  private let labels: [Int]
  /// `[K]`: logarithms, -∞ for what does not occur.
  private let weights: [Double]
  /// `s²`
  private let variance: Double

  /// - Parameters:
  ///   - prototypes: `[K, D]`
  ///   - labels: `[K]`
  ///   - weights: `[K]`, probabilities; what they lack to 1 is of classes that are not known.
  ///   - spread: `s`, below `1/√D`.
  package init(prototypes: [Double], labels: [Int], weights: [Double], spread: Double) {
    precondition(
      labels.count == weights.count && spread > 0, "Each prototype has a label and a weight.")
    self.prototypes = prototypes
    self.labels = labels
    self.weights = weights.map { .log($0) }
    variance = spread * spread
  }

  package var name: String { "prototypeRecall" }

  /// - Complexity: O(N · (N + K) · D)
  func predictions(of episode: Episode) -> [Double] {
    let inputs = episode.realInputs
    let dimension = episode.shape.inputDimension
    let classCount = episode.classCount
    precondition(
      prototypes.count == labels.count * dimension, "Prototypes are of the inputs' dimension.")
    let total = 1 / Double(dimension)
    let correlation = 1 - variance / total
    let remaining = total * (1 - correlation * correlation)
    var predictions: [Double] = []
    for example in 0..<episode.shape.exampleCount {
      let input = inputs[example * dimension..<(example + 1) * dimension]
      // A class that was never seen has a small weight, so that it is there if all else is far.
      let unseen = logarithmOfDensity(input, inputs[0..<dimension], scale: 0, variance: total)
      var scores = [Double](repeating: unseen - .log(1000 * Double(classCount)), count: classCount)
      for known in labels.indices where weights[known] > -.infinity {
        let prototype = prototypes[known * dimension..<(known + 1) * dimension]
        let density = logarithmOfDensity(input, prototype, scale: 1, variance: variance)
        scores[labels[known]] = logarithmOfSum(scores[labels[known]], weights[known] + density)
      }
      for seen in 0..<example {
        let label = episode.label(of: seen)
        let other = inputs[seen * dimension..<(seen + 1) * dimension]
        let density = logarithmOfDensity(input, other, scale: correlation, variance: remaining)
        scores[label] = logarithmOfSum(scores[label], density - .log(Double(example)))
      }
      let greatest = scores.reduce(-.infinity, max)
      predictions += scores.map { $0 - greatest }
    }
    return predictions
  }

  /// Of a normal density around `scale · center`, without the constant `(2π)^(-D/2)`.
  private func logarithmOfDensity(
    _ input: ArraySlice<Double>, _ center: ArraySlice<Double>, scale: Double, variance: Double
  ) -> Double {
    var distance = 0.0
    for (x, c) in zip(input, center) { distance += (x - scale * c) * (x - scale * c) }
    return -0.5 * (distance / variance + Double(input.count) * .log(variance))
  }

  private func logarithmOfSum(_ left: Double, _ right: Double) -> Double {
    let greatest = max(left, right)
    return greatest + .log(onePlus: .exp(min(left, right) - greatest))
  }
}
