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
    let greatest = values.reduce(-.infinity, max)
    let normalizer = greatest + .log(values.reduce(0) { $0 + Double.exp($1 - greatest) })
    return values.map { $0 - normalizer }
  }

  var probabilities: [Double] { logProbabilities.map { Double.exp($0) } }
}
