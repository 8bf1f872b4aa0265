/// The folder of one training run: `experiment.yaml`, `metrics.jsonl` and checkpoints
/// `step-000001000.h5`.
package struct RunDirectory: Sendable {
  package let path: String
  private let fileSystem: any FileSystem

  /// The folder at `path`, which need not exist yet.
  package init(_ path: String, fileSystem: any FileSystem = POSIXFileSystem()) {
    self.path = path
    self.fileSystem = fileSystem
  }

  package var experimentPath: String { "\(path)/experiment.yaml" }
  package var metricsPath: String { "\(path)/metrics.jsonl" }

  package func checkpointPath(step: Int) -> String {
    let digits = String(step)
    let zeros = String(repeating: "0", count: max(0, 9 - digits.count))
    return "\(path)/step-\(zeros)\(digits).h5"
  }

  /// Whether a run was begun here.
  package var exists: Bool { fileSystem.exists(experimentPath) }

  /// Makes the folder and writes the experiment into it.
  ///
  /// - Parameter experiment: as resolved YAML.
  /// - Throws: ``StorageError/exists(path:)`` if a run was begun here;
  ///   ``StorageError/system(call:path:code:)`` with the call that failed.
  package func create(experiment: String) throws(StorageError) {
    guard !exists else { throw .exists(path: path) }
    try fileSystem.createDirectory(path)
    try fileSystem.replace(experimentPath, with: Array(experiment.utf8))
  }

  /// The resolved experiment as YAML.
  ///
  /// - Throws: ``StorageError`` if there is no run here.
  package func experiment() throws(StorageError) -> String {
    String(decoding: try fileSystem.read(experimentPath), as: UTF8.self)
  }

  /// Writes a checkpoint under the name of its step.
  ///
  /// - Returns: its path.
  /// - Throws: ``StorageError/system(call:path:code:)`` with the call that failed; `HDF5Error` if
  ///   the names of two tensors collide.
  @discardableResult
  package func save(_ checkpoint: Checkpoint) throws -> String {
    let path = checkpointPath(step: checkpoint.step)
    try checkpoint.write(to: path, fileSystem: fileSystem)
    return path
  }

  /// The steps of which there is a checkpoint, whole or damaged, ascending.
  ///
  /// - Throws: ``StorageError`` if the folder cannot be read.
  package func checkpointSteps() throws(StorageError) -> [Int] {
    let steps = try fileSystem.names(in: path).compactMap { name -> Int? in
      guard name.hasPrefix("step-"), name.hasSuffix(".h5") else { return nil }
      return Int(name.dropFirst("step-".count).dropLast(".h5".count))
    }
    return steps.sorted()
  }

  /// The checkpoint of the most steps that can be trusted.
  ///
  /// - Parameter report: told why a checkpoint of more steps was passed over.
  /// - Returns: `nil` if there is none.
  /// - Throws: ``StorageError`` if the folder cannot be read, or a file for a reason that may pass:
  ///   then an older checkpoint would be the wrong answer.
  package func latestCheckpoint(
    reportingSkipped report: (StorageError) -> Void = { _ in }
  ) throws(StorageError) -> Checkpoint? {
    for step in try checkpointSteps().reversed() {
      let path = checkpointPath(step: step)
      do throws(StorageError) {
        let checkpoint = try Checkpoint(contentsOf: path, fileSystem: fileSystem)
        guard checkpoint.step == step else {
          throw .notOurs(path: path, reason: "it holds step \(checkpoint.step)")
        }
        return checkpoint
      } catch {
        if case .system = error { throw error }
        report(error)
      }
    }
    return nil
  }

  /// Removes files that a process was writing when it died.
  ///
  /// - Returns: their paths.
  /// - Throws: ``StorageError`` if the folder cannot be read or a file not be removed.
  @discardableResult
  package func removeStaleFiles() throws(StorageError) -> [String] {
    var removed: [String] = []
    for name in try fileSystem.names(in: path)
    where name.hasPrefix(".") && name.hasSuffix(temporaryEnding) {
      try fileSystem.remove("\(path)/\(name)")
      removed.append("\(path)/\(name)")
    }
    return removed
  }
}
