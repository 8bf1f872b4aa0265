import Episodes
import RealModule

// Dimension key
//   N  examples in an episode      C  classes      H  hypotheses

/// The Bayes-optimal learner of a finite class of functions, by enumeration.
///
/// A hypothesis with prior weight `π` that `m` examples of the context contradict has posterior weight
/// `∝ π ρᵐ`, where `ρ = errorRate / ((1 - errorRate)(C - 1))`: labels are wrong with probability
/// `errorRate`, every wrong class alike. With rate 0 the hypotheses without a contradiction remain, or
/// those with the fewest if there is none; classes that none of them predicts rank last.
package struct VersionSpaceLearner: EpisodeLearner {
  /// Writes the classes that the hypotheses give to an input, `[H]`.
  package typealias Classification =
    @Sendable (_ input: Span<Float>, _ classes: inout MutableSpan<UInt8>) -> Void

  package let name: String
  package let errorRate: Double
  /// `[H]`
  private let weights: [Double]
  private let classify: Classification

  /// - Parameters:
  ///   - name: under which reports list the learner.
  ///   - weights: `[H]`: prior weights, positive, up to a common factor.
  ///   - errorRate: in 0 ..< 1.
  ///   - classify: what the hypotheses say.
  package init(
    name: String, weights: [Double], errorRate: Double = 0, classify: @escaping Classification
  ) {
    precondition(
      !weights.isEmpty && weights.allSatisfy { $0 > 0 } && errorRate >= 0 && errorRate < 1,
      "A version space has hypotheses with positive weights, and errors are exceptions.")
    self.name = name
    self.weights = weights
    self.errorRate = errorRate
    self.classify = classify
  }

  /// - Complexity: O(N · H)
  func predictions(of episode: Episode) -> [Double] {
    let dimension = episode.shape.inputDimension
    let classCount = episode.classCount
    let ratio = errorRate / ((1 - errorRate) * Double(max(1, classCount - 1)))
    let powers = (0...episode.shape.exampleCount).map { Double.pow(ratio, $0) }
    var mistakes = [Int32](repeating: 0, count: weights.count)
    var classes = [UInt8](repeating: 0, count: weights.count)
    var predictions: [Double] = []
    for example in 0..<episode.shape.exampleCount {
      var span = classes.mutableSpan
      classify(
        episode.inputs.span.extracting(example * dimension..<(example + 1) * dimension), &span)
      var masses = [Double](repeating: 0, count: classCount)
      let least = mistakes.reduce(Int32.max) { min($0, $1) }
      for hypothesis in weights.indices {
        masses[Int(classes[hypothesis])] +=
          weights[hypothesis] * powers[Int(mistakes[hypothesis] - least)]
      }
      predictions += scores(masses)
      let label = UInt8(episode.label(of: example))
      for hypothesis in weights.indices where classes[hypothesis] != label {
        mistakes[hypothesis] += 1
      }
    }
    return predictions
  }

  /// Logarithms of the probabilities of labels, `[C]`, from the weights of what is true, `[C]`.
  private func scores(_ masses: [Double]) -> [Double] {
    let sum = masses.reduce(0, +)
    let wrong = errorRate / Double(max(1, masses.count - 1))
    var scores = masses.map { mass in
      Double.log((1 - errorRate) * mass / sum + wrong * (1 - mass / sum))
    }
    ClassScores.rankUnseen(
      &scores, counts: scores.map { $0 > -.infinity ? 1 : 0 })
    return scores
  }
}
