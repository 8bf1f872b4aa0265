import Baselines
import Episodes
package import Evaluation
import MetaTraining
import RandomKeys
import TaskFamilies

/// A trained model in a few numbers: what it learned, how near to optimal it is, and where it breaks.
package struct ModelPortrait: Codable, Sendable {
  /// A score of the model, and that of the optimal learner of the same tasks.
  package struct Score: Codable, Sendable {
    package let model: Estimate
    package let optimal: Estimate
  }

  /// What a shift of the tasks does.
  package struct Weakness: Codable, Sendable {
    /// The name of the `PublishedShift`.
    package let shift: String
    /// With the longest context, after the shift.
    package let score: Score
  }

  /// The name of the run.
  package let run: String
  /// What the model became, by its predictions on unseen tasks.
  package let verdict: Verdict
  package let metric: EvaluationMetric
  /// At the last example of unseen tasks.
  package let score: Score
  package let optimalName: String
  /// The shifts under which the model is farthest from optimal, the farthest first; none if no shift
  /// fits the tasks.
  package let weaknesses: [Weakness]

  private static let episodeCount = 1024
  /// For identification, and under each shift.
  private static let surveyedEpisodeCount = 256
  private static let weaknessCount = 3

  /// - Throws: `StorageError` if the run has no good checkpoint of its last step; `EvaluationError` if a
  ///   prediction is not finite; what a learner throws.
  init(of run: TrainedRun, in laboratory: Laboratory) throws {
    let experiment = run.experiment
    let (family, learner) = (experiment.evaluationFamily, try run.learner())
    let optimal = try family.makeFamily().oracle
    let curves = try laboratory.curves(
      of: [NamedLearner("model", learner), NamedLearner("optimal", optimal)], on: family,
      episodes: Self.episodeCount, number: 100)
    self.run = run.name
    metric = curves.metric
    score = Score(
      model: curves.value(of: "model", .last), optimal: curves.value(of: "optimal", .last))
    optimalName = optimal.name
    let key = laboratory.key(101)
    verdict = try AlgorithmIdentification(
      tasks: IdentificationTasks(
        name: "unseen tasks", drawn: family, trained: experiment.family),
      episodeCount: Self.surveyedEpisodeCount,
      contextLengths: Array(experiment.layout.predictedExamples), key: key.folded(with: 0)
    ).identify(learner).verdict
    let shifts = try ShiftSuite(of: family, key: key.folded(with: 1)).measurements(
      of: learner.readingShorterEpisodes, episodeCount: Self.surveyedEpisodeCount,
      key: key.folded(with: 2))
    weaknesses = shifts.dropFirst().sorted { $0.excess > $1.excess }.prefix(Self.weaknessCount)
      .map {
        Weakness(shift: $0.shift, score: Score(model: $0.lastOfModel, optimal: $0.lastOfOptimal))
      }
  }
}
