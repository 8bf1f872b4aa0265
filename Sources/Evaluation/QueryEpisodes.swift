import Baselines
import Episodes

// Dimension key
//   N  context rows      Q  query rows      D  dimension of an input      C  classes

/// A context and the queries to predict from it, each as the last example of an episode of its own.
///
/// So no query sees another, and the order of queries does not matter.
struct QueryEpisodes {
  /// How many episodes, with their predictions, exist at a time.
  static let blockLength = 256

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
  /// - Throws: what the learner throws; ``EvaluationError`` if it predicts a number that is not
  ///   finite.
  func logits(of learner: any InContextLearner) throws -> [Float] {
    let count = targets.count
    let queryCount = queries.count / inputDimension
    var logits: [Float] = []
    logits.reserveCapacity(queryCount * classCount)
    for start in stride(from: 0, to: queryCount, by: Self.blockLength) {
      let block = (start..<min(start + Self.blockLength, queryCount)).map(episode)
      let predictions = try Self.predictions(of: learner, for: block, from: start)
      for offset in block.indices {
        let last = (offset * (count + 1) + count) * classCount
        logits += predictions[last..<last + classCount]
      }
    }
    return logits
  }

  /// The episode of one query: the context, then the query.
  func episode(query: Int) -> Episode {
    Episode(
      inputs: context + queries[query * inputDimension..<(query + 1) * inputDimension],
      // The query's own target is not shown to its prediction; any class will do.
      targets: targets.map(Float.init) + [0], of: .classes(classCount))
  }

  /// What a learner predicts for a block of episodes, `[block, N + 1, C]`.
  ///
  /// - Throws: what the learner throws; ``EvaluationError`` if a prediction is not finite.
  static func predictions(
    of learner: any InContextLearner, for block: [Episode], from start: Int
  ) throws -> [Float] {
    guard let shape = block.first?.shape else { return [] }
    let predictions = try learner.predictions(for: block)
    let width = shape.exampleCount * shape.target.width
    precondition(predictions.count == block.count * width, "A logit of each class.")
    if let place = predictions.firstIndex(where: { !$0.isFinite }) {
      throw EvaluationError.nonFinitePrediction(
        learner: learner.name, episode: start + place / width,
        contextLength: place % width / shape.target.width)
    }
    return predictions
  }
}
