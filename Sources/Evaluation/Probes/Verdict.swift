// Dimension key
//   L  candidates      R  resamples

/// What a model became, in a sentence, by a stated rule.
package struct Verdict: Codable, Equatable, Sendable {
  package enum Kind: String, Codable, Sendable {
    /// One known learner predicts what the model predicts.
    case identified
    /// No learner does, but a blend of several.
    case blend
    /// The nearest learner leaves some.
    case near
    /// No known learner comes near.
    case unknown
    /// The model predicts next to nothing: it has not learned yet.
    case silent
  }

  package let kind: Kind
  /// For people.
  package let sentence: String
  /// The name of the candidate that the verdict is about.
  package let candidate: String
  /// What that candidate is called, with its constants.
  package let words: String
  /// What that candidate leaves unexplained.
  package let unexplained: Estimate
  /// Candidates of other algorithms that cannot be told apart from it on these tasks.
  package let indistinguishable: [String]
  package let rule: VerdictRule
}

/// The numbers by which verdicts are given, as shares of the model's mean square.
package struct VerdictRule: Codable, Equatable, Sendable {
  /// A learner, or a blend, that leaves at most so much is what the model became.
  package var identified = 0.01
  /// A learner that leaves at most so much is near.
  package var near = 0.1
  /// Candidates whose shares differ by at most so much, or whose difference has zero in its interval,
  /// cannot be told apart. Of them the one with the fewest constants fitted to the model counts, and of
  /// these the first.
  package var indistinguishable = 0.001
  /// Below this mean square, relative to that of the targets, a model says nothing.
  package var silent = 0.001

  package init() {}
}
