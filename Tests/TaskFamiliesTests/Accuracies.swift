import Baselines
import Episodes

/// How often a learner prefers the right class.
struct Accuracies {
  /// `[N]`: shares of the episodes.
  let byPosition: [Double]

  init(_ learner: any InContextLearner, _ episodes: [Episode]) throws {
    let predictions = try learner.predictions(for: episodes)
    let shape = episodes[0].shape
    let width = shape.target.width
    byPosition = (0..<shape.exampleCount).map { position in
      let correct = episodes.indices.count { index in
        let start = (index * shape.exampleCount + position) * width
        let scores = predictions[start..<start + width]
        let label = Int(episodes[index].targets[position])
        return scores.firstIndex(of: scores.max() ?? 0) == start + label
      }
      return Double(correct) / Double(episodes.count)
    }
  }
}
