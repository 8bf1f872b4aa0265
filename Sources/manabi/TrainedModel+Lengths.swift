import Baselines
import Episodes
import Evaluation
import MetaTraining
import Models

extension TrainedModel {
  /// The model as a learner that reads episodes shorter than those of training too, whatever it knows
  /// of positions.
  var learnerOfShorterEpisodes: any InContextLearner {
    experiment.model.readsEveryLength
      ? learner : PaddedLearner(learner, to: experiment.layout.shape.exampleCount)
  }
}
