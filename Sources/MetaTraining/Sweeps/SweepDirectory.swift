internal import Configuration
package import Storage

/// The folder of a sweep: `sweep.yaml`, and a run directory for each point.
package struct SweepDirectory: Sendable {
  /// How far a point is.
  package enum Progress: Equatable, Sendable {
    /// After so many steps, with a checkpoint; zero if it was not begun.
    case begun(step: Int)
    case finished
  }

  package let path: String
  private let fileSystem: any FileSystem

  package init(_ path: String, fileSystem: any FileSystem = POSIXFileSystem()) {
    self.path = path
    self.fileSystem = fileSystem
  }

  /// The sweep as its points read it.
  package var filePath: String { "\(path)/sweep.yaml" }

  package func run(_ point: SweepPoint) -> RunDirectory {
    RunDirectory("\(path)/\(point.name)", fileSystem: fileSystem)
  }

  /// Takes the right to train the sweep.
  ///
  /// - Throws: `StorageError.busy` if another process has it, or with the call that failed.
  package func lock() throws -> RunLock {
    try RunDirectory(path, fileSystem: fileSystem).lock()
  }

  /// The sweep that was begun here, nil if there is none.
  ///
  /// - Throws: `StorageError` or `ConfigurationError` if its file cannot be read.
  package func stored() throws -> Sweep? {
    guard fileSystem.exists(filePath) else { return nil }
    let text = String(decoding: try fileSystem.read(filePath), as: UTF8.self)
    let file: SweepFile = try ConfigurationDocument(yaml: text, name: filePath).decode()
    // A stored sweep has its base written out.
    return try file.sweep(filePath) { try ConfigurationDocument(yaml: "", name: $0) }
  }

  /// Begins a sweep here, or goes on with the one that is here.
  ///
  /// - Parameters:
  ///   - sweep: what is asked for.
  ///   - isExtended: whether it may have points that the sweep which is here has not.
  /// - Throws: ``TrainingError/differentSweep(path:difference:)`` if the sweep that is here is
  ///   another, ``TrainingError/exists(run:)`` if a run is; what keeps the file from being read or
  ///   written.
  package func begin(_ sweep: Sweep, isExtended: Bool) throws {
    if let known = try stored() {
      guard let difference = try Self.difference(sweep, from: known, isExtended: isExtended) else {
        if sweep.points.count > known.points.count { try write(sweep) }
        return
      }
      throw TrainingError.differentSweep(path: path, difference: difference)
    }
    guard !RunDirectory(path, fileSystem: fileSystem).exists else {
      throw TrainingError.exists(run: path)
    }
    try fileSystem.createDirectory(path)
    try write(sweep)
  }

  private func write(_ sweep: Sweep) throws {
    let file = SweepFile(base: ConfigurationValue(sweep.base), axes: sweep.axes)
    let text = try ConfigurationDocument.yaml(encoding: file)
    try fileSystem.replace(filePath, with: Array(text.utf8))
  }

  /// In what a sweep differs from the one that is here.
  private static func difference(
    _ sweep: Sweep, from known: Sweep, isExtended: Bool
  ) throws -> String? {
    let asked = Dictionary(uniqueKeysWithValues: sweep.points.map { ($0.name, $0.experiment) })
    for point in known.points {
      guard let experiment = asked[point.name] else {
        return "it has a point `\(point.name)`, which was not asked for"
      }
      if let difference = try experiment.difference(from: point.experiment) {
        return "of its point `\(point.name)`, \(difference)"
      }
    }
    guard !isExtended, sweep.points.count > known.points.count else { return nil }
    let names = Set(known.points.map(\.name))
    let added = sweep.points.first { !names.contains($0.name) }?.name ?? ""
    return "it has no point `\(added)`, which was asked for (--extend adds points)"
  }

  /// How far a point is.
  ///
  /// - Throws: ``TrainingError/differs(run:difference:)`` if its run belongs to another experiment;
  ///   `StorageError` if it cannot be read.
  package func progress(of point: SweepPoint) throws -> Progress {
    let run = run(point)
    guard run.exists else { return .begun(step: 0) }
    guard let checkpoint = try run.latestCheckpoint() else {
      try point.experiment.check(isThatOf: run, text: try run.experiment())
      return .begun(step: 0)
    }
    try point.experiment.check(isThatOf: run, text: checkpoint.experiment)
    let isFinished =
      try checkpoint.step == point.experiment.steps && Self.isScored(checkpoint.step, run)
    return isFinished ? .finished : .begun(step: checkpoint.step)
  }

  /// Whether the log has the held-out score after a step.
  private static func isScored(_ step: Int, _ run: RunDirectory) throws -> Bool {
    var isScored = false
    try run.metricsReader.forEach { (record: MetricsRecord) in
      if case .score(let score) = record { isScored = score.step == step }
      return true
    }
    return isScored
  }
}
