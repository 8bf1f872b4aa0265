import Baselines
import Episodes
import Foundation
import RandomKeys
import TaskFamilies
import TestSupport
import Testing

@Suite("Associative recall")
struct AssociativeRecallTests {
  static func family(_ form: RecallForm) -> AssociativeRecall {
    AssociativeRecall {
      $0.keyCount = 6
      $0.valueCount = 4
      $0.exampleCount = 12
      $0.form = form
    }
  }

  @Test("Pairs are keys with the values of the task", arguments: RecallForm.allCases)
  func pairs(_ form: RecallForm) {
    let family = Self.family(form)
    var counts = [Int](repeating: 0, count: 24)
    for episode in family.episodes(2000, key: RandomKey(seed: 41)) {
      for (pair, place) in family.answerPlaces.enumerated() {
        let (key, value): (Int, Int)
        switch form {
        case .examples:
          let input = Array(episode.inputs[place * 6..<place * 6 + 6])
          #expect(input.sorted() == [0, 0, 0, 0, 0, 1])
          key = input.firstIndex(of: 1) ?? 0
          value = Int(episode.targets[place])
        case .sequence:
          key = Int(episode.inputs[place])
          value = Int(episode.targets[place]) - 6
          #expect(pair == 11 || episode.inputs[place + 1] == episode.targets[place])
          #expect(pair == 11 || episode.targets[place + 1] == episode.inputs[place + 2])
        }
        #expect(Float(value) == episode.latent[key])
        if pair == 0 { counts[key * 4 + value] += 1 }
      }
    }
    // 2000 pairs, 83 expected of each kind with a standard error of 9; four of them.
    for count in counts { #expect(abs(count - 83) < 36) }
  }

  @Test(
    "The oracle is right when the key was there, and else by chance", arguments: RecallForm.allCases
  )
  func oracle(_ form: RecallForm) throws {
    let family = Self.family(form)
    let episodes = family.episodes(3000, key: RandomKey(seed: 42))
    let scores = try ClassificationScores(family.oracle, episodes)
    for (pair, place) in family.answerPlaces.enumerated() {
      let isNew = pow(5 / 6.0, Double(pair))
      // Of 3000 episodes; four standard errors √(¼ / 3000).
      #expect(abs(scores.accuracy(at: [place]) - (1 - isNew * 3 / 4)) < 0.037)
      #expect(abs(scores.loss(at: [place]) - isNew * log(4)) < 0.037 * log(4))
    }
  }
}
