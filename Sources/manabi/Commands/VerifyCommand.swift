import ArgumentParser
import Storage

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks the seals of files.",
    discussion:
      "Ends with 0 if every file is whole, else with the code of the first that is not (65 if damaged)."
  )

  @Argument(help: "Sealed files.")
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
    for path in files {
      do throws(StorageError) {
        let file = try SealedFile(contentsOf: path)
        findings.append(
          Finding(path: path, intact: true, kind: file.kind.rawValue, problem: nil))
      } catch {
        if code == 0 { code = error.exitCode }
        findings.append(Finding(path: path, intact: false, kind: nil, problem: "\(error)"))
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
