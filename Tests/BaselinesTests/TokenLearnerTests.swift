import Baselines
import Episodes
import Foundation
import RandomKeys
import Testing

@Suite("Learners of sequences")
struct TokenLearnerTests {
  /// An episode whose tokens are `tokens`, of which the last is only predicted.
  static func episode(_ tokens: [Int], of count: Int) -> Episode {
    Episode(
      inputs: tokens.dropLast().map { Float($0) }, targets: tokens.dropFirst().map { Float($0) },
      of: .tokens(count))
  }

  static func probabilities(_ learner: some InContextLearner, _ episode: Episode) throws
    -> [[Double]]
  {
    let width = episode.shape.target.width
    let scores = try learner.predictions(for: [episode])
    return stride(from: 0, to: scores.count, by: width).map { start in
      scores[start..<start + width].map { exp(Double($0)) }
    }
  }

  struct Count: Sendable {
    let order: Int
    let pseudocount: Double
    /// The probability of 0 at first, and after `0 1 0 1 0`.
    let first: Double
    let last: Double
  }

  static let counts = [
    // Three zeros and two ones.
    Count(order: 1, pseudocount: 1, first: 2 / 3, last: 4 / 7),
    // Twice 1 after 0.
    Count(order: 2, pseudocount: 1, first: 1 / 2, last: 1 / 4),
    Count(order: 2, pseudocount: 3, first: 1 / 2, last: 3 / 8),
    // Once 1 after 1 0.
    Count(order: 3, pseudocount: 1, first: 1 / 2, last: 1 / 3),
  ]

  @Test("N-grams count what followed their context", arguments: counts)
  func frequencies(_ count: Count) throws {
    let learner = NGramPosterior(order: count.order, pseudocount: count.pseudocount)
    let found = try Self.probabilities(learner, Self.episode([0, 1, 0, 1, 0, 0], of: 2))
    // Single-precision rounding.
    #expect(abs(found[4][0] - count.last) < 1e-6)
    #expect(abs(found[4][1] - (1 - count.last)) < 1e-6)
    #expect(abs(found[0][0] - count.first) < 1e-6)
  }

  @Test("N-grams have their names")
  func names() {
    let names = (1...4).map { NGramPosterior(order: $0).name }
    #expect(names == ["unigram", "bigram", "trigram", "ngram4"])
  }

  /// Two models of three states that say three tokens; one has transitions that are impossible.
  static let models = [
    HiddenMarkovModel(
      initial: [0.5, 0.25, 0.25], transition: [0.1, 0.9, 0, 0.3, 0.3, 0.4, 0, 0.5, 0.5],
      emission: [0.7, 0.2, 0.1, 0, 0.5, 0.5, 0.1, 0.1, 0.8]),
    HiddenMarkovModel(
      initial: [0.2, 0.2, 0.6], transition: [0.8, 0.1, 0.1, 0, 1, 0, 0.25, 0.25, 0.5],
      emission: [1, 0, 0, 0.25, 0.5, 0.25, 0, 0.4, 0.6]),
  ]

  /// The probability of `tokens`, as a sum over all hidden paths of a model.
  static func probability(
    _ tokens: [Int], _ model: HiddenMarkovModel, beginnings: (Int) -> Bool = { $0 == 0 }
  ) -> Double {
    let states = model.stateCount
    let pathCount = tokens.reduce(1) { count, _ in count * states }
    return (0..<pathCount).reduce(0.0) { sum, number in
      var (path, last, product) = (number, 0, 1.0)
      for (place, token) in tokens.enumerated() {
        let state = path % states
        path /= states
        product *=
          beginnings(place) ? model.initial[state] : model.transition[last * states + state]
        product *= model.emission[state * model.tokenCount + token]
        last = state
      }
      return sum + product
    }
  }

  @Test("The posterior over hidden Markov models is a sum over all paths of all models")
  func posterior() throws {
    let prior = [0.3, 0.7]
    let tokens = [1, 2, 2, 0, 1, 2]
    let found = try Self.probabilities(
      HiddenMarkovPosterior(models: Self.models, prior: [3, 7]), Self.episode(tokens, of: 3))
    for place in 0..<5 {
      let seen = Array(tokens[...place])
      func joint(_ tokens: [Int]) -> Double {
        prior[0] * Self.probability(tokens, Self.models[0])
          + prior[1] * Self.probability(tokens, Self.models[1])
      }
      for token in 0..<3 {
        // Single-precision rounding.
        #expect(abs(found[place][token] - joint(seen + [token]) / joint(seen)) < 1e-6)
      }
    }
  }

  @Test("Segments begin anew under the model that said those before")
  func segments() throws {
    // Segments 1 2 | 2 1 | 0 with the delimiter 0 between them.
    let tokens = [1, 2, 0, 2, 1, 0, 0]
    let found = try Self.probabilities(
      HiddenMarkovPosterior(
        models: Self.models, segments: .init(length: 2, delimiter: 0)),
      Self.episode(tokens, of: 3))
    #expect(found[1] == [1, exp(-70), exp(-70)])
    #expect(found[4] == found[1])
    func joint(_ tokens: [Int]) -> Double {
      Self.models.reduce(0) { $0 + 0.5 * Self.probability(tokens, $1) { $0 % 2 == 0 } }
    }
    for (place, seen) in [(0, [1]), (2, [1, 2]), (3, [1, 2, 2]), (5, [1, 2, 2, 1])] {
      for token in 0..<3 {
        // Single-precision rounding.
        #expect(abs(found[place][token] - joint(seen + [token]) / joint(seen)) < 1e-6)
      }
    }
  }

  @Test("A token that no model can have said is taken as a jump")
  func jump() throws {
    let cycle = HiddenMarkovModel(
      initial: [1, 0, 0], transition: [0, 1, 0, 0, 0, 1, 1, 0, 0],
      emission: [1, 0, 0, 0, 1, 0, 0, 0, 1])
    let found = try Self.probabilities(
      HiddenMarkovPosterior(models: [cycle]), Self.episode([0, 1, 0, 1, 2], of: 3))
    // After the second 0, which should have been a 2, the cycle goes on from there.
    #expect(found.map { $0.firstIndex(of: 1) } == [1, 2, 1, 2])
  }

  @Test("Recall is certain of what was there, and of nothing else")
  func recall() throws {
    let episode = Episode(inputs: [1, 0, 0, 1, 1, 0], targets: [2, 3, 2], of: .classes(4))
    let found = try Self.probabilities(ExactRecall(), episode)
    for probability in found[0] + found[1] { #expect(abs(probability - 0.25) < 1e-6) }
    #expect(found[2][2] == 1 && found[2].reduce(0, +) < 1 + 1e-6)

    // Keys 0 and 1, values 2 and 3.
    let sequence = try Self.probabilities(
      ExactRecall(keyCount: 2), Self.episode([0, 3, 1, 2, 0, 3], of: 4))
    #expect(sequence[4][3] == 1)
    // Values are alike for a new key, and keys after a value.
    for (place, likely) in [(0, [2, 3]), (1, [0, 1]), (2, [2, 3]), (3, [0, 1])] {
      for token in 0..<4 {
        #expect(abs(sequence[place][token] - (likely.contains(token) ? 0.5 : 0)) < 1e-6)
      }
    }
  }

  static let learners: [any InContextLearner] = [
    ZeroPredictor(), MajorityClass(), NGramPosterior(order: 1), NGramPosterior(order: 2),
    NGramPosterior(order: 4), HiddenMarkovPosterior(models: models),
    HiddenMarkovPosterior(models: models, segments: .init(length: 3, delimiter: 0)),
    ExactRecall(keyCount: 1),
  ]

  @Test(
    "What comes later changes nothing, and every score is finite", arguments: learners.indices)
  func causality(_ index: Int) throws {
    let learner = Self.learners[index]
    let episode = Self.episode([0, 2, 1, 0, 0, 2, 2, 1, 0], of: 3)
    let predictions = try learner.predictions(for: [episode])
    #expect(predictions.count == 24 && predictions.allSatisfy(\.isFinite))
    for place in 0..<8 {
      var changed = episode
      for later in place..<8 {
        changed.targets[later] = Float((Int(changed.targets[later]) + 1) % 3)
        if later < 7 { changed.inputs[later + 1] = changed.targets[later] }
      }
      let after = try learner.predictions(for: [changed])
      #expect(after.prefix((place + 1) * 3) == predictions.prefix((place + 1) * 3))
    }
    let many = [episode, Self.episode([1, 1, 0, 0, 1, 1, 0, 0, 1], of: 3)]
    let together = try learner.predictions(for: many)
    let alone = try many.flatMap { try learner.predictions(for: [$0]) }
    #expect(together == alone)
  }
}
