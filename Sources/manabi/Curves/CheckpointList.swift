import ComputeGraph
import Episodes
import Evaluation
import MetaTraining
import TaskFamilies

/// Checkpoints that are evaluated on the same tasks.
///
/// Of many, one model is in memory at a time.
struct CheckpointList {
  /// A checkpoint without its parameters.
  struct Entry {
    let name: String
    let path: String
    let directory: String
    let step: Int
    let experiment: Experiment
  }

  let entries: [Entry]
  /// The model of a list of one, which is read once: a trainer at work may remove its file.
  private let only: TrainedModel?
  private let engine: any Engine

  /// - Parameters:
  ///   - paths: of runs' directories, whose latest checkpoints are taken, or of checkpoints.
  ///   - engine: runs the models.
  /// - Throws: `StorageError`, `ConfigurationError` or `TrainingError` if a checkpoint cannot be
  ///   read or does not fit this program.
  init(_ paths: [String], engine: any Engine) throws {
    self.engine = engine
    let only = paths.count == 1 ? try TrainedModel(paths[0], engine: engine) : nil
    self.only = only
    let models = try paths.map { path in
      let model = try only ?? TrainedModel(path, engine: engine)
      return Entry(
        name: "model", path: model.path, directory: model.directory, step: model.step,
        experiment: model.experiment)
    }
    entries = zip(models, Self.names(of: models)).map { model, name in
      Entry(
        name: name, path: model.path, directory: model.directory, step: model.step,
        experiment: model.experiment)
    }
  }

  /// The model of an entry.
  ///
  /// - Throws: `StorageError` if its file has gone.
  func model(_ entry: Entry) throws -> TrainedModel {
    try only ?? TrainedModel(entry.path, engine: engine)
  }

  /// The shortest names that differ: `model` alone, else by steps, by runs, by both, or by paths.
  private static func names(of models: [Entry]) -> [String] {
    func runName(_ model: Entry) -> String {
      model.directory.split(separator: "/").last.map(String.init) ?? model.directory
    }
    guard models.count > 1 else { return models.map(\.name) }
    let isOneRun = Set(models.map(\.directory)).count == 1
    let choices: [(Entry) -> String] = [
      { isOneRun ? "step \($0.step)" : runName($0) },
      { "\(runName($0)) at step \($0.step)" },
      \.path,
    ]
    let names = choices.lazy.map { choice in models.map(choice) }
    return names.first { Set($0).count == $0.count } ?? models.map(\.path)
  }

  /// Groups of checkpoints whose experiments differ in their seed alone, after the same steps.
  var seedGroups: [(name: String, members: [Entry])] {
    var groups: [(experiment: Experiment, members: [Entry])] = []
    for entry in entries {
      var experiment = entry.experiment
      experiment.seed = 0
      let place = groups.firstIndex {
        $0.experiment == experiment && $0.members[0].step == entry.step
      }
      if let place {
        groups[place].members.append(entry)
      } else {
        groups.append((experiment, [entry]))
      }
    }
    let several = groups.filter { $0.members.count > 1 }
    return several.enumerated().map { index, group in
      let number = several.count > 1 ? " (\(index + 1))" : ""
      return ("mean of \(group.members.count) seeds\(number)", group.members)
    }
  }

  /// The family that all are evaluated on.
  ///
  /// - Parameter seenTasks: whether it is the one that training draws from.
  /// - Throws: ``CommandError`` if they were trained on different ones.
  func family(seenTasks: Bool) throws(CommandError) -> FamilyConfiguration {
    let families = entries.map {
      seenTasks ? $0.experiment.family : $0.experiment.evaluationFamily
    }
    if let other = families.indices.first(where: { families[$0] != families[0] }) {
      throw .invalid(
        "\(entries[0].name) and \(entries[other].name) were trained on different tasks. "
          + "Say with --family or --task-set on which to evaluate both.")
    }
    return families[0]
  }

  /// - Throws: `EvaluationError` if a model takes other inputs or targets.
  func check(_ found: EpisodeShape, of origin: String) throws(EvaluationError) {
    for entry in entries {
      let known = entry.experiment.layout.shape
      guard found.inputDimension == known.inputDimension, found.target == known.target else {
        throw .foreignEpisodes(
          "\(found.summary) in \(origin); \(entry.name) was trained on \(known.summary). "
            + "Choose tasks with the inputs and targets of the model's")
      }
    }
  }
}
