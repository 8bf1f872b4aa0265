import ArgumentParser
import Storage

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks the seals of files.",
    discussion:
      "Ends with 0 if every file is whole, else with the code of the first that is not (65 if damaged)."
  )

  @Argument(help: "Sealed files, or directories of task sets, whose shards are all checked.")
  var files: [String]
  @Flag(help: "Print JSON.")
  var json = false

  struct Finding: Encodable {
    let path: String
    let intact: Bool
    let kind: String?
    let problem: String?
  }

  func run() throws {
    var findings: [Finding] = []
    var code: Int32 = 0
    func check(_ path: String, _ body: () throws(StorageError) -> FileKind) {
      do throws(StorageError) {
        let kind = try body()
        findings.append(Finding(path: path, intact: true, kind: kind.rawValue, problem: nil))
      } catch {
        if code == 0 { code = error.exitCode }
        findings.append(Finding(path: path, intact: false, kind: nil, problem: "\(error)"))
      }
    }
    for path in files {
      guard POSIXFileSystem().isDirectory(path) else {
        check(path) { () throws(StorageError) in try SealedFile(contentsOf: path).kind }
        continue
      }
      check(path) { () throws(StorageError) in
        _ = try TaskSetFiles(path)
        return .taskSet
      }
      for shard in (try? TaskSetFiles.paths(of: path)) ?? [] {
        check(shard) { () throws(StorageError) in
          _ = try TaskSetShard(contentsOf: shard)
          return .taskSet
        }
      }
    }
    if json {
      try Output.json(findings)
    } else {
      for finding in findings {
        print(finding.problem ?? "\(finding.path): intact \(finding.kind ?? "")")
      }
    }
    if code != 0 { throw ExitCode(code) }
  }
}
