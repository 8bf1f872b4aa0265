package import Baselines
package import Episodes
import Foundation

// Dimension key
//   E  episodes      N  examples in an episode      C  classes or tokens

/// What a learner scores on episodes of classes or of tokens.
package struct ClassificationScores {
  /// `[E, N, C]`
  private let predictions: [Float]
  private let episodes: [Episode]
  private let shape: EpisodeShape

  /// - Parameter episodes: at least one, all of one shape.
  package init(_ learner: any InContextLearner, _ episodes: [Episode]) throws {
    self.episodes = episodes
    shape = episodes[0].shape
    predictions = try learner.predictions(for: episodes)
  }

  /// The mean of `score` at some places of all episodes.
  private func mean(
    _ places: some Collection<Int>, _ score: (ArraySlice<Float>, Int) -> Double
  ) -> Double {
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

  /// The mean of `-ln p` of the targets, where scores are logarithms of probabilities up to a
  /// constant.
  package func loss(at places: some Collection<Int>) -> Double {
    mean(places) { scores, label in
      let total = scores.reduce(0.0) { $0 + exp(Double($1)) }
      return log(total) - Double(scores[scores.startIndex + label])
    }
  }

  /// How often the best score, of equal ones the first, is the target's.
  package func accuracy(at places: some Collection<Int>) -> Double {
    mean(places) { scores, label in
      let best = scores.indices.max { scores[$0] < scores[$1] }
      return best == scores.startIndex + label ? 1 : 0
    }
  }

  /// The accuracy by context length, `[N]`.
  package var accuracies: [Sample] {
    (0..<shape.exampleCount).map {
      Sample(share: accuracy(at: [$0]), of: episodes.count)
    }
  }
}
