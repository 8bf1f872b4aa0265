/// What a learner has to predict for an input.
package enum TargetKind: Hashable, Sendable {
  /// One real number.
  case real
  /// One of `count` classes, numbered from zero.
  case classes(Int)
  /// The next of a sequence of tokens out of `count`, numbered from zero.
  ///
  /// Inputs are token numbers, `[N, 1]`, and the target of each is the token that follows it.
  case tokens(Int)

  /// The width of a prediction: one number, or a logit for each class or token.
  package var width: Int {
    switch self {
    case .real: 1
    case .classes(let count), .tokens(let count): count
    }
  }

  /// Whether a target is one of several numbered things, and a prediction has a logit for each.
  package var isDiscrete: Bool { self != .real }

  /// Whether an episode is a sequence of tokens, whose inputs are numbers of tokens too.
  package var isSequence: Bool {
    switch self {
    case .real, .classes: false
    case .tokens: true
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
    precondition(!target.isSequence || inputDimension == 1, "A token is one number.")
    self.exampleCount = exampleCount
    self.inputDimension = inputDimension
    self.target = target
    self.latentCount = latentCount
  }
}

extension EpisodeShape {
  /// The extents that a learner sees, as a phrase: `11 examples of 5 numbers with real targets`.
  package var summary: String {
    let inputs = inputDimension == 1 ? "one number" : "\(inputDimension) numbers"
    return switch target {
    case .real: "\(exampleCount) examples of \(inputs) with real targets"
    case .classes(let count): "\(exampleCount) examples of \(inputs) in \(count) classes"
    case .tokens(let count): "\(exampleCount) tokens out of \(count)"
    }
  }
}
