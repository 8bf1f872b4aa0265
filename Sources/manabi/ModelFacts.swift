import Evaluation
import MetaTraining
import Models
import TaskFamilies

/// How large a model is.
struct ModelFacts: Encodable {
  let parameters: Int
  /// Numbers of the context that the last prediction can read.
  let accessibleState: Int
  /// Steps that it was trained.
  let step: Int

  init(_ model: TrainedModel) {
    let sequenceModel = model.experiment.sequenceModel
    parameters = sequenceModel.parameterCount
    accessibleState = sequenceModel.accessibleStateSize
    step = model.step
  }
}

extension TrainedModel {
  /// What the model gains within episodes, and what that says of it.
  ///
  /// - Parameter otherData: tasks on data that training never showed; if nil, those of another base
  ///   of its family.
  /// - Throws: as ``RegimeMeasurement/init(of:trainedOn:otherData:episodeCount:key:criteria:)``.
  func regime(otherData: FamilyConfiguration?, episodes: Int, seed: Int) throws
    -> RegimeMeasurement
  {
    try RegimeMeasurement(
      of: learner, trainedOn: experiment.family, otherData: otherData, episodeCount: episodes,
      key: RunStream.evaluation.key(seed: seed))
  }
}
