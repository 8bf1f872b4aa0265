import Evaluation
import MetaTraining

/// The answer of `manabi evaluate --json`: the curves, and beside them what was evaluated.
struct CurveAnswer: Encodable {
  /// A checkpoint among those evaluated.
  struct Checkpoint: Encodable {
    let name: String
    let path: String
    let step: Int
    let seed: Int
  }

  private enum CodingKeys: String, CodingKey {
    case checkpoints, searches, spreads, tasks
  }

  private let evaluation: CurveEvaluation
  private let searches: [LearnerSearch]

  /// - Parameter searches: how the settings of learners were found.
  init(_ evaluation: CurveEvaluation, searches: [LearnerSearch]) {
    self.evaluation = evaluation
    self.searches = searches
  }

  func encode(to encoder: any Encoder) throws {
    try evaluation.curves.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(evaluation.tasks.name, forKey: .tasks)
    try values.encode(evaluation.spreads, forKey: .spreads)
    try values.encode(searches, forKey: .searches)
    try values.encode(
      evaluation.checkpoints.map { entry in
        Checkpoint(
          name: entry.name, path: entry.path, step: entry.step, seed: entry.experiment.seed)
      }, forKey: .checkpoints)
  }
}
