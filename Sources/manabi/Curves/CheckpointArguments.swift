import ArgumentParser
import MetaTraining
import Storage

/// The arguments that name checkpoints, one or many.
struct CheckpointArguments: ParsableArguments {
  @Argument(help: "Runs' directories (their latest checkpoints), or checkpoints.")
  var runsOrCheckpoints: [String]
  @Option(help: "Which checkpoints of runs' directories: all, or a list of steps such as 500,1000.")
  var steps: String?

  func validate() throws {
    guard steps.map({ Self.parse($0) != nil }) ?? true else {
      throw ValidationError("--steps has to be all, or steps with commas between them.")
    }
  }

  private enum Wish {
    case all
    case some([Int])
  }

  private static func parse(_ text: String) -> Wish? {
    if text == "all" { return .all }
    let words = text.split(separator: ",", omittingEmptySubsequences: false)
    let steps = words.compactMap { Int($0) }.filter { $0 >= 0 }
    return steps.count == words.count && !steps.isEmpty ? .some(steps) : nil
  }

  /// The paths that were meant, each once: of runs' directories, whose latest checkpoint is wanted,
  /// or of checkpoints.
  ///
  /// - Throws: `StorageError` if a run cannot be read; `TrainingError` if it has no checkpoints;
  ///   ``CommandError`` if it has none of a step.
  func paths() throws -> [String] {
    let paths = try runsOrCheckpoints.flatMap { try expanded($0) }
    var seen: Set<String> = []
    return paths.filter { seen.insert($0).inserted }
  }

  private func expanded(_ path: String) throws -> [String] {
    guard let wish = steps.flatMap(Self.parse) else { return [path] }
    let run = RunDirectory(path)
    guard run.exists else {
      throw CommandError.invalid(
        "\(path): --steps chooses checkpoints of runs' directories, and this is none.")
    }
    let there = try run.checkpointSteps()
    guard !there.isEmpty else { throw TrainingError.noCheckpoint(run: path) }
    switch wish {
    case .all: return there.map { run.checkpointPath(step: $0) }
    case .some(let steps):
      if let missing = steps.first(where: { !there.contains($0) }) {
        let list = there.map { "\($0)" }.joined(separator: ", ")
        throw CommandError.invalid(
          "--steps: the run \(path) has no checkpoint of step \(missing); it has \(list).")
      }
      return steps.map { run.checkpointPath(step: $0) }
    }
  }
}
