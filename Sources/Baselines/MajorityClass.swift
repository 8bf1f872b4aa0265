import Episodes
import RealModule

/// Predicts the class that is most frequent in the context.
///
/// The probability of a class is `(n + 1) / (k + C)` after `n` of `k` examples (Laplace's rule of
/// succession).
package struct MajorityClass: EpisodeLearner {
  package init() {}

  package var name: String { "majorityClass" }

  func predictions(of episode: Episode) -> [Double] {
    var counts = [Double](repeating: 1, count: episode.classCount)
    var predictions: [Double] = []
    for example in 0..<episode.shape.exampleCount {
      let total = Double(example + episode.classCount)
      predictions += counts.map { Double.log($0 / total) }
      counts[episode.label(of: example)] += 1
    }
    return predictions
  }
}
