import ArgumentParser
import CPUEngine
import Configuration
import Episodes
import Evaluation
import MetaTraining
import Storage
import TaskFamilies

struct IdentifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "identify",
    abstract: "Finds out which learning algorithm a model became.",
    discussion: """
      Compares what models predict with what every known learner predicts from the same examples: least squares, ridge \
      regression, steps of gradient descent with the best learning rates and with those that fit the model, the optimal \
      learners of the tasks of training with and without memory of them, neighbours, and more. A table shows the nearest, \
      a report has the figures, and a sentence says what it all amounts to. Where training drew from a limited pool, both \
      its tasks and unseen ones are looked at.

        manabi identify checkpoints/quickstart-regression
        manabi identify checkpoints/pool-of-64 --steps all
        manabi identify checkpoints/one-layer --contexts 10 --episodes 10000 --json
      """)

  @OptionGroup var checkpoints: CheckpointArguments
  @OptionGroup var other: OtherTasks
  @Option(
    help:
      "Compare after these numbers of examples, such as 5,10; after any that the model predicts if not given."
  )
  var contexts: String?
  @Option(help: "How many tasks to draw; 1024 if not given, fewer where predictions are long.")
  var episodes: Int?
  @OptionGroup var measurement: MeasurementOptions
  @OptionGroup var answer: AnswerOptions

  func validate() throws {
    guard (2...1_000_000).contains(episodes ?? 2) else {
      throw ValidationError("--episodes has to be from 2 to 1000000.")
    }
    _ = try contextList
  }

  func run() throws {
    let list = try CheckpointList(try checkpoints.paths(), engine: try measurement.engine())
    let seed = measurement.seed
    let choices = try list.entries.map { try self.choices(for: $0, of: list) }
    var known: [TaskChoice: AlgorithmIdentification] = [:]
    var models: [IdentifiedModel] = []
    let progress = ProgressLine(from: 0, to: list.entries.count, unit: "checkpoint")
    for (entry, choices) in zip(list.entries, choices) {
      let model = try list.model(entry)
      let results = try choices.map { choice in
        let identification = try known[choice] ?? choice.prepare(episodes: episodes, seed: seed)
        known[choice] = identification
        return try identification.identify(model.learner)
      }
      models.append(
        IdentifiedModel(
          checkpoint: entry.path, name: entry.name, directory: entry.directory, step: entry.step,
          family: entry.experiment.family.kind.rawValue, seed: seed, tasks: results))
      progress.show(models.count, entry.name)
    }
    progress.finish()
    try answer.give(
      models, text: IdentificationTables(models).text,
      report: IdentificationReport(models).report, in: list.entries[0].directory, as: "identify")
  }

  private var contextList: [Int]? {
    get throws { try contexts.map { try Self.numbers($0, of: "--contexts") } }
  }

  /// Numbers between commas, ascending.
  private static func numbers(_ text: String, of option: String) throws -> [Int] {
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard !numbers.isEmpty, numbers.allSatisfy({ $0.map { $0 >= 0 } ?? false }) else {
      throw ValidationError("\(option) takes numbers with commas between them, such as 5,10.")
    }
    return Set(numbers.compactMap(\.self)).sorted()
  }

  /// The tasks on which a model is looked at.
  ///
  /// - Throws: `EvaluationError` if the models cannot read their episodes.
  private func choices(
    for entry: CheckpointList.Entry, of list: CheckpointList
  ) throws -> [TaskChoice] {
    let experiment = entry.experiment
    let trained = experiment.family
    var drawn: [(name: String, family: FamilyConfiguration)] =
      trained.unlimited == trained
      ? [("unseen tasks", experiment.evaluationFamily)]
      : [("training tasks", trained), ("unseen tasks", experiment.evaluationFamily)]
    if let configuration = try other.configuration {
      let name = configuration.kind.rawValue
      try list.check(configuration.episodeShape, of: "the family \(name)")
      drawn = [("tasks of \(name)", configuration)]
    }
    return try drawn.map { name, family in
      let count = family.episodeShape.exampleCount
      let lengths =
        try contextList
        ?? Array(experiment.format.layout(for: family.episodeShape).predictedExamples)
      guard let longest = lengths.last, longest < count else {
        throw CommandError.invalid(
          "--contexts: episodes of the \(name) have \(count) examples, so at most \(count - 1) "
            + "come before a prediction.")
      }
      return TaskChoice(name: name, drawn: family, trained: trained, contextLengths: lengths)
    }
  }
}

/// Tasks on which models are identified; equal for checkpoints of one run.
private struct TaskChoice: Hashable {
  /// So many numbers of a learner's predictions are held at most, 32 MiB, unless the user says
  /// otherwise.
  private static let largestPrediction = 1 << 22

  let name: String
  let drawn: FamilyConfiguration
  let trained: FamilyConfiguration
  let contextLengths: [Int]

  /// Draws the tasks and asks the known learners.
  func prepare(episodes: Int?, seed: Int) throws -> AlgorithmIdentification {
    let size = contextLengths.count * drawn.episodeShape.target.width
    let count = episodes ?? min(1024, max(32, Self.largestPrediction / size))
    return try AlgorithmIdentification(
      tasks: IdentificationTasks(name: name, drawn: drawn, trained: trained),
      episodeCount: count, contextLengths: contextLengths,
      key: RunStream.evaluation.key(seed: seed))
  }
}
