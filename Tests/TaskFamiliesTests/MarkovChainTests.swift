import Baselines
import Episodes
import Foundation
import RandomKeys
import TaskFamilies
import TestSupport
import Testing

@Suite("Markov chains")
struct MarkovChainTests {
  let key = RandomKey(seed: 31)

  struct Reference: Sendable {
    let symbols: Int
    /// Mean losses over symbols 2 … 100.
    let unigram: Double
    let bigram: Double
    let known: Double
    /// Of the bigram, over the last 20.
    let last: Double
  }

  /// From a separate simulation of 40,000 chains in another language; standard errors 0.001.
  static let references = [
    Reference(symbols: 2, unigram: 0.582, bigram: 0.512, known: 0.481, last: 0.491),
    Reference(symbols: 3, unigram: 1.009, bigram: 0.886, known: 0.819, last: 0.848),
    Reference(symbols: 5, unigram: 1.572, bigram: 1.419, known: 1.277, last: 1.357),
  ]

  @Test("Optimal learners have the losses that were computed before", arguments: references)
  func losses(_ reference: Reference) throws {
    let family = MarkovChains { $0.symbolCount = reference.symbols }
    let episodes = family.episodes(4000, key: key)
    let all = 0..<99
    // The loss of an episode has a standard deviation of 0.17 at most, 0.2 in the last 20 symbols:
    // four standard errors of 4000 episodes.
    func isClose(_ loss: Double, _ expected: Double) -> Bool { abs(loss - expected) < 0.0125 }
    let zero = try ClassificationScores(ZeroPredictor(), episodes).loss(at: all)
    #expect(abs(zero - log(Double(reference.symbols))) < 1e-6)
    let unigram = try ClassificationScores(NGramPosterior(order: 1), episodes).loss(at: all)
    let bigram = try ClassificationScores(family.oracle, episodes)
    let known = episodes.reduce(0.0) { sum, episode in
      all.reduce(sum) {
        let place = Int(episode.inputs[$1]) * reference.symbols + Int(episode.targets[$1])
        return $0 - log(Double(episode.latent[place]))
      }
    }
    let found = (
      unigram, bigram.loss(at: all), known / Double(4000 * 99), bigram.loss(at: 79..<99)
    )
    #expect(isClose(found.0, reference.unigram), "\(found.0)")
    #expect(isClose(found.1, reference.bigram), "\(found.1)")
    #expect(isClose(found.2, reference.known), "\(found.2)")
    #expect(isClose(found.3, reference.last), "\(found.3)")
  }

  @Test("Every symbol but the last is read, and the next one is its target", arguments: [1, 2, 40])
  func targets(_ count: Int) {
    let family = MarkovChains {
      $0.symbolCount = 7
      $0.exampleCount = count
    }
    for episode in family.episodes(30, key: key) {
      #expect(Array(episode.inputs.dropFirst()) == Array(episode.targets.dropLast()))
      for symbol in episode.inputs + episode.targets {
        #expect(symbol >= 0 && symbol < 7 && symbol == symbol.rounded())
      }
    }
  }

  @Test("Rows are distributions with the moments of their law", arguments: [1, 3])
  func rows(_ concentration: Int) {
    let family = MarkovChains {
      $0.symbolCount = 4
      $0.concentration = concentration
      $0.exampleCount = 1
    }
    let episodes = family.episodes(5000, key: key)
    var square = 0.0
    for episode in episodes {
      for row in 0..<4 {
        let numbers = episode.latent[row * 4..<row * 4 + 4]
        #expect(numbers.allSatisfy { $0 >= 0 } && abs(numbers.reduce(0, +) - 1) < 1e-6)
        square += numbers.reduce(0.0) { $0 + Double($1) * Double($1) }
      }
    }
    // E Σ p² = (a + 1) / (4 a + 1), of 20000 rows with a standard deviation below 0.15; four errors.
    let a = Double(concentration)
    #expect(abs(square / 20_000 - (a + 1) / (4 * a + 1)) < 0.0043)
  }

  @Test("Counting single symbols tells nothing about doubly stochastic chains")
  func doublyStochastic() throws {
    let family = MarkovChains { $0.transitions = .doublyStochastic }
    let episodes = family.episodes(2000, key: key)
    for episode in episodes.prefix(100) {
      for i in 0..<3 {
        let row: Float = (0..<3).reduce(0) { $0 + episode.latent[i * 3 + $1] }
        let column: Float = (0..<3).reduce(0) { $0 + episode.latent[$1 * 3 + i] }
        #expect(abs(row - 1) < 1e-6 && abs(column - 1) < 1e-6)
      }
    }
    let unigram = try ClassificationScores(NGramPosterior(order: 1), episodes).loss(at: 0..<99)
    let bigram = try ClassificationScores(NGramPosterior(order: 2), episodes).loss(at: 0..<99)
    #expect(unigram > log(3))
    #expect(bigram < log(3) - 0.1)
  }

  @Test("Of independent symbols the unigram is the optimal learner")
  func independent() throws {
    let family = MarkovChains { $0.transitions = .independent }
    let episodes = family.episodes(500, key: key)
    for episode in episodes.prefix(50) {
      #expect(episode.latent[0..<3] == episode.latent[3..<6])
      #expect(episode.latent[0..<3] == episode.latent[6..<9])
    }
    #expect(family.oracle.name == "unigram")
    let unigram = try ClassificationScores(family.oracle, episodes).loss(at: 0..<99)
    let bigram = try ClassificationScores(NGramPosterior(order: 2), episodes).loss(at: 0..<99)
    #expect(unigram < bigram - 0.02)
  }

  @Test(
    "A chain begins uniformly or with its stationary frequencies", arguments: ChainStart.allCases)
  func start(_ start: ChainStart) {
    let family = MarkovChains {
      $0.start = start
      $0.exampleCount = 1
    }
    let count = 20_000
    var (uniform, stationary) = (0.0, 0.0)
    for episode in family.episodes(count, key: key) {
      // The frequencies after many steps, whatever the first symbol.
      var frequencies = [1.0, 0, 0]
      for _ in 0..<200 {
        frequencies = (0..<3).map { next in
          (0..<3).reduce(0) { $0 + frequencies[$1] * Double(episode.latent[$1 * 3 + next]) }
        }
      }
      let first = frequencies[Int(episode.inputs[0])]
      uniform += first - 1 / 3.0
      stationary += first - frequencies.reduce(0) { $0 + $1 * $1 }
    }
    // Standard deviations below 0.2, hence errors of the mean below 0.0015; four of them.
    #expect((abs(uniform / Double(count)) < 0.006) == (start == .uniform))
    #expect((abs(stationary / Double(count)) < 0.006) == (start == .stationary))
  }

  @Test("The optimal learner of a pool knows its chains")
  func pool() throws {
    let family = try Pool(of: MarkovChains()) { $0.taskCount = 4 }.makeFamily()
    let episodes = family.episodes(300, key: key)
    #expect(family.oracle is HiddenMarkovPosterior)
    let known = try ClassificationScores(family.oracle, episodes).loss(at: 60..<99)
    let bigram = try ClassificationScores(NGramPosterior(order: 2), episodes).loss(at: 60..<99)
    #expect(known < bigram - 0.02)
  }
}
