import ArgumentParser
import Baselines
import CPUEngine
import Configuration
import Episodes
import Evaluation
import MetaTraining
import Storage
import TaskFamilies

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract:
      "Measures a model beside the classical learners, by the number of examples in its context.",
    discussion: """
      Squared errors are divided by the mean squared target, so that predicting zero scores 1. Intervals are \
      90 % bootstrap intervals over episodes. A chart goes beside the checkpoint.

        manabi evaluate checkpoints/quickstart-regression
        manabi evaluate checkpoints/first/step-000001000.h5 --task-set datasets/held-out.h5 --json
        manabi evaluate checkpoints/first --family scaledInputs --set factor=2 --set family.dimension=5
        manabi evaluate checkpoints/pool-of-1024 --seen-tasks
      """)

  @Argument(help: "A run's directory (its latest checkpoint), or a checkpoint.")
  var runOrCheckpoint: String
  @Option(help: "A task set to evaluate on, a file or a directory, instead of fresh tasks.")
  var taskSet: String?
  @Option(help: "Draw tasks of this family instead: a name, a YAML file or a recipe.")
  var family: String?
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: "Change a setting of that family, such as factor=2.")
  var overrides: [String] = []
  @Flag(help: "Draw the tasks that training draws, out of their pool, instead of unseen ones.")
  var seenTasks = false
  @Option(help: "How many tasks to draw.")
  var episodes = 1024
  @Option(help: "Names the tasks and the bootstrap resamples.")
  var seed = 1
  @Option(help: "Threads that compute; all cores if not given.")
  var workers: Int?
  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard episodes > 0 else { throw ValidationError("--episodes has to be at least 1.") }
    guard seed >= 0 else { throw ValidationError("--seed has to be at least 0.") }
    guard [taskSet != nil, family != nil, seenTasks].count(where: \.self) < 2 else {
      throw ValidationError("Only one of --task-set, --family and --seen-tasks can be given.")
    }
    guard overrides.isEmpty || family != nil else {
      throw ValidationError("--set changes the family that --family names.")
    }
  }

  func run() throws {
    let engine = try CPUEngine(workers: try Workers.count(workers))
    let model = try TrainedModel(runOrCheckpoint, engine: engine)
    let curves =
      try taskSet.map { try measure(model, on: $0) }
      ?? Self.measure(model, on: try drawnFamily(for: model), episodes, seed)
    let chart = CurveReport(curves, model: model)
    try chart.save()
    if json {
      try Output.json(curves)
    } else {
      try Output.text(chart.table, terminator: "")
      Output.note("Chart: \(chart.path)")
    }
  }

  /// The family whose tasks are drawn.
  ///
  /// - Throws: `EvaluationError` if the model cannot read its episodes.
  private func drawnFamily(for model: TrainedModel) throws -> FamilyConfiguration {
    guard let family else {
      return seenTasks ? model.experiment.family : model.experiment.evaluationFamily
    }
    let configuration = try FamilyArgument.configuration(family, overrides: overrides)
    try Self.check(configuration.episodeShape, of: "family \(family)", model)
    return configuration
  }

  private static func check(
    _ found: EpisodeShape, of origin: String, _ model: TrainedModel
  ) throws(EvaluationError) {
    let known = model.experiment.layout.shape
    guard found.inputDimension == known.inputDimension, found.target == known.target else {
      throw .foreignEpisodes(
        "\(found.summary) in \(origin); the model was trained on \(known.summary). "
          + "Choose tasks with the inputs and targets of the model's")
    }
  }

  /// The curves of a model and of a family's learners on tasks that are drawn.
  static func measure(
    _ model: TrainedModel, on configuration: FamilyConfiguration, _ episodes: Int, _ seed: Int
  ) throws -> ContextCurves {
    let family = try configuration.makeFamily()
    var curves = try ContextCurves.measure(
      learners: [model.learner] + family.learners, family: family, episodeCount: episodes,
      key: RunStream.evaluation.key(seed: seed))
    curves.seed = UInt64(seed)
    return curves
  }

  /// The curves on a task set, beside the baselines of its family, or of the model's if it has none.
  ///
  /// - Throws: `StorageError` if the set cannot be read; `EvaluationError` if the model cannot read
  ///   its episodes.
  private func measure(_ model: TrainedModel, on path: String) throws -> ContextCurves {
    let reader = try TaskSetReader(path)
    let found = reader.set.shape
    try Self.check(found, of: path, model)
    let family: FamilyConfiguration =
      try reader.set.family.map { yaml in
        try ConfigurationDocument(yaml: yaml, name: "the family in \(path)").decode()
      } ?? model.experiment.evaluationFamily
    return try ContextCurves.measure(
      learners: [model.learner] + (try family.makeFamily().learners), shape: found,
      episodeCount: reader.episodeCount, key: RunStream.evaluation.key(seed: seed)
    ) { try reader.episodes($0) }
  }
}
