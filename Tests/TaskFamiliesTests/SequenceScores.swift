import Baselines
import Episodes
import Foundation

/// What a learner scores on sequences.
struct SequenceScores {
  private let predictions: [Float]
  private let episodes: [Episode]

  init(_ learner: any InContextLearner, _ episodes: [Episode]) throws {
    self.episodes = episodes
    predictions = try learner.predictions(for: episodes)
  }

  /// The mean of `score` at some places of all episodes.
  private func mean(
    _ places: some Collection<Int>, _ score: (ArraySlice<Float>, Int) -> Double
  ) -> Double {
    let shape = episodes[0].shape
    let width = shape.target.width
    var sum = 0.0
    for (index, episode) in episodes.enumerated() {
      for place in places {
        let start = (index * shape.exampleCount + place) * width
        sum += score(predictions[start..<start + width], Int(episode.targets[place]))
      }
    }
    return sum / Double(episodes.count * places.count)
  }

  /// The mean of `-ln p` of the targets.
  func loss(at places: some Collection<Int>) -> Double {
    mean(places) { scores, label in
      let total = scores.reduce(0.0) { $0 + exp(Double($1)) }
      return log(total) - Double(scores[scores.startIndex + label])
    }
  }

  /// How often the best score is the target's.
  func accuracy(at places: some Collection<Int>) -> Double {
    mean(places) { scores, label in
      let best = scores.indices.max { scores[$0] < scores[$1] }
      return best == scores.startIndex + label ? 1 : 0
    }
  }
}
