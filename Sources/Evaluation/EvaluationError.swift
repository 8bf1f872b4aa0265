/// Why an evaluation has no result.
package enum EvaluationError: Error, Equatable, CustomStringConvertible {
  /// A learner predicted a number that is not finite.
  case nonFinitePrediction(learner: String, episode: Int, contextLength: Int)
  /// A model computed a number that is not finite on the way to its predictions.
  case nonFiniteActivation(episode: Int)
  /// There is nothing to average over.
  case noEpisodes
  /// A split needs rows on both sides.
  case impossibleSplit(rows: Int, contextRows: Int)
  /// A model cannot read the episodes.
  case foreignEpisodes(String)

  package var description: String {
    switch self {
    case .nonFinitePrediction(let learner, let episode, let contextLength):
      """
      The learner '\(learner)' predicts a number that is not finite in episode \(episode) \
      after \(contextLength) examples. Its parameters may be damaged or its training diverged.
      """
    case .nonFiniteActivation(let episode):
      """
      The model computes a number that is not finite on the way to its predictions in episode \
      \(episode). Its parameters may be damaged or its training diverged.
      """
    case .noEpisodes:
      "An evaluation needs at least one episode."
    case .foreignEpisodes(let difference):
      "The model cannot read these episodes: they have \(difference)."
    case .impossibleSplit(let rows, let contextRows):
      """
      A table of \(rows) rows cannot be split into \(contextRows) context rows and at least one \
      query row. Ask for 1 to \(max(rows - 1, 1)) context rows.
      """
    }
  }
}
