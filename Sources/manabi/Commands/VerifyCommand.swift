import ArgumentParser
import Storage

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks the seals of files.",
    discussion:
      "Ends with 0 if every file is whole, else with the code of the first that is not (65 if damaged)."
  )

  @Argument(
    help:
      "Sealed files, or directories: of task sets, whose shards are all checked, or of runs, whose checkpoints are."
  )
  var files: [String]
  @Flag(help: "Print JSON.")
  var json = false

  struct Finding: Encodable {
    let path: String
    let intact: Bool
    let kind: String?
    let problem: String?
    let exitCode: Int32?
  }

  func run() throws {
    let findings = files.flatMap(Self.findings)
    if json {
      try Output.json(findings)
    } else {
      for finding in findings {
        try Output.text(finding.problem ?? "\(finding.path): intact \(finding.kind ?? "")")
      }
    }
    if let code = findings.compactMap(\.exitCode).first { throw ExitCode(code) }
  }

  private static func findings(_ path: String) -> [Finding] {
    guard POSIXFileSystem().isDirectory(path) else {
      return [
        Finding(path) { () throws(StorageError) in
          let kind = try Seal(checking: path).kind
          switch kind {
          case .checkpoint: break
          // What a seal says of the set is checked against what the shard holds.
          case .taskSet: _ = try TaskSetShard(contentsOf: path)
          // Arrays are checked against their axes.
          case .report: _ = try Report(contentsOf: path)
          }
          return kind
        }
      ]
    }
    let run = RunDirectory(path)
    return run.exists ? findings(run) : shardFindings(path)
  }

  private static func shardFindings(_ path: String) -> [Finding] {
    let whole = Finding(path) { () throws(StorageError) in
      _ = try TaskSetFiles(path)
      return .taskSet
    }
    let shards = ((try? TaskSetFiles.paths(of: path)) ?? []).map { shard in
      Finding(shard) { () throws(StorageError) in
        _ = try TaskSetShard(contentsOf: shard)
        return .taskSet
      }
    }
    return [whole] + shards
  }

  /// Of all checkpoints of a run, and of the log as far as the latest one knows it.
  private static func findings(_ run: RunDirectory) -> [Finding] {
    let checkpoints = ((try? run.checkpointSteps()) ?? []).map { step in
      Finding(run.checkpointPath(step: step)) { () throws(StorageError) in
        let checkpoint = try run.checkpoint(step: step)
        try run.metricsReader.check(hasBytes: checkpoint.metricsOffset)
        return .checkpoint
      }
    }
    guard checkpoints.isEmpty else { return checkpoints }
    let problem = "\(run.path): the run has no checkpoint yet; train it with --resume"
    return [Finding(path: run.path, intact: false, kind: nil, problem: problem, exitCode: 66)]
  }
}

extension VerifyCommand.Finding {
  /// What came of a check, which returns what it found or throws what is wrong.
  init(_ path: String, _ check: () throws(StorageError) -> FileKind) {
    do throws(StorageError) {
      let kind = try check()
      self.init(path: path, intact: true, kind: kind.rawValue, problem: nil, exitCode: nil)
    } catch {
      self.init(
        path: path, intact: false, kind: nil, problem: "\(error)", exitCode: error.exitCode)
    }
  }
}
