package import Baselines
package import Configuration
package import Episodes
package import RandomKeys

// Dimension key
//   N  examples in an episode      D  dimension of an input      M  clauses

/// Whether any of some conjunctions of literals holds.
///
/// In a task each coordinate is, independently in each of `M` clauses, a literal with probability
/// `literalProbability`, its negation with the same probability, or left out: the latent, `[M, D]`, of 1,
/// -1 and 0. Inputs are uniform in `{-1, 1}ᴰ`, but a share `forcedShare` of them is made to satisfy a
/// clause, which every episode chooses for all its inputs. Class 1 is where all literals of some clause
/// hold; an empty clause always does.
///
/// Source: Bhattamishra et al. 2023, formulas of three clauses of its code with `D = 28`, 0.1 and 0.35,
/// <https://arxiv.org/abs/2310.03016>.
package struct DisjunctiveNormalForm: TaskFamily, FamilySettings {
  package static let kind = FamilyKind.disjunctiveNormalForm
  package static let group = FamilyGroup.boolean
  package static let description = FamilyDescription(
    "Whether any of a few unknown conjunctions of literals of x in {-1, 1}ᴰ holds.",
    source: "Bhattamishra et al. 2023, its code", link: "https://arxiv.org/abs/2310.03016",
    oracle: "none is known; decisionTree4, the strongest at hand")

  /// `D`
  package var dimension = 28
  /// `M`
  package var clauseCount = 3
  /// `N`
  package var exampleCount = 40
  package var literalProbability: Float = 0.1
  package var forcedShare: Float = 0.35

  package static let settings: [Setting<Self>] = [
    Setting("dimension", \.dimension, in: 1...64, "dimension of an input"),
    Setting("clauseCount", \.clauseCount, in: 1...64, "conjunctions, any of which may hold"),
    Setting("exampleCount", \.exampleCount, in: 1...4096, "examples of an episode"),
    Setting(
      "literalProbability", \.literalProbability, in: 0.001...0.499,
      "with what probability a coordinate is in a clause, and with what its negation is"),
    Setting(
      "forcedShare", \.forcedShare, in: 0...0.999,
      "share of the inputs that are made to satisfy a clause, the same for a whole episode"),
  ]

  package init() {}

  package var episodeShape: EpisodeShape {
    EpisodeShape(
      exampleCount: exampleCount, inputDimension: dimension, target: .classes(2),
      latentCount: clauseCount * dimension)
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
    let chosen = key.folded(with: .noise).uniformInteger(below: clauseCount)
    clauses.drawInputs(
      key, share: forcedShare, clause: chosen * dimension, sign: 1, latent: latent.span,
      into: &inputs)
  }

  /// - Complexity: O(N·M·D), without allocations.
  package func drawTargets(_ key: RandomKey, into episode: inout Episode) {
    let (latent, inputs) = (episode.latent, episode.inputs)
    var targets = episode.targets.mutableSpan
    for example in 0..<targets.count { targets[example] = 0 }
    for clause in 0..<clauseCount {
      clauses.mark(
        &targets, 1, notHaving: -1, ofClause: clause * dimension, latent.span, inputs.span)
    }
  }

  /// The strongest known learner.
  package func oracle(under conditions: OracleConditions) -> any InContextLearner {
    DecisionTreeLearner(maximumDepth: 4)
  }

  package var baselines: [any InContextLearner] {
    [MajorityClass(), NearestNeighbors(1), NearestCentroid(), LogisticRegression()]
  }
}
