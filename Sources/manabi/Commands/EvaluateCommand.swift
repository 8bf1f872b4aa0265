import ArgumentParser
import CPUEngine
import Configuration
import Evaluation
import MetaTraining
import Reporting
import Storage
import TaskFamilies

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract:
      "Measures models beside the classical learners, by the number of examples in their context.",
    discussion: """
      Squared errors are divided by the mean squared target, so that predicting zero scores 1. Intervals are \
      90 % bootstrap intervals over tasks. Checkpoints that differ in their seed alone are also shown as their mean \
      with their spread. A page and a file of all numbers go beside the first checkpoint.

        manabi evaluate checkpoints/quickstart-regression
        manabi evaluate checkpoints/seed-1 checkpoints/seed-2 checkpoints/seed-3
        manabi evaluate checkpoints/first --steps all --learners ridge,leastSquares
        manabi evaluate checkpoints/first --examples 41
        manabi evaluate checkpoints/first/step-000001000.h5 --task-set datasets/held-out.h5 --json
        manabi evaluate checkpoints/first --family scaledInputs --set factor=2 --set family.dimension=5
        manabi evaluate checkpoints/pool-of-1024 --seen-tasks
        manabi evaluate checkpoints/general-purpose --family datasets/fashion-mnist.yaml --learners tuned
      """)

  @OptionGroup var checkpoints: CheckpointArguments
  @Option(help: "A task set to evaluate on, a file or a directory, instead of fresh tasks.")
  var taskSet: String?
  @OptionGroup var other: OtherTasks
  @Flag(help: "Draw the tasks that training draws, out of their pool, instead of unseen ones.")
  var seenTasks = false
  @Option(
    help:
      "Learners beside the models, with commas between them; oracle is the optimal one, tuned are those whose best settings are searched on other tasks, none none."
  )
  var learners: String?
  @Option(help: "How many examples an episode has, if not as many as in training.")
  var examples: Int?
  @Option(help: "How many tasks to draw.")
  var episodes = 1024
  @OptionGroup var measurement: MeasurementOptions
  @OptionGroup var answer: AnswerOptions

  func validate() throws {
    guard episodes > 0 else { throw ValidationError("--episodes has to be at least 1.") }
    guard examples ?? 1 > 0 else { throw ValidationError("--examples has to be at least 1.") }
    guard [taskSet != nil, other.family != nil, seenTasks].count(where: \.self) < 2 else {
      throw ValidationError("Only one of --task-set, --family and --seen-tasks can be given.")
    }
    guard examples == nil || taskSet == nil else {
      throw ValidationError(
        "--examples is for tasks that are drawn; those of a set are as they are.")
    }
  }

  func run() throws {
    let list = try CheckpointList(try checkpoints.paths(), engine: try measurement.engine())
    let seed = measurement.seed
    let tasks = try tasks(for: list)
    let choice = try LearnerChoice(learners, for: tasks.family, seed: seed)
    let others = choice.learners
    let progress = ProgressLine(
      from: 0, to: tasks.episodeCount * (list.entries.count + (others.isEmpty ? 0 : 1)),
      unit: "episode")
    let evaluation = try CurveEvaluation(list, beside: others, on: tasks, seed: seed) {
      if $0 > 0 { progress.show($0, $1) }
    }
    progress.finish()
    let curves = CurveReport(evaluation)
    try answer.give(
      CurveAnswer(evaluation, searches: choice.searches), text: curves.table.rendered(),
      report: curves.report(choice.facts), in: list.entries[0].directory, as: "evaluate")
  }

  /// The tasks that all models are evaluated on.
  ///
  /// - Throws: `EvaluationError` if a model cannot read their episodes.
  private func tasks(for list: CheckpointList) throws -> CurveEvaluation.Tasks {
    let seed = measurement.seed
    if let taskSet {
      let tasks = try CurveEvaluation.Tasks(
        ofSet: taskSet, seed: seed, fallback: list.entries[0].experiment.evaluationFamily)
      try list.check(tasks.shape, of: taskSet)
      return tasks
    }
    var configuration =
      try other.configuration
      ?? list.family(seenTasks: seenTasks)
    try list.check(configuration.episodeShape, of: "the family \(configuration.kind.rawValue)")
    if let examples {
      configuration = try configuration.withExamples(examples, origin: "--examples \(examples)")
    }
    return try CurveEvaluation.Tasks(drawnFrom: configuration, count: episodes, seed: seed)
  }
}
