import Baselines
import Episodes
import Foundation
import RandomKeys
import TaskFamilies
import TestSupport
import Testing

@Suite("GINC")
struct GINCTests {
  let key = RandomKey(seed: 51)

  static func prompts(length: Int, examples: Int, outside: Bool = false) -> GINC {
    GINC(
      GINCSettings {
        $0.form = .prompts
        $0.exampleLength = length
        $0.exampleCount = (examples + 1) * (length + 1) - 2
        $0.outOfDistribution = outside
      })
  }

  @Test("The corpus is what its source describes", arguments: [0, 1])
  func corpus(_ seed: Int) {
    let corpus = GINC(GINCSettings { $0.corpusSeed = seed }).corpus
    #expect(corpus.symbols.count == 100)
    for (index, symbol) in corpus.symbols.enumerated() {
      #expect((symbol == 0) == (index % 10 == 0) && symbol >= 0 && symbol < 50)
    }
    #expect(Set(corpus.symbols).count > 30)
    #expect(corpus.slotTransitions.count == 1000 && corpus.starts.count == 1000)
    let slotMatrices = (0..<10).map { Array(corpus.slotTransitions[$0 * 100..<$0 * 100 + 100]) }
    #expect(Set(slotMatrices).count == 10)
    // Mixtures of ten permutations: rows and columns sum to one but for their rounding.
    for numbers in slotMatrices + [corpus.valueTransitions] {
      for i in 0..<10 {
        let row: Float = (0..<10).reduce(0) { $0 + numbers[i * 10 + $1] }
        let column: Float = (0..<10).reduce(0) { $0 + numbers[$1 * 10 + i] }
        #expect(abs(row - 1) < 1e-5 && abs(column - 1) < 1e-5)
      }
      // Weights are softmax(u / 0.1): the largest of ten is far above the mean.
      #expect((numbers.max() ?? 0) > 0.2)
    }
    for value in 0..<10 { #expect(corpus.valueTransitions[value * 11] >= 0.9) }
    for model in 0..<10 {
      let start = corpus.starts[model * 100..<model * 100 + 100]
      #expect(abs(start.reduce(0, +) - 1) < 1e-5)
      // softmax(u / 10) of numbers less than one apart.
      #expect((start.max() ?? 0) / (start.min() ?? 1) < exp(0.1))
    }
  }

  @Test("The softmax of the corpus has the same bytes in every build")
  func frozenBytes() {
    let corpus = GINC(GINCSettings()).corpus
    let hash = (corpus.slotTransitions + corpus.valueTransitions + corpus.starts)
      .reduce(into: UInt64(0)) { $0 = $0 &* 31 &+ UInt64($1.bitPattern) }
    #expect(hash == 12_236_623_442_706_231_159)
  }

  @Test(
    "Documents are said by their model, with every tenth token a delimiter",
    arguments: [false, true])
  func documents(_ isOutside: Bool) throws {
    let family = GINC(GINCSettings { $0.outOfDistribution = isOutside })
    let episodes = family.episodes(300, key: key)
    let models = Set(episodes.map { Int($0.latent[0]) })
    #expect(models == Set(isOutside ? 5..<10 : 0..<5))
    for episode in episodes {
      #expect(Array(episode.inputs.dropFirst()) == Array(episode.targets.dropLast()))
    }
    // Slots are uniform in the long run. Of 76500 tokens the standard error would be 0.0011 if they
    // were independent; five of them.
    let delimiters = episodes.reduce(0) { $0 + $1.targets.count { $0 == 0 } }
    #expect(abs(Double(delimiters) / Double(300 * 255) - 0.1) < 0.0055)
    // Who knows the model is never surprised: the score of the impossible is -70.
    let ofModel = episodes.filter { $0.latent[0] == (isOutside ? 7 : 2) }
    let learner = HiddenMarkovPosterior(models: [family.corpus.model(isOutside ? 7 : 2)])
    let known = try ClassificationScores(learner, ofModel).loss(at: 0..<255)
    #expect(known < 2.5)
  }

  @Test("The posterior over models beats n-grams, and finds the model")
  func documentOracle() throws {
    let family = GINC(GINCSettings())
    let episodes = family.episodes(60, key: key)
    let oracle = try ClassificationScores(family.oracle, episodes)
    for learner in family.baselines {
      let loss = try ClassificationScores(learner, episodes).loss(at: 0..<255)
      #expect(oracle.loss(at: 0..<255) < loss - 0.3, "\(learner.name) \(loss)")
    }
    #expect(oracle.loss(at: 200..<255) < oracle.loss(at: 0..<20) - 0.1)
  }

  @Test(
    "Examples of a prompt begin at its slot, with delimiters between them",
    arguments: [false, true])
  func prompts(_ isOutside: Bool) {
    let family = Self.prompts(length: 5, examples: 6, outside: isOutside)
    let answers = Set(family.settings.answerPlaces)
    #expect(answers == [3, 9, 15, 21, 27, 33, 39])
    var beginnings = Set<Float>()
    for episode in family.episodes(200, key: key) {
      let slot = Int(episode.latent[1])
      #expect(isOutside ? slot == -1 : 1..<10 ~= slot)
      for place in episode.inputs.indices {
        switch place % 6 {
        case 5: #expect(episode.inputs[place] == 0)
        case 0 where !isOutside:
          let column = (0..<10).map { Float(family.corpus.symbols[$0 * 10 + slot]) }
          #expect(column.contains(episode.inputs[place]))
        default: break
        }
        if place > 0, !answers.contains(place - 1) {
          #expect(episode.targets[place - 1] == episode.inputs[place])
        }
      }
      beginnings.formUnion(stride(from: 0, to: 40, by: 6).map { episode.inputs[$0] })
    }
    #expect(beginnings.count > 30)
  }

  @Test("Labels are what the model of the task finds most likely")
  func labels() throws {
    let family = Self.prompts(length: 5, examples: 6)
    for episode in family.episodes(60, key: key) {
      let slot = Int(episode.latent[1])
      let learner = HiddenMarkovPosterior(
        models: [family.corpus.model(Int(episode.latent[0]), beginningIn: slot..<slot + 1)],
        segments: .init(length: 5, delimiter: 0))
      let scores = try learner.predictions(for: [episode])
      for place in family.settings.answerPlaces {
        let token = scores[place * 50..<place * 50 + 50]
        let label = place * 50 + Int(episode.targets[place])
        // Equal but for rounding if two tokens are alike.
        #expect(scores[label] >= (token.max() ?? 0) - 1e-5)
      }
    }
  }

  @Test("With more and longer examples the oracle comes to find the labels")
  func accuracies() throws {
    let found = try [3, 10].map { length in
      let family = Self.prompts(length: length, examples: 8)
      let episodes = family.episodes(400, key: key)
      let scores = try ClassificationScores(family.oracle, episodes)
      return family.settings.answerPlaces.map { scores.accuracy(at: [$0]) }
    }
    // Of three tokens 0.58, 0.93, 0.97 … 1 after 0, 1, 2 … 8 examples; of ten 0.998 at once. The
    // standard errors are 0.025 at most; three of them lie between what is compared.
    #expect(found[0][8] > found[0][0] + 0.075, "\(found)")
    #expect(found[1][0] > found[0][0] + 0.075, "\(found)")
    #expect(found[0][8] > 0.9 && found[1][8] > 0.95, "\(found)")
  }

  @Test("Out of distribution the models of pretraining do not help")
  func outOfDistribution() throws {
    let family = Self.prompts(length: 5, examples: 8, outside: true)
    let scores = try ClassificationScores(family.oracle, family.episodes(200, key: key))
    let accuracy = scores.accuracy(at: family.settings.answerPlaces)
    #expect(accuracy < 0.4, "\(accuracy)")
  }
}
