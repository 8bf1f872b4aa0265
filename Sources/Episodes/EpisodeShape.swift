/// What a learner has to predict for an input.
package enum TargetKind: Hashable, Sendable {
  /// One real number.
  case real
  /// One of `count` classes, numbered from zero.
  case classes(Int)

  /// The width of a prediction: one number, or a logit for each class.
  package var width: Int {
    switch self {
    case .real: 1
    case .classes(let count): count
    }
  }
}

/// The extents of every episode of a task family.
package struct EpisodeShape: Hashable, Sendable {
  /// `N`, the number of examples.
  package let exampleCount: Int
  /// `D`, the dimension of an input.
  package let inputDimension: Int
  package let target: TargetKind
  /// `L`, how many numbers describe the latent task (a weight vector, say); zero if none are kept.
  package let latentCount: Int

  package init(exampleCount: Int, inputDimension: Int, target: TargetKind, latentCount: Int = 0) {
    precondition(exampleCount > 0 && inputDimension > 0 && latentCount >= 0)
    self.exampleCount = exampleCount
    self.inputDimension = inputDimension
    self.target = target
    self.latentCount = latentCount
  }
}
