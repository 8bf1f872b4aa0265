package import Baselines
package import Episodes
package import RandomKeys

/// A distribution over tasks, from which episodes are drawn.
///
/// An episode is drawn in three stages, so that other families can be made of this one by changing
/// what lies between them: the task, then the inputs, then their targets. A family whose inputs
/// depend on their class draws both in the second stage and leaves the third empty.
///
/// Every stage is a pure function of its key and of what the stages before it left in the episode:
/// the same bytes, whoever asks and in whatever order.
package protocol TaskFamily: Sendable {
  /// The extents of every episode.
  var episodeShape: EpisodeShape { get }

  /// An episode to draw into, again and again, with room for what the family needs beside it.
  func makeEpisode() -> Episode

  /// Draws the task that `key` names into the latent, which afterwards says all about it.
  func drawTask(_ key: RandomKey, into episode: inout Episode)

  /// Draws the inputs of the episode that `key` names, for the task in the latent.
  func drawInputs(_ key: RandomKey, into episode: inout Episode)

  /// Draws the targets of the episode that `key` names, for the task in the latent and the inputs.
  func drawTargets(_ key: RandomKey, into episode: inout Episode)

  /// The part of the latent in which noiseless targets are linear, such as a weight vector; nil if
  /// there is none.
  var weights: Range<Int>? { get }

  /// The functions whose values targets are, of whatever inputs and latent the episode has when they
  /// are drawn; nil if targets are drawn otherwise.
  var functions: (any FunctionFamily)? { get }

  /// How many families this one is made of, one in another.
  var depth: Int { get }

  /// The optimal learner of the tasks that this family draws under some conditions, or the
  /// strongest known one.
  func oracle(under conditions: OracleConditions) -> any InContextLearner

  /// The classical learners to show beside a model.
  var baselines: [any InContextLearner] { get }
}

extension TaskFamily {
  package func makeEpisode() -> Episode { Episode(shape: episodeShape) }

  package var weights: Range<Int>? { nil }

  package var functions: (any FunctionFamily)? { nil }

  package var depth: Int { 0 }

  /// The optimal learner of this family, or the strongest known one.
  package var oracle: any InContextLearner { oracle(under: OracleConditions()) }

  /// The baselines and the oracle, which takes the place of a baseline of its name.
  package var learners: [any InContextLearner] {
    let oracle = oracle
    let others = baselines.filter { $0.name != oracle.name }
    return others + [oracle]
  }
}
