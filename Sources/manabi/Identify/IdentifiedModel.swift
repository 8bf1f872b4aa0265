import Evaluation

/// A checkpoint with what was found of it on some tasks.
struct IdentifiedModel: Encodable {
  /// Its file.
  let checkpoint: String
  /// Short, and different from those of the others.
  let name: String
  /// Where the checkpoint lies.
  let directory: String
  let step: Int
  /// The kind of the family that it was trained on.
  let family: String
  /// Of tasks and intervals.
  let seed: Int
  /// One for each kind of tasks that was looked at.
  let tasks: [Identification]

  /// The last part of the directory, which names the run.
  var run: String { directory.split(separator: "/").last.map(String.init) ?? directory }
}
