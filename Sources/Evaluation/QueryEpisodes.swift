import Baselines
import Episodes

// Dimension key
//   N  context rows      Q  query rows      D  dimension of an input      C  classes

/// A context and the queries to predict from it, each as the last example of an episode of its own.
///
/// So no query sees another, and the order of queries does not matter.
struct QueryEpisodes {
  /// `[N, D]`
  let context: [Float]
  /// `[N]`: class numbers from zero.
  let targets: [Int]
  /// `[Q, D]`
  let queries: [Float]
  let inputDimension: Int
  let classCount: Int

  /// The logits of every query, `[Q, C]`.
  ///
  /// - Throws: what the learner throws; ``EvaluationError`` if it predicts a number that is not finite.
  func logits(of learner: any InContextLearner) throws -> [Float] {
    let count = targets.count
    let queryCount = queries.count / inputDimension
    var logits: [Float] = []
    logits.reserveCapacity(queryCount * classCount)
    // Bounds the episodes and predictions that exist at a time.
    let blockLength = 256
    for start in stride(from: 0, to: queryCount, by: blockLength) {
      let block = start..<min(start + blockLength, queryCount)
      let predictions = try learner.predictions(for: block.map(episode))
      precondition(
        predictions.count == block.count * (count + 1) * classCount, "A logit of each class.")
      for offset in block.indices.map({ $0 - start }) {
        let last = (offset * (count + 1) + count) * classCount
        let row = predictions[last..<last + classCount]
        guard row.allSatisfy(\.isFinite) else {
          throw EvaluationError.nonFinitePrediction(
            learner: learner.name, episode: start + offset, contextLength: count)
        }
        logits += row
      }
    }
    return logits
  }

  private func episode(query: Int) -> Episode {
    var episode = Episode(
      shape: EpisodeShape(
        exampleCount: targets.count + 1, inputDimension: inputDimension,
        target: .classes(classCount)))
    episode.inputs = context + queries[query * inputDimension..<(query + 1) * inputDimension]
    // The query's own target is not shown to its prediction; any class will do.
    episode.targets = targets.map(Float.init) + [0]
    return episode
  }
}
