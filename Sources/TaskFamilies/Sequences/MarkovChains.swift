package import Baselines
package import Configuration
package import Episodes

// Dimension key
//   N  tokens of an episode that are read      C  symbols of a chain

/// How the next symbol of a ``MarkovChains`` depends on the last.
package enum Transitions: String, Codable, CaseIterable, Sendable {
  /// Each symbol has a distribution of successors of its own, from the Dirichlet law.
  case dirichlet
  /// Every symbol is as frequent as any other, so that counting single symbols tells nothing: with
  /// the symbols in random order on a circle, steps around it have one distribution from the
  /// Dirichlet law.
  case doublyStochastic
  /// The next symbol does not depend on the last: all have one distribution of successors.
  case independent
}

/// Where the chains of ``MarkovChains`` begin.
package enum ChainStart: String, Codable, CaseIterable, Sendable {
  /// Every symbol is as likely as any other.
  case uniform
  /// With the frequencies that symbols have in the long run.
  case stationary
}

/// Markov chains over a few symbols, each with transitions of its own.
///
/// One task is a matrix `P` of `[C, C]`, kept as the latent, whose rows are distributions. An
/// episode is `N + 1` symbols of the chain; each but the last is read, and the one after it is
/// predicted. Independent symbols begin as they go on.
///
/// With rows from `Dirichlet(a)` and uniform starts the Bayes-optimal learner is the bigram with
/// pseudocount `a`. Of a pool it is the posterior over the pool's chains.
///
/// Source: Edelman et al. 2024, <https://arxiv.org/abs/2402.11004>, with `a = 1` and 100
/// symbols an episode. The doubly stochastic chains beyond two symbols are our own.
package struct MarkovChains: TaskFamily, FamilySettings {
  package static let kind = FamilyKind.markovChains
  package static let description = FamilyDescription(
    "Symbols of a Markov chain with random transitions, each predicted from those before it.",
    source: "Edelman et al. 2024", link: "https://arxiv.org/abs/2402.11004",
    oracle: "bigram with the concentration as pseudocount (uniform start); unigram of independent "
      + "symbols; of doubly stochastic chains bigram is not optimal")

  /// The largest `C`: rows are drawn on the stack.
  package static let largestSymbolCount = 64
  /// The most chains of a pool that the oracle tells apart.
  private static let mostChains = 4096

  /// `C`
  package var symbolCount = 3
  package var transitions = Transitions.dirichlet
  /// `a`
  package var concentration = 1
  package var start = ChainStart.uniform
  /// `N`
  package var exampleCount = 99

  package static let settings: [Setting<Self>] = [
    Setting("symbolCount", \.symbolCount, in: 2...largestSymbolCount, "symbols of a chain"),
    Setting("transitions", choice: \.transitions, "how the next symbol depends on the last"),
    Setting(
      "concentration", \.concentration, in: 1...64,
      "concentration of the Dirichlet law of transitions"),
    Setting("start", choice: \.start, "where chains begin"),
    Setting("exampleCount", \.exampleCount, in: 1...4096, "symbols of an episode but the last"),
  ]

  package init() {}

  package var episodeShape: EpisodeShape {
    EpisodeShape(
      exampleCount: exampleCount, inputDimension: 1, target: .tokens(symbolCount),
      latentCount: symbolCount * symbolCount)
  }

  package func oracle(under conditions: OracleConditions) -> any InContextLearner {
    if let tasks = conditions.tasks, tasks.count <= Self.mostChains {
      return HiddenMarkovPosterior(models: tasks.map { model(of: $0) })
    }
    return NGramPosterior(
      order: transitions == .independent ? 1 : 2, pseudocount: Double(concentration))
  }

  package var baselines: [any InContextLearner] {
    [
      ZeroPredictor(), NGramPosterior(order: 1), NGramPosterior(order: 2),
      NGramPosterior(order: 3),
    ]
  }

  /// The chain of a task as a model whose states say their own number.
  ///
  /// - Parameter matrix: `[C, C]`
  private func model(of matrix: [Float]) -> HiddenMarkovModel {
    var initial = InlineArray<64, Float>(repeating: 0)
    fillStart(&initial, matrix.span)
    var emission = [Double](repeating: 0, count: matrix.count)
    for symbol in 0..<symbolCount { emission[symbol * (symbolCount + 1)] = 1 }
    return HiddenMarkovModel(
      initial: (0..<symbolCount).map { Double(initial[$0]) }, transition: matrix.map { Double($0) },
      emission: emission)
  }
}
