package import Baselines
package import Configuration
package import Episodes
package import RandomKeys

// Dimension key
//   N  examples in an episode      D  dimension of an input

/// Whether all, or any, of some literals hold.
///
/// In a task each coordinate is, independently, a literal with probability `literalProbability`, its
/// negation with the same probability, or left out: the latent, `[D]`, of 1, -1 and 0. Inputs are
/// uniform in `{-1, 1}ᴰ`, but a share `forcedShare` of them is made to satisfy a conjunction, or to
/// falsify a disjunction, so that both classes are frequent. Class 1 is where the formula holds; an empty
/// conjunction always does, an empty disjunction never.
///
/// Source: Bhattamishra et al. 2023, conjunctions and disjunctions of its code with `D = 28`, 0.15 and
/// 0.3, <https://arxiv.org/abs/2310.03016>.
package struct Conjunction: TaskFamily, FamilySettings {
  package static let kind = FamilyKind.conjunction
  package static let group = FamilyGroup.boolean
  package static let description = FamilyDescription(
    "Whether all (or, as a setting, any) of some unknown literals of x in {-1, 1}ᴰ hold.",
    source: "Bhattamishra et al. 2023, its code", link: "https://arxiv.org/abs/2310.03016",
    oracle: "conjunctionBayes or disjunctionBayes, optimal but in very rare contexts")

  /// `D`
  package var dimension = 28
  /// `N`
  package var exampleCount = 40
  package var connective = Connective.conjunction
  package var literalProbability: Float = 0.15
  package var forcedShare: Float = 0.3

  package static let settings: [Setting<Self>] = [
    Setting("dimension", \.dimension, in: 1...64, "dimension of an input"),
    Setting("exampleCount", \.exampleCount, in: 1...4096, "examples of an episode"),
    Setting("connective", choice: \.connective, "whether all or any of the literals have to hold"),
    Setting(
      "literalProbability", \.literalProbability, in: 0.001...0.499,
      "with what probability a coordinate is a literal, and with what its negation is"),
    Setting(
      "forcedShare", \.forcedShare, in: 0...0.999,
      "share of the inputs that are made to satisfy a conjunction, or to falsify a disjunction"),
  ]

  package init() {}

  package var episodeShape: EpisodeShape {
    EpisodeShape(
      exampleCount: exampleCount, inputDimension: dimension, target: .classes(2),
      latentCount: dimension)
  }

  private var clauses: Clauses {
    Clauses(dimension: dimension, literalProbability: literalProbability)
  }

  package func drawTask(_ key: RandomKey, into episode: inout Episode) {
    var latent = episode.latent.mutableSpan
    clauses.draw(key, into: &latent)
  }

  /// - Complexity: O(N·D), without allocations.
  package func drawInputs(_ key: RandomKey, into episode: inout Episode) {
    let latent = episode.latent
    var inputs = episode.inputs.mutableSpan
    clauses.drawInputs(
      key, share: forcedShare, clause: 0, sign: connective == .conjunction ? 1 : -1,
      latent: latent.span, into: &inputs)
  }

  /// - Complexity: O(N·D), without allocations.
  package func drawTargets(_ key: RandomKey, into episode: inout Episode) {
    let (latent, inputs) = (episode.latent, episode.inputs)
    var targets = episode.targets.mutableSpan
    // A conjunction holds unless a literal is false, a disjunction fails unless one is true.
    let (otherwise, mark, sign): (Float, Float, Float) =
      connective == .conjunction ? (0, 1, -1) : (1, 0, 1)
    for example in 0..<targets.count { targets[example] = otherwise }
    clauses.mark(&targets, mark, notHaving: sign, ofClause: 0, latent.span, inputs.span)
  }

  /// The Bayes-optimal learner; see ``JunctionBayes`` for where its exactness ends.
  package func oracle(under conditions: OracleConditions) -> any InContextLearner {
    JunctionBayes(
      connective == .conjunction ? .conjunction : .disjunction,
      literalProbability: Double(literalProbability), forcedShare: Double(forcedShare))
  }

  package var baselines: [any InContextLearner] {
    [MajorityClass(), NearestNeighbors(1), LogisticRegression()]
  }
}
