import Foundation

/// The folder of one training run: `experiment.yaml`, `metrics.jsonl`, checkpoints
/// `step-000001000.h5`, and reports `non-finite-000001000.json` of steps that were not finite.
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

  package func checkpointPath(step: Int) -> String { "\(path)/step-\(Self.digits(step)).h5" }

  package func reportPath(step: Int) -> String { "\(path)/non-finite-\(Self.digits(step)).json" }

  /// At least nine, so that names are in the order of steps.
  private static func digits(_ step: Int) -> String {
    let digits = String(step)
    return String(repeating: "0", count: max(0, 9 - digits.count)) + digits
  }

  /// Whether a run was begun here.
  package var exists: Bool { fileSystem.exists(experimentPath) }

  /// Makes the folder, if it is not there, and takes the right to write to it.
  ///
  /// - Throws: ``StorageError/busy(path:owner:)`` if another process has it;
  ///   ``StorageError/system(call:path:code:)`` with the call that failed.
  package func lock() throws(StorageError) -> RunLock {
    try fileSystem.createDirectory(path)
    return try RunLock("\(path)/.lock", of: path, fileSystem: fileSystem)
  }

  /// Writes the experiment into the folder, which begins the run.
  ///
  /// - Parameter experiment: as resolved YAML.
  /// - Throws: ``StorageError/exists(path:)`` if a run was begun here;
  ///   ``StorageError/system(call:path:code:)`` with the call that failed.
  package func create(experiment: String) throws(StorageError) {
    guard !exists else { throw .exists(path: path) }
    try fileSystem.createDirectory(path)
    try fileSystem.replace(experimentPath, with: Array(experiment.utf8))
  }

  /// Removes a run of which nothing is known but its experiment: what it began with is free again.
  ///
  /// - Throws: ``StorageError`` if the folder cannot be read or a file not be removed.
  package func removeIfEmpty() throws(StorageError) {
    let names = try fileSystem.names(in: path).filter { $0 != ".lock" }
    let known = [experimentPath, metricsPath].compactMap { $0.split(separator: "/").last }
    guard names.allSatisfy({ known.contains($0[...]) }) else { return }
    if fileSystem.exists(metricsPath) {
      guard try fileSystem.read(metricsPath, from: 0, count: 1).isEmpty else { return }
      try fileSystem.remove(metricsPath)
    }
    // Last, as it is what makes a run.
    if exists { try fileSystem.remove(experimentPath) }
  }

  /// Opens the log of metrics and cuts it to a length.
  ///
  /// - Throws: as ``MetricsLog/init(_:keeping:fileSystem:)``.
  package func metrics(keeping offset: Int) throws(StorageError) -> MetricsLog {
    try MetricsLog(metricsPath, keeping: offset, fileSystem: fileSystem)
  }

  /// Reads the log of metrics.
  package var metricsReader: MetricsReader { MetricsReader(metricsPath, fileSystem: fileSystem) }

  /// Writes the report of a step that was not finite.
  ///
  /// - Throws: ``StorageError/system(call:path:code:)`` with the call that failed; what the encoder
  ///   throws.
  package func save(report: some Encodable, step: Int) throws {
    let encoder = RecordCoding.encoder()
    encoder.outputFormatting.insert(.prettyPrinted)
    let text = Array(try encoder.encode(report)) + [UInt8(ascii: "\n")]
    try fileSystem.replace(reportPath(step: step), with: text)
  }

  /// The report of a step, nil if there is none.
  ///
  /// - Throws: ``StorageError`` if it cannot be read or says something else.
  package func report<Report: Decodable>(
    of type: Report.Type = Report.self, step: Int
  ) throws(StorageError) -> Report? {
    let path = reportPath(step: step)
    guard fileSystem.exists(path) else { return nil }
    let text = Data(try fileSystem.read(path))
    guard let report = try? RecordCoding.decoder().decode(type, from: text) else {
      throw .damaged(path: path, reason: "it is no report of a step")
    }
    return report
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
    try latestCheckpoint(where: { _ in true }, reportingSkipped: report)
  }

  /// The checkpoint that can be trusted of the most steps that are wanted.
  ///
  /// - Throws: as ``latestCheckpoint(reportingSkipped:)``.
  package func latestCheckpoint(
    where isWanted: (_ step: Int) -> Bool,
    reportingSkipped report: (StorageError) -> Void = { _ in }
  ) throws(StorageError) -> Checkpoint? {
    var passedOver: [Int] = []
    while true {
      let steps = try checkpointSteps().filter(isWanted)
      // All that were listed may have made room for newer ones before they were read.
      guard steps != passedOver else { return nil }
      for step in steps.reversed() {
        do throws(StorageError) {
          return try checkpoint(step: step)
        } catch {
          if case .system = error { throw error }
          report(error)
        }
      }
      passedOver = steps
    }
  }

  /// The checkpoint of a step.
  ///
  /// - Throws: ``StorageError`` if it is missing, damaged or of another step.
  package func checkpoint(step: Int) throws(StorageError) -> Checkpoint {
    let path = checkpointPath(step: step)
    let checkpoint = try Checkpoint(contentsOf: path, fileSystem: fileSystem)
    guard checkpoint.step == step else {
      throw .notOurs(path: path, reason: "it holds step \(checkpoint.step)")
    }
    return checkpoint
  }

  /// Checks the seal of the checkpoint of a step.
  ///
  /// - Throws: ``StorageError`` if it is missing or damaged.
  func checkSeal(step: Int) throws(StorageError) {
    _ = try Seal(checking: checkpointPath(step: step), fileSystem: fileSystem)
  }

  /// Removes checkpoints, those of fewer steps first.
  ///
  /// - Throws: ``StorageError`` if one cannot be removed.
  package func removeCheckpoints(where isUnwanted: (_ step: Int) -> Bool) throws(StorageError) {
    for step in try checkpointSteps() where isUnwanted(step) {
      try fileSystem.remove(checkpointPath(step: step))
    }
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
