import ArgumentParser
import Baselines
import CPUEngine
import Episodes
import Evaluation
import MetaTraining
import RandomKeys
import Reporting
import Storage
import TaskFamilies

struct ShiftsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shifts",
    abstract: "Measures a model under every published shift of its tasks.",
    discussion: """
      Scaled, skewed and redrawn inputs, scaled and moved weights, queries that the context says little about, noise \
      and random labels: those that fit the tasks. Beside the model stand the learner that was optimal for the tasks \
      before the shift and the one that is optimal after it. Errors are divided by the mean squared target of the \
      shifted tasks.

        manabi shifts checkpoints/quickstart-regression
        manabi shifts checkpoints/first --episodes 4096 --json
      """)

  @Argument(help: "A run's directory (its latest checkpoint), or a checkpoint.")
  var runOrCheckpoint: String
  @Option(help: "How many tasks to draw under each shift.")
  var episodes = 1024
  @OptionGroup var measurement: MeasurementOptions
  @OptionGroup var answer: AnswerOptions

  func validate() throws {
    guard episodes > 0 else { throw ValidationError("--episodes has to be at least 1.") }
  }

  func run() throws {
    let model = try TrainedModel(runOrCheckpoint, engine: try measurement.engine())
    let family = model.experiment.evaluationFamily
    let key = RunStream.evaluation.key(seed: measurement.seed)
    let suite = try ShiftSuite(of: family, key: key.folded(with: 2))
    guard !suite.shifts.isEmpty else {
      throw CommandError.invalid(
        "no published shift fits \(family.kind.rawValue): all change inputs that are vectors.")
    }
    let progress = ProgressLine(from: 0, to: suite.shifts.count, unit: "shift")
    let results = try suite.measurements(
      of: model.learner.readingShorterEpisodes, episodeCount: episodes, key: key
    ) { done, next in
      if done > 0 { progress.show(done, next) }
    }
    progress.finish()
    let found = ShiftReport(results, model: model)
    try answer.give(
      results, text: found.table.rendered(width: StandardOutput.width), report: found.report,
      in: model.directory, as: "shifts")
  }
}
