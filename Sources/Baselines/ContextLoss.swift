/// Which loss of the examples of a context gradient descent goes down.
package enum ContextLoss: String, Codable, CaseIterable, Sendable {
  /// `1/(2n) Σ (w · xᵢ - yᵢ)²`: the step of an example gets smaller as there are more.
  case mean
  /// `1/2 Σ (w · xᵢ - yᵢ)²`: every example moves the weights alike, as linear attention adds up tokens.
  case sum

  /// The factor of the sum over examples in a step.
  func rate(_ learningRate: Double, exampleCount: Double) -> Double {
    switch self {
    case .mean: learningRate / max(1, exampleCount)
    case .sum: learningRate
    }
  }

  /// What it adds to the name of a learner.
  var suffix: String { self == .mean ? "" : "OnSum" }
}
