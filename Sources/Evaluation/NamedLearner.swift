package import Baselines
package import Episodes

/// A learner under another name, where several would have the same.
package struct NamedLearner: InContextLearner {
  package let name: String
  private let learner: any InContextLearner

  package init(_ name: String, _ learner: any InContextLearner) {
    self.name = name
    self.learner = learner
  }

  package func predictions(for episodes: [Episode]) throws -> [Float] {
    try learner.predictions(for: episodes)
  }
}
