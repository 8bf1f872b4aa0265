import Baselines
import RealModule

/// Logarithms of the probabilities of classes, up to a constant.
struct Logits {
  private let values: [Double]

  init(_ values: some Sequence<Float>) { self.values = values.map(Double.init) }

  /// The class with the largest logit; of equal ones the first.
  var best: Int {
    var best = 0
    for label in values.indices where values[label] > values[best] { best = label }
    return best
  }

  var logProbabilities: [Double] {
    let normalizer = values.logarithmOfSum
    return values.map { $0 - normalizer }
  }

  var probabilities: [Double] { logProbabilities.map { Double.exp($0) } }
}
