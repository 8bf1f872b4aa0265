import ArgumentParser
import Foundation
import Reporting
import Storage

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Examines this machine, and says what to mend.",
    discussion: """
      Looks at the program and its libraries, the processor, memory, the disks, limits and the locale; writes a \
      megabyte where runs and temporary files go, and removes it. Ends with 69 if something cannot work; warnings \
      alone end with 0.
      """)

  @Option(help: "The directory of all runs.")
  var runs = "checkpoints"
  @Flag(help: "Print JSON.")
  var json = false

  struct Report: Encodable {
    /// Whether nothing is a problem.
    let healthy: Bool
    let findings: [Finding]
  }

  func run() throws {
    let temporary = ProcessInfo.processInfo.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 }
    let findings =
      ProgramCheckup.findings + (try MachineCheckup.findings()) + [Self.hash]
      + DirectoryCheckup.findings("runs", runs)
      + DirectoryCheckup.findings("temporary", temporary ?? "/tmp")
      + ProcessCheckup.findings(closed: StandardDescriptors.closed)
    let report = Report(
      healthy: !findings.contains { $0.verdict == .problem }, findings: findings)
    if json { try Output.json(report) } else { try print(report) }
    if !report.healthy { throw ExitCode(ExitStatus.unavailable.rawValue) }
  }

  /// A checkpoint of ten million parameters is 115 MB.
  private static var hash: Finding {
    let rate = StorageLibraries.hashRate(now: BenchOptions.clock) * 1e-9
    let state = "\(rate.fixed(2)) GB/s with SHA-256 on one core"
    return rate < 0.3
      ? .warning("hash", state, "saving large models will take long; save less often")
      : .ok("hash", state)
  }

  private func print(_ report: Report) throws {
    var table = TextTable(
      columns: [.init("", .words), .init("what", .words), .init("found", .words)])
    for finding in report.findings {
      let advice = finding.advice.map { ". To do: \($0)" } ?? ""
      table.append([
        .words(finding.verdict.rawValue), .words(finding.subject), .words(finding.state + advice),
      ])
    }
    try Output.text(table.rendered(width: StandardOutput.width), terminator: "")
    let counts = [Finding.Verdict.problem, .warning].map { verdict in
      report.findings.count { $0.verdict == verdict }
    }
    try Output.text("\n\(counts[0]) problems, \(counts[1]) warnings.")
  }
}
